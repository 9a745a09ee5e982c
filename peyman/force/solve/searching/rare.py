"""A second beginning for a search: what only some types carry first, as if nothing else were there.

A few heavy loads can be most of what is late, and of the flights that stand in their way hardly ever
all are taken off at once. Neither beginning is the better one everywhere, so both are gone on from.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np

from peyman.force.problem import Load
from peyman.force.solve.network import Network, rarely_carried
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import Found, decode, first_orders
from peyman.force.solve.searching.waiting import search

Spans = tuple[Callable[[], bool], Callable[[], bool], Callable[[], bool]]
"""Whether it is over: for the rare loads alone, for the second beginning, and for all of it."""


def from_two(
    network: Network,
    loads: Sequence[Load],
    start: Found,
    chance: np.random.Generator,
    spans: Spans,
) -> Iterator[Found]:
    """Every schedule that is better than all before it: from a second beginning, then from the better of both."""
    alone, second, is_over = spans
    best = start
    begun = _rare_first(network, loads, chance, lambda: is_over() or alone())
    if begun is not None:
        rows = (network, loads, begun, chance)
        better = recreate(*rows, lambda: is_over() or second())
        for found in chain([begun], better):
            if found.worth < best.worth:
                best = found
                yield best
    yield from search(network, loads, best, chance, is_over)


def _rare_first(
    network: Network,
    loads: Sequence[Load],
    chance: np.random.Generator,
    is_over: Callable[[], bool],
) -> Found | None:
    """Rare loads as well as can be found, and the others behind them; None if all are alike."""
    rare = [one for rows in rarely_carried(network, loads) for one in rows]
    if not 0 < len(rare) < len(loads):
        return None
    alone = _best(network, rare, first_orders(network, rare))
    for found in recreate(network, rare, alone, chance, is_over):
        alone = found
    puts = sorted(alone.dispatch.board.puts, key=lambda one: one.start)
    order = dict.fromkeys(name for put in puts for name, _ in put.parts)
    # What went by land, or did not go, comes after what flew.
    order |= dict.fromkeys(alone.order)
    others = [one for one in loads if one.id not in order]
    return _best(
        network, loads, ((*order, *rest) for rest in first_orders(network, others))
    )


def _best(
    network: Network, loads: Sequence[Load], orders: Iterator[Sequence[str]]
) -> Found:
    """The best schedule of some orders."""
    found = (decode(network, loads, order) for order in orders)
    return min(found, key=lambda one: one.worth)
