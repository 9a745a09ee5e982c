"""Fields that every form uses: text without hidden marks, times as people write them.

What is typed may come in Persian digits, and a Jalali day by its year. A mark that turns
the order of letters round, or that no one can see, is refused: what is signed must read
as it is stored.
"""

import re
from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.case.model import Case, Entry
from peyman.charter.moment import read_moment, zone_of
from peyman.errors import PeymanError
from peyman.picture.reading.fold import fold
from peyman.picture.reading.jalali import from_jalali
from peyman.web.views.telling import naming

Choices = Sequence[tuple[str, str | Promise]]

LONGEST = 4000
"""Characters of one text that a person types; a report is uploaded."""

_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_JALALI = re.compile(r"1[34][0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
_LOCAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{1,2}:[0-9]{2})")
_ENTRY = re.compile(r"e(0|[1-9][0-9]{0,6})")


def check_visible(text: str) -> None:
    """Refuse a text with a mark that hides, or that turns the order of letters round.

    Raises:
        ValidationError: With the mark and its place.
    """
    if found := _HIDDEN.search(text):
        raise ValidationError(
            _(
                "Character %(place)s is the hidden mark U+%(mark)s: with it the text would"
                " not read as it is stored. Delete it, or type the text anew."
            )
            % {"place": found.start() + 1, "mark": f"{ord(found[0]):04X}"},
            code="hidden",
        )


class Words(forms.CharField):
    """A text that a person writes."""

    def __init__(self, *, rows: int = 1, longest: int = LONGEST, **named: object):
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        widget.attrs |= {"dir": "auto", "autocomplete": "off"}
        super().__init__(max_length=longest, widget=widget, **named)  # type: ignore[arg-type]
        # The browser would cut what is pasted without a word; the form says so instead.
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: object) -> str:
        """The text, with the line ends that were meant."""
        text = str(super().clean(value)).replace("\r\n", "\n")
        check_visible(text)
        return text


class Exactly(forms.CharField):
    """Words copied from a source: kept to the letter, whatever stands there."""

    def __init__(self, **named: object):
        widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
        super().__init__(max_length=LONGEST, strip=False, widget=widget, **named)  # type: ignore[arg-type]
        self.widget.attrs.pop("maxlength", None)


class When(forms.CharField):
    """A day, an hour in the zone of the case, an interval, or `unknown`."""

    def __init__(self, zone: str, **named: object):
        self.zone = zone
        hint = gettext_lazy(
            "For example 2022-01-06, 1400-10-16 or 2022-01-06 18:00 in the zone of the"
            " case; A/B for one moment between two; unknown."
        )
        super().__init__(
            max_length=80,
            help_text=hint,
            widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
            **named,  # type: ignore[arg-type]
        )
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: object) -> str:
        """The time as an entry writes it; nothing typed is empty."""
        typed = str(super().clean(value))
        text = fold(typed).text.strip()
        if not text or text == "unknown":
            return text
        try:
            said = "/".join(_to_iso(one, self.zone) for one in text.split("/"))
            read_moment(said, self.zone)
        except (PeymanError, ValueError, OverflowError):
            raise ValidationError(
                _(
                    "“%(typed)s” is no time. Write it as 2022-01-06, 1400-10-16 or"
                    " 2022-01-06 18:00."
                )
                % {"typed": typed[:40]},
                code="no time",
            ) from None
        return said


def _to_iso(typed: str, zone: str) -> str:
    text = typed.strip()
    if _JALALI.match(text):
        date, rest = text[:10].rstrip(), text[10:]
        day = from_jalali(*(int(part) for part in date.split("-")))
        text = f"{day}{rest}"
    if local := _LOCAL.fullmatch(text):
        hour = datetime.strptime(local[2], "%H:%M").time()  # noqa: DTZ007  (zone below)
        on = datetime.fromisoformat(local[1]).date()
        return datetime.combine(on, hour, zone_of(zone)).isoformat()
    return text


class Cited(forms.CharField):
    """Entries by their names for people: `e3, e12`; cleaned to their commitments.

    With a `kind`, entries of that kind alone.
    """

    def __init__(self, case: Case, *, kind: str = "", **named: object):
        self.kind = kind
        self.known = {entry.name: entry for entry in case.entries}
        super().__init__(
            max_length=400,
            widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
            **named,  # type: ignore[arg-type]
        )
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: object) -> tuple[str, ...]:
        """The commitments of the entries that are named, each once."""
        names = re.split(r"[\s,،;]+", fold(str(super().clean(value))).text.strip())
        return tuple(dict.fromkeys(self._one(name) for name in names if name))

    def _one(self, name: str) -> str:
        found = self.known.get(name) if _ENTRY.fullmatch(name) else None
        if found is None:
            raise ValidationError(
                _("There is no entry %(name)s here. Write names such as e3, e12.")
                % {"name": name[:20]},
                code="no entry",
            )
        if self.kind and found.kind != self.kind:
            raise ValidationError(
                _("%(name)s is not of the kind asked for here: %(kind)s.")
                % {"name": name, "kind": naming.code(self.kind)},
                code="other kind",
            )
        return found.commitment


class OneOf(forms.ChoiceField):
    """A choice; what was sent and is none is refused with what to do next."""

    def __init__(self, choices: Choices, *, radio: bool = False, **named: object):
        widget = forms.RadioSelect() if radio else forms.Select()
        super().__init__(
            choices=choices,
            widget=widget,
            error_messages={
                "invalid_choice": gettext_lazy(
                    "“%(value)s” is not one of these. Choose one of the list."
                )
            },
            **named,  # type: ignore[arg-type]
        )


def entries_of(case: Case, kind: str) -> tuple[Entry, ...]:
    """The entries of a kind, the latest first."""
    return tuple(entry for entry in reversed(case.entries) if entry.kind == kind)
