"""What was said of the strength of a force, each word with its time and its kind.

A strength is on the ground, a pledge is a promise, a figure is what somebody claims. They
stand side by side; none is averaged, and nothing is said of the days between.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.case.model import Entry
from peyman.charter.moment import Moment
from peyman.force.reports.told import amount_of
from peyman.picture.places import places
from peyman.web.draw.times.moments import moment_of

_CONTINGENT = re.compile(r"(?:contingent|strength) of (?:the )?(.+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One word on how many people a member has there, or sends.

    Attributes:
        member: ISO 3166 alpha-2, or `all`.
        low: The least; None where no number is told.
        high: The most; None where it is open.
        kind: `strength`, `pledge` or `figure`.
        by: Who says so; empty where the entry itself does.
        claim: How far a claim is held.
    """

    member: str
    at: Moment
    low: int | None
    high: int | None
    kind: str
    entry: str
    by: str = ""
    claim: str = "held"


def statements_of(
    entries: Sequence[Entry], figures: Sequence[Mapping[str, Any]]
) -> tuple[Statement, ...]:
    """Strengths and pledges of these entries, and figures of a standing about them.

    Args:
        entries: Entries as a reading knows them.
        figures: `world.figures` of its standing. Items such as `contingent of Armenia` or
            `strength of the force`, in people, are taken.
    """
    told = [
        Statement(
            member=str(entry.body["member"]),
            at=entry.at,
            low=amount.low if amount.low is not None else None,
            high=amount.high,
            kind=entry.kind,
            entry=entry.name,
        )
        for entry in entries
        if entry.kind in ("strength", "pledge")
        for amount in [amount_of(entry.body, "people")]
    ]
    claimed = [
        Statement(
            member=member,
            at=moment_of(point["at"]),
            low=point["low"],
            high=point["high"],
            kind="figure",
            entry=point["entry"],
            by=point["by"],
            claim=point["claim"],
        )
        for figure in figures
        if figure["unit"] == "people" and (member := _member(figure["item"]))
        for point in figure["series"]
    ]
    return tuple(sorted((*told, *claimed), key=lambda one: (one.at, one.entry)))


def _member(item: str) -> str | None:
    found = _CONTINGENT.fullmatch(item)
    if found is None:
        return None
    if found[1] == "force":
        return "all"
    return next(
        (
            place.member
            for place in places().values()
            if place.kind == "country" and place.names["en"][0] == found[1]
        ),
        None,
    )
