"""The cheapest itineraries of a type at given costs: duty after duty, backward in time.

A duty is one of the patterns of `duties`, with waits where the crew's time allows them. All
patterns of as many trips are reckoned together, for as many steps as the shortest duty
with its rest takes. In floating point; the checker reckons anew, exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peyman.force.solve.bounds.duties import Pattern

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
NEVER = 1e18


@dataclass(frozen=True, slots=True)
class _Alike:
    """Patterns of as many trips, all in steps: one row a pattern, one column a trip.

    Attributes:
        number: Which patterns they are.
        actions: Which action each trip is.
        after: When each trip begins, after the first.
        slack: How long the crew can wait in all.
        whole: From the first work to the end of the rest.
        lands: Where it ends.
    """

    number: Ints
    actions: Ints
    after: Ints
    slack: Ints
    whole: Ints
    lands: Ints

    @property
    def spread(self) -> int:
        """The most steps that a trip can begin later than without a wait, wait by wait."""
        waits: int = self.actions.shape[1] - 1
        return waits * int(self.slack.max())

    def cost(self, cost: Floats, value: Floats, lo: int, hi: int) -> Floats:
        """By pattern and step in which it begins: what it costs, and all that follows it."""
        width = hi - lo + self.spread
        every = np.arange(width)
        found: Floats = value[self.lands[:, None], lo + self.whole[:, None] + every]
        for i in range(self.actions.shape[1] - 1, -1, -1):
            if found.shape[1] > width:
                found = least_within(found, self.slack, width)
            every = np.arange(width)
            found = (
                found
                + cost[
                    self.actions[:, i][:, None], lo + self.after[:, i][:, None] + every
                ]
            )
            width -= int(self.slack.max())
        return found


def least_within(rows: Floats, reach: Ints, width: int) -> Floats:
    """For each row and column the least entry from there to `reach` columns on.

    >>> rows = np.array([[3.0, 1.0, 2.0, 0.0], [3.0, 1.0, 2.0, 0.0]])
    >>> least_within(rows, np.array([0, 2]), 2).tolist()
    [[3.0, 1.0], [1.0, 0.0]]
    """
    found = np.empty((len(rows), width))
    level, span = rows, 1
    while True:
        now = (reach + 1 >= span) & (reach + 1 < 2 * span)
        if now.any():
            part = level[now]
            last = (reach[now] + 1 - span)[:, None] + np.arange(width)
            found[now] = np.minimum(
                part[:, :width], np.take_along_axis(part, last, axis=1)
            )
        if (reach + 1 < 2 * span).all():
            return found
        level = np.minimum(level[:, :-span], level[:, span:])
        span *= 2


class Itineraries:
    """The patterns of one type on a grid, ready to be reckoned at any costs."""

    def __init__(
        self,
        patterns: Sequence[tuple[Pattern, tuple[int, ...]]],
        places: dict[str, int],
        crew: tuple[int, int],
        grid: int,
    ) -> None:
        """Take the patterns of a type.

        Args:
            patterns: Each with the numbers of its trips as actions.
            places: Airfield to its number.
            crew: Duty and rest, in minutes.
            grid: Minutes of a step.
        """
        duty, rest = crew
        self.patterns = patterns
        self.origin = np.array(
            [places[one.origin] for one, _ in patterns], dtype=np.intp
        )
        self.places = len(places)
        self.alike: list[_Alike] = []
        for n in sorted({len(one.trips) for one, _ in patterns}):
            rows = [i for i, (one, _) in enumerate(patterns) if len(one.trips) == n]
            own = [patterns[i][0] for i in rows]
            begins = [
                [sum(t.whole_min for t in one.trips[:k]) for k in range(n)]
                for one in own
            ]
            whole = np.array([one.whole_min for one in own])
            self.alike.append(
                _Alike(
                    np.array(rows, dtype=np.intp),
                    np.array([patterns[i][1] for i in rows], dtype=np.intp),
                    np.rint(np.array(begins) / grid).astype(np.intp),
                    ((duty - whole) // grid).astype(np.intp),
                    np.maximum(1, np.rint((whole + rest) / grid)).astype(np.intp),
                    np.array([places[one.destination] for one in own], dtype=np.intp),
                )
            )
        self.together = min((int(one.whole.min()) for one in self.alike), default=1)
        self.reach = max(
            (int(one.whole.max()) + one.spread + 1 for one in self.alike), default=1
        )

    def backward(self, cost: Floats) -> tuple[Floats, Ints]:
        """By place and step the value of a rested tail, and the pattern to begin; -1 to wait."""
        steps = cost.shape[1]
        value = np.zeros((self.places, steps + self.reach))
        choice = np.full((self.places, steps), -1, dtype=np.intp)
        shut = np.full((len(cost), self.reach), NEVER)
        costs = np.concatenate([cost, shut], axis=1)
        for hi in range(steps, 0, -self.together):
            lo = max(0, hi - self.together)
            self._block(costs, value, choice, (lo, hi))
        return value[:, : steps + 1], choice

    def _block(
        self, cost: Floats, value: Floats, choice: Ints, span: tuple[int, int]
    ) -> None:
        lo, hi = span
        begun = np.empty((len(self.patterns), hi - lo))
        for one in self.alike:
            begun[one.number] = one.cost(cost, value, lo, hi)
        every = np.arange(hi - lo)
        for place in range(self.places):
            here = value[place, lo : hi + 1]
            rows = np.flatnonzero(self.origin == place)
            here[:-1] = here[-1]
            if len(rows):
                which = begun[rows].argmin(axis=0)
                least = begun[rows[which], every]
                here[:-1] = least
                here[:] = np.minimum.accumulate(here[::-1])[::-1]
                does = (least == here[:-1]) & (least < here[1:])
                choice[place, lo:hi][does] = rows[which[does]]

    def follow(
        self, cost: Floats, value: Floats, choice: Ints, start: tuple[int, int]
    ) -> Iterator[tuple[int, int]]:
        """What a tail does that is rested there and then: (action, step) one after the other."""
        place, step = start
        steps = choice.shape[1]
        while step < steps:
            ahead = np.flatnonzero(choice[place, step:] >= 0)
            if not len(ahead):
                return
            step += int(ahead[0])
            number = int(choice[place, step])
            waited = 0
            for action, at, wait in self._timed(number, cost, value, step):
                yield action, at
                waited = wait
            one, row = self._row(number)
            step += int(one.whole[row]) + waited
            place = int(one.lands[row])

    def _row(self, number: int) -> tuple[_Alike, int]:
        for one in self.alike:
            row = int(np.searchsorted(one.number, number))
            if row < len(one.number) and one.number[row] == number:
                return one, row
        raise KeyError(number)

    def _timed(
        self, number: int, cost: Floats, value: Floats, step: int
    ) -> Iterator[tuple[int, int, int]]:
        """The trips of a duty that begins then: action, step, and how long it has waited."""
        one, row = self._row(number)
        slack = int(one.slack[row])
        last = one.actions.shape[1] - 1
        steps = cost.shape[1]
        waits = np.arange(slack * last + 1)

        def at(i: int) -> Floats:
            when = step + int(one.after[row, i]) + waits
            inside = np.minimum(when, steps - 1)
            return np.where(when < steps, cost[one.actions[row, i], inside], NEVER)

        ends = np.minimum(step + int(one.whole[row]) + waits, value.shape[1] - 1)
        onward = [at(last) + value[one.lands[row], ends]]
        for i in range(last - 1, -1, -1):
            then = onward[0]
            ahead = [then[w : w + slack + 1].min() for w in range(len(then))]
            onward.insert(0, at(i) + np.array(ahead))
        wait = 0
        for i in range(last + 1):
            if i:
                wait += int(onward[i][wait : wait + slack + 1].argmin())
            action = int(one.actions[row, i])
            yield action, step + int(one.after[row, i]) + wait, wait
