"""What a party may do at given prices, and what it would take with it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peyman.force.solve.bounds.parties.covers import Needs
from peyman.force.solve.bounds.parties.itineraries import NEVER
from peyman.force.solve.bounds.parties.waits import Toll
from peyman.force.solve.network import Trip

Floats = NDArray[np.float64]
Mix = list[tuple[NDArray[np.intp], Floats]]
_MIXED = 6


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be made small, until when, and on which grid.

    Attributes:
        name: `undelivered`, `lateness`, `closure` or `lift`.
        until: The minute that ends the reckoning.
        grid: Minutes of a step.
    """

    name: str
    until: int
    grid: int

    @property
    def steps(self) -> int:
        """Steps of the grid, the last begins at `until` or after."""
        return -(-self.until // self.grid) + 1


@dataclass(frozen=True, slots=True)
class Rows:
    """The loads that one trip can take.

    Attributes:
        loads: Their numbers.
        most: Pieces that fill the aircraft.
        share: What all pieces of each would fill, one at most.
        late: By load and step, what a full aircraft of it costs.
        tolls: What loads pay besides that wait for others, and earn that are waited for.
        needs: What loads pay that need whole flights, and what these earn.
    """

    loads: NDArray[np.intp]
    most: Floats
    share: Floats
    late: Floats
    tolls: tuple[Toll, ...] = ()
    needs: tuple[Needs, ...] = ()

    def row(self, load: int) -> int:
        """Where a load stands; -1 if it is not among them."""
        found = np.flatnonzero(self.loads == load)
        return int(found[0]) if len(found) else -1


@dataclass(frozen=True, slots=True)
class Action:
    """A trip, loaded or not, that a tail of a type can do."""

    trip: Trip
    origin: int
    destination: int
    allowed: NDArray[np.bool_]
    flown: float
    rows: Rows | None


@dataclass(frozen=True, slots=True)
class Deed:
    """An action that a tail begins at a step, with (row, share of a full aircraft)."""

    action: Action
    step: int
    takes: tuple[tuple[int, float], ...]


def as_deed(action: Action, mix: Mix, step: int) -> Deed:
    """An action that begins at a step, with what wins most then."""
    takes = tuple(
        (int(which[step]), float(share[step]))
        for which, share in mix
        if share[step] > 0
    )
    return Deed(action, step, takes)


def mixed(one: Action, price: Floats, steps: int) -> tuple[Floats, Mix]:
    """What a trip wins at each step, and with what: the best loads until it is full."""
    won = np.zeros(steps)
    mix: Mix = []
    rows = one.rows
    if rows is None:
        return won, mix
    offer = rows.late - (rows.most * price[rows.loads])[:, None]
    for row, index, full in rows.tolls:
        offer[row] += full * price[index]
    for need in rows.needs:
        toll = price[need.index]
        # It falls with time: where nothing is paid at first nothing is.
        if toll[0]:
            offer[need.rows] += need.full[:, None] * toll
            won -= need.counts * toll
    room, every = np.ones(steps), np.arange(steps)
    for _ in range(min(_MIXED, len(rows.loads))):
        which = offer.argmin(axis=0)
        best = offer[which, every]
        share = np.where(best < 0, np.minimum(room, rows.share[which]), 0.0)
        if not share.any():
            break
        won += share * best
        room -= share
        mix.append((which, share))
        offer[which, every] = NEVER
    return won, mix
