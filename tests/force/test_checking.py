"""A sound plan passes; each single thing that is wrong with one is found, and said."""

from dataclasses import replace

import pytest

from peyman.force.checking import check, values
from peyman.force.plan import Convoy, Objective, Part, Prices, Reason, Unmet
from peyman.force.problem import Airfield, Tail
from tests.force.moving import (
    GATE,
    LIFTER,
    OPEN,
    ROAD,
    ferry,
    flight,
    load,
    plan,
    problem,
)


def codes(asked, made):
    return {one.code for one in check(asked, made)}


def test_a_sound_plan_passes_and_its_values_are_reckoned():
    asked = problem(load(lad=100))
    made = plan(asked, flight())
    assert check(asked, made) == ()
    assert values(asked, made) == {
        "undelivered": 0,
        "lateness": 2 * 10_000 * 9 * 90,
        "closure": 190,
        "lift": 100,
    }


CLOSED = (
    Airfield("home", 3000, 2, OPEN),
    Airfield("there", 3000, 1, OPEN, 1, ((100, 200),)),
)
SHORT = (Airfield("home", 3000, 2, OPEN), Airfield("there", 1700, 1, OPEN, 1))


@pytest.mark.parametrize(
    ("asked", "flights", "code"),
    [
        (problem(), [flight(tail="T9")], "tail"),
        (problem(), [flight(destination="elsewhere")], "leg"),
        (problem(), [flight(arrive=150)], "times"),
        (problem(), [flight(start=2900)], "horizon"),
        (problem(airfields=CLOSED), [flight()], "hours"),
        (problem(airfields=SHORT), [flight()], "runway"),
        (problem(load(pieces=3)), [flight(parts=(("tanks", 3),))], "full"),
        (problem(load(outsize=True)), [flight()], "carries"),
        (problem(), [flight(parts=(("tanks", 1),))], "pieces"),
        (problem(load(ald=10)), [flight()], "available"),
        (problem(load(rld=10)), [flight()], "available"),
        (problem(load(ead=161)), [flight()], "earliest"),
        (problem(load(origin="there", destinations=("home",))), [flight()], "place"),
        (problem(tails=(Tail("T1", "lifter", "there"),)), [flight()], "base"),
        (problem(tails=(Tail("T1", "lifter", "home", 1),)), [flight()], "available"),
        (
            problem(tails=(Tail("T1", "lifter", "home", 0, 219),)),
            [flight()],
            "available",
        ),
        (problem(load(after=("tanks",))), [flight()], "after"),
    ],
)
def test_one_thing_that_is_wrong_is_found(asked, flights, code):
    assert code in codes(asked, plan(asked, *flights))


def test_a_leg_beyond_the_range_is_found():
    asked = problem(types=(replace(LIFTER, payload=((900, 40_000),)),))
    assert "range" in codes(asked, plan(asked, flight()))


def two_trips(second_start, back=220):
    asked = problem(load(pieces=4))
    return asked, plan(
        asked, flight(), ferry("F2", back), flight("F3", start=second_start)
    )


def test_flights_of_a_tail_join_up():
    assert check(*two_trips(350)) == ()
    assert "joined" in codes(*two_trips(349))
    assert "joined" in codes(*two_trips(350, back=219))


def test_a_crew_works_no_longer_than_its_duty_unless_it_rested():
    assert check(*two_trips(380)) == ()
    assert codes(*two_trips(381)) == {"duty"}
    assert check(*two_trips(830)) == ()


def test_two_aircraft_do_not_share_one_stand():
    asked = problem(
        load(pieces=4),
        tails=(Tail("T1", "lifter", "home"), Tail("T2", "lifter", "home")),
    )
    parked = {"serial": "F2", "tail": "T2"}
    assert codes(asked, plan(asked, flight(), flight(start=30, **parked))) == {
        "working",
        "parking",
    }
    apart = plan(asked, flight(), ferry("F3", 220), flight(start=60, **parked))
    assert check(asked, apart) == ()


def test_a_unit_arrives_together_and_in_one_place():
    asked = problem(load(pieces=4, within_min=349))
    made = two_trips(350)[1]
    assert codes(asked, replace(made, problem=plan(asked).problem)) == {"integrity"}
    asked = problem(load(pieces=4, within_min=350))
    assert check(asked, replace(made, problem=plan(asked).problem)) == ()


def by_road(start=0, arrive=610, **more):
    asked = problem(routes=(ROAD,), borders=(GATE,), tails=(), **more)
    parts = (Part("tanks", 2),)
    return asked, Convoy("C1", "road", start, arrive, parts)


def test_a_convoy_marches_and_passes_its_border():
    asked, convoy = by_road()
    assert check(asked, plan(asked, convoys=[convoy])) == ()


def test_what_a_convoy_may_not_do_is_found():
    asked, convoy = by_road()
    early = replace(convoy, arrive=600)
    assert codes(asked, plan(asked, convoys=[early])) == {"times"}
    late = replace(convoy, start=1700, arrive=2310)
    assert codes(asked, plan(asked, convoys=[late])) == {"border"}
    lost = replace(convoy, route="track")
    assert codes(asked, plan(asked, convoys=[lost])) == {"route", "pieces"}
    heavy = replace(convoy, arrive=705, parts=(Part("tanks", 21),))
    assert codes(asked, plan(asked, convoys=[heavy])) == {"full", "pieces"}


def test_convoys_keep_their_distance_on_the_road_and_at_the_border():
    asked, convoy = by_road()
    one = replace(convoy, arrive=605, parts=(Part("tanks", 1),))
    close = replace(one, serial="C2", start=4, arrive=609)
    assert codes(asked, plan(asked, convoys=[one, close])) == {"headway", "border"}
    apart = replace(one, serial="C2", start=60, arrive=665)
    assert check(asked, plan(asked, convoys=[one, apart])) == ()


def test_fewer_pieces_than_one_make_no_room_for_others():
    asked = problem(load(lad=100))
    whole = flight()
    part = whole.parts[0]
    more = replace(whole, parts=(replace(part, pieces=part.pieces + 1),))
    made = plan(asked, more)
    unmet = (Unmet(part.load, "line", -1, (Reason("x", "x"),)),)
    assert "pieces" in codes(asked, replace(made, unmet=unmet))
    fewer = replace(
        whole, parts=(part, replace(part, pieces=-1), replace(part, pieces=1))
    )
    assert "pieces" in codes(asked, plan(asked, fewer))


def test_a_plan_for_another_problem_and_a_serial_told_twice_are_refused():
    asked = problem()
    other = problem(load(pieces=1))
    assert "problem" in codes(other, plan(asked, flight(parts=(("tanks", 1),))))
    twice = plan(asked, flight(), flight())
    assert "serial" in codes(asked, twice)


def test_what_is_unmet_has_a_reason_that_holds():
    asked = problem()
    barred = Unmet("tanks", "line-1", 2, (Reason("carry", "too heavy"),))
    assert codes(asked, plan(asked, unmet=[barred])) == {"reasons"}
    lift = replace(barred, reasons=(Reason("lift", "no tail"),))
    assert check(asked, plan(asked, unmet=[lift])) == ()
    silent = replace(barred, reasons=())
    assert "reasons" in codes(asked, plan(asked, unmet=[silent]))


def test_a_value_that_is_not_so_and_a_bound_without_proof_are_refused():
    asked = problem()
    made = plan(asked, flight(), closure=189)
    assert codes(asked, made) == {"value"}
    told = replace(made, objectives=(Objective("closure", 190, 190),))
    assert codes(asked, told) == {"bound"}


def test_a_certificate_of_another_objective_proves_nothing():
    asked = problem()
    prices = Prices("closure", 10, 189, 3000, {"tanks": 10_000_000})
    told = (Objective("closure", 190, 190, prices),)
    assert check(asked, replace(plan(asked, flight()), objectives=told)) == ()
    told = (Objective("lift", 100, 100, prices),)
    assert codes(asked, replace(plan(asked, flight()), objectives=told)) == {"bound"}


def test_what_is_wrong_is_said_in_words():
    asked = problem(airfields=SHORT)
    (one,) = (v for v in check(asked, plan(asked, flight())) if v.code == "runway")
    assert one.says == "F1: the runway of there is too short for a lifter"
