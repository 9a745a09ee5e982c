"""The cheapest itineraries, compiled, are those that a plain recursion finds: the solver's and the checker's."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from peyman.force.checking.proving.itineraries import NEVER, Action, Crew, cheapest
from peyman.force.solve.bounds.parties.compiled import least_within
from peyman.force.solve.bounds.parties.duties import Pattern
from peyman.force.solve.bounds.parties.itineraries import ByTrip, Itineraries
from peyman.force.solve.network import Trip

PLACES = 3
STEPS = 40


@pytest.mark.parametrize("reach", range(9))
def test_the_least_within_reach_is_the_least_of_so_many(reach: int) -> None:
    row = np.random.default_rng(reach).random(30)
    width = 30 - reach
    plain = [row[n : n + reach + 1].min() for n in range(width)]
    least_within(row, reach, width)
    assert row[:width].tolist() == plain


def actions(chance: np.random.Generator) -> list[Action]:
    """Flights that win now and then, and cannot always begin."""
    found = []
    for origin, destination in ((0, 1), (1, 0), (0, 2), (2, 1), (0, 0)):
        cost = chance.integers(-9, 6, STEPS)
        cost[chance.random(STEPS) < 0.3] = NEVER
        steps = int(chance.integers(2, 6))
        found.append(Action(origin, destination, steps, cost))
    return found


@pytest.mark.parametrize("crew", [None, (5, 0), (STEPS, 7)])
@pytest.mark.parametrize("seed", range(12))
def test_the_checker_finds_the_cheapest_of_all_itineraries(
    seed: int, crew: tuple[int, int] | None
) -> None:
    chance = np.random.default_rng(seed)
    able = actions(chance)
    duty, rest = crew or (int(chance.integers(6, 13)), int(chance.integers(1, 8)))

    @cache
    def best(place: int, step: int, began: int | None) -> int:
        if step >= STEPS:
            return 0
        found = [0, best(place, step + 1, began)]
        if began is not None:
            found.append(best(place, step + rest, None))
        for one in able:
            first = step if began is None else began
            ends = step + one.steps
            if one.origin == place and ends - first <= duty and one.cost[step] < NEVER:
                found.append(int(one.cost[step]) + best(one.destination, ends, first))
        return min(found)

    value = cheapest(PLACES, STEPS, able, Crew(duty, rest, 1))
    plain = [[best(p, step, None) for step in range(STEPS)] for p in range(PLACES)]
    assert [row[:STEPS].tolist() for row in value] == plain
    # Beginnings that are not told apart are in the tails' favour, and no more than that.
    rough = cheapest(PLACES, STEPS, able, Crew(duty, rest, 3))
    loose = cheapest(PLACES, STEPS, able, Crew(duty + 3, rest, 1))
    for row, exact, least in zip(rough, value, loose, strict=True):
        assert (row <= exact).all()
        assert (row >= least).all()


FLIGHTS = ((0, 1, 3), (1, 0, 2), (0, 2, 4), (2, 1, 2))
DUTIES = ((0,), (1,), (2,), (3,), (0, 1), (1, 0), (2, 3), (1, 2, 3))


def least(cost: NDArray[np.float64], duty: int, rest: int) -> list[list[float]]:
    """By place and step the cheapest that a rested tail can do, by recursion."""

    def minutes(numbers: tuple[int, ...]) -> int:
        return sum(FLIGHTS[one][2] for one in numbers)

    @cache
    def best(place: int, step: int) -> float:
        if step >= STEPS:
            return 0.0
        begins = [
            flown(numbers, step, duty - minutes(numbers))
            for numbers in DUTIES
            if FLIGHTS[numbers[0]][0] == place and minutes(numbers) <= duty
        ]
        return min([best(place, step + 1), *begins])

    @cache
    def flown(numbers: tuple[int, ...], step: int, slack: int) -> float:
        """The trips from now on, with a wait of up to `slack` before each but this."""
        if step >= STEPS:
            return 1e18
        one, after = numbers[0], numbers[1:]
        ends = step + FLIGHTS[one][2]
        if not after:
            return float(cost[one, step]) + best(FLIGHTS[one][1], ends + rest)
        waits = range(slack + 1)
        return float(cost[one, step]) + min(
            flown(after, ends + wait, slack) for wait in waits
        )

    return [[best(place, step) for step in range(STEPS)] for place in range(PLACES)]


@pytest.mark.parametrize("seed", range(12))
def test_the_solver_finds_the_cheapest_duties_and_says_which(seed: int) -> None:
    chance = np.random.default_rng(seed)
    cost = chance.integers(-9, 6, (len(FLIGHTS), STEPS)).astype(float)
    cost[chance.random(cost.shape) < 0.3] = 1e18
    duty, rest = int(chance.integers(6, 10)), int(chance.integers(1, 6))
    rows = [(pattern([FLIGHTS[one] for one in numbers]), numbers) for numbers in DUTIES]
    able = [row for row in rows if row[0].whole_min <= duty]
    itineraries = Itineraries(able, {"a": 0, "b": 1, "c": 2}, (duty, rest), 1)
    value, choice = itineraries.backward(cost)
    plain = least(cost, duty, rest)
    assert value[:, :STEPS].tolist() == plain
    for place in range(PLACES):
        does = list(itineraries.follow(cost, value, choice, (place, 0)))
        assert sum(cost[one, step] for one, step in does) == plain[place][0]


def pattern(flights: Sequence[tuple[int, int, int]]) -> Pattern:
    trips = tuple(
        Trip("type", "abc"[origin], "abc"[destination], 0, minutes, 0, 0)
        for origin, destination, minutes in flights
    )
    ends = (trips[0].origin, trips[-1].destination)
    return Pattern(*ends, trips, sum(one.whole_min for one in trips))


@pytest.mark.parametrize("seed", range(12))
def test_trips_that_follow_each_other_freely_are_the_cheapest_and_it_says_which(
    seed: int,
) -> None:
    chance = np.random.default_rng(seed)
    cost = chance.integers(-9, 6, (len(FLIGHTS), STEPS)).astype(float)
    cost[chance.random(cost.shape) < 0.3] = 1e18
    duty, rest = int(chance.integers(2, 12)), int(chance.integers(1, 6))

    @cache
    def best(place: int, step: int, began: int | None) -> float:
        if step >= STEPS:
            return 0.0
        found = [0.0, best(place, step + 1, began)]
        if began is not None:
            found.append(best(place, step + rest, None))
        for row, (origin, destination, steps) in zip(cost, FLIGHTS, strict=True):
            first, ends = step if began is None else began, step + steps
            if origin == place and ends - first <= duty and row[step] < 1e18:
                found.append(float(row[step]) + best(destination, ends, first))
        return min(found)

    value, follow = ByTrip(FLIGHTS, PLACES, (duty, rest), 1).cheapest(cost)
    for place in range(PLACES):
        plain = [best(place, step, None) for step in range(STEPS)]
        assert value[place, :STEPS].tolist() == plain
        does = list(follow((place, 0)))
        assert sum(cost[one, step] for one, step in does) == plain[0]
        ends = [FLIGHTS[one][1] for one, _ in does]
        assert [FLIGHTS[one][0] for one, _ in does] == [place, *ends][: len(does)]
