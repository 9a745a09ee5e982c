"""Closing sooner: what is unloaded last counts as late, and is made less late.

Once nothing is late that need not be, closure is what is left to better, and it depends on the few
flights that come last. So all dates are drawn nearer, to a little before the movement closes now, and
ruin and recreate makes less late what then is. When nothing is, the movement closes by that minute.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from peyman.force.problem import Load, due
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import Found, at_most, worth_of

_CLOSURE = 2
"""Its place in what a schedule is worth."""
_NEARER = 4
"""The first aim is so much of the way from what is found to what is proven; then half as far."""
_STEPS = 75
"""How long for one aim, in steps of ruin and recreate."""
_THRIFTY = 600
"""How long for less lift, in such steps, once no nearer aim is reached."""


def sooner(
    network: Network,
    loads: Sequence[Load],
    start: Found,
    chance: np.random.Generator,
    is_over: Callable[[], bool],
    bound: Callable[[], int],
) -> Iterator[Found]:
    """Schedules that close earlier, until there is no nearer aim; then such as fly less.

    Args:
        network: The problem.
        loads: What is to be moved.
        start: A schedule with everything moved.
        chance: Whose turns it takes.
        is_over: Whether the time is up.
        bound: The minute before which nothing can close, as far as is proven.
    """
    best = start
    step = max(1, (best.worth[_CLOSURE] - bound()) // _NEARER)
    while not is_over():
        aim = max(best.worth[_CLOSURE] - step, bound())
        steps = _STEPS if step else _THRIFTY
        is_nearer = False
        for found in _hurried(network, loads, best, (aim, steps), chance, is_over):
            if found.worth < best.worth:
                is_nearer |= found.worth[_CLOSURE] < best.worth[_CLOSURE]
                best = found
                yield best
        if not step:
            return
        if not is_nearer:
            step = min(step // 2, best.worth[_CLOSURE] - bound())


def _hurried(
    network: Network,
    loads: Sequence[Load],
    start: Found,
    aim: tuple[int, int],
    chance: np.random.Generator,
    is_over: Callable[[], bool],
) -> Iterator[Found]:
    """What is found when everything is due by the aim, as schedules of the problem itself.

    The aim is a minute and how many steps are taken: all, or those until it is reached.
    """
    until, most = aim
    nearer = [replace(one, lad=min(due(one), until)) for one in loads]
    by_name = {one.id: one for one in nearer}
    every = tuple(by_name.get(one.id, one) for one in network.problem.loads)
    hurried = Network(replace(network.problem, loads=every))
    begun = _as_of(hurried, nearer, start)
    for found in recreate(hurried, nearer, begun, chance, at_most(most, is_over)):
        yield _as_of(network, loads, found)
        if not found.worth[1] and most == _STEPS:
            return


def _as_of(network: Network, loads: Sequence[Load], found: Found) -> Found:
    """The same flights and convoys, with what they are worth by other dates."""
    dispatch = Dispatch(network, loads)
    dispatch.roads = found.dispatch.roads
    for put in found.dispatch.board.puts:
        dispatch.board.put(put)
    dispatch.left = dict(found.dispatch.left)
    return Found(found.order, dispatch, worth_of(dispatch))
