"""What differs between two standings of one case."""

from peyman.case.boards.changes import changes_between
from peyman.case.reading import read_case
from tests.case.small import DAY, MANDATE, TAKE_BACK, record

TEN = {"tasks": ["guard"], "term": "10 days", "area": "the cape"}
LONGER = {
    "act": "help.prolong",
    "by": "pact/council",
    "matter": "r/1",
    "states": {"term": "5 days"},
    "ballots": MANDATE["ballots"],
}


def changes(made, *acts):
    """What these acts change, as `list act by`, with the sign of what comes or goes."""
    before, at = made.case, made.clock
    made.act("x", *acts, **DAY)
    readings = (read_case(one, at, made.clock) for one in (before, made.case))
    return [
        f"{'+' if one.comes else '-'} {one.listed} {one.act.rpartition('.')[2]}"
        f" {' '.join(one.by)}"
        for one in changes_between(*readings)
    ]


def test_what_an_act_ends_goes_with_all_that_rested_on_it():
    assert changes(record(), TAKE_BACK) == [
        "- in_force request XA",
        "- in_force mandate pact/council",
        "- may consult pact/council pact/chair",
        "- may mandate pact/council",
        "- may prolong pact/council",
        "- may deploy XB XC",
        "- may take_back XA",
    ]


def test_what_only_falls_due_on_another_day_goes_and_comes_again():
    made = record()
    made.act("y", {**MANDATE, "states": TEN}, **DAY)
    told = changes(made, LONGER)
    assert "+ in_force mandate pact/council" in told
    assert "- in_force mandate pact/council" in told


def test_nothing_differs_between_a_standing_and_itself():
    reading = read_case(record().case)
    assert changes_between(reading, reading) == ()
