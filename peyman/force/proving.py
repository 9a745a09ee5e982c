"""Proofs of a movement, as long as there is time for them: of what stays, of its end, of what is flown.

What is late takes a search beside it, and so has the planner itself.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from peyman.force.checking import Prover
from peyman.force.plan import Objective, Plan, Prices
from peyman.force.problem import Load, Problem
from peyman.force.solve.bounding import Bounding
from peyman.force.solve.bounds.prices import closure_prices, lift_prices, soonest
from peyman.force.solve.bounds.readiness import drawn
from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.network import Network
from peyman.force.solve.searching.search import Found
from peyman.force.solve.sizes import Guesses
from peyman.force.solve.timing import Time

_STEPS = 12
_UNDELIVERED_SHARE = 0.2
_CLOSURE_SHARE, _ONE_SHARE = 0.35, 0.4
"""Of the time for closure that is left so much goes to one minute by which it might be over, at most."""
_LIFT_SHARE = 0.3
_KNOWN = 30
"""The last schedules found, from which the bound's program begins."""


class Proofs:
    """The proofs of one problem, while it is planned.

    Attributes:
        best: Objective to its bound and what proves it.
    """

    def __init__(self, problem: Problem) -> None:
        self._prover = Prover(problem)
        self._spared: int | None = None
        self.best: dict[str, tuple[int, Prices]] = {}

    def least(self, objective: str) -> int:
        """Its highest bound; 0 where none is proven."""
        return self.best[objective][0] if objective in self.best else 0

    def bound(self, prices: Prices, found: Found | None) -> int:
        """What prices prove of all schedules that are as good as the one that was found.

        Of `lift`: of those that leave no more undelivered.
        """
        undelivered = self._left(found) if prices.objective == "lift" else None
        return self._prover.bound(prices, undelivered)

    def _left(self, found: Found | None) -> int | None:
        """What a schedule leaves undelivered; None if that is nothing that can be moved."""
        if found is None or found.is_whole:
            return None
        return self._prover.stuck + found.worth[0]

    def outdated(self, found: Found) -> Prices | None:
        """Prices of a bound of `lift` that is one of schedules which leave something else; it is forgotten."""
        if "lift" not in self.best or self._spared == self._left(found):
            return None
        return self.best.pop("lift")[1]

    def keeps(self, prices: Prices, bound: int, found: Found | None) -> bool:
        """Keep what prices prove, if it is more than before; says whether it is."""
        if bound <= self.least(prices.objective):
            return False
        self.best[prices.objective] = (bound, prices)
        if prices.objective == "lift":
            self._spared = self._left(found)
        return True

    def told(self, plan: Plan, found: Found | None) -> Plan:
        """The plan of the schedule that was found, with what is proven of each objective."""
        return replace(
            plan, objectives=tuple(self._bounded(one, found) for one in plan.objectives)
        )

    def _bounded(self, one: Objective, found: Found | None) -> Objective:
        if one.name not in self.best:
            return one
        # Who leaves more behind, and be it what counts nothing, may fly less.
        if one.name == "lift" and (found is None or self._left(found) != self._spared):
            return one
        bound, prices = self.best[one.name]
        return replace(one, bound=bound, prices=prices)


class Proving:
    """What is proven of one problem, and what is tried.

    Attributes:
        best: The best schedule that was found.
        proofs: What the checker has confirmed.
    """

    def __init__(
        self,
        network: Network,
        loads: Sequence[Load],
        time: Time,
        told: Callable[[bool], None],
    ) -> None:
        """Begin.

        Args:
            network: The problem.
            loads: Those that can be moved.
            time: How long there is.
            told: Called after each proof, and meanwhile; whether more is proven than was known.
        """
        self.network = network
        self.loads = loads
        self.time = time
        self.proofs = Proofs(network.problem)
        self.best: Found | None = None
        self._told = told
        self._guesses = Guesses(network)
        self._known = deque[list[Put]](maxlen=_KNOWN)

    def found(self, found: Found) -> None:
        """Take a better schedule."""
        self.best = found
        self._known.append(found.dispatch.board.puts)
        prices = self.proofs.outdated(found)
        if prices is not None and self.may(prices):
            self.prove(prices)

    def known(self) -> list[list[Put]]:
        """The flights of the last schedules found."""
        return list(self._known)

    def may(self, prices: Prices, until: float | None = None, times: int = 1) -> bool:
        """Whether a proof would be over in time, as far as can be told.

        Args:
            prices: The certificate.
            until: By then, where only a part of the time is meant.
            times: How much longer it takes than for prices of their size.
        """
        return self.time.has(times * self._guesses.seconds(prices), until)

    def prove(self, prices: Prices) -> int:
        """Let the checker say what prices prove, and keep it if it is more than before."""
        began = self.time.now()
        bound = self.proofs.bound(prices, self.best)
        if not prices.shared:
            self._guesses.took(prices, self.time.now() - began)
        self._told(self.proofs.keeps(prices, bound, self.best))
        return bound

    def undelivered(self) -> None:
        """Where a schedule leaves something behind, that it has to; the movement then lasts until the horizon."""
        if (self.best and self.best.is_whole) or self.time.is_over():
            return
        horizon, ends = self.network.horizon, self.time.part(_UNDELIVERED_SHARE)
        for prices in self._last_of("undelivered", horizon, ends):
            if self.may(prices) and self.prove(prices):
                self.prove(replace(prices, objective="closure"))

    def closure_by_readiness(self) -> None:
        """That it is not over before what is ready last can be there."""
        if not self.loads:
            return
        loads = drawn(self.network, self.loads)
        late = max(loads, key=partial(soonest, self.network))
        last = soonest(self.network, late)
        if last > 1:
            self._can_close_by([late], last - 1)

    def closure_by_lift(self) -> None:
        """Step from what is proven to what is found, in a part of the time; at first by plain prices.

        What these can prove is mostly far below what is found, and sooner reckoned.
        """
        ends = self.time.part(_CLOSURE_SHARE)
        for parts, by in ((4, None), (2, ends)):
            low = max(1, self.proofs.least("closure"))
            high, has_failed = self._closes_at(), False
            for _ in range(_STEPS):
                if high - low < 2 or not self.time.has(0, ends):
                    break
                middle = low + max(1, (high - low) // parts)
                one = by and by - (1 - _ONE_SHARE) * (by - self.time.now())
                if self._can_close_by(self.loads, middle, one):
                    high, has_failed = middle, True
                else:
                    # What can be proven lies between two that were tried then, and not far below.
                    low, parts = middle + 1, 2 if has_failed else parts
                high = min(high, self._closes_at())

    def lift(self) -> None:
        """That less is not flown: by what each leg takes, and then out of itineraries."""
        ends = self.time.part(_LIFT_SHARE)
        for n, prices in enumerate(lift_prices(self.network, self.loads)):
            # One is tried where all that is left would do for it, not just this part.
            if self.may(prices, ends if n else None):
                self.prove(prices)
        for prices in self._last_of("lift", self.network.horizon, ends):
            if self.may(prices):
                self.prove(prices)

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
            if not self.may(prices):
                break
            if self.prove(prices):
                return False
        return True

    def _closes_at(self) -> int:
        """When the best schedule closes, with what was found meanwhile."""
        self._told(False)
        return self.best.worth[2] if self.best else 0

    def _last_of(self, objective: str, until: int, ends: float) -> Iterator[Prices]:
        """The best prices alone: what a proof of worse ones takes is worth more rounds."""
        yield from deque(self._by_itineraries(objective, until, ends), maxlen=1)

    def _by_itineraries(
        self, objective: str, until: int, ends: float
    ) -> Iterator[Prices]:
        """Better and better prices, while there is time."""
        shown = self.proofs.best.get(objective)
        bounding = Bounding(self.network, self.loads, until, objective)

        def left() -> float:
            # What closes by then is not proven to come later.
            if self._closes_at() <= until and objective == "closure":
                return 0.0
            return ends - self.time.now()

        return bounding.more(shown, self.known(), left)
