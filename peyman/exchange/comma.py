"""A template or a plan as CSV: one file a sheet, in UTF-8, as RFC 4180 has it.

A text that an office programme would take for a formula stands behind an apostrophe, and loses it
when it comes back.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from peyman.errors import PeymanError
from peyman.exchange.sheets import Grid

_RISKY = ("=", "+", "-", "@", "'", "\t", "\r")


def write_comma(rows: Sequence[Sequence[Any]]) -> bytes:
    """Write a sheet; it begins with a mark by which office programmes know UTF-8."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(_guarded(row))
    return out.getvalue().encode("utf-8-sig")


def read_comma(content: bytes) -> Grid:
    """The rows of a sheet as texts; empty cells are None.

    Raises:
        PeymanError: If it is not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
        read = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise PeymanError(
            "The CSV file cannot be read.",
            authority="RFC 4180, in UTF-8",
            remedy="Save it again as CSV in UTF-8.",
        ) from error
    return [[_plain(cell) for cell in row] for row in read]


def _delimiter(text: str) -> str:
    """Office programmes write a semicolon where the comma parts decimals."""
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _guarded(row: Sequence[Any]) -> Iterator[Any]:
    for value in row:
        is_risky = isinstance(value, str) and value.startswith(_RISKY)
        yield f"'{value}" if is_risky else value


def _plain(cell: str) -> str | None:
    if not cell:
        return None
    return cell[1:] if cell[0] == "'" and cell[1:].startswith(_RISKY) else cell
