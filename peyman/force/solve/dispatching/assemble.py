"""From what is on the board to a plan: serials with names and times, and what is unmet."""

from peyman.force.plan import Convoy, Flight, Objective, Part, Plan, Reason, Unmet
from peyman.force.problem import due, weight
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.saying import say


def plan_of(
    dispatch: Dispatch, barred: dict[str, tuple[Reason, ...]], made_by: str
) -> Plan:
    """The plan, with its values and no bounds yet; serials are numbered by their start."""
    network = dispatch.network
    puts = sorted(dispatch.board.puts, key=lambda one: (one.start, one.tail))
    marches = sorted(dispatch.roads.marches, key=lambda one: (one.start, one.route.id))
    convoys = tuple(
        Convoy(
            f"C{i:04}",
            one.route.id,
            one.start,
            one.arrive,
            tuple(Part(*part) for part in one.parts),
        )
        for i, one in enumerate(marches, 1)
    )
    flights = tuple(_flight(f"F{i:05}", one) for i, one in enumerate(puts, 1))
    unmet = [
        Unmet(name, one.line, one.pieces, barred[name])
        for name, one in network.loads.items()
        if name in barred
    ]
    unmet += [
        Unmet(name, network.loads[name].line, left, (_no_lift(name),))
        for name, left in dispatch.left.items()
        if left
    ]
    return Plan(network.digest, flights, convoys, tuple(unmet), (), made_by)


def with_values(network: Network, plan: Plan) -> Plan:
    """The plan with the value of each objective; a bound is 0 until one is proven."""
    barred = {
        one.load
        for one in plan.unmet
        if any(reason.code != "lift" for reason in one.reasons)
    }
    unloaded = [(part, one.unloaded) for one in plan.flights for part in one.parts]
    unloaded += [(part, one.arrive) for one in plan.convoys for part in one.parts]
    late = sum(part.pieces * lateness(network, part.load, at) for part, at in unloaded)
    closure = max((at for _, at in unloaded), default=0)
    left = 0
    for one in plan.unmet:
        load = network.loads[one.load]
        left += one.pieces * load.piece_kg * weight(network.problem, load)
        if one.load not in barred:
            late += one.pieces * lateness(network, one.load, network.horizon)
            closure = network.horizon
    fixed = sum(
        network.loads[one].pieces
        * network.loads[one].piece_kg
        * weight(network.problem, network.loads[one])
        for one in barred
    )
    lift = sum(one.arrive - one.depart for one in plan.flights)
    objectives = (
        Objective("undelivered", left, fixed),
        Objective("lateness", late, 0),
        Objective("closure", closure, 0),
        Objective("lift", lift, 0),
    )
    return Plan(
        plan.problem, plan.flights, plan.convoys, plan.unmet, objectives, plan.made_by
    )


def lateness(network: Network, name: str, unloaded: int) -> int:
    """What one piece of a load costs that is unloaded then."""
    load = network.loads[name]
    late = max(0, unloaded - due(load))
    return late * load.piece_kg * weight(network.problem, load)


def _flight(serial: str, one: Put) -> Flight:
    depart = one.start + one.trip.load_min
    return Flight(
        serial,
        one.tail,
        one.trip.origin,
        one.trip.destination,
        one.start,
        depart,
        one.arrive,
        one.unloaded,
        one.ready,
        tuple(Part(*part) for part in one.parts),
    )


def _no_lift(name: str) -> Reason:
    says = say(
        "No tail or road was found that brings {load_words} before planning ends",
        load_words=name,
    )
    return Reason("lift", says)
