"""The stands that a route takes, and how it gives them back."""

from peyman.force.engines.compiling import compiled, entrance
from peyman.force.solve.searching.compiled.model import (
    FERRY,
    HOME,
    LEAVES,
    NONE,
    ONE,
    ORIGIN,
    PLACE,
    READY,
    START,
    TASKS,
    THERE,
    ZERO,
    Ints,
    Live,
    base_of,
    block_of,
    kind_of,
    load_min_of,
    parking_of,
    turn_min_of,
    unload_min_of,
)
from peyman.force.solve.searching.compiled.stands import (
    park,
    shift,
)


@compiled
def stay(
    world: Ints, live: Live, tail: int, spot: tuple[int, int], until: int, by: int
) -> None:
    """Take a parking stand from when the tail is ready, or give it back."""
    place, ready = spot
    if place != base_of(world, tail) and parking_of(world, place) >= 0:
        park(live, place, ready, until, by)


@compiled
def flight(
    world: Ints,
    live: Live,
    tail: int,
    ends: tuple[int, int],
    when: tuple[int, int],
    by: int,
) -> int:
    """Take the working stands of a flight (a ferry if it loads nothing); returns when it is over."""
    kind, (place, there), (start, loads) = kind_of(world, tail), ends, when
    load = load_min_of(world, kind) * loads
    lands = start + load + block_of(world, kind, place, there)
    ready = lands + turn_min_of(world, kind) + unload_min_of(world, kind) * loads
    shift(live.stands[0, place, start : start + load], by)
    shift(live.stands[0, there, lands:ready], by)
    return ready


@entrance
def mark(world: Ints, live: Live, tail: int, at: int, by: int) -> None:
    """Let a route take its stands (1) from a position on, or give them back (-1)."""
    rows, count, base = live.rows[tail], live.ends[tail, TASKS], base_of(world, tail)
    for i in range(at, count):
        row = rows[i]
        place, ready = row[PLACE], row[READY]
        if row[HOME] >= 0:
            stay(world, live, tail, (place, ready), row[HOME], by)
            ready = flight(world, live, tail, (place, base), (row[HOME], ZERO), by)
            place = base
        if row[FERRY] >= 0:
            stay(world, live, tail, (place, ready), row[FERRY], by)
            ends = (place, row[ORIGIN])
            ready = flight(world, live, tail, ends, (row[FERRY], ZERO), by)
            place = row[ORIGIN]
        stay(world, live, tail, (place, ready), row[START], by)
        flight(world, live, tail, (place, row[THERE]), (row[START], ONE), by)
    place, ready = rows[count, PLACE], rows[count, READY]
    if live.ends[tail, LEAVES] >= 0:
        stay(world, live, tail, (place, ready), live.ends[tail, LEAVES], by)
        flight(world, live, tail, (place, base), (live.ends[tail, LEAVES], ZERO), by)
    else:
        stay(world, live, tail, (place, ready), NONE, by)
