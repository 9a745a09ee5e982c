"""How long to plan, and whether what takes so long would be over in time."""

from collections.abc import Callable
from dataclasses import dataclass


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


class Time:
    """The time of one plan, from when this is made.

    Attributes:
        is_stopped: Whether somebody said that it is enough.
    """

    def __init__(self, limits: Limits) -> None:
        self.now = limits.now
        self.until = limits.now() + limits.seconds
        self.is_stopped = False

    def is_over(self) -> bool:
        """Whether the time is up or somebody stopped it."""
        return self.is_stopped or self.now() >= self.until

    def has(self, seconds: float, until: float | None = None) -> bool:
        """Whether what takes so long would be over in time, as a whole or for a part of it."""
        ends = self.until if until is None else until
        return not self.is_over() and self.now() + seconds <= ends

    def part(self, share: float) -> float:
        """When so much of the time that is left will be over."""
        now = self.now()
        return now + share * (self.until - now)
