"""The form of a ballot: of a member, in a matter, on an act that a vote decides."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.charter.model import Act, Charter
from peyman.charter.moment import day_of
from peyman.web.forms.acting.acts import Matter, matters_of, text_of
from peyman.web.forms.parts.entry import EntryForm
from peyman.web.forms.parts.fields import OneOf
from peyman.web.records.readings import Held
from peyman.web.views.telling import naming

VOTES = ("yes", "no", "abstain", "present")


def decided_in(now: Held) -> Iterator[tuple[Matter, Charter, Act]]:
    """Every act that a vote decides, in every matter to which it belongs."""
    for matter in matters_of(now):
        charter = now.case.charters[matter.charter]
        text = text_of(now, charter)
        for name in charter.names:
            act = text.act(name)
            if act and act.decide and act.kind == matter.kind and not act.opens:
                yield matter, charter, act


class BallotForm(EntryForm):
    """A ballot."""

    heading = gettext_lazy("Cast a ballot")

    def make(self) -> None:
        """Ask on what, and how."""
        self.questions = {
            f"{matter.value} {charter.id}.{act.name}": (matter, charter, act)
            for matter, charter, act in decided_in(self.now)
        }
        self.fields["on"] = OneOf(
            [
                (key, f"{naming.act(f'{charter.id}.{act.name}')} — {matter.label}")
                for key, (matter, charter, act) in self.questions.items()
            ]
            or [("", str(_("Nothing is put to a vote")))],
            label=gettext_lazy("On what"),
        )
        self.fields["vote"] = OneOf(
            [(one, _VOTES[one]) for one in VOTES],
            radio=True,
            label=gettext_lazy("Your ballot"),
        )
        self.fields["member"] = forms.CharField(
            widget=forms.HiddenInput, max_length=100, required=False
        )
        self.initial["member"] = self.office
        self.initial["on"] = self._asked_for(self.asked)

    def _asked_for(self, asked: QueryDict) -> str:
        wanted = asked.get("matter", ""), asked.get("act", "")
        for key, (matter, charter, act) in self.questions.items():
            if (matter.id, f"{charter.id}.{act.name}") == wanted:
                return key
        return ""

    def clean(self) -> dict[str, Any]:
        """Only a member votes, and only for itself."""
        said = super().clean()
        member = said.get("member") or self.office
        if member != self.office:
            raise ValidationError(
                _(
                    "You sign for %(who)s, and a member casts its own ballot. Sign in as"
                    " the delegate of %(member)s."
                )
                % {"who": naming.actor(self.office), "member": str(member)[:40]}
            )
        found = self.questions.get(str(said.get("on")))
        if found and self.office not in _members(self.now, found[1]):
            raise ValidationError(
                _(
                    "%(who)s is no member of this charter today, so its ballot cannot be"
                    " counted. Sign in as the delegate of a member: %(members)s."
                )
                % {
                    "who": naming.actor(self.office),
                    "members": ", ".join(
                        naming.actor(one) for one in _members(self.now, found[1])
                    ),
                }
            )
        return said

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What a ballot says that is to be corrected."""
        matter, act = entry.body["matter"], entry.body["act"]
        key = next(
            (
                k
                for k in self.questions
                if k.startswith(f"{matter} ") and k.endswith(f".{act}")
            ),
            "",
        )
        return {"on": key, "vote": entry.body["vote"]}

    def draft(self) -> Draft:
        """The ballot, cast here and now."""
        said = self.cleaned_data
        matter, _charter, act = self.questions[said["on"]]
        body: dict[str, object] = {
            "matter": matter.value,
            "act": act.name,
            "member": self.office,
            "vote": said["vote"],
        }
        opened = matter.value.partition("/")[0]
        return Draft("ballot", "performed", "unknown", None, (opened,), body)


_VOTES = {
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
    "abstain": gettext_lazy("abstains"),
    "present": gettext_lazy("present"),
}


def _members(now: Held, charter: Charter) -> tuple[str, ...]:
    day = day_of(now.reading.at, charter.zone)
    bound = {m for one in charter.parties for m in charter.bound_by(one, day)}
    return tuple(sorted(bound))
