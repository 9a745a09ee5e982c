"""Which loads to have shared out among the tails of one type: those that it alone can carry.

With prices alone every tail takes a piece here and a piece there, and what a few heavy aircraft
have to fly comes out a fifth too low; so few can be reckoned together (`Prices.shared`).
"""

from collections.abc import Sequence
from math import prod
from typing import Final

from peyman.force.problem import Load
from peyman.force.solve.network import Network, fits_route

_MOST_STATES: Final = 60_000
"""The checker looks at no more ways to have carried some of the loads."""


def shared(network: Network, loads: Sequence[Load]) -> tuple[str, ...]:
    """The most such loads of one type that are few enough; empty if there are none."""
    by_type: dict[str, dict[tuple[str, str], list[Load]]] = {}
    for one in loads:
        carriers = _carriers(network, one)
        if len(carriers) == 1 and len(set(one.destinations)) == 1:
            ends = (one.origin, one.destinations[0])
            by_type.setdefault(carriers[0], {}).setdefault(ends, []).append(one)
    few = (
        _alike(network, kind, going)
        for kind, going in by_type.items()
        if _states(going) <= _MOST_STATES
    )
    return next(iter(sorted(few, key=len, reverse=True)), ())


def _carriers(network: Network, load: Load) -> list[str]:
    """The types that can carry a load, and the routes."""
    there = load.destinations[0]
    by_land = [route.id for route in network.roads(load) if fits_route(route, load)]
    by_air = [
        kind.id
        for kind in network.fleet
        if (load.origin, there) in network.km
        and network.most(kind.id, load, load.origin, there)
    ]
    return by_land + by_air


def _states(going: dict[tuple[str, str], list[Load]]) -> int:
    """In how many ways some of the loads can have been carried, a load of its own whole."""
    return prod(
        2 if len(rows) == 1 else 1 + sum(one.pieces for one in rows)
        for rows in going.values()
    )


def _alike(
    network: Network, kind: str, going: dict[tuple[str, str], list[Load]]
) -> tuple[str, ...]:
    """Of those that go the same way, those of which as many pieces fill an aircraft."""
    names: list[str] = []
    for ends, rows in going.items():
        by_most: dict[int, list[str]] = {}
        for one in rows:
            by_most.setdefault(network.most(kind, one, *ends), []).append(one.id)
        names += sorted(by_most.values(), key=len)[-1]
    return tuple(sorted(names))
