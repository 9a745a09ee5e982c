"""Whether airfields have a stand for everybody: working MOG and parking MOG."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from peyman.force.checking.terms import Terms, Violation
from peyman.force.plan import Flight
from peyman.force.problem import Airfield, Window, instant
from peyman.saying import say


def stands_of(terms: Terms, flights: Sequence[Flight]) -> Iterator[Violation]:
    """Every airfield that has more aircraft at once than it has stands, at the first time."""
    worked: dict[str, list[Window]] = {one: [] for one in terms.airfields}
    parked: dict[str, list[Window]] = {one: [] for one in terms.airfields}
    rows: dict[str, list[Flight]] = {}
    for flight in flights:
        if {flight.origin, flight.destination} <= terms.airfields.keys():
            worked[flight.origin].append((flight.start, flight.depart))
            worked[flight.destination].append((flight.arrive, flight.ready))
            rows.setdefault(flight.tail, []).append(flight)
    for tail in sorted(rows.keys() & terms.tails.keys()):
        for place, span in _between(terms, rows[tail]):
            if place != terms.tails[tail].base:
                parked[place].append(span)
    for place, airfield in terms.airfields.items():
        yield from _too_many(terms, airfield, worked[place], parked[place])


def _too_many(
    terms: Terms, airfield: Airfield, worked: list[Window], parked: list[Window]
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


def _between(terms: Terms, flights: list[Flight]) -> Iterator[tuple[str, Window]]:
    """Where and when a tail stands between two flights, and after its last."""
    row = sorted(flights, key=lambda one: (one.start, one.ready))
    for before, after in pairwise(row):
        yield before.destination, (before.ready, after.start)
    yield row[-1].destination, (row[-1].ready, terms.problem.horizon)


def _crowded(spans: Sequence[Window], most: int) -> int | None:
    """The first minute at which more than `most` spans overlap."""
    marks = [(lo, 1) for lo, hi in spans if lo < hi]
    marks += [(hi, -1) for lo, hi in spans if lo < hi]
    there = 0
    for at, change in sorted(marks):
        there += change
        if there > most:
            return at
    return None
