"""Loads that need whole flights: a bound that is higher, and never too high."""

from collections import deque
from dataclasses import replace
from itertools import product
from math import inf
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.instances import instance
from peyman.force import planner
from peyman.force.checking import check, proven_bound
from peyman.force.plan import Cover, Prices, plan_json, read_plan
from peyman.force.planner import plan_movement
from peyman.force.problem import Airfield, Leg, Route, Tail
from peyman.force.solve.bounding import Bounding
from peyman.force.solve.bounds.columns import Columns
from peyman.force.solve.bounds.parties.covers import Covers
from peyman.force.solve.bounds.parties.deeds import Goal
from peyman.force.solve.bounds.parties.market import Market
from peyman.force.solve.bounds.rounds import rounds
from peyman.force.solve.network import Network
from peyman.force.solve.timing import Limits
from tests.force.moving import load, problem
from tests.force.test_bound_exhaustive import (
    HORIZON,
    QUICK,
    Every,
    priced,
    tiny,
)


@st.composite
def covered(draw, objective, most):
    """A tiny problem, and prices with covers of some of its loads, in parts of all sizes."""
    asked = draw(tiny())
    names = [one.id for one in asked.loads]
    covers = []
    for _ in range(draw(st.integers(1, 3))):
        some = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        fills = st.integers(1, 7)
        covers.append(
            Cover(
                tuple(some),
                tuple(draw(fills) for _ in some),
                draw(st.integers(1, 9)),
                tuple(draw(st.lists(st.integers(0, most), max_size=6))),
            )
        )
    until = st.just(HORIZON) if objective == "lift" else st.integers(4, HORIZON)
    prices = draw(priced(objective, most, until))
    slot = draw(st.integers(1, 4))
    return asked, replace(prices, covers=tuple(covers), covered_min=slot)


@given(covered("lateness", 900_000))
@settings(max_examples=15, deadline=None)
def test_covers_prove_no_more_than_the_least_lateness_of_all_schedules(both):
    asked, prices = both
    assert proven_bound(asked, prices) <= Every(asked).least_lateness()


@given(covered("undelivered", 126_000_000))
@settings(max_examples=10, deadline=None)
def test_covers_prove_no_more_than_what_has_to_be_left(both):
    asked, prices = both
    assert proven_bound(asked, prices) <= Every(asked, "undelivered").least()


@given(covered("closure", 14_000_000))
@settings(max_examples=10, deadline=None)
def test_covers_prove_no_later_end_than_the_first_of_all_schedules(both):
    asked, prices = both
    bound = proven_bound(asked, prices)
    if bound:
        assert Every(asked, "closure", bound - 1).least() == inf


@given(covered("lift", 3_000), st.sampled_from([None, 0, 30_000, 126_000]))
@settings(max_examples=10, deadline=None)
def test_covers_prove_no_more_than_the_least_that_is_flown(both, spares):
    asked, prices = both
    least = Every(asked, "lift", spares=spares).least()
    assert proven_bound(asked, prices, spares) <= least


def few_flights(seed):
    """A tiny problem in which not all aircraft that have to fly are full."""
    chance = Random(seed)
    loads = [
        load(
            f"L{i}",
            destinations=("yonder" if i == 1 else "there",),
            kind=chance.choice(("vehicles", "passengers")),
            pieces=chance.choice((1, 2, 3)),
            piece_kg=chance.choice((10_000, 14_000)),
            priority=chance.choice((1, 2)),
            ald=chance.choice((0, 0, 1)),
            lad=(due := chance.choice((0, 0, 2, 4))),
            rdd=due,
        )
        for i in range(3)
    ]
    return problem(
        *loads,
        horizon=HORIZON,
        types=(replace(QUICK, duty_min=20),),
        airfields=tuple(
            Airfield(name, 3000, chance.choice((1, 2)), ((0, HORIZON),))
            for name in ("home", "there", "yonder")
        ),
        tails=tuple(Tail(f"T{i}", QUICK.id, "home") for i in range(1)),
        legs=(Leg("home", "there", 1), Leg("home", "yonder", chance.choice((1, 2)))),
    )


def others(prices):
    """Certificates that are near a good one: each is one too."""
    for tenths, slot, whole, fills in product((5, 10, 12), (1, 3), (2, 3, 4), (1, 2)):
        covers = []
        for one in prices.covers:
            tolls = (sum(one.toll[i : i + slot]) for i in range(0, 14, slot))
            toll = tuple(each * tenths * whole // 20 for each in tolls)
            first = one.fills[0] * fills
            parts = (first, *one.fills[1:])
            covers.append(Cover(one.loads, parts, one.whole * whole // 2, toll))
        yield replace(prices, covers=tuple(covers), covered_min=slot)


def test_what_the_planner_proves_by_whole_flights_is_never_more_than_the_least():
    covered = 0
    for seed in range(70):
        asked = few_flights(seed)
        bounding = Bounding(Network(asked), list(asked.loads), HORIZON)
        [prices] = deque(bounding.better(0, (), lambda: 60.0), maxlen=1)
        if prices.covers:
            covered += 1
            least = Every(asked).least_lateness()
            for changed in others(prices):
                assert proven_bound(asked, changed) <= least
    assert covered > 10


def two_ways(**kwargs):
    """One aircraft that takes two, and three for each of two places: two flights to each, of which one has room."""
    fields = {"pieces": 3, "lad": 0, "rdd": 0}
    return problem(
        load("L0", **fields),
        load("L1", **fields, destinations=("yonder",)),
        horizon=60,
        types=(replace(QUICK, duty_min=60),),
        airfields=tuple(
            Airfield(name, 3000, 2, ((0, 60),)) for name in ("home", "there", "yonder")
        ),
        tails=(Tail("T0", QUICK.id, "home"),),
        legs=(Leg("home", "there", 1), Leg("home", "yonder", 1)),
        **kwargs,
    )


LEAST = 10_000 * 9 * (2 * 3 + 2 * 9 + 15 + 21)
"""Two are there after 3 minutes, two more every 6; and then one and one."""


def planned(asked):
    return plan_movement(asked, Limits(400, iter(range(100_000)).__next__))


def test_a_flight_that_carries_little_takes_as_long_as_a_full_one_and_the_proof_says_so(
    monkeypatch,
):
    monkeypatch.setattr(planner, "shared", lambda *_: ())
    asked = two_ways()
    late = planned(asked).objectives[1]
    assert late.prices is not None
    assert late.prices.covers
    assert late.value == LEAST
    assert late.bound > 0.99 * LEAST
    monkeypatch.setattr(Columns, "cover", lambda *_: 0)
    plain = planned(asked).objectives[1]
    assert plain.value == LEAST
    assert plain.bound < 0.92 * late.bound


def test_a_certificate_with_covers_is_written_and_read_and_followed_by_the_checker(
    monkeypatch,
):
    monkeypatch.setattr(planner, "shared", lambda *_: ())
    asked = two_ways()
    made = planned(asked)
    assert check(asked, made) == ()
    assert read_plan(plan_json(made)) == made
    late = made.objectives[1]
    higher = replace(late, bound=late.bound + 1)
    told = tuple(higher if one is late else one for one in made.objectives)
    [wrong] = check(asked, replace(made, objectives=told))
    assert wrong.code == "bound"


COVER = Cover(("L0",), (1,), 2, (1000,))


@pytest.mark.parametrize(
    "cover",
    [
        replace(COVER, loads=("L9",)),
        replace(COVER, loads=("L0", "L0"), fills=(1, 1)),
        replace(COVER, loads=(), fills=()),
        replace(COVER, fills=(1, 1)),
        replace(COVER, whole=1 << 21),
        replace(COVER, fills=(1 << 21,)),
        replace(COVER, toll=(1 << 52,) * 9),
    ],
)
def test_a_cover_that_means_nothing_proves_nothing(cover):
    asked = two_ways()
    each = dict.fromkeys(("L0", "L1"), 10_000 * 9 * 9)
    prices = Prices("lateness", 1, 60, 60, each)
    assert proven_bound(asked, prices) > 0
    assert proven_bound(asked, replace(prices, covers=(COVER,))) > 0
    assert proven_bound(asked, replace(prices, covers=(cover,))) == 0


def test_nothing_that_goes_by_land_or_is_shared_out_is_covered():
    asked = two_ways()
    each = dict.fromkeys(("L0", "L1"), 10_000 * 9 * 9)
    prices = Prices("lateness", 1, 60, 60, each, covers=(COVER,))
    road = Route("road", "road", "home", "there", 1, 1, 90, 100, 100, 10**6)
    assert proven_bound(asked, prices) > 0
    assert proven_bound(replace(asked, routes=(road,)), prices) == 0
    assert proven_bound(asked, replace(prices, shared=("L1",))) > 0
    assert proven_bound(asked, replace(prices, shared=("L0",))) == 0


@pytest.mark.parametrize("count", [4096, 8200])
def test_so_many_covers_that_numbers_pass_their_end_prove_nothing(count):
    # An aircraft takes 131,072 pieces of each load, of which there is one; so it is told to pay 2**63 for them.
    light = {"kind": "cargo", "pieces": 1, "piece_kg": 1, "lad": 100, "rdd": 100}
    names = [f"L{i}" for i in range(8)]
    kind = replace(QUICK, payload=((9, 1 << 17),), turn_min=60, duty_min=2047)
    asked = problem(
        *(load(name, **light) for name in names),
        load("many", **{**light, "pieces": 992, "piece_kg": 128}),
        horizon=2047,
        types=(kind,),
        airfields=tuple(
            Airfield(name, 3000, 2, ((0, 2047),)) for name in ("home", "there")
        ),
        tails=(Tail("T0", QUICK.id, "home", 32),),
        legs=(Leg("home", "there", 1),),
    )
    [one] = (one for one in planned(asked).objectives if one.name == "closure")
    assert one.value == 35
    early, late = (
        Cover(tuple(names), (1,) * 8, 1 << 20, (0,) * zeros + (2**53 - 1,))
        for zeros in (1, 3)
    )
    prices = Prices(
        "closure",
        1,
        62,
        60,
        dict.fromkeys((*names, "many"), 10**12),
        covers=(early, late) * (count // 2),
        covered_min=16,
    )
    assert proven_bound(asked, prices) <= one.value


def test_what_whole_flights_are_worth_after_the_end_of_the_reckoning_is_nothing():
    asked = two_ways()
    each = dict.fromkeys(("L0", "L1"), 10_000 * 9 * 9)
    prices = Prices("lateness", 1, 20, 60, each, covers=(COVER,), covered_min=6)
    beyond = replace(COVER, toll=(1000, 0, 0, 0, 100_000))
    assert proven_bound(asked, prices) > 0
    changed = replace(prices, covers=(beyond,))
    assert proven_bound(asked, changed) == proven_bound(asked, prices)


def test_a_step_that_is_longer_than_a_slot_proves_nothing():
    asked = two_ways()
    each = dict.fromkeys(("L0", "L1"), 10_000 * 9 * 9)
    prices = Prices("lateness", 2, 60, 60, each, covers=(COVER,), covered_min=2)
    assert proven_bound(asked, prices) > 0
    assert proven_bound(asked, replace(prices, covered_min=1)) == 0


def test_of_many_loads_that_go_the_same_way_a_hundred_covers_at_most_are_made():
    def made(count):
        loads = [load(f"L{i}", pieces=1, lad=i, rdd=i) for i in range(count)]
        asked = problem(*loads)
        return Covers(Network(asked), loads, 3000, 60, 0).every

    # An aircraft takes two: the first three, five and so on need a flight that is not full.
    assert [len(one.fills) for one in made(9)] == [3, 5, 7, 9]
    many = [len(one.fills) for one in made(3000)]
    assert 50 < len(many) <= 100
    assert len(set(np.diff(many))) == 1


@st.composite
def covered_and_shared(draw):
    """A tiny problem of two loads, of which one is shared out and the other covered."""
    asked, prices = draw(covered("lateness", 900_000))
    names = ["L0", "L1"][: len(asked.loads)]
    some = draw(st.sampled_from(names))
    covers = tuple(one for one in prices.covers if some not in one.loads)
    return asked, replace(prices, grid_min=1, shared=(some,), covers=covers)


@given(covered_and_shared())
@settings(max_examples=10, deadline=None)
def test_covers_beside_what_is_shared_out_prove_no_more_than_the_least(both):
    asked, prices = both
    assert proven_bound(asked, prices) <= Every(asked).least_lateness()


def test_the_program_and_its_tails_reckon_whole_flights_alike():
    asked = instance("X", 1, 0)
    network = Network(asked)
    goal = Goal("lateness", 9000, 60)
    columns = Columns(Market(network, list(asked.loads), goal), 1)
    start = np.zeros(len(columns.pieces)), np.zeros((9, columns.slots))
    near = [step for step in rounds(columns, *start, lambda: 60.0) if step.is_near]
    bounds = [step.bound for step in near]
    assert len(bounds) > 2
    assert bounds == sorted(bounds)
    assert bounds[-1] > 1.05 * bounds[0]
    # Where they did not, the tails would find what the program has, and it would never be near.
    assert all(step.value - step.bound <= 0.003 * step.value for step in near)


def test_what_the_program_says_of_minutes_flown_by_whole_flights_the_checker_proves():
    asked = instance("R", 1, 0)
    asked = replace(asked, loads=asked.loads[:40], tails=asked.tails[:20])
    bounding = Bounding(Network(asked), list(asked.loads), asked.horizon, "lift")
    *_, (columns, step) = bounding._rounds((), lambda: 60.0, None)
    prices = bounding._priced(columns, step)
    assert prices.covers
    assert proven_bound(asked, prices) > 0.99 * step.bound / 1000
