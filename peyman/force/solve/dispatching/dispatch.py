"""List scheduling: loads in an order, each on the tail or road that brings it soonest.

With the loads by due date this is how a movement cell dispatches by hand, and the start of
every search. With another order, or with guidance from prices, it is the search's decoder.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from peyman.force.problem import Load, due, weight
from peyman.force.solve.dispatching.board import Board, Put, State
from peyman.force.solve.dispatching.offers import Offers, Rank, Wanted, rank
from peyman.force.solve.dispatching.roads import March, Roads
from peyman.force.solve.dispatching.waiting import Waiting
from peyman.force.solve.network import Network, fits_route

_TRIES = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to move some pieces of a load: flights, or a convoy."""

    pieces: int
    unloaded: int
    lift_min: int
    puts: tuple[Put, ...] = ()
    march: March | None = None

    def rank(self, load: Load) -> Rank:
        """How good it is: the smaller is better."""
        return rank(load, self.unloaded, self.lift_min, self.pieces)


@dataclass(frozen=True, slots=True)
class _Before:
    """How things stood before some loads were tried: flights, convoys; pieces left, last unloading by load."""

    puts: int
    marches: int
    left: dict[str, int]
    latest: dict[str, int | None]


class Dispatch:
    """A schedule in the making: the board, the roads, and what is left to move."""

    def __init__(self, network: Network, loads: Iterable[Load]) -> None:
        self.network = network
        self.board = Board(network)
        self.roads = Roads(network.problem)
        self.left = {one.id: one.pieces for one in loads}
        self.closed: dict[str, int] = {}
        self.not_before = 0
        self._latest: dict[str, int] = {}
        self.tied = network.tied
        free = [
            load
            for load in map(network.loads.__getitem__, self.left)
            if load.unit not in self.tied and not load.after
        ]
        self._waiting = Waiting(network, sorted(free, key=due))
        self._mates = Waiting(network, ())

    def run(self, order: Iterable[str]) -> None:
        """Move the loads in that order, those that wait after those that they wait for."""
        done: set[str] = set()
        for name in order:
            for one in self._before(name, done):
                if self.network.loads[one].unit in self.tied:
                    self._unit(self.network.loads[one].unit, done)
                else:
                    self.move(self.network.loads[one])
                    done.add(one)

    def _before(self, name: str, done: set[str]) -> Iterator[str]:
        """A load, after those that it waits for; a circle is not among what can be moved."""
        # Thousands may wait one for the other.
        waiting = [(name, iter(self.network.loads[name].after))]
        while waiting:
            one, others = waiting[-1]
            if one in done or one not in self.left:
                waiting.pop()
            elif (other := next(others, None)) is not None:
                waiting.append((other, iter(self.network.loads[other].after)))
            else:
                waiting.pop()
                yield one

    def move(self, load: Load, to: str | None = None, floor: int = 0) -> bool:
        """Move what is left of a load; says whether all of it went.

        Args:
            load: The load.
            to: The only destination allowed, if there is one.
            floor: Nothing is unloaded before this minute.
        """
        first = self._first(load)
        while first is not None and self.left[load.id]:
            choice = self.best(load, first, to, floor)
            if choice:
                self.commit(load, choice)
            elif not self._make_room(load.destinations if to is None else (to,)):
                return False
        return not self.left[load.id]

    def _first(self, load: Load) -> int | None:
        """When loading may begin; None while something that it waits for is not there."""
        if any(name not in self.closed for name in load.after):
            return None
        waits = [self.closed[name] for name in load.after]
        return max([load.rld, load.ald, self.not_before, *waits])

    def best(self, load: Load, first: int, to: str | None, floor: int) -> Choice | None:
        """The soonest way to move some pieces; of those that are in time, the shortest.

        Ways are looked at in the order of what they could be at best, until none can be better.
        """
        found: Choice | None = None
        least: tuple[object, ...] = ((inf,),)
        for choice in self._by_land(load, first, to, floor):
            if (choice.rank(load),) < least:
                found, least = choice, (choice.rank(load),)
        offers = self._offers(load, first, to, floor)
        while offer := offers.pop(least):
            (best, free, tail, at), wanted = offer
            if puts := self._flights(tail, wanted, best[2]):
                unloaded = max(one.unloaded for one in puts if one.parts)
                lift = sum(one.trip.block_min for one in puts)
                choice = Choice(wanted.parts[0][1], unloaded, lift, puts)
                key = (choice.rank(load), free, tail, at)
                if key < least:
                    found, least = choice, key
        return found

    def _offers(self, load: Load, first: int, to: str | None, floor: int) -> Offers:
        """Each tail and destination, with the rank that it could have."""
        offers = Offers(self.board, load)
        for kind in self.network.fleet:
            for at, place in enumerate(load.destinations if to is None else (to,)):
                most = self.network.most(kind.id, load, load.origin, place)
                if not most:
                    continue
                trip = self.network.trips[kind.id, load.origin, place]
                pieces = min(most, self.left[load.id])
                then = max(
                    first,
                    load.ead - trip.away_min,
                    floor - trip.away_min - trip.unload_min,
                )
                offers.offer(at, Wanted(trip, then, ((load.id, pieces),)))
        return offers

    def _by_land(
        self, load: Load, first: int, to: str | None, floor: int
    ) -> Iterator[Choice]:
        for route in self.network.roads(load):
            most = fits_route(route, load)
            if most and to in (None, route.destination):
                pieces = min(most, self.left[load.id])
                parts = ((load.id, pieces),)
                march = self.roads.earliest(route, parts, first, max(load.ead, floor))
                if march:
                    yield Choice(pieces, march.arrive, 0, march=march)

    def _flights(self, tail: str, wanted: Wanted, soonest: int) -> tuple[Put, ...]:
        """A trip with the ferries that it needs, as early as can be; empty if it cannot be.

        Args:
            tail: Who flies it.
            wanted: The trip.
            soonest: No trip can be unloaded sooner: one that is need not be bettered.
        """
        state, trip = self.board.state[tail], wanted.trip
        if state.place == trip.origin:
            return self._from_here(tail, wanted, ())
        ferry = self.network.ferries.get((trip.type, state.place, trip.origin))
        if ferry is None:
            return ()
        found = []
        for begin in {state.ready, max(state.ready, wanted.first - ferry.whole_min)}:
            start = self.board.earliest(tail, state, ferry, begin)
            if start is not None:
                puts = self._from_here(tail, wanted, (Put(tail, ferry, start),))
                if puts:
                    found.append(puts)
                if puts and puts[1].unloaded <= soonest:
                    break
        return min(found, key=lambda puts: puts[1].start, default=())

    def _from_here(
        self, tail: str, wanted: Wanted, ferried: tuple[Put, ...]
    ) -> tuple[Put, ...]:
        state, trip = self.board.state[tail], wanted.trip
        for put in ferried:
            state = self.board.after(tail, state, put.trip, put.start)
        # Where nobody may stay, a rested crew gets home in one duty; a tired one may not.
        rested = state.ready + self.network.types[trip.type].rest_min
        for first in (wanted.first, max(wanted.first, rested)):
            start = self.board.earliest(tail, state, trip, first)
            if start is None:
                return ()
            put = Put(tail, trip, start, wanted.parts)
            if puts := self._settled(tail, state, put, is_ferried=bool(ferried)):
                return (*ferried, *puts)
        return ()

    def _settled(
        self, tail: str, state: State, put: Put, *, is_ferried: bool
    ) -> tuple[Put, ...]:
        """A flight, with the ferry home where the tail may not stay; empty if it may not wait."""
        trip = put.trip
        waits = is_ferried and put.start > state.ready
        if waits and not self.board.can_park(tail, trip.origin, state.ready):
            return ()
        if self.board.can_park(tail, trip.destination, put.ready):
            return (put,)
        home = self._home(tail, self.board.after(tail, state, trip, put.start))
        if home and self.board.can_park(tail, trip.destination, put.ready, home.start):
            return (put, home)
        return ()

    def _home(self, tail: str, state: State) -> Put | None:
        """The ferry to the base of a tail that may not stay where it is."""
        base = self.network.tails[tail].base
        kind = self.network.tails[tail].type
        ferry = self.network.ferries.get((kind, state.place, base))
        if ferry is None:
            return None
        start = self.board.earliest(tail, state, ferry, state.ready)
        return None if start is None else Put(tail, ferry, start)

    def _make_room(self, places: Iterable[str]) -> bool:
        """Send the tail home that stands longest where few may; says whether there was one."""
        fields = self.network.airfields
        limited = {
            one
            for one in places
            if one in fields and fields[one].parking_mog is not None
        }
        for name, state in sorted(
            self.board.state.items(), key=lambda pair: pair[1].ready
        ):
            if state.place in limited and state.place != self.network.tails[name].base:
                home = self._home(name, state)
                if home:
                    self.board.put(home)
                    return True
        return False

    def commit(self, load: Load, choice: Choice) -> None:
        """Put what was chosen, and fill the flight with whatever else may go on it."""
        if choice.march:
            self.roads.put(choice.march)
        for put in choice.puts:
            self.board.put(put)
        self._moved(load, choice.pieces, choice.unloaded)
        for i in range(len(self.board.puts) - len(choice.puts), len(self.board.puts)):
            if self.board.puts[i].parts:
                self._fill(i, self._mates if load.unit in self.tied else self._waiting)

    def moved(self, parts: Iterable[tuple[str, int]], unloaded: int) -> None:
        """Take pieces that are on a serial already from what is left to move."""
        for name, pieces in parts:
            if name in self.left:
                self._moved(self.network.loads[name], pieces, unloaded)

    def _moved(self, load: Load, pieces: int, unloaded: int) -> None:
        self.left[load.id] -= pieces
        self._latest[load.id] = max(self._latest.get(load.id, 0), unloaded)
        if not self.left[load.id]:
            self.closed[load.id] = self._latest[load.id]
            self._waiting.gone(load.id)
            self._mates.gone(load.id)

    def _fill(self, index: int, waiting: Waiting) -> None:
        """Add pieces of waiting loads, those that are due first, while the shares allow."""
        put = self.board.puts[index]
        for other, pieces in waiting.beside(put, self.left):
            self.board.add_part(index, (other.id, pieces))
            self._moved(other, pieces, put.unloaded)

    def _unit(self, unit: str, done: set[str]) -> None:
        """Move a unit that keeps together: whole, to the first place where it can be; else what can go, where that is most."""
        mates = self.network.units[unit]
        # Of a unit that has begun, some may be gone whole.
        loads = [one for one in mates if one.id not in done and self.left.get(one.id)]
        done |= {one.id for one in mates}
        if not loads:
            return
        allowed = [set(one.destinations) for one in loads]
        within = self.network.tied[unit]
        for place in loads[0].destinations:
            if all(place in one for one in allowed) and self._at(loads, place, within):
                return
        there = {
            place: [one for one in loads if place in one.destinations]
            for one in loads
            for place in one.destinations
        }
        moved = {place: self._tried(there[place], place, within) for place in there}
        most = max(moved, key=lambda place: moved[place])
        self._some_at(there[most], most, within)

    def _tried(self, loads: list[Load], place: str, within: int) -> int:
        """What counts of loads could go to one place; nothing is moved."""
        before = self._standing(loads)
        self._some_at(loads, place, within)
        moved = sum(
            (before.left[one.id] - self.left[one.id])
            * one.piece_kg
            * weight(self.network.problem, one)
            for one in loads
        )
        self._undo(before)
        return moved

    def _some_at(self, loads: list[Load], place: str, within: int) -> None:
        """Move to one place what comes so soon after the first of it."""
        floor, ends = 0, None
        self._mates = self._together(loads)
        for one in loads:
            first = self._first(one)
            while first is not None and self.left[one.id]:
                choice = self.best(one, first, place, floor)
                if choice is None or (ends is not None and choice.unloaded > ends):
                    break
                self.commit(one, choice)
                if ends is None:
                    floor, ends = choice.unloaded, choice.unloaded + within

    def _together(self, loads: Iterable[Load]) -> Waiting:
        """Those of a unit that may go on the flights of the others."""
        return Waiting(self.network, sorted((x for x in loads if not x.after), key=due))

    def _at(self, loads: list[Load], place: str, within: int) -> bool:
        """Move loads to one place inside so many minutes, or not at all."""
        floor = 0
        before = self._standing(loads)
        for _ in range(_TRIES):
            self._mates = self._together(loads)
            is_whole = all(self.move(one, place, floor) for one in loads)
            times = [
                one.unloaded for one in self.board.puts[before.puts :] if one.parts
            ]
            times += [one.arrive for one in self.roads.marches[before.marches :]]
            if is_whole and max(times) - min(times) <= within:
                return True
            self._undo(before)
            if not is_whole:
                return False
            floor = max(times) - within
        return False

    def _standing(self, loads: Iterable[Load]) -> _Before:
        """How things stand before these loads are tried; of a unit that has begun, some pieces are moved already."""
        names = [one.id for one in loads]
        return _Before(
            len(self.board.puts),
            len(self.roads.marches),
            {name: self.left[name] for name in names},
            {name: self._latest.get(name) for name in names},
        )

    def _undo(self, before: _Before) -> None:
        """Nothing was moved since then."""
        self.board.take_off(before.puts)
        self.roads.take_off(before.marches)
        for name, left in before.left.items():
            self._take_back(name, left, before.latest[name])

    def _take_back(self, name: str, left: int, latest: int | None) -> None:
        """Nothing of a load was moved since so many pieces were left."""
        self.left[name] = left
        self.closed.pop(name, None)
        self._latest.pop(name, None)
        if latest is not None:
            self._latest[name] = latest
