"""Run one case of a log from its first row to its last, and say what is at fault with it.

Exact and one row at a time; `peyman.charter.conformance.runs.lockstep` gives the bare verdicts of
many cases at once, and leaves to this what it does not keep apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peyman.charter.conformance.runs.automaton import NOBODY, Automaton, Met, Taken
from peyman.charter.conformance.steps.calendar import Calendar
from peyman.charter.conformance.steps.law import Row
from peyman.charter.conformance.steps.state import EACH, Duty, Fault


@dataclass(frozen=True, slots=True)
class Event:
    """One row of a case.

    Attributes:
        row: Its number in the log.
        what: What was done.
        at: When it began, in seconds since 1970.
        until: When it was surely over; the same as `at` for an instant.
    """

    row: int
    what: Row
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault, with the row that it was found at; None for what time did, or never came.

    Attributes:
        act: The full name of the act, or what the log calls it.
        what: What the row says, if there is one.
        at: When, where it was found at a time.
        due: The day by which it was owed, if it has one.
        who: The member who owes it, if it is one alone.
        left: How many owe it; `is_each`: whether of those bound, each for itself.
    """

    fault: Fault
    act: str
    row: int | None
    at: int | None
    due: int | None = None
    who: str | None = None
    left: int = 1
    is_each: bool = False
    what: Row | None = None


TOO_MUCH = Fault("too much")
"""In place of a verdict, where more stands open in a case than is kept apart."""


class Course:
    """One case under way."""

    def __init__(self, automaton: Automaton, calendar: Calendar) -> None:
        self.automaton = automaton
        self.calendar = calendar
        self.state = 0
        self.numbers: dict[str, int] = {}
        self.days: list[int] = []
        self.since: list[int] = []

    def run(self, events: Sequence[Event], at: int | None = None) -> Iterator[Remark]:
        """Everything that is at fault in a case.

        Args:
            events: Its rows, in order of time.
            at: As of when the log was drawn up, for cases that are not over; None if
                every case is over with its last row.
        """
        automaton, era_of = self.automaton, self.automaton.law.era_of
        for event in events:
            met = automaton.meet(event.what, era_of(event.at))
            if automaton.known[self.state].clocks:
                yield from self._time_passes(event.at + met.is_by_time)
            step = self._step(met)
            if step.is_plain:
                self.state = step.then
            else:
                yield from self._found(step, met.act, event, event.at)
                self._follow(step, event.at, event.until)
        now = at if at is not None else events[-1].at if events else 0
        yield from self._time_passes(now + 1)
        yield from self._end(now, is_over=at is None)

    def _step(self, met: Met) -> Taken:
        automaton = self.automaton
        member = self._number(met.member)
        if met.other is not None and automaton.states[self.state].moved:
            member = self.numbers.get(met.other, NOBODY)
        subject = self._number(met.subject)
        return automaton.steps[automaton.take(self.state, met.heard, member, subject)]

    def _number(self, name: str | None) -> int:
        if name is None:
            return NOBODY
        return self.numbers.setdefault(name, len(self.numbers))

    def _time_passes(self, before: int) -> Iterator[Remark]:
        """Let time do what falls due before an instant, in order of day, then of cause."""
        while due := self._next(before):
            slot, day = due
            automaton = self.automaton
            era = automaton.law.era_of(day)
            step = automaton.steps[automaton.strike(self.state, slot, era)]
            yield from self._found(step, "time", None, day)
            self._follow(step, day, day)

    def _next(self, before: int) -> tuple[int, int] | None:
        clocks = self.automaton.known[self.state].clocks
        due = [
            (self.days[slot], self.since[slot], is_term, place, slot)
            for place, (slot, is_term) in enumerate(clocks)
            if self.days[slot] < before
        ]
        if not due:
            return None
        day, *_, slot = min(due)
        return slot, day

    def _follow(self, step: Taken, at: int, until: int) -> None:
        days = [self.calendar.day(one.when, at, until, self.days) for one in step.sets]
        for one, day in zip(step.sets, days, strict=True):
            while one.slot >= len(self.days):
                self.days.append(0)
                self.since.append(0)
            self.days[one.slot] = day
            if one.is_new:
                self.since[one.slot] = at
        self.state = step.then

    def _found(
        self, step: Taken, act: str, event: Event | None, at: int
    ) -> Iterator[Remark]:
        row, what = (event.row, event.what) if event is not None else (None, None)
        for fault in step.faults:
            yield Remark(fault, act, row, at, what=what)
        for fault in step.late:
            due = self.days[fault.slot or 0]
            if at > due:
                yield Remark(fault, act, row, at, due, what=what)
        if step.is_too_much:
            yield Remark(TOO_MUCH, act, row, at, what=what)

    def _end(self, now: int, *, is_over: bool) -> Iterator[Remark]:
        """What is still owed: all of it where a case is over, else what had its day."""
        known = self.automaton.known[self.state]
        for duty in (*known.owed, *known.again):
            had_its_day = duty.slot is not None and self.days[duty.slot] < now
            if had_its_day or (is_over and duty.again is None):
                yield self._never(duty)

    def _never(self, duty: Duty) -> Remark:
        names = {number: name for name, number in self.numbers.items()}
        is_each = duty.debtor == EACH
        who = None if is_each or duty.debtor is None else names.get(duty.debtor)
        due = None if duty.slot is None else self.days[duty.slot]
        fault = Fault("never met", duty.articles, (duty.because,))
        left = duty.left if is_each else 1
        return Remark(fault, duty.act, None, None, due, who, left, is_each)
