"""The time rules of the charter language, said slowly: ends of spans, order of doings.

Part of the independent interpreter in tests/charter/oracle.py, which knows nothing of the
kernel: only docs/charter-language.md, and the plain values of model, doing and moment.
"""

import re
from datetime import date

from peyman.charter.moment import (
    ALWAYS,
    Due,
    Moment,
    after_span,
    day_of,
    is_span,
    read_instant,
    start_of,
)

NEVER = (None, "no day", "unspecified", "not shown")


def law_at(at):
    """The first instant at which it may have been; if that is not known, the last."""
    return at.hi if at.lo <= ALWAYS else at.lo


def first_day(charter, at):
    return day_of(law_at(at), charter.zone)


def last_day(charter, at):
    """The day of the last second at which it can have been: [lo, hi) does not hold hi."""
    return day_of(max(law_at(at), at.hi - 1), charter.zone)


def end_of_day(charter, day):
    return start_of(date.fromordinal(day.toordinal() + 1), charter.zone)


def fixed_end(charter, value):
    """The end said by a date (24:00 of it) or by an instant."""
    if isinstance(value, date):
        return end_of_day(charter, value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return end_of_day(charter, date.fromisoformat(value))
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return read_instant(value)
    return None


def end_from(charter, start, span, *, is_open):
    """A span from an instant; `is_open`: the instant itself is the first one outside."""
    if start <= ALWAYS:
        return ALWAYS
    if "hour" in span:
        return after_span(start, span, charter.zone)
    last = start - 1 if is_open else start
    return after_span(last, span, charter.zone, charter.holidays)


def due_from(charter, at, value):
    """When a span from a moment is over, or what a date or an instant says.

    What an act itself states in words ("soon") is words: it has no end.
    """
    span = value if isinstance(value, str) and is_span(value) else None
    if span is not None:
        open_end = at.hi > at.lo
        return Due(
            end_from(charter, at.lo, span, is_open=False),
            end_from(charter, at.hi, span, is_open=open_end),
        )
    end = fixed_end(charter, value)
    return None if end is None else Due(end, end)


def due_from_old_end(charter, old, value):
    """A span counts on from the old end, whose last day is the day before 24:00."""
    span = value if isinstance(value, str) and is_span(value) else None
    if span is None:
        end = fixed_end(charter, value)
        return None if end is None else Due(end, end)
    return Due(*(end_from(charter, one, span, is_open=True) for one in old))


class Before:
    """Which doing surely came before which: by time, by citation, and what follows."""

    def __init__(self, doings):
        self.doings = doings
        self.after = {
            a.id: {
                b.id for b in doings if a is not b and self._is_directly_before(a, b)
            }
            for a in doings
        }
        for middle in self.after:
            for later in self.after.values():
                if middle in later:
                    later |= self.after[middle]

    def _is_directly_before(self, a, b):
        if a.entry == b.entry:
            return a.n < b.n
        opened = (b.matter or "").partition("/")[0] == a.entry
        return a.at.is_surely_before(b.at) or a.entry in b.cites or opened

    def is_sure(self, a, b):
        return b.id in self.after.get(a.id, ())

    def order(self):
        """Always the first of the record before which nothing is left."""
        left, done = list(self.doings), []
        while left:
            one = next(
                (b for b in left if not any(self.is_sure(a, b) for a in left)), left[0]
            )
            left.remove(one)
            done.append(one)
        return done


def is_moment_before(since, at):
    return Moment(*since).is_surely_before(at)
