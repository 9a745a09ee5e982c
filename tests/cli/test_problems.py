"""Movements without a case: a problem goes out, is planned, and a plan is held against the rules."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import run

FOUNDING = Path(__file__).parents[2] / "cases" / "kazakhstan-2022"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The founding case's two movements, and a plan of the first, as files."""
    folder = tmp_path_factory.mktemp("problems")
    run("plan", FOUNDING, "--seconds", 0, "--problem", folder / "founding.json")
    plan = run("plan", folder / "founding-in.json", "--seconds", 0, "--json")
    assert plan.exit_code == 0
    (folder / "plan.json").write_text(plan.stdout)
    return folder


def checked(kept, plan, problem="founding-in.json"):
    return run("plan", kept / problem, "--check", plan)


def test_a_problem_is_planned_as_its_case_is(kept):
    alone = run("plan", kept / "founding-in.json", "--seconds", 0)
    case = run("plan", FOUNDING, "--seconds", 0)
    objectives = [line for line in alone.stdout.splitlines() if "(bound" in line]
    assert len(objectives) == 4
    assert "\n".join(objectives) in case.stdout


def test_a_plan_that_keeps_every_rule_is_allowed(kept):
    told = checked(kept, kept / "plan.json")
    assert told.exit_code == 0
    assert "NOT ALLOWED" not in told.stdout


def test_a_plan_that_says_what_is_not_so_is_not_allowed(kept, tmp_path):
    plan = json.loads((kept / "plan.json").read_text())
    plan["objectives"][1]["bound"] = 9
    (tmp_path / "boast.json").write_text(json.dumps(plan))
    told = checked(kept, tmp_path / "boast.json")
    assert told.exit_code == 1
    wrong = "lateness: a bound of 9 is told, and 0 is proven"
    assert f"NOT ALLOWED: {wrong}\n" in told.stdout
    as_json = run(
        "plan", kept / "founding-in.json", "--check", tmp_path / "boast.json", "--json"
    )
    assert json.loads(as_json.stdout)["violations"] == [wrong]


def test_a_plan_of_another_problem_is_refused(kept):
    told = checked(kept, kept / "plan.json", "founding-home.json")
    assert told.exit_code == 2
    assert told.stderr.startswith("plan.json is the plan of another problem.\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"loads": [', "wrong.json is no JSON: "),
        ('{"tonnes": 1}', "problem.tonnes is 1; it has to be left out: no such field."),
        ("{}", "problem.name is not given; it has to be given."),
    ],
)
def test_what_is_no_problem_is_refused_by_field(tmp_path, text, told):
    (tmp_path / "wrong.json").write_text(text)
    answer = run("plan", tmp_path / "wrong.json")
    assert answer.exit_code == 2
    assert answer.stderr.startswith(told)
    assert "Next step:" in answer.stderr


def test_a_problem_takes_no_option_of_a_case_and_a_case_no_check(kept):
    for option in ("--svg", "--xlsx", "--at"):
        told = run("plan", kept / "founding-in.json", option, "2022-01-06")
        assert told.exit_code == 2
        assert f"A problem without a case takes no {option}." in told.stderr
    told = run("plan", FOUNDING, "--check", kept / "plan.json")
    assert told.exit_code == 2
    assert "--check asks for a problem" in told.stderr
