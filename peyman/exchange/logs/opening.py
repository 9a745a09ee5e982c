"""Find out what a log is, by its first bytes and not by its name, and read it."""

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, cast

import pyarrow as pa

from peyman.errors import PeymanError
from peyman.exchange.logs.columns import Columns, columns_of
from peyman.exchange.logs.tabular import AUTHORITY, read_csv, read_parquet
from peyman.exchange.logs.xes import read_xes
from peyman.saying import say

_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"


class Log:
    """A log of many cases, whatever its form.

    Attributes:
        columns: Its columns, once the first batch is there.
        share: What share of the file has been read.
    """

    def __init__(self, path: Path, named: Mapping[str, str]) -> None:
        self.path = path
        self.name = path.name
        self.named = named
        self.columns: Columns | None = None
        self.share = 0.0
        self._watcher: Callable[[], None] = lambda: None

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call this whenever more has been read."""
        self._watcher = watcher

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Its rows.

        Raises:
            PeymanError: If it is not there, is no log, or lacks a column that is needed.
        """
        try:
            size = self.path.stat().st_size
            with self.path.open("rb") as file:
                first = file.read(4)
                file.seek(0)
                if first == _PARQUET:
                    yield from read_parquet(
                        self.path, self._choose, self.name, self._at
                    )
                    return
                plain: IO[bytes] = file
                if first[:2] == _GZIP:
                    plain = cast("IO[bytes]", gzip.GzipFile(fileobj=file))
                for batch in self._of_text(plain):
                    self._at(file.tell() / size)
                    yield batch
        except (OSError, EOFError, zlib.error) as error:
            raise PeymanError(
                say(
                    "{log_words} cannot be read: {words}.",
                    log_words=self.name,
                    words=str(error).rstrip("."),
                ),
                authority=AUTHORITY,
                remedy=say("Check the path, or ask for the file again."),
            ) from error

    def _of_text(self, file: IO[bytes]) -> Iterator[pa.RecordBatch]:
        first = file.read(512)
        file.seek(0)
        if not first:
            return
        if b"\0" in first:
            raise PeymanError(
                say(
                    "{log_words} is neither CSV nor XES nor Parquet.",
                    log_words=self.name,
                ),
                authority=AUTHORITY,
                remedy=say(
                    "Export the log as one of these; CSV and XES may be gzipped."
                ),
            )
        if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            yield from read_xes(file, self.name)
        else:
            yield from read_csv(file, self._choose, self.name)

    def _choose(self, there: list[str]) -> Columns:
        self.columns = columns_of(there, self.named, self.name)
        return self.columns

    def columns_in(self, batch: pa.RecordBatch) -> Columns:
        """The columns of a batch; in XES every event has its own, or lacks them."""
        if self.columns is not None:
            return self.columns
        return columns_of(
            {*batch.schema.names, *self.named.values()}, self.named, self.name
        )

    def _at(self, share: float) -> None:
        self.share = share
        self._watcher()
