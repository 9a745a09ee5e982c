"""When each load can be ready at the soonest, counting what it waits for.

A load that waits for others (`after`) is not loaded before all of them are unloaded whole. No piece of those is
unloaded before the soonest flight or convoy brings it, with all else left out. So a problem whose loads are
ready no sooner than that, and wait for nothing, allows every plan that the true one allows, and its bounds hold. What
such a plan leaves behind makes no difference: what waits for it is left behind as well.
"""

from collections.abc import Iterator
from dataclasses import replace
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from peyman.force.checking.movable import first_start, movable
from peyman.force.checking.terms import (
    Terms,
    block_min,
    march_min,
    most_by_air,
    payload_kg,
)
from peyman.force.problem import AircraftType, Load, Route


def drawn(terms: Terms) -> Terms:
    """The same problem, with loads that are ready when what they wait for can be there.

    Which loads can be moved, and which contradict themselves, is that of the true problem.
    """
    able = movable(terms)
    waits = {one.id: one.after for one in terms.problem.loads if one.id in able}
    if not any(waits.values()):
        return terms
    soonest = _Soonest(terms)
    ready: dict[str, int] = {}
    there: dict[str, int] = {}
    for name in TopologicalSorter(waits).static_order():
        load = terms.loads[name]
        ready[name] = max([load.rld, load.ald, *(there[one] for one in load.after)])
        there[name] = soonest.unloaded(load, ready[name])
    loads = tuple(
        replace(one, ald=ready.get(one.id, one.ald)) for one in terms.problem.loads
    )
    found = Terms(replace(terms.problem, loads=loads))
    found.able = able
    return found


class _Soonest:
    """When something can be unloaded with everything else left out, by any tail or road."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.there = {kind.id: self._reached(kind) for kind in terms.fleet}

    def unloaded(self, load: Load, ready: int) -> int:
        """The minute before which no piece of a load is unloaded that is ready then."""
        ways = (*self._by_air(load, ready), *self._by_land(load, ready))
        return min(ways, default=self.terms.problem.horizon)

    def _by_air(self, load: Load, ready: int) -> Iterator[int]:
        for kind in self.terms.fleet:
            for place in load.destinations:
                km = self.terms.km.get((load.origin, place))
                comes = self.there[kind.id].get(load.origin)
                if km is None or comes is None or not most_by_air(kind, load, km):
                    continue
                flight, first = (kind, place, km), max(ready, comes)
                start = first_start(self.terms, load, flight, first)
                if start is not None:
                    away = kind.load_min + block_min(kind, km)
                    yield start + away + kind.unload_min

    def _by_land(self, load: Load, ready: int) -> Iterator[int]:
        for route in self.terms.roads(load):
            start = self._starts(route, ready)
            if start is not None:
                yield max(start + self._march(route), load.ead)

    def _march(self, route: Route) -> int:
        """Minutes that a single piece takes, borders counted."""
        gates = (self.terms.borders[name].piece_min for name, _ in route.borders)
        return march_min(route, route.km) + sum(gates)

    def _starts(self, route: Route, ready: int) -> int | None:
        """The first start at which the first border is open for a piece."""
        if not route.borders:
            return ready
        name, km = route.borders[0]
        border, away = self.terms.borders[name], march_min(route, km)
        starts = (
            max(ready, lo - away)
            for lo, hi in border.open
            if max(ready + away, lo) + border.piece_min <= hi
        )
        return min(starts, default=None)

    def _reached(self, kind: AircraftType) -> dict[str, int]:
        """For each airfield the minute before which no tail of a type is there."""
        terms = self.terms
        ways: dict[str, list[tuple[str, int]]] = {}
        for (origin, place), km in terms.km.items():
            ends = (terms.airfields[origin], terms.airfields[place])
            is_long = all(end.runway_m >= kind.runway_m for end in ends)
            if is_long and payload_kg(kind, km) is not None:
                minutes = block_min(kind, km) + kind.turn_min
                ways.setdefault(origin, []).append((place, minutes))
        queue: list[tuple[int, str]] = []
        for tail in terms.problem.tails:
            if tail.type == kind.id:
                heappush(queue, (tail.available_from, tail.base))
        found: dict[str, int] = {}
        while queue:
            at, here = heappop(queue)
            if here not in found:
                found[here] = at
                for place, minutes in ways.get(here, ()):
                    heappush(queue, (at + minutes, place))
        return found
