"""Plan a movement: the solver proposes plans and prices, the checker says what they are worth.

Anytime: after every step the caller is told the best plan so far with its bounds, and may stop.
The clock, the time limit and the seed are arguments. Nothing is claimed that the checker
does not confirm: bounds are those that it proves from the prices.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import ceil

import numpy as np

from peyman.force.checking import remaining
from peyman.force.live.begun import bounded, continued
from peyman.force.plan import Plan, Prices, Reason
from peyman.force.problem import Load, Problem
from peyman.force.proofs import Proofs
from peyman.force.solve.bounding import Bounding, readiness_prices
from peyman.force.solve.bounds.flow import Flow
from peyman.force.solve.bounds.prices import (
    best_starts,
    closure_prices,
    lift_prices,
    soonest,
)
from peyman.force.solve.bounds.shared import shared
from peyman.force.solve.dispatching.assemble import plan_of, with_values
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.network import Network
from peyman.force.solve.reasons import infeasible
from peyman.force.solve.searching.beside import Beside
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import (
    Found,
    at_most,
    decode,
    first_orders,
    improve,
    matters_until,
)
from peyman.force.solve.searching.sooner import sooner
from peyman.force.solve.timing import Limits, Time

_STEPS = 12
_ORDERS_SHARE = 0.2
"""Of all the time: no order is tried that would be done after it, but for the first."""
_EARLY_SHARE = 0.1
_BOUND_SHARE, _BOUND_BESIDE = 0.5, 0.8
_EXACT_SHARE = 0.8
_UNDELIVERED_SHARE = 0.2
_CLOSURE_SHARE, _ONE_SHARE = 0.35, 0.4
"""Of the time for closure that is left so much goes to one minute by which it might be over, at most."""
_LIFT_SHARE = 0.3
"""Parts of the time that is left when each begins; the search has the rest, unless it goes on beside."""
_STRETCHES = (1.1, 1.4)
"""How much longer than the best schedule it is reckoned what is late: what is left behind counts until then.
Where little is late a little longer may prove several times as much; but too long proves less."""
_FINEST, _TOGETHER = 2, 6
"""How much longer more exact proofs take: to the minute, for each minute of the steps before, and of tails
reckoned together."""
_PROOF_SHARE = 0.6
"""Of the time that an order takes: so long the first proof of an objective is taken to be."""
_READ_SHARE = 0.25
"""Of the same: so long it takes to read a schedule, and to make one of what was found."""
_KNOWN = 30
"""The last schedules found, from which the bound's program begins."""
_ORDERS = 50
"""Orders that are tried between two rounds of closing sooner."""
_VANISHING = 20
"""Lateness that is divided by so much in one round may be gone in the next."""


def plan_movement(
    problem: Problem,
    limits: Limits,
    progress: Callable[[Plan], bool] = lambda _: True,
) -> Plan:
    """The best plan found in the time, with its bounds.

    Args:
        problem: The problem.
        limits: Time, clock and seed.
        progress: Told every better plan or bound; to answer False is to stop. Where something
            has begun, it is told those of what remains.
    """
    left = remaining(problem)
    if left is problem:
        return _Planner(problem, limits, progress).run()
    plan = continued(problem)
    if not left.loads:
        return plan
    return bounded(problem, plan, _Planner(left, limits, progress).run())


class _Planner:
    def __init__(
        self, problem: Problem, limits: Limits, progress: Callable[[Plan], bool]
    ) -> None:
        self.problem = problem
        self.network = Network(problem)
        self.proofs = Proofs(problem, limits.now)
        self.limits = limits
        self.time = Time(limits)
        self.progress = progress
        self.barred: dict[str, tuple[Reason, ...]] = infeasible(self.network)
        self.loads: Sequence[Load] = [
            one for one in problem.loads if one.id not in self.barred
        ]
        self.best: Found | None = None
        self.known = deque[list[Put]](maxlen=_KNOWN)
        self._decode_s = 0.0
        self._made: tuple[Found | None, Plan] | None = None
        self._beside: Beside | None = None

    def run(self) -> Plan:
        """All steps, one after the other, as long as there is time."""
        ends = self.time.part(_ORDERS_SHARE)
        for order in first_orders(self.network, self.loads):
            if self.best is None or self.time.has(self._decode_s, ends):
                self._decode(order)
        if not self.time.is_stopped:
            self._closure_by_readiness()
        try:
            self._undelivered()
            self._lateness()
            self._closure_by_lift()
            self._lift()
            self._search()
        finally:
            self._end_beside()
        return self.plan()

    def _search(self) -> None:
        """As long as there is time; and then as many turns as are asked for in any case."""
        chance = np.random.default_rng(self.limits.seed)
        self._better(chance, lambda: not self.time.has(self._decode_s))
        self._better(chance, at_most(self.limits.turns, lambda: False))

    def _better(self, chance: np.random.Generator, is_over: Callable[[], bool]) -> None:
        """Less late, until nothing is that need not be; then closing sooner, then flying less."""
        if self.best is None or self._is_optimal():
            return
        if not self._is_explained():
            self._recreate(chance, is_over)
        rows = (self.network, self.loads)
        while not is_over():
            for found in sooner(
                *rows, self.best, chance, is_over, self._closes_at_best
            ):
                self._take(found)
            is_enough = at_most(_ORDERS, is_over)
            for found in improve(*rows, self.best, chance, is_enough):
                self._take(found)
            if len(self.loads) < 2:
                return

    def _closes_at_best(self) -> int:
        """The minute before which nothing can close, as far as is proven."""
        return self.proofs.least("closure")

    def _recreate(
        self, chance: np.random.Generator, is_over: Callable[[], bool]
    ) -> None:
        """Ruin and recreate until it is over, or until nothing is late that need not be."""
        if self.best is None or is_over():
            return
        rows = (self.network, self.loads, self.best, chance)
        for found in recreate(*rows, lambda: is_over() or self._is_settled()):
            self._take(found)

    def _go_on_beside(self) -> None:
        """Let the search go on from the best schedule on another core, if there is one."""
        start = self.best
        if self.limits.cores < 2 or start is None or not self.time.has(self._decode_s):
            return
        chance = np.random.default_rng(self.limits.seed + 1)

        def search(is_ended: Callable[[], bool]) -> Iterator[Found]:
            def is_over() -> bool:
                is_late = not self.time.has(self._decode_s)
                return is_ended() or is_late or self._is_explained()

            return recreate(self.network, self.loads, start, chance, is_over)

        self._beside = Beside(search)

    def _hear(self) -> None:
        """Take what the search beside has found."""
        for found in self._beside.found() if self._beside else ():
            self._take(found)

    def _end_beside(self) -> None:
        if self._beside:
            self._beside.end()
            self._hear()

    def _is_past(self, ends: float) -> bool:
        return not self.time.has(_READ_SHARE * self._decode_s, ends)

    def _decode(self, order: Sequence[str]) -> None:
        """Take the schedule of an order, and remember how long that takes."""
        began = self.time.now()
        self._take(decode(self.network, self.loads, order))
        self._decode_s = self.time.now() - began

    def _may_prove(
        self, objective: str, until: float | None = None, times: int = 1
    ) -> bool:
        """Whether a proof of an objective would be over in time; the first one is a guess.

        Args:
            objective: Of which one.
            until: By then, where only a part of the time is meant.
            times: How much longer it takes than those that were made.
        """
        guess = _PROOF_SHARE * self._decode_s
        return self.time.has(times * self.proofs.seconds.get(objective, guess), until)

    def plan(self) -> Plan:
        """The best plan, with its bounds."""
        if self._made is None or self._made[0] is not self.best:
            found = self.best or decode(self.network, self.loads, ())
            made_by = f"dispatch, flow and search, seed {self.limits.seed}"
            made = plan_of(found.dispatch, self.barred, made_by)
            self._made = (self.best, with_values(self.network, made))
        return self.proofs.told(self._made[1], self.best)

    def _take(self, found: Found) -> None:
        if self.best is None or found.worth < self.best.worth:
            self.best = found
            self.known.append(found.dispatch.board.puts)
            self._tell()

    def _tell(self) -> None:
        if not self.progress(self.plan()):
            self.time.is_stopped = True

    def _prove(self, prices: Prices) -> int:
        """Let the checker say what prices prove, and keep it if it is more than before."""
        bound = self.proofs.bound(prices, self.best)
        if self.proofs.keeps(prices, bound, self.best):
            self._tell()
        self._hear()
        return bound

    def _closure_by_readiness(self) -> None:
        last = max((soonest(self.network, one) for one in self.loads), default=0)
        late = [one for one in self.loads if soonest(self.network, one) == last]
        if last > 1 and late:
            self._can_close_by(late[:1], last - 1)

    def _can_close_by(
        self, loads: Sequence[Load], until: int, ends: float | None = None
    ) -> bool:
        """Whether no prices show that the loads cannot all be there by then; out of itineraries if a time is given."""
        tries = (
            closure_prices(self.network, loads, until)
            if ends is None
            else self._by_itineraries("closure", until, ends)
        )
        for prices in tries:
            if not self._may_prove("closure"):
                break
            if self._prove(prices):
                return False
        return True

    def _by_itineraries(
        self, objective: str, until: int, ends: float
    ) -> Iterator[Prices]:
        """Better and better prices, while there is time."""
        shown = self.proofs.best.get(objective)
        bounding = Bounding(self.network, self.loads, until, objective)
        return bounding.more(shown, list(self.known), lambda: ends - self.time.now())

    def _undelivered(self) -> None:
        """Where a schedule leaves something behind, that it has to; the movement then lasts until the horizon."""
        if (self.best and self.best.is_whole) or self.time.is_over():
            return
        horizon, ends = self.problem.horizon, self.time.part(_UNDELIVERED_SHARE)
        for prices in self._by_itineraries("undelivered", horizon, ends):
            proves = self._may_prove("undelivered") and self._prove(prices)
            if proves and self._closes_at_best() < horizon:
                self._prove(replace(prices, objective="closure"))

    def _closure_by_lift(self) -> None:
        """Step from what is proven to what is found, in a part of the time; at first by plain prices.

        What these can prove is mostly far below what is found, and sooner reckoned.
        """
        ends = self.time.part(_CLOSURE_SHARE)
        for parts, by in ((4, None), (2, ends)):
            low, high = max(1, self._closes_at_best()), self.plan().objectives[2].value
            for _ in range(_STEPS):
                if high - low < 2 or not self._may_prove("closure", ends):
                    break
                middle = low + max(1, (high - low) // parts)
                one = by and by - (1 - _ONE_SHARE) * (by - self.time.now())
                if self._can_close_by(self.loads, middle, one):
                    high = middle
                else:
                    low = middle + 1

    def _lateness(self) -> None:
        """Bounds on lateness, where there is some, as good as a part of the time allows."""
        if not self._is_explained() and self._may_prove("lateness"):
            self._prove(readiness_prices(self.network, self.loads))
        if self.best is None or self._is_explained() or self.time.is_over():
            return
        self._early()
        if self._is_explained() or not self._may_prove("lateness"):
            return
        self._go_on_beside()
        ends = self.time.part(_BOUND_BESIDE if self._beside else _BOUND_SHARE)
        took, upto = 0.0, matters_until(self.best)
        for stretch in _STRETCHES:
            if self._is_explained() or not self.time.has(took, ends):
                return
            began = self.time.now()
            until = min(self.problem.horizon, ceil(stretch * upto))
            self._lateness_until(until, ends)
            took = self.time.now() - began

    def _lateness_until(self, until: int, ends: float) -> None:
        """Bounds on what is late until a minute; those prices that prove most, once more and exactly."""
        bounding = Bounding(self.network, self.loads, until)
        most: tuple[int, Prices | None] = (0, None)
        first = bounding.first(ends - self.time.now())
        if first is not None and self._may_prove("lateness"):
            most = (self._prove(first), first)
            self._guided(bounding.flow, ends)
        shown = self.proofs.least("lateness")
        known = list(self.known)
        for prices in bounding.better(shown, known, partial(self._left, ends)):
            if self._may_prove("lateness"):
                bound = self._prove(prices)
                most = max(most, (bound, prices), key=lambda pair: pair[0])
        if most[1] is not None:
            self._exactly(most[1])

    def _left(self, ends: float) -> float:
        """Seconds until then; none where nothing is late any more that need not be."""
        return 0.0 if self._is_settled() else ends - self.time.now()

    def _exactly(self, prices: Prices) -> None:
        """Prices again, reckoned to the minute, and then with what a rare type has to carry shared out."""
        ends = self.time.part(_EXACT_SHARE)
        longer = _FINEST * prices.grid_min
        if prices.grid_min > 1 and self._may_prove("lateness", ends, longer):
            prices = replace(prices, grid_min=1, began_min=1)
            self._prove(prices)
        names = shared(self.network, self.loads)
        if names and self._may_prove("lateness", ends, _TOGETHER):
            self._prove(replace(prices, shared=names))

    def _early(self) -> None:
        """Better schedules, and on while what is late all but vanishes each time."""
        share = self.time.part(_EARLY_SHARE) - self.time.now()
        chance = np.random.default_rng(self.limits.seed)
        late = None
        while self.best and (late is None or _VANISHING * self.best.worth[1] <= late):
            late = self.best.worth[1]
            ends = self.time.now() + share
            self._recreate(chance, partial(self._is_past, ends))
            if self._is_explained() or self.time.is_over():
                return

    def _is_explained(self) -> bool:
        """Whether nothing is late that need not be."""
        bound = self.proofs.least("lateness")
        return self.best is None or self.best.worth[1] <= bound

    def _is_settled(self) -> bool:
        """The same, with what the search beside has found by now."""
        self._hear()
        return self._is_explained()

    def _guided(self, flow: Flow | None, ends: float) -> None:
        """An order by the times at which the flow would have the loads go, if there is time."""
        if flow is None or not self.time.has(self._decode_s, ends):
            return
        starts = best_starts(self.network, flow, self.loads)
        self._decode(sorted(starts, key=lambda name: starts[name][1]))

    def _lift(self) -> None:
        ends = self.time.part(_LIFT_SHARE)
        for n, prices in enumerate(lift_prices(self.network, self.loads)):
            # One is tried where all that is left would do for it, not just this part.
            if self._may_prove("lift", ends if n else None):
                self._prove(prices)
        for prices in self._by_itineraries("lift", self.problem.horizon, ends):
            if self._may_prove("lift"):
                self._prove(prices)

    def _is_optimal(self) -> bool:
        return all(one.value <= one.bound for one in self.plan().objectives)
