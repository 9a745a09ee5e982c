"""What a route would come to with one task more, if nothing were in its way.

Stands, windows and parking are left out; crews are not. It tells which few changes are worth flying.
"""

import numpy as np

from peyman.force.engines.compiling import compiled, entrance
from peyman.force.solve.searching.compiled.crews import (
    State,
    late,
    unhindered,
)
from peyman.force.solve.searching.compiled.flying import (
    move,
)
from peyman.force.solve.searching.compiled.model import (
    BEGAN,
    COUNT,
    EAD,
    EMPTY,
    FIRST,
    FREE,
    LIFT_WORTH,
    MOST_TAILS,
    ONE,
    ORIGIN,
    PARTS,
    PLACE,
    READY,
    START,
    TASKS,
    THERE,
    ZERO,
    Desk,
    Ints,
    Live,
    block_of,
    due_of,
    ead_of,
    ends_of,
    horizon_of,
    kind_of,
    load_min_of,
    most_at,
    origin_of,
    parts_of,
    rate_of,
    ready_of,
    there_of,
    types_of,
    unload_min_of,
)

_WORSE = 3
_SPARE_MIN = 240
"""So many times worse than the best, and so many minutes late, is as good as never."""
_TINY = 1e-9
TAIL, AT, THERE_AT, PIECES, JOINS = range(5)
"""What stands of a way: tail, position, which destination, pieces, whether it joins the task there."""


@compiled
def off_min(world: Ints, kind: int, row: Ints) -> int:
    """From where its loading begins to where everything is off."""
    block = block_of(world, kind, row[ORIGIN], row[THERE])
    return load_min_of(world, kind) + block + unload_min_of(world, kind)


@compiled
def follows(
    world: Ints, live: Live, tail: int, at: int, state: State, most: float
) -> float:
    """What the tasks from a position on cost more if the tail comes to them in another state.

    What is found to be more than `most` is not reckoned to the end.
    """
    rows, kind, more = live.rows[tail], kind_of(world, tail), 0.0
    for i in range(at, live.ends[tail, TASKS]):
        row = rows[i]
        start, ready, began, empty = unhindered(world, kind, state, row)
        if start < 0:
            return np.inf
        was = row[START]
        new = start if start > was else was + min(0, start - row[FREE])
        more += LIFT_WORTH * (empty - row[EMPTY])
        if new != was:
            off = was + off_min(world, kind, row)
            more += late(world, row, off + new - was) - late(world, row, off)
        elif began == rows[i + 1, BEGAN]:
            break
        if more > most:
            break
        state = (row[THERE], ready + new - start, began)
    return more


@compiled
def room(world: Ints, kind: int, row: Ints) -> float:
    """The share of an aircraft that a task leaves free, nearly."""
    found = 1.0
    for i in range(row[COUNT]):
        most = fills(world, kind, row[PARTS + i], row[THERE])
        if most <= 0:
            return -1.0
        found -= row[PARTS + parts_of(world) + i] / most
    return found


@compiled
def fills(world: Ints, kind: int, load: int, place: int) -> int:
    """Pieces of a load that fill an aircraft to a place; 0 if it does not go there."""
    for i in range(ends_of(world)):
        if there_of(world, load, i) == place:
            return most_at(world, kind, load, i)
    return 0


@compiled
def begin(world: Ints, row: Ints, load: int, place: int) -> None:
    """Let a row be the task of a load to a place, with nothing on board yet."""
    row[ORIGIN], row[THERE] = origin_of(world, load), place
    row[FIRST], row[EAD] = ready_of(world, load), ead_of(world, load)
    row[COUNT] = 0


@compiled
def add(world: Ints, row: Ints, load: int, pieces: int) -> bool:
    """Let a task carry something more; False if it has too many parts for that."""
    row[FIRST] = max(row[FIRST], ready_of(world, load))
    row[EAD] = max(row[EAD], ead_of(world, load))
    count = row[COUNT]
    for i in range(count):
        if row[PARTS + i] == load:
            row[PARTS + parts_of(world) + i] += pieces
            return True
    if count == parts_of(world):
        return False
    row[PARTS + count] = load
    row[PARTS + parts_of(world) + count] = pieces
    row[COUNT] = count + 1
    return True


@compiled
def own(
    world: Ints,
    live: Live,
    desk: Desk,
    load: int,
    spot: tuple[int, int, int],
    most: float,
) -> float:
    """What a piece costs on a flight of its own before a task; the row to fly stands on the desk.

    `spot` is the tail, the position and how many pieces; more than `most` is too much a piece.
    """
    tail, at, pieces = spot
    kind, row, old = kind_of(world, tail), desk.rows[0], live.rows[tail, at]
    state = (old[PLACE], old[READY], old[BEGAN])
    start, ready, began, empty = unhindered(world, kind, state, row)
    if start < 0 or ready > horizon_of(world):
        return np.inf
    off = off_min(world, kind, row)
    over = max(0, start + off - due_of(world, load))
    cost = float(rate_of(world, load) * pieces * over)
    cost += LIFT_WORTH * (block_of(world, kind, row[ORIGIN], row[THERE]) + empty)
    state = (row[THERE], ready, began)
    more = most * pieces - cost
    return (cost + follows(world, live, tail, at, state, more)) / pieces


@compiled
def joined(
    world: Ints, live: Live, load: int, spot: tuple[int, int, int], most: float
) -> float:
    """What a piece costs beside what a task carries; `spot` and `most` as for `own`."""
    tail, at, pieces = spot
    kind, rows = kind_of(world, tail), live.rows[tail]
    row = rows[at]
    off = off_min(world, kind, row)
    away = off - unload_min_of(world, kind)
    first = max(ready_of(world, load), ead_of(world, load) - away)
    start = max(row[START], first)
    unloaded = start + off
    cost = rate_of(world, load) * pieces * max(0, unloaded - due_of(world, load))
    if start > row[START]:
        was = row[START] + off
        cost += late(world, row, unloaded) - late(world, row, was)
        then = rows[at + 1]
        ready = then[READY] + start - row[START]
        state = (row[THERE], ready, then[BEGAN])
        more = most * pieces - cost
        cost += follows(world, live, tail, at + 1, state, more)
    return cost / pieces


@entrance
def ways(world: Ints, live: Live, desk: Desk, load: int, least: int, tails: int) -> int:
    """Write down every way to put what is left of a load into a route, and count them.

    Args:
        world: The problem.
        live: The schedule.
        desk: Where the ways and what they cost a piece are written.
        load: The load.
        least: So many pieces at least go on a flight of their own, and all beside
            others; 1 if it may be cut anyhow.
        tails: So many of the tails are looked at, the first ones.
    """
    found, most = ZERO, np.inf
    for end in range(ends_of(world)):
        place = there_of(world, load, end)
        if place < 0:
            break
        begin(world, desk.rows[0], load, place)
        for tail in live.tails[:tails]:
            if most_at(world, kind_of(world, tail), load, end) > 0:
                at = (load, end, tail, least)
                found, most = in_route(world, live, desk, at, found, most)
    return found


@compiled
def in_route(
    world: Ints,
    live: Live,
    desk: Desk,
    asked: tuple[int, int, int, int],
    found: int,
    most: float,
) -> tuple[int, float]:
    """The ways into one route; the row of a flight of its own stands on the desk.

    Args:
        world: The problem.
        live: The schedule.
        desk: Where the ways are written.
        asked: The load, its destination, the tail, and the least pieces on a flight of their own.
        found: How many ways there are already.
        most: What a piece may cost at most to be reckoned to the end.

    Returns:
        How many ways there are then, and what a piece may cost at most.
    """
    load, end, tail, least = asked
    kind, left, rate = kind_of(world, tail), live.left[load], rate_of(world, load)
    full, count = most_at(world, kind, load, end), live.ends[tail, TASKS]
    off = off_min(world, kind, desk.rows[0]) - due_of(world, load)
    pieces = min(full, left)
    has_own = pieces >= least and count + 2 <= live.rows.shape[1]
    for at in range(count + 1):
        row = live.rows[tail, at]
        if rate * (row[READY] + off) > most:
            break
        if has_own:
            hope = own(world, live, desk, load, (tail, at, pieces), most)
            found = note(desk, found, (tail, at, pieces, end, ZERO), hope)
            most = min(most, _WORSE * hope + _SPARE_MIN * rate)
        if at < count and goes_along(desk.rows[0], row):
            more = min(left, int(room(world, kind, row) * full + _TINY))
            if more >= max(1, 1 if least == 1 else left):
                hope = joined(world, live, load, (tail, at, more), most)
                found = note(desk, found, (tail, at, more, end, ONE), hope)
                most = min(most, _WORSE * hope + _SPARE_MIN * rate)
    return found, most


@compiled
def goes_along(row: Ints, other: Ints) -> bool:
    """Whether two tasks go from and to the same places."""
    is_along: bool = row[ORIGIN] == other[ORIGIN] and row[THERE] == other[THERE]
    return is_along


@compiled
def note(
    desk: Desk, found: int, way: tuple[int, int, int, int, int], hope: float
) -> int:
    """Write down a way, if it can be; says how many there are then."""
    if hope == np.inf:
        return found
    row = desk.way[found]
    row[TAIL], row[AT], row[PIECES], row[THERE_AT], row[JOINS] = way
    desk.hope[found] = hope
    return found + 1


@entrance
def lay(world: Ints, live: Live, desk: Desk, load: int, way: Ints) -> int:
    """Lay the tasks of a way on the desk; returns how many the route then has, -1 if it cannot be."""
    tail, at, joins = way[TAIL], way[AT], way[JOINS]
    rows, count = live.rows[tail], live.ends[tail, TASKS]
    upto = count + 1 - joins
    move(desk.rows, at + 1, rows, at + joins, upto - at - 1)
    if joins:
        move(desk.rows, at, rows, at, ONE)
    else:
        begin(world, desk.rows[at], load, there_of(world, load, way[THERE_AT]))
    return upto if add(world, desk.rows[at], load, way[PIECES]) else -1


@compiled
def some_tails(live: Live) -> int:
    """Bring some tails, by chance, to the front, and say how many are looked at for one load."""
    count = len(live.tails)
    if count > MOST_TAILS:
        for i in range(MOST_TAILS):
            j = np.random.randint(i, count)
            live.tails[i], live.tails[j] = live.tails[j], live.tails[i]
    return min(count, MOST_TAILS)


@compiled
def largest(world: Ints, load: int) -> int:
    """The most pieces that one flight takes."""
    most = 0
    for kind in range(types_of(world)):
        for n in range(ends_of(world)):
            most = max(most, most_at(world, kind, load, n))
    return most
