"""The bottleneck of small movements whose answer is plain, by prices and without."""

from itertools import count

from peyman.force.bottleneck import (
    bottleneck,
    one_more,
    prices_of,
    with_stand,
    with_tail,
)
from peyman.force.checking import check
from peyman.force.planner import plan_movement
from peyman.force.problem import Tail
from peyman.force.solve.timing import Limits
from tests.force.moving import load, problem


def planned(asked, seconds=0):
    clock = count()
    return plan_movement(asked, Limits(seconds, lambda: float(next(clock)) / 100))


def crowded(tails, lad=300):
    """Everything is due at once, and has to come through the ramps of two airfields."""
    loads = [load(f"L{i}", unit=f"u{i}", lad=lad, rdd=lad) for i in range(6)]
    return problem(
        *loads, tails=tuple(Tail(f"T{i}", "lifter", "home") for i in range(tails))
    )


def test_more_of_an_aircraft_saves_lateness_where_there_are_too_few():
    asked = crowded(1)
    plan = planned(asked, 2)
    assert prices_of(plan) is not None
    found = one_more(asked, plan, bottleneck(asked, plan), planned)
    tail = next(one for one in found if one.kind == "aircraft")
    assert (tail.name, tail.place) == ("lifter", "home")
    assert tail.by_prices
    assert tail.lateness[1] < tail.lateness[0]
    assert tail.closure[1] < tail.closure[0]


def test_a_ramp_that_is_full_is_named_with_its_hours():
    asked = crowded(6, lad=9000)
    plan = planned(asked)
    assert prices_of(plan) is None
    found = bottleneck(asked, plan)
    assert found is not None
    assert found.price is None
    stands = {one.id: one.working_mog for one in asked.airfields}
    assert found.stands == stands[found.airfield]
    middle = (found.start + found.end) // 2
    works = [
        (place, start, end)
        for f in plan.flights
        for place, start, end in (
            (f.origin, f.start, f.depart),
            (f.destination, f.arrive, f.ready),
        )
        if place == found.airfield and start <= middle < end
    ]
    assert len(works) == found.stands


def test_one_more_is_one_more_and_the_checker_still_takes_the_plan():
    asked = crowded(2)
    more = with_tail(with_tail(asked, "lifter", "home"), "lifter", "home")
    assert len({one.id for one in more.tails}) == 4
    wider = with_stand(asked, "there")
    before = {one.id: one.working_mog for one in asked.airfields}
    assert {one.id for one in wider.airfields if one.working_mog != before[one.id]} == {
        "there"
    }
    assert check(more, planned(more)) == ()


def test_nothing_to_move_has_no_bottleneck():
    asked = problem(tails=())
    plan = planned(asked)
    assert bottleneck(asked, plan) is None
    assert one_more(asked, plan, None, planned) == ()
