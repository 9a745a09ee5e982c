"""Whether every load goes whole, from where it is to where it may, when it may."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peyman.force.checking.terms import Terms, Violation
from peyman.force.plan import Plan
from peyman.force.problem import Load
from peyman.saying import say


@dataclass(frozen=True, slots=True)
class Carried:
    """So many pieces of a load on one serial, by air or by land."""

    serial: str
    load: str
    pieces: int
    origin: str
    destination: str
    start: int
    arrive: int
    unloaded: int


def carried_of(terms: Terms, plan: Plan) -> list[Carried]:
    """Every part of every serial whose load and route are known."""
    found = [
        Carried(
            one.serial,
            part.load,
            part.pieces,
            one.origin,
            one.destination,
            one.start,
            one.arrive,
            one.unloaded,
        )
        for one in plan.flights
        for part in one.parts
    ]
    for one in plan.convoys:
        if route := terms.routes.get(one.route):
            ends = (route.origin, route.destination)
            times = (one.start, one.arrive, one.arrive)
            found += [
                Carried(one.serial, part.load, part.pieces, *ends, *times)
                for part in one.parts
            ]
    return [one for one in found if one.load in terms.loads]


def loads_of(terms: Terms, plan: Plan) -> Iterator[Violation]:
    """What is wrong with the loads: pieces, places, dates, order and integrity."""
    by_load: dict[str, list[Carried]] = {one: [] for one in terms.loads}
    for carried in carried_of(terms, plan):
        by_load[carried.load].append(carried)
        yield from _at_least_one(carried.serial, carried.load, carried.pieces)
        if carried.serial not in terms.begun:
            yield from _dated(terms.loads[carried.load], carried)
    unmet: dict[str, int] = {}
    for one in plan.unmet:
        unmet[one.load] = unmet.get(one.load, 0) + one.pieces
        yield from _at_least_one(one.load, one.load, one.pieces)
    for name in sorted(terms.loads):
        moved = sum(one.pieces for one in by_load[name])
        if moved + unmet.get(name, 0) != terms.loads[name].pieces:
            yield Violation(
                "pieces",
                name,
                say(
                    "{load_words}: {n} pieces are on serials or told as unmet, of {all_n}",
                    load_words=name,
                    n=moved + unmet.get(name, 0),
                    all_n=terms.loads[name].pieces,
                ),
            )
        yield from _after(terms, terms.loads[name], by_load)
    yield from _together(terms, by_load)


def _at_least_one(where: str, load: str, pieces: int) -> Iterator[Violation]:
    """Fewer than none would let another serial carry what is not there."""
    if pieces < 1:
        yield Violation(
            "pieces",
            where,
            say(
                "{serial_words} tells {n} pieces of {load_words}; there has to be one at least",
                serial_words=where,
                n=pieces,
                load_words=load,
            ),
        )


def _dated(load: Load, one: Carried) -> Iterator[Violation]:
    if one.origin != load.origin or one.destination not in load.destinations:
        yield Violation(
            "place",
            one.serial,
            say(
                "{serial_words} takes {load_words} from or to a place that is not its own",
                serial_words=one.serial,
                load_words=load.id,
            ),
        )
    if one.start < max(load.rld, load.ald):
        yield Violation(
            "available",
            one.serial,
            say(
                "{serial_words} loads {load_words} before it is available",
                serial_words=one.serial,
                load_words=load.id,
            ),
        )
    if one.arrive < load.ead:
        yield Violation(
            "earliest",
            one.serial,
            say(
                "{serial_words} brings {load_words} before its earliest arrival date",
                serial_words=one.serial,
                load_words=load.id,
            ),
        )


def _after(
    terms: Terms, load: Load, by_load: dict[str, list[Carried]]
) -> Iterator[Violation]:
    mine = [one for one in by_load[load.id] if one.serial not in terms.begun]
    for name in load.after if mine else ():
        before = by_load[name]
        whole = sum(one.pieces for one in before) >= terms.loads[name].pieces
        begins = min(one.start for one in mine)
        if not whole or max(one.unloaded for one in before) > begins:
            yield Violation(
                "after",
                load.id,
                say(
                    "{load_words} is loaded before {other_words} is unloaded",
                    load_words=load.id,
                    other_words=name,
                ),
            )


def _together(terms: Terms, by_load: dict[str, list[Carried]]) -> Iterator[Violation]:
    within = terms.within
    moved: dict[str, list[Carried]] = {unit: [] for unit in within}
    for name, rows in by_load.items():
        if terms.loads[name].unit in within:
            moved[terms.loads[name].unit] += rows
    for unit, rows in sorted(moved.items()):
        # Of what has begun, some may be apart already: that is no fault of the plan.
        if not any(one.serial in terms.begun for one in rows):
            yield from _unit_together(unit, rows, within[unit])


def _unit_together(
    unit: str, rows: Sequence[Carried], within: int
) -> Iterator[Violation]:
    times = [one.unloaded for one in rows]
    if len({one.destination for one in rows}) > 1:
        yield Violation(
            "integrity",
            unit,
            say("{unit_words} arrives in more than one place", unit_words=unit),
        )
    if times and max(times) - min(times) > within:
        yield Violation(
            "integrity",
            unit,
            say(
                "{unit_words} arrives over {n} minutes; it has to be within {most_n}",
                unit_words=unit,
                n=max(times) - min(times),
                most_n=within,
            ),
        )
