"""The cheapest that one tail can do from each place and time on, in whole numbers.

A tail is rested, or on duty since a certain time. The reckoning goes backward in time and
takes many duties at once: a duty that began later never depends on one that began before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NEVER: Final = 1 << 55


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a tail does: from where to where, in how many steps, at what cost.

    Attributes:
        origin, destination: Numbers of places.
        steps: One at least.
        cost: By the step in which it begins; `NEVER` where it may not.
    """

    origin: int
    destination: int
    steps: int
    cost: Ints


@dataclass(frozen=True, slots=True)
class Crew:
    """What binds a crew, in steps: its duty, its rest, and how exactly a duty is timed.

    Attributes:
        began: The beginning of a duty is known to so many steps; the crew works on as if it had
            begun at the last of them.
    """

    duty: int
    rest: int
    began: int


def cheapest(
    places: int, steps: int, actions: Sequence[Action], crew: Crew
) -> list[Ints]:
    """For each place, by step, the cheapest itinerary of a rested tail from there on.

    The last entry, and all that would follow it, is the end: nothing is done any more.
    """
    able = [one for one in actions if one.steps <= crew.duty]
    value = [np.zeros(steps + 1, dtype=np.int64) for _ in range(places)]
    # Nothing is worth doing after the last minute at which something earns.
    earns = [np.flatnonzero(one.cost[:steps] < 0)[-1:] for one in able]
    upto = max((int(one[0]) + 1 for one in earns if len(one)), default=0)
    # What wins nothing is not done last.
    ends = [
        int(one[0]) + by.steps for one, by in zip(earns, able, strict=True) if len(one)
    ]
    if upto and (crew.rest == 0 or crew.duty >= max(ends)):
        _unbound(value, able, upto)
    elif upto:
        _backward(value, able, crew, upto)
    return value


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A tail whose crew has worked already, in steps.

    Attributes:
        place: Where it is, by number.
        start: From when on it may do something.
        left: How long its crew may work from then on.
        rested: When it is rested if it does nothing more; not before `start`.
    """

    place: int
    start: int
    left: int
    rested: int


def cheapest_on_duty(
    value: Sequence[Ints], actions: Sequence[Action], crew: Crew, tail: OnDuty
) -> int:
    """The cheapest that a tail can do which is on duty; `value` is what `cheapest` gives."""
    if tail.rested <= tail.start or tail.start + tail.left >= len(value[0]) - 1:
        return _at(value[tail.place], tail.start)
    leaving: dict[int, list[Action]] = {}
    for one in actions:
        leaving.setdefault(one.origin, []).append(one)
    found: dict[tuple[int, int], int] = {}
    for k in range(tail.left, -1, -1):
        for place in range(len(value)):
            best = _at(value[place], tail.start + k + crew.rest)
            if k < tail.left:
                best = min(best, found[place, k + 1])
            for one in leaving.get(place, ()):
                if k + one.steps <= tail.left and tail.start + k < len(one.cost):
                    then = found[one.destination, k + one.steps]
                    best = min(best, int(one.cost[tail.start + k]) + then)
            found[place, k] = best
    return min(found[tail.place, 0], _at(value[tail.place], tail.rested))


def _unbound(value: list[Ints], actions: Sequence[Action], upto: int) -> None:
    """The same where no duty is too long, or no rest takes any time."""
    # Who only reads plans does not wait for numba.
    from peyman.force.checking.proving.compiled import backward_unbound

    rested = np.array(value)
    beyond = max(one.steps for one in actions)
    rested = np.pad(rested, ((0, 0), (0, beyond)))
    cost = np.array([one.cost[:upto] for one in actions])
    ends = [(one.origin, one.destination, one.steps) for one in actions]
    backward_unbound(rested, cost, np.array(ends, dtype=np.int64))
    for row, found in zip(value, rested, strict=True):
        row[:upto] = found[:upto]


def _at(row: Ints, step: int) -> int:
    return int(row[min(step, len(row) - 1)])


def _backward(
    value: list[Ints], actions: Sequence[Action], crew: Crew, upto: int
) -> None:
    """Fill in the first `upto` steps of each place."""
    # Who only reads plans does not wait for numba.
    from peyman.force.checking.proving.compiled import backward

    shortest = min(one.steps for one in actions)
    longest = max(one.steps for one in actions)
    apart = min(crew.began, shortest + crew.rest)
    width = crew.duty + apart
    slots = -(-(upto + 1) // apart)
    # What comes after the end of the reckoning costs nothing, and earns nothing.
    beyond = width + crew.rest + shortest + 2 * apart
    rested = np.pad(np.array(value), ((0, 0), (0, beyond)))
    ordered = sorted(actions, key=lambda one: one.origin)
    cost = np.full((len(ordered), rested.shape[1]), NEVER, dtype=np.int64)
    for row, one in zip(cost, ordered, strict=True):
        inside = one.cost[: len(value[0])]
        row[: len(inside)] = inside
    ends = [(one.origin, one.destination, one.steps) for one in ordered]
    flights = np.array(ends, dtype=np.int64)
    firsts = np.searchsorted(flights[:, 0], np.arange(len(value) + 1))
    never = np.full((len(value), width + longest), NEVER, dtype=np.int64)
    times = (width, crew.rest, shortest, apart)
    moves = (cost, flights, firsts.astype(np.int64))
    backward(rested, moves, times, slots, (never, never.copy()))
    for row, found in zip(value, rested, strict=True):
        row[:upto] = found[:upto]
