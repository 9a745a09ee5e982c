"""What a few tails must pay at the least to share some loads out among them, each load once.

Prices alone let every tail take what suits it, a piece of a load here and a piece there. Where a rare
type alone can carry some heavy loads, its tails are reckoned together instead: every way to share
these loads out, piece by piece, is looked at. docs/force.md, "The bound", says why it holds.

Whatever is rounded or left out is in the tails' favour: waits do not count as duty, a flight may
win with the room that its loads take, and pays for stands what they cost at the cheapest time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Final

import numpy as np

from peyman.force.checking.proving.itineraries import NEVER, Ints
from peyman.force.checking.proving.sharing.tails import (
    Labels,
    Rules,
    Start,
    Trip,
    grown,
)
from peyman.force.checking.proving.sharing.ways import Way, flights_of

MOST_STATES: Final = 60_000
"""Ways to have carried some of the loads; more are not looked at."""
_MOST_LABELS: Final = 3_000_000
"""Nor are more ways to have flown."""
_DEAREST: Final = 1 << 52


def least_shared(
    ways: Sequence[Way], starts: Sequence[Start], rules: Rules
) -> int | None:
    """The least that all tails pay together to carry all pieces, or to leave them.

    None if there are too many ways to share them out.
    """
    groups = _groups(ways)
    shape = tuple(one.levels + 1 for one in groups)
    dearest = sum(p.leaving * p.pieces for one in groups for p in one.way.pieces)
    if prod(shape) > MOST_STATES or dearest >= _DEAREST:
        return None
    least = np.full(shape, NEVER, dtype=np.int64)
    least[(0,) * len(shape)] = 0
    trips, asked = list(_trips(ways, groups, rules)), 0
    for start in starts:
        kept = Labels.of(start)
        for found, more in grown(kept, trips, rules):
            kept, asked = found, asked + more
            if asked > _MOST_LABELS:
                return None
        own = kept.least(shape)
        for _ in range(start.tails):
            least = _joined(least, own)
    for axis, one in enumerate(groups):
        row = one.left()
        least = least + row.reshape([-1 if i == axis else 1 for i in range(len(shape))])
    return int(least.min()) + sum(one.price - one.stays for one in groups)


def _joined(least: Ints, own: Ints) -> Ints:
    """What is carried by some tails, and by one more."""
    found = np.full_like(least, NEVER)
    for at in np.argwhere(own < NEVER):
        more = tuple(slice(int(n), None) for n in at)
        less = tuple(
            slice(0, size - int(n)) for n, size in zip(at, own.shape, strict=True)
        )
        np.minimum(found[more], least[less] + own[tuple(at)], out=found[more])
    return np.minimum(found, NEVER)


@dataclass(frozen=True, slots=True)
class _Group:
    """The loads that go one way, counted in units of so many pieces."""

    way: Way
    takes: tuple[int, ...]
    unit: int
    stride: int

    @property
    def levels(self) -> int:
        return sum(one.pieces for one in self.way.pieces) // self.unit

    @property
    def price(self) -> int:
        return sum(one.price * one.pieces for one in self.way.pieces)

    @property
    def stays(self) -> int:
        return sum(self.way.stays * one.pieces for one in self.way.pieces)

    def left(self) -> Ints:
        """By what is carried: what the rest costs, that is not unloaded in time."""
        each = sorted(
            one.leaving - one.price
            for one in self.way.pieces
            for _ in range(one.pieces)
        )
        upto = np.concatenate([[0], np.cumsum(np.array(each, dtype=np.int64))])
        row: Ints = upto[:: self.unit][::-1]
        return row


def _groups(ways: Sequence[Way]) -> list[_Group]:
    groups: list[_Group] = []
    stride = 1
    for way in reversed([one for one in ways if one.pieces]):
        takes = flights_of(way.most, way.pieces)
        total = sum(one.pieces for one in way.pieces)
        unit = int(np.gcd.reduce([*takes, total]))
        groups.insert(0, _Group(way, takes, unit, stride))
        stride *= groups[0].levels + 1
    return groups


def _trips(
    ways: Sequence[Way], groups: Sequence[_Group], rules: Rules
) -> Iterator[Trip]:
    for way in ways:
        yield _trip(way)
    for group in groups:
        way = group.way
        waits = tuple(sorted({0, *way.waits, *(one.first for one in way.pieces)}))
        for takes, cost in _tables(way, group.takes, len(way.cost), rules.until):
            beside = way.beside[takes]
            never = (cost >= NEVER) | (beside >= NEVER)
            yield replace(
                _trip(way),
                cost=_from_then_on(np.where(never, NEVER, cost + beside), waits),
                waits=waits,
                stride=group.stride,
                levels=group.levels,
                units=takes // group.unit,
            )


def _from_then_on(cost: Ints, waits: Sequence[int]) -> Ints:
    """By minute, the least from then on until the next of the minutes for which one may wait."""
    parts = np.split(cost, [one for one in waits if 0 < one < len(cost)])
    least: Ints = np.concatenate(
        [np.minimum.accumulate(part[::-1])[::-1] for part in parts]
    )
    return least


def _trip(way: Way) -> Trip:
    minutes = np.arange(len(way.cost), dtype=np.int64)
    begins = np.where(way.cost < NEVER, minutes, len(minutes))
    return Trip(
        way.origin,
        way.destination,
        way.whole,
        _from_then_on(way.cost, way.waits),
        np.minimum.accumulate(begins[::-1])[::-1],
        way.is_empty,
        tuple(sorted({0, *way.waits})),
    )


def _tables(
    way: Way, takes: Iterable[int], steps: int, until: int
) -> Iterator[tuple[int, Ints]]:
    """For so many pieces, by minute of the start: the cheapest of those that are ready."""
    start = np.arange(steps, dtype=np.int64)
    off = start + way.unloaded
    rows = np.array(
        [
            np.where(
                (start < one.first) | (off > until),
                NEVER,
                one.slope * np.maximum(0, off - one.due) - one.price,
            )
            for one in way.pieces
        ]
    )
    order = rows.argsort(axis=0, kind="stable")
    rows = np.take_along_axis(rows, order, axis=0)
    count = np.array([one.pieces for one in way.pieces])[order]
    for n in takes:
        room, cost = np.full(steps, n), np.zeros(steps, dtype=np.int64)
        for row, pieces in zip(rows, count, strict=True):
            some = np.where(row < NEVER, np.minimum(room, pieces), 0)
            cost += np.where(some > 0, row, 0) * some
            room = room - some
        yield n, np.where(room > 0, NEVER, cost)
