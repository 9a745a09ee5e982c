"""Reckon time as the law does: uncertain moments, spans, deadlines, days of a zone.

A moment is an interval of whole seconds since 1970 in UTC. Days are days of a zone: the
charter's for spans and terms, the entry's for what an entry states. Zones come from the
`tzdata` package alone, so that every machine reckons with the same one.

Source: docs/charter-language.md, section 7; RECORD section 1 for the field `at`.
"""

import calendar
import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import tzdata

from peyman.errors import PeymanError
from peyman.saying import say

ALWAYS = -(10**11)
"""Before everything that any case will hold."""

CALENDAR = -62_135_510_400
"""The first second of 2 January of the year 1: whatever is before has no day."""

_AUTHORITY = say("docs/record.md: the field `at`")
_SPAN = re.compile(r"([0-9]{1,4}) (hour|day|working day|week|month|year)s?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 3000)


class Moment(NamedTuple):
    """One moment that lies in [lo, hi), or exactly at lo where both are equal."""

    lo: int
    hi: int

    def is_surely_before(self, other: "Moment") -> bool:
        """Whether this was over before the other can have begun.

        >>> Moment(0, 10).is_surely_before(Moment(10, 10))
        True
        >>> Moment(5, 5).is_surely_before(Moment(5, 5))
        False
        """
        if self.lo == self.hi:
            return self.lo < other.lo
        return self.hi <= other.lo

    def overlaps(self, other: "Moment") -> bool:
        """Whether either may have come first."""
        return not self.is_surely_before(other) and not other.is_surely_before(self)


class Due(NamedTuple):
    """When something falls due: not before `earliest`, not after `latest`."""

    earliest: int
    latest: int


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name, from the `tzdata` package.

    Raises:
        PeymanError: If there is no such zone.
    """
    path = Path(tzdata.__file__).parent / "zoneinfo"
    try:
        with path.joinpath(*name.split("/")).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (OSError, ValueError) as error:
        raise PeymanError(
            say("There is no time zone {words}.", words=repr(name)),
            authority=say(
                "the IANA time zone database, version {words}",
                words=tzdata.IANA_VERSION,
            ),
            remedy=say("Use a name such as Asia/Almaty or Europe/Moscow."),
        ) from error


@lru_cache(maxsize=4096)
def start_of(day: date, zone: str) -> int:
    """The first second of a day of a zone."""
    return int(datetime.combine(day, time(), zone_of(zone)).timestamp())


@lru_cache(maxsize=4096)
def day_of(instant: int, zone: str) -> date:
    """The day of a zone on which an instant falls; the first or last day there is."""
    if instant < CALENDAR:
        return date.min
    return datetime.fromtimestamp(instant, zone_of(zone)).date()


def read_instant(text: str) -> int:
    """Read an instant that states its offset: `2022-01-05T20:00Z`.

    Raises:
        PeymanError: If it is no instant, or states no offset.
    """
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None or "T" not in text:
        raise PeymanError(
            say("{words} is not an instant with its offset.", words=repr(text)),
            authority=_AUTHORITY,
            remedy=say("Write 2022-01-05T20:00:00Z, or with an offset such as +06:00."),
        )
    _check_year(when.year, text)
    return int(when.timestamp())


def read_moment(text: str, zone: str) -> Moment:
    """Read a date, an instant, `A/B` or `unknown`, with days in `zone`.

    A date is the whole of that day; `A/B` is one moment in [A, B); in `A/B` a date
    stands for its first second. `unknown` may be any time before now.

    Raises:
        PeymanError: If it is none of these, or ends before it begins.

    >>> read_moment("2022-01-05T20:00Z", "Asia/Almaty")
    Moment(lo=1641412800, hi=1641412800)
    >>> read_moment("2022-01-06", "Asia/Almaty").lo == 1641412800 - 2 * 3600
    True
    """
    if text == "unknown":
        return Moment(ALWAYS, -ALWAYS)
    first, slash, last = text.partition("/")
    lo = _edge(first, zone)
    if slash:
        hi = _edge(last, zone)
        if hi <= lo:
            raise PeymanError(
                say("{words} ends before it begins.", words=repr(text)),
                authority=_AUTHORITY,
                remedy=say(
                    "Give the earlier end first; the later end is not included."
                ),
            )
        return Moment(lo, hi)
    if _DATE.fullmatch(first):
        return Moment(lo, start_of(_read_date(first) + timedelta(days=1), zone))
    return Moment(lo, lo)


def _edge(text: str, zone: str) -> int:
    if _DATE.fullmatch(text):
        return start_of(_read_date(text), zone)
    return read_instant(text)


def _read_date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise PeymanError(
            say("{words} is not a date.", words=repr(text)),
            authority=_AUTHORITY,
            remedy=say("Write year, month and day as 2022-01-06."),
        ) from None
    _check_year(day.year, text)
    return day


def _check_year(year: int, text: str) -> None:
    if year not in _YEARS:
        raise PeymanError(
            say(
                "{words} is not of the years {first_words} to {last_words}.",
                words=repr(text),
                first_words=_YEARS[0],
                last_words=_YEARS[-1],
            ),
            authority=_AUTHORITY,
            remedy=say(
                "Correct the year; `unknown` stands for a time that is not known."
            ),
        )


@lru_cache(maxsize=4096)
def is_span(text: str) -> bool:
    """Whether these words are a span: `24 hours`, `5 working days`, `6 months`."""
    return _SPAN.fullmatch(text) is not None


def after_span(
    start: int, span: str, zone: str, holidays: Collection[date] = ()
) -> int:
    """The end of a span that begins at `start`.

    Hours are elapsed time. Of days, weeks, months and years the first day is not counted,
    and the span ends at 24:00 of its last day in `zone`. A month ends on the same number,
    else on the last day. Working days skip Saturday, Sunday and holidays.

    Raises:
        PeymanError: If it ends beyond the calendar.

    >>> show(after_span(read_instant("2022-08-31T10:00Z"), "6 months", "Europe/Moscow"))
    '2023-02-28T21:00:00Z'
    """
    count, unit = _parts_of(span)
    if unit == "hour":
        return start + count * 3600
    try:
        return _end_of_days(day_of(start, zone), span, zone, frozenset(holidays))
    except (OverflowError, ValueError) as error:
        raise PeymanError(
            say(
                "{code} from {at} ends beyond the calendar.", code=span, at=show(start)
            ),
            authority=say("docs/charter-language.md, section 7: spans"),
            remedy=say("State a shorter span, or a date."),
        ) from error


@lru_cache(maxsize=4096)
def _end_of_days(first: date, span: str, zone: str, holidays: frozenset[date]) -> int:
    """The end of a span of days or more that begins on a day."""
    last = _last_day(first, *_parts_of(span), holidays)
    return start_of(last + timedelta(days=1), zone)


def seconds_of(span: str) -> int | None:
    """How long a span of hours is, wherever it begins; None of any other."""
    if not is_span(span):
        return None
    count, unit = _parts_of(span)
    return count * 3600 if unit == "hour" else None


@lru_cache(maxsize=256)
def _parts_of(span: str) -> tuple[int, str]:
    """How many of what: `("6 months")` is 6 of `month`."""
    found = _SPAN.fullmatch(span)
    if found is None:
        raise ValueError(span)
    return int(found[1]), found[2]


def _last_day(first: date, count: int, unit: str, holidays: Collection[date]) -> date:
    if unit == "working day":
        return _working_days(first, count, holidays)
    if unit in ("month", "year"):
        return _months(first, count * (12 if unit == "year" else 1))
    return first + timedelta(days=count * (7 if unit == "week" else 1))


def _months(first: date, count: int) -> date:
    years, month = divmod(first.month - 1 + count, 12)
    year = first.year + years
    days = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, days))


def _working_days(first: date, count: int, holidays: Collection[date]) -> date:
    day = first
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in holidays
    return day


def show(instant: int) -> str:
    """An instant in UTC, ISO 8601."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def show_moment(moment: Moment) -> str:
    """A moment in UTC: an instant, or `A/B`; an open end is `..`.

    >>> show_moment(Moment(0, 3600))
    '1970-01-01T00:00:00Z/1970-01-01T01:00:00Z'
    """
    if moment.lo == moment.hi:
        return show(moment.lo)
    first = ".." if moment.lo < CALENDAR else show(moment.lo)
    last = ".." if moment.hi >= -ALWAYS else show(moment.hi)
    return f"{first}/{last}"
