"""Bring the rows of each case together, in order of time, whatever the order of the log.

Up to `MOST_ROWS` rows are grouped in memory. A longer log is dealt out into files of a
temporary folder by the checksum of the case, so that all rows of a case are in one of
them, and the files are then grouped one at a time. What must fit into memory is one such
file, and so one case.
"""

import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from peyman.charter.conformance.runs.part import Ints, Part
from peyman.charter.conformance.steps.law import Row
from peyman.exchange.logs.encoding import SCHEMA
from peyman.exchange.logs.times import MICRO

MOST_ROWS = 1 << 21
FILES = 128


@dataclass(frozen=True, slots=True)
class Cases:
    """Whole cases of a log.

    Attributes:
        called: The name of every case, as a column; as texts, see `names`.
        doubts: What is doubtful about any of its rows, one mask a case.
        part: Their rows.
        shuffled: Which cases had rows that were not in order of time.
        repeated: For each case the number of rows that were left out as repetitions.
        row_doubts: What is doubtful about each row.
    """

    called: pa.Array
    doubts: NDArray[np.uint8]
    part: Part
    shuffled: NDArray[np.bool_]
    repeated: Ints
    row_doubts: NDArray[np.uint8]

    @property
    def names(self) -> Sequence[str]:
        """The name of every case, made anew when it is asked for: verdicts need none."""
        names: Sequence[str] = self.called.to_pylist()
        return names


def cases_of(
    batches: Iterable[pa.RecordBatch],
    meanings: Sequence[Row],
    most_rows: int = MOST_ROWS,
) -> Iterator[Cases]:
    """The cases of a log that comes as numbers; each of them is in one piece.

    Args:
        batches: As `encoding.Encoder` makes them.
        meanings: What the numbers of `what` stand for; it may grow while batches come.
        most_rows: How many rows are held in memory at most while they come.
    """
    held: list[pa.RecordBatch] = []
    many = 0
    with ExitStack() as stack:
        files: _Files | None = None
        for batch in batches:
            held.append(batch)
            many += len(batch)
            if many > most_rows:
                if files is None:
                    folder = stack.enter_context(tempfile.TemporaryDirectory())
                    files = stack.enter_context(_Files(Path(folder)))
                files.deal(_table(held))
                held, many = [], 0
        if files is None:
            if many:
                yield group(_table(held), meanings)
            return
        files.deal(_table(held))
        for table in files.tables():
            yield group(table, meanings)


def _table(batches: Sequence[pa.RecordBatch]) -> pa.Table:
    """Batches as one table; whether their cases are dictionaries or not."""
    if not batches:
        return SCHEMA.empty_table()
    is_coded = all(pa.types.is_dictionary(b.schema.field("case").type) for b in batches)
    if is_coded:
        return pa.Table.from_batches(batches).unify_dictionaries()
    tables = [pa.Table.from_batches([batch]).cast(SCHEMA) for batch in batches]
    return pa.concat_tables(tables)


class _Files:
    """The files into which a long log is dealt out."""

    def __init__(self, folder: Path) -> None:
        self.paths = [folder / f"{number}.arrow" for number in range(FILES)]
        self._open = ExitStack()
        self._writers: dict[int, pa.RecordBatchStreamWriter] = {}

    def __enter__(self) -> "_Files":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def deal(self, table: pa.Table) -> None:
        """Add rows to the files of their cases."""
        if not len(table):
            return
        case = table["case"].combine_chunks()
        if not pa.types.is_dictionary(case.type):
            case = case.dictionary_encode()
        table = table.cast(SCHEMA)
        names = case.dictionary.to_pylist()
        sums = [zlib.crc32(name.encode()) % FILES for name in names]
        where = np.asarray(sums, np.uint8)[case.indices.to_numpy()]
        order = np.argsort(where, kind="stable")
        table = table.take(pa.array(order))
        edges = np.searchsorted(where[order], np.arange(FILES + 1))
        for number in range(FILES):
            first, last = int(edges[number]), int(edges[number + 1])
            if last > first:
                self._writer(number).write_table(table.slice(first, last - first))

    def _writer(self, number: int) -> pa.RecordBatchStreamWriter:
        if number not in self._writers:
            file = self._open.enter_context(self.paths[number].open("wb"))
            writer = pa.ipc.new_stream(file, SCHEMA)
            self._writers[number] = self._open.enter_context(writer)
        return self._writers[number]

    def tables(self) -> Iterator[pa.Table]:
        """The rows of every file that has any; each file goes once it was read."""
        self._open.close()
        for path in self.paths:
            if path.exists():
                with path.open("rb") as file, pa.ipc.open_stream(file) as stream:
                    table = stream.read_all()
                path.unlink()
                yield table


def group(table: pa.Table, meanings: Sequence[Row]) -> Cases:
    """The rows of a table, case by case and in order of time; repetitions left out."""
    names, code = _coded(table["case"])
    columns = {n: table[n].to_numpy() for n in SCHEMA.names if n != "case"}
    code, columns, shuffled = _in_order(code, columns)
    repeats = _repeats(code, columns["at"], columns["what"])
    repeated = np.bincount(code[repeats], minlength=len(names))
    if len(repeats):
        code = np.delete(code, repeats)
        columns = {n: np.delete(column, repeats) for n, column in columns.items()}
    is_first = np.ones(len(code), bool)
    np.not_equal(code[1:], code[:-1], out=is_first[1:])
    first = np.append(np.flatnonzero(is_first), len(code)).astype(np.int64)
    there = code[first[:-1]]
    at = columns["at"] // MICRO
    part = Part(
        meanings=meanings,
        first=first,
        what=columns["what"],
        at=at,
        until=at + columns["lasts_s"],
        row=columns["row"],
    )
    is_shuffled = np.zeros(len(names), bool)
    is_shuffled[shuffled] = True
    return Cases(
        called=names.take(pa.array(there)),
        doubts=np.bitwise_or.reduceat(columns["doubts"], first[:-1]),
        part=part,
        shuffled=is_shuffled[there],
        repeated=repeated[there],
        row_doubts=columns["doubts"].astype(np.uint8, copy=False),
    )


def _coded(case: pa.ChunkedArray) -> tuple[pa.Array, Ints]:
    """The names of cases, and for every row which of them is its; a name once a run."""
    if pa.types.is_dictionary(case.type):
        case = case.combine_chunks()
        return case.dictionary, case.indices.to_numpy().astype(np.int64)
    runs = [_runs(chunk) for chunk in case.chunks if len(chunk)]
    heads = pa.chunked_array([some for some, _ in runs], pa.string())
    coded = heads.combine_chunks().dictionary_encode()
    many = np.concatenate([np.zeros(0, np.int64), *(many for _, many in runs)])
    return coded.dictionary, np.repeat(coded.indices.to_numpy().astype(np.int64), many)


def _runs(case: pa.Array) -> tuple[pa.Array, Ints]:
    """The names of a column where they change, and how many rows each then has."""
    is_new = pc.not_equal(case[1:], case[:-1])
    edges = pc.indices_nonzero(is_new).to_numpy().astype(np.int64) + 1
    heads = np.concatenate([np.zeros(1, np.int64), edges])
    return case.take(pa.array(heads)), np.diff(heads, append=len(case))


Columns = dict[str, NDArray[np.int64]]


def _in_order(code: Ints, columns: Columns) -> tuple[Ints, Columns, Ints]:
    """The same rows case by case, in order of time; and the cases that were not."""
    if np.any(code[1:] < code[:-1]):
        code, columns = _sorted(np.argsort(code, kind="stable"), code, columns)
    at = columns["at"]
    back = (code[1:] == code[:-1]) & (at[1:] < at[:-1])
    shuffled = np.unique(code[1:][back])
    if len(shuffled):
        code, columns = _sorted(np.lexsort((at, code)), code, columns)
    return code, columns, shuffled


def _sorted(order: Ints, code: Ints, columns: Columns) -> tuple[Ints, Columns]:
    return code[order], {name: column[order] for name, column in columns.items()}


def _repeats(code: Ints, at: Ints, what: Ints) -> Ints:
    """Places of rows that say once more what one of the same case and instant has said."""
    tied = (at[1:] == at[:-1]) & (code[1:] == code[:-1])
    if not tied.any():
        return np.zeros(0, np.int64)
    near = np.zeros(len(code), bool)
    near[1:] |= tied
    near[:-1] |= tied
    here = np.flatnonzero(near)
    order = here[np.lexsort((what[here], at[here], code[here]))]
    same = np.ones(len(order) - 1, bool)
    for column in (code, at, what):
        same &= column[order[1:]] == column[order[:-1]]
    repeats: Ints = order[1:][same]
    return repeats
