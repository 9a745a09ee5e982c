from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.case.entering.bodies import check_body
from peyman.exchange.comma import read_comma, write_comma
from peyman.exchange.sheets import COLUMNS, read_sheets, write_sheets
from peyman.exchange.workbook import read_workbook, write_workbook

NEED = {
    "line": "Guard of plants",
    "capability": "guard of a fixed facility",
    "quantity": 2,
    "unit": "facilities",
    "place": "zhetygen",
    "required": "2022-01-08T06:00Z",
    "priority": 1,
    "people": 240,
}
PLEDGE = {
    "member": "KG",
    "what": "A contingent",
    "state": "offered",
    "people": {"low": 100, "high": 150},
    "vehicles": {"value": 19},
    "tonnes": 240,
    "caveats": ["no dispersing of rallies", "no nights"],
    "capabilities": {"guard of a fixed facility": 1},
    "lift": {"Il-76": 3, "An-124": 1},
    "ready": "2022-01-07",
    "from": "kant",
}


def there_and_back_as_workbook(sheets):
    return read_workbook(write_workbook(sheets))


def there_and_back_as_comma(sheets):
    return {name: read_comma(write_comma(rows)) for name, rows in sheets.items()}


WAYS = pytest.mark.parametrize(
    "way", [there_and_back_as_workbook, there_and_back_as_comma]
)


def changed(kind, column, value, body):
    """What comes back of one row with one cell changed."""
    sheets = write_sheets({kind: [body]})
    sheets[kind][1][list(COLUMNS[kind]).index(column)] = value
    return read_sheets(there_and_back_as_workbook(sheets))


@WAYS
def test_a_template_comes_back_as_it_went_out(way):
    filled = read_sheets(way(write_sheets({"requirement": [NEED], "pledge": [PLEDGE]})))
    assert filled.faults == ()
    assert filled.bodies == {"requirement": (NEED,), "pledge": (PLEDGE,), "serial": ()}


TEXTS = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters=";"), min_size=1
)


@WAYS
@given(what=TEXTS, caveats=st.lists(TEXTS, max_size=2), tonnes=st.integers(0, 10**6))
def test_what_is_typed_comes_back_whatever_it_begins_with(way, what, caveats, tonnes):
    body = {**PLEDGE, "what": what, "caveats": caveats, "tonnes": tonnes}
    filled = read_sheets(way(write_sheets({"pledge": [body]})))
    assert filled.bodies["pledge"] == (body,)


@pytest.mark.parametrize(
    ("kind", "column", "value", "told"),
    [
        (
            "pledge",
            "tonnes",
            "many",
            "pledge!F2: 'many' is not a whole number, 0 or more",
        ),
        ("pledge", "tonnes", -4, "pledge!F2: '-4' is not a whole number, 0 or more"),
        ("pledge", "tonnes", 1.5, "pledge!F2: '1.5' is not a whole number, 0 or more"),
        (
            "pledge",
            "people",
            "150-70",
            "pledge!D2: '150-70' is not a whole number, or two as 70-100",
        ),
        (
            "pledge",
            "member",
            "Kyrgyzstan",
            "pledge!A2: 'Kyrgyzstan' is not a member's two letters, or all",
        ),
        (
            "requirement",
            "place",
            "Atlantis",
            "requirement!E2: 'Atlantis' is not a place of the list of places, by its id"
            " or its name",
        ),
        (
            "requirement",
            "required",
            "soon",
            "requirement!F2: 'soon' is not a day or a moment, as 2022-01-07 or"
            " 2022-01-07T14:00Z",
        ),
        (
            "requirement",
            "line",
            None,
            "requirement!A2: it is empty; text is expected",
        ),
        (
            "pledge",
            "state",
            "perhaps",
            "pledge!C2: 'perhaps' is not one of offered, honoured, withdrawn, stood_down",
        ),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_what_is_expected(
    kind, column, value, told
):
    body = NEED if kind == "requirement" else PLEDGE
    assert [str(one) for one in changed(kind, column, value, body).faults] == [told]


@pytest.mark.parametrize("name", ["Zhetygen", "ژتیگن", "Жетыген", "zhetygen"])
def test_a_place_is_known_by_its_name_in_any_language(name):
    filled = changed("requirement", "place", name, NEED)
    assert filled.bodies["requirement"][0]["place"] == "zhetygen"


def test_every_fault_is_told_at_once_and_the_other_rows_are_read():
    sheets = write_sheets({"pledge": [PLEDGE, PLEDGE]})
    sheets["pledge"][1][3:6] = ["x", "y", "z"]
    filled = read_sheets(there_and_back_as_workbook(sheets))
    assert [one.cell for one in filled.faults] == ["D2", "E2", "F2"]
    assert filled.bodies["pledge"][1] == PLEDGE


def test_a_column_that_is_missing_or_unknown_is_named():
    sheets = write_sheets({"requirement": [NEED]})
    sheets["requirement"][0][0] = "Zeile"
    told = [str(one) for one in read_sheets(sheets).faults]
    assert told[0].startswith(
        "requirement!A1: 'Zeile' is no column of this sheet: line,"
    )
    assert told[1] == "requirement: the column line is missing"


def test_a_file_without_a_sheet_of_the_template_says_so():
    filled = read_sheets({"Sheet1": [["a"], ["b"]]})
    assert [str(one) for one in filled.faults] == [
        "file: there is no sheet of a template: requirement, pledge, serial"
    ]


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_row_that_is_read_is_the_body_of_an_entry(kind):
    serial = {
        "serial": "S-1",
        "mode": "air",
        "member": "all",
        "from": "kant",
        "to": "zhetygen",
        "direction": "in",
        "state": "planned",
    }
    bodies: dict[str, Any] = {"requirement": NEED, "pledge": PLEDGE, "serial": serial}
    body = bodies[kind]
    (read,) = read_sheets(write_sheets({kind: [body]})).bodies[kind]
    check_body(kind, read)
    assert read == body
