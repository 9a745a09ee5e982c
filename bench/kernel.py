"""Measure the kernel of charters: live cases, contested entries, and reading a charter.

A live case is folded whole, as a reading of a case does for every moment that is asked
for; one act more is judged by folding it all again. The peers run the same eight acts of
one matter, as a machine of states and as a business process. They do less: no deadline, no
vote, no article, no finding. They only go from one step to the next.

    python -m bench.kernel
"""

import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType

from bench.kernel_cases import eight_acts, live_case
from bench.kernel_peers import peers_of
from bench.spreads import spread
from peyman.case.load import load
from peyman.case.reading import read_case
from peyman.charter.doing import Doing
from peyman.charter.kernel import fold
from peyman.charter.model import Charter
from peyman.charter.read import load_charter
from peyman.charter.state import State
from peyman.ledger.files.casefile import read_case_file
from peyman.memory import collect_seldom

ROOT = Path(__file__).resolve().parent.parent
CHARTERS = ROOT / "charters"
SCRIPTED = ("csto", "nato")
LENGTHS = (250, 1000, 4000)
GOAL_ACTS_PER_S, GOAL_READING_MS = 100_000, 20
EIGHT_TIMES = 50
"""How often the eight acts are run in one round: once is too short to time."""


def report(rounds: int) -> None:
    """Measure, and print."""
    collect_seldom()  # as every program of Peyman does; the peers have it too
    print(
        f"\nThe kernel of charters: {rounds} rounds after one to warm up; in brackets"
    )
    print("the 10th and 90th percentile.\n")
    print(f"Acts a second of a live case, uncontested; goal {GOAL_ACTS_PER_S:_}:")
    for name in SCRIPTED:
        charter = load_charter(CHARTERS / f"{name}.toml")
        for length in LENGTHS:
            print(_live(charter, live_case(charter, length), rounds))
    print(
        "\nThe same where the charter was just read, and nothing of its law is worked out:"
    )
    for name in SCRIPTED:
        print(_cold(CHARTERS / f"{name}.toml", rounds))
    print("\nThe same eight acts of one matter, acts a second, and times the kernel's:")
    print("\n".join(_eight(rounds)))
    print("\nFolds of a charter with n contested entries; goal n + 1:")
    print("\n".join(_contested()))
    print(f"\nReading a charter; goal {GOAL_READING_MS} ms:")
    print("\n".join(_reading(rounds)))


def seconds(run: Callable[[], object], rounds: int, *, warm: int = 1) -> list[float]:
    """Processor time of each round, after one to warm up that is not counted.

    It all runs in this process: what else the machine does should not count.
    """
    took = []
    for _ in range(warm + rounds):
        began = time.process_time()
        run()
        took.append(time.process_time() - began)
    return took[warm:]


def folding(charter: Charter, doings: Sequence[Doing]) -> Callable[[], State]:
    """A fold of it all, up to its last act."""
    until = doings[-1].at.lo
    return lambda: fold(charter, doings, until)


def _live(charter: Charter, doings: Sequence[Doing], rounds: int) -> str:
    state = folding(charter, doings)()
    if any(verdict.is_contested for verdict in state.verdicts):
        raise AssertionError(charter.id)
    findings = sum(len(verdict.findings) for verdict in state.verdicts)
    votes = sum(doing.ballots is not None for doing in doings)
    duties = sum(len(matter.duties) for matter in state.matters.values())
    took_s = seconds(folding(charter, doings), rounds)
    rates = [len(doings) / one for one in took_s]
    return (
        f"  {charter.id:5} {len(doings):5} acts {spread(rates)}  {findings} findings, "
        f"{votes} votes, {duties} duties, {len(state.matters)} matters"
    )


def _cold(path: Path, rounds: int) -> str:
    """The first fold of each reading of a charter, of the shortest of the live cases."""
    doings = live_case(load_charter(path), LENGTHS[0])
    rates = []
    for _ in range(rounds):
        charter = load_charter(path)
        (took_s,) = seconds(folding(charter, doings), 1, warm=0)
        rates.append(len(doings) / took_s)
    return f"  {path.stem:5} {len(doings):5} acts {spread(rates)}  the first fold"


def _eight(rounds: int) -> list[str]:
    charter = load_charter(CHARTERS / "csto.toml")
    doings = eight_acts(charter)
    if not all(v.has_effect for v in folding(charter, doings)().verdicts):
        raise AssertionError(charter.id)
    names = [doing.act.partition(".")[2] for doing in doings]
    runs = [("peyman.charter", folding(charter, doings)), *peers_of(names)]
    took_s: dict[str, list[float]] = {name: [] for name, _ in runs}
    for _ in range(rounds):
        for name, run in runs:
            took_s[name] += seconds(partial(_often, run), 1)
    ours = took_s["peyman.charter"]
    lines = []
    for name, took in took_s.items():
        rates = [EIGHT_TIMES * len(doings) / one for one in took]
        ratios = [a / b for a, b in zip(ours, took, strict=True)]
        lines.append(f"  {name:15} {spread(rates):32} {spread(ratios)}")
    return lines


def _often(run: Callable[[], object]) -> None:
    for _ in range(EIGHT_TIMES):
        run()


class _Heard(list[str]):
    """The charter of every fold that was called while this listened."""

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is fold.__code__:
            self.append(frame.f_locals["charter"].id)


def _contested() -> list[str]:
    lines = []
    for path in sorted((ROOT / "cases").glob("*-20*")):
        case = load(read_case_file(path)).case
        heard = _Heard()
        sys.setprofile(heard)
        read = read_case(case)
        sys.setprofile(None)
        for name, charter in read.charters.items():
            n = len(charter.others)
            lines.append(f"  {path.name} {name}: n = {n}, {heard.count(name)} folds")
    return lines


def _reading(rounds: int) -> list[str]:
    lines = []
    for path in sorted(CHARTERS.glob("*.toml")):
        ours = [1000 * s for s in seconds(partial(load_charter, path), rounds)]
        data = path.read_text()
        toml = [1000 * s for s in seconds(partial(tomllib.loads, data), rounds)]
        lines.append(f"  {path.stem:10} {spread(ours)} ms; tomllib {spread(toml)} ms")
    return lines


if __name__ == "__main__":
    report(rounds=21)
