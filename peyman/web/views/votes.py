"""Votes under way, as pages tell them: on the standing, the decisions, before a ballot."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from peyman.case.boards.votes import OpenVote, open_votes
from peyman.case.reading import Reading
from peyman.charter.doing import Finding
from peyman.web.views.base import CasePage
from peyman.web.views.kept import kept

_OF_ITS_WORDS = frozenset(
    {
        *("form", "unspecified", "basis", "ground", "ground not named", "mode"),
        *("unchecked", "not carried"),
    }
)
"""Remarks on what a decision will say, and the one that the arithmetic says already."""


class Ballot(NamedTuple):
    """A ballot that was cast: by whom, how, by which entry.

    Attributes:
        counts: False for a stranger's.
        is_new: Whether it is about to be entered.
    """

    member: str
    vote: str
    entry: str
    counts: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """Ballots cast on an act in a matter, and not decided upon.

    Attributes:
        act: Its full name.
        organ: Who decides.
        rule_art: The article of the rule; empty where the charter names none.
        absent: Who has a vote and has not cast it.
        outcome: What the ballots come to now: `adopted`, `rejected` or `open`.
        sums: The arithmetic, in English.
        has_effect: Whether a decision would have effect now, the votes aside as well.
        findings: What the charter would find on a decision as a vote.
        earlier: Entries that decided the same before: their vote is closed.
    """

    matter: str
    charter: str
    act: str
    organ: str
    rule_art: str
    ballots: tuple[Ballot, ...]
    n_voters: int
    absent: tuple[str, ...]
    outcome: str
    sums: tuple[str, ...]
    has_effect: bool
    findings: tuple[Finding, ...]
    earlier: tuple[str, ...]

    @property
    def n_cast(self) -> int:
        """How many ballots count."""
        return self.n_voters - len(self.absent)


def votes_of(page: CasePage) -> list[Vote]:
    """Every vote under way at the moment of a page."""
    return kept(page, "votes", lambda: votes_in(page.reading))


def votes_in(reading: Reading) -> list[Vote]:
    """Every vote under way at the moment of a reading."""
    return [vote_of(one, reading.case.size) for one in open_votes(reading)]


def cited_by(votes: Iterable[Vote]) -> list[tuple[str, str]]:
    """Charter and article of every rule and finding on these votes."""
    found = []
    for vote in votes:
        found += [(vote.charter, a) for one in vote.findings for a in one.articles]
        found += [(vote.charter, vote.rule_art)] if vote.rule_art else []
    return found


def vote_of(one: OpenVote, size: int) -> Vote:
    """A vote as a page tells it; an entry from the place `size` on is not entered yet."""
    said = one.doing.ballots or {}
    findings = (f for f in one.verdict.findings if f.code not in _OF_ITS_WORDS)
    return Vote(
        matter=one.matter,
        charter=one.charter,
        act=f"{one.charter}.{one.act}",
        organ=f"{one.charter}/{one.rule.organ}",
        rule_art=one.rule.art or "",
        ballots=tuple(
            Ballot(
                member,
                said[member],
                entry,
                counts=member in one.roll,
                is_new=int(entry.removeprefix("e")) >= size,
            )
            for member in sorted(said)
            for entry in [one.doing.cast[member]]
        ),
        n_voters=len(one.roll),
        absent=one.absent,
        outcome=str(one.tally.outcome),
        sums=one.tally.sums,
        has_effect=one.verdict.has_effect,
        findings=tuple(findings),
        earlier=one.earlier,
    )
