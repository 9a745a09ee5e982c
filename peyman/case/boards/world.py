"""What is claimed of the world and what is told of the force, as of a reading.

Contradictory statuses and figures stand side by side, each with who says so and its grade:
a deleted claim is not a withdrawn one, and neither is averaged away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from peyman.case.boards.claims import claims_of, grades_of, seen
from peyman.case.model import Entry
from peyman.case.reading import Reading
from peyman.charter.moment import show_moment
from peyman.force.reports.movement import serials, totals
from peyman.force.reports.pledges import conflicts, pledges
from peyman.force.reports.strength import strength
from peyman.force.reports.told import Told
from peyman.picture.claims import Claim, Grade, grade_of, series
from peyman.picture.facilities import facility_at, facility_history

Json = dict[str, Any]


def world(reading: Reading) -> Json:
    """Facilities and figures, with their claims and the analysts' own statuses."""
    entries = seen(reading)
    names = {entry.commitment: entry.name for entry in entries}
    claims, grades = claims_of(entries), grades_of(entries)
    history = facility_history(claims, grades)
    read = _statuses(entries, names)
    return {
        "facilities": [
            {
                "place": place,
                "contested": facility_at(place, history).is_contested,
                "told": [
                    {"status": told.status, **_said(told.claim, grades, names)}
                    for told in history.get(place, ())
                ],
                "statuses": read.get(place, []),
            }
            for place in sorted(history.keys() | read.keys())
        ],
        "figures": [
            row
            for item in sorted({f.item for claim in claims for f in claim.figures})
            for row in _series(claims, item, grades, names)
        ],
    }


def _statuses(
    entries: Sequence[Entry], names: Mapping[str, str]
) -> dict[str, list[Json]]:
    """What the analysts read from claims, by place and time."""
    found: dict[str, list[Json]] = {}
    told = (entry for entry in entries if entry.kind == "status")
    for entry in sorted(told, key=lambda one: one.at.lo):
        claims = entry.body["claims"]
        known = claims if isinstance(claims, list) else []
        row: Json = {
            "entry": entry.name,
            "status": entry.body["status"],
            "at": show_moment(entry.at),
            "claims": [names.get(str(claim), "not here") for claim in known],
        }
        found.setdefault(str(entry.body["place"]), []).append(row)
    return found


def _series(
    claims: Sequence[Claim],
    item: str,
    grades: Sequence[Grade],
    names: Mapping[str, str],
) -> list[Json]:
    """One row for each unit in which a thing was counted: flights are not aircraft."""
    return [
        {
            "item": item,
            "unit": unit,
            "series": [
                {
                    "low": point.figure.low,
                    "high": point.figure.high,
                    "scope": point.figure.scope,
                    "revised_by": [names[claim] for claim in point.revised_by],
                    **_said(point.claim, grades, names),
                }
                for point in points
            ],
        }
        for unit, points in series(claims, item).items()
    ]


def _said(claim: Claim, grades: Sequence[Grade], names: Mapping[str, str]) -> Json:
    grade = grade_of(claim.id, grades)
    return {
        "entry": names[claim.id],
        "by": claim.speakers[-1] if claim.speakers else "",
        "at": claim.at,
        "says": claim.says,
        "grade": f"{grade.reliability or ''}{grade.credibility or ''}",
        "claim": grade.status or "held",
    }


def force(reading: Reading) -> Json:
    """Pledges, strength and movements, conflicts shown."""
    entries = seen(reading)
    rows = pledges(_told(entries, "pledge"))
    moved = serials(_told(entries, "serial"))
    return {
        "pledges": [
            {
                **asdict(row),
                "people": str(row.people),
                "vehicles": str(row.vehicles),
                "caveats": list(row.caveats),
            }
            for row in rows
        ],
        "conflicts": {name: list(said) for name, said in conflicts(rows).items()},
        "strength": [
            {**asdict(row), "people": str(row.people), "vehicles": str(row.vehicles)}
            for row in strength(_told(entries, "strength"))
        ],
        "serials": [
            {
                **asdict(row),
                "at": show_moment(row.at),
                "people": str(row.people),
                "vehicles": str(row.vehicles),
                "types": dict(row.types),
            }
            for row in moved
        ],
        "totals": [asdict(total) for total in totals(moved)],
    }


def _told(entries: Sequence[Entry], kind: str) -> tuple[Told, ...]:
    return tuple(Told(e.name, e.at, e.body) for e in entries if e.kind == kind)
