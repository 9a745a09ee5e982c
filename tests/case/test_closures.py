import pytest

from peyman.case.boards.claims import seen
from peyman.case.planning.closures import usable
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant, show
from tests.case.small import claim, record

FIRST, LAST = read_instant("2022-01-05T00:00Z"), read_instant("2022-01-15T00:00Z")


def told(*statuses):
    """How Almaty airport is usable after these statuses, each with its time."""
    made = claim(record(), "c")
    for n, (status, since) in enumerate(statuses):
        made.add(
            f"st{n}",
            "status",
            entered="2022-01-20T00:00:00Z",
            at=since,
            place="almaty-airport",
            status=status,
            since=since,
            claims=["c"],
        )
    entries = seen(read_case(made.case))
    return usable("almaty-airport", entries, "Asia/Almaty", FIRST, LAST)


def shown(spans):
    return [(show(start)[5:16], show(end)[5:16]) for start, end in spans]


def test_an_airport_is_shut_from_the_first_it_may_have_been_seized_until_the_last():
    found = told(
        ("seized, flights stopped", "2022-01-05T10:00Z/2022-01-05T15:00Z"),
        ("said to be freed and working", "2022-01-05T19:00Z/2022-01-06T00:00Z"),
    )
    assert shown(found.closures) == [("01-05T10:00", "01-06T00:00")]
    assert shown(found.open) == [("01-05T00:00", "01-15T00:00")]
    assert found.entries == ("e4", "e5")


def test_an_airport_that_is_never_freed_stays_shut():
    found = told(("occupied", "2022-01-06T00:00Z"))
    assert shown(found.closures) == [("01-06T00:00", "01-15T00:00")]


def test_an_airport_without_a_status_is_open_all_the_time():
    found = told()
    assert (found.open, found.closures) == (((FIRST, LAST),), ())


@pytest.mark.parametrize(
    "status", ["held jointly, closed to passengers", "guarded", "crowded"]
)
def test_what_does_not_shut_an_airport_leaves_it_open(status):
    assert told((status, "2022-01-06T00:00Z")).closures == ()


def test_hours_that_a_status_names_hold_from_then_on_every_day():
    found = told(("open from 08:00 to 21:00", "2022-01-13T08:00+06:00"))
    assert shown(found.open) == [
        ("01-05T00:00", "01-13T15:00"),
        ("01-14T02:00", "01-14T15:00"),
    ]


def test_a_closure_before_the_movement_is_cut_away():
    found = told(("seized", "2022-01-01"), ("freed", "2022-01-02"))
    assert found.closures == ()
