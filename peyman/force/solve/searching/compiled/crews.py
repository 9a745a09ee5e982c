"""What a crew allows: when what is next can begin, and what it costs to be late.

Duty and rest count here, stands and windows do not.
"""

import numpy as np

from peyman.force.engines.compiling import compiled
from peyman.force.solve.searching.compiled.model import (
    COUNT,
    EAD,
    FIRST,
    ORIGIN,
    PARTS,
    THERE,
    Ints,
    block_of,
    due_of,
    duty_min_of,
    last_of,
    load_min_of,
    parts_of,
    rate_of,
    rest_min_of,
    turn_min_of,
    unload_min_of,
)

State = tuple[int, int, int]
"""Place, since when, when the duty began; -1 for a rested crew."""


@compiled
def late(world: Ints, row: Ints, unloaded: int) -> float:
    """What a task costs that is unloaded then; infinite if that is too late for others."""
    cost = 0.0
    for i in range(row[COUNT]):
        load = row[PARTS + i]
        if unloaded > last_of(world, load):
            return np.inf
        over = unloaded - due_of(world, load)
        if over > 0:
            cost += rate_of(world, load) * row[PARTS + parts_of(world) + i] * over
    return cost


@compiled
def after(world: Ints, kind: int, state: State, start: int, whole: int) -> State:
    """Ready and duty after what begins then and takes so long; the place is for the caller."""
    place, ready, began = state
    if began < 0 or start - ready >= rest_min_of(world, kind):
        began = start
    return place, start + whole, began


@compiled
def begins(
    world: Ints, kind: int, state: State, first: int, whole: int
) -> tuple[int, int]:
    """When a crew can begin what takes so long, if nothing is in its way; and its duty's begin."""
    _, ready, began = state
    start, rested = max(ready, first), ready + rest_min_of(world, kind)
    if (
        began >= 0
        and start < rested
        and start + whole - began > duty_min_of(world, kind)
    ):
        start = rested
    if began < 0 or start >= rested:
        began = start
    return start, began


@compiled
def unhindered(
    world: Ints, kind: int, state: State, row: Ints
) -> tuple[int, int, int, int]:
    """When a task would begin with every stand free: start, ready, duty, minutes flown empty.

    -1 if it cannot. `row` needs only what the task is.
    """
    place, ready, began = state
    origin = row[ORIGIN]
    block = block_of(world, kind, origin, row[THERE])
    away = load_min_of(world, kind) + block
    whole = away + unload_min_of(world, kind) + turn_min_of(world, kind)
    first = max(row[FIRST], row[EAD] - away)
    if place == origin:
        start, began = begins(world, kind, state, first, whole)
        return start, start + whole, began, 0
    empty = block_of(world, kind, place, origin)
    if empty < 0:
        return -1, 0, -1, 0
    ferry = empty + turn_min_of(world, kind)
    best = (-1, 0, -1, empty)
    for leaves in (first - ferry, ready):
        start, duty = begins(world, kind, state, leaves, ferry)
        there = (origin, start + ferry, duty)
        start, duty = begins(world, kind, there, first, whole)
        if best[0] < 0 or start < best[0]:
            best = (start, start + whole, duty, empty)
    return best
