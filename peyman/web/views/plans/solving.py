"""How a page solves a movement: what is found at once, and what the checker proves of it."""

import time
from functools import lru_cache

from peyman.case.planning.generation import generation
from peyman.case.planning.moving import Direction, movement
from peyman.case.reading import Reading
from peyman.case.tracking.kept_plan import Kept, in_force
from peyman.force.plan import Plan
from peyman.force.planner import plan_movement
from peyman.force.problem import Problem
from peyman.force.solve.timing import Limits
from peyman.web.entrance.access import is_near
from peyman.web.searches import runs
from peyman.web.views.base import CasePage

_MINUTE = 60
_TURNS = 100
_SMALL = 10_000
"""Loads times aircraft; so many turns take about a second then."""


@lru_cache(maxsize=16)
def at_once(problem: Problem) -> Plan:
    """A plan in the time of a page: the same every time, since turns are counted and not seconds."""
    is_small = len(problem.loads) * len(problem.tails) <= _SMALL
    turns = _TURNS if is_small else 0
    return plan_movement(problem, Limits(0, lambda: 0.0, turns=turns))


def plan_now(reading: Reading, way: Direction) -> Kept:
    """The plan of a movement with its problem: the one in force, else what is found at once."""
    was = in_force(reading, way)
    if was is not None:
        return was.kept
    problem = movement(reading, generation(reading), way)
    return Kept(way, problem, at_once(problem))


def best_known(problem: Problem) -> Plan:
    """The best plan that somebody searched for on this server, else what is found at once."""
    return runs.found(problem) or at_once(problem)


def now_of(page: CasePage) -> int:
    """This minute in a live case as it is now; else the moment of the page."""
    if page.follows:
        return int(time.time()) // _MINUTE * _MINUTE
    return page.reading.at


def may_work(page: CasePage) -> bool:
    """Whether who asks may have this machine work for longer than a page takes.

    That is who has a part in the case, and whoever sits at the machine itself.
    """
    return page.membership is not None or is_near(page.request)
