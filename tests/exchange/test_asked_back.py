"""A transport request that comes back says again what the case says, or what it changes."""

import pytest

from peyman.case.planning.planned import planned
from peyman.case.reading import read_case
from peyman.exchange.comma import read_comma, write_comma
from peyman.exchange.plan import plan_sheets
from peyman.exchange.returned import new_steps, read_returned
from peyman.exchange.workbook import read_workbook, write_workbook
from tests.case.planning import first_plan
from tests.case.small import record
from tests.case.test_generation import NEED, PLEDGE

UNIT = {
    **PLEDGE,
    "pledge": "XB-1",
    "people": {"value": 200},
    "tonnes": 90,
    "from": "ivanovo-severny",
    "caveats": ["no nights"],
}
LIFT = {"lift": {"Il-76": 2}}


def reading(**more):
    made = record().add("n", "requirement", **{**NEED, "place": "almaty"})
    made.add("p", "pledge", **{**UNIT, **LIFT, **more})
    return read_case(made.case)


def sheet(case, **answers):
    """The exported sheet with some answers (`i5=…`) filled in by hand."""
    rows = plan_sheets(planned(case, first_plan), "A test")["transport request"]
    at = rows[0].index("answer")
    for row in rows[1:]:
        row[at] = answers.get(f"i{row[1]}", row[at])
    return rows


def back(case, rows, name="transport request"):
    return read_returned({name: rows}, case)


def changed(case, filled):
    """The pledge after the request, as far as it says something else than before."""
    [pledge] = filled.bodies["pledge"]
    old = {**UNIT, **LIFT}
    return {name: value for name, value in pledge.items() if value != old.get(name)}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_nobody_changed_changes_nothing(form):
    case = reading()
    if form == "xlsx":
        plan = plan_sheets(planned(case, first_plan), "A test")
        filled = read_returned(read_workbook(write_workbook(plan)), case)
    else:
        rows = read_comma(write_comma(sheet(case)))
        filled = back(case, rows, "transport-request")
    assert (filled.faults, filled.rows, filled.texts) == ((), (), ())


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"i11": "Kant"}, {"from": "kant"}),
        ({"i13": "2022-01-09"}, {"ready": "2022-01-09"}),
        ({"i3": "XC"}, {"member": "XC"}),
        (
            {"i5": "a unit, with dogs, 220 people, 30 vehicles, 90 tonnes"},
            {
                "what": "a unit, with dogs",
                "people": {"value": 220},
                "vehicles": {"value": 30},
            },
        ),
        (
            {"i6": "Guard of plants: 1 facilities"},
            {"capabilities": {"guard of a fixed facility": 1}},
        ),
        (
            {"i15": "caveat: no days; caveat: no rallies"},
            {"caveats": ["no days", "no rallies"]},
        ),
    ],
)
def test_an_answer_is_what_the_pledge_says_then(answers, says):
    case = reading()
    filled = back(case, sheet(case, **answers))
    assert (filled.faults, filled.texts) == ((), ())
    assert changed(case, filled) == says
    assert len(new_steps(case, filled).steps) == 1


def test_figures_that_are_assumed_stay_assumed_and_those_that_are_told_are_told():
    case = reading()
    rows = sheet(case, i5="another unit, 200 people, 24 vehicles (assumed), 90 tonnes")
    assert changed(case, back(case, rows)) == {"what": "another unit"}


def test_a_figure_that_nobody_changed_keeps_its_bounds():
    case = reading(people={"low": 200, "high": 300})
    rows = sheet(case, i5="a unit, 200 people, 30 vehicles, 90 tonnes")
    [pledge] = back(case, rows).bodies["pledge"]
    assert pledge["people"] == {"low": 200, "high": 300}
    assert pledge["vehicles"] == {"value": 30}


def test_what_no_field_takes_is_kept_as_text_and_said():
    case = reading()
    filled = back(case, sheet(case, i9="accepted by letter", i16="half of the fuel"))
    assert filled.faults == ()
    assert filled.bodies["pledge"] == ()
    [note] = filled.bodies["note"]
    assert (
        "9. How far the affected state has accepted it: accepted by letter"
        in note["text"]
    )
    assert "half of the fuel" in note["text"]
    assert [text.startswith("XB-1: ") for text in filled.texts] == [True, True]


def test_a_line_that_the_case_has_not_is_a_new_one_where_its_place_is_told():
    case = reading()
    needs = "Guard of plants: 2 facilities; Guard of a bridge: 1 companies"
    filled = back(case, sheet(case, i6=needs, i12="Almaty"))
    [line] = filled.bodies["requirement"]
    assert (line["line"], line["quantity"], line["place"]) == (
        "Guard of a bridge",
        1,
        "almaty",
    )
    assert line["priority"] == 2
    assert any("is a new line" in text for text in filled.texts)


def test_a_pledge_that_the_case_has_not_is_a_new_one():
    case = reading()
    rows = [
        ["pledge", "item", "answer"],
        ["P9", 3, "XC"],
        ["P9", 5, "a field kitchen, 20 people"],
    ]
    filled = back(case, rows)
    assert filled.bodies["pledge"] == (
        {
            "state": "offered",
            "caveats": [],
            "pledge": "P9",
            "member": "XC",
            "what": "a field kitchen",
            "people": {"value": 20},
        },
    )
    assert planned(case, first_plan, filled.told("x"))["offers"][1]["pledge"] == "P9"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([["P", 11, "Nowhere"]], "transport request!C2: 'Nowhere' is not a place"),
        (
            [["P", 18, "x"]],
            "transport request!B2: '18' is not an item from 1 to 17, once",
        ),
        ([["P", 3, "XB"], ["P", 3, "XC"]], "transport request!B3: '3' is not an item"),
        ([["", 3, "XB"]], "transport request!A2: '' is not the name of a pledge"),
        ([["XB-1", 6, "a lot"]], "transport request!C2: 'a lot' is not lines with"),
        ([["XB-1", 6, "Guard of plants: 2 men"]], "is not counted as the line"),
        ([["P", 3, "XB"]], "transport request!A2: item 5 of P is not answered"),
        ([["XB-1", 3, "all"]], "transport request!A2: In the"),
    ],
)
def test_every_cell_that_does_not_fit_is_named(rows, fault):
    found = back(reading(), [["pledge", "item", "answer"], *rows]).faults
    assert any(fault in str(one) for one in found), found


def test_a_sheet_without_its_columns_is_a_fault():
    found = back(reading(), [["pledge", "asks"]]).faults
    assert [str(one) for one in found] == [
        "transport request: the column item is missing",
        "transport request: the column answer is missing",
    ]


def test_entered_once_the_same_request_asks_for_nothing_more():
    case = reading()
    rows = sheet(case, i11="Kant", i9="accepted")
    filled = back(case, rows)
    assert [step.row.kind for step in new_steps(case, filled).steps] == [
        "pledge",
        "note",
    ]
    made = record().add("n", "requirement", **{**NEED, "place": "almaty"})
    made.add("p", "pledge", **UNIT, **LIFT)
    for number, step in enumerate(new_steps(case, filled).steps):
        made.add(f"s{number}", step.row.kind, **step.row.body)
    again = read_case(made.case)
    assert new_steps(again, back(again, rows)).steps == ()
    assert new_steps(again, filled).steps == ()
