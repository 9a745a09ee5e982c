"""Plan a movement: the solver proposes plans and prices, the checker says what they are worth.

Anytime: after every step the caller is told the best plan so far with its bounds, and may stop.
The clock, the time limit and the seed are arguments. Nothing is claimed that the checker
does not confirm: bounds are those that it proves from the prices.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from math import ceil, inf

import numpy as np

from peyman.force.checking import remaining
from peyman.force.live.begun import bounded, continued
from peyman.force.plan import Plan, Prices, Reason
from peyman.force.problem import Load, Problem
from peyman.force.proving import Proving
from peyman.force.solve.bounding import Bounding, readiness_prices
from peyman.force.solve.bounds.shared import shared
from peyman.force.solve.dispatching.assemble import plan_of, with_values
from peyman.force.solve.network import Network
from peyman.force.solve.reasons import infeasible
from peyman.force.solve.searching.beside import Beside
from peyman.force.solve.searching.rare import from_two
from peyman.force.solve.searching.search import (
    Found,
    at_most,
    decode,
    first_orders,
    improve,
    matters_until,
)
from peyman.force.solve.searching.sooner import sooner
from peyman.force.solve.searching.waiting import search
from peyman.force.solve.timing import Limits, OutOfTime, Time

_ORDERS_SHARE = 0.2
"""Of all the time: no order is tried that would be done after it, but for the first."""
_EARLY_SHARE, _ALONE_SHARE = 0.1, 0.03
_SOONER_SHARE = 0.15
_BOUND_SHARE, _BOUND_BESIDE = 0.5, 0.8
_EXACT_SHARE = 0.8
"""Parts of the time that is left when each begins; the search has the rest, unless it goes on beside."""
_SECOND = 16
"""A second beginning is for when there is time for so many orders: it tries twelve at the most."""
_STRETCHES = (1.1, 1.4)
"""How much longer than the best schedule it is reckoned what is late: what is left behind counts until then.
Where little is late a little longer may prove several times as much; but too long proves less."""
_TOGETHER = 6
"""How much longer a proof takes of tails that are reckoned together."""
_READ_SHARE = 0.25
"""Of the time that an order takes: so long it takes to read a schedule, and to make one of what was found."""
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
        self.limits = limits
        self.time = Time(limits)
        self.progress = progress
        self.barred: dict[str, tuple[Reason, ...]] = infeasible(self.network)
        self.loads: Sequence[Load] = [
            one for one in problem.loads if one.id not in self.barred
        ]
        self.proving = Proving(self.network, self.loads, self.time, self._proved)
        self.proofs = self.proving.proofs
        self._decode_s = 0.0
        self._made: tuple[Found | None, Plan] | None = None
        self._beside: Beside | None = None

    @property
    def best(self) -> Found | None:
        """The best schedule so far."""
        return self.proving.best

    def run(self) -> Plan:
        """All steps, one after the other, as long as there is time."""
        ends = self.time.part(_ORDERS_SHARE)
        for order in first_orders(self.network, self.loads):
            if self.best is None:
                self._decode(order)
            elif self.time.has(self._decode_s, ends):
                self._decode(order, self.time.until)
        if not self.time.is_stopped:
            self.proving.closure_by_readiness()
        self._hasten()
        self._go_on_beside()
        try:
            self._close_sooner()
            self.proving.undelivered()
            self._lateness()
            self.proving.closure_by_lift()
            self.proving.lift()
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
            self._recreate(chance, is_over, self._beside is None)
        for found in self._closing_sooner(self.best, chance, is_over):
            self._take(found)

    def _closing_sooner(
        self, start: Found, chance: np.random.Generator, is_over: Callable[[], bool]
    ) -> Iterator[Found]:
        """Closing sooner, then flying less, and again from the best that is known."""
        rows, least = (self.network, self.loads), partial(self.proofs.least, "closure")
        best = start
        while not is_over():
            if self.best is not None and self.best.worth < best.worth:
                best = self.best
            for found in sooner(*rows, best, chance, is_over, least):
                yield (best := found)
            for found in improve(*rows, best, chance, at_most(_ORDERS, is_over)):
                yield (best := found)
            if len(self.loads) < 2:
                return

    def _recreate(
        self,
        chance: np.random.Generator,
        is_over: Callable[[], bool],
        is_twice: bool = False,
    ) -> None:
        """Ruin and recreate until it is over, or until nothing is late that need not be.

        With `is_twice`, from a second beginning as well.
        """
        if self.best is None or is_over():
            return

        def is_done() -> bool:
            return is_over() or self._is_settled()

        if is_twice:
            better = self._further(self.best, chance, is_done)
        else:
            rows = (self.network, self.loads, self.best, chance)
            better = search(*rows, is_done)
        for found in better:
            self._take(found)

    def _go_on_beside(self) -> None:
        """Let the search go on from the best schedule on another core, if there is one, until the end."""
        start = self.best
        if self.limits.cores < 2 or start is None or not self.time.has(self._decode_s):
            return
        self._beside = Beside(partial(self._all_better, start))

    def _all_better(
        self, start: Found, is_ended: Callable[[], bool]
    ) -> Iterator[Found]:
        """Every schedule that is better than all before it: less late, and then closing sooner, then flying less."""
        chance = np.random.default_rng(self.limits.seed + 1)
        best = start

        def is_over() -> bool:
            return is_ended() or not self.time.has(self._decode_s)

        def is_on_time() -> bool:
            least = self.proofs.least("lateness")
            return is_over() or best.worth[1] <= least or self._is_explained()

        if not is_on_time():
            for best in self._further(start, chance, is_on_time):
                yield best
        # Where nothing flies nothing of it is compiled, and it would only hold up the proofs.
        if is_on_time() and self.network.trips:
            yield from self._closing_sooner(best, chance, is_over)

    def _further(
        self, start: Found, chance: np.random.Generator, is_over: Callable[[], bool]
    ) -> Iterator[Found]:
        """Ruin and recreate from a schedule and, where there is time for it, from a second beginning."""
        rows = (self.network, self.loads, start, chance)
        if not self.time.has(_SECOND * self._decode_s):
            return search(*rows, is_over)
        alone, second = map(self._first_asked, (_ALONE_SHARE, _EARLY_SHARE))
        return from_two(*rows, (alone, second, is_over))

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

    def _decode(self, order: Sequence[str], ends: float = inf) -> None:
        """Take the schedule of an order, and remember how long that takes; none if it is not there by then."""
        began = self.time.now()
        with suppress(OutOfTime):
            left = partial(self.time.left, ends)
            self._take(decode(self.network, self.loads, order, left))
            self._decode_s = self.time.now() - began

    def plan(self) -> Plan:
        """The best plan, with its bounds."""
        if self._made is None or self._made[0] is not self.best:
            began = self.time.now()
            found = self.best or decode(self.network, self.loads, ())
            made_by = f"dispatch, flow and search, seed {self.limits.seed}"
            made = plan_of(found.dispatch, self.barred, made_by)
            self._made = (self.best, with_values(self.network, made))
            # So long it takes to tell what is found last.
            self.time.keep(self.time.now() - began)
        return self.proofs.told(self._made[1], self.best)

    def _take(self, found: Found) -> None:
        if self.best is None or found.worth < self.best.worth:
            self.proving.found(found)
            self._tell()

    def _proved(self, is_more: bool) -> None:
        """Tell what is proven, and take what was found meanwhile."""
        if is_more:
            self._tell()
        self._hear()

    def _tell(self) -> None:
        if not self.progress(self.plan()):
            self.time.is_stopped = True

    def _hasten(self) -> None:
        """Less lateness, where there is some that need not be, before anything else is proven."""
        if self._is_explained() or self.time.is_over():
            return
        prices = readiness_prices(self.network, self.loads)
        if self.proving.may(prices):
            self.proving.prove(prices)
        if not self._is_explained() and not self.time.is_over():
            self._early()

    def _lateness(self) -> None:
        """Bounds on lateness, where there is some, as good as a part of the time allows."""
        if self.best is None or self._is_explained() or self.time.is_over():
            return
        ends = self.time.part(_BOUND_BESIDE if self._beside else _BOUND_SHARE)
        took, upto = 0.0, matters_until(self.best)
        horizon = self.problem.horizon
        # Both are the horizon where a schedule leaves something behind.
        for until in dict.fromkeys(min(horizon, ceil(x * upto)) for x in _STRETCHES):
            if self._is_explained() or not self.time.has(took, ends):
                return
            began = self.time.now()
            self._lateness_until(until, ends)
            took = self.time.now() - began

    def _lateness_until(self, until: int, ends: float) -> None:
        """Bounds on what is late until a minute; those prices that prove most, once more and exactly."""
        bounding = Bounding(self.network, self.loads, until)
        most: tuple[int, Prices | None] = (0, None)
        first = bounding.first(ends - self.time.now(), partial(self._left, ends))
        if first is not None and self.proving.may(first):
            most = (self.proving.prove(first), first)
            self._guided(bounding.starts, ends)
        shown = self.proofs.least("lateness")
        known = self.proving.known()
        for prices in bounding.better(shown, known, partial(self._left, ends)):
            if self.proving.may(prices):
                bound = self.proving.prove(prices)
                most = max(most, (bound, prices), key=lambda pair: pair[0])
        if most[1] is not None:
            self._exactly(most[1])

    def _left(self, ends: float) -> float:
        """Seconds until then; none where nothing is late any more that need not be."""
        return 0.0 if self._is_settled() else ends - self.time.now()

    def _exactly(self, prices: Prices) -> None:
        """Prices again, reckoned to the minute, and then with what a rare type has to carry shared out."""
        ends = self.time.part(_EXACT_SHARE)
        finest = replace(prices, grid_min=1, began_min=1)
        if prices.grid_min > 1 and self.proving.may(finest, ends):
            prices = finest
            self.proving.prove(prices)
        names = shared(self.network, self.loads)
        if names and self.proving.may(prices, ends, _TOGETHER):
            # Whoever is shared out is reckoned in whole flights anyway.
            covers = (one for one in prices.covers if not {*one.loads} & {*names})
            rest = replace(prices, shared=names, covers=tuple(covers))
            self.proving.prove(rest)

    def _early(self) -> None:
        """Better schedules, and on while what is late all but vanishes each time."""
        chance = np.random.default_rng(self.limits.seed)
        late = None
        while self.best and (late is None or _VANISHING * self.best.worth[1] <= late):
            late = self.best.worth[1]
            self._recreate(chance, self._first_asked(_EARLY_SHARE))
            if self._is_explained() or self.time.is_over():
                return

    def _first_asked(self, share: float) -> Callable[[], bool]:
        """Whether a part of the time is over, which begins when this is first asked: a search is made ready before."""
        ends: list[float] = []

        def is_over() -> bool:
            if not ends:
                ends.append(self.time.part(share))
            return self._is_past(ends[0])

        return is_over

    def _close_sooner(self) -> None:
        """Where no search goes on beside the proofs, a closure that is sooner before them."""
        if self._beside or self.best is None or self.time.is_over():
            return
        if self._is_explained() and not self._is_optimal():
            chance = np.random.default_rng(self.limits.seed)
            # What is compiled is read before the time is asked for.
            self._recreate(chance, at_most(1, lambda: False))
            is_over = self._first_asked(_SOONER_SHARE)
            for found in self._closing_sooner(self.best, chance, is_over):
                self._take(found)

    def _is_explained(self) -> bool:
        """Whether nothing is late that need not be."""
        bound = self.proofs.least("lateness")
        return self.best is None or self.best.worth[1] <= bound

    def _is_settled(self) -> bool:
        """The same, with what the search beside has found by now."""
        self._hear()
        return self._is_explained()

    def _guided(self, starts: Mapping[str, tuple[float, int]], ends: float) -> None:
        """An order by the minutes at which the flow would have the loads go, if there is time."""
        if starts and self.time.has(self._decode_s, ends):
            order = sorted(starts, key=lambda name: starts[name][1])
            self._decode(order, self.time.until)

    def _is_optimal(self) -> bool:
        return all(one.value <= one.bound for one in self.plan().objectives)
