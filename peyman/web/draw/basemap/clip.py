"""Cut what lies outside a rectangle off rings and lines.

Source: I. E. Sutherland and G. W. Hodgman, Reentrant polygon clipping, Communications of
the ACM 17(1), 1974, pages 32 to 42. A ring may run along the rectangle's edge afterwards.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from peyman.web.draw.basemap.projection import Point, bounds

Box = tuple[float, float, float, float]


def clipped_ring(ring: list[Point], box: Box) -> list[Point]:
    """What a box leaves of a ring; nothing if the ring is outside.

    >>> clipped_ring([(-5, 2), (5, 2), (5, 8), (-5, 8)], (0, 0, 10, 10))
    [(0, 2.0), (5, 2), (5, 8), (0, 8.0)]
    """
    x0, y0, x1, y1 = bounds(ring)
    if x0 > box[2] or x1 < box[0] or y0 > box[3] or y1 < box[1]:
        return []
    sides = ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1))
    extent = ((x0, x1), (y0, y1))
    for axis, edge, sign in sides:
        low, high = extent[axis]
        if (low < edge if sign > 0 else high > edge) and ring:
            ring = list(_cut(ring, axis, edge, sign))
    return ring


def clipped_line(line: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """The runs of a line whose steps come near a box; their ends may stick out."""
    found: list[Point] = []
    for a, b in pairwise(line):
        if _misses(a, b, box):
            if found:
                yield found
            found = []
        else:
            found = [*found, b] if found else [a, b]
    if found:
        yield found


def _cut(ring: list[Point], axis: int, edge: float, sign: int) -> Iterator[Point]:
    last = ring[-1]
    was_in = (last[axis] - edge) * sign >= 0
    for here in ring:
        is_in = (here[axis] - edge) * sign >= 0
        if is_in is not was_in:
            part = (edge - last[axis]) / (here[axis] - last[axis])
            across = last[1 - axis] + part * (here[1 - axis] - last[1 - axis])
            yield (edge, across) if axis == 0 else (across, edge)
        if is_in:
            yield here
        last, was_in = here, is_in


def _misses(a: Point, b: Point, box: Box) -> bool:
    return (
        max(a[0], b[0]) < box[0]
        or min(a[0], b[0]) > box[2]
        or max(a[1], b[1]) < box[1]
        or min(a[1], b[1]) > box[3]
    )
