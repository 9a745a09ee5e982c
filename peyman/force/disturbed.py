"""Will it hold? A plan flown many times with breakdowns, weather and late loads.

Pure: one replication is a function of the problem, the plan, the risks and a seed, so that the
caller may run them on as many cores or machines as there are. A flight goes when it was planned,
or as soon after as its tail, its crew, its load and the airfields allow.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from peyman.force.plan import Flight, Plan
from peyman.force.problem import Problem
from peyman.force.solve.board import Board, Put
from peyman.force.solve.network import Network


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replication: when the last piece is unloaded, and what delayed that flight most.

    Attributes:
        closure: The horizon, if some flight could no longer be flown.
        driver: A tail, an airfield or a load; None if the last flight was on time.
    """

    closure: int
    driver: str | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Closure in so many of a hundred replications, and the drivers, the worst first."""

    at_50: int
    at_80: int
    at_95: int
    drivers: tuple[tuple[str, int], ...]


def replicate(problem: Problem, plan: Plan, risks: Risks, seed: int) -> Outcome:
    """Fly a plan once. The same seed meets the same weather."""
    chance = np.random.default_rng(seed)
    until = max((one.ready for one in plan.flights), default=0)
    stormy = replace(
        problem,
        airfields=tuple(
            replace(one, closures=(*one.closures, *_weather(risks, chance, until)))
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
    return _Flown(stormy, late, broken).fly(plan)


def outlook(outcomes: Iterable[Outcome]) -> Outlook:
    """Closure at 50, 80 and 95 %, and what drives it."""
    found = list(outcomes)
    closures = sorted(one.closure for one in found)
    drivers = Counter(one.driver for one in found if one.driver is not None)
    ranked = sorted(drivers.items(), key=lambda pair: (-pair[1], pair[0]))
    half, most, nearly = (_at(closures, share) for share in (50, 80, 95))
    return Outlook(half, most, nearly, tuple(ranked))


def _at(closures: Sequence[int], share: int) -> int:
    """The smallest closure that so many of a hundred do not exceed."""
    return closures[-(-share * len(closures) // 100) - 1]


def _weather(
    risks: Risks, chance: np.random.Generator, until: int
) -> list[tuple[int, int]]:
    times = int(chance.poisson(risks.weather * until / 1440))
    found = []
    for _ in range(times):
        start = int(chance.integers(0, max(1, until)))
        found.append((start, start + 1 + int(chance.exponential(risks.weather_min))))
    return found


class _Flown:
    """A plan in the air, flight by flight in the planned order."""

    def __init__(
        self, problem: Problem, late: dict[str, int], broken: dict[str, int]
    ) -> None:
        self.network = Network(problem)
        self.board = Board(self.network)
        self.late = late
        self.broken = broken
        self.behind: dict[str, tuple[int, str | None]] = {}

    def fly(self, plan: Plan) -> Outcome:
        """All flights; the last to unload decides the closure."""
        closure, driver = 0, None
        for one in plan.convoys:
            closure = max(closure, one.arrive)
        for flight in sorted(plan.flights, key=lambda one: (one.start, one.serial)):
            unloaded, cause = self._one(flight)
            if unloaded is None:
                return Outcome(self.network.horizon, cause)
            if flight.parts and unloaded > closure:
                closure, driver = unloaded, cause
        return Outcome(closure, driver)

    def _one(self, flight: Flight) -> tuple[int | None, str | None]:
        """Fly it; returns when it is unloaded, and what delayed it most."""
        kind = self.network.tails[flight.tail].type
        trips = self.network.trips if flight.parts else self.network.ferries
        trip = trips[kind, flight.origin, flight.destination]
        delays = {part.load: self.late.get(part.load, 0) for part in flight.parts}
        loads = self.network.loads
        first = max(
            [
                flight.start,
                *(loads[name].ald + by for name, by in delays.items() if by),
            ]
        )
        state = self.board.state[flight.tail]
        wanted = max(first, state.ready)
        start = self.board.earliest(flight.tail, state, trip, first)
        if start is None:
            return None, flight.destination
        behind, cause = self.behind.get(flight.tail, (0, None))
        worst = max(delays, key=lambda name: delays[name], default=None)
        if worst is not None and first - flight.start > behind:
            behind, cause = first - flight.start, worst
        if start - wanted > behind:
            behind, cause = start - wanted, flight.destination
        self.board.put(Put(flight.tail, trip, start))
        repair = self.broken.get(flight.serial, 0)
        if repair:
            after = self.board.state[flight.tail]
            self.board.state[flight.tail] = replace(after, ready=after.ready + repair)
        told = cause if start > flight.start else None
        after_cause = flight.tail if repair > behind else cause
        self.behind[flight.tail] = (max(behind, repair), after_cause)
        return start + trip.away_min + trip.unload_min, told
