"""How long to plan, and whether what takes so long would be over in time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Final, TypeVar

Item = TypeVar("Item")
_OFTEN: Final = 64
"""So many steps of a long loop are taken between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to plan, by whose clock, and which seed chance has.

    Attributes:
        seconds: From the first call of `now`.
        now: Seconds, from any start.
        seed: The same seed finds the same, as far as the clock allows it.
        turns: How many turns the search takes once the time is over: without time, the same
            number finds the same on every machine.
        cores: With more than one, the search goes on beside the proofs, and what it finds
            depends on the machine.
    """

    seconds: float
    now: Callable[[], float]
    seed: int = 0
    turns: int = 0
    cores: int = 1


class OutOfTime(Exception):
    """Something was begun that is not over in time, and is left unfinished."""


def endless() -> float:
    """What is left where nobody waits: any number of seconds."""
    return inf


def in_time(items: Iterable[Item], left: Callable[[], float]) -> Iterator[Item]:
    """Items one after the other, while some of the seconds are left; the first few in any case.

    Raises:
        OutOfTime: If none are left.
    """
    for i, one in enumerate(items, 1):
        yield one
        if i % _OFTEN == 0 and left() <= 0:
            raise OutOfTime


class Time:
    """The time of one plan, from when this is made.

    Attributes:
        until: When nothing more is begun.
        is_stopped: Whether somebody said that it is enough.
    """

    def __init__(self, limits: Limits) -> None:
        self.now = limits.now
        self.until = self._ends = limits.now() + limits.seconds
        self.is_stopped = False

    def keep(self, seconds: float) -> None:
        """Keep so much of the time for what has to be done once nothing more is begun."""
        self.until = self._ends - seconds

    def is_over(self) -> bool:
        """Whether the time is up or somebody stopped it."""
        return self.is_stopped or self.now() >= self.until

    def has(self, seconds: float, until: float | None = None) -> bool:
        """Whether what takes so long would be over in time, as a whole or for a part of it."""
        ends = self.until if until is None else until
        return not self.is_over() and self.now() + seconds <= ends

    def left(self, until: float) -> float:
        """Seconds until then."""
        return until - self.now()

    def part(self, share: float) -> float:
        """When so much of the time that is left will be over."""
        now = self.now()
        return now + share * (self.until - now)
