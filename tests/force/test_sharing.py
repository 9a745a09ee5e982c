"""Loads that a few tails share out: a bound that is higher, and never too high."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.instances import AN_124, IL_76
from peyman.force.checking import check, proven_bound
from peyman.force.plan import Prices, plan_json, read_plan
from peyman.force.planner import plan_movement
from peyman.force.problem import Airfield, Leg, Route, Tail
from peyman.force.solve.timing import Limits
from peyman.force.strict import write
from tests.force.moving import load, problem
from tests.force.test_bound_exhaustive import PRICES, Every, tiny

NAMES = ("L0", "L1")
FIELDS = tuple(Airfield(name, 3500, 6, ((0, 20_000),)) for name in ("home", "there"))


@st.composite
def shared(draw):
    """A tiny problem, and prices with some of its loads, or all, shared out."""
    asked = draw(tiny())
    names = [one.id for one in asked.loads]
    some = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    return asked, replace(draw(PRICES), grid_min=1, shared=tuple(some))


@given(shared())
@settings(max_examples=12, deadline=None)
def test_shared_out_loads_prove_no_more_than_the_best_of_all_schedules(both):
    asked, prices = both
    assert proven_bound(asked, prices) <= Every(asked).least_lateness()


def heavy(count=5, **kwargs):
    """So many loads of four pieces, of which an An-124 carries five; one An-124, one Il-76."""
    rows = {"pieces": 4, "piece_kg": 24_000, "outsize": True, "lad": 600, "rdd": 600}
    return problem(
        *(load(f"L{i}", **{**rows, **kwargs}) for i in range(count)),
        horizon=20_000,
        types=(IL_76, AN_124),
        tails=(Tail("T0", AN_124.id, "home"), Tail("T1", IL_76.id, "home")),
        airfields=FIELDS,
        legs=(Leg("home", "there", 2000),),
    )


def plain(asked, price=100_000_000):
    loads = dict.fromkeys((one.id for one in asked.loads), price)
    return Prices("lateness", 1, asked.horizon, asked.horizon, loads)


def everything(asked, **kwargs):
    return replace(plain(asked, **kwargs), shared=tuple(one.id for one in asked.loads))


def test_two_loads_on_one_aircraft_take_two_flights_and_the_proof_says_so():
    asked = heavy(2)
    best = plan_movement(asked, Limits(5, iter(range(10_000)).__next__)).objectives[1]
    assert proven_bound(asked, plain(asked)) < best.value
    assert proven_bound(asked, everything(asked)) == best.value


def test_the_planner_has_them_shared_out_and_the_checker_follows_the_proof():
    asked = heavy(3)
    made = plan_movement(asked, Limits(400, iter(range(100_000)).__next__))
    late = made.objectives[1]
    assert late.prices is not None
    assert late.prices.shared == ("L0", "L1", "L2")
    assert check(asked, made) == ()
    assert read_plan(plan_json(made)) == made
    higher = replace(late, bound=late.bound + 1)
    told = tuple(higher if one is late else one for one in made.objectives)
    assert [one.code for one in check(asked, replace(made, objectives=told))] == [
        "bound"
    ]


def test_other_prices_of_what_is_shared_out_do_not_prove_more():
    asked = heavy(3)
    best = proven_bound(asked, everything(asked))
    for price in (0, 1, 10**12):
        assert proven_bound(asked, everything(asked, price=price)) <= best


@pytest.mark.parametrize(
    "changed",
    [
        {"outsize": False, "piece_kg": 10_000},  # the other type carries it as well
        {"destinations": ("there", "home")},
        {"name": "L9"},
        {"by_land": True},
    ],
)
def test_what_cannot_be_shared_out_proves_nothing(changed):
    name = changed.get("name", "L0")
    is_by_land = changed.get("by_land", False)
    rows = {k: v for k, v in changed.items() if k not in ("name", "by_land")}
    asked = heavy(2, **{"lad": 300, "rdd": 300, **rows})
    if is_by_land:
        road = Route("road", "road", "home", "there", 9000, 30, 60, 0, 9, 10**6)
        asked = replace(asked, routes=(road,))
    prices = plain(asked, price=1_000_000)
    assert proven_bound(asked, prices) > 0
    prices = replace(prices, shared=(name,))
    assert proven_bound(asked, prices) == 0


def test_a_certificate_of_before_keeps_its_bytes():
    told = write(plain(heavy(2)))
    assert {"shared", "began_min"} & told.keys() == set()


def test_beginnings_told_apart_by_the_minute_prove_no_less():
    asked = heavy(3)
    once = proven_bound(asked, plain(asked))
    assert proven_bound(asked, replace(plain(asked), began_min=1)) >= once > 0
