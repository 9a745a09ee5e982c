"""Run many cases of a log at once, one row of each at a time: bare verdicts, and fast.

It keeps apart fewer days and members of a case than `peyman.charter.conformance.course`,
and leaves to that the cases where this is not enough: their verdict is `UNSURE` here. A
case is left as soon as it is at fault.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from peyman.charter.conformance.automaton import NOBODY, Automaton
from peyman.charter.conformance.law import member_of
from peyman.charter.conformance.part import Ints, Part
from peyman.charter.conformance.spans import Spans
from peyman.charter.conformance.tables import MOST_SLOTS, NEVER, UNKNOWN, Tables

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
    """The cases of one part, the longest first, and where each of them stands."""

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
        if not len(self.first):
            return self.verdict
        self.said = Said(self.over, self.part)
        heard = self.said.heard.tolist()
        nobody = [self.tables.column(one, NOBODY, NOBODY) for one in heard]
        self.column = np.asarray(nobody, np.int64)
        self.tells_any = bool(self.said.tells.any())
        live = np.arange(len(self.first))
        place = 0
        while len(live):
            live = self._row(live, place)
            place += 1
            longer = np.searchsorted(self.shortness, -place)
            edge = np.searchsorted(live, longer)
            self._finish(live[edge:])
            live = live[:edge]
        found = np.empty_like(self.verdict)
        found[self.order] = self.verdict
        return found

    def _row(self, live: Ints, place: int) -> Ints:
        """Take one row of every live case; which of them live on."""
        event = self.first.take(live)
        event += place
        code = self.said.code.take(event)
        has_clocks = self.tables.has_clocks
        if has_clocks:
            before = self.part.at[event] + self.said.is_by_time[code]
            self._time_passes(live, before)
            live, event, code = self._kept(live, event, code)
        cell = self._cells(live, self._columns(live, code))
        if self.tells_any or self.tables.is_full:
            live, event, cell = self._kept(live, event, cell)
        odd = np.flatnonzero(cell < 0)
        if len(odd):
            step, case, at = self.tables.step_in(cell[odd]), live[odd], event[odd]
            self._special(case, step, self.part.at[at], self.part.until[at])
            cell[odd] = self.tables.then[step]
        self.state[live] = cell
        if has_clocks or self.tables.has_clocks:
            self._set_alarms(live)
        if len(odd):
            (live,) = self._kept(live)
        return live

    def _kept(self, live: Ints, *columns: NDArray[Any]) -> tuple[NDArray[Any], ...]:
        """The cases that have no verdict yet, and their rows of other columns."""
        is_kept = self.verdict[live] == CONFORMS
        if is_kept.all():
            return (live, *columns)
        return tuple(column[is_kept] for column in (live, *columns))

    # -------------------------------------------------------------------- what to take

    def _columns(self, live: Ints, code: Ints) -> Ints:
        """The columns of the table: what is heard, of whom, about whom."""
        column: Ints = self.column.take(code)
        tells = np.flatnonzero(self.said.tells[code]) if self.tells_any else ()
        if len(tells):
            case, code = live[tells], code[tells]
            who = self._number(case, self.said.member[code])
            whom = self._number(case, self.said.subject[code])
            wide = MOST_SLOTS + 1
            key = (self.said.heard[code] * wide + who + 1) * wide + whom + 1
            column[tells] = self.tables.columns_of(key)
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

    def _cells(self, live: Ints, column: Ints) -> NDArray[np.int32]:
        """What stands in the table; where it has no room, the case is unsure."""
        tables, state = self.tables, self.state.take(live)
        if tables.is_full:
            is_beyond = state >= len(tables.cell)
            self.verdict[live[is_beyond]] = UNSURE
            state[is_beyond] = 0
        cell = tables.look_up(state, column)
        missing = np.flatnonzero(cell == UNKNOWN)
        if len(missing):
            state, column = state[missing], column[missing]
            tables.fill(state, column)
            cell[missing] = tables.look_up(state, column)
        return cell

    # --------------------------------------------------------------------- what it does

    def _special(self, case: Ints, step: Ints, at: Ints, until: Ints) -> None:
        """Steps that find a fault, touch slots, or are beyond what is kept apart."""
        tables = self.tables
        self.verdict[case[tables.is_hard[step]]] = UNSURE
        touch = tables.touch[step]
        touched = np.flatnonzero(touch)
        for one in np.unique(touch[touched]).tolist():
            here = touched[touch[touched] == one]
            self._touch(one, case[here], at[here], until[here])
        self.verdict[case[tables.is_wrong[step]]] = AT_FAULT

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
        key = (self.state[case] * MOST_SLOTS + slot) * many + era
        found, where = np.unique(key, return_inverse=True)
        steps = []
        for one in found.tolist():
            rest, when = divmod(one, many)
            state, its_slot = divmod(rest, MOST_SLOTS)
            steps.append(self.over.automaton.strike(state, its_slot, when))
        self.tables.grow()
        step = np.asarray(steps, np.int64)[where]
        self._special(case, step, day, day)
        self.state[case] = self.tables.then[step]
        self._set_alarms(case)

    def _finish(self, case: Ints) -> None:
        """What is still owed: all of it where a case is over, else what had its day."""
        if not len(case):
            return
        if self.tables.has_clocks:
            now = self.part.at[self.first[case] - self.shortness[case] - 1]
            if self.closed_at is not None:
                now = np.full(len(case), self.closed_at)
            self._time_passes(case, now + 1)
        (case,) = self._kept(case)
        state = self.state[case]
        self.verdict[case[self.tables.owes_by_a_day[state]]] = UNSURE
        if self.closed_at is None:
            self.verdict[case[self.tables.owes[state]]] = AT_FAULT
