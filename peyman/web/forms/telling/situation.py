"""Forms of the situation: the status of a place, and a measure that somebody took."""

from typing import Any

from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.web.forms.parts.choices import actors, place_names, with_none
from peyman.web.forms.parts.fields import Cited, OneOf, When, Words
from peyman.web.forms.parts.known import KnownForm

_PLACES = 3
"""How many places a measure may be given."""


class StatusForm(KnownForm):
    """How a place stands, as the analyst reads it from claims."""

    heading = gettext_lazy("Enter the status of a place")

    def make(self) -> None:
        """Ask which place, how it stands, by which claims."""
        self.ask_known()
        self.initial["known_as"] = "reported"
        none = gettext_lazy("Choose a place")
        self.fields["place"] = OneOf(
            with_none(place_names(), none), label=gettext_lazy("Place")
        )
        self.fields["status"] = Words(
            label=gettext_lazy("Status, in English"),
            help_text=gettext_lazy(
                "In a few words. The map has a shape for: seized, freed, guarded, closed,"
                " open."
            ),
        )
        self.fields["claims"] = Cited(
            self.case,
            kind="claim",
            label=gettext_lazy("Claims from which it is read"),
            help_text=gettext_lazy("Their names, such as e3, e12."),
        )
        self.ask_when(gettext_lazy("Since when it stands so"))
        self.initial.update(self._asked_for())

    def _asked_for(self) -> dict[str, str]:
        """The claim that the address names, and the place of which it speaks."""
        wanted = self.asked.get("claim", "")
        claim = next((e for e in self.case.entries if e.name == wanted), None)
        if claim is None or claim.kind != "claim":
            return {}
        named: Any = claim.body.get("places") or [""]
        return {"claims": claim.name, "place": named[0], "at": claim.stated_at}

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of a status that is to be corrected."""
        known = self.case.by_commitment()
        claims: Any = entry.body["claims"]
        names = [known[one].name for one in claims if one in known]
        said = {name: entry.body[name] for name in ("place", "status")}
        return {**super().filled(entry), **said, "claims": ", ".join(names)}

    def draft(self) -> Draft:
        """The status, since the time that it has it."""
        said = self.cleaned_data
        claims = list(said["claims"])
        body: dict[str, object] = {
            "place": said["place"],
            "status": said["status"],
            "claims": claims,
        }
        known_as, at = self.known()
        if at != "unknown":
            body["since"] = at
        cites = tuple(dict.fromkeys((*claims, *said["cites"])))
        return Draft("status", known_as, at, None, cites, body)


class MeasureForm(KnownForm):
    """What somebody did or ordered that no charter of the case knows as an act."""

    heading = gettext_lazy("Enter a measure")

    def make(self) -> None:
        """Ask who took which measure, where, from when to when."""
        self.ask_known()
        self.fields["what"] = Words(
            rows=2,
            label=gettext_lazy("Which measure, in English"),
            help_text=gettext_lazy("For example: a curfew from 23:00 to 07:00."),
        )
        self.fields["by"] = OneOf(
            with_none(self._actors(), gettext_lazy("Choose who took it")),
            label=gettext_lazy("Who took it"),
        )
        for n in range(_PLACES):
            label = gettext_lazy("Another place") if n else gettext_lazy("Place")
            none = gettext_lazy("No place")
            self.fields[f"where-{n}"] = OneOf(
                with_none(place_names(), none), required=False, label=label
            )
        for name, label in (
            ("from", gettext_lazy("From when it holds (if known)")),
            ("until", gettext_lazy("Until when (if known)")),
        ):
            self.fields[name] = When(self.page.zone, required=False, label=label)
        self.fields["under"] = Words(
            required=False,
            label=gettext_lazy("Under which law, in English (if it is named)"),
        )
        self.ask_when(gettext_lazy("When it was taken"))

    def _actors(self) -> list[tuple[str, str]]:
        """Who may have taken it; who took the one that is corrected among them."""
        named = dict(actors(self.now))
        old = str(self.corrects.body["by"]) if self.corrects else ""
        return [*named.items(), *([(old, old)] if old and old not in named else [])]

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of a measure that is to be corrected."""
        where: Any = entry.body.get("where", [])
        named = ("what", "by", "from", "until", "under")
        said = {name: entry.body[name] for name in named if name in entry.body}
        said |= {f"where-{n}": place for n, place in enumerate(where[:_PLACES])}
        return {**super().filled(entry), **said}

    def draft(self) -> Draft:
        """The measure: what was left empty is left out."""
        said = self.cleaned_data
        where = [said[f"where-{n}"] for n in range(_PLACES)]
        body: dict[str, object] = {name: said[name] for name in ("what", "by")}
        body |= {n: said[n] for n in ("from", "until", "under") if said[n]}
        if places := list(dict.fromkeys(filter(None, where))):
            body["where"] = places
        return Draft("measure", *self.known(), None, tuple(said["cites"]), body)
