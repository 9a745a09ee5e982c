"""What hardly anybody plans, and what nobody should be able to prove: numbers at the edge, and cases met by chance."""

from dataclasses import replace
from itertools import count

import pytest

from peyman.force.checking import check, proven_bound, values
from peyman.force.checking.proving.spared import most_spared
from peyman.force.plan import Convoy, Objective, Part, Prices, Reason, Unmet
from peyman.force.planner import plan_movement
from peyman.force.problem import Border, Route, Tail
from peyman.force.solve.network import Network
from peyman.force.solve.searching.arrays import free_loads
from peyman.force.solve.timing import Limits
from peyman.force.strict import MOST
from tests.force.moving import flight, load, plan, problem


def planned(asked, ticks=60):
    """Its plan, by a clock that ticks once each time it is read."""
    clock = count()
    return plan_movement(asked, Limits(ticks, lambda: float(next(clock))))


def by_road(*loads, km=3, headway=1, gate=None, hours=((0, 1000),), piece_kg=10_000):
    """Loads that go by one road alone; with a border if its minutes for a piece are given."""
    borders = () if gate is None else (("gate", 0),)
    road = Route(
        "r", "road", "home", "there", km, 60, headway, 60, 9, 2 * piece_kg, borders
    )
    return problem(
        *loads,
        horizon=1000,
        tails=(),
        airfields=(),
        legs=(),
        routes=(road,),
        borders=(Border("gate", hours, gate or 0),),
    )


def test_a_border_that_is_shut_by_then_is_not_waited_for_even_on_a_road_of_no_length():
    asked = by_road(load(kind="cargo", ald=20), km=0, gate=0, hours=((0, 10),))
    made = planned(asked)
    assert [(one.load, one.pieces) for one in made.unmet] == [("tanks", 2)]


@pytest.mark.parametrize("apart", [10**12, MOST])
@pytest.mark.parametrize("what", ["headway", "gate"])
def test_convoys_may_be_so_far_apart_that_a_second_one_never_comes(what, apart):
    cargo = load(kind="cargo", pieces=6, lad=3, rdd=3)
    made = planned(by_road(cargo, **{what: apart}))
    assert check(by_road(cargo, **{what: apart}), made) == ()
    for one in made.objectives:
        assert one.bound <= one.value


def test_steps_longer_than_the_reckoning_prove_nothing_of_a_road():
    cargo = load(kind="cargo", pieces=6, lad=3, rdd=3)
    asked = by_road(cargo, headway=MOST)
    rest = Unmet("tanks", "line-1", 4, (Reason("lift", "x"),))
    made = plan(
        asked, convoys=(Convoy("C", "r", 0, 3, (Part("tanks", 2),)),), unmet=(rest,)
    )
    late = values(asked, made)["lateness"]
    prices = Prices("lateness", MOST, 1000, 1, {"tanks": 10**15}, roads=("r",))
    assert 0 <= proven_bound(asked, prices) <= late


def test_what_may_be_left_is_ordered_exactly():
    # As floating point, both bring the same for what they count.
    dear, cheap = (938534062369, 1052315692), (938534040964, 1052315668)
    assert dear[0] / dear[1] == cheap[0] / cheap[1]
    rows = [(*one, 40_000) for one in (dear, cheap)]
    room = 40_000 * cheap[1]
    best = max(
        40_000 * cheap[0], most_spared(rows[:1], room), most_spared(rows[1:], room)
    )
    assert most_spared(rows, room) >= best
    assert most_spared(rows, room) == most_spared(rows[::-1], room)


def test_a_shared_load_that_is_ready_after_the_end_of_the_reckoning_is_left():
    asked = problem(load(pieces=9, ald=1000, lad=2000, rdd=2000))
    prices = Prices("lateness", 1, 200, 60, {"tanks": 10**6}, shared=("tanks",))
    assert proven_bound(asked, prices) == 0


def test_of_a_plan_that_carries_what_contradicts_itself_not_too_much_is_proven():
    asked = problem(
        load("C", ald=20, lad=10, rdd=10, piece_kg=20_000),
        load("M", pieces=4, lad=1000, rdd=1000),
    )
    rest = Unmet("M", "line-1", 4, (Reason("lift", "x"),))
    made = plan(asked, flight(start=20, parts=(("C", 2),)), unmet=(rest,))
    found = values(asked, made)
    prices = Prices("lift", 1, 3000, 1, {"M": 60_000})
    assert proven_bound(asked, prices, found["undelivered"]) <= found["lift"]


def test_minutes_flown_are_proven_anew_when_a_schedule_leaves_less():
    # What Q waits for is found late, so that the first schedules leave it.
    asked = problem(
        load("P", unit="u", within_min=500),
        load("Q", unit="u", after=("R",), within_min=500),
        load("R", unit="r"),
        tails=(Tail("T1", "lifter", "home"), Tail("T2", "lifter", "home")),
    )
    made = planned(asked, ticks=1500)
    lift: Objective = made.objectives[3]
    assert made.objectives[0].value == 0
    assert lift.prices is not None
    assert lift.bound == proven_bound(asked, lift.prices)


def test_who_is_tied_to_a_load_that_cannot_be_moved_is_not_free():
    tied = load("tied", unit="u")
    stuck = load(
        "stuck", unit="u", within_min=2, destinations=("nowhere",), after=("one",)
    )
    others = [load("one", unit="v"), load("two", unit="v")]
    network = Network(problem(tied, stuck, *others))
    movable = [tied, *others]
    assert [one.id for one in free_loads(network, movable)] == ["two"]


def test_a_unit_of_which_all_is_gone_already_is_not_asked_again():
    asked = problem(load("gone", within_min=60), load("next", unit="other"))
    flown = flight(parts=(("gone", 2),))
    begun = replace(asked, since=100, begun=(flown,))
    made = planned(begun)
    assert check(begun, made) == ()


def test_nobody_looks_at_every_way_to_share_out_more_than_can_be_looked_at():
    asked = problem(load(pieces=MOST, piece_kg=1, kind="cargo"))
    prices = Prices("lateness", 1, 3000, 60, {"tanks": 1}, shared=("tanks",))
    assert proven_bound(asked, prices) == 0
