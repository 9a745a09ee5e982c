"""What the checker has confirmed so far: of each objective the highest bound, and the prices that prove it."""

from dataclasses import replace

from peyman.force.checking import Prover
from peyman.force.plan import Objective, Plan, Prices
from peyman.force.problem import Problem
from peyman.force.solve.searching.search import Found


class Proofs:
    """The proofs of one problem, while it is planned.

    Attributes:
        best: Objective to its bound and what proves it.
    """

    def __init__(self, problem: Problem) -> None:
        self._prover = Prover(problem)
        self._spares = False
        self.best: dict[str, tuple[int, Prices]] = {}

    def least(self, objective: str) -> int:
        """Its highest bound; 0 where none is proven."""
        return self.best[objective][0] if objective in self.best else 0

    def bound(self, prices: Prices, found: Found | None) -> int:
        """What prices prove of all schedules that are as good as the one that was found.

        Of `lift`: of those that leave no more undelivered.
        """
        spares = prices.objective == "lift" and found is not None and not found.is_whole
        undelivered = self._prover.stuck + found.worth[0] if found and spares else None
        return self._prover.bound(prices, undelivered)

    def keeps(self, prices: Prices, bound: int, found: Found | None) -> bool:
        """Keep what prices prove, if it is more than before; says whether it is."""
        if bound <= self.least(prices.objective):
            return False
        self.best[prices.objective] = (bound, prices)
        if prices.objective == "lift":
            self._spares = found is not None and not found.is_whole
        return True

    def told(self, plan: Plan, found: Found | None) -> Plan:
        """The plan of the schedule that was found, with what is proven of each objective."""
        return replace(
            plan, objectives=tuple(self._bounded(one, found) for one in plan.objectives)
        )

    def _bounded(self, one: Objective, found: Found | None) -> Objective:
        if one.name not in self.best:
            return one
        # Who leaves something behind, and be it what counts nothing, may fly less.
        leaves = found is None or not found.is_whole
        if one.name == "lift" and leaves and not self._spares:
            return one
        bound, prices = self.best[one.name]
        return replace(one, bound=bound, prices=prices)
