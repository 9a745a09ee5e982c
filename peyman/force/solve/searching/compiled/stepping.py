"""Ruin and recreate: some flights are taken off and put back where they cost least.

What is taken off is related: flights of about the same time and places, in short strings from a few
tails. All other flights stay. What comes out is kept when it is little worse than the best so far.
"""

import numpy as np

from peyman.force.engines.compiling import compiled, entrance
from peyman.force.solve.searching.compiled.flying import (
    fly,
    move,
    take,
    total_of,
)
from peyman.force.solve.searching.compiled.hoping import (
    AT,
    PIECES,
    TAIL,
    largest,
    lay,
    some_tails,
    ways,
)
from peyman.force.solve.searching.compiled.marks import (
    mark,
)
from peyman.force.solve.searching.compiled.model import (
    COUNT,
    LEAVES,
    NONE,
    ONE,
    ORIGIN,
    PARTS,
    START,
    TASKS,
    THERE,
    ZERO,
    Desk,
    Floats,
    Ints,
    Kept,
    Live,
    due_of,
    free_of,
    kind_of,
    parts_of,
    ready_of,
    whole_of,
)

_STRINGS = 4
_LONGEST = 3
_FEW = 16
_ALL = 0.3
"""Of so few tails of one type all flights are taken off at once, now and then."""
_APART_MIN = 720
"""Another airfield counts as so many minutes more between two flights."""
_OTHER_MIN, _ALIKE = 2880, 0.5
"""Half of the time a tail of another type counts as so many minutes further away."""
_TRIES = 20
"""Ways to put one load back that are flown, of those that look best."""
_BLINK = 0.02
_OTHERS = 30
"""So many loads of those that were left before are put back in one step: there may be thousands."""
_CUT = 0.2
_WARM = 0.005
"""By what share of the best cost a schedule that is gone on from may be worse, at the most."""


@entrance
def seed(number: int) -> None:
    """Begin chance anew."""
    np.random.seed(number)


@entrance
def total(world: Ints, live: Live) -> float:
    """Lateness, what is left behind, and a little for what is flown."""
    cost = 0.0
    for tail in live.tails:
        cost += total_of(live.cost[tail], ZERO, live.ends[tail, TASKS])
    for load in range(len(live.left)):
        if live.left[load]:
            cost += live.left[load] * whole_of(world, load)
    return cost


@compiled
def copy(tail: int, live: Live, kept: Kept) -> None:
    """Keep a route."""
    count = live.ends[tail, TASKS]
    move(kept.rows[tail], ZERO, live.rows[tail], ZERO, count + 1)
    for i in range(count):
        kept.cost[tail, i] = live.cost[tail, i]
    kept.ends[tail, TASKS] = count
    kept.ends[tail, LEAVES] = live.ends[tail, LEAVES]


@compiled
def keep(tail: int, live: Live, old: Kept) -> None:
    """Keep a route as it was before this step."""
    if not old.is_kept[tail]:
        old.is_kept[tail] = True
        copy(tail, live, old)


@entrance
def back(world: Ints, live: Live, old: Kept) -> None:
    """Put a step back."""
    for tail in live.tails:
        if old.is_kept[tail]:
            mark(world, live, tail, ZERO, NONE)
    for tail in live.tails:
        if old.is_kept[tail]:
            count = old.ends[tail, TASKS]
            move(live.rows[tail], ZERO, old.rows[tail], ZERO, count + 1)
            for i in range(count):
                live.cost[tail, i] = old.cost[tail, i]
            live.ends[tail, TASKS] = count
            live.ends[tail, LEAVES] = old.ends[tail, LEAVES]
            mark(world, live, tail, ZERO, ONE)
    for load in range(len(live.left)):
        live.left[load] = old.left[load]


@compiled
def take_out(
    world: Ints, live: Live, desk: Desk, old: Kept, tail: int, span: tuple[int, int]
) -> None:
    """Take some tasks off a tail, if it can do the others without them."""
    begin_at, end = span
    count = live.ends[tail, TASKS]
    end = min(end, count)
    if begin_at >= end:
        return
    rows, cost = desk.rows, desk.cost
    upto = count - (end - begin_at)
    move(rows, begin_at, live.rows[tail], end, count - end)
    mark(world, live, tail, begin_at, NONE)
    whole = (begin_at, upto, begin_at)
    flown, home = fly(world, live, tail, (rows, cost), whole, np.inf)
    if flown < np.inf:
        keep(tail, live, old)
        for i in range(begin_at, end):
            row = live.rows[tail, i]
            for n in range(row[COUNT]):
                live.left[row[PARTS + n]] += row[PARTS + parts_of(world) + n]
        take(world, live, tail, (rows, cost), (begin_at, upto), home)
    mark(world, live, tail, begin_at, ONE)


@compiled
def seed_flight(world: Ints, live: Live) -> tuple[int, int]:
    """A flight by chance, half of the time one of a tail that costs much; -1 if there is none."""
    total_cost, flights = 0.0, 0
    for tail in live.tails:
        if live.ends[tail, TASKS]:
            total_cost += total_of(live.cost[tail], ZERO, live.ends[tail, TASKS]) + 1e-9
            flights += 1
    if not flights:
        return -1, 0
    by_cost = np.random.random() < 0.5
    aim = np.random.random() * (total_cost if by_cost else flights)
    found = -1
    for tail in live.tails:
        if live.ends[tail, TASKS]:
            found = tail
            cost = total_of(live.cost[tail], ZERO, live.ends[tail, TASKS]) + 1e-9
            aim -= cost if by_cost else 1.0
            if aim < 0:
                break
    return found, np.random.randint(live.ends[found, TASKS])


@compiled
def nearest(live: Live, tail: int, row: Ints) -> tuple[float, int]:
    """How far the flight of a tail that is nearest to another is, and its position."""
    best, where = np.inf, -1
    for i in range(live.ends[tail, TASKS]):
        one = live.rows[tail, i]
        far = abs(one[START] - row[START])
        far += _APART_MIN * (one[ORIGIN] != row[ORIGIN])
        far += _APART_MIN * (one[THERE] != row[THERE])
        if far < best:
            best, where = float(far), i
    return best, where


@compiled
def take_all(world: Ints, live: Live, desk: Desk, old: Kept, kind: int) -> bool:
    """Now and then, of a type of which there are few, all flights; says whether it did."""
    alike = 0
    for tail in live.tails:
        alike += kind_of(world, tail) == kind
    if alike > _FEW or np.random.random() >= _ALL:
        return False
    for tail in live.tails:
        if kind_of(world, tail) == kind:
            span = (ZERO, live.ends[tail, TASKS])
            take_out(world, live, desk, old, tail, span)
    return True


@compiled
def ruin(world: Ints, live: Live, desk: Desk, old: Kept) -> None:
    """Take strings of related flights off a few tails."""
    tail, at = seed_flight(world, live)
    if tail < 0 or take_all(world, live, desk, old, kind_of(world, tail)):
        return
    move(desk.best, ZERO, live.rows[tail], at, ONE)
    key, where = desk.key[: len(live.tails)], desk.names
    apart = _OTHER_MIN if np.random.random() < _ALIKE else 0.0
    for n in range(len(key)):
        other = live.tails[n]
        far, where[n] = nearest(live, other, desk.best[0])
        far += apart * (kind_of(world, other) != kind_of(world, tail))
        key[n] = 0.0 if other == tail else far * (0.5 + np.random.random())
    for _ in range(np.random.randint(1, _STRINGS + 1)):
        n = int(key.argmin())
        if key[n] == np.inf:
            return
        key[n] = np.inf
        long = np.random.randint(1, _LONGEST + 1)
        first = max(0, where[n] - np.random.randint(0, long))
        take_out(world, live, desk, old, live.tails[n], (first, first + long))


@compiled
def try_way(
    world: Ints, live: Live, desk: Desk, load: int, way: Ints, most: float
) -> tuple[float, int, int]:
    """Fly a way; what a piece costs, the tasks that the route then has, when it flies home."""
    tail, at, pieces = way[TAIL], way[AT], way[PIECES]
    now = total_of(live.cost[tail], ZERO, live.ends[tail, TASKS])
    upto = lay(world, live, desk, load, way)
    if upto < 0:
        return np.inf, upto, -1
    mark(world, live, tail, at, NONE)
    rows, span = (desk.rows, desk.cost), (at, upto, at + 1)
    flown, home = fly(world, live, tail, rows, span, now + most * pieces)
    mark(world, live, tail, at, ONE)
    return (flown - now) / pieces, upto, home


@compiled
def put_in(
    world: Ints, live: Live, desk: Desk, old: Kept, load: int, cuts: bool
) -> bool:
    """Put in as much as goes on one flight, where it costs least; says whether it did."""
    least = 1 if cuts else min(live.left[load], largest(world, load))
    found = ways(world, live, desk, load, least, some_tails(live))
    best, tries, chosen, upto, home = np.inf, 0, -1, 0, -1
    while tries < _TRIES and found:
        n = int(desk.hope[:found].argmin())
        if desk.hope[n] >= best:
            break
        desk.hope[n] = np.inf
        if np.random.random() < _BLINK:
            continue
        tries += 1
        way = desk.way[n]
        cost, tasks, ferry = try_way(world, live, desk, load, way, best)
        if cost < best:
            best, chosen, upto, home = cost, n, tasks, ferry
            move(desk.best, way[AT], desk.rows, way[AT], upto + 1 - way[AT])
            for i in range(way[AT], upto):
                desk.best_cost[i] = desk.cost[i]
    if chosen >= 0:
        put(world, live, desk, old, desk.way[chosen], (upto, home))
        live.left[load] -= desk.way[chosen, PIECES]
    return chosen >= 0


@compiled
def put(
    world: Ints, live: Live, desk: Desk, old: Kept, way: Ints, ends: tuple[int, int]
) -> None:
    """Let a route be what stands on the desk as the best, from where a way begins."""
    tail, at = way[TAIL], way[AT]
    upto, home = ends
    keep(tail, live, old)
    mark(world, live, tail, at, NONE)
    rows = (desk.best, desk.best_cost)
    take(world, live, tail, rows, (at, upto), home)
    mark(world, live, tail, at, ONE)


@compiled
def to_put(world: Ints, live: Live, desk: Desk, old: Kept) -> int:
    """Write down what is left: all that was taken off, and some of the others; says how many."""
    every, others = len(live.left), 0
    for load in range(every):
        is_same = live.left[load] == old.left[load]
        others += live.left[load] > 0 and is_same and free_of(world, load)
    begin_at = np.random.randint(every) if others > _OTHERS else 0
    count, spare = 0, min(others, _OTHERS)
    for i in range(every):
        load = (begin_at + i) % every
        if live.left[load] and free_of(world, load):
            is_other = live.left[load] == old.left[load]
            if not is_other or spare > 0:
                desk.names[count] = load
                count += 1
                spare -= is_other
    return count


@compiled
def in_order(world: Ints, live: Live, desk: Desk, old: Kept) -> int:
    """Write down what is to be put back, in one of five orders; says how many loads."""
    which, count, most = np.random.randint(5), to_put(world, live, desk, old), 1
    for i in range(count):
        load = desk.names[i]
        most = max(most, whole_of(world, load) * live.left[load])
    for i in range(count):
        load = desk.names[i]
        worth = float(whole_of(world, load) * live.left[load])
        if which == 0:
            key = -worth
        elif which == 1:
            key = float(due_of(world, load))
        elif which == 2:
            key = float(ready_of(world, load))
        elif which == 3:
            key = due_of(world, load) - 1440.0 * worth / most
        else:
            key = np.random.random()
        insert(desk, i, load, key)
    return count


@compiled
def insert(desk: Desk, count: int, load: int, key: float) -> None:
    """Put a load into its place among the first ones, which are in order."""
    while count > 0 and desk.key[count - 1] > key:
        desk.names[count], desk.key[count] = desk.names[count - 1], desk.key[count - 1]
        count -= 1
    desk.names[count], desk.key[count] = load, key


@entrance
def step(world: Ints, live: Live, desk: Desk, old: Kept) -> None:
    """Ruin and recreate; what was there before is kept for `back`."""
    for tail in live.tails:
        old.is_kept[tail] = False
    for load in range(len(live.left)):
        old.left[load] = live.left[load]
    ruin(world, live, desk, old)
    cuts = np.random.random() < _CUT
    for i in range(in_order(world, live, desk, old)):
        load = desk.names[i]
        while live.left[load] and put_in(world, live, desk, old, load, cuts):
            pass


@entrance
def run(
    world: Ints,
    live: Live,
    desk: Desk,
    kept: tuple[Kept, Kept],
    costs: Floats,
    steps: int,
) -> None:
    """So many steps.

    Args:
        world: The problem.
        live: The schedule, changed in place.
        desk: Room to work in.
        kept: Routes as they were before a step, and those of the best schedule.
        costs: What the schedule costs now, and the best one; changed in place.
        steps: How many.
    """
    old, best = kept
    for _ in range(steps):
        step(world, live, desk, old)
        cost = total(world, live)
        limit = max(costs[0], costs[1] * (1 + _WARM * np.random.random()))
        if cost > limit:
            back(world, live, old)
            continue
        costs[0] = cost
        for tail in live.tails:
            best.is_kept[tail] |= old.is_kept[tail]
        if cost < costs[1]:
            costs[1] = cost
            for tail in live.tails:
                if best.is_kept[tail]:
                    copy(tail, live, best)
                    best.is_kept[tail] = False
            for load in range(len(live.left)):
                best.left[load] = live.left[load]
