"""The files of a plan: templates that go out and come back, and the plan itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from peyman.case.claims import seen
from peyman.case.reading import Reading
from peyman.charter.moment import Moment
from peyman.cli.printing import say
from peyman.errors import PeymanError
from peyman.exchange.comma import read_comma, write_comma
from peyman.exchange.request import request_of
from peyman.exchange.sheets import COLUMNS, Filled, read_sheets, write_sheets
from peyman.exchange.workbook import read_workbook, write_workbook
from peyman.force.told import Told

Json = dict[str, Any]
Sheets = Mapping[str, Sequence[Sequence[Any]]]


def write_template(reading: Reading, path: Path) -> None:
    """Write what the case has of lines, pledges and serials, to be filled in offline."""
    bodies = {
        kind: [dict(e.body) for e in seen(reading) if e.kind == kind]
        for kind in COLUMNS
    }
    write_sheets_to(write_sheets(bodies), path)


def write_plan(plan: Json, title: str, path: Path) -> None:
    """Write a plan, with the transport request of every pledge that covers something."""
    write_sheets_to(plan_sheets(plan, title), path)


def plan_sheets(plan: Json, title: str) -> dict[str, list[list[Any]]]:
    """The sheets of a plan."""
    unmet = [
        {**one, **reason}
        for one in plan["unmet"]
        for reason in one["reasons"] or [{"says": "", "entry": ""}]
    ]
    pledges = dict.fromkeys(one["pledge"] for one in plan["assignment"])
    asked = [
        [pledge, item.number, item.asks, item.answer, ", ".join(item.entries)]
        for pledge in pledges
        for item in request_of(plan, pledge, title)
    ]
    return {
        "lines": _table(plan["lines"]),
        "assignment": _table(plan["assignment"]),
        "unmet": _table(unmet, ("line", "quantity", "unit", "says", "entry")),
        "serials": _table(plan["serials"]),
        "objectives": _table(plan["objectives"]),
        "assumptions": [["assumed"], *([told] for told in plan["assumptions"])],
        "transport request": [["pledge", "item", "asks", "answer", "entries"], *asked],
    }


def _table(rows: Sequence[Json], heads: Sequence[str] = ()) -> list[list[Any]]:
    names = list(heads or (rows[0] if rows else ()))
    return [names, *([_plain(row.get(name)) for name in names] for row in rows)]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {one}" for name, one in value.items())
    return value if isinstance(value, int | float) or value is None else str(value)


def write_sheets_to(sheets: Sheets, path: Path) -> None:
    """Write a workbook where the path ends in .xlsx, else a folder of CSV files."""
    if path.suffix == ".xlsx":
        path.write_bytes(write_workbook(sheets))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        (path / f"{name.replace(' ', '-')}.csv").write_bytes(write_comma(rows))


def read_filled(path: Path) -> dict[str, tuple[Told, ...]]:
    """What a template says that came back, as told after everything that is entered.

    Raises:
        PeymanError: If any cell is wrong, after each was printed.
    """
    filled = read_template(path)
    if filled.faults:
        for fault in filled.faults:
            say(str(fault), err=True)
        raise PeymanError(
            f"{path.name} is not taken: {len(filled.faults)} to put right, above.",
            authority="the columns of the template (peyman plan --template)",
            remedy="Correct these cells and plan again; nothing was taken from the file.",
        )
    return {
        kind: tuple(
            Told(f"{path.name} {kind} {n}", Moment(0, 0), body)
            for n, body in enumerate(bodies, 1)
        )
        for kind, bodies in filled.bodies.items()
    }


def read_template(path: Path) -> Filled:
    """Read a workbook, a folder of CSV files, or one CSV file called after its sheet."""
    if not path.exists():
        raise PeymanError(
            f"There is no file {path.name}.",
            authority="the option --with",
            remedy="Name a workbook, a folder of CSV files or one such file.",
        )
    if path.is_dir():
        return read_sheets(
            {one.stem: read_comma(one.read_bytes()) for one in path.glob("*.csv")}
        )
    if path.suffix == ".csv":
        return read_sheets({path.stem: read_comma(path.read_bytes())})
    return read_sheets(read_workbook(path.read_bytes()))
