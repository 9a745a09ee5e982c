"""Certificates to try: prices out of the flow, and plain ones for closure and lift.

Whatever is tried here, the checker says what it proves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.plan import Prices
from peyman.force.problem import Load, due, weight
from peyman.force.solve.bounds.flow import Flow
from peyman.force.solve.network import Network, Trip, rarely_carried

Floats = NDArray[np.float64]
_GRIDS: Final = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240)
_LARGEST: Final = 2_000_000_000
"""What can be done in any state: so much of it is a second of reckoning."""
_COARSE: Final = 30
_LIFT_SHARES: Final = (1.5, 2.0, 1.0)
"""The one that proves most where little time is left stands first."""


def coarse_grid(network: Network) -> int:
    """A grid for bounds that hardly depend on it."""
    trips = [*network.trips.values(), *network.ferries.values()]
    return max(1, min([_COARSE, *(one.whole_min for one in trips)]))


def grid_for(network: Network, until: int) -> int:
    """The finest grid on which a bound is reckoned in seconds."""
    trips = [*network.trips.values(), *network.ferries.values()]
    shortest = min((one.whole_min for one in trips), default=1)
    crews = [network.crew(one.id) for one in network.fleet]
    # A crew that never rests may have worked for any time.
    duty = max((duty for duty, rest in crews if rest), default=0)
    for grid in _GRIDS:
        states = len(trips) * (until // grid) * max(1, duty // grid)
        if states <= _LARGEST or grid * 2 > shortest:
            return min(grid, max(1, shortest))
    return max(1, min(_GRIDS[-1], shortest))


def lateness_prices(
    network: Network,
    flow: Flow,
    best: Mapping[str, tuple[float, int]],
    until: int,
) -> Prices:
    """What the flow says that pieces and stands are worth; `best` is its `best_starts`."""
    grid = grid_for(network, until)
    return Prices(
        "lateness",
        grid,
        until,
        flow.step,
        {name: max(0, int(cost)) for name, (cost, _) in best.items() if cost < np.inf},
        {
            place: tuple(int(one) for one in row)
            for place, row in flow.stand.items()
            if row.max() >= 1
        },
        began_min=grid,
    )


def best_starts(
    network: Network, flow: Flow, loads: Iterable[Load]
) -> dict[str, tuple[float, int]]:
    """For each load what a piece costs at the best time for it, and that time."""
    # Where what flies serves no load there is no trip at all.
    steps = max(map(len, flow.trip.values()), default=0)
    at = np.arange(0, int(flow.step * steps), 10)
    worth = {
        key: np.interp(at, np.arange(len(row)) * flow.step, row)
        for key, row in flow.trip.items()
    }
    by_ends: dict[tuple[str, str], list[str]] = {}
    for kind, origin, place in worth:
        by_ends.setdefault((origin, place), []).append(kind)
    found = {}
    for load in loads:
        best = (np.inf, network.horizon)
        for place in load.destinations:
            for kind in by_ends.get((load.origin, place), ()):
                most = network.most(kind, load, load.origin, place)
                trip = network.trips[kind, load.origin, place]
                if most:
                    row = worth[kind, load.origin, place] / most
                    best = min(best, _cheapest(network, load, trip, at, row))
        found[load.id] = best
    return found


def _cheapest(
    network: Network, load: Load, trip: Trip, at: NDArray[np.int64], worth: Floats
) -> tuple[float, int]:
    slope = load.piece_kg * weight(network.problem, load)
    first = max(load.rld, load.ald, load.ead - trip.away_min)
    off = at + trip.away_min + trip.unload_min
    cost = worth + slope * np.maximum(0, off - due(load))
    cost = np.where(at + 10 > first, cost, np.inf)
    i = int(cost.argmin())
    return float(cost[i]), int(at[i])


def closure_prices(
    network: Network, loads: Sequence[Load], until: int
) -> Iterator[Prices]:
    """Prices at which something may remain: can all be there by then?

    A piece at what it weighs, then at its share of the leg: of all loads, and of those that
    only some of the types can carry.
    """
    grid = grid_for(network, until)
    for some in (loads, *rarely_carried(network, loads)):
        for price in (
            {one.id: 1000 * one.piece_kg for one in some},
            {one.id: max(1, int(1000 * _leg_share(network, one))) for one in some},
        ):
            yield Prices("closure", grid, until, network.horizon, price, began_min=grid)


def soonest(network: Network, load: Load) -> int:
    """The minute before which a load cannot be unloaded by air, with all else left out."""
    first = max(load.rld, load.ald)
    return min(
        (
            max(first + trip.away_min, load.ead) + trip.unload_min
            for trip, _ in network.carrying(load)
        ),
        default=0,
    )


def lift_prices(network: Network, loads: Sequence[Load]) -> Iterator[Prices]:
    """A piece at its share of the leg, with and without the way back."""
    legs: Mapping[str, float] = {one.id: _leg_share(network, one) for one in loads}
    grid = coarse_grid(network)
    for share in _LIFT_SHARES:
        price = {name: int(1000 * share * leg) for name, leg in legs.items()}
        yield Prices("lift", grid, network.horizon, network.horizon, price)


def _leg_share(network: Network, load: Load) -> float:
    """Minutes flown for one piece in a full aircraft, by the best type."""
    return min(
        (trip.block_min / most for trip, most in network.carrying(load)),
        default=0.0,
    )
