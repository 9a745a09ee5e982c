"""Prices that prove a bound: on lateness at once, out of the flow; on any objective better and better ones.

How finely time is cut follows from how long it is; where there are too many loads for a row
each, the flow's prices are all there is.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from peyman.force.plan import Prices
from peyman.force.problem import Load, due, weight
from peyman.force.solve.bounds.columns import Columns, Floats
from peyman.force.solve.bounds.flow import FleetFlow, Flow, duties
from peyman.force.solve.bounds.parties.convoys import Road
from peyman.force.solve.bounds.parties.deeds import Goal
from peyman.force.solve.bounds.parties.market import PARTS, Market
from peyman.force.solve.bounds.prices import (
    best_starts,
    coarse_grid,
    grid_for,
    lateness_prices,
    soonest,
)
from peyman.force.solve.bounds.readiness import drawn
from peyman.force.solve.bounds.rounds import Step, rounds
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.network import Network, marched, rarely_carried
from peyman.force.solve.timing import OutOfTime, endless, in_time

MOST_LOADS: Final = 4000
"""More of them have no row each."""
MOST_ROWS: Final = 800
"""With more rows the program hardly gets better than the flow."""
_MOST_COSTS: Final = 50_000_000
"""What a full aircraft of each load costs, by trip and step: more take too much memory, and too long."""
_RARE_SHARE: Final = 0.5
"""Of the time that is left, for each lot of loads that only some types carry."""
_STEPS: Final = 24
_FINER: Final = (48, 96, 192)
"""Steps of the flow where it has to do alone."""
_LONGER: Final = 6
_FINE: Final = 1000
_SLOT_MIN: Final = 60
_GRIDS: Final = (1, 2, 5, 10, 15, 20, 30, 60)
_FLOW_SHARE: Final = 0.4
_MUCH: Final = 2.0
_MUCH_MORE: Final = 10
"""Duties for each load: more of them make the flow the longer way."""


def readiness_prices(network: Network, loads: Sequence[Load]) -> Prices:
    """Every piece at what it costs when it goes as soon as it can: needs no reckoning to find."""
    price = {}
    for one in drawn(network, loads):
        late = max(0, _soonest_anyhow(network, one) - due(one))
        if late:
            price[one.id] = late * one.piece_kg * weight(network.problem, one)
    # Nothing is won at these prices, whenever it is: a coarse reckoning proves as much.
    return Prices(
        "lateness", coarse_grid(network), network.horizon, network.horizon, price
    )


class Bounding:
    """An objective of one problem, until a minute, and what proves that it cannot be less.

    Attributes:
        objective: Of all but `lateness` only with a row for each load.
        flow: The flow of `first`; None before it, or if the time was not enough.
        starts: Out of it, what a piece of each load costs at the best minute for it, and that minute.
    """

    def __init__(
        self,
        network: Network,
        loads: Sequence[Load],
        until: int,
        objective: str = "lateness",
    ) -> None:
        self.network = network
        self.loads = drawn(network, loads)
        self.until = until
        self.objective = objective
        self.flow: Flow | None = None
        self.starts: dict[str, tuple[float, int]] = {}

    def first(
        self, seconds: float, left: Callable[[], float] = endless
    ) -> Prices | None:
        """Prices out of the flow; None if the time was not enough for them, or nothing flies.

        And None where there are so many duties that the program of itineraries is sooner solved than the flow.

        Args:
            seconds: Of which it may take a part.
            left: Seconds that are left, as they pass.
        """
        rows = len(self.loads)
        if not self.network.trips or (
            rows <= MOST_ROWS and duties(self.network, self.loads) > _MUCH_MORE * rows
        ):
            return None
        flow = self._flow(_STEPS, left, _FLOW_SHARE * seconds)
        starts = self._starts(flow, left) if flow else None
        if flow is None or starts is None:
            return None
        self.flow, self.starts = flow, starts
        return lateness_prices(self.network, flow, starts, self.until)

    def better(
        self,
        shown: int,
        known: Iterable[Sequence[Put]],
        left: Callable[[], float],
        near: Prices | None = None,
    ) -> Iterator[Prices]:
        """Prices that should prove much more than what is shown, and the best ones in the end.

        Args:
            shown: What is proven already.
            known: Schedules; what their tails do stands in the program from the beginning.
            left: Seconds that are left.
            near: Prices to begin with, where there is no flow.
        """
        if not self.network.trips and not self.network.problem.routes:
            return
        rows = len(self.loads)
        if self.objective != "lateness" and rows > MOST_ROWS:
            return
        if rows > MOST_ROWS:
            yield from self._of_the_rare(known, left)
        if rows > MOST_LOADS:
            yield from self._finer(left)
        else:
            yield from self._rows(shown, known, left, near)

    def more(
        self,
        proven: tuple[int, Prices] | None,
        known: Iterable[Sequence[Put]],
        left: Callable[[], float],
    ) -> Iterator[Prices]:
        """Prices that should prove more than some that are known, from which they begin; of a closure, anything."""
        bound, near = proven or (0, None)
        shown = 0 if self.objective == "closure" else PARTS * bound
        return self.better(shown, known, left, near)

    def _of_the_rare(
        self, known: Iterable[Sequence[Put]], left: Callable[[], float]
    ) -> Iterator[Prices]:
        """Prices of what only some types carry, all other loads being worth nothing.

        Where those are few they have a row each, and may be nearly all that is late.
        """
        for some in rarely_carried(self.network, self.loads):
            if len(some) > MOST_ROWS:
                continue
            names = {one.id for one in some}
            alone = Bounding(self.network, some, self.until)
            alone.flow, alone.starts = self.flow, self.starts
            flown = [[_only(put, names) for put in puts] for puts in known]
            rows = alone._rows(0, flown, partial(_part_of, left, left()))
            # Only the last are the best; those before them are not worth a proof.
            yield from deque(rows, maxlen=1)

    def _rows(
        self,
        shown: int,
        known: Iterable[Sequence[Put]],
        left: Callable[[], float],
        near: Prices | None = None,
    ) -> Iterator[Prices]:
        """Prices from itineraries, with a row for each load, as far as there is time."""
        step = None
        try:
            for columns, step in self._rounds(known, left, near):
                if step.bound > _MUCH * max(1, shown) and not step.is_near:
                    shown = int(step.bound)
                    yield self._priced(columns, step)
        except OutOfTime:
            pass
        if step is not None:
            yield self._priced(columns, step)

    def _priced(self, columns: Columns, step: Step) -> Prices:
        exact = grid_for(self.network, self.until)
        return columns.prices(step.price, step.stand, exact)

    def _rounds(
        self,
        known: Iterable[Sequence[Put]],
        left: Callable[[], float],
        near: Prices | None,
    ) -> Iterator[tuple[Columns, Step]]:
        """The program of itineraries, round after round; none where it has no room.

        Raises:
            OutOfTime: In the middle of a round.
        """
        grid = next((one for one in _GRIDS if one * _FINE >= self.until), _GRIDS[-1])
        goal = Goal(self.objective, self.until, grid)
        ways = sum(1 for one in self.loads for _ in self.network.carrying(one))
        if ways * goal.steps > _MOST_COSTS:
            return
        market = Market(self.network, self.loads, goal, left)
        market.agents += [Road(market, one) for one in market.routes]
        columns = Columns(market, max(1, _SLOT_MIN // grid))
        for puts in in_time(known, left):
            columns.grow(columns.flown(puts))
        for step in rounds(columns, *self._start(columns, near), left):
            yield columns, step

    def _finer(self, left: Callable[[], float]) -> Iterator[Prices]:
        """Prices out of the flow in shorter and shorter steps, while there is time for them."""
        took = 0.0
        for steps in _FINER:
            before = left()
            # Twice as many steps take about four times as long, and are proven afterwards.
            if before <= _LONGER * took:
                return
            found = self._flow(steps, left)
            if found is None:
                return
            took = before - left()
            if starts := self._starts(found, left):
                yield lateness_prices(self.network, found, starts, self.until)

    def _flow(
        self, steps: int, left: Callable[[], float], seconds: float | None = None
    ) -> Flow | None:
        """The flow in so many steps, in so many seconds or half of what is left; None if that is not enough."""
        try:
            flow = FleetFlow(self.network, self.loads, self.until, steps, left)
        except OutOfTime:
            return None
        return flow.solve(left() / 2 if seconds is None else min(seconds, left()))

    def _starts(
        self, flow: Flow, left: Callable[[], float]
    ) -> dict[str, tuple[float, int]] | None:
        """When a flow would have the loads go; None if there is no time to look at each."""
        try:
            return best_starts(self.network, flow, in_time(self.loads, left))
        except OutOfTime:
            return None

    def _start(self, columns: Columns, near: Prices | None) -> tuple[Floats, Floats]:
        market, flow = columns.market, self.flow
        price = np.zeros(len(columns.pieces))
        stand = np.zeros((len(market.places), columns.slots))
        if flow is not None:
            asked = [self.starts[one.id][0] for one in self.loads]
            rows, step = dict(flow.stand), flow.step
        elif near is not None:
            asked = [float(near.load.get(one.id, 0)) for one in self.loads]
            rows = {place: np.array(row) for place, row in near.stand.items()}
            step = near.slot_min
        else:
            return price, stand
        price[: len(asked)] = np.clip(asked, 0.0, market.ceiling)
        at = np.arange(columns.slots) * columns.slot * market.goal.grid // step
        for i, place in enumerate(market.places):
            row = rows.get(place, price[:0])
            if len(row):
                stand[i] = row[np.minimum(at, len(row) - 1)]
        return price, stand


def _soonest_anyhow(network: Network, load: Load) -> int:
    """The minute before which a load cannot be unloaded, by air or by land; 0 if it cannot be at all."""
    by_land = (marched(route, load) for route in network.roads(load))
    return min(filter(None, (soonest(network, load), *by_land)), default=0)


def _part_of(left: Callable[[], float], whole: float) -> float:
    """What is left of a part of so much time."""
    return left() - (1 - _RARE_SHARE) * whole


def _only(put: Put, names: Collection[str]) -> Put:
    """A flight with those of its loads alone."""
    return replace(put, parts=tuple(one for one in put.parts if one[0] in names))
