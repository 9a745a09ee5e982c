"""Loads that wait for others are searched inside windows, and whatever comes out keeps the rule."""

from dataclasses import replace

import numpy as np
import pytest

from bench.instances import instance
from peyman.force.checking import check
from peyman.force.planner import plan_movement
from peyman.force.problem import Load, Problem, Route
from peyman.force.solve.network import Network
from peyman.force.solve.searching.arrays import window_of
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import Found, at_most, decode
from peyman.force.solve.searching.waiting import Ties, search, times_of
from peyman.force.solve.timing import Limits


def chained(family: str = "L", seed: int = 0, many: int = 30) -> Problem:
    """The first loads of a family, each third one waiting for the two before it."""
    asked = instance(family, 1, seed)
    loads = list(asked.loads[:many])
    for i in range(2, many, 3):
        waits = (loads[i - 2].id, loads[i - 1].id)
        loads[i] = replace(loads[i], after=waits)
    return replace(asked, loads=tuple(loads), tails=asked.tails[:8])


def begun(asked: Problem) -> tuple[Network, list[Load], Found]:
    network, loads = Network(asked), list(asked.loads)
    return network, loads, decode(network, loads, [one.id for one in loads])


@pytest.mark.parametrize("seed", range(4))
def test_the_search_makes_loads_that_wait_less_late_and_keeps_the_rule(
    seed: int,
) -> None:
    network, loads, start = begun(chained(seed=seed))
    ties = Ties(network, loads)
    assert len(ties.pairs) == 20
    chance = np.random.default_rng(seed)
    found = list(search(network, loads, start, chance, at_most(60, lambda: False)))
    assert all(ties.keeps(one.dispatch) for one in found)
    worths = [start.worth, *(one.worth for one in found)]
    assert worths == sorted(worths, reverse=True)
    assert found[-1].worth[1] < 0.9 * start.worth[1]


def test_a_plan_of_loads_that_wait_passes_the_checker() -> None:
    asked = chained("X")
    made = plan_movement(asked, Limits(200, iter(range(100_000)).__next__))
    assert check(asked, made) == ()


def test_windows_meet_between_a_load_and_who_waits_for_it() -> None:
    network, loads, start = begun(chained())
    ties, times = Ties(network, loads), times_of(start.dispatch)
    chance = np.random.default_rng(0)
    windows = ties.windows(start.dispatch, chance, is_drawn=False)
    for before, after in ties.pairs:
        one, other = windows[before.id], windows[after.id]
        assert times[before.id].unloaded <= one.last <= other.first
        assert other.first <= times[after.id].begins
    drawn = ties.windows(start.dispatch, chance, is_drawn=True)
    assert any(drawn[one.id].due < windows[one.id].due for one, _ in ties.pairs)
    assert all(drawn[one.id].rate >= windows[one.id].rate for one, _ in ties.pairs)


def test_who_waits_for_what_is_not_all_there_stays_where_it_is() -> None:
    network, loads, start = begun(chained())
    ties = Ties(network, loads)
    before, after = ties.pairs[0]
    start.dispatch.left[before.id] = 1
    chance = np.random.default_rng(0)
    windows = ties.windows(start.dispatch, chance, is_drawn=True)
    assert after.id not in windows
    assert before.id in windows
    assert not ties.keeps(start.dispatch)


def test_nothing_is_unloaded_after_the_end_of_its_window() -> None:
    asked = replace(
        chained(), loads=tuple(replace(one, after=()) for one in chained().loads)
    )
    network, loads, start = begun(asked)
    times = times_of(start.dispatch)
    windows = {
        one.id: window_of(network, one)._replace(last=times[one.id].unloaded)
        for one in loads
    }
    chance = np.random.default_rng(0)
    enough = at_most(40, lambda: False)
    found = list(recreate(network, loads, start, chance, enough, windows))
    assert found
    for one in found:
        for name, at in times_of(one.dispatch).items():
            assert at.unloaded <= windows[name].last


def united(within: int, seed: int = 0) -> Problem:
    """The same loads, of which every four that go to one place keep together."""
    asked = instance("L", 1, seed)
    by_place: dict[str, list[Load]] = {}
    for one in asked.loads[:36]:
        by_place.setdefault(one.destinations[0], []).append(one)
    loads = [
        replace(one, unit=f"{place}-{i // 4}", within_min=within)
        for place, rows in by_place.items()
        for i, one in enumerate(rows)
    ]
    return replace(asked, loads=tuple(loads), tails=asked.tails[:10])


@pytest.mark.parametrize("seed", range(3))
def test_units_are_less_late_and_keep_together(seed: int) -> None:
    network, loads, start = begun(united(600, seed))
    ties = Ties(network, loads)
    assert len(ties.names) == len(loads)
    chance = np.random.default_rng(seed)
    found = list(search(network, loads, start, chance, at_most(80, lambda: False)))
    assert all(ties.keeps(one.dispatch) for one in found)
    assert found[-1].worth < start.worth


def test_a_plan_of_units_passes_the_checker() -> None:
    asked = united(600)
    made = plan_movement(asked, Limits(200, iter(range(100_000)).__next__))
    assert check(asked, made) == ()


def test_who_may_go_by_land_or_part_stays_and_who_is_tied_to_him() -> None:
    asked = chained()
    first, second, third = asked.loads[:3]
    road = Route(
        "road", "road", first.origin, first.destinations[0], 900, 50, 60, 9, 9, 10**6
    )
    network = Network(replace(asked, routes=(road,)))
    names = Ties(network, list(asked.loads)).names
    assert not names & {first.id, second.id, third.id}
    assert names
    two = ("almaty", "astana")
    parted = united(600)
    one = replace(parted.loads[0], destinations=two)
    network = Network(replace(parted, loads=(one, *parted.loads[1:])))
    unit = {each.id for each in parted.loads if each.unit == one.unit}
    assert not Ties(network, [*network.loads.values()]).names & unit
