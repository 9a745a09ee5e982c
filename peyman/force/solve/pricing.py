"""What loads and stands are worth: prices at which the tails' own interests make the plan.

With prices on loads and stands the tails no longer meet: each takes its cheapest itinerary, found
by dynamic programming over airfield, time and minutes on duty. How much of each load they
would carry, and of each stand they would use, says how to move the prices.

In floating point and on a coarse grid, for speed; the checker reckons the bound anew, exactly.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peyman.force.problem import Load, due, weight
from peyman.force.solve.network import Network, Trip, fits_route

Floats = NDArray[np.float64]
Choices = NDArray[np.int16]
NEVER = 1e18


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be made small, until when, and on which grid.

    Attributes:
        name: `lateness`, `closure` or `lift`.
        until: The minute that ends the reckoning.
        grid: Minutes of a step.
    """

    name: str
    until: int
    grid: int

    @property
    def steps(self) -> int:
        """Steps of the grid, the last begins at `until` or after."""
        return -(-self.until // self.grid) + 1


@dataclass(frozen=True, slots=True)
class Row:
    """A load as one type sees it on one leg: costs by step, for a full aircraft."""

    load: str
    most: int
    late: Floats


@dataclass(frozen=True, slots=True)
class Action:
    """A trip, loaded or not, that a tail of a type can do."""

    trip: Trip
    origin: int
    destination: int
    steps: int
    allowed: NDArray[np.bool_]
    flown: float
    rows: tuple[Row, ...]


class Market:
    """The tails of all types, the loads and the stands, and what they do at given prices."""

    def __init__(self, network: Network, loads: list[Load], goal: Goal) -> None:
        self.network = network
        self.goal = goal
        self.loads = loads
        self.index = {one.id: i for i, one in enumerate(loads)}
        self.pieces = np.array([one.pieces for one in loads], dtype=float)
        self.ceiling = np.array([self._ceiling(one) for one in loads], dtype=float)
        self.places = [name for name in network.airfields if network.open[name]]
        self.at = np.arange(goal.steps) * goal.grid
        self.stands = np.array([self._stands(name) for name in self.places])
        self.agents = [Agent(self, kind.id) for kind in network.fleet]

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

    def late(self, load: Load, unloaded: Floats) -> Floats:
        """What one piece costs that is unloaded at those minutes."""
        if self.goal.name != "lateness":
            return np.where(unloaded <= self.goal.until, 0.0, NEVER)
        slope = load.piece_kg * weight(self.network.problem, load)
        cost: Floats = slope * np.maximum(0.0, unloaded - due(load))
        return cost

    def _ceiling(self, load: Load) -> float:
        """The most that a piece can be worth: what leaving it costs, or sending it by land."""
        goal = self.goal
        costs = {
            "lateness": float(self.late(load, np.array([goal.until]))[0]),
            "closure": 1000.0 * load.piece_kg,
            "lift": 1e9,
        }
        most = costs[goal.name]
        for route in self.network.problem.routes:
            goes = (
                route.destination in load.destinations and route.origin == load.origin
            )
            if goes and fits_route(route, load):
                march = (60 * route.km + route.rate_kmh - 1) // route.rate_kmh
                arrives = max(load.rld, load.ald, load.ead - march) + march
                if arrives <= goal.until:
                    most = min(most, float(self.late(load, np.array([arrives]))[0]))
        return most

    def answer(self, price: Floats, stand: Floats) -> "Answer":
        """What all tails do at prices per piece and per stand-minute of each step."""
        total = float(price @ self.pieces) - float((stand * self.stands).sum())
        moved = np.zeros(len(self.loads))
        used = np.zeros_like(self.stands)
        upto = np.concatenate(
            [np.zeros((len(self.places), 1)), np.cumsum(stand, axis=1)], axis=1
        )
        upto *= self.goal.grid
        for agent in self.agents:
            total += agent.answer(price, upto, moved, used)
        return Answer(total, moved, used)


@dataclass(frozen=True, slots=True)
class Answer:
    """The bound at some prices, pieces moved of each load, stand-minutes used."""

    bound: float
    moved: Floats
    used: Floats


class Agent:
    """All tails of one type."""

    def __init__(self, market: Market, kind: str) -> None:
        network, goal = market.network, market.goal
        self.market = market
        self.kind = network.types[kind]
        self.duty = -(-self.kind.duty_min // goal.grid)
        self.rest = self.kind.rest_min // goal.grid
        place = {name: i for i, name in enumerate(market.places)}
        self.starts: Counter[tuple[int, int]] = Counter()
        for tail in network.problem.tails:
            if tail.type == kind and tail.base in place:
                step = min(tail.available_from // goal.grid, goal.steps)
                self.starts[place[tail.base], step] += 1
        served = {one.origin for one in market.loads}
        found = [
            self._action(trip, place)
            for key, trip in network.ferries.items()
            if key[0] == kind and key[2] in served
        ]
        found += [
            self._action(trip, place, self._rows(trip))
            for key, trip in network.trips.items()
            if key[0] == kind
        ]
        self.actions = sorted(
            (one for one in found if one.rows or not one.trip.unload_min),
            key=lambda one: one.origin,
        )
        self._arrays()

    def _arrays(self) -> None:
        rows = self.actions
        self.origin = np.array([one.origin for one in rows], dtype=np.intp)
        self.lands = np.array([one.destination for one in rows], dtype=np.intp)
        self.takes = np.array([one.steps for one in rows], dtype=np.intp)
        self.leaves, self.firsts = np.unique(self.origin, return_index=True)
        self.worked = self.takes[:, None] + np.arange(self.duty + 1)[None, :]

    def _rows(self, trip: Trip) -> tuple[Row, ...]:
        market = self.market
        rows = []
        off = (market.at + trip.away_min + trip.unload_min).astype(float)
        for load in market.loads:
            if trip.origin == load.origin and trip.destination in load.destinations:
                most = market.network.most(
                    trip.type, load, trip.origin, trip.destination
                )
                if most:
                    late = market.late(load, off)
                    first = max(load.rld, load.ald, load.ead - trip.away_min)
                    # A step that begins too early may still hold the first minute.
                    late[market.at + market.goal.grid <= first] = NEVER
                    rows.append(Row(load.id, most, late * most))
        return tuple(rows)

    def _action(
        self, trip: Trip, place: dict[str, int], rows: tuple[Row, ...] = ()
    ) -> Action:
        market, goal = self.market, self.market.goal
        start = market.at
        allowed = np.zeros(goal.steps, dtype=bool)
        for lo, hi in market.network.open[trip.origin]:
            allowed |= (start + goal.grid > lo) & (start + trip.load_min <= hi)
        there = np.zeros(goal.steps, dtype=bool)
        lands = start + trip.away_min
        for lo, hi in market.network.open[trip.destination]:
            there |= (lands + goal.grid > lo) & (lands + trip.ground_min <= hi)
        flown = 1000.0 * trip.block_min if goal.name == "lift" else 0.0
        steps = max(1, trip.whole_min // goal.grid)
        ends = (place[trip.origin], place[trip.destination])
        return Action(trip, *ends, steps, allowed & there, flown, rows)

    def answer(self, price: Floats, upto: Floats, moved: Floats, used: Floats) -> float:
        """Add what these tails move and use; returns the sum of their cheapest itineraries."""
        if not self.actions:
            return 0.0
        cost, best = self.costs(price, upto)
        value, choice = self.backward(cost)
        total = sum(
            n * float(value[place, min(step, value.shape[1] - 1), 0])
            for (place, step), n in self.starts.items()
        )
        for action, step, n in self.forward(choice):
            self._count(action, step, n, best, moved, used)
        return total

    def costs(self, price: Floats, upto: Floats) -> tuple[Floats, list[Floats]]:
        """By action and step the cost, and which of its loads an action would take."""
        market = self.market
        steps = market.goal.steps
        cost = np.full((len(self.actions), steps), NEVER)
        best = []
        for i, one in enumerate(self.actions):
            trip = one.trip
            rent = self._rent(upto[one.origin], 0, trip.load_min)
            rent = rent + self._rent(
                upto[one.destination], trip.away_min, trip.ground_min
            )
            taken = np.full(steps, -1)
            won = np.zeros(steps)
            if one.rows:
                offers = np.array(
                    [
                        row.late - row.most * price[market.index[row.load]]
                        for row in one.rows
                    ]
                )
                taken = offers.argmin(axis=0)
                won = np.minimum(offers[taken, np.arange(steps)], 0.0)
            best.append(taken)
            cost[i] = np.where(one.allowed, rent + won + one.flown, NEVER)
        return cost, best

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

    def backward(self, cost: Floats) -> tuple[Floats, Choices]:
        """Value of every state, and what to do in it.

        A choice is an action, or -1 to wait, or -2 to rest.
        """
        steps, duty = self.market.goal.steps, self.duty
        value = np.full((len(self.market.places), steps + 1, 2 * duty + 2), NEVER)
        value[:, steps, : duty + 1] = 0
        choice = np.full((len(self.market.places), steps, duty + 1), -1, dtype=np.int16)
        every = np.arange(duty + 1)
        for step in range(steps - 1, -1, -1):
            here = value[:, step]
            here[:, : duty + 1] = value[:, step + 1, 1 : duty + 2]
            here[:, 0] = value[:, step + 1, 0]
            then = np.minimum(step + self.takes, steps)
            after = value[self.lands[:, None], then[:, None], self.worked]
            after += cost[:, step][:, None]
            for k, place in enumerate(self.leaves):
                lo = self.firsts[k]
                hi = self.firsts[k + 1] if k + 1 < len(self.firsts) else len(after)
                which = after[lo:hi].argmin(axis=0)
                least = after[lo:hi][which, every]
                better = least < here[place, : duty + 1]
                here[place, : duty + 1][better] = least[better]
                choice[place, step][better] = (lo + which)[better]
            rested = value[:, min(step + self.rest, steps), 0][:, None]
            better = rested < here[:, 1 : duty + 1]
            here[:, 1 : duty + 1] = np.where(better, rested, here[:, 1 : duty + 1])
            choice[:, step, 1:][better] = -2
        return value, choice

    def forward(self, choice: Choices) -> list[tuple[int, int, int]]:
        """Follow all tails: (action, step, how many tails) for everything they do."""
        steps = choice.shape[1]
        there: list[Counter[tuple[int, int]]] = [Counter() for _ in range(steps + 1)]
        for (place, step), n in self.starts.items():
            there[step][place, 0] += n
        done = []
        for step in range(steps):
            for (place, worked), n in there[step].items():
                what = int(choice[place, step, worked])
                if what == -1:
                    state = (place, worked + 1 if worked else 0)
                    there[step + 1][state] += n
                elif what == -2:
                    there[min(step + self.rest, steps)][place, 0] += n
                else:
                    done.append((what, step, n))
                    took = int(self.takes[what])
                    state = (int(self.lands[what]), worked + took)
                    there[min(step + took, steps)][state] += n
        return done

    def _count(
        self,
        action: int,
        step: int,
        n: int,
        best: list[Floats],
        moved: Floats,
        used: Floats,
    ) -> None:
        one, grid = self.actions[action], self.market.goal.grid
        trip, start = one.trip, step * grid
        _use(used[one.origin], start, trip.load_min, n, grid)
        _use(used[one.destination], start + trip.away_min, trip.ground_min, n, grid)
        if one.rows:
            row = one.rows[int(best[action][step])]
            moved[self.market.index[row.load]] += n * row.most


def _use(used: Floats, at: int, width: int, n: int, grid: int) -> None:
    """Spread so many stand-minutes over the steps that they fall in."""
    until = min(at + width, len(used) * grid)
    while at < until:
        step = at // grid
        upto = min(until, (step + 1) * grid)
        used[step] += n * (upto - at)
        at = upto
