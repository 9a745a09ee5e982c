"""What the names of a supposition stand for: actors, acts, matters, decisions.

A short name is enough where it is the only one; where it is not, the matter that is open to
the actor is meant, and where that leaves more than one, the answer is a question.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peyman.case.asking.sentence import BALLOTS, GRAMMAR, Sentence
from peyman.case.doings import corrections
from peyman.case.model import Case, Entry
from peyman.case.names import refuse, unknown
from peyman.case.reading import Reading
from peyman.charter.model import Act
from peyman.charter.standing import may_open
from peyman.charter.state import Matter
from peyman.saying import say

_ENTRY = re.compile(r"(e[0-9]+)(?:/([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Meant:
    """An act that is meant, by whom, and in which matter; None where it opens one."""

    case: Case
    charter: str
    act: Act
    by: str
    matter: Matter | None

    @property
    def full(self) -> str:
        """The full name of the act."""
        return f"{self.charter}.{self.act.name}"

    @property
    def matter_by_commitment(self) -> str | None:
        """The matter as an entry names it."""
        if self.matter is None:
            return None
        name, _, n = self.matter.id.partition("/")
        known = self.case.by_commitment().values()
        return next(f"{one.commitment}/{n}" for one in known if one.name == name)

    def ballots(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The ballots cast on it since it was last decided."""
        vote = (self.matter_by_commitment, self.act.name)
        fixed, cast = corrections(entries), []
        for entry in entries:
            if entry.kind == "ballot" and entry.commitment not in fixed:
                if (entry.body["matter"], entry.body["act"]) == vote:
                    cast.append(entry)
            elif self._decides(entry):
                cast = []
        return tuple(cast)

    def _decides(self, entry: Entry) -> bool:
        acts = entry.body.get("acts") if entry.kind == "act" else None
        return any(
            (act.get("matter"), act["act"])
            == (self.matter_by_commitment, self.act.name)
            for act in (acts if isinstance(acts, list) else ())
        )

    def actor(self, name: str) -> str:
        """The full name of an actor of its charter."""
        found = _actor(self.case, self.charter, name)
        return found or name


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that was taken: which act of which entry."""

    entry: Entry
    n: int
    meant: Meant


class Meaning:
    """Finds what the names of one sentence mean in one reading of a case."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading = reading
        self.case = reading.case
        self.sentence = sentence

    @property
    def is_ballot(self) -> bool:
        """Whether it casts a ballot: its verb does, and no act has that name."""
        return self.sentence.is_ballot and not list(self._acts(self.sentence.does))

    def act(self) -> Meant:
        """The act of a sentence.

        Raises:
            PeymanError: If there is none of that name, or more than one is meant.
        """
        name = self.sentence.does
        if len(self.sentence.who) > 1:
            raise refuse(
                say("Several cannot do {words} at once.", words=repr(name)),
                GRAMMAR,
                say("Name one; only ballots are cast by several at once."),
            )
        acts = list(self._acts(name))
        if not acts:
            raise unknown("act", name, [*self._act_names(), *BALLOTS], self._charters)
        found = [
            Meant(self.case, charter, act, by, matter)
            for charter, act in acts
            for by in self._by(charter, self.sentence.who[0])
            for matter in self._matters(charter, act)
        ]
        return self._one(found, name) if found else self._nobody(acts)

    def decision(self) -> Meant | Taken:
        """The decision on which ballots are cast.

        Raises:
            PeymanError: If there is none, or more than one may be meant.
        """
        for member in self.sentence.who:
            if all(member not in one.members for one in self.case.charters.values()):
                known = {m for c in self.case.charters.values() for m in c.members}
                raise unknown("member", member, known, self._charters)
        on = self.sentence.on
        entry = _ENTRY.fullmatch(on or "")
        if entry:
            return self._taken(entry[1], int(entry[2] or 0))
        named = {act.name for _, act in self._acts(on) if act.decide}
        if on and not named:
            raise unknown("decision", on, self._decision_names(), self._charters)
        open_ = [one for one in self._open() if not on or one.act.name in named]
        voted = [one for one in open_ if one.ballots(self.reading.entries)]
        stands = [one for one in self._standing() if one.meant.act.name in named]
        if stands and not voted:
            return stands[-1]
        return self._one(voted or open_, on or "decision")

    # ------------------------------------------------------------------- what there is

    @property
    def _charters(self) -> str:
        return ", ".join(self.case.charters)

    def _acts(self, name: str | None) -> Iterator[tuple[str, Act]]:
        """Acts of that short, longer or full name, in the form that is named."""
        form = self.sentence.clauses.get("as")
        for charter, read in self.reading.charters.items():
            for full in read.state.text.acts:
                short = full.partition(".")[2]
                act = read.state.text.act(full, form)
                if act and name in (short, full, f"{charter}.{full}"):
                    yield charter, act

    def _act_names(self) -> list[str]:
        return [
            full.partition(".")[2]
            for read in self.reading.charters.values()
            for full in read.state.text.acts
        ]

    def _decision_names(self) -> list[str]:
        return [
            full.partition(".")[2]
            for read in self.reading.charters.values()
            for full, forms in read.state.text.acts.items()
            if forms[""].decide
        ]

    def _by(self, charter: str, name: str) -> tuple[str, ...]:
        by = _actor(self.case, charter, name)
        return () if by is None else (by,)

    def _matters(self, charter: str, act: Act) -> list[Matter | None]:
        """The matters in which an act may be meant; those above, where it opens one."""
        wanted = self.sentence.clauses.get("in")
        kind = act.opens if isinstance(act.opens, str) else act.kind
        if act.opens is True and wanted is None:
            return [None]
        return [
            matter
            for matter in self.reading.charters[charter].state.matters.values()
            if matter.kind == kind and wanted in (None, matter.id)
        ]

    def _open(self) -> list[Meant]:
        """Decisions that may be taken now."""
        wanted = self.sentence.clauses.get("in")
        found: dict[tuple[str, str], Meant] = {}
        for charter, read in self.reading.charters.items():
            for one in read.standings:
                for row in one.may:
                    act = read.state.text.act(row.act.partition(".")[2])
                    is_meant = wanted in (None, one.matter.id)
                    if act and act.decide and is_meant:
                        meant = Meant(self.case, charter, act, row.by, one.matter)
                        found[row.act, one.matter.id] = meant
        return list(found.values())

    def _standing(self) -> Iterator[Taken]:
        """Decisions that were taken and are in force, the latest last."""
        names = {one.name: one for one in self.reading.entries}
        for charter, read in self.reading.charters.items():
            for matter in read.state.matters.values():
                for effect in matter.effects:
                    doing = effect.doing
                    is_taken = effect.act.decide and doing.entry in names
                    if is_taken and effect.ended is None:
                        by = doing.by or ""
                        meant = Meant(self.case, charter, effect.act, by, matter)
                        yield Taken(names[doing.entry], doing.n, meant)

    def _taken(self, name: str, n: int) -> Taken:
        for charter, read in self.reading.charters.items():
            for verdict in read.state.verdicts:
                doing = verdict.doing
                act = read.state.text.act(doing.act, doing.form)
                is_it = doing.entry == name and n in (0, doing.n)
                if is_it and act and act.decide:
                    entry = next(e for e in self.reading.entries if e.name == name)
                    matter = read.state.matters.get(verdict.matter or "")
                    by = doing.by or ""
                    meant = Meant(self.case, charter, act, by, matter)
                    return Taken(entry, doing.n, meant)
        raise refuse(
            say("{entry} holds no decision by a vote.", entry=name),
            GRAMMAR,
            say(
                "Name the entry of one, as `peyman show` does, or the decision itself."
            ),
        )

    # ------------------------------------------------------------------ which is meant

    def _one(self, found: list[Meant], name: str) -> Meant:
        """The one that is meant, or else the one that is open to its actor."""
        if len(found) > 1:
            found = [one for one in found if self._is_open(one)] or found
        if len(found) == 1:
            return found[0]
        if not found:
            raise refuse(
                say("There is no {words} on which anybody may vote now.", words=name),
                GRAMMAR,
                say(
                    "Name the entry of a decision that was taken, as in `object to e70`."
                ),
            )
        places = ", ".join(
            f"{one.act.name} in {one.matter.id}" if one.matter else one.full
            for one in found
        )
        raise refuse(
            say(
                "{words} may mean more than one thing: {places_words}.",
                words=repr(name),
                places_words=places,
            ),
            GRAMMAR,
            say("Name the act in full, and add `in MATTER`."),
        )

    def _is_open(self, meant: Meant) -> bool:
        read = self.reading.charters[meant.charter]
        charter = self.case.charters[meant.charter]
        rows = [
            row
            for one in read.standings
            if meant.matter is one.matter
            for row in one.may
        ]
        rows += [] if meant.matter else may_open(charter, read.state)
        return any((row.act, row.by) == (meant.full, meant.by) for row in rows)

    def _nobody(self, acts: list[tuple[str, Act]]) -> Meant:
        """Refuse: the actor is unknown, or there is no such matter."""
        name = self.sentence.who[0]
        if not any(self._by(charter, name) for charter, _ in acts):
            known = {one for charter, _ in acts for one in _actors(self.case, charter)}
            raise unknown("member, organ or office", name, known, acts[0][0])
        kinds = ", ".join(sorted({f"{charter}.{act.kind}" for charter, act in acts}))
        wanted = self.sentence.clauses.get("in")
        problem = (
            say(
                "There is no matter {entry} of the kind {kinds_words}.",
                entry=wanted,
                kinds_words=kinds,
            )
            if wanted
            else say("There is no matter of the kind {kinds_words}.", kinds_words=kinds)
        )
        raise refuse(problem, GRAMMAR, say("Name a matter that `peyman show` lists."))


def _actors(case: Case, charter: str) -> Iterator[str]:
    known = case.charters[charter]
    yield from known.members
    for text in known.versions:
        for name in (*text.organs, *text.offices):
            yield from (name, f"{charter}/{name}")


def _actor(case: Case, charter: str, name: str) -> str | None:
    """The full name of an actor, or None if the charter has none of that name.

    Whoever belongs to another charter of the case may act here too.
    """
    for one in (charter, *case.charters):
        if "/" not in name and one != charter:
            continue
        if name in set(_actors(case, one)):
            is_body = name not in case.charters[one].members and "/" not in name
            return f"{one}/{name}" if is_body else name
    return None
