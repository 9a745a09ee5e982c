"""The two clocks in an address: ?at= (as of when) and ?known-at= (what the record had).

As on the command line, a date means the end of that day in the zone of the case. What
people type is taken in their own digits, and a Jalali date by its year.
"""

import re
from datetime import datetime
from typing import NamedTuple

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from peyman.charter.moment import read_moment, show, zone_of
from peyman.errors import PeymanError
from peyman.picture.reading.fold import fold
from peyman.picture.reading.jalali import from_jalali

_JALALI = re.compile(r"(1[234][0-9]{2})-([0-9]{1,2})-([0-9]{1,2})")
_LOCAL = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{1,2}:[0-9]{2})")
# A plus in an address is read as a space: 18:00+06:00 comes as 18:00 06:00.
_OFFSET = re.compile(r"(:[0-9]{2}) ([0-9]{2}:[0-9]{2})$")
_LONGEST = 40


class Clocks(NamedTuple):
    """The clocks of a page: as typed, and read.

    Attributes:
        at: As of when, in seconds since 1970; None stands for the last entry.
        known_at: What the record had by then.
    """

    typed_at: str = ""
    typed_known_at: str = ""
    at: int | None = None
    known_at: int | None = None
    problem: PeymanError | None = None

    @property
    def query(self) -> str:
        """What to hang on the address of another page of the case: `?at=…`, or nothing."""
        named = {"at": self.at, "known-at": self.known_at}
        said = {name: show(one) for name, one in named.items() if one is not None}
        return f"?{urlencode(said)}" if said else ""


def read_clocks(asked: QueryDict, zone: str) -> Clocks:
    """Read the clocks of an address; a problem is kept, beside what was typed."""
    typed = Clocks(asked.get("at", "").strip(), asked.get("known-at", "").strip())
    try:
        return typed._replace(
            at=read_clock(typed.typed_at, zone),
            known_at=read_clock(typed.typed_known_at, zone),
        )
    except PeymanError as problem:
        return typed._replace(problem=problem)


def read_clock(typed: str, zone: str) -> int | None:
    """Read one time as a person types it; nothing typed is None.

    Raises:
        PeymanError: If it is no time, in the language of the page.
    """
    text = fold(typed).text.strip().replace("/", "-").replace(" +", "+")
    if not text:
        return None
    try:
        found = read_moment(_to_iso(text, zone), zone)
    except (PeymanError, ValueError, OverflowError):
        raise PeymanError(
            _("“%(typed)s” is no time.") % {"typed": typed[:_LONGEST]},
            authority=_("a day, or a day and an hour in the zone of the case"),
            remedy=_("Write it as 2022-01-06, 1400-10-16 or 2022-01-06 18:00."),
        ) from None
    return found.hi


def _to_iso(text: str, zone: str) -> str:
    date, rest = text[:10], text[10:]
    if jalali := _JALALI.match(text):
        known = from_jalali(*(int(part) for part in jalali.groups()))
        date, rest = str(known), text[jalali.end() :]
    text = _OFFSET.sub(r"\1+\2", f"{date}{rest}")
    if local := _LOCAL.fullmatch(text):
        hour = datetime.strptime(local[2], "%H:%M").time()  # noqa: DTZ007  (zone below)
        day = datetime.fromisoformat(local[1]).date()
        return datetime.combine(day, hour, zone_of(zone)).isoformat()
    if "unknown" in text:
        raise ValueError(text)
    return text
