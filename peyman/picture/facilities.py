"""What claims say of a place over time: seized, freed, guarded, closed.

Claims that contradict each other stand side by side. Nothing here decides between them:
the analyst does, with a `status` entry that cites the claims it rests on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from peyman.picture.claims import Claim, Grade, Graded, grade_of

_COMPATIBLE = (
    frozenset({"freed", "open"}),
    frozenset({"freed", "guarded"}),
    frozenset({"freed", "closed"}),
    frozenset({"guarded", "closed"}),
    frozenset({"guarded", "open"}),
    frozenset({"seized", "occupied"}),
    frozenset({"seized", "closed"}),
    frozenset({"occupied", "closed"}),
)
"""Statuses that one place may have at once."""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim about a place: which status, who says so, and how it is graded."""

    claim: Claim
    status: str
    grade: Graded


@dataclass(frozen=True, slots=True)
class Picture:
    """What is claimed of a place at a moment.

    Attributes:
        place: Its id.
        told: The latest claim of each speaker, in the order of their times.
        is_contested: Whether two of them cannot both hold.
    """

    place: str
    told: tuple[Told, ...]
    is_contested: bool


def facility_history(
    claims: Sequence[Claim], grades: Iterable[Grade] = ()
) -> Mapping[str, tuple[Told, ...]]:
    """Every claim about the status of each place, by the time that it gives.

    Claims of unknown time come last, in the order of the record.
    """
    known = tuple(grades)
    found: dict[str, list[Told]] = {}
    for claim in claims:
        if claim.place and claim.status:
            told = Told(claim, claim.status, grade_of(claim.id, known))
            found.setdefault(claim.place, []).append(told)
    return {
        place: tuple(sorted(told, key=lambda one: _begins(one.claim.at)))
        for place, told in sorted(found.items())
    }


def facility_at(
    place: str, history: Mapping[str, tuple[Told, ...]], at: str | None = None
) -> Picture:
    """What is claimed of a place at a moment: each speaker's latest word.

    A withdrawn claim is no longer its speaker's word; a deleted one still is.

    Args:
        place: The place's id.
        history: As `facility_history` gives it.
        at: A date or instant; None for the end. Claims that begin later are left out.
    """
    limit = _begins(at) if at else None
    by_speaker: dict[str, Told] = {}
    for told in history.get(place, ()):
        if limit and _begins(told.claim.at) > limit:
            continue
        if told.grade.status == "withdrawn":
            continue
        speaker = told.claim.speakers[-1] if told.claim.speakers else ""
        by_speaker[speaker] = told
    latest = tuple(by_speaker.values())
    ordered = tuple(sorted(latest, key=lambda one: _begins(one.claim.at)))
    return Picture(place, ordered, _is_contested([one.status for one in ordered]))


def _is_contested(statuses: Sequence[str]) -> bool:
    return any(
        one != other and frozenset({one, other}) not in _COMPATIBLE
        for one in statuses
        for other in statuses
    )


def _begins(at: str) -> datetime:
    """When an at-string begins; a date in UTC, which orders well enough for a list."""
    begins = at.split("/")[0]
    try:
        if "T" in begins:
            moment = datetime.fromisoformat(begins)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        day = date.fromisoformat(begins)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
