"""A template that was filled in offline is entered: all of its new rows, each once, or none."""

import json

import pytest

from tests.cli.conftest import run

NEED = "line,capability,quantity,unit,place,priority\n"
GUARD = "Guard of plants,guard of a fixed facility,2,facilities,almaty,1\n"
SERIAL = "serial,mode,member,from,to,direction,state,flights\n"
FLIGHT = "S1,air,XB,ivanovo-severny,almaty-airport,in,planned,2\n"
PATROL = "Patrol,patrol and escort,1,companies,almaty,2\n"


def filled(tmp_path, *rows, name="requirement.csv", heads=NEED):
    file = tmp_path / name
    file.write_text(heads + "".join(rows))
    return file


def entries(case):
    return json.loads(run("show", case, "--json").stdout)["entries"]


@pytest.mark.parametrize("kept", ["case", "live"])
def test_every_row_is_entered_once_and_the_same_file_again_enters_nothing(
    kept, request, tmp_path
):
    case = request.getfixturevalue(kept)
    file, before = filled(tmp_path, GUARD, PATROL), entries(case)
    told = run("plan", case, "--with", file, "--enter")
    assert told.exit_code == 0, told.output
    assert "2 rows entered; 0 stand already, unchanged." in told.stdout
    assert entries(case) == before + 2
    again = run("plan", case, "--with", file, "--enter")
    assert "0 rows entered; 2 stand already, unchanged." in again.stdout
    assert entries(case) == before + 2
    assert run("verify", case).exit_code == 0
    assert "Guard of plants: 0 of 2" in run("plan", case).stdout


def test_a_row_that_the_record_refuses_takes_the_others_with_it(live, tmp_path):
    before = entries(live)
    long = "x" * 120_000
    long = f"{long}1,{long}2,1,{long}3,almaty,2\n"
    told = run("plan", live, "--with", filled(tmp_path, GUARD, long), "--enter")
    assert told.exit_code == 2
    assert told.output.startswith("requirement!A3: ")
    assert "\n  Next step: " in told.output
    assert entries(live) == before


def test_a_cell_that_does_not_fit_is_named_and_nothing_is_entered(live, tmp_path):
    before = entries(live)
    file = filled(tmp_path, GUARD, "Patrol,b,many,c,almaty,2\n")
    told = run("plan", live, "--with", file, "--enter")
    assert told.exit_code == 2
    assert "requirement!C3: 'many' is not a whole number, 0 or more" in told.output
    assert entries(live) == before


def test_an_office_without_a_key_enters_nothing(live, tmp_path):
    before = entries(live)
    told = run("plan", live, "--with", filled(tmp_path, GUARD), "--enter", "--as", "XB")
    assert told.exit_code == 2
    assert entries(live) == before


def test_rows_that_nobody_named_are_asked_for(live):
    assert "--enter asks for the file" in run("plan", live, "--enter").output


def test_a_line_that_says_something_else_is_told_again_and_stands_as_told_last(
    case, tmp_path
):
    assert (
        run("plan", case, "--with", filled(tmp_path, GUARD), "--enter").exit_code == 0
    )
    more = filled(tmp_path, GUARD.replace(",2,", ",3,"))
    told = run("plan", case, "--with", more, "--enter")
    assert "1 rows entered" in told.stdout
    assert "Guard of plants: 0 of 3" in run("plan", case).stdout


def test_a_serial_that_says_something_else_takes_the_place_of_the_old(case, tmp_path):
    told = {"name": "serial.csv", "heads": SERIAL}
    run("plan", case, "--with", filled(tmp_path, FLIGHT, **told), "--enter")
    before = entries(case)
    changed = filled(tmp_path, FLIGHT.replace(",2\n", ",3\n"), **told)
    assert "1 rows entered" in run("plan", case, "--with", changed, "--enter").stdout
    assert entries(case) == before + 2
    again = run("plan", case, "--with", changed, "--enter")
    assert "0 rows entered; 1 stand already" in again.stdout
