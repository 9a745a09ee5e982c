"""What a judgement looks at: the law of the day, the case so far, who sits and votes.

`Bench` is handed to whatever asks the charter something of one doing. The questions
themselves are in `peyman.charter.judge`. Source: docs/charter-language.md, sections 2 and 4.
"""

from dataclasses import dataclass
from functools import lru_cache

from peyman.charter.doing import Doing, Fact, Finding, Hold
from peyman.charter.model import Charter, Rule, Text
from peyman.charter.moment import day_of
from peyman.charter.order import Order
from peyman.charter.state import Matter, State
from peyman.charter.tally import Tally, tally

_SURENESS = ("text", "secondary", "memory")


@dataclass(slots=True)
class Bench:
    """All that a judgement looks at: the law of the day and the case so far.

    Attributes:
        place: The place of the doing in `order`.
    """

    charter: Charter
    text: Text
    state: State
    order: Order
    place: int
    holds: tuple[Hold, ...]

    def article(self, *names: str) -> tuple[tuple[str, ...], str]:
        """The names of articles, and how surely the least sure of them was read."""
        marks = [
            self.text.articles[n].checked for n in names if n in self.text.articles
        ]
        return names, max(marks, key=_SURENESS.index, default="text")

    def finding(self, code: str, text: str, *articles: str) -> Finding:
        """A finding that rests on these articles."""
        names, checked = self.article(*articles)
        return Finding(code, text, names, checked)

    def bound(self, articles: tuple[str, ...], at: int) -> tuple[str, ...]:
        """The parties to the texts of these articles (to any text, if there are none)."""
        letters = letters_of(articles) or frozenset(self.charter.texts)
        day = day_of(at, self.charter.zone)
        if len(letters) == 1 and not self.state.moves:
            (letter,) = letters
            return self.charter.bound_by(letter, day)
        members: set[str] = set()
        for letter in letters:
            bound = set(self.charter.bound_by(letter, day))
            if self.state.moves:
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


@lru_cache(maxsize=1024)
def letters_of(articles: tuple[str, ...]) -> frozenset[str]:
    """The texts to which articles belong: `T` of `T 4`."""
    return frozenset(name.partition(" ")[0] for name in articles)


def member_of(doing: Doing) -> str | None:
    """The member for whom a doing is done: the one named, else the actor itself."""
    if doing.member is not None:
        return doing.member
    is_code = doing.by is not None and "/" not in doing.by and doing.by != "time"
    return doing.by if is_code else None


def roll_of(bench: Bench, organ: str, at: int) -> tuple[str, ...]:
    """Who sits in an organ at an instant, suspension aside."""
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
    out: set[str | None] = set()
    for word in rule.without:
        if word == "subject":
            out.add(_subject(doing, matter))
        elif "." in word:
            out |= _under(bench, word, matter)
        else:
            named = _stated(doing, word, matter)
            out |= set(named) if isinstance(named, tuple) else {str(named)}
    return tuple(m for m in roll_of(bench, rule.organ, doing.law_at) if m not in out)


def count(bench: Bench, doing: Doing, rule: Rule, matter: Matter | None) -> Tally:
    """The tally of a decision, with the roll of its day; the same votes are counted once."""
    roll = voters(bench, doing, rule, matter)
    subject = _subject(doing, matter)
    ballots = doing.ballots
    votes = None if ballots is None else tuple(ballots.items())
    key = (bench.text.since, rule.name, roll, votes, subject)
    known = bench.state.tallies
    if key not in known:
        rules = bench.text.rules
        known[key] = tally(rule, roll, ballots, rules=rules, subject=subject)
    return known[key]


def _subject(doing: Doing, matter: Matter | None) -> str | None:
    return matter.subject if matter else doing.subject or member_of(doing)


def _under(bench: Bench, name: str, matter: Matter | None) -> set[str | None]:
    """Members against whom an act is in force; of `each member`, who did it here."""
    act = bench.text.act(name)
    if act is None or not act.is_each:
        return set(bench.state.subjects_under(name))
    return {one.member for one in matter.in_force(name)} if matter else set()


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
