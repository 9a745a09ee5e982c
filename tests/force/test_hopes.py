"""Hopes tell what a change costs where nothing is in its way, and never more than it costs."""

import pytest

from bench.instances import instance
from peyman.force.solve.bounds.prices import closure_prices, rarely_carried
from peyman.force.solve.network import Network
from peyman.force.solve.searching.hopes import Hopes
from peyman.force.solve.searching.routes import Routes, task_of
from peyman.force.solve.searching.search import decode, first_orders


@pytest.mark.parametrize("family", ["L", "M"])
def test_alone_on_the_board_a_hope_is_what_flying_costs(family: str) -> None:
    network = Network(instance(family, 1, 1))
    loads = network.problem.loads
    found = decode(network, loads, next(first_orders(network, loads)))
    hopes, looked_at = Hopes(network), 0
    for tail in list(network.tails)[:6]:
        puts = [one for one in found.dispatch.board.puts if one.tail == tail]
        routes = Routes(network, puts)
        route = routes.routes[tail]
        routes.mark(tail, -1)
        for load in loads[:12]:
            for each, at, pieces, joins in hopes.ways(tail, route, load, load.pieces):
                if not joins:
                    ends = (load.origin, load.destinations[0])
                    task = task_of(network, ends, [(load.id, pieces)])
                    flown = routes.fly(tail, at, (task, *route.tasks[at:]))
                    assert flown is not None
                    assert flown.cost - route.cost == pytest.approx(each * pieces)
                    looked_at += 1
    assert looked_at > 50


def test_closure_is_asked_of_what_only_some_types_carry() -> None:
    network = Network(instance("L", 1, 0))
    loads = network.problem.loads
    (rare,) = rarely_carried(network, loads)
    assert {one.outsize for one in rare} == {True}
    asked = [set(one.load) for one in closure_prices(network, loads, 4000)]
    assert {one.id for one in rare} in asked
