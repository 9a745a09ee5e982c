import json
from pathlib import Path

from tests.cli.conftest import run

ROOT = Path(__file__).parents[2]
FOUNDING = ROOT / "cases" / "kazakhstan-2022"


def test_plan_prints_who_covers_what_and_what_was_assumed():
    told = run("plan", FOUNDING)
    assert told.exit_code == 0
    assert (
        "1  Guard of strategic facilities: 14 of 14 facilities, kz, e219" in told.stdout
    )
    assert "priority 1 open: 0 (bound 0, proven best)" in told.stdout
    assert "Assumed, because nobody tells it:" in told.stdout


def test_plan_as_json_has_the_words_of_the_contract():
    told = run("plan", FOUNDING, "--json")
    plan = json.loads(told.stdout)
    assert {"assignment", "serials", "objectives", "closure", "unmet"} <= plan.keys()
    for one in plan["objectives"]:
        assert one["gap"] == (one["value"] - one["bound"]) / max(one["value"], 1)


def test_a_case_without_a_line_has_a_plan_that_says_so(case):
    told = run("plan", case)
    assert told.exit_code == 0
    assert "No requirement line is entered: there is nothing to cover." in told.stdout
