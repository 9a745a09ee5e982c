"""Under which mandate the force stands: as the record says, or as it follows."""

import pytest

from peyman.case.asking.under import under
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant
from tests.case.small import MANDATE, REQUEST, TAKE_BACK, Record

SERIAL = {
    "serial": "IN-1",
    "mode": "air",
    "member": "XB",
    "from": "ru",
    "to": "kz",
    "direction": "in",
    "state": "reported",
}


def mandated():
    record = Record(kept="live").act("r", REQUEST, at="2022-01-05T01:00Z")
    return record.act("m", MANDATE, at="2022-01-05T02:00Z")


def of_last(record, at=None):
    reading = read_case(record.case, read_instant(at) if at else None)
    return [
        (one.id, one.entry.name, one.is_cited, one.had_ended)
        for one in under(reading, record.case.entries[-1])
    ]


def test_what_cites_the_mandate_stands_under_it_by_the_record():
    record = mandated().add(
        "s", "serial", cites=["m"], at="2022-01-05T03:00Z", **SERIAL
    )
    assert of_last(record) == [("e1/1", "e1", True, False)]


def test_what_cites_it_through_another_entry_does_so_too():
    record = mandated().add("n", cites=["m"], at="2022-01-05T03:00Z")
    record.add("s", "serial", cites=["n"], at="2022-01-05T04:00Z", **SERIAL)
    assert of_last(record) == [("e1/1", "e1", True, False)]


@pytest.mark.parametrize("at", ["2022-01-05T03:00Z", "2022-01-05", "unknown"])
def test_what_does_not_cite_it_stands_under_the_one_that_was_in_force(at):
    record = mandated().add("s", "serial", at=at, **SERIAL)
    assert of_last(record) == [("e1/1", "e1", False, False)]


def test_what_came_before_the_mandate_stands_under_none():
    record = mandated().add("s", "serial", at="2022-01-05T00:30Z", **SERIAL)
    assert of_last(record) == []


def test_what_came_after_its_end_stands_under_the_last_and_it_had_ended():
    record = mandated().act("t", TAKE_BACK, at="2022-01-05T03:00Z")
    record.add("s", "serial", at="2022-01-05T04:00Z", **SERIAL)
    assert of_last(record) == [("e1/1", "e1", False, True)]


def test_as_of_a_moment_before_the_mandate_there_is_none():
    record = mandated().add("s", "serial", at="2022-01-05T03:00Z", **SERIAL)
    assert of_last(record, "2022-01-05T01:30Z") == []


def test_an_act_stands_under_the_mandate_of_its_own_matter():
    deploy = {"act": "help.deploy", "by": "XB", "member": "XB", "matter": "r/1"}
    record = mandated().act("d", deploy, at="2022-01-05T03:00Z")
    assert of_last(record) == [("e1/1", "e1", False, False)]
    record.act("q", REQUEST, at="2022-01-05T04:00Z")
    assert of_last(record) == []


def test_a_mandate_stands_under_no_mandate_and_a_claim_neither():
    assert of_last(mandated()) == []
    record = mandated().source()
    assert of_last(record) == []
