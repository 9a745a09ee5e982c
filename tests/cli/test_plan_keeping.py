"""A plan is kept, proposed, approved, made again from now, and checked by whoever gets the case."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import run

NEED = """
kind = "requirement"
line = "Guard of plants"
capability = "guard of a fixed facility"
quantity = 2
unit = "facilities"
place = "almaty"
priority = 1
"""
PLEDGE = """
kind = "pledge"
member = "XB"
what = "a unit"
caveats = []
state = "offered"
people = { value = 900 }
tonnes = 150
vehicles = { value = 4 }
from = "ivanovo-severny"
lift = { "Il-76" = 3 }
"""
NOW = ("--now", "2022-01-05T19:00:00Z")


def entered(case, text):
    written = case.parent / "entry.toml"
    written.write_text('known_as = "reported"\nat = "2022-01-05"\n' + text)
    told = run("enter", case, written)
    assert told.exit_code == 0, told.output


@pytest.fixture(scope="module")
def kept(made, tmp_path_factory):
    """A case with a line, a pledge, and a plan of the movement in that is in force."""
    folder = tmp_path_factory.mktemp("kept")
    case = Path(shutil.copytree(made, folder / "case"))
    entered(case, NEED)
    entered(case, PLEDGE)
    told = run("plan", case, "--propose", "--seconds", 0, "--keep", folder / "plan")
    assert told.exit_code == 0, told.output
    entry = told.stdout.splitlines()[-1].split()[0]
    again = run("plan", case, "--propose", "--plan", folder / "plan")
    assert f"{entry}: this plan is here already" in again.stdout
    told = run("plan", case, "--approve", entry, "--reason", "It closes in time.")
    assert told.exit_code == 0, told.output
    return case, entry, folder / "plan"


def test_the_record_says_which_plan_is_in_force_and_who_approved_it(kept):
    case, entry, _ = kept
    told = run("plan", case, "--proposals").stdout
    assert f"{entry}  Movement in: undelivered 0" in told
    assert "IN FORCE" in told
    assert "It closes in time." in told


def test_verify_runs_the_checker_of_a_plan_again(kept):
    case, entry, _ = kept
    told = run("verify", case, "--no-signatures")
    assert told.exit_code == 0, told.output
    assert f"{entry}: the checker was run again, and allows this plan" in told.stdout


def test_planned_again_without_an_event_every_serial_is_kept(kept):
    case, _, _ = kept
    told = run("plan", case, "--replan", *NOW)
    assert told.exit_code == 0, told.output
    assert " 0 moved, 0 new, 0 dropped" in told.stdout


def test_an_aircraft_that_is_lost_is_a_difference_with_times(kept, tmp_path):
    case = Path(shutil.copytree(kept[0], tmp_path / "case"))
    plan = json.loads(kept[2].read_text())["plan"]
    last = max((f for f in plan["flights"] if f["parts"]), key=lambda f: f["start"])
    way = f'from = "{last["origin"]}"\nto = "{last["destination"]}"\n'
    entered(
        case,
        'kind = "serial"\nserial = "R1"\nmode = "air"\nmember = "XB"\n'
        f'direction = "in"\nstate = "reported"\noutcome = "lost"\n{way}'
        f'planned = "{last["serial"]}"\n',
    )
    told = run("plan", case, "--replan", *NOW)
    assert f"{last['serial']} is lost before it began" in told.stdout
    [found] = json.loads(run("plan", case, "--replan", *NOW, "--json").stdout)
    assert found["violations"] == []
    assert found["counts"]["kept"] > 0
    assert found["counts"]["moved"] + found["counts"]["new"] > 0
    done = run("plan", case, "--replan", *NOW, "--propose")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--approve", "e0"), "e0 keeps no plan."),
        (("--approve", "e99999"), "There is no entry e99999"),
        (("--plan", Path(__file__), "--propose"), "no plan with its problem"),
        (("--replan",), "No plan is in force"),
        (("--replan", "--keep", "x"), "No plan is in force"),
    ],
)
def test_what_is_no_plan_is_refused(args, says, case):
    told = run("plan", case, *args)
    assert told.exit_code == 2
    assert says in told.output


def test_a_member_puts_no_plan_in_force(kept, tmp_path):
    case = Path(shutil.copytree(kept[0], tmp_path / "case"))
    told = run("plan", case, "--approve", kept[1], "--as", "RU")
    assert told.exit_code == 2
