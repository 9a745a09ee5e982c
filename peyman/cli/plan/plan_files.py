"""The files of a plan: templates that go out and come back, and the plan itself."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from peyman.case.reading import Reading
from peyman.cli.printing import say
from peyman.errors import PeymanError
from peyman.exchange.comma import read_comma, write_comma
from peyman.exchange.plan import plan_sheets, template_of
from peyman.exchange.returned import read_returned
from peyman.exchange.sheets import Filled, Grid
from peyman.exchange.workbook import read_workbook, write_workbook

Json = dict[str, Any]
Sheets = Mapping[str, Sequence[Sequence[Any]]]


def write_template(reading: Reading, path: Path) -> None:
    """Write what the case has of lines, pledges and serials, to be filled in offline."""
    write_sheets_to(template_of(reading), path)


def write_plan(plan: Json, title: str, path: Path) -> None:
    """Write a plan, with the transport request of every pledge that covers something."""
    write_sheets_to(plan_sheets(plan, title), path)


def write_sheets_to(sheets: Sheets, path: Path) -> None:
    """Write a workbook where the path ends in .xlsx, else a folder of CSV files."""
    if path.suffix == ".xlsx":
        path.write_bytes(write_workbook(sheets))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        (path / f"{name.replace(' ', '-')}.csv").write_bytes(write_comma(rows))


def read_filled(path: Path, reading: Reading) -> Filled:
    """What came back from offline; what no plan takes of it is printed.

    Args:
        path: A workbook, a folder of CSV files, or one CSV file called after its sheet.
        reading: The case, against which transport requests are held.

    Raises:
        PeymanError: If any cell is wrong, after each was printed.
    """
    filled = read_returned(_sheets_at(path), reading)
    if filled.faults:
        for fault in filled.faults:
            say(str(fault), err=True)
        raise PeymanError(
            f"{path.name} is not taken: {len(filled.faults)} to put right, above.",
            authority="the columns of the template (peyman plan --template)",
            remedy="Correct these cells and plan again; nothing was taken from the file.",
        )
    for text in filled.texts:
        say(f"kept as text: {text}", err=True)
    return filled


def _sheets_at(path: Path) -> dict[str, Grid]:
    if not path.exists():
        raise PeymanError(
            f"There is no file {path.name}.",
            authority="the option --with",
            remedy="Name a workbook, a folder of CSV files or one such file.",
        )
    if path.is_dir():
        return {one.stem: read_comma(one.read_bytes()) for one in path.glob("*.csv")}
    if path.suffix == ".csv":
        return {path.stem: read_comma(path.read_bytes())}
    return dict(read_workbook(path.read_bytes()))


def read_plan_file(path: Path) -> Json:
    """A plan as `peyman plan --json` printed it.

    Raises:
        PeymanError: If it is none.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        for way in ("movement", "withdrawal"):
            found[way]["serials"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PeymanError(
            f"{path.name} is no plan.",
            authority="the option --against: what peyman plan --json prints",
            remedy="Keep a plan with `peyman plan CASE --json > FILE`, and name that file.",
        ) from error
    return dict(found)
