"""What the routes of all tails would come to with one task more, if nothing were in their way.

Stands, windows and parking are left out; crews are not. All positions on all routes of a type are reckoned
together: the task itself and the one after it exactly, those that follow by what a delay of the first of
them costs, which is reckoned once for each route. It tells which few changes are worth flying on the board.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.problem import AircraftType, Load, due, weight
from peyman.force.solve.dispatching.board import State
from peyman.force.solve.network import Network
from peyman.force.solve.searching.routes import LIFT_WORTH, Route, Task

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Way = tuple[float, str, int, str, int, bool]
"""What it costs a piece, tail, position, destination, pieces, whether it joins the task there."""
_DELAYS: Final = (0, 60, 120, 240, 480, 720, 960, 1200, 1440, 1800, 2160, 2880)
_LATER: Final = np.array([-1440, -720, -240, *_DELAYS, 4320, 8640, 34560])
"""Minutes of delay at which the cost of what follows is known; between them it is a line."""
_NEVER: Final = 10**8
_PLACES: Final = 8
"""Positions that a row has room for, to begin with."""
_TOLD: Final = 24
"""Ways that are told for one load: those that look best."""
_PLACE, _READY, _RESTED, _ENDS, _ORIGIN, _THERE, _FIRST, _WHOLE, _BEGIN, _FREE, _OFF = (
    range(11)
)


@dataclass(frozen=True, slots=True)
class Line:
    """A route in numbers, position by position: the state before a task, the task, the end.

    Attributes:
        times: Place, when ready, when rested, when the duty ends; of the task its origin (-1
            after the last), destination, first and whole minutes, when it begins, when it would
            begin if nothing were in its way, when it is unloaded.
        more: What it and all that follows costs more, by how much later it begins.
        empty: The share of the aircraft that is free.
        ferried: What is flown empty before it, at its worth.
    """

    times: Ints
    more: Floats
    empty: Floats
    ferried: Floats


class Hopes:
    """The ways to put a load into the routes of some tails."""

    def __init__(self, network: Network, tails: Sequence[str]) -> None:
        self.network = network
        self.place = {name: i for i, name in enumerate(network.airfields)}
        self.fleets = [
            _Fleet(network, kind, self.place, own)
            for kind in network.fleet
            if (own := [one for one in tails if network.tails[one].type == kind.id])
        ]

    def ways(
        self,
        routes: dict[str, Route],
        load: Load,
        left: int,
        least: int,
        tails: Sequence[str] | None = None,
    ) -> list[Way]:
        """The best ways to put as many pieces as will go on one flight into a route.

        Args:
            routes: What the tails fly.
            load: The load.
            left: Its pieces.
            least: So many pieces at least go on a flight of their own, and all beside others;
                1 if it may be cut anyhow.
            tails: The only ones that are looked at, if not all are.
        """
        found: list[Way] = []
        for fleet in self.fleets:
            rows = fleet.look(routes, tails)
            for place in load.destinations if len(rows) else ():
                most = self.network.most(fleet.kind.id, load, load.origin, place)
                if min(most, left) >= least:
                    found += fleet.own(rows, load, place, min(most, left))
                if most:
                    beside = 1 if least == 1 else left
                    found += fleet.joins(rows, load, place, (most, beside, left))
        return sorted(found)[:_TOLD]


class _Fleet:
    """The routes of the tails of one type, a row each."""

    def __init__(
        self,
        network: Network,
        kind: AircraftType,
        place: dict[str, int],
        tails: Sequence[str],
    ) -> None:
        self.network, self.kind, self.place, self.tails = network, kind, place, tails
        self.row = {name: i for i, name in enumerate(tails)}
        self.every = np.arange(len(tails))
        self.shown: list[Route | None] = [None] * len(tails)
        self.ferry = np.full((len(place), len(place)), _NEVER, dtype=np.int64)
        self.lift = np.zeros(self.ferry.shape)
        for (name, origin, there), trip in network.ferries.items():
            if name == kind.id and trip.whole_min <= kind.duty_min:
                ends = place[origin], place[there]
                self.ferry[ends], self.lift[ends] = trip.whole_min, trip.block_min
        np.fill_diagonal(self.ferry, 0)
        self.lift *= LIFT_WORTH
        self._make(_PLACES)

    def _make(self, places: int) -> None:
        """Empty rows of so many positions."""
        size = (len(self.tails), places)
        self.times = np.full((_OFF + 1, *size), _NEVER, dtype=np.int64)
        self.more = np.zeros((*size, len(_LATER)))
        self.empty, self.ferried = np.zeros(size), np.zeros(size)
        self.shown = [None] * len(self.tails)

    def look(self, routes: dict[str, Route], tails: Sequence[str] | None) -> Ints:
        """The rows of some tails, after what has changed of them is read again."""
        rows = self.every
        if tails is not None:
            known = [self.row[one] for one in tails if one in self.row]
            rows = np.array(known, dtype=np.int64)
        for row in rows.tolist():
            route = routes[self.tails[row]]
            if self.shown[row] is not route:
                if not route.line:
                    route.line.append(self._line(route))
                if len(route.states) > self.times.shape[2]:
                    self._make(2 * len(route.states))
                    return self.look(routes, tails)
                self._show(row, route)
        return rows

    def _show(self, row: int, route: Route) -> None:
        line, count = route.line[0], len(route.states)
        self.times[:, row, :count] = line.times
        self.times[:, row, count:] = _NEVER
        self.more[row, :count] = line.more
        self.empty[row] = 0.0
        self.empty[row, :count] = line.empty
        self.ferried[row, :count] = line.ferried
        self.shown[row] = route

    def _line(self, route: Route) -> Line:
        place, count = self.place, len(route.tasks)
        times = np.full((_OFF + 1, count + 1), _NEVER, dtype=np.int64)
        times[:_ORIGIN] = np.array([self._state(one) for one in route.states]).T
        times[_ORIGIN, count] = -1
        puts = [leg[-1] for leg in route.legs]
        if count:
            times[_ORIGIN:_FREE, :count] = np.array(
                [
                    (
                        place[task.origin],
                        place[task.destination],
                        task.first(put.trip),
                        put.trip.whole_min,
                        put.start,
                    )
                    for task, put in zip(route.tasks, puts, strict=True)
                ]
            ).T
            times[_OFF, :count] = [one.unloaded for one in puts]
        more = np.zeros((count + 1, len(_LATER)))
        if count:
            times[_FREE, :count] = self._then(times[:_ORIGIN, :-1], times[:, :-1])[0]
            more[:-1] = self._more(route, times[:, :-1])
        empty, ferried = np.zeros(count + 1), np.zeros(count + 1)
        empty[:count] = [self._empty(one) for one in route.tasks]
        ferried[:count] = [
            LIFT_WORTH * sum(one.trip.block_min for one in leg[:-1])
            for leg in route.legs
        ]
        return Line(times, more, empty, ferried)

    def _state(self, state: State) -> tuple[int, int, int, int]:
        is_rested = state.began is None
        rested = state.ready + (0 if is_rested else self.kind.rest_min)
        ends = (state.began or 0) + self.kind.duty_min
        return self.place[state.place], state.ready, rested, ends

    def _empty(self, task: Task) -> float:
        """The share of an aircraft that a task leaves free, nearly."""
        ends, loads = (task.origin, task.destination), self.network.loads
        each = (
            pieces / (self.network.most(self.kind.id, loads[name], *ends) or 1)
            for name, pieces in task.parts
        )
        return 1.0 - sum(each)

    def _more(self, route: Route, times: Ints) -> Floats:
        """What each task and all that follow cost more if it begins later."""
        state = np.repeat(times[:_ORIGIN, :, None], len(_LATER), axis=2)
        state[1:] += _LATER
        tasks = times[:, :, None]
        delay = _delay(self._then(state, tasks)[0], tasks)
        late = [
            _late(task, int(off) + _LATER) - task.late(int(off))
            for task, off in zip(route.tasks, times[_OFF], strict=True)
        ]
        for i in range(len(late) - 2, -1, -1):
            late[i] += np.interp(delay[i + 1], _LATER, late[i + 1])
        return np.array(late)

    def _then(self, state: Ints, task: Ints) -> tuple[Ints, Ints]:
        """When a task begins after a state, and when the duty ends that it belongs to."""
        ferry = self.ferry[state[_PLACE], task[_ORIGIN]]
        return self._begins(state, ferry, task[_FIRST], task[_WHOLE])

    def _begins(
        self, state: Ints, ferry: Ints, first: Ints | int, whole: Ints | int
    ) -> tuple[Ints, Ints]:
        """After a ferry that leaves at once, or so that it need not wait: the sooner of the two."""
        _, ready, rested, ends = state[:_ORIGIN]
        rest = self.kind.rest_min
        found = []
        for leaves in (first - ferry, ready):
            start, end = self._start(ready, rested, ends, leaves, ferry)
            there = start + ferry
            fresh = np.where(ferry > 0, there + rest, rested)
            found.append(self._start(there, fresh, end, first, whole))
        (late, late_ends), (soon, soon_ends) = found
        is_late = late <= soon
        return np.where(is_late, late, soon), np.where(is_late, late_ends, soon_ends)

    def _start(
        self,
        ready: Ints,
        rested: Ints,
        ends: Ints,
        first: Ints | int,
        whole: Ints | int,
    ) -> tuple[Ints, Ints]:
        """When a trip begins, and when the duty ends that it belongs to."""
        start = np.maximum(ready, first)
        is_tired = (start < rested) & (start + whole > ends)
        start = np.where(is_tired, rested, start)
        return start, np.where(start >= rested, start + self.kind.duty_min, ends)

    def own(self, rows: Ints, load: Load, place: str, pieces: int) -> Iterator[Way]:
        """A flight of its own, before a task or after the last."""
        trip = self.network.trips[self.kind.id, load.origin, place]
        if trip.whole_min > self.kind.duty_min:
            return
        times = self.times if len(rows) == len(self.tails) else self.times[:, rows]
        here, there = self.place[load.origin], self.place[place]
        first = max(load.rld, load.ald, load.ead - trip.away_min)
        ferry = self.ferry[times[_PLACE] % len(self.place), here]
        start, ends = self._begins(times, ferry, first, trip.whole_min)
        off = start + trip.away_min + trip.unload_min
        rate = pieces * load.piece_kg * weight(self.network.problem, load)
        cost = rate * np.maximum(0, off - due(load)) + LIFT_WORTH * trip.block_min
        cost += self.lift[times[_PLACE] % len(self.place), here]
        ready = start + trip.whole_min
        cost += self._after(rows, times, np.array([there]), (ready, ends))
        cost[ready > self.network.horizon] = np.inf
        for cell in _least(cost):
            row, at = divmod(cell, cost.shape[1])
            tail = self.tails[int(rows[row])]
            yield float(cost[row, at]) / pieces, tail, at, place, pieces, False

    def _after(
        self, rows: Ints, times: Ints, there: Ints, free: tuple[Ints, Ints]
    ) -> Floats:
        """What the tasks that stand there cost more after a flight that ends so."""
        ready, ends = free
        origin = times[_ORIGIN] % len(self.place)
        rested = ready + self.kind.rest_min
        state = np.stack([np.broadcast_to(there, ready.shape), ready, rested, ends])
        ferry = self.ferry[there, origin]
        begins, _ = self._begins(state, ferry, times[_FIRST], times[_WHOLE])
        delay = _delay(begins, times)
        where = (rows[:, None], np.arange(times.shape[2])[None, :])
        more = _between(self.more, delay, where)
        more += self.lift[there, origin] - self.ferried[rows]
        is_last = (times[_ORIGIN] < 0) | (times[_ORIGIN] >= _NEVER)
        found: Floats = np.where(is_last, 0.0, more)
        return found

    def joins(
        self, rows: Ints, load: Load, place: str, counts: tuple[int, int, int]
    ) -> Iterator[Way]:
        """The flights that have room for pieces: `counts` are what fills one, least, and most."""
        most, least, left = counts
        here, there = self.place[load.origin], self.place[place]
        times = self.times[:, rows]
        room = np.floor(self.empty[rows] * most + 1e-9)
        fits = (times[_ORIGIN] == here) & (times[_THERE] == there) & (room >= least)
        row, at = fits.nonzero()
        if not len(row):
            return
        trip = self.network.trips[self.kind.id, load.origin, place]
        first = max(load.rld, load.ald, load.ead - trip.away_min)
        delay = np.maximum(0, first - times[_BEGIN, row, at])
        off = times[_OFF, row, at] + delay
        each = load.piece_kg * weight(self.network.problem, load)
        pieces = np.minimum(room[row, at], left)
        more = _between(self.more, delay, (rows[row], at))
        cost = each * np.maximum(0, off - due(load)) + more / pieces
        for i in _least(cost):
            tail = self.tails[int(rows[row[i]])]
            yield float(cost[i]), tail, int(at[i]), place, int(pieces[i]), True


def _least(cost: Floats) -> list[int]:
    """The cells that cost least, in no order; none that cannot be."""
    flat = cost.ravel()
    cells = np.arange(len(flat))
    if len(flat) > _TOLD:
        cells = np.argpartition(flat, _TOLD)[:_TOLD]
    found: list[int] = cells[flat[cells] < np.inf].tolist()
    return found


def _late(task: Task, unloaded: Ints) -> Floats:
    """What a task costs that is unloaded at those minutes."""
    cost = np.zeros(len(unloaded))
    for by, rate in task.rates:
        cost += rate * np.maximum(0, unloaded - by)
    return cost


def _delay(begins: Ints, task: Ints) -> Ints:
    """How much later a task begins than it does; sooner only if it could begin sooner now."""
    now, free = task[_BEGIN], task[_FREE]
    found: Ints = np.where(begins > now, begins - now, np.minimum(0, begins - free))
    return found


def _between(more: Floats, delay: Ints, where: tuple[Ints, ...] = ()) -> Floats:
    """What a delay costs, on the line between the two nearest that are known."""
    delay = np.maximum(delay, _LATER[0])
    i = np.minimum(np.searchsorted(_LATER, delay, side="right") - 1, len(_LATER) - 2)
    low, high = more[(*where, i)], more[(*where, i + 1)]
    part = (delay - _LATER[i]) / (_LATER[i + 1] - _LATER[i])
    found: Floats = low + (high - low) * part
    return found
