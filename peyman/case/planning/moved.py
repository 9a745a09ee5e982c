"""A plan of a movement beside the case that it is for, as plain data.

Whether the plan is allowed is the checker's to say, and whether it is the best its bound's; here the
two are only put into the words of the case.
"""

from collections.abc import Sequence
from typing import Any

from peyman.force.generation.assign import Share
from peyman.force.live.begun import of_what_remains
from peyman.force.plan import Objective, Plan
from peyman.force.problem import Problem
from peyman.force.schedule import (
    closure_of,
    instant,
    line_closures,
    serial_rows,
    strength_rows,
)
from peyman.saying import Said, say

Json = dict[str, Any]


def movement_of(
    problem: Problem, plan: Plan, left: Sequence[tuple[Share, Said]] = ()
) -> Json:
    """The serials of a plan, what they come to, and what cannot be moved.

    Args:
        problem: The movement.
        plan: Its answer.
        left: What was assigned and never came into the problem, each with its reason.
    """
    serials = serial_rows(problem, plan)
    return {
        "from": problem.epoch,
        "until": instant(problem, problem.horizon),
        "serials": serials,
        "strength": strength_rows(problem, plan),
        "closure": closure_of(serials),
        "lines": line_closures(serials),
        "objectives": [objective(one) for one in plan.objectives],
        "remaining": remaining_of(problem, plan),
        "unmet": [*_not_in(left), *_not_moved(plan)],
        "made_by": plan.made_by,
        "problem": plan.problem,
        "assumptions": list(problem.assumptions),
    }


def remaining_of(problem: Problem, plan: Plan) -> Json | None:
    """How good a plan is for what had not begun when it was made; None where nothing had.

    A gap of the whole would count what is over on both sides, and look smaller than it is.
    """
    if not problem.since:
        return None
    at = instant(problem, problem.since)
    return {
        "from": at,
        "says": say(
            "The bounds hold for what remains from {at} on: what had begun by then is given,"
            " and no plan that goes on from there can come below them.",
            at=at,
        ),
        "objectives": [objective(one) for one in of_what_remains(problem, plan)],
    }


def objective(one: Objective) -> Json:
    """An objective with its proven bound and its gap."""
    return {"name": one.name, "value": one.value, "bound": one.bound, "gap": one.gap}


def _not_moved(plan: Plan) -> list[Json]:
    return [
        {
            "line": one.line,
            "load": one.load,
            "quantity": one.pieces,
            "unit": "pieces",
            "reasons": [
                {"code": reason.code, "says": reason.says, "entry": ""}
                for reason in one.reasons
            ],
        }
        for one in plan.unmet
    ]


def _not_in(left: Sequence[tuple[Share, Said]]) -> list[Json]:
    return [
        {
            "line": share.line.line,
            "load": share.offer.name,
            "quantity": share.quantity,
            "unit": share.line.unit,
            "reasons": [{"code": "place", "says": said, "entry": share.offer.entry}],
        }
        for share, said in left
    ]


def on_the_map(serials: Sequence[Json], direction: str) -> list[Json]:
    """Serials as a map takes them: one row for each way, member and day, flights counted.

    A flight is counted once for each member that it carries somebody of; ferries are not.
    """
    found: dict[tuple[str, str, str, str, str], list[Json]] = {}
    for one in serials:
        for member in one["members"]:
            key = (one["from"], one["to"], one["mode"], member, one["depart"][:10])
            found.setdefault(key, []).append(one)
    return [
        {
            "entry": "",
            "serial": some[0]["serial"],
            "mode": mode,
            "member": member,
            "origin": origin,
            "destination": destination,
            "at": f"{some[0]['depart']}/{max(row['arrive'] for row in some)}",
            "flights": len(some) if mode == "air" else None,
            "aircraft": None,
            "types": {},
            "people": str(sum(row["people"] for row in some)),
            "vehicles": str(sum(row["vehicles"] for row in some)),
            "direction": direction,
            "state": "planned",
        }
        for (origin, destination, mode, member, _), some in sorted(found.items())
    ]
