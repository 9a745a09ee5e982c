"""What an entry would do: told before it is confirmed, and again with its receipt.

Who votes sees the ballots cast so far with its own, and what they would come to.
"""

from dataclasses import dataclass
from typing import NamedTuple

from peyman.case.boards.changes import Change, changes_between
from peyman.case.boards.votes import OpenVote, open_votes
from peyman.case.reading import Reading, read_case
from peyman.charter.doing import Finding, Verdict
from peyman.web.forms.parts.once import Meant
from peyman.web.models import CaseRecord
from peyman.web.records import record
from peyman.web.records.readings import case_of


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
        vote: The vote on which a ballot is cast, with this ballot.
    """

    told: tuple[Told, ...]
    changes: tuple[Change, ...]
    vote: OpenVote | None = None


def foretell(kept: CaseRecord, meant: Meant, office: str) -> Foretold:
    """Try what is meant, and say what it would do; nothing is kept.

    Raises:
        PeymanError: If it would be refused.
    """
    with record.trial(kept.slug, office) as desk:
        first, last = meant.enter(desk)
    after, name = last.reading(), first.entry.name
    before = read_case(case_of(kept), after.at)
    cast = (vote for vote in open_votes(after) if name in vote.doing.cast.values())
    return Foretold(
        told_on(after, name), changes_between(before, after), next(cast, None)
    )


def told_on(reading: Reading, name: str) -> tuple[Told, ...]:
    """What the charters find on the acts of an entry."""
    return tuple(
        told_of(charter_id, verdict)
        for charter_id, charter in reading.charters.items()
        for verdict in charter.state.verdicts
        if verdict.doing.entry == name
    )


def told_of(charter: str, verdict: Verdict) -> Told:
    """What a charter found, as a page says it."""
    act = f"{charter}.{verdict.doing.act}"
    return Told(charter, act, verdict.has_effect, verdict.findings)
