"""Which waiting load goes beside others on a flight: that which fewest tails carry, then by due date.

Loads that go the same way and weigh the same stand in one row, so that a flight asks a row
once whether it fits at all, and then for the first of it that is ready.
"""

from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from math import gcd

import numpy as np

from peyman.force.problem import Load
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.network import Network

_NEVER = np.iinfo(np.int64).max
_AT_ONCE = 512


class Room:
    """The share of an aircraft that is free, exactly."""

    def __init__(self) -> None:
        self._free, self._whole = 1, 1

    def __bool__(self) -> bool:
        return self._free > 0

    def pieces(self, most: int) -> int:
        """How many go in of pieces of which so many fill the aircraft."""
        return self._free * most // self._whole

    def take(self, pieces: int, most: int) -> None:
        """Fill a part of it."""
        free, whole = self._free * most - pieces * self._whole, self._whole * most
        shared = gcd(free, whole)
        self._free, self._whole = free // shared, whole // shared


class _Row:
    """Loads that differ only in when they are ready and due, and how many pieces they have."""

    def __init__(self, loads: list[tuple[int, Load]]) -> None:
        self.number = [number for number, _ in loads]
        self.loads = [load for _, load in loads]
        self.ready = np.array([max(one.rld, one.ald) for one in self.loads])
        self.ead = np.array([one.ead for one in self.loads])
        self.first = 0

    def next(self, at: int, put: Put) -> int:
        """The first from a place in the row on that a flight can take; -1 if there is none."""
        while self.first < len(self.loads) and self.ready[self.first] == _NEVER:
            self.first += 1
        for lo in range(max(at, self.first), len(self.loads), _AT_ONCE):
            part = slice(lo, lo + _AT_ONCE)
            can = (self.ready[part] <= put.start) & (self.ead[part] <= put.arrive)
            i = int(can.argmax())
            if can[i]:
                return lo + i
        return -1


class Waiting:
    """The loads that wait at each airfield, in rows."""

    def __init__(self, network: Network, loads: Iterable[Load]) -> None:
        """Take the loads, those that are due first before others."""
        self.network = network
        alike: dict[tuple[object, ...], list[tuple[int, Load]]] = {}
        # What a rare type flies half empty past, only that type can come back for.
        rare = sorted(loads, key=network.carriers)
        for number, one in enumerate(rare):
            kind = (one.kind, one.outsize, one.piece_kg)
            key = (one.origin, one.destinations, *kind)
            alike.setdefault(key, []).append((number, one))
        self._at: dict[str, list[_Row]] = {}
        self._where: dict[str, tuple[_Row, int]] = {}
        for rows in alike.values():
            row = _Row(rows)
            self._at.setdefault(row.loads[0].origin, []).append(row)
            self._where.update((one.id, (row, i)) for i, one in enumerate(row.loads))

    def gone(self, name: str) -> None:
        """Nothing is left of a load."""
        if name in self._where:
            row, i = self._where[name]
            row.ready[i] = _NEVER

    def beside(self, put: Put, left: dict[str, int]) -> Iterator[tuple[Load, int]]:
        """What else goes on a flight, with how many pieces; `left` says how many there are."""
        trip, room = put.trip, Room()
        for name, pieces in put.parts:
            load = self.network.loads[name]
            most = self.network.most(trip.type, load, trip.origin, trip.destination)
            room.take(pieces, most)
        firsts = []
        for row in self._at.get(trip.origin, ()) if room else ():
            one = row.loads[0]
            if trip.destination in one.destinations:
                most = self.network.most(trip.type, one, trip.origin, trip.destination)
                if room.pieces(most) and (i := row.next(0, put)) >= 0:
                    firsts.append((row.number[i], i, most, row))
        heapify(firsts)
        while firsts and room:
            _, i, most, row = heappop(firsts)
            load = row.loads[i]
            pieces = min(room.pieces(most), left[load.id])
            if pieces:
                room.take(pieces, most)
                yield load, pieces
            if room.pieces(most) and (i := row.next(i + 1, put)) >= 0:
                heappush(firsts, (row.number[i], i, most, row))
