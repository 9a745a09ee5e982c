"""The problem as the solver looks at it: which trips there are, what fits, how long they take."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from peyman.force.problem import AircraftType, Airfield, Load, Problem, Route, Window
from peyman.force.strict import digest

Way = tuple[str, str, int, int, int]
"""Two airfields, the minutes at the first, between them, and at the second."""


@dataclass(frozen=True, slots=True)
class Trip:
    """A flight of a type between two airfields: its minutes at either end and between.

    Attributes:
        whole_min: From the first work to the last.
        away_min: From the start of loading to touchdown.
        way: What it asks of stands: its airfields, its minutes at them and between.
    """

    type: str
    origin: str
    destination: str
    load_min: int
    block_min: int
    unload_min: int
    ground_min: int
    is_loaded: bool = True
    whole_min: int = field(init=False)
    away_min: int = field(init=False)
    way: Way = field(init=False)

    def __post_init__(self) -> None:
        away_min = self.load_min + self.block_min
        object.__setattr__(self, "away_min", away_min)
        object.__setattr__(self, "whole_min", away_min + self.ground_min)
        minutes = (self.load_min, self.block_min, self.ground_min)
        object.__setattr__(self, "way", (self.origin, self.destination, *minutes))


class Network:
    """Everything about a problem that does not change while it is solved."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.horizon = problem.horizon
        self.types = {one.id: one for one in problem.types}
        self.tails = {one.id: one for one in problem.tails}
        self.airfields = {one.id: one for one in problem.airfields}
        self.loads = {one.id: one for one in problem.loads}
        self.borders = {one.id: one for one in problem.borders}
        of_type: dict[str, list[str]] = {}
        for tail in problem.tails:
            of_type.setdefault(tail.type, []).append(tail.id)
        self.fleet = [one for one in problem.types if one.id in of_type]
        self.of_type = {kind.id: of_type[kind.id] for kind in self.fleet}
        self.km: dict[tuple[str, str], int] = {}
        for leg in problem.legs:
            self.km[leg.origin, leg.destination] = leg.km
            self.km[leg.destination, leg.origin] = leg.km
        self.open = {
            one.id: open_windows(one, problem.horizon) for one in problem.airfields
        }
        self._most: dict[tuple[str, str, str, str, bool, int], int] = {}
        self._carriers: dict[tuple[object, ...], int] = {}

    @cached_property
    def digest(self) -> str:
        """Of the problem."""
        return digest(self.problem)

    @cached_property
    def units(self) -> dict[str, list[Load]]:
        """The loads of each unit."""
        found: dict[str, list[Load]] = {}
        for one in self.loads.values():
            found.setdefault(one.unit, []).append(one)
        return found

    @cached_property
    def tied(self) -> dict[str, int]:
        """Each unit that keeps together, and inside how many minutes."""
        found: dict[str, int] = {}
        for one in self.loads.values():
            if one.within_min is not None:
                least = found.get(one.unit, one.within_min)
                found[one.unit] = min(least, one.within_min)
        return found

    @cached_property
    def trips(self) -> dict[tuple[str, str, str], Trip]:
        """Loaded trips by type, origin and destination, where range and runways allow."""
        return {
            (kind.id, *ends): Trip(
                kind.id,
                *ends,
                kind.load_min,
                block(kind, km),
                kind.unload_min,
                kind.unload_min + kind.turn_min,
            )
            for kind in self.fleet
            for ends, km in self.km.items()
            if self._can_fly(kind, ends, km)
        }

    @cached_property
    def ferries(self) -> dict[tuple[str, str, str], Trip]:
        """The same legs, flown empty."""
        return {
            key: Trip(*key, 0, one.block_min, 0, one.ground_min - one.unload_min, False)
            for key, one in self.trips.items()
        }

    @cached_property
    def _by_ends(self) -> dict[tuple[str, str], list[Trip]]:
        found: dict[tuple[str, str], list[Trip]] = {}
        for one in self.trips.values():
            found.setdefault((one.origin, one.destination), []).append(one)
        return found

    def carrying(self, load: Load) -> Iterator[tuple[Trip, int]]:
        """Each trip to where a load may go that takes some of it, with the pieces that fill it."""
        for place in dict.fromkeys(load.destinations):
            for trip in self._by_ends.get((load.origin, place), ()):
                most = self.most(trip.type, load, load.origin, place)
                if most:
                    yield trip, most

    @cached_property
    def _roads(self) -> dict[tuple[str, str], list[tuple[int, Route]]]:
        found: dict[tuple[str, str], list[tuple[int, Route]]] = {}
        for i, one in enumerate(self.problem.routes):
            found.setdefault((one.origin, one.destination), []).append((i, one))
        return found

    def roads(self, load: Load) -> list[Route]:
        """The routes from where a load is to where it may go, in the order of the problem."""
        if not self._roads:
            return []
        places = dict.fromkeys(load.destinations)
        ends = ((load.origin, place) for place in places)
        found = [one for pair in ends for one in self._roads.get(pair, ())]
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def most(self, kind: str, load: Load, origin: str, destination: str) -> int:
        """Pieces of a load that fill one trip; 0 if the trip cannot take any."""
        key = (kind, origin, destination, load.kind, load.outsize, load.piece_kg)
        most = self._most.get(key)
        if most is None:
            most = self._most[key] = (
                fits(self.types[kind], load, self.km[origin, destination])
                if key[:3] in self.trips
                else 0
            )
        return most

    def crew(self, kind: str) -> tuple[int, int]:
        """Minutes of a duty and of a rest, as they bind: nobody rests after all of the time."""
        one = self.types[kind]
        return one.duty_min, one.rest_min if one.duty_min < self.horizon else 0

    def carriers(self, load: Load) -> int:
        """How many tails can carry a load somewhere that it may go."""
        key = (load.origin, load.destinations, load.kind, load.outsize, load.piece_kg)
        if key not in self._carriers:
            self._carriers[key] = sum(
                len(self.of_type[kind.id])
                for kind in self.fleet
                if any(
                    (load.origin, place) in self.km
                    and self.most(kind.id, load, load.origin, place)
                    for place in load.destinations
                )
            )
        return self._carriers[key]

    def _can_fly(self, kind: AircraftType, ends: tuple[str, str], km: int) -> bool:
        return km <= kind.payload[-1][0] and all(
            self.airfields[end].runway_m >= kind.runway_m and self.open[end]
            for end in ends
        )


def open_windows(airfield: Airfield, horizon: int) -> tuple[Window, ...]:
    """When an airfield is open before the horizon: its hours less its closures."""
    marks: dict[int, list[int]] = {0: [0, 0], horizon: [0, 0]}
    for i, spans in enumerate((airfield.open, airfield.closures)):
        for lo, hi in spans:
            if lo < min(hi, horizon):
                marks.setdefault(lo, [0, 0])[i] += 1
                marks.setdefault(min(hi, horizon), [0, 0])[i] -= 1
    found: list[Window] = []
    opened, shut = 0, 0
    for now, then in pairwise(sorted(marks)):
        opened += marks[now][0]
        shut += marks[now][1]
        if opened and not shut:
            start = found.pop()[0] if found and found[-1][1] == now else now
            found.append((start, then))
    return tuple(found)


def block(kind: AircraftType, km: int) -> int:
    """Minutes in the air, rounded up."""
    return (60 * km + kind.cruise_kmh - 1) // kind.cruise_kmh


def march_min(route: Route) -> int:
    """Minutes on the march, rounded up, borders not counted."""
    return (60 * route.km + route.rate_kmh - 1) // route.rate_kmh


def marched(route: Route, load: Load) -> int | None:
    """The minute at which a load can be there by a road, borders not counted; None if it cannot go by it."""
    goes = route.origin == load.origin and route.destination in load.destinations
    if not goes or not fits_route(route, load):
        return None
    march = march_min(route)
    return max(load.rld, load.ald, load.ead - march) + march


def fits(kind: AircraftType, load: Load, km: int) -> int:
    """Pieces of a load that a type carries so far with nothing else on board."""
    if load.outsize and not kind.outsize:
        return 0
    at = [far for far, _ in kind.payload]
    i = bisect_right(at, km)
    if i == 0 or km == at[i - 1]:
        carried = kind.payload[max(0, i - 1)][1]
    elif i == len(at):
        return 0
    else:
        (near, more), (far, less) = kind.payload[i - 1 : i + 1]
        carried = (more * (far - km) + less * (km - near)) // (far - near)
    return _pieces(load, carried, kind.seats, kind.places)


def fits_route(route: Route, load: Load) -> int:
    """Pieces of a load that one convoy carries with nothing else."""
    return _pieces(load, route.payload_kg, route.seats, route.places)


def _pieces(load: Load, carried: int, seats: int, places: int) -> int:
    by_weight = carried // load.piece_kg
    if load.kind == "passengers":
        return min(by_weight, seats)
    return min(by_weight, places) if load.kind == "vehicles" else by_weight


def rarely_carried(network: Network, loads: Sequence[Load]) -> list[list[Load]]:
    """The loads that only some of the types can carry, those with the same types together."""
    found: dict[frozenset[str], list[Load]] = {}
    for one in loads:
        found.setdefault(_types(network, one), []).append(one)
    return [
        rows for types, rows in found.items() if 0 < len(types) < len(network.fleet)
    ]


def _types(network: Network, load: Load) -> frozenset[str]:
    return frozenset(trip.type for trip, _ in network.carrying(load))
