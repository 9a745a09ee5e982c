"""The cheapest that a tail can do, duty by duty, backward in time: compiled, for it is asked of every minute."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from peyman.force.engines.compiling import compiled, entrance

Ints = NDArray[np.int64]
NEVER: Final = 1 << 55


Moves = tuple[Ints, Ints, Ints]
"""By flight and step the cost of beginning it then, `NEVER` where it may not; origin, destination and steps of each,
those from one place together; for each place its first flight, and in the end how many there are."""
Times = tuple[int, int, int, int]
"""Steps of a duty as it is reckoned, of a rest, of the shortest flight, and of a slot: all duties that begin in
a slot go on as if they had begun at its last step."""


@entrance
def backward(
    rested: Ints, moves: Moves, times: Times, slots: int, rows: tuple[Ints, Ints]
) -> None:
    """Fill in what each place is worth to a rested tail, by step, over so many slots of duties.

    Args:
        rested: By place and step; what stands after the slots is known.
        moves: What a tail can do.
        times: What binds its crew.
        slots: In so many, from the first step on, duties begin.
        rows: Room for `_work`.
    """
    _, _, firsts = moves
    apart = times[3]
    working, _ = rows
    for slot in range(slots - 1, -1, -1):
        first = slot * apart
        _work(rested, moves, times, first, rows)
        for place in range(len(rested)):
            least = rested[place, first + apart]
            for step in range(apart - 1, -1, -1):
                if firsts[place] < firsts[place + 1]:
                    least = min(least, working[place, step])
                rested[place, first + step] = least


@entrance
def backward_unbound(rested: Ints, cost: Ints, flights: Ints) -> None:
    """The same for crews that never have to rest: what is left to do depends on place and time alone."""
    for step in range(cost.shape[1] - 1, -1, -1):
        for place in range(len(rested)):
            rested[place, step] = rested[place, step + 1]
        for one in range(len(flights)):
            origin, destination, steps = flights[one]
            then = cost[one, step] + rested[destination, step + steps]
            rested[origin, step] = min(rested[origin, step], then)


@compiled
def _work(
    rested: Ints, moves: Moves, times: Times, first: int, rows: tuple[Ints, Ints]
) -> None:
    """By place and step since `first`, when the duty began: what is left to do on it, and after it.

    `rows` are `working`, where something is to be done next, and `onward`, where the crew may rest
    as well. As many steps as the shortest flight takes are reckoned together: none of them
    asks for another.
    """
    cost, flights, firsts = moves
    width, rest, shortest, _ = times
    working, onward = rows
    hi = width
    while hi > 0:
        lo = max(0, hi - shortest)
        for place in range(len(rested)):
            here = working[place, lo:hi]
            here[:] = NEVER
            for one in range(firsts[place], firsts[place + 1]):
                steps = flights[one, 2]
                then = onward[flights[one, 1], lo + steps : hi + steps]
                _lower(here, cost[one, first + lo : first + hi], then)
            least = working[place, hi]
            for step in range(hi - lo - 1, -1, -1):
                least = min(least, here[step])
                here[step] = least
            after = rested[place, first + rest + lo : first + rest + hi]
            part = onward[place, lo:hi]
            for step in range(hi - lo):
                part[step] = min(after[step], here[step])
        hi = lo


@compiled
def _lower(here: Ints, cost: Ints, then: Ints) -> None:
    """Take the sums where they are less."""
    for step in range(len(here)):
        here[step] = min(here[step], cost[step] + then[step])
