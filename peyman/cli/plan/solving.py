"""Solve a movement at the terminal: bounds closing as it goes, Ctrl-C keeps the best."""

import signal
import sys
import time
from types import FrameType

import click

from peyman.cores import usable_cores
from peyman.force.plan import Plan
from peyman.force.planner import plan_movement
from peyman.force.problem import Problem
from peyman.force.ready import is_ready, make_ready
from peyman.force.solve.timing import Limits

_NEVER = 1e12
"""Later than any time that is given."""


class Solver:
    """Solves within a time; told to stop, it gives the best that it has.

    Attributes:
        is_stopped: Whether somebody pressed Ctrl-C; what is solved after that takes no time.
    """

    def __init__(self, seconds: float, seed: int) -> None:
        self.seconds = seconds
        self.seed = seed
        self.is_stopped = False
        self.is_watched = sys.stderr.isatty()

    def __call__(self, problem: Problem) -> Plan:
        """The best plan that is found for a movement."""
        if not is_ready():
            click.echo(
                "Compiling what plans are reckoned with, once: half a minute ...",
                err=True,
            )
            make_ready()
        before = signal.signal(signal.SIGINT, self._stop)
        try:
            seconds = 0 if self.is_stopped else self.seconds
            limits = Limits(seconds, self._now, self.seed, cores=usable_cores())
            return plan_movement(problem, limits, self._tell)
        finally:
            signal.signal(signal.SIGINT, before)
            if self.is_watched:
                click.echo(err=True)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopped = True

    def _now(self) -> float:
        """The time; once somebody said stop, it is over."""
        return _NEVER if self.is_stopped else time.monotonic()

    def _tell(self, plan: Plan) -> bool:
        if self.is_watched:
            told = "  ".join(
                f"{o.name} {o.value} ({o.gap:.1%})" for o in plan.objectives
            )
            click.echo(f"\r{told:<100}", nl=False, err=True)
        return not self.is_stopped
