"""That a limit is kept: what would pass it is not begun, or is left unfinished."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count, pairwise, product
from typing import Any

import numpy as np
import pytest

from bench.instances import instance
from peyman.force import planner as planner_of
from peyman.force.checking import Prover, check
from peyman.force.checking.terms import windows
from peyman.force.plan import Plan, Prices
from peyman.force.planner import _Planner, plan_movement
from peyman.force.problem import Leg, Load, Problem, Route
from peyman.force.solve import bounding as bounding_of
from peyman.force.solve.bounding import Bounding, readiness_prices
from peyman.force.solve.bounds.flow import FleetFlow, Flow
from peyman.force.solve.bounds.parties import duties
from peyman.force.solve.bounds.parties.deeds import Goal
from peyman.force.solve.bounds.parties.duties import MOST_PATTERNS, Pattern, patterns
from peyman.force.solve.bounds.parties.market import Market
from peyman.force.solve.bounds.prices import best_starts, soonest
from peyman.force.solve.dispatching.assemble import plan_of
from peyman.force.solve.dispatching.roads import Roads
from peyman.force.solve.network import Network
from peyman.force.solve.searching.ruin import STEPS, recreate, steps_at_once
from peyman.force.solve.searching.search import decode, first_orders
from peyman.force.solve.sizes import COMPILED, Guesses
from peyman.force.solve.timing import Limits, OutOfTime, in_time
from tests.force.moving import LIFTER, load, problem


def many_airfields(many: int = 40) -> Problem:
    """Airfields with legs between all of them, and one load."""
    one: Problem = problem(load("L0"))
    first, second = one.airfields[:2]
    more = [replace(second, id=f"A{i:02}") for i in range(many)]
    names = [one.id for one in more]
    legs = [Leg(a, b, 500) for a, b in product(names, names) if a < b]
    legs += [Leg(first.id, name, 500) for name in names]
    fields = (*one.airfields, *more)
    return replace(one, airfields=fields, legs=(*one.legs, *legs))


def nothing() -> float:
    """No time is left."""
    return 0.0


def test_a_long_loop_asks_the_clock_now_and_then_and_a_short_one_never() -> None:
    asked = list[int]()

    def left() -> float:
        asked.append(1)
        return 2.0 - len(asked)

    assert list(in_time(range(60), left)) == list(range(60))
    assert not asked
    done = list[int]()
    with pytest.raises(OutOfTime):
        done.extend(in_time(range(1000), left))
    assert len(asked) == 2


@pytest.mark.parametrize(
    "made",
    [
        lambda asked: FleetFlow(Network(asked), asked.loads, 2000, 24, nothing),
        lambda asked: Market(
            Network(asked), list(asked.loads), Goal("lateness", 2000, 30), nothing
        ),
    ],
)
def test_a_program_for_which_there_is_no_time_is_left_unfinished(
    made: Callable[[Problem], object],
) -> None:
    with pytest.raises(OutOfTime):
        made(many_airfields())


def test_where_there_is_no_time_there_are_no_prices_and_no_failure() -> None:
    asked = many_airfields()
    bounding = Bounding(Network(asked), asked.loads, 2000)
    assert bounding.first(60.0, nothing) is None
    assert list(bounding.better(0, (), nothing)) == []


def test_a_proof_is_guessed_to_take_longer_where_there_is_more_to_go_through() -> None:
    few, many = (Guesses(Network(many_airfields(n))) for n in (10, 40))
    prices = Prices("lateness", 10, 2000, 2000, {"L0": 5})
    finer, longer = replace(prices, grid_min=1), replace(prices, until=200)
    assert many.seconds(prices) > 1.5 * few.seconds(prices)
    assert many.seconds(finer) > many.seconds(prices) > many.seconds(longer)


def test_a_guess_learns_from_the_proofs_that_were_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, COMPILED, raising=False)
    guesses = Guesses(Network(many_airfields()))
    prices = Prices("lateness", 10, 2000, 2000, {"L0": 5})
    first = guesses.seconds(prices)
    # What is read once is no measure of what follows, be it in the first proof or in another.
    monkeypatch.setitem(sys.modules, COMPILED, sys)
    guesses.took(prices, 30.0)
    assert guesses.seconds(prices) < first
    guesses.took(prices, 30.0)
    assert guesses.seconds(prices) == pytest.approx(30.0)
    other = replace(prices, objective="lift")
    assert guesses.seconds(other) == pytest.approx(30.0)
    guesses.took(other, 1.0)
    assert guesses.seconds(other) == pytest.approx(1.0)
    assert guesses.seconds(prices) == pytest.approx(30.0)


def test_the_proof_of_one_load_is_no_measure_of_those_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, COMPILED, sys)
    asked = instance("R", 1, 0)
    guesses = Guesses(Network(asked))
    every = Prices("closure", 1, 9000, 9000, {one.id: 5 for one in asked.loads})
    one = replace(every, load={asked.loads[0].id: 5})
    before = guesses.seconds(every)
    guesses.took(one, 1e-6)
    assert guesses.seconds(one) < 1e-5
    assert guesses.seconds(every) == pytest.approx(before)


def test_no_proof_is_begun_that_is_too_long_and_the_first_schedule_comes_anyway(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, begun, clock = many_airfields(), list[Prices](), count()
    monkeypatch.setattr(Guesses, "seconds", lambda *_: 1e6)

    def bound(_: Prover, prices: Prices) -> int:
        begun.append(prices)
        return 0

    monkeypatch.setattr(Prover, "bound", bound)
    told = list[Plan]()

    def progress(plan: Plan) -> bool:
        told.append(plan)
        return True

    made = plan_movement(asked, Limits(50, lambda: float(next(clock))), progress)
    assert begun == []
    assert told
    monkeypatch.undo()
    assert check(asked, made) == ()
    at_once = plan_movement(asked, Limits(0, lambda: 0.0))
    assert at_once.flights
    assert check(asked, at_once) == ()


def test_a_schedule_that_is_not_there_in_time_is_broken_off_but_for_the_first() -> None:
    asked, clock = instance("R", 1, 0), count()
    network = Network(asked)
    order = next(first_orders(network, asked.loads))
    with pytest.raises(OutOfTime):
        decode(network, asked.loads, order, nothing)
    planner = _Planner(asked, Limits(50, lambda: float(next(clock))), lambda _: True)
    planner._decode(order[::-1])
    first = planner.best
    assert first is not None
    assert decode(network, asked.loads, order).worth < first.worth
    planner._decode(order, 0.0)
    assert planner.best is first
    planner._decode(order, 1e6)
    assert planner.best is not first


def test_so_much_of_the_time_is_kept_as_it_takes_to_make_a_plan_of_a_schedule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, clock = instance("R", 1, 0), [0.0]
    planner = _Planner(asked, Limits(50, lambda: clock[0]), lambda _: True)

    def slow(*args: Any) -> Plan:
        clock[0] += 7
        return plan_of(*args)

    monkeypatch.setattr(planner_of, "plan_of", slow)
    planner._decode([one.id for one in asked.loads])
    assert planner.time.has(35)
    assert not planner.time.has(37)
    clock[0] = 44
    assert planner.time.is_over()


def test_when_each_load_would_go_is_asked_of_a_flow_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, seen = instance("L", 1, 2), list[str]()

    def starts(network: Network, flow: Flow, loads: Iterable[Load]) -> Any:
        rows = list(loads)
        seen.extend(one.id for one in rows)
        return best_starts(network, flow, rows)

    monkeypatch.setattr(bounding_of, "best_starts", starts)
    ticks = count()
    bounding = Bounding(Network(asked), asked.loads, 8000)
    assert bounding.first(60.0)
    next(bounding.better(0, (), lambda: 60.0 - next(ticks)))
    assert sorted(seen) == sorted(one.id for one in asked.loads)
    assert bounding.starts.keys() == set(seen)


def test_no_more_duties_are_made_than_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = list[int]()

    def counted(*args: Any) -> Pattern:
        made.append(1)
        return Pattern(*args)

    monkeypatch.setattr(duties, "Pattern", counted)
    asked = many_airfields(50)
    network = Network(asked)
    sources = [one.id for one in asked.airfields]
    served = frozenset((a, b) for a in sources[:9] for b in sources[:9])
    found = patterns(network, LIFTER.id, served, anywhere=True)
    assert len(found) >= MOST_PATTERNS
    assert len(made) < 1.1 * len(found)


def test_few_steps_are_taken_between_two_looks_where_each_is_long() -> None:
    few = [load(f"L{i}") for i in range(20)]
    assert steps_at_once(few) == STEPS
    many = [replace(one, destinations=("there",) * 500) for one in few]
    assert 1 <= steps_at_once(many) < STEPS // 5


def test_of_thousands_that_were_left_few_are_put_back_in_one_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = instance("L", 3, 0)
    short = replace(asked, horizon=3000)
    network = Network(short)
    start = decode(network, short.loads, next(first_orders(network, short.loads))[:3])
    before = sum(1 for n in start.dispatch.left.values() if n)
    assert before > 200
    asked_for = iter([False, True])
    monkeypatch.setattr("peyman.force.solve.searching.ruin.STEPS", 1)
    chance = np.random.default_rng(0)
    found = list(recreate(network, short.loads, start, chance, lambda: next(asked_for)))
    left = sum(1 for n in found[-1].dispatch.left.values() if n)
    assert before - 60 < left < before


def test_roads_and_trips_of_a_load_are_those_between_its_ends() -> None:
    asked = many_airfields()
    network = Network(asked)
    one = replace(asked.loads[0], destinations=("A01", "A00", "nowhere"))
    ends = [(trip.origin, trip.destination) for trip, _ in network.carrying(one)]
    assert ends == [("home", "A01"), ("home", "A00")]
    trips = [network.trips[LIFTER.id, *pair] for pair in ends]
    first = max(one.rld, one.ald)
    assert soonest(network, one) == min(
        first + t.away_min + t.unload_min for t in trips
    )
    assert readiness_prices(network, asked.loads).objective == "lateness"


def test_convoys_go_as_early_as_if_nothing_were_remembered() -> None:
    ways = [
        Route(f"R{i}", "road", "home", "there", 100 + i, 50, 7, 3, 3, 10**6)
        for i in range(2)
    ]
    asked = problem(load("L0"), routes=tuple(ways))
    chance = np.random.default_rng(0)
    kept = Roads(asked)
    for _ in range(60):
        way, first = ways[chance.integers(2)], int(chance.integers(30))
        parts = (("L0", int(chance.integers(1, 3))),)
        fresh = Roads(asked)
        for one in kept.marches:
            fresh.put(one)
        march = kept.earliest(way, parts, first, 0)
        assert march == fresh.earliest(way, parts, first, 0)
        assert march is not None
        kept.put(march)
        if chance.random() < 0.2:
            kept.take_off(max(0, len(kept.marches) - 8))


def test_closures_are_taken_out_of_windows_minute_by_minute() -> None:
    chance = np.random.default_rng(1)
    for _ in range(200):
        rows = chance.integers(0, 40, (6, 2)).tolist()
        opened, shut = rows[:3], rows[3:]
        is_open = [
            any(lo <= at < hi for lo, hi in opened)
            and not any(lo <= at < hi for lo, hi in shut)
            for at in range(30)
        ]
        found = windows(map(tuple, opened), map(tuple, shut), 30)
        inside = [any(lo <= at < hi for lo, hi in found) for at in range(30)]
        assert inside == is_open
        assert list(found) == sorted(found)
        assert all(lo < hi for lo, hi in found)


def test_a_thousand_loads_may_wait_one_for_the_other() -> None:
    rows = [load(f"L{i}", kind="cargo", piece_kg=1, pieces=1) for i in range(1500)]
    rows = [replace(b, after=(a.id,)) for a, b in pairwise(rows)][::-1]
    first = load("L0", kind="cargo", piece_kg=1, pieces=1)
    asked = problem(*rows, first)
    found = decode(Network(asked), asked.loads, [one.id for one in asked.loads])
    assert found.dispatch.closed["L0"] > 0
    assert found.dispatch.closed["L1"] >= found.dispatch.closed["L0"]
