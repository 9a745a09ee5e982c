"""What the words of a problem come to: how much fits, how long it takes, what is open.

For the checker alone, which shares nothing with the solver but the data and its reading.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from peyman.force.problem import (
    AircraftType,
    Airfield,
    Load,
    Problem,
    Route,
    Window,
    given,
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a plan breaks.

    Attributes:
        code: The rule, for programs.
        about: The serial, load, tail or airfield.
        says: What is wrong, for people.
    """

    code: str
    about: str
    says: str


class Terms:
    """A problem, looked up by name.

    Attributes:
        fleet: The types of which there is a tail.
        able: The loads that can be moved, once `movable` has been asked.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        flown = {tail.type for tail in problem.tails}
        self.fleet = [kind for kind in problem.types if kind.id in flown]
        self.able: frozenset[str] | None = None
        types = {one.id: one for one in problem.types}
        self.tails = {one.id: one for one in problem.tails}
        self.type_of = {one.id: types[one.type] for one in problem.tails}
        self.airfields = {one.id: one for one in problem.airfields}
        self.loads = {one.id: one for one in problem.loads}
        self.routes = {one.id: one for one in problem.routes}
        self.borders = {one.id: one for one in problem.borders}
        self.begun = {one.serial for one in given(problem)}
        self.km: dict[tuple[str, str], int] = {}
        for leg in problem.legs:
            self.km[leg.origin, leg.destination] = leg.km
            self.km[leg.destination, leg.origin] = leg.km
        self.open = {one.id: self._windows(one) for one in problem.airfields}

    def roads(self, load: Load) -> Iterator[Route]:
        """The routes that take some of a load to where it may go."""
        for one in self.problem.routes:
            ends = one.origin == load.origin and one.destination in load.destinations
            if ends and most_by_land(one, load):
                yield one

    @property
    def within(self) -> dict[str, int]:
        """Each unit that keeps together, and inside how many minutes."""
        found: dict[str, int] = {}
        for one in self.problem.loads:
            if one.within_min is not None:
                least = found.get(one.unit, one.within_min)
                found[one.unit] = min(least, one.within_min)
        return found

    def _windows(self, airfield: Airfield) -> tuple[Window, ...]:
        return windows(airfield.open, airfield.closures, self.problem.horizon)


def windows(
    opened: Iterable[Window], closures: Iterable[Window], horizon: int
) -> tuple[Window, ...]:
    """What is open, closures taken out, until the horizon.

    >>> windows([(0, 50), (50, 90)], [(20, 30)], 80)
    ((0, 20), (30, 80))
    """
    marks = [(max(lo, 0), min(hi, horizon)) for lo, hi in opened]
    joined: list[Window] = []
    for lo, hi in sorted(mark for mark in marks if mark[0] < mark[1]):
        if joined and lo <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], hi))
        else:
            joined.append((lo, hi))
    shut = sorted(one for one in closures if one[0] < one[1])
    left: list[Window] = []
    i = 0
    for lo, hi in joined:
        # What ends before this window opens is over for all that follow.
        while i < len(shut) and shut[i][1] <= lo:
            i += 1
        at, j = lo, i
        while at < hi and j < len(shut) and shut[j][0] < hi:
            if at < shut[j][0]:
                left.append((at, shut[j][0]))
            at, j = max(at, shut[j][1]), j + 1
        if at < hi:
            left.append((at, hi))
    return tuple(left)


def is_inside(lo: int, hi: int, opened: Iterable[Window]) -> bool:
    """Whether one window holds the time from `lo` to `hi`."""
    return any(first <= lo and hi <= last for first, last in opened)


def payload_kg(kind: AircraftType, km: int) -> int | None:
    """What the aircraft carries so far; None if it cannot fly so far.

    >>> il76 = AircraftType("Il-76", ((3000, 40), (4000, 20)), *[1] * 2, False, *[1] * 7)
    >>> [payload_kg(il76, km) for km in (100, 3500, 4001)]
    [40, 30, None]
    """
    points = kind.payload
    if km <= points[0][0]:
        return points[0][1]
    for (near, heavy), (far, light) in pairwise(points):
        if km <= far:
            return (heavy * (far - km) + light * (km - near)) // (far - near)
    return None


def block_min(kind: AircraftType, km: int) -> int:
    """Minutes in the air."""
    return -(-60 * km // kind.cruise_kmh)


def most_by_air(kind: AircraftType, load: Load, km: int) -> int:
    """Pieces of a load that one aircraft carries so far, carrying nothing else."""
    carried = payload_kg(kind, km)
    if carried is None or (load.outsize and not kind.outsize):
        return 0
    return _most(load, carried, kind.seats, kind.places)


def most_by_land(route: Route, load: Load) -> int:
    """Pieces of a load that one convoy carries, carrying nothing else."""
    return _most(load, route.payload_kg, route.seats, route.places)


def march_min(route: Route, km: int) -> int:
    """Minutes on the march for so many kilometres, borders not counted."""
    return -(-60 * km // route.rate_kmh)


def _most(load: Load, payload: int, seats: int, places: int) -> int:
    limits = {"passengers": seats, "vehicles": places}
    by_weight = payload // load.piece_kg
    return min(by_weight, limits.get(load.kind, by_weight))
