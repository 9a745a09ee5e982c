"""Loads as the bounds see them: ready when what they wait for can be there at the soonest.

The checker reckons this anew with code of its own; here it only has to be near enough for good prices.
"""

from collections.abc import Sequence
from dataclasses import replace
from graphlib import TopologicalSorter

from peyman.force.problem import Load, Tail
from peyman.force.solve.network import Network, Trip, marched


def drawn(network: Network, loads: Sequence[Load]) -> list[Load]:
    """The same loads, none ready before what it waits for can be unloaded, all else left out."""
    by_name = {one.id: one for one in loads}
    waits = {
        name: [other for other in one.after if other in by_name]
        for name, one in by_name.items()
    }
    if not any(waits.values()):
        return list(loads)
    comes = _Comes(network)
    ready: dict[str, int] = {}
    there: dict[str, int] = {}
    for name in TopologicalSorter(waits).static_order():
        one = by_name[name]
        first = max([one.rld, one.ald, *(there[other] for other in waits[name])])
        ready[name], there[name] = first, comes.soonest(replace(one, ald=first))
    return [replace(one, ald=ready[one.id]) for one in loads]


class _Comes:
    """When a tail of each type can be at an airfield at the soonest."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._known: dict[tuple[str, str], int] = {}

    def soonest(self, load: Load) -> int:
        """The minute before which a load cannot be unloaded."""
        by_land = (marched(one, load) for one in self.network.roads(load))
        found = [one for one in by_land if one is not None]
        found += [self._flown(load, trip) for trip, _ in self.network.carrying(load)]
        return min(found, default=self.network.horizon)

    def _flown(self, load: Load, trip: Trip) -> int:
        network = self.network
        comes = self._there(trip.type, trip.origin)
        first = max(load.rld, load.ald, load.ead - trip.away_min, comes)
        starts = (
            max(first, lo, opens - trip.away_min)
            for lo, hi in network.open[trip.origin]
            if hi - trip.load_min >= first
            for opens, closes in network.open[trip.destination]
            if max(first, lo, opens - trip.away_min)
            <= min(hi - trip.load_min, closes - trip.whole_min)
        )
        start = min(starts, default=network.horizon)
        return start + trip.away_min + trip.unload_min

    def _there(self, kind: str, place: str) -> int:
        """When the first tail of a type is at a place, straight from its base."""
        key = (kind, place)
        if key not in self._known:
            names = self.network.of_type[kind]
            tails = (self._ferried(self.network.tails[name], place) for name in names)
            self._known[key] = min(tails)
        return self._known[key]

    def _ferried(self, tail: Tail, place: str) -> int:
        if tail.base == place:
            return tail.available_from
        ferry = self.network.ferries.get((tail.type, tail.base, place))
        # By way of other airfields it may be sooner or later: nearly all are linked.
        return tail.available_from + (ferry.whole_min if ferry else 0)
