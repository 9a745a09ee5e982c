"""Forms of a grade and a note."""

from typing import Any

from django.utils.translation import gettext_lazy

from peyman.case.entering.draft import Draft
from peyman.case.model import Entry
from peyman.web.forms.parts.choices import codes, entry_names, with_none
from peyman.web.forms.parts.entry import EntryForm
from peyman.web.forms.parts.fields import OneOf, Words, entries_of
from peyman.web.telling.written import digits
from peyman.web.views.telling import naming

STATUSES = ("held", "corroborated", "disputed", "withdrawn", "deleted")


class GradeForm(EntryForm):
    """How far a claim is held, and why."""

    heading = gettext_lazy("Grade a claim")

    def make(self) -> None:
        """Ask for the claim and the reason."""
        claims = entry_names(entries_of(self.case, "claim"), "says")
        self.fields["claim"] = OneOf(
            with_none(claims, str(gettext_lazy("Choose a claim"))),
            label=gettext_lazy("Claim"),
        )
        self.fields["status"] = OneOf(
            codes(STATUSES), radio=True, label=gettext_lazy("Status")
        )
        none = str(gettext_lazy("Not graded"))
        self.fields["reliability"] = OneOf(
            with_none([(one, one) for one in "ABCDEF"], none),
            required=False,
            label=gettext_lazy("Reliability of the source"),
            help_text=gettext_lazy("A: always reliable; F: cannot be judged."),
        )
        self.fields["credibility"] = OneOf(
            with_none(
                [(one, digits(one, naming.language())) for one in "123456"], none
            ),
            required=False,
            label=gettext_lazy("Credibility of what it says"),
            help_text=gettext_lazy("1: confirmed by others; 6: cannot be judged."),
        )
        self.fields["reason"] = Words(rows=3, label=gettext_lazy("Reason"))
        self.initial["claim"] = self._asked_for()

    def _asked_for(self) -> str:
        wanted = self.asked.get("claim", "")
        claims = entries_of(self.case, "claim")
        return next((e.commitment for e in claims if e.name == wanted), "")

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What the fields say of a grade that is to be corrected."""
        said = {name: value for name, value in entry.body.items() if value is not None}
        return {**said, "credibility": str(said.get("credibility", ""))}

    def draft(self) -> Draft:
        """The grade, given here and now."""
        said = self.cleaned_data
        body: dict[str, object] = {
            "claim": said["claim"],
            "status": said["status"],
            "reason": said["reason"],
        }
        if said["reliability"]:
            body["reliability"] = said["reliability"]
        if said["credibility"]:
            body["credibility"] = int(said["credibility"])
        return Draft("grade", "performed", "unknown", None, (said["claim"],), body)


class NoteForm(EntryForm):
    """A remark that everybody reads who reads the record."""

    heading = gettext_lazy("Enter a note")

    def make(self) -> None:
        """Ask for the text."""
        self.fields["text"] = Words(
            rows=5,
            label=gettext_lazy("Note"),
            help_text=gettext_lazy("It stays in the record; it cannot be taken back."),
        )

    def filled(self, entry: Entry) -> dict[str, Any]:
        """What a note says that is to be corrected."""
        return {"text": entry.body["text"]}

    def draft(self) -> Draft:
        """The note, written here and now."""
        text: dict[str, object] = {"text": self.cleaned_data["text"]}
        return Draft("note", "performed", "unknown", None, (), text)
