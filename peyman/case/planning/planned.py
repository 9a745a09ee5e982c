"""The whole plan of a case: who covers what, how it gets there, and how it goes home.

How a movement is solved is an argument: a page takes what is found at once, a person at the
command line what is found in the time that they give. Whatever comes is checked here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from peyman.case.planning.generation import Generation, generation
from peyman.case.planning.held_up import held_up
from peyman.case.planning.moved import movement_of
from peyman.case.planning.moving import Direction, movement, stranded
from peyman.case.planning.plan import assignment_of
from peyman.case.reading import Reading
from peyman.case.tracking.following import by_day, followed
from peyman.case.tracking.kept_plan import in_force
from peyman.force.checking import check
from peyman.force.plan import Plan
from peyman.force.planner import plan_movement
from peyman.force.problem import Problem
from peyman.force.reports.told import Told
from peyman.force.solve.timing import Limits

Json = dict[str, Any]
Solve = Callable[[Problem], Plan]
Heard = Callable[[tuple[Problem, Plan]], None]


def _at_once(problem: Problem) -> Plan:
    return plan_movement(problem, Limits(0, lambda: 0))


def planned(
    reading: Reading,
    solve: Solve,
    supposed: Mapping[str, tuple[Told, ...]] | None = None,
    heard: Heard = lambda _: None,
) -> Json:
    """The plan of a case as `peyman plan --json` prints it.

    Args:
        reading: The case.
        solve: Finds a plan for a movement.
        supposed: What is taken as told after all that was, and is not entered.
        heard: Told each problem with its plan: the movement in, then the movement home.
    """
    made = generation(reading, supposed)
    told = assignment_of(made)
    is_as_told = supposed is None
    there = moved(reading, made, "in", solve, heard, is_as_told=is_as_told)
    home = moved(reading, made, "out", solve, heard, is_as_told=is_as_told)
    return {
        **told,
        "serials": there["serials"],
        "closure": there["closure"],
        "objectives": [*told["objectives"], *there["objectives"]],
        "unmet": [*told["unmet"], *there["unmet"]],
        "assumptions": [*there["assumptions"]],
        "movement": there,
        "withdrawal": home,
    }


def moved(
    reading: Reading,
    made: Generation,
    direction: Direction,
    solve: Solve,
    heard: Heard = lambda _: None,
    *,
    is_as_told: bool = True,
) -> Json:
    """One movement of a case: the plan in force, else one that is solved now; always checked.

    `in_force` names the entry of the plan, and is None where it was solved now; `violations` is
    empty if it is allowed.

    Args:
        reading: The case.
        made: Its force generation.
        direction: There, or home.
        solve: Finds a plan where none is in force.
        heard: Told the problem with its plan.
        is_as_told: Whether nothing is supposed; what is supposed is always solved.
    """
    was = in_force(reading, direction) if is_as_told else None
    if was is not None:
        problem, plan = was.kept.problem, was.kept.plan
        told = movement_of(problem, plan)
    else:
        problem = movement(reading, made, direction)
        plan = solve(problem)
        told = movement_of(problem, plan, stranded(reading, made))
    heard((problem, plan))
    return {
        **told,
        "violations": [one.says for one in check(problem, plan)],
        "in_force": was.entry.name if was else None,
        "approved": [one.name for one in was.approvals] if was else [],
        "followed": followed(reading, told["serials"]) if was else [],
        "held_up": held_up(problem, plan, _at_once),
        "days": by_day(reading, told["serials"], direction),
    }
