"""Whether every flight can be flown: tail, leg, runway, hours, crew, and what it carries."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from peyman.force.checking.terms import (
    Terms,
    Violation,
    block_min,
    is_inside,
    most_by_air,
    payload_kg,
)
from peyman.force.plan import Flight
from peyman.force.problem import Tail
from peyman.saying import say


def flights_of(terms: Terms, flights: Sequence[Flight]) -> Iterator[Violation]:
    """What is wrong with the flights, each alone and the flights of each tail together."""
    by_tail: dict[str, list[Flight]] = {}
    for flight in flights:
        if flight.tail not in terms.tails:
            yield Violation(
                "tail",
                flight.serial,
                say(
                    "{serial_words} is flown by {tail_words}, which is not in the fleet",
                    serial_words=flight.serial,
                    tail_words=flight.tail,
                ),
            )
        elif (flight.origin, flight.destination) not in terms.km:
            yield Violation(
                "leg",
                flight.serial,
                say(
                    "{serial_words} flies from {origin_words} to {destination_words}, between which no leg is given",
                    serial_words=flight.serial,
                    origin_words=flight.origin,
                    destination_words=flight.destination,
                ),
            )
        else:
            by_tail.setdefault(flight.tail, []).append(flight)
            if flight.serial not in terms.begun:
                yield from _alone(terms, flight)
    for tail in sorted(by_tail):
        row = sorted(by_tail[tail], key=lambda one: (one.start, one.ready))
        found = (*_joined(terms, tail, row), *_duties(terms, tail, row))
        yield from (one for one in found if one.about not in terms.begun)


def _alone(terms: Terms, flight: Flight) -> Iterator[Violation]:
    kind = terms.type_of[flight.tail]
    km = terms.km[flight.origin, flight.destination]
    if payload_kg(kind, km) is None:
        yield _of(
            flight,
            "range",
            say(
                "{serial_words}: a {type_words} cannot fly {n} km",
                serial_words=flight.serial,
                type_words=kind.id,
                n=km,
            ),
        )
    for place in (flight.origin, flight.destination):
        if terms.airfields[place].runway_m < kind.runway_m:
            yield _of(
                flight,
                "runway",
                say(
                    "{serial_words}: the runway of {place_words} is too short for a {type_words}",
                    serial_words=flight.serial,
                    place_words=place,
                    type_words=kind.id,
                ),
            )
    yield from _times(terms, flight, km)
    yield from _hours(terms, flight)
    yield from _shares(terms, flight, km)


def _times(terms: Terms, flight: Flight, km: int) -> Iterator[Violation]:
    kind = terms.type_of[flight.tail]
    is_loaded = bool(flight.parts)
    depart = flight.start + kind.load_min * is_loaded
    arrive = depart + block_min(kind, km)
    unloaded = arrive + kind.unload_min * is_loaded
    wanted = (depart, arrive, unloaded, unloaded + kind.turn_min)
    if (flight.depart, flight.arrive, flight.unloaded, flight.ready) != wanted:
        yield _of(
            flight,
            "times",
            say(
                "{serial_words}: the times of loading, flight, unloading and turn-round do not follow from its start",
                serial_words=flight.serial,
            ),
        )
    if flight.ready > terms.problem.horizon:
        yield _of(
            flight,
            "horizon",
            say(
                "{serial_words} ends after the end of planning",
                serial_words=flight.serial,
            ),
        )


def _hours(terms: Terms, flight: Flight) -> Iterator[Violation]:
    spans = (
        (flight.origin, flight.start, flight.depart),
        (flight.destination, flight.arrive, flight.ready),
    )
    for place, lo, hi in spans:
        if not is_inside(lo, hi, terms.open[place]):
            yield _of(
                flight,
                "hours",
                say(
                    "{serial_words}: {place_words} is closed while it is there",
                    serial_words=flight.serial,
                    place_words=place,
                ),
            )


def _shares(terms: Terms, flight: Flight, km: int) -> Iterator[Violation]:
    share = Fraction(0)
    for part in flight.parts:
        load = terms.loads.get(part.load)
        most = most_by_air(terms.type_of[flight.tail], load, km) if load else 0
        if most == 0:
            yield _of(
                flight,
                "carries",
                say(
                    "{serial_words} cannot carry any of {load_words}",
                    serial_words=flight.serial,
                    load_words=part.load,
                ),
            )
        else:
            share += Fraction(part.pieces, most)
    if share > 1:
        yield _of(
            flight,
            "full",
            say(
                "{serial_words} carries more than fits",
                serial_words=flight.serial,
            ),
        )


def _joined(terms: Terms, name: str, row: Sequence[Flight]) -> Iterator[Violation]:
    tail = terms.tails[name]
    if row[0].origin != tail.base:
        yield _of(
            row[0],
            "base",
            say(
                "{tail_words} begins at {place_words}, but stands at {base_words}",
                tail_words=tail.id,
                place_words=row[0].origin,
                base_words=tail.base,
            ),
        )
    off = (one for one in row if one.serial not in terms.begun and _is_off(tail, one))
    if (first := next(off, None)) is not None:
        yield _of(
            first,
            "available",
            say(
                "{tail_words} flies when it is not available",
                tail_words=tail.id,
            ),
        )
    for before, after in pairwise(row):
        if before.destination != after.origin or before.ready > after.start:
            yield _of(
                after,
                "joined",
                say(
                    "{serial_words} does not follow from {other_words}, the flight of the same tail before it",
                    serial_words=after.serial,
                    other_words=before.serial,
                ),
            )


def _is_off(tail: Tail, flight: Flight) -> bool:
    """Whether a tail is not available for a flight."""
    until = tail.available_until
    is_after = until is not None and flight.ready > until
    return flight.start < tail.available_from or is_after


def _duties(terms: Terms, tail: str, row: Sequence[Flight]) -> Iterator[Violation]:
    kind = terms.type_of[tail]
    began = row[0].start
    for i, flight in enumerate(row):
        if i and flight.start - row[i - 1].ready >= kind.rest_min:
            began = flight.start
        if flight.ready - began > kind.duty_min:
            yield _of(
                flight,
                "duty",
                say(
                    "{serial_words} ends {n} minutes after its crew began, which may work {most_n}",
                    serial_words=flight.serial,
                    n=flight.ready - began,
                    most_n=kind.duty_min,
                ),
            )


def _of(flight: Flight, code: str, says: str) -> Violation:
    return Violation(code, flight.serial, says)
