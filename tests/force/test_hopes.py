"""Hopes tell what a change costs where nothing is in its way: after the last task exactly."""

import pytest

from bench.instances import instance
from peyman.force.solve.bounds.prices import closure_prices, rarely_carried
from peyman.force.solve.network import Network
from peyman.force.solve.searching.hopes import Hopes
from peyman.force.solve.searching.routes import Routes, room_left, task_of
from peyman.force.solve.searching.search import decode, first_orders


@pytest.mark.parametrize("family", ["L", "M"])
def test_alone_on_the_board_a_hope_is_mostly_what_flying_costs(family: str) -> None:
    network = Network(instance(family, 1, 1))
    loads = network.problem.loads
    found = decode(network, loads, next(first_orders(network, loads)))
    looked_at = {True: 0, False: 0}
    right = dict(looked_at)
    for tail in list(network.tails)[:6]:
        puts = [one for one in found.dispatch.board.puts if one.tail == tail]
        routes = Routes(network, puts)
        route, hopes = routes.routes[tail], Hopes(network, [tail])
        routes.mark(tail, -1)
        for load in loads[:12]:
            ways = hopes.ways(routes.routes, load, load.pieces, 1)
            for each, _, at, place, pieces, joins in ways:
                parts = (*(route.tasks[at].parts if joins else ()), (load.id, pieces))
                task = task_of(network, (load.origin, place), parts)
                flown = routes.fly(tail, at, (task, *route.tasks[at + joins :]))
                assert flown is not None
                is_last = at + joins == len(route.tasks)
                cost = flown.cost - route.cost
                is_right = cost == pytest.approx(each * pieces, rel=0.05)
                assert is_right or not is_last
                looked_at[is_last] += 1
                right[is_last] += is_right
    assert looked_at[True] > 20
    assert looked_at[False] > 50
    assert right[False] > 0.8 * looked_at[False], (right, looked_at)


def test_a_way_that_is_told_leaves_room_for_what_is_on_the_flight() -> None:
    network = Network(instance("L", 1, 0))
    loads = network.problem.loads
    found = decode(network, loads, next(first_orders(network, loads)))
    routes = Routes(network, found.dispatch.board.puts)
    hopes, joined = Hopes(network, list(network.tails)), 0
    for load in loads:
        ways = hopes.ways(routes.routes, load, load.pieces, 1)
        for _, tail, at, place, pieces, joins in ways:
            if joins:
                old = routes.routes[tail].tasks[at]
                assert (old.origin, old.destination) == (load.origin, place)
                parts = (*old.parts, (load.id, pieces))
                task = task_of(network, (load.origin, place), parts)
                assert room_left(network, network.tails[tail].type, task) >= 0
                joined += 1
    assert joined > 20


def test_closure_is_asked_of_what_only_some_types_carry() -> None:
    network = Network(instance("L", 1, 0))
    loads = network.problem.loads
    (rare,) = rarely_carried(network, loads)
    assert {one.outsize for one in rare} == {True}
    asked = [set(one.load) for one in closure_prices(network, loads, 4000)]
    assert {one.id for one in rare} in asked
