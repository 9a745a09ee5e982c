"""Forms of the force: what is needed, and who is on the ground; what they share."""

from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.web.forms.parts.choices import (
    ALL,
    mandate_in_force,
    mandates,
    members,
    place_names,
    with_none,
)
from peyman.web.forms.parts.counts import Count, Whole, count_text
from peyman.web.forms.parts.fields import OneOf, When, Words
from peyman.web.forms.parts.known import PERFORMED, KnownForm
from peyman.web.models import Membership


class ForceForm(KnownForm):
    """What the forms of this room share: whose force, where, under which mandate.

    Attributes:
        kind: Of the entry that is made.
        counts: Fields of the body that are amounts.
    """

    kind = ""
    counts: tuple[str, ...] = ()

    def ask_member(self, *, or_all: bool) -> None:
        """Ask whose it is."""
        whole = [(ALL, _("The whole force"))] if or_all else []
        none = gettext_lazy("Choose a member")
        self.fields["member"] = OneOf(
            with_none([*members(self.now), *whole], none),
            label=gettext_lazy("Member"),
        )
        self.initial["member"] = self.office if self.is_delegate else ""

    def ask_place(self, name: str, label: str | Promise, *, needed: bool) -> None:
        """Ask for a place."""
        none = gettext_lazy("Choose a place") if needed else gettext_lazy("No place")
        self.fields[name] = OneOf(
            with_none(place_names(), none), required=needed, label=label
        )

    def ask_counts(self) -> None:
        """Ask how many people and vehicles."""
        self.fields["people"] = Count(label=gettext_lazy("People"))
        self.fields["vehicles"] = Count(label=gettext_lazy("Vehicles"))

    def ask_mandate(self) -> None:
        """Ask under which mandate, if any was given: the thread leads to its clauses."""
        given = mandates(self.now)
        if given:
            self.fields["mandate"] = OneOf(
                with_none(given, gettext_lazy("Under none that is named")),
                required=False,
                label=gettext_lazy("Under which mandate"),
            )
            self.initial["mandate"] = mandate_in_force(self.now)

    def made(self, body: dict[str, object]) -> Draft:
        """The entry with this body: what was left empty is left out."""
        said = self.cleaned_data
        mandate = said.get("mandate")
        cites = dict.fromkeys((*said["cites"], *((mandate,) if mandate else ())))
        told = {name: value for name, value in body.items() if value not in (None, "")}
        return Draft(self.kind, *self.known(), None, tuple(cites), told)

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of an entry that is to be corrected."""
        said = {k: v for k, v in entry.body.items() if k in self.fields}
        said |= {name: count_text(entry.body.get(name)) for name in self.counts}
        given = {commitment for commitment, _ in mandates(self.now)}
        under = [one for one in entry.cites if one in given]
        cites = tuple(one for one in entry.cites if one not in under[:1])
        said["mandate"] = under[0] if under else ""
        return {**super().filled(replace(entry, cites=cites)), **said}

    def clean(self) -> dict[str, Any]:
        """Who does it here does it for itself."""
        said = super().clean()
        is_here = said.get("known_as") == PERFORMED
        if is_here and "member" in said and said["member"] != self.office:
            problem = _(
                "You sign for %(who)s, and only a member speaks for itself. Choose %(who)s,"
                " or say that a document or a report shows it."
            )
            self.add_error("member", problem % {"who": self.me()})
        return said


class StrengthForm(ForceForm):
    """Who is on the ground."""

    heading = gettext_lazy("Enter a strength")
    kind = "strength"
    counts = ("people", "vehicles")

    def make(self) -> None:
        """Ask whose strength, how many, where."""
        self.ask_known()
        self.ask_member(or_all=True)
        self.ask_counts()
        self.ask_place("at_place", gettext_lazy("Place"), needed=False)
        self.ask_mandate()
        self.ask_when(gettext_lazy("Of what time it is the strength"))

    def clean(self) -> dict[str, Any]:
        """A strength says how many."""
        said = super().clean()
        if {"people", "vehicles"} <= said.keys() and not (
            said["people"] or said["vehicles"]
        ):
            self.add_error("people", _("Say how many people, or how many vehicles."))
        return said

    def draft(self) -> Draft:
        """The strength."""
        named = ("member", "people", "vehicles", "at_place")
        return self.made({name: self.cleaned_data[name] for name in named})


class RequirementForm(ForceForm):
    """What the task needs, one line of it."""

    heading = gettext_lazy("Enter a requirement")
    kind = "requirement"

    @property
    def may_perform(self) -> bool:  # type: ignore[override]
        """The secretary states here what is needed."""
        return self.role == Membership.Role.SECRETARY

    def make(self) -> None:
        """Ask what is needed, how much of it, where, by when."""
        self.ask_known()
        self.fields["line"] = Words(
            label=gettext_lazy("What is needed, in English"),
            help_text=gettext_lazy("For example: guard of strategic facilities."),
        )
        self.fields["capability"] = Words(
            label=gettext_lazy("Which capability, in English"),
            help_text=gettext_lazy("For example: guard of a fixed facility."),
        )
        self.fields["quantity"] = Whole(label=gettext_lazy("How many"))
        self.fields["unit"] = Words(
            label=gettext_lazy("Of what, in English"),
            help_text=gettext_lazy("For example: facilities, companies, aircraft."),
        )
        self.ask_place("place", gettext_lazy("Where"), needed=True)
        self.fields["required"] = When(
            self.page.zone, required=False, label=gettext_lazy("By when (if known)")
        )
        self.fields["priority"] = Whole(
            label=gettext_lazy("Priority"), help_text=gettext_lazy("1 comes first.")
        )
        self.fields["people"] = Whole(
            required=False,
            label=gettext_lazy("People that the whole line takes (if known)"),
        )
        self._ask_task()
        self.ask_mandate()
        self.ask_when()

    def _ask_task(self) -> None:
        given = self.now.standing["mandates"]
        tasks = dict.fromkeys(task for one in given for task in one["tasks"])
        old = self.corrects.body.get("task") if self.corrects else None
        tasks |= {str(old): None} if old else {}
        if tasks:
            self.fields["task"] = OneOf(
                with_none([(one, one) for one in tasks], gettext_lazy("None named")),
                required=False,
                label=gettext_lazy("Task of the mandate"),
            )

    def draft(self) -> Draft:
        """The requirement."""
        named = ("line", "capability", "quantity", "unit", "place", "required")
        told = {n: self.cleaned_data[n] for n in (*named, "priority", "people")}
        return self.made({**told, "task": self.cleaned_data.get("task")})
