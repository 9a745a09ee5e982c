"""Searches for a better plan: begun, looked at and stopped by any process of the server.

One runs at a time on a machine: a lock that the searching process holds, and that the kernel takes
back however it ends. What is found is kept by the digest of its problem, so that whoever asks for
the same problem next has it; it is checked again before it is shown, like anything that was read.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peyman.force.checking import check
from peyman.force.plan import Plan
from peyman.force.problem import Problem
from peyman.force.strict import digest
from peyman.web import surroundings
from peyman.web.lockfile import locked
from peyman.web.searches import told

SECONDS = (30, 120, 600)
"""How long one may search."""

_MOST = 40
"""Problems whose searches are kept; the oldest go."""


@dataclass(frozen=True, slots=True)
class Run:
    """All searches for one problem.

    Attributes:
        steps: What they told, one after the other.
        is_running: Whether one goes on now.
        is_other: Whether one for another problem does, so that none can begin here.
    """

    steps: tuple[told.Step, ...]
    is_running: bool
    is_other: bool


def run_of(problem: Problem) -> Run:
    """How far the search for a problem is."""
    running = _running()
    name = digest(problem)
    steps = tuple(told.steps_of(_folder(name)))
    return Run(steps, running == name, running not in (None, name))


def start(problem: Problem, seconds: int) -> bool:
    """Begin to search, if no other search runs.

    Args:
        problem: The problem.
        seconds: How long; one of `SECONDS`.

    Returns:
        Whether it began.
    """
    with _taken() as lock:
        if lock is None:
            return False
        name = digest(problem)
        folder = _folder(name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.utime(folder)
        _forget_oldest()
        (folder / told.STOP).unlink(missing_ok=True)
        told.write_problem(folder, problem)
        os.ftruncate(lock, 0)
        os.write(lock, name.encode())
        # The lock goes with the open file: the process has it until it ends.
        own = (str(folder), str(seconds), str(os.getpid()))
        process = subprocess.Popen(  # noqa: S603  # this program, on a folder of our own
            [sys.executable, "-m", "peyman.web.searches.searching", *own],
            pass_fds=(lock,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        # Somebody has to hear that it ended, or it stays on as a zombie.
        threading.Thread(target=process.wait, daemon=True).start()
    return True


def stop(problem: Problem) -> None:
    """Tell the search for a problem to stop and keep the best that it has."""
    folder = _folder(digest(problem))
    if folder.is_dir():
        (folder / told.STOP).touch()


def found(problem: Problem) -> Plan | None:
    """The best plan that was searched for, if the checker allows it; None without one."""
    name = digest(problem)
    plan = told.plan_of(_folder(name))
    if plan is None or plan.problem != name or check(problem, plan):
        return None
    return plan


def _root() -> Path:
    return surroundings.home() / "searches"


def _folder(name: str) -> Path:
    return _root() / name.replace(":", "-")


@contextmanager
def _taken() -> Iterator[int | None]:
    """The lock of the one search that may run; None if one does."""
    _root().mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(_root() / "running", waits=False) as lock:
        yield lock


def _running() -> str | None:
    """The problem for which is searched now."""
    with _taken() as lock:
        return None if lock is not None else (_root() / "running").read_text()


def _forget_oldest() -> None:
    folders = [one for one in _root().iterdir() if one.is_dir()]
    for old in sorted(folders, key=lambda one: one.stat().st_mtime)[:-_MOST]:
        shutil.rmtree(old, ignore_errors=True)
