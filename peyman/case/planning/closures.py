"""When an airfield can be used: from the statuses that analysts read out of claims.

A status is a sentence, so it is read by its words: what is seized, occupied, destroyed, stopped or closed
is shut until a later status says that it is freed, open or working again. Times that are not
certain are taken against the plan: shut from the first moment at which it may have been,
usable from the last. "Closed to passengers" is said of an airfield that works.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from peyman.case.model import Entry
from peyman.charter.moment import day_of, read_moment, start_of

_SHUT = re.compile(r"\b(seized|occupied|destroyed|stopped|closed|blocked)\b")
_USABLE = re.compile(r"\b(freed|open|opened|reopens|working|held|guarded|retaken)\b")
_NOT_FOR_US = re.compile(r"closed to passengers")
_HOURS = re.compile(r"from (\d{2}:\d{2}) to (\d{2}:\d{2})")
_DAY = 86_400

Span = tuple[int, int]
"""From an instant up to another, in seconds."""


@dataclass(frozen=True, slots=True)
class Usable:
    """When an airfield can be used between two instants.

    Attributes:
        open: Spans in which it works, by its hours.
        closures: Spans that are taken out again.
        entries: The statuses from which both were read.
    """

    open: tuple[Span, ...]
    closures: tuple[Span, ...]
    entries: tuple[str, ...]


def usable(
    place: str, entries: Sequence[Entry], zone: str, first: int, last: int
) -> Usable:
    """When an airfield can be used from `first` up to `last`."""
    told = [e for e in entries if e.kind == "status" and e.body["place"] == place]
    shut_since: int | None = None
    closures: list[Span] = []
    hours: _Hours | None = None
    for entry in sorted(told, key=lambda one: one.at.lo):
        words = _NOT_FOR_US.sub("", str(entry.body["status"]).casefold())
        since = read_moment(str(entry.body.get("since", entry.stated_at)), entry.zone)
        if _USABLE.search(words):
            if shut_since is not None:
                closures.append((shut_since, since.hi))
            shut_since = None
            hours = _hours(words, since.lo) or hours
        elif _SHUT.search(words) and shut_since is None:
            shut_since = since.lo
    if shut_since is not None:
        closures.append((shut_since, last))
    return Usable(
        tuple(_open(hours, zone, first, last)),
        tuple(_within(closures, first, last)),
        tuple(entry.name for entry in told),
    )


def _within(spans: Sequence[Span], first: int, last: int) -> list[Span]:
    """The spans cut to what lies between, those that touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        start, end = max(start, first), min(end, last)
        if found and start <= found[-1][1]:
            start, end = found.pop()[0], max(end, start)
        if start < end:
            found.append((start, end))
    return found


def _open(hours: "_Hours | None", zone: str, first: int, last: int) -> list[Span]:
    """All the time, or from a moment on only the hours that a status names."""
    if hours is None or hours.since >= last:
        return [(first, last)]
    spans = [(first, hours.since)]
    midnight = start_of(day_of(max(hours.since, first), zone), zone)
    while midnight < last:
        opens = max(midnight + hours.opens, hours.since)
        spans.append((opens, midnight + hours.closes))
        midnight += _DAY
    return _within(spans, first, last)


@dataclass(frozen=True, slots=True)
class _Hours:
    """Hours of work, in seconds after midnight, and since when they hold."""

    since: int
    opens: int
    closes: int


def _hours(words: str, since: int) -> _Hours | None:
    found = _HOURS.search(words)
    if found is None:
        return None
    opens, closes = (
        one.hour * 3600 + one.minute * 60
        for one in map(time.fromisoformat, found.groups())
    )
    return _Hours(since, opens, closes)
