"""Reckon the days of many slots at once. What each day comes to is the calendar's to say."""

from datetime import timedelta

import numpy as np

from peyman.charter.conformance.runs.part import Ints
from peyman.charter.conformance.steps.calendar import Calendar
from peyman.charter.conformance.steps.state import When
from peyman.charter.model import Charter
from peyman.charter.moment import day_of, start_of


class Spans:
    """A calendar for arrays: a span from each day is asked for once."""

    def __init__(self, charter: Charter) -> None:
        self.charter = charter
        self.calendar = Calendar(charter)
        self._starts = np.zeros(0, np.int64)
        self._ends: dict[str, Ints] = {}

    def day(self, when: When, at: Ints, until: Ints, days: Ints) -> Ints:
        """The days that a step sets, as in `Calendar.day`; `days` has a row a case."""
        if when.how == "day":
            return np.full(len(at), when.instant)
        is_hour = "hour" in when.span
        if when.how == "span":
            return self._end(when.span, until - ((until > at) & (not is_hour)))
        if when.how == "from":
            return self._end(when.span, days[:, when.slot] - (not is_hour))
        found = [self.day(one, at, until, days) for one in when.of]
        pick = np.maximum if when.how == "later" else np.minimum
        picked: Ints = pick.reduce(found)
        return picked

    def _end(self, span: str, start: Ints) -> Ints:
        """The ends of a span from many instants."""
        if not len(start):
            return start
        if "hour" in span:
            return start + self.calendar.end(span, 0)
        self._cover(int(start.min()), int(start.max()))
        place = np.searchsorted(self._starts, start, "right") - 1
        ends = self._ends.get(span)
        if ends is None:
            ends = self._ends[span] = np.full(len(self._starts), -1, np.int64)
        for one in np.unique(place[ends[place] < 0]).tolist():
            ends[one] = self.calendar.end(span, int(self._starts[one]))
        return ends[place]

    def _cover(self, first: int, last: int) -> None:
        """Have the first second of every day from one instant to another."""
        starts, zone = self._starts, self.charter.zone
        if len(starts):
            if starts[0] <= first and last < starts[-1]:
                return
            first, last = min(first, int(starts[0])), max(last, int(starts[-1]))
        low, high = day_of(first, zone), day_of(last, zone) + timedelta(days=1)
        days = (low + timedelta(days=n) for n in range((high - low).days + 1))
        self._starts = np.asarray([start_of(day, zone) for day in days], np.int64)
        self._ends = {}
