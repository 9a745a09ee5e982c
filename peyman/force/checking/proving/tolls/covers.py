"""Loads that need whole flights: what is earned and paid for having them, in whole numbers.

By any minute t, what the flights that are over by then could have carried of some loads, and what of these is not
yet unloaded, come to no less than all of them. A flight is flown whole or not at all. With all = whole x (n - 1) + rest,
0 < rest <= whole, and room what a flight can carry of them, mixed-integer rounding says

    not unloaded by t + sum over flights over by t of (rest x (room // whole) + min(room % whole, rest)) >= rest x n

Multiply by numbers that are not negative, sum over t, and put the difference into the objective (Lagrange). Then each piece pays,
when it is unloaded at u, what is left of these numbers from u on, and each flight earns it.

Source: docs/force.md, "Whole flights"; Nemhauser and Wolsey, Integer and Combinatorial Optimization, II.1.7.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest
from typing import Final

import numpy as np

from peyman.force.checking.proving.itineraries import Ints
from peyman.force.checking.proving.tolls.curves import Curve
from peyman.force.checking.terms import Terms, most_by_air
from peyman.force.plan import Cover, Prices
from peyman.force.problem import AircraftType, Load

_MOST_PARTS: Final = 1 << 20
_MOST_COVERS: Final = 1 << 12
"""With more of them, what an aircraft full of one load pays for all could pass the end of int64."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A cover whose loads are known.

    Attributes:
        fills: Load to the parts that a piece fills.
        whole: The parts of the flight by which flights are counted.
        every: What all loads fill.
        onward: By slot what `whole` parts pay that are unloaded in it.
    """

    fills: dict[str, int]
    whole: int
    every: int
    onward: list[int]

    @property
    def flights(self) -> int:
        """How many flights have to be flown."""
        return -(-self.every // self.whole)

    @property
    def rest(self) -> int:
        """What the last of them has to carry."""
        return self.every - self.whole * (self.flights - 1)

    def of_piece(self, load: str, price: int) -> tuple[int, ...]:
        """What a piece of a load pays, by slot; its price at the most."""
        fill = self.fills[load]
        return tuple(min(price, fill * toll // self.whole) for toll in self.onward)

    def of_flight(self, room: int) -> list[int]:
        """What a flight earns that can carry so much of the loads, by slot; and nothing after the last."""
        room = min(room, self.every)
        counts = self.rest * (room // self.whole) + min(room % self.whole, self.rest)
        return [*(-(-counts * toll // self.whole) for toll in self.onward), 0]

    def sure(self) -> int:
        """What the rule comes to, whoever flies: nothing at most."""
        return self.onward[0] * (self.rest * self.flights - self.every) // self.whole


class Covers:
    """The covers of one certificate.

    Attributes:
        is_sound: Whether all of them mean something; if not, the certificate proves nothing.
    """

    def __init__(self, terms: Terms, prices: Prices, able: Collection[str]) -> None:
        """Read them.

        Args:
            terms: The problem.
            prices: The certificate.
            able: The loads that can be moved, and are reckoned one by one.
        """
        self._terms = terms
        self._until = prices.until
        self._slot_min = prices.covered_min
        # In a step no more than one slot ends: see `_won` in `bound`.
        self.is_sound = not prices.covers or (
            self._slot_min >= prices.grid_min
            and len(prices.covers) <= _MOST_COVERS
            and all(_is_sound(terms, one, able) for one in prices.covers)
        )
        self._covers = [*map(self._counted, prices.covers)] if self.is_sound else []
        self._rows: dict[tuple[str, int], tuple[int, ...]] = {}

    def _counted(self, cover: Cover) -> _Counted:
        fills = dict(zip(cover.loads, cover.fills, strict=True))
        loads = (self._terms.loads[name] for name in cover.loads)
        every = sum(fills[one.id] * one.pieces for one in loads)
        # The last slot that counts is that of the last minute.
        tolls = cover.toll[: self._until // self._slot_min + 1]
        onward = [*accumulate(reversed(tolls))][::-1]
        return _Counted(fills, cover.whole, every, onward or [0])

    def most(self) -> int:
        """No flight earns more."""
        return sum(one.of_flight(one.every)[0] for one in self._covers)

    def sure(self) -> int:
        """What all rules come to, whoever flies: nothing at most."""
        return sum(one.sure() for one in self._covers)

    def curves(self, load: str, price: int, off_min: int) -> tuple[Curve, ...]:
        """What a piece pays: of no cover more than its price, with which it wins nothing."""
        row = self._paid(load, price)
        return (Curve(row, self._slot_min, off_min, pays=True),) if row else ()

    def _paid(self, load: str, price: int) -> tuple[int, ...]:
        """By slot what a piece pays in all; each trip that can take it asks for it."""
        if (load, price) not in self._rows:
            rows = [
                one.of_piece(load, price) for one in self._covers if load in one.fills
            ]
            summed = zip_longest(*rows, fillvalue=0)
            self._rows[load, price] = tuple(map(sum, summed))
        return self._rows[load, price]

    def of_flight(
        self, kind: AircraftType, km: int, loads: Sequence[Load], off: Ints
    ) -> Ints:
        """What a flight of a type earns that could carry these, if it is unloaded at those minutes."""
        found = np.zeros(len(off), dtype=np.int64)
        for one, room in self._rooms(kind, km, loads):
            earned = np.array(one.of_flight(room), dtype=np.int64)
            found += earned[np.minimum(off // self._slot_min, len(earned) - 1)]
        found[off > self._until] = 0
        return found

    def _rooms(
        self, kind: AircraftType, km: int, loads: Sequence[Load]
    ) -> list[tuple[_Counted, int]]:
        """The covers of which a flight could carry something, and how much."""
        most = {one.id: most_by_air(kind, one, km) for one in loads}
        rooms = (
            max((fill * most.get(name, 0) for name, fill in one.fills.items()))
            for one in self._covers
        )
        pairs = zip(self._covers, rooms, strict=True)
        return [(one, room) for one, room in pairs if room]


def _is_sound(terms: Terms, cover: Cover, able: Collection[str]) -> bool:
    names = cover.loads
    if not names or len(set(names)) != len(names) or len(cover.fills) != len(names):
        return False
    if max(cover.whole, *cover.fills) > _MOST_PARTS:
        return False
    return all(one in able and not any(terms.roads(terms.loads[one])) for one in names)
