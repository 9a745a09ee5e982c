"""The cheapest itineraries of a type, backward in time, by patterns of duties or trip by trip: compiled by numba."""

import numpy as np
from numpy.typing import NDArray

from peyman.force.engines.compiling import compiled, entrance
from peyman.force.solve.bounds.parties.itineraries import (
    COUNT,
    FIRST,
    FROM,
    LANDS,
    NEVER,
    ORIGIN,
    SLACK,
    STEPS,
    TO,
    WHOLE,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Duty = tuple[Floats, Floats]


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


@entrance
def backward_by_trip(
    value: Floats, moves: tuple[Floats, Ints], crew: tuple[int, int], duty: Duty
) -> None:
    """Fill in by place and step the value of a rested tail, of which any duty may be the next.

    Args:
        value: 0 everywhere, to begin with, and for a duty and a rest after the last step.
        moves: By trip and step the cost; of each trip origin, destination and steps.
        crew: Steps of a duty and of a rest.
        duty: Room for one duty.
    """
    cost, _ = moves
    for step in range(cost.shape[1] - crew[0] - 2, -1, -1):
        on_duty(value, moves, crew, step, duty)
        for place in range(len(value)):
            value[place, step] = min(value[place, step + 1], duty[0][place, 0])


@entrance
def on_duty(
    value: Floats,
    moves: tuple[Floats, Ints],
    crew: tuple[int, int],
    first: int,
    duty: Duty,
) -> None:
    """By place and step since `first`, when the duty begins: what is left to do on it, and after it.

    `duty` is what the next trip and all that follows costs, a wait before it included; and the same where the crew may rest as
    well. Steps beyond the duty are `NEVER`. So many steps as the shortest trip takes are reckoned together: none asks for another.
    """
    cost, trips = moves
    most, rest = crew
    working, onward = duty
    shortest = trips[0, STEPS]
    for one in range(len(trips)):
        shortest = min(shortest, trips[one, STEPS])
    hi = most + 1
    while hi > 0:
        lo = max(0, hi - shortest)
        for place in range(len(value)):
            for step in range(lo, hi):
                working[place, step] = NEVER
        _fly(cost[:, first:], trips, (lo, hi), duty)
        for place in range(len(value)):
            here, after = working[place], value[place, first + rest :]
            for step in range(hi - 1, lo - 1, -1):
                here[step] = min(here[step], here[step + 1])
                onward[place, step] = min(here[step], after[step])
        hi = lo


@compiled
def _fly(cost: Floats, trips: Ints, span: tuple[int, int], duty: Duty) -> None:
    """What each trip, and all that follows it, costs that begins in a span of steps of the duty."""
    lo, hi = span
    working, onward = duty
    for one in range(len(trips)):
        here = working[trips[one, FROM]]
        then = onward[trips[one, TO], trips[one, STEPS] :]
        for step in range(lo, hi):
            here[step] = min(here[step], cost[one, step] + then[step])
