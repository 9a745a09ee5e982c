"""A mission-ready package goes out in a template, comes back, and is planned with."""

from peyman.case.planning.planned import planned
from peyman.case.reading import read_case
from peyman.charter.moment import Moment
from peyman.exchange.plan import plan_sheets, template_of
from peyman.exchange.request import ASKS
from peyman.exchange.sheets import read_sheets
from peyman.exchange.workbook import read_workbook, write_workbook
from peyman.force.generation.packages import packages
from peyman.force.reports.told import Told
from tests.case.planning import first_plan
from tests.case.small import record
from tests.case.test_generation import NEED, PLEDGE


def made():
    guard = next(n for n, p in packages().items() if p.capability == NEED["capability"])
    found = record().add("n", "requirement", **{**NEED, "place": "almaty"})
    body = {**PLEDGE, "package": guard, "from": "ivanovo-severny"}
    return found.add("p", "pledge", **body, lift={"Il-76": 2})


def test_a_package_comes_back_from_a_workbook_and_is_planned_with():
    reading = read_case(made().case)
    back = read_sheets(read_workbook(write_workbook(template_of(reading))))
    assert back.faults == ()
    [pledge] = back.bodies["pledge"]
    assert pledge["package"] in packages()
    told = {"pledge": (Told("back", Moment(0, 0), {**pledge, "pledge": "again"}),)}
    plan = planned(reading, first_plan, told)
    assert plan["lines"][0]["covered"] > 0
    assert plan["movement"]["violations"] == []


def test_the_transport_request_of_a_package_has_all_seventeen_items():
    plan = planned(read_case(made().case), first_plan)
    rows = plan_sheets(plan, "A case")["transport request"][1:]
    assert [row[1] for row in rows] == list(range(1, len(ASKS) + 1))
    told = {row[1]: row[3] for row in rows}
    assert told[11] == "ivanovo-severny"
    assert "people" in told[5]
