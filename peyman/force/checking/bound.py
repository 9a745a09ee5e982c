"""Reckon again what a certificate proves: from prices to a bound, in whole numbers.

Every tail is offered the prices and takes its cheapest itinerary; what the tails cannot
win back of the prices of all loads and stands is a bound for every plan. Any prices prove
some bound, so this module never has to trust them. docs/force.md, "The bound", has the proof.

All numbers are int64 and stay far below its end: prices are cut to what they can mean.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.checking.movable import movable
from peyman.force.checking.terms import (
    Terms,
    block_min,
    march_min,
    most_by_air,
    most_by_land,
    payload_kg,
)
from peyman.force.plan import Prices
from peyman.force.problem import AircraftType, Load, due, weight

Ints = NDArray[np.int64]
NEVER: Final = 1 << 55
SCALE: Final = {"lateness": 1, "closure": 1000, "lift": 1000}
"""Of what each objective's prices are the parts: a thousandth of a minute flown, or a kilogram."""
_DEAREST_STAND: Final = 10**11
_DEAREST_PIECE: Final = 10**12
_LARGEST: Final = 1 << 50


@dataclass(frozen=True, slots=True)
class _Action:
    """Something that a tail does: from where to where, in how many steps, at what cost."""

    origin: int
    destination: int
    steps: int
    cost: Ints


def proven(terms: Terms, prices: Prices) -> int:
    """The bound that the prices prove; 0 at least, which needs no proof.

    Of `closure` it is the minute before which the movement cannot be over.
    """
    if prices.objective not in SCALE or not _is_reckonable(terms, prices):
        return 0
    total = _Reckoning(terms, prices).total()
    if total is None or total <= 0:
        return 0
    if prices.objective == "closure":
        return prices.until + 1
    return -(-total // SCALE[prices.objective])


def _is_reckonable(terms: Terms, prices: Prices) -> bool:
    """Whether the end of the reckoning means something, and all sums stay below int64."""
    problem = terms.problem
    heaviest = max((kg for one in problem.types for _, kg in one.payload), default=0)
    dearest = max(problem.weights) * problem.horizon * heaviest
    ends = prices.until == problem.horizon or prices.objective != "lift"
    return ends and prices.until <= problem.horizon and dearest < _LARGEST


class _Reckoning:
    """One certificate, reckoned.

    `until` ends what earns or costs; `span` ends the turn-rounds that come after it.
    """

    def __init__(self, terms: Terms, prices: Prices) -> None:
        self.terms = terms
        self.prices = prices
        self.until = prices.until
        turn = max((one.turn_min for one in terms.problem.types), default=0)
        self.span = min(terms.problem.horizon, self.until + turn)
        able = movable(terms)
        self.loads = [one for one in terms.problem.loads if one.id in able]
        self.price = {one.id: self._price(one) for one in self.loads}
        self.places = sorted(place for place in terms.open if terms.open[place])
        self.stand = {place: self._stand(place) for place in self.places}
        self.closes = {place: self._closes(place) for place in self.places}

    def total(self) -> int | None:
        """Prices of loads, less prices of stands, plus the tails' cheapest itineraries."""
        loads = sum(self.price[one.id] * one.pieces for one in self.loads)
        stands = sum(self._rent(place) for place in self.places)
        tails = 0
        for kind in self.terms.in_fleet():
            value = self._values(kind)
            if value is None:
                return None
            for tail in self.terms.problem.tails:
                step = tail.available_from // self.prices.grid_min
                if tail.type == kind.id and tail.base in self.places:
                    there = value[self.places.index(tail.base)]
                    tails += int(there[min(step, len(there) - 1)])
        return loads - stands + tails

    def _price(self, load: Load) -> int:
        """The price of a piece, cut to what leaving it costs, or sending it by land."""
        asked = max(0, self.prices.load.get(load.id, 0))
        return min(asked, self._leaving(load), self._by_land(load))

    def _leaving(self, load: Load) -> int:
        if self.prices.objective == "lift":
            return _DEAREST_PIECE
        if self.prices.objective == "closure":
            return load.piece_kg * SCALE["closure"]
        return self._late(load, self.until)

    def _late(self, load: Load, unloaded: int) -> int:
        late = max(0, unloaded - due(load))
        return late * load.piece_kg * weight(self.terms.problem, load)

    def _by_land(self, load: Load) -> int:
        costs = [NEVER]
        for route in self.terms.problem.routes:
            ends = (
                route.origin == load.origin and route.destination in load.destinations
            )
            if not ends or most_by_land(route, load) == 0:
                continue
            arrives = max(load.rld, load.ald) + march_min(route, route.km)
            if max(arrives, load.ead) <= self.until:
                costs.append(
                    self._late(load, max(arrives, load.ead))
                    if self.prices.objective == "lateness"
                    else 0
                )
        return min(costs)

    def _stand(self, place: str) -> Ints:
        """The price of a stand from minute 0 to each minute."""
        slots = np.array(
            [
                min(max(0, one), _DEAREST_STAND)
                for one in self.prices.stand.get(place, ())
            ],
            dtype=np.int64,
        )
        each = np.zeros(self.span, dtype=np.int64)
        known = np.repeat(slots, self.prices.slot_min)[: self.span]
        each[: len(known)] = known
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(each)])

    def _closes(self, place: str) -> Ints:
        """For each minute the end of the open window around it; -1 where it is closed."""
        closes = np.full(self.span + 1, -1, dtype=np.int64)
        for lo, hi in reversed(self.terms.open[place]):
            closes[lo : hi + 1] = min(hi, self.span)
        return closes

    def _rent(self, place: str) -> int:
        """The price of all stands of an airfield while it is open."""
        upto, mog = self.stand[place], self.terms.airfields[place].working_mog
        spans = [
            (min(lo, self.span), min(hi, self.span))
            for lo, hi in self.terms.open[place]
        ]
        return mog * sum(int(upto[hi] - upto[lo]) for lo, hi in spans)

    def _values(self, kind: AircraftType) -> Ints | None:
        """For each airfield and step, the cheapest itinerary of a rested tail from there on.

        None where the grid is too coarse for the type: something takes no step at all.
        """
        grid = self.prices.grid_min
        steps = -(-self.span // grid) + 1
        duty = -(-kind.duty_min // grid)
        rest = kind.rest_min // grid
        actions = sorted(self._actions(kind), key=lambda one: one.origin)
        shape = (len(self.places), steps + 1, 2 * duty + 2)
        value = np.full(shape, NEVER, dtype=np.int64)
        value[:, steps, : duty + 1] = 0
        if any(one.steps == 0 for one in actions):
            return None
        actions = [one for one in actions if one.steps <= duty]
        if actions:
            self._backward(value, actions, (steps, duty, rest))
            return value[:, :, 0]
        return np.zeros(shape[:2], dtype=np.int64)

    def _backward(
        self, value: Ints, actions: list[_Action], sizes: tuple[int, int, int]
    ) -> None:
        steps, duty, rest = sizes
        origin = np.array([one.origin for one in actions], dtype=np.int64)
        leaves, firsts = np.unique(origin, return_index=True)
        lands = np.array([one.destination for one in actions], dtype=np.int64)
        takes = np.array([one.steps for one in actions], dtype=np.int64)
        cost = np.array([one.cost for one in actions], dtype=np.int64)
        worked = takes[:, None] + np.arange(duty + 1)[None, :]
        for step in range(steps - 1, -1, -1):
            here = value[:, step]
            here[:, : duty + 1] = value[:, step + 1, 1 : duty + 2]
            here[:, 0] = value[:, step + 1, 0]
            then = np.minimum(step + takes, steps)
            after = value[lands[:, None], then[:, None], worked]
            best = np.minimum.reduceat(after + cost[:, step][:, None], firsts)
            here[leaves, : duty + 1] = np.minimum(here[leaves, : duty + 1], best)
            rested = value[:, min(step + rest, steps), 0]
            here[:, 1 : duty + 1] = np.minimum(here[:, 1 : duty + 1], rested[:, None])
            np.minimum(here, NEVER, out=here)

    def _actions(self, kind: AircraftType) -> list[_Action]:
        found = []
        for i, origin in enumerate(self.places):
            for j, place in enumerate(self.places):
                km = self.terms.km.get((origin, place))
                if km is None or payload_kg(kind, km) is None:
                    continue
                if all(
                    self.terms.airfields[end].runway_m >= kind.runway_m
                    for end in (origin, place)
                ):
                    for minutes, cost in self._flights(kind, origin, place, km):
                        steps = minutes // self.prices.grid_min
                        found.append(_Action(i, j, steps, self._least(cost)))
        return found

    def _flights(
        self, kind: AircraftType, origin: str, place: str, km: int
    ) -> list[tuple[int, Ints]]:
        """A ferry and, where something can be carried, a flight: minutes, cost by start."""
        block = block_min(kind, km)
        flown = block * SCALE["lift"] * (self.prices.objective == "lift")
        ferry = flown + self._ground(origin, place, (0, block, kind.turn_min))
        found = [(block + kind.turn_min, ferry)]
        away = kind.load_min + block
        won = self._won(kind, (origin, place), km, away)
        if won is not None:
            ground = kind.unload_min + kind.turn_min
            stands = self._ground(origin, place, (kind.load_min, block, ground))
            found.append((away + ground, np.minimum(flown + stands + won, NEVER)))
        return found

    def _ground(self, origin: str, place: str, times: tuple[int, int, int]) -> Ints:
        """By minute of the start: what the stands cost; NEVER where an airfield is closed."""
        load, block, ground = times
        cost = np.full(self.span + 1, NEVER, dtype=np.int64)
        whole = self.span + 1 - (load + block + ground)
        if whole <= 0:
            return cost
        start = np.arange(whole)
        lands = start + load + block
        is_open = (start + load <= self.closes[origin][:whole]) & (
            lands + ground <= self.closes[place][lands]
        )
        out, back = self.stand[origin], self.stand[place]
        rent = out[start + load] - out[start] + back[lands + ground] - back[lands]
        cost[:whole] = np.where(is_open, rent, NEVER)
        return cost

    def _won(
        self, kind: AircraftType, ends: tuple[str, str], km: int, away: int
    ) -> Ints | None:
        """By minute of the start: the cost, less the price, of the best full load."""
        rows: dict[tuple[int, ...], int] = {}
        for load in self.loads:
            if load.origin != ends[0] or ends[1] not in load.destinations:
                continue
            most = most_by_air(kind, load, km)
            if most:
                slope = load.piece_kg * weight(self.terms.problem, load) * most
                key = (max(load.rld, load.ald), load.ead, due(load), slope)
                price = self.price[load.id] * most
                rows[key] = max(rows.get(key, 0), price)
        if not rows:
            return None
        best = np.full(self.span + 1, 0, dtype=np.int64)
        off = np.arange(self.span + 1) + away + kind.unload_min
        for (ready, ead, wanted, slope), price in rows.items():
            first = max(ready, ead - away, 0)
            cost = np.full(max(0, self.span + 1 - first), -price, dtype=np.int64)
            if self.prices.objective == "lateness":
                cost += slope * np.maximum(0, off[first:] - wanted)
            best[first:] = np.minimum(best[first:], cost)
        best[off > self.until] = 0
        return best

    def _least(self, cost: Ints) -> Ints:
        """The least cost inside each step of the grid."""
        grid = self.prices.grid_min
        steps = -(-self.span // grid) + 1
        whole = np.full(steps * grid, NEVER, dtype=np.int64)
        whole[: len(cost)] = cost
        least: Ints = whole.reshape(steps, grid).min(axis=1)
        return least
