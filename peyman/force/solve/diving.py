"""From prices to a schedule: itineraries are settled one after the other, and then flown.

The program of `columns` wants parts of itineraries. The one it wants most is settled whole, the
program is solved again and the tails are asked again, until every tail has one. Then the
trips are put on the board in the order of their beginnings, with what brings most at the prices.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from peyman.force.problem import Load, due
from peyman.force.solve.assemble import lateness
from peyman.force.solve.columns import Column, Columns, Floats
from peyman.force.solve.dispatch import Choice, Dispatch
from peyman.force.solve.hopes import Wanted
from peyman.force.solve.network import Network, Trip

_SURE = 0.95
_ASKED = 3
"""Times that the tails are asked for more itineraries before the next one is settled."""

Settled = Mapping[int, int]
"""Column to how many tails do it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A loaded trip that a tail should begin at about a minute."""

    start: int
    tail: str
    trip: Trip


@dataclass(frozen=True, slots=True)
class Guide:
    """What the prices would have: trips in order, and what a piece of each load is worth."""

    wishes: tuple[Wish, ...]
    worth: dict[str, float]


def dive(columns: Columns, kept: Settled, left: Callable[[], float]) -> Settled:
    """Settle an itinerary for each tail that has none; those that are not asked for stay."""
    settled = dict(kept)
    count = sum(most for _, most in columns.tails.values())
    columns.settle(settled)
    while sum(settled.values()) < count and left() > 0:
        for _ in range(_ASKED):
            _, price, stand = columns.solve(left())
            _, found = columns.ask(price, stand)
            if not columns.grow(found) or left() <= 0:
                break
        more = _most_wanted(columns, settled)
        if not more:
            break
        for i in more:
            settled[i] = settled.get(i, 0) + 1
        columns.settle(settled)
    columns.settle({})
    return settled


def guide(columns: Columns, settled: Settled, price: Floats) -> Guide:
    """What itineraries and prices would have."""
    chosen = [(columns.columns[i], n) for i, n in settled.items()]
    names = [one.id for one in columns.market.loads]
    worth = dict(zip(names, price.tolist(), strict=True))
    return Guide(tuple(_wishes(columns, chosen)), worth)


def _most_wanted(columns: Columns, settled: Settled) -> list[int]:
    """The columns that the program wants whole, or else the one that it wants most."""
    columns.solver.run()
    value = columns.wanted()
    if not len(value):
        return []
    for i, n in settled.items():
        value[i] -= n
    sure = np.flatnonzero(value >= _SURE)
    if len(sure):
        return [int(i) for i in sure]
    best = int(value.argmax())
    return [best] if value[best] > 1e-6 else []


def _wishes(columns: Columns, chosen: list[tuple[Column, int]]) -> Iterator[Wish]:
    """The trips of what was chosen, with tails that begin as it says, by their beginnings."""
    market = columns.market
    grid = market.goal.grid
    waiting: dict[tuple[int, int, int], list[str]] = {}
    for i, agent in enumerate(market.agents):
        for start, tails in agent.tails.items():
            waiting[i, *start] = list(tails)
    found = []
    for one, n in chosen:
        for _ in range(n):
            if waiting[one.start]:
                tail = waiting[one.start].pop(0)
                found += [
                    Wish(deed.step * grid, tail, deed.action.trip)
                    for deed in one.deeds
                    if deed.takes
                ]
    yield from sorted(found, key=lambda wish: (wish.start, wish.tail))


def fly(
    network: Network, loads: Sequence[Load], guide: Guide, order: Sequence[str]
) -> Dispatch:
    """The schedule that follows a guide, trip by trip; what is left goes in an order."""
    dispatch = Dispatch(network, loads)
    free = [one for one in loads if one.unit not in dispatch.tied and not one.after]
    by_ends: dict[tuple[str, str], list[Load]] = {}
    for one in free:
        for place in one.destinations:
            by_ends.setdefault((one.origin, place), []).append(one)
    for wish in guide.wishes:
        trip = wish.trip
        rows = by_ends.get((trip.origin, trip.destination), [])
        _carry(dispatch, wish, [one for one in rows if dispatch.left[one.id]], guide)
    dispatch.run(order)
    return dispatch


def _carry(dispatch: Dispatch, wish: Wish, rows: list[Load], guide: Guide) -> None:
    """Fly one trip with what brings most then, if anything is to be carried."""
    trip = wish.trip
    parts = _best_mix(dispatch, wish, rows, guide)
    if not parts:
        return
    # What is to be carried may not be ready at the minute that the grid has.
    ready = [_first(dispatch.network.loads[name], trip) for name, _ in parts]
    wanted = Wanted(trip, max(wish.start - trip.whole_min // 8, *ready), parts)
    puts = dispatch.flights(wish.tail, wanted)
    if not puts:
        return
    name, pieces = parts[0]
    unloaded = max(one.unloaded for one in puts if one.parts)
    lift = sum(one.trip.block_min for one in puts)
    dispatch.moved(parts[1:], unloaded)
    dispatch.commit(dispatch.network.loads[name], Choice(pieces, unloaded, lift, puts))


def _first(load: Load, trip: Trip) -> int:
    return max(load.rld, load.ald, load.ead - trip.away_min)


def _best_mix(
    dispatch: Dispatch, wish: Wish, rows: list[Load], guide: Guide
) -> tuple[tuple[str, int], ...]:
    trip, network = wish.trip, dispatch.network
    off = wish.start + trip.away_min + trip.unload_min

    def gain(load: Load) -> float:
        most = network.most(trip.type, load, trip.origin, trip.destination)
        then = max(off, _first(load, trip) + trip.away_min + trip.unload_min)
        return most * (lateness(network, load.id, then) - guide.worth[load.id])

    parts: list[tuple[str, int]] = []
    room = Fraction(1)
    soon = [
        one for one in rows if _first(one, trip) <= wish.start + trip.whole_min // 4
    ]
    for load in sorted(soon, key=lambda one: (gain(one), due(one), one.id)):
        most = network.most(trip.type, load, trip.origin, trip.destination)
        pieces = min(int(room * most), dispatch.left[load.id]) if most else 0
        if pieces:
            parts.append((load.id, pieces))
            room -= Fraction(pieces, most)
    return tuple(parts)
