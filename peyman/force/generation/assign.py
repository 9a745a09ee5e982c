"""Which offer covers which line: an exact assignment, the first priority first.

For each priority in turn, as little as possible stays open; what an earlier priority has is never
given up for a later one. Last, as few units as possible are divided. Each step is an integer
programme that HiGHS solves, alone, with one thread and a fixed seed, so that a replay ten years
on gives the same answer. All coefficients are whole, so a bound is rounded up to the next whole number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, lcm
from typing import Any

from peyman.force.engines.quiet import quiet_solver
from peyman.force.generation.fitting import Fit, Reason, fits
from peyman.force.generation.lines import Line
from peyman.force.generation.offers import Offer
from peyman.force.generation.reasons import why_open
from peyman.saying import say

_ROUNDING = 1e-6
"""What a dual bound may be off by; the whole number above it is still proven."""


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective in its order: its value, a proven bound, and the gap between.

    Attributes:
        name: `priority 1 open`, or `divided` for the last.
        value: What the assignment has; the least is best.
        bound: No assignment has less, given the objectives before.
    """

    name: str
    value: int
    bound: int

    @property
    def gap(self) -> float:
        """`(value - bound) / max(value, 1)`; 0 is proven best."""
        return (self.value - self.bound) / max(self.value, 1)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a line an offer covers."""

    line: Line
    offer: Offer
    quantity: int
    is_reckoned: bool


@dataclass(frozen=True, slots=True)
class Open:
    """A line that stays open: how much of it, and the fewest reasons for it."""

    line: Line
    quantity: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which offer covers which line, and what stays open.

    Attributes:
        fits: Every offer beside every line, for a board.
    """

    shares: tuple[Share, ...]
    open: tuple[Open, ...]
    objectives: tuple[Objective, ...]
    fits: tuple[Fit, ...]

    def covered(self, line: Line) -> int:
        """How much of a line is covered."""
        return sum(one.quantity for one in self.shares if one.line == line)


def assign(lines: Sequence[Line], offers: Sequence[Offer], at: int) -> Assignment:
    """Cover the lines with the offers that hold at an instant."""
    beside = fits(lines, offers, at)
    usable = [one for one in beside if one.usable]
    given, objectives = _Programme(usable, lines).solved()
    shares = tuple(
        Share(fit.line, fit.offer, count, fit.is_reckoned)
        for fit, count in zip(usable, given, strict=True)
        if count
    )
    left = {
        line: line.quantity - sum(s.quantity for s in shares if s.line == line)
        for line in lines
    }
    taken = _taken(shares)
    still_open = tuple(
        Open(line, count, why_open(line, count, beside, taken))
        for line, count in left.items()
        if count
    )
    return Assignment(shares, still_open, objectives, beside)


def _taken(shares: Sequence[Share]) -> Mapping[str, tuple[Line, ...]]:
    """Offer to the lines that it covers."""
    found: dict[str, tuple[Line, ...]] = {}
    for one in shares:
        found[one.offer.name] = (*found.get(one.offer.name, ()), one.line)
    return found


class _Programme:
    """The integer programme: a column for each fit that is usable, solved in steps."""

    def __init__(self, usable: Sequence[Fit], lines: Sequence[Line]) -> None:
        self.usable = usable
        self.lines = sorted(lines, key=lambda line: line.priority)
        self.solver: Any = quiet_solver()
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("random_seed", 0)
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.solver.setOptionValue("mip_abs_gap", 0.0)
        self.counts = [self.solver.addIntegral(0, one.usable) for one in usable]
        self.is_used = [self.solver.addBinary() for _ in usable]
        self._bound_each_line()
        self._bound_each_offer()
        for count, used, fit in zip(self.counts, self.is_used, usable, strict=True):
            self.solver.addConstr(count <= fit.usable * used)

    def solved(self) -> tuple[list[int], tuple[Objective, ...]]:
        """How much each fit gives, and the objectives with their bounds."""
        if not self.usable:
            return [], tuple(self._untouched())
        objectives = []
        for priority, some in groupby(self.lines, key=lambda line: line.priority):
            rows = tuple(some)
            whole, given = sum(line.quantity for line in rows), self._given(rows)
            name = say("priority {n} open", n=priority)
            objectives.append(self._least(name, whole, -given))
        objectives.append(self._least(say("units divided"), 0, sum(self.is_used)))
        return [round(self.solver.val(one)) for one in self.counts], tuple(objectives)

    def _untouched(self) -> list[Objective]:
        found = []
        for priority, some in groupby(self.lines, key=lambda line: line.priority):
            whole = sum(line.quantity for line in some)
            found.append(Objective(say("priority {n} open", n=priority), whole, whole))
        return [*found, Objective(say("units divided"), 0, 0)]

    def _least(self, name: str, whole: int, counted: Any) -> Objective:
        """Make `whole + counted` as small as can be, and keep it there from now on."""
        self.solver.minimize(counted)
        value = round(self.solver.getInfo().objective_function_value)
        bound = ceil(self.solver.getInfo().mip_dual_bound - _ROUNDING)
        self.solver.addConstr(counted <= value)
        return Objective(name, whole + value, whole + min(bound, value))

    def _given(self, lines: Sequence[Line]) -> Any:
        return sum(
            (
                count
                for count, fit in zip(self.counts, self.usable, strict=True)
                if fit.line in lines
            ),
            start=self.solver.expr(),
        )

    def _bound_each_line(self) -> None:
        for line in self.lines:
            self.solver.addConstr(self._given([line]) <= line.quantity)

    def _bound_each_offer(self) -> None:
        """No unit is given out twice: its shares of its whole add up to one at most."""
        for name in dict.fromkeys(one.offer.name for one in self.usable):
            own = [
                (count, fit)
                for count, fit in zip(self.counts, self.usable, strict=True)
                if fit.offer.name == name
            ]
            weights, budget = _weights([fit for _, fit in own])
            spent = sum(
                (
                    weight * count
                    for weight, (count, _) in zip(weights, own, strict=True)
                ),
                start=self.solver.expr(),
            )
            self.solver.addConstr(spent <= budget)


def _weights(own: Sequence[Fit]) -> tuple[list[int], int]:
    """What one unit of each line takes of an offer, and what the offer has, in whole numbers."""
    if all(one.is_reckoned for one in own):
        people = own[0].offer.people.low or 0
        return [one.line.people_each or 0 for one in own], people
    wholes = [_whole(one) for one in own]
    budget = lcm(*wholes)
    return [budget // whole for whole in wholes], budget


def _whole(fit: Fit) -> int:
    """All that the offer could give of this line's capability."""
    return fit.offer.capabilities.get(fit.line.capability.casefold(), fit.quantity)
