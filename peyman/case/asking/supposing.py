"""What if: how the standing would differ if somebody did something. Nothing is written.

A supposition is one sentence in the words of the charters; `sentence` takes it apart, here
its names find what they stand for. Who says nothing in a decision is taken to say yes, and
the answer says that it was. What comes of it is read by `peyman.case.reading`, as if the
entry stood in the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from peyman.case.asking.meaning import Meaning, Meant, Taken
from peyman.case.asking.sentence import Sentence, parsed
from peyman.case.boards.changes import Change, changes_between
from peyman.case.model import Case, Entry
from peyman.case.reading import Reading, read_case
from peyman.charter.doing import Doing, Verdict
from peyman.charter.judging.bench import Bench, count
from peyman.charter.judging.law import law_on
from peyman.charter.moment import Moment, day_of, read_moment, show
from peyman.charter.order import BY_TIME, Order
from peyman.saying import Said, say

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Supposed:
    """What would come of a supposition.

    Attributes:
        said: What was understood.
        assumed: What was taken for granted besides, if anything.
        verdicts: What each charter would find on the act supposed.
        changes: How the standing would differ.
    """

    before: Reading
    after: Reading
    said: Said
    assumed: Said | None
    verdicts: tuple[tuple[str, Verdict], ...]
    changes: tuple[Change, ...]

    @property
    def has_effect(self) -> bool:
        """Whether everything that is supposed would have effect."""
        return all(verdict.has_effect for _, verdict in self.verdicts)


def suppose(
    case: Case, said: str, at: int | None = None, known_at: int | None = None
) -> Supposed:
    """Read a case as it is, and as it would be with what is supposed.

    Args:
        case: The case. It is not changed.
        said: The supposition: `RU withdraw`, `RU object to mandate`.
        at: As of when; by default the last entry.
        known_at: What the record had by then.

    Raises:
        PeymanError: If a name in it stands for nothing, or for more than one thing.
    """
    reading = read_case(case, at, known_at)
    sentence = parsed(said)
    meaning = Meaning(reading, sentence)
    if meaning.is_ballot:
        meant = meaning.decision()
        if isinstance(meant, Taken):
            return _taken_otherwise(reading, sentence, meant)
        return _decided_now(reading, sentence, meant)
    return _done(reading, sentence, meaning.act())


def _done(reading: Reading, sentence: Sentence, meant: Meant) -> Supposed:
    """An act that somebody does."""
    body = _body(sentence, meant)
    said = say("{actor} does {act}", actor=meant.by, act=meant.full)
    assumed = None
    if meant.act.decide is not None:
        body["ballots"] = dict.fromkeys(_roll(reading, meant), "yes")
        assumed = say("a yes of everybody who votes")
    return _with_entry(reading, sentence, body, said, assumed)


def _decided_now(reading: Reading, sentence: Sentence, meant: Meant) -> Supposed:
    """Ballots on a decision, as if it were taken now."""
    cast = {
        str(one.body["member"]): str(one.body["vote"])
        for one in meant.ballots(reading.entries)
    }
    roll = _roll(reading, meant)
    body = _body(sentence, meant)
    body["ballots"] = _ballots(sentence, {**dict.fromkeys(roll, "yes"), **cast})
    said = _voted(sentence, meant.full)
    silent = tuple(one for one in roll if one not in {*cast, *sentence.who})
    return _with_entry(reading, sentence, body, said, _silent(silent))


def _taken_otherwise(reading: Reading, sentence: Sentence, taken: Taken) -> Supposed:
    """Ballots on a decision that was taken, as if it had been taken on them."""
    old, n = taken.entry, taken.n
    acts: Any = old.body["acts"]
    known = acts[n - 1].get("ballots")
    meant = taken.meant
    roll = _roll(reading, meant, old.at)
    votes = known or dict.fromkeys(roll, "yes")
    act = {**acts[n - 1], "ballots": _ballots(sentence, votes)}
    body = {**old.body, "acts": [*acts[: n - 1], act, *acts[n:]]}
    entries = tuple(
        replace(old, body=body) if one is old else one for one in reading.entries
    )
    silent = () if known else tuple(one for one in roll if one not in sentence.who)
    said = _voted(sentence, meant.full)
    after = read_case(
        replace(reading.case, entries=entries), reading.at, reading.known_at
    )
    return _answer(reading, after, said, _silent(silent), f"{old.name}/{n}")


def _voted(sentence: Sentence, act: str) -> Said:
    return say(
        "{actor} says {vote_code} to {act}",
        actor=sentence.who,
        vote_code=sentence.ballot,
        act=act,
    )


def _silent(members: tuple[str, ...]) -> Said | None:
    """Who is taken to say yes, no ballot of theirs being known."""
    return say("a yes of {actor}", actor=members) if members else None


def _ballots(sentence: Sentence, votes: Mapping[str, str]) -> dict[str, str]:
    own = dict.fromkeys(sentence.who, sentence.ballot)
    return {m: vote for m, vote in {**votes, **own}.items() if vote != "absent"}


def _roll(reading: Reading, meant: Meant, at: Moment | None = None) -> tuple[str, ...]:
    """Who votes on a decision: whoever is no stranger to it when everybody votes."""
    charter = reading.case.charters[meant.charter]
    read = reading.charters[meant.charter]
    when = at or Moment(reading.at, reading.at)
    law = law_on(charter, day_of(when.lo, charter.zone))
    rule = law.text.rules[meant.act.decide or ""]
    bench = Bench(law, read.state, Order(), BY_TIME, read.holds)
    everybody = dict.fromkeys(charter.members, "yes")
    doing = Doing("", 1, meant.act.name, when, when.hi, ballots=everybody)
    strangers = count(bench, doing, rule, meant.matter).strangers
    return tuple(one for one in charter.members if one not in strangers)


def _body(sentence: Sentence, meant: Meant) -> Body:
    """What the supposed entry says of its act."""
    addressees = [f"{meant.charter}/{name}" for name in meant.act.to[:1]]
    to = sentence.clauses.get("to")
    body: Body = {
        "under": meant.charter,
        "act": meant.act.name,
        "by": meant.by,
        "to": [meant.actor(to)] if to and not sentence.is_ballot else addressees,
        "states": sentence.facts,
        "form": sentence.clauses.get("as"),
        "member": sentence.clauses.get("for"),
        "matter": meant.matter_by_commitment,
    }
    return {name: value for name, value in body.items() if value}


def _with_entry(
    reading: Reading, sentence: Sentence, body: Body, said: Said, assumed: Said | None
) -> Supposed:
    """The standing with one more entry, and without it at the same time."""
    case = reading.case
    stated = sentence.clauses.get("at") or show(reading.at)
    when = read_moment(stated, case.zone)
    opened = str(body.get("matter", "")).partition("/")[0]
    entry = Entry(
        log="",
        index=case.size,
        commitment="supposed",
        entered=when.hi,
        kind="act",
        known_as="reported",
        at=when,
        stated_at=stated,
        zone=case.zone,
        signer=case.registrar,
        cites=(opened,) if opened else (),
        body={"acts": [body]},
    )
    at, known = max(reading.at, when.hi), max(reading.known_at, when.hi)
    base = replace(case, entries=reading.entries)
    more = replace(base, entries=(*base.entries, entry), size=case.size + 1)
    before = read_case(base, at, known)
    return _answer(before, read_case(more, at, known), said, assumed, f"{entry.name}/1")


def _answer(
    before: Reading, after: Reading, said: Said, assumed: Said | None, name: str
) -> Supposed:
    verdicts = tuple(
        (charter, verdict)
        for charter, read in after.charters.items()
        for verdict in read.state.verdicts
        if verdict.doing.id == name
    )
    changes = changes_between(before, after)
    return Supposed(before, after, said, assumed, verdicts, changes)
