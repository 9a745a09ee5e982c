"""Correcting: an entry is taken back, or another takes its place, each with a reason.

What was entered stays in the record. Who entered an entry corrects it, and nobody else.
Source: docs/record.md, section 3: `correct`.
"""

from typing import NamedTuple

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.doings import corrections
from peyman.case.entering.draft import Draft
from peyman.case.model import Case, Entry
from peyman.errors import PeymanError
from peyman.ledger.entries.bodies import UNCORRECTABLE
from peyman.web.forms.parts.fields import Words
from peyman.web.records.record import Desk
from peyman.web.telling.written import digits
from peyman.web.views.telling import naming


class Correction(NamedTuple):
    """Which entry is corrected, by its commitment, and why."""

    entry: str
    reason: str

    def draft(self, successor: str | None = None) -> Draft:
        """The entry that corrects; `successor` takes the place of what is corrected."""
        body: dict[str, object] = {"entry": self.entry, "reason": self.reason}
        if successor is None:
            return Draft("correct", "performed", "unknown", None, (self.entry,), body)
        body["successor"] = successor
        cites = (self.entry, successor)
        return Draft("correct", "performed", "unknown", None, cites, body)


def check(draft: Draft, desk: Desk) -> None:
    """Ask of a correction, before the door does, whether its office may make it.

    Raises:
        PeymanError: If it may not.
    """
    if draft.kind == "correct":
        entry = desk.door.case.by_commitment()[str(draft.body["entry"])]
        if (why := why_not(desk.door.case, entry, desk.office)) is not None:
            raise why


def why_not(case: Case, entry: Entry, office: str) -> PeymanError | None:
    """Why an office may not correct an entry, and what it may do; None where it may."""
    said = {"who": naming.actor(entry.signer), "name": _name(entry)}
    if entry.log or entry.kind in UNCORRECTABLE:
        return _refused(
            _("%(name)s binds the record itself, and is never corrected.") % said,
            _("Enter another of its kind, or a note."),
        )
    if entry.signer != office:
        return _refused(
            _("%(name)s was entered by another office: %(who)s.") % said,
            _("Dispute it by a note or a grade."),
        )
    if entry.kind == "act" and entry.known_as == "performed":
        return _refused(
            _("%(name)s was performed here, and such an act is not corrected.") % said,
            _("Do the act that ends it or takes it back."),
        )
    if by := corrections(case.entries).get(entry.commitment):
        said["by"] = _name(by)
        return _refused(
            _("%(name)s was corrected already, by %(by)s.") % said,
            _("Correct what stands in its place."),
        )
    return None


def _refused(problem: str, remedy: str) -> PeymanError:
    authority = _("Only who entered an entry corrects it, and once.")
    return PeymanError(problem, authority=authority, remedy=remedy)


def named(case: Case, name: str) -> Entry:
    """The entry that an address or a form asks to correct.

    Raises:
        Http404: If there is none of that name.
    """
    found = next((entry for entry in case.entries if entry.name == name), None)
    if found is None:
        raise Http404
    return found


def reason_field() -> forms.Field:
    """The question why something is corrected."""
    return Words(
        rows=3,
        label=gettext_lazy("Why it is corrected"),
        help_text=gettext_lazy("Everybody reads this who reads the record."),
    )


def _name(entry: Entry) -> str:
    return digits(entry.name, naming.language())
