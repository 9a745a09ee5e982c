"""What an entry would do: told before it is confirmed, and again with its receipt.

A decision on which ballots are cast is tried as if it were taken now, so that who votes
sees what the ballots cast so far come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from peyman.case.changes import Change, changes_between
from peyman.case.draft import Draft
from peyman.case.enter import Entered
from peyman.case.model import Entry
from peyman.case.reading import Reading, read_case
from peyman.charter.doing import Finding, Verdict
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.web import record
from peyman.web.models import CaseRecord
from peyman.web.readings import case_of


class Told(NamedTuple):
    """What a charter finds on one act."""

    charter: str
    act: str
    has_effect: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Foretold:
    """What an entry would do.

    Attributes:
        ballots: Member to ballot, on the act that a ballot is cast on.
        decision: What the charter would find on that act, were it decided now.
    """

    told: tuple[Told, ...]
    changes: tuple[Change, ...]
    ballots: tuple[tuple[str, str], ...] = ()
    decision: Told | None = None


_OF_ITS_WORDS = frozenset(
    {"form", "unspecified", "basis", "ground", "ground not named", "mode", "unchecked"}
)
"""Remarks on what a decision says, not on who voted how."""


class _OnlyTried(Exception):
    """Ends a transaction of which nothing is kept."""


def foretell(kept: CaseRecord, draft: Draft, office: str) -> Foretold:
    """Try an entry, and say what it would do; nothing is kept.

    Raises:
        PeymanError: If it would be refused.
    """
    entered = record.try_entering(kept.slug, draft, office)
    after = entered.reading()
    before = read_case(case_of(kept), after.at)
    told = tuple(told_of(name, one) for name, one in entered.verdicts())
    changes = changes_between(before, after)
    if draft.kind != "ballot":
        return Foretold(told, changes)
    return Foretold(
        told, changes, ballots_of(entered), _decided(kept.slug, draft, office, after)
    )


def told_of(charter: str, verdict: Verdict) -> Told:
    """What a charter found, as a page says it."""
    act = f"{charter}.{verdict.doing.act}"
    return Told(charter, act, verdict.has_effect, verdict.findings)


def _of_the_vote(charter: str, verdict: Verdict) -> Told:
    """What is found on a decision as a vote; what it will say is not known yet."""
    told = told_of(charter, verdict)
    kept = (one for one in told.findings if one.code not in _OF_ITS_WORDS)
    return told._replace(findings=tuple(kept))


def ballots_of(entered: Entered) -> tuple[tuple[str, str], ...]:
    """The ballots on the act of a ballot; of several of a member the last."""
    body = entered.entry.body
    return tuple(
        (str(one.body["member"]), str(one.body["vote"]))
        for one in _last_of_each(entered.case.entries, body)
    )


def _last_of_each(
    entries: tuple[Entry, ...], body: Mapping[str, object]
) -> tuple[Entry, ...]:
    found = {
        str(one.body["member"]): one
        for one in entries
        if one.kind == "ballot"
        and (one.body["matter"], one.body["act"]) == (body["matter"], body["act"])
    }
    return tuple(found[member] for member in sorted(found))


def _decided(slug: str, ballot: Draft, office: str, after: Reading) -> Told | None:
    """What would be found on the act of a ballot, were it decided on the ballots so far."""
    opened = str(ballot.body["matter"]).partition("/")[0]
    entry = after.case.by_commitment()[opened]
    acts: Any = entry.body["acts"]
    charter = after.case.charters[acts[0]["under"]]
    text = after.charters[charter.id].state.text
    act = text.act(str(ballot.body["act"]))
    rule = text.rules.get(act.decide or "") if act else None
    if act is None or rule is None:
        return None
    said = {
        "under": charter.id,
        "act": act.name,
        "matter": ballot.body["matter"],
        "by": f"{charter.id}/{rule.organ}",
    }
    at = show(after.at)
    draft = Draft("act", "documented", at, None, (opened,), {"acts": [said]})
    found: list[Told] = []
    try:
        with record.desk(slug, office) as held:
            held.enter(ballot)
            decided = held.enter(draft)
            found = [_of_the_vote(name, one) for name, one in decided.verdicts()]
            raise _OnlyTried
    except (_OnlyTried, PeymanError):
        return found[0] if found else None
