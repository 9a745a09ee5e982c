"""Movements without a case: a problem in a file, its plan, and whether somebody's plan is allowed.

The JSON is that of docs/force.md, so that another planner can be given the same problem, and its
plan be held against the same checker.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from peyman.case.planning.moved import remaining_of
from peyman.cli.files import bytes_of, bytes_that_begin
from peyman.cli.printing import say
from peyman.errors import PeymanError
from peyman.force.checking import check
from peyman.force.live.begun import of_what_remains
from peyman.force.plan import Plan, plan_json, read_plan
from peyman.force.problem import Problem, problem_json, read_problem
from peyman.force.strict import digest

T = TypeVar("T")
Solve = Callable[[Problem], Plan]
Asked = tuple[Problem, Plan]
"""A problem with its plan."""

UNITS = {
    "undelivered": " weighted kg",
    "lateness": " weighted kg-minutes",
    "closure": " minutes after its beginning",
    "lift": " minutes flown",
}
"""What an objective of a movement counts: docs/force.md, "What is best"."""


def write_problems(path: Path, asked: Sequence[Asked]) -> None:
    """Write the problems of a case: the movement in, and the movement home."""
    for way, (problem, _) in zip(("in", "home"), asked, strict=True):
        target = path.with_name(f"{path.stem}-{way}.json")
        target.write_text(
            json.dumps(problem_json(problem), ensure_ascii=False, indent=1)
        )


def problem_at(path: Path) -> Problem | None:
    """The problem in a file that holds a JSON object; None of a folder or any other file.

    Raises:
        PeymanError: If the object is no problem; the message names the field.
    """
    data = bytes_that_begin(path, lambda start: start.lstrip().startswith(b"{"))
    return None if data is None else _read(path, data, read_problem)


def answer_problem(
    problem: Problem, solve: Solve, plan_at: Path | None, *, as_json: bool
) -> None:
    """Plan a problem, or say whether a plan that is there is allowed, and print that.

    Exit status: 1 if a rule is broken, or something is said that is not so.
    """
    plan = solve(problem) if plan_at is None else _plan_at(plan_at, problem)
    wrong = [one.says for one in check(problem, plan)]
    if as_json and plan_at is None:
        click.echo(json.dumps(plan_json(plan), ensure_ascii=False, indent=1))
    elif as_json:
        found = {"problem": plan.problem, "violations": wrong}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(problem, plan)
    if not as_json:
        for told in wrong:
            say(f"NOT ALLOWED: {told}")
    if wrong:
        raise SystemExit(1)


def _print(problem: Problem, plan: Plan) -> None:
    loaded = sum(bool(flight.parts) for flight in plan.flights)
    say(
        f"{loaded} flights with loads, {len(plan.flights)} in all; {len(plan.convoys)} convoys"
    )
    for left in plan.unmet:
        say(f"not moved: {left.load}, {left.pieces} pieces")
        for reason in left.reasons:
            say(f"  {reason.says}")
    for one in plan.objectives:
        print_objective(one.name, one.value, one.bound, one.gap)
    if (rest := remaining_of(problem, plan)) is not None:
        say(rest["says"])
        for goal in of_what_remains(problem, plan):
            told = (goal.name, goal.value, goal.bound, goal.gap)
            print_objective(*told, f"of what remains, {goal.name}")


def print_objective(
    name: str, value: int, bound: int, gap: float, called: str = ""
) -> None:
    """Print one objective: `closure: 3674 minutes after its beginning (bound 2595, gap 29.4%)`."""
    proof = "proven best" if gap == 0 else f"gap {gap:.1%}"
    say(f"{called or name}: {value}{UNITS.get(name, '')} (bound {bound}, {proof})")


def _plan_at(path: Path, problem: Problem) -> Plan:
    plan = _read(path, bytes_of(path), read_plan)
    if plan.problem != digest(problem):
        raise PeymanError(
            f"{path.name} is the plan of another problem.",
            authority="docs/force.md: a plan bears the digest of its problem",
            remedy="Name the problem that it was made for, unchanged.",
        )
    return plan


def _read(path: Path, data: bytes, read: Callable[[Any], T]) -> T:
    try:
        return read(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise PeymanError(
            f"{path.name} is no JSON: {error}.",
            authority="docs/force.md: a problem and a plan are JSON objects",
            remedy="Make it with `peyman plan CASE --problem FILE`, or mend that place.",
        ) from error
