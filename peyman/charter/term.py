"""When a term or a span ends: of uncertain moments, words without a number, facts.

Source: docs/charter-language.md, section 7, rules 2 and 3.
"""

from collections.abc import Mapping
from datetime import date

from peyman.charter.doing import Fact
from peyman.charter.judge import Bench
from peyman.charter.model import Charter
from peyman.charter.moment import Due, Moment, after_span, is_span, read_moment
from peyman.errors import PeymanError


def due_of(
    bench: Bench, span: str, at: Moment, facts: Mapping[str, Fact]
) -> tuple[Due | None, str | None]:
    """When a span from an uncertain moment falls due, and the reading that was used.

    A word without a number is read as the charter's `[reading]` says; the name of a fact
    means what the act states of it.
    """
    charter = bench.charter
    reading = None
    if span in charter.reading:
        reading = f"{span} is read as {charter.reading[span]}"
        span = charter.reading[span]
    if span in facts:
        return term_end(charter, facts[span], at), reading
    return term_end(charter, span, at), reading


def term_end(charter: Charter, term: Fact | date, at: Moment) -> Due | None:
    """When a term ends: a span from `at`, a date (24:00 of it), or an instant.

    None where it states no day: `no day`, `unspecified`, `not shown`, or words alone.
    """
    zone = charter.zone
    if isinstance(term, str) and is_span(term):
        ends = [after_span(x, term, zone, charter.holidays) for x in at]
        return Due(*ends)
    text = term.isoformat() if isinstance(term, date) else str(term)
    try:
        end = read_moment(text, zone).hi
    except PeymanError:
        return None
    return Due(end, end)
