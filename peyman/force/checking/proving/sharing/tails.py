"""What one tail may have done, flight after flight: for all that it has carried, the cheapest ways."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import prod
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.checking.proving.itineraries import NEVER, Ints

_WORKED_MIN: Final = 10
"""Minutes on duty are rounded down to these."""


@dataclass(frozen=True, slots=True)
class Start:
    """Tails that begin alike."""

    place: int
    ready: int
    tails: int


@dataclass(frozen=True, slots=True)
class Rules:
    """A crew's duty and rest, and the minute that ends the reckoning."""

    duty: int
    rest: int
    until: int


@dataclass(frozen=True, slots=True)
class Trip:
    """Something that a tail does: which digit of the state it changes, by how much, at what cost.

    Attributes:
        cost: By minute of the start; what is later never costs less, but for the minutes of `waits`.
        opens: By minute, the first from then on in which it may begin.
        is_empty: Whether it is a ferry; another one has to win something, or carry what is shared.
        waits: Minutes for which it may be worth waiting; 0 is not to wait.
    """

    origin: int
    destination: int
    whole: int
    cost: Ints
    opens: Ints
    is_empty: bool = False
    waits: tuple[int, ...] = (0,)
    stride: int = 0
    levels: int = 0
    units: int = 0


@dataclass(slots=True)
class Labels:
    """What a tail may have done so far, one column each: no other is better in everything."""

    state: Ints
    place: Ints
    ready: Ints
    worked: Ints
    cost: Ints
    is_new: NDArray[np.bool_]

    def only(self, which: Any) -> "Labels":
        """Some of them; `which` is an index of numpy's."""
        return Labels(
            self.state[which],
            self.place[which],
            self.ready[which],
            self.worked[which],
            self.cost[which],
            self.is_new[which],
        )

    @staticmethod
    def joined(rows: Sequence["Labels"]) -> "Labels":
        """All of them."""
        return Labels(
            np.concatenate([one.state for one in rows]),
            np.concatenate([one.place for one in rows]),
            np.concatenate([one.ready for one in rows]),
            np.concatenate([one.worked for one in rows]),
            np.concatenate([one.cost for one in rows]),
            np.concatenate([one.is_new for one in rows]),
        )

    @staticmethod
    def of(start: Start) -> "Labels":
        """A tail that has done nothing yet."""
        nothing = np.zeros(1, dtype=np.int64)
        place, ready = nothing + start.place, nothing + start.ready
        return Labels(nothing, place, ready, nothing, nothing, nothing == 0)

    def least(self, shape: tuple[int, ...]) -> Ints:
        """By what is carried of each group: the least that it costs."""
        least = np.full(prod(shape), NEVER, dtype=np.int64)
        np.minimum.at(least, self.state, self.cost)
        return least.reshape(shape)

    def by_crew(self, duty: int) -> Iterator["Labels"]:
        """Those whose crews are at one place and as tired, together."""
        key = self.place * (duty + 1) + self.worked
        order = np.argsort(key, kind="stable")
        for part in np.split(order, np.flatnonzero(np.diff(key[order])) + 1):
            yield self.only(part)

    def best(self, places: int, duty: int) -> "Labels":
        """Without those that are no sooner ready, and no cheaper, than one with the same done."""
        key = (self.state * places + self.place) * (duty + 1) + self.worked
        order = np.lexsort((self.is_new, self.cost, self.ready, key))
        key, cost = key[order], self.cost[order]
        # Costs of each key stand below those of the key before it, so that one pass does.
        group = np.cumsum(np.concatenate([[0], (key[1:] != key[:-1]).astype(np.int64)]))
        rank = np.unique(cost, return_inverse=True)[1] - group * len(cost)
        least = np.minimum.accumulate(rank)
        keep = np.ones(len(key), dtype=bool)
        keep[1:] = rank[1:] < least[:-1]
        return self.only(order[keep])


def grown(
    kept: Labels, trips: Sequence[Trip], rules: Rules
) -> Iterator[tuple[Labels, int]]:
    """One flight more each time, until none is worth it: what is kept, and how many were asked."""
    ferries = Ferries([trip for trip in trips if trip.is_empty], rules)
    flights = [trip for trip in trips if not trip.is_empty]
    new = kept
    while len(new.state):
        found = [
            row
            for here in new.by_crew(rules.duty)
            for trip in flights
            for row in _done(trip, here, ferries)
        ]
        kept.is_new = np.zeros(len(kept.state), dtype=bool)
        kept = Labels.joined([kept, *found]).best(ferries.places, rules.duty)
        yield kept, sum(len(row.state) for row in found)
        new = kept.only(kept.is_new)


class Ferries:
    """How a crew gets from where it is to where something is loaded, with rests and without."""

    def __init__(self, trips: Sequence[Trip], rules: Rules) -> None:
        self.rules = rules
        self.places = 1 + max(max(one.origin, one.destination) for one in trips)
        self.leaving: dict[int, list[Trip]] = {}
        for one in trips:
            self.leaving.setdefault(one.origin, []).append(one)
        self._ways: dict[tuple[int, int], dict[int, list[tuple[int, int]]]] = {}

    def ways(self, place: int, worked: int, there: int) -> list[tuple[int, int]]:
        """Pairs of minutes that it takes and minutes on duty then, none better in both."""
        if (place, worked) not in self._ways:
            self._ways[place, worked] = self._all(place, worked)
        return self._ways[place, worked].get(there, [])

    def _all(self, place: int, worked: int) -> dict[int, list[tuple[int, int]]]:
        rules, found = self.rules, dict[int, list[tuple[int, int]]]()
        queue = [(0, worked, place)]
        while queue:
            took, worked, place = heappop(queue)
            # What took less stands there already.
            if took > rules.until or any(w <= worked for _, w in found.get(place, ())):
                continue
            found.setdefault(place, []).append((took, worked))
            if worked:
                heappush(queue, (took + rules.rest, 0, place))
            for one in self.leaving.get(place, ()):
                if worked + one.whole <= rules.duty:
                    then = (worked + one.whole) // _WORKED_MIN * _WORKED_MIN
                    heappush(queue, (took + one.whole, then, one.destination))
        return found


def _done(trip: Trip, labels: Labels, ferries: Ferries) -> Iterator[Labels]:
    """What follows when a flight is done next, by crews that are all at one place, as tired."""
    crew = (int(labels.place[0]), int(labels.worked[0]))
    ways = [
        (took, (worked + trip.whole) // _WORKED_MIN * _WORKED_MIN)
        for took, worked in ferries.ways(*crew, trip.origin)
        if worked + trip.whole <= ferries.rules.duty
    ]
    if not ways:
        return
    here = labels
    if trip.units:
        digit = labels.state // trip.stride % (trip.levels + 1)
        here = labels.only(digit + trip.units <= trip.levels)
    for took, worked in ways:
        for wait in trip.waits:
            if wait >= len(trip.cost):
                # Nothing begins after the end of the reckoning.
                break
            ready = here.ready + took
            soon = (ready < len(trip.cost)) if not wait else (ready < wait)
            then = here.only(soon)
            start = trip.opens[np.maximum(ready[soon], wait)]
            cost = np.append(trip.cost, NEVER)[start]
            wins = (cost < NEVER) & ((cost < 0) | (trip.units > 0))
            then, start = then.only(wins), start[wins]
            yield Labels(
                then.state + trip.units * trip.stride,
                np.full(len(start), trip.destination, dtype=np.int64),
                start + trip.whole,
                np.full(len(start), worked, dtype=np.int64),
                then.cost + cost[wins],
                np.ones(len(start), dtype=bool),
            )
