"""Is this plan allowed, and is it as good as it says? Shares no code with the solver.

It reads the problem and the plan alone, checks every rule of docs/force.md, reckons every
objective and every bound again, and says in words whatever is wrong. It runs on every plan.
"""

from collections import Counter
from collections.abc import Iterator

from peyman.force.checking.begun import begun_of, duties, fixed, loosened, remaining
from peyman.force.checking.flights import flights_of
from peyman.force.checking.land import convoys_of
from peyman.force.checking.loads import loads_of
from peyman.force.checking.movable import movable
from peyman.force.checking.proving.bound import proven
from peyman.force.checking.proving.readiness import drawn
from peyman.force.checking.stands import stands_of
from peyman.force.checking.terms import Terms, Violation
from peyman.force.checking.values import undelivered_bound, values_of
from peyman.force.plan import Objective, Plan, Prices
from peyman.force.problem import Problem, is_contradictory
from peyman.force.strict import digest
from peyman.saying import say

__all__ = [
    "Prover",
    "Violation",
    "check",
    "fixed",
    "proven_bound",
    "remaining",
    "values",
]

OBJECTIVES = ("undelivered", "lateness", "closure", "lift")
"""In their order."""


def check(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Everything that is wrong with a plan; empty if it can be flown and says what is true."""
    terms = Terms(problem)
    return (
        *_answers(problem, plan),
        *begun_of(terms, plan),
        *flights_of(terms, plan.flights),
        *convoys_of(terms, plan.convoys),
        *stands_of(terms, plan.flights),
        *loads_of(terms, plan),
        *_unmet(terms, plan),
        *_objectives(terms, plan),
    )


def values(problem: Problem, plan: Plan) -> dict[str, int]:
    """The value of each objective, in order, as the checker reckons it."""
    return values_of(Terms(problem), plan)


def proven_bound(
    problem: Problem, prices: Prices, undelivered: int | None = None
) -> int:
    """What a certificate proves of its objective, as the checker reckons it (`Prover.bound`)."""
    return Prover(problem).bound(prices, undelivered)


class Prover:
    """Says what certificates prove of one problem, which is read once for all of them.

    Of a problem in which something has begun, one proves it of what remains: what is fixed is added.

    Attributes:
        stuck: What counts as undelivered of loads that cannot be moved.
    """

    def __init__(self, problem: Problem) -> None:
        self._terms = drawn(Terms(loosened(problem)))
        self._duties = duties(problem)
        self._fixed = fixed(problem)
        self.stuck = undelivered_bound(self._terms)
        # No rule keeps a plan from carrying what contradicts itself, and then what waits for it.
        carries = any(is_contradictory(problem, one) for one in problem.loads)
        self._stays = 0 if carries else self.stuck

    def bound(self, prices: Prices, undelivered: int | None = None) -> int:
        """What a certificate proves of its objective.

        Args:
            prices: The certificate.
            undelivered: Of `lift`, of all plans that leave no more undelivered than this; None for plans
                that leave nothing behind that can be moved.
        """
        left = None if undelivered is None else max(0, undelivered - self._stays)
        rest = proven(self._terms, prices, self._duties, left)
        if prices.objective == "undelivered":
            return self.stuck + rest
        begun = self._fixed.get(prices.objective, 0)
        return max(begun, rest) if prices.objective == "closure" else begun + rest


def _answers(problem: Problem, plan: Plan) -> Iterator[Violation]:
    if plan.problem != digest(problem):
        yield Violation("problem", "plan", say("The plan was made for another problem"))
    names = [one.serial for one in plan.flights]
    names += [one.serial for one in plan.convoys]
    for name in sorted(name for name, n in Counter(names).items() if n > 1):
        yield Violation(
            "serial",
            name,
            say("{serial_words} stands for more than one serial", serial_words=name),
        )


def _unmet(terms: Terms, plan: Plan) -> Iterator[Violation]:
    can = movable(terms)
    for one in plan.unmet:
        if not one.reasons:
            yield Violation(
                "reasons",
                one.load,
                say("{load_words} is unmet without a reason", load_words=one.load),
            )
        stuck = any(reason.code != "lift" for reason in one.reasons)
        if stuck == (one.load in can):
            yield Violation(
                "reasons",
                one.load,
                say(
                    "{load_words} can be moved, and is told as infeasible, or the other way round",
                    load_words=one.load,
                ),
            )


def _objectives(terms: Terms, plan: Plan) -> Iterator[Violation]:
    found = values_of(terms, plan)
    can = movable(terms)
    is_whole = all(one.load not in can for one in plan.unmet)
    spares = None if is_whole else found["undelivered"]
    for one in plan.objectives:
        if found.get(one.name) != one.value:
            yield Violation(
                "value",
                one.name,
                say(
                    "{objective_words} is told as {n}, and is {true_n}",
                    objective_words=one.name,
                    n=one.value,
                    true_n=found.get(one.name, 0),
                ),
            )
        most = _most(terms, one, spares)
        if one.bound > most:
            yield Violation(
                "bound",
                one.name,
                say(
                    "{objective_words}: a bound of {n} is told, and {true_n} is proven",
                    objective_words=one.name,
                    n=one.bound,
                    true_n=most,
                ),
            )


def _most(terms: Terms, one: Objective, undelivered: int | None) -> int:
    """The highest bound that is proven for an objective of a plan that leaves so much."""
    if one.name not in OBJECTIVES:
        return 0
    if one.prices is not None and one.prices.objective == one.name:
        most = proven_bound(terms.problem, one.prices, undelivered)
    else:
        most = fixed(terms.problem)[one.name]
    stuck = undelivered_bound(terms) if one.name == "undelivered" else 0
    return max(most, stuck)
