"""Movements on a map: one curve a serial, which never stands for more than was told.

A flight is a journey and an aircraft a machine: each has its own sign, and neither is
turned into the other or into a width. An end without a place is a ring in its country.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot
from typing import Any

from peyman.charter.moment import Moment
from peyman.web.draw import svg
from peyman.web.draw.basemap.projection import Point
from peyman.web.draw.language import Language
from peyman.web.draw.times.moments import moment_of, stamp

PLANE = "M8 0L6-1.2H2L-2-7H-4L-1.5-1.2H-5L-6.5-3H-8L-7 0L-8 3H-6.5L-5 1.2H-1.5L-4 7H-2L2 1.2H6z"
TRAIL = "M-17-2H-11V-.5H-17zM-17 .5H-11V2H-17z"
"""Behind a plane that stands for a flight."""

_GAP = 12.0
"""What a curve leaves free at its ends."""
_TIP = "M0 0L-11-5L-8.5 0L-11 5z"


@dataclass(frozen=True, slots=True)
class Movement:
    """A serial with its places on the map."""

    told: Mapping[str, Any]
    at: Moment
    start: Point
    control: Point
    end: Point

    @property
    def entry(self) -> str:
        """The entry that tells of it."""
        return str(self.told["entry"])

    def along(self, part: float) -> Point:
        """A point of the curve: 0 is its start, 1 its end."""
        rest = 1 - part
        x, y = (
            rest * rest * a + 2 * rest * part * b + part * part * c
            for a, b, c in zip(self.start, self.control, self.end, strict=True)
        )
        return x, y

    @property
    def count(self) -> tuple[int | None, str]:
        """How many, and of what: `flights`, `aircraft`, or nothing told."""
        for unit in ("aircraft", "flights"):
            if self.told[unit] is not None:
                return self.told[unit], unit
        return None, ""


def movements_of(
    serials: Sequence[Mapping[str, Any]], points: Mapping[str, Point]
) -> tuple[Movement, ...]:
    """Those serials whose two ends are on the map, by time.

    Serials between the same two places fan out; in and out bend to different sides.
    """
    fanned: Counter[tuple[str, str]] = Counter()
    found = []
    for told in serials:
        ends = (str(told["origin"]), str(told["destination"]))
        if ends[0] == ends[1] or not all(end in points for end in ends):
            continue
        start, end = (points[place] for place in ends)
        bend = (0.04 if told["mode"] != "air" else 0.1) + 0.075 * fanned[ends]
        fanned[ends] += 1
        curve = _curve(start, end, bend)
        found.append(Movement(told, moment_of(told["at"]), *curve))
    return tuple(found)


def state_at(movement: Movement, instant: int) -> str:
    """Whether a movement is to come, may be under way, or is past."""
    if instant < movement.at.lo:
        return "to-come"
    is_past = instant >= movement.at.hi and instant > movement.at.lo
    return "past" if is_past else "now"


def drawn(movement: Movement, instant: int, language: Language) -> str:
    """The curve with its arrowhead, and what it is for a pointer."""
    told, state = movement.told, state_at(movement, instant)
    a, b, c = movement.start, movement.control, movement.end
    line = (
        f"M{svg.number(a[0])} {svg.number(a[1])}Q{svg.number(b[0])} {svg.number(b[1])} "
        f"{svg.number(c[0])} {svg.number(c[1])}"
    )
    angle = degrees(atan2(c[1] - b[1], c[0] - b[0]))
    head = f"translate({svg.number(c[0])} {svg.number(c[1])}) rotate({angle:.0f})"
    return svg.tag(
        "g",
        svg.title(words(movement, language)),
        svg.tag("path", d=line, fill="none", stroke="currentColor", class_="draw-way"),
        svg.tag("g", svg.tag("path", d=_TIP, class_="draw-tip"), transform=head),
        class_=f"draw-move draw-{told['direction']} draw-{told['mode']} "
        f"draw-{told['state']} draw-{state}",
        **times(movement, state),
    )


def times(movement: Movement, state: str) -> dict[str, str | None]:
    """The attributes by which a slider shows, thins or hides a movement."""
    return {
        "data_from": stamp(movement.at.lo),
        "data_past": stamp(max(movement.at.hi, movement.at.lo + 1)),
        "display": "none" if state == "to-come" else None,
    }


def words(movement: Movement, language: Language) -> str:
    """What a movement is, in one line."""
    told = movement.told
    ends = (language.place(told["origin"]), language.place(told["destination"]))
    return " · ".join(
        (
            language.member(told["member"]),
            language.words("{origin} to {destination}").format(
                origin=ends[0], destination=ends[1]
            ),
            amount(told, language),
            language.words(told["state"]),
            language.moment(told["at"]),
        )
    )


def amount(told: Mapping[str, Any], language: Language) -> str:
    """What a serial says of how many, each unit by its own word."""
    parts = [
        f"{language.words(unit)}: {language.number(told[unit])}"
        for unit in ("flights", "aircraft")
        if told[unit] is not None
    ]
    return language.comma.join(parts) or language.words("no number")


def _curve(start: Point, end: Point, bend: float) -> tuple[Point, Point, Point]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    control = (
        (start[0] + end[0]) / 2 + dy * bend * 2,
        (start[1] + end[1]) / 2 - dx * bend * 2,
    )
    gap = min(_GAP, length / 4)
    return _toward(start, control, gap), control, _toward(end, control, gap)


def _toward(point: Point, other: Point, by: float) -> Point:
    away = hypot(other[0] - point[0], other[1] - point[1]) or 1.0
    part = by / away
    return (
        point[0] + part * (other[0] - point[0]),
        point[1] + part * (other[1] - point[1]),
    )
