"""Closing sooner: dates drawn nearer, and what is then late made less late."""

from dataclasses import replace

import numpy as np

from bench.instances import instance
from peyman.force.checking import check
from peyman.force.planner import plan_movement
from peyman.force.solve.network import Network
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import at_most, decode, first_orders
from peyman.force.solve.searching.sooner import sooner
from peyman.force.solve.timing import Limits


def unhurried():
    """A movement of which nothing can be late, so that all that counts is when it closes."""
    problem = instance("R", 1, 0)
    loads = tuple(
        replace(one, lad=problem.horizon, rdd=problem.horizon) for one in problem.loads
    )
    return replace(problem, loads=loads)


def found_in(problem, turns):
    network = Network(problem)
    order = next(first_orders(network, problem.loads))
    start = decode(network, problem.loads, order)
    chance = np.random.default_rng(0)
    rows = (
        network,
        problem.loads,
        start,
        chance,
        at_most(turns, lambda: False),
        lambda: 0,
    )
    return start, list(sooner(*rows))


def test_each_schedule_is_better_than_the_last_and_the_dates_are_the_problems_own():
    problem = unhurried()
    start, found = found_in(problem, 200)
    worths = [start.worth, *(one.worth for one in found)]
    assert worths == sorted(worths, reverse=True)
    assert found[-1].worth[2] < start.worth[2]
    # Lateness is that of the problem, not of the dates that were drawn nearer.
    assert {one.worth[1] for one in found} == {0}
    assert all(one.dispatch.network.problem is problem for one in found)


def test_it_closes_sooner_than_a_search_that_knows_only_the_real_dates():
    problem = unhurried()
    start, found = found_in(problem, 200)
    chance = np.random.default_rng(0)
    rows = (Network(problem), problem.loads, start, chance)
    others = recreate(*rows, at_most(200, lambda: False))
    assert found[-1].worth[2] < min(one.worth[2] for one in others)


def test_so_many_turns_find_the_same_every_time_and_the_checker_allows_it():
    problem = instance("X", 1, 0)
    plans = [plan_movement(problem, Limits(0, lambda: 0.0, turns=40)) for _ in range(2)]
    assert plans[0] == plans[1]
    assert check(problem, plans[0]) == ()
    without = plan_movement(problem, Limits(0, lambda: 0.0))
    assert plans[0].objectives[1].value < without.objectives[1].value
