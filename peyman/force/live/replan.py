"""Plan again from now: what has begun stays, and as little as possible of the rest changes.

Events make another problem out of the old one; the serials that can still be flown as they were
planned are kept, and what they no longer carry is dispatched anew around them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from peyman.force.live.begun import (
    Times,
    assembled,
    begin,
    begun_convoys,
    begun_flights,
    rest,
    shifted,
)
from peyman.force.plan import Convoy, Flight, Plan, Reason
from peyman.force.problem import Problem, Tail, Window, given, is_contradictory
from peyman.force.solve.dispatching.board import Board, Put
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.dispatching.roads import March
from peyman.force.solve.network import Network
from peyman.force.solve.reasons import infeasible


@dataclass(frozen=True, slots=True)
class Events:
    """What happened that the plan did not foresee.

    Attributes:
        lost: Tails that fly no more after what they have begun.
        ready: Tail to the minute at which it can fly again.
        closed: Airfield to the times for which it is closed, none of them before now.
        late: Load to the minute at which it becomes available.
        flown: Serial to the times that were reported of it.
    """

    lost: frozenset[str] = frozenset()
    ready: Mapping[str, int] = field(default_factory=dict)
    closed: Mapping[str, tuple[Window, ...]] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    flown: Mapping[str, Times] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What a new plan changes of an old one: serials by name."""

    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def kept_share(self) -> float:
        """How much of the old plan's serials stand unchanged in the new one."""
        return len(self.kept) / max(1, len(self.kept) + len(self.dropped))


def revised(problem: Problem, plan: Plan, now: int, events: Events) -> Problem:
    """The problem as it is after the events; what has begun is given."""
    begun = begun_flights(plan.flights, now, events.flown)
    marched = begun_convoys(plan.convoys, now, events.flown)
    ends = {
        name: max([now, *(one.ready for one in begun if one.tail == name)])
        for name in events.lost
    }
    serials: tuple[Flight | Convoy, ...] = (*begun, *marched)
    moving = {part.load for one in serials for part in one.parts}
    loads = tuple(
        replace(one, ald=max(one.ald, events.late.get(one.id, 0)))
        if one.id not in moving
        else one
        for one in problem.loads
    )
    overdue = tuple(
        new.id
        for old, new in zip(problem.loads, loads, strict=True)
        if is_contradictory(problem, new) and not is_contradictory(problem, old)
    )
    return replace(
        problem,
        tails=tuple(
            replace(
                one,
                available_from=max(one.available_from, events.ready.get(one.id, 0)),
                available_until=ends.get(one.id, one.available_until),
            )
            for one in problem.tails
        ),
        airfields=tuple(
            replace(one, closures=(*one.closures, *events.closed.get(one.id, ())))
            for one in problem.airfields
        ),
        loads=loads,
        since=now,
        begun=begun,
        marched=marched,
        late=(*problem.late, *overdue),
    )


def replan(
    problem: Problem, plan: Plan, now: int, events: Events
) -> tuple[Problem, Plan, Change]:
    """The problem after the events, its plan, and what changed.

    The new plan's bounds are what is fixed already: `peyman.force.live.begun.bounded` adds
    what is proven of the rest.
    """
    asked = revised(problem, plan, now, events)
    network = Network(asked)
    barred = infeasible(network)
    found = [
        _made(network, barred, plan, events, pushes=pushes)
        for pushes in ((False, True) if events.flown else (False,))
    ]
    made = min(found, key=lambda one: _worth(plan, one))
    return asked, made, _change(plan, made)


def _made(
    network: Network,
    barred: dict[str, tuple[Reason, ...]],
    plan: Plan,
    events: Events,
    *,
    pushes: bool,
) -> Plan:
    """What has begun, what can be kept, and the rest around them.

    Args:
        network: The problem after the events.
        barred: Loads that cannot be moved.
        plan: The old plan.
        events: What happened.
        pushes: Whether the flights of a tail that is late follow it, as soon as they can; else
            what they were to carry is dispatched anew.
    """
    problem = network.problem
    loads = [one for one in problem.loads if one.id not in barred]
    keeping = _Keeping(begin(network, loads), events, pushes=pushes)
    kept = keeping.keep(plan)
    if _is_crowded(keeping.dispatch.board):
        # Somebody who was to leave a parking stand no longer does: keep less.
        keeping = _Keeping(begin(network, loads), events, pushes=pushes, is_full=True)
        kept = keeping.keep(plan)
    dispatch = keeping.dispatch
    _hold(dispatch, problem.tails, problem.since, events)
    rest(dispatch, problem.since)
    serials: tuple[Flight | Convoy, ...] = (*plan.flights, *plan.convoys)
    names = [one.serial for one in serials]
    return assembled(dispatch, barred, kept, f"replanned at {problem.since}", names)


def _worth(plan: Plan, made: Plan) -> tuple[int, ...]:
    """By what one plan is better than another: its values, then what it leaves as it was."""
    changed = len({*plan.flights} - {*made.flights})
    return (*(one.value for one in made.objectives[:2]), changed)


def _is_crowded(board: Board) -> bool:
    return any(
        one.parking_mog is not None
        and bool((board.fields[name].parked > one.parking_mog).any())
        for name, one in board.network.airfields.items()
    )


class _Keeping:
    """The serials of an old plan that are put on a board again.

    Attributes:
        is_full: Whether it is asked that there is a parking stand for everybody.
        late_tails: Tails of which reports tell other times than the plan, and whose flights
            follow them: as soon as they can, and not before they were planned.
    """

    def __init__(
        self,
        dispatch: Dispatch,
        events: Events,
        *,
        pushes: bool,
        is_full: bool = False,
    ) -> None:
        self.dispatch = dispatch
        self.events = events
        self.is_full = is_full
        problem = dispatch.network.problem
        self.since = problem.since
        told = (one.tail for one in problem.begun if one.serial in events.flown)
        self.late_tails = frozenset(told) if pushes else frozenset()

    def keep(self, plan: Plan) -> list[Flight | Convoy]:
        """Put what can be done as planned, or pushed; gives it as it was put."""
        begun = {one.serial for one in given(self.dispatch.network.problem)}
        convoys = sorted(plan.convoys, key=lambda one: one.start)
        kept: list[Flight | Convoy] = [
            one for one in convoys if one.serial not in begun and self._march(one)
        ]
        for flight in sorted(plan.flights, key=lambda one: (one.start, one.serial)):
            put = None if flight.serial in begun else self._put(flight)
            if put is not None:
                self.dispatch.board.put(put)
                self.dispatch.moved(put.parts, put.unloaded)
                by = put.start - flight.start
                kept.append(shifted(flight, by) if by else flight)
        return kept

    def _march(self, convoy: Convoy) -> bool:
        late = self.events.late
        is_ready = all(late.get(part.load, 0) <= convoy.start for part in convoy.parts)
        if convoy.start < self.since or not is_ready:
            return False
        routes = {one.id: one for one in self.dispatch.network.problem.routes}
        parts = tuple((part.load, part.pieces) for part in convoy.parts)
        march = March(routes[convoy.route], convoy.start, convoy.arrive, parts)
        self.dispatch.roads.put(march)
        self.dispatch.moved(parts, convoy.arrive)
        return True

    def _put(self, flight: Flight) -> Put | None:
        network, board = self.dispatch.network, self.dispatch.board
        key = (network.tails[flight.tail].type, flight.origin, flight.destination)
        trips = network.trips if flight.parts else network.ferries
        state = board.state[flight.tail]
        if key not in trips or state.place != flight.origin:
            return None
        first = max(flight.start, self.since, self.events.ready.get(flight.tail, 0))
        start = board.earliest(flight.tail, state, trips[key], first)
        is_moved = start != flight.start
        if start is None or (is_moved and flight.tail not in self.late_tails):
            return None
        parts = tuple((part.load, part.pieces) for part in flight.parts)
        put = Put(flight.tail, trips[key], start, parts)
        return put if self._is_free(put) else None

    def _is_free(self, put: Put) -> bool:
        dispatch = self.dispatch
        return (
            put.tail not in self.events.lost
            and all(
                name in dispatch.left and dispatch.left[name] >= pieces
                for name, pieces in put.parts
            )
            and all(_is_available(dispatch, name, put.start) for name, _ in put.parts)
            and (
                not self.is_full
                or dispatch.board.can_park(put.tail, put.trip.destination, put.ready)
            )
        )


def _is_available(dispatch: Dispatch, name: str, start: int) -> bool:
    load = dispatch.network.loads[name]
    return max(load.rld, load.ald) <= start and all(
        dispatch.closed.get(other, start + 1) <= start for other in load.after
    )


def _hold(dispatch: Dispatch, tails: Sequence[Tail], now: int, events: Events) -> None:
    """No tail does anything new before now, or before it can fly again."""
    for tail in tails:
        state = dispatch.board.state[tail.id]
        ready = max(state.ready, now, events.ready.get(tail.id, 0))
        dispatch.board.move(tail.id, replace(state, ready=ready))


def _change(plan: Plan, made: Plan) -> Change:
    """Which flights stand, by name, and which are dropped or new."""
    stand = {one.serial for one in made.flights}
    old = {one.serial for one in plan.flights}
    return Change(
        tuple(one.serial for one in plan.flights if one.serial in stand),
        tuple(one.serial for one in plan.flights if one.serial not in stand),
        tuple(one.serial for one in made.flights if one.serial not in old),
    )
