"""Plan a case's movement again from a moment, and say what that changes of the plan in force.

As little as possible is changed: `peyman.force.live.replan`. The answer is no decision: an office
approves it (`peyman.case.tracking.kept_plan`), and until then the old plan is in force.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from peyman.case.planning.moved import remaining_of
from peyman.case.reading import Reading
from peyman.case.tracking.happened import Happened, Happening, happened
from peyman.case.tracking.kept_plan import Kept, KeptPlan
from peyman.charter.moment import show
from peyman.force.checking import check, remaining
from peyman.force.live.begun import bounded
from peyman.force.live.difference import counts, difference
from peyman.force.live.replan import replan
from peyman.force.plan import Plan
from peyman.force.problem import Problem
from peyman.force.schedule import closure_of, serial_rows

Json = dict[str, Any]
Solve = Callable[[Problem], Plan]


@dataclass(frozen=True, slots=True)
class Replanned:
    """A plan that was made again, and what led to it.

    Attributes:
        told: What happened since the plan was put in force.
        refusals: What the checker finds wrong with it; empty where it is allowed.
    """

    kept: Kept
    told: tuple[Happening, ...]
    refusals: tuple[str, ...]


def replanned(reading: Reading, was: KeptPlan, now: int, solve: Solve) -> Replanned:
    """The plan in force, made again from an instant on, with bounds for what remains from then.

    Args:
        reading: The case.
        was: The plan in force.
        now: The instant, in seconds since 1970.
        solve: Plans what remains as if nobody had planned it: its bounds are taken, and not
            its plan, which would change more.
    """
    found: Happened = happened(reading, was.kept, now)
    problem, plan, _ = replan(found.problem, found.plan, found.now, found.events)
    left = remaining(problem)
    if left.loads:
        plan = bounded(problem, plan, solve(left))
    kept = Kept(was.kept.direction, problem, plan)
    wrong = tuple(one.says for one in check(problem, plan))
    return Replanned(kept, found.told, wrong)


def changes_of(was: Kept | None, now: Kept) -> Json:
    """What another plan changes, as plain data; all is new where there was none."""
    before = serial_rows(was.problem, was.plan) if was else []
    after = serial_rows(now.problem, now.plan)
    rows = difference(before, after)
    return {
        "serials": rows,
        "counts": counts(rows),
        "closure": {"was": closure_of(before), "now": closure_of(after)},
        "objectives": [
            {
                "name": one.name,
                "was": _value(was, one.name),
                "now": one.value,
                "bound": one.bound,
                "gap": one.gap,
            }
            for one in now.plan.objectives
        ],
        "remaining": remaining_of(now.problem, now.plan),
    }


def replanned_json(was: KeptPlan, found: Replanned, now: int) -> Json:
    """What `peyman plan --replan --json` prints of one movement."""
    return {
        "direction": was.kept.direction,
        "in_force": was.entry.name,
        "from": show(now),
        "happened": [asdict(one) for one in found.told],
        **changes_of(was.kept, found.kept),
        "violations": list(found.refusals),
        "problem": found.kept.plan.problem,
    }


def _value(kept: Kept | None, name: str) -> int | None:
    told = {one.name: one.value for one in kept.plan.objectives} if kept else {}
    return told.get(name)
