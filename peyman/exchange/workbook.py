"""A template or a plan as an XLSX workbook: written, and read as it comes back.

Nothing that a workbook could do is done: a text that begins like a formula is kept as text, and a
formula that comes back is a fault of its cell. A file that unpacks to more than a plan ever
is, is refused before it is read.
"""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from peyman.errors import PeymanError
from peyman.exchange.sheets import MOST_ROWS, Grid

MOST_BYTES = 50_000_000
"""A workbook that unpacks to more is not read."""


def write_workbook(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Write sheets, each with its heads in the first row."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new one has an active sheet
    for name, rows in sheets.items():
        sheet = book.create_sheet(name[:31])
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                cell = sheet.cell(row, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
                if row == 1:
                    cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_workbook(content: bytes) -> dict[str, Grid]:
    """The sheets of a workbook as they stand, by name.

    Raises:
        PeymanError: If it is no workbook, or unpacks to more than a plan ever is.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            whole = sum(part.file_size for part in packed.infolist())
        if whole > MOST_BYTES:
            raise _refuse(f"It unpacks to {whole:,} bytes.")
        book = load_workbook(BytesIO(content), read_only=True)
        return {
            sheet.title: [
                tuple(row)
                for row in sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True)
            ]
            for sheet in book.worksheets
        }
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        SyntaxError,  # what the reader of XML raises
    ) as error:
        raise _refuse("It is no XLSX workbook, or a broken one.") from error


def _refuse(problem: str) -> PeymanError:
    return PeymanError(
        f"The workbook cannot be read. {problem}",
        authority=f"ECMA-376; at most {MOST_BYTES:,} bytes unpacked are read",
        remedy="Save it again as .xlsx, or fill in a new template (peyman plan --template).",
    )
