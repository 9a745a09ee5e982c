"""Measure the movement planner: gaps, times and baselines over families, sizes and seeds.

    python -m bench.movement --families RLMX --scales 1 --seeds 3 --seconds 60

Every plan goes through the checker, and every bound is the one that the checker proves.
`dispatch` is earliest due date first, each load on the tail that brings it soonest.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.instances import instance
from peyman.force.checking import check
from peyman.force.plan import Plan
from peyman.force.planner import Limits, plan_movement
from peyman.force.problem import Problem, due
from peyman.force.solve.network import Network
from peyman.force.solve.reasons import infeasible
from peyman.force.solve.search import decode


@dataclass(frozen=True, slots=True)
class Run:
    """One instance, planned."""

    took_s: float
    dispatch: int
    plan: Plan
    wrong: int

    def gap(self, name: str) -> float:
        """The proven gap of an objective."""
        return next(one.gap for one in self.plan.objectives if one.name == name)

    @property
    def gain(self) -> float:
        """How much less weighted lateness than dispatch."""
        late = next(one.value for one in self.plan.objectives if one.name == "lateness")
        return 1 - late / self.dispatch if self.dispatch else 0.0


def main() -> None:
    """Plan and print one line a family and size: median and worst over the seeds."""
    parser = argparse.ArgumentParser(description="Measure the movement planner.")
    parser.add_argument("--families", default="RLMX")
    parser.add_argument("--scales", type=int, nargs="+", default=[1])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    print(f"{asked.seeds} seeds, {asked.seconds:.0f} s each; median (worst)")
    heads = ("time s", "gap lateness", "gap closure", "less late")
    print(
        "family  loads  " + "  ".join(f"{one:14}" for one in heads) + "  refused  load"
    )
    for family in asked.families:
        for scale in asked.scales:
            runs = [
                run(instance(family, scale, seed), asked.seconds, seed)
                for seed in range(asked.seeds)
            ]
            print(line(family, scale, runs), flush=True)


def run(problem: Problem, seconds: float, seed: int) -> Run:
    """Plan one instance; the checker's time is not counted."""
    network = Network(problem)
    barred = infeasible(network)
    loads = [one for one in problem.loads if one.id not in barred]
    order = [one.id for one in sorted(loads, key=due)]
    dispatch = decode(network, loads, order).worth[1]
    began = time.monotonic()
    plan = plan_movement(problem, Limits(seconds, time.monotonic, seed))
    took_s = time.monotonic() - began
    return Run(took_s, dispatch, plan, len(check(problem, plan)))


def line(family: str, scale: int, runs: list[Run]) -> str:
    """One line of the table; the last figure is the load of the machine."""
    cells = [
        _spread([one.took_s for one in runs], "{:.1f}"),
        _spread([one.gap("lateness") for one in runs], "{:.1%}"),
        _spread([one.gap("closure") for one in runs], "{:.1%}"),
        _spread([one.gain for one in runs], "{:.1%}", worst=min),
    ]
    wrong = sum(one.wrong for one in runs)
    text = "  ".join(f"{cell:14}" for cell in cells)
    busy = os.getloadavg()[0]
    return f"{family:6} {110 * scale:6}  {text}  {wrong:7}  {busy:.1f}"


def _spread(
    values: list[float], shape: str, worst: Callable[[list[float]], float] = max
) -> str:
    return f"{shape.format(statistics.median(values))} ({shape.format(worst(values))})"


if __name__ == "__main__":
    main()
