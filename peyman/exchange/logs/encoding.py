"""Turn a batch of a log into numbers: what was done, when, and what is doubtful about it.

Rows that say the same, case and time aside, share one number: a log of millions of rows
says a few thousand different things, and the charter is asked once of each.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from peyman.charter.conformance.steps.law import Row
from peyman.exchange.logs.columns import STATES, Columns
from peyman.exchange.logs.times import Doubt, times_of

SCHEMA = pa.schema(
    {
        "case": pa.string(),
        "what": pa.int32(),
        "at": pa.int64(),
        "lasts_s": pa.int32(),
        "doubts": pa.uint8(),
        "row": pa.int64(),
    }
)
"""A log as numbers. `at` is in microseconds since 1970; `row` counts from 1."""

_PLAIN = ("act", "actor", "member", "subject", "to", "form")


class Encoder:
    """What the rows of one log say, numbered as they come.

    Attributes:
        meanings: What was done, by number.
        skipped: Rows that only tell that something began or was assigned (XES).
    """

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.meanings: list[Row] = []
        self.rows = 0
        self.skipped = 0
        self._numbers: dict[Row, int] = {}
        self._said: dict[tuple[tuple[str, str | None], ...], int] = {}

    def encode(self, batch: pa.RecordBatch, columns: Columns) -> pa.RecordBatch:
        """One batch as numbers, by `SCHEMA`; the columns of cases may be dictionaries."""
        row = np.arange(self.rows + 1, self.rows + 1 + len(batch))
        self.rows += len(batch)
        if "lifecycle" in columns.found:
            batch, row = self._completed(batch, columns.found["lifecycle"], row)
        times = times_of(_column(batch, columns.found["time"]), self.zone)
        case, act = (_column(batch, columns.found[name]) for name in ("case", "act"))
        doubts = times.doubts
        for column, doubt in ((case, Doubt.NO_CASE), (act, Doubt.NO_ACT)):
            if column.null_count:
                gone = column.is_null().to_numpy(zero_copy_only=False)
                doubts = doubts | (gone * np.uint8(doubt))
        return pa.record_batch(
            [
                case.cast(pa.string()).fill_null("")
                if case.null_count
                else _texts(case),
                pa.array(self._what(batch, columns)),
                pa.array(times.at),
                pa.array(times.lasts_s),
                pa.array(doubts.astype(np.uint8)),
                pa.array(row),
            ],
            names=SCHEMA.names,
        )

    def _completed(
        self, batch: pa.RecordBatch, name: str, row: NDArray[np.int64]
    ) -> tuple[pa.RecordBatch, NDArray[np.int64]]:
        """Only what was completed, where a log tells the stages of everything."""
        stages = _column(batch, name).cast(pa.string()).to_pylist()
        kept = np.asarray([one is None or one.lower() == "complete" for one in stages])
        self.skipped += int(len(kept) - kept.sum())
        return batch.filter(pa.array(kept, pa.bool_())), row[kept]

    def _what(self, batch: pa.RecordBatch, columns: Columns) -> NDArray[np.int32]:
        """The number of what each row says."""
        names = [name for name in _PLAIN if name in columns.found]
        coded = [_coded(batch, columns.found[name]) for name in names]
        coded += [_coded(batch, column) for column in columns.facts.values()]
        names += [STATES + name for name in columns.facts]
        code, said = _together(coded)
        numbers = [self._number(tuple(zip(names, one, strict=True))) for one in said]
        return np.asarray(numbers, np.int32).take(code)

    def _number(self, said: tuple[tuple[str, str | None], ...]) -> int:
        """The number of what a row says, column by column."""
        found = self._said.get(said)
        if found is None:
            row = _row(said)
            found = self._numbers.setdefault(row, len(self.meanings))
            if found == len(self.meanings):
                self.meanings.append(row)
            self._said[said] = found
        return found


def _together(
    coded: Sequence[tuple[NDArray[np.int32], Sequence[str]]],
) -> tuple[NDArray[np.int32], Sequence[tuple[str | None, ...]]]:
    """For every row the place of what its columns say together, and what that is."""
    places, values = coded[0]
    code, said = places + 1, [(None,), *((one,) for one in values)]
    for places, values in coded[1:]:
        wide = len(values) + 1
        both = pa.array(code.astype(np.int64) * wide + places + 1).dictionary_encode()
        found = (divmod(one, wide) for one in both.dictionary.to_pylist())
        said = [
            (*said[left], values[place - 1] if place else None) for left, place in found
        ]
        code = both.indices.to_numpy()
    return code, said


def _row(said: tuple[tuple[str, str | None], ...]) -> Row:
    """What a row says."""
    plain = {name: value for name, value in said if not name.startswith(STATES)}
    facts = tuple(
        (name.removeprefix(STATES), value)
        for name, value in said
        if name.startswith(STATES) and value is not None
    )
    return Row(
        act=plain.get("act") or "",
        actor=plain.get("actor"),
        member=plain.get("member"),
        subject=plain.get("subject"),
        to=tuple((plain.get("to") or "").replace(";", " ").split()),
        form=plain.get("form"),
        states=facts,
    )


def _texts(column: pa.Array) -> pa.Array:
    """Names of cases as texts, or as a dictionary of texts."""
    kind = column.type
    if pa.types.is_dictionary(kind) and kind.value_type == pa.string():
        return column
    return column.cast(pa.string())


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    """A column; nothing but nulls where a batch of XES lacks it."""
    if name in batch.schema.names:
        return batch.column(name)
    return pa.nulls(len(batch), pa.string())


def _coded(batch: pa.RecordBatch, name: str) -> tuple[NDArray[np.int32], Sequence[str]]:
    """A column as places in its values; -1 for what is not stated."""
    column = _column(batch, name)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    places = column.indices.fill_null(-1) if column.null_count else column.indices
    values = [str(one) for one in column.dictionary.to_pylist()]
    return places.to_numpy().astype(np.int32, copy=False), values
