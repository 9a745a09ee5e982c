"""How a page solves a movement: what is found at once, and what the checker proves of it."""

import time

from peyman.force.plan import Plan
from peyman.force.planner import Limits, plan_movement
from peyman.force.problem import Problem


def at_once(problem: Problem) -> Plan:
    """The first plan, with its bounds: no search, so the same every time."""
    return plan_movement(problem, Limits(0, time.monotonic))
