"""From a case to a movement problem: what is assigned has to get there, or to get home.

Everything comes from the record, the tables or an assumption that the problem states in a
sentence of its own. How the problem is solved is no matter of a case.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from peyman.case.boards.claims import seen
from peyman.case.boards.mandate import mandates_of
from peyman.case.model import Entry
from peyman.case.planning.closures import usable
from peyman.case.planning.fleet import distance_km, fields_at, lift_of, origins_of
from peyman.case.planning.generation import Generation
from peyman.case.reading import Reading
from peyman.charter.moment import read_moment, show
from peyman.force import tables
from peyman.force.generation.assign import Share
from peyman.force.generation.assumed import assumed
from peyman.force.generation.lines import Line
from peyman.force.generation.offers import Offer
from peyman.force.problem import AircraftType, Airfield, Leg, Load, Problem, Route, Tail
from peyman.picture.places import places
from peyman.saying import Said, say

Direction = Literal["in", "out"]
_HOUR, _DAY = 3600, 86_400
WEIGHTS = (4, 2, 1)
"""What a kilogram late by a minute costs, for priority 1, 2 and all that follow."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """One assigned offer, or its part that leaves from one of several places."""

    id: str
    offer: Offer
    line: Line
    home: str
    there: tuple[str, ...]
    part: int
    parts: int

    def share(self, whole: int) -> int:
        """This part's share of a number, the first parts taking what does not divide."""
        return whole // self.parts + (self.part < whole % self.parts)


def movement(reading: Reading, made: Generation, direction: Direction) -> Problem:
    """The movement of everything that is assigned, in to the force or out again.

    Args:
        reading: The case.
        made: Its force generation.
        direction: `in`, from the members to the area; `out`, back home.
    """
    entries = seen(reading)
    first = start_of_movement(reading, direction)
    last = first + assumed()["horizon_days"] * _DAY
    units = tuple(_units(made, entries))
    tails = tuple(_tails(made, entries, direction, units))
    fields = sorted(
        {f for u in units for f in (u.home, *u.there)} | {t.base for t in tails}
    )
    works = {f: usable(f, entries, _zone(f), first, last) for f in fields}
    routes = tuple(_routes(units, direction))
    return Problem(
        name=f"{reading.case.origin}, {direction}",
        epoch=show(first),
        horizon=(last - first) // 60,
        weights=WEIGHTS,
        types=tuple(_types({tail.type for tail in tails})),
        tails=tails,
        airfields=tuple(
            Airfield(
                id=field,
                runway_m=tables.airfields()[field].runway_m,
                working_mog=tables.airfields()[field].working,
                parking_mog=tables.airfields()[field].parking,
                open=_minutes(works[field].open, first),
                closures=_minutes(works[field].closures, first),
            )
            for field in fields
        ),
        legs=tuple(Leg(a, b, distance_km(a, b)) for a, b in combinations(fields, 2)),
        loads=tuple(_loads(units, direction, first, reading)),
        routes=routes,
        assumptions=(*made.assumptions, *_assumptions(fields, tails, routes)),
    )


def start_of_movement(reading: Reading, direction: Direction) -> int:
    """The instant of minute 0: the mandate, or for the way home its end, by the hour.

    Where no end is known, the way home begins on the day of the first serial out that is told,
    else at the moment of the reading.
    """
    given = mandates_of(reading)
    begun = [read_moment(one["from"], "UTC").hi for one in given]
    start = min(begun, default=reading.at)
    if direction == "out":
        start = _start_of_the_way_home(reading, given)
    return start // _HOUR * _HOUR


def stranded(reading: Reading, made: Generation) -> tuple[tuple[Share, Said], ...]:
    """What is assigned and cannot be planned: no airfield is known at one of its ends."""
    entries = seen(reading)
    found = []
    for share in made.assignment.shares:
        if not origins_of(share.offer, entries):
            told = say(
                "No airfield is known from which {actor} leaves.",
                actor=share.offer.member,
            )
        elif not fields_at(share.line.place, entries):
            told = say(
                "No airfield is known that serves {place_words}.",
                place_words=share.line.place,
            )
        else:
            continue
        found.append((share, told))
    return tuple(found)


def _start_of_the_way_home(
    reading: Reading, given: Sequence[Mapping[str, object]]
) -> int:
    ends = [
        str(one["ended"] or one["until"])
        for one in given
        if one["ended"] or one["until"]
    ]
    if ends:
        return min(read_moment(end, "UTC").lo for end in ends)
    left = [
        read_moment(str(e.body.get("depart", e.stated_at)), e.zone).lo
        for e in seen(reading)
        if e.kind == "serial" and e.body["direction"] == "out"
    ]
    return min(left, default=reading.at)


def _units(made: Generation, entries: Sequence[Entry]) -> Iterator[_Unit]:
    first: dict[str, tuple[Offer, Line]] = {}
    for share in made.assignment.shares:
        first.setdefault(share.offer.name, (share.offer, share.line))
    for number, (offer, line) in enumerate(first.values(), 1):
        homes = origins_of(offer, entries)
        there = fields_at(line.place, entries)
        if not there:
            continue
        for part, home in enumerate(homes):
            name = f"{offer.member}-{number}" + (f".{part + 1}" if part else "")
            yield _Unit(name, offer, line, home, there, part, len(homes))


def _loads(
    units: Sequence[_Unit], direction: Direction, first: int, reading: Reading
) -> Iterator[Load]:
    for unit in units:
        ready = _ready(unit.offer, first, reading) if direction == "in" else 0
        due = _due(unit.line, first) if direction == "in" else _home_by()
        for kind, pieces, piece_kg in _pieces(unit):
            if not pieces:
                continue
            ends = (unit.home, unit.there)
            for origin, to, share in _ways(ends, pieces, direction):
                yield Load(
                    id=f"{unit.id} {kind}"
                    + ("" if direction == "in" else f" {origin}"),
                    line=unit.line.line,
                    member=unit.offer.member,
                    unit=unit.id,
                    origin=origin,
                    destinations=to,
                    kind=kind,
                    pieces=share,
                    piece_kg=piece_kg,
                    priority=max(unit.line.priority, 1),
                    ald=ready,
                    lad=due,
                    rdd=due,
                )


def _ways(
    ends: tuple[str, tuple[str, ...]], pieces: int, direction: Direction
) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Origin, destinations and pieces: in, from home to any field; out, from each its share."""
    home, there = ends
    if direction == "in":
        yield home, there, pieces
        return
    for place, origin in enumerate(there):
        share = pieces // len(there) + (place < pieces % len(there))
        if share:
            yield origin, (home,), share


def _pieces(
    unit: _Unit,
) -> Iterator[tuple[Literal["passengers", "vehicles", "cargo"], int, int]]:
    """People, vehicles and stores of a unit, each as pieces of so many kilograms."""
    offer = unit.offer
    people, vehicles = offer.people.low or 0, offer.vehicles.low or 0
    passenger_kg, most = (
        assumed()["passenger_kg"],
        assumed()["tonnes_per_vehicle"] * 1000,
    )
    left = max((offer.tonnes or 0) * 1000 - people * passenger_kg, 0)
    vehicle_kg = min(left // vehicles, most) if vehicles else 0
    stores = left - vehicles * vehicle_kg
    piece_kg = assumed()["cargo_piece_kg"]
    yield "passengers", unit.share(people), passenger_kg
    yield "vehicles", unit.share(vehicles), max(vehicle_kg, 1)
    yield "cargo", unit.share(-(-stores // piece_kg)), piece_kg


def _ready(offer: Offer, first: int, reading: Reading) -> int:
    """The minute from which it can be loaded: as told, else hours after its consent."""
    if offer.ready is not None:
        return max(offer.ready - first, 0) // 60
    entry = reading.by_name().get(offer.consent or "")
    since = max(entry.at.hi if entry else first, first)
    return (since - first + assumed()["ready_hours"] * _HOUR) // 60


def _due(line: Line, first: int) -> int:
    if line.required_by is not None and line.required_by < first + 365 * _DAY:
        return max(line.required_by - first, 0) // 60
    return assumed()["required_hours"] * max(line.priority, 1) * 60


def _home_by() -> int:
    return assumed()["horizon_days"] * _DAY // 120


def _tails(
    made: Generation,
    entries: Sequence[Entry],
    direction: Direction,
    units: Sequence[_Unit],
) -> Iterator[Tail]:
    """Each aircraft at one of its member's fields, in turn."""
    for (member, kind), count in sorted(
        lift_of(made.offers, entries, direction).items()
    ):
        homes = sorted({u.home for u in units if u.offer.member == member})
        bases = homes or list(fields_at(member.lower(), entries))
        long_enough = [b for b in bases if _takes(b, kind)]
        for number in range(count if long_enough else 0):
            base = long_enough[number % len(long_enough)]
            yield Tail(f"{kind} {member}-{number + 1:02}", kind, base)


def _takes(field: str, kind: str) -> bool:
    return tables.airfields()[field].runway_m >= tables.aircraft()[kind].runway_m


def _types(names: set[str]) -> Iterator[AircraftType]:
    for name in sorted(names):
        one = tables.aircraft()[name]
        yield AircraftType(
            id=name,
            payload=tuple((int(km), int(t * 1000)) for km, t in one.payload_t),
            seats=one.seats,
            places=one.places,
            outsize=one.outsize,
            cruise_kmh=one.cruise_kmh,
            runway_m=one.runway_m,
            load_min=one.load_min,
            unload_min=one.unload_min,
            turn_min=one.turn_min,
            duty_min=one.duty_h * 60,
            rest_min=one.rest_h * 60,
        )


def _routes(units: Sequence[_Unit], direction: Direction) -> Iterator[Route]:
    """A road between each pair of fields that a unit could march."""
    pairs = {(u.home, field) for u in units for field in u.there}
    for home, field in sorted(pairs):
        beside = distance_km(home, field)
        if beside > assumed()["road_reach_km"]:
            continue
        ends = (home, field) if direction == "in" else (field, home)
        yield Route(
            id=f"road {ends[0]} {ends[1]}",
            mode="road",
            origin=ends[0],
            destination=ends[1],
            km=-(-beside * assumed()["road_km_per_100"] // 100),
            rate_kmh=assumed()["march_kmh"],
            headway_min=assumed()["convoy_headway_min"],
            seats=assumed()["convoy_people"],
            places=assumed()["convoy_vehicles"],
            payload_kg=assumed()["convoy_vehicles"] * 20_000,
        )


def _minutes(
    spans: Sequence[tuple[int, int]], first: int
) -> tuple[tuple[int, int], ...]:
    return tuple(((start - first) // 60, (end - first) // 60) for start, end in spans)


def _zone(field: str) -> str:
    return places()[field].zone


def _assumptions(
    fields: Sequence[str], tails: Sequence[Tail], routes: Sequence[Route]
) -> Iterator[Said]:
    """A sentence for each figure of the movement that nobody told."""
    if fields:
        yield say(
            "Working and parking MOG of {fields_words} are assumptions: no public figure was"
            " found.",
            fields_words=", ".join(fields),
        )
    for name in sorted({tail.type for tail in tails}):
        sources = tables.aircraft()[name].sources
        unsure = [field for field, one in sources.items() if one.checked != "text"]
        yield say(
            "Of the {type_words}, these figures are from memory or assumed: {fields_words}.",
            type_words=name,
            fields_words=", ".join(unsure),
        )
    yield say(
        "A unit is loaded {n} hours after its mandate and its consent, where it tells no"
        " readiness.",
        n=assumed()["ready_hours"],
    )
    for route in routes:
        yield say(
            "The road from {origin_words} to {end_words} is taken to be {km_n} km, marched at"
            " {rate_n} km an hour.",
            origin_words=route.origin,
            end_words=route.destination,
            km_n=route.km,
            rate_n=route.rate_kmh,
        )
