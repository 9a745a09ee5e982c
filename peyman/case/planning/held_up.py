"""Where a movement of a case is held up, in sentences: the ramp, its hours, and what more would buy."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from peyman.force.bottleneck import Bottleneck, OneMore, Solve, bottleneck, one_more
from peyman.force.plan import Plan
from peyman.force.problem import Problem, instant
from peyman.saying import Said, say

Json = dict[str, Any]
_TONNE_HOUR = 60_000
"""Kilogram-minutes in a tonne-hour."""

_LARGEST = 400
"""Loads up to which a page may plan again with one more."""


def held_up(problem: Problem, plan: Plan, solve: Solve) -> Json:
    """The bottleneck of a movement and what one more would buy: plain data with sentences.

    Args:
        problem: The movement.
        plan: Its plan.
        solve: Finds a plan at once.
    """
    if not plan.flights:
        return {"bottleneck": None, "one_more": [], "says": []}
    ramp = bottleneck(problem, plan)
    is_small = len(problem.loads) <= _LARGEST
    more = one_more(problem, plan, ramp, solve) if is_small else ()
    return {
        "bottleneck": _ramp(problem, ramp) if ramp else None,
        "one_more": [asdict(one) for one in more],
        "says": [*_of_ramp(problem, ramp), *(s for one in more for s in _of_more(one))],
    }


def _ramp(problem: Problem, ramp: Bottleneck) -> Json:
    return {
        **asdict(ramp),
        "start": instant(problem, ramp.start),
        "end": instant(problem, ramp.end),
    }


def _of_ramp(problem: Problem, ramp: Bottleneck | None) -> Iterator[Said]:
    if ramp is None:
        yield say("No ramp is full for an hour: it is not the ramps that hold it up.")
        return
    ends = {
        "at": instant(problem, ramp.start),
        "end_at": instant(problem, ramp.end),
    }
    if ramp.price is None:
        yield say(
            "The ramp of {airfield_place}, {at} to {end_at}: all its {n} working stands are"
            " taken. The bound puts no price on it.",
            airfield_place=ramp.airfield,
            n=ramp.stands,
            **ends,
        )
        return
    yield say(
        "The ramp of {airfield_place}, {at} to {end_at}: by the prices of the bound, one more"
        " working stand in these hours is worth {n} weighted tonne-hours of lateness. At the"
        " margin, and an estimate.",
        airfield_place=ramp.airfield,
        n=ramp.price // _TONNE_HOUR,
        **ends,
    )


def _of_more(one: OneMore) -> Iterator[Said]:
    if one.by_prices is not None:
        yield _priced(one, one.by_prices // _TONNE_HOUR)
    lateness = (one.lateness[0] - one.lateness[1]) // _TONNE_HOUR
    minutes = one.closure[0] - one.closure[1]
    yield _again(one, lateness, minutes)


def _again(one: OneMore, lateness: int, minutes: int) -> Said:
    is_better = lateness > 0 or (lateness == 0 and minutes > 0)
    if one.kind == "aircraft" and is_better:
        return say(
            "Planned again at once with one more {type_words} at {airfield_place}: {n} weighted"
            " tonne-hours less lateness, and closure {minutes_n} minutes earlier.",
            type_words=one.name,
            airfield_place=one.place,
            n=lateness,
            minutes_n=minutes,
        )
    if is_better:
        return say(
            "Planned again at once with one more working stand at {airfield_place}: {n}"
            " weighted tonne-hours less lateness, and closure {minutes_n} minutes earlier.",
            airfield_place=one.place,
            n=lateness,
            minutes_n=minutes,
        )
    if one.kind == "aircraft":
        return say(
            "Planned again at once with one more {type_words} at {airfield_place}, nothing is"
            " gained.",
            type_words=one.name,
            airfield_place=one.place,
        )
    return say(
        "Planned again at once with one more working stand at {airfield_place}, nothing is"
        " gained.",
        airfield_place=one.place,
    )


def _priced(one: OneMore, saved: int) -> Said:
    if one.kind == "aircraft":
        return say(
            "One more {type_words} at {airfield_place}: by the prices of the bound up to {n}"
            " weighted tonne-hours less lateness. At the margin, and an estimate.",
            type_words=one.name,
            airfield_place=one.place,
            n=saved,
        )
    return say(
        "One more working stand at {airfield_place}, at all hours: by the prices of the bound"
        " up to {n} weighted tonne-hours less lateness. At the margin, and an estimate.",
        airfield_place=one.place,
        n=saved,
    )
