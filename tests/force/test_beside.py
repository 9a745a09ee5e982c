"""A search beside other work: it is heard, it ends when it is told to, and what fails there is not lost."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from threading import active_count

import numpy as np
import pytest

from bench.instances import instance
from peyman.force.checking import Prover, check
from peyman.force.plan import Plan, Prices
from peyman.force.planner import _Planner
from peyman.force.problem import Problem
from peyman.force.proving import Proving
from peyman.force.solve.network import Network
from peyman.force.solve.searching.beside import Beside
from peyman.force.solve.searching.search import Found, decode, first_orders
from peyman.force.solve.timing import Limits, Time

PROBLEM = instance("L", 1, 2)
LONGEST_S = 60


def schedule() -> Found:
    network = Network(PROBLEM)
    return decode(network, PROBLEM.loads, next(first_orders(network, PROBLEM.loads)))


def waited_for(beside: Beside) -> list[Found]:
    """What it finds, once it has found something."""
    ends = time.monotonic() + LONGEST_S
    while time.monotonic() < ends:
        if found := list(beside.found()):
            return found
        time.sleep(0.01)
    raise AssertionError("nothing was found")


def test_what_it_finds_is_heard_once_while_it_goes_on() -> None:
    found, asked = schedule(), []

    def search(is_over: Callable[[], bool]) -> Iterator[Found]:
        yield found
        while not is_over():
            asked.append(1)
            time.sleep(0.01)
        yield found

    beside = Beside(search)
    assert waited_for(beside) == [found]
    assert list(beside.found()) == []
    beside.end()
    assert asked
    assert list(beside.found()) == [found]


def test_what_fails_beside_fails_where_it_is_ended() -> None:
    found = schedule()

    def search(_: Callable[[], bool]) -> Iterator[Found]:
        yield found
        raise ValueError("broken")

    beside = Beside(search)
    with pytest.raises(ValueError, match="broken"):
        beside.end()
    assert list(beside.found()) == [found]


class Proofs(_Planner):
    """A planner that searches nowhere but beside its proofs."""

    def _early(self) -> None:
        return

    def _search(self) -> None:
        return


def unhurried() -> Problem:
    """A movement of which nothing can be late."""
    problem = instance("R", 1, 0)
    ends = problem.horizon
    loads = tuple(replace(one, lad=ends, rdd=ends) for one in problem.loads)
    return replace(problem, loads=loads)


def test_where_nothing_is_late_what_is_found_beside_the_proofs_closes_sooner() -> None:
    problem, alone, closes = unhurried(), active_count(), list[int]()

    def told(plan: Plan) -> bool:
        closes.append(plan.objectives[2].value)
        # No order of the loads comes near to that.
        return closes[-1] > 0.6 * closes[0]

    made = Proofs(problem, Limits(LONGEST_S, time.monotonic, cores=2), told).run()
    assert not check(problem, made)
    assert made.objectives[2].value <= 0.6 * closes[0]
    assert active_count() == alone


def test_with_one_core_closing_sooner_has_its_part_before_it_is_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closes, clock = list[int](), count()

    def told(plan: Plan) -> bool:
        closes.append(plan.objectives[2].value)
        return True

    monkeypatch.setattr(Proving, "closure_by_lift", lambda _: closes.append(0))
    _Planner(unhurried(), Limits(600, lambda: float(next(clock))), told).run()
    before = closes[: closes.index(0)]
    assert before[-1] <= 0.6 * before[0]


def test_no_minute_is_tried_by_which_a_schedule_closes_that_was_found_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start, tried = schedule(), list[int]()
    sooner = replace(start, worth=(*start.worth[:2], 10, start.worth[3]))

    def bound(_: Prover, prices: Prices, undelivered: int | None = None) -> int:
        tried.append(prices.until)
        return 0

    def heard(_: bool) -> None:
        if tried:
            proving.best = sooner

    monkeypatch.setattr(Prover, "bound", bound)
    network, still = Network(PROBLEM), Time(Limits(LONGEST_S, lambda: 0.0))
    proving = Proving(network, PROBLEM.loads, still, heard)
    proving.best = start
    proving.closure_by_lift()
    assert tried[0] > 100
    assert 1 <= max(one for one in tried if one != tried[0]) < 10


@pytest.mark.parametrize(
    ("proves", "tried"),
    [
        (0, [251, 63, 16, 4, 2]),
        (100, [251, 63, 157, 110, 87, 99, 105, 102, 101]),
    ],
)
def test_a_minute_is_far_below_what_fails_and_halfway_once_it_is_hemmed_in(
    monkeypatch: pytest.MonkeyPatch, proves: int, tried: list[int]
) -> None:
    seen = list[int]()

    def bound(_: Prover, prices: Prices, undelivered: int | None = None) -> int:
        seen.append(prices.until)
        return (prices.until + 1) * (prices.until <= proves)

    monkeypatch.setattr(Prover, "bound", bound)
    monkeypatch.setattr(Proving, "_by_itineraries", lambda *_: iter(()))
    network, still = Network(PROBLEM), Time(Limits(LONGEST_S, lambda: 0.0))
    proving = Proving(network, PROBLEM.loads, still, lambda _: None)
    start = schedule()
    proving.best = replace(start, worth=(*start.worth[:2], 1001, start.worth[3]))
    proving.closure_by_lift()
    assert list(dict.fromkeys(seen)) == tried


def test_what_is_found_beside_the_proofs_is_the_plan_and_who_says_stop_is_heard() -> (
    None
):
    alone, late = active_count(), list[int]()

    def told(plan: Plan) -> bool:
        late.append(plan.objectives[1].value)
        # No order of the loads comes near to that.
        return late[-1] > 0.4 * late[0]

    made = Proofs(PROBLEM, Limits(LONGEST_S, time.monotonic, cores=2), told).run()
    assert not check(PROBLEM, made)
    assert made.objectives[1].value == late[-1] <= 0.4 * late[0]
    assert made.objectives[1].bound <= late[-1]
    assert active_count() == alone


def test_a_search_ends_when_the_one_beside_has_nothing_late_any_more() -> None:
    start = schedule()
    on_time = replace(start, worth=(0, 0, *start.worth[2:]))
    planner = _Planner(PROBLEM, Limits(LONGEST_S, time.monotonic), lambda _: True)
    planner.proving.best = start
    planner._beside = Beside(lambda _: iter([on_time]))
    planner._beside.end()
    asked = list[int]()

    def is_over() -> bool:
        asked.append(1)
        return len(asked) > 20

    planner._recreate(np.random.default_rng(0), is_over)
    assert planner.best is on_time
    assert len(asked) == 2
