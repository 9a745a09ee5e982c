"""Plan again from now: what has begun stays, and as little as possible of the rest changes.

Events make another problem out of the old one; the serials that can still be flown as they were
planned are kept, and what they no longer carry is dispatched anew around them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from peyman.force.plan import Flight, Plan
from peyman.force.problem import Load, Problem, Tail, Window, due
from peyman.force.solve.assemble import plan_of, with_values
from peyman.force.solve.board import Board, Put
from peyman.force.solve.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.reasons import infeasible
from peyman.force.solve.roads import March


@dataclass(frozen=True, slots=True)
class Events:
    """What happened that the plan did not foresee.

    Attributes:
        lost: Tails that fly no more after what they have begun.
        ready: Tail to the minute at which it can fly again.
        closed: Airfield to the times for which it is closed, none of them before now.
        late: Load to the minute at which it becomes available.
    """

    lost: frozenset[str] = frozenset()
    ready: Mapping[str, int] = field(default_factory=dict)
    closed: Mapping[str, tuple[Window, ...]] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)


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
    """The problem as it is after the events; what has begun stays allowed."""
    begun = [one for one in plan.flights if one.start < now]
    ends = {
        name: max([now, *(one.ready for one in begun if one.tail == name)])
        for name in events.lost
    }
    moving = {part.load for one in begun for part in one.parts}
    moving |= {
        part.load for one in plan.convoys if one.start < now for part in one.parts
    }
    return replace(
        problem,
        tails=tuple(
            replace(one, available_until=ends[one.id]) if one.id in ends else one
            for one in problem.tails
        ),
        airfields=tuple(
            replace(one, closures=(*one.closures, *events.closed.get(one.id, ())))
            for one in problem.airfields
        ),
        loads=tuple(
            replace(one, ald=max(one.ald, events.late.get(one.id, 0)))
            if one.id not in moving
            else one
            for one in problem.loads
        ),
    )


def replan(
    problem: Problem, plan: Plan, now: int, events: Events
) -> tuple[Problem, Plan, Change]:
    """The problem after the events, its plan, and what changed.

    The new plan's values are reckoned and its bounds are left at nothing: `plan_movement` of the
    new problem proves bounds, and tells what a plan from scratch would save.
    """
    asked = revised(problem, plan, now, events)
    network = Network(asked)
    barred = infeasible(network)
    loads = [one for one in asked.loads if one.id not in barred]
    dispatch = Dispatch(network, loads)
    kept = _keep(dispatch, plan, now, events)
    if _is_crowded(dispatch.board):
        # Somebody who was to leave a parking stand no longer does: keep less.
        dispatch = Dispatch(network, loads)
        kept = _keep(dispatch, plan, now, events, is_parking_asked=True)
    _hold(dispatch, asked.tails, now, events)
    order = [one for one in sorted(asked.loads, key=due) if one.id in dispatch.left]
    _rest(dispatch, order, now)
    made = with_values(network, plan_of(dispatch, barred, f"replanned at {now}"))
    return asked, *_named(plan, made, kept)


def _is_crowded(board: Board) -> bool:
    return any(
        one.parking_mog is not None
        and bool((board.fields[name].parked > one.parking_mog).any())
        for name, one in board.network.airfields.items()
    )


def _keep(
    dispatch: Dispatch,
    plan: Plan,
    now: int,
    events: Events,
    *,
    is_parking_asked: bool = False,
) -> set[str]:
    """Put the serials that can be flown as planned; those that have begun always are."""
    kept = _keep_convoys(dispatch, plan, now, events)
    for flight in sorted(plan.flights, key=lambda one: (one.start, one.serial)):
        put = _as_planned(dispatch, flight, now, events)
        if put is not None and is_parking_asked and flight.start >= now:
            place, ready = flight.destination, put.ready
            put = put if dispatch.board.can_park(flight.tail, place, ready) else None
        if put is not None:
            dispatch.board.put(put)
            dispatch.moved(put.parts, put.unloaded)
            kept.add(flight.serial)
    return kept


def _keep_convoys(dispatch: Dispatch, plan: Plan, now: int, events: Events) -> set[str]:
    kept = set()
    for convoy in sorted(plan.convoys, key=lambda one: one.start):
        if convoy.start < now or all(
            events.late.get(part.load, 0) <= convoy.start for part in convoy.parts
        ):
            parts = tuple((part.load, part.pieces) for part in convoy.parts)
            route = next(
                one for one in dispatch.network.problem.routes if one.id == convoy.route
            )
            march = March(route, convoy.start, convoy.arrive, parts)
            dispatch.roads.put(march)
            dispatch.moved(parts, convoy.arrive)
            kept.add(convoy.serial)
    return kept


def _as_planned(
    dispatch: Dispatch, flight: Flight, now: int, events: Events
) -> Put | None:
    network, board = dispatch.network, dispatch.board
    key = (network.tails[flight.tail].type, flight.origin, flight.destination)
    trips = network.trips if flight.parts else network.ferries
    parts = tuple((part.load, part.pieces) for part in flight.parts)
    put = Put(flight.tail, trips[key], flight.start, parts) if key in trips else None
    if put is None or flight.start < now:
        return put
    state = board.state[flight.tail]
    is_free = (
        flight.tail not in events.lost
        and state.place == flight.origin
        and flight.start >= events.ready.get(flight.tail, 0)
        and all(name in dispatch.left for name, _ in parts)
        and all(_is_available(dispatch, name, flight.start) for name, _ in parts)
    )
    soonest = board.earliest(flight.tail, state, put.trip, flight.start)
    return put if is_free and soonest == flight.start else None


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


def _rest(dispatch: Dispatch, order: Sequence[Load], now: int) -> None:
    """Dispatch what is left, not before now."""
    dispatch.not_before = now
    dispatch.run([one.id for one in order])


def _named(plan: Plan, made: Plan, kept: set[str]) -> tuple[Plan, Change]:
    """Serials that stand as they stood keep their names; new ones get names of their own."""
    old = {_key(one): one.serial for one in plan.flights if one.serial in kept}
    taken = {one.serial for one in plan.flights}
    flights, added = [], []
    fresh = (f"R{i:05}" for i in range(1, len(taken) + len(made.flights) + 1))
    for one in made.flights:
        name = old.get(_key(one))
        if name is None:
            name = next(serial for serial in fresh if serial not in taken)
            added.append(name)
        flights.append(replace(one, serial=name))
    stand = {one.serial for one in flights}
    dropped = tuple(one.serial for one in plan.flights if one.serial not in stand)
    still = tuple(one.serial for one in plan.flights if one.serial in stand)
    return replace(made, flights=tuple(flights)), Change(still, dropped, tuple(added))


def _key(one: Flight) -> tuple[object, ...]:
    return (one.tail, one.origin, one.destination, one.start, one.parts)
