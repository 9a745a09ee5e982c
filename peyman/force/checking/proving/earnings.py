"""What one flight can win at given prices: the best mixture that fills it, in whole numbers.

A flight takes no more of a load than there is of it. Pieces may be cut, which is in
the flight's favour, and so are all roundings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.checking.proving.tolls.curves import Curve, Curves

Ints = NDArray[np.int64]
WHOLE: Final = 1000
"""Shares of an aircraft are counted in thousandths."""
_MIXED: Final = 8
"""Loads that are told apart on one flight; whatever room is then left is filled with the best."""
_AT_ONCE: Final = 64
"""Steps for which the loads that matter are looked for together."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A load as a flight of one type on one leg sees it.

    Attributes:
        first: The minute before which loading does not begin.
        due: Minutes of unloading after it cost.
        slope: What one piece costs for each of them.
        price: What one piece brings.
        most: Pieces that fill the aircraft.
        pieces: How many there are.
        curves: What one piece pays or earns besides, by the minute at which loading begins.
    """

    first: int
    due: int
    slope: int
    price: int
    most: int
    pieces: int
    curves: tuple[Curve, ...] = ()


def full_flight(
    offers: Sequence[Offer], start: Ints, grid: int, off_min: int, room: int = WHOLE
) -> Ints:
    """By start, at which a step of the grid begins: cost less prices of the best flight; 0 at most.

    `room` is what of the aircraft there is for it.

    >>> two = [Offer(0, 60, 1, 10, 2, 1), Offer(0, 60, 0, 5, 2, 9)]
    >>> full_flight(two, np.array([0, 4, 9]), 1, 60).tolist()
    [-15, -11, -10]
    """
    rows = _Rows.of(_told_apart(offers))
    found = np.zeros(len(start), dtype=np.int64)
    for lo in range(0, len(start), _AT_ONCE):
        part = start[lo : lo + _AT_ONCE]
        near = rows.worth_a_look(part, grid, off_min)
        found[lo : lo + _AT_ONCE] = _filled(near, part, grid, off_min, room)
    return found


def _told_apart(offers: Sequence[Offer]) -> list[Offer]:
    """Offers that may win something; those that are the same but for their pieces together."""
    found: dict[tuple[int, int, int, int, int], int] = {}
    for one in offers:
        if one.price > 0 and not one.curves:
            key = (one.first, one.due, one.slope, one.price, one.most)
            found[key] = found.get(key, 0) + one.pieces
    alike = [Offer(*key, pieces) for key, pieces in found.items()]
    return alike + [one for one in offers if one.curves]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Offers, as columns; `share` is what of an aircraft all pieces fill, `number` tells them from each other."""

    first: Ints
    due: Ints
    slope: Ints
    price: Ints
    most: Ints
    share: Ints
    number: Ints
    tolls: Curves | None

    @staticmethod
    def of(offers: Sequence[Offer]) -> "_Rows":
        """Offers that are told apart."""

        def column(name: str) -> Ints:
            return np.array([getattr(one, name) for one in offers], dtype=np.int64)

        most = column("most")
        share = np.minimum(WHOLE, -(-column("pieces") * WHOLE // most))
        first, due, slope, price = map(column, ("first", "due", "slope", "price"))
        number = np.arange(len(offers))
        tolls = Curves.of([one.curves for one in offers])
        return _Rows(first, due, slope, price, most, share, number, tolls)

    def only(self, which: Any) -> "_Rows":
        """Some of them, in the same order; `which` is an index of numpy's."""
        return _Rows(
            self.first[which],
            self.due[which],
            self.slope[which],
            self.price[which],
            self.most[which],
            self.share[which],
            self.number[which],
            self.tolls,
        )

    def full(self, off: Ints | int) -> Ints:
        """What an aircraft full of each costs, less what it brings, unloaded then."""
        late: Ints = np.maximum(0, off - self.due)
        return (self.slope * late - self.price) * self.most

    def tolled(self, start: Ints, grid: int) -> tuple[Ints, Ints]:
        """By offer and start, at which a step begins: the least that an aircraft full of it pays besides, and the most that it earns."""
        if self.tolls is None:
            nothing = np.zeros((len(self.first), len(start)), dtype=np.int64)
            return nothing, nothing
        pays, earns = self.tolls.by_start(start, grid)
        most = self.most[:, None]
        return pays[self.number] * most, earns[self.number] * most

    def worth_a_look(self, start: Ints, grid: int, off_min: int) -> "_Rows":
        """Those that may go on the best flight that begins at one of those times, which rise.

        An offer costs more the later it is, and earns no more, but for what it pays besides; that is less the
        later it is. Where enough others cost less at the worst of these times than one does at the best, that one is not looked for.
        """
        lo, hi = int(start[0]), int(start[-1])
        able = (self.first <= hi + grid - 1).nonzero()[0]
        near = self.only(able)
        least, most = near.full(lo + off_min), near.full(hi + off_min)
        if near.tolls is not None:
            pays, earns = near.tolled(start[[0, -1]], grid)
            least = least + pays[:, 1] - earns[:, 0]
            most = most + pays[:, 0] - earns[:, 1]
        sure = ((near.first <= lo) & (most < 0)).nonzero()[0]
        limit = -1
        if len(sure):
            ranked = sure[np.argsort(most[sure], kind="stable")][:_MIXED]
            enough = np.cumsum(near.share[ranked]) >= WHOLE
            if enough.any() or len(ranked) == _MIXED:
                last = int(enough.argmax()) if enough.any() else _MIXED - 1
                limit = int(most[ranked[last]])
        return near.only((least <= limit).nonzero()[0])


def _filled(rows: _Rows, start: Ints, grid: int, off_min: int, whole: int) -> Ints:
    total = np.zeros(len(start), dtype=np.int64)
    if not len(rows.first):
        return total
    offer = rows.only(np.s_[:, None]).full(start + off_min)
    if rows.tolls is not None:
        pays, earns = rows.tolled(start, grid)
        offer += pays - earns
    offer[(start + (grid - 1) < rows.first[:, None]) | (offer > 0)] = 0
    room = np.full(len(start), whole, dtype=np.int64)
    every = np.arange(len(start))
    for n in range(min(_MIXED, len(rows.first))):
        best = offer.argmin(axis=0)
        won = offer[best, every]
        takes = room if n == _MIXED - 1 else np.minimum(room, rows.share[best])
        total += won * takes // WHOLE
        room = room - takes
        if not (room[won < 0] > 0).any():
            break
        offer[best, every] = 0
    return total
