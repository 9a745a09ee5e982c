"""Measure whole commands, warm, beside peers in the same run; then the rest.

The rest is the kernel of charters (`bench.kernel`) and the web (`bench.web`).

A figure in seconds says little about another machine, so every figure also stands as a
ratio to `python -c pass`, taken in the same round. Rounds go through all measures in
turn, so a slow moment of the machine meets them all.

Nothing here fails for being slow: a goal is printed beside the figure, for a person.
"""

import argparse
import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import audit, kernel, states, web
from bench.peers import peers_of
from bench.spreads import spread

ROOT = Path(__file__).resolve().parent.parent
PEYMAN = Path(sys.executable).parent / "peyman"
START = "python -c pass"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to time; `goal_s` is the most seconds that the median should take."""

    name: str
    run: Callable[[], object]
    goal_s: float | None = None


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure Peyman beside its peers.")
    parser.add_argument("--rounds", type=int, default=21, help="default: 21")
    parser.add_argument("--case", type=Path, default=Path("cases/kazakhstan-2022"))
    parser.add_argument("--audit-cases", type=int, default=audit.CASES)
    asked = parser.parse_args()
    payloads = payloads_of(ROOT / asked.case)
    if not payloads:
        sys.exit(f"{asked.case} holds no envelopes. Next step: make cases")
    measures = [
        Measure(START, command(sys.executable, "-c", "pass")),
        *our_commands(asked.case),
        *(Measure(name, run) for name, run in peers_of(payloads)),
    ]
    print(f"{asked.case}: {len(payloads)} signed entries, registers included.")
    print(f"{asked.rounds} rounds after one to warm up; in brackets the 10th and 90th")
    print(f"percentile; `times` is the ratio to `{START}` of the same round.\n")
    print(table(measures, timings(measures, asked.rounds)))
    kernel.report(asked.rounds)
    web.report(asked.rounds)
    states.report(5)
    audit.report(asked.audit_cases, 5)


def our_commands(case: Path) -> list[Measure]:
    """The commands that have a goal; reading needs the real report."""
    name = case.as_posix()
    report = Path(os.environ.get("PEYMAN_REPORT") or "../shared/seed/report-fa.txt")
    ours = [
        Measure(f"peyman show {name}", command(PEYMAN, "show", name), 0.5),
        Measure(f"peyman verify {name}", command(PEYMAN, "verify", name), 0.5),
    ]
    if not (ROOT / report).is_file():
        print("Without the real report (PEYMAN_REPORT), `peyman read` is left out.")
        return ours
    read = command(PEYMAN, "read", str(report))
    return [*ours, Measure("peyman read REPORT", read, 0.3)]


def command(*words: str | Path) -> Callable[[], None]:
    """A whole process, from start to exit; a failure stops the run."""

    def run() -> None:
        subprocess.run(words, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)

    return run


def payloads_of(case: Path) -> tuple[bytes, ...]:
    """What was signed in the case and its registers, so that peers get the same."""
    envelopes = sorted(case.rglob("envelopes/*.json"))
    return tuple(
        base64.b64decode(json.loads(path.read_bytes())["payload"]) for path in envelopes
    )


def timings(measures: Sequence[Measure], rounds: int) -> dict[str, list[float]]:
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


def table(measures: Sequence[Measure], seconds: Mapping[str, Sequence[float]]) -> str:
    """One line a measure: goal, median and spread, ratio and its spread."""
    wide = max(len(measure.name) for measure in measures)
    lines = [f"{'':{wide}}  {'goal ms':>7}  {'ms':>7} {'':16} {'times':>7}"]
    for measure in measures:
        took_ms = [1000 * took_s for took_s in seconds[measure.name]]
        ratios = [
            a / b for a, b in zip(seconds[measure.name], seconds[START], strict=True)
        ]
        goal = "" if measure.goal_s is None else f"{1000 * measure.goal_s:.0f}"
        line = f"{measure.name:{wide}}  {goal:>7}  {spread(took_ms)} {spread(ratios)}"
        lines.append(line.rstrip())
    return "\n".join(lines)


if __name__ == "__main__":
    main()
