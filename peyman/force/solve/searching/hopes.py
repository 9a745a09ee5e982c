"""What a tail's route would come to with one task more, if nothing were in its way.

Stands, windows and parking are left out; crews are not. It takes no look at other tails, so that it is
reckoned once for each route, and tells which few changes are worth flying on the board.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from peyman.force.problem import Load
from peyman.force.solve.network import Network, Trip
from peyman.force.solve.searching.routes import (
    LIFT_WORTH,
    Route,
    Task,
    room_left,
    task_of,
)

Way = tuple[float, int, int, bool]
"""What it costs a piece, position, pieces, whether it joins the task that is there."""
_KEPT = 3
"""Positions on one route that are told for one load."""
_Times = tuple[int, int, int, float]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A type's crew, and its trips as (away, whole, to unloaded, worth of what is flown)."""

    duty: int
    rest: int
    trips: dict[tuple[str, str], _Times]
    ferries: dict[tuple[str, str], _Times]


class Hopes:
    """The ways to put a load into a route, remembered with the route."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.kinds = {
            kind.id: _Kind(
                kind.duty_min,
                kind.rest_min,
                _times(network.trips, kind.id, kind.duty_min),
                _times(network.ferries, kind.id, kind.duty_min),
            )
            for kind in network.fleet
        }
        self._tasks: dict[tuple[str, str, int], Task] = {}

    def ways(self, tail: str, route: Route, load: Load, left: int) -> list[Way]:
        """Every way to put as many of so many pieces as will go on one flight into a route."""
        key = (load.id, left)
        if key not in route.hopes:
            kind = self.network.tails[tail].type
            found = list(self._joins(kind, route, load, left))
            for place in load.destinations:
                most = self.network.most(kind, load, load.origin, place)
                if most:
                    task = self._task(load, place, min(most, left))
                    found += self._own(kind, route, task)
            route.hopes[key] = found
        return route.hopes[key]

    def _task(self, load: Load, place: str, pieces: int) -> Task:
        key = (load.id, place, pieces)
        if key not in self._tasks:
            ends = (load.origin, place)
            self._tasks[key] = task_of(self.network, ends, [(load.id, pieces)])
        return self._tasks[key]

    def _own(self, kind: str, route: Route, task: Task) -> Iterator[Way]:
        """A flight of its own, before a task or after the last: the best few of them."""
        pieces = task.parts[0][1]
        best: list[tuple[float, int]] = []
        # The last positions have the least behind them, so that they are soonest reckoned.
        for at in range(len(route.states) - 1, -1, -1):
            most = best[-1][0] if len(best) == _KEPT else inf
            cost = self.cost(kind, route, at, (task, *route.tasks[at:]), most)
            if cost < most:
                best = sorted([*best, (cost, at)])[:_KEPT]
        for cost, at in best:
            yield cost / pieces, at, pieces, False

    def _joins(self, kind: str, route: Route, load: Load, left: int) -> Iterator[Way]:
        """The flights that have room for a load, or for some of it."""
        for at, task in enumerate(route.tasks):
            if task.origin != load.origin or task.destination not in load.destinations:
                continue
            most = self.network.most(kind, load, task.origin, task.destination)
            room = room_left(self.network, kind, task)
            pieces = min(int(room * most), left) if room > 0 else 0
            if pieces:
                parts = (*task.parts, (load.id, pieces))
                ends = (task.origin, task.destination)
                new = task_of(self.network, ends, parts)
                cost = self.cost(kind, route, at, (new, *route.tasks[at + 1 :]))
                if cost < inf:
                    yield cost / pieces, at, pieces, True

    def cost(
        self,
        kind: str,
        route: Route,
        at: int,
        tasks: Sequence[Task],
        most: float = inf,
    ) -> float:
        """What the route costs more with these tasks from a position on; or `most`, or more."""
        crew, state = self.kinds[kind], route.states[at]
        place, ready, began = state.place, state.ready, state.began
        same = len(route.tasks) - len(tasks)
        cost = 0.0
        for n, task in enumerate(tasks):
            if n and _is_no_later(place, ready, began, route, same):
                return cost
            spent, ready, began = _done(crew, place, (ready, began), task)
            place = task.destination
            cost += spent
            if same >= at:
                cost -= route.costs[same]
            same += 1
            if cost >= most:
                return cost
        return cost


def _done(
    crew: _Kind, place: str, state: tuple[int, int | None], task: Task
) -> tuple[float, int, int]:
    """A task, as soon as the crew can: what it costs, ready again, beginning of the duty."""
    trip = crew.trips.get((task.origin, task.destination))
    if trip is None:
        return inf, 0, 0
    first = max(task.ready, task.ead - trip[0])
    spent = trip[3]
    if place == task.origin:
        start, began = _start(crew, *state, first, trip[1])
    else:
        ferry = crew.ferries.get((place, task.origin))
        if ferry is None:
            return inf, 0, 0
        spent += ferry[3]
        start, began = _ferried(crew, state, (ferry[1], trip[1]), first)
    return task.late(start + trip[2]) + spent, start + trip[1], began


def _ferried(
    crew: _Kind, state: tuple[int, int | None], whole: tuple[int, int], first: int
) -> tuple[int, int]:
    """When a trip begins after a ferry that leaves at once, or so that it need not wait."""
    ready, began = state
    there, begun = _start(crew, ready, began, ready, whole[0])
    soon = _start(crew, there + whole[0], begun, first, whole[1])
    if first - whole[0] <= ready:
        return soon
    there, begun = _start(crew, ready, began, first - whole[0], whole[0])
    late = _start(crew, there + whole[0], begun, first, whole[1])
    return late if late[0] <= soon[0] else soon


def _is_no_later(
    place: str, ready: int, began: int | None, route: Route, same: int
) -> bool:
    """Whether what follows can go as it goes now."""
    old = route.states[same]
    if place != old.place or ready > old.ready:
        return False
    return began is None or (old.began is not None and began >= old.began)


def _start(
    kind: _Kind, ready: int, began: int | None, first: int, whole: int
) -> tuple[int, int]:
    """When a trip begins, and when the duty began that it belongs to."""
    start = max(ready, first)
    if began is None or start - ready >= kind.rest:
        return start, start
    if start + whole - began <= kind.duty:
        return start, began
    start = max(start, ready + kind.rest)
    return start, start


def _times(
    trips: dict[tuple[str, str, str], Trip], kind: str, duty: int
) -> dict[tuple[str, str], _Times]:
    return {
        key[1:]: (
            one.away_min,
            one.whole_min,
            one.away_min + one.unload_min,
            LIFT_WORTH * one.block_min,
        )
        for key, one in trips.items()
        if key[0] == kind and one.whole_min <= duty
    }
