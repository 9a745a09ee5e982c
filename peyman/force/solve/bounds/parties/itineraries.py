"""The cheapest itineraries of a type at given costs: duty after duty, backward in time.

A duty is one of the patterns of `duties`, with waits where the crew's time allows them. Where a duty
holds so many trips that their patterns are too many, it is reckoned trip by trip, each rounded to whole
steps. In floating point; the checker reckons anew, exactly.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.solve.bounds.parties.duties import Pattern

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Follow = Callable[[tuple[int, int]], Iterator[tuple[int, int]]]
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
FROM: Final = 0
TO: Final = 1
STEPS: Final = 2
"""The last three are of a trip, where each is reckoned by itself."""


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
        from peyman.force.solve.bounds.parties.compiled import backward

        steps = cost.shape[1]
        value = np.zeros((self.places, steps + self.reach))
        choice = np.full((self.places, steps), -1, dtype=np.int64)
        shut = np.full((len(cost), self.reach), NEVER)
        costs = np.concatenate([cost, shut], axis=1)
        room = np.zeros(self.together + self.reach)
        duties = (self.duties, self.trips)
        backward(costs, value, choice, duties, self.together, room)
        return value[:, : steps + 1], choice

    def cheapest(self, cost: Floats) -> tuple[Floats, Follow]:
        """The same, and what says for any start (place, step) what a tail then does."""
        value, choice = self.backward(cost)
        return value, partial(self.follow, cost, value, choice)

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


class ByTrip:
    """The same of trips that follow each other freely, as long as the duty lasts."""

    def __init__(
        self,
        trips: Sequence[tuple[int, int, int]],
        places: int,
        crew: tuple[int, int],
        grid: int,
    ) -> None:
        """Take the trips of a type.

        Args:
            trips: Origin, destination and minutes, one at least, numbered as the type's actions are.
            places: How many airfields there are.
            crew: Duty and rest, in minutes; a rest takes some time.
            grid: Minutes of a step.
        """
        rows = [
            (origin, place, max(1, round(minutes / grid)))
            for origin, place, minutes in trips
        ]
        self.trips: Ints = np.array(rows, dtype=np.int64)
        self.crew = (round(crew[0] / grid), max(1, round(crew[1] / grid)))
        width = self.crew[0] + 2 + int(self.trips[:, STEPS].max())
        self.duty = (np.full((places, width), NEVER), np.full((places, width), NEVER))

    def backward(self, cost: Floats) -> tuple[Floats, Floats]:
        """By place and step the value of a rested tail; and the costs, with what lies beyond the last step."""
        # Numba takes a third of a second to import.
        from peyman.force.solve.bounds.parties.compiled import backward_by_trip

        duty, rest = self.crew
        beyond = np.full((len(cost), duty + 1), NEVER)
        costs = np.concatenate([cost, beyond], axis=1)
        value = np.zeros((len(self.duty[0]), costs.shape[1] + rest))
        backward_by_trip(value, (costs, self.trips), self.crew, self.duty)
        return value, costs

    def cheapest(self, cost: Floats) -> tuple[Floats, Follow]:
        """What `backward` gives, and what says for any start what a tail then does."""
        value, costs = self.backward(cost)
        return value, partial(self.follow, cost, value, costs)

    def follow(
        self, cost: Floats, value: Floats, costs: Floats, start: tuple[int, int]
    ) -> Iterator[tuple[int, int]]:
        """What a tail does that is rested there and then: (action, step) one after the other."""
        from peyman.force.solve.bounds.parties.compiled import on_duty

        place, step = start
        while step < cost.shape[1]:
            row = value[place, step : cost.shape[1] + 1]
            ahead = np.flatnonzero(row[:-1] < row[1:])
            if not len(ahead):
                return
            step += int(ahead[0])
            on_duty(value, (costs, self.trips), self.crew, step, self.duty)
            for action, at in self._followed(value, costs, place, step):
                yield action, at
                place = int(self.trips[action, TO])
                ends = at + int(self.trips[action, STEPS])
            step = ends + self.crew[1]

    def _followed(
        self, value: Floats, costs: Floats, place: int, first: int
    ) -> Iterator[tuple[int, int]]:
        """The trips of the duty that begins then, as it was reckoned last."""
        working, onward = self.duty
        worked = 0
        while (
            not worked
            or working[place, worked] < (value[place, first + worked + self.crew[1]])
        ):
            row = working[place]
            worked += int((row[worked:-1] < row[worked + 1 :]).argmax())
            after = onward[self.trips[:, TO], worked + self.trips[:, STEPS]]
            sums = costs[:, first + worked] + after
            sums[self.trips[:, FROM] != place] = NEVER
            action = int(sums.argmin())
            yield action, first + worked
            place = int(self.trips[action, TO])
            worked += int(self.trips[action, STEPS])
