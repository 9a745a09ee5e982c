"""Measure the movement planner: values, bounds, time and memory over families, sizes and seeds.

    python -m bench.movement --families RLMX --scales 1 3 --seeds 10 --parts dispatch cpsat

Every plan goes through the checker, and every bound is the one that the checker proves. The parts:

- `dispatch`: beside list scheduling by due date (`due`, which knows no priority) and the best of
  five other orders (`weighted`; of two above 2,000 loads), most of which look at priority;
- `cpsat`: beside the model of `bench.movement_model`, with the same time and two workers;
- `replan`: half-way through, the airfield where most is still to land closes for twelve hours;
- `disturb`: replications with breakdowns, weather and late loads, on all cores.

Prints tables in Markdown; each cell is the median and, in brackets, the worst over the seeds.
"""

import argparse
import statistics
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bench.movement_runs import Asked, Run, run

PARTS = ("dispatch", "cpsat", "replan", "disturb")
FULL = (1, 3, 10, 100, 300, 1000)
"""Scales of the whole table: 110 to 110,000 loads. It takes most of a day."""


def main() -> None:
    """Measure what is asked and print the tables."""
    asked = options()
    runs = [run_alone(one) for one in instances(asked)]
    print("\n".join(tables(runs)))


def options() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(description="Measure the movement planner.")
    parser.add_argument("--families", default="RLMX")
    parser.add_argument(
        "--scales", type=int, nargs="+", default=[1], help=f"of {FULL}; default: 1"
    )
    parser.add_argument("--seeds", type=int, help="default: 10, 3 or 1 by scale")
    parser.add_argument(
        "--seconds", type=float, help="to plan; default: 60, 180 or 600 by scale"
    )
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--replications", type=int, default=1000)
    return parser.parse_args()


def instances(asked: argparse.Namespace) -> Iterator[Asked]:
    """Each instance that is asked for, the small ones first."""
    for scale in asked.scales:
        seeds = asked.seeds or (10 if scale <= 3 else 3 if scale <= 10 else 1)
        seconds = asked.seconds
        if seconds is None:
            seconds = 60 if scale <= 3 else 180 if scale <= 10 else 600
        for family in asked.families:
            for seed in range(seeds):
                parts = frozenset(asked.parts)
                yield Asked(family, scale, seed, seconds, parts, asked.replications)


def run_alone(asked: Asked) -> Run:
    """One run in a fresh process: its peak of memory is nobody else's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(run, asked).result()


def tables(runs: Sequence[Run]) -> Iterator[str]:
    """The tables, as lines of Markdown."""
    groups: dict[tuple[str, int], list[Run]] = {}
    for one in runs:
        groups.setdefault((one.asked.family, one.asked.scale), []).append(one)
    yield from _table(
        ("family", "loads", "seeds, time", "objective", "value", "bound", "gap"),
        (
            row
            for key, found in groups.items()
            for row in objective_rows(_name(key, found), found)
        ),
    )
    first = ("family", "loads", "seeds, time")
    heads = ("s taken", "peak MB", "less than due", "less than weighted")
    more = ("less than CP-SAT", "CP-SAT answered", "refused", "machine's load")
    yield from _table(
        (*first, *heads, *more),
        (baseline_row(_name(key, found), found) for key, found in groups.items()),
    )
    heads = ("replan s", "serials unchanged", "refused", "replications")
    yield from _table(
        (*first, *heads, "s"),
        (event_row(_name(key, found), found) for key, found in groups.items()),
    )


def objective_rows(
    name: tuple[str, ...], runs: Sequence[Run]
) -> Iterator[tuple[str, ...]]:
    """A row an objective: value, bound and gap."""
    for objective in ("undelivered", "lateness", "closure", "lift"):
        found = [one.objective(objective) for one in runs]
        yield (
            *name,
            objective,
            spread([one.value for one in found], "{:,.0f}"),
            spread([one.bound for one in found], "{:,.0f}", min),
            spread([one.gap for one in found], "{:.1%}"),
        )


def baseline_row(name: tuple[str, ...], runs: Sequence[Run]) -> tuple[str, ...]:
    """Time, memory, and how much less lateness than the baselines."""
    answered = [one for one in runs if one.cpsat is not None]
    is_asked = any(one.cpsat_status for one in runs)
    refused = sum(one.refused for one in runs)
    theirs = sum(one.cpsat_refused for one in runs)
    return (
        *name,
        spread([one.took_s for one in runs], "{:.1f}"),
        spread([one.peak_mb for one in runs], "{:,.0f}"),
        *(
            spread(
                [one.less_than(one.dispatch.get(way)) for one in runs], "{:.0%}", min
            )
            for way in ("due", "weighted")
        ),
        spread([one.less_than(one.cpsat) for one in runs], "{:.0%}", min),
        f"{len(answered)} of {len(runs)}" if is_asked else "-",
        f"{refused}; of CP-SAT's {theirs}" if is_asked else f"{refused}",
        spread([one.busy for one in runs], "{:.1f}"),
    )


def event_row(name: tuple[str, ...], runs: Sequence[Run]) -> tuple[str, ...]:
    """After a disturbance, and over many."""
    is_held = any(one.holds_s is not None for one in runs)
    return (
        *name,
        spread([one.replan_s for one in runs], "{:.2f}"),
        spread([one.kept for one in runs], "{:.0%}", min),
        str(sum(one.replan_refused for one in runs)),
        f"{runs[0].asked.replications:,}" if is_held else "-",
        spread([one.holds_s for one in runs], "{:.1f}"),
    )


def spread(
    values: Sequence[float | None],
    shape: str,
    worst: Callable[[list[float]], float] = max,
) -> str:
    """Median and worst; a dash where nothing was measured.

    >>> spread([0.5, None, 0.25, 0.75], "{:.0%}", min)
    '50% (25%)'
    """
    known = [one for one in values if one is not None]
    if not known:
        return "-"
    return f"{shape.format(statistics.median(known))} ({shape.format(worst(known))})"


def _name(key: tuple[str, int], runs: Sequence[Run]) -> tuple[str, ...]:
    family, scale = key
    return family, f"{110 * scale:,}", f"{len(runs)}, {runs[0].asked.seconds:.0f} s"


def _table(heads: Sequence[str], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


if __name__ == "__main__":
    main()
