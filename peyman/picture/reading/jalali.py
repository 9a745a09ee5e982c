"""The Solar Hijri calendar of Iran and Afghanistan, exactly, for dates in reports.

Source: the 2820-year arithmetic is not used; leap years follow the breaks that agree
with the astronomical calendar (K. M. Borkowski, "The Persian calendar for 3000 years",
Earth, Moon, and Planets 74, 1996).
"""

from datetime import date, timedelta

_BREAKS = (
    -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192,
    2262, 2324, 2394, 2456, 3178,
)  # fmt: skip
_FIRST, _LAST = 979, 2262


def _new_year(year: int) -> tuple[int, int]:
    """The day of March on which a year begins, and years since the last leap year."""
    gregorian = year + 621
    leaps = -14
    before = _BREAKS[0]
    jump = 0
    for mark in _BREAKS[1:]:
        jump = mark - before
        if year < mark:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        before = mark
    passed = year - before
    leaps += passed // 33 * 8 + (passed % 33 + 3) // 4
    if jump % 33 == 4 and jump - passed == 4:
        leaps += 1
    gregorian_leaps = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    if jump - passed < 6:
        passed = passed - jump + (jump + 4) // 33 * 33
    since = ((passed + 1) % 33 - 1) % 4
    return 20 + leaps - gregorian_leaps, 4 if since == -1 else since


def from_jalali(year: int, month: int, day: int) -> date | None:
    """The Gregorian date, or None where there is no such day.

    >>> from_jalali(1400, 10, 16).isoformat()
    '2022-01-06'
    >>> from_jalali(1401, 12, 30) is None
    True
    """
    if not (_FIRST <= year <= _LAST and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    march, since_leap = _new_year(year)
    length = 31 if month <= 6 else 30
    if month == 12 and since_leap != 0:
        length = 29
    if day > length:
        return None
    before = (month - 1) * 31 - month // 7 * (month - 7)
    return date(year + 621, 3, 1) + timedelta(days=march - 1 + before + day - 1)
