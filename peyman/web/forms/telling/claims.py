"""The form of a claim: the exact words of a source, and who says what by them."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.charter.moment import day_of
from peyman.web.forms.parts.choices import codes, entry_names, place_names, with_none
from peyman.web.forms.parts.entry import EntryForm
from peyman.web.forms.parts.fields import Exactly, OneOf, When, Words, entries_of
from peyman.web.views.telling import naming

FORMS = (
    "assertion",
    "quotation",
    "announcement",
    "denial",
    "narration",
    "headline",
    "notice",
)
TYPES = (
    "assertion_perpetrators",
    "civilian_harm",
    "decision",
    "engagement",
    "evaluation",
    "facility_status",
    "legal_basis",
    "limit",
    "movement",
    "office",
    "purpose",
    "request",
    "session",
)


class ClaimForm(EntryForm):
    """A claim: the exact words of a source, and who says what by them."""

    heading = gettext_lazy("Enter a claim")
    keeps = frozenset({"time", "office", "figures", "revises", "proposal"})

    def make(self) -> None:
        """Ask for the source and its words."""
        none = gettext_lazy("Choose a source")
        sources = entry_names(entries_of(self.case, "source"), "title")
        self.fields["source"] = OneOf(
            with_none(sources, str(none)), label=gettext_lazy("Source")
        )
        self.fields["words"] = Exactly(
            label=gettext_lazy("Exact words"),
            help_text=gettext_lazy(
                "Copied from the source to the letter; enough of them to stand there once."
            ),
        )
        self.fields["says"] = Words(
            rows=3,
            label=gettext_lazy("What it says, in English"),
            help_text=gettext_lazy("In your own words, with who did what."),
        )
        self.fields["speakers"] = Words(
            rows=3,
            label=gettext_lazy("Speakers"),
            help_text=gettext_lazy(
                "One a line, the outlet first, whom it quotes last. Offices, never names"
                " of private persons."
            ),
        )
        self.fields["form"] = OneOf(codes(FORMS), label=gettext_lazy("Form"))
        self.fields["type"] = OneOf(
            with_none(codes(self._types()), str(gettext_lazy("No type"))),
            label=gettext_lazy("Type"),
            required=False,
        )
        self.fields["place"] = OneOf(
            with_none(place_names(), str(gettext_lazy("No place"))),
            label=gettext_lazy("Place"),
            required=False,
        )
        self.fields["status"] = Words(
            required=False,
            label=gettext_lazy("Status of that place, in English (if it tells of one)"),
            help_text=gettext_lazy(
                "For example: seized, freed, guarded, closed, open."
            ),
        )
        self._ask_grounds()
        self.fields["at"] = When(
            self.page.zone,
            required=False,
            label=gettext_lazy("Of what time it speaks (if known)"),
        )
        if wanted := self._named("source"):
            self.initial["source"] = wanted

    def _types(self) -> list[str]:
        """The types that are known, and that of a claim that is corrected."""
        old = self.corrects.body.get("type") if self.corrects else None
        return list(dict.fromkeys((*TYPES, *([str(old)] if old else []))))

    def _ask_grounds(self) -> None:
        day = self.now.reading.at
        self.grounds = [
            f"{charter.id}/{name}"
            for charter in self.case.charters.values()
            for name in charter.on(day_of(day, charter.zone)).grounds
        ]
        for n, ground in enumerate(self.grounds):
            self.fields[f"ground-{n}"] = OneOf(
                [
                    ("", gettext_lazy("says nothing of it")),
                    ("for", gettext_lazy("for: that it is met")),
                    ("against", gettext_lazy("against: that it is not met")),
                ],
                required=False,
                label=naming.ground(ground),
                help_text=gettext_lazy(
                    "A ground of a charter: what this claim says of it."
                ),
            )

    def clean_speakers(self) -> list[str]:
        """Speakers, one a line."""
        lines = re.split(r"\n", str(self.cleaned_data["speakers"]))
        return [line.strip() for line in lines if line.strip()]

    def clean_words(self) -> dict[str, object]:
        """The span that the words have in their source."""
        words = str(self.cleaned_data["words"])
        text = self.case.texts.get(str(self.cleaned_data.get("source")))
        # A browser sends every end of a line as two characters.
        for said in (words, words.replace("\r\n", "\n")):
            if text is not None and text.count(said) == 1:
                start = text.index(said)
                return {"start": start, "end": start + len(said), "text": said}
        found = text.count(words.replace("\r\n", "\n")) if text is not None else 0
        if text is None:
            raise ValidationError(_("The text of that source is not here."))
        if not found:
            raise ValidationError(
                _("These words do not stand in the source. Copy them to the letter.")
            )
        raise ValidationError(
            _("These words stand in the source more than once. Copy more of them.")
        )

    def clean(self) -> dict[str, Any]:
        """A status is the status of a place."""
        said = super().clean()
        if said.get("status") and not said.get("place"):
            self.add_error("place", _("Choose the place that has this status."))
        return said

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of a claim that is to be corrected."""
        body: Any = entry.body
        said = {name: body.get(name) for name in ("source", "says", "form", "type")}
        grounds = body.get("grounds", {})
        said |= {f"ground-{n}": grounds.get(g) for n, g in enumerate(self.grounds)}
        return {
            **said,
            "words": body.get("span", {}).get("text"),
            "speakers": "\n".join(body["speakers"]),
            "place": next(iter(body.get("places", ())), ""),
            "status": body.get("facility", {}).get("status"),
            "at": entry.stated_at,
        }

    def kept(self) -> dict[str, object]:
        """What stays; of other words it is no longer what a reading had proposed."""
        kept, said = super().kept(), self.cleaned_data
        old = self.corrects.body if self.corrects else {}
        if (old.get("span"), old.get("type", "")) != (said["words"], said["type"]):
            kept.pop("proposal", None)
        return kept

    def draft(self) -> Draft:
        """The claim, reported, at the time that it speaks of."""
        said = self.cleaned_data
        body: dict[str, object] = {
            "source": said["source"],
            "span": said["words"],
            "says": said["says"],
            "speakers": said["speakers"],
            "form": said["form"],
        }
        if said["type"]:
            body["type"] = said["type"]
        if said["place"]:
            body["places"] = self._places(said["place"])
        if said["status"]:
            body["facility"] = {"place": said["place"], "status": said["status"]}
        spoken = {g: said[f"ground-{n}"] for n, g in enumerate(self.grounds)}
        if grounds := {ground: word for ground, word in spoken.items() if word}:
            body["grounds"] = grounds
        at = said["at"] or "unknown"
        return Draft("claim", "reported", at, None, (said["source"],), body)

    def _places(self, place: str) -> list[str]:
        """The place; a claim that is corrected keeps those beside it."""
        old: Any = self.corrects.body.get("places", []) if self.corrects else []
        return list(old) if old[:1] == [place] else [place]

    def _named(self, kind: str) -> str:
        """The entry of that kind that the address names."""
        wanted = self.asked.get(kind, "")
        of_kind = (e for e in self.case.entries if e.kind == kind)
        return next((e.commitment for e in of_kind if e.name == wanted), "")
