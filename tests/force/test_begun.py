"""What has begun is given: no bound of what remains is above the best that still can be done."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.force.checking import check, fixed, proven_bound, remaining, values
from peyman.force.live.begun import Times, bounded, of_what_remains
from peyman.force.live.disturbed import CALM, replicate
from peyman.force.live.replan import Events, replan, revised
from peyman.force.plan import Prices
from peyman.force.planner import plan_movement
from peyman.force.problem import Airfield, Leg, Tail, problem_json, read_problem
from peyman.force.solve.timing import Limits
from peyman.force.strict import digest
from tests.force.moving import ROAD, load, problem
from tests.force.test_bound_exhaustive import HORIZON, PRICES, QUICK, At, Every, tiny


def planned(asked, seconds=40):
    clock = count()
    return plan_movement(asked, Limits(seconds, lambda: float(next(clock))))


def later(one, minutes):
    """A flight that came so much later than it was planned to."""
    rest = (one.arrive + minutes, one.unloaded + minutes, one.ready + minutes)
    return Times(one.start, one.depart, *rest)


def least_from(asked):
    """The least lateness of all schedules that go on from what has begun."""
    every = Every(asked)
    tails = []
    for tail in asked.tails:
        at = At(tail.base, tail.available_from, None)
        for one in (one for one in asked.begun if one.tail == tail.id):
            is_new = at.began is None or one.start - at.ready >= QUICK.rest_min
            works = (
                (one.origin, one.start, one.depart),
                (one.destination, one.arrive, one.ready),
            )
            began = one.start if is_new else at.began
            at = At(one.destination, one.ready, began, works)
        tails.append(at)
    moved = Counter({one.id: 0 for one in asked.loads})
    for one in asked.begun:
        for part in one.parts:
            moved[part.load] += part.pieces
    left = tuple(one.pieces - moved[one.id] for one in asked.loads)
    rest = every.best(asked.since, 0, tuple(tails), left)
    return fixed(asked)["lateness"] + rest


@given(
    tiny(),
    st.integers(1, 8),
    st.integers(0, 3),
    st.lists(PRICES, min_size=5, max_size=5),
)
@settings(max_examples=15, deadline=None)
def test_no_prices_prove_more_than_the_best_that_can_follow(asked, now, late, prices):
    old = planned(asked)
    begun = [one for one in old.flights if one.start < now]
    flown = {begun[-1].serial: later(begun[-1], late)} if begun else {}
    after = revised(asked, old, now, Events(flown=flown))
    if any(reason.code != "lift" for one in old.unmet for reason in one.reasons):
        return
    least = least_from(after)
    assert all(proven_bound(after, one) <= least for one in prices)
    asked_again, new, _ = replan(asked, old, now, Events(flown=flown))
    assert asked_again == after
    left = remaining(after)
    made = bounded(after, new, planned(left)) if left.loads else new
    for plan in (made, planned(after)):
        assert check(after, plan) == ()
        assert plan.objectives[1].bound <= least <= plan.objectives[1].value


@pytest.mark.parametrize("duty", [7, 12])
@pytest.mark.parametrize("late", [0, 1, 2])
@pytest.mark.parametrize("now", [1, 3, 5])
def test_a_bound_comes_near_the_best_that_can_follow(duty, late, now):
    open_all = ((0, HORIZON),)
    asked = problem(
        *(load(f"L{i}", unit=f"u{i}", lad=2, rdd=2) for i in range(3)),
        horizon=HORIZON,
        types=(replace(QUICK, duty_min=duty),),
        airfields=(
            Airfield("home", 3000, 1, open_all),
            Airfield("there", 3000, 1, open_all),
        ),
        tails=(Tail("T0", QUICK.id, "home"),),
        legs=(Leg("home", "there", 1),),
    )
    old = planned(asked)
    first = old.flights[0]
    flown = {first.serial: later(first, late)}
    after = revised(asked, old, now, Events(flown=flown))
    least = least_from(after)
    names = [one.id for one in remaining(after).loads]
    proven = [
        proven_bound(
            after,
            Prices("lateness", 1, HORIZON, 1, dict.fromkeys(names, 20_000 * each)),
        )
        for each in range(50)
    ]
    assert 0.7 * least <= max(proven) <= least


ASKED = problem(
    *(load(f"L{i}", unit=f"u{i}", lad=300 + 200 * i, rdd=2000) for i in range(4))
)


def after_a_delay(minutes=100):
    old = planned(ASKED)
    first = old.flights[0]
    events = Events(flown={first.serial: later(first, minutes)})
    return old, *replan(ASKED, old, first.arrive, events)[:2]


def test_the_next_flight_of_a_late_aircraft_starts_when_it_is_back():
    old, asked, new = after_a_delay()
    first, second = new.flights[:2]
    assert first.ready == old.flights[0].ready + 100
    assert second.start == old.flights[1].start + 100
    assert check(asked, new) == ()


def test_what_has_begun_is_left_out_of_the_gap():
    _, asked, new = after_a_delay()
    made = bounded(asked, new, planned(remaining(asked)))
    assert check(asked, made) == ()
    whole = {one.name: one for one in made.objectives}
    rest = {one.name: one for one in of_what_remains(asked, made)}
    assert whole["lift"].value - rest["lift"].value == fixed(asked)["lift"] > 0
    assert whole["lift"].value - whole["lift"].bound == (
        rest["lift"].value - rest["lift"].bound
    )
    assert rest["lift"].gap > whole["lift"].gap > 0
    assert rest["closure"] == whole["closure"]


def test_where_nothing_remains_what_was_done_is_proven_best():
    old = planned(ASKED)
    asked, new, _ = replan(ASKED, old, 2900, Events())
    assert remaining(asked).loads == ()
    assert planned(asked).flights == new.flights == old.flights
    assert all(one.value == one.bound for one in new.objectives)
    assert check(asked, new) == ()


def test_no_rule_is_asked_of_what_has_begun_but_of_what_follows():
    old = planned(ASKED)
    first = old.flights[0]
    flown = {first.serial: later(first, 1500)}
    asked, new, _ = replan(ASKED, old, first.start + 1, Events(flown=flown))
    assert check(asked, new) == ()
    second = next(one for one in new.flights if one.start > first.start)
    early = replace(second, start=second.start - 1, depart=second.depart - 1)
    early = replace(early, arrive=early.arrive - 1, unloaded=early.unloaded - 1)
    early = replace(early, ready=early.ready - 1)
    others = tuple(early if one == second else one for one in new.flights)
    assert check(asked, replace(new, flights=others)) != ()


def test_convoys_that_began_alike_keep_each_its_name():
    asked = problem(
        load(pieces=6, kind="cargo", piece_kg=500_000, lad=500, rdd=500),
        tails=(),
        airfields=(),
        legs=(),
        routes=(replace(ROAD, borders=(), headway_min=0),),
    )
    old = planned(asked)
    assert len({one.start for one in old.convoys}) == 1
    after = revised(asked, old, 1, Events())
    assert len(after.marched) == 6
    assert check(after, planned(after)) == ()


def test_undisturbed_what_has_begun_is_carried_out_as_it_was():
    old = planned(ASKED)
    last = max((one for one in old.flights if one.parts), key=lambda one: one.start)
    events = Events(flown={last.serial: later(last, 100)})
    asked, new, _ = replan(ASKED, old, last.start + 1, events)
    assert values(asked, new)["closure"] == last.unloaded + 100
    assert replicate(asked, new, CALM, 0).closure == last.unloaded + 100


def test_a_problem_in_which_nothing_has_begun_is_written_as_ever():
    told = problem_json(ASKED)
    assert not {"since", "begun", "marched"} & told.keys()
    assert read_problem(told) == ASKED
    _, asked, _ = after_a_delay()
    assert read_problem(problem_json(asked)) == asked
    assert digest(asked) != digest(ASKED)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"tail": "T9"}, "problem.begun[0].tail names T9"),
        ({"destination": "x"}, "problem.begun[0].destination names x"),
        ({"arrive": 0}, "is told as begun, and its times do not follow"),
        ({"start": 5000}, "is told as begun, and its times do not follow"),
        ({"parts": [{"load": "x", "pieces": 1}]}, "names x, which is not listed"),
    ],
)
def test_what_cannot_have_begun_is_refused(change, says):
    _, asked, _ = after_a_delay()
    told = problem_json(asked)
    told["begun"] = [{**told["begun"][0], **change}]
    with pytest.raises(PeymanError, match=says.replace("[", r"\[")):
        read_problem(told)


def test_a_crew_that_has_worked_is_not_taken_as_rested():
    early = [load(f"L{i}", unit=f"u{i}", lad=200, rdd=200) for i in range(4)]
    late = problem(*early)
    old = planned(late)
    asked, new, _ = replan(late, old, old.flights[2].start + 1, Events())
    left = remaining(asked)
    made = bounded(asked, new, planned(left, 60))
    bound, prices = made.objectives[1].bound, made.objectives[1].prices
    assert prices is not None
    assert bound == proven_bound(asked, prices)
    assert bound > proven_bound(left, prices) + fixed(asked)["lateness"]
    assert check(asked, made) == ()
