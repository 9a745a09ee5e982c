"""The planner's plans pass the checker, its bounds are below every plan, it never gets worse."""

from dataclasses import replace
from itertools import count, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyman.force.checking import check, proven_bound, values
from peyman.force.plan import Prices, plan_json, read_plan
from peyman.force.planner import _Planner, plan_movement
from peyman.force.problem import Airfield, Leg, Tail, problem_json, read_problem
from peyman.force.solve.network import Network
from peyman.force.solve.searching.search import decode
from peyman.force.solve.timing import Limits
from tests.force.moving import GATE, LIFTER, OPEN, ROAD, load, problem


def limits(ticks=25, seed=0):
    """A clock that ticks once each time it is read: no test waits for it."""
    clock = count()
    return Limits(ticks, lambda: float(next(clock)), seed)


LOADS = st.lists(
    st.builds(
        load,
        origin=st.sampled_from(["home", "there"]),
        destinations=st.sampled_from([("there",), ("home",), ("there", "far")]),
        kind=st.sampled_from(["vehicles", "passengers", "cargo"]),
        pieces=st.integers(1, 5),
        piece_kg=st.sampled_from([100, 10_000, 45_000]),
        priority=st.integers(1, 4),
        ald=st.integers(0, 400),
        lad=st.integers(0, 2000),
        rdd=st.integers(0, 2000),
        ead=st.integers(0, 500),
        onward_min=st.integers(0, 60),
        within_min=st.sampled_from([None, None, 300]),
        unit=st.sampled_from(["a", "b", "c"]),
    ),
    min_size=1,
    max_size=4,
).map(lambda rows: [replace(one, id=f"L{i}") for i, one in enumerate(rows)])


@st.composite
def problems(draw):
    loads = draw(LOADS)
    if len(loads) > 1 and draw(st.booleans()):
        loads[1] = replace(loads[1], after=(loads[0].id,))
    shut = draw(st.sampled_from([(), ((300, 700),)]))
    runway = draw(st.sampled_from([3000, 3000, 0]))
    fields = (
        Airfield("home", 3000, 1, OPEN),
        Airfield("there", 3000, 1, OPEN, draw(st.sampled_from([None, 1])), shut),
        Airfield("far", runway, 1, ((0, 2000),), 1),
    )
    bases = draw(st.lists(st.sampled_from(["home", "there"]), min_size=1, max_size=3))
    tails = [Tail(f"T{i}", "lifter", base, 37 * i) for i, base in enumerate(bases)]
    legs = (
        Leg("home", "there", draw(st.sampled_from([333, 1000, 1500]))),
        Leg("home", "far", 700),
        Leg("there", "far", 2500),
    )
    roads = draw(st.sampled_from([(), (ROAD,)]))
    return problem(
        *loads,
        airfields=fields,
        tails=tuple(tails),
        legs=legs,
        routes=roads,
        borders=(GATE,),
    )


@given(problems(), st.integers(0, 3))
@settings(max_examples=15, deadline=None)
def test_every_plan_passes_the_checker(asked, seed):
    made = plan_movement(asked, limits(seed=seed))
    assert check(asked, made) == ()
    assert {one.name: one.value for one in made.objectives} == values(asked, made)
    assert all(one.bound <= one.value for one in made.objectives)


@given(problems())
@settings(max_examples=8, deadline=None)
def test_a_problem_and_its_plan_are_read_back_as_they_were_written(asked):
    assert read_problem(problem_json(asked)) == asked
    made = plan_movement(asked, limits(8))
    assert read_plan(plan_json(made)) == made


PRICES = st.builds(
    Prices,
    st.sampled_from(["lateness", "closure", "lift"]),
    st.sampled_from([10, 15, 30]),
    st.sampled_from([300, 1000, 3000]),
    st.sampled_from([50, 400]),
    st.dictionaries(
        st.sampled_from(["L0", "L1", "L2"]), st.integers(-5, 10**9), max_size=3
    ),
    st.dictionaries(
        st.sampled_from(["home", "there"]),
        st.lists(st.integers(-9, 10**6), max_size=5).map(tuple),
    ),
)


@given(problems(), PRICES)
@settings(max_examples=25, deadline=None)
def test_no_prices_whatever_prove_more_than_the_best_of_all_orders(asked, prices):
    network = Network(asked)
    best = plan_movement(asked, limits(4))
    able = [one for one in asked.loads if one.id not in {u.load for u in best.unmet}]
    found = {one.name: one.value for one in best.objectives}
    for order in permutations([one.id for one in able]):
        worth = decode(network, able, order).worth
        names = ("undelivered", "lateness", "closure", "lift")
        if worth[0] == 0 and found["undelivered"] == 0:
            found = {
                name: min(found[name], value)
                for name, value in zip(names, worth, strict=True)
            }
    if found["undelivered"] == 0 or prices.objective == "lateness":
        assert proven_bound(asked, prices) <= found[prices.objective]


def late_problem():
    """Three trips for one aircraft that all want to be there at once."""
    return problem(*(load(f"L{i}", lad=200, rdd=200, priority=1 + i) for i in range(3)))


def test_a_bound_is_proven_and_close_where_one_aircraft_flies_three_times():
    made = plan_movement(late_problem(), limits(200))
    late = made.objectives[1]
    assert late.name == "lateness"
    assert late.value > 0
    assert late.gap < 0.3


def test_the_prices_of_a_certificate_may_be_perturbed_and_the_bound_may_not():
    asked = late_problem()
    made = plan_movement(asked, limits(60))
    late = made.objectives[1]
    chance = np.random.default_rng(5)
    assert late.prices is not None
    for _ in range(6):
        load_prices = {
            name: int(price * chance.uniform(0.5, 1.5))
            for name, price in late.prices.load.items()
        }
        other = replace(late.prices, load=load_prices)
        assert proven_bound(asked, other) <= late.value
        worse = replace(late, prices=other)
        told = replace(made, objectives=(worse,))
        is_refused = bool(check(asked, told))
        assert is_refused is (proven_bound(asked, other) < late.bound)
    higher = replace(late, bound=late.bound + 1)
    told = replace(made, objectives=(higher,))
    assert [one.code for one in check(asked, told)] == ["bound"]


def test_the_planner_tells_of_better_plans_and_higher_bounds_only():
    told = []

    def keep(plan):
        told.append(plan)
        return True

    asked = late_problem()
    plan_movement(asked, limits(60), keep)
    assert len(told) > 1
    for before, after in pairwise(told):
        worth = [
            tuple(one.value for one in plan.objectives) for plan in (before, after)
        ]
        assert worth[1] <= worth[0]
        assert all(
            b.bound <= a.bound
            for b, a in zip(before.objectives, after.objectives, strict=True)
        )


def test_whoever_stops_the_planner_keeps_the_best_plan_so_far():
    asked = late_problem()
    told = []

    def stop(plan):
        told.append(plan)
        return False

    made = plan_movement(asked, limits(60), stop)
    assert len(told) == 1
    assert check(asked, made) == ()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            problem(load(piece_kg=50_000)),
            ["tanks: no aircraft of the fleet carries a piece of it, 50000 kg, so far"],
        ),
        (
            problem(
                airfields=(
                    Airfield("home", 3000, 2, OPEN),
                    Airfield("there", 0, 1, OPEN),
                )
            ),
            ["there has no runway"],
        ),
        (
            problem(load(ald=500, lad=400)),
            ["tanks is required before it is ready"],
        ),
        (
            problem(
                airfields=(
                    Airfield("home", 3000, 2, OPEN),
                    Airfield("there", 3000, 1, OPEN, 1, OPEN),
                )
            ),
            ["there never opens"],
        ),
        (
            problem(load(after=("guns",)), load("guns", after=("tanks",))),
            [
                "guns waits for tanks, which waits for it",
                "tanks waits for guns, which waits for it",
            ],
        ),
    ],
)
def test_a_load_that_cannot_go_is_named_with_the_smallest_set_of_reasons(asked, says):
    made = plan_movement(asked, limits())
    assert check(asked, made) == ()
    assert sorted(one.says for row in made.unmet for one in row.reasons) == says


def test_the_rest_is_planned_when_one_load_cannot_go():
    asked = problem(load(), load("safe", piece_kg=50_000))
    made = plan_movement(asked, limits())
    assert [part.load for one in made.flights for part in one.parts] == ["tanks"]
    assert [one.load for one in made.unmet] == ["safe"]


def test_an_aircraft_that_is_half_full_takes_what_else_is_waiting():
    asked = problem(
        load(pieces=1), load("men", kind="passengers", pieces=50, piece_kg=100)
    )
    made = plan_movement(asked, limits())
    (one,) = made.flights
    assert {(part.load, part.pieces) for part in one.parts} == {
        ("tanks", 1),
        ("men", 50),
    }


def test_the_largest_numbers_are_planned():
    most = 2**53 - 1
    asked = read_problem(
        problem_json(
            problem(
                load(
                    "heavy", kind="cargo", pieces=3, piece_kg=most, lad=most, rdd=most
                ),
                load("many", kind="cargo", pieces=most, piece_kg=1),
                load("far off", ald=most, lad=most, rdd=most),
                weights=(most,),
                types=(replace(LIFTER, payload=((2000, most),), duty_min=most),),
                tails=(
                    Tail("T1", "lifter", "home"),
                    Tail("T2", "lifter", "home", most),
                ),
            )
        )
    )
    made = plan_movement(asked, Limits(0, lambda: 0.0, turns=3))
    assert check(asked, made) == ()
    assert made.flights


def test_what_is_late_is_reckoned_longer_than_the_best_schedule_takes():
    loads = [load(id=f"L{i}", pieces=2, lad=0, rdd=0) for i in range(3)]
    asked = problem(*loads)
    plans = []

    def told(plan):
        plans.append(plan)
        return True

    plan_movement(asked, limits(60), told)
    _, late, closure, _ = plans[-1].objectives
    assert closure.value < asked.horizon
    proofs = [one.objectives[1].prices for one in plans]
    # What is proven until the end of all planning needs no program.
    ends = {one.until for one in proofs if one} - {asked.horizon}
    assert ends
    assert min(ends) > closure.value
    assert 0 < late.bound <= late.value


class Reckoned(_Planner):
    """A planner that only writes down until when it would reckon what is late."""

    untils: list[int]

    def _lateness_until(self, until: int, ends: float) -> None:
        self.untils.append(until)


def test_what_is_late_is_reckoned_once_where_that_ends_at_the_horizon() -> None:
    # Ready so near to the end that one of the two has to stay.
    loads = [load(f"U{i}", ald=2700, lad=2800, rdd=2800) for i in range(2)]
    planner = Reckoned(problem(*loads), limits(ticks=400), lambda _: True)
    planner.untils = []
    planner.run()
    assert planner.best is not None
    assert not planner.best.is_whole
    assert planner.untils == [planner.problem.horizon]
