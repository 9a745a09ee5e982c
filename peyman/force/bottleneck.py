"""Where a movement is held up, and what one more aircraft or one more stand would buy.

Where lateness has a proven bound, its certificate has prices: one for a minute of a working stand, slot by
slot. The dearest run of slots is the bottleneck, and the bound of the same problem with one more
tail, or one more stand, under the same prices says what that could save at the margin. It is an
estimate: prices are those of a relaxation, and other prices may prove a better bound.

Where no stand has a price, the plan itself says when all stands of an airfield are taken. That
shows where the ramp is full, not that more of it would help; only planning again shows that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from peyman.force.checking import proven_bound
from peyman.force.plan import Plan, Prices
from peyman.force.problem import Problem

Solve = Callable[[Problem], Plan]
_NEAR_MIN = 60
"""Full times that are this near to each other are one; a shorter one is none."""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The ramp that holds a movement up, from one minute of the problem to another.

    Attributes:
        stands: How many working stands it has.
        price: What a stand is worth there in all that time, in weighted kilogram-minutes of
            lateness, by the prices of the bound; None where they say nothing of stands.
    """

    airfield: str
    start: int
    end: int
    stands: int
    price: int | None


@dataclass(frozen=True, slots=True)
class OneMore:
    """What one more tail, or one more working stand, would buy.

    Attributes:
        kind: `aircraft` or `stand`.
        name: The aircraft type; empty for a stand.
        place: The tail's base, or the airfield.
        by_prices: Weighted kilogram-minutes of lateness that the bound falls by; None without
            a bound of lateness.
        lateness: Without and with it, planned at once both times.
        closure: The same, in minutes of the problem.
    """

    kind: str
    name: str
    place: str
    by_prices: int | None
    lateness: tuple[int, int]
    closure: tuple[int, int]


def bottleneck(problem: Problem, plan: Plan) -> Bottleneck | None:
    """The ramp that costs most by the prices of the bound, else the one that is full longest."""
    stands = {one.id: one.working_mog for one in problem.airfields}
    prices = prices_of(plan)
    if prices is not None and (runs := list(_priced(prices))):
        price, name, start, end = max(runs)
        if name in stands:
            return Bottleneck(name, start, end, stands[name], price)
    full = [
        (end - start, name, start, end)
        for name, most in stands.items()
        for start, end in _full(plan, name, most)
        if end - start >= _NEAR_MIN
    ]
    if not full:
        return None
    _, name, start, end = max(full)
    return Bottleneck(name, start, end, stands[name], None)


def prices_of(plan: Plan) -> Prices | None:
    """The certificate of the lateness of a plan; None where it has no proven bound of it."""
    return next(
        (
            one.prices
            for one in plan.objectives
            if one.name == "lateness" and one.value and one.bound and one.prices
        ),
        None,
    )


def one_more(
    problem: Problem, plan: Plan, ramp: Bottleneck | None, solve: Solve
) -> tuple[OneMore, ...]:
    """What the best further tail of the problem, and a stand at the bottleneck, would buy.

    Args:
        problem: The movement.
        plan: Its plan.
        ramp: Its bottleneck.
        solve: Finds a plan at once: it is asked without and with each.
    """
    prices = prices_of(plan)
    found = []
    before = solve(problem) if problem.tails or ramp else plan
    more = [_best_tail(problem, prices)] if problem.tails else []
    if ramp:
        more.append(("stand", "", ramp.airfield, with_stand(problem, ramp.airfield)))
    for kind, name, place, asked in more:
        after = solve(asked)
        found.append(
            OneMore(
                kind,
                name,
                place,
                _saved(problem, asked, prices),
                (_value(before, "lateness"), _value(after, "lateness")),
                (_value(before, "closure"), _value(after, "closure")),
            )
        )
    return tuple(found)


def with_tail(problem: Problem, type_: str, base: str) -> Problem:
    """The problem with one more tail of a type at a base."""
    like = next(t for t in problem.tails if (t.type, t.base) == (type_, base))
    names = {one.id for one in problem.tails}
    number = next(n for n in range(1, len(names) + 2) if f"one more {n}" not in names)
    return replace(
        problem, tails=(*problem.tails, replace(like, id=f"one more {number}"))
    )


def with_stand(problem: Problem, airfield: str) -> Problem:
    """The problem with one more working stand at an airfield."""
    return replace(
        problem,
        airfields=tuple(
            replace(one, working_mog=one.working_mog + 1) if one.id == airfield else one
            for one in problem.airfields
        ),
    )


def _best_tail(
    problem: Problem, prices: Prices | None
) -> tuple[str, str, str, Problem]:
    """The kind of tail that would save most by the prices; without them the most common."""
    kinds = sorted({(one.type, one.base) for one in problem.tails})
    counted = [(one.type, one.base) for one in problem.tails]
    asked = {kind: with_tail(problem, *kind) for kind in kinds}
    best = max(
        kinds,
        key=lambda kind: (
            _saved(problem, asked[kind], prices) or 0,
            counted.count(kind),
        ),
    )
    return "aircraft", *best, asked[best]


def _saved(problem: Problem, asked: Problem, prices: Prices | None) -> int | None:
    if prices is None:
        return None
    return max(proven_bound(problem, prices) - proven_bound(asked, prices), 0)


def _value(plan: Plan, name: str) -> int:
    return next((one.value for one in plan.objectives if one.name == name), 0)


def _priced(prices: Prices) -> Iterator[tuple[int, str, int, int]]:
    """Runs of slots in which a stand has a price: what it comes to, where, from, to."""
    for name, slots in prices.stand.items():
        start, total = 0, 0
        for at, price in enumerate((*slots, 0)):
            if price > 0 and not total:
                start = at
            if price > 0:
                total += price * prices.slot_min
            elif total:
                yield total, name, start * prices.slot_min, at * prices.slot_min
                total = 0


def _full(plan: Plan, airfield: str, most: int) -> Sequence[tuple[int, int]]:
    """When all working stands of an airfield are taken; near times made one."""
    moments = []
    for one in plan.flights:
        works = [(one.origin, one.start, one.depart)]
        works.append((one.destination, one.arrive, one.ready))
        for place, start, end in works:
            if place == airfield and start < end:
                moments += [(start, 1), (end, -1)]
    found: list[tuple[int, int]] = []
    taken, since = 0, 0
    for at, change in sorted(moments):
        if taken < most <= taken + change:
            since = at
        elif taken >= most > taken + change:
            if found and since - found[-1][1] < _NEAR_MIN:
                since = found.pop()[0]
            found.append((since, at))
        taken += change
    return found
