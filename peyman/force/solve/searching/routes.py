"""What each tail flies, one task after the other, while all other tails stay on the board.

A task can be put in anywhere on a tail's route or taken out of it; the route is flown again
from there on, as early as crew, stands and windows allow, and everything else stays as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from math import inf
from typing import Any

from peyman.force.problem import due, weight
from peyman.force.solve.dispatching.board import Board, Put, State
from peyman.force.solve.network import Network, Trip

LIFT_WORTH = 0.01
"""A minute flown, against one weighted kilogram-minute late: it decides between equals."""


@dataclass(frozen=True, slots=True)
class Task:
    """What one flight carries from where to where; `rates` are (due, cost of a minute late)."""

    origin: str
    destination: str
    parts: tuple[tuple[str, int], ...]
    ready: int
    ead: int
    rates: tuple[tuple[int, int], ...]

    def late(self, unloaded: int) -> int:
        """What it costs when it is unloaded then."""
        late = 0
        for by, rate in self.rates:
            if unloaded > by:
                late += rate * (unloaded - by)
        return late

    def first(self, trip: Trip) -> int:
        """When its loading may begin."""
        return max(self.ready, self.ead - trip.away_min)


@dataclass(frozen=True, slots=True)
class Route:
    """A tail's tasks, the flights of each with what they cost, and the states between them.

    Attributes:
        states: Before each task; one more for after the last.
        home: The ferry home, where the tail may not stay.
        line: It in numbers, once somebody has asked (`Hopes`); nothing of it counts.
    """

    tasks: tuple[Task, ...]
    legs: tuple[tuple[Put, ...], ...]
    costs: tuple[float, ...]
    states: tuple[State, ...]
    home: tuple[Put, ...] = ()
    line: list[Any] = field(default_factory=list, compare=False, repr=False)

    @property
    def puts(self) -> list[Put]:
        """All its flights, in order."""
        return [put for leg in self.legs for put in leg] + list(self.home)

    @property
    def cost(self) -> float:
        """Lateness, and a little for what is flown."""
        return sum(self.costs)


def task_of(
    network: Network, ends: tuple[str, str], parts: Sequence[tuple[str, int]]
) -> Task:
    """A task of some parts (load, pieces); parts of the same load are one."""
    pieces: dict[str, int] = {}
    for name, count in parts:
        pieces[name] = pieces.get(name, 0) + count
    loads = [network.loads[name] for name in pieces]
    rates = tuple(
        (due(one), one.piece_kg * weight(network.problem, one) * pieces[one.id])
        for one in loads
    )
    ready = max(max(one.rld, one.ald) for one in loads)
    ead = max(one.ead for one in loads)
    return Task(*ends, tuple(pieces.items()), ready, ead, rates)


class Routes:
    """The routes of all tails, and the stands that they take."""

    def __init__(self, network: Network, puts: Iterable[Put]) -> None:
        self.network = network
        self.board = Board(network)
        self.routes: dict[str, Route] = {}
        flown: dict[str, list[Put]] = {name: [] for name in network.tails}
        for put in sorted(puts, key=lambda one: one.start):
            flown[put.tail].append(put)
        for name, row in flown.items():
            self.routes[name] = self._read(name, row)
            self.mark(name, 1)

    def _read(self, tail: str, puts: list[Put]) -> Route:
        """The route that some flights of one tail are."""
        state = self.board.state[tail]
        states, tasks, legs, costs = [state], [], [], []
        leg: list[Put] = []
        for put in puts:
            state = self.board.after(tail, state, put.trip, put.start)
            leg.append(put)
            if put.parts:
                ends = (put.trip.origin, put.trip.destination)
                tasks.append(task_of(self.network, ends, put.parts))
                states.append(state)
                legs.append(tuple(leg))
                costs.append(_cost(tasks[-1], leg))
                leg = []
        return Route(tuple(tasks), tuple(legs), tuple(costs), tuple(states), tuple(leg))

    def mark(self, tail: str, by: int, at: int = 0) -> None:
        """Let a tail's flights and stays take their stands (1), or give them back (-1).

        Only from the end of the task before `at` on.
        """
        fields, route = self.board.fields, self.routes[tail]
        base = self.network.tails[tail].base
        place, ready = route.states[at].place, route.states[at].ready
        for put in (*chain.from_iterable(route.legs[at:]), *route.home):
            trip, start = put.trip, put.start
            if place != base:
                fields[place].park(ready, start, by)
            if trip.load_min:
                fields[place].work(start, start + trip.load_min, by)
            place, lands = trip.destination, start + trip.load_min + trip.block_min
            ready = lands + trip.ground_min
            fields[place].work(lands, ready, by)
        if place != base:
            fields[place].park(ready, None, by)

    def replace(self, tail: str, route: Route) -> None:
        """Let a tail fly something else; its marks are changed."""
        self.mark(tail, -1)
        self.routes[tail] = route
        self.mark(tail, 1)

    def fly(
        self, tail: str, at: int, tasks: Sequence[Task], most: float = inf
    ) -> Route | None:
        """A route as it is up to a task, and then others; its own marks are off.

        Args:
            tail: Whose.
            at: So many tasks stay as they are.
            tasks: What follows.
            most: What all of it costs at most; None if it costs more, or cannot be.
        """
        old = self.routes[tail]
        legs, costs = list(old.legs[:at]), list(old.costs[:at])
        states = list(old.states[: at + 1])
        cost = sum(costs)
        skew = len(old.tasks) - at - len(tasks)
        for n, task in enumerate(tasks):
            same = at + n + skew
            if same >= 0 and states[-1] == old.states[same]:
                rest = tuple(tasks[n:])
                if rest == old.tasks[same:]:
                    costs += old.costs[same:]
                    if sum(costs) >= most:
                        return None
                    legs += old.legs[same:]
                    states += old.states[same + 1 :]
                    done = (*old.tasks[:at], *tasks)
                    return Route(
                        done, tuple(legs), tuple(costs), tuple(states), old.home
                    )
            leg = self._leg(tail, states[-1], task)
            if not leg:
                return None
            costs.append(_cost(task, leg))
            cost += costs[-1]
            # What follows is not sooner than it was: nothing was taken out before it.
            if cost + sum(old.costs[max(0, same) + 1 :]) >= most:
                return None
            legs.append(tuple(leg))
            states.append(self._along(tail, states[-1], leg))
        done = (*old.tasks[:at], *tasks)
        return self._ended(tail, Route(done, tuple(legs), tuple(costs), tuple(states)))

    def _along(self, tail: str, state: State, leg: Iterable[Put]) -> State:
        for put in leg:
            state = self.board.after(tail, state, put.trip, put.start)
        return state

    def _ended(self, tail: str, route: Route) -> Route | None:
        """With the ferry home, where the tail may not stay; None if it cannot get away."""
        state = route.states[-1]
        if self._may_stay(tail, state, None):
            return route
        home = self._homeward(tail, state)
        if home is None:
            return None
        return Route(route.tasks, route.legs, route.costs, route.states, (home,))

    def _homeward(self, tail: str, state: State) -> Put | None:
        one = self.network.tails[tail]
        ferry = self.network.ferries.get((one.type, state.place, one.base))
        if ferry is None:
            return None
        start = self.board.earliest(tail, state, ferry, state.ready)
        if start is None or not self._may_stay(tail, state, start):
            return None
        return Put(tail, ferry, start)

    def _may_stay(self, tail: str, state: State, until: int | None) -> bool:
        most = self.network.airfields[state.place].parking_mog
        if most is None or self.network.tails[tail].base == state.place:
            return True
        field = self.board.fields[state.place]
        return not field.is_parked_full(most, state.ready, until)

    def _leg(self, tail: str, state: State, task: Task) -> list[Put]:
        """The flights that do a task from a state, by way of home if need be; or none."""
        leg = self._straight(tail, state, task)
        if leg or state.place == self.network.tails[tail].base:
            return leg
        home = self._homeward(tail, state)
        if home is None:
            return []
        there = self.board.after(tail, state, home.trip, home.start)
        leg = self._straight(tail, there, task)
        return [home, *leg] if leg else []

    def _straight(self, tail: str, state: State, task: Task) -> list[Put]:
        kind = self.network.tails[tail].type
        trip = self.network.trips.get((kind, task.origin, task.destination))
        if trip is None:
            return []
        first = task.first(trip)
        if state.place == task.origin:
            start = self.board.earliest(tail, state, trip, first)
            if start is None or not self._may_stay(tail, state, start):
                return []
            return [Put(tail, trip, start, task.parts)]
        ferry = self.network.ferries.get((kind, state.place, task.origin))
        if ferry is None:
            return []
        begins = sorted({state.ready, max(state.ready, first - ferry.whole_min)})
        ways = [self._ferried(tail, state, ferry, one, task) for one in begins]
        # A crew that leaves no sooner than it must has more of its duty left.
        return min(
            filter(None, reversed(ways)), key=lambda way: way[1].start, default=[]
        )

    def _ferried(
        self, tail: str, state: State, ferry: Trip, begin: int, task: Task
    ) -> list[Put]:
        """A ferry that leaves then or later, and the task; or nothing."""
        trip = self.network.trips[ferry.type, task.origin, task.destination]
        start = self.board.earliest(tail, state, ferry, begin)
        if start is None or not self._may_stay(tail, state, start):
            return []
        there = self.board.after(tail, state, ferry, start)
        loads = self.board.earliest(tail, there, trip, task.first(trip))
        if loads is None or not self._may_stay(tail, there, loads):
            return []
        return [Put(tail, ferry, start), Put(tail, trip, loads, task.parts)]


def _cost(task: Task, leg: Sequence[Put]) -> float:
    lift = sum(put.trip.block_min for put in leg)
    return task.late(leg[-1].unloaded) + LIFT_WORTH * lift


def room_left(network: Network, kind: str, task: Task) -> Fraction:
    """The share of an aircraft of a type that a task leaves free; below 0 if it does not fit."""
    room = Fraction(1)
    for name, pieces in task.parts:
        most = network.most(kind, network.loads[name], task.origin, task.destination)
        if not most:
            return Fraction(-1)
        room -= Fraction(pieces, most)
    return room
