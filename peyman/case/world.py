"""What is claimed of the world and what is told of the force, as of a reading.

Contradictory statuses and figures stand side by side, each with who says so and its grade:
a deleted claim is not a withdrawn one, and neither is averaged away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from peyman.case.conditions import grades_of
from peyman.case.model import Entry
from peyman.case.reading import Reading
from peyman.charter.moment import show_moment
from peyman.force.movement import serials, totals
from peyman.force.pledges import conflicts, pledges
from peyman.force.strength import strength
from peyman.force.told import Told

Json = dict[str, object]


def world(reading: Reading) -> Json:
    """Facilities and figures, with their claims."""
    seen = _seen(reading)
    grades = grades_of(seen)
    return {"facilities": _facilities(seen, grades), "figures": _figures(seen, grades)}


def force(reading: Reading) -> Json:
    """Pledges, strength and movements, conflicts shown."""
    seen = _seen(reading)
    rows = pledges(_told(seen, "pledge"))
    moved = serials(_told(seen, "serial"))
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
            for row in strength(_told(seen, "strength"))
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


def _seen(reading: Reading) -> tuple[Entry, ...]:
    """What was known and had happened, corrected entries left out."""
    gone = {str(e.body["entry"]) for e in reading.entries if e.kind == "correct"}
    return tuple(
        entry
        for entry in reading.entries
        if entry.at.lo <= reading.at and entry.commitment not in gone
    )


def _told(entries: Sequence[Entry], kind: str) -> tuple[Told, ...]:
    return tuple(Told(e.name, e.at, e.body) for e in entries if e.kind == kind)


def _facilities(
    entries: Sequence[Entry], grades: Mapping[str, Mapping[str, object]]
) -> list[Json]:
    names = {entry.commitment: entry for entry in entries}
    found: dict[str, list[Json]] = {}
    for entry in sorted(
        (e for e in entries if e.kind == "status"), key=lambda one: one.at.lo
    ):
        claims = entry.body["claims"]
        known = (
            [names[c] for c in claims if c in names] if isinstance(claims, list) else []
        )
        row: Json = {
            "entry": entry.name,
            "status": entry.body["status"],
            "at": show_moment(entry.at),
            "claims": [_claim(claim, grades) for claim in known],
        }
        found.setdefault(str(entry.body["place"]), []).append(row)
    return [{"place": place, "statuses": rows} for place, rows in found.items()]


def _figures(
    entries: Sequence[Entry], grades: Mapping[str, Mapping[str, object]]
) -> list[Json]:
    """Each counted thing as a series, in the order of the record."""
    names = {entry.commitment: entry.name for entry in entries}
    found: dict[str, list[Json]] = {}
    for entry in entries:
        figures = entry.body.get("figures") if entry.kind == "claim" else None
        for figure in figures if isinstance(figures, list) else ():
            row = {**figure, **_claim(entry, grades), "at": show_moment(entry.at)}
            if "revises" in entry.body:
                row["revises"] = names.get(str(entry.body["revises"]), "not here")
            found.setdefault(str(figure["item"]), []).append(row)
    return [{"item": item, "series": rows} for item, rows in found.items()]


def _claim(entry: Entry, grades: Mapping[str, Mapping[str, object]]) -> Json:
    grade = grades.get(entry.commitment, {})
    speakers = entry.body["speakers"]
    return {
        "entry": entry.name,
        "by": speakers[-1] if isinstance(speakers, list) and speakers else "",
        "says": entry.body["says"],
        "grade": f"{grade.get('reliability', '')}{grade.get('credibility', '')}",
        "status": grade.get("status", "held"),
    }
