"""Each thing that can happen to a plan in force, and what planning again makes of it."""

from dataclasses import replace

import pytest

from peyman.case.reading import read_case
from peyman.case.tracking.kept_plan import in_force, read_kept, write_kept
from peyman.case.tracking.replanned import changes_of, replanned, replanned_json
from peyman.charter.moment import read_instant, show
from peyman.force.checking import check
from tests.case.planning import approve, first_plan, keep, kept
from tests.case.small import claim
from tests.case.test_generation import NEED, PLEDGE

UNIT = {**PLEDGE, "people": {"value": 200}, "from": "ivanovo-severny"}
LIFT = {"lift": {"Il-76": 4}, "vehicles": {"value": 10}, "tonnes": 150}


def again(made, after_min):
    """The plan in force made again so many minutes after its epoch."""
    reading = read_case(made.case)
    was = in_force(reading, "in")
    assert was is not None
    now = read_instant(was.kept.problem.epoch) + 60 * after_min
    return was, replanned(reading, was, now, first_plan), now


def told(found):
    return [(str(one.says), one.needs_decision) for one in found.told]


def loaded(was):
    return sorted(
        (one for one in was.kept.plan.flights if one.parts), key=lambda f: f.start
    )


def serial(made, planned, outcome, **said):
    body = {"serial": f"R-{planned}", "mode": "air", "member": "XB"}
    way = {"from": "ivanovo-severny", "to": "almaty-airport", "direction": "in"}
    return made.add(
        f"r{planned}",
        "serial",
        **{**body, **way, **said},
        state="reported",
        planned=planned,
        outcome=outcome,
    )


@pytest.fixture
def made():
    return kept(**LIFT)


def test_where_nothing_happened_everything_is_kept(made):
    was, found, _ = again(made, 600)
    assert told(found) == []
    assert found.refusals == ()
    changes = changes_of(was.kept, found.kept)
    assert changes["counts"]["kept"] == len(loaded(was))
    assert {row["change"] for row in changes["serials"]} == {"kept"}


def test_without_a_plan_before_everything_is_new(made):
    was, _, _ = again(made, 0)
    assert {row["change"] for row in changes_of(None, was.kept)["serials"]} == {"new"}


def test_a_lost_aircraft_flies_no_more_and_its_serials_are_planned_anew(made):
    was, _, _ = again(made, 0)
    last = loaded(was)[-1]
    serial(made, last.serial, "lost")
    was, found, now = again(made, last.start - 60)
    assert found.refusals == ()
    assert told(found)[0][0].startswith(f"{last.serial} is lost before it began")
    flown = [f for f in found.kept.plan.flights if f.tail == last.tail]
    assert all(f.start < last.start - 60 for f in flown)
    assert found.kept.plan.unmet == ()
    shown = replanned_json(was, found, now)
    assert shown["happened"][0]["entries"] == (made.case.entries[-1].name,)


def test_a_serial_that_is_lost_under_way_has_to_be_decided_by_somebody(made):
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    serial(made, first.serial, "lost")
    _, found, _ = again(made, first.start + 30)
    assert found.refusals == ()
    assert told(found)[0][1]
    assert "only another pledge replaces it" in told(found)[0][0]
    assert first in found.kept.plan.flights


def test_a_late_serial_leaves_its_aircraft_busy_until_it_arrived(made):
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    epoch = read_instant(was.kept.problem.epoch)
    arrive = show(epoch + 60 * (first.arrive + 900))
    serial(made, first.serial, "late", arrive=arrive)
    _, found, _ = again(made, first.start + 30)
    assert found.refusals == ()
    assert first.serial in told(found)[0][0]
    flown = {f.serial: f for f in found.kept.plan.flights}
    late = flown.pop(first.serial)
    assert (late.start, late.arrive) == (first.start, first.arrive + 900)
    own = [f for f in flown.values() if f.tail == first.tail]
    assert all(f.start >= first.ready + 900 for f in own)


def test_a_closed_airfield_is_planned_around_and_who_flies_there_has_to_be_diverted(
    made,
):
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    now = first.depart + 10
    since = show(read_instant(was.kept.problem.epoch) + 60 * now)
    claim(made, "c")
    closed = {"place": first.destination, "status": "closed", "claims": ["c"]}
    made.add("shut", "status", **closed, since=since, at="2022-01-05")
    _, found, _ = again(made, now)
    assert found.refusals == ()
    assert (f"{first.destination} is closed.", False) in told(found)
    assert any(first.serial in says and needs for says, needs in told(found))
    rest = [f for f in found.kept.plan.flights if f.start >= now and f.parts]
    assert all(f.destination != first.destination for f in rest)


def test_an_aircraft_that_a_pledge_brings_no_more_is_planned_with_no_more(made):
    fewer = {**UNIT, **LIFT, "lift": {"Il-76": 2}}
    made.add("p2", "pledge", **fewer)
    _, found, _ = again(made, 0)
    assert found.refusals == ()
    assert "No longer brought" in told(found)[0][0]
    assert len({f.tail for f in found.kept.plan.flights}) == 2


def test_a_pledge_withdrawn_while_its_serial_flies_is_said_and_the_serial_goes_on(made):
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    made.add("w", "pledge", **{**UNIT, **LIFT, "state": "withdrawn"})
    _, found, _ = again(made, first.start + 30)
    assert found.refusals == ()
    assert any("no longer pledged" in says and needs for says, needs in told(found))
    assert [f.serial for f in found.kept.plan.flights if f.parts] == [
        f.serial for f in loaded(was) if f.start < first.start + 30
    ]


def test_a_unit_that_is_ready_later_goes_later(made):
    made.add("l", "pledge", **{**UNIT, **LIFT, "ready": "2022-01-08T00:00Z"})
    was, found, _ = again(made, 0)
    assert found.refusals == ()
    assert any("later than planned" in says for says, _ in told(found))
    epoch = read_instant(was.kept.problem.epoch)
    ready = (read_instant("2022-01-08T00:00:00Z") - epoch) // 60
    assert min(f.start for f in found.kept.plan.flights if f.parts) >= ready


def test_a_unit_that_is_pledged_in_addition_is_planned_beside_the_others(made):
    made.add("m", "requirement", **{**NEED, "line": "More", "priority": 2})
    more = {"member": "XC", "people": {"value": 250}, "from": "kant"}
    made.add("q", "pledge", **{**PLEDGE, **more})
    _, found, _ = again(made, 600)
    assert found.refusals == ()
    assert any("assigned in addition" in says for says, _ in told(found))
    members = {one.member for one in found.kept.problem.loads}
    assert members == {"XB", "XC"}


def test_a_pledge_of_fewer_is_flown_with_fewer(made):
    made.add("f", "pledge", **{**UNIT, **LIFT, "vehicles": {"value": 3}})
    _, found, _ = again(made, 0)
    assert found.refusals == ()
    assert any("has 3 pieces now, and had 10" in says for says, _ in told(found))
    parts = [p for f in found.kept.plan.flights for p in f.parts]
    assert all(p.pieces > 0 for p in parts)
    assert sum(p.pieces for p in parts if p.load.endswith("vehicles")) == 3


ONE = {"people": {"value": 400}, "vehicles": {"value": 0}, "tonnes": 40}
ONE |= {"lift": {"Il-76": 1}}


def minute(was, at):
    return show(read_instant(was.kept.problem.epoch) + 60 * at)


def test_what_follows_on_the_same_tail_starts_from_the_times_that_were_reported():
    made = kept(**ONE)
    was, _, _ = again(made, 0)
    first, second = loaded(was)[:2]
    assert first.tail == second.tail
    times = {"depart": minute(was, first.depart + 60)}
    times |= {"arrive": minute(was, first.arrive + 400)}
    serial(made, first.serial, "late", **times)
    was, found, _ = again(made, first.depart + 90)
    assert found.refusals == ()
    [late] = found.kept.problem.begun
    assert (late.depart, late.arrive) == (first.depart + 60, first.arrive + 400)
    assert late.ready == first.ready + 400
    assert late in found.kept.plan.flights
    follow = [f for f in found.kept.plan.flights if f.start >= late.ready]
    assert len(follow) == len(found.kept.plan.flights) - 1
    [row] = [
        row
        for row in changes_of(was.kept, found.kept)["serials"]
        if row["serial"] == first.serial
    ]
    assert row["change"] == "moved"
    assert row["now"]["arrive"] == times["arrive"]


def test_what_waits_for_an_aircraft_that_is_late_has_not_begun():
    made = kept(**ONE)
    was, _, _ = again(made, 0)
    first, second = loaded(was)[:2]
    now = second.start + 30
    serial(made, first.serial, "late", arrive=minute(was, now + 100))
    _, found, _ = again(made, now)
    assert found.refusals == ()
    assert [one.serial for one in found.kept.problem.begun] == [first.serial]
    late = found.kept.problem.begun[0]
    others = [f for f in found.kept.plan.flights if f.serial != first.serial]
    assert others
    assert all(f.start >= late.ready > second.start for f in others)


def test_a_late_serial_without_a_time_is_not_over_before_now():
    made = kept(**ONE)
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    serial(made, first.serial, "late")
    _, found, _ = again(made, first.ready + 20)
    assert found.refusals == ()
    assert found.kept.problem.begun[0].ready == first.ready + 20


def test_an_early_arrival_sets_the_aircraft_free_early_and_is_said():
    made = kept(**ONE)
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    serial(made, first.serial, "on_time", arrive=minute(was, first.arrive - 20))
    _, found, _ = again(made, first.ready)
    assert found.refusals == ()
    assert found.kept.problem.begun[0].ready == first.ready - 20
    assert any("goes on from that time" in says for says, _ in told(found))


def test_a_plan_that_is_made_again_has_bounds_for_what_remains(made):
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    serial(made, first.serial, "late", arrive=minute(was, first.arrive + 300))
    was, found, now = again(made, first.start + 30)
    assert found.refusals == ()
    shown = replanned_json(was, found, now)["remaining"]
    assert shown["from"] == show(now)
    assert "no plan that goes on from there can come below them" in shown["says"]
    by_name = {one["name"]: one for one in shown["objectives"]}
    assert by_name["closure"]["bound"] > 0
    whole = {one.name: one for one in found.kept.plan.objectives}
    flown = sum(f.arrive - f.depart for f in found.kept.problem.begun)
    assert whole["lift"].value - flown == by_name["lift"]["value"]
    assert all(one["bound"] <= one["value"] for one in shown["objectives"])


def test_a_bound_that_is_not_proven_of_what_remains_is_refused(made):
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    _, found, _ = again(made, first.start + 30)
    problem, plan = found.kept.problem, found.kept.plan
    for one in plan.objectives:
        higher = [
            replace(o, bound=o.bound + 1) if o == one else o for o in plan.objectives
        ]
        wrong = check(problem, replace(plan, objectives=tuple(higher)))
        assert [v.code for v in wrong] == ["bound"]


def test_a_plan_that_tells_what_has_begun_otherwise_is_refused(made):
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    _, found, _ = again(made, first.start + 30)
    problem, plan = found.kept.problem, found.kept.plan
    [begun] = [f for f in plan.flights if f.serial == first.serial]
    rest = tuple(f for f in plan.flights if f != begun)
    sooner = replace(begun, start=begun.start - 1)
    codes = {v.code for v in check(problem, replace(plan, flights=(sooner, *rest)))}
    assert "begun" in codes
    more = replace(begun, serial="X")
    wrong = check(problem, replace(plan, flights=(more, *plan.flights)))
    assert ("begun", "X") in {(v.code, v.about) for v in wrong}


def test_made_again_a_second_time_it_still_starts_from_what_was_reported():
    made = kept(**ONE)
    was, _, _ = again(made, 0)
    first = loaded(was)[0]
    serial(made, first.serial, "late", arrive=minute(was, first.arrive + 400))
    _, found, _ = again(made, first.depart + 90)
    kept_again = found.kept
    data = write_kept("in", kept_again.problem, kept_again.plan)
    assert read_kept(data) == kept_again
    approve(keep(made, "plan2", data=data), "yes2", "plan2")
    was, found, _ = again(made, first.depart + 120)
    assert was.kept == kept_again
    assert found.refusals == ()
    changes = changes_of(was.kept, found.kept)
    assert {row["change"] for row in changes["serials"]} == {"kept"}
    again_planned = first_plan(found.kept.problem)
    assert check(found.kept.problem, again_planned) == ()
    assert again_planned.flights
