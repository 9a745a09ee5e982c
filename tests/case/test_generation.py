from pathlib import Path

import pytest

from peyman.case.load import load
from peyman.case.planning.generation import consents, generation
from peyman.case.planning.plan import assignment_of
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant
from peyman.ledger.files.casefile import read_case_file
from tests.case.small import record

ROOT = Path(__file__).parents[2]
NEED = {
    "line": "Guard of plants",
    "capability": "guard of a fixed facility",
    "quantity": 2,
    "unit": "facilities",
    "place": "kz",
    "priority": 1,
    "task": "guard",
}
PLEDGE = {"member": "XB", "what": "a unit", "caveats": [], "state": "offered"}


def planned(made):
    return assignment_of(generation(read_case(made.case)))


@pytest.fixture(scope="module")
def founding():
    return load(read_case_file(ROOT / "cases" / "kazakhstan-2022")).case


def at(case, text):
    return read_case(case, read_instant(text), read_instant(text))


def test_a_task_of_the_mandate_without_a_line_is_named():
    assert planned(record())["drafts"] == ["guard"]
    made = record().add("n", "requirement", **NEED)
    assert planned(made)["drafts"] == []


def test_a_line_is_covered_by_a_pledge_and_the_rest_says_why_it_is_open():
    made = record().add("n", "requirement", **NEED)
    made.add("p", "pledge", **PLEDGE, people={"value": 120})
    plan = planned(made)
    assert [(s["member"], s["quantity"], s["entries"]) for s in plan["assignment"]] == [
        ("XB", 1, ["e3", "e4"])
    ]
    assert [(u["line"], u["quantity"]) for u in plan["unmet"]] == [
        ("Guard of plants", 1)
    ]
    assert [r["says"] for r in plan["unmet"][0]["reasons"]] == [
        "Nobody pledges it: 1 of 2 (facilities)."
    ]


def test_a_charter_that_asks_for_no_consent_before_a_deed_holds_up_no_pledge():
    assert consents(read_case(record().case)) == {}


def test_the_consents_of_the_founding_case_are_those_that_were_entered(founding):
    given = consents(read_case(founding))
    assert {m for m, entry in given.items() if entry} == {"AM", "BY", "KG", "TJ"}
    assert given["RU"] is None


def test_a_pledge_waits_for_its_members_consent(founding):
    early = at(founding, "2022-01-06T20:30:00Z")
    (tajik,) = [o for o in generation(early).offers if o.member == "TJ"]
    assert tajik.lacks_consent
    (tajik,) = [o for o in generation(read_case(founding)).offers if o.member == "TJ"]
    assert not tajik.lacks_consent


def test_the_founding_case_covers_both_lines_and_says_what_it_assumed(founding):
    plan = assignment_of(generation(read_case(founding)))
    assert plan["unmet"] == []
    assert [line["covered"] for line in plan["lines"]] == [14, 5]
    assert all(one["gap"] == 0 for one in plan["objectives"])
    assert (
        "RU gives no number: 1480 people are assumed, what the others leave of the 2030"
        " of the whole force." in plan["assumptions"]
    )


def test_a_number_that_two_members_do_not_give_is_not_shared_out():
    made = record().add("n", "requirement", **NEED)
    made.add("s", "strength", member="all", people={"value": 300})
    made.add("p", "pledge", **PLEDGE)
    made.add("q", "pledge", **{**PLEDGE, "member": "XC"})
    plan = planned(made)
    assert plan["assumptions"] == [
        "One of facilities is taken to need 100 people (Guard of plants)."
    ]
    assert [r["code"] for r in plan["unmet"][0]["reasons"]] == [
        "gap",
        "unknown",
        "unknown",
    ]
