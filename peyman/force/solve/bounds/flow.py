"""The movement as one flow: aircraft by type, loads by kind, time in steps, solved by HiGHS.

Aircraft of a type flow from rest to rest along the patterns of a duty; loads that differ only in
their dates flow together. The size depends on airfields, types and steps, hardly on the
number of loads or tails. A time that falls between two steps is shared between them, so that
nothing is rounded; what comes out is a guide and prices, and no bound by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import cast

import highspy
import numpy as np
from numpy.typing import NDArray

from peyman.force.engines.quiet import quiet_solver
from peyman.force.problem import Load, due, weight
from peyman.force.solve.bounds.parties.duties import Pattern, patterns
from peyman.force.solve.network import Network
from peyman.force.solve.timing import endless, in_time

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Flow:
    """Prices out of the flow.

    Attributes:
        step: Minutes of a step.
        value: Of the flow, in the units of lateness.
        trip: For (type, origin, destination), by step, what a loaded trip is worth.
        stand: For an airfield, by step, what a minute of a stand is worth.
    """

    step: int
    value: float
    trip: dict[tuple[str, str, str], Floats]
    stand: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Stream:
    """Loads that go the same way and cost the same when late."""

    origin: str
    destinations: tuple[str, ...]
    slope: int
    loads: tuple[Load, ...]


class _Rows:
    """A linear program in the making: rows by name, columns with their entries."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.names: dict[object, int] = {}
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.cost: list[float] = []
        self.starts: list[int] = [0]
        self.index: list[int] = []
        self.entry: list[float] = []

    def row(self, name: object, lower: float, upper: float) -> None:
        self.names[name] = len(self.lower)
        self.lower.append(lower)
        self.upper.append(upper)

    def add_to(self, name: object, by: float) -> None:
        """Raise both sides of a row, if there is one of that name."""
        i = self.names.get(name)
        if i is not None:
            self.lower[i] += by
            self.upper[i] += by

    def columns(
        self, cost: float, entries: Sequence[tuple[tuple[object, ...], float]]
    ) -> Callable[[int], None]:
        """What adds a column so many steps after one whose entries are told.

        Names of rows end in a step, and the rows of all steps stand one after the other.
        """
        summed: dict[tuple[int, int], float] = {}
        for (*name, step), value in entries:
            i = self.names.get((*name, 0))
            if i is not None and value:
                key = (i, cast("int", step))
                summed[key] = summed.get(key, 0.0) + value
        last = self.steps

        def add(after: int) -> None:
            for (i, step), value in summed.items():
                if step + after < last:
                    self.index.append(i + step + after)
                    self.entry.append(value)
            self.cost.append(cost)
            self.starts.append(len(self.index))

        return add

    def column(self, cost: float, entries: Sequence[tuple[object, float]]) -> None:
        """A variable that is not negative; entries in rows that are not there are left out."""
        summed: dict[int, float] = {}
        for name, value in entries:
            i = self.names.get(name)
            if i is not None and value:
                summed[i] = summed.get(i, 0.0) + value
        self.cost.append(cost)
        self.index += summed.keys()
        self.entry += summed.values()
        self.starts.append(len(self.index))


class FleetFlow:
    """The linear program of one problem."""

    def __init__(
        self,
        network: Network,
        loads: Sequence[Load],
        until: int,
        steps: int,
        left: Callable[[], float] = endless,
    ) -> None:
        """Write the program down.

        Args:
            network: The problem.
            loads: What is to be moved.
            until: The minute that ends the reckoning.
            steps: In so many it is cut.
            left: Seconds that are left.

        Raises:
            OutOfTime: If none are left before it is written down.
        """
        self.network = network
        self.left = left
        self.step = max(10, -(-until // steps))
        self.steps = steps
        self.streams = streams_of(network, loads)
        served = _served(loads)
        self.patterns = {
            kind.id: patterns(network, kind.id, served) for kind in network.fleet
        }
        self.trips = [key for key in network.trips if key[1:] in served]
        self.rows = _Rows(steps)
        self._make_rows()
        self._make_columns()

    def _make_rows(self) -> None:
        rows, network = self.rows, self.network
        every = range(self.steps)
        stays = in_time(product(network.fleet, network.airfields, every), self.left)
        for kind, place, t in stays:
            rows.row(("rested", kind.id, place, t), 0.0, 0.0)
        for key, t in in_time(product(self.trips, every), self.left):
            rows.row(("trip", *key, t), -highspy.kHighsInf, 0.0)
        for name, one in in_time(network.airfields.items(), self.left):
            for t, minutes in enumerate(self._open_minutes(name)):
                most = one.working_mog * minutes
                rows.row(("stand", name, t), -highspy.kHighsInf, most)
        for i, t in in_time(product(range(len(self.streams)), every), self.left):
            rows.row(("waiting", i, t), 0.0, 0.0)
            rows.row(("there", i, t), 0.0, 0.0)

    def _open_minutes(self, place: str) -> list[float]:
        """How long an airfield is open in each step."""
        spans = np.array([(0, 0), *self.network.open[place]], dtype=float)
        upto = np.cumsum(np.diff(spans).ravel())
        marks = np.stack([upto - np.diff(spans).ravel(), upto], axis=1)
        ends = np.arange(self.steps + 1) * self.step
        found: list[float] = np.diff(
            np.interp(ends, spans.ravel(), marks.ravel())
        ).tolist()
        return found

    def _make_columns(self) -> None:
        rows, every = self.rows, range(self.steps)
        for tail in self.network.problem.tails:
            for t, share in self._shared(tail.available_from):
                rows.add_to(("rested", tail.type, tail.base, t), -share)
        stands = product(self.network.fleet, self.network.airfields, every)
        for kind, place, t in in_time(stands, self.left):
            here = ("rested", kind.id, place, t)
            stays = ("rested", kind.id, place, t + 1)
            rows.column(0.0, [(here, -1.0), (stays, 1.0)])
        for kind in self.network.fleet:
            for pattern in in_time(self.patterns[kind.id], self.left):
                self._duties(kind.id, pattern)
        for i, stream in in_time(enumerate(self.streams), self.left):
            self._dates(i, stream)
            self._stream(i, stream)

    def _shared(self, minute: float) -> list[tuple[int, float]]:
        """A minute between two steps, shared between them."""
        t, rest = divmod(minute / self.step, 1.0)
        return [(int(t), 1.0 - rest), (int(t) + 1, rest)]

    def _duties(self, kind: str, pattern: Pattern) -> None:
        """A duty, begun at each step at which it is still over in time."""
        entries: list[tuple[tuple[object, ...], float]] = [
            (("rested", kind, pattern.origin, 0), -1.0)
        ]
        at = 0
        for trip in pattern.trips:
            if trip.is_loaded:
                key = ("trip", kind, trip.origin, trip.destination)
                entries += [((*key, s), -part) for s, part in self._shared(at)]
            entries += self._used(trip.origin, at, trip.load_min)
            entries += self._used(trip.destination, at + trip.away_min, trip.ground_min)
            at += trip.whole_min
        _, rest = self.network.crew(kind)
        for s, part in self._shared(at + rest):
            entries.append((("rested", kind, pattern.destination, s), part))
        flown = sum(one.block_min for one in pattern.trips)
        add = self.rows.columns(1e-3 * flown, entries)
        for t in range(self.steps):
            if t * self.step + at <= self.steps * self.step:
                add(t)

    def _used(
        self, place: str, at: int, width: int
    ) -> list[tuple[tuple[object, ...], float]]:
        found: list[tuple[tuple[object, ...], float]] = []
        until = at + width
        while at < until:
            t = at // self.step
            upto = min(until, (t + 1) * self.step)
            found.append((("stand", place, t), float(upto - at)))
            at = upto
        return found

    def _dates(self, i: int, stream: Stream) -> None:
        """When pieces become ready, and when they are due."""
        for load in stream.loads:
            for t, share in self._shared(max(load.rld, load.ald)):
                self.rows.add_to(("waiting", i, t), -share * load.pieces)
            for t, share in self._shared(max(0, due(load))):
                self.rows.add_to(("there", i, t), share * load.pieces)

    def _stream(self, i: int, stream: Stream) -> None:
        rows = self.rows
        for t in range(self.steps):
            rows.column(0.0, [(("waiting", i, t), -1.0), (("waiting", i, t + 1), 1.0)])
            rows.column(0.0, [(("there", i, t), -1.0), (("there", i, t + 1), 1.0)])
            late = float(stream.slope * self.step)
            rows.column(late, [(("there", i, t), 1.0), (("there", i, t + 1), -1.0)])
        for trip, most in self.network.carrying(stream.loads[0]):
            self._carried(i, (trip.type, trip.origin, trip.destination), most)

    def _carried(self, i: int, key: tuple[str, str, str], most: int) -> None:
        trip = self.network.trips[key]
        takes = trip.away_min + trip.unload_min
        for t in range(self.steps):
            entries: list[tuple[object, float]] = [
                (("waiting", i, t), -1.0),
                (("trip", *key, t), 1.0 / most),
            ]
            lands = self._shared(t * self.step + takes)
            if lands[-1][0] < self.steps:
                entries += [(("there", i, s), part) for s, part in lands]
                self.rows.column(0.0, entries)

    def solve(self, time_limit_s: float) -> Flow | None:
        """Solve it; None if the time was not enough for prices."""
        rows = self.rows
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(rows.cost), len(rows.lower)
        scale = 1.0 / max(1.0, max(rows.cost))
        lp.col_cost_ = np.array(rows.cost) * scale
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.full(lp.num_col_, highspy.kHighsInf)
        lp.row_lower_, lp.row_upper_ = np.array(rows.lower), np.array(rows.upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.array(rows.starts)
        lp.a_matrix_.index_ = np.array(rows.index)
        lp.a_matrix_.value_ = np.array(rows.entry)
        solver = quiet_solver()
        for name, value in (
            ("solver", "ipm"),
            ("run_crossover", "off"),
            ("ipm_optimality_tolerance", 1e-4),
            ("time_limit", time_limit_s),
            ("threads", 1),
        ):
            solver.setOptionValue(name, value)
        solver.passModel(lp)
        solver.run()
        dual = np.array(solver.getSolution().row_dual)
        if len(dual) != lp.num_row_:
            return None
        return self._prices(dual / scale, solver.getObjectiveValue() / scale)

    def _prices(self, dual: Floats, value: float) -> Flow:
        names = self.rows.names

        def series(*name: object) -> Floats:
            rows = [names[(*name, t)] for t in range(self.steps)]
            return np.maximum(0.0, -dual[rows])

        return Flow(
            self.step,
            value,
            {key: series("trip", *key) for key in self.trips},
            {place: series("stand", place) for place in self.network.airfields},
        )


def duties(network: Network, loads: Sequence[Load]) -> int:
    """How many patterns of a duty the flow has to choose among, those of all types."""
    served = _served(loads)
    return sum(len(patterns(network, kind.id, served)) for kind in network.fleet)


def _served(loads: Sequence[Load]) -> frozenset[tuple[str, str]]:
    return frozenset((one.origin, place) for one in loads for place in one.destinations)


def streams_of(network: Network, loads: Sequence[Load]) -> list[Stream]:
    """The loads, those that differ only in their dates together."""
    found: dict[tuple[object, ...], list[Load]] = {}
    for one in loads:
        slope = one.piece_kg * weight(network.problem, one)
        key = (one.origin, one.destinations, one.kind, one.outsize, one.piece_kg, slope)
        found.setdefault(key, []).append(one)
    return [
        Stream(
            rows[0].origin,
            rows[0].destinations,
            rows[0].piece_kg * weight(network.problem, rows[0]),
            tuple(rows),
        )
        for rows in found.values()
    ]
