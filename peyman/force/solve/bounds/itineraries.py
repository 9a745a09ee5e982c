"""The cheapest itineraries of a type at given costs: duty after duty, backward in time.

A duty is one of the patterns of `duties`, with waits where the crew's time allows them. In
floating point; the checker reckons anew, exactly.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.solve.bounds.duties import Pattern

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = 1e18
WHOLE: Final = 0
"""Of a duty, in steps: until its crew is rested."""
SLACK: Final = 1
"""How long it can wait before each trip."""
ORIGIN: Final = 2
LANDS: Final = 3
FIRST: Final = 4
"""Where its trips begin among those of all duties."""
COUNT: Final = 5


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
        self.places = len(places)
        duty, rest = crew
        rows: list[tuple[int, ...]] = []
        trips: list[tuple[int, int]] = []
        for one, actions in patterns:
            whole = max(1, round((one.whole_min + rest) / grid))
            slack = (duty - one.whole_min) // grid
            ends = (places[one.origin], places[one.destination])
            rows.append((whole, slack, *ends, len(trips), len(actions)))
            after = 0
            for action, trip in zip(actions, one.trips, strict=True):
                trips.append((action, round(after / grid)))
                after += trip.whole_min
        self.duties: Ints = np.array(rows, dtype=np.int64).reshape(-1, 6)
        self.trips: Ints = np.array(trips, dtype=np.int64).reshape(-1, 2)
        waits = self.duties[:, SLACK] * (self.duties[:, COUNT] - 1)
        self.together = min((row[WHOLE] for row in rows), default=1)
        self.reach = max((row[WHOLE] for row in rows), default=1)
        self.reach += int(waits.max(initial=0)) + 1

    def backward(self, cost: Floats) -> tuple[Floats, Ints]:
        """By place and step the value of a rested tail, and the duty to begin; -1 to wait."""
        # Numba takes a third of a second to import.
        from peyman.force.solve.bounds.compiled import backward

        steps = cost.shape[1]
        value = np.zeros((self.places, steps + self.reach))
        choice = np.full((self.places, steps), -1, dtype=np.int64)
        shut = np.full((len(cost), self.reach), NEVER)
        costs = np.concatenate([cost, shut], axis=1)
        room = np.zeros(self.together + self.reach)
        duties = (self.duties, self.trips)
        backward(costs, value, choice, duties, self.together, room)
        return value[:, : steps + 1], choice

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
            duty = self.duties[choice[place, step]]
            waited = 0
            for action, at, wait in self._timed(duty, cost, value, step):
                yield action, at
                waited = wait
            step += int(duty[WHOLE]) + waited
            place = int(duty[LANDS])

    def _timed(
        self, duty: Ints, cost: Floats, value: Floats, step: int
    ) -> Iterator[tuple[int, int, int]]:
        """The trips of a duty that begins then: action, step, and how long it has waited."""
        slack, count = int(duty[SLACK]), int(duty[COUNT])
        trips = self.trips[duty[FIRST] : duty[FIRST] + count].tolist()
        steps = cost.shape[1]
        waits = np.arange(slack * (count - 1) + 1)

        def at(i: int) -> Floats:
            action, after = trips[i]
            when = step + after + waits
            inside = np.minimum(when, steps - 1)
            return np.where(when < steps, cost[action, inside], NEVER)

        ends = np.minimum(step + int(duty[WHOLE]) + waits, value.shape[1] - 1)
        onward = [at(count - 1) + value[duty[LANDS], ends]]
        for i in range(count - 2, -1, -1):
            then = onward[0]
            ahead = [then[w : w + slack + 1].min() for w in range(len(then))]
            onward.insert(0, at(i) + np.array(ahead))
        wait = 0
        for i, (action, after) in enumerate(trips):
            if i:
                wait += int(onward[i][wait : wait + slack + 1].argmin())
            yield action, step + after + wait, wait
