"""The form of a movement: one load, from where to where, in what."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.draft import Draft
from peyman.case.model import Entry
from peyman.web.forms.choices import codes
from peyman.web.forms.counts import Whole, whole
from peyman.web.forms.fields import OneOf, When, Words
from peyman.web.forms.force import ForceForm

MODES = ("air", "road", "rail")
DIRECTIONS = ("in", "out")
STATES = ("planned", "reported")


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
        self.fields["types"] = Words(
            rows=2,
            required=False,
            label=gettext_lazy("Types of aircraft"),
            help_text=gettext_lazy("One a line, with how many: Il-76: 5"),
        )
        self.ask_counts()

    def clean_types(self) -> dict[str, int]:
        """Type to how many, of `NAME: NUMBER` a line."""
        found: dict[str, int] = {}
        for line in filter(str.strip, str(self.cleaned_data["types"]).splitlines()):
            name, _colon, number = line.rpartition(":")
            many = whole(number)
            if not name.strip() or many is None:
                raise ValidationError(
                    _("“%(line)s” is no type with its number. Write it as Il-76: 5.")
                    % {"line": line[:40]}
                )
            found[name.strip()] = many
        return found

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of a movement that is to be corrected."""
        types: Any = entry.body.get("types", {})
        lines = [f"{name}: {n}" for name, n in types.items()]
        return {**super().filled(entry), "types": "\n".join(lines)}

    def draft(self) -> Draft:
        """The movement."""
        said = self.cleaned_data
        way = ("serial", "mode", "member", "from", "to", "depart", "arrive")
        load = ("flights", "aircraft", "people", "vehicles", "direction", "state")
        body = {name: said[name] for name in (*way, *load)}
        return self.made({**body, "types": said["types"] or None})
