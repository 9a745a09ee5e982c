"""What a judgement looks at: the law of the day, the case so far, who sits and votes.

`Bench` is handed to whatever asks the charter something of one doing. The questions
themselves are in `peyman.charter.judging.judge`. Source: docs/charter-language.md, sections 2 and 4.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from peyman.charter.doing import Doing, Fact, Finding, Hold
from peyman.charter.judging.law import Law, law_on, letters_of
from peyman.charter.model import Charter, Rule, Text
from peyman.charter.moment import day_of
from peyman.charter.order import Order
from peyman.charter.state import Matter, State
from peyman.charter.tally import Tally, tally


@dataclass(slots=True)
class Bench:
    """All that a judgement looks at: the law of the day and the case so far.

    Attributes:
        place: The place of the doing in `order`.
    """

    law: Law
    state: State
    order: Order
    place: int
    holds: tuple[Hold, ...]
    charter: Charter = field(init=False)
    text: Text = field(init=False)

    def __post_init__(self) -> None:
        """Lay out what is looked at most."""
        self.charter, self.text = self.law.charter, self.law.text

    def finding(self, code: str, text: str, *articles: str) -> Finding:
        """A finding that rests on these articles."""
        return Finding(code, text, articles, self.law.checked(articles))

    def is_of_its_law(self, at: int) -> bool:
        """Whether what holds at an instant is all in the law of this bench."""
        return not self.state.moves and self.law.is_of(at)

    def bound(self, articles: tuple[str, ...], at: int) -> tuple[str, ...]:
        """The parties to the texts of these articles (to any text, if there are none)."""
        if self.is_of_its_law(at):
            return self.law.bound(articles)
        law = law_on(self.charter, day_of(at, self.charter.zone))
        if not self.state.moves:
            return law.bound(articles)
        members: set[str] = set()
        for letter in letters_of(articles) or frozenset(self.charter.texts):
            bound = set(law.bound_by(letter))
            for member, is_in in self.state.moved(letter, at):
                (bound.add if is_in else bound.discard)(member)
            members |= bound
        return tuple(sorted(members))

    def holder(self, office: str, at: int) -> str | None:
        """Who holds an office, as the register says; None if it does not."""
        for hold in reversed(self.holds):
            if hold.office == office and hold.during.lo <= at < hold.during.hi:
                return hold.holder
        return None


def roll_of(bench: Bench, organ: str, at: int) -> tuple[str, ...]:
    """Who sits in an organ at an instant, suspension aside."""
    law = bench.law
    if bench.state.moves or not law.first <= at < law.last:
        return _roll_of(bench, organ, at)
    roll = law.rolls.get(organ)
    if roll is None:
        roll = law.rolls[organ] = _roll_of(bench, organ, at)
    return roll


def _roll_of(bench: Bench, organ: str, at: int) -> tuple[str, ...]:
    body = bench.text.organs[organ]
    if body.members:
        seats = body.members
    elif body.parties_to:
        seats = bench.bound((body.parties_to,), at)
    else:
        seats = bench.bound((), at) if body.of_members else ()
    return tuple(seat for seat in seats if seat not in body.without)


def voters(
    bench: Bench, doing: Doing, rule: Rule, matter: Matter | None
) -> tuple[str, ...]:
    """Who has a vote on a decision: the roll of its day, without whom the rule leaves out."""
    roll = roll_of(bench, rule.organ, doing.law_at)
    if not rule.without or rule.spares(bench.state.kinds):
        return roll
    out: set[str | None] = set()
    for word in rule.without:
        if word == "subject":
            out.add(subject_of(doing, matter))
        elif "." in word:
            out.update(_under(bench, word, matter))
        else:
            named = _stated(doing, word, matter)
            out |= set(named) if isinstance(named, tuple) else {str(named)}
    return tuple(m for m in roll if m not in out) if out else roll


def count(bench: Bench, doing: Doing, rule: Rule, matter: Matter | None) -> Tally:
    """The tally of a decision, with the roll of its day."""
    roll = voters(bench, doing, rule, matter)
    subject = subject_of(doing, matter)
    return tally(rule, roll, doing.ballots, rules=bench.text.rules, subject=subject)


def subject_of(doing: Doing, matter: Matter | None) -> str | None:
    """The member whom a doing concerns: that of its matter, else the one it names."""
    return matter.subject if matter else doing.subject or doing.whose


def _under(bench: Bench, name: str, matter: Matter | None) -> Collection[str | None]:
    """Members against whom an act is in force; of `each member`, who did it here."""
    act = bench.text.act(name)
    if act is None or not act.is_each:
        return bench.state.subjects_under(name)
    return {one.member for one in matter.in_force(name)} if matter else ()


def _stated(doing: Doing, fact: str, matter: Matter | None) -> Fact | None:
    """What a doing states of a fact, else what was last stated of it in its matter."""
    if fact in doing.states or matter is None:
        return doing.states.get(fact)
    stated = (one.facts for one in reversed(matter.effects) if one.ended is None)
    return next((facts[fact] for facts in stated if fact in facts), None)


def actor_named(charter: Charter, text: Text, word: str) -> str:
    """The full name of an organ or an office; any other word of `by` as it is."""
    known = word in text.organs or word in text.offices
    return f"{charter.id}/{word}" if known else word
