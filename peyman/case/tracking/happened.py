"""What happened since a plan was put in force, as the record tells it: read against the plan.

A serial that is late or lost, an airfield that is closed or opens again, an aircraft or a pledge that
is withdrawn, a unit that is ready later, a line that asks for more: each becomes a change of the
plan's problem, and a sentence with the entries behind it. What has begun goes on as planned; where
that cannot be right (a serial that flies to a closed airfield, or for a pledge that is withdrawn),
the sentence says so, and somebody has to decide.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from peyman.case.boards.claims import seen
from peyman.case.model import Entry
from peyman.case.planning.closures import usable
from peyman.case.planning.generation import generation
from peyman.case.planning.moving import movement
from peyman.case.reading import Reading
from peyman.case.tracking.kept_plan import Kept
from peyman.case.tracking.loads_now import Loads, loads_now, shift_of
from peyman.case.tracking.reported import flown_times
from peyman.charter.moment import read_instant
from peyman.force.live.begun import Times, begun_convoys, begun_flights
from peyman.force.live.replan import Events
from peyman.force.plan import Flight, Plan
from peyman.force.problem import Airfield, Leg, Problem, Tail, Window, instant
from peyman.picture.places import places
from peyman.saying import Said, say


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, in a sentence.

    Attributes:
        entries: The entries that tell it.
        needs_decision: Whether the plan cannot answer it, and somebody has to.
    """

    says: Said
    entries: tuple[str, ...] = ()
    needs_decision: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """A plan's problem as it is after what happened, for `peyman.force.live.replan`.

    Attributes:
        plan: The plan without the pieces that nobody brings any more.
        now: The minute from which is planned again.
    """

    problem: Problem
    plan: Plan
    events: Events
    now: int
    told: tuple[Happening, ...]


def happened(reading: Reading, kept: Kept, now: int) -> Happened:
    """Hold a plan against a reading of its case.

    Args:
        reading: The case.
        kept: The plan in force.
        now: The instant from which is planned again, in seconds since 1970.
    """
    first = read_instant(kept.problem.epoch)
    minute = max((now - first) // 60, 0)
    current = movement(reading, generation(reading), kept.direction)
    flown = flown_times(reading, kept, minute)
    begun = begun_flights(kept.plan.flights, minute, flown)
    marched = begun_convoys(kept.plan.convoys, minute, flown)
    loads = loads_now(kept, current, (*begun, *marched))
    lost, ready, of_serials = _serials(reading, kept, minute, flown)
    gone, grown, of_tails = _tails(kept, current, minute)
    fields, of_fields = _airfields(reading, kept, minute, begun)
    problem = replace(
        kept.problem,
        types=_joined(kept.problem.types, current.types),
        tails=(*kept.problem.tails, *grown),
        airfields=_joined(fields, _shifted(kept.problem, current)),
        legs=_legs(kept.problem, current),
        loads=loads.loads,
        routes=_joined(kept.problem.routes, current.routes),
    )
    events = Events(lost=lost | gone, ready=ready, late=loads.late, flown=flown)
    told = (*of_serials, *of_fields, *of_tails, *_of_loads(loads))
    return Happened(problem, loads.plan, events, minute, told)


def _of_loads(loads: Loads) -> Iterator[Happening]:
    for says, needs in loads.told:
        yield Happening(says, (), needs)


def _serials(
    reading: Reading, kept: Kept, now: int, flown: Mapping[str, Times]
) -> tuple[frozenset[str], Mapping[str, int], tuple[Happening, ...]]:
    """Tails that are lost, those that are late, and a sentence for each report of it."""
    flights = {one.serial: one for one in kept.plan.flights}
    lost: set[str] = set()
    ready: dict[str, int] = {}
    told = []
    for entry in seen(reading):
        flight = flights.get(str(entry.body.get("planned")))
        if entry.kind != "serial" or flight is None:
            continue
        outcome = entry.body.get("outcome")
        if outcome == "lost":
            lost.add(flight.tail)
            told.append(_lost(entry, flight, now))
        elif outcome == "late":
            again = flown[flight.serial].ready if flight.serial in flown else now
            if flight.serial in flown and flown[flight.serial].start >= now:
                again = flown[flight.serial].start
            ready[flight.tail] = max(again, ready.get(flight.tail, 0))
            told.append(_late(entry, flight, max(again - now, 0)))
        elif flight.serial in flown and _is_news(flight, flown[flight.serial]):
            told.append(_otherwise(entry, flight, kept, flown[flight.serial]))
    return frozenset(lost), ready, tuple(told)


def _late(entry: Entry, flight: Flight, minutes: int) -> Happening:
    says = say(
        "{serial_words} is late: {tail_words} can fly again only {n} minutes from the"
        " moment of the plan.",
        serial_words=flight.serial,
        tail_words=flight.tail,
        n=minutes,
    )
    return Happening(says, (entry.name,))


def _is_news(flight: Flight, at: Times) -> bool:
    return (flight.start, flight.ready) != (at.start, at.ready)


def _otherwise(entry: Entry, flight: Flight, kept: Kept, at: Times) -> Happening:
    says = say(
        "{serial_words} was there at {at}; {tail_words} goes on from that time.",
        serial_words=flight.serial,
        at=instant(kept.problem, at.arrive),
        tail_words=flight.tail,
    )
    return Happening(says, (entry.name,))


def _lost(entry: Entry, flight: Flight, now: int) -> Happening:
    if flight.start >= now or not flight.parts:
        says = say(
            "{serial_words} is lost before it began: {tail_words} flies no more, and what it"
            " was to carry is planned anew.",
            serial_words=flight.serial,
            tail_words=flight.tail,
        )
        return Happening(says, (entry.name,))
    says = say(
        "{serial_words} is lost under way: {tail_words} flies no more. What it carried still"
        " counts as carried; only another pledge replaces it.",
        serial_words=flight.serial,
        tail_words=flight.tail,
    )
    return Happening(says, (entry.name,), needs_decision=True)


def _tails(
    kept: Kept, current: Problem, now: int
) -> tuple[frozenset[str], tuple[Tail, ...], tuple[Happening, ...]]:
    """Tails that the pledges bring no more, and those that they bring beside the plan's."""
    are = {one.id for one in current.tails}
    were = {one.id for one in kept.problem.tails}
    gone = [one.id for one in kept.problem.tails if one.id not in are]
    more = [
        replace(one, available_from=now) for one in current.tails if one.id not in were
    ]
    told = []
    if gone:
        told.append(
            Happening(
                say(
                    "No longer brought, and planned with no more: {tails_words}.",
                    tails_words=", ".join(gone),
                )
            )
        )
    if more:
        told.append(
            Happening(
                say(
                    "Brought in addition: {tails_words}.",
                    tails_words=", ".join(one.id for one in more),
                )
            )
        )
    return frozenset(gone), tuple(more), tuple(told)


def _airfields(
    reading: Reading, kept: Kept, now: int, begun: Sequence[Flight]
) -> tuple[tuple[Airfield, ...], tuple[Happening, ...]]:
    """The plan's airfields with the closures that are told now, none before now.

    Where a serial has begun that uses a closed airfield, the closure begins after it, and it is
    said that it has to be diverted.
    """
    entries = seen(reading)
    first = read_instant(kept.problem.epoch)
    last = first + kept.problem.horizon * 60
    fields: list[Airfield] = []
    told: list[Happening] = []
    for field in kept.problem.airfields:
        works = usable(field.id, entries, places()[field.id].zone, first, last)
        shut = _shut(works.open, works.closures, first, last, now)
        if shut == _shut_of(field, now, kept.problem.horizon):
            fields.append(field)
            continue
        flying = [one for one in begun if _uses(one, field.id, now)]
        free = max([now, *(one.ready for one in flying)])
        before = [(a, min(b, now)) for a, b in field.closures if a < now]
        after = [(max(a, free), b) for a, b in shut if b > free]
        fields.append(replace(field, closures=(*before, *after)))
        told += _of_field(field.id, shut, works.entries, flying, now)
    return tuple(fields), tuple(told)


def _of_field(
    field: str,
    shut: Sequence[Window],
    entries: tuple[str, ...],
    flying: Sequence[Flight],
    now: int,
) -> Iterator[Happening]:
    is_shut = any(a <= now for a, _ in shut)
    if is_shut:
        said = say("{at_place} is closed.", at_place=field)
    else:
        said = say(
            "{at_place} is open at other hours than the plan has.", at_place=field
        )
    yield Happening(said, entries)
    for flight in flying if is_shut else ():
        yield Happening(
            say(
                "{serial_words} has begun and uses {at_place}, which is closed: it goes on"
                " as planned here, and has to be diverted by whoever commands it.",
                serial_words=flight.serial,
                at_place=field,
            ),
            entries,
            needs_decision=True,
        )


def _uses(flight: Flight, field: str, now: int) -> bool:
    """Whether a flight that has begun still has something to do on an airfield."""
    at_end = flight.destination == field and flight.ready > now
    return at_end or (flight.origin == field and flight.depart > now)


def _shut(
    opens: Sequence[Window],
    closures: Sequence[Window],
    first: int,
    last: int,
    now: int,
) -> list[Window]:
    """When an airfield cannot be used from now on, in minutes, of instants in seconds."""
    works = [((a - first) // 60, (b - first) // 60) for a, b in opens]
    out = [((a - first) // 60, (b - first) // 60) for a, b in closures]
    return _closed(works, out, now, (last - first) // 60)


def _shut_of(field: Airfield, now: int, horizon: int) -> list[Window]:
    return _closed(field.open, field.closures, now, horizon)


def _closed(
    opens: Sequence[Window], closures: Sequence[Window], now: int, horizon: int
) -> list[Window]:
    gaps, at = [], now
    for start, end in sorted(opens):
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    gaps.append((at, horizon))
    found: list[Window] = []
    for start, end in sorted((*gaps, *closures)):
        start, end = max(start, now), min(end, horizon)
        if found and start <= found[-1][1]:
            start, end = found.pop()[0], max(end, start, now)
        if start < end:
            found.append((start, end))
    return found


class _Named(Protocol):
    @property
    def id(self) -> str:
        """By which two of a kind are told apart."""


T = TypeVar("T", bound=_Named)


def _joined(old: Iterable[T], new: Iterable[T]) -> tuple[T, ...]:
    """What a problem has, and what another has beside it, by their ids."""
    found = {one.id: one for one in (*new, *old)}
    return tuple(found[name] for name in sorted(found))


def _legs(old: Problem, new: Problem) -> tuple[Leg, ...]:
    pairs = {frozenset((one.origin, one.destination)): one for one in new.legs}
    pairs |= {frozenset((one.origin, one.destination)): one for one in old.legs}
    return tuple(sorted(pairs.values(), key=lambda one: (one.origin, one.destination)))


def _shifted(old: Problem, new: Problem) -> Iterator[Airfield]:
    """Airfields of another problem, their windows by the minutes of the old one."""
    shift = shift_of(old, new)

    def moved(windows: Sequence[Window]) -> tuple[Window, ...]:
        spans = [(max(a + shift, 0), b + shift) for a, b in windows]
        return tuple(span for span in spans if span[0] < span[1])

    for one in new.airfields:
        yield replace(one, open=moved(one.open), closures=moved(one.closures))
