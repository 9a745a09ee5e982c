"""Better and better schedules: orders of the loads, changed a little at a time.

A schedule is decoded from an order of the loads (`Dispatch`). The search takes some loads
out of the order and puts them elsewhere, most often those that cost much and those that stand
in their way, and keeps what is no worse.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from peyman.force.problem import Load, due, weight
from peyman.force.solve.dispatching.assemble import lateness
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.timing import endless, in_time

Worth = tuple[int, ...]
_MOST = 0.95
_FAR = 2


@dataclass(frozen=True, slots=True)
class Found:
    """An order of the loads, its schedule, and the values of the schedule."""

    order: tuple[str, ...]
    dispatch: Dispatch
    worth: Worth

    @property
    def is_whole(self) -> bool:
        """Whether it leaves nothing behind that can be moved, not even what counts nothing."""
        return not any(self.dispatch.left.values())


def decode(
    network: Network,
    loads: Sequence[Load],
    order: Sequence[str],
    left: Callable[[], float] = endless,
) -> Found:
    """The schedule of an order.

    Raises:
        OutOfTime: If no seconds are left before all loads have been looked at.
    """
    dispatch = Dispatch(network, loads)
    dispatch.run(in_time(order, left))
    return Found(tuple(order), dispatch, worth_of(dispatch))


def worth_of(dispatch: Dispatch) -> Worth:
    """Undelivered, lateness, closure and lift of a schedule."""
    network = dispatch.network
    left, late, closure = 0, 0, 0
    for name, pieces in dispatch.left.items():
        if pieces:
            load = network.loads[name]
            left += pieces * load.piece_kg * weight(network.problem, load)
            late += pieces * lateness(network, name, network.horizon)
            closure = network.horizon
    lift = 0
    for put in dispatch.board.puts:
        lift += put.trip.block_min
        for name, pieces in put.parts:
            late += pieces * lateness(network, name, put.unloaded)
            closure = max(closure, put.unloaded)
    for march in dispatch.roads.marches:
        for name, pieces in march.parts:
            late += pieces * lateness(network, name, march.arrive)
            closure = max(closure, march.arrive)
    return (left, late, closure, lift)


def matters_until(found: Found) -> int:
    """A minute by which a better schedule is over, but for stragglers that are far behind.

    What is moved after the end of the reckoning counts as late until then, and no longer:
    a few heavy loads that a rare type brings last can be most of what is late.
    """
    ends = sorted(one.unloaded for one in found.dispatch.board.puts if one.parts)
    if not ends:
        return found.worth[2]
    return min(found.worth[2], ends[-1], _FAR * ends[ceil(_MOST * (len(ends) - 1))])


def first_orders(network: Network, loads: Sequence[Load]) -> Iterator[list[str]]:
    """Orders to begin with: what fewest tails carry first, so that they are still there for it.

    Then by due date, what counts more some days before it; and by due date alone.
    """
    for bonus in (0, 1440, 5760):
        yield [
            one.id
            for one in sorted(
                loads,
                key=lambda one: (
                    network.carriers(one),
                    due(one) - bonus * weight(network.problem, one),
                ),
            )
        ]
    for bonus in (0, 720, 2880):
        yield [
            one.id
            for one in sorted(
                loads,
                key=lambda one: due(one) - bonus * weight(network.problem, one),
            )
        ]


def neighbours(
    found: Found, loads: Sequence[Load], chance: np.random.Generator
) -> Iterator[tuple[str, ...]]:
    """Orders near the one that was found, without end."""
    names = list(found.order)
    count = len(names)
    while count > 1:
        changed = list(names)
        for _ in range(int(chance.integers(1, 4))):
            take = int(chance.integers(count))
            reach = max(2, int(count * float(chance.choice([0.05, 0.2, 1.0]))))
            give = int(np.clip(take + chance.integers(-reach, reach + 1), 0, count - 1))
            changed.insert(give, changed.pop(take))
        yield tuple(changed)


def improve(
    network: Network,
    loads: Sequence[Load],
    start: Found,
    chance: np.random.Generator,
    is_over: Callable[[], bool],
) -> Iterator[Found]:
    """Every schedule that is better than all before it, until it is over."""
    best = current = start
    while len(loads) > 1 and not is_over():
        order = next(neighbours(current, loads, chance))
        found = decode(network, loads, order)
        if _is_near(found.worth, current.worth, best.worth, chance):
            current = found
        if found.worth < best.worth:
            best = current = found
            yield best


def at_most(steps: int, is_over: Callable[[], bool]) -> Callable[[], bool]:
    """Whether it is over, or was asked so many times."""
    left = iter(range(steps))
    return lambda: is_over() or next(left, None) is None


def _is_near(
    worth: Worth, current: Worth, best: Worth, chance: np.random.Generator
) -> bool:
    """Whether to go on from there: no worse, or a little, now and then."""
    if worth <= current:
        return True
    if worth[0] > best[0]:
        return False
    allowed = best[1] * (1 + 0.01 * float(chance.random()))
    return worth[1] < allowed and worth[1] > best[1]
