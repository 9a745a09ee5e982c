"""Better and better prices: the program and the tails answer each other, and then rows of whole flights are added."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peyman.force.solve.bounds.columns import Columns

Floats = NDArray[np.float64]
_STEADY = 0.8
"""How much of the best prices so far stays in the next ones."""
_NEAR = 0.002
_UNTIED, _UNTIED_MANY, _MANY_ROWS = 0.2, 0.02, 1500
"""How near it has to be before loads wait for each other and units keep together; the second where that takes so many rows. The program
without them is small; with many of them it may not come to its end."""
_GAIN = 0.002
"""New rows that prove less more are the last."""


@dataclass(frozen=True, slots=True)
class Step:
    """One round: the best bound and its prices, the program's value, and whether they are near the best of the rows that there are."""

    bound: float
    value: float
    price: Floats
    stand: Floats
    is_near: bool


def rounds(
    columns: Columns, price: Floats, stand: Floats, left: Callable[[], float]
) -> Iterator[Step]:
    """Better and better prices, from some on, until they are near the best or time is up.

    Args:
        columns: The program; columns that are known may be in it already.
        price: Of a piece of each load, to begin with.
        stand: Of a stand-minute, by place and slot, to begin with.
        left: Seconds that are left.
    """
    bound, found = columns.ask(price, stand)
    columns.grow(found)
    step = Step(bound, np.inf, price, stand, is_near=False)
    yield step
    covered = -np.inf
    while left() > 0:
        for better in _settled(columns, step, left):
            step = better
            yield step
        is_worth_it = step.bound - covered > _GAIN * step.bound
        covered = step.bound
        if left() <= 0 or not is_worth_it or not columns.cover(step.price):
            return


def _settled(columns: Columns, step: Step, left: Callable[[], float]) -> Iterator[Step]:
    """The same, with the rows that there are; the last step says that it is near."""
    best, price, stand = step.bound, step.price, step.stand
    steady = _STEADY
    while left() > 0:
        value, new, new_stand = columns.solve(left())
        near = value - best <= _near(columns) * value
        if not near:
            at = steady * price + (1 - steady) * new
            stand_at = steady * stand + (1 - steady) * new_stand
            bound, found = columns.ask(at, stand_at)
            grown = columns.grow([*found, *columns.beside(at, stand_at, found)])
            if bound > best:
                best, price, stand = bound, at, stand_at
            if not grown:
                near = steady == 0.0
                steady = max(0.0, steady - 0.25)
        is_over = near and columns.is_tied
        yield Step(best, value, price, stand, is_near=is_over)
        if is_over:
            return
        if near:
            columns.tie()
            steady = _STEADY


def _near(columns: Columns) -> float:
    """The part of its value by which the best bound may be below it when the program counts as solved."""
    if columns.is_tied:
        return _NEAR
    return _UNTIED if columns.waits.rows <= _MANY_ROWS else _UNTIED_MANY
