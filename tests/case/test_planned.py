import pytest

from peyman.case.planning.planned import planned
from peyman.case.reading import read_case
from peyman.force.planner import plan_movement
from peyman.force.solve.timing import Limits
from tests.case.small import claim
from tests.case.test_generation import NEED, PLEDGE
from tests.case.test_moving import small

SERIAL = {
    "serial": "P-1",
    "mode": "air",
    "member": "XB",
    "from": "kant",
    "to": "almaty",
    "direction": "in",
    "state": "planned",
}


def plan_of(made):
    return planned(read_case(made.case), first_plan)


def first_plan(problem):
    return plan_movement(problem, Limits(0, lambda: 0))


def test_what_is_assigned_gets_there_and_home_and_the_checker_allows_it():
    plan = plan_of(small())
    assert plan["movement"]["violations"] == plan["withdrawal"]["violations"] == []
    assert plan["movement"]["strength"][-1]["people"] == 200
    assert plan["withdrawal"]["strength"][-1]["people"] == 200
    assert plan["closure"] == max(s["unloaded"] for s in plan["serials"] if s["parts"])


def test_a_line_is_planned_although_another_has_no_airfield_that_is_known():
    made = small()
    made.add("q", "pledge", **{**PLEDGE, "member": "XC", "people": {"value": 250}})
    made.add("m", "requirement", **{**NEED, "line": "More", "priority": 2})
    plan = plan_of(made)
    assert [one["reasons"][0]["says"] for one in plan["movement"]["unmet"]] == [
        "No airfield is known from which XC leaves."
    ]
    assert plan["movement"]["strength"][-1]["people"] == 200


def test_an_airfield_that_is_seized_and_never_retaken_is_the_reason():
    made = claim(small(), "c")
    since = {"place": "ivanovo-severny", "since": "2022-01-01", "at": "2022-01-01"}
    made.add("s", "status", **since, status="occupied", claims=["c"])
    unmet = plan_of(made)["movement"]["unmet"]
    said = {reason["says"] for one in unmet for reason in one["reasons"]}
    assert said == {"ivanovo-severny never opens"}


def test_a_unit_that_no_aircraft_can_carry_is_named_and_its_people_go():
    plan = plan_of(small(vehicles={"value": 1}, tonnes=150, lift={"Boeing 737": 4}))
    unmet = {
        one["load"]: one["reasons"][0]["code"] for one in plan["movement"]["unmet"]
    }
    assert list(unmet) == ["XB-1 vehicles"]
    assert plan["movement"]["strength"][-1]["people"] == 200


@pytest.mark.parametrize("state", ["withdrawn", "stood_down"])
def test_a_pledge_withdrawn_while_its_serial_is_planned_is_planned_no_more(state):
    made = small().add("t", "serial", **SERIAL, aircraft=2)
    assert plan_of(made)["tracking"][0]["outcome"] == "not reported"
    body = {**PLEDGE, "people": {"value": 200}, "from": "ivanovo-severny"}
    made.add("w", "pledge", **{**body, "state": state})
    plan = plan_of(made)
    assert plan["tracking"][0]["outcome"] == "pledge withdrawn"
    assert plan["serials"] == []
    assert [r["code"] for r in plan["unmet"][0]["reasons"]] == [state]
