"""The timeline of a case: its entries by day, and a strip that shows them at a glance.

The strip gives every day that has something the same room and breaks where days have
nothing, so that a week of crisis is not a stroke beside a quiet year. What is uncertain in
time is a bar as long as the uncertainty, never a point in its middle.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from peyman.charter.moment import ALWAYS, Moment, day_of, show_moment, start_of
from peyman.web.draw import svg
from peyman.web.draw.drawing import Cell, Drawing, Key, Row, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.marks import KINDS, icon, key, shape
from peyman.web.draw.times.happenings import Happening as Happening
from peyman.web.draw.times.happenings import happenings as happenings
from peyman.web.draw.times.moments import NEVER

WIDTH = 1100.0
_LANES = (
    ("Acts", ("act", "measure")),
    ("Places", ("status",)),
    ("Force", ("serial", "force")),
    ("Claims", ("claim",)),
    ("Grades", ("grade", "gone")),
)
_PITCH = 9.0
"""Height of a line of marks in a lane."""
_SIDE = 92.0
"""Room for the names of the lanes; the longest are Russian."""
_BREAK = 0.9
"""Width of a break, in days."""


@dataclass(frozen=True, slots=True)
class Day:
    """What began on one day of the case's zone; `day` is None where no time is known."""

    day: date | None
    label: str
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The strip with its rows, and the same by day for a list."""

    drawing: Drawing
    days: tuple[Day, ...]


def draw_timeline(
    happened: Sequence[Happening], language: Language, *, id_: str = "timeline"
) -> Timeline:
    """Draw a strip of what happened, and list it by day.

    Args:
        happened: What to show; `keeping` is listed and not drawn.
        language: How the page says things.
        id_: The id of the drawing.
    """
    shown = [one for one in happened if one.kind != "keeping"]
    strip = _strip(shown, language)
    when = {at: language.moment(show_moment(at)) for at in {h.at for h in happened}}
    lanes, height = _lanes(shown, strip, when, language)
    drawn = svg.document(
        _days(strip, height, language),
        lanes,
        id_=id_,
        name=language.words("Timeline"),
        says=_says(shown, strip, language),
        size=(WIDTH, height),
        class_="draw-timeline",
    )
    ordered = sorted(happened, key=lambda one: one.at.lo)
    table = Table(
        language.words("Timeline"),
        tuple(language.words(head) for head in ("When", "Kind", "What", "Known as")),
        tuple(_row(one, when[one.at], language) for one in ordered),
    )
    keys = tuple(_keys(shown, language))
    return Timeline(Drawing(drawn, (table,), keys), tuple(_by_day(ordered, language)))


class _Column(NamedTuple):
    """A day of the strip: its first second and the next day's, and where it begins."""

    lo: int
    hi: int
    along: float
    day: date


@dataclass(frozen=True, slots=True)
class _Strip:
    """Days with their places on the strip; a gap between two of them is a break."""

    columns: tuple[_Column, ...]
    per_day: float
    is_rtl: bool

    def x(self, instant: int) -> float:
        """Where an instant is; one on a day that is left out is at the break."""
        index = bisect_right(self.columns, instant, key=_begins) - 1
        if index < 0:
            return self.turned(0.0)
        column = self.columns[index]
        part = min((instant - column.lo) / (column.hi - column.lo), 1.0)
        return self.turned(column.along + part * self.per_day)

    def turned(self, along: float) -> float:
        """A way along the strip as a place on it."""
        return WIDTH - _SIDE - along if self.is_rtl else _SIDE + along

    def stretch(self, moment: Moment) -> tuple[float, float]:
        """Left and right end of a moment."""
        one, other = self.x(moment.lo), self.x(moment.hi)
        return (one, other) if one <= other else (other, one)


def _begins(column: _Column) -> int:
    return column.lo


def _strip(shown: Sequence[Happening], language: Language) -> _Strip:
    zone = language.zone
    days = sorted(
        {
            day_of(instant, zone)
            for one in {one.at for one in shown if one.at.lo > ALWAYS}
            for instant in (one.lo, max(one.hi - 1, one.lo))
            if instant < NEVER
        }
    )
    breaks = sum(_is_break(a, b) for a, b in pairwise(days))
    per_day = (WIDTH - _SIDE - 12) / max(len(days) + _BREAK * breaks, 1)
    columns: list[_Column] = []
    along = 0.0
    for day in days:
        if columns and _is_break(columns[-1].day, day):
            along += _BREAK * per_day
        ends = (start_of(day, zone), start_of(day + timedelta(days=1), zone))
        columns.append(_Column(*ends, along, day))
        along += per_day
    return _Strip(tuple(columns), per_day, language.is_rtl)


def _is_break(before: date, after: date) -> bool:
    return (after - before).days > 1


def _days(strip: _Strip, height: float, language: Language) -> str:
    drawn = []
    room = 0.0
    last: date | None = None
    for column in strip.columns:
        along = column.along
        edges = sorted((strip.turned(along), strip.turned(along + strip.per_day)))
        if last and _is_break(last, column.day):
            drawn.append(_break(strip, along, height))
        band = {"x": edges[0] + 0.5, "y": 24.0, "width": max(strip.per_day - 1, 1.0)}
        drawn.append(svg.tag("rect", **band, height=height - 28, class_="draw-band"))
        label = language.day(column.day)
        if along >= room:
            drawn.append(_day_label(label, edges, strip))
            room = along + svg.width_of(label, 12) + 10
        last = column.day
    return svg.tag("g", *drawn, class_="draw-axis", font_size="12")


def _day_label(label: str, edges: Sequence[float], strip: _Strip) -> str:
    return svg.text(
        label,
        edges[1] - 2 if strip.is_rtl else edges[0] + 2,
        16,
        class_="draw-small",
        anchor="end" if strip.is_rtl else "start",
        is_rtl=strip.is_rtl,
    )


def _break(strip: _Strip, along: float, height: float) -> str:
    x = strip.turned(along - _BREAK * strip.per_day / 2)
    line = f"M{svg.number(x - 3)} {svg.number(height - 4)}V24M{svg.number(x + 3)} 24V{svg.number(height - 4)}"
    return svg.tag("path", d=line, class_="draw-break", stroke_dasharray="1 3")


def _lanes(
    shown: Sequence[Happening],
    strip: _Strip,
    when: Mapping[Moment, str],
    language: Language,
) -> tuple[str, float]:
    """The lanes, drawn, and the height to which they come."""
    top, drawn = 36.0, []
    for name, kinds in _LANES:
        some = [one for one in shown if one.kind in kinds and one.at.lo > ALWAYS]
        if not some:
            continue
        spots = _packed(some, strip)
        drawn.append(_lane_name(language.words(name), top + 2, language))
        drawn += [
            _happening(one, spots[one.entry], top, strip, when[one.at]) for one in some
        ]
        top += (max(spot.line for spot in spots.values()) + 1) * _PITCH + 12
    return svg.tag("g", *drawn, class_="draw-lanes"), top


def _lane_name(name: str, y: float, language: Language) -> str:
    x = WIDTH - 2 if language.is_rtl else 2.0
    anchor = "end" if language.is_rtl else "start"
    return svg.text(
        name, x, y + 4, class_="draw-strong", anchor=anchor, is_rtl=language.is_rtl
    )


class _Spot(NamedTuple):
    """Where one stands: its line in its lane, and its left and right end."""

    line: int
    left: float
    right: float


def _packed(some: Sequence[Happening], strip: _Strip) -> dict[str, _Spot]:
    """The place of each in its lane: the first line on which it covers nothing."""
    ends: list[float] = []
    found = {}
    for left, right, entry in sorted((*strip.stretch(h.at), h.entry) for h in some):
        # A mark stands at the earlier end, and reaches over a time that is shorter.
        first = min(left, right - _PITCH) if strip.is_rtl else left
        last = right if strip.is_rtl else max(right, left + _PITCH)
        line = next((i for i, end in enumerate(ends) if first >= end), len(ends))
        ends[line : line + 1] = [last + 2]
        found[entry] = _Spot(line, left, right)
    return found


def _happening(
    one: Happening, spot: _Spot, top: float, strip: _Strip, when: str
) -> str:
    _, left, right = spot
    y = top + spot.line * _PITCH
    mark = KINDS["gone"] if one.gone else KINDS[one.kind]
    span = ""
    if right - left > _PITCH:
        span = (
            f'<rect x="{svg.number(left)}" y="{svg.number(y - 3)}" '
            f'width="{svg.number(right - left)}" height="6" rx="3" class="draw-span"/>'
        )
    middle = max(right - 4, 5.0) if strip.is_rtl else min(left + 4, WIDTH - 5)
    return svg.tag(
        "g",
        svg.title(f"{when}: {one.text}"),
        span,
        shape(mark, middle, y, 0.55),
        class_=f"draw-kind-{one.kind}{' draw-was' if one.gone else ''}",
    )


def _says(shown: Sequence[Happening], strip: _Strip, language: Language) -> str:
    counted = Counter(one.kind for one in shown)
    parts = language.comma.join(
        f"{language.words(KINDS[kind].word)}: {language.number(counted[kind])}"
        for kind in KINDS
        if counted[kind]
    )
    days = language.number(len(strip.columns))
    return language.words("{kinds}. Days with entries: {days}.").format(
        kinds=parts, days=days
    )


def _row(one: Happening, when: str, language: Language) -> Row:
    return row(
        when,
        language.words(KINDS[one.kind].word),
        Cell(one.text, one.lang),
        language.words(one.known_as),
        entries=(one.entry,),
        kind="gone" if one.gone else one.kind,
    )


def _by_day(ordered: Sequence[Happening], language: Language) -> Iterator[Day]:
    def begins(one: Happening) -> date | None:
        known = one.at.lo if one.at.lo > ALWAYS else None
        return None if known is None else day_of(known, language.zone)

    for day, some in groupby(ordered, key=begins):
        label = language.words("time not known") if day is None else language.day(day)
        yield Day(day, label, tuple(some))


def _keys(shown: Sequence[Happening], language: Language) -> Iterator[Key]:
    used = {one.kind for one in shown} | {"gone" for one in shown if one.gone}
    for name, mark in KINDS.items():
        if name in used:
            yield key(mark, language, f"draw-kind-{name}")
    if any(one.at.hi > one.at.lo for one in shown):
        yield _span_key(language)


def _span_key(language: Language) -> Key:
    bar = svg.tag("rect", x=-9, y=-3, width=18, height=6, rx=3, class_="draw-span")
    return Key(icon(bar), language.words("some time between: the hour is not certain"))
