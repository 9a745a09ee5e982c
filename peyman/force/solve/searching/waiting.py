"""Loads that wait for others, searched as if they did not: each has a window in which it is in nobody's way.

Of a load and one that waits for it a minute between them is chosen: the one is unloaded by then, and the other is not loaded before.
Within such windows each goes where it is best, and whatever comes out keeps the rule; then other minutes are chosen. What is waited for has no hurry
of its own, so every other time it is drawn to the date by which it should be there for those behind it. Where that ends is where it
began too often, so now and then it begins with another order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from peyman.force.problem import Load
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import Found, at_most, decode, neighbours

if TYPE_CHECKING:
    from peyman.force.solve.searching.arrays import Window

_LOOKS = 12
"""How often it is looked whether the time is over, before other minutes are chosen."""
_TURNS = 4
"""So many rounds go on from what was found last; then they begin again from the best, or from an order near it, in turn."""
_SHARES = (0.0, 0.0, 0.5, 1.0)
"""Where between the two the minute lies: mostly, the later one may follow at once."""


class Times(NamedTuple):
    """When the loading of a load begins, and when all of it that is carried is unloaded."""

    begins: int
    unloaded: int


def search(
    network: Network,
    loads: Sequence[Load],
    start: Found,
    chance: np.random.Generator,
    is_over: Callable[[], bool],
) -> Iterator[Found]:
    """Every schedule that is better than all before it, until it is over."""
    pairs = pairs_of(network, loads)
    if not pairs:
        yield from recreate(network, loads, start, chance, is_over)
        return
    best = here = start
    for turn in count():
        if is_over():
            return
        rows = (network, loads, here, chance, at_most(_LOOKS, is_over))
        drawn = turn % 2 == 0
        windows = windows_of(network, pairs, here.dispatch, chance, is_drawn=drawn)
        found = [one for one in recreate(*rows, windows) if keeps(pairs, one.dispatch)]
        here = found[-1] if found else here
        if turn % _TURNS == _TURNS - 1:
            is_same = turn // _TURNS % 2
            here = best if is_same else _otherwise(network, loads, best, chance)
        for one in (*found, here):
            if one.worth < best.worth:
                best = one
                yield best


def _otherwise(
    network: Network, loads: Sequence[Load], best: Found, chance: np.random.Generator
) -> Found:
    """The schedule of an order that is near that in which the best one goes."""
    puts = sorted(best.dispatch.board.puts, key=lambda one: one.start)
    flown = dict.fromkeys(name for put in puts for name, _ in put.parts)
    order = (*flown, *(name for name in best.order if name not in flown))
    near = next(neighbours(replace(best, order=order), loads, chance))
    return decode(network, loads, near)


def pairs_of(network: Network, loads: Sequence[Load]) -> list[tuple[Load, Load]]:
    """Loads and who waits for each: those that go by air alone, and are tied to no other loads than such."""
    known = {one.id: one for one in loads}
    pairs = [(name, one.id) for one in loads for name in dict.fromkeys(one.after)]
    fixed = {
        one.id
        for one in network.loads.values()
        if one.id not in known or one.unit in network.tied or network.roads(one)
    }
    while more := {name for pair in pairs for name in pair if fixed & {*pair}} - fixed:
        fixed |= more
    return [(known[a], known[b]) for a, b in pairs if a not in fixed]


def windows_of(
    network: Network,
    pairs: Sequence[tuple[Load, Load]],
    dispatch: Dispatch,
    chance: np.random.Generator,
    *,
    is_drawn: bool,
) -> "dict[str, Window]":
    """The windows of loads that wait, and are waited for, in a schedule; who waits for what is not all there has none, and stays.

    Args:
        network: The problem.
        pairs: As `pairs_of`.
        dispatch: The schedule.
        chance: Chooses the minutes between them.
        is_drawn: Whether what is waited for is drawn to those behind it.
    """
    from peyman.force.solve.searching.arrays import window_of

    times = times_of(dispatch)
    found = {one.id: window_of(network, one) for pair in pairs for one in pair}
    for before, after in pairs:
        if dispatch.left[before.id] or before.id not in times:
            found.pop(after.id, None)
            continue
        unloaded = times[before.id].unloaded
        begins = times[after.id].begins if after.id in times else unloaded
        minute = unloaded + int(chance.choice(_SHARES) * (begins - unloaded))
        if (one := found.get(before.id)) is not None:
            found[before.id] = one._replace(last=min(one.last, minute))
        if (one := found.get(after.id)) is not None:
            found[after.id] = one._replace(first=max(one.first, minute))
    return _drawn(network, pairs, found) if is_drawn else found


def _drawn(
    network: Network,
    pairs: Sequence[tuple[Load, Load]],
    windows: "Mapping[str, Window]",
) -> "dict[str, Window]":
    """What is waited for as urgent as what waits for it, by the date from which that can be in time."""
    found = dict(windows)
    for _ in range(len(pairs)):
        before = dict(found)
        for first, then in pairs:
            one, other = found.get(first.id), found.get(then.id)
            if one is not None and other is not None:
                soonest = min(
                    (
                        trip.away_min + trip.unload_min
                        for trip, _ in network.carrying(then)
                    ),
                    default=0,
                )
                rate = max(one.rate, other.rate * then.pieces // first.pieces)
                found[first.id] = one._replace(
                    due=min(one.due, other.due - soonest), rate=rate
                )
        if found == before:
            break
    return found


def times_of(dispatch: Dispatch) -> dict[str, Times]:
    """When each load that flies begins to be loaded, and when it is there."""
    found: dict[str, Times] = {}
    for put in dispatch.board.puts:
        for name, _ in put.parts:
            old = found.get(name, Times(put.start, put.unloaded))
            found[name] = Times(
                min(old.begins, put.start), max(old.unloaded, put.unloaded)
            )
    return found


def keeps(pairs: Sequence[tuple[Load, Load]], dispatch: Dispatch) -> bool:
    """Whether nothing is loaded before what it waits for is unloaded whole."""
    times = times_of(dispatch)
    return all(
        after.id not in times
        or (
            not dispatch.left[before.id]
            and before.id in times
            and times[before.id].unloaded <= times[after.id].begins
        )
        for before, after in pairs
    )
