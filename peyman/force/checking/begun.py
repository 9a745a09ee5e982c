"""What had begun before a plan was made: it is given, and what remains is a problem of its own.

A problem may tell serials that had begun (`Problem.begun`, `Problem.marched`). No rule is asked of
them, for they are what happened. What they come to is fixed, and the bound of a plan is that plus
what the prices prove of the remaining problem: everything that is still to be moved, by tails
that begin where and when what they had begun lets them go, their crews on duty as they are.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from peyman.force.checking.terms import Terms, Violation
from peyman.force.plan import Convoy, Flight, Plan
from peyman.force.problem import Load, Problem, Tail, due, given, instant, weight
from peyman.saying import say


def begun_of(terms: Terms, plan: Plan) -> Iterator[Violation]:
    """Where a plan tells what had begun otherwise, or begins something new before its time."""
    problem = terms.problem
    told: dict[str, Flight | Convoy] = {one.serial: one for one in plan.flights}
    told |= {one.serial: one for one in plan.convoys}
    for one in given(problem):
        if told.pop(one.serial, None) != one:
            yield Violation(
                "begun",
                one.serial,
                say(
                    "{serial_words} had begun, and the plan does not tell it as it did",
                    serial_words=one.serial,
                ),
            )
    for serial, new in told.items():
        if new.start < problem.since:
            yield Violation(
                "begun",
                serial,
                say(
                    "{serial_words} begins before {at}, from when on is planned",
                    serial_words=serial,
                    at=instant(problem, problem.since),
                ),
            )


def moved_by(problem: Problem) -> Counter[str]:
    """Load to the pieces that are on serials that had begun."""
    found: Counter[str] = Counter()
    for one in given(problem):
        for part in one.parts:
            found[part.load] += part.pieces
    return found


def fixed(problem: Problem) -> dict[str, int]:
    """What the serials that had begun come to, by objective: no plan changes it any more."""
    loads = {one.id: one for one in problem.loads}
    off = [(part, one.unloaded) for one in problem.begun for part in one.parts]
    off += [(part, one.arrive) for one in problem.marched for part in one.parts]
    return {
        "undelivered": 0,
        "lateness": sum(
            part.pieces * _late(problem, loads[part.load], at)
            for part, at in off
            if part.load in loads
        ),
        "closure": max((at for _, at in off), default=0),
        "lift": sum(one.arrive - one.depart for one in problem.begun),
    }


def remaining(problem: Problem) -> Problem:
    """The problem of what has not begun; the same problem where nothing has.

    Whatever may still be done under the problem may be done under this one: stands that what
    has begun still takes are left out, and so are the duties that have begun, of which `duties`
    tells. So its bounds hold.
    """
    if not problem.since:
        return problem
    moved = moved_by(problem)
    left = {one.id: one.pieces - moved[one.id] for one in problem.loads}
    return replace(
        problem,
        loads=tuple(
            replace(
                one,
                pieces=left[one.id],
                ald=max(one.ald, min(problem.since, max(due(one), 0))),
                after=tuple(name for name in one.after if left[name] > 0),
            )
            for one in problem.loads
            if left[one.id] > 0
        ),
        tails=tuple(_tails(problem)),
        since=0,
        begun=(),
        marched=(),
    )


def loosened(problem: Problem) -> Problem:
    """The remaining problem as the bounds see it: a unit of which something has begun is not asked to keep together."""
    left = remaining(problem)
    units = {one.id: one.unit for one in problem.loads}
    begun = {units[name] for name in moved_by(problem) if name in units}
    loads = tuple(
        replace(one, within_min=None) if one.unit in begun else one
        for one in left.loads
    )
    return replace(left, loads=loads) if begun else left


def duties(problem: Problem) -> dict[str, tuple[int, int]]:
    """The crews of the remaining problem that have worked: when their duty ends, when they are rested."""
    types = {one.id: one for one in problem.types}
    free = {one.id: one.available_from for one in remaining(problem).tails}
    began: dict[str, int] = {}
    ready: dict[str, int] = {}
    kinds = {tail.id: types[tail.type] for tail in problem.tails}
    for one in sorted(problem.begun, key=lambda one: (one.start, one.ready)):
        rest = kinds[one.tail].rest_min
        if one.tail not in began or one.start - ready[one.tail] >= rest:
            began[one.tail] = one.start
        ready[one.tail] = one.ready
    found = {
        name: (at + kinds[name].duty_min, ready[name] + kinds[name].rest_min)
        for name, at in began.items()
    }
    return {
        name: (ends, rested)
        for name, (ends, rested) in found.items()
        if rested > free.get(name, rested)
    }


def _tails(problem: Problem) -> Iterator[Tail]:
    """Each tail where and when it is free; one that flies no more is left out."""
    last: dict[str, Flight] = {}
    for one in sorted(problem.begun, key=lambda one: (one.start, one.ready)):
        last[one.tail] = one
    for tail in problem.tails:
        free, place = max(tail.available_from, problem.since), tail.base
        if (flown := last.get(tail.id)) is not None:
            free, place = max(free, flown.ready), flown.destination
        if tail.available_until is None or free < tail.available_until:
            yield replace(tail, base=place, available_from=free)


def _late(problem: Problem, load: Load, unloaded: int) -> int:
    return max(0, unloaded - due(load)) * load.piece_kg * weight(problem, load)
