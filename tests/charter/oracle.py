"""A second, slow interpreter of the charter language, to hold the kernel to.

Written from docs/charter-language.md alone, with sets and loops, by somebody who had not
read the kernel. It shares with it only the plain values of `model`, `doing` and `moment`.
Nothing here is fast, and nothing is clever: where the two disagree, the text decides.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from peyman.charter.doing import CONTESTED, Doing
from peyman.charter.moment import Due, Moment, read_instant
from tests.charter.oracle_judge import (
    Question,
    exceeding,
    findings,
    is_own,
    is_void,
    member_of,
    subject_of,
)
from tests.charter.oracle_time import (
    NEVER,
    Before,
    due_from,
    due_from_old_end,
    first_day,
    last_day,
)
from tests.charter.oracle_vote import bound, letters_of


@dataclass(eq=False)
class Force:
    """One act that took effect."""

    doing: Any
    act: Any
    member: str | None
    since: Moment
    begun_by: Any
    text: Any
    place: int
    facts: dict = field(default_factory=dict)
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
    art: tuple
    forces: list = field(default_factory=list)
    owed: list = field(default_factory=list)
    clocks: list = field(default_factory=list)
    waiting: list = field(default_factory=list)


@dataclass(eq=False)
class Change:
    """What happens now, when, and through whom."""

    at: Moment
    by: Any


class World:
    def __init__(self, charter, doings, *, holds=(), turned=frozenset()):
        self.charter = charter
        self.holds = holds
        self.turned = turned
        self.before = Before(doings)
        self.to_come = self.before.order()
        self.matters = {}
        self.left = {}
        self.verdicts = []
        self.place = 0

    # ------------------------------------------------------------------ the course

    def run(self, until):
        while self.to_come:
            doing = self.to_come.pop(0)
            self.let_time_pass(doing.at.lo - 1)
            self.take(doing)
        self.let_time_pass(until)
        return self

    def let_time_pass(self, until):
        """Do what time does up to and at this second, in order of day, then of cause."""
        while True:
            coming = [
                (clock.due.latest, clock.cause.place, clock.act is None, matter, clock)
                for matter in self.matters.values()
                for clock in matter.clocks
                if clock.due.latest <= until
            ]
            ripe = [
                (wait[3], wait[2], False, matter, wait)
                for matter in self.matters.values()
                for wait in matter.waiting
                if wait[3] is not None and wait[3] <= until
            ]
            if not coming + ripe:
                return
            *_, matter, what = min(coming + ripe, key=lambda one: one[:3])
            if isinstance(what, Clock):
                self.strike(matter, what)
            else:
                self.ripen(matter, what, Change(Moment(what[3], what[3]), None))

    def strike(self, matter, clock):
        matter.clocks.remove(clock)
        at = Moment(*clock.due)
        cause = clock.cause
        if clock.act is None:
            self.end(matter, cause, Change(at, None))
            self.settle(matter, Change(at, None))
            return
        act = cause.text.act(clock.act)
        if act is None:
            return
        doing = Doing(
            entry=f"{cause.doing.id}, time",
            n=1,
            act=clock.act,
            at=at,
            entered=cause.doing.entered,
            matter=matter.id,
            member=cause.member,
            states=dict(cause.facts),
        )
        late = self.take_effect(matter, doing, act, cause.text, Change(at, None))
        self.verdicts.append((doing, late, True))

    # ------------------------------------------------------------------- one doing

    def take(self, doing):
        self.place += 1
        base = self.judge(doing, first_day(self.charter, doing.at))
        codes, question = base
        if question is None:
            self.verdicts.append((doing, codes, False))
            return
        other = self.judge(doing, last_day(self.charter, doing.at))
        chosen = question
        if is_void(other[0]) != is_void(codes):
            codes = codes | {"version unsure"}
            if is_void(codes) and doing.entry in self.turned:
                chosen = other[1]
        has_effect = self.has_effect(doing, question.act, codes, other[0])
        if has_effect:
            codes = codes | self.enact(doing, chosen)
        self.verdicts.append((doing, codes, has_effect))

    def has_effect(self, doing, act, codes, other):
        if act.deed:
            return True
        base = not is_void(codes) and "entered too late" not in codes
        is_contested = bool(codes & CONTESTED)
        if doing.entry in self.turned and is_contested:
            if is_void(codes):
                return not is_void(other)
            return not base
        return base

    def judge(self, doing, day):
        text = self.charter.on(day)
        act = text.act(doing.act, doing.form)
        if act is None:
            return {"no provision"}, None
        matter = self.matter_of(doing, act)
        if matter is None:
            return {"no such matter"}, None
        question = Question(self, doing, text, act, matter)
        return findings(question), question

    def matter_of(self, doing, act):
        if doing.matter is None:
            if not act.opens:
                return None
            name = doing.opens_as or doing.id
            return Matter(name, act.kind, subject_of(doing), act.art)
        found = self.matters.get(doing.matter)
        return found if found is not None and found.kind == act.kind else None

    def enact(self, doing, question):
        matter = question.matter
        self.matters.setdefault(matter.id, matter)
        if doing.ripens is None:
            change = Change(doing.at, doing)
            return self.take_effect(matter, doing, question.act, question.text, change)
        instant, name = None, None
        if isinstance(doing.ripens, int):
            instant = doing.ripens
        elif "T" in doing.ripens and doing.ripens[:1].isdigit():
            instant = read_instant(doing.ripens)
        else:
            name = doing.ripens
        matter.waiting.append((doing, question, self.place, instant, name))
        self.look_at_waiting(matter, Change(doing.at, doing))
        return set()

    def look_at_waiting(self, matter, change):
        done = {force.act.name for force in matter.forces}
        for wait in list(matter.waiting):
            if wait not in matter.waiting:
                continue
            if wait[0].unless in done:
                matter.waiting.remove(wait)
            elif wait[4] in done:
                self.ripen(matter, wait, change)

    def ripen(self, matter, wait, change):
        matter.waiting.remove(wait)
        doing, question = wait[0], wait[1]
        self.take_effect(matter, doing, question.act, question.text, change)

    # ---------------------------------------------------------------------- effects

    def take_effect(self, matter, doing, act, text, change):
        member = member_of(doing)
        codes = self.meet(matter, doing, member)
        facts = {**doing.states, **exceeding(self.charter, act, doing)}
        new = Force(
            doing, act, member, change.at, change.by, text, self.place, dict(facts)
        )
        for old in self.standing(matter, act.amends, new):
            self.amend(matter, old, facts)
        for old in self.standing(matter, act.ends, new):
            self.end(matter, old, change)
        for owed in matter.owed:
            owed.is_open = owed.is_open and owed.act not in act.waive
        matter.forces.append(new)
        self.oblige(matter, new)
        self.start_clocks(matter, new)
        for letter in act.leaves:
            self.left.setdefault((letter, matter.subject), change.at.lo)
        self.settle(matter, change)
        self.look_at_waiting(matter, change)
        return codes

    def standing(self, matter, names, new):
        return [
            force
            for force in matter.forces
            if force.act.name in names
            and force.ended is None
            and is_own(new.act, new.member, force)
        ]

    def meet(self, matter, doing, member):
        """An act meets the oldest duty to do it; late is about the act, not the entry."""
        for owed in matter.owed:
            if owed.is_open and owed.act == doing.act and owed.debtor in (None, member):
                owed.is_open = False
                at = doing.at
                if self.charter.notice == "received" and doing.received:
                    at = doing.received
                return {"late"} if owed.due and at.lo > owed.due.latest else set()
        return set()

    def amend(self, matter, old, facts):
        old.facts.update(facts)
        if isinstance(old.act.lasts, str) and old.act.lasts in facts and not old.act.deed:
            value = facts[old.act.lasts]
            if old.end is None:
                end = due_from(self.charter, old.doing.at, value)
            else:
                end = due_from_old_end(self.charter, old.end, value)
            matter.clocks = [
                c for c in matter.clocks if c.cause is not old or c.act is not None
            ]
            old.end = end
            if end is not None:
                matter.clocks.append(Clock(None, old, end))

    def end(self, matter, force, change):
        force.ended, force.ended_by = change.at, change.by
        matter.clocks = [c for c in matter.clocks if c.cause is not force]

    def oblige(self, matter, new):
        for name, value in new.act.duty.items():
            for debtor in self.debtors(matter, new, name):
                self.owe(matter, new, name, debtor, value)

    def owe(self, matter, cause, name, debtor, value, at=None):
        due = self.when(cause, value, at or cause.since)
        matter.owed.append(Owed(name, debtor, cause.doing.id, due))

    def when(self, cause, value, at):
        """A span word: a span, a word with a reading, a fact the act states, no day."""
        if value in cause.act.fixes:
            value = cause.facts.get(value)
        return None if value in NEVER else due_from(self.charter, at, value)

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
            if force.ended is None and force.act.undo and not force.has_owed:
                if not self.has_footing(matter, force):
                    force.has_owed = True
                    self.owe_undoing(matter, force, change)

    def has_footing(self, matter, force):
        lasts = force.act.lasts
        clauses = [lasts] if isinstance(lasts, tuple) else force.act.meanwhile
        return all(self.is_any(matter, force, clause) for clause in clauses)

    def is_any(self, matter, force, names):
        return any(
            other.act.name in names
            and other.ended is None
            and is_own(force.act, force.member, other)
            for other in matter.forces
        )

    def owe_undoing(self, matter, force, change):
        for name, value in force.act.undo.items():
            owed = force.text.act(name)
            debtor = force.member if owed is not None and owed.is_each else None
            self.owe(matter, force, name, debtor, value, change.at)


def read(charter, doings, until, *, holds=(), turned=frozenset()):
    """Interpret doings in the order of the record, as the law stands at `until`."""
    known = [replace(one) for one in doings if one.at.lo <= until]
    return World(charter, known, holds=holds, turned=turned).run(until)
