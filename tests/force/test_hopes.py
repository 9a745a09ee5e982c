"""Hopes tell what a change costs where nothing is in its way: after the last task exactly."""

from fractions import Fraction

import numpy as np
import pytest

from bench.instances import instance
from peyman.force.solve.bounds.prices import closure_prices
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network, rarely_carried
from peyman.force.solve.searching.arrays import Arrays
from peyman.force.solve.searching.compiled.flying import fly
from peyman.force.solve.searching.compiled.hoping import (
    AT,
    JOINS,
    PIECES,
    TAIL,
    lay,
    ways,
)
from peyman.force.solve.searching.compiled.marks import mark
from peyman.force.solve.searching.compiled.model import (
    COUNT,
    ORIGIN,
    PARTS,
    TASKS,
    THERE,
)
from peyman.force.solve.searching.search import decode, first_orders


def alone(network: Network, tail: str) -> Arrays:
    """The schedule of one tail, with nothing else on the board."""
    loads = network.problem.loads
    found = decode(network, loads, next(first_orders(network, loads)))
    dispatch = Dispatch(network, loads)
    for put in found.dispatch.board.puts:
        if put.tail == tail:
            dispatch.board.put(put)
    return Arrays(network, loads, dispatch)


@pytest.mark.parametrize("family", ["L", "M"])
def test_alone_on_the_board_a_hope_is_mostly_what_flying_costs(family: str) -> None:
    network = Network(instance(family, 1, 1))
    looked_at = {True: 0, False: 0}
    right = dict(looked_at)
    for tail in list(network.tails)[:6]:
        here = alone(network, tail)
        world, live, desk = here.world, here.live, here.desk
        number = here.tails.index(tail)
        live.tails[0] = number
        now, count = live.cost[number].sum(), live.ends[number, TASKS]
        mark(world, live, number, 0, -1)
        for load in range(12):
            found = ways(world, live, desk, load, 1, 1)
            hopes = desk.hope[:found].copy()
            for n in np.argsort(hopes):
                way = desk.way[n]
                assert way[TAIL] == number
                upto = lay(world, live, desk, load, way)
                span = (int(way[AT]), upto, int(way[AT]) + 1)
                rows = (desk.rows, desk.cost)
                flown, _ = fly(world, live, number, rows, span, np.inf)
                is_last = bool(way[AT] + way[JOINS] == count)
                is_right = flown - now == pytest.approx(
                    hopes[n] * way[PIECES], rel=0.05
                )
                assert is_right or not is_last
                # The worst are not reckoned to the end.
                if hopes[n] <= 2 * hopes.min() + 1:
                    looked_at[is_last] += 1
                    right[is_last] += is_right
    assert looked_at[True] > 20
    assert looked_at[False] > 50
    assert right[False] > 0.8 * looked_at[False], (right, looked_at)


def test_a_way_that_is_told_leaves_room_for_what_is_on_the_flight() -> None:
    network = Network(instance("L", 1, 0))
    loads = network.problem.loads
    found = decode(network, loads, next(first_orders(network, loads)))
    here = Arrays(network, loads, found.dispatch)
    world, live, desk = here.world, here.live, here.desk
    joined = 0
    for load in here.loads:
        number = here.number[load.id]
        live.left[number] = load.pieces
        for way in desk.way[: ways(world, live, desk, number, 1, len(live.tails))]:
            if not way[JOINS]:
                continue
            row = live.rows[way[TAIL], way[AT]]
            ends = here.places[row[ORIGIN]], here.places[row[THERE]]
            kind = network.tails[here.tails[way[TAIL]]].type
            parts = [(load, int(way[PIECES]))]
            for n in range(row[COUNT]):
                pieces = int(row[PARTS + here.parts + n])
                parts.append((here.loads[row[PARTS + n]], pieces))
            assert ends == (load.origin, load.destinations[0])
            shares = (
                Fraction(pieces, network.most(kind, one, *ends))
                for one, pieces in parts
            )
            assert sum(shares) <= 1
            joined += 1
        live.left[number] = 0
    assert joined > 20


def test_closure_is_asked_of_what_only_some_types_carry() -> None:
    network = Network(instance("L", 1, 0))
    loads = network.problem.loads
    (rare,) = rarely_carried(network, loads)
    assert {one.outsize for one in rare} == {True}
    asked = [set(one.load) for one in closure_prices(network, loads, 4000)]
    assert {one.id for one in rare} in asked
