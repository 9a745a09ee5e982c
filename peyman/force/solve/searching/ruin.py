"""Ruin and recreate: some flights are taken off and put back where they cost least.

The steps themselves are compiled (`compiled/stepping.py`); here they are begun, and what they
find is told. Loads that are tied to others (units, `after`) stay where they are, with their tails, but for those that have a window.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from peyman.force.problem import Load
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.searching.search import Found, worth_of

if TYPE_CHECKING:
    from peyman.force.solve.searching.arrays import Arrays, Window

STEPS = 20
"""Between two looks at whether the time is over, at the most."""
_MANY = 1000
"""With more ways to send the loads it is looked more often."""
_TOLD = 2
"""What was found is told after so many steps a load: a schedule takes long to write down."""


def recreate(
    network: Network,
    loads: Sequence[Load],
    start: Found,
    chance: np.random.Generator,
    is_over: Callable[[], bool],
    windows: "Mapping[str, Window] | None" = None,
) -> Iterator[Found]:
    """Every schedule that is better than all before it, every few steps, until it is over.

    With `windows` (`waiting.py`), better by what these say that lateness costs.
    """
    # Who plans nothing does not wait for numba, which takes a third of a second to import.
    from peyman.force.solve.searching.arrays import Arrays
    from peyman.force.solve.searching.compiled.stepping import run, seed, total

    here = Arrays(network, loads, start.dispatch, windows or {})
    world, live = here.world, here.live
    if not len(live.tails) or not here.is_any_free:
        return
    seed(int(chance.integers(1 << 31)))
    costs = np.full(2, total(world, live))
    kept, each = (here.old, here.best), steps_at_once(loads)
    # What is compiled is read before the time is asked for.
    run(world, live, here.desk, kept, costs, 0)
    told, steps = float(costs[1]), 0
    while True:
        is_last = is_over()
        if costs[1] < told and (is_last or steps >= _TOLD * len(here.loads)):
            told, steps = float(costs[1]), 0
            yield _found(here, loads, start)
        if is_last:
            return
        run(world, live, here.desk, kept, costs, each)
        steps += each


def steps_at_once(loads: Sequence[Load]) -> int:
    """Steps between two looks at whether the time is over: few where there is much to look at in each."""
    ways = sum(len(one.destinations) for one in loads)
    return max(1, min(STEPS, STEPS * _MANY // max(1, ways)))


def _found(here: "Arrays", loads: Sequence[Load], start: Found) -> Found:
    """The best routes as a schedule."""
    dispatch = Dispatch(here.network, loads)
    dispatch.roads = start.dispatch.roads
    puts = here.puts(here.best)
    for put in sorted(puts, key=lambda one: (one.start, one.tail)):
        dispatch.board.put(put)
    left = here.best.left.tolist()
    dispatch.left = {one.id: n for one, n in zip(here.loads, left, strict=True)}
    return Found(start.order, dispatch, worth_of(dispatch))
