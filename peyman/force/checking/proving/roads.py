"""What a road can win at given prices, its convoys one after the other: in whole numbers, in its favour.

Two rules are left, and each gives a bound: a convoy follows the one before by the headway; and the pieces of all convoys
pass the first border one after the other, so that each can be taken for a convoy of its own.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from peyman.force.checking.proving.earnings import Offer, full_flight
from peyman.force.checking.proving.itineraries import Ints
from peyman.force.checking.terms import Terms, march_min, most_by_land
from peyman.force.problem import Load, Route


def least_by_road(
    terms: Terms, route: Route, offers: Sequence[Offer], until: int, grid: int
) -> int | None:
    """The least that all convoys of a road cost together; None where steps are too coarse to tell them apart.

    Args:
        terms: The problem.
        route: The road.
        offers: What can go by it; `most` is what fills a convoy.
        until: What arrives after it wins nothing.
        grid: Minutes of a step.
    """
    if grid > until:
        return None
    march = march_min(route, route.km)
    start = np.arange(-(-until // grid) + 1) * grid
    shut = (start + march > until) | ~_is_open(terms, route, len(start), grid)

    def won(able: Sequence[Offer]) -> Ints:
        best = full_flight(able, start, grid, march)
        best[shut] = 0
        return best

    gate = terms.borders[route.borders[0][0]].piece_min if route.borders else 0
    found = []
    if route.headway_min >= grid:
        found.append(least_in_turn(won(offers), route.headway_min // grid))
    if gate >= grid:
        single = [replace(one, most=1, pieces=1) for one in offers]
        found.append(least_in_turn(won(single), gate // grid))
    return max(found, default=None)


def longest_at_borders(terms: Terms, route: Route) -> int:
    """No convoy of a road takes more minutes at its borders: each of its pieces passes each of them."""
    ends = (route.origin, route.destination)
    loads = [
        one
        for one in terms.problem.loads
        if one.origin == ends[0] and ends[1] in one.destinations
    ]
    most = max((most_by_land(route, one) for one in loads), default=0)
    pieces = min(most, sum(one.pieces for one in loads))
    return pieces * sum(terms.borders[name].piece_min for name, _ in route.borders)


def soonest_by_road(
    terms: Terms, load: Load, reckoned: Collection[str]
) -> Iterator[int]:
    """By each road that takes a load, and is not reckoned, the minute before which it is not there; borders are left out."""
    for route in terms.roads(load):
        if route.id not in reckoned:
            yield max(max(load.rld, load.ald) + march_min(route, route.km), load.ead)


def least_in_turn(won: Ints, apart: int) -> int:
    """The least sum of what begins in steps that are so far apart at the least.

    >>> least_in_turn(np.array([-3, -4, -3, -1]), 2)
    -6
    """
    apart = min(apart, len(won))
    least = [0] * (len(won) + apart)
    for step, cost in reversed(list(enumerate(won.tolist()))):
        least[step] = min(least[step + 1], cost + least[step + apart])
    return least[0]


def _is_open(
    terms: Terms, route: Route, steps: int, grid: int
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether a convoy that starts within a step can find the first border open for a piece."""
    if not route.borders:
        return np.ones(steps, dtype=np.bool_)
    name, km = route.borders[0]
    border, away = terms.borders[name], march_min(route, km)
    can = np.zeros(steps, dtype=np.bool_)
    for lo, hi in border.open:
        first, last = max(0, lo - away), hi - border.piece_min - away
        if first <= last:
            can[first // grid : last // grid + 1] = True
    return can
