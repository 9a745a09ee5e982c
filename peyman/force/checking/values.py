"""What a plan is worth: the checker's own sums for the four objectives."""

from peyman.force.checking.begun import moved_by
from peyman.force.checking.loads import carried_of
from peyman.force.checking.movable import movable
from peyman.force.checking.terms import Terms
from peyman.force.plan import Plan
from peyman.force.problem import due, weight


def values_of(terms: Terms, plan: Plan) -> dict[str, int]:
    """Undelivered, lateness, closure and lift, in that order.

    Lateness and closure take a piece that could be moved and is not as unloaded at the
    horizon; one that cannot be moved counts in `undelivered` alone.
    """
    can = movable(terms)
    horizon = terms.problem.horizon
    left = {name: load.pieces for name, load in terms.loads.items()}
    late, closure = 0, 0
    for one in carried_of(terms, plan):
        left[one.load] -= one.pieces
        late += one.pieces * _late(terms, one.load, one.unloaded)
        closure = max(closure, one.unloaded)
    for name in can:
        if left[name] > 0:
            late += left[name] * _late(terms, name, horizon)
            closure = horizon
    return {
        "undelivered": sum(_worth(terms, name, left[name]) for name in left),
        "lateness": late,
        "closure": closure,
        "lift": sum(one.arrive - one.depart for one in plan.flights),
    }


def undelivered_bound(terms: Terms) -> int:
    """What no plan delivers: the loads that cannot be moved at all."""
    stuck = terms.loads.keys() - movable(terms)
    moved = moved_by(terms.problem)
    return sum(
        _worth(terms, name, terms.loads[name].pieces - moved[name]) for name in stuck
    )


def _worth(terms: Terms, name: str, pieces: int) -> int:
    load = terms.loads[name]
    return max(pieces, 0) * load.piece_kg * weight(terms.problem, load)


def _late(terms: Terms, name: str, unloaded: int) -> int:
    load = terms.loads[name]
    late = max(0, unloaded - due(load))
    return late * load.piece_kg * weight(terms.problem, load)
