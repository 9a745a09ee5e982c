"""When a term or a span ends: of uncertain moments, words without a number, facts.

Source: docs/charter-language.md, section 7, rules 2 and 3.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from peyman.charter.doing import Fact
from peyman.charter.judging.bench import Bench
from peyman.charter.model import Charter, Several, Span
from peyman.charter.moment import (
    ALWAYS,
    CALENDAR,
    Due,
    Moment,
    after_span,
    is_span,
    read_moment,
    seconds_of,
)
from peyman.errors import PeymanError
from peyman.saying import Said, say, series


def due_of(
    bench: Bench, span: Span, at: Moment, facts: Mapping[str, Fact]
) -> tuple[Due | None, str | None]:
    """When a span from an uncertain moment falls due, and the reading that was used.

    A word without a number is read as the charter's `[reading]` says; the name of a fact
    means what the act states of it.
    """
    if isinstance(span, Several):
        found = [due_of(bench, one, at, facts) for one in span.of]
        return one_of(span, [due for due, _ in found]), series(*(r for _, r in found))
    spans = bench.law.spans
    text, reading, length = spans.get(span) or spans.keep(span, _read(bench, span))
    if text in facts:
        return term_end(bench.charter, facts[text], at), reading
    lo, hi = at
    if length is None or lo < CALENDAR:
        return term_end(bench.charter, text, at), reading
    return Due(lo + length, hi + length), reading


def _read(bench: Bench, span: str) -> tuple[str, Said | None, int | None]:
    """What a span means; why, if it is a word; and how many seconds, if it is of hours."""
    text = bench.charter.reading.get(span)
    if text is None:
        return span, None, seconds_of(span)
    return text, _read_as(span, text), seconds_of(text)


@lru_cache(maxsize=256)
def _read_as(word: str, span: str) -> Said:
    return say("{code} is read as {span_code}", code=word, span_code=span)


def one_of(several: Several, ends: list[Due | None]) -> Due | None:
    """The later of ends, known only where all are; or the earlier of those known."""
    known = [end for end in ends if end is not None]
    if not known or (several.which == "later" and len(known) < len(ends)):
        return None
    pick = max if several.which == "later" else min
    return Due(*(pick(edge) for edge in zip(*known, strict=True)))


def term_end(charter: Charter, term: Fact | date, at: Moment) -> Due | None:
    """When a term ends: a span from `at`, a date (24:00 of it), or an instant.

    None where it states no day: `no day`, `unspecified`, `not shown`, or words alone.
    """
    if isinstance(term, str) and is_span(term):
        first = last = _after(charter, at.lo, term)
        if at.hi > at.lo:
            last = _after(charter, _within(term, at.hi), term)
        return Due(first, last)
    return _said_end(charter, term)


def prolonged(charter: Charter, term: Fact | date, old: Due) -> Due | None:
    """When a term ends that is set anew: a span from the old end, a date is a date."""
    if isinstance(term, str) and is_span(term):
        return Due(*(_after(charter, _within(term, end), term) for end in old))
    return _said_end(charter, term)


def _after(charter: Charter, start: int, span: str) -> int:
    """The end of a span; what began at a time that is not known has no first day."""
    if start < CALENDAR:
        return ALWAYS
    return after_span(start, span, charter.zone, charter.holidays)


def _within(span: str, end: int) -> int:
    """Where to count from, where something ends: 24:00 of a day is not yet the next."""
    return end if "hour" in span else end - 1


def _said_end(charter: Charter, term: Fact | date) -> Due | None:
    text = term.isoformat() if isinstance(term, date) else str(term)
    return _stated(text, charter.zone)


@lru_cache(maxsize=1024)
def _stated(text: str, zone: str) -> Due | None:
    try:
        end = read_moment(text, zone).hi
    except PeymanError:
        return None
    return None if text == "unknown" else Due(end, end)
