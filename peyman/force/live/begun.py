"""What has begun by a moment, put on the board as it is, and the rest of a movement around it.

A serial that has begun is told by the times that were reported of it, else as it was planned. It
is given: the checker asks no rule of it, and what follows on the same tail starts from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from peyman.force.checking import fixed, proven_bound, values
from peyman.force.plan import Convoy, Flight, Objective, Plan, Reason, Unmet
from peyman.force.problem import Load, Problem, due, given, weight
from peyman.force.solve.dispatching.assemble import plan_of
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.dispatching.roads import March
from peyman.force.solve.network import Network, Trip
from peyman.force.solve.reasons import infeasible

T = TypeVar("T", Flight, Convoy)
_NO_LIFT = "lift"


@dataclass(frozen=True, slots=True)
class Times:
    """When a serial did what it did, in minutes; of a convoy, `unloaded` is when it arrives."""

    start: int
    depart: int
    arrive: int
    unloaded: int
    ready: int


def begun_flights(
    flights: Sequence[Flight], now: int, flown: Mapping[str, Times]
) -> tuple[Flight, ...]:
    """The flights that have begun by a minute, each as it was flown.

    What nobody reported is taken to go as it was planned, but not before the aircraft is back
    from the flight before: then it has not begun, and neither has anything after it.
    """
    rows: dict[str, list[Flight]] = {}
    for one in sorted(flights, key=lambda one: (one.start, one.serial)):
        rows.setdefault(one.tail, []).append(one)
    found = [one for row in rows.values() for one in _of_tail(row, now, flown)]
    return tuple(sorted(found, key=lambda one: (one.start, one.serial)))


def _of_tail(
    row: Sequence[Flight], now: int, flown: Mapping[str, Times]
) -> Iterable[Flight]:
    free, is_behind = 0, False
    for one in row:
        is_reported = one.serial in flown
        was = _flown(one, flown[one.serial]) if is_reported else one
        is_behind = not is_reported and (is_behind or one.start < free)
        if was.start >= now:
            is_behind = True
        if not is_behind:
            free = max(free, was.ready)
            yield was


def _flown(one: Flight, at: Times) -> Flight:
    return replace(
        one,
        start=at.start,
        depart=at.depart,
        arrive=at.arrive,
        unloaded=at.unloaded,
        ready=at.ready,
    )


def shifted(one: Flight, minutes: int) -> Flight:
    """A flight that goes so much later."""
    times = (one.start, one.depart, one.arrive, one.unloaded, one.ready)
    return _flown(one, Times(*(at + minutes for at in times)))


def begun_convoys(
    convoys: Sequence[Convoy], now: int, flown: Mapping[str, Times]
) -> tuple[Convoy, ...]:
    """The convoys that have begun by a minute, each as it marched."""
    found = []
    for one in convoys:
        if (at := flown.get(one.serial)) is not None:
            one = replace(one, start=at.start, arrive=at.unloaded)
        if one.start < now:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.start, one.serial)))


def begin(network: Network, loads: Sequence[Load]) -> Dispatch:
    """The board with everything on it that has begun."""
    dispatch = Dispatch(network, loads)
    problem = network.problem
    for one in sorted(problem.begun, key=lambda one: (one.start, one.ready)):
        parts = tuple((part.load, part.pieces) for part in one.parts)
        dispatch.board.put(Put(one.tail, trip_of(network, one), one.start, parts))
        dispatch.moved(parts, one.unloaded)
    routes = {one.id: one for one in problem.routes}
    for march in problem.marched:
        parts = tuple((part.load, part.pieces) for part in march.parts)
        put = March(routes[march.route], march.start, march.arrive, parts)
        dispatch.roads.put(put)
        dispatch.moved(parts, march.arrive)
    return dispatch


def trip_of(network: Network, one: Flight) -> Trip:
    """A flight as it was flown: its own minutes, and not those of its type."""
    return Trip(
        network.tails[one.tail].type,
        one.origin,
        one.destination,
        one.depart - one.start,
        one.arrive - one.depart,
        one.unloaded - one.arrive,
        one.ready - one.arrive,
    )


def continued(problem: Problem) -> Plan:
    """A plan of what has not begun, found at once, around what has; its bounds are what is fixed."""
    network = Network(problem)
    barred = infeasible(network)
    loads = [one for one in problem.loads if one.id not in barred]
    dispatch = begin(network, loads)
    for tail in problem.tails:
        state = dispatch.board.state[tail.id]
        ready = max(state.ready, problem.since)
        dispatch.board.move(tail.id, replace(state, ready=ready))
    rest(dispatch, problem.since)
    return assembled(dispatch, barred, (), f"continued from {problem.since}")


def rest(dispatch: Dispatch, now: int) -> None:
    """Dispatch what is left, what is due first, not before now."""
    loads = sorted(dispatch.network.problem.loads, key=due)
    dispatch.not_before = now
    dispatch.run([one.id for one in loads if one.id in dispatch.left])


def assembled(
    dispatch: Dispatch,
    barred: dict[str, tuple[Reason, ...]],
    known: Iterable[Flight | Convoy],
    made_by: str,
    used: Iterable[str] = (),
) -> Plan:
    """The plan of a board with its values; serials that stand as they stood keep their names.

    Args:
        dispatch: What is on the board, what has begun among it.
        barred: Loads that cannot be moved, with the reasons.
        known: Serials that are on the board under names of their own.
        made_by: Which procedure.
        used: Names that no new serial gets.
    """
    problem = dispatch.network.problem
    made = plan_of(dispatch, barred, made_by)
    # Without a headway two convoys may be alike in all but their names.
    old: dict[tuple[object, ...], list[str]] = {}
    for one in (*given(problem), *known):
        names = old.setdefault(_key(one), [])
        if one.serial not in names:
            names.append(one.serial)
    taken = {*used, *(name for names in old.values() for name in names)}
    plan = replace(
        made,
        flights=tuple(_named(made.flights, old, taken, "R{:05}")),
        convoys=tuple(_named(made.convoys, old, taken, "RC{:04}")),
        unmet=tuple(_unmet(problem, made.unmet, barred)),
    )
    return replace(plan, objectives=_objectives(problem, plan))


def _named(
    serials: Sequence[T],
    old: Mapping[tuple[object, ...], list[str]],
    taken: set[str],
    form: str,
) -> Iterable[T]:
    number = 0
    for one in serials:
        names = old.get(_key(one))
        name = names.pop(0) if names else None
        while name is None:
            number += 1
            fresh = form.format(number)
            name = None if fresh in taken else fresh
        yield replace(one, serial=name)


def _key(one: Flight | Convoy) -> tuple[object, ...]:
    if isinstance(one, Convoy):
        return (one.route, one.start, one.arrive, one.parts)
    return (one.tail, one.origin, one.destination, one.start, one.arrive, one.parts)


def _unmet(
    problem: Problem, unmet: Sequence[Unmet], barred: Mapping[str, object]
) -> Iterable[Unmet]:
    """What is left of loads that cannot be moved any more, of which some may have gone."""
    gone: dict[str, int] = {}
    for one in given(problem):
        for part in one.parts:
            gone[part.load] = gone.get(part.load, 0) + part.pieces
    for left in unmet:
        pieces = left.pieces - (gone.get(left.load, 0) if left.load in barred else 0)
        if pieces > 0:
            yield replace(left, pieces=pieces)


def _objectives(problem: Problem, plan: Plan) -> tuple[Objective, ...]:
    """The values of a plan, each with what is fixed of it as its bound."""
    least = fixed(problem)
    loads = {one.id: one for one in problem.loads}
    least["undelivered"] = sum(
        one.pieces * loads[one.load].piece_kg * weight(problem, loads[one.load])
        for one in plan.unmet
        if any(reason.code != _NO_LIFT for reason in one.reasons)
    )
    found = values(problem, plan)
    return tuple(Objective(name, value, least[name]) for name, value in found.items())


def bounded(problem: Problem, plan: Plan, other: Plan) -> Plan:
    """A plan with the bounds that were proven of what remains.

    Args:
        problem: In which something has begun.
        plan: Its plan.
        other: Any plan of `peyman.force.checking.remaining(problem)` with its certificates.
    """
    is_whole = all(
        any(reason.code != _NO_LIFT for reason in one.reasons) for one in plan.unmet
    )
    proven = {one.name: one for one in other.objectives}
    left = next((one.value for one in plan.objectives if one.name == "undelivered"), 0)
    undelivered = None if is_whole else left
    objectives = []
    for one in plan.objectives:
        found = proven.get(one.name)
        prices = found.prices if found else None
        if prices is not None and (is_whole or one.name != "closure"):
            # Reckoned again: of the rest, crews were taken as rested, and here they are as they are.
            bound = proven_bound(problem, prices, undelivered)
            one = replace(one, bound=max(one.bound, bound), prices=prices)
        objectives.append(one)
    return replace(plan, objectives=tuple(objectives))


def of_what_remains(problem: Problem, plan: Plan) -> tuple[Objective, ...]:
    """The objectives of a plan without what is fixed of them: values, bounds and so gaps.

    The closure is that of the whole, since the last piece is one of those that remain or has come.
    """
    least = fixed(problem)
    least["closure"] = 0
    return tuple(
        replace(
            one,
            value=one.value - least.get(one.name, 0),
            bound=max(one.bound - least.get(one.name, 0), 0),
        )
        for one in plan.objectives
    )
