"""One instance of the movement bench, in a process of its own, so that its memory is its own."""

import resource
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from bench.instances import instance
from bench.movement_dispatch import dispatched
from peyman.cli.plan.disturbing import disturb
from peyman.cores import usable_cores
from peyman.force.checking import check
from peyman.force.live.replan import Events, replan
from peyman.force.plan import Objective, Plan
from peyman.force.planner import plan_movement
from peyman.force.problem import Problem
from peyman.force.solve.network import Network
from peyman.force.solve.timing import Limits


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure: an instance, how long to plan, and which parts."""

    family: str
    scale: int
    seed: int
    seconds: float
    parts: frozenset[str]
    replications: int


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured; None is a part that was not asked for, or that had no answer.

    Attributes:
        refused: Rules that our plans break, by the checker.
        dispatch: Weighted lateness by baseline.
        cpsat: Weighted lateness of CP-SAT's plan in the same time.
        cpsat_refused: Rules that it breaks.
        kept: Share of serials that stand unchanged after the disturbance.
        busy: Load of the machine.
    """

    asked: Asked
    took_s: float
    objectives: tuple[Objective, ...]
    refused: int
    peak_mb: float
    busy: float
    dispatch: dict[str, int]
    cpsat: int | None = None
    cpsat_status: str = ""
    cpsat_refused: int = 0
    replan_s: float | None = None
    kept: float | None = None
    replan_refused: int = 0
    holds_s: float | None = None

    def objective(self, name: str) -> Objective:
        """One level of the plan."""
        return next(one for one in self.objectives if one.name == name)

    def less_than(self, other: int | None) -> float | None:
        """How much less weighted lateness than another's; None where there is none."""
        mine = self.objective("lateness").value
        return None if other is None else 1 - mine / other if other else 0.0


def run(asked: Asked) -> Run:
    """Plan one instance and measure what was asked; the checker's time is not counted."""
    problem = instance(asked.family, asked.scale, asked.seed)
    began = time.monotonic()
    limits = Limits(asked.seconds, time.monotonic, asked.seed, cores=usable_cores())
    plan = plan_movement(problem, limits)
    took_s = time.monotonic() - began
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found: dict[str, object] = {}
    if "cpsat" in asked.parts:
        found |= _cpsat(problem, asked)
    if "replan" in asked.parts:
        found |= _replan(problem, plan)
    if "disturb" in asked.parts:
        began = time.monotonic()
        disturb([(problem, plan)], asked.replications, asked.seed)
        found["holds_s"] = time.monotonic() - began
    worths = {}
    if "dispatch" in asked.parts:
        made = dispatched(Network(problem))
        worths = {name: one.worth[1] for name, one in made.items()}
    return Run(
        asked=asked,
        took_s=took_s,
        objectives=plan.objectives,
        refused=len(check(problem, plan)),
        peak_mb=peak_mb,
        busy=float(Path("/proc/loadavg").read_text().split()[0]),
        dispatch=worths,
        **found,  # type: ignore[arg-type]
    )


def _cpsat(problem: Problem, asked: Asked) -> dict[str, object]:
    # OR-Tools is wanted by this part alone.
    from bench.movement_cpsat import solve

    answer = solve(problem, asked.seconds, asked.seed)
    told: dict[str, object] = {"cpsat_status": answer.status}
    if answer.plan is not None:
        late = next(o.value for o in answer.plan.objectives if o.name == "lateness")
        wrong = len(check(problem, answer.plan))
        told |= {"cpsat": late, "cpsat_refused": wrong}
    return told


def _replan(problem: Problem, plan: Plan) -> dict[str, object]:
    """Half-way through, the airfield where most is still to land closes for twelve hours."""
    now = int(statistics.median(one.start for one in plan.flights))
    coming = [one.destination for one in plan.flights if one.parts and one.start >= now]
    place = statistics.mode(coming)
    # What has begun is still allowed to end: the airfield closes after it.
    begun = [one for one in plan.flights if one.start < now]
    since = max(
        [
            now,
            *(one.ready for one in begun if one.destination == place),
            *(one.depart for one in begun if one.origin == place),
        ]
    )
    events = Events(closed={place: ((since, since + 720),)})
    began = time.monotonic()
    asked, new, change = replan(problem, plan, now, events)
    took_s = time.monotonic() - began
    return {
        "replan_s": took_s,
        "kept": change.kept_share,
        "replan_refused": len(check(asked, new)),
    }
