"""The grounds of the charters: who says so, who denies it, whose word decides.

No condition is ever found true here. Acts assert or deny it; claims of the picture speak
for or against it; and the charter says whose word is decisive and whether it was spoken.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from peyman.case.boards.claims import grades_of, seen
from peyman.case.model import Entry
from peyman.case.reading import CharterReading, Reading
from peyman.charter.model import Charter
from peyman.charter.standing import Condition, conditions
from peyman.picture.claims import Grade, grade_of


def conditions_of(reading: Reading) -> list[dict[str, Any]]:
    """Every ground of every charter, with what was said for it and against it."""
    entries = seen(reading)
    claims = [entry for entry in entries if entry.kind == "claim"]
    grades = grades_of(entries)
    return [
        _condition(name, charter, condition, claims, grades)
        | _only_if(reading.case.charters[name], charter, condition)
        for name, charter in reading.charters.items()
        for condition in conditions(reading.case.charters[name], charter.state)
    ]


def _only_if(
    charter: Charter, read: CharterReading, condition: Condition
) -> dict[str, Any]:
    """The contested entries without which the condition would stand otherwise."""
    entries = [
        entry
        for entry, other in read.others.items()
        if condition not in conditions(charter, other)
    ]
    return {"only_if": entries} if entries else {}


def _condition(
    name: str,
    charter: CharterReading,
    condition: Condition,
    claims: Sequence[Entry],
    grades: Sequence[Grade],
) -> dict[str, Any]:
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
        "elements": list(charter.state.text.grounds[condition.name].elements),
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
    grades: Sequence[Grade],
) -> list[dict[str, Any]]:
    found = []
    for claim in claims:
        grounds = claim.body.get("grounds")
        if isinstance(grounds, Mapping) and grounds.get(ground) == side:
            speakers = claim.body["speakers"]
            grade = grade_of(claim.commitment, grades)
            found.append(
                {
                    "entry": claim.name,
                    "by": speakers[-1] if isinstance(speakers, list) else "",
                    "said": "claimed",
                    "decides": False,
                    "says": claim.body["says"],
                    "grade": f"{grade.reliability or ''}{grade.credibility or ''}",
                    "status": grade.status or "held",
                }
            )
    return found
