"""What one flight can win at given prices: the best mixture that fills it, in whole numbers.

A flight takes no more of a load than there is of it. Pieces may be cut, which is in
the flight's favour, and so are all roundings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_WHOLE: Final = 1000
"""Shares of an aircraft are counted in thousandths."""
_MIXED: Final = 8
"""Loads that are told apart on one flight; whatever room is then left is filled with the best."""
_AT_ONCE: Final = 1 << 22


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
    """

    first: int
    due: int
    slope: int
    price: int
    most: int
    pieces: int


def full_flight(offers: Sequence[Offer], start: Ints, grid: int, off_min: int) -> Ints:
    """By start, at which a step of the grid begins: cost less prices of the best flight; 0 at most.

    >>> two = [Offer(0, 60, 1, 10, 2, 1), Offer(0, 60, 0, 5, 2, 9)]
    >>> full_flight(two, np.array([0, 4, 9]), 1, 60).tolist()
    [-15, -11, -10]
    """
    rows = _told_apart(offers)
    width = max(1, _AT_ONCE // max(1, len(rows)))
    found = np.zeros(len(start), dtype=np.int64)
    for lo in range(0, len(start), width):
        found[lo : lo + width] = _filled(rows, start[lo : lo + width], grid, off_min)
    return found


def _told_apart(offers: Sequence[Offer]) -> list[Offer]:
    """Offers that win something; those that are the same but for their pieces together."""
    found: dict[tuple[int, int, int, int, int], int] = {}
    for one in offers:
        if one.price > 0:
            key = (one.first, one.due, one.slope, one.price, one.most)
            found[key] = found.get(key, 0) + one.pieces
    return [Offer(*key, pieces) for key, pieces in found.items()]


def _filled(rows: list[Offer], start: Ints, grid: int, off_min: int) -> Ints:
    total = np.zeros(len(start), dtype=np.int64)
    if not rows:
        return total
    first, due, slope, price, most, pieces = (
        np.array([getattr(one, name) for one in rows], dtype=np.int64)[:, None]
        for name in ("first", "due", "slope", "price", "most", "pieces")
    )
    offer = (slope * np.maximum(0, start + off_min - due) - price) * most
    offer[(start + (grid - 1) < first) | (offer > 0)] = 0
    share = np.minimum(_WHOLE, -(-pieces * _WHOLE // most))[:, 0]
    room = np.full(len(start), _WHOLE, dtype=np.int64)
    every = np.arange(len(start))
    for n in range(min(_MIXED, len(rows))):
        best = offer.argmin(axis=0)
        won = offer[best, every]
        takes = room if n == _MIXED - 1 else np.minimum(room, share[best])
        total += won * takes // _WHOLE
        room = room - takes
        if not (room[won < 0] > 0).any():
            break
        offer[best, every] = 0
    return total
