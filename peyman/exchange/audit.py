"""Hold a log of many cases against a charter: a verdict for each, and every fault in words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from peyman.charter.conformance.runs.automaton import Automaton
from peyman.charter.conformance.runs.course import TOO_MUCH, Course, Remark
from peyman.charter.conformance.runs.lockstep import CONFORMS, UNSURE, Lockstep
from peyman.charter.conformance.steps.calendar import Calendar
from peyman.charter.conformance.steps.law import MARKS, Law
from peyman.charter.conformance.telling import Told, tell
from peyman.charter.model import Charter
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.exchange.logs.columns import AUTHORITY
from peyman.exchange.logs.encoding import Encoder
from peyman.exchange.logs.grouping import Cases, cases_of
from peyman.exchange.logs.opening import Log
from peyman.exchange.logs.times import Doubt
from peyman.saying import say

_MOST_SAID = 50_000
VERDICTS = ("conforms", "does not conform", "cannot be told")


@dataclass(frozen=True, slots=True)
class Judged:
    """What an audit says of one case.

    Attributes:
        verdict: One of `VERDICTS`.
        checked: How surely the least sure of the articles was read on which it rests.
        rows: How many of its rows were judged.
        faults: What is at fault, where it does not conform.
        notes: What is remarked on its rows; if it cannot be told, why not first.
    """

    case: str
    verdict: str
    checked: str
    rows: int
    faults: tuple[Told, ...] = ()
    notes: tuple[str, ...] = ()


class Audit:
    """One audit of one log.

    Attributes:
        naive: How many cases have times without an offset, which are read in `zone`.
    """

    def __init__(
        self, charter: Charter, log: Log, zone: str | None = None, at: int | None = None
    ) -> None:
        """Prepare an audit.

        Args:
            charter: The charter that the cases are held against.
            log: Where their rows come from.
            zone: The zone of times that state no offset. None for the charter's; then a
                case in which some do and some do not has no verdict.
            at: As of when the log was drawn up, for cases that are not over; None if
                every case is over with its last row.
        """
        self.log, self.at = log, at
        self.law = Law(charter)
        self.automaton = Automaton(self.law)
        self.lockstep = Lockstep(self.automaton)
        self.calendar = Calendar(charter)
        self.is_zone_given = zone is not None
        self.zone = zone or charter.zone
        self.encoder = Encoder(self.zone)
        self.naive = 0
        self._said: dict[tuple[object, ...], Told] = {}

    def parts(self) -> Iterator[Cases]:
        """The cases of the log, many at a time.

        Raises:
            PeymanError: If the log cannot be read, is empty, or is not of this charter.
        """
        is_empty = True
        for cases in cases_of(self._batches(), self.encoder.meanings):
            if is_empty:
                self._look_at_acts()
            is_empty = False
            self._look_at_times(cases)
            yield cases
        if is_empty:
            raise PeymanError(
                say("{log_words} holds no rows.", log_words=self.log.name),
                authority=AUTHORITY,
                remedy=say("Check that the log was exported whole."),
            )

    def _batches(self) -> Iterator[pa.RecordBatch]:
        for batch in self.log.batches():
            yield self.encoder.encode(batch, self.log.columns_in(batch))

    def _look_at_acts(self) -> None:
        """That the log is of this charter at all."""
        said = sorted({row.act for row in self.encoder.meanings} - {""})
        if not any(self.law.name_of(act) for act in said):
            known = self.law.charter.names[0]
            raise PeymanError(
                say(
                    "None of the activities of {log_words} is an act of {charter}: {words}.",
                    log_words=self.log.name,
                    charter=self.law.charter.id,
                    words=", ".join(said[:5]) or "there is none",
                ),
                authority=say(
                    "the charter, which knows acts such as {words}", words=known
                ),
                remedy=say("Name another charter, or the column: --column act=NAME."),
            )

    def _look_at_times(self, cases: Cases) -> None:
        self.naive += int(((cases.doubts & Doubt.NAIVE) != 0).sum())
        if self.at is None:
            return
        late = np.flatnonzero(cases.part.at > self.at)
        if len(late):
            raise PeymanError(
                say(
                    "Row {n} is of {at}, and so later than the log is said to be, {other_at}.",
                    n=int(cases.part.row[late[0]]),
                    at=show(int(cases.part.at[late[0]])),
                    other_at=show(self.at),
                ),
                authority=say("docs/audit.md, section 3: cases that are not over"),
                remedy=say("Give a later time with --at, or leave it out."),
            )

    # ------------------------------------------------------------------------ verdicts

    def verdicts(self, cases: Cases) -> NDArray[np.int8]:
        """The place in `VERDICTS` of each case's verdict, without any reason; the fast way."""
        found = self.lockstep.verdicts(cases.part, self.at)
        for case in np.flatnonzero(found == UNSURE).tolist():
            faults = [one.fault for one in self._run(cases, case)]
            found[case] = 0 if not faults else 2 if faults[0] == TOO_MUCH else 1
        found[self._untold(cases)] = 2
        return found

    def _untold(self, cases: Cases) -> NDArray[np.bool_]:
        """Cases of which nothing can be told, whatever their acts."""
        lacking = np.uint8(sum(_LACKING))
        untold = (cases.doubts & lacking) != 0
        if not self.is_zone_given:
            both = np.uint8(Doubt.NAIVE | Doubt.AWARE)
            untold |= (cases.doubts & both) == both
        found: NDArray[np.bool_] = untold
        return found

    def judge(self, cases: Cases) -> Iterator[Judged]:
        """What is to be said of each case, with every fault."""
        found = self.lockstep.verdicts(cases.part, self.at).tolist()
        marks = self.lockstep.marks(cases.part).tolist()
        untold = self._untold(cases).tolist()
        rows = np.diff(cases.part.first).tolist()
        remarked = (cases.shuffled | (cases.repeated > 0)).tolist()
        for case, name in enumerate(cases.names):
            notes: tuple[str, ...] = ()
            if remarked[case]:
                notes = tuple(self._notes(cases, case, is_told=not untold[case]))
            mark = MARKS[marks[case]]
            if untold[case]:
                notes = (self._why_untold(cases, case), *notes)
                yield Judged(name, VERDICTS[2], mark, rows[case], (), notes)
            elif found[case] == CONFORMS:
                yield Judged(name, VERDICTS[0], mark, rows[case], (), notes)
            else:
                said = Judged(name, VERDICTS[0], mark, rows[case], (), notes)
                yield self._explained(cases, case, said)

    def _explained(self, cases: Cases, case: int, said: Judged) -> Judged:
        """A case with its faults; one that lockstep was unsure of may have none."""
        now = int(cases.part.at[cases.part.first[case + 1] - 1])
        told = tuple(self._tell(one, now) for one in self._run(cases, case))
        if not told:
            return said
        mark = max((one.checked for one in told), key=MARKS.index)
        codes = [one.fault for one in told]
        if TOO_MUCH.code not in codes:
            return replace(said, verdict=VERDICTS[1], checked=mark, faults=told)
        place = codes.index(TOO_MUCH.code)
        notes = (told[place].text, *said.notes)
        verdict = VERDICTS[1 if place else 2]
        return replace(
            said, verdict=verdict, checked=mark, faults=told[:place], notes=notes
        )

    def _tell(self, remark: Remark, now: int) -> Told:
        """A remark in words; what the same rows of one era say the same of, said once."""
        if remark.due is not None or remark.fault.code == "no provision":
            return tell(self.law, remark, now)
        era = self.law.era_of(remark.at or now)
        key = (remark.fault, remark.act, remark.what, remark.left, era)
        found = self._said.get(key)
        if found is None:
            if len(self._said) > _MOST_SAID:
                self._said.clear()
            found = self._said[key] = tell(self.law, remark, now)
        return replace(found, row=remark.row)

    def _run(self, cases: Cases, case: int) -> tuple[Remark, ...]:
        course = Course(self.automaton, self.calendar)
        return tuple(course.run(cases.part.events(case), self.at))

    # --------------------------------------------------------------------------- notes

    def _notes(self, cases: Cases, case: int, *, is_told: bool) -> Iterator[str]:
        if cases.shuffled[case] and is_told:
            yield say(
                "its rows were not in order of time; they are judged in that order"
            )
        if cases.repeated[case]:
            yield say(
                "{n} rows say once more what another has said, and count once",
                n=int(cases.repeated[case]),
            )

    def _why_untold(self, cases: Cases, case: int) -> str:
        first, last = (int(edge) for edge in cases.part.first[case : case + 2])
        doubts = cases.row_doubts[first:last]
        for doubt in _LACKING:
            here = np.flatnonzero(doubts & np.uint8(doubt))
            if len(here):
                return _lacks(doubt, int(cases.part.row[first + int(here[0])]))
        naive = np.flatnonzero(doubts & np.uint8(Doubt.NAIVE))
        return say(
            "the time of row {n} has no offset, and others have one",
            n=int(cases.part.row[first + int(naive[0])]),
        )


_LACKING = (Doubt.NO_CASE, Doubt.NO_ACT, Doubt.NO_TIME, Doubt.NO_TIME_READ)


def _lacks(doubt: Doubt, row: int) -> str:
    if doubt is Doubt.NO_CASE:
        return say("row {n} names no case", n=row)
    if doubt is Doubt.NO_ACT:
        return say("row {n} names no act", n=row)
    if doubt is Doubt.NO_TIME:
        return say("row {n} has no time", n=row)
    return say("the time of row {n} cannot be read", n=row)
