import pytest

from peyman.charter.moment import Moment
from peyman.force.live.tracking import tracked
from peyman.force.reports.told import Told

DAY = 86_400


def serial(entry, state, day=14, **more):
    body = {"serial": entry, "mode": "air", "member": "all", "from": "kz", "to": "ru"}
    body |= {"direction": "out", "state": state, "depart": f"1970-01-{day:02}"}
    at = Moment((day - 2) * DAY, (day + 1) * DAY)
    return Told(entry, at, {**body, **more})


def outcome(*told):
    (row,) = tracked(told, "UTC")
    return row.outcome, row.planned, row.reported, row.reports


def test_reports_of_the_day_are_held_against_the_plan_and_counted_together():
    assert outcome(
        serial("p", "planned", aircraft=14),
        serial("a", "reported", member="AM", aircraft=3),
        serial("b", "reported", member="BY", aircraft=10),
        serial("t", "reported", member="TJ", aircraft=1),
    ) == ("as planned", 14, 14, ("a", "b", "t"))


@pytest.mark.parametrize(
    "more",
    [
        {"direction": "in"},
        {"mode": "road"},
        {"day": 15},
        {"planned": "another"},
    ],
)
def test_a_report_of_something_else_is_left_alone(more):
    told = serial("p", "planned", aircraft=14), serial("a", "reported", **more)
    assert outcome(*told) == ("not reported", 14, None, ())


def test_a_plan_of_one_member_is_not_carried_out_by_another():
    plan = serial("p", "planned", member="BY", aircraft=10)
    assert outcome(plan, serial("a", "reported", member="AM", aircraft=3))[0] == (
        "not reported"
    )


def test_a_report_that_names_its_plan_goes_before_those_that_name_none():
    assert outcome(
        serial("p", "planned", aircraft=4),
        serial("a", "reported", day=17, planned="p", aircraft=4),
        serial("b", "reported", aircraft=9),
    ) == ("as planned", 4, 4, ("a",))


def test_a_serial_whose_member_withdrew_its_pledge_says_so_until_it_is_reported():
    plan = serial("p", "planned", member="BY", aircraft=4)
    assert tracked([plan], "UTC", {"BY"})[0].outcome == "pledge withdrawn"
    report = serial("a", "reported", member="BY", aircraft=4)
    assert tracked([plan, report], "UTC", {"BY"})[0].outcome == "as planned"


def test_flights_are_never_held_against_aircraft():
    told = serial("p", "planned", aircraft=4), serial("a", "reported", flights=8)
    assert outcome(*told) == ("reported", 4, None, ("a",))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"aircraft": 3}, "fewer"),
        ({"aircraft": 5}, "more"),
        ({"aircraft": 4, "outcome": "late"}, "late"),
        ({"aircraft": 4, "outcome": "lost"}, "lost"),
        ({"aircraft": 4, "outcome": "on_time"}, "as planned"),
    ],
)
def test_an_outcome_says_how_it_went(more, said):
    told = serial("p", "planned", aircraft=4), serial("a", "reported", **more)
    assert outcome(*told)[0] == said
