"""Which rows of a file are new, held against what stands in a case."""

import pytest

from peyman.case.boards.claims import seen
from peyman.case.entering.rows import MOST_AT_ONCE, Row, check_most, steps_of
from peyman.case.reading import read_case
from peyman.errors import PeymanError
from tests.case.small import record
from tests.case.test_generation import NEED, PLEDGE

FLIGHT = {"serial": "S", "mode": "air", "member": "XB", "from": "kant", "to": "almaty"}
FLIGHT |= {"direction": "in", "state": "planned"}
BASE: dict[str, dict[str, object]] = {
    "requirement": {**NEED},
    "pledge": {**PLEDGE, "pledge": "P"},
    "serial": {**FLIGHT},
}


def row(kind, number=2, **said):
    return Row(kind, kind, number, BASE[kind] | said)


def told(*rows):
    made = record()
    for number, one in enumerate(rows):
        made.add(f"t{number}", one.kind, **one.body)
    return seen(read_case(made.case))


def new(entries, *rows):
    """The numbers of the rows that are new, with the entries that they correct."""
    steps = steps_of(entries, rows, lambda _, body: dict(body)).steps
    return [(s.row.number, s.corrects.name if s.corrects else None) for s in steps]


def test_the_same_row_twice_is_entered_once():
    assert new((), row("requirement", 2), row("requirement", 3)) == [(2, None)]


def test_what_was_told_before_and_stands_no_more_is_told_again():
    entries = told(row("pledge"), row("pledge", tonnes=5))
    assert new(entries, row("pledge")) == [(2, None)]


def test_the_history_of_the_record_is_passed_over_as_a_whole():
    entries = told(row("pledge"), row("pledge", tonnes=5))
    assert new(entries, row("pledge", 2), row("pledge", 3, tonnes=5)) == []
    more = (row("pledge", 2), row("pledge", 3, tonnes=5), row("pledge", 4, tonnes=6))
    assert new(entries, *more) == [(4, None)]


def test_a_line_at_another_place_is_another_line():
    entries = told(row("requirement"))
    assert new(entries, row("requirement", place="almaty")) == [(2, None)]


def test_a_changed_serial_corrects_the_one_it_can_mean_and_no_other():
    entries = told(row("serial"), row("serial", tail="A"))
    assert new(entries, row("serial", tail="A"), row("serial", 3, tail="B")) == [
        (3, entries[-2].name)
    ]
    assert new(entries, row("serial", tail="B")) == [(2, None)]
    assert new(told(row("serial")), row("serial", state="reported")) == [(2, None)]


def test_too_many_rows_are_not_entered_at_once():
    rows = [row("requirement", n, line=f"L{n}") for n in range(MOST_AT_ONCE + 1)]
    steps = steps_of((), rows, lambda _, body: dict(body)).steps
    check_most(steps[1:])
    with pytest.raises(PeymanError, match="201 rows are new, and at most 200"):
        check_most(steps)
