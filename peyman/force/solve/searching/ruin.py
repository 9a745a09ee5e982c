"""Ruin and recreate: some flights are taken off the board and put back where they cost least.

What is taken off is related: flights of about the same time and places, in short strings from a few
tails. All other flights stay. What comes out is kept when it is little worse than the best so far.
Loads that are tied to others (units, `after`) stay where they are, with their tails.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf

import numpy as np

from peyman.force.problem import Load, due
from peyman.force.solve.dispatching.assemble import lateness
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.searching.hopes import Hopes, Way
from peyman.force.solve.searching.routes import Route, Routes, room_left, task_of
from peyman.force.solve.searching.search import Found, worth_of

_STRINGS = 4
_LONGEST = 3
_FEW = 8
_ALL = 0.3
"""Of so few tails of one type all flights are taken off at once, now and then."""
_APART_MIN = 720
"""Another airfield counts as so many minutes more between two flights."""
_MOST_TAILS = 150
"""So many tails, by chance, are looked at for one load, where there are more."""
_TRIES = 20
"""Ways to put one load back that are flown, of those that look best."""
_BLINK = 0.02
_CUT = 0.2
_WARM = 0.005
_STEPS = 10
"""Between two looks at whether what was found is told, or a quarter as many as there are tails."""
_NOTHING = 10
"""A piece that is left behind counts as so many times late until the horizon."""


def free_loads(network: Network, loads: Sequence[Load]) -> list[Load]:
    """The loads that are tied to no other."""
    tied = {one.unit for one in loads if one.within_min is not None}
    waited = {name for one in loads for name in one.after}
    return [
        one
        for one in loads
        if one.unit not in tied and not one.after and one.id not in waited
    ]


class Neighbourhood:
    """A schedule that is changed in place, flight by flight, and can be put back."""

    def __init__(
        self,
        network: Network,
        loads: Sequence[Load],
        found: Found,
        chance: np.random.Generator,
    ) -> None:
        self.network = network
        self.loads = loads
        self.chance = chance
        self.roads = found.dispatch.roads
        self.routes = Routes(network, found.dispatch.board.puts)
        self.free = {one.id: one for one in free_loads(network, loads)}
        self.left = dict(found.dispatch.left)
        self.tails = [
            name
            for name, route in self.routes.routes.items()
            if all(part in self.free for task in route.tasks for part, _ in task.parts)
        ]
        self.hopes = Hopes(network, self.tails)
        self.old: dict[str, Route] = {}
        self.whole = {name: self._each(name) * _NOTHING for name in self.left}

    def _each(self, name: str) -> int:
        load = self.network.loads[name]
        return load.piece_kg * self.network.horizon + lateness(
            self.network, name, self.network.horizon
        )

    def cost(self) -> float:
        """Lateness, what is left behind, and a little for what is flown."""
        return sum(one.cost for one in self.routes.routes.values()) + sum(
            pieces * self.whole[name] for name, pieces in self.left.items() if pieces
        )

    def step(self) -> tuple[dict[str, Route], dict[str, int]]:
        """Ruin and recreate; returns what was there before, for `back`."""
        self.old = {}
        left = dict(self.left)
        self._ruin()
        self._recreate()
        return self.old, left

    def back(self, routes: dict[str, Route], left: dict[str, int]) -> None:
        """Put a step back."""
        for tail in routes:
            self.routes.mark(tail, -1)
        for tail, route in routes.items():
            self.routes.routes[tail] = route
            self.routes.mark(tail, 1)
        self.left = left

    def _change(self, tail: str, route: Route) -> None:
        self.old.setdefault(tail, self.routes.routes[tail])
        self.routes.replace(tail, route)

    def _ruin(self) -> None:
        """Take strings of related flights off a few tails."""
        seed = self._seed()
        if seed is None:
            return
        alike = self._alike(seed.tail)
        if len(alike) <= _FEW and self.chance.random() < _ALL:
            for tail in alike:
                self._take_out(tail, 0, len(self.routes.routes[tail].tasks))
            return
        count = int(self.chance.integers(1, _STRINGS + 1))
        near = sorted(self._related(seed), key=lambda one: one[0])
        for _, tail, at in near[:count]:
            long = int(self.chance.integers(1, _LONGEST + 1))
            begin = max(0, at - int(self.chance.integers(0, long)))
            self._take_out(tail, begin, begin + long)

    def _seed(self) -> Put | None:
        """A flight by chance, half of the time one of a tail that costs much."""
        tails = [name for name in self.tails if self.routes.routes[name].tasks]
        if not tails:
            return None
        tail = tails[int(self.chance.integers(len(tails)))]
        if self.chance.random() < 0.5:
            cost = np.array([self.routes.routes[one].cost for one in tails]) + 1e-9
            tail = tails[int(self.chance.choice(len(tails), p=cost / cost.sum()))]
        legs = self.routes.routes[tail].legs
        return legs[int(self.chance.integers(len(legs)))][-1]

    def _alike(self, tail: str) -> list[str]:
        """The tails of the same type."""
        tails = self.network.tails
        kind = tails[tail].type
        return [name for name in self.tails if tails[name].type == kind]

    def _related(self, seed: Put) -> Iterator[tuple[float, str, int]]:
        """The flight of each tail that is nearest to one: (how far, tail, position)."""
        trip = seed.trip
        noise = self.chance.random(len(self.tails))
        for tail, much in zip(self.tails, noise.tolist(), strict=True):
            best, where = inf, -1
            for i, leg in enumerate(self.routes.routes[tail].legs):
                put = leg[-1]
                far = abs(put.start - seed.start)
                far += _APART_MIN * (put.trip.origin != trip.origin)
                far += _APART_MIN * (put.trip.destination != trip.destination)
                if far < best:
                    best, where = far, i
            if where >= 0:
                yield (0.0 if tail == seed.tail else best * (0.5 + much)), tail, where

    def _take_out(self, tail: str, begin: int, end: int) -> None:
        """Take some tasks off a tail, if it can do the others without them."""
        route = self.routes.routes[tail]
        self.routes.mark(tail, -1)
        new = self.routes.fly(tail, begin, route.tasks[end:])
        self.routes.mark(tail, 1)
        if new is None:
            return
        self._change(tail, new)
        for task in route.tasks[begin:end]:
            for name, pieces in task.parts:
                self.left[name] += pieces

    def _recreate(self) -> None:
        """Put what is left back, load by load, where it costs least."""
        names = [name for name, pieces in self.left.items() if pieces]
        cuts = self.chance.random() < _CUT
        for name in self._in_order([one for one in names if one in self.free]):
            while self.left[name] and self._put_in(self.free[name], cuts=cuts):
                pass

    def _in_order(self, names: list[str]) -> list[str]:
        loads = [self.free[name] for name in names]
        rate = {one.id: self.whole[one.id] * self.left[one.id] for one in loads}
        key: tuple[Callable[[Load], float], ...] = (
            lambda one: -rate[one.id],
            due,
            lambda one: max(one.rld, one.ald),
            lambda one: due(one) - 1440 * rate[one.id] / (1 + max(rate.values())),
        )
        self.chance.shuffle(loads)
        which = int(self.chance.integers(len(key) + 1))
        if which < len(key):
            loads.sort(key=key[which])
        return [one.id for one in loads]

    def _put_in(self, load: Load, *, cuts: bool) -> bool:
        """Put in as much as goes on one flight, where it costs least; says whether it did."""
        best: tuple[float, str, Route, int] | None = None
        tries = 0
        for way in self._ways(load, cuts=cuts):
            least, tail, _, _, pieces, _ = way
            if best and (least >= best[0] or tries >= _TRIES):
                break
            if self.chance.random() < _BLINK:
                continue
            tries += 1
            route = self.routes.routes[tail]
            most = inf if best is None else best[0] * pieces + route.cost
            new = self._with(load, way, most)
            if new:
                best = ((new.cost - route.cost) / pieces, tail, new, pieces)
        if best is None:
            return False
        self._change(best[1], best[2])
        self.left[load.id] -= best[3]
        return True

    def _with(self, load: Load, way: Way, most: float) -> Route | None:
        """A tail's route with a part of a load, if it costs less than `most`."""
        _, tail, at, place, pieces, joins = way
        tasks = self.routes.routes[tail].tasks
        parts = (*(tasks[at].parts if joins else ()), (load.id, pieces))
        new = task_of(self.network, (load.origin, place), parts)
        if joins and room_left(self.network, self.network.tails[tail].type, new) < 0:
            return None
        self.routes.mark(tail, -1, at)
        found = self.routes.fly(tail, at, (new, *tasks[at + joins :]), most)
        self.routes.mark(tail, 1, at)
        return found

    def _ways(self, load: Load, *, cuts: bool) -> list[Way]:
        """The best tails and positions, with what they cost a piece if nothing is in the way."""
        tails: Sequence[str] | None = None
        if len(self.tails) > _MOST_TAILS:
            picked = self.chance.choice(len(self.tails), _MOST_TAILS, replace=False)
            tails = [self.tails[i] for i in picked.tolist()]
        left = self.left[load.id]
        least = 1 if cuts else min(left, self._largest(load))
        return self.hopes.ways(self.routes.routes, load, left, least, tails)

    def _largest(self, load: Load) -> int:
        """The most pieces that one flight takes."""
        return max(
            self.network.most(kind.id, load, load.origin, place)
            for kind in self.network.fleet
            for place in load.destinations
        )

    def found(
        self, order: tuple[str, ...], routes: Iterable[Route], left: dict[str, int]
    ) -> Found:
        """Some routes as a schedule."""
        dispatch = Dispatch(self.network, self.loads)
        dispatch.roads = self.roads
        puts = [put for route in routes for put in route.puts]
        for put in sorted(puts, key=lambda one: (one.start, one.tail)):
            dispatch.board.put(put)
        dispatch.left = dict(left)
        return Found(order, dispatch, worth_of(dispatch))


def recreate(
    network: Network,
    loads: Sequence[Load],
    start: Found,
    chance: np.random.Generator,
    is_over: Callable[[], bool],
) -> Iterator[Found]:
    """Every schedule that is better than all before it, every few steps, until it is over."""
    place = Neighbourhood(network, loads, start, chance)
    if not place.tails or not place.free:
        return
    told = best = current = place.cost()
    kept, left = dict(place.routes.routes), dict(place.left)
    steps, each = 0, max(_STEPS, len(place.tails) // 4)
    while True:
        is_last = is_over()
        if best < told and (is_last or steps % each == 0):
            told = best
            yield place.found(start.order, kept.values(), left)
        if is_last:
            return
        steps += 1
        before = place.step()
        cost = place.cost()
        if cost < best:
            best, kept, left = cost, dict(place.routes.routes), dict(place.left)
        if cost <= max(current, best * (1 + _WARM * float(chance.random()))):
            current = cost
        else:
            place.back(*before)
