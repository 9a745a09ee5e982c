"""Each thing that can happen to a plan in force, and what planning again makes of it."""

import pytest

from peyman.case.reading import read_case
from peyman.case.tracking.kept_plan import in_force
from peyman.case.tracking.replanned import changes_of, replanned, replanned_json
from peyman.charter.moment import read_instant, show
from tests.case.planning import kept
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
    return was, replanned(reading, was, now), now


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
    own = [f for f in found.kept.plan.flights if f.tail == first.tail and f != first]
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
