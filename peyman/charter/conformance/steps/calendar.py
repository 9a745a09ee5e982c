"""The day of a slot, worked out: spans from an act or from another day, dates, the later of.

Days are reckoned by `peyman.charter.moment`; each span from each day once.
"""

from collections.abc import Callable, Sequence

from peyman.charter.conformance.steps.state import When
from peyman.charter.model import Charter
from peyman.charter.moment import after_span, day_of, start_of


class Calendar:
    """The days of a charter's zone."""

    def __init__(self, charter: Charter) -> None:
        self.charter = charter
        self._ends: dict[tuple[str, int], int] = {}

    def end(self, span: str, start: int) -> int:
        """The end of a span from an instant."""
        if "hour" in span:
            return self._end(span, start)
        first = start_of(day_of(start, self.charter.zone), self.charter.zone)
        found = self._ends.get((span, first))
        if found is None:
            found = self._ends[span, first] = self._end(span, first)
        return found

    def _end(self, span: str, start: int) -> int:
        return after_span(start, span, self.charter.zone, self.charter.holidays)

    def day(self, when: When, at: int, until: int, days: Sequence[int]) -> int:
        """The day that a step sets.

        Args:
            when: How it is worked out.
            at: When the act began; `until`: when it was surely over, the same for an
                instant. Who owes has the benefit of the doubt.
            until: See `at`.
            days: The day of every slot before the step.
        """
        return reckon(when, at, until, days, self.end)


def reckon(
    when: When, at: int, until: int, days: Sequence[int], end: Callable[[str, int], int]
) -> int:
    """See `Calendar.day`; `end` gives the end of a span from an instant."""
    if when.how == "day":
        return when.instant
    if when.how == "span":
        return end(when.span, until if until == at else _last(when.span, until))
    if when.how == "from":
        return end(when.span, _last(when.span, days[when.slot]))
    found = [reckon(one, at, until, days, end) for one in when.of]
    return max(found) if when.how == "later" else min(found)


def _last(span: str, until: int) -> int:
    """Where to count from, where something ends: 24:00 of a day is not yet the next."""
    return until if "hour" in span else until - 1
