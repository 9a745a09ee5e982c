"""Loads that wait for others, or keep together, searched as if they did not: each has a window in which it is in nobody's way.

Of a load and one that waits for it a minute between them is chosen: the one is unloaded by then, and the other is not loaded before.
Within such windows each goes where it is best, and whatever comes out keeps the rule; then other minutes are chosen. What is waited for has no hurry
of its own, so every other time it is drawn to the date by which it should be there for those behind it. Where that ends is where it
began too often, so now and then it begins with another order. What keeps together has all of it to be unloaded within minutes that hold what is.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from peyman.force.problem import Load
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import Found, at_most, decode, neighbours
from peyman.force.solve.timing import OutOfTime

if TYPE_CHECKING:
    from peyman.force.solve.searching.arrays import Window

_LOOKS = 12
"""How often it is looked whether the time is over, before other minutes are chosen."""
_TURNS = 4
"""So many rounds go on from what was found last; then they begin again from the best, or from an order near it, in turn."""
_SHARES = (0.0, 0.0, 0.5, 1.0)
"""Where between the two the minute lies: mostly, the later one may follow at once."""


class Times(NamedTuple):
    """When the loading of a load begins, and when the first and the last of it is unloaded."""

    begins: int
    first: int
    unloaded: int


def search(
    network: Network,
    loads: Sequence[Load],
    start: Found,
    chance: np.random.Generator,
    is_over: Callable[[], bool],
) -> Iterator[Found]:
    """Every schedule that is better than all before it, until it is over."""
    ties = Ties(network, loads)
    if not ties.names:
        yield from recreate(network, loads, start, chance, is_over)
        return
    best = here = start
    for turn in count():
        if is_over():
            return
        rows = (network, loads, here, chance, at_most(_LOOKS, is_over))
        windows = ties.windows(here.dispatch, chance, is_drawn=turn % 2 == 0)
        found = [one for one in recreate(*rows, windows) if ties.keeps(one.dispatch)]
        here = found[-1] if found else here
        if turn % _TURNS == _TURNS - 1:
            is_same = turn // _TURNS % 2
            here = (
                best if is_same else _otherwise(network, loads, best, chance, is_over)
            )
        for one in (*found, here):
            if one.worth < best.worth:
                best = one
                yield best


def _otherwise(
    network: Network,
    loads: Sequence[Load],
    best: Found,
    chance: np.random.Generator,
    is_over: Callable[[], bool],
) -> Found:
    """The schedule of an order that is near that in which the best one goes; the best one if it is over before."""
    puts = sorted(best.dispatch.board.puts, key=lambda one: one.start)
    flown = dict.fromkeys(name for put in puts for name, _ in put.parts)
    order = (*flown, *(name for name in best.order if name not in flown))
    near = next(neighbours(replace(best, order=order), loads, chance), order)
    try:
        return decode(network, loads, near, lambda: 0.0 if is_over() else 1.0)
    except OutOfTime:
        return best


class Ties:
    """The loads that wait or are waited for, and the units that keep together, as far as they go by air alone.

    Attributes:
        names: Which loads those are.
        pairs: Loads and who waits for each, those for whom nobody waits first.
        units: Each that keeps together and has one destination, with its minutes.
    """

    def __init__(self, network: Network, loads: Sequence[Load]) -> None:
        self.network = network
        known = {one.id: one for one in loads}
        links = [{name, one.id} for one in loads for name in one.after]
        links += [{one.id for one in network.units[unit]} for unit in network.tied]
        fixed = {
            one.id
            for one in network.loads.values()
            if one.id not in known or network.roads(one) or self._may_part(one)
        }
        # Who is tied to what stays where it is stays as well.
        while more := {name for link in links if link & fixed for name in link} - fixed:
            fixed |= more
        self.names = {name for link in links for name in link} - fixed
        order = TopologicalSorter({name: known[name].after for name in self.names})
        self.pairs = [
            (known[before], known[name])
            for name in reversed([*order.static_order()])
            for before in dict.fromkeys(known[name].after)
        ]
        self.units = [
            (network.units[unit], within)
            for unit, within in network.tied.items()
            if {one.id for one in network.units[unit]} <= self.names
        ]
        self._soonest = {
            after.id: min(
                (
                    trip.away_min + trip.unload_min
                    for trip, _ in network.carrying(after)
                ),
                default=0,
            )
            for _, after in self.pairs
        }
        self._unload_min = min((one.unload_min for one in network.fleet), default=0)

    def _may_part(self, load: Load) -> bool:
        """Whether a load is of a unit that keeps together and may go to more places than one."""
        unit = self.network.units[load.unit] if load.unit in self.network.tied else []
        return len({one.destinations for one in unit}) > 1 or any(
            len(one.destinations) > 1 for one in unit
        )

    def windows(
        self, dispatch: Dispatch, chance: np.random.Generator, *, is_drawn: bool
    ) -> "dict[str, Window]":
        """The windows of these loads in a schedule; who waits for what is not all there has none, and stays.

        Args:
            dispatch: The schedule.
            chance: Chooses the minutes.
            is_drawn: Whether what is waited for is drawn to those behind it.
        """
        from peyman.force.solve.searching.arrays import window_of

        network, times = self.network, times_of(dispatch)
        found = {name: window_of(network, network.loads[name]) for name in self.names}
        self._part(found, times, dispatch, chance)
        self._join(found, times, chance)
        return self._drawn(found) if is_drawn else found

    def _part(
        self,
        found: "dict[str, Window]",
        times: Mapping[str, Times],
        dispatch: Dispatch,
        chance: np.random.Generator,
    ) -> None:
        """Put a minute between each load and who waits for it."""
        for before, after in self.pairs:
            if dispatch.left[before.id] or before.id not in times:
                found.pop(after.id, None)
                continue
            unloaded = times[before.id].unloaded
            begins = times[after.id].begins if after.id in times else unloaded
            minute = unloaded + int(chance.choice(_SHARES) * (begins - unloaded))
            _narrow(found, before.id, last=minute)
            _narrow(found, after.id, first=minute)

    def _join(
        self,
        found: "dict[str, Window]",
        times: Mapping[str, Times],
        chance: np.random.Generator,
    ) -> None:
        """Put minutes around each unit; one of which nothing goes stays."""
        for unit, within in self.units:
            flown = [times[one.id] for one in unit if one.id in times]
            if not flown:
                for one in unit:
                    found.pop(one.id, None)
                continue
            least = max(one.unloaded for one in flown) - within
            most = min(one.first for one in flown)
            minute = least + int(chance.random() * (most - least + 1))
            for one in unit:
                _narrow(
                    found, one.id, last=minute + within, lands=minute - self._unload_min
                )

    def _drawn(self, windows: "dict[str, Window]") -> "dict[str, Window]":
        """What is waited for as urgent as what waits for it, by the date from which that can be in time."""
        found = dict(windows)
        for before, after in self.pairs:
            one, other = found.get(before.id), found.get(after.id)
            if one is not None and other is not None:
                due = min(one.due, other.due - self._soonest[after.id])
                rate = max(one.rate, other.rate * after.pieces // before.pieces)
                found[before.id] = one._replace(due=due, rate=rate)
        return found

    def keeps(self, dispatch: Dispatch) -> bool:
        """Whether nothing is loaded before what it waits for is unloaded whole, and all units keep together."""
        times = times_of(dispatch)
        return all(
            after.id not in times
            or (
                not dispatch.left[before.id]
                and before.id in times
                and times[before.id].unloaded <= times[after.id].begins
            )
            for before, after in self.pairs
        ) and all(
            max(one.unloaded for one in flown) - min(one.first for one in flown)
            <= within
            for unit, within in self.units
            if (flown := [times[one.id] for one in unit if one.id in times])
        )


def _narrow(
    windows: "dict[str, Window]",
    name: str,
    first: int = 0,
    last: int = sys.maxsize,
    lands: int = 0,
) -> None:
    """Let a load that has a window not be loaded sooner, nor be unloaded later, nor touch down sooner."""
    if (one := windows.get(name)) is not None:
        windows[name] = one._replace(
            first=max(one.first, first),
            last=min(one.last, last),
            lands=max(one.lands, lands),
        )


def times_of(dispatch: Dispatch) -> dict[str, Times]:
    """When each load that flies begins to be loaded, and when it is there."""
    found: dict[str, Times] = {}
    for put in dispatch.board.puts:
        for name, _ in put.parts:
            old = found.get(name, Times(put.start, put.unloaded, put.unloaded))
            found[name] = Times(
                min(old.begins, put.start),
                min(old.first, put.unloaded),
                max(old.unloaded, put.unloaded),
            )
    return found
