"""What working stands cost at the prices of a certificate, and when an airfield is closed: in whole numbers."""

import numpy as np

from peyman.force.checking.proving.itineraries import NEVER, Ints
from peyman.force.checking.proving.limits import DEAREST_STAND
from peyman.force.checking.terms import Terms
from peyman.force.plan import Prices


class Stands:
    """The stands of all airfields that are ever open, until the last turn-round is over.

    Attributes:
        places: Their names, in the order of their numbers.
    """

    def __init__(self, terms: Terms, prices: Prices, span: int) -> None:
        """Read their prices.

        Args:
            terms: The problem.
            prices: The certificate.
            span: The minute that ends the turn-rounds.
        """
        self._terms = terms
        self._prices = prices
        self._span = span
        self.places = sorted(place for place in terms.open if terms.open[place])
        self._upto = {place: self._summed(place) for place in self.places}
        self._closes = {place: self._ends(place) for place in self.places}

    def all_of_them(self) -> int:
        """The price of all stands while they are open."""
        return sum(map(self._rent, self.places))

    def by_minute(self, origin: str, place: str, times: tuple[int, int, int]) -> Ints:
        """By minute of the start what the stands of a trip cost; `NEVER` where an airfield is closed.

        Args:
            origin: Where it starts.
            place: Where it lands.
            times: Minutes on the first stand, of the leg, and on the second stand.
        """
        load, block, ground = times
        cost = np.full(self._span + 1, NEVER, dtype=np.int64)
        whole = self._span + 1 - (load + block + ground)
        if whole <= 0:
            return cost
        start = np.arange(whole)
        lands = start + load + block
        is_open = (start + load <= self._closes[origin][:whole]) & (
            lands + ground <= self._closes[place][lands]
        )
        out, back = self._upto[origin], self._upto[place]
        rent = out[start + load] - out[start] + back[lands + ground] - back[lands]
        cost[:whole] = np.where(is_open, rent, NEVER)
        return cost

    def by_step(self, origin: str, place: str, times: tuple[int, int, int]) -> Ints:
        """The least of them inside each step of the grid."""
        cost = self.by_minute(origin, place, times)
        grid = self._prices.grid_min
        steps = -(-self._span // grid) + 1
        whole = np.full(steps * grid, NEVER, dtype=np.int64)
        whole[: len(cost)] = cost
        least: Ints = whole.reshape(steps, grid).min(axis=1)
        return least

    def _summed(self, place: str) -> Ints:
        """The price of a stand from minute 0 to each minute."""
        slots = np.array(
            [
                min(max(0, one), DEAREST_STAND)
                for one in self._prices.stand.get(place, ())
            ],
            dtype=np.int64,
        )
        each = np.zeros(self._span, dtype=np.int64)
        slot_min = min(self._prices.slot_min, self._span)
        known = np.repeat(slots, slot_min)[: self._span]
        each[: len(known)] = known
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(each)])

    def _ends(self, place: str) -> Ints:
        """For each minute the end of the open window around it; -1 where it is closed."""
        closes = np.full(self._span + 1, -1, dtype=np.int64)
        for lo, hi in reversed(self._terms.open[place]):
            closes[lo : hi + 1] = min(hi, self._span)
        return closes

    def _rent(self, place: str) -> int:
        """The price of all stands of an airfield while it is open."""
        upto, mog = self._upto[place], self._terms.airfields[place].working_mog
        spans = [
            (min(lo, self._span), min(hi, self._span))
            for lo, hi in self._terms.open[place]
        ]
        return mog * sum(int(upto[hi] - upto[lo]) for lo, hi in spans)
