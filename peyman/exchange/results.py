"""Hand on what an audit says of each case: a line of JSON, or a row of Parquet."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from peyman.charter.conformance.telling import Told
from peyman.errors import PeymanError
from peyman.exchange.audit import Judged
from peyman.saying import say

_FAULT = pa.struct(
    {
        "row": pa.int64(),
        "act": pa.string(),
        "fault": pa.string(),
        "article": pa.list_(pa.string()),
        "checked": pa.string(),
        "text": pa.string(),
    }
)
SCHEMA = pa.schema(
    {
        "case": pa.string(),
        "verdict": pa.string(),
        "checked": pa.string(),
        "rows": pa.int64(),
        "faults": pa.list_(_FAULT),
        "notes": pa.list_(pa.string()),
    }
)
"""The columns of the results, and the keys of a line of JSON."""


def told(one: Judged) -> dict[str, Any]:
    """What is said of one case, as plain values."""
    return {
        "case": one.case,
        "verdict": one.verdict,
        "checked": one.checked,
        "rows": one.rows,
        "faults": [_fault(fault) for fault in one.faults],
        "notes": [str(note) for note in one.notes],
    }


def _fault(one: Told) -> dict[str, Any]:
    return {
        "row": one.row,
        "act": one.act,
        "fault": one.fault,
        "article": list(one.article),
        "checked": one.checked,
        "text": str(one.text),
    }


class Lines:
    """Results as lines of JSON."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, some: Sequence[Judged]) -> None:
        """Hand on some cases."""
        for one in some:
            self._file.write(json.dumps(told(one), ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Nothing more comes."""
        self._file.close()


class Rows:
    """Results as rows of Parquet."""

    def __init__(self, path: Path) -> None:
        self._writer = pq.ParquetWriter(path, SCHEMA)

    def write(self, some: Sequence[Judged]) -> None:
        """Hand on some cases."""
        rows = [told(one) for one in some]
        self._writer.write_table(pa.Table.from_pylist(rows, SCHEMA))

    def close(self) -> None:
        """Nothing more comes."""
        self._writer.close()


def results_in(path: Path) -> Lines | Rows:
    """What writes results into a file, by the end of its name.

    Raises:
        PeymanError: If the name says neither, or the file cannot be written.
    """
    try:
        if path.suffix == ".parquet":
            return Rows(path)
        if path.suffix in (".jsonl", ".json"):
            return Lines(path.open("w", encoding="utf-8"))
    except OSError as error:
        raise PeymanError(
            say("{path_words} cannot be written.", path_words=str(path)),
            authority=say("the operating system: {words}", words=error.strerror or "?"),
            remedy=say(
                "Name a file in a folder that is there and that you may write to."
            ),
        ) from error
    raise PeymanError(
        say("Results cannot be written as {path_words}.", path_words=path.name),
        authority="docs/audit.md, section 5: results",
        remedy=say("End its name with .parquet or .jsonl."),
    )
