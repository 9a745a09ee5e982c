"""The same log has the same verdicts in every form, and what is no log is refused."""

import gzip

import pyarrow as pa
import pytest

from peyman.errors import PeymanError
from peyman.exchange.logs import xes
from tests.exchange.making import (
    CASES,
    HEAD,
    REQUEST,
    VERDICTS,
    at,
    audit_of,
    codes,
    judged,
    row,
    verdicts,
    write_csv,
    write_parquet,
    write_xes,
)


@pytest.mark.parametrize(
    "name", ["log.csv", "log.csv.gz", "log.parquet", "log.xes", "log.xes.gz"]
)
def test_a_log_has_the_same_verdicts_in_every_form(tmp_path, name):
    write = {"c": write_csv, "p": write_parquet, "x": write_xes}[name[4]]
    found = judged(write(tmp_path / name, CASES))
    assert {case: one.verdict for case, one in found.items()} == VERDICTS
    assert codes(found["bad"]) == ["too early", "not open", "never met", "never met"]
    assert codes(found["late"]) == ["late"]


def test_the_name_of_a_file_does_not_decide_what_it_is(tmp_path):
    assert verdicts(write_parquet(tmp_path / "log.csv", CASES)) == VERDICTS
    assert verdicts(write_csv(tmp_path / "log.parquet", CASES)) == VERDICTS


@pytest.mark.parametrize(
    "times", [pa.timestamp("ms", "UTC"), pa.timestamp("ns", "Asia/Almaty")]
)
def test_parquet_may_hold_times_as_times(tmp_path, times):
    assert (
        verdicts(write_parquet(tmp_path / "log.parquet", CASES, times=times))
        == VERDICTS
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_may_be_separated_otherwise(tmp_path, separator):
    assert (
        verdicts(write_csv(tmp_path / "log.csv", CASES, separator=separator))
        == VERDICTS
    )


def test_csv_may_begin_with_a_mark_of_its_encoding_and_quote_line_ends(tmp_path):
    path = write_csv(tmp_path / "log.csv", [("a\nb", *one[1:]) for one in CASES[:2]])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert verdicts(path) == {"a\nb": "conforms"}


def test_a_column_may_have_any_name_if_it_is_named(tmp_path):
    head = ("Fall", "Was", "Wann", "Wer", "An")
    named = {"case": "Fall", "act": "Was", "time": "Wann", "actor": "Wer", "to": "An"}
    assert (
        verdicts(write_csv(tmp_path / "log.csv", CASES, head), named=named) == VERDICTS
    )


def test_without_actors_nobody_is_without_power(tmp_path):
    rows = [("one", "assistance.request", "2022-01-05T08:00Z")]
    (one,) = judged(write_csv(tmp_path / "log.csv", rows, HEAD[:3])).values()
    assert codes(one) == ["never met"]


def test_a_fact_with_a_day_may_stand_in_a_column_of_its_own(tmp_path):
    act, end = "csto.assistance.{}", "csto/council"
    rows = [
        ("one", act.format("request"), "2022-01-05T08:00Z", "KZ", None),
        ("one", act.format("mandate"), "2022-01-06T08:00Z", end, "10 days"),
        ("one", act.format("notify"), "2022-01-06T09:00Z", "RU", None),
        ("one", act.format("prolong"), "2022-02-06T08:00Z", end, "10 days"),
    ]
    head = (*HEAD[:4], "states:term")
    (one,) = judged(write_csv(tmp_path / "log.csv", rows, head)).values()
    assert codes(one) == ["not open"]


def test_only_what_was_completed_counts_where_a_log_tells_stages(tmp_path):
    path = write_xes(tmp_path / "log.xes", CASES[:2])
    began = '<string key="lifecycle:transition" value="start"/>'
    done = began.replace("start", "complete")
    text = path.read_text().replace("</event>", f"{done}</event>")
    stage = text[text.index("<event>") : text.index("</event>") + 8].replace(
        done, began
    )
    path.write_text(text.replace("<event>", f"{stage}<event>", 1))
    assert verdicts(path) == {"good": "conforms"}


# -------------------------------------------------------------------------- what is no log


def refusal(path, **how):
    with pytest.raises(PeymanError) as caught:
        judged(path, **how)
    return str(caught.value)


def test_a_log_without_a_column_that_is_needed(tmp_path):
    path = write_csv(tmp_path / "log.csv", [("a", "b")], ("case", "activity"))
    assert refusal(path) == (
        "log.csv has no column for the time.\n"
        "  Authority: docs/audit.md, section 2: the columns of a log\n"
        "  Next step: Name it: --column time=NAME. Its columns are activity, case."
    )


def test_a_column_that_is_named_and_not_there(tmp_path):
    path = write_csv(tmp_path / "log.csv", CASES)
    assert refusal(path, named={"case": "ID"}).startswith("log.csv has no column 'ID'.")
    assert refusal(path, named={"kind": "case"}).startswith(
        "No column of a log means 'kind'."
    )


@pytest.mark.parametrize("data", [b"", b"case,activity,time\n"])
def test_an_empty_log(tmp_path, data):
    (tmp_path / "log.csv").write_bytes(data)
    assert refusal(tmp_path / "log.csv").startswith("log.csv holds no rows.")


def test_an_xes_log_without_events(tmp_path):
    assert refusal(write_xes(tmp_path / "log.xes", [])).startswith(
        "log.xes holds no rows."
    )


def test_a_log_of_another_charter(tmp_path):
    path = write_csv(
        tmp_path / "log.csv",
        [("a", "Register request", "2022-01-05T08:00Z", "Sue", "")],
    )
    assert refusal(path) == (
        "None of the activities of log.csv is an act of csto: Register request.\n"
        "  Authority: the charter, which knows acts such as consultation.ask\n"
        "  Next step: Name another charter, or the column: --column act=NAME."
    )


@pytest.mark.parametrize("share", [0.3, 0.99])
def test_a_parquet_file_cut_short(tmp_path, share):
    path = write_parquet(tmp_path / "log.parquet", CASES)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    said = refusal(path)
    assert said.startswith("log.parquet cannot be read: ")
    assert "Next step: Ask for the log again" in said


def test_a_parquet_file_with_a_damaged_page(tmp_path):
    path = write_parquet(tmp_path / "log.parquet", CASES)
    data = bytearray(path.read_bytes())
    data[4:60] = bytes(56)
    path.write_bytes(data)
    assert refusal(path).startswith("log.parquet cannot be read: ")


@pytest.mark.parametrize("name", ["log.csv.gz", "log.xes.gz"])
def test_a_gzip_file_cut_short(tmp_path, name):
    write = write_csv if "csv" in name else write_xes
    path = write(tmp_path / name, CASES * 200)
    path.write_bytes(path.read_bytes()[:-20])
    assert refusal(path).startswith(f"{name} cannot be read: ")


def test_what_is_none_of_the_forms(tmp_path):
    (tmp_path / "log.parquet").write_bytes(b"PK\x03\x04\0\0\0\0")
    assert refusal(tmp_path / "log.parquet").startswith(
        "log.parquet is neither CSV nor XES nor Parquet."
    )


def test_a_file_that_is_not_there(tmp_path):
    assert "No such file" in refusal(tmp_path / "log.csv")


def test_csv_that_is_not_in_utf_8(tmp_path):
    path = write_csv(tmp_path / "log.csv", CASES)
    path.write_bytes(path.read_bytes().replace(b"good", b"g\xf6\xf6d"))
    assert refusal(path).startswith("log.csv cannot be read: ")


def test_a_row_that_does_not_fit_the_header(tmp_path):
    path = write_csv(tmp_path / "log.csv", CASES)
    path.write_text(path.read_text() + "a,b\n")
    assert "Expected 5 columns, got 2" in refusal(path)


# ------------------------------------------------------------------------- what is hostile


def test_a_huge_field_of_csv_is_refused(tmp_path):
    rows = [*CASES, ("x" * (2 << 20), *CASES[0][1:]), *CASES]
    said = refusal(write_csv(tmp_path / "log.csv", rows))
    assert said.startswith(
        "log.csv cannot be read: a row is longer than 1048576 bytes."
    )


def test_a_huge_value_of_xes_is_refused(tmp_path):
    rows = [row("x" * (2 << 20), REQUEST, 8)]
    said = refusal(write_xes(tmp_path / "log.xes", rows))
    assert said.startswith("log.xes holds a value longer than 1048576 bytes.")


BOMB = """<?xml version="1.0"?>
<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE log SYSTEM "file:///etc/passwd">"""


@pytest.mark.parametrize("head", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_entities_in_xes_are_never_unfolded(tmp_path, head):
    said = refusal(write_xes(tmp_path / "log.xes", CASES, head))
    assert said.startswith(
        "log.xes declares a document type, in which entities may hide."
    )


def test_xes_that_nests_without_end_is_refused(tmp_path):
    path = tmp_path / "log.xes"
    path.write_text("<log>" + '<string key="a" value="b">' * 5_000)
    assert refusal(path).startswith(
        f"log.xes nests deeper than {xes.DEEPEST} elements."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<log><trace>", "log.xes is no XML: no element found"),
        ("<log><trace></log>", "log.xes is no XML: mismatched tag"),
        ("<html></html>", "log.xes is XML and no log."),
    ],
)
def test_xml_that_is_no_log(tmp_path, text, said):
    (tmp_path / "log.xes").write_text(text)
    assert refusal(tmp_path / "log.xes").startswith(said)


def test_a_bomb_of_gzip_is_read_in_constant_memory(tmp_path):
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(b"case,activity,time\n" + b"," * (64 << 20)))
    assert "longer than" in refusal(path)


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz"])
def test_two_columns_of_one_name_are_refused_and_not_chosen_from(tmp_path, name):
    rows = [(*one, "csto.assistance.withdraw") for one in CASES]
    path = write_csv(tmp_path / name, rows, head=(*HEAD, "activity"))
    with pytest.raises(PeymanError) as caught:
        judged(path)
    assert str(caught.value) == (
        f"{name} has more than one column 'activity'.\n"
        "  Authority: docs/audit.md, section 2: the columns of a log\n"
        "  Next step: Export the log with a name of its own for each column."
    )


def test_a_log_of_something_else_is_told_by_what_it_does_and_not_by_its_gaps(tmp_path):
    rows = [("a", "Submit", at(8), "KZ", None), ("a", None, at(9), "KZ", None)]
    with pytest.raises(PeymanError, match=r"is an act of csto: Submit\."):
        judged(write_parquet(tmp_path / "log", rows))


def test_columns_of_very_many_values_are_numbered_without_mixing_them_up(tmp_path):
    head = (*HEAD, *(f"states:f{n}" for n in range(6)))
    rows = [
        (f"c{n}", "csto.assistance.request", at(8), f"A{n}", f"csto/{n}", *[str(n)] * 6)
        for n in range(1000)
    ]
    audit = audit_of(write_csv(tmp_path / "log.csv", rows, head=head))
    assert sum(len(cases.names) for cases in audit.parts()) == 1000
    said = {
        (one.actor, *one.to, *(value for _, value in one.states))
        for one in audit.encoder.meanings
    }
    assert said == {(one[3], *one[4:]) for one in rows}
