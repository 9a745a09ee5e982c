import json

import pytest

from peyman.case.reading import read_case
from peyman.case.tracking.kept_plan import (
    check_kept,
    held_as,
    in_force,
    kept_plans,
    may_approve,
    read_kept,
    write_kept,
)
from peyman.errors import PeymanError
from peyman.force.strict import digest
from tests.case.planning import approve, first_plan, keep, kept, planned_problem
from tests.case.small import record
from tests.case.test_moving import small


def standing(made):
    found = in_force(read_case(made.case), "in")
    return found and found.entry


def test_a_plan_that_is_kept_comes_back_as_it_was_and_names_its_problem():
    problem = planned_problem(small())
    plan = first_plan(problem)
    data = write_kept("in", problem, plan)
    found = read_kept(data)
    assert (found.problem, found.plan, found.direction) == (problem, plan, "in")
    made = keep(small(), "plan")
    title = str(made.case.entries[-1].body["title"])
    assert title.endswith(digest(problem))
    assert held_as(made.case.entries, data) == made.case.entries[-1]


def test_a_plan_is_in_force_once_an_office_of_a_charter_approves_it():
    made = keep(small(), "plan")
    assert in_force(read_case(made.case), "in") is None
    assert [one.approvals for one in kept_plans(read_case(made.case))] == [()]
    approve(made, "yes", "plan")
    found = in_force(read_case(made.case), "in")
    assert found is not None
    assert found.entry.name == made.case.entries[-2].name
    assert in_force(read_case(made.case), "out") is None


@pytest.mark.parametrize("signer", ["XB", "pact/nobody", "peyman/other"])
def test_who_has_no_office_puts_no_plan_in_force(signer):
    made = approve(keep(small(), "plan"), "yes", "plan", signer)
    assert in_force(read_case(made.case), "in") is None


def test_the_plan_that_was_approved_last_is_in_force():
    made = keep(kept(), "other", data=None)
    approve(made, "again", "other")
    assert standing(made) == made.case.entries[-2]
    approve(made, "back", "plan")
    assert standing(made) == made.case.entries[-5]


def test_a_registrar_writes_down_what_was_in_force_only_where_nobody_acts():
    reconstructed, live = record().case, record(kept="live").case
    assert may_approve(reconstructed, reconstructed.registrar)
    assert not may_approve(live, live.registrar)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"v": 2, "direction": "in", "problem": {}, "plan": {}}',
        b'{"v": 1, "direction": "up", "problem": {}, "plan": {}}',
        b'{"v": 1, "direction": "in", "problem": {}, "plan": {}}',
        b"[" * 100_000,
    ],
    ids=["empty", "list", "nothing", "version", "direction", "fields", "deep"],
)
def test_what_is_no_plan_is_refused(data):
    with pytest.raises(PeymanError):
        read_kept(data)


def test_a_plan_that_the_checker_does_not_allow_is_refused():
    problem = planned_problem(small())
    told = json.loads(write_kept("in", problem, first_plan(problem)))
    told["plan"]["flights"][0]["arrive"] -= 1
    with pytest.raises(PeymanError, match="checker does not allow"):
        check_kept(read_kept(json.dumps(told)))
