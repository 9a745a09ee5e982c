"""The cheapest itineraries of a type, duty after duty, backward in time: compiled by numba."""

import numpy as np
from numpy.typing import NDArray

from peyman.force.engines.compiling import compiled, entrance
from peyman.force.solve.bounds.itineraries import (
    COUNT,
    FIRST,
    LANDS,
    ORIGIN,
    SLACK,
    WHOLE,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@entrance
def backward(
    cost: Floats,
    value: Floats,
    choice: Ints,
    duties: tuple[Ints, Ints],
    together: int,
    row: Floats,
) -> None:
    """Fill in by place and step the value of a rested tail, and the duty to begin; -1 to wait.

    Args:
        cost: By action and step.
        value: What comes after the last step is nothing, and stays.
        choice: -1 everywhere, to begin with.
        duties: One row each, as `Itineraries` has them; and the trips of all of them, one after the other:
            each an action, and how long after the first it begins.
        together: As many steps as the shortest duty takes with its rest: none of them asks for another.
        row: Room for the costs of one duty.
    """
    told, trips = duties
    hi = choice.shape[1]
    while hi > 0:
        lo = max(0, hi - together)
        for place in range(len(choice)):
            value[place, lo:hi] = value[place, hi]
        for one in range(len(told)):
            _begun(cost, value, told[one], trips, (lo, hi), row)
            here = value[told[one, ORIGIN], lo:hi]
            does = choice[told[one, ORIGIN], lo:hi]
            for step in range(hi - lo):
                if row[step] < here[step]:
                    here[step] = row[step]
                    does[step] = one
        for place in range(len(choice)):
            _wait(value[place, lo : hi + 1], choice[place, lo:hi])
        hi = lo


@compiled
def _wait(value: Floats, choice: Ints) -> None:
    """Where it is worth as much to begin later, a tail waits."""
    for step in range(len(choice) - 1, -1, -1):
        if value[step + 1] <= value[step]:
            value[step] = value[step + 1]
            choice[step] = -1


@compiled
def _begun(
    cost: Floats,
    value: Floats,
    duty: Ints,
    trips: Ints,
    span: tuple[int, int],
    row: Floats,
) -> None:
    """By step in which it begins what a duty costs, and all that follows it, each wait as long as is best."""
    lo, hi = span
    slack, count = duty[SLACK], duty[COUNT]
    width = hi - lo + (count - 1) * slack
    then = value[duty[LANDS], lo + duty[WHOLE] :]
    for step in range(width):
        row[step] = then[step]
    for i in range(count - 1, -1, -1):
        if i < count - 1:
            width -= slack
            least_within(row, slack, width)
        trip = trips[duty[FIRST] + i]
        own = cost[trip[0], lo + trip[1] :]
        for step in range(width):
            row[step] += own[step]


@entrance
def least_within(row: Floats, reach: int, width: int) -> None:
    """Put into each of the first `width` places the least from there to `reach` places on."""
    span = 1
    while 2 * span <= reach + 1:
        for step in range(width + reach + 1 - 2 * span):
            row[step] = min(row[step], row[step + span])
        span *= 2
    last = reach + 1 - span
    for step in range(width):
        row[step] = min(row[step], row[step + last])
