"""Forms of a claim, a grade and a note."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.draft import Draft
from peyman.case.model import Entry
from peyman.picture.places import places
from peyman.web.forms.entry import EntryForm
from peyman.web.forms.fields import (
    Exactly,
    OneOf,
    When,
    Words,
    entries_of,
    with_none,
)
from peyman.web.views import naming
from peyman.web.written import digits, sort_key

FORMS = ("assertion", "quotation", "announcement", "denial", "narration", "headline")
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
STATUSES = ("held", "corroborated", "disputed", "withdrawn", "deleted")
_SHORT = 90


class ClaimForm(EntryForm):
    """A claim: the exact words of a source, and who says what by them."""

    heading = gettext_lazy("Enter a claim")

    def make(self) -> None:
        """Ask for the source and its words."""
        none = gettext_lazy("Choose a source")
        sources = [
            (one.commitment, _entry(one, "title"))
            for one in entries_of(self.case, "source")
        ]
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
        self.fields["form"] = OneOf(_codes(FORMS), label=gettext_lazy("Form"))
        self.fields["type"] = OneOf(
            with_none(_codes(TYPES), str(gettext_lazy("No type"))),
            label=gettext_lazy("Type"),
            required=False,
        )
        self.fields["place"] = OneOf(
            with_none(_places(), str(gettext_lazy("No place"))),
            label=gettext_lazy("Place"),
            required=False,
        )
        self.fields["at"] = When(
            self.page.zone,
            required=False,
            label=gettext_lazy("Of what time it speaks (if known)"),
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
            body["places"] = [said["place"]]
        at = said["at"] or "unknown"
        return Draft("claim", "reported", at, None, (said["source"],), body)


class GradeForm(EntryForm):
    """How far a claim is held, and why."""

    heading = gettext_lazy("Grade a claim")

    def make(self) -> None:
        """Ask for the claim and the reason."""
        claims = [
            (one.commitment, _entry(one, "says"))
            for one in entries_of(self.case, "claim")
        ]
        self.fields["claim"] = OneOf(
            with_none(claims, str(gettext_lazy("Choose a claim"))),
            label=gettext_lazy("Claim"),
        )
        self.fields["status"] = OneOf(
            _codes(STATUSES), radio=True, label=gettext_lazy("Status")
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

    def draft(self) -> Draft:
        """The note, written here and now."""
        text: dict[str, object] = {"text": self.cleaned_data["text"]}
        return Draft("note", "performed", "unknown", None, (), text)


def _codes(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, naming.code(name)) for name in names]


def _places() -> list[tuple[str, str]]:
    named = [(name, naming.place(name)) for name in places()]
    return sorted(named, key=lambda one: sort_key(one[1], naming.language()))


def _entry(entry: Entry, field: str) -> str:
    said = str(entry.body.get(field, ""))
    cut = said if len(said) <= _SHORT else said[: _SHORT - 1] + "…"
    return f"{digits(entry.name, naming.language())} · {cut}"
