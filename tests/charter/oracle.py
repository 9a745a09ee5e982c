"""A second, slow interpreter of the charter language, to hold the kernel to.

Written from the text of the language alone, with sets and loops, before its author had
read the kernel; what the two then disagreed about was decided by the text. It shares with
the kernel only the plain values of `model`, `doing` and `moment`. Nothing here is fast, and
nothing is clever. Source: docs/charter-language.md.
"""

from dataclasses import dataclass, replace
from typing import Any

from peyman.charter.doing import CONTESTED, Doing
from peyman.charter.moment import Moment
from tests.charter.oracle_effects import Change, Clock, Effects, Matter, Wait
from tests.charter.oracle_gates import Question, subject_of
from tests.charter.oracle_judge import findings, is_void
from tests.charter.oracle_time import Before, first_day, last_day


@dataclass(eq=False)
class Heard:
    """What the text of one day makes of a doing; no question if it knows no such act."""

    codes: set[str]
    question: Any

    @property
    def counts(self):
        return self.question is not None and not is_void(self.question.act, self.codes)


class World(Effects):
    def __init__(self, charter, doings, *, holds=(), turned=frozenset()):
        self.charter = charter
        self.holds = holds
        self.turned = turned
        self.before = Before(doings)
        self.to_come = self.before.order()
        self.matters = {}
        self.moves = []
        self.struck = []
        self.verdicts = []

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
                (
                    (clock.due.latest, clock.cause.since, clock.act is None),
                    matter,
                    clock,
                )
                for matter in self.matters.values()
                for clock in matter.clocks
            ] + [
                ((wait.instant, wait.doing.at, False), matter, wait)
                for matter in self.matters.values()
                for wait in matter.waiting
                if wait.instant is not None
            ]
            coming = [one for one in coming if one[0][0] <= until]
            if not coming:
                return
            _, matter, what = min(coming, key=lambda one: one[0])
            if isinstance(what, Clock):
                self.strike(matter, what)
            else:
                self.ripen(
                    matter, what, Change(Moment(what.instant, what.instant), None)
                )

    def strike(self, matter, clock):
        matter.clocks.remove(clock)
        at = Moment(*clock.due)
        cause = clock.cause
        self.struck.append((cause, clock.act))
        if clock.act is None:
            self.end(matter, cause, Change(at, None))
            self.settle(matter, Change(at, None))
            return
        text = self.charter.on(first_day(self.charter, cause.doing.at))
        act = text.act(clock.act)
        if act is None:
            return
        doing = Doing(
            entry=f"{cause.doing.id}, time",
            n=1,
            act=clock.act,
            at=at,
            entered=cause.doing.entered,
            matter=matter.id,
            by="time",
            member=cause.member,
            basis=cause.doing.basis,
            states=dict(cause.facts),
        )
        codes = self.take_effect(matter, doing, act, text, Change(at, None))
        self.verdicts.append((doing, codes, True))

    # ------------------------------------------------------------------- one doing

    def take(self, doing):
        base = self.judge(doing, first_day(self.charter, doing.at))
        other = self.judge(doing, last_day(self.charter, doing.at))
        codes = set(base.codes)
        if doing.contested is not None:
            codes.add("contested key")
        if base.counts != other.counts:
            codes.add("version unsure")
        chosen = self.reading(doing, base, other, codes)
        if chosen is not None:
            codes |= self.enact(doing, chosen.question)
        self.verdicts.append((doing, codes, chosen is not None))

    def reading(self, doing, base, other, codes):
        """The heard text by which it has effect, or None."""
        is_turned = doing.entry in self.turned
        if is_turned and base.counts != other.counts:
            return other if other.counts else None
        if not base.counts:
            return None
        has_effect = "entered too late" not in codes
        if is_turned and codes & CONTESTED:
            has_effect = not has_effect
        return base if has_effect else None

    def judge(self, doing, day):
        text = self.charter.on(day)
        act = text.act(doing.act, doing.form)
        if act is None:
            return Heard({"no provision"}, None)
        matter = self.matter_of(doing, act)
        if matter is None:
            return Heard({"no such matter"}, None)
        question = Question(self, doing, text, act, matter)
        return Heard(findings(question), question)

    def matter_of(self, doing, act):
        name = doing.opens_as or doing.id
        if doing.matter is None:
            if act.opens is not True:
                return None
            return Matter(name, act.kind, subject_of(doing), act.art)
        found = self.matters.get(doing.matter)
        if found is not None and found.kind == act.opens:
            subject = doing.subject or found.subject or subject_of(doing)
            return Matter(name, act.kind, subject, act.art, above=found)
        return found if found is not None and found.kind == act.kind else None

    def enact(self, doing, question):
        matter = question.matter
        self.matters.setdefault(matter.id, matter)
        wait = Wait(doing, question)
        done = {force.act.name for force in matter.forces}
        if doing.ripens is not None:
            if doing.unless in done:
                return set()
            if isinstance(doing.ripens, int):
                wait.instant = doing.ripens
                is_ripe = doing.ripens <= doing.at.lo
            else:
                is_ripe = doing.ripens in done
            if not is_ripe:
                matter.waiting.append(wait)
                return set()
        change = Change(doing.at, doing)
        return self.take_effect(matter, doing, question.act, question.text, change)


def read(charter, doings, until, *, holds=(), turned=frozenset()):
    """Interpret doings in the order of the record, as the law stands at `until`."""
    known = [replace(one) for one in doings if one.at.lo <= until]
    return World(charter, known, holds=holds, turned=turned).run(until)
