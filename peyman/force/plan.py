"""The answer to a movement problem: serials with times and tails, what is not moved, the bound.

Data only. A plan carries what anybody needs to check it without the solver: the digest of
its problem, the time of every serial, and for every objective the certificate of its bound.
"""

from dataclasses import dataclass, field
from typing import Any

from peyman.force.strict import IF_SAID, Natural, Positive, read, write


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of a load on one serial."""

    load: str
    pieces: Positive


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight of one tail; without parts it is a ferry, and `start` is `depart`.

    Attributes:
        start: Loading begins; of a ferry, the take-off.
        depart: Take-off. An aircraft leaves when it is loaded.
        arrive: Touchdown.
        unloaded: Everything is off; of a ferry, the touchdown.
        ready: The turn-round is done.
    """

    serial: str
    tail: str
    origin: str
    destination: str
    start: Natural
    depart: Natural
    arrive: Natural
    unloaded: Natural
    ready: Natural
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Convoy:
    """One convoy or train; it is unloaded when it arrives."""

    serial: str
    route: str
    start: Natural
    arrive: Natural
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a load cannot be moved: a code for programs, a sentence for people."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """Pieces of a load that no serial carries, and the smallest set of reasons."""

    load: str
    line: str
    pieces: Positive
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """Loads that need whole flights, and what it is worth that these are over by the end of each slot.

    Attributes:
        loads: None of them goes by land.
        fills: What a piece of each fills, in parts that the certificate chooses.
        whole: The parts of the flight by which flights are counted.
        toll: What it costs to have `whole` parts unloaded by the end of each slot; flights earn it.
    """

    loads: tuple[str, ...]
    fills: tuple[Positive, ...]
    whole: Positive
    toll: tuple[Natural, ...]


@dataclass(frozen=True, slots=True)
class Tolls:
    """What a piece of a load pays and earns, slot by slot."""

    pays: tuple[int, ...] = ()
    earns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Prices:
    """The certificate of a bound: prices, from which anybody reckons the bound again.

    Any prices prove some bound; good prices prove a good one. docs/force.md says how.

    Attributes:
        objective: `undelivered`, `lateness`, `closure` or `lift`.
        grid_min: The minutes of a step of the reckoning.
        until: The minute at which the reckoning ends; of a closure, the minute before
            which the movement is shown to be impossible.
        slot_min: The minutes of a slot of `stand`.
        load: Load to the price of one piece moved.
        stand: Airfield to the price of one working stand for one minute, slot by slot.
        began_min: Beginnings of a duty that are less apart count as the latest of them.
        shared: Loads that only one type can carry, and whose tails are reckoned together: each
            of these loads goes once. Their prices only tell them from each other.
        roads: Routes whose convoys are reckoned, one after the other. By any other road everything can go
            at once, and a price is no higher than that costs.
        after: Of a load that waits for others: what a piece of it pays when its loading begins, under its own name, and
            what a piece of each of those earns when it is unloaded, under theirs, slot by slot.
        together: Of a unit that keeps together, by load: what a piece pays by when it is unloaded, and what it earns by when it
            would be if that were as many minutes sooner as the unit keeps within.
        tied_min: The minutes of a slot of these.
        covers: Loads that need whole flights: flights are counted, and not what they carry alone.
        covered_min: The minutes of a slot of `covers`; no less than those of a step.
    """

    objective: str
    grid_min: Positive
    until: Positive
    slot_min: Positive
    load: dict[str, int] = field(default_factory=dict)
    stand: dict[str, tuple[int, ...]] = field(default_factory=dict)
    began_min: Positive = field(default=10, metadata=IF_SAID)
    shared: tuple[str, ...] = field(default=(), metadata=IF_SAID)
    roads: tuple[str, ...] = field(default=(), metadata=IF_SAID)
    after: dict[str, dict[str, tuple[int, ...]]] = field(
        default_factory=dict, metadata=IF_SAID
    )
    together: dict[str, dict[str, Tolls]] = field(
        default_factory=dict, metadata=IF_SAID
    )
    tied_min: Positive = field(default=60, metadata=IF_SAID)
    covers: tuple[Cover, ...] = field(default=(), metadata=IF_SAID)
    covered_min: Positive = field(default=60, metadata=IF_SAID)


@dataclass(frozen=True, slots=True)
class Objective:
    """One level: its value, the proven bound, and what proves it."""

    name: str
    value: int
    bound: int
    prices: Prices | None = None

    @property
    def gap(self) -> float:
        """How far the value may be from the best: (value - bound) / max(value, 1)."""
        return (self.value - self.bound) / max(self.value, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as a solver gives it and as the checker reads it.

    Attributes:
        problem: Digest of the problem, `peyman.force.strict.digest`.
        objectives: `undelivered`, `lateness`, `closure`, `lift`: the earlier before the later.
        made_by: Which procedure with which seed.
    """

    problem: str
    flights: tuple[Flight, ...]
    convoys: tuple[Convoy, ...]
    unmet: tuple[Unmet, ...]
    objectives: tuple[Objective, ...] = ()
    made_by: str = ""


def read_plan(found: object) -> Plan:
    """A plan from JSON.

    Raises:
        Unreadable: If a field is missing, unknown or cannot be what it says.
    """
    return read(Plan, found, "plan")


def plan_json(plan: Plan) -> dict[str, Any]:
    """The JSON object of a plan; `read_plan` takes it back."""
    return write(plan)
