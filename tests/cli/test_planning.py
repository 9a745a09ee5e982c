import json
import os
import signal
import threading
import xml.etree.ElementTree as ET
from pathlib import Path

from peyman.case.planning.generation import generation
from peyman.case.planning.moving import movement
from peyman.case.reading import read_case
from peyman.cli.plan.solving import Solver
from peyman.cli.showing import load_case
from peyman.exchange.workbook import read_workbook
from peyman.force.checking import check
from tests.cli.conftest import run

ROOT = Path(__file__).parents[2]
FOUNDING = ROOT / "cases" / "kazakhstan-2022"


def planned(*args):
    """Plan with what is found at once."""
    return run("plan", *args, "--seconds", 0)


def test_plan_prints_who_covers_what_and_what_was_assumed():
    told = planned(FOUNDING)
    assert told.exit_code == 0
    assert (
        "1  Guard of strategic facilities: 14 of 14 facilities, kz, e219" in told.stdout
    )
    assert "priority 1 open: 0 (bound 0, proven best)" in told.stdout
    assert "Assumed, because nobody tells it:" in told.stdout


def test_plan_as_json_has_the_words_of_the_contract():
    told = planned(FOUNDING, "--json")
    plan = json.loads(told.stdout)
    assert {"assignment", "serials", "objectives", "closure", "unmet"} <= plan.keys()
    for one in plan["objectives"]:
        assert one["gap"] == (one["value"] - one["bound"]) / max(one["value"], 1)


def test_a_case_without_a_line_has_a_plan_that_says_so(case):
    told = planned(case)
    assert told.exit_code == 0
    assert "No requirement line is entered: there is nothing to cover." in told.stdout


def test_a_template_goes_out_and_the_plan_is_the_same_when_it_comes_back(tmp_path):
    for name in ("template.xlsx", "template"):
        out = tmp_path / name
        assert planned(FOUNDING, "--template", out).exit_code == 0
        told = json.loads(planned(FOUNDING, "--with", out, "--json").stdout)
        assert [line["covered"] for line in told["lines"]] == [14, 5]
        assert told["lines"][0]["entry"] == f"{name} requirement 2"


def test_a_cell_that_is_wrong_is_named_and_nothing_is_planned(tmp_path):
    wrong = tmp_path / "pledge.csv"
    wrong.write_text("member,what,state,tonnes\nKG,A unit,offered,heavy\n")
    told = planned(FOUNDING, "--with", wrong)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == (
        "pledge!D2: 'heavy' is not a whole number, 0 or more\n"
        "pledge.csv is not taken: 1 to put right, above.\n"
        "  Authority: the columns of the template (peyman plan --template)\n"
        "  Next step: Correct these cells and plan again; nothing was taken from the"
        " file.\n"
    )


def test_a_template_that_is_not_there_is_named(tmp_path):
    told = planned(FOUNDING, "--with", tmp_path / "none.xlsx")
    assert told.exit_code == 2
    assert told.stderr.startswith("There is no file none.xlsx.")


def test_a_plan_is_written_as_a_workbook_and_as_csv(tmp_path):
    book, folder = tmp_path / "plan.xlsx", tmp_path / "plan"
    assert planned(FOUNDING, "--xlsx", book, "--csv", folder).exit_code == 0
    sheets = read_workbook(book.read_bytes())
    assert {one.stem for one in folder.iterdir()} == {
        n.replace(" ", "-") for n in sheets
    }
    assert len(sheets["assignment"]) == 6
    assert len(sheets["transport request"]) == 1 + 5 * 17


def test_a_plan_is_drawn_in_files_that_stand_alone(tmp_path):
    assert planned(FOUNDING, "--svg", tmp_path / "plan.svg").exit_code == 0
    ways = ("aircraft", "airfields", "strength")
    names = {f"plan-{way}-{one}.svg" for way in ("in", "home") for one in ways}
    assert {one.name for one in tmp_path.iterdir()} == {*names, "plan-lines.svg"}
    for one in tmp_path.iterdir():
        root = ET.fromstring(one.read_text(encoding="utf-8"))  # noqa: S314
        assert root[0].tag.endswith("style")


def test_the_founding_movement_is_allowed_and_everybody_gets_there_and_home():
    plan = json.loads(planned(FOUNDING, "--json").stdout)
    for way in ("movement", "withdrawal"):
        assert plan[way]["violations"] == []
        assert plan[way]["unmet"] == []
        last = {row["member"]: row["people"] for row in plan[way]["strength"]}
        assert last == {"AM": 100, "BY": 100, "KG": 150, "RU": 1480, "TJ": 200}
    assert plan["closure"] == plan["movement"]["closure"]
    assert plan["withdrawal"]["closure"] < "2022-01-20"


def test_a_plan_is_held_against_another_and_what_changed_is_told(tmp_path):
    before = tmp_path / "before.json"
    told = json.loads(planned(FOUNDING, "--json").stdout)
    (gone, *_) = [s for s in told["movement"]["serials"] if s["parts"]]
    gone["depart"] = "2022-01-05T00:00:00Z"
    before.write_text(json.dumps(told))
    printed = planned(FOUNDING, "--against", before).stdout
    assert f"  {gone['serial']} changed: depart" in printed
    loaded = sum(bool(s["parts"]) for s in told["withdrawal"]["serials"])
    assert f"withdrawal: {loaded} of {loaded} serials unchanged" in printed


def test_what_is_no_plan_is_held_against_nothing(tmp_path):
    (tmp_path / "a.json").write_text("[]")
    told = planned(FOUNDING, "--against", tmp_path / "a.json")
    assert told.exit_code == 2
    assert told.stderr.startswith("a.json is no plan.\n")


def test_a_search_of_a_second_is_no_worse_and_its_bound_holds():
    first, later = (
        json.loads(run("plan", FOUNDING, "--seconds", n, "--json").stdout)["movement"]
        for n in (0, 1)
    )
    value = [one["value"] for one in later["objectives"]]
    assert value <= [one["value"] for one in first["objectives"]]
    assert all(one["bound"] <= one["value"] for one in later["objectives"])
    assert later["violations"] == []


def test_ctrl_c_keeps_the_best():
    reading = read_case(load_case(FOUNDING))
    problem = movement(reading, generation(reading), "in")
    solver = Solver(300, seed=0)
    before = signal.getsignal(signal.SIGINT)
    pressed = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    pressed.start()
    plan = solver(problem)
    pressed.join()
    assert solver.is_stopped
    assert check(problem, plan) == ()
    assert signal.getsignal(signal.SIGINT) is before
