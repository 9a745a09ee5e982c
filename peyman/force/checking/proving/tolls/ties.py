"""What a certificate says of loads that wait for others: tolls, and what they cost in all.

A load waits for others (`after`): by any minute t, the part of it whose loading has begun is no more than the part of
each of those others that is unloaded. For either that load has not begun, and nothing is less than nothing; or all of those are
unloaded whole, and nothing is more than all. Multiply both sides by numbers that are not negative, sum over t, and
put the difference into the objective (Lagrange). Then each piece of the load pays, when its loading begins at s, what is left of
these numbers from s on; and each piece of the others earns, when it is unloaded at u, what is left of theirs from u on.

A unit keeps together (`within_min`): by any minute t, the part of each of its loads that is unloaded is no more than the part
of the unit that has begun to arrive, which is none or all; and that is no more than the part of each that is unloaded by t and those minutes, or is
left behind. So each piece of its loads pays, when it is unloaded at u, what is left of numbers from u on; and earns what is left of
others from u less those minutes on, all of them if it is left behind.

A certificate tells these sums slot by slot, of one piece: they are not negative and never rise, or are taken for the
least that is so and no less. What it lets loads pay by any minute beyond what it lets loads earn, all pieces together, is taken off the
bound at the worst minute: so what it tells can be anything.
What begins or comes off after the end of the reckoning pays and earns nothing (but for what is left behind): the last minute t is that end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from peyman.force.checking.proving.limits import dearest_flight, heaviest
from peyman.force.checking.proving.tolls.curves import Curve, value_at
from peyman.force.checking.terms import Terms
from peyman.force.plan import Prices

Row = tuple[int, ...]
_TIED = ("lateness", "closure")


@dataclass(slots=True)
class Ties:
    """The tolls of one certificate, as they are put together.

    Attributes:
        pays: Load to what a piece pays, by the slot in which its loading begins.
        earns: Load to what a piece earns, by the slot in which it is unloaded.
        pays_off: Load to what a piece pays, by the slot in which it is unloaded.
        earns_within: Load to what a piece earns by the slot in which it would be unloaded so many minutes sooner, and these.
        cost: What is taken off the bound.
    """

    slot_min: int
    pays: dict[str, Row] = field(default_factory=dict)
    earns: dict[str, Row] = field(default_factory=dict)
    pays_off: dict[str, Row] = field(default_factory=dict)
    earns_within: dict[str, tuple[Row, int]] = field(default_factory=dict)
    cost: int = 0

    def curves(self, load: str, off_min: int, last_min: int) -> tuple[Curve, ...]:
        """The tolls of a piece that is unloaded so long after its loading begins at the soonest, and at the latest.

        It earns most when it comes soon, and pays least when it comes late.
        """
        within, lag = self.earns_within.get(load, ((), 0))
        every = (
            Curve(self.pays.get(load, ()), self.slot_min, 0, pays=True),
            Curve(self.pays_off.get(load, ()), self.slot_min, last_min, pays=True),
            Curve(self.earns.get(load, ()), self.slot_min, off_min, pays=False),
            Curve(within, self.slot_min, off_min - lag, pays=False),
        )
        return tuple(one for one in every if one.row)

    def earned(self, load: str, unloaded: int) -> int:
        """What a piece earns that is unloaded then."""
        within, lag = self.earns_within.get(load, ((), 0))
        earned = value_at(self.earns.get(load, ()), self.slot_min, unloaded)
        return earned + value_at(within, self.slot_min, unloaded - lag)

    def stays(self, load: str) -> int:
        """What a piece earns that is left behind."""
        within, _ = self.earns_within.get(load, ((), 0))
        return value_at(within, self.slot_min, 0)


def ties_of(terms: Terms, prices: Prices, able: frozenset[str]) -> Ties:
    """The tolls that a certificate tells; none where they mean nothing, or could not be reckoned.

    What is shared out goes as soon as there is room: such loads pay no tolls.
    """
    none = Ties(prices.tied_min)
    if prices.shared or prices.objective not in _TIED:
        return none
    found = Ties(prices.tied_min)
    slots = prices.until // prices.tied_min + 1
    for name in sorted(prices.after.keys() & able):
        _wait(terms, found, name, _rows(prices.after[name], slots))
    within = terms.within
    for unit in sorted(prices.together.keys() & within.keys()):
        told = {
            name: (_falling(one.pays, slots), _falling(one.earns, slots))
            for name, one in prices.together[unit].items()
            if name in able and terms.loads[name].unit == unit
        }
        _keep(terms, found, told, within[unit])
    return found if _is_bearable(terms, prices, found) else none


def _rows(told: Mapping[str, Row], slots: int) -> dict[str, Row]:
    return {name: _falling(row, slots) for name, row in told.items()}


def _wait(terms: Terms, ties: Ties, name: str, told: Mapping[str, Row]) -> None:
    """Let a load pay, and those earn that it waits for."""
    mine = {name: told.get(name, ())}
    others = {
        one: told[one] for one in sorted(set(terms.loads[name].after) & told.keys())
    }
    ties.cost += _excess(terms, mine, others)
    ties.pays |= mine
    for one, row in others.items():
        ties.earns[one] = _sum(ties.earns.get(one, ()), row)


def _keep(
    terms: Terms, ties: Ties, told: Mapping[str, tuple[Row, Row]], within: int
) -> None:
    """Let the loads of a unit pay and earn."""
    pays = {name: row for name, (row, _) in told.items()}
    earns = {name: row for name, (_, row) in told.items()}
    ties.cost += _excess(terms, pays, earns)
    ties.pays_off |= pays
    ties.earns_within |= {name: (row, within) for name, row in earns.items()}


def _falling(row: Row, slots: int) -> Row:
    """A row that never rises, and is nowhere less than what is told or than nothing.

    >>> _falling((1, -5, 4, 2, 9), 4)
    (4, 4, 4, 2)
    """
    found: list[int] = []
    for one in reversed(row[:slots]):
        found.append(max(0, one, *found[-1:]))
    return tuple(reversed(found))


def _excess(terms: Terms, pays: Mapping[str, Row], earns: Mapping[str, Row]) -> int:
    """The most, of all slots, that all pieces of some loads pay more than those of others earn."""

    def total(rows: Mapping[str, Row], slot: int) -> int:
        return sum(
            terms.loads[name].pieces * row[slot]
            for name, row in rows.items()
            if slot < len(row)
        )

    slots = range(max((len(row) for row in pays.values()), default=0))
    more = (total(pays, slot) - total(earns, slot) for slot in slots)
    return max(0, *more, 0)


def _sum(one: Row, other: Row) -> Row:
    width = max(len(one), len(other))
    rows = [row + (0,) * (width - len(row)) for row in (one, other)]
    return tuple(a + b for a, b in zip(*rows, strict=True))


def _is_bearable(terms: Terms, prices: Prices, ties: Ties) -> bool:
    """Whether no flight pays or earns more than all its prices may come to: sums stay inside int64."""
    dearest, most_kg = dearest_flight(terms), max(1, heaviest(terms, prices))
    within = {name: row for name, (row, _) in ties.earns_within.items()}

    def is_less(rows: Mapping[str, Row], more: Mapping[str, Row]) -> bool:
        return all(
            sum(row[0] for row in (rows.get(name), more.get(name)) if row)
            <= dearest * terms.loads[name].piece_kg // most_kg
            for name in rows.keys() | more.keys()
        )

    return is_less(ties.pays, ties.pays_off) and is_less(ties.earns, within)
