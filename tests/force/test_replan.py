"""After an event as little changes as can be, the plan is sound again, and disturbances hurt."""

from dataclasses import replace
from itertools import count

from peyman.force.checking import check, values
from peyman.force.live.disturbed import Outcome, Risks, outlook, replicate
from peyman.force.live.replan import Events, replan
from peyman.force.planner import plan_movement
from peyman.force.problem import Tail, due, problem_json, read_problem
from peyman.force.solve.timing import Limits
from tests.force.moving import load, problem

ASKED = problem(
    *(load(f"L{i}", unit=f"u{i}", lad=300 + 200 * i, rdd=2000) for i in range(5)),
    tails=(Tail("T1", "lifter", "home"), Tail("T2", "lifter", "home")),
)


def planned(asked=ASKED):
    clock = count()
    return plan_movement(asked, Limits(10, lambda: float(next(clock))))


def test_without_an_event_nothing_changes():
    old = planned()
    asked, new, change = replan(ASKED, old, 200, Events())
    assert check(asked, new) == ()
    assert change.kept_share == 1
    assert change.added == ()
    assert new.flights == old.flights


def test_a_lost_tail_is_replaced_and_what_has_begun_stays():
    old = planned()
    tail = max(old.flights, key=lambda one: one.start).tail
    asked, new, change = replan(ASKED, old, 100, Events(lost=frozenset({tail})))
    assert check(asked, new) == ()
    assert new.unmet == ()
    begun = {one for one in old.flights if one.start < 100}
    assert begun <= set(new.flights)
    assert change.dropped
    assert set(change.kept) >= {one.serial for one in old.flights if one.tail != tail}


def test_a_closed_airfield_and_a_late_load_are_planned_around():
    old = planned()
    events = Events(closed={"there": ((400, 900),)}, late={"L4": 1000})
    asked, new, _ = replan(ASKED, old, 300, events)
    assert check(asked, new) == ()
    assert new.unmet == ()
    assert check(asked, old) != ()


def test_a_load_that_is_ready_after_it_is_required_goes_late():
    old = planned()
    fourth = next(one for one in ASKED.loads if one.id == "L4")
    events = Events(late={"L4": due(fourth) + 500})
    asked, new, _ = replan(ASKED, old, 300, events)
    assert asked.late == ("L4",)
    assert check(asked, new) == ()
    assert new.unmet == ()
    assert values(asked, new)["lateness"] > values(ASKED, old)["lateness"]
    assert read_problem(problem_json(asked)) == asked


def test_a_load_whose_dates_contradict_each_other_stays_also_if_it_is_late():
    wrong = replace(ASKED.loads[4], ald=500, lad=499)
    known = replace(ASKED, loads=(*ASKED.loads[:4], wrong))
    asked, new, _ = replan(known, planned(known), 300, Events(late={"L4": 600}))
    assert asked.late == ()
    assert [one.load for one in new.unmet] == ["L4"]


def test_a_tail_under_repair_waits_for_it():
    old = planned()
    tail = old.flights[0].tail
    asked, new, _ = replan(ASKED, old, 300, Events(ready={tail: 1500}))
    assert check(asked, new) == ()
    assert all(
        one.start >= 1500
        for one in new.flights
        if one.tail == tail and one.start >= 300
    )


CALM = Risks(breakdown=0, weather=0, late=0)


def test_undisturbed_a_plan_closes_when_it_says():
    made = planned()
    closure = next(one.value for one in made.objectives if one.name == "closure")
    assert replicate(ASKED, made, CALM, 1) == Outcome(closure, None)


def test_the_same_seed_gives_the_same_and_disturbance_never_helps():
    made = planned()
    closure = replicate(ASKED, made, CALM, 0).closure
    rough = Risks(0.5, 300, 1, 200, 0.5, 300)
    found = [replicate(ASKED, made, rough, seed) for seed in range(30)]
    assert found == [replicate(ASKED, made, rough, seed) for seed in range(30)]
    assert all(one.closure >= closure for one in found)
    assert any(one.driver for one in found)


def test_the_outlook_counts_what_is_not_exceeded():
    told = outlook([Outcome(i, "T1" if i > 90 else None) for i in range(1, 101)])
    assert (told.at_50, told.at_80, told.at_95) == (50, 80, 95)
    assert told.drivers == (("T1", 10),)
