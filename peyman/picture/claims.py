"""Readings of claims: how each is graded, what revises it, how a figure changed.

Claims and grades come as plain values, in the order of the record. A claim is never
removed: a withdrawn one was taken back by who said it; a deleted one only vanished
from where it stood. The two are different facts and are never merged. Figures of
different units are never in one series: flights are not aircraft.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

STATUSES = ("held", "disputed", "corroborated", "withdrawn", "deleted")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a claim gives: one value, or from `low` to `high`.

    Attributes:
        item: What is counted: `killed`, `airlift_in`.
        unit: In what: `people`, `flights`, `aircraft`.
        low: The least.
        high: The most; equal to `low` for one value; None where open ("more than").
        scope: Of what part: a place, or a group; empty for the whole.
    """

    item: str
    unit: str
    low: int
    high: int | None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as a case keeps it.

    Attributes:
        id: Its entry's commitment, or a proposal's id.
        says: What it says, in the analyst's words or its own.
        speakers: Who says so, outermost first.
        at: When it was said, or what time it speaks of: an at-string.
        place: The facility or place that it speaks of, if one.
        status: The status that it gives that place, if one.
        figures: Its numbers.
        revises: The claim that it corrects, if any.
    """

    id: str
    says: str
    speakers: tuple[str, ...]
    at: str
    place: str | None = None
    status: str | None = None
    figures: tuple[Figure, ...] = ()
    revises: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One grading of a claim; what it leaves None it does not change.

    Attributes:
        claim: The claim's id.
        status: One of `STATUSES`, or None.
        reliability: Of the source, A to F (the Admiralty scale), or None.
        credibility: Of the information, 1 to 6, or None.
        reason: Why.
    """

    claim: str
    status: str | None = None
    reliability: str | None = None
    credibility: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """How a claim stands after all its grades, and how it came to that.

    Attributes:
        status: The latest status; None if never given.
        reliability: The latest, A to F.
        credibility: The latest, 1 to 6.
        was_withdrawn: Whether its speaker ever took it back.
        was_deleted: Whether it vanished from where it stood.
        history: Its grades, in order.
    """

    status: str | None
    reliability: str | None
    credibility: int | None
    was_withdrawn: bool
    was_deleted: bool
    history: tuple[Grade, ...]


def grade_of(claim: str, grades: Iterable[Grade]) -> Graded:
    """How a claim stands after its grades, in the order of the record.

    >>> grade_of("c", [Grade("c", "held"), Grade("c", "deleted")]).was_withdrawn
    False
    """
    own = tuple(grade for grade in grades if grade.claim == claim)
    status = reliability = None
    credibility = None
    for grade in own:
        status = grade.status or status
        reliability = grade.reliability or reliability
        credibility = grade.credibility or credibility
    given = {grade.status for grade in own}
    return Graded(
        status, reliability, credibility, "withdrawn" in given, "deleted" in given, own
    )


@dataclass(frozen=True, slots=True)
class Point:
    """One figure in a series, with the claim that gives it.

    Attributes:
        claim: The claim.
        figure: Its number.
        revised_by: Ids of the claims that correct it, in order.
    """

    claim: Claim
    figure: Figure
    revised_by: tuple[str, ...]


def series(claims: Sequence[Claim], item: str) -> Mapping[str, tuple[Point, ...]]:
    """All figures for an item, in the order of the record, one series for each unit.

    Nothing is left out: a figure that was corrected stays, and says by which claim.
    """
    found: dict[str, list[Point]] = {}
    for claim in claims:
        for figure in claim.figures:
            if figure.item == item:
                point = Point(claim, figure, revisions(claims, claim.id))
                found.setdefault(figure.unit, []).append(point)
    return {unit: tuple(points) for unit, points in sorted(found.items())}


def revisions(claims: Sequence[Claim], claim: str) -> tuple[str, ...]:
    """The claims that correct a claim, and those that correct them, in order."""
    found: list[str] = []
    wanted = {claim}
    for one in claims:
        if one.revises in wanted and one.id not in wanted:
            wanted.add(one.id)
            found.append(one.id)
    return tuple(found)


def latest(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points of a series that nothing corrects: often more than one."""
    return tuple(point for point in points if not point.revised_by)
