"""Who can block a decision, and with how few: exact, by trying ballots on the tally.

What is tried is who says no and who stays away. Abstaining never does more than these two:
it is no objection, is present, and counts at most as a no does. The roll is that of the
last day the charter knows; who is suspended on another day is in the register.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from peyman.charter.model import Charter, Rule, Text
from peyman.charter.tally import Outcome, tally


@dataclass(frozen=True, slots=True)
class Block:
    """How few can block what is decided under a rule.

    Attributes:
        rules: The rule, and the one on which it falls back.
        roll: How many vote.
        is_known: Whether the charter says who sits there; if not, nothing is counted.
        fewest: How few must not say yes; None if no vote at all can carry.
        noes: How many of these say no; the others stay away.
        alone: Who can block alone, by saying no or by staying away.
    """

    rules: tuple[Rule, ...]
    roll: int
    is_known: bool
    fewest: int | None = None
    noes: int = 0
    alone: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule that is tried first."""
        return self.rules[0]

    @property
    def never_carries(self) -> bool:
        """Whether nothing can be decided even if all say yes."""
        return self.is_known and self.fewest is None


def last_day(charter: Charter) -> date:
    """A day after every change that a charter knows of."""
    days = [text.since for text in charter.versions]
    for parties in charter.parties.values():
        for spans in parties.values():
            days += [day for span in spans for day in span if day is not None]
    return max(days)


def roll_on(charter: Charter, text: Text, day: date, rule: Rule) -> tuple[str, ...]:
    """Who votes under a rule when nobody is suspended; the subject is still among them."""
    organ = text.organs[rule.organ]
    if organ.members:
        seats = organ.members
    elif organ.parties_to:
        seats = charter.bound_by(organ.parties_to, day)
    else:
        bound = {m for t in charter.parties for m in charter.bound_by(t, day)}
        seats = tuple(sorted(bound)) if organ.of_members else ()
    return tuple(seat for seat in seats if seat not in organ.without)


def block(charter: Charter, text: Text, day: date, name: str) -> Block:
    """How few can block what is decided under a rule of the text of a day."""
    rule = text.rules[name]
    organ = text.organs[rule.organ]
    known = bool(organ.members or organ.parties_to or organ.of_members)
    chain = tuple(_chain(text, rule))
    vetoes = {m for one in chain for m in one.veto}
    seats = roll_on(charter, text, day, rule)
    order = sorted(seats, key=lambda member: (member not in vetoes, member))
    roll = _without_subject(rule, order)
    if not _carries(text, rule, roll):
        return Block(chain, len(roll), known)
    for fewest, noes in _splits(len(roll)):
        if not _carries(text, rule, roll, roll[:noes], roll[noes:fewest]):
            alone = _alone(text, rule, order) if fewest == 1 else ()
            return Block(chain, len(roll), known, fewest, noes, alone)
    raise AssertionError(name)  # nobody there carries nothing


def _without_subject(rule: Rule, order: list[str], keep: str = "") -> list[str]:
    """The roll when some member, and not the one to keep, is the subject."""
    if "subject" not in rule.without:
        return order
    subject = next((m for m in reversed(order) if m != keep), None)
    return [member for member in order if member != subject]


def _chain(text: Text, rule: Rule) -> Iterator[Rule]:
    yield rule
    if rule.otherwise:
        yield text.rules[rule.otherwise]


def _splits(most: int) -> Iterator[tuple[int, int]]:
    """So many who do not say yes, and how many of them say no; the fewest first."""
    for fewest in range(1, most + 1):
        for noes in range(fewest, -1, -1):
            yield fewest, noes


def _carries(
    text: Text,
    rule: Rule,
    roll: Sequence[str],
    noes: Sequence[str] = (),
    absent: Sequence[str] = (),
) -> bool:
    ballots = {
        member: "no" if member in noes else "yes"
        for member in roll
        if member not in absent
    }
    found = tally(rule, tuple(roll), ballots, rules=text.rules)
    return found.outcome is Outcome.ADOPTED


def _alone(text: Text, rule: Rule, order: list[str]) -> tuple[str, ...]:
    def blocks(member: str) -> bool:
        roll = _without_subject(rule, order, member)
        says_no = _carries(text, rule, roll, (member,))
        return not (says_no and _carries(text, rule, roll, (), (member,)))

    return tuple(sorted(filter(blocks, order)))
