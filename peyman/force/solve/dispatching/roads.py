"""Convoys and trains: the earliest start that road, borders and headway allow."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from peyman.force.problem import Problem, Route, Window
from peyman.force.solve.dispatching.stands import Shut


@dataclass(frozen=True, slots=True)
class March:
    """A convoy with what it carries, as (load, pieces)."""

    route: Route
    start: int
    arrive: int
    parts: tuple[tuple[str, int], ...]


class Roads:
    """The convoys put so far."""

    def __init__(self, problem: Problem) -> None:
        self.borders = {one.id: one for one in problem.borders}
        self._opened = {one.id: _Opened(one.open) for one in problem.borders}
        self.horizon = problem.horizon
        self.marches: list[March] = []
        self._starts: dict[str, list[int]] = {one.id: [] for one in problem.routes}
        self._passing: dict[str, list[Window]] = {one: [] for one in self.borders}
        # By route and pieces when no convoy can start, as long as none is taken off.
        self._shut: dict[tuple[str, int], Shut] = {}

    def put(self, one: March) -> None:
        """Let a convoy go."""
        self.marches.append(one)
        insort(self._starts[one.route.id], one.start)
        for border, window in self._windows(one):
            insort(self._passing[border], window)

    def take_off(self, upto: int) -> None:
        """Take convoys off, the last first, until so many are left."""
        if len(self.marches) > upto:
            self._shut.clear()
        while len(self.marches) > upto:
            one = self.marches.pop()
            self._starts[one.route.id].remove(one.start)
            for border, window in self._windows(one):
                self._passing[border].remove(window)

    def _windows(self, one: March) -> Iterator[tuple[str, Window]]:
        """Each border that a convoy passes, and when."""
        for name, after, took in self._stops(one.route, sum(n for _, n in one.parts)):
            yield name, (one.start + after, one.start + after + took)

    def earliest(
        self, route: Route, parts: tuple[tuple[str, int], ...], first: int, ead: int
    ) -> March | None:
        """A convoy that starts as early as it may and arrives no earlier than `ead`."""
        pieces = sum(n for _, n in parts)
        stops = self._stops(route, pieces)
        arrives = _march(route, route.km) + sum(took for _, _, took in stops)
        shut = self._shut.setdefault((route.id, pieces), Shut())
        since = max(first, ead - arrives)
        at = shut.skip(since)
        while at + arrives <= self.horizon:
            later = self._later(route, stops, at)
            if later == at:
                break
            at = self.horizon + 1 if later is None else shut.skip(later)
        if at > since:
            shut.add(since, at)
        can = at + arrives <= self.horizon
        return March(route, at, at + arrives, parts) if can else None

    def _stops(self, route: Route, pieces: int) -> list[tuple[str, int, int]]:
        """Each border: its name, minutes from the start, minutes that it takes."""
        stops, waited = [], 0
        for name, km in route.borders:
            took = self.borders[name].piece_min * pieces
            stops.append((name, _march(route, km) + waited, took))
            waited += took
        return stops

    def _later(
        self, route: Route, stops: list[tuple[str, int, int]], at: int
    ) -> int | None:
        """`at` if a convoy can start then, else a later time to try; None if never."""
        starts = self._starts[route.id]
        i = bisect_left(starts, at + route.headway_min)
        if i and starts[i - 1] > at - route.headway_min:
            return starts[i - 1] + route.headway_min
        for name, after, took in stops:
            found = self._opened[name].next(at + after, took)
            if found is None:
                return None
            if found > at + after:
                return found - after
            # One passes after the other: who begins last before the end is also the last to end.
            passing = self._passing[name]
            i = bisect_left(passing, (at + after + took, 0))
            if i and passing[i - 1][1] > at + after:
                return passing[i - 1][1] - after
        return at


def _march(route: Route, km: int) -> int:
    return (60 * km + route.rate_kmh - 1) // route.rate_kmh


class _Opened:
    """The windows of a border, which may overlap."""

    def __init__(self, windows: Iterable[Window]) -> None:
        self._windows = sorted(windows)
        self._latest = list(accumulate((hi for _, hi in self._windows), max))

    def next(self, at: int, took: int) -> int | None:
        """The first minute from then on at which a passage can begin that takes so long; None if never."""
        for i in range(bisect_left(self._latest, at + took), len(self._windows)):
            lo, hi = self._windows[i]
            if max(lo, at) + took <= hi:
                return max(lo, at)
        return None
