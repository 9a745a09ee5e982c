"""The form of a movement: one load, from where to where, in what."""

from typing import Any

from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.case.tracking.kept_plan import in_force
from peyman.web.forms.parts.choices import codes, with_none
from peyman.web.forms.parts.counts import Tally, Whole, tally_text
from peyman.web.forms.parts.fields import OneOf, When, Words, entries_of
from peyman.web.forms.telling.force import ForceForm

MODES = ("air", "road", "rail")
DIRECTIONS = ("in", "out")
STATES = ("planned", "reported")
OUTCOMES = ("on_time", "late", "lost")


class SerialForm(ForceForm):
    """One movement of one load."""

    heading = gettext_lazy("Enter a movement")
    kind = "serial"
    counts = ("people", "vehicles")

    def make(self) -> None:
        """Ask who moves, from where to where, in what."""
        self.ask_known()
        self.fields["serial"] = Words(
            longest=40,
            label=gettext_lazy("Name of the serial"),
            help_text=gettext_lazy("For example IN-RU-1."),
        )
        self.fields["state"] = OneOf(
            codes(STATES), radio=True, label=gettext_lazy("Planned, or reported done")
        )
        self.fields["direction"] = OneOf(
            codes(DIRECTIONS), radio=True, label=gettext_lazy("Direction")
        )
        self.fields["mode"] = OneOf(codes(MODES), radio=True, label=gettext_lazy("By"))
        self.ask_member(or_all=True)
        self.ask_place("from", gettext_lazy("From"), needed=True)
        self.ask_place("to", gettext_lazy("To"), needed=True)
        for name, label in (
            ("depart", gettext_lazy("Departure (if known)")),
            ("arrive", gettext_lazy("Arrival (if known)")),
        ):
            self.fields[name] = When(self.page.zone, required=False, label=label)
        self._ask_load()
        self._ask_outcome()
        self.ask_mandate()
        self.ask_when(gettext_lazy("When it moved; of a plan, when the plan was made"))

    def _ask_load(self) -> None:
        self.fields["flights"] = Whole(
            required=False,
            label=gettext_lazy("Flights"),
            help_text=gettext_lazy("Journeys, if they are told; not machines."),
        )
        self.fields["aircraft"] = Whole(
            required=False,
            label=gettext_lazy("Aircraft"),
            help_text=gettext_lazy("Machines, if they are told; not journeys."),
        )
        self.fields["types"] = Tally(
            label=gettext_lazy("Types of aircraft"),
            help_text=gettext_lazy("One a line, with how many: Il-76: 5"),
        )
        self.ask_counts()

    def _ask_outcome(self) -> None:
        """Ask what it carries out, and how it went: of a report."""
        plans = {
            str(entry.body["serial"])
            for entry in entries_of(self.page.case, "serial")
            if entry.body["state"] == "planned"
        }
        for way in ("in", "out"):
            if (was := in_force(self.now.reading, way)) is not None:
                plan = was.kept.plan
                plans |= {one.serial for one in plan.flights if one.parts}
                plans |= {one.serial for one in plan.convoys}
        self.fields["planned"] = OneOf(
            with_none([(n, n) for n in sorted(plans)], gettext_lazy("None named")),
            required=False,
            label=gettext_lazy("Which planned serial it carries out"),
        )
        self.fields["outcome"] = OneOf(
            with_none(codes(OUTCOMES), gettext_lazy("Not told")),
            required=False,
            label=gettext_lazy("How it went"),
        )
        self.fields["tail"] = Words(
            longest=40, required=False, label=gettext_lazy("Aircraft's registration")
        )
        self.fields["tonnes"] = Whole(required=False, label=gettext_lazy("Tonnes"))

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of a movement that is to be corrected."""
        types: Any = entry.body.get("types", {})
        return {**super().filled(entry), "types": tally_text(types)}

    def draft(self) -> Draft:
        """The movement."""
        said = self.cleaned_data
        way = ("serial", "mode", "member", "from", "to", "depart", "arrive")
        load = ("flights", "aircraft", "people", "vehicles", "direction", "state")
        went = ("planned", "outcome", "tail", "tonnes")
        body = {name: said[name] for name in (*way, *load, *went)}
        return self.made({**body, "types": said["types"] or None})
