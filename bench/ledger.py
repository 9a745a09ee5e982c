"""Measure the record: on SQLite, on PostgreSQL, beside its floors and beside its peers.

`python -m bench.ledger`. Every figure stands beside probes of the same round, and what
counts is the ratio to them: the rate of a disk and of a shared machine changes within a
minute. Both databases lie on the same disk, both flush every commit.

Nothing fails for being slow: a goal is printed beside the figure, for a person.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.ledger_files import report_files
from bench.spreads import spread
from tests.web.postgresql import BINARIES, running_postgresql

Round = Mapping[str, float]
PEERS = {
    "Django alone": "a row; no history",
    "eventsourcing": "events in order; unsigned, no proof, no rules",
    "django-simple-history": "states of a row; unsigned, no proof, no rules",
    "django-auditlog": "changes of a row; unsigned, no proof, no rules",
}
"""What each keeps of a text, and what it leaves out that the record does."""

_GOODBYE_S = 30
_OURS = ("batches of 256", "batches of 256, two processes")
_OPENSSL = "verify by OpenSSL"
"""Without libsodium, which is asked first: the goals are of `verify` as it is used."""


class Line(NamedTuple):
    """One ratio: its name, what it should be, and how it follows from a round."""

    name: str
    goal: str
    ratio: Callable[[Round, Round], float]


def floor(found: Round, verify: str) -> float:
    """How many a second if nothing but one flush, one check and one signature took time."""
    return 1 / sum(1 / found[name] for name in ("fdatasync", verify, "sign"))


def _beside_floor(verify: str, goal: str) -> Line:
    ours = "one by one"
    return Line(
        f"{ours} / floor, {verify}", goal, lambda a, _: a[ours] / floor(a, verify)
    )


def _beside_verify(name: str, verify: str, goal: str) -> Line:
    return Line(f"{name} / {verify}", goal, lambda a, _: a[name] / a[verify])


RATIOS = (
    _beside_floor("verify", ">= 0.80"),
    *(_beside_verify(name, "verify", ">= 0.85") for name in _OURS),
    _beside_floor(_OPENSSL, "none"),
    *(_beside_verify(name, _OPENSSL, "none") for name in _OURS),
    Line("32 writers, p99 / p50", "< 10", lambda a, _: _tail(a)),
)
ACROSS = Line(
    "batches of 256, PostgreSQL / SQLite",
    ">= 0.80",
    lambda a, b: b[_OURS[0]] / a[_OURS[0]],
)


def _tail(found: Round) -> float:
    return found["32 writers, p99 ms"] / found["32 writers, p50 ms"]


def main() -> None:
    """Measure the record alone."""
    parser = argparse.ArgumentParser(description="Measure the record.")
    parser.add_argument("--rounds", type=int, default=9, help="default: 9")
    parser.add_argument("--entries", type=int, default=100_000, help="of the long file")
    asked = parser.parse_args()
    report(asked.rounds)
    report_files(asked.entries)


def report(rounds: int) -> None:
    """Measure on every database that is here, in turn, and print the tables."""
    with tempfile.TemporaryDirectory(prefix="peyman-bench-") as folder, _urls() as urls:
        workers = {
            name: _started(Path(folder) / name, url) for name, url in urls.items()
        }
        try:
            found = [
                {name: _ask(one) for name, one in workers.items()}
                for _ in range(rounds)
            ]
        finally:
            for one in workers.values():
                _end(one)
    print(f"\nThe record, {rounds} rounds; per second; in brackets the 10th and 90th")
    print("percentile; `times` is the ratio to the probe or peer of the same round.\n")
    for name in workers:
        print(_rates(name, [one[name] for one in found]))
    print(_ratios(found))
    print(_beside_peers([one["SQLite"] for one in found]))


@contextmanager
def _urls() -> Iterator[dict[str, str]]:
    if not BINARIES:
        print("Without a PostgreSQL server (apt-get install postgresql), SQLite alone.")
        yield {"SQLite": ""}
        return
    with running_postgresql(durable=True) as url:
        yield {"SQLite": "", "PostgreSQL": url}


def _started(home: Path, url: str) -> "subprocess.Popen[str]":
    worker = subprocess.Popen(
        [sys.executable, "-m", "bench.ledger_worker"],
        env={**os.environ, "PEYMAN_HOME": str(home), "DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    if worker.stdout is None or worker.stdout.readline() != "ready\n":
        raise RuntimeError("the record cannot be measured: see above")
    return worker


def _end(worker: "subprocess.Popen[str]") -> None:
    """No line comes any more: it ends, and so do the processes that it started."""
    try:
        worker.communicate(timeout=_GOODBYE_S)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)
        raise


def _ask(worker: "subprocess.Popen[str]") -> Round:
    if worker.stdin is None or worker.stdout is None:
        raise AssertionError("a worker has both")
    worker.stdin.write("\n")
    worker.stdin.flush()
    found: Round = json.loads(worker.stdout.readline())
    return found


def _rates(name: str, found: Sequence[Round]) -> str:
    lines = [f"{name}:"]
    lines += [f"  {one:40} {spread([r[one] for r in found])}" for one in found[0]]
    return "\n".join(lines) + "\n"


def _ratios(found: Sequence[Mapping[str, Round]]) -> str:
    lines = [f"  {'':60} {'times':>7} {'':16} goal"]
    for name in found[0]:
        for line in RATIOS:
            values = [line.ratio(one[name], one[name]) for one in found]
            lines.append(f"  {name + ': ' + line.name:60} {spread(values)} {line.goal}")
    if "PostgreSQL" in found[0]:
        values = [ACROSS.ratio(one["SQLite"], one["PostgreSQL"]) for one in found]
        lines.append(f"  {ACROSS.name:60} {spread(values)} {ACROSS.goal}")
    return "\n".join(lines) + "\n"


def _beside_peers(found: Sequence[Round]) -> str:
    lines = ["  SQLite, ours to theirs; ours is signed, checked, and proves itself."]
    for peer, omits in PEERS.items():
        for how, ours in (("one by one", "one by one"), ("batched", _OURS[0])):
            values = [one[ours] / one[f"{peer}, {how}"] for one in found]
            lines.append(f"  {peer + ', ' + how:40} {spread(values)} {omits}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
