"""The rows of whole flights that the program has: those that its answers broke."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from peyman.force.solve.bounds.parties.covers import Covers

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_AT_ONCE = 150
_NEAR = 8
"""Slots of one cover of which one at a time gets a row."""
_BROKEN = 0.01
"""Of a full aircraft: less is not worth a row."""


class Covering:
    """Which rows of the covers are in the program, and what its columns count in all that may be."""

    def __init__(self, covers: Covers) -> None:
        self.covers = covers
        self._rows: dict[tuple[int, int], int] = {}
        self._of_cover: dict[int, list[tuple[int, int]]] = {}
        self._columns: list[Ints] = []
        self._places: list[Ints] = []
        self._counts: list[Floats] = []

    def entries(self, column: int, marks: Mapping[int, float]) -> dict[int, float]:
        """What a new column counts in the rows that there are; and remember it for those to come.

        Args:
            column: Its number.
            marks: What it counts, by cover and slot in which something is unloaded.
        """
        if marks:
            self._columns.append(np.full(len(marks), column))
            self._places.append(np.array([*marks], dtype=np.intp))
            self._counts.append(np.array([*marks.values()]))
        found: dict[int, float] = {}
        for place, counts in marks.items():
            cover, slot = divmod(place, self.covers.slots)
            for until, row in self._of_cover.get(cover, ()):
                if slot <= until:
                    found[row] = found.get(row, 0.0) + counts
        return found

    def broken(
        self, used: Floats, price: Floats, *, is_late: bool
    ) -> list[tuple[int, int]]:
        """The covers and slots whose rows are broken most, for what these loads are worth.

        Args:
            used: How much of each column is.
            price: Of a piece of each load.
            is_late: Whether it costs when something comes. If not, the last slot alone has rows: what came after another's end would pay
                nothing, between two steps of the program, and the proof would find it.
        """
        if not self._columns:
            return []
        columns, places, counts = self._together()
        covers = self.covers
        done = np.bincount(places, counts * used[columns], covers.rows)
        upto = np.cumsum(done.reshape(-1, covers.slots), axis=1)
        spare = np.array([[one.spare] for one in covers.every])
        much = np.maximum(0.0, -spare - upto)
        ends = (np.arange(covers.slots) + 1) * covers.slot_min
        last = (covers.slots - 1) * covers.slot_min
        since = np.array([[one.since if is_late else last] for one in covers.every])
        much[(ends <= since) | (much < _BROKEN)] = 0.0
        much *= np.array([[one.worth(price)] for one in covers.every])
        for pair in self._rows:
            much[pair] = 0.0
        # What is broken in one slot mostly is in those next to it.
        near = np.pad(much, ((0, 0), (0, -covers.slots % _NEAR)))
        near = near.reshape(len(much), -1, _NEAR)
        worst = near.max(axis=2)
        most = np.argsort(-worst, axis=None)[: min(_AT_ONCE, np.count_nonzero(worst))]
        cover, part = np.unravel_index(most, near.shape[:2])
        slot = part * _NEAR + near[cover, part].argmax(axis=1)
        return list(zip(cover.tolist(), slot.tolist(), strict=True))

    def rows(
        self, broken: Sequence[tuple[int, int]], first: int
    ) -> Iterator[tuple[float, Ints, Floats]]:
        """New rows, the first of that number: what each comes to at the least, columns, and what they count."""
        columns, places, counts = self._together()
        of, slots = np.divmod(places, self.covers.slots)
        for row, (cover, slot) in enumerate(broken, first):
            self._rows[cover, slot] = row
            self._of_cover.setdefault(cover, []).append((slot, row))
            which = (of == cover) & (slots <= slot)
            sums = np.bincount(columns[which], counts[which])
            index = np.flatnonzero(sums)
            least = -self.covers.every[cover].spare
            yield least, index, np.asarray(sums[index], dtype=float)

    def _together(self) -> tuple[Ints, Ints, Floats]:
        return (
            np.concatenate(self._columns),
            np.concatenate(self._places),
            np.concatenate(self._counts),
        )

    def values(self, dual: Floats) -> Floats:
        """What is left of the values of the rows from each slot on, by cover and slot."""
        found = np.zeros((len(self.covers.every), self.covers.slots))
        for pair, row in self._rows.items():
            found[pair] = max(0.0, dual[row])
        left = np.cumsum(found[:, ::-1], axis=1)[:, ::-1]
        return left.ravel()
