import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from peyman.errors import PeymanError
from peyman.exchange import workbook
from peyman.exchange.comma import read_comma, write_comma
from peyman.exchange.sheets import read_sheets
from peyman.exchange.workbook import read_workbook, write_workbook
from tests.exchange.test_sheets import NEED


def filled_in(heads, row):
    """A workbook as an office programme would save it."""
    book = Workbook()
    sheet = book.create_sheet("requirement")
    sheet.append(heads)
    sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_text_that_begins_like_a_formula_is_kept_as_a_text():
    written = write_workbook({"a": [["head"], ["=1+1"]]})
    assert load_workbook(BytesIO(written))["a"]["A2"].data_type == "s"
    assert write_comma([["=1+1"]]).decode("utf-8-sig") == "'=1+1\r\n"


def test_a_formula_that_comes_back_is_a_fault_of_its_cell():
    row = {**NEED, "quantity": "=1+1"}
    told = read_sheets(read_workbook(filled_in(list(row), list(row.values()))))
    assert [str(one) for one in told.faults] == [
        "requirement!C2: '=1+1' is not a whole number, 0 or more"
    ]


def test_a_date_of_an_office_programme_is_a_day_or_a_moment():
    for typed, read in (
        (datetime(2022, 1, 8), "2022-01-08"),  # noqa: DTZ001  (as it comes)
        (datetime(2022, 1, 8, 6, 30), "2022-01-08T06:30Z"),  # noqa: DTZ001
    ):
        row = {**NEED, "required": typed}
        told = read_sheets(read_workbook(filled_in(list(row), list(row.values()))))
        assert told.faults == ()
        assert told.bodies["requirement"][0]["required"] == read


def test_what_is_no_workbook_is_refused():
    with pytest.raises(PeymanError) as caught:
        read_workbook(b"line,capability")
    assert str(caught.value) == (
        "The workbook cannot be read. It is no XLSX workbook, or a broken one.\n"
        "  Authority: ECMA-376; at most 50,000,000 bytes unpacked are read\n"
        "  Next step: Save it again as .xlsx, or fill in a new template"
        " (peyman plan --template)."
    )


def test_a_zip_that_is_no_workbook_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(PeymanError, match="no XLSX workbook"):
        read_workbook(out.getvalue())


def test_a_workbook_that_unpacks_to_more_than_a_plan_ever_is_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.xml", b"0" * (workbook.MOST_BYTES + 1))
    assert len(out.getvalue()) < 100_000
    with pytest.raises(PeymanError, match="It unpacks to 50,000,001 bytes"):
        read_workbook(out.getvalue())


def test_a_csv_file_with_semicolons_is_read_as_well():
    assert read_comma(b"a;b\n1;2\n") == [["a", "b"], ["1", "2"]]


def test_a_csv_file_that_is_not_utf_8_is_refused():
    with pytest.raises(PeymanError) as caught:
        read_comma(b"\xff\xfe\x00")
    assert str(caught.value) == (
        "The CSV file cannot be read.\n"
        "  Authority: RFC 4180, in UTF-8\n"
        "  Next step: Save it again as CSV in UTF-8."
    )
