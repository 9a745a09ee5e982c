"""Times that are missing, out of order, of mixed zones, twice there: never a silent verdict."""

import pyarrow as pa
import pytest

from peyman.charter.moment import read_instant
from peyman.errors import PeymanError
from tests.exchange.making import (
    CASES,
    CONSULT,
    MANDATE,
    REQUEST,
    audit_of,
    codes,
    judged,
    row,
    verdicts,
    write_csv,
    write_parquet,
    write_xes,
)


def with_time(time, act=CONSULT, case="good"):
    return (case, act[0], time, act[1], act[2])


def one_of(path, **how):
    (one,) = judged(path, **how).values()
    return one


@pytest.mark.parametrize("write", [write_csv, write_parquet, write_xes])
@pytest.mark.parametrize(
    ("time", "note"),
    [
        (None, "row 2 has no time"),
        ("yesterday", "the time of row 2 cannot be read"),
        ("0022-01-05T10:00:00Z", "the time of row 2 cannot be read"),
        ("2022-13-05T10:00:00Z", "the time of row 2 cannot be read"),
        ("2022-01-05T10:00:00", "the time of row 2 has no offset, and others have one"),
    ],
)
def test_a_case_with_a_time_that_cannot_be_told_has_no_verdict(
    tmp_path, write, time, note
):
    one = one_of(write(tmp_path / "log", [CASES[0], with_time(time)]))
    assert (one.verdict, one.faults, one.notes) == ("cannot be told", (), (note,))


def test_one_time_that_cannot_be_read_spoils_no_other_case(tmp_path):
    found = verdicts(
        write_csv(tmp_path / "log.csv", [*CASES, with_time("soon", case="other")])
    )
    assert found.pop("other") == "cannot be told"
    assert sorted(found.values()) == [
        "conforms",
        "does not conform",
        "does not conform",
    ]


def test_a_row_without_a_case_or_without_an_act_is_told(tmp_path):
    rows = [CASES[0], (None, *CASES[1][1:]), ("other", None, *CASES[1][2:])]
    found = judged(write_csv(tmp_path / "log.csv", rows))
    assert found[""].notes == ("row 2 names no case",)
    assert found["other"].notes == ("row 3 names no act",)
    assert {found[""].verdict, found["other"].verdict} == {"cannot be told"}


def test_rows_out_of_order_are_judged_in_order_of_time_and_told(tmp_path):
    one = one_of(write_csv(tmp_path / "log.csv", [CASES[1], CASES[0]]))
    assert one.verdict == "conforms"
    assert one.notes == (
        "its rows were not in order of time; they are judged in that order",
    )


def test_rows_of_the_same_instant_keep_the_order_of_the_log(tmp_path):
    ask, consult = row("one", REQUEST, 8), row("one", CONSULT, 8)
    assert one_of(write_csv(tmp_path / "a.csv", [ask, consult])).verdict == "conforms"
    swapped = one_of(write_csv(tmp_path / "b.csv", [consult, ask]))
    assert codes(swapped) == ["no such matter", "never met"]


def test_a_row_that_says_the_same_once_more_counts_once_and_is_told(tmp_path):
    rows = [CASES[0], row("good", MANDATE, 8), CASES[0], CASES[1], CASES[1]]
    rows[1] = ("good", "csto.assistance.name_commander", CASES[0][2], "x", None)
    one = one_of(write_csv(tmp_path / "log.csv", rows))
    assert one.rows == 3
    assert one.notes == ("2 rows say once more what another has said, and count once",)
    assert codes(one) == ["no power", "not open"]


def test_times_without_an_offset_are_those_of_the_charter(tmp_path):
    local = [
        with_time("2022-01-05T08:00:00", REQUEST),
        with_time("2022-01-06 08:00:00"),
    ]
    audit = audit_of(write_csv(tmp_path / "log.csv", local))
    (cases,) = audit.parts()
    assert cases.part.at.tolist() == [
        read_instant("2022-01-05T08:00+03:00"),
        read_instant("2022-01-06T08:00+03:00"),
    ]
    assert (audit.naive, audit.zone) == (1, "Europe/Moscow")


@pytest.mark.parametrize("write", [write_csv, write_parquet])
def test_a_zone_that_is_given_settles_it(tmp_path, write):
    rows = [CASES[0], with_time("2022-01-05T16:00:00")]
    assert (
        one_of(write(tmp_path / "log", rows), zone="Asia/Almaty").verdict == "conforms"
    )


def test_local_times_follow_the_changes_of_the_clock(tmp_path):
    times = ["2022-03-27T01:59:00", "2022-03-27T03:00:00", "2022-10-30T12:00:00"]
    rows = [with_time(time) for time in times]
    path = write_parquet(tmp_path / "log", rows, times=pa.timestamp("us"))
    (cases,) = audit_of(path, zone="Europe/Berlin").parts()
    wanted = ["2022-03-27T00:59Z", "2022-03-27T01:00Z", "2022-10-30T11:00Z"]
    assert cases.part.at.tolist() == [read_instant(one) for one in wanted]


@pytest.mark.parametrize("times", [None, pa.date32()])
def test_a_date_is_the_whole_day_and_favours_who_owes(tmp_path, times):
    days = ["2022-01-05", "2022-01-06"]
    rows = [with_time(days[0], REQUEST), with_time(days[1])]
    path = write_parquet(tmp_path / "log", rows, times=times)
    assert one_of(path).verdict == "conforms"  # 24 hours from the end of the 5th
    rows[1] = with_time("2022-01-08")
    assert codes(one_of(write_parquet(tmp_path / "late", rows, times=times))) == [
        "late"
    ]


# --------------------------------------------------------------- cases that are not over


def test_what_is_owed_is_no_fault_before_its_day_if_the_case_is_not_over(tmp_path):
    path = write_csv(tmp_path / "log.csv", CASES[:1])
    now = read_instant("2022-01-06T07:00Z")
    assert codes(one_of(path)) == ["never met"]
    assert codes(one_of(path, at=now)) == []
    (fault,) = one_of(path, at=now + 7200).faults
    assert (
        fault.text == "owed by 2022-01-06T08:00:00Z because of request, and never done"
    )
    assert (fault.row, fault.act) == (None, "assistance.consult")


def test_no_row_is_later_than_the_log(tmp_path):
    with pytest.raises(PeymanError) as caught:
        judged(
            write_csv(tmp_path / "log.csv", CASES), at=read_instant("2022-01-05T09:30Z")
        )
    assert str(caught.value) == (
        "Row 2 is of 2022-01-05T10:00:00Z, and so later than the log is said to be,"
        " 2022-01-05T09:30:00Z.\n"
        "  Authority: docs/audit.md, section 3: cases that are not over\n"
        "  Next step: Give a later time with --at, or leave it out."
    )
