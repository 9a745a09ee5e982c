"""What an act does, and what follows from it: sections 2 and 6 of the language, slowly.

Part of the independent interpreter in tests/charter/oracle.py, whose `World` these are the
effects of.
"""

from dataclasses import dataclass, field
from typing import Any

from peyman.charter.model import Several
from peyman.charter.moment import Due, Moment
from tests.charter.oracle_gates import is_own, member_of
from tests.charter.oracle_time import due_from, due_from_old_end
from tests.charter.oracle_vote import bound, letters_of


def later_or_earlier(several, ends):
    """The latest of ends if all are known, or the earliest of those that are."""
    known = [end for end in ends if end is not None]
    if several.which == "later":
        if len(known) < len(ends):
            return None
        return Due(max(e.earliest for e in known), max(e.latest for e in known))
    if not known:
        return None
    return Due(min(e.earliest for e in known), min(e.latest for e in known))


@dataclass(eq=False)
class Force:
    """One act that took effect."""

    doing: Any
    act: Any
    member: str | None
    since: Moment
    begun_by: Any
    text: Any
    facts: dict[str, Any]
    end: Due | None = None
    ended: Moment | None = None
    ended_by: Any = None
    has_owed: bool = False


@dataclass(eq=False)
class Owed:
    act: str
    debtor: str | None
    cause: str
    due: Due | None
    is_open: bool = True
    again: Any = None  # the force during which it is owed again and again


@dataclass(eq=False)
class Clock:
    """What time will do: an act, or (None) only the end of the cause's term."""

    act: str | None
    cause: Force
    due: Due


@dataclass(eq=False)
class Matter:
    id: str
    kind: str
    subject: str | None
    art: tuple[str, ...]
    forces: list[Any] = field(default_factory=list)
    owed: list[Any] = field(default_factory=list)
    clocks: list[Any] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    above: Any = None

    def of(self, name):
        """The forces of an act: in this matter, or in the one above if it is of that."""
        kind = name.partition(".")[0]
        here = self if kind == self.kind else self.above
        return [f for f in here.forces if f.act.name == name] if here else []


@dataclass(eq=False)
class Wait:
    """A decision that has not ripened; `instant` where it ripens by itself."""

    doing: Any
    question: Any
    instant: int | None = None


@dataclass(eq=False)
class Change:
    """What happens now, when, and through whom."""

    at: Moment
    by: Any


class Effects:
    """The effects of acts on a world: its charter, and who has left which text."""

    charter: Any
    moves: list[tuple[str, str | None, int, bool]]
    matters: dict[str, Matter]
    struck: list[tuple[Force, str]]  # what time has done once, it does not do again

    def take_effect(self, matter, doing, act, text, change):
        member = member_of(doing)
        codes = self.meet(matter, doing, member, change.at)
        new = Force(doing, act, member, change.at, change.by, text, dict(doing.states))
        for old in self.standing(matter, act.amends, new):
            codes |= self.amend(matter, old, new)
        self.supply(new)
        for old in self.standing(matter, act.ends, new):
            self.end(matter, old, change)
        for owed in matter.owed:
            owed.is_open = owed.is_open and owed.act not in act.waive
        codes |= self.keep_to_limits(new)
        matter.forces.append(new)
        self.oblige(matter, new)
        self.start_clocks(matter, new)
        self.join_and_leave(matter, act, change.at.lo)
        self.settle(matter, change)
        self.look_at_waiting(matter, change)
        return codes

    def supply(self, new):
        """What the text says where the act is silent or leaves a fact open."""
        for fact, words in new.act.implies.items():
            if new.facts.get(fact) in (None, "unspecified"):
                new.facts[fact] = words

    def join_and_leave(self, matter, act, at):
        if matter.subject:
            self.moves += [(letter, matter.subject, at, True) for letter in act.joins]
            self.moves += [(letter, matter.subject, at, False) for letter in act.leaves]

    def keep_to_limits(self, new):
        """What goes beyond has no effect."""
        codes = set()
        for fact, most in new.act.at_most.items():
            said = due_from(self.charter, new.since, new.facts.get(fact))
            limit = due_from(self.charter, new.since, most)
            if said is not None and said.latest > limit.latest:
                new.facts[fact] = most
                codes.add("excess")
        return codes

    def standing(self, matter, names, new):
        return [
            force
            for force in matter.forces
            if force.act.name in names
            and force.ended is None
            and is_own(new.act, new.member, force)
        ]

    def meet(self, matter, doing, member, at):
        """An act meets the oldest duty to do it; late is about the act, not the entry."""
        for owed in matter.owed:
            if owed.is_open and owed.act == doing.act and owed.debtor in (None, member):
                owed.is_open = False
                self.owe_again(matter, owed, at)
                if self.charter.notice == "received" and doing.received:
                    at = doing.received
                return {"late"} if owed.due and at.lo > owed.due.latest else set()
        return set()

    def owe_again(self, matter, owed, at):
        """What is owed again and again is owed once more from its performance."""
        if owed.again is not None:
            due = self.when(owed.again, owed.again.act.every[owed.act], at)
            cause = owed.again.doing.id
            matter.owed.append(
                Owed(owed.act, owed.debtor, cause, due, again=owed.again)
            )

    def amend(self, matter, old, new):
        codes, facts = set(), dict(new.facts)
        fact = old.act.lasts
        if isinstance(fact, Several) and set(fact.of) & set(facts):
            parts = [
                self.anew(new, facts[one], old.end)
                if one in facts
                else self.plain_end(one, new.since)
                for one in fact.of
            ]
            old.end = later_or_earlier(fact, parts)
            self.set_clock(matter, old, None, old.end)
        if isinstance(fact, str) and fact in facts:
            end = self.anew(new, facts[fact], old.end)
            most = new.act.at_most.get(fact)
            limit = self.anew(new, most, old.end)
            if None not in (end, limit) and end.latest > limit.latest:
                codes.add("excess")
                facts[fact], end = most, limit
            old.end = end
            self.set_clock(matter, old, None, end)
        old.facts.update(facts)
        for name, value in old.act.lapse.items():
            if value in new.facts and (old, name) not in self.struck:
                running = [c for c in matter.clocks if (c.cause, c.act) == (old, name)]
                was = running[0].due if running else None
                self.set_clock(matter, old, name, self.anew(new, new.facts[value], was))
        return codes

    def anew(self, new, value, old_end):
        """A span counts from the old end, or from what amends where there was none."""
        if old_end is None:
            return due_from(self.charter, new.since, value)
        return due_from_old_end(self.charter, old_end, value)

    def set_clock(self, matter, cause, name, due):
        matter.clocks = [c for c in matter.clocks if (c.cause, c.act) != (cause, name)]
        if due is not None:
            matter.clocks.append(Clock(name, cause, due))

    def end(self, matter, force, change):
        force.ended, force.ended_by = change.at, change.by
        matter.clocks = [c for c in matter.clocks if c.cause is not force]
        matter.owed = [o for o in matter.owed if not (o.is_open and o.again is force)]

    def oblige(self, matter, new):
        for name, value in new.act.duty.items():
            for debtor in self.debtors(matter, new, name):
                self.owe(matter, new, name, debtor, value)
        for name, value in new.act.every.items():
            for debtor in self.debtors(matter, new, name):
                self.owe(matter, new, name, debtor, value)
                matter.owed[-1].again = new

    def owe(self, matter, cause, name, debtor, value, at=None):
        due = self.when(cause, value, at or cause.since)
        matter.owed.append(Owed(name, debtor, cause.doing.id, due))

    def when(self, cause, value, at):
        """A span word: a span, a word with a reading, a fact the act states, no day."""
        if isinstance(value, Several):
            parts = [self.when(cause, one, at) for one in value.of]
            return later_or_earlier(value, parts)
        if value in cause.act.fixes:
            value = cause.facts.get(value)
        elif isinstance(value, str):
            value = self.charter.reading.get(value, value)
        return due_from(self.charter, at, value)

    def plain_end(self, value, at):
        return due_from(self.charter, at, self.charter.reading.get(value, value))

    def debtors(self, matter, cause, name):
        owed = cause.text.act(name)
        if owed is None or not owed.is_each:
            return [None]
        found = bound(self, letters_of(owed.art or matter.art), cause.since)
        if owed.by == ("each other member",):
            found.discard(matter.subject)
        return sorted(found)

    def start_clocks(self, matter, new):
        for name, value in new.act.lapse.items():
            due = self.when(new, value, new.since)
            if due is not None:
                matter.clocks.append(Clock(name, new, due))
        lasts = new.act.lasts
        if lasts is None or isinstance(lasts, tuple) or new.act.deed:
            return
        due = self.when(new, lasts, new.since)
        if due is not None:
            new.end = due
            matter.clocks.append(Clock(None, new, due))

    # ------------------------------------------------------------------- what follows

    def settle(self, matter, change):
        """End what stood only as long as others did; then ask every deed for footing."""
        self.settle_one(matter, change)
        for other in list(self.matters.values()):
            if other.above is matter:
                self.settle(other, change)

    def settle_one(self, matter, change):
        while True:
            loose = [
                force
                for force in matter.forces
                if force.ended is None
                and not force.act.deed
                and isinstance(force.act.lasts, tuple)
                and not self.is_any(matter, force, force.act.lasts)
            ]
            if not loose:
                break
            for force in loose:
                self.end(matter, force, change)
        for force in matter.forces:
            stands = force.ended is None and not self.has_footing(matter, force)
            if stands and force.act.undo and not force.has_owed:
                force.has_owed = True
                self.owe_undoing(matter, force, change)

    def has_footing(self, matter, force):
        lasts = force.act.lasts
        clauses = [lasts] if isinstance(lasts, tuple) else force.act.meanwhile
        return all(self.is_any(matter, force, clause) for clause in clauses)

    def is_any(self, matter, force, names):
        return any(
            other.ended is None and is_own(force.act, force.member, other)
            for name in names
            for other in matter.of(name)
        )

    def owe_undoing(self, matter, force, change):
        for name, value in force.act.undo.items():
            self.owe(matter, force, name, force.member, value, change.at)

    # ------------------------------------------------------------------ what waited

    def look_at_waiting(self, matter, change):
        for wait in list(matter.waiting):
            if wait not in matter.waiting:
                continue
            done = {force.act.name for force in matter.forces}
            if wait.doing.unless in done:
                matter.waiting.remove(wait)
            elif wait.doing.ripens in done:
                self.ripen(matter, wait, change)

    def ripen(self, matter, wait, change):
        matter.waiting.remove(wait)
        act, text = wait.question.act, wait.question.text
        self.take_effect(matter, wait.doing, act, text, change)
