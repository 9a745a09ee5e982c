"""Run many cases of a log at once, one row of each at a time: bare verdicts, and fast.

It keeps apart fewer days and members of a case than `peyman.charter.conformance.runs.course`,
and leaves to that the cases where this is not enough: their verdict is `UNSURE` here. A
case is judged as soon as it is at fault.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from peyman.charter.conformance.runs.automaton import NOBODY, OVER, Automaton
from peyman.charter.conformance.runs.part import Ints, Part
from peyman.charter.conformance.runs.spans import Spans
from peyman.charter.conformance.runs.tables import MOST_SLOTS, NEVER, UNKNOWN, Tables
from peyman.charter.conformance.steps.law import member_of

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
        said = Said(self, part)
        heard = np.asarray([one.mark for one in self.automaton.heard], np.int8)
        marks = heard[said.heard][said.code]
        worst: Ints = np.maximum.reduceat(marks, part.first[:-1])
        return worst

    def number(self, name: str | None) -> int:
        """The number of a member, whatever the case."""
        return NOBODY if name is None else self.names.setdefault(name, len(self.names))


class Said:
    """What the rows of a part say, each of their meanings in each era once.

    Attributes:
        code: For every row, its place in the other columns; in as few bytes as will do,
            since the rows that are taken at once stand far apart in memory.
        heard: The number of what the charter makes of it.
        member: The number of the member for whom it is; `subject`: of the one it names.
        is_by_time: Whether it tells what time does.
        tells: Whether it matters which of the members of its case does it.
    """

    def __init__(self, over: Lockstep, part: Part) -> None:
        automaton, law = over.automaton, over.automaton.law
        low, high = (law.era_of(int(edge)) for edge in (part.at.min(), part.at.max()))
        many = high - low + 1
        code = part.what
        if many > 1:
            era = np.searchsorted(np.asarray(law.starts), part.at, "right")
            code = part.what * many + era - low
        small = np.min_scalar_type(len(part.meanings) * many)
        self.code = code.astype(small, copy=False)
        rows = [(one, era) for one in part.meanings for era in range(low, high + 1)]
        self.heard = np.asarray([automaton.hear(*row) for row in rows], np.int64)
        self.member = np.asarray([over.number(member_of(one)) for one, _ in rows])
        self.subject = np.asarray([over.number(one.subject) for one, _ in rows])
        known = [automaton.heard[number] for number in self.heard.tolist()]
        self.is_by_time = np.asarray([one.is_by_time for one in known], np.int64)
        tells = np.asarray([one.tells_members for one in known], bool)
        is_named = (self.member != NOBODY) | (self.subject != NOBODY)
        self.tells = tells & is_named


class _Run:
    """The cases of one part, the longest first, and where each of them stands.

    Those that have a row left are always the first so many, and so rows are taken with
    slices. A case that has its verdict stays among them, in the state `OVER`.
    """

    def __init__(self, over: Lockstep, part: Part, at: int | None) -> None:
        self.over, self.tables, self.spans = over, over.tables, over.spans
        self.part, self.closed_at = part, at
        self.eras = np.asarray(over.automaton.law.starts, np.int64)
        shortness = -np.diff(part.first)
        small = np.min_scalar_type(int(shortness.min(initial=0)))
        self.order = np.argsort(shortness.astype(small), kind="stable")
        self.shortness = shortness[self.order]
        self.first = part.first[:-1][self.order]
        many = len(shortness)
        self.verdict = np.zeros(many, np.int8)
        self.state = np.zeros(many, np.int64)
        self.days = np.zeros((many, MOST_SLOTS), np.int64)
        self.alarm = np.full(many, NEVER)
        self.names = np.full((many, MOST_SLOTS), NOBODY, np.int32)
        self.named = np.zeros(many, np.int64)

    def verdicts(self) -> NDArray[np.int8]:
        """Run to the end."""
        live, place = len(self.first), 0
        if not live:
            return self.verdict
        self.said = Said(self.over, self.part)
        heard = self.said.heard.tolist()
        nobody = [self.tables.column(one, NOBODY, NOBODY) for one in heard]
        self.column = np.asarray(nobody, np.int64)
        self.tells_any = bool(self.said.tells.any())
        while live:
            self._row(live, place)
            place += 1
            longer = int(np.searchsorted(self.shortness, -place))
            self._finish(longer, live)
            live = longer
        found = np.empty_like(self.verdict)
        found[self.order] = self.verdict
        return found

    def _row(self, live: int, place: int) -> None:
        """Take one row of every case that has one left."""
        event = self.first[:live] + place
        code = self.said.code.take(event)
        if self.tables.has_clocks:
            before = self.part.at.take(event) + self.said.is_by_time.take(code)
            self._time_passes(0, before)
        cell = self._cells(live, self._columns(live, code))
        odd = np.flatnonzero(cell < 0)
        step, at = self.tables.step_in(cell[odd]), event[odd]
        cell[odd] = self.tables.then[step]
        self.state[:live] = cell
        if len(odd):
            self._special(odd, step, self.part.at[at], self.part.until[at])

    def _judge(self, case: Ints, verdict: int) -> None:
        """Have done with some cases."""
        self.verdict[case] = verdict
        self.state[case] = OVER
        self.alarm[case] = NEVER

    # -------------------------------------------------------------------- what to take

    def _columns(self, live: int, code: NDArray[Any]) -> Ints:
        """The columns of the table: what is heard, of whom, about whom."""
        column: Ints = self.column.take(code)
        if self.tells_any:
            tells = self.said.tells.take(code) & (self.state[:live] != OVER)
            case = np.flatnonzero(tells)
            code = code[case]
            who = self._number(case, self.said.member[code])
            whom = self._number(case, self.said.subject[code])
            wide = MOST_SLOTS + 1
            key = (self.said.heard[code] * wide + who + 1) * wide + whom + 1
            column[case] = self.tables.columns_of(key)
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
        self._judge(newcomers[self.named[newcomers] >= MOST_SLOTS], UNSURE)
        free = np.minimum(self.named[newcomers], MOST_SLOTS - 1)
        self.names[newcomers, free] = name[is_new]
        self.named[newcomers] += 1
        place[is_new] = free
        number[there] = place
        return number

    def _cells(self, live: int, column: Ints) -> NDArray[np.int32]:
        """What stands in the table; where it has no room, the case is unsure."""
        tables, state = self.tables, self.state[:live]
        if tables.is_full:
            self._judge(np.flatnonzero(state >= len(tables.cell)), UNSURE)
        cell = tables.look_up(state, column)
        missing = np.flatnonzero(cell == UNKNOWN)
        if len(missing):
            state, column = state[missing], column[missing]
            tables.fill(state, column)
            cell[missing] = tables.look_up(state, column)
        return cell

    # --------------------------------------------------------------------- what it does

    def _special(self, case: Ints, step: NDArray[Any], at: Ints, until: Ints) -> None:
        """Steps that find a fault, touch slots, or are beyond what is kept apart."""
        tables = self.tables
        touch = tables.touch[step]
        touched = np.flatnonzero(touch)
        late = [
            self._touch(one, case[here], at[here], until[here])
            for one in np.unique(touch[touched]).tolist()
            for here in (touched[touch[touched] == one],)
        ]
        self.alarm[case[touched]] = self._coming(case[touched]).min(axis=1)
        self._judge(case[tables.is_hard[step]], UNSURE)
        for one in late:
            self._judge(one, AT_FAULT)
        self._judge(case[tables.is_wrong[step]], AT_FAULT)

    def _touch(self, touch: int, case: Ints, at: Ints, until: Ints) -> Ints:
        """Set the days of slots; which of the cases meet a duty too late."""
        late, sets = self.tables.touches[touch]
        days = self.days[case]
        is_late = np.zeros(len(case), bool)
        for fault in late:
            if fault.slot is not None and fault.slot < MOST_SLOTS:
                is_late |= at > days[:, fault.slot]
        for one in sets:
            if one.slot < MOST_SLOTS:
                day = self.spans.day(one.when, at, until, days)
                self.days[case, one.slot] = day
        return case[is_late]

    def _coming(self, case: Ints) -> Ints:
        """The day of each slot on which time will do something; else `NEVER`."""
        running = self.tables.clocks[self.state[case]]
        coming: Ints = np.where(running, self.days[case], NEVER)
        return coming

    def _time_passes(self, first: int, before: Ints) -> None:
        """Let time do what falls due before an instant, one thing after the other.

        An alarm may be too early, since what has ended has its alarm still, never too late.

        Args:
            first: The first of the cases.
            before: The instant of each of them.
        """
        due = np.flatnonzero(self.alarm[first : first + len(before)] < before)
        case, before = due + first, before[due]
        while len(case):
            coming = self._coming(case)
            day = coming.min(axis=1)
            self.alarm[case] = day
            is_tied = (coming == day[:, None]).sum(axis=1) > 1
            is_due = day < before
            self._judge(case[is_due & is_tied], UNSURE)
            kept = np.flatnonzero(is_due & ~is_tied)
            case, before = case[kept], before[kept]
            self._strike(case, coming[kept].argmin(axis=1), day[kept])

    def _strike(self, case: Ints, slot: Ints, day: Ints) -> None:
        many = len(self.eras) + 1
        era = np.searchsorted(self.eras, day, "right")
        key = (self.state[case] * MOST_SLOTS + slot) * many + era
        found, where = np.unique(key, return_inverse=True)
        steps = []
        for one in found.tolist():
            rest, when = divmod(one, many)
            state, its_slot = divmod(rest, MOST_SLOTS)
            steps.append(self.over.automaton.strike(state, its_slot, when))
        self.tables.grow()
        step = np.asarray(steps, np.int64)[where]
        self.state[case] = self.tables.then[step]
        self._special(case, step, day, day)

    def _finish(self, first: int, last: int) -> None:
        """What is still owed: all of it where a case is over, else what had its day."""
        if first == last:
            return
        if self.tables.has_clocks:
            here = slice(first, last)
            now = self.part.at[self.first[here] - self.shortness[here] - 1]
            if self.closed_at is not None:
                now = np.full(last - first, self.closed_at)
            self._time_passes(first, now + 1)
        state = self.state[first:last]
        verdict = self.verdict[first:last]
        verdict[self.tables.owes_by_a_day.take(state)] = UNSURE
        if self.closed_at is None:
            verdict[self.tables.owes.take(state)] = AT_FAULT
