"""The rows of a case are brought together, whatever the order and the length of the log."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from bench.logs import make_log, walker
from peyman.charter.read import load_charter
from peyman.cli.library import charter_path
from peyman.exchange.logs import grouping
from peyman.exchange.logs.columns import columns_of
from peyman.exchange.logs.encoding import Encoder
from tests.exchange.making import audit_of, write_csv

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def log():
    """A log of 300 cases, one after the other."""
    csto = load_charter(charter_path("csto"))
    return make_log(7, [walker(csto, "assistance")], 300)


def encoded(table, rows=500):
    encoder = Encoder("UTC")
    columns = columns_of(table.column_names, {}, "log")
    batches = [encoder.encode(one, columns) for one in table.to_batches(rows)]
    return batches, encoder.meanings


def told(table, most_rows=grouping.MOST_ROWS):
    """Case to its rows, as they were grouped."""
    batches, meanings = encoded(table)
    found = {}
    for cases in grouping.cases_of(batches, meanings, most_rows=most_rows):
        for number, name in enumerate(cases.names):
            assert name not in found
            found[name] = [(e.at, e.what) for e in cases.part.events(number)]
    return found


def shuffled(table, seed):
    order = list(range(len(table)))
    random.Random(seed).shuffle(order)
    return table.take(pa.array(order))


def test_a_log_by_time_has_the_cases_of_a_log_by_case(log):
    by_time = log.sort_by([("time", "ascending"), ("case", "ascending")])
    assert told(by_time) == told(log)


def test_a_log_in_any_order_has_the_same_cases_but_for_rows_of_one_instant(log):
    by_case = {case: sorted(rows) for case, rows in told(log).items()}
    mixed = told(shuffled(log, 1))
    assert {case: sorted(rows) for case, rows in mixed.items()} == by_case


@pytest.mark.parametrize("most_rows", [100, 1_000])
def test_a_long_log_is_dealt_out_on_disk_and_has_the_same_cases(log, most_rows):
    assert told(log, most_rows) == told(log)
    by_time = log.sort_by([("time", "ascending"), ("case", "ascending")])
    assert told(by_time, most_rows) == told(log)


def test_cases_may_come_as_a_dictionary(log):
    coded = log.set_column(0, "case", log["case"].dictionary_encode())
    assert told(coded) == told(log)
    assert told(coded, 100) == told(log)


def test_the_temporary_files_are_gone_when_it_is_done(log, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    batches, meanings = encoded(log)
    parts: Any = grouping.cases_of(batches, meanings, 100)
    next(parts)
    assert any(tmp_path.iterdir())
    parts.close()
    assert list(tmp_path.iterdir()) == []


def test_a_log_made_anew_from_the_same_seed_is_the_same_log(log):
    csto = load_charter(charter_path("csto"))
    assert make_log(7, [walker(csto, "assistance")], 300) == log


def test_most_walks_conform_and_most_disturbed_cases_do_not(log, tmp_path):
    rows = [tuple(one.values()) for one in log.to_pylist()]
    path = write_csv(tmp_path / "log.csv", rows, log.column_names)
    audit = audit_of(path)
    found = [one for cases in audit.parts() for one in audit.judge(cases)]
    share = sum(one.verdict == "conforms" for one in found) / len(found)
    assert 0.5 < share < 0.9


MADE = """
import sys
for number in range({cases}):
    for act, hour in (("request", 8), ("consult", 9), ("take_back_request", 20)):
        who = "csto/council" if act == "consult" else "KZ"
        to = "" if act == "consult" else "csto/council"
        print(f"case-{{number * 7919 % {cases}}},csto.assistance.{{act}},"
              f"2022-01-05T{{hour:02}}:00Z,{{who}},{{to}}")
"""
COUNT = """
import resource, sys
from pathlib import Path
from peyman.exchange.logs import grouping
from tests.exchange.making import audit_of
grouping.cases_of.__defaults__ = ({most},)
audit = audit_of(Path(sys.argv[1]))
good = sum(int((audit.verdicts(cases) == 0).sum()) for cases in audit.parts())
print(good, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def run_on(path, most):
    """How many cases conform, and the most memory that was used, in KiB."""
    told = subprocess.run(
        [sys.executable, "-c", COUNT.format(most=most), path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(word) for word in told.stdout.split()]


def test_four_times_the_log_takes_no_more_memory(tmp_path):
    used = []
    for cases in (60_000, 240_000):
        path = tmp_path / f"{cases}.csv"
        with path.open("wb") as file:
            file.write(b"case,activity,time,actor,to\n")
            file.flush()
            made = [sys.executable, "-c", MADE.format(cases=cases)]
            subprocess.run(made, stdout=file, check=True)
        good, most_kib = run_on(path, 40_000)
        assert good == cases
        used.append(most_kib)
    assert used[1] < used[0] * 1.3
