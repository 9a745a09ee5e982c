"""Time as the drawings have it: moments read from the contract's text, days on an axis.

Time runs as the language is read: from left to right, or from right to left in Persian.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from peyman.charter.moment import ALWAYS, Moment, day_of, read_moment, show, start_of
from peyman.web.draw import svg
from peyman.web.draw.language import Language

NEVER = -ALWAYS
"""After everything that any case will hold."""

_STEPS = (1, 2, 7, 14)
"""Days between two labels of an axis, before it comes to whole months."""


def moment_of(text: str, zone: str = "UTC") -> Moment:
    """A moment as `peyman show --json` prints it, or as an entry states it.

    An open end is before or after everything.

    >>> moment_of("2022-01-05T12:00:00Z/..").hi == NEVER
    True
    """
    first, slash, last = text.partition("/")
    if not slash or ".." not in (first, last):
        return read_moment(text, zone)
    lo = ALWAYS if first == ".." else read_moment(first, zone).lo
    hi = NEVER if last == ".." else read_moment(last, zone).lo
    return Moment(lo, hi)


def stamp(instant: int) -> str | None:
    """An instant for an attribute; None where an end is open."""
    return None if instant in (ALWAYS, NEVER) else show(instant)


@dataclass(frozen=True, slots=True)
class Axis:
    """Time along a line of the drawing, from `lo` to `hi`, between two places on it."""

    lo: int
    hi: int
    left: float
    right: float
    is_rtl: bool = False

    def x(self, instant: float) -> float:
        """Where an instant is; what lies outside is put at the nearer end."""
        span = max(self.hi - self.lo, 1)
        part = min(max((instant - self.lo) / span, 0.0), 1.0)
        along = 1 - part if self.is_rtl else part
        return self.left + along * (self.right - self.left)

    def stretch(self, moment: Moment, least: float = 0.0) -> tuple[float, float]:
        """Left end and width of a moment, at least so wide, grown about its middle."""
        ends = sorted((self.x(moment.lo), self.x(moment.hi)))
        width = ends[1] - ends[0]
        if width >= least:
            return ends[0], width
        middle = (ends[0] + ends[1]) / 2
        return min(max(middle - least / 2, self.left), self.right - least), least


def axis_of(instants: list[int], left: float, right: float, language: Language) -> Axis:
    """An axis over whole days of the case's zone that has room for these instants."""
    known = [i for i in instants if i not in (ALWAYS, NEVER)] or [0]
    first = day_of(min(known), language.zone)
    last = day_of(max(max(known) - 1, min(known)), language.zone)
    return Axis(
        start_of(first, language.zone),
        start_of(last + timedelta(days=1), language.zone),
        left,
        right,
        language.is_rtl,
    )


def days_of(axis: Axis, zone: str) -> Iterator[date]:
    """The days that begin on an axis, in order."""
    day = day_of(axis.lo, zone)
    while start_of(day, zone) < axis.hi:
        yield day
        day += timedelta(days=1)


def ticks(
    axis: Axis, zone: str, room: float = 52
) -> Iterator[tuple[date, float, float]]:
    """Days to label, with where each begins and where the next label's day does.

    Args:
        axis: The axis.
        zone: Whose days.
        room: The least distance between two labels.
    """
    days = list(days_of(axis, zone))
    per_day = (axis.right - axis.left) / max(len(days), 1)
    step = next((s for s in _STEPS if s * per_day >= room), None)
    if step is None:
        shown = [day for day in days if day.day == 1] or days[:1]
        thin = max(1, round(room / (per_day * 30) + 0.49))
        shown = shown[::thin]
    else:
        shown = days[::step]
    edges = [axis.x(start_of(day, zone)) for day in shown] + [axis.x(axis.hi)]
    yield from zip(shown, edges, edges[1:], strict=False)


def grid(
    axis: Axis, language: Language, top: float, bottom: float, room: float = 52
) -> str:
    """Lines where labelled days begin, and their labels above."""
    drawn = []
    for day, start, _ in ticks(axis, language.zone, room):
        line = svg.path([(start, top), (start, bottom)])
        drawn.append(svg.tag("path", d=line, class_="draw-grid"))
        drawn.append(
            svg.text(
                language.day(day),
                start + (-4 if axis.is_rtl else 4),
                top - 6,
                class_="draw-small",
                anchor="end" if axis.is_rtl else "start",
                is_rtl=axis.is_rtl,
            )
        )
    return svg.tag("g", *drawn, class_="draw-axis", font_size="12")
