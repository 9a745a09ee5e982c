"""Put labels where they cover nothing, the important ones first; leave out the rest.

A drawing is read at two widths. Each has its own placement, since the letters of the narrow
one are larger in the drawing's units: there fewer labels find room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from peyman.web.draw import svg


class Box(NamedTuple):
    """A rectangle that something covers."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Box") -> bool:
        """Whether they overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text that want to stand near a point.

    Attributes:
        lines: The longest text that each line may hold: its room is kept.
        spots: Where it may stand, each a shift of its nearest edge from the point and the
            side on which it then is: `e`, `w`, `n`, `s`, or `m` for about its middle.
        rank: Less comes first; one of a rank that a width leaves out is not drawn in it.
        size: Height of a letter, in units of the wide drawing.
    """

    id: str
    lines: tuple[str, ...]
    x: float
    y: float
    rank: int
    spots: tuple[tuple[float, float, str], ...]
    size: float = 13


class Spot(NamedTuple):
    """Where a label found room: the baseline of its first line, and its anchor."""

    x: float
    y: float
    anchor: str
    leader: bool
    box: Box


def _around(near: float, far: Sequence[float]) -> tuple[tuple[float, float, str], ...]:
    sides = [(near, 0.0, "e"), (-near, 0.0, "w"), (0.0, -near, "n"), (0.0, near, "s")]
    for away in far:
        sides += [
            (near + 8, -away, "e"),
            (near + 8, away, "e"),
            (-near - 8, -away, "w"),
            (-near - 8, away, "w"),
        ]
    return tuple(sides)


PIN = _around(12, (16, 30, 46, 62, 80))
"""Beside a mark, else further up or down with a line that leads back to it."""

MIDDLE = ((0.0, 0.0, "m"), (0.0, -9.0, "m"), (0.0, 9.0, "m"))
"""On the point."""


def place(
    labels: Sequence[Label], taken: Sequence[Box], room: Box, zoom: float = 1
) -> dict[str, Spot]:
    """Where each label goes; those without room are missing.

    Args:
        labels: The labels.
        taken: What they must not cover.
        room: Where they must stay.
        zoom: By how much letters and distances are larger than in the wide drawing.
    """
    used = list(taken)
    found: dict[str, Spot] = {}
    for label in sorted(labels, key=lambda one: (one.rank, one.id)):
        for spot in _spots(label, zoom):
            box = spot.box
            is_inside = (
                box.left >= room.left
                and box.right <= room.right
                and box.top >= room.top
                and box.bottom <= room.bottom
            )
            if is_inside and not any(box.covers(other) for other in used):
                found[label.id] = spot
                used.append(box)
                break
    return found


def _spots(label: Label, zoom: float) -> list[Spot]:
    size = label.size * zoom
    wide = max(svg.width_of(line, size) for line in label.lines)
    high = size * 1.2 * len(label.lines)
    return [
        _spot(label, (dx * zoom, dy * zoom, side), (wide, high, size))
        for dx, dy, side in label.spots
    ]


def _spot(
    label: Label, shift: tuple[float, float, str], extent: tuple[float, float, float]
) -> Spot:
    dx, dy, side = shift
    wide, high, size = extent
    x, middle = label.x + dx, label.y + dy
    if side in "nsm":
        left, anchor = x - wide / 2, "middle"
    else:
        left, anchor = (x, "start") if side == "e" else (x - wide, "end")
    top = middle - high / 2
    if side == "n":
        top = middle - high
    elif side == "s":
        top = middle
    leader = side in "ew" and abs(dy) > size
    return Spot(x, top + size, anchor, leader, Box(left, top, left + wide, top + high))
