"""Loads that wait for others, and units that keep together, as rows of the program.

Of a load and one that it waits for, slot by slot: the part of the other that has been unloaded is no less than the part of
the load whose loading has begun. Of a unit, slot by slot: the part of each of its loads that has been unloaded is no more than the part of
the unit that has begun to arrive; and that is no more than the part of each that is unloaded in time after it, or stays.
What is more in one slot is carried on to the next. The value of a row is what all of a load pays in that slot, or earns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peyman.force.plan import Tolls

Floats = NDArray[np.float64]
Toll = tuple[int, NDArray[np.intp], Floats]
"""A load as one trip carries it, and by step: which of the values counts, and what a full aircraft pays of it; less than nothing if it earns."""
Told = dict[str, dict[str, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Strand:
    """What pieces of a load do in some rows, one for each slot.

    Attributes:
        load: Its number.
        pays: Whether it pays; otherwise it earns.
        at_start: Whether the minute counts when its loading begins; otherwise that when it is unloaded.
        lag: Minutes that are taken off that.
        stays: Whether what is left behind counts as well, as if it were soonest.
        lot: Which rows, by number.
    """

    load: int
    pays: bool
    at_start: bool
    lag: int
    stays: bool
    lot: int


@dataclass(frozen=True, slots=True)
class Slots:
    """How time is cut: so many slots, the minutes of each, and the number of the first row."""

    count: int
    minutes: int
    first: int


class Waits:
    """The rows of some loads.

    Attributes:
        rows: How many there are.
        slots: How time is cut in them.
    """

    def __init__(
        self,
        pairs: Sequence[tuple[int, int]],
        units: Mapping[str, tuple[Sequence[int], int]],
        pieces: Floats,
        slots: Slots,
    ) -> None:
        """Write them down.

        Args:
            pairs: Numbers of loads: the one that is waited for, and who waits for it.
            units: Of each that keeps together, the numbers of its loads, and inside how many minutes.
            pieces: Of each load.
            slots: How time is cut.
        """
        self.slots = slots
        self.pieces = pieces
        self._pairs, self._units = list(pairs), dict(units)
        self._strands: dict[int, list[Strand]] = {}
        self._lots = 0
        for other, load in pairs:
            self._strand(other, pays=False)
            self._strand(load, pays=True, at_start=True)
            self._lots += 1
        self._first_of: dict[str, int] = {}
        for unit, (loads, within) in units.items():
            self._first_of[unit] = self._lots
            for load in loads:
                self._strand(load, pays=True)
                self._lots += 1
            for load in loads:
                self._strand(load, pays=False, lag=within, stays=True)
                self._lots += 1
        self.rows = self._lots * slots.count

    def _strand(
        self,
        load: int,
        *,
        pays: bool,
        at_start: bool = False,
        lag: int = 0,
        stays: bool = False,
    ) -> None:
        one = Strand(load, pays, at_start, lag, stays, self._lots)
        self._strands.setdefault(load, []).append(one)

    def _row(self, lot: int) -> int:
        return self.slots.first + lot * self.slots.count

    def tolls(
        self, loads: Sequence[int], mosts: Sequence[int], start: Floats, off: Floats
    ) -> tuple[Toll, ...]:
        """Of loads that a trip takes, begun and unloaded at those minutes."""
        found, count = [], self.slots.count
        for row, (load, most) in enumerate(zip(loads, mosts, strict=True)):
            for one in self._strands.get(load, ()):
                minute = np.maximum(0, (start if one.at_start else off) - one.lag)
                slot = (minute // self.slots.minutes).astype(np.intp)
                index = self._row(one.lot) + np.minimum(slot, count - 1)
                full = (1 if one.pays else -1) * most / self.pieces[load]
                found.append((row, index, np.where(slot < count, full, 0.0)))
        return tuple(found)

    def entries(
        self, load: int, pieces: float, start: int, off: int
    ) -> Iterator[tuple[int, float]]:
        """The rows in which pieces of a load count that are begun and unloaded then, and for how much."""
        for one in self._strands.get(load, ()):
            minute = max(0, (start if one.at_start else off) - one.lag)
            slot = minute // self.slots.minutes
            if slot < self.slots.count:
                part = pieces / float(self.pieces[load])
                yield self._row(one.lot) + slot, -part if one.pays else part

    def staying(self, load: int) -> Iterator[tuple[int, float]]:
        """The rows in which a piece counts that is left behind, and for how much."""
        for one in self._strands.get(load, ()):
            if one.stays:
                yield self._row(one.lot), 1.0 / float(self.pieces[load])

    def columns(self) -> Iterator[dict[int, float]]:
        """What is more in one slot counts in the next; and how much of a unit begins to arrive in each."""
        count = self.slots.count
        for lot in range(self._lots):
            for row in range(self._row(lot), self._row(lot + 1)):
                is_last = row + 1 == self._row(lot + 1)
                yield {row: -1.0} if is_last else {row: -1.0, row + 1: 1.0}
        for unit, (loads, _) in self._units.items():
            first, n = self._first_of[unit], len(loads)
            for slot in range(count):
                rows = [self._row(first + i) + slot for i in range(2 * n)]
                yield {row: 1.0 if i < n else -1.0 for i, row in enumerate(rows)}

    def told(
        self, values: Floats, names: Sequence[str]
    ) -> tuple[Told, dict[str, dict[str, Tolls]]]:
        """The values of the rows as tolls of one piece, in whole numbers: of who waits, and of units.

        Loads pay no more than they earn, or than the others earn.
        """
        rows = values.reshape(self._lots, self.slots.count)
        falling = np.maximum.accumulate(rows[:, ::-1], axis=1)[:, ::-1]
        after: Told = {}
        pays: dict[int, Floats] = {}
        for (other, load), row in zip(self._pairs, falling, strict=False):
            if row[0] >= 1:
                told = after.setdefault(names[load], {})
                told[names[other]] = _whole(np.ceil(row / self.pieces[other]))
                pays[load] = pays.get(load, np.zeros(self.slots.count)) + row
        for load, row in pays.items():
            after[names[load]][names[load]] = _whole(row // self.pieces[load])
        return after, dict(self._together(falling, names))

    def _together(
        self, falling: Floats, names: Sequence[str]
    ) -> Iterator[tuple[str, dict[str, Tolls]]]:
        for unit, (loads, _) in self._units.items():
            lots = falling[self._first_of[unit] :]
            pays = {
                names[load]: lots[i] // self.pieces[load]
                for i, load in enumerate(loads)
            }
            earns = {
                names[load]: np.ceil(row / self.pieces[load])
                for load, row in zip(loads, lots[len(loads) :], strict=False)
            }
            if any(row[0] for row in pays.values()):
                yield (
                    unit,
                    {
                        name: Tolls(_whole(pays[name]), _whole(earns[name]))
                        for name in pays
                    },
                )


def _whole(row: Floats) -> tuple[int, ...]:
    """As whole numbers, without what is nothing at the end."""
    return tuple(int(one) for one in row[: np.count_nonzero(row)])
