"""What has to be moved, by what, through where: the movement problem as plain data.

Data only: how a plan is found is `peyman.force.solve`, whether a plan is allowed is
`peyman.force.checking`. docs/force.md states every rule in the field's terms.

Times are whole minutes from `Problem.epoch`, masses kilograms, distances kilometres.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from peyman.charter.moment import read_instant, show
from peyman.errors import PeymanError
from peyman.force.plan import Convoy, Flight
from peyman.force.strict import AUTHORITY, IF_SAID, Natural, Positive, read, write

LONGEST: Final = 10 * 366 * 1440
"""The latest end of planning: all stands are known for each minute."""
Window = tuple[Natural, Natural]
"""From the first minute to the last, which no longer belongs to it."""


@dataclass(frozen=True, slots=True)
class AircraftType:
    """What one aircraft of a type can do.

    Attributes:
        payload: Pairs (km, kg) with rising km: as much up to the first; then on a line
            between two; beyond the last it cannot fly.
        seats: Passengers if it carries nothing else.
        places: Vehicles if it carries nothing else.
        outsize: Whether outsize pieces fit through its door.
        turn_min: Fuel and checks after every landing, before the next loading or flight.
        duty_min: Most minutes from the start of a crew's first work to the end of its last.
        rest_min: Least minutes on the ground between two duties.
    """

    id: str
    payload: tuple[tuple[Natural, Natural], ...]
    seats: Natural
    places: Natural
    outsize: bool
    cruise_kmh: Positive
    runway_m: Natural
    load_min: Natural
    unload_min: Natural
    turn_min: Natural
    duty_min: Positive
    rest_min: Natural


@dataclass(frozen=True, slots=True)
class Tail:
    """One aircraft; it stands at its base, its crew rested, from `available_from` on."""

    id: str
    type: str
    base: str
    available_from: Natural = 0
    available_until: Natural | None = None


@dataclass(frozen=True, slots=True)
class Airfield:
    """An airfield, as port of embarkation, of debarkation, or base.

    Attributes:
        working_mog: Aircraft that can be loaded, unloaded or turned round at once.
        parking_mog: Aircraft of other bases that can stand beside those; None is ample.
        open: When aircraft may land, take off and be worked on.
        closures: What is taken out of `open` again.
    """

    id: str
    runway_m: Natural
    working_mog: Natural
    open: tuple[Window, ...]
    parking_mog: Natural | None = None
    closures: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """How far two airfields are from each other, in either direction."""

    origin: str
    destination: str
    km: Natural


@dataclass(frozen=True, slots=True)
class Border:
    """A crossing: one convoy at a time, so many minutes for each piece of its loads."""

    id: str
    open: tuple[Window, ...]
    piece_min: Natural


@dataclass(frozen=True, slots=True)
class Route:
    """A road or a railway from a place to a place.

    Attributes:
        rate_kmh: March rate with halts and rests.
        headway_min: Least minutes between two departures.
        seats, places, payload_kg: What one convoy or train carries, as of an aircraft.
        borders: Pairs (crossing, km from the origin), in the order of the march.
    """

    id: str
    mode: Literal["road", "rail"]
    origin: str
    destination: str
    km: Natural
    rate_kmh: Positive
    headway_min: Natural
    seats: Natural
    places: Natural
    payload_kg: Natural
    borders: tuple[tuple[str, Natural], ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """Equal pieces of one unit that go from one place to one of several.

    Attributes:
        line: The requirement line that it serves.
        unit: Whose it is; `within_min` binds all loads of a unit.
        destinations: Allowed ports of debarkation.
        rld, ald: Ready to load at home; available to load at the origin. Nothing is loaded
            before the later of the two.
        ead, lad: Earliest touchdown; latest time to be unloaded.
        rdd: Required delivery at the place of need, `onward_min` after unloading.
        within_min: Unit integrity: one destination, and at most so many minutes from the
            first to the last unloading. None: the unit may arrive in parts.
        after: Loads that have to be unloaded whole before any of this one is loaded.
    """

    id: str
    line: str
    member: str
    unit: str
    origin: str
    destinations: tuple[str, ...]
    kind: Literal["passengers", "vehicles", "cargo"]
    pieces: Positive
    piece_kg: Positive
    priority: Positive
    ald: Natural
    lad: Natural
    rdd: Natural
    rld: Natural = 0
    ead: Natural = 0
    onward_min: Natural = 0
    outsize: bool = False
    within_min: Natural | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a plan answers to.

    Attributes:
        epoch: The instant of minute 0, ISO 8601 in UTC.
        horizon: The minute at which planning ends: nothing is done after it.
        weights: What one kilogram late by one minute costs, for priority 1, 2 and so on;
            the last holds for all that follow.
        assumptions: Sentences for the reader: which figures are nobody's but ours.
        since: The minute from which is planned; 0 where nothing has begun.
        begun, marched: Serials that had begun before it, by the times that were reported, else
            as they were planned. They are given: a plan tells them as they stand here, no
            rule is asked of them, and whatever follows starts from them.
        late: Loads that were reported ready later than they are required. They go late; of any
            other load such dates are a contradiction, and it stays.
    """

    name: str
    epoch: str
    horizon: Positive
    weights: tuple[Natural, ...]
    types: tuple[AircraftType, ...]
    tails: tuple[Tail, ...]
    airfields: tuple[Airfield, ...]
    legs: tuple[Leg, ...]
    loads: tuple[Load, ...]
    routes: tuple[Route, ...] = ()
    borders: tuple[Border, ...] = ()
    assumptions: tuple[str, ...] = ()
    since: Natural = field(default=0, metadata=IF_SAID)
    begun: tuple[Flight, ...] = field(default=(), metadata=IF_SAID)
    marched: tuple[Convoy, ...] = field(default=(), metadata=IF_SAID)
    late: tuple[str, ...] = field(default=(), metadata=IF_SAID)


def read_problem(found: object) -> Problem:
    """A problem from JSON.

    Raises:
        PeymanError: If a field cannot be what it says, an id is given twice, or a name
            stands for nothing. The message names the field.
    """
    problem = read(Problem, found, "problem")
    read_instant(problem.epoch)
    if problem.horizon > LONGEST:
        raise _wrong(
            f"problem.horizon is {problem.horizon} minutes, and planning ends after {LONGEST}, ten"
            " years, at the latest",
            "Let planning end sooner, or write minutes where they are seconds.",
        )
    if not problem.weights:
        raise _wrong(
            "problem.weights is empty", "Give a weight for priority 1 at least."
        )
    for name in ("types", "tails", "airfields", "routes", "borders", "loads"):
        _once(name, (one.id for one in getattr(problem, name)))
    _check_begun(problem)
    for where, wanted, there in (*_names(problem), *_names_begun(problem)):
        if wanted not in there:
            raise _wrong(f"{where} names {wanted}, which is not listed", "List it.")
    for i, one in enumerate(problem.types):
        if not one.payload or list(one.payload) != sorted(set(one.payload)):
            where = f"problem.types[{i}].payload"
            raise _wrong(
                f"{where} does not rise in km", "Give pairs (km, kg) in order."
            )
    return problem


def due(load: Load) -> int:
    """The minute by which a load has to be unloaded, by its LAD and its RDD."""
    return min(load.lad, load.rdd - load.onward_min)


def is_contradictory(problem: Problem, load: Load) -> bool:
    """Whether a load is required before it is ready, and nobody reported it late."""
    return due(load) < max(load.rld, load.ald) and load.id not in problem.late


def given(problem: Problem) -> tuple[Flight | Convoy, ...]:
    """Every serial that had begun."""
    return (*problem.begun, *problem.marched)


def weight(problem: Problem, load: Load) -> int:
    """What one kilogram of a load costs for each minute late."""
    return problem.weights[min(load.priority, len(problem.weights)) - 1]


def instant(problem: Problem, minute: int) -> str:
    """A minute of the problem as an instant in UTC, ISO 8601."""
    return show(read_instant(problem.epoch) + 60 * minute)


def _names(problem: Problem) -> Iterable[tuple[str, str, set[str]]]:
    """Where a name stands, the name, and what it may be."""
    types = {one.id for one in problem.types}
    fields = {one.id for one in problem.airfields}
    borders = {one.id for one in problem.borders}
    ends = {end for one in problem.routes for end in (one.origin, one.destination)}
    loads = {one.id for one in problem.loads}
    for i, tail in enumerate(problem.tails):
        yield f"problem.tails[{i}].type", tail.type, types
        yield f"problem.tails[{i}].base", tail.base, fields
    for i, leg in enumerate(problem.legs):
        yield f"problem.legs[{i}].origin", leg.origin, fields
        yield f"problem.legs[{i}].destination", leg.destination, fields
    for i, route in enumerate(problem.routes):
        for j, (border, _) in enumerate(route.borders):
            yield f"problem.routes[{i}].borders[{j}]", border, borders
    for i, load in enumerate(problem.loads):
        yield f"problem.loads[{i}].origin", load.origin, fields | ends
        for place in load.destinations:
            yield f"problem.loads[{i}].destinations", place, fields | ends
        for other in load.after:
            yield f"problem.loads[{i}].after", other, loads


def _names_begun(problem: Problem) -> Iterable[tuple[str, str, set[str]]]:
    """The same of the serials that had begun."""
    tails = {one.id for one in problem.tails}
    fields = {one.id for one in problem.airfields}
    loads = {one.id for one in problem.loads}
    for i, one in enumerate(problem.begun):
        yield f"problem.begun[{i}].tail", one.tail, tails
        yield f"problem.begun[{i}].origin", one.origin, fields
        yield f"problem.begun[{i}].destination", one.destination, fields
    routes = {one.id for one in problem.routes}
    for i, march in enumerate(problem.marched):
        yield f"problem.marched[{i}].route", march.route, routes
    for serial in given(problem):
        for part in serial.parts:
            yield f"the serial {serial.serial}", part.load, loads
    for i, late in enumerate(problem.late):
        yield f"problem.late[{i}]", late, loads


def _check_begun(problem: Problem) -> None:
    """Refuse what had not begun by `since`, or whose times run backward."""
    for one in problem.begun:
        times = (one.start, one.depart, one.arrive, one.unloaded, one.ready)
        _check_times(one.serial, times, problem.since)
    for march in problem.marched:
        _check_times(march.serial, (march.start, march.arrive), problem.since)


def _check_times(serial: str, times: tuple[int, ...], since: int) -> None:
    if times[0] >= since or list(times) != sorted(times):
        raise _wrong(
            f"The serial {serial} is told as begun, and its times do not follow each other"
            " from before problem.since",
            "Tell its times in order, or leave it to be planned.",
        )


def _once(name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for i, one in enumerate(ids):
        if one in seen:
            raise _wrong(
                f"problem.{name}[{i}].id is {one}, which stands there already",
                "Give every row an id of its own.",
            )
        seen.add(one)


def _wrong(problem: str, remedy: str) -> PeymanError:
    return PeymanError(f"{problem}.", authority=AUTHORITY, remedy=remedy)


def problem_json(problem: Problem) -> dict[str, Any]:
    """The JSON object of a problem; `read_problem` takes it back."""
    return write(problem)
