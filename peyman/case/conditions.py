"""The grounds of the charters: who says so, who denies it, whose word decides.

No condition is ever found true here. Acts assert or deny it; claims of the picture speak
for or against it; and the charter says whose word is decisive and whether it was spoken.
"""

from collections.abc import Mapping, Sequence

from peyman.case.model import Entry
from peyman.case.reading import CharterReading, Reading
from peyman.charter.standing import Condition, conditions


def conditions_of(reading: Reading) -> list[dict[str, object]]:
    """Every ground of every charter, with what was said for it and against it."""
    claims = [
        entry
        for entry in reading.entries
        if entry.kind == "claim" and entry.at.lo <= reading.at
    ]
    return [
        _condition(name, charter, condition, claims, grades_of(reading.entries))
        for name, charter in reading.charters.items()
        for condition in conditions(reading.case.charters[name], charter.state)
    ]


def grades_of(entries: Sequence[Entry]) -> dict[str, Mapping[str, object]]:
    """Commitment of each claim to its latest grade."""
    return {str(e.body["claim"]): e.body for e in entries if e.kind == "grade"}


def _condition(
    name: str,
    charter: CharterReading,
    condition: Condition,
    claims: Sequence[Entry],
    grades: Mapping[str, Mapping[str, object]],
) -> dict[str, object]:
    ground = f"{name}/{condition.name}"
    said = [
        {
            "entry": word.entry,
            "by": word.by,
            "said": word.said,
            "decides": word.decides,
        }
        for matter in charter.state.matters.values()
        for word in matter.words
        if word.ground == condition.name
    ]
    return {
        "id": ground,
        "charter": name,
        "article": [condition.article],
        "checked": charter.state.text.articles[condition.article].checked,
        "state": condition.state,
        "decided_by": condition.decided_by,
        "for": [one for one in said if one["said"] == "asserted"]
        + _claims(ground, "for", claims, grades),
        "against": [one for one in said if one["said"] == "denied"]
        + _claims(ground, "against", claims, grades),
    }


def _claims(
    ground: str,
    side: str,
    claims: Sequence[Entry],
    grades: Mapping[str, Mapping[str, object]],
) -> list[dict[str, object]]:
    found = []
    for claim in claims:
        grounds = claim.body.get("grounds")
        if isinstance(grounds, Mapping) and grounds.get(ground) == side:
            speakers = claim.body["speakers"]
            grade = grades.get(claim.commitment, {})
            found.append(
                {
                    "entry": claim.name,
                    "by": speakers[-1] if isinstance(speakers, list) else "",
                    "said": "claimed",
                    "decides": False,
                    "says": claim.body["says"],
                    "grade": f"{grade.get('reliability', '')}{grade.get('credibility', '')}",
                    "status": grade.get("status", "held"),
                }
            )
    return found
