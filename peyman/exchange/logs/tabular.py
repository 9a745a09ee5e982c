"""Read a log in CSV or Parquet, in batches, and only the columns that are asked for."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from peyman.errors import PeymanError
from peyman.exchange.logs.columns import Columns
from peyman.saying import say

AUTHORITY = "docs/audit.md, section 1: the forms of a log"
MOST_ROW = 1 << 20
"""The longest row of a CSV file, in bytes."""

_ROWS = 1 << 17
Choose = Callable[[list[str]], Columns]
"""What picks the columns of a log from the names of all."""


def read_csv(file: IO[bytes], choose: Choose, log: str) -> Iterator[pa.RecordBatch]:
    """The rows of a CSV file with a header, every value as text.

    The separator is the comma, semicolon or tab that is most frequent in the header.

    Raises:
        PeymanError: If it has no header, or a row that does not fit it or is too long.
    """
    head = _first_line(file, log)
    separator = max(",;\t", key=head.count)
    names = next(csv.reader([head], delimiter=separator))
    wanted = choose(names).wanted
    rest = _Rest(head.encode() + b"\n", file)
    try:
        with pc.open_csv(
            rest,
            pc.ReadOptions(block_size=MOST_ROW),
            pc.ParseOptions(delimiter=separator, newlines_in_values=True),
            pc.ConvertOptions(
                include_columns=wanted,
                column_types=dict.fromkeys(wanted, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
                quoted_strings_can_be_null=True,
            ),
        ) as reader:
            yield from reader
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        if "empty" in str(error).lower():
            return
        raise _unreadable(log, error) from error


def _first_line(file: IO[bytes], log: str) -> str:
    line = file.readline(MOST_ROW)
    if len(line) >= MOST_ROW:
        raise _unreadable(log, f"its first line is longer than {MOST_ROW} bytes")
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise _unreadable(log, "it is not in UTF-8") from error


class _Rest(io.RawIOBase):
    """A file whose first line was read already, and stands before the rest of it again."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self._head = head
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Some bytes; at the end none."""
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._file.read(size)


def read_parquet(
    path: Path, choose: Choose, log: str, at: Callable[[float], None]
) -> Iterator[pa.RecordBatch]:
    """The rows of a Parquet file; `at` is told what share of them has been read.

    Raises:
        PeymanError: If it breaks off, or is damaged.
    """
    try:
        with pq.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False) as file:
            columns = choose(file.schema_arrow.names)
            texts = [n for n in columns.wanted if _is_text(file.schema_arrow, n)]
        with pq.ParquetFile(
            path, read_dictionary=texts, buffer_size=1 << 20, pre_buffer=False
        ) as file:
            done = 0
            for batch in file.iter_batches(_ROWS, columns=list(columns.wanted)):
                yield batch
                done += len(batch)
                at(done / file.metadata.num_rows)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(log, error) from error


def _is_text(schema: pa.Schema, name: str) -> bool:
    kind = schema.field(name).type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _unreadable(log: str, error: object) -> PeymanError:
    first = (str(error).splitlines() or ["it cannot be read"])[0][:300]
    if "straddling" in first:
        first = f"a row is longer than {MOST_ROW} bytes"
    return PeymanError(
        say(
            "{log_words} cannot be read: {words}.",
            log_words=log,
            words=first.rstrip("."),
        ),
        authority=AUTHORITY,
        remedy=say("Ask for the log again, or export it anew as XES, CSV or Parquet."),
    )
