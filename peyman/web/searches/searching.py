"""The process that searches: `python -m peyman.web.searches.searching FOLDER SECONDS SERVER`.

It tells every better plan or bound, and keeps the best plan in its folder. It ends when the time is
up, when nothing is left to find, when it is told to stop, or when the server that began it is gone.
"""

import os
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from peyman.cores import usable_cores
from peyman.force.plan import Plan
from peyman.force.planner import plan_movement
from peyman.force.solve.timing import Limits
from peyman.web.searches import told

_LOOKS_S = 0.2
"""How often it looks whether to stop, and writes down a better plan."""
_TELLS_S = 2
"""How long it is silent at most: whoever looks should see that it goes on."""
_POLITE = 10
"""Pages go first."""

Worth = tuple[tuple[int, ...], tuple[int, ...]]


class _Keeper:
    """Keeps the best plan, beside the search: a plan of many loads takes long to write."""

    def __init__(self, folder: Path, server: int) -> None:
        self.folder = folder
        self.before = told.steps_of(folder)
        self.began = time.monotonic()
        self.kept = told.plan_of(folder)
        self.best = self.kept
        self.server = server
        self.told = self.began
        self._lock = threading.Lock()

    def take(self, plan: Plan) -> bool:
        """Hear of a plan or a bound; always go on."""
        if self.kept is not None:
            plan = _with_bounds(plan, self.kept)
        if self.best is None or _worth(plan) < _worth(self.best):
            self.best = plan
            self._tell()
        return True

    def watch(self) -> None:
        """Write down what is better, until told to stop: then end, whatever the search does."""
        while True:
            time.sleep(_LOOKS_S)
            self.write()
            if time.monotonic() - self.told > _TELLS_S:
                self._tell()
            is_told = (self.folder / told.STOP).exists()
            if is_told or os.getppid() != self.server:
                self._tell()
                os._exit(0)

    def write(self) -> None:
        """Have the best plan in its file."""
        with self._lock:
            best = self.best
            if best is not None and best is not self.kept:
                told.write_plan(self.folder, best)
                self.kept = best

    def end(self) -> None:
        """Write the last, and how long it took."""
        self.write()
        self._tell()

    def _tell(self) -> None:
        if self.best is not None:
            spent = self.before[-1].at if self.before else 0
            self.told = time.monotonic()
            at = spent + self.told - self.began
            told.add_step(self.folder, at, self.best.objectives)


def _worth(plan: Plan) -> Worth:
    """Less is better: the values in their order, then what is not proven of them."""
    values = tuple(one.value for one in plan.objectives)
    return values, tuple(one.value - one.bound for one in plan.objectives)


def _with_bounds(plan: Plan, before: Plan) -> Plan:
    """A plan with the better bounds of another: they are of the problem, and not of a plan.

    Where something stays behind, only that of lateness is of use: docs/force.md, "What is best".
    """
    known = {one.name: one for one in before.objectives}
    is_whole = not plan.unmet and not before.unmet
    objectives = []
    for one in plan.objectives:
        other = known.get(one.name, one)
        if other.bound > one.bound and (is_whole or one.name == "lateness"):
            one = replace(one, bound=other.bound, prices=other.prices)
        objectives.append(one)
    return replace(plan, objectives=tuple(objectives))


def main() -> None:
    """Search as told."""
    folder, seconds, server = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    os.nice(_POLITE)
    keeper = _Keeper(folder, server)
    threading.Thread(target=keeper.watch, daemon=True).start()
    # Another search for the same problem takes other turns.
    seed = len(keeper.before)
    limits = Limits(seconds, time.monotonic, seed, cores=usable_cores())
    plan_movement(told.problem_of(folder), limits, keeper.take)
    keeper.end()


if __name__ == "__main__":
    main()
