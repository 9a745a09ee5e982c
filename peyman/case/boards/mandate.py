"""The mandates of a case: from when, until when, for what, and what they leave open."""

from typing import Any

from peyman.case.reading import CharterReading, Reading
from peyman.charter.doing import CONTESTED, Fact
from peyman.charter.moment import show, show_moment
from peyman.charter.standing import Mandate, mandates
from peyman.saying import say


def mandates_of(reading: Reading) -> list[dict[str, Any]]:
    """Every mandate under every charter, as the contract shows it."""
    return [
        _mandate(reading, name, charter, mandate)
        for name, charter in reading.charters.items()
        for mandate in mandates(charter.state)
    ]


def _mandate(
    reading: Reading, name: str, charter: CharterReading, mandate: Mandate
) -> dict[str, Any]:
    effect = mandate.effect
    facts = effect.facts
    return {
        "id": effect.doing.id,
        "charter": name,
        "matter": effect.doing.matter or effect.doing.id,
        "from": show_moment(effect.since),
        "until": show(effect.ends.latest) if effect.ends else None,
        "ended": show_moment(effect.ended) if effect.ended else None,
        "ends_by": effect.ended_by or _ends_by(effect.act.lasts, bool(effect.ends)),
        "known_as": effect.doing.known_as,
        "announced_by": effect.doing.announced_by,
        "basis": list(effect.doing.basis or ()),
        "tasks": _listed(facts.get("tasks")),
        "facts": {fact: _plain(value) for fact, value in facts.items()},
        "words": dict(effect.words),
        "unspecified": list(mandate.unspecified),
        "not_shown": list(mandate.not_shown),
        "amended_by": list(effect.amended_by),
        "binds": effect.act.binds,
        "contested": sorted(
            code
            for verdict in charter.state.verdicts
            if verdict.doing.id == effect.doing.id
            for code in verdict.codes & CONTESTED
        ),
    }


def _ends_by(lasts: object, has_day: bool) -> str:
    if has_day:
        return say("its term")
    if lasts is None:
        return say("a decision")
    return say("a decision: no day is known")


def _listed(value: Fact | None) -> list[str]:
    if value is None or value in ("unspecified", "not shown"):
        return []
    return list(value) if isinstance(value, tuple) else [str(value)]


def _plain(value: Fact) -> object:
    return list(value) if isinstance(value, tuple) else value
