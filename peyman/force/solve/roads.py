"""Convoys and trains: the earliest start that road, borders and headway allow."""

from collections.abc import Iterable
from dataclasses import dataclass

from peyman.force.problem import Problem, Route, Window


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
        self.horizon = problem.horizon
        self.marches: list[March] = []

    def earliest(
        self, route: Route, parts: tuple[tuple[str, int], ...], first: int, ead: int
    ) -> March | None:
        """A convoy that starts as early as it may and arrives no earlier than `ead`."""
        pieces = sum(n for _, n in parts)
        stops = self._stops(route, pieces)
        arrives = _march(route, route.km) + sum(took for _, _, took in stops)
        at = max(first, ead - arrives)
        while at + arrives <= self.horizon:
            later = self._later(route, stops, at)
            if later is None:
                return None
            if later == at:
                return March(route, at, at + arrives, parts)
            at = later
        return None

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
        for one in self.marches:
            apart = at - one.start
            if one.route.id == route.id and abs(apart) < route.headway_min:
                return one.start + route.headway_min
        for name, after, took in stops:
            found = _next_open(self.borders[name].open, at + after, took)
            if found is None:
                return None
            if found > at + after:
                return found - after
            for lo, hi in self._passing(name):
                if lo < at + after + took and at + after < hi:
                    return hi - after
        return at

    def _passing(self, border: str) -> Iterable[Window]:
        for one in self.marches:
            pieces = sum(n for _, n in one.parts)
            for name, after, took in self._stops(one.route, pieces):
                if name == border:
                    yield one.start + after, one.start + after + took


def _march(route: Route, km: int) -> int:
    return (60 * km + route.rate_kmh - 1) // route.rate_kmh


def _next_open(opened: Iterable[Window], at: int, took: int) -> int | None:
    fits = [max(lo, at) for lo, hi in opened if max(lo, at) + took <= hi]
    return min(fits, default=None)
