"""Where every tail is and which stands are taken: the board on which flights are put.

A flight is put at the earliest time at which its tail, its crew, both airfields and their
stands allow it. Flights can be taken off again, the last one first.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from peyman.force.solve.network import Network, Trip

Counts = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class State:
    """Where a tail stands, since when, and when its crew began to work."""

    place: str
    ready: int
    began: int | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """A trip on the board; of a loaded one, its parts as (load, pieces)."""

    tail: str
    trip: Trip
    start: int
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def ready(self) -> int:
        """When the turn-round is done."""
        return self.start + self.trip.whole_min

    @property
    def arrive(self) -> int:
        """Touchdown."""
        return self.start + self.trip.away_min

    @property
    def unloaded(self) -> int:
        """When everything is off."""
        return self.arrive + self.trip.unload_min


class _Stands:
    """One airfield's open windows, and how many stands are taken in each minute."""

    def __init__(
        self, opened: tuple[tuple[int, int], ...], working: int, horizon: int
    ) -> None:
        self.opened = opened
        self.starts = [lo for lo, _ in opened]
        self.working = working
        self.taken: Counts = np.zeros(horizon + 1, dtype=np.int16)
        self.parked: Counts = np.zeros(horizon + 1, dtype=np.int16)

    def next_free(self, at: int, width: int) -> int | None:
        """The earliest minute from `at` with a free stand for so long, in one window."""
        while True:
            i = bisect_right(self.starts, at) - 1
            if i < 0 or at + width > self.opened[i][1]:
                if i + 1 >= len(self.starts):
                    return None
                at = max(at, self.starts[i + 1])
                if at + width > self.opened[i + 1][1]:
                    at = self.opened[i + 1][1]
                    continue
            full = (self.taken[at : at + width] >= self.working).nonzero()[0]
            if not len(full):
                return at
            at += int(full[-1]) + 1


class Board:
    """The flights put so far."""

    def __init__(self, network: Network) -> None:
        self.network = network
        horizon = network.horizon
        self.fields = {
            name: _Stands(network.open[name], one.working_mog, horizon)
            for name, one in network.airfields.items()
        }
        self.state = {
            one.id: State(one.base, one.available_from) for one in network.problem.tails
        }
        self.puts: list[Put] = []
        self._before: list[State] = []

    def earliest(self, tail: str, state: State, trip: Trip, first: int) -> int | None:
        """When a tail in that state can begin a trip, not before `first`; None if never."""
        kind = self.network.types[trip.type]
        until = self.network.tails[tail].available_until
        end = (
            self.network.horizon if until is None else min(until, self.network.horizon)
        )
        if trip.whole_min > kind.duty_min:
            return None
        at = max(state.ready, first)
        while True:
            found = self._free(trip, at, end)
            if found is None or state.began is None:
                return found
            is_rested = found - state.ready >= kind.rest_min
            if is_rested or found + trip.whole_min - state.began <= kind.duty_min:
                return found
            at = max(at, state.ready + kind.rest_min)

    def _free(self, trip: Trip, at: int, end: int) -> int | None:
        origin, there = self.fields[trip.origin], self.fields[trip.destination]
        while at + trip.whole_min <= end:
            start = origin.next_free(at, trip.load_min)
            if start is None:
                return None
            lands = there.next_free(start + trip.away_min, trip.ground_min)
            if lands is None:
                return None
            if lands == start + trip.away_min:
                return start if start + trip.whole_min <= end else None
            at = lands - trip.away_min
        return None

    def after(self, tail: str, state: State, trip: Trip, start: int) -> State:
        """The state of a tail when a trip that starts then is over."""
        kind = self.network.types[trip.type]
        is_new = state.began is None or start - state.ready >= kind.rest_min
        began = start if is_new else state.began
        return State(trip.destination, start + trip.whole_min, began)

    def can_park(
        self, tail: str, place: str, since: int, until: int | None = None
    ) -> bool:
        """Whether a tail may stay at an airfield from then on, or until then."""
        most = self.network.airfields[place].parking_mog
        if most is None or self.network.tails[tail].base == place:
            return True
        return not bool((self.fields[place].parked[since:until] >= most).any())

    def put(self, one: Put) -> None:
        """Put a flight on the board, after all others of its tail."""
        old = self.state[one.tail]
        self._mark(one, old, 1)
        self._before.append(old)
        self.state[one.tail] = self.after(one.tail, old, one.trip, one.start)
        self.puts.append(one)

    def take_off(self, upto: int) -> None:
        """Take flights off, the last first, until so many are left."""
        while len(self.puts) > upto:
            one = self.puts.pop()
            old = self._before.pop()
            self.state[one.tail] = old
            self._mark(one, old, -1)

    def add_part(self, index: int, part: tuple[str, int]) -> None:
        """Let a flight carry something more."""
        old = self.puts[index]
        self.puts[index] = replace(old, parts=(*old.parts, part))

    def _mark(self, one: Put, old: State, by: int) -> None:
        trip = one.trip
        self.fields[trip.origin].taken[one.start : one.start + trip.load_min] += by
        self.fields[trip.destination].taken[one.arrive : one.ready] += by
        base = self.network.tails[one.tail].base
        if old.place != base:
            self.fields[old.place].parked[one.start :] -= by
        if trip.destination != base:
            self.fields[trip.destination].parked[one.ready :] += by
