from peyman.force.live.difference import counts, difference
from peyman.force.schedule import serial_rows
from tests.force.small_plan import PLAN, PROBLEM

ROWS = serial_rows(PROBLEM, PLAN)
LOADED = [row for row in ROWS if row["parts"]]


def told(rows):
    return {row["serial"]: row["change"] for row in rows}


def test_a_plan_differs_from_itself_in_nothing_and_ferries_are_left_out():
    rows = difference(ROWS, ROWS)
    assert counts(rows) == {"moved": 0, "new": 0, "dropped": 0, "kept": len(LOADED)}


def test_a_serial_that_is_only_called_otherwise_is_kept():
    other = [{**row, "serial": f"R-{row['serial']}"} for row in ROWS]
    assert set(told(difference(ROWS, other)).values()) == {"kept"}


def test_a_serial_at_another_time_is_moved_and_says_what_changed():
    first = LOADED[0]
    later = {**first, "depart": "2022-01-07T00:00:00Z", "serial": "R1"}
    rows = difference(LOADED, [later, *LOADED[1:]])
    moved = [row for row in rows if row["change"] == "moved"]
    assert [(m["serial"], m["fields"]) for m in moved] == [("R1", ["depart"])]
    assert moved[0]["was"] == first


def test_what_nobody_carries_is_dropped_and_what_nobody_carried_is_new():
    other = {**LOADED[0], "serial": "R1", "parts": [{"load": "other", "pieces": 1}]}
    rows = difference(LOADED, [other, *LOADED[1:]])
    assert counts(rows)["dropped"] == counts(rows)["new"] == 1
    assert [row["change"] for row in rows][:2] == ["new", "dropped"]
