"""Land, borders and lakes under a map: what is stored, and what of it a frame shows.

`region.json` is made by `make` and holds Natural Earth's land, simplified; LICENCE.md says
whose it is. A frame is the part of the world that a map shows, with its projection.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import hypot
from pathlib import Path

from peyman.web.draw import svg
from peyman.web.draw.basemap.clip import clipped_line, clipped_ring
from peyman.web.draw.basemap.projection import Conic, Point, bounds, conic

_FILE = Path(__file__).with_name("region.json")
_FINE = 10
"""Stored lines are drawn in tenths of a unit, as whole numbers."""
_EARTH_KM = 6371.0
_LEAST = 0.2
"""The least width of a frame in radians, some 1,300 km."""
_SLACK = 3.0
"""Degrees by which a country's name may lie outside the places that are shown."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its outlines as arcs, and where its name may stand.

    Attributes:
        names: Latitude, longitude and the room around in degrees, the roomiest first.
    """

    rings: tuple[tuple[int, ...], ...]
    names: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """All that is stored. Points are degrees north and east; an arc ~n is n turned round."""

    arcs: tuple[tuple[Point, ...], ...]
    land: tuple[tuple[int, ...], ...]
    borders: tuple[tuple[int, bool], ...]
    countries: Mapping[str, Country]
    lakes: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that a map shows, `width` by `height` units."""

    cone: Conic
    scale: float
    left: float
    top: float
    width: float
    height: float

    def at(self, latitude: float, longitude: float) -> Point:
        """Where on the map a place is."""
        x, y = self.cone.project(latitude, longitude)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    @property
    def km(self) -> float:
        """Kilometres in a unit, where the projection is true."""
        return _EARTH_KM / self.scale


@cache
def region() -> Region:
    """What is stored, read once."""
    stored = json.loads(_FILE.read_bytes())
    scale = stored["scale"]
    return Region(
        arcs=tuple(_line(arc, scale) for arc in stored["arcs"]),
        land=tuple(tuple(ring) for ring in stored["land"]),
        borders=tuple((arc, bool(dashed)) for arc, dashed in stored["borders"]),
        countries={
            name: Country(
                tuple(tuple(ring) for ring in country["rings"]),
                tuple((a, b, room) for a, b, room in country["names"]),
            )
            for name, country in stored["countries"].items()
        },
        lakes=tuple(_line(lake, scale) for lake in stored["lakes"]),
    )


def frame_of(
    points: Sequence[Point], width: float, *, aspect: tuple[float, float] = (1.3, 1.75)
) -> Frame:
    """A frame around places (latitude, longitude), with room at its edges.

    Args:
        points: At least one place.
        width: The width in units.
        aspect: The least and the greatest width for a height of one; the frame grows.
    """
    south, west, north, east = bounds(points)
    south, north = south - 1, north + 1
    cone = conic(south, north, (west + east) / 2)
    x0, y0, x1, y1 = bounds([cone.project(*point) for point in points])
    room = max(x1 - x0, y1 - y0)
    least = max(_LEAST - room, 0.0) / 2
    x0, x1 = x0 - least - 0.13 * room, x1 + least + 0.13 * room
    y0, y1 = y0 - least / 2 - 0.07 * room, y1 + least / 2 + 0.07 * room
    wide, high = x1 - x0, y1 - y0
    if wide / high < aspect[0]:
        grow = high * aspect[0] - wide
        x0, wide = x0 - grow / 2, wide + grow
    elif wide / high > aspect[1]:
        grow = wide / aspect[1] - high
        y0, high = y0 - grow / 2, high + grow
    scale = width / wide
    return Frame(cone, scale, x0, y0, width, round(high * scale))


def anchors(points: Sequence[Point], countries: Iterable[str]) -> dict[str, Point]:
    """Where on a map the names of countries stand, clear of the places that are shown.

    A country without room among the places is taken in at its roomiest spot near them; one
    that is not stored is left out.
    """
    shown = list(points)
    stored = [
        (name, region().countries[name].names)
        for name in sorted(set(countries))
        if name in region().countries
    ]
    found: dict[str, Point] = {}
    for is_new in (True, False):
        for name, spots in stored:
            box = _box(shown)
            inside = [spot for spot in spots if _is_in(spot, box)] if box else []
            if name in found or bool(inside) is is_new:
                continue
            taken = [*points, *found.values()]
            found[name] = (
                _roomiest(inside, taken, box)
                if box and inside
                else _nearest(spots, box)
            )
            shown.append(found[name])
    return found


@lru_cache(maxsize=16)
def base(frame: Frame, subject: str | None = None) -> str:
    """Land, borders and lakes of a frame as SVG; the subject's country stands out."""
    stored = region()
    project = _projected(frame)
    arcs = [[project(p) for p in arc] for arc in stored.arcs]
    box = (-40.0, -40.0, frame.width * _FINE + 40, frame.height * _FINE + 40)

    def rings(outlines: Iterable[tuple[int, ...]]) -> str:
        return _closed((_joined(ring, arcs) for ring in outlines), box)

    def lines(dashed: bool) -> str:
        some = (arcs[arc] for arc, is_dashed in stored.borders if is_dashed is dashed)
        parts = (part for arc in some for part in clipped_line(arc, box))
        return "".join(svg.path(part) for part in parts)

    host = stored.countries.get(subject or "")
    water = ([project(p) for p in lake] for lake in stored.lakes)
    size = (frame.width, frame.height)
    return svg.tag("rect", width=size[0], height=size[1], class_="draw-sea") + svg.tag(
        "g",
        svg.tag("path", d=rings(stored.land), fill_rule="evenodd", class_="draw-land"),
        svg.tag("path", d=rings(host.rings), class_="draw-host") if host else "",
        svg.tag("path", d=_closed(water, box), class_="draw-lake"),
        svg.tag("path", d=lines(dashed=False), class_="draw-border"),
        svg.tag(
            "path",
            d=lines(dashed=True),
            class_="draw-border draw-unsettled",
            stroke_dasharray="24 20",
        ),
        transform="scale(.1)",
        fill="none",
        stroke_width="8",
    )


def _closed(
    outlines: Iterable[list[Point]], box: tuple[float, float, float, float]
) -> str:
    rings = (clipped_ring(outline, box) for outline in outlines)
    return "".join(svg.path(ring, is_closed=True) for ring in rings if len(ring) > 2)


def _projected(frame: Frame) -> "_Project":
    return _Project(frame.cone, frame.scale * _FINE, frame.left, frame.top)


@dataclass(frozen=True, slots=True)
class _Project:
    cone: Conic
    scale: float
    left: float
    top: float

    def __call__(self, point: Point) -> Point:
        x, y = self.cone.project(*point)
        return (x - self.left) * self.scale, (y - self.top) * self.scale


def _line(flat: list[int], scale: int) -> tuple[Point, ...]:
    x = y = 0
    line = []
    for index in range(0, len(flat), 2):
        x, y = x + flat[index], y + flat[index + 1]
        line.append((y / scale, x / scale))
    return tuple(line)


def _joined(ring: tuple[int, ...], arcs: Sequence[list[Point]]) -> list[Point]:
    line: list[Point] = []
    for arc in ring:
        line.extend(arcs[arc] if arc >= 0 else reversed(arcs[~arc]))
    return line


def _box(points: Sequence[Point]) -> tuple[float, float, float, float] | None:
    return bounds(points) if points else None


def _is_in(
    spot: tuple[float, float, float], box: tuple[float, float, float, float]
) -> bool:
    return (
        box[0] - _SLACK <= spot[0] <= box[2] + _SLACK
        and box[1] - _SLACK <= spot[1] <= box[3] + _SLACK
    )


def _roomiest(
    spots: Sequence[tuple[float, float, float]],
    taken: Sequence[Point],
    box: tuple[float, float, float, float],
) -> Point:
    """The spot with most room to all that is shown, rather in the middle than outside."""
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)

    def room(spot: tuple[float, float, float]) -> float:
        away = min((_apart(spot, other) for other in taken), default=90.0)
        return min(spot[2], 0.8 * away) - 0.15 * _apart(spot, middle)

    best = max(spots, key=room)
    return best[0], best[1]


def _nearest(
    spots: Sequence[tuple[float, float, float]],
    box: tuple[float, float, float, float] | None,
) -> Point:
    if box is None:
        return spots[0][0], spots[0][1]
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    best = min(spots, key=lambda spot: _apart(spot, middle) - 2 * spot[2])
    return best[0], best[1]


def _apart(one: Sequence[float], other: Sequence[float]) -> float:
    """Degrees between two places, good enough to compare."""
    return hypot(one[0] - other[0], (one[1] - other[1]) * 0.65)
