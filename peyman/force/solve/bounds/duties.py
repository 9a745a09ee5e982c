"""What a crew can do in one duty: the patterns of trips between two rests."""

from collections.abc import Iterator
from dataclasses import dataclass

from peyman.force.solve.network import Network, Trip

MOST_PATTERNS = 3000
"""For each type; those with the fewest trips stand first."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Trips that follow each other without a wait, from a place to a place."""

    origin: str
    destination: str
    trips: tuple[Trip, ...]
    whole_min: int

    @property
    def loaded(self) -> int:
        """How many of the trips carry something."""
        return sum(one.load_min > 0 or one.unload_min > 0 for one in self.trips)


def patterns(
    network: Network,
    kind: str,
    served: frozenset[tuple[str, str]],
    *,
    anywhere: bool = False,
) -> list[Pattern]:
    """The duties of a type that serve the given pairs of origin and destination.

    A ferry never follows a ferry, and goes to where something is to be fetched; where
    it may go anywhere, a crew can rest on its way.
    """
    loaded = [
        one
        for key, one in network.trips.items()
        if key[0] == kind and key[1:] in served
    ]
    sources = {origin for origin, _ in served}
    empty = [
        one
        for key, one in network.ferries.items()
        if key[0] == kind and (anywhere or key[2] in sources)
    ]
    by_origin: dict[str, list[tuple[Trip, bool]]] = {}
    for one in loaded:
        by_origin.setdefault(one.origin, []).append((one, True))
    for one in empty:
        by_origin.setdefault(one.origin, []).append((one, False))
    duty = network.types[kind].duty_min
    found: list[Pattern] = []
    layer = [Pattern(name, name, (), 0) for name in network.airfields]
    while layer and len(found) < MOST_PATTERNS:
        layer = [more for one in layer for more in _longer(one, by_origin, duty)]
        found += layer
    return found[:MOST_PATTERNS]


def _longer(
    one: Pattern, by_origin: dict[str, list[tuple[Trip, bool]]], duty: int
) -> Iterator[Pattern]:
    """The pattern with one trip more, where the duty allows."""
    was_empty = bool(one.trips) and not (
        one.trips[-1].load_min or one.trips[-1].unload_min
    )
    for trip, is_loaded in by_origin.get(one.destination, ()):
        whole = one.whole_min + trip.whole_min
        if whole <= duty and (is_loaded or not was_empty):
            trips = (*one.trips, trip)
            yield Pattern(one.origin, trip.destination, trips, whole)
