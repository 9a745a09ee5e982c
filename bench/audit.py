"""Measure `peyman audit` beside pm4py: conformance of a seeded log of many cases.

pm4py knows no charter. What both can say are precedence and response, so the log of the
comparison walks charters that say only that (`bench.pairs`), and each relation is given to
pm4py as a pair of `conformance_declare`. Both get the same frame, or the same file, with
the conversion inside the timer; they take turns; and the verdict of every case must be
the same, or nothing is printed. A second log, with actors and the whole language, is measured
without a peer, for there is none.

`python -m bench.audit --cases 2000` for a quick look.
"""

import argparse
import statistics
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bench.logs import make_log, walker
from bench.pairs import Pairs, pairs
from peyman.charter.model import Charter
from peyman.charter.read import load_charter
from peyman.exchange.audit import Audit
from peyman.exchange.logs.columns import Columns, columns_of
from peyman.exchange.logs.opening import Log

CHARTERS = Path(__file__).resolve().parent.parent / "charters"
SEED = 20220105
CASES = 50_000
_NAMES = {"case": "case:concept:name", "act": "concept:name", "time": "time:timestamp"}
Verdicts = list[bool]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to time; `goal` is the least ratio to its peer, the measure named there."""

    name: str
    run: Callable[[], Verdicts]
    peer: str | None = None
    goal: int | None = None


class Frame:
    """A frame of pandas in place of the file of a log."""

    name = "the frame"
    share = 1.0

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The whole frame."""
        yield from pa.Table.from_pandas(self._frame).to_batches()

    def columns_in(self, batch: pa.RecordBatch) -> Columns:
        """The columns of a batch."""
        return columns_of(batch.schema.names, {}, self.name)


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description="Measure the audit beside pm4py.")
    parser.add_argument("--cases", type=int, default=CASES, help=f"default: {CASES}")
    parser.add_argument("--rounds", type=int, default=5, help="default: 5")
    asked = parser.parse_args()
    report(asked.cases, asked.rounds)


def report(cases: int = CASES, rounds: int = 5) -> None:
    """Measure and print both tables."""
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder), cases, rounds)
        _alone(Path(folder), cases, rounds)


def _compare(folder: Path, cases: int, rounds: int) -> None:
    both = pairs(CHARTERS)
    walkers = [
        walker(both.charter, kind, once=both.owing, with_actors=False)
        for kind in both.kinds
    ]
    table = make_log(SEED, walkers, cases, with_actors=False).rename_columns(_NAMES)
    pq.write_table(table, folder / "pairs.parquet")
    measures = _measures(table.to_pandas(), folder / "pairs.parquet", both)
    found = {measure.name: measure.run() for measure in measures}
    verdicts = [*found.values()]
    if any(other != verdicts[0] for other in verdicts):
        sys.exit("The verdicts are not the same, so there is nothing to compare.")
    seconds = _timings(measures, rounds)
    print(
        f"\nAudit beside pm4py: {len(table):,} events in {cases:,} cases, of which"
        f" {verdicts[0].count(True):,} conform; {len(both.precedence)} precedence and"
        f" {len(both.response)} response pairs; the same verdict in every case."
    )
    print(
        f"{rounds} rounds after one to warm up, by turns; in brackets least and most.\n"
    )
    print(_table(measures, seconds, len(table)))


def _measures(frame: pd.DataFrame, file: Path, both: Pairs) -> list[Measure]:
    peer, whole = "pm4py, frame", "pm4py, Parquet"
    charter = both.charter
    return [
        Measure(peer, lambda: _pm4py(frame, both)),
        Measure("verdicts", lambda: _verdicts(charter, Frame(frame)), peer, 40),
        Measure("every fault", lambda: _faults(charter, Frame(frame)), peer, 3),
        Measure(whole, lambda: _pm4py(pd.read_parquet(file), both)),
        Measure(
            "verdicts, Parquet", lambda: _verdicts(charter, Log(file, {})), whole, 15
        ),
        Measure("every fault, Parquet", lambda: _faults(charter, Log(file, {})), whole),
    ]


def _pm4py(frame: pd.DataFrame, both: Pairs) -> Verdicts:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pm4py

        found = pm4py.conformance_declare(frame, both.declare)
    return [bool(one["is_fit"]) for one in cast("list[Mapping[str, Any]]", found)]


def _verdicts(charter: Charter, log: Log | Frame) -> Verdicts:
    audit = Audit(charter, cast("Log", log))
    return [
        verdict == 0
        for cases in audit.parts()
        for verdict in audit.verdicts(cases).tolist()
    ]


def _faults(charter: Charter, log: Log | Frame) -> Verdicts:
    audit = Audit(charter, cast("Log", log))
    return [
        one.verdict == "conforms"
        for cases in audit.parts()
        for one in audit.judge(cases)
    ]


def _alone(folder: Path, cases: int, rounds: int) -> None:
    """The whole language, on a log with actors: no peer can say as much."""
    charter = load_charter(CHARTERS / "csto.toml")
    table = make_log(SEED, [walker(charter, "assistance")], cases)
    file = folder / "csto.parquet"
    pq.write_table(table, file)
    measures = [
        Measure("verdicts, Parquet", lambda: _verdicts(charter, Log(file, {}))),
        Measure("every fault, Parquet", lambda: _faults(charter, Log(file, {}))),
    ]
    seconds = _timings(measures, rounds)
    many = Counter(_verdicts(charter, Log(file, {})))
    print(
        f"\nAudit with actors, days and all that is in force (csto, assistance):"
        f" {len(table):,} events in {cases:,} cases, of which {many[True]:,} conform.\n"
    )
    print(_table(measures, seconds, len(table)))


def _timings(measures: Sequence[Measure], rounds: int) -> dict[str, list[float]]:
    """Seconds of every measure in every round, after one round that is not counted."""
    seconds: dict[str, list[float]] = {measure.name: [] for measure in measures}
    for turn in range(rounds + 1):
        for measure in measures:
            began = time.perf_counter()
            measure.run()
            took = time.perf_counter() - began
            if turn:
                seconds[measure.name].append(took)
    return seconds


def _table(
    measures: Sequence[Measure], seconds: Mapping[str, Sequence[float]], events: int
) -> str:
    """One line a measure: thousands of events a second, and the ratio to its peer."""
    lines = [f"{'':22} {'thousand events/s':>28}   {'times its peer':>24}  goal"]
    for measure in measures:
        rates = [events / took / 1000 for took in seconds[measure.name]]
        line = f"{measure.name:22} {_spread(rates, 0):>28}"
        if measure.peer is not None:
            ratios = [
                theirs / ours
                for theirs, ours in zip(
                    seconds[measure.peer], seconds[measure.name], strict=True
                )
            ]
            goal = "" if measure.goal is None else str(measure.goal)
            line += f"   {_spread(ratios, 1):>24}  {goal:>4}"
        lines.append(line.rstrip())
    return "\n".join(lines)


def _spread(values: Sequence[float], digits: int) -> str:
    """Median, and the least and the most in brackets."""
    least, most = min(values), max(values)
    middle = statistics.median(values)
    return f"{middle:,.{digits}f} [{least:,.{digits}f}, {most:,.{digits}f}]"


if __name__ == "__main__":
    main()
