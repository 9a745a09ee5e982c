"""The ways of a type that shares some loads out, and what else a flight wins beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from peyman.force.checking.proving.earnings import WHOLE, Ints, Offer, full_flight
from peyman.force.checking.proving.itineraries import NEVER

_WAITED_FOR: Final = 4
"""Other loads on one way whose readiness is told; of the rest a flight may win before that."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A load that is shared out, as one leg sees it.

    Attributes:
        first: The minute before which loading does not begin.
        due: Minutes of unloading after it cost.
        slope: What one piece costs for each of them.
        price: What tells it from others that go the same way.
        leaving: What a piece costs that is not unloaded in time.
        pieces: How many there are.
    """

    first: int
    due: int
    slope: int
    price: int
    leaving: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Way:
    """A trip of the type, loaded or not.

    Attributes:
        origin, destination: Numbers of places.
        whole: Minutes until it is ready again.
        unloaded: Minutes until everything is off.
        cost: By minute of the start, without the loads that are shared out; `NEVER` where it may not.
        is_empty: Whether it is a ferry.
        most: Pieces that fill the aircraft.
        pieces: The loads that are shared out and go this way.
        beside: For so many of their pieces: `cost` with as much less room.
        waits: Minutes at which other loads are ready that are worth much.
        stays: What may be won when a piece of them stays though there was room for it.
    """

    origin: int
    destination: int
    whole: int
    unloaded: int
    cost: Ints
    is_empty: bool
    most: int = 0
    pieces: tuple[Piece, ...] = ()
    beside: Mapping[int, Ints] = field(default_factory=dict)
    stays: int = 0
    waits: tuple[int, ...] = ()


def flights_of(most: int, pieces: Sequence[Piece]) -> tuple[int, ...]:
    """How many pieces a flight may carry.

    A piece that was ready may as well go on an earlier flight that has room. So a flight is full,
    or carries all that were ready and are still there.
    """
    ready = np.cumsum([one.pieces for one in sorted(pieces, key=lambda one: one.first)])
    found, gone, new = set[int](), {0}, {0}
    while new:
        more = {
            (n, min(most, int(upto) - n)) for n in new for upto in ready if upto > n
        }
        found |= {takes for _, takes in more}
        new = {n + takes for n, takes in more} - gone
        gone |= new
    return tuple(sorted(found))


def with_others(way: Way, offers: Sequence[Offer], until: int) -> Way:
    """A way with what else a flight wins, beside so many pieces that are shared out."""
    start = np.arange(len(way.cost), dtype=np.int64)

    def won(room: int) -> Ints:
        found = full_flight(offers, start, 1, way.unloaded, room)
        return np.where(start + way.unloaded > until, 0, found)

    def cost(extra: Ints) -> Ints:
        return np.where(way.cost < NEVER, way.cost + extra, NEVER)

    dearest = sorted(offers, key=lambda one: -one.price * one.most)[:_WAITED_FOR]
    waits = tuple(sorted({one.first for one in dearest if one.price > 0}))
    if not way.pieces:
        return replace(way, cost=cost(won(WHOLE)), waits=waits)
    endless = [replace(one, pieces=one.most) for one in offers]
    densest = -full_flight(endless, start, 1, way.unloaded)
    gain, stays = _moved(way, densest, until)
    fullest = min(way.most, sum(one.pieces for one in way.pieces))
    beside = {
        n: cost(won(WHOLE - n * WHOLE // way.most) - (fullest - n) * gain)
        for n in (0, *flights_of(way.most, way.pieces))
    }
    return replace(way, cost=beside[0], beside=beside, stays=stays, waits=waits)


def _moved(way: Way, densest: Ints, until: int) -> tuple[Ints, int]:
    """What may be won when a piece does not go as soon as there is room: by the flight that it is on, and if it stays.

    Its room on the earlier flight is then free for another load, at `densest` for a full aircraft;
    each minute costs at least what it costs of the least dear piece when all are late.
    """
    off = np.arange(len(densest), dtype=np.int64) + way.unloaded
    slope = min(one.slope for one in way.pieces)
    late = slope * np.maximum(0, off - max(one.due for one in way.pieces))
    free = np.maximum.accumulate(-(-densest // way.most) + late)
    last = slope * max(0, until - max(one.due for one in way.pieces))
    gain = np.maximum(0, free - late)
    later: Ints = np.maximum.accumulate(gain[::-1])[::-1]
    in_time = free[off <= until]
    return later, max(0, int(in_time[-1]) - last) if len(in_time) else 0
