"""Loads that need whole flights, as rows of the program: a flight counts as one, however little it carries.

Of loads that go from one place to the same places, and of which a type carries `rest` parts more than full aircraft
can take: what of them is not unloaded by the end of a slot is no less than `rest` parts for each flight that is then not flown of
those that they need. The value of a row is what an aircraft full of them pays that is unloaded in its slot, and what a flight earns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.plan import Cover
from peyman.force.problem import Load, due
from peyman.force.solve.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_WHOLE: Final = 27_720
"""Parts of a full aircraft: any number up to twelve divides them."""
_SLOTS: Final = 128
_MOST: Final = 100
"""Of loads that go the same way no more covers are made, evenly chosen: with thousands of loads they would fill the memory."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Some loads, and the parts that they fill.

    Attributes:
        fills: Number of a load to the parts that a piece fills.
        every: What all pieces fill.
        since: The minute from which what is not there costs.
        pieces: How many there are of each.
    """

    fills: Mapping[int, int]
    every: int
    since: int
    pieces: Mapping[int, int]

    @property
    def flights(self) -> int:
        """How many flights they need."""
        return -(-self.every // _WHOLE)

    @property
    def rest(self) -> int:
        """What the last of them carries."""
        return self.every - _WHOLE * (self.flights - 1)

    @property
    def spare(self) -> float:
        """How much less than that a full aircraft for each flight but the last leaves, in full aircraft."""
        return (self.every - self.rest * self.flights) / _WHOLE

    def worth(self, price: Floats) -> float:
        """What a part of them is worth."""
        every = sum(float(price[i]) * n for i, n in self.pieces.items())
        return every / self.every

    def counts(self, room: int) -> float:
        """What a flight counts that can carry so many parts, in full aircraft."""
        room = min(room, self.every)
        whole = self.rest * (room // _WHOLE) + min(room % _WHOLE, self.rest)
        return whole / _WHOLE


@dataclass(frozen=True, slots=True)
class Needs:
    """A cover as one trip meets it.

    Attributes:
        index: By step the row in whose slot it is unloaded, among all that have a price.
        place: The same, among all rows of covers.
        rows: Which of its loads are meant.
        full: What an aircraft full of each counts.
        of_row: The same, by row.
        counts: What the flight counts.
    """

    index: Ints
    place: Ints
    rows: Ints
    full: Floats
    of_row: Mapping[int, float]
    counts: float


class Covers:
    """The covers that a program may have rows for, a row for each slot.

    Attributes:
        every: The covers.
        slots: How many slots there are.
        slot_min: The minutes of each.
    """

    def __init__(
        self, network: Network, loads: Sequence[Load], until: int, grid: int, first: int
    ) -> None:
        """Look for them.

        Args:
            network: The problem.
            loads: Those that have a price.
            until: The minute that ends the reckoning.
            grid: Minutes of a step.
            first: The number of the first row.
        """
        self.every = [*_covers(network, loads)]
        self.slot_min = max(1, until // _SLOTS // grid) * grid
        self.slots = until // self.slot_min + 1
        self._first = first

    @property
    def rows(self) -> int:
        """How many rows there may be."""
        return len(self.every) * self.slots

    def least(self) -> Floats:
        """What the rows come to at the least, those of a cover after those of the one before."""
        found = np.zeros((len(self.every), self.slots))
        found[:, 0] = [-one.spare for one in self.every]
        return found.ravel()

    def needs(
        self, loads: Sequence[int], mosts: Sequence[int], off: Floats
    ) -> tuple[Needs, ...]:
        """Of loads that a trip takes, unloaded at those minutes."""
        return tuple(self._needs(loads, mosts, off))

    def _needs(
        self, loads: Sequence[int], mosts: Sequence[int], off: Floats
    ) -> Iterator[Needs]:
        slot = np.minimum(off // self.slot_min, self.slots - 1).astype(np.intp)
        for n, one in enumerate(self.every):
            rooms = {
                row: one.fills[load] * most
                for row, (load, most) in enumerate(zip(loads, mosts, strict=True))
                if load in one.fills
            }
            if rooms:
                full = np.array([*rooms.values()], dtype=float) / _WHOLE
                place = n * self.slots + slot
                counts = one.counts(max(rooms.values()))
                yield Needs(
                    self._first + place,
                    place,
                    np.array([*rooms]),
                    full,
                    dict(zip(rooms, full.tolist(), strict=True)),
                    counts,
                )

    def told(self, values: Floats, names: Sequence[str]) -> tuple[Cover, ...]:
        """The values of the rows as a certificate has them, in whole numbers."""
        rows = np.rint(values.reshape(-1, self.slots)).astype(np.int64)
        tolls = -np.diff(rows, append=0)
        return tuple(
            Cover(
                tuple(names[load] for load in one.fills),
                tuple(one.fills.values()),
                _WHOLE,
                tuple(toll[: np.flatnonzero(toll)[-1] + 1].tolist()),
            )
            for one, toll in zip(self.every, tolls, strict=True)
            if toll.any()
        )


def _covers(network: Network, loads: Sequence[Load]) -> Iterator[Counted]:
    """Those that go the same way, all that a type carries or it alone; those of them that are due first, and more and more."""
    going: dict[tuple[str, ...], list[int]] = {}
    for i, one in enumerate(loads):
        if not network.roads(one):
            ends = (one.origin, *sorted(set(one.destinations)))
            going.setdefault(ends, []).append(i)
    for numbers in going.values():
        by_type = _fills(network, loads, numbers)
        for kind, fills in by_type.items():
            others = {i for other in by_type if other != kind for i in by_type[other]}
            alone = [i for i in fills if i not in others]
            for some in {tuple(fills), tuple(alone)}:
                yield from _first_due(loads, {i: fills[i] for i in some})


def _fills(
    network: Network, loads: Sequence[Load], numbers: Iterable[int]
) -> dict[str, dict[int, int]]:
    """By type, what a piece of each load fills of an aircraft that can carry it."""
    found: dict[str, dict[int, int]] = {}
    for i in numbers:
        for trip, most in network.carrying(loads[i]):
            fills = found.setdefault(trip.type, {})
            fills[i] = min(fills.get(i, _WHOLE), max(1, _WHOLE // most))
    return found


def _first_due(loads: Sequence[Load], fills: Mapping[int, int]) -> Iterator[Counted]:
    ordered = sorted(fills, key=lambda i: due(loads[i]))
    every = [*accumulate(fills[i] * loads[i].pieces for i in ordered)]
    dues = [*(due(loads[i]) for i in ordered), None]
    # One flight is flown whole by whoever carries all; and full aircraft leave nothing to say.
    ends = [
        n
        for n, parts in enumerate(every, 1)
        if dues[n] != dues[n - 1] and parts > _WHOLE and parts % _WHOLE
    ]
    for n in ends[:: -(-len(ends) // _MOST) or 1]:
        some = {j: fills[j] for j in ordered[:n]}
        pieces = {j: loads[j].pieces for j in some}
        yield Counted(some, every[n - 1], due(loads[ordered[n - 1]]), pieces)
