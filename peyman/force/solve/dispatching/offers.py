"""Tails for a trip, those first that could do it best if nothing were in their way.

What a tail could do is reckoned from where it stands, its crew's day, and when the trip finds its
stands at all; the tails of one airfield are told apart only when their turn comes.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from peyman.force.problem import Load, due
from peyman.force.solve.dispatching.board import Board, Coming, Homing, Standing
from peyman.force.solve.dispatching.stands import Shut
from peyman.force.solve.network import Trip

MOST_TAILS = 3
"""Tails of one type at one airfield that are tried for a trip: those that are ready first."""

Rank = tuple[int, float, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A loaded trip that is looked for: not before `first`, with these parts."""

    trip: Trip
    first: int
    parts: tuple[tuple[str, int], ...]


class _Asked(NamedTuple):
    """A trip with what is asked once for all who could fly it.

    Attributes:
        at: To which destination.
        soonest: When it finds its stands, whoever flies it.
        known: When it is known not to find them.
        takes: Minutes until all is unloaded.
    """

    wanted: Wanted
    at: int
    soonest: int
    known: Shut
    takes: int


class _Group(NamedTuple):
    """The tails of one airfield, which reach a trip by the same ferry.

    Attributes:
        homing: What they fly home at the end.
    """

    asked: _Asked
    coming: Coming
    homing: Homing


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
        self._heap: list[
            tuple[Rank, Rank, str, int, int, Wanted | _Group | _Asked]
        ] = []
        self._count = count()

    def offer(self, at: int, wanted: Wanted) -> None:
        """Add a trip, to the destination of that number, with whoever could fly it."""
        board, trip = self.board, wanted.trip
        soonest = board.free_from(trip, wanted.first)
        if soonest is None:
            return
        takes = trip.away_min + trip.unload_min
        asked = _Asked(wanted, at, soonest, board.known(trip), takes)
        # Whoever stands where it begins, and stays where it ends, could do it like that.
        self._add(("", -1), asked, asked, (wanted.first, soonest), trip.block_min)

    def _group(self, asked: _Asked) -> None:
        """Add the tails of each airfield from where they could come for a trip."""
        board, trip, soonest = self.board, asked.wanted.trip, asked.soonest
        for coming in board.coming(trip.type, trip.origin):
            if coming.tails:
                begins = coming.tails[0][0] + coming.ferry_min
                times = (begins, begins if begins > soonest else soonest)
                homing = board.homing(coming.place, trip)
                group = _Group(asked, coming, homing)
                flown = trip.block_min + coming.lift_min
                self._add(("", -1), group, asked, times, flown, homing.least_min)

    def _add(
        self,
        name: tuple[str, int],
        what: Wanted | _Group | _Asked,
        asked: _Asked,
        times: tuple[int, int],
        lift_min: int,
        home_min: int = 0,
    ) -> None:
        """Add a trip, a group that could fly it, or a tail of that.

        Args:
            name: The tail, and to which destination.
            what: What comes out when it is popped.
            asked: The trip.
            times: When it could begin if all stands were free and its crew rested, and when it could.
            lift_min: What it flies to come, and to bring the load.
            home_min: What it flies home at the end.
        """
        (begins, start), (wanted, _, _, _, takes) = times, asked
        pieces = wanted.parts[0][1]
        off = start + takes
        soon = (begins if begins > wanted.first else wanted.first) + takes
        # Both are a `rank`: this is the innermost loop of dispatching, where to call `max` is dear.
        by = self.due
        best = (off if off > by else by, (lift_min + home_min) / pieces, off)
        free = (soon if soon > by else by, lift_min / pieces, soon)
        heappush(self._heap, (best, free, *name, next(self._count), what))

    def pop(self, least: tuple[object, ...]) -> tuple[Key, Wanted] | None:
        """The next tail and trip that could be better; None if there is none."""
        while self._heap and self._heap[0][:4] < least:
            best, free, tail, at, _, what = heappop(self._heap)
            if isinstance(what, Wanted):
                return (best, free, tail, at), what
            if isinstance(what, _Asked):
                self._group(what)
                continue
            for standing in what.coming.tails[:MOST_TAILS]:
                self._tell_apart(what, standing)
        return None

    def _tell_apart(self, group: _Group, standing: Standing) -> None:
        (ready, _, tail), asked, board = standing, group.asked, self.board
        home_min = group.homing.by_base.get(board.network.tails[tail].base)
        if home_min is None:
            return
        trip, begins = asked.wanted.trip, ready + group.coming.ferry_min
        start = begins if begins > asked.soonest else asked.soonest
        start = asked.known.skip(start)
        began = board.state[tail].began
        if began is not None:
            kind = board.network.types[trip.type]
            if start + trip.whole_min - began > kind.duty_min:
                # A rest comes first, here or where the trip begins.
                start = max(start, begins + kind.rest_min)
        flown = trip.block_min + group.coming.lift_min
        name, times = (tail, asked.at), (begins, start)
        self._add(name, asked.wanted, asked, times, flown, home_min)
