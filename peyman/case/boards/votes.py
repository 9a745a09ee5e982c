"""Votes under way: who has cast a ballot, who has not, what it would come to now.

A vote is under way while ballots were cast on an act that nobody has decided since. What it
would come to is found by deciding it in thought, at the moment of the reading: the law, the
roll and the arithmetic are those of a decision that is entered. Nothing is entered here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.case.doings import corrections, doings_of
from peyman.case.model import Entry
from peyman.case.reading import Reading
from peyman.charter.doing import Doing, Verdict
from peyman.charter.judging.bench import Bench, count, voters
from peyman.charter.judging.law import law_on
from peyman.charter.kernel import fold
from peyman.charter.model import Rule
from peyman.charter.moment import Moment, day_of, show
from peyman.charter.order import in_order
from peyman.charter.tally import Tally

Question = tuple[str, str]
"""On what a ballot is cast: its matter as an entry names it, and the act."""


@dataclass(frozen=True, slots=True)
class OpenVote:
    """Ballots cast on an act in a matter, and not decided upon.

    Attributes:
        matter: The matter's id, `e8/1`.
        act: The act's name in its charter, `assistance.mandate`.
        roll: Who has a vote now.
        doing: The decision in thought, with the ballots and the entries that cast them.
        tally: What the ballots so far come to.
        verdict: What the charter would find on the decision.
        earlier: Entries that decided the same before these ballots were cast, this way or
            that: they closed their vote, and these ballots are of another.
    """

    charter: str
    matter: str
    act: str
    rule: Rule
    roll: tuple[str, ...]
    doing: Doing
    tally: Tally
    verdict: Verdict
    earlier: tuple[str, ...]

    @property
    def absent(self) -> tuple[str, ...]:
        """Who has a vote and has not cast it."""
        return tuple(m for m in self.roll if m not in (self.doing.ballots or {}))


def open_votes(reading: Reading) -> tuple[OpenVote, ...]:
    """Every vote under way at the moment of a reading, charter by charter."""
    happened = tuple(
        entry
        for entry in reading.entries
        if entry.kind not in ("act", "ballot") or entry.at.lo <= reading.at
    )
    asked = tuple(_questions(happened))
    return tuple(
        vote
        for name in (reading.charters if asked else ())
        for vote in _open_under(reading, name, happened, asked)
    )


def _questions(entries: Sequence[Entry]) -> Iterator[Question]:
    fixed = corrections(entries)
    cast = (e for e in entries if e.kind == "ballot" and e.commitment not in fixed)
    yield from dict.fromkeys((str(e.body["matter"]), str(e.body["act"])) for e in cast)


def _open_under(
    reading: Reading, name: str, happened: Sequence[Entry], asked: Sequence[Question]
) -> Iterator[OpenVote]:
    case = reading.case
    register = (
        e for e in case.registers.get(name, ()) if e.entered <= reading.known_at
    )
    rules = {
        question: rule
        for question in asked
        if (rule := _rule_of(reading, name, question)) is not None
    }
    thought = {
        entry.name: (entry, rule)
        for n, (question, rule) in enumerate(rules.items())
        for entry in [_decided(reading, name, question, rule, case.size + n)]
    }
    entries = (*register, *happened, *(entry for entry, _ in thought.values()))
    doings = doings_of(case, name, entries)
    real = [doing for doing in doings if doing.entry not in thought]
    for doing in doings:
        if doing.entry in thought and doing.ballots:
            yield _counted(reading, name, thought[doing.entry][1], real, doing)


def _rule_of(reading: Reading, name: str, question: Question) -> Rule | None:
    """The rule by which a charter decides a question; None if it is not one of its own."""
    commitment, _, n = question[0].partition("/")
    opened = reading.case.by_commitment().get(commitment)
    acts: Any = opened.body["acts"] if opened else ()
    text = reading.charters[name].state.text
    act = text.act(question[1])
    if act is None or not acts or acts[int(n) - 1]["under"] != name:
        return None
    return text.rules.get(act.decide or "")


def _decided(
    reading: Reading, name: str, question: Question, rule: Rule, index: int
) -> Entry:
    """The entry that there would be, were a question decided at the reading's moment."""
    matter, act = question
    said = {
        "under": name,
        "act": act,
        "matter": matter,
        "by": f"{name}/{rule.organ}",
    }
    return Entry(
        log="",
        index=index,
        commitment=f"in thought {index}",
        entered=reading.at,
        kind="act",
        known_as="documented",
        at=Moment(reading.at, reading.at),
        stated_at=show(reading.at),
        zone=reading.case.zone,
        signer=reading.case.registrar,
        cites=(matter.partition("/")[0],),
        body={"acts": [said]},
    )


def _counted(
    reading: Reading, name: str, rule: Rule, real: Sequence[Doing], doing: Doing
) -> OpenVote:
    charter, law = reading.charters[name], reading.case.charters[name]
    day = day_of(reading.at, law.zone)
    matter = charter.state.matters.get(doing.matter or "")
    bench = Bench(law_on(law, day), charter.state, in_order([doing]), 0, charter.holds)
    state = fold(law, (*real, doing), reading.at, holds=charter.holds)
    return OpenVote(
        charter=name,
        matter=doing.matter or "",
        act=doing.act,
        rule=rule,
        roll=voters(bench, doing, rule, matter),
        doing=doing,
        tally=count(bench, doing, rule, matter),
        verdict=next(v for v in state.verdicts if v.doing.id == doing.id),
        earlier=tuple(
            one.doing.entry
            for one in charter.state.verdicts
            if (one.matter, one.doing.act) == (doing.matter, doing.act)
        ),
    )
