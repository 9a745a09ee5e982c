"""What a piece pays and earns besides its price, by when it goes: whole numbers, in its favour.

Such tolls tie loads to each other (`ties`), and to whole flights (`covers`). They are told slot by slot, and never rise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Curve:
    """What one piece pays or earns, by the slot of some minute of its flight.

    Attributes:
        row: By slot; it never rises. After its end it is nothing.
        slot_min: The minutes of a slot.
        at: That minute, counted from when loading begins. What comes before the first slot counts as in it.
        pays: Whether it pays; otherwise it earns.
    """

    row: tuple[int, ...]
    slot_min: int
    at: int
    pays: bool


def value_at(row: Sequence[int], slot_min: int, minute: int) -> int:
    """What a row is at a minute.

    >>> [value_at((7, 3), 10, minute) for minute in (-5, 0, 9, 10, 20)]
    [7, 7, 7, 3, 0]
    """
    slot = max(0, minute) // slot_min
    return row[slot] if slot < len(row) else 0


@dataclass(frozen=True, slots=True)
class Curves:
    """The curves of some offers, as columns: by curve its slots, one that is nothing at the end, and whose it is."""

    rows: Ints
    slot_min: Ints
    at: Ints
    pays: NDArray[np.bool_]
    whose: Ints
    offers: int

    @staticmethod
    def of(curves: Sequence[Sequence[Curve]]) -> "Curves | None":
        """Curves by offer; None if there are none."""
        every = [(i, one) for i, row in enumerate(curves) for one in row]
        if not every:
            return None
        width = max(len(one.row) for _, one in every) + 1
        rows = np.zeros((len(every), width), dtype=np.int64)
        for n, (_, one) in enumerate(every):
            rows[n, : len(one.row)] = one.row
        slot_min = np.array([one.slot_min for _, one in every], dtype=np.int64)
        at = np.array([one.at for _, one in every], dtype=np.int64)
        pays = np.array([one.pays for _, one in every], dtype=bool)
        whose = np.array([i for i, _ in every], dtype=np.int64)
        return Curves(rows, slot_min, at, pays, whose, len(curves))

    def by_start(self, start: Ints, grid: int) -> tuple[Ints, Ints]:
        """By offer and start, at which a step of the grid begins: the least that a piece pays, the most that it earns."""
        # What is paid is least at the end of a step, what is earned is most at its beginning.
        later = np.where(self.pays, grid - 1, 0)
        minute = np.maximum(0, start + (self.at + later)[:, None])
        slot = np.minimum(minute // self.slot_min[:, None], self.rows.shape[1] - 1)
        value = np.take_along_axis(self.rows, slot, axis=1)
        found = []
        for which in (self.pays, ~self.pays):
            total = np.zeros((self.offers, len(start)), dtype=np.int64)
            np.add.at(total, self.whose[which], value[which])
            found.append(total)
        return found[0], found[1]
