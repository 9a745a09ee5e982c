"""The standing of a case as plain data: the JSON of `peyman show`.

Keys and rows are those of the contract (docs/show.schema.json); more keys may come, and a
reader ignores those it does not know. Times are UTC, ISO 8601; one row an actor.
"""

from collections.abc import Mapping
from typing import Any

from peyman.case.boards.conditions import conditions_of
from peyman.case.boards.mandate import mandates_of
from peyman.case.boards.offices import claimed_offices, contested_of, offices_of
from peyman.case.boards.world import force, world
from peyman.case.doings import left_out
from peyman.case.reading import LISTS, CharterReading, Contest, Reading, fell_away
from peyman.charter.doing import Verdict
from peyman.charter.moment import Due, read_instant, show, show_moment
from peyman.charter.standing import MatterStanding, Row, may_open
from peyman.saying import say, series

Json = dict[str, Any]

_FIRST = read_instant("1900-01-01T00:00Z")
"""What would fall due before that has a cause of which no first day is known."""

_NOT_HERE = say("not known: entries are not here")
_NO_OPENING = say("not known: the entry that opened its matter is not here")


def standing(reading: Reading) -> Json:
    """Everything that holds in a case, as plain data."""
    case = reading.case
    return {
        "case": case.origin,
        "title": dict(case.title),
        "at": show(reading.at),
        "known_at": show(reading.known_at),
        "kept": case.kept,
        "partial": case.is_partial,
        "withheld": [f"e{index}" for index in case.withheld],
        "erased": [f"e{index}" for index in case.erased],
        "entries": len(reading.entries),
        "matters": [
            _matter(reading, name, charter, one)
            for name, charter in reading.charters.items()
            for one in charter.standings
        ],
        "conditions": conditions_of(reading),
        "mandates": mandates_of(reading),
        "may_open": [
            {
                "act": row.act,
                "by": row.by,
                "article": list(row.articles),
                **_note(_doubt(reading, "may_open")),
            }
            for name, charter in reading.charters.items()
            for row in may_open(case.charters[name], charter.state)
        ],
        "offices": offices_of(reading),
        "claimed_offices": [
            claim
            for name in reading.charters
            for claim in claimed_offices(reading, name)
        ],
        "without_effect": [
            finding
            for name, charter in reading.charters.items()
            for verdict in charter.state.verdicts
            if verdict.matter not in charter.state.matters
            for finding in _findings(reading, name, verdict)
        ],
        "not_known": [
            {"entry": act, "act": f"{name}.{what}", "text": _NO_OPENING}
            for name in reading.charters
            for act, what in left_out(
                case, name, (*case.registers.get(name, ()), *reading.entries)
            )
        ],
        "world": world(reading),
        "force": force(reading),
        "fell_away": [
            {**_row(row), "because_of": correct}
            for name in reading.charters
            for correct, row in fell_away(reading, name)
        ],
    }


def _matter(
    reading: Reading, name: str, charter: CharterReading, one: MatterStanding
) -> Json:
    matter = one.matter
    contests = [c for c in charter.contests if c.matter == matter.id]
    lists: Json = {
        listed: [
            _row(row, _only_if(contests, listed, row), _doubt(reading, listed))
            for row in getattr(one, listed)
        ]
        for listed in LISTS
    }
    return {
        "id": matter.id,
        "charter": name,
        "kind": matter.kind,
        "subject": matter.subject,
        "opened": {
            "entry": matter.opened_by.id,
            "act": f"{name}.{matter.opened_by.act}",
            "by": matter.opened_by.by,
            "at": show_moment(matter.opened_by.at),
            "states": {
                fact: list(value) if isinstance(value, tuple) else value
                for fact, value in matter.opened_by.states.items()
            },
        },
        **lists,
        "contested": contested_of(reading, name, matter.id),
        "otherwise": [
            {**_row(c.row), "list": c.listed, "if_not": [c.entry]}
            for c in contests
            if not c.counts
        ],
        "findings": [
            finding
            for verdict in charter.state.verdicts
            if verdict.matter == matter.id
            for finding in _findings(reading, name, verdict)
        ],
    }


def _only_if(contests: list[Contest], listed: str, row: Row) -> tuple[str, ...]:
    return tuple(
        c.entry for c in contests if c.counts and c.listed == listed and c.row == row
    )


def _doubt(reading: Reading, listed: str) -> str | None:
    """Why a row is not sure, where the record cannot know."""
    if reading.case.is_partial:
        return _NOT_HERE
    if listed in ("late", "may_be_late") and reading.case.is_reconstructed:
        return say("no entry shows it")
    return None


def _row(row: Row, only_if: tuple[str, ...] = (), doubt: str | None = None) -> Json:
    made: Json = {
        "act": row.act,
        "by": row.by,
        "article": list(row.articles),
        "to": list(row.to),
        "because": row.because,
        "since": show_moment(row.since) if row.since else None,
        "due": _due(row.due),
        "note": series(doubt, row.note),
    }
    if row.because is None:
        made = {key: made[key] for key in ("act", "by", "article", "to")}
        made |= _note(doubt)
    if only_if:
        made["only_if"] = list(only_if)
    return made


def _note(doubt: str | None) -> Json:
    return {"note": doubt} if doubt else {}


def _due(due: Due | None) -> Mapping[str, str] | None:
    if due is None:
        return None
    earliest = ".." if due.earliest < _FIRST else show(due.earliest)
    return {"earliest": earliest, "latest": show(due.latest)}


def _findings(reading: Reading, name: str, verdict: Verdict) -> list[Json]:
    doing = verdict.doing
    doubt = _NOT_HERE if reading.case.is_partial else None
    return [
        {
            "entry": doing.id,
            "act": f"{name}.{doing.act}",
            "finding": finding.code,
            "article": list(finding.articles),
            "checked": finding.checked,
            "text": finding.text,
            "effect": verdict.has_effect,
            **_note(doubt),
        }
        for finding in verdict.findings
    ]
