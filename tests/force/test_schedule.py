from dataclasses import replace

from peyman.force.schedule import (
    changes,
    closure_of,
    line_closures,
    serial_rows,
    strength_rows,
)
from tests.force.small_plan import PLAN, PROBLEM

ROWS = serial_rows(PROBLEM, PLAN)


def row(name):
    return next(one for one in ROWS if one["serial"] == name)


def test_serials_stand_by_the_time_at_which_they_begin():
    assert [one["serial"] for one in ROWS] == ["F-1", "C-1", "F-2", "F-3"]


def test_a_flight_says_when_it_loads_leaves_lands_and_is_empty():
    flight = row("F-1")
    assert [flight[name] for name in ("start", "depart", "arrive", "unloaded")] == [
        "2022-01-06T00:00:00Z",
        "2022-01-06T02:00:00Z",
        "2022-01-06T06:01:00Z",
        "2022-01-06T07:31:00Z",
    ]
    assert (flight["tail"], flight["type"]) == ("T-1", "Il-76MD")


def test_a_serial_says_what_it_carries_and_for_which_lines():
    flight = row("F-2")
    assert (flight["people"], flight["vehicles"]) == (55, 3)
    assert flight["mass_kg"] == 55 * 120 + 3 * 11_000
    assert (flight["members"], flight["lines"]) == (["RU"], ["Guard", "Patrol"])


def test_a_convoy_has_a_way_and_no_tail():
    convoy = row("C-1")
    assert (convoy["mode"], convoy["from"], convoy["to"]) == (
        "road",
        "kant",
        "almaty-airport",
    )
    assert (convoy["tail"], convoy["people"]) == ("", 150)


def test_a_ferry_closes_nothing():
    assert closure_of(ROWS) == "2022-01-06T08:31:00Z"
    assert line_closures(ROWS) == {
        "Guard": "2022-01-06T08:31:00Z",
        "Patrol": "2022-01-06T08:31:00Z",
    }
    assert closure_of([row("F-3")]) is None


def test_strength_grows_by_member_with_every_unloading():
    assert [
        (r["at"][11:16], r["member"], r["people"]) for r in strength_rows(PROBLEM, PLAN)
    ] == [
        ("06:30", "KG", 150),
        ("07:31", "RU", 145),
        ("08:31", "RU", 200),
    ]


def test_a_plan_changes_nothing_of_itself():
    assert changes(ROWS, ROWS) == []


def test_a_change_says_which_serial_is_new_gone_or_moved_and_ferries_do_not_count():
    late = replace(PLAN.flights[0], start=30, depart=150)
    other = replace(PLAN, flights=(late, PLAN.flights[2]), convoys=PLAN.convoys)
    new = replace(PLAN.flights[1], serial="F-9")
    other = replace(other, flights=(*other.flights, new))
    found = changes(ROWS, serial_rows(PROBLEM, other))
    assert [(one["serial"], one["change"], one["fields"]) for one in found] == [
        ("F-1", "changed", ["depart", "start"]),
        ("F-2", "gone", []),
        ("F-9", "new", []),
    ]
