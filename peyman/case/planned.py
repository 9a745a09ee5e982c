"""The whole plan of a case: who covers what, how it gets there, and how it goes home.

How a movement is solved is an argument: a page takes what is found at once, a person at the
command line what is found in the time that they give. Whatever comes is checked here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from peyman.case.generation import Generation, generation
from peyman.case.moved import movement_of
from peyman.case.moving import Direction, movement, stranded
from peyman.case.plan import assignment_of
from peyman.case.reading import Reading
from peyman.force.checking import check
from peyman.force.plan import Plan
from peyman.force.problem import Problem
from peyman.force.told import Told

Json = dict[str, Any]
Solve = Callable[[Problem], Plan]


def planned(
    reading: Reading,
    solve: Solve,
    supposed: Mapping[str, tuple[Told, ...]] | None = None,
) -> Json:
    """The plan of a case as `peyman plan --json` prints it.

    Args:
        reading: The case.
        solve: Finds a plan for a movement.
        supposed: What is taken as told after all that was, and is not entered.
    """
    made = generation(reading, supposed)
    told = assignment_of(made)
    there = moved(reading, made, "in", solve)
    home = moved(reading, made, "out", solve)
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
    reading: Reading, made: Generation, direction: Direction, solve: Solve
) -> Json:
    """One movement of a case, solved and checked; `violations` is empty if it is allowed."""
    problem = movement(reading, made, direction)
    plan = solve(problem)
    return {
        **movement_of(problem, plan, stranded(reading, made)),
        "violations": [one.says for one in check(problem, plan)],
    }
