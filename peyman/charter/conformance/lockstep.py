"""Run many cases of a log at once, one row of each at a time: bare verdicts, and fast.

It keeps apart fewer days and members of a case than `peyman.charter.conformance.course`,
and leaves to that the cases where this is not enough: their verdict is `UNSURE` here. A
case is left as soon as it is at fault.
"""

import numpy as np
from numpy.typing import NDArray

from peyman.charter.conformance.automaton import NOBODY, Automaton
from peyman.charter.conformance.law import member_of
from peyman.charter.conformance.part import Ints, Part
from peyman.charter.conformance.spans import Spans
from peyman.charter.conformance.tables import MOST_SLOTS, NEVER, Tables

CONFORMS, AT_FAULT, UNSURE = 0, 1, 2


class Lockstep:
    """A charter as it is run over the parts of a log."""

    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.tables = Tables(automaton)
        self.spans = Spans(automaton.law.charter)
        self.names: dict[str, int] = {}

    def verdicts(self, part: Part, at: int | None = None) -> NDArray[np.int8]:
        """`CONFORMS`, `AT_FAULT` or `UNSURE` for every case of a part.

        Args:
            part: The cases.
            at: As of when the log was drawn up, for cases that are not over; None if
                every case is over with its last row.
        """
        if self.automaton.forget_if_full():
            self.tables = Tables(self.automaton)
        return _Run(self, part, at).verdicts()

    def marks(self, part: Part) -> Ints:
        """How surely each case's articles were read: an index of `law.MARKS`, the worst."""
        heard = heard_in(self.automaton, part)
        marks = np.asarray([one.mark for one in self.automaton.heard], np.int64)
        worst: Ints = np.maximum.reduceat(marks[heard], part.first[:-1])
        return worst

    def number(self, name: str | None) -> int:
        """The number of a member, whatever the case."""
        return NOBODY if name is None else self.names.setdefault(name, len(self.names))


def heard_in(automaton: Automaton, part: Part) -> Ints:
    """The number of what the charter makes of every row."""
    law = automaton.law
    many = len(law.starts) + 1
    if not len(part.at):
        return np.zeros(0, np.int64)
    low, high = (law.era_of(int(edge)) for edge in (part.at.min(), part.at.max()))
    era: Ints | int = low
    if low != high:
        era = np.searchsorted(np.asarray(law.starts), part.at, "right")
    codes = part.what * many + era
    there = np.zeros(len(part.meanings) * many, bool)
    there[codes] = True
    table = np.zeros(len(there), np.int64)
    for code in np.flatnonzero(there).tolist():
        what, when = divmod(code, many)
        table[code] = automaton.hear(part.meanings[what], when)
    heard: Ints = table[codes]
    return heard


class _Run:
    """The cases of one part, the longest first, and where each of them stands."""

    def __init__(self, over: Lockstep, part: Part, at: int | None) -> None:
        self.over, self.tables, self.spans = over, over.tables, over.spans
        self.part, self.closed_at = part, at
        self.eras = np.asarray(over.automaton.law.starts, np.int64)
        lengths = np.diff(part.first)
        self.order = np.argsort(-lengths, kind="stable")
        self.length = lengths[self.order]
        self.first = part.first[:-1][self.order]
        self.heard = heard_in(over.automaton, part)
        known = over.automaton.heard
        self.is_by_time = np.asarray([one.is_by_time for one in known], bool)
        self.tells_members = np.asarray([one.tells_members for one in known], bool)
        members = [over.number(member_of(one)) for one in part.meanings]
        subjects = [over.number(one.subject) for one in part.meanings]
        self.member = np.asarray(members, np.int64)
        self.subject = np.asarray(subjects, np.int64)
        many = len(lengths)
        self.verdict = np.zeros(many, np.int8)
        self.state = np.zeros(many, np.int32)
        self.days = np.zeros((many, MOST_SLOTS), np.int64)
        self.alarm = np.full(many, NEVER)
        self.names = np.full((many, MOST_SLOTS), NOBODY, np.int32)
        self.named = np.zeros(many, np.int64)
        self.columns = np.full(0, -1, np.int64)

    def verdicts(self) -> NDArray[np.int8]:
        """Run to the end."""
        live = np.flatnonzero(self.length > 0)
        place = 0
        while len(live):
            live = self._row(live, place)
            place += 1
            is_last = self.length[live] == place
            self._finish(live[is_last])
            live = live[~is_last]
        found = np.empty_like(self.verdict)
        found[self.order] = self.verdict
        return found

    def _row(self, live: Ints, place: int) -> Ints:
        """Take one row of every live case; which of them live on."""
        event = self.first[live] + place
        at, heard = self.part.at[event], self.heard[event]
        self._time_passes(live, at + self.is_by_time[heard])
        column = self._column(live, heard, self.part.what[event])
        go = np.flatnonzero(self.verdict[live] == CONFORMS)
        live, column, event = live[go], column[go], event[go]
        step = self._step(live, column)
        self._follow(live, step, self.part.at[event], self.part.until[event])
        on: Ints = live[self.verdict[live] == CONFORMS]
        return on

    # -------------------------------------------------------------------- what to take

    def _column(self, live: Ints, heard: Ints, what: Ints) -> Ints:
        """The columns of the table: what is heard, of whom, about whom."""
        tells = self.tells_members[heard]
        member = self._number(live, np.where(tells, self.member[what], NOBODY))
        subject = self._number(live, np.where(tells, self.subject[what], NOBODY))
        wide = MOST_SLOTS + 1
        key = (heard * wide + member + 1) * wide + subject + 1
        if key.size and (most := int(key.max())) >= len(self.columns):
            more = np.full(most + 1 - len(self.columns), -1, np.int64)
            self.columns = np.concatenate([self.columns, more])
        column: Ints = np.asarray(self.columns[key])
        if (column < 0).any():
            for one in np.unique(key[column < 0]).tolist():
                rest, whom = divmod(one, wide)
                what_heard, who = divmod(rest, wide)
                number = self.tables.column(what_heard, who - 1, whom - 1)
                self.columns[one] = number
            column = np.asarray(self.columns[key])
        return column

    def _number(self, live: Ints, name: Ints) -> Ints:
        """Number members in the order in which their case first names them."""
        number = np.full(len(live), NOBODY, np.int64)
        there = np.flatnonzero(name != NOBODY)
        if not len(there):
            return number
        case, name = live[there], name[there]
        same = self.names[case] == name[:, None]
        place = same.argmax(axis=1)
        is_new = ~same[np.arange(len(case)), place]
        newcomers = case[is_new]
        self.verdict[newcomers[self.named[newcomers] >= MOST_SLOTS]] = UNSURE
        free = np.minimum(self.named[newcomers], MOST_SLOTS - 1)
        self.names[newcomers, free] = name[is_new]
        self.named[newcomers] += 1
        place[is_new] = free
        number[there] = place
        return number

    def _step(self, live: Ints, column: Ints) -> Ints:
        """The numbers of the steps; where the table has no room, the case is unsure."""
        tables = self.tables
        state = self.state[live]
        fits = state < len(tables.step)
        if not fits.all():
            state = np.where(fits, state, 0)
        step = tables.step[state, column]
        missing = step < 0
        if missing.any():
            tables.fill(state[missing], column[missing])
            step = tables.step[state, column]
        self.verdict[live[~fits]] = UNSURE
        return step.astype(np.int64)

    # --------------------------------------------------------------------- what it does

    def _follow(self, case: Ints, step: Ints, at: Ints, until: Ints) -> None:
        tables = self.tables
        self.verdict[case[tables.is_hard[step]]] = UNSURE
        touch = tables.touch[step]
        touched = np.flatnonzero(touch)
        for one in np.unique(touch[touched]).tolist():
            here = touched[touch[touched] == one]
            self._touch(one, case[here], at[here], until[here])
        self.verdict[case[tables.is_wrong[step]]] = AT_FAULT
        self.state[case] = tables.then[step]
        if tables.is_clocked.any():
            self._set_alarms(case)

    def _touch(self, touch: int, case: Ints, at: Ints, until: Ints) -> None:
        late, sets = self.tables.touches[touch]
        days = self.days[case]
        for fault in late:
            if fault.slot is not None and fault.slot < MOST_SLOTS:
                self.verdict[case[at > days[:, fault.slot]]] = AT_FAULT
        for one in sets:
            if one.slot < MOST_SLOTS:
                day = self.spans.day(one.when, at, until, days)
                self.days[case, one.slot] = day

    def _set_alarms(self, case: Ints) -> None:
        self.alarm[case] = NEVER
        clocked = case[self.tables.is_clocked[self.state[case]]]
        if len(clocked):
            self.alarm[clocked] = self._coming(clocked).min(axis=1)

    def _coming(self, case: Ints) -> Ints:
        running = self.tables.clocks[self.state[case]]
        coming: Ints = np.where(running, self.days[case], NEVER)
        return coming

    def _time_passes(self, live: Ints, before: Ints) -> None:
        """Let time do what falls due before an instant, one thing after the other."""
        due = np.flatnonzero(self.alarm[live] < before)
        while len(due):
            case = live[due]
            coming = self._coming(case)
            slot = coming.argmin(axis=1)
            day = coming[np.arange(len(case)), slot]
            tied = (coming == day[:, None]).sum(axis=1) > 1
            self.verdict[case[tied]] = UNSURE
            self.alarm[case[tied]] = NEVER
            self._strike(case[~tied], slot[~tied], day[~tied])
            ended = case[self.verdict[case] != CONFORMS]
            self.alarm[ended] = NEVER
            due = due[self.alarm[case] < before[due]]

    def _strike(self, case: Ints, slot: Ints, day: Ints) -> None:
        many = len(self.eras) + 1
        era = np.searchsorted(self.eras, day, "right")
        key = (self.state[case].astype(np.int64) * MOST_SLOTS + slot) * many + era
        found, where = np.unique(key, return_inverse=True)
        steps = []
        for one in found.tolist():
            rest, when = divmod(one, many)
            state, its_slot = divmod(rest, MOST_SLOTS)
            steps.append(self.over.automaton.strike(state, its_slot, when))
        self.tables.grow()
        step = np.asarray(steps, np.int64)[where]
        self._follow(case, step, day, day)

    def _finish(self, case: Ints) -> None:
        """What is still owed: all of it where a case is over, else what had its day."""
        if not len(case):
            return
        now = self.part.at[self.first[case] + self.length[case] - 1]
        if self.closed_at is not None:
            now = np.full(len(case), self.closed_at)
        self._time_passes(case, now + 1)
        case = case[self.verdict[case] == CONFORMS]
        state = self.state[case]
        if self.closed_at is not None:
            self.verdict[case[self.tables.owes_by_a_day[state]]] = UNSURE
            return
        by_a_day = self.tables.owes_by_a_day[state]
        self.verdict[case[by_a_day]] = UNSURE
        self.verdict[case[self.tables.owes[state]]] = AT_FAULT
