"""Prices by column generation: a linear program chooses among itineraries, and asks for more.

The program has a row for the pieces of each load, one for each stand and slot, one for the tails that
begin alike; a column is what one tail does. Its dual values are prices; at prices between
them and the best so far, every type says what its tails would rather do. Each answer gives a bound.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from peyman.force.engines.quiet import quiet_solver
from peyman.force.plan import Prices
from peyman.force.solve.bounds.covering import Covering
from peyman.force.solve.bounds.parties.deeds import Deed
from peyman.force.solve.bounds.parties.market import Market
from peyman.force.solve.dispatching.board import Put

Floats = NDArray[np.float64]
_SCALE = 1e-6
_PRIMAL = 4
"""What HiGHS calls the primal simplex. The last answer is one of the grown program too, and goes on from
there; for the dual simplex, which is the default, each new column makes it begin anew."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one tail that begins there and then does: (agent, place, step), deeds."""

    start: tuple[int, int, int]
    deeds: tuple[Deed, ...]


class Columns:
    """The program of one market, as it grows. `slot` is in steps of the market's grid."""

    def __init__(self, market: Market, slot: int) -> None:
        self.market = market
        self.slot = slot
        self.slots = -(-market.goal.steps // slot)
        self._known: set[object] = set()
        self.solver = quiet_solver()
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("simplex_strategy", _PRIMAL)
        self.waits = market.waits
        loads = len(market.loads) + self.waits.rows
        self.covering = Covering(market.covers)
        rows = [market.pieces, np.zeros(self.waits.rows), market.covers.least()]
        self.pieces = np.concatenate(rows)
        spare = len(self.pieces) - len(market.loads)
        self.ceiling = np.concatenate([market.ceiling, np.full(spare, np.inf)])
        self._staying = [
            (i, row, part)
            for i in range(len(market.loads))
            for row, part in self.waits.staying(i)
        ]
        stands = self._by_slot(market.stands).ravel()
        self.stand_rows = slice(loads, loads + len(stands))
        self.tails = {
            (i, *key): (len(stands) + loads + n, count)
            for n, (i, key, count) in enumerate(
                (i, key, count)
                for i, agent in enumerate(market.agents)
                for key, count in agent.starts.items()
            )
        }
        never = -highspy.kHighsInf
        self.is_tied = not self.waits.rows
        most = [float(count) for _, count in self.tails.values()]
        upper = [np.full(loads, -never), stands, np.array(most)]
        free = np.full(self.waits.rows, never)
        lower = [market.pieces, free, np.full(len(stands) + len(most), never)]
        count = sum(len(one) for one in upper)
        empty = (np.zeros(count, dtype=np.int32), np.zeros(0, dtype=np.int32))
        self.solver.addRows(
            count,
            np.concatenate(lower),
            np.concatenate(upper),
            0,
            *empty,
            np.zeros(0),
        )
        self._add(
            (float(most), {i: 1.0, **dict(self.waits.staying(i))})
            for i, most in enumerate(market.ceiling)
        )
        self._add((0.0, entries) for entries in self.waits.columns())

    def tie(self) -> None:
        """Let loads wait for each other from now on, and units keep together."""
        first = len(self.market.loads)
        rows = np.arange(first, first + self.waits.rows, dtype=np.int32)
        nothing = np.zeros(len(rows))
        most = np.full(len(rows), highspy.kHighsInf)
        self.solver.changeRowsBounds(len(rows), rows, nothing, most)
        self.is_tied = True

    def _add(self, columns: Iterable[tuple[float, Mapping[int, float]]]) -> int:
        """Add columns, each its cost and what it does in rows; says how many."""
        cost: list[float] = []
        starts: list[int] = []
        index: list[int] = []
        value: list[float] = []
        for one, entries in columns:
            cost.append(one)
            starts.append(len(index))
            index += entries.keys()
            value += entries.values()
        count = len(cost)
        if count:
            self.solver.addCols(
                count,
                np.array(cost) * _SCALE,
                np.zeros(count),
                np.full(count, highspy.kHighsInf),
                len(index),
                np.array(starts, dtype=np.int32),
                np.array(index, dtype=np.int32),
                np.array(value),
            )
        return count

    def _by_slot(self, minutes: Floats) -> Floats:
        """Stand-minutes by step, summed over the steps of each slot."""
        spare = self.slots * self.slot - minutes.shape[1]
        padded = np.pad(minutes, ((0, 0), (0, spare)))
        summed: Floats = padded.reshape(len(minutes), self.slots, self.slot).sum(axis=2)
        return summed

    def solve(self, seconds: float) -> tuple[float, Floats, Floats]:
        """Value of the program so far, prices of pieces, prices of stand-minutes by slot."""
        self.solver.setOptionValue(
            "time_limit", self.solver.getRunTime() + max(0.1, seconds)
        )
        self.solver.run()
        dual = np.array(self.solver.getSolution().row_dual) / _SCALE
        value = self.solver.getInfo().objective_function_value / _SCALE
        if len(dual) < self.stand_rows.stop:
            dual = np.zeros(self.stand_rows.stop)
        stand = np.maximum(0.0, -dual[self.stand_rows])
        price = np.maximum(0.0, dual[: self.stand_rows.start])
        price = np.concatenate([price, self.covering.values(dual)])
        return value, price, stand.reshape(-1, self.slots)

    def ask(self, price: Floats, stand: Floats) -> tuple[float, list[Column]]:
        """The bound at some prices, as far as the grid is right, and what the tails would do."""
        market = self.market
        price = np.minimum(price, self.ceiling)
        for i, row, part in self._staying:
            price[i] = min(price[i], self.ceiling[i] - part * price[row])
        each = np.repeat(stand, self.slot, axis=1)[:, : market.goal.steps]
        bound = float(price @ self.pieces) - float((each * market.stands).sum())
        found = []
        for i, agent in enumerate(market.agents):
            for key, count, least, deeds in agent.answer(price, market.upto(each)):
                bound += count * least
                found.append(Column((i, *key), deeds))
        return bound, found

    def beside(
        self, price: Floats, stand: Floats, found: Sequence[Column]
    ) -> list[Column]:
        """What the tails would do if of every load only that were left which `found` leaves."""
        left = self.market.pieces.copy()
        for one in found:
            tails = self.tails[one.start][1]
            for _, load, pieces in self._carried(one):
                left[load] -= tails * pieces
        part = np.ones(len(price))
        part[: len(left)] = np.maximum(0.0, left / self.market.pieces)
        return self.ask(price * part, stand)[1]

    def flown(self, puts: Iterable[Put]) -> Iterator[Column]:
        """What the tails of a schedule do, as far as it is over in time."""
        by_tail: dict[str, list[Put]] = {}
        for put in sorted(puts, key=lambda one: one.start):
            by_tail.setdefault(put.tail, []).append(put)
        for i, agent in enumerate(self.market.agents):
            for start, names in agent.tails.items():
                for name in names:
                    deeds = [agent.deed(put) for put in by_tail.get(name, ())]
                    yield Column((i, *start), tuple(filter(None, deeds)))

    def grow(self, found: Iterable[Column]) -> int:
        """Add columns that are not there yet; says how many."""
        new = filter(self._is_new, found)
        first = self.solver.getNumCol()
        return self._add(self._written(n, one) for n, one in enumerate(new, first))

    def _written(self, number: int, one: Column) -> tuple[float, dict[int, float]]:
        """A column with that number, in the rows of whole flights too."""
        cost, entries = self._entries(one)
        return cost, entries | self.covering.entries(number, self._marks(one))

    def _is_new(self, one: Column) -> bool:
        known = (
            one.start,
            tuple((id(deed.action), deed.step, deed.takes) for deed in one.deeds),
        )
        if known in self._known or not one.deeds:
            return False
        self._known.add(known)
        return True

    def _entries(self, one: Column) -> tuple[float, dict[int, float]]:
        """What a column costs, and what it does in each row."""
        cost, entries = 0.0, {self.tails[one.start][0]: 1.0}
        for deed, load, pieces in self._carried(one):
            entries[load] = entries.get(load, 0.0) + pieces
            start = deed.step * self.market.goal.grid
            off = start + deed.action.trip.away_min + deed.action.trip.unload_min
            for row, part in self.waits.entries(load, pieces, start, off):
                entries[row] = entries.get(row, 0.0) + part
        for deed in one.deeds:
            action, start = deed.action, deed.step * self.market.goal.grid
            trip = action.trip
            cost += action.flown
            if action.rows is not None:
                cost += sum(
                    share * float(action.rows.late[row, deed.step])
                    for row, share in deed.takes
                )
            for place, at, width in (
                (action.origin, start, trip.load_min),
                (action.destination, start + trip.away_min, trip.ground_min),
            ):
                for slot, minutes in self._used(at, width):
                    i = self.stand_rows.start + place * self.slots + slot
                    entries[i] = entries.get(i, 0.0) + minutes
        return cost, entries

    def cover(self, price: Floats) -> int:
        """Add rows of whole flights that the last answer broke, at those prices; says how many."""
        used = np.array(self.solver.getSolution().col_value)
        is_late = self.market.goal.name == "lateness"
        broken = self.covering.broken(used, price, is_late=is_late)
        rows = self.covering.rows(broken, self.solver.getNumRow())
        for least, index, value in rows if broken else ():
            self.solver.addRow(
                least, highspy.kHighsInf, len(index), index.astype(np.int32), value
            )
        return len(broken)

    @staticmethod
    def _marks(one: Column) -> dict[int, float]:
        """What a column counts in the rows of whole flights, by their places among all such rows."""
        marks: dict[int, float] = {}
        for deed in one.deeds:
            rows = deed.action.rows
            for need in rows.needs if rows is not None else ():
                fills = sum(
                    need.of_row.get(row, 0.0) * share for row, share in deed.takes
                )
                place = int(need.place[deed.step])
                marks[place] = marks.get(place, 0.0) + need.counts - fills
        return marks

    @staticmethod
    def _carried(one: Column) -> Iterator[tuple[Deed, int, float]]:
        """What a column carries, and by which deed: loads by number, and how many pieces of each."""
        for deed in one.deeds:
            rows = deed.action.rows
            if rows is not None:
                for row, share in deed.takes:
                    yield deed, int(rows.loads[row]), share * float(rows.most[row])

    def _used(self, at: int, width: int) -> Iterator[tuple[int, int]]:
        """The slots that a stand is taken in, and for how many minutes."""
        long = self.slot * self.market.goal.grid
        # After the end of the reckoning there are no stands, and none are asked for.
        until = min(at + width, self.market.goal.until)
        while at < until:
            slot = at // long
            upto = min(until, (slot + 1) * long)
            yield slot, upto - at
            at = upto

    def prices(self, price: Floats, stand: Floats, grid: int) -> Prices:
        """Prices in whole numbers, for the checker."""
        market = self.market
        names = [one.id for one in market.loads]
        ends = np.cumsum([len(names), self.waits.rows])
        _, waits, covers = np.split(price, ends)
        after, together = self.waits.told(waits, names)
        return Prices(
            market.goal.name,
            grid,
            market.goal.until,
            self.slot * market.goal.grid,
            {
                one.id: round(float(price[i]))
                for i, one in enumerate(market.loads)
                if price[i] >= 1
            },
            {
                place: tuple(round(float(one)) for one in row)
                for place, row in zip(market.places, stand, strict=True)
                if row.max() >= 1
            },
            began_min=grid,
            roads=tuple(one.id for one in market.routes),
            after=after,
            together=together,
            tied_min=self.waits.slots.minutes,
            covers=market.covers.told(covers, names),
            covered_min=market.covers.slot_min,
        )
