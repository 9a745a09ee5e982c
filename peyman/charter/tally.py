"""Count votes under a rule, and say the arithmetic in words.

`tally` turns ballots into one of four answers: adopted, rejected, open (no quorum, or
nobody there), not shown (no ballots are known). Who is on the roll on the day, and what a
decision does, belong to `peyman.charter.kernel`.

Shares are `Fraction`, never `float`: two thirds of six is four, on every machine.
Source: docs/charter-language.md, section 4.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from peyman.charter.model import Rule
from peyman.saying import Said, say

_SHARE = re.compile(r"(at least|more than) (\d+)(?:/(\d+))?")

BALLOTS = ("yes", "no", "abstain", "present")


class Outcome(StrEnum):
    """What became of a vote."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    OPEN = "open"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True)
class Tally:
    """The answer, and one sentence for every sum that was done.

    Attributes:
        takers: Who said yes, in order of their codes.
        strangers: Who cast a ballot without being on the roll; theirs does not count.
    """

    outcome: Outcome
    sums: tuple[str, ...]
    takers: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


def is_share(text: str) -> bool:
    """Whether these words are a number of votes: `at least 2/3`, `more than 1/2`."""
    return _SHARE.fullmatch(text) is not None


def needed(share: str, of: int) -> int:
    """How many votes of `of` meet a share.

    >>> needed("at least 2/3", 7), needed("more than 1/2", 6), needed("at least 9", 15)
    (5, 4, 9)
    """
    found = _SHARE.fullmatch(share)
    if found is None:
        raise ValueError(share)
    part = Fraction(int(found[2]), int(found[3])) * of if found[3] else int(found[2])
    return ceil(part) if found[1] == "at least" else floor(part) + 1


def tally(
    rule: Rule,
    roll: tuple[str, ...],
    ballots: Mapping[str, str] | None,
    *,
    rules: Mapping[str, Rule] | None = None,
    subject: str | None = None,
) -> Tally:
    """Say whether a vote carried under `rule`, and why.

    A member of the roll without a ballot was absent: no objection, but it counts against
    a quorum. An abstention does not block. `present` takes no part and is present.

    Args:
        rule: The rule in force on the day of the vote.
        roll: Who has a vote, already without those whom the rule leaves out.
        ballots: Member to `yes`, `no`, `abstain` or `present`; None if none are known.
        rules: All rules of that day, for a rule that falls back on another.
        subject: The member whom the matter concerns, named where its own ballot blocks.

    Source: docs/charter-language.md, section 4.

    >>> rule = Rule("two_thirds", organ="council", carry="at least 2/3")
    >>> tally(rule, ("A", "B", "C"), {"A": "yes", "B": "yes", "C": "no"}).outcome
    <Outcome.ADOPTED: 'adopted'>
    """
    if ballots is None:
        return Tally(Outcome.NOT_SHOWN, (say("No ballots are known."),))
    strangers = tuple(sorted(set(ballots) - set(roll)))
    votes = {member: ballots[member] for member in roll if member in ballots}
    takers = tuple(sorted(m for m, vote in votes.items() if vote == "yes"))
    first, words = _one_rule(rule, roll, votes, subject)
    sums = [_under(rule, words)]
    if first is Outcome.REJECTED and rule.otherwise and rules:
        other = rules[rule.otherwise]
        first, words = _one_rule(other, roll, votes, subject)
        sums.append(_under(other, words))
    return Tally(first, tuple(sums), takers, strangers)


def _under(rule: Rule, words: Said) -> Said:
    return say("{rule_code}: {sentence}", rule_code=rule.name, sentence=words)


def _one_rule(
    rule: Rule, roll: tuple[str, ...], votes: Mapping[str, str], subject: str | None
) -> tuple[Outcome, Said]:
    quorum = _quorum(rule, len(roll))
    if not votes or len(votes) < quorum:
        return Outcome.OPEN, _no_quorum(len(votes), len(roll), quorum)
    noes = sorted(member for member, vote in votes.items() if vote == "no")
    barred = noes if rule.carry == "no objection" else _vetoes(rule, noes)
    if barred:
        return Outcome.REJECTED, _objection(barred, subject)
    if rule.carry == "no objection":
        return Outcome.ADOPTED, _no_objection(roll, votes)
    return _count(rule, roll, votes)


def _no_quorum(there: int, roll: int, quorum: int) -> Said:
    if not quorum:
        return say("no quorum, {n} of {roll_n} present", n=there, roll_n=roll)
    return say(
        "no quorum, {n} of {roll_n} present, {quorum_n} needed",
        n=there,
        roll_n=roll,
        quorum_n=quorum,
    )


def _count(
    rule: Rule, roll: tuple[str, ...], votes: Mapping[str, str]
) -> tuple[Outcome, Said]:
    yes = sum(vote == "yes" for vote in votes.values())
    base = _base(rule, roll, votes)
    want = base if rule.carry == "unanimity" else needed(rule.carry, base)
    carried = yes >= want and yes > 0
    outcome = Outcome.ADOPTED if carried else Outcome.REJECTED
    return outcome, say(
        "{n} for, {needed_n} needed ({share_code} of {base_n}, {of_code})",
        n=yes,
        needed_n=want,
        share_code="all" if rule.carry == "unanimity" else rule.carry,
        base_n=base,
        of_code=rule.of,
    )


def _base(rule: Rule, roll: tuple[str, ...], votes: Mapping[str, str]) -> int:
    if rule.of == "present":
        return len(votes)
    if rule.of == "voting":
        return sum(vote in ("yes", "no") for vote in votes.values())
    return len(roll)


def _quorum(rule: Rule, roll: int) -> int:
    if rule.quorum is None:
        return 0
    share = rule.carry if rule.quorum == "carry" else rule.quorum
    return needed(share, roll) if is_share(share) else roll


def _vetoes(rule: Rule, noes: list[str]) -> list[str]:
    return [member for member in noes if member in rule.veto]


def _objection(members: list[str], subject: str | None) -> Said:
    others = tuple(member for member in members if member != subject)
    if subject not in members:
        return say("objection of {actor}", actor=others)
    if not others:
        return say("objection of {actor} (the subject itself)", actor=subject)
    return say(
        "objection of {actor} and of {subject_actor} (the subject itself)",
        actor=others,
        subject_actor=subject,
    )


def _no_objection(roll: tuple[str, ...], votes: Mapping[str, str]) -> Said:
    absent = tuple(member for member in roll if member not in votes)
    if not absent:
        return say("no objection of {n} (all present)", n=len(roll))
    return say("no objection of {n} (absent: {actor})", n=len(roll), actor=absent)
