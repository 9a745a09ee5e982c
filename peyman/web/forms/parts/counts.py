"""Fields of numbers: a whole number, and how many where that is not known exactly.

Digits are read in any script, with or without marks between the thousands.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peyman.picture.reading.fold import fold
from peyman.web.forms.parts.fields import Words

_WHOLE = re.compile(r"[1-9][0-9]{0,2}(?:[ ,٬][0-9]{3}){1,2}|0|[1-9][0-9]{0,8}")


class Whole(forms.CharField):
    """A whole number; cleaned to an int, or None where nothing is typed."""

    def __init__(self, **named: object):
        attributes = {"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attributes)
        super().__init__(max_length=20, widget=widget, **named)  # type: ignore[arg-type]
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: object) -> int | None:
        """The number."""
        typed = str(super().clean(value))
        text = fold(typed).text.strip()
        if text and whole(text) is None:
            raise ValidationError(
                _("“%(typed)s” is no whole number. Write digits alone, such as 150.")
                % {"typed": typed[:20]},
                code="no number",
            )
        return whole(text)


class Count(forms.CharField):
    """How many: `150`, `70-100`, `200-` for at least, `-50` for at most.

    Cleaned to the amount of a body, `{value}` or `{low, high}`; None where nothing is typed.
    """

    def __init__(self, **named: object):
        super().__init__(
            required=False,
            max_length=40,
            help_text=gettext_lazy(
                "150; or 70-100 for between the two, 200- for at least, -50 for at most."
                " Left empty, no number is told."
            ),
            widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
            **named,  # type: ignore[arg-type]
        )
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: object) -> dict[str, int] | None:
        """The amount."""
        typed = str(super().clean(value))
        text = fold(typed).text.strip().replace("—", "-")
        if not text:
            return None
        low, dash, high = (part.strip() for part in text.partition("-"))
        ends = {"low": low, "high": high} if dash else {"value": low}
        told = {name: end for name, end in ends.items() if end}
        said = {n: k for n, end in told.items() if (k := whole(end)) is not None}
        if not said or said.keys() != told.keys() or _is_reversed(said):
            raise ValidationError(
                _("“%(typed)s” is no number of things. Write 150, 70-100, 200- or -50.")
                % {"typed": typed[:20]},
                code="no amount",
            )
        return said


class Tally(Words):
    """Names with how many of each, one a line: `Il-76: 5`; cleaned to a table."""

    def __init__(self, **named: Any):
        super().__init__(rows=2, required=False, **named)

    def clean(self, value: object) -> dict[str, int]:  # type: ignore[override]
        """Name to how many."""
        found: dict[str, int] = {}
        for line in filter(str.strip, super().clean(value).splitlines()):
            name, _colon, number = line.rpartition(":")
            many = whole(number)
            if not name.strip() or many is None:
                raise ValidationError(
                    _("“%(line)s” is no name with its number. Write it as Il-76: 5.")
                    % {"line": line[:40]}
                )
            found[name.strip()] = many
        return found


def tally_text(counts: Mapping[str, int]) -> str:
    """A table of a body as `Tally` reads it."""
    return "\n".join(f"{name}: {n}" for name, n in counts.items())


def count_text(amount: object) -> str:
    """An amount of a body as `Count` reads it.

    >>> count_text({"low": 70, "high": 100}), count_text({"low": 200}), count_text(None)
    ('70-100', '200-', '')
    """
    said = amount if isinstance(amount, Mapping) else {}
    if "low" in said or "high" in said:
        return f"{said.get('low', '')}-{said.get('high', '')}"
    return str(said.get("value", ""))


def whole(text: str) -> int | None:
    """The whole number that a text is, in any digits; None if it is none."""
    text = fold(text).text.strip()
    found = _WHOLE.fullmatch(text)
    return int(re.sub("[^0-9]", "", text)) if found else None


def _is_reversed(said: Mapping[str, int]) -> bool:
    return "low" in said and "high" in said and said["low"] > said["high"]
