"""The form of a pledge: what a member offers, made of what, from when, under which conditions."""

from typing import Any

from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.force.generation.packages import packages
from peyman.web.forms.parts.choices import codes, with_none
from peyman.web.forms.parts.counts import Tally, Whole, tally_text
from peyman.web.forms.parts.fields import OneOf, When, Words
from peyman.web.forms.telling.force import ForceForm

PLEDGES = ("offered", "honoured", "withdrawn", "stood_down")


class PledgeForm(ForceForm):
    """What a member offers, or what became of its offer."""

    heading = gettext_lazy("Enter a pledge")
    kind = "pledge"
    counts = ("people", "vehicles")

    @property
    def may_perform(self) -> bool:  # type: ignore[override]
        """A delegate pledges here."""
        return self.is_delegate

    def make(self) -> None:
        """Ask who pledges what, and under which conditions."""
        self.ask_known()
        self.ask_member(or_all=False)
        self.fields["what"] = Words(
            rows=2,
            label=gettext_lazy("What is pledged, in English"),
            help_text=gettext_lazy("For example: a company to guard facilities."),
        )
        self.ask_counts()
        self._ask_unit()
        self.fields["caveats"] = Words(
            rows=2,
            required=False,
            label=gettext_lazy("Caveats, in English"),
            help_text=gettext_lazy(
                "What it is not there for, one a line. Empty if none is told."
            ),
        )
        self.fields["state"] = OneOf(
            codes(PLEDGES), radio=True, label=gettext_lazy("State")
        )
        self.initial["state"] = "offered"
        self._ask_terms()
        self.ask_mandate()
        self.ask_when()

    def _ask_unit(self) -> None:
        """Ask what the unit is made of, and what it can do."""
        self.fields["package"] = OneOf(
            with_none([(n, n) for n in packages()], gettext_lazy("None named")),
            required=False,
            label=gettext_lazy("Mission-ready package"),
            help_text=gettext_lazy("It stands for what you leave empty."),
        )
        self.fields["tonnes"] = Whole(required=False, label=gettext_lazy("Tonnes"))
        self.fields["outsize"] = Whole(
            required=False, label=gettext_lazy("Vehicles wider than 3.1 m")
        )
        for name, label, hint in (
            (
                "capabilities",
                gettext_lazy("What it can do, in English"),
                gettext_lazy("One a line: guard of a fixed facility: 2"),
            ),
            (
                "lift",
                gettext_lazy("Aircraft that it brings"),
                gettext_lazy("One a line, with how many: Il-76: 5"),
            ),
        ):
            self.fields[name] = Tally(label=label, help_text=hint)

    def _ask_terms(self) -> None:
        """Ask from where, from when and until when it stands."""
        self.ask_place("from", gettext_lazy("Leaves from"), needed=False)
        for name, label in (
            ("ready", gettext_lazy("Ready (if known)")),
            ("expires", gettext_lazy("Expires (if known)")),
        ):
            self.fields[name] = When(self.page.zone, required=False, label=label)
        self.fields["not_for"] = Words(
            rows=2,
            required=False,
            label=gettext_lazy("Capabilities that a caveat rules out, in English"),
            help_text=gettext_lazy("Word for word as in the requirement, one a line."),
        )
        self.fields["pledge"] = Words(
            longest=40,
            required=False,
            label=gettext_lazy("Name of the pledge"),
            help_text=gettext_lazy("The same name again tells what became of it."),
        )

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of a pledge that is to be corrected."""
        body: Any = entry.body
        lists = {n: "\n".join(body.get(n, ())) for n in ("caveats", "not_for")}
        tallies = {n: tally_text(body.get(n, {})) for n in ("capabilities", "lift")}
        return {**super().filled(entry), **lists, **tallies}

    def draft(self) -> Draft:
        """The pledge."""
        said = self.cleaned_data
        unit = ("member", "what", "people", "vehicles", "tonnes", "outsize", "package")
        terms = ("state", "from", "ready", "expires", "pledge")
        body = {name: said[name] for name in (*unit, *terms)}
        tallies = {name: said[name] or None for name in ("capabilities", "lift")}
        not_for = _lines(said["not_for"]) or None
        caveats = _lines(said["caveats"])
        return self.made({**body, **tallies, "not_for": not_for, "caveats": caveats})


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]
