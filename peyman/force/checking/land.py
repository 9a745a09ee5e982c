"""Whether every convoy and train can go: route, headway, borders, what it carries."""

from collections.abc import Generator, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from peyman.force.checking.terms import (
    Terms,
    Violation,
    is_inside,
    march_min,
    most_by_land,
)
from peyman.force.plan import Convoy
from peyman.force.problem import Window
from peyman.saying import say


def convoys_of(terms: Terms, convoys: Sequence[Convoy]) -> Iterator[Violation]:
    """What is wrong with the convoys, each alone and on the same road or border."""
    by_route: dict[str, list[Convoy]] = {}
    passing: dict[str, list[tuple[Window, str]]] = {}
    for convoy in convoys:
        if convoy.route not in terms.routes:
            yield _of(
                convoy,
                "route",
                say(
                    "{serial_words} takes {route_words}, which is not listed",
                    serial_words=convoy.serial,
                    route_words=convoy.route,
                ),
            )
            continue
        by_route.setdefault(convoy.route, []).append(convoy)
        if convoy.serial in terms.begun:
            # It is on the borders as its march would have it; no rule is asked of it.
            list(_march(terms, convoy, passing))
            continue
        arrives = yield from _march(terms, convoy, passing)
        if convoy.arrive != arrives or arrives > terms.problem.horizon:
            yield _of(
                convoy,
                "times",
                say(
                    "{serial_words}: its arrival does not follow from its start, or is after the end of planning",
                    serial_words=convoy.serial,
                ),
            )
        yield from _shares(terms, convoy)
    yield from _headways(terms, by_route)
    yield from _queues(terms, passing)


def _march(
    terms: Terms, convoy: Convoy, passing: dict[str, list[tuple[Window, str]]]
) -> Generator[Violation, None, int]:
    """Follow a convoy over its borders; returns when it arrives."""
    route = terms.routes[convoy.route]
    waited = 0
    for name, km in route.borders:
        border = terms.borders[name]
        lo = convoy.start + march_min(route, km) + waited
        took = border.piece_min * sum(part.pieces for part in convoy.parts)
        waited += took
        passing.setdefault(name, []).append(((lo, lo + took), convoy.serial))
        if not is_inside(lo, lo + took, border.open):
            yield _of(
                convoy,
                "border",
                say(
                    "{serial_words} comes to {border_words} when it is closed",
                    serial_words=convoy.serial,
                    border_words=name,
                ),
            )
    return convoy.start + march_min(route, route.km) + waited


def _shares(terms: Terms, convoy: Convoy) -> Iterator[Violation]:
    share = Fraction(0)
    for part in convoy.parts:
        load = terms.loads.get(part.load)
        most = most_by_land(terms.routes[convoy.route], load) if load else 0
        share += Fraction(part.pieces, most) if most else 2
    if share > 1:
        yield _of(
            convoy,
            "full",
            say("{serial_words} carries more than fits", serial_words=convoy.serial),
        )


def _headways(terms: Terms, by_route: dict[str, list[Convoy]]) -> Iterator[Violation]:
    for name, rows in by_route.items():
        row = sorted(rows, key=lambda one: one.start)
        for before, after in pairwise(row):
            is_given = {before.serial, after.serial} <= terms.begun
            apart = after.start - before.start
            if not is_given and apart < terms.routes[name].headway_min:
                yield _of(
                    after,
                    "headway",
                    say(
                        "{serial_words} follows {other_words} too closely",
                        serial_words=after.serial,
                        other_words=before.serial,
                    ),
                )


def _queues(
    terms: Terms, passing: dict[str, list[tuple[Window, str]]]
) -> Iterator[Violation]:
    for name, rows in passing.items():
        for (before, one), (after, other) in pairwise(sorted(rows)):
            if after[0] < before[1] and not {one, other} <= terms.begun:
                yield Violation(
                    "border",
                    other,
                    say(
                        "{serial_words} comes to {border_words} while {other_words} passes",
                        serial_words=other,
                        border_words=name,
                        other_words=one,
                    ),
                )


def _of(convoy: Convoy, code: str, says: str) -> Violation:
    return Violation(code, convoy.serial, says)
