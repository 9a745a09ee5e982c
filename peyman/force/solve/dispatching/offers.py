"""Tails for a trip, those first that could do it best if nothing were in their way.

What a tail could do is reckoned from where it stands, its crew's day, and when the trip finds its
stands at all; the tails of one airfield are told apart only when their turn comes.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from peyman.force.problem import Load, due
from peyman.force.solve.dispatching.board import Board, Standing
from peyman.force.solve.dispatching.stands import Shut
from peyman.force.solve.network import Trip

MOST_TAILS = 3
"""Tails of one type at one airfield that are tried for a trip: those that are ready first."""

Rank = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A loaded trip that is looked for: not before `first`, with these parts."""

    trip: Trip
    first: int
    parts: tuple[tuple[str, int], ...]


class _Group(NamedTuple):
    """The tails of one airfield, which reach a trip by the same ferry.

    Attributes:
        soonest: When the trip finds its stands, whoever flies it.
        known: When it is known not to find them.
        ferry_min: To where it begins; 0 if they stand there.
        may_stay: Whether every tail may stay where the trip ends.
    """

    wanted: Wanted
    at: int
    soonest: int
    known: Shut
    ferry_min: int
    lift_min: int
    may_stay: bool
    tails: list[Standing]


Key = tuple[Rank, Rank, str, int]
"""What it could be, what it would be without stands and duties, the tail, which destination."""


def rank(load: Load, unloaded: int, lift_min: int, pieces: int) -> Rank:
    """In time before late, short before long, soon before late: the smaller is better."""
    return (max(unloaded, due(load)), lift_min / pieces, unloaded)


class Offers:
    """The tails that could move some pieces of a load, in the order of what they could do."""

    def __init__(self, board: Board, load: Load) -> None:
        self.board = board
        self.due = due(load)
        self._heap: list[tuple[Rank, Rank, str, int, int, Wanted | _Group]] = []
        self._count = 0

    def offer(self, at: int, wanted: Wanted) -> None:
        """Add a trip, to the destination of that number, with whoever could fly it."""
        board, trip = self.board, wanted.trip
        soonest = board.free_from(trip, wanted.first)
        if soonest is None:
            return
        known, may_stay = board.known(trip), board.may_all_stay(trip.destination)
        for place in board.fields:
            tails = board.standing.get((trip.type, place))
            if not tails:
                continue
            ferry_min, lift_min = 0, trip.block_min
            if place != trip.origin:
                ferry = board.network.ferries.get((trip.type, place, trip.origin))
                if ferry is None:
                    continue
                ferry_min, lift_min = ferry.whole_min, lift_min + ferry.block_min
            group = _Group(
                wanted, at, soonest, known, ferry_min, lift_min, may_stay, tails
            )
            begins = tails[0][0] + ferry_min
            self._add(("", -1), group, group, (begins, max(begins, soonest)), 0)

    def _add(
        self,
        name: tuple[str, int],
        what: Wanted | _Group,
        group: _Group,
        times: tuple[int, int],
        more_min: int,
    ) -> None:
        """Add a group, or a tail of it.

        Args:
            name: The tail, and to which destination.
            what: What comes out when it is popped.
            group: What it is of.
            times: When it could begin if all stands were free and its crew rested, and when it could.
            more_min: What it flies beside the ferry and the trip.
        """
        wanted, by = group.wanted, self.due
        takes = wanted.trip.away_min + wanted.trip.unload_min
        pieces = wanted.parts[0][1]
        off, soon = times[1] + takes, max(times[0], wanted.first) + takes
        # Both are a `rank`: this is the innermost loop of dispatching.
        best = (max(off, by), (group.lift_min + more_min) / pieces, off)
        free = (max(soon, by), group.lift_min / pieces, soon)
        self._count += 1
        heappush(self._heap, (best, free, *name, self._count, what))

    def pop(self, least: tuple[object, ...]) -> tuple[Key, Wanted] | None:
        """The next tail and trip that could be better; None if there is none."""
        while self._heap and self._heap[0][:4] < least:
            best, free, tail, at, _, what = heappop(self._heap)
            if isinstance(what, Wanted):
                return (best, free, tail, at), what
            for standing in what.tails[:MOST_TAILS]:
                self._tell_apart(what, standing)
        return None

    def _tell_apart(self, group: _Group, standing: Standing) -> None:
        ready, _, tail = standing
        board, trip = self.board, group.wanted.trip
        begins = ready + group.ferry_min
        start = group.known.skip(max(begins, group.soonest))
        kind, began = board.network.types[trip.type], board.state[tail].began
        if began is not None and start + trip.whole_min - began > kind.duty_min:
            # A rest comes first, here or where the trip begins.
            start = max(start, begins + kind.rest_min)
        home_min = 0 if group.may_stay else self._home_min(tail, trip)
        if home_min is not None:
            times = (begins, start)
            self._add((tail, group.at), group.wanted, group, times, home_min)

    def _home_min(self, tail: str, trip: Trip) -> int | None:
        """What a tail flies home where nobody else may stay for good; None if it cannot."""
        network = self.board.network
        if self.board.can_stay(tail, trip.destination):
            return 0
        key = (trip.type, trip.destination, network.tails[tail].base)
        return network.ferries[key].block_min if key in network.ferries else None
