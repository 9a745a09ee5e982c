"""Where every tail is and which stands are taken: the board on which flights are put.

A flight is put at the earliest time at which its tail, its crew, both airfields and their
stands allow it. Flights can be taken off again, the last one first.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from peyman.force.solve.dispatching.stands import Shut, Stands, min_of
from peyman.force.solve.network import Network, Trip, Way


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


Standing = tuple[int, int, str]
"""When a tail is ready, its number, its name."""


class Coming(NamedTuple):
    """The tails of a type at an airfield, and what they fly to come to another.

    Attributes:
        ferry_min: From the start of the ferry until they can begin something; 0 if they are there.
        lift_min: Of it, in the air.
    """

    place: str
    tails: list[Standing]
    ferry_min: int
    lift_min: int


class Homing(NamedTuple):
    """Minutes in the air to each base that can be reached, 0 where a tail may stay; and the least."""

    by_base: dict[str, int]
    least_min: int


class Board:
    """The flights put so far.

    Attributes:
        standing: The tails of a type at an airfield, those that are ready first at the front.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        horizon = network.horizon
        self.fields = {
            name: Stands(network.open[name], one.working_mog, horizon)
            for name, one in network.airfields.items()
        }
        self.state = {
            one.id: State(one.base, one.available_from) for one in network.problem.tails
        }
        self._ends = {
            one.id: min_of(one.available_until, horizon)
            for one in network.problem.tails
        }
        self.standing: dict[tuple[str, str], list[Standing]] = {}
        self._number = {name: i for i, name in enumerate(self.state)}
        for name, state in self.state.items():
            self._stand(name, state.place).append(self._standing(name))
        for row in self.standing.values():
            row.sort()
        self.puts: list[Put] = []
        self._before: list[State] = []
        self._shut: dict[Way, tuple[int, Shut]] = {}
        self._coming: dict[tuple[str, str], list[Coming]] = {}
        self._homing: dict[tuple[str, str], Homing] = {}
        # One more tail, whichever, may stay for good.
        self._staying = Homing({one.base: 0 for one in network.problem.tails}, 0)

    def _stand(self, tail: str, place: str) -> list[Standing]:
        return self.standing.setdefault((self.network.tails[tail].type, place), [])

    def _standing(self, tail: str) -> Standing:
        return self.state[tail].ready, self._number[tail], tail

    def move(self, tail: str, state: State) -> None:
        """Let a tail be in another state."""
        row = self._stand(tail, self.state[tail].place)
        del row[bisect_left(row, self._standing(tail))]
        self.state[tail] = state
        insort(self._stand(tail, state.place), self._standing(tail))

    def earliest(self, tail: str, state: State, trip: Trip, first: int) -> int | None:
        """When a tail in that state can begin a trip, not before `first`; None if never."""
        kind = self.network.types[trip.type]
        end = self._ends[tail]
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

    def free_from(self, trip: Trip, at: int) -> int | None:
        """When a trip finds its stands, whoever flies it; None if never."""
        return self._free(trip, at, self.network.horizon)

    def known(self, trip: Trip) -> Shut:
        """When a trip is known not to find its stands, until one is given back."""
        origin, there = self.fields[trip.origin], self.fields[trip.destination]
        version = origin.version + there.version
        known = self._shut.get(trip.way)
        if known is None or known[0] != version:
            known = self._shut[trip.way] = (version, Shut())
        return known[1]

    def _free(self, trip: Trip, at: int, end: int) -> int | None:
        origin, there = self.fields[trip.origin], self.fields[trip.destination]
        known = self.known(trip)
        first, at = at, known.skip(at)
        away, last = trip.away_min, end - trip.whole_min
        while at <= last:
            start = origin.next_free(at, trip.load_min)
            if start is None:
                return None
            lands = there.next_free(start + away, trip.ground_min)
            if lands is None:
                return None
            if lands == start + away:
                if start > first:
                    known.add(first, start)
                return start if start <= last else None
            at = lands - away
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
        # Where it stands now it is counted until the end: it will have left before it is back.
        own = int(self.state[tail].place == place)
        return not self.fields[place].is_parked_full(most + own, since, until)

    def coming(self, kind: str, to: str) -> list[Coming]:
        """From where tails of a type can come to an airfield; some of these have none now."""
        found = self._coming.get((kind, to))
        if found is None:
            found = self._coming[kind, to] = list(self._come(kind, to))
        return found

    def _come(self, kind: str, to: str) -> Iterator[Coming]:
        for place in self.fields:
            tails = self.standing.setdefault((kind, place), [])
            if place == to:
                yield Coming(place, tails, 0, 0)
            elif ferry := self.network.ferries.get((kind, place, to)):
                yield Coming(place, tails, ferry.whole_min, ferry.block_min)

    def homing(self, here: str, trip: Trip) -> Homing:
        """What tails that stand here fly home from the end of a trip."""
        place = trip.destination
        most = self.network.airfields[place].parking_mog
        # Where it stands now it is counted until the end: it will have left before it is back.
        if most is None or self.fields[place].onward < most + (here == place):
            return self._staying
        found = self._homing.get((trip.type, place))
        if found is None:
            found = self._homing[trip.type, place] = self._home(trip.type, place)
        return found

    def _home(self, kind: str, place: str) -> Homing:
        ferries = self.network.ferries
        by_base = {
            base: 0 if base == place else ferries[kind, place, base].block_min
            for base in self._staying.by_base
            if base == place or (kind, place, base) in ferries
        }
        return Homing(by_base, min(by_base.values(), default=0))

    def put(self, one: Put) -> None:
        """Put a flight on the board, after all others of its tail."""
        old = self.state[one.tail]
        self._mark(one, old, 1)
        self._before.append(old)
        self.move(one.tail, self.after(one.tail, old, one.trip, one.start))
        self.puts.append(one)

    def take_off(self, upto: int) -> None:
        """Take flights off, the last first, until so many are left."""
        while len(self.puts) > upto:
            one = self.puts.pop()
            old = self._before.pop()
            self.move(one.tail, old)
            self._mark(one, old, -1)

    def add_part(self, index: int, part: tuple[str, int]) -> None:
        """Let a flight carry something more."""
        old = self.puts[index]
        self.puts[index] = Put(old.tail, old.trip, old.start, (*old.parts, part))

    def _mark(self, one: Put, old: State, by: int) -> None:
        trip = one.trip
        if trip.load_min:
            self.fields[trip.origin].work(one.start, one.start + trip.load_min, by)
        self.fields[trip.destination].work(one.arrive, one.ready, by)
        base = self.network.tails[one.tail].base
        if old.place != base:
            self.fields[old.place].park(one.start, None, -by)
        if trip.destination != base:
            self.fields[trip.destination].park(one.ready, None, by)
