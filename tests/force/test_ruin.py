"""Ruin and recreate: what it finds is a plan, better than before, and the same by seed."""

from dataclasses import replace

import numpy as np
import pytest

from bench.instances import instance
from peyman.force.checking import Prover, check
from peyman.force.checking.proving import compiled as proving
from peyman.force.problem import Problem
from peyman.force.ready import is_ready, make_ready
from peyman.force.solve.bounding import Bounding
from peyman.force.solve.bounds.parties import compiled as bounds
from peyman.force.solve.dispatching.assemble import plan_of, with_values
from peyman.force.solve.network import Network
from peyman.force.solve.searching.arrays import Arrays, legs_of
from peyman.force.solve.searching.compiled import (
    crews,
    flying,
    hoping,
    marks,
    stands,
    stepping,
)
from peyman.force.solve.searching.compiled.stepping import back, seed, step, total
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import Found, at_most, decode, first_orders


def begun(problem: Problem) -> tuple[Network, Found]:
    network = Network(problem)
    order = next(first_orders(network, problem.loads))
    return network, decode(network, problem.loads, order)


def searched(network: Network, start: Found, turns: int = 30) -> list[Found]:
    chance = np.random.default_rng(3)
    loads = network.problem.loads
    return list(recreate(network, loads, start, chance, at_most(turns, lambda: False)))


def shut_at_night(problem: Problem) -> Problem:
    """Airfields that close for eight hours of each day, where few may park."""
    nights = tuple((lo, lo + 480) for lo in range(960, problem.horizon, 1440))
    fields = tuple(
        replace(one, closures=nights, parking_mog=one.parking_mog and 5)
        for one in problem.airfields
    )
    return replace(problem, airfields=fields)


def several_ends(problem: Problem) -> Problem:
    """Loads that may go to either of two airfields, some not to touch down at once."""
    loads = tuple(
        replace(
            one,
            destinations=(*one.destinations, "astana")
            if "astana" not in one.destinations
            else one.destinations,
            ead=one.ald + 900 if i % 3 == 0 else one.ead,
        )
        for i, one in enumerate(problem.loads)
    )
    return replace(problem, loads=loads)


PROBLEMS = {
    "L": instance("L", 1, 1),
    "M": instance("M", 1, 1),
    "X": instance("X", 1, 1),
    "nights": shut_at_night(instance("L", 1, 0)),
    "ends": several_ends(instance("X", 1, 0)),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_it_finds_better_plans_that_the_checker_accepts(name: str) -> None:
    network, start = begun(PROBLEMS[name])
    found = searched(network, start)[-1]
    plan = with_values(network, plan_of(found.dispatch, {}, "test"))
    assert not check(network.problem, plan)
    assert found.worth < start.worth
    assert found.worth[1] == next(
        one.value for one in plan.objectives if one.name == "lateness"
    )


def test_the_same_seed_finds_the_same() -> None:
    network, start = begun(PROBLEMS["M"])
    first, second = (searched(network, start) for _ in range(2))
    assert [one.worth for one in first] == [one.worth for one in second]


def test_loads_that_are_tied_stay_where_they_are() -> None:
    problem = PROBLEMS["X"]
    tied = {one.unit for one in problem.loads[:12]}
    loads = tuple(
        replace(one, within_min=2880) if one.unit in tied else one
        for one in problem.loads
    )
    network, start = begun(replace(problem, loads=loads))
    found = searched(network, start)[-1]
    names = {one.id for one in loads if one.unit in tied}

    def flown(one: Found) -> set[tuple[str, int, str]]:
        return {
            (part, put.start, put.tail)
            for put in one.dispatch.board.puts
            for part, _ in put.parts
            if part in names
        }

    assert found.worth < start.worth
    assert flown(found) == flown(start)


@pytest.mark.parametrize("name", ["X", "nights"])
def test_a_step_that_is_put_back_leaves_nothing_behind(name: str) -> None:
    network, start = begun(PROBLEMS[name])
    here = Arrays(network, network.problem.loads, start.dispatch)
    world, live = here.world, here.live
    before = total(world, live), list(here.puts(live))
    seed(5)
    for _ in range(20):
        step(world, live, here.desk, here.old)
        back(world, live, here.old)
    fresh = Arrays(network, network.problem.loads, start.dispatch).live
    assert (total(world, live), list(here.puts(live))) == before
    assert (live.stands[0] == fresh.stands[0]).all()
    for place, (upto, _) in enumerate(fresh.fields.tolist()):
        assert (live.stands[1, place, :upto] == fresh.stands[1, place, :upto]).all()
    assert live.stands.min() >= 0


@pytest.mark.parametrize("name", PROBLEMS)
def test_in_numbers_it_is_the_same_schedule(name: str) -> None:
    network, start = begun(PROBLEMS[name])
    here = Arrays(network, network.problem.loads, start.dispatch)
    board = start.dispatch.board
    assert sorted(map(repr, here.puts(here.live))) == sorted(map(repr, board.puts))
    for name_of, place in here.place.items():
        taken = board.fields[name_of].taken
        assert (here.live.stands[0, place] == taken).all()


def test_flights_that_the_search_does_not_fly_are_left_alone() -> None:
    network, start = begun(PROBLEMS["L"])
    puts = [one for one in start.dispatch.board.puts if one.tail == "T005"]
    ferries = [one for one in puts if not one.parts]
    base = network.tails["T005"].base
    assert legs_of(puts, base)
    assert legs_of([*puts, ferries[0], ferries[0]], base) is None


def test_what_is_made_ready_is_all_that_a_plan_needs() -> None:
    make_ready()
    assert is_ready()
    rooms = (crews, flying, hoping, marks, stands, stepping, bounds, proving)
    functions = {
        name: one
        for room in rooms
        for name, one in vars(room).items()
        if hasattr(one, "signatures")
    }
    network, start = begun(PROBLEMS["ends"])
    searched(network, start, turns=5)
    loads = network.problem.loads
    for prices in Bounding(network, loads, 3000).better(0, (), lambda: 1.0):
        assert Prover(network.problem).bound(prices)
    # One that has two was compiled twice, and is a minute of waiting when there are many.
    assert {name for name, one in functions.items() if len(one.signatures) > 1} == set()
