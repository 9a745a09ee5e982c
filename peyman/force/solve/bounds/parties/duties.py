"""What a crew can do in one duty: the patterns of trips between two rests."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

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
        return sum(one.is_loaded for one in self.trips)


def patterns(
    network: Network,
    kind: str,
    served: frozenset[tuple[str, str]],
    *,
    anywhere: bool = False,
) -> list[Pattern]:
    """The duties of a type that serve the given pairs of origin and destination.

    A ferry never follows a ferry, and goes to where something is to be fetched; where
    it may go anywhere, a crew can rest on its way. Where a rest takes no time each trip
    is a duty of its own.
    """
    sources = {origin for origin, _ in served}
    by_origin: dict[str, list[Trip]] = {}
    for one in trips(network, kind, served, anywhere=anywhere):
        by_origin.setdefault(one.origin, []).append(one)
    duty, rest = network.crew(kind)
    layer = [
        more
        for name in network.airfields
        for more in _longer(Pattern(name, name, (), 0), by_origin, duty)
    ]
    # What is needed in any case comes first: there may be more airfields than patterns.
    layer.sort(key=lambda one: (not one.loaded, one.destination not in sources))
    found = list(layer)
    needed = sum(one.loaded or one.destination in sources for one in found)
    while layer and rest and len(found) < MOST_PATTERNS:
        more = (more for one in layer for more in _longer(one, by_origin, duty))
        # There may be thousands for each of the last layer.
        layer = list(islice(more, max(needed, MOST_PATTERNS) - len(found)))
        found += layer
    return found[: max(needed, MOST_PATTERNS)]


def trips(
    network: Network,
    kind: str,
    served: frozenset[tuple[str, str]],
    *,
    anywhere: bool = False,
) -> list[Trip]:
    """The trips of a type that serve the given pairs, and the ferries, as `patterns` has them."""
    sources = {origin for origin, _ in served}
    loaded = [
        one
        for key, one in network.trips.items()
        if key[0] == kind and key[1:] in served
    ]
    empty = [
        one
        for key, one in network.ferries.items()
        if key[0] == kind and (anywhere or key[2] in sources)
    ]
    return loaded + empty


def _longer(
    one: Pattern, by_origin: dict[str, list[Trip]], duty: int
) -> Iterator[Pattern]:
    """The pattern with one trip more, where the duty allows."""
    was_empty = bool(one.trips) and not one.trips[-1].is_loaded
    for trip in by_origin.get(one.destination, ()):
        whole = one.whole_min + trip.whole_min
        if whole <= duty and (trip.is_loaded or not was_empty):
            longer = (*one.trips, trip)
            yield Pattern(one.origin, trip.destination, longer, whole)
