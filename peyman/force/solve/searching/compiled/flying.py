"""What a tail flies, one task after the other, while all other tails stay where they are.

Each task begins as early as crew, stands and windows allow.
"""

import numpy as np

from peyman.force.engines.compiling import compiled, entrance
from peyman.force.solve.searching.compiled.crews import (
    State,
    after,
    late,
    unhindered,
)
from peyman.force.solve.searching.compiled.model import (
    BEGAN,
    EAD,
    EMPTY,
    FERRY,
    FIRST,
    FREE,
    HOME,
    LEAVES,
    LIFT_WORTH,
    NONE,
    ONE,
    ORIGIN,
    PLACE,
    READY,
    START,
    TASKS,
    THERE,
    ZERO,
    Floats,
    Ints,
    Live,
    base_of,
    block_of,
    duty_min_of,
    kind_of,
    load_min_of,
    rest_min_of,
    turn_min_of,
    unload_min_of,
    until_of,
)
from peyman.force.solve.searching.compiled.stands import (
    may_stay,
    next_free,
)


@compiled
def earliest(
    world: Ints,
    live: Live,
    tail: int,
    state: State,
    trip: tuple[int, int, int],
    first: int,
) -> int:
    """When a tail can begin a flight, not before `first`; or -1.

    `trip` is from where to where, and 0 for a ferry, 1 for a flight that loads.
    """
    kind = kind_of(world, tail)
    place, there, loads = trip
    load = load_min_of(world, kind) * loads
    away = load + block_of(world, kind, place, there)
    ground = turn_min_of(world, kind) + unload_min_of(world, kind) * loads
    whole = away + ground
    last = until_of(world, tail) - whole
    _, ready, began = state
    if whole > duty_min_of(world, kind):
        return -1
    at = max(ready, first)
    while at <= last:
        start = next_free(world, live, place, at, load)
        if start < 0:
            return -1
        lands = next_free(world, live, there, start + away, ground)
        if lands < 0:
            return -1
        at = lands - away
        if at > start:
            continue
        if start > last:
            return -1
        is_rested = began < 0 or start - ready >= rest_min_of(world, kind)
        if is_rested or start + whole - began <= duty_min_of(world, kind):
            return start
        at = max(start, ready + rest_min_of(world, kind))
    return -1


@compiled
def ferried(
    world: Ints, live: Live, tail: int, state: State, there: int, first: int
) -> tuple[int, int, int, int]:
    """An empty flight: when it begins (-1 if never), and the state after it."""
    kind, (place, ready, _) = kind_of(world, tail), state
    if place == there or block_of(world, kind, place, there) < 0:
        return -1, place, 0, -1
    start = earliest(world, live, tail, state, (place, there, ZERO), first)
    if start < 0 or not may_stay(world, live, tail, place, ready, start):
        return -1, place, 0, -1
    whole = block_of(world, kind, place, there) + turn_min_of(world, kind)
    _, ready, began = after(world, kind, state, start, whole)
    return start, there, ready, began


@compiled
def loaded(
    world: Ints, live: Live, tail: int, state: State, row: Ints
) -> tuple[int, int, int]:
    """A task from where it begins: when it does (-1 if never), and ready and duty after it."""
    kind, (place, ready, _) = kind_of(world, tail), state
    block = block_of(world, kind, place, row[THERE])
    if block < 0:
        return -1, 0, -1
    away = load_min_of(world, kind) + block
    trip = (place, row[THERE], ONE)
    first = max(row[FIRST], row[EAD] - away)
    start = earliest(world, live, tail, state, trip, first)
    if start < 0 or not may_stay(world, live, tail, place, ready, start):
        return -1, 0, -1
    whole = away + unload_min_of(world, kind) + turn_min_of(world, kind)
    _, ready, began = after(world, kind, state, start, whole)
    return start, ready, began


@compiled
def straight(world: Ints, live: Live, tail: int, state: State, row: Ints) -> State:
    """Write down when a task is done from a state, after a ferry if need be.

    Of two ferries, at once and so that the crew need not wait, that which brings it sooner.
    The state after it has no place where it cannot be done: -1.
    """
    kind, (place, ready, _) = kind_of(world, tail), state
    origin = row[ORIGIN]
    row[START] = row[FERRY] = -1
    if place == origin:
        start, ready, began = loaded(world, live, tail, state, row)
        row[START] = start
        return row[THERE] if start >= 0 else -1, ready, began
    found = (-1, 0, -1)
    block = block_of(world, kind, place, origin)
    if block < 0 or block_of(world, kind, origin, row[THERE]) < 0:
        return found
    away = load_min_of(world, kind) + block_of(world, kind, origin, row[THERE])
    first = max(row[FIRST], row[EAD] - away)
    late_begin = max(ready, first - block - turn_min_of(world, kind))
    for begin in (late_begin, ready):
        ferry, at, free, began = ferried(world, live, tail, state, origin, begin)
        if ferry >= 0:
            start, free, began = loaded(world, live, tail, (at, free, began), row)
            if start >= 0 and (row[START] < 0 or start < row[START]):
                row[FERRY], row[START] = ferry, start
                found = (row[THERE], free, began)
        if begin == ready:
            break
    return found


@compiled
def do(world: Ints, live: Live, tail: int, state: State, row: Ints) -> State:
    """Write down when a task is done from a state, by way of the base if need be."""
    kind, base, place = kind_of(world, tail), base_of(world, tail), state[0]
    row[PLACE], row[READY], row[BEGAN] = state
    row[HOME] = -1
    found = straight(world, live, tail, state, row)
    if found[0] < 0 and place != base:
        home, at, ready, began = ferried(world, live, tail, state, base, state[1])
        if home >= 0:
            found = straight(world, live, tail, (at, ready, began), row)
            row[HOME] = home
    if found[0] >= 0:
        row[EMPTY] = flown_empty(world, kind, base, row)
    return found


@compiled
def flown_empty(world: Ints, kind: int, base: int, row: Ints) -> int:
    """Minutes of the ferries before a task."""
    minutes, place = 0, row[PLACE]
    if row[HOME] >= 0:
        minutes, place = block_of(world, kind, place, base), base
    if row[FERRY] >= 0:
        minutes += block_of(world, kind, place, row[ORIGIN])
    return minutes


@compiled
def cost_of(world: Ints, tail: int, row: Ints) -> float:
    """Lateness of a task, and a little for what is flown."""
    kind = kind_of(world, tail)
    block = block_of(world, kind, row[ORIGIN], row[THERE])
    off = row[START] + load_min_of(world, kind) + block + unload_min_of(world, kind)
    return late(world, row, off) + LIFT_WORTH * (block + row[EMPTY])


@compiled
def move(rows: Ints, to: int, others: Ints, since: int, count: int) -> None:
    """Copy some rows of one table into another; numba's own way makes a copy in between."""
    for i in range(count):
        for n in range(rows.shape[1]):
            rows[to + i, n] = others[since + i, n]


@compiled
def total_of(values: Floats, since: int, until: int) -> float:
    """The sum of some values."""
    total = 0.0
    for i in range(since, until):
        total += values[i]
    return total


@entrance
def fly(
    world: Ints,
    live: Live,
    tail: int,
    tried: tuple[Ints, Floats],
    span: tuple[int, int, int],
    most: float,
) -> tuple[float, int]:
    """Fly other tasks from a position on; the tail's own marks from there on are off.

    Args:
        world: The problem.
        live: The schedule.
        tail: Whose.
        tried: Rows with the tasks, and room for what each costs.
        span: The position, how many rows there are then in all, and from which row on they
            are the last ones of the route as it is.
        most: What all of it may cost at most.

    Returns:
        What it costs, infinite if it cannot be or is more than `most`, and when the ferry home begins.
    """
    rows, cost = tried
    at, upto, same = span
    old, count = live.rows[tail], live.ends[tail, TASKS]
    skew = count - upto
    total = total_of(live.cost[tail], ZERO, at)
    later = total_of(live.cost[tail], max(0, at + skew), count)
    state = (old[at, PLACE], old[at, READY], old[at, BEGAN])
    for i in range(at, upto):
        was = i + skew
        if i >= same and (
            state[0] == old[was, PLACE]
            and state[1] == old[was, READY]
            and state[2] == old[was, BEGAN]
        ):
            move(rows, i, old, was, count + 1 - was)
            for n in range(count - was):
                cost[i + n] = live.cost[tail, was + n]
            total += later
            return (total if total < most else np.inf), live.ends[tail, LEAVES]
        state = do(world, live, tail, state, rows[i])
        if state[0] < 0:
            return np.inf, -1
        cost[i] = cost_of(world, tail, rows[i])
        total += cost[i]
        if was >= max(0, at + skew):
            later -= live.cost[tail, was]
        if total + later >= most:
            return np.inf, -1
    rows[upto, PLACE], rows[upto, READY], rows[upto, BEGAN] = state
    return ended(world, live, tail, state, total)


@compiled
def ended(
    world: Ints, live: Live, tail: int, state: State, total: float
) -> tuple[float, int]:
    """With the ferry home, where the tail may not stay; infinite if it cannot get away."""
    if may_stay(world, live, tail, state[0], state[1], NONE):
        return total, -1
    base = base_of(world, tail)
    home, _, _, _ = ferried(world, live, tail, state, base, state[1])
    return (total if home >= 0 else np.inf), home


@compiled
def take(
    world: Ints,
    live: Live,
    tail: int,
    tried: tuple[Ints, Floats],
    span: tuple[int, int],
    home: int,
) -> None:
    """Make rows that were flown the route from a position on; its marks there are off and stay off."""
    rows, cost = tried
    at, upto = span
    move(live.rows[tail], at, rows, at, upto + 1 - at)
    for i in range(at, upto):
        live.cost[tail, i] = cost[i]
    live.ends[tail, TASKS] = upto
    live.ends[tail, LEAVES] = home
    for i in range(at, upto):
        row = live.rows[tail, i]
        state = (row[PLACE], row[READY], row[BEGAN])
        row[FREE] = unhindered(world, kind_of(world, tail), state, row)[0]


@entrance
def read(world: Ints, live: Live, tail: int, since: int) -> None:
    """Fill in the states, costs and the rest of a route of which tasks and times are written down."""
    kind, base, rows = kind_of(world, tail), base_of(world, tail), live.rows[tail]
    turn = turn_min_of(world, kind)
    state = (base, since, NONE)
    for i in range(live.ends[tail, TASKS]):
        row = rows[i]
        row[PLACE], row[READY], row[BEGAN] = state
        row[FREE] = unhindered(world, kind, state, row)[0]
        if row[HOME] >= 0:
            whole = block_of(world, kind, state[0], base) + turn
            _, ready, began = after(world, kind, state, row[HOME], whole)
            state = (base, ready, began)
        if row[FERRY] >= 0:
            whole = block_of(world, kind, state[0], row[ORIGIN]) + turn
            _, ready, began = after(world, kind, state, row[FERRY], whole)
            state = (row[ORIGIN], ready, began)
        block = block_of(world, kind, row[ORIGIN], row[THERE])
        whole = load_min_of(world, kind) + block + unload_min_of(world, kind) + turn
        _, ready, began = after(world, kind, state, row[START], whole)
        state = (row[THERE], ready, began)
        row[EMPTY] = flown_empty(world, kind, base, row)
        live.cost[tail, i] = cost_of(world, tail, row)
    end = rows[live.ends[tail, TASKS]]
    end[PLACE], end[READY], end[BEGAN] = state
