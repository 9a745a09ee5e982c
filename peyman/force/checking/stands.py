"""Whether airfields have a stand for everybody: working MOG and parking MOG."""

from collections.abc import Iterator, Sequence

from peyman.force.checking.terms import Terms, Violation
from peyman.force.plan import Flight
from peyman.force.problem import Airfield, instant
from peyman.saying import say

_Span = tuple[int, int, bool]
"""From when to when, and whether the plan put it there: what had begun is given."""


def stands_of(terms: Terms, flights: Sequence[Flight]) -> Iterator[Violation]:
    """Every airfield that has more aircraft at once than it has stands, at the first time."""
    worked: dict[str, list[_Span]] = {one: [] for one in terms.airfields}
    parked: dict[str, list[_Span]] = {one: [] for one in terms.airfields}
    rows: dict[str, list[Flight]] = {}
    for flight in flights:
        if {flight.origin, flight.destination} <= terms.airfields.keys():
            is_new = flight.serial not in terms.begun
            worked[flight.origin].append((flight.start, flight.depart, is_new))
            worked[flight.destination].append((flight.arrive, flight.ready, is_new))
            rows.setdefault(flight.tail, []).append(flight)
    for tail in sorted(rows.keys() & terms.tails.keys()):
        for place, span in _between(terms, rows[tail]):
            if place != terms.tails[tail].base:
                parked[place].append(span)
    for place, airfield in terms.airfields.items():
        yield from _too_many(terms, airfield, worked[place], parked[place])


def _too_many(
    terms: Terms, airfield: Airfield, worked: list[_Span], parked: list[_Span]
) -> Iterator[Violation]:
    at = _crowded(worked, airfield.working_mog)
    if at is not None:
        yield Violation(
            "working",
            airfield.id,
            say(
                "{place_words} works on more than {n} aircraft at {at}",
                place_words=airfield.id,
                n=airfield.working_mog,
                at=instant(terms.problem, at),
            ),
        )
    most = airfield.parking_mog
    at = None if most is None else _crowded(parked, most)
    if at is not None:
        yield Violation(
            "parking",
            airfield.id,
            say(
                "{place_words} parks more than {n} aircraft at {at}",
                place_words=airfield.id,
                n=most,
                at=instant(terms.problem, at),
            ),
        )


def _between(terms: Terms, flights: list[Flight]) -> Iterator[tuple[str, _Span]]:
    """Where and when a tail stands between two flights, and after its last."""
    row = sorted(flights, key=lambda one: (one.start, one.ready))
    ends = [*(one.start for one in row[1:]), terms.problem.horizon]
    for one, until in zip(row, ends, strict=True):
        is_new = one.serial not in terms.begun
        yield one.destination, (one.ready, until, is_new)


def _crowded(spans: Sequence[_Span], most: int) -> int | None:
    """The first minute at which more than `most` spans overlap, a new one among them."""
    marks = [(lo, 1, int(is_new)) for lo, hi, is_new in spans if lo < hi]
    marks += [(hi, -1, -int(is_new)) for lo, hi, is_new in spans if lo < hi]
    there, new = 0, 0
    for at, change, change_new in sorted(marks):
        there += change
        new += change_new
        if there > most and new:
            return at
    return None
