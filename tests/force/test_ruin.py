"""Ruin and recreate: what it finds is a plan, better than before, and the same by seed."""

from itertools import count

import numpy as np
import pytest

from bench.instances import instance
from peyman.force.checking import check
from peyman.force.solve.dispatching.assemble import plan_of, with_values
from peyman.force.solve.network import Network
from peyman.force.solve.searching.routes import Routes
from peyman.force.solve.searching.ruin import Neighbourhood, recreate
from peyman.force.solve.searching.search import Found, decode, first_orders

STEPS = 12


def begun(family: str) -> tuple[Network, Found]:
    network = Network(instance(family, 1, 1))
    loads = network.problem.loads
    return network, decode(network, loads, next(first_orders(network, loads)))


def searched(network: Network, start: Found) -> list[Found]:
    steps = count()
    chance = np.random.default_rng(3)
    loads = network.problem.loads
    return list(recreate(network, loads, start, chance, lambda: next(steps) >= STEPS))


@pytest.mark.parametrize("family", ["L", "M", "X"])
def test_it_finds_better_plans_that_the_checker_accepts(family: str) -> None:
    network, start = begun(family)
    found = searched(network, start)[-1]
    plan = with_values(network, plan_of(found.dispatch, {}, "test"))
    assert not check(network.problem, plan)
    assert found.worth < start.worth
    assert found.worth[1] == next(
        one.value for one in plan.objectives if one.name == "lateness"
    )


def test_the_same_seed_finds_the_same() -> None:
    network, start = begun("M")
    first, second = (searched(network, start) for _ in range(2))
    assert [one.worth for one in first] == [one.worth for one in second]


def test_a_step_that_is_put_back_leaves_nothing_behind() -> None:
    network, start = begun("X")
    loads = network.problem.loads
    place = Neighbourhood(network, loads, start, np.random.default_rng(5))
    cost = place.cost()
    for _ in range(3):
        place.back(*place.step())
    fresh = Routes(network, start.dispatch.board.puts)
    assert place.cost() == cost
    for name, field in place.routes.board.fields.items():
        assert (field.taken == fresh.board.fields[name].taken).all()
        assert (field.parked == fresh.board.fields[name].parked).all()
        assert field.parked.min() >= 0
