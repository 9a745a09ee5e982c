"""Will it hold? A plan carried out many times with breakdowns, weather and late loads.

Pure: one replication is a function of the problem, the plan, the risks and a seed, so that the
caller may run them on as many cores or machines as there are. A serial goes when it was planned,
or as soon after as its tail, its crew, its loads, the airfields and the road allow. Nobody plans
anew in between: docs/force.md says what else is left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from peyman.force.live.begun import trip_of
from peyman.force.plan import Convoy, Flight, Part, Plan
from peyman.force.problem import Problem, Window, given, instant
from peyman.force.solve.dispatching.board import Board, Put, State
from peyman.force.solve.dispatching.roads import March, Roads
from peyman.force.solve.network import Network, Trip

Cause = tuple[int, str | None]
"""The longest single delay on the way here, in minutes, and what it was."""


@dataclass(frozen=True, slots=True)
class Risks:
    """What may go wrong, by our assumption.

    Attributes:
        breakdown: Chance that an aircraft needs repair after a flight.
        repair_min: Mean minutes of a repair (exponential).
        weather: Mean number of closures of an airfield in a day (Poisson).
        weather_min: Mean minutes of a closure (exponential).
        late: Chance that a load is late.
        late_min: Mean minutes by which (exponential).
    """

    breakdown: float = 0.05
    repair_min: int = 360
    weather: float = 0.1
    weather_min: int = 240
    late: float = 0.1
    late_min: int = 240


CALM = Risks(breakdown=0, weather=0, late=0)
"""Nothing goes wrong."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replication: when the last piece is unloaded, and what delayed that serial most.

    Attributes:
        closure: The horizon, if some serial could no longer go.
        driver: A tail, an airfield or a load; None if the last serial was on time.
        is_whole: Whether every serial went.
    """

    closure: int
    driver: str | None
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Outlook:
    """Closure in so many of a hundred replications, and the drivers, the worst first.

    Attributes:
        drivers: Name to the number of replications that it drove, of those that were delayed.
        broken_off: Replications in which some serial could no longer go before the horizon.
    """

    at_50: int
    at_80: int
    at_95: int
    drivers: tuple[tuple[str, int], ...]
    broken_off: int = 0


def seeds(seed: int, count: int) -> tuple[int, ...]:
    """The seeds of so many replications; the first ones are those of a shorter series.

    >>> seeds(7, 3) == seeds(7, 5)[:3]
    True
    """
    found = np.random.SeedSequence(seed).generate_state(count, np.uint64)
    return tuple(int(one) for one in found)


def replicate(problem: Problem, plan: Plan, risks: Risks, seed: int) -> Outcome:
    """Carry out a plan once. The same seed meets the same weather."""
    chance = np.random.default_rng(seed)
    stormy = replace(
        problem,
        airfields=tuple(
            replace(
                one,
                closures=(*one.closures, *_weather(risks, chance, problem.horizon)),
            )
            for one in problem.airfields
        ),
    )
    late = {
        one.id: int(chance.exponential(risks.late_min))
        for one in problem.loads
        if chance.random() < risks.late
    }
    broken = {
        one.serial: int(chance.exponential(risks.repair_min))
        for one in plan.flights
        if chance.random() < risks.breakdown
    }
    return _CarriedOut(stormy, late, broken).whole(plan)


def outlook(outcomes: Iterable[Outcome]) -> Outlook:
    """Closure at 50, 80 and 95 %, and what drives it; of one replication at least."""
    found = list(outcomes)
    closures = sorted(one.closure for one in found)
    drivers = Counter(one.driver for one in found if one.driver is not None)
    ranked = sorted(drivers.items(), key=lambda pair: (-pair[1], pair[0]))
    half, most, nearly = (_at(closures, share) for share in (50, 80, 95))
    broken_off = sum(not one.is_whole for one in found)
    return Outlook(half, most, nearly, tuple(ranked), broken_off)


def outlook_json(
    problem: Problem, plan: Plan, risks: Risks, outcomes: Sequence[Outcome]
) -> dict[str, Any]:
    """An outlook in words and instants, with the rates that it stands on.

    A driver's `kind` is `aircraft` (a repair, or the rest that its crew then needs), `airfield`
    (closed by weather, or its stands taken) or `load` (ready late). `on_time` counts the
    replications that close no later than undisturbed.
    """
    told = outlook(outcomes)
    calm = replicate(problem, plan, CALM, 0).closure
    kinds = {one.id: "load" for one in problem.loads}
    kinds |= {one.id: "airfield" for one in problem.airfields}
    kinds |= {one.id: "aircraft" for one in problem.tails}
    return {
        "replications": len(outcomes),
        "undisturbed": instant(problem, calm),
        "closure": {
            str(share): instant(problem, at)
            for share, at in ((50, told.at_50), (80, told.at_80), (95, told.at_95))
        },
        "on_time": sum(one.closure <= calm for one in outcomes),
        "broken_off": told.broken_off,
        "drivers": [
            {"kind": kinds[name], "name": name, "replications": count}
            for name, count in told.drivers
        ],
        "assumed": asdict(risks),
    }


def _at(closures: Sequence[int], share: int) -> int:
    """The smallest closure that so many of a hundred do not exceed."""
    return closures[-(-share * len(closures) // 100) - 1]


def _weather(risks: Risks, chance: np.random.Generator, until: int) -> list[Window]:
    times = int(chance.poisson(risks.weather * until / 1440))
    found = []
    for _ in range(times):
        start = int(chance.integers(0, max(1, until)))
        found.append((start, start + 1 + int(chance.exponential(risks.weather_min))))
    return found


class _CarriedOut:
    """A plan as it goes, serial by serial in the planned order."""

    def __init__(
        self, problem: Problem, late: Mapping[str, int], broken: Mapping[str, int]
    ) -> None:
        self.network = Network(problem)
        self.board = Board(self.network)
        self.roads = Roads(problem)
        self.routes = {one.id: one for one in problem.routes}
        self.given = {one.serial for one in given(problem)}
        self.late = late
        self.broken = broken
        self.there: dict[str, int] = {}
        self.behind: dict[str, Cause] = {}
        self.closing: dict[str, Cause] = {}

    def whole(self, plan: Plan) -> Outcome:
        """All serials; the last to unload decides the closure."""
        closure, driver = 0, None
        serials: list[Flight | Convoy] = [*plan.flights, *plan.convoys]
        for one in sorted(serials, key=lambda one: (one.start, one.serial)):
            unloaded, cause = (
                self._flight(one) if isinstance(one, Flight) else self._convoy(one)
            )
            if unloaded is None:
                return Outcome(self.network.horizon, cause[1], is_whole=False)
            for part in one.parts:
                if unloaded > self.there.get(part.load, 0):
                    self.there[part.load] = unloaded
                    self.closing[part.load] = cause
            if one.parts and unloaded > closure:
                closure, driver = unloaded, cause[1]
        return Outcome(closure, driver)

    def _first(self, start: int, parts: Sequence[Part]) -> tuple[int, Cause]:
        """When all that it carries is ready, not before the planned start, and what was not."""
        first = start
        cause: Cause = (0, None)
        for part in parts:
            load = self.network.loads[part.load]
            ready = max(load.rld, load.ald) + self.late.get(load.id, 0)
            if load.id in self.late and ready > first:
                first, cause = ready, (ready - start, load.id)
            for other in load.after:
                if self.there.get(other, 0) > first:
                    first = self.there[other]
                    cause = max(cause, self.closing[other], key=_by_delay)
        return first, cause

    def _convoy(self, one: Convoy) -> tuple[int | None, Cause]:
        """When it arrives, and what delayed it most."""
        parts = tuple((part.load, part.pieces) for part in one.parts)
        if one.serial in self.given:
            march = March(self.routes[one.route], one.start, one.arrive, parts)
            self.roads.put(march)
            return one.arrive, (0, None)
        first, cause = self._first(one.start, one.parts)
        loads = self.network.loads
        ead = max((loads[name].ead for name, _ in parts), default=0)
        found = self.roads.earliest(self.routes[one.route], parts, first, ead)
        if found is None:
            return None, cause
        self.roads.put(found)
        return found.arrive, cause if found.start > one.start else (0, None)

    def _flight(self, one: Flight) -> tuple[int | None, Cause]:
        """When it is unloaded, and what delayed it most."""
        kind = self.network.tails[one.tail].type
        if one.serial in self.given:
            self.board.put(Put(one.tail, trip_of(self.network, one), one.start))
            return one.unloaded, (0, None)
        first, waited = self._first(one.start, one.parts)
        cause = max(self.behind.get(one.tail, (0, None)), waited, key=_by_delay)
        trips = self.network.trips if one.parts else self.network.ferries
        trip = trips[kind, one.origin, one.destination]
        state = self.board.state[one.tail]
        start = self.board.earliest(one.tail, state, trip, first)
        wanted = max(first, state.ready)
        if start is None:
            return None, (0, cause[1] or one.destination)
        if start > wanted:
            blamed = self._blamed(one, state, trip, wanted)
            cause = max(cause, (start - wanted, blamed), key=_by_delay)
        self.board.put(Put(one.tail, trip, start))
        told = cause if start > one.start else (0, None)
        self.behind[one.tail] = told
        if repair := self.broken.get(one.serial, 0):
            after = self.board.state[one.tail]
            self.board.move(one.tail, replace(after, ready=after.ready + repair))
            self.behind[one.tail] = max(told, (repair, one.tail), key=_by_delay)
        return start + trip.away_min + trip.unload_min, told

    def _blamed(self, one: Flight, state: State, trip: Trip, wanted: int) -> str:
        """Who keeps a tail that could go: an airfield's weather or stands, else its crew."""
        fresh = replace(state, ready=wanted, began=None)
        if self.board.earliest(one.tail, fresh, trip, wanted) == wanted:
            return one.tail
        origin = self.board.fields[one.origin]
        is_free = origin.next_free(wanted, trip.load_min) == wanted
        return one.destination if is_free else one.origin


def _by_delay(cause: Cause) -> int:
    return cause[0]
