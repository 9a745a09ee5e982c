"""The convoys of a road as the program of itineraries sees them: one after the other, each when it wins most."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from peyman.force.problem import Route
from peyman.force.solve.bounds.parties.deeds import Action, Deed, Floats, as_deed, mixed
from peyman.force.solve.bounds.parties.market import Market, gate_min
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.network import Trip, fits_route, march_min


class Road:
    """All convoys of a road, one after the other, as if they were what one tail does.

    As convoys that follow each other by the headway; or, where the first border takes longer, as pieces that pass it
    one by one. Of the borders' hours only those of the first count.
    """

    def __init__(self, market: Market, route: Route) -> None:
        self.market = market
        self.tails = {(0, 0): [route.id]}
        self.starts = {(0, 0): 1}
        problem, grid = market.network.problem, market.goal.grid
        march = march_min(route)
        trip = Trip(route.id, route.origin, route.destination, 0, march, 0, 0)
        full = [fits_route(route, one) for one in market.loads]
        gate = gate_min(problem, route)
        is_full = route.headway_min >= gate * np.mean([one for one in full if one] or 1)
        apart = max(1, round((route.headway_min if is_full else gate) / grid))
        self.apart = min(apart, market.goal.steps)
        rows = market.rows(
            trip,
            lambda load: (
                fits_route(route, load) if is_full else min(1, fits_route(route, load))
            ),
        )
        self.action = Action(trip, 0, 0, self._allowed(route), 0.0, rows)

    def _allowed(self, route: Route) -> NDArray[np.bool_]:
        start, grid = self.market.at, self.market.goal.grid
        if not route.borders:
            return np.ones(len(start), dtype=bool)
        name, km = route.borders[0]
        border = next(
            one for one in self.market.network.problem.borders if one.id == name
        )
        there = start + march_min(replace(route, km=km))
        allowed = np.zeros(len(start), dtype=bool)
        for lo, hi in border.open:
            allowed |= (there + grid > lo) & (there + border.piece_min <= hi)
        return allowed

    def answer(
        self, price: Floats, upto: Floats
    ) -> Iterator[tuple[tuple[int, int], int, float, tuple[Deed, ...]]]:
        """As of the tails of a type."""
        steps = self.market.goal.steps
        won, mix = mixed(self.action, price, steps)
        won = np.where(self.action.allowed, won, 0.0)
        least = np.zeros(steps + self.apart)
        for step in range(steps - 1, -1, -1):
            least[step] = min(least[step + 1], won[step] + least[step + self.apart])
        deeds, step = [], 0
        while step < steps and least[step] < 0:
            step += int((least[step:-1] < least[step + 1 :]).argmax())
            deeds.append(as_deed(self.action, mix, step))
            step += self.apart
        yield (0, 0), 1, float(least[0]), tuple(deeds)

    def deed(self, put: Put) -> Deed | None:
        """Nothing that flies is one."""
        return None
