"""Why a line stays open: the fewest reasons that, if they all fell away, would close it.

Each offer that is held back could give a known quantity, so the fewest that add up to what is
missing are the largest ones. Where all of them together are not enough, the line would stay
open whatever became of them, and that is its first reason.
"""

from collections.abc import Mapping, Sequence

from peyman.force.generation.fitting import Fit, Reason
from peyman.force.generation.lines import Line
from peyman.saying import say


def why_open(
    line: Line,
    missing: int,
    beside: Sequence[Fit],
    taken: Mapping[str, tuple[Line, ...]],
) -> tuple[Reason, ...]:
    """The reasons for a line that lacks `missing` of its unit.

    Args:
        line: The line.
        missing: How much of it is not covered.
        beside: Every offer beside every line.
        taken: Offer to the lines that it covers.
    """
    own = [one for one in beside if one.line == line]
    held = [(one.quantity, one.against) for one in own if one.against and one.quantity]
    held += [
        (one.quantity, (_taken(one, taken),)) for one in own if _is_away(one, taken)
    ]
    needed: list[Reason] = []
    left = missing
    for quantity, reasons in sorted(held, key=lambda pair: (-pair[0], len(pair[1]))):
        if left <= 0:
            break
        needed += reasons
        left -= quantity
    if left <= 0:
        return tuple(needed)
    return (_nobody(line, left), *needed, *_not_told(own))


def _is_away(fit: Fit, taken: Mapping[str, tuple[Line, ...]]) -> bool:
    """Whether an offer that could cover this line covers others."""
    lines = taken.get(fit.offer.name, ())
    return not fit.against and any(line != fit.line for line in lines)


def _taken(fit: Fit, taken: Mapping[str, tuple[Line, ...]]) -> Reason:
    other = next(one for one in taken[fit.offer.name] if one != fit.line)
    told = say(
        "{actor} covers another line: {line_words}.",
        actor=fit.offer.member,
        line_words=other.line,
    )
    return Reason("taken", told, fit.offer.entry, fit.quantity)


def _nobody(line: Line, left: int) -> Reason:
    told = say(
        "Nobody pledges it: {n} of {whole_n} ({unit_words}).",
        n=left,
        whole_n=line.quantity,
        unit_words=line.unit,
    )
    return Reason("gap", told, line.entry, left)


def _not_told(own: Sequence[Fit]) -> list[Reason]:
    """Pledges that might give some of it, but do not tell how much."""
    return [
        reason
        for one in own
        for reason in one.against
        if reason.code == "unknown" and one.offer.people.low is None
    ]
