"""The cheapest that one tail can do from each place and time on, in whole numbers.

A tail is rested, or on duty since a certain time. The reckoning goes backward in time and
takes many duties at once: a duty that began later never depends on one that began before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import as_strided
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
    if upto:
        _Duties(value, able, crew).backward(upto)
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


def _at(row: Ints, step: int) -> int:
    return int(row[min(step, len(row) - 1)])


class _Duties:
    """The duties of one type. `rested` is what it fills: by place, the value of each step."""

    def __init__(self, rested: list[Ints], actions: list[Action], crew: Crew) -> None:
        self.shortest = min(one.steps for one in actions)
        self.apart = min(crew.began, self.shortest + crew.rest)
        self.crew = crew
        self.width = crew.duty + self.apart
        self.rested = rested
        # What comes after the end of the reckoning costs nothing, and earns nothing.
        beyond = self.width + crew.rest + self.shortest + 2 * self.apart
        self.value = [
            np.concatenate([row, np.zeros(beyond, dtype=np.int64)]) for row in rested
        ]
        shut = np.full(beyond, NEVER, dtype=np.int64)
        self.leaving: dict[int, list[tuple[Action, Ints]]] = {}
        for one in actions:
            cost = np.concatenate([one.cost[: len(rested[0])], shut])
            self.leaving.setdefault(one.origin, []).append((one, cost))

    def backward(self, steps: int) -> None:
        """All duties, those that begin last first; as many together as may be."""
        together = max(1, (self.shortest + self.crew.rest) // self.apart)
        slots = -(-(steps + 1) // self.apart)
        for until in range(slots, 0, -together):
            self._begin(max(0, until - together) * self.apart, min(together, until))
        for row, value in zip(self.rested, self.value, strict=True):
            row[:steps] = value[:steps]

    def _begin(self, first: int, slots: int) -> None:
        """The duties that begin in so many slots, from a step on."""
        worked = self._worked(first, slots)
        upto = first + slots * self.apart
        for place, value in enumerate(self.value):
            if place in self.leaving:
                begun = worked[place][:, : self.apart].reshape(-1)
                value[first:upto] = begun
            else:
                value[first:upto] = value[upto]
            tail = value[first : upto + 1][::-1]
            np.minimum.accumulate(tail, out=tail)

    def _worked(self, first: int, slots: int) -> dict[int, Ints]:
        """By place: slot by slot, what is left to do on duty, by steps since the slot's first."""
        shape = (slots, self.width + max(self.shortest, self._longest()))
        onward = [self._never(shape) for _ in self.value]
        working = {place: self._never(shape) for place in self.leaving}
        begun = {
            place: [(one, self._slots(cost, first, slots)) for one, cost in rows]
            for place, rows in self.leaving.items()
        }
        rested = [self._slots(row, first + self.crew.rest, slots) for row in self.value]
        for hi in range(self.width, 0, -self.shortest):
            lo = max(0, hi - self.shortest)
            for place, onward_here in enumerate(onward):
                # Whoever has just done something may rest from now on.
                part = onward_here[:, lo:hi]
                part[:] = rested[place][:, lo:hi]
                if place in working:
                    here = working[place]
                    for one, cost in begun[place]:
                        then = onward[one.destination]
                        whole = then[:, lo + one.steps : hi + one.steps]
                        whole = whole + cost[:, lo:hi]
                        np.minimum(here[:, lo:hi], whole, out=here[:, lo:hi])
                    row = here[:, lo : hi + 1][:, ::-1]
                    np.minimum.accumulate(row, axis=1, out=row)
                    np.minimum(part, here[:, lo:hi], out=part)
        return working

    def _longest(self) -> int:
        return max(one.steps for rows in self.leaving.values() for one, _ in rows)

    def _slots(self, row: Ints, first: int, slots: int) -> Ints:
        """A row by slot and by steps since the slot's first, without copying it."""
        (size,) = row.strides
        part = row[first:]
        view: Ints = as_strided(
            part,
            (slots, self.width),
            (size * self.apart, size),
            writeable=False,
        )
        return view

    @staticmethod
    def _never(shape: tuple[int, int]) -> Ints:
        return np.full(shape, NEVER, dtype=np.int64)
