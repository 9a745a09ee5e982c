"""What loads and stands are worth: prices at which the tails' own interests make the plan.

With prices on loads and stands the tails no longer meet: each takes its cheapest itinerary, found
by dynamic programming over airfield, time and minutes on duty. How much of each load they
would carry, and of each stand they would use, says how to move the prices.

In floating point and on a coarse grid, for speed; the checker reckons the bound anew, exactly.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from peyman.force.problem import Load, Problem, Route, due, weight
from peyman.force.solve.bounds.parties.covers import Covers
from peyman.force.solve.bounds.parties.deeds import (
    Action,
    Deed,
    Floats,
    Goal,
    Mix,
    Rows,
    as_deed,
    mixed,
)
from peyman.force.solve.bounds.parties.duties import (
    MOST_PATTERNS,
    Pattern,
    patterns,
    trips,
)
from peyman.force.solve.bounds.parties.itineraries import NEVER, ByTrip, Itineraries
from peyman.force.solve.bounds.parties.waits import Slots, Waits
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.network import Network, Trip, marched
from peyman.force.solve.timing import endless, in_time

_TIED = ("lateness", "closure")
_SLOTS, _FEW = 32, 6
"""Slots in which it is reckoned who waits for whom: four times as many take three to seven times the time, and prove some hundredths more."""
_MOST_TIED = 6000
"""Rows of the program for that; where they do not do for a few slots, nobody waits."""
PARTS = 1000
"""Of a weighted kilogram left behind, or of a minute flown, prices are so small parts."""


class Market:
    """The tails of all types, the loads and the stands, and what they do at given prices."""

    def __init__(
        self,
        network: Network,
        loads: list[Load],
        goal: Goal,
        left: Callable[[], float] = endless,
    ) -> None:
        """Write down what every type can do.

        Args:
            network: The problem.
            loads: Those that have a price.
            goal: What is reckoned.
            left: Seconds that are left, here and whenever the tails are asked.

        Raises:
            OutOfTime: If none are left before it is written down.
        """
        self.network = network
        self.left = left
        self.going: dict[tuple[str, str], list[int]] = {}
        for i, one in enumerate(loads):
            for there in dict.fromkeys(one.destinations):
                self.going.setdefault((one.origin, there), []).append(i)
        self.goal = goal
        self.loads = loads
        self.index = {one.id: i for i, one in enumerate(loads)}
        self.at = np.arange(goal.steps) * goal.grid
        self.pieces = np.array([one.pieces for one in loads], dtype=float)
        self.routes = [one for one in network.problem.routes if self._is_slow(one)]
        self.waits = self._waits()
        first = len(loads) + self.waits.rows
        self.covers = Covers(network, loads, goal.until, goal.grid, first)
        self.ceiling = np.array([self._ceiling(one) for one in loads], dtype=float)
        self.places = [name for name in network.airfields if network.open[name]]
        stands = [self._stands(name) for name in self.places]
        self.stands = np.array(stands).reshape(-1, goal.steps)
        self.agents: list[Party] = [Agent(self, kind.id) for kind in network.fleet]

    def _is_slow(self, route: Route) -> bool:
        """Whether its convoys have to wait for each other by more than steps."""
        apart = max(route.headway_min, gate_min(self.network.problem, route))
        return apart >= self.goal.grid

    def _waits(self) -> Waits:
        """Who waits for whom; for what can go at once, by road, nobody has to."""
        quick = {
            one.id
            for one in self.loads
            if any(route not in self.routes for route in self.network.roads(one))
        }
        tied = self.goal.name in _TIED
        free = {i for i, one in enumerate(self.loads) if tied and one.id not in quick}
        pairs = [
            (self.index[name], i)
            for i, one in enumerate(self.loads)
            for name in sorted(set(one.after))
            if self.index.get(name) in free
        ]
        units = self._units(free)
        lots = len(pairs) + 2 * sum(len(loads) for loads, _ in units.values())
        count = min(_SLOTS, _MOST_TIED // max(1, lots))
        if count < _FEW:
            pairs, units, count = [], {}, _FEW
        grid = self.goal.grid
        slot = -(-self.goal.until // count // grid) * grid
        slots = Slots(self.goal.until // slot + 1, slot, len(self.loads))
        return Waits(pairs, units, self.pieces, slots)

    def _units(self, free: Collection[int]) -> dict[str, tuple[list[int], int]]:
        """The units that keep together, with the numbers of those loads that are free to, and inside how many minutes."""
        found: dict[str, tuple[list[int], int]] = {}
        for i in sorted(free):
            unit = self.loads[i].unit
            if unit in self.network.tied:
                found.setdefault(unit, ([], self.network.tied[unit]))[0].append(i)
        return {
            unit: (loads, within)
            for unit, (loads, within) in found.items()
            if self.pieces[loads].sum() > 1
        }

    def _stands(self, place: str) -> Floats:
        """Stand-minutes that an airfield has in each step."""
        grid = self.goal.grid
        minutes = np.zeros(self.goal.steps * grid)
        for lo, hi in self.network.open[place]:
            minutes[lo:hi] = 1
        minutes[self.goal.until :] = 0
        mog = self.network.airfields[place].working_mog
        each: Floats = mog * minutes.reshape(self.goal.steps, grid).sum(axis=1)
        return each

    def is_open(
        self, place: str, at: NDArray[np.int64], width: int
    ) -> NDArray[np.bool_]:
        """Whether something that takes so long may begin within a step of those minutes."""
        opens, closes = np.array(self.network.open[place], dtype=np.int64).T
        # Of the windows that have opened by then, the last is the last to close.
        last = np.searchsorted(opens, at + self.goal.grid, side="left") - 1
        found: NDArray[np.bool_] = (last >= 0) & (at + width <= closes[last])
        return found

    def late(self, load: Load, unloaded: Floats) -> Floats:
        """What one piece costs that is unloaded at those minutes."""
        if self.goal.name != "lateness":
            return np.where(unloaded <= self.goal.until, 0.0, NEVER)
        slope = load.piece_kg * weight(self.network.problem, load)
        cost: Floats = slope * np.maximum(0.0, unloaded - due(load))
        return cost

    def rows(self, trip: Trip, most_of: Callable[[Load], int]) -> Rows | None:
        """The loads that a trip can take, each with how many pieces fill it; None if there are none."""
        goal = self.goal
        off = (self.at + trip.away_min + trip.unload_min).astype(float)
        found, lates = [], []
        ends = (trip.origin, trip.destination)
        for i in in_time(self.going.get(ends, ()), self.left):
            load = self.loads[i]
            most = most_of(load)
            if most:
                late = self.late(load, off)
                first = max(load.rld, load.ald, load.ead - trip.away_min)
                late[self.at + goal.grid // 2 < first] = NEVER
                found.append((i, most, min(1.0, load.pieces / most)))
                lates.append(late * most)
        if not found:
            return None
        numbers, mosts, shares = zip(*found, strict=True)
        return Rows(
            np.array(numbers, dtype=np.intp),
            np.array(mosts, dtype=float),
            np.array(shares),
            np.array(lates),
            self.waits.tolls(numbers, mosts, self.at.astype(float), off),
            self.covers.needs(numbers, mosts, off),
        )

    def _ceiling(self, load: Load) -> float:
        """The most that a piece can be worth: what leaving it costs, or sending it by land."""
        goal = self.goal
        counts = float(load.piece_kg * weight(self.network.problem, load))
        costs = {
            "lateness": float(self.late(load, np.array([goal.until]))[0]),
            "undelivered": PARTS * counts,
            "closure": float(PARTS * load.piece_kg),
            "lift": 1e9,
        }
        most = costs[goal.name]
        for route in self.network.roads(load):
            if route in self.routes:
                continue
            arrives = marched(route, load)
            if arrives is not None and arrives <= goal.until:
                most = min(most, float(self.late(load, np.array([arrives]))[0]))
        return most

    def upto(self, stand: Floats) -> Floats:
        """The price of a stand from minute 0 to the begin of each step, by place."""
        each = stand * self.goal.grid
        return np.concatenate(
            [np.zeros((len(self.places), 1)), np.cumsum(each, axis=1)], axis=1
        )


class Party(Protocol):
    """Who carries: the tails of a type, or the convoys of a road.

    Attributes:
        tails: Names of those that begin alike, by place and step.
        starts: How many.
    """

    tails: dict[tuple[int, int], list[str]]
    starts: dict[tuple[int, int], int]

    def answer(
        self, price: Floats, upto: Floats
    ) -> Iterator[tuple[tuple[int, int], int, float, tuple[Deed, ...]]]:
        """For each start (place, step): how many tails, their cheapest cost, what they do."""

    def deed(self, put: Put) -> Deed | None:
        """A flight as one of the actions, at about its time; None if it is none of them."""


class Agent:
    """All tails of one type."""

    def __init__(self, market: Market, kind: str) -> None:
        network, goal = market.network, market.goal
        self.market = market
        self.kind = network.types[kind]
        place = {name: i for i, name in enumerate(market.places)}
        self.tails: dict[tuple[int, int], list[str]] = {}
        for tail in network.problem.tails:
            if tail.type == kind and tail.base in place:
                step = min(-(-tail.available_from // goal.grid), goal.steps)
                self.tails.setdefault((place[tail.base], step), []).append(tail.id)
        self.starts = {start: len(names) for start, names in self.tails.items()}
        served = frozenset(market.going)
        self.numbers: dict[tuple[str, str, bool], int] = {}
        self.actions: list[Action] = []
        every = trips(network, kind, served, anywhere=True)
        for trip in in_time(every, market.left):
            if trip.origin in place and trip.destination in place:
                key = (trip.origin, trip.destination, trip.is_loaded)
                self.numbers[key] = len(self.actions)
                loads = self._rows(trip) if trip.is_loaded else None
                self.actions.append(self._action(trip, place, loads))
        self.itineraries = self._itineraries(
            patterns(network, kind, served, anywhere=True), place
        )

    def _itineraries(
        self, duties: list[Pattern], place: dict[str, int]
    ) -> Itineraries | ByTrip:
        """By patterns, each as long as it is; or trip by trip, where these are not all that there are."""
        grid = self.market.goal.grid
        crew = self.market.network.crew(self.kind.id)
        if len(duties) >= MOST_PATTERNS and crew[1]:
            ends = [
                (one.origin, one.destination, one.trip.whole_min)
                for one in self.actions
            ]
            return ByTrip(ends, len(place), crew, grid)
        rows = []
        for pattern in in_time(duties, self.market.left):
            keys = [
                (one.origin, one.destination, one.is_loaded) for one in pattern.trips
            ]
            if all(key in self.numbers for key in keys):
                rows.append((pattern, tuple(self.numbers[key] for key in keys)))
        return Itineraries(rows, place, crew, grid)

    def _rows(self, trip: Trip) -> Rows | None:
        most = self.market.network.most
        ends = (trip.origin, trip.destination)
        return self.market.rows(trip, lambda load: most(trip.type, load, *ends))

    def _action(
        self, trip: Trip, place: dict[str, int], rows: Rows | None = None
    ) -> Action:
        market, goal = self.market, self.market.goal
        start = market.at
        allowed = market.is_open(trip.origin, start, trip.load_min)
        lands = start + trip.away_min
        there = market.is_open(trip.destination, lands, trip.ground_min)
        flown = float(PARTS * trip.block_min) if goal.name == "lift" else 0.0
        ends = (place[trip.origin], place[trip.destination])
        return Action(trip, *ends, allowed & there, flown, rows)

    def answer(
        self, price: Floats, upto: Floats
    ) -> Iterator[tuple[tuple[int, int], int, float, tuple[Deed, ...]]]:
        """As of any party."""
        if not self.actions:
            return
        cost, mixes = self.costs(price, upto)
        value, follow = self.itineraries.cheapest(cost)
        for (place, step), n in self.starts.items():
            least = float(value[place, min(step, value.shape[1] - 1)])
            deeds = tuple(
                as_deed(self.actions[action], mixes[action], at)
                for action, at in follow((place, step))
            )
            yield (place, step), n, least, deeds

    def deed(self, put: Put) -> Deed | None:
        """As of any party."""
        number = self.numbers.get(
            (put.trip.origin, put.trip.destination, bool(put.parts))
        )
        if number is None:
            return None
        action = self.actions[number]
        goal = self.market.goal
        # A load may be ready a little after the minute that the grid has.
        first = round(put.start / goal.grid)
        for step in (first, first + 1):
            takes = self._takes(action, min(step, goal.steps - 1), put.parts)
            if takes is not None:
                return Deed(action, min(step, goal.steps - 1), takes)
        return None

    def _takes(
        self, action: Action, step: int, parts: tuple[tuple[str, int], ...]
    ) -> tuple[tuple[int, float], ...] | None:
        """What is carried, by the rows of an action; None if it cannot be then."""
        rows, takes = action.rows, []
        for name, pieces in parts:
            load = self.market.index.get(name, -1)
            row = -1 if rows is None else rows.row(load)
            if rows is None or row < 0 or rows.late[row, step] >= NEVER:
                return None
            takes.append((row, pieces / float(rows.most[row])))
        return tuple(takes)

    def costs(self, price: Floats, upto: Floats) -> tuple[Floats, list[Mix]]:
        """By action and step the cost, and what an action would take."""
        steps = self.market.goal.steps
        cost = np.full((len(self.actions), steps), NEVER)
        mixes = []
        for i, one in in_time(enumerate(self.actions), self.market.left):
            trip = one.trip
            rent = self._rent(upto[one.origin], 0, trip.load_min)
            rent = rent + self._rent(
                upto[one.destination], trip.away_min, trip.ground_min
            )
            won, mix = mixed(one, price, steps)
            mixes.append(mix)
            cost[i] = np.where(one.allowed, rent + won + one.flown, NEVER)
        return cost, mixes

    def _rent(self, upto: Floats, after: int, width: int) -> Floats:
        """Price of a stand for so long, from so many minutes after each step's start."""
        if not width:
            return np.zeros(self.market.goal.steps)
        grid = self.market.goal.grid
        at = self.market.at + after
        return self._at(upto, (at + width) / grid) - self._at(upto, at / grid)

    def _at(self, upto: Floats, where: Floats) -> Floats:
        found: Floats = np.interp(where, np.arange(len(upto)), upto)
        return found


def gate_min(problem: Problem, route: Route) -> int:
    """Minutes that a piece takes at the first border of a road; 0 if there is none."""
    names = [name for name, _ in route.borders[:1]]
    return sum(one.piece_min for one in problem.borders if one.id in names)
