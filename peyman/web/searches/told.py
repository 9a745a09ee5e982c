"""What a search leaves in its folder: the problem, what it told on its way, its best plan.

All of it is plain files, so that any process of the server reads what another started, and a
search that is killed leaves the best plan that it had.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peyman.errors import PeymanError
from peyman.force.plan import Objective, Plan, plan_json, read_plan
from peyman.force.problem import Problem, problem_json, read_problem

PROBLEM, STEPS, PLAN, STOP = "problem.json", "steps.jsonl", "plan.json", "stop"


@dataclass(frozen=True, slots=True)
class Goal:
    """An objective at some moment of a search; `gap` as `Objective` has it."""

    name: str
    value: int
    bound: int
    gap: float


@dataclass(frozen=True, slots=True)
class Step:
    """What a search had reached.

    Attributes:
        at: Seconds since the first search for this problem began, without pauses.
        goals: The objectives, the one that comes first in the order first.
    """

    at: float
    goals: tuple[Goal, ...]


def write_problem(folder: Path, problem: Problem) -> None:
    """Leave the problem for whoever searches."""
    _replace(folder / PROBLEM, json.dumps(problem_json(problem)))


def problem_of(folder: Path) -> Problem:
    """The problem that is searched."""
    return read_problem(json.loads((folder / PROBLEM).read_text()))


def add_step(folder: Path, at: float, objectives: Sequence[Objective]) -> None:
    """Tell how far a search is."""
    goals = [[one.name, one.value, one.bound, one.gap] for one in objectives]
    with (folder / STEPS).open("a") as file:
        file.write(json.dumps([round(at, 2), goals]) + "\n")


def steps_of(folder: Path) -> list[Step]:
    """What was told, in order; a line that is being written is left out."""
    try:
        lines = (folder / STEPS).read_text().splitlines()
    except FileNotFoundError:
        return []
    found = [_step(line) for line in lines]
    return [one for one in found if one is not None]


def write_plan(folder: Path, plan: Plan) -> None:
    """Keep a plan in place of the one before."""
    _replace(folder / PLAN, json.dumps(plan_json(plan)))


def plan_of(folder: Path) -> Plan | None:
    """The best plan so far; None where there is none that can be read."""
    try:
        return read_plan(json.loads((folder / PLAN).read_text()))
    except (OSError, ValueError, PeymanError):
        return None


def _step(line: str) -> Step | None:
    try:
        at, goals = json.loads(line)
    except ValueError:
        return None
    return Step(at, tuple(Goal(*one) for one in goals))


def _replace(path: Path, text: Any) -> None:
    """Write a file so that whoever reads it finds the old one or the new one, whole."""
    being_written = path.with_suffix(f".{os.getpid()}")
    being_written.write_text(text)
    being_written.replace(path)
