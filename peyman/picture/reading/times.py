"""Times in a report, each on its clock.

What the outlet tells is relative to its publication: "last night". What a speaker says
is relative to the speech: "today" in a speech of the fifth is the fifth, whenever it is
printed. A relative time whose anchor is not known stays without a value. The Persian
name of Dushanbe is also Monday: it becomes a date only where a word beside it says so.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

from peyman.picture.reading.jalali import from_jalali
from peyman.picture.reading.languages.lexicon import any_of, lexicon

_NIGHT_BEGINS, _NIGHT_ENDS = time(18), time(6)
_GREGORIAN_SINCE, _JALALI_BEHIND = 1700, 621
_DAY_HOURS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 24)}
_MONDAY_BEFORE = re.compile(
    r"(?<!\w)(?:روز|صبح|عصر|شب|ظهر|بامداد|شامگاه|بعدازظهر|نیمروز|سحرگاه)\s$"
)
_MONDAY_AFTER = re.compile(r"\s?(?:گذشته|شب|هفته|صبح|عصر|ظهر|آینده|اینده|بعد|\(|\d)")
_CITY_BEFORE = re.compile(r"(?<!\w)(?:در|شهر|از|به|فرودگاه|سفارت)\s«?$")


@dataclass(frozen=True, slots=True)
class Expression:
    """Words for a time: which, where, and how many days from the anchor.

    Attributes:
        start: Where the words begin, in the folded text.
        end: Where they end.
        kind: now, day, night, morning, afternoon, evening, weekday or date.
        days: Days from the anchor's day; the weekday's number for `weekday`.
        on: The date, for `date` with a year.
        yearless: Calendar, month and day, for `date` without one.
    """

    start: int
    end: int
    kind: str
    days: int = 0
    on: date | None = None
    yearless: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative times are relative to: a day, and the moment as it was given."""

    day: date
    value: str


@cache
def zone_of(name: str) -> ZoneInfo:
    """A zone from the `tzdata` package alone, the same on every machine."""
    path = Path(tzdata.__file__).parent / "zoneinfo" / name
    with path.open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)


def dushanbe(text: str, start: int, end: int) -> str:
    """Whether «دوشنبه» there is the `city`, `Monday`, or `unclear`."""
    if _MONDAY_BEFORE.search(text[max(0, start - 12) : start]):
        return "Monday"
    if _MONDAY_AFTER.match(text, end):
        return "Monday"
    if _CITY_BEFORE.search(text[max(0, start - 12) : start]):
        return "city"
    return "unclear"


@cache
def _relative(language: str) -> "re.Pattern[str]":
    rows = lexicon(language).tables["time"]
    parts = []
    for index, row in enumerate(rows):
        words = row["words"]
        parts.append((max(map(len, words)), f"(?P<t{index}>{any_of(words, language)})"))
    parts.sort(key=lambda part: -part[0])
    return re.compile("|".join(part for _, part in parts), re.IGNORECASE)


@cache
def _months(language: str) -> dict[str, tuple[str, int]]:
    table = lexicon(language).tables["months"]
    found: dict[str, tuple[str, int]] = {}
    for row in table:
        names = row["names"]
        for number, name in enumerate(names, 1):
            for one in str(name).split("|"):
                found[one] = (str(row["calendar"]), number)
    return found


@cache
def _dates(language: str) -> "re.Pattern[str]":
    names = any_of(list(_months(language)), language)
    year = r"(?:,?\s(?:سال\s)?(?P<{}>\d{{4}}))?"
    return re.compile(
        rf"(?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{names})"
        + year.format("y1")
        + rf"|(?P<m2>{names})\s(?P<d2>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?"
        + year.format("y2")
        + r"|(?<!\d)(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?!\d)"
        + r"|(?<!\d)(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>\d{4})(?!\d)",
        re.IGNORECASE,
    )


def expressions(text: str, start: int, end: int, language: str) -> list[Expression]:
    """Words for times in a stretch of folded text, in order; none overlaps another."""
    found = list(_absolute(text, start, end, language))
    for match in _relative(language).finditer(text, start, end):
        row = lexicon(language).tables["time"][int(str(match.lastgroup)[1:])]
        days = row.get("days", 0)
        kind = str(row["kind"])
        word = match.group()
        is_city = kind == "weekday" and word == "دوشنبه"
        if is_city and dushanbe(text, *match.span()) != "Monday":
            continue
        found.append(Expression(*match.span(), kind, int(days)))
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Expression] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _absolute(text: str, start: int, end: int, language: str) -> list[Expression]:
    found = []
    for match in _dates(language).finditer(text, start, end):
        one = _dated(match, language)
        if one.on or one.yearless:
            found.append(one)
    return found


def _dated(match: "re.Match[str]", language: str) -> Expression:
    """A date as the words give it, with a year or without."""
    if match["y3"] or match["y4"]:
        number = "3" if match["y3"] else "4"
        year, month, day = (int(match[part + number]) for part in "ymd")
        calendar = "jalali" if year < _GREGORIAN_SINCE else "gregorian"
        on = _valid(calendar, year, month, day)
        return Expression(*match.span(), "date", on=on)
    number = "1" if match["d1"] else "2"
    calendar, month = _month(match["m" + number], language)
    day = int(match["d" + number])
    if match["y" + number]:
        on = _valid(calendar, int(match["y" + number]), month, day)
        return Expression(*match.span(), "date", on=on)
    return Expression(*match.span(), "date", yearless=(calendar, month, day))


def _month(named: str, language: str) -> tuple[str, int]:
    table = _months(language)
    for name, month in table.items():
        if re.fullmatch(any_of([name], language), named, re.IGNORECASE):
            return month
    raise KeyError(named)


def _valid(calendar: str, year: int, month: int, day: int) -> date | None:
    if calendar == "jalali":
        return from_jalali(year, month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def published(at: str | None, zone: str | None) -> Anchor | None:
    """The anchor that a date or instant of publication gives."""
    if at is None:
        return None
    if "T" not in at:
        return Anchor(date.fromisoformat(at), at)
    moment = datetime.fromisoformat(at)
    local = moment.astimezone(zone_of(zone)) if zone else moment
    return Anchor(local.date(), at)


def value(one: Expression, anchor: Anchor | None, zone: str | None) -> str | None:
    """The time that words give under an anchor, or None.

    A night is that between 18:00 and 06:00 in the zone.

    >>> anchor = Anchor(date(2022, 1, 6), "2022-01-06")
    >>> value(Expression(0, 0, "night", -1), anchor, "Asia/Almaty")
    '2022-01-05T18:00+06:00/2022-01-06T06:00+06:00'
    """
    if one.on:
        return one.on.isoformat()
    if anchor is None:
        return None
    if one.yearless:
        return _nearest(*one.yearless, anchor.day)
    if one.kind == "now":
        return anchor.value
    day = anchor.day + timedelta(days=one.days)
    if one.kind == "weekday":
        back = (anchor.day.weekday() - one.days) % 7
        return (anchor.day - timedelta(days=back)).isoformat()
    if one.kind == "day":
        return day.isoformat()
    return _hours(one.kind, day, zone)


def _hours(kind: str, day: date, zone: str | None) -> str:
    if kind == "night":
        after = day + timedelta(days=1)
        begins, ends = (day, _NIGHT_BEGINS), (after, _NIGHT_ENDS)
    else:
        first, last = _DAY_HOURS[kind]
        last_day = day + timedelta(days=last // 24)
        begins, ends = (day, time(first)), (last_day, time(last % 24))
    if zone is None:
        return f"{begins[0].isoformat()}/{(ends[0] + timedelta(days=1)).isoformat()}"
    return f"{_instant(*begins, zone)}/{_instant(*ends, zone)}"


def _instant(day: date, hour: time, zone: str) -> str:
    return datetime.combine(day, hour, zone_of(zone)).isoformat(timespec="minutes")


def _nearest(calendar: str, month: int, day: int, anchor: date) -> str | None:
    """The date without a year that lies nearest to the anchor."""
    year = anchor.year - (_JALALI_BEHIND if calendar == "jalali" else 0)
    around = [_valid(calendar, year + step, month, day) for step in (-1, 0, 1)]
    known = [one for one in around if one]
    if not known:
        return None
    return min(known, key=lambda one: abs((one - anchor).days)).isoformat()


def day_of(at: str) -> date:
    """The day on which a date, an instant or an interval begins, as it is written."""
    begins = at.split("/")[0]
    if "T" in begins:
        moment = datetime.fromisoformat(begins)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).date()
    return date.fromisoformat(begins)
