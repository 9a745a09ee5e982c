"""Two ways in which a movement cell dispatches by hand, to measure the planner against.

`due` takes the loads by due date and knows no priority; `weighted` takes what counts more, or
what is ready, sooner: the best of a few such orders. Both are list scheduling, each load on the
tail that brings it soonest.
"""

from collections.abc import Iterator
from itertools import islice

from peyman.force.problem import Load, due, weight
from peyman.force.solve.network import Network
from peyman.force.solve.reasons import infeasible
from peyman.force.solve.searching.search import Found, decode

MANY = 2000
"""Above so many loads only three orders are tried: each takes minutes."""


def dispatched(network: Network) -> dict[str, Found]:
    """Each baseline's schedule, by name."""
    barred = infeasible(network)
    loads = [one for one in network.problem.loads if one.id not in barred]
    by_due, *weighted = (
        decode(network, loads, [one.id for one in order])
        for order in islice(orders(network, loads), 3 if len(loads) > MANY else None)
    )
    best = min(weighted, key=lambda one: one.worth)
    return {"due": by_due, "weighted": best}


def orders(network: Network, loads: list[Load]) -> Iterator[list[Load]]:
    """By due date; by priority; by due date less some days for what counts more."""
    problem = network.problem
    yield sorted(loads, key=due)
    yield sorted(loads, key=lambda one: (-weight(problem, one), due(one)))
    for days in (0.5, 1, 2):
        yield sorted(
            loads, key=lambda one: due(one) - 1440 * days * weight(problem, one)
        )
    yield sorted(loads, key=lambda one: (max(one.rld, one.ald), due(one)))
