"""Lay a graph out in layers: what comes first stands first, and no line crosses a box.

Sugiyama's way, in four steps: take out what would go round in circles; give each node the
layer after all that lead to it; put the nodes of a layer in an order with few crossings;
move each as near to its neighbours as the order lets it. A line across several layers gets
a lane of its own in each of them, so that it passes between the boxes.

Nothing is known here of what nodes and lines mean, nor of right and left: `x` grows from
the first layer to the last.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

_SWEEPS = 12
_GAP = 14.0
"""Between two things of one layer."""


class Box(NamedTuple):
    """How large a node is; a lane has no width."""

    width: float
    height: float


class Place(NamedTuple):
    """Where a node or a lane stands: its layer, and its middle across the layers."""

    layer: int
    y: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A graph laid out.

    Attributes:
        places: Every node, and where it stands.
        ways: For each pair that is joined, the earlier one first: the middles of its
            lanes, one for each layer between the two.
        layers: The nodes of each layer, from the top.
        height: How far down it goes.
    """

    places: Mapping[str, Place]
    ways: Mapping[tuple[str, str], tuple[float, ...]]
    layers: tuple[tuple[str, ...], ...]
    height: float


def lay_out(
    boxes: Mapping[str, Box], joined: Mapping[tuple[str, str], float]
) -> Layout:
    """Lay out a graph.

    Args:
        boxes: Its nodes, in the order in which they should come where nothing else says.
        joined: Pairs of nodes, the one that should come first first, the more important
            pairs first; and how much room the lines between the two need.
    """
    ways = _acyclic(boxes, joined)
    layers = _layers(boxes, ways)
    lanes = _Lanes(boxes, layers)
    for (first, last), room in ways.items():
        lanes.join(first, last, room)
    lanes.order()
    return lanes.layout()


def _acyclic(
    boxes: Iterable[str], joined: Mapping[tuple[str, str], float]
) -> dict[tuple[str, str], float]:
    """The pairs, turned round where they would close a circle; each pair once."""
    after: dict[str, set[str]] = {name: set() for name in boxes}
    ways: dict[tuple[str, str], float] = {}
    for (one, other), room in joined.items():
        pair = (one, other)
        if (other, one) in ways or (pair not in ways and _leads(after, other, one)):
            pair = (other, one)
        ways[pair] = ways.get(pair, 0.0) + room
        after[pair[0]].add(pair[1])
    return ways


def _leads(after: Mapping[str, set[str]], start: str, end: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        for name in after[waiting.pop()] - seen:
            seen.add(name)
            waiting.append(name)
    return end in seen


def _layers(boxes: Iterable[str], ways: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The layer of each node: after all that lead to it, and near to what it leads to."""
    before: dict[str, list[str]] = {name: [] for name in boxes}
    after: dict[str, list[str]] = {name: [] for name in before}
    for first, last in ways:
        before[last].append(first)
        after[first].append(last)
    found: dict[str, int] = {}
    waiting = list(before)
    while waiting:
        ready = [name for name in waiting if all(b in found for b in before[name])]
        for name in ready:
            found[name] = max((found[b] + 1 for b in before[name]), default=0)
        waiting = [name for name in waiting if name not in found]
    for name in sorted(found, key=lambda one: -found[one]):
        if after[name] and not before[name]:
            found[name] = min(found[a] for a in after[name]) - 1
    return found


@dataclass(slots=True)
class _Lanes:
    """The layers while they are put in order: nodes, and lanes of the lines between."""

    boxes: Mapping[str, Box]
    layer_of: dict[str, int]
    rows: list[list[str]] = field(init=False)
    high: dict[str, float] = field(init=False)
    before: dict[str, list[str]] = field(init=False)
    after: dict[str, list[str]] = field(init=False)
    lanes: dict[tuple[str, str], tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [[] for _ in range(max(self.layer_of.values(), default=0) + 1)]
        for name in self.boxes:
            self.rows[self.layer_of[name]].append(name)
        self.high = {name: box.height for name, box in self.boxes.items()}
        self.before = {name: [] for name in self.boxes}
        self.after = {name: [] for name in self.boxes}
        self.lanes = {}

    def join(self, first: str, last: str, room: float) -> None:
        """Join two nodes by lanes of that room in the layers between them."""
        between = range(self.layer_of[first] + 1, self.layer_of[last])
        lanes = tuple(f"{first}>{last}>{layer}" for layer in between)
        for layer, lane in zip(between, lanes, strict=True):
            self.rows[layer].append(lane)
            self.high[lane] = room
            self.before[lane], self.after[lane] = [], []
        self.lanes[first, last] = lanes
        steps = (first, *lanes, last)
        for one, next_ in pairwise(steps):
            self.after[one].append(next_)
            self.before[next_].append(one)

    # ----------------------------------------------------------------------- the order

    def order(self) -> None:
        """Put each layer in an order with few crossings."""
        best, fewest = self._copy(), self._crossings()
        for sweep in range(_SWEEPS):
            is_down = sweep % 2 == 0
            for row in self.rows if is_down else reversed(self.rows):
                self._sort(row, self.before if is_down else self.after)
            self._swap()
            if (crossings := self._crossings()) < fewest:
                best, fewest = self._copy(), crossings
        self.rows = best

    def _copy(self) -> list[list[str]]:
        return [list(row) for row in self.rows]

    def _sort(self, row: list[str], near: Mapping[str, list[str]]) -> None:
        places = self._places()
        means = {
            name: sum(places[one] for one in near[name]) / len(near[name])
            if near[name]
            else float(places[name])
            for name in row
        }
        row.sort(key=lambda name: means[name])

    def _places(self) -> dict[str, int]:
        return {name: place for row in self.rows for place, name in enumerate(row)}

    def _swap(self) -> None:
        """Swap neighbours of a layer wherever that takes crossings away."""
        for row in self.rows:
            places = self._places()
            for place in range(len(row) - 1):
                one, other = row[place], row[place + 1]
                if self._between(one, other, places) > self._between(
                    other, one, places
                ):
                    row[place], row[place + 1] = other, one

    def _between(self, one: str, other: str, places: Mapping[str, int]) -> int:
        """Crossings of the lines of two neighbours, if the one stands above the other."""
        return sum(
            places[a] > places[b]
            for near in (self.before, self.after)
            for a in near[one]
            for b in near[other]
        )

    def _crossings(self) -> int:
        places = self._places()
        return sum(
            sum(
                places[a] > places[b]
                for a in self.after[one]
                for b in self.after[other]
            )
            for row in self.rows
            for place, one in enumerate(row)
            for other in row[place + 1 :]
        )

    # ---------------------------------------------------------------------- the places

    def layout(self) -> Layout:
        """Where everything stands."""
        y = self._settled()
        top = min((y[name] - self.high[name] / 2 for name in y), default=0.0)
        low = max((y[name] + self.high[name] / 2 for name in y), default=0.0)
        y = {name: middle - top for name, middle in y.items()}
        return Layout(
            {name: Place(self.layer_of[name], y[name]) for name in self.boxes},
            {
                pair: tuple(y[one] for one in lanes)
                for pair, lanes in self.lanes.items()
            },
            tuple(tuple(n for n in row if n in self.boxes) for row in self.rows),
            low - top,
        )

    def _settled(self) -> dict[str, float]:
        y: dict[str, float] = {}
        for row in self.rows:
            y |= spread([0.0] * len(row), row, self.high)
        for sweep in range(2 * _SWEEPS):
            is_down = sweep % 2 == 0
            for row in self.rows if is_down else reversed(self.rows):
                wanted = [self._wanted(name, y, is_down=is_down) for name in row]
                y |= spread(wanted, row, self.high)
        return y

    def _wanted(self, name: str, y: Mapping[str, float], *, is_down: bool) -> float:
        """Where a node would stand if it were alone: amid its neighbours."""
        first, second = self.before[name], self.after[name]
        near = (first if is_down else second) or first or second
        return sum(y[one] for one in near) / len(near) if near else y[name]


def spread(
    wanted: Sequence[float], names: Sequence[str], high: Mapping[str, float]
) -> dict[str, float]:
    """Middles as near as can be to those that are wanted, in order, and none overlapping.

    The least sum of squares under the order, by pooling neighbours that would collide.

    >>> spread([5, 5], ["a", "b"], {"a": 10, "b": 10})
    {'a': -7.0, 'b': 17.0}
    """
    offsets = list(_offsets(names, high))
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, size = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, several = pools.pop()
            mean = (mean * size + other * several) / (size + several)
            size += several
        pools.append((mean, size))
    flat = (mean for mean, size in pools for _ in range(size))
    return dict(
        zip(names, (m + o for m, o in zip(flat, offsets, strict=True)), strict=True)
    )


def _offsets(names: Sequence[str], high: Mapping[str, float]) -> Iterator[float]:
    """How far below the first each must at least stand."""
    so_far = 0.0
    for place, name in enumerate(names):
        if place:
            so_far += (high[names[place - 1]] + high[name]) / 2 + _GAP
        yield so_far
