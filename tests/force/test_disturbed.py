"""Disturbed replications: the same seed the same, calm is the plan, every delay has a cause."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from peyman.force.live.disturbed import (
    CALM,
    Outcome,
    Risks,
    outlook,
    outlook_json,
    replicate,
    seeds,
)
from peyman.force.plan import Convoy, Part
from peyman.force.problem import Tail
from tests.force.moving import GATE, ROAD, ferry, flight, load, plan, problem

ASKED = problem(
    load("first", unit="a"),
    load("second", unit="b"),
    load("third", unit="c", ald=100, after=("first",)),
    tails=(Tail("T1", "lifter", "home"), Tail("T2", "lifter", "home")),
    routes=(ROAD,),
    borders=(GATE,),
)
THIRD = (("third", 2),)
MADE = plan(
    ASKED,
    flight("F1", "T1", 0, (("first", 2),)),
    ferry("F2", 220, tail="T1"),
    flight("F3", "T1", 900, THIRD),
    convoys=(Convoy("C1", "road", 100, 710, (Part("second", 2),)),),
)
ROUGH = Risks(0.5, 300, 1, 200, 0.5, 300)
SURE = {"breakdown": 0, "weather": 0, "late": 0}


def flown(seed=0, **risks):
    return replicate(ASKED, MADE, Risks(**{**SURE, **risks}), seed)


def test_a_calm_replication_is_the_plan():
    assert replicate(ASKED, MADE, CALM, 3) == Outcome(1090, None)


def test_a_repair_delays_what_the_aircraft_flies_next_and_is_named():
    found = [flown(seed, breakdown=1, repair_min=60) for seed in range(20)]
    assert {one.driver for one in found} == {None, "T1"}
    assert all((one.closure > 1090) == (one.driver == "T1") for one in found)


def test_a_load_that_is_late_is_named():
    found = {flown(seed, late=1, late_min=900).driver for seed in range(20)}
    assert found <= {None, "first", "second", "third"}
    assert {"first", "third"} <= found


def test_a_convoy_waits_for_its_load_too():
    only = replace(MADE, flights=())
    late = Risks(**{**SURE, "late": 1, "late_min": 900})
    found = [replicate(ASKED, only, late, seed) for seed in range(20)]
    assert {one.driver for one in found} == {None, "second"}
    assert max(one.closure for one in found) > 710


def test_what_waits_for_a_late_load_goes_after_it():
    alone = replace(MADE, flights=MADE.flights[:1], convoys=())
    both = replace(alone, flights=(*alone.flights, flight("F3", "T2", 200, THIRD)))
    late = Risks(**{**SURE, "late": 1, "late_min": 900})
    for seed in range(20):
        first = replicate(ASKED, alone, late, seed).closure
        assert replicate(ASKED, both, late, seed).closure >= min(first + 190, 3000)


def test_weather_is_told_of_the_airfield_that_it_closes():
    alone = replace(MADE, flights=MADE.flights[:1], convoys=())
    stormy = Risks(**{**SURE, "weather": 4, "weather_min": 200})
    drivers = {replicate(ASKED, alone, stormy, seed).driver for seed in range(30)}
    assert drivers == {None, "home", "there"}


def test_what_can_no_longer_go_is_counted_as_broken_off():
    found = [flown(seed, breakdown=1, repair_min=20_000) for seed in range(10)]
    told = outlook(found)
    assert told.broken_off == sum(one.closure == ASKED.horizon for one in found) > 0


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=40)
def test_disturbance_never_helps(seed):
    one = replicate(ASKED, MADE, ROUGH, seed)
    assert one.closure >= 1090
    assert (one.closure == 1090) <= (one.driver is None)
    assert replicate(ASKED, MADE, ROUGH, seed) == one


def test_the_seeds_of_a_series_differ_and_begin_those_of_a_longer_one():
    assert len(set(seeds(0, 1000))) == 1000
    assert seeds(5, 10) == seeds(5, 100)[:10]
    assert seeds(5, 10) != seeds(6, 10)


def test_an_outlook_is_told_in_instants_with_its_drivers_and_what_is_assumed():
    told = outlook_json(
        ASKED,
        MADE,
        ROUGH,
        [Outcome(1090, None), Outcome(1300, "T1"), Outcome(1300, "there")],
    )
    assert told["undisturbed"] == "2022-01-06T18:10:00Z"
    assert told["closure"]["95"] == "2022-01-06T21:40:00Z"
    assert (told["replications"], told["on_time"], told["broken_off"]) == (3, 1, 0)
    assert told["drivers"] == [
        {"kind": "aircraft", "name": "T1", "replications": 1},
        {"kind": "airfield", "name": "there", "replications": 1},
    ]
    assert told["assumed"]["repair_min"] == 300
