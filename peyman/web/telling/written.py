"""How numbers, days and times are written in a language. Plain strings; no Django here.

Persian has its own digits, and the Jalali date stands before the Gregorian one. A time is
that of the case's zone, with UTC beside it. A foreign run is isolated, so that Persian
digits never join Latin letters.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache

from jdatetime import date as jalali_date

from peyman.charter.moment import ALWAYS, start_of, zone_of
from peyman.picture.places import places

_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_THOUSANDS = {"en": ",", "fa": "٬", "ru": "\u00a0"}
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December",
    ),
    "fa": (
        "ژانویهٔ", "فوریهٔ", "مارس", "آوریل", "مهٔ", "ژوئن", "ژوئیهٔ", "اوت",
        "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
        "сентября", "октября", "ноября", "декабря",
    ),
}  # fmt: skip
_JALALI = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_BETWEEN = {
    "en": "between {0} and {1}",
    "fa": "میان {0} و {1}",
    "ru": "между {0} и {1}",
}
_BEFORE = {"en": "before {0}", "fa": "پیش از {0}", "ru": "до {0}"}
_AFTER = {"en": "after {0}", "fa": "پس از {0}", "ru": "после {0}"}
_UNDATED = {"en": "not dated", "fa": "بی‌تاریخ", "ru": "без даты"}
_COMMA = {"en": ", ", "fa": "، ", "ru": ", "}
_ALPHABET = {
    letter: place
    for place, letter in enumerate("ءآاأإبپتثجچحخدذرزژسشصضطظعغفقکكگلمنوؤهةیيئى")
}
_FIRST, _LAST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


def isolate(text: str) -> str:
    r"""A foreign run inside a sentence, for where there is no markup.

    >>> isolate("UTC")
    '\u2068UTC\u2069'
    """
    return f"\u2068{text}\u2069"


def digits(text: str, language: str) -> str:
    """The digits of a text in a language.

    >>> digits("20:00", "fa")
    '۲۰:۰۰'
    """
    return text.translate(_PERSIAN) if language == "fa" else text


def number(value: float, language: str) -> str:
    r"""A number with its thousands apart.

    >>> number(2030, "en"), number(2030, "fa"), number(-2030, "ru")
    ('2,030', '۲٬۰۳۰', '−2\xa0030')
    """
    said = f"{abs(value):,}".replace(",", _THOUSANDS[language])
    if language != "en":
        said = said.replace(".", "٫" if language == "fa" else ",")
    return digits(f"{'−' if value < 0 else ''}{said}", language)


def day(on: date, language: str, *, with_year: bool = True) -> str:
    """A day; in Persian its Jalali date first, the Gregorian in brackets.

    >>> day(date(2022, 1, 6), "en")
    '6 January 2022'
    """
    year = f" {on.year}" if with_year else ""
    gregorian = f"{on.day} {_MONTHS[language][on.month - 1]}{year}"
    if language != "fa":
        return gregorian if with_year else gregorian.rstrip("\u0654")
    there = jalali_date.fromgregorian(date=on)
    year = f" {there.year}" if with_year else ""
    own = f"{there.day} {_JALALI[there.month - 1]}{year}"
    return digits(f"{own} ({gregorian.rstrip('ٔ')})", "fa")


def zone_name(zone: str, language: str) -> str:
    """What people call a zone: the city that it is named after.

    >>> zone_name("Asia/Almaty", "ru")
    'Алматы'
    """
    if zone == "UTC":
        return isolate("UTC") if language == "fa" else "UTC"
    city = zone.rsplit("/", 1)[-1]
    place = _cities().get(city.lower().replace("_", "-"))
    return place[language] if place else isolate(city.replace("_", " "))


@cache
def _cities() -> dict[str, dict[str, str]]:
    return {
        name: {language: names[0] for language, names in place.names.items()}
        for name, place in places().items()
        if place.kind == "city"
    }


def instant(at: int, zone: str, language: str) -> str:
    """An instant in the zone of the case, with UTC beside it.

    >>> instant(1641434700, "Asia/Almaty", "en")
    '6 January 2022, 08:05 Almaty (02:05 UTC)'
    """
    local = _local(at, zone)
    return _with_utc(local.date(), _clock(local, language), at, zone, language)


def until(at: int, zone: str, language: str) -> str:
    """An instant up to which something is meant: midnight is the end of the day before.

    >>> until(1641492000, "Asia/Almaty", "en")
    '6 January 2022, 24:00 Almaty (18:00 UTC)'
    """
    local = _local(at, zone)
    if not _is_midnight(local):
        return instant(at, zone, language)
    before = local.date() - timedelta(days=1)
    return _with_utc(before, digits("24:00", language), at, zone, language)


def _with_utc(on: date, clock: str, at: int, zone: str, language: str) -> str:
    utc = _local(at, "UTC")
    here = day(on, language) + _COMMA[language] + clock
    if zone == "UTC":
        return f"{here} {zone_name('UTC', language)}"
    beside = _clock(utc, language)
    if utc.date() != on:
        other = day(utc.date(), language, with_year=False)
        beside = f"{other}{_COMMA[language]}{beside}"
    there = f"({beside} {zone_name('UTC', language)})"
    return f"{here} {zone_name(zone, language)} {there}"


def moment(lo: int, hi: int, zone: str, language: str) -> str:
    """One moment that lies in [lo, hi): a day, a clock, or what it is between."""
    if lo <= ALWAYS and hi >= -ALWAYS:
        return _UNDATED[language]
    if lo <= ALWAYS:
        return _BEFORE[language].format(instant(hi, zone, language))
    if hi >= -ALWAYS:
        return _AFTER[language].format(instant(lo, zone, language))
    if lo == hi:
        return instant(lo, zone, language)
    first, last = _local(lo, zone).date(), _local(hi - 1, zone).date()
    if lo == start_of(first, zone) and hi == start_of(last + timedelta(days=1), zone):
        if first == last:
            return day(first, language)
        return _between(day(first, language), day(last, language), language)
    ends = (instant(lo, zone, language), instant(hi, zone, language))
    return _between(*ends, language)


def short_moment(lo: int, hi: int, zone: str, language: str) -> str:
    """A moment for a narrow column: without its year, and in the case's zone only."""
    if lo <= ALWAYS or hi >= -ALWAYS:
        return moment(lo, hi, zone, language) if lo <= ALWAYS < hi else ""
    first, last = _local(lo, zone), _local(hi, zone)
    one = _short(first, language)
    if lo == hi:
        return f"{one} {_clock(first, language)}"
    before = _local(hi - 1, zone)
    is_midnight = _is_midnight(first) and _is_midnight(last)
    if is_midnight:
        one_day = first.date() == before.date()
        return one if one_day else f"{one} – {_short(before, language)}"
    until = _clock(last, language)
    if before.date() != first.date():
        until = f"{_short(last, language)} {until}"
    elif _is_midnight(last):
        until = digits("24:00", language)
    return f"{one} {_clock(first, language)} – {until}"


def sort_key(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where a text stands in the alphabet of a language.

    >>> sorted(["گنجه", "پل", "بار"], key=lambda one: sort_key(one, "fa"))
    ['بار', 'پل', 'گنجه']
    """
    fold = text.casefold().replace("ё", "е")
    if language != "fa":
        return tuple((0, ord(letter)) for letter in fold)
    return tuple(
        (1, _ALPHABET[letter]) if letter in _ALPHABET else (0, ord(letter))
        for letter in fold
        if letter not in "\u200c\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654"
    )


def _local(at: int, zone: str) -> datetime:
    first, last = int(_FIRST.timestamp()), int(_LAST.timestamp())
    return datetime.fromtimestamp(min(max(at, first), last), zone_of(zone))


def _clock(when: datetime, language: str) -> str:
    return digits(when.strftime("%H:%M"), language)


def _is_midnight(when: datetime) -> bool:
    return when.hour == when.minute == when.second == 0


def _short(when: datetime, language: str) -> str:
    if language == "fa":
        there = jalali_date.fromgregorian(date=when.date())
        return digits(f"{there.day} {_JALALI[there.month - 1]}", "fa")
    return f"{when.day} {_MONTHS[language][when.month - 1][:3]}"


def _between(first: str, last: str, language: str) -> str:
    return _BETWEEN[language].format(first, last)


Write = Callable[[int, int, str, str], str]
"""How a moment is written: `moment` or `short_moment`."""
