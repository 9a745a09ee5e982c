"""Serials as they were planned or reported: who moved, how, from where, in what.

A flight is one journey; an aircraft is one machine, which may fly many. A report that gives
the one says nothing of the other, so each is summed alone and never converted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peyman.charter.moment import Moment
from peyman.force.reports.told import Amount, Told, amount_of


@dataclass(frozen=True, slots=True)
class Serial:
    """One movement of one load."""

    entry: str
    serial: str
    mode: str
    member: str
    origin: str
    destination: str
    at: Moment
    flights: int | None
    aircraft: int | None
    types: Mapping[str, int]
    people: Amount
    vehicles: Amount
    direction: str
    state: str


@dataclass(frozen=True, slots=True)
class Total:
    """What the serials of one direction add up to, each unit alone.

    Attributes:
        serials: How many were summed.
        silent: How many of them state neither flights nor aircraft.
    """

    direction: str
    state: str
    serials: int
    flights: int
    aircraft: int
    silent: int


def serials(told: Sequence[Told]) -> tuple[Serial, ...]:
    """Every serial, by time, ties by the order of the record."""
    rows = [
        Serial(
            entry=one.entry,
            serial=str(one.body["serial"]),
            mode=str(one.body["mode"]),
            member=str(one.body["member"]),
            origin=str(one.body["from"]),
            destination=str(one.body["to"]),
            at=one.at,
            flights=_count(one.body.get("flights")),
            aircraft=_count(one.body.get("aircraft")),
            types=_types(one.body.get("types")),
            people=amount_of(one.body, "people"),
            vehicles=amount_of(one.body, "vehicles"),
            direction=str(one.body["direction"]),
            state=str(one.body["state"]),
        )
        for one in told
    ]
    return tuple(sorted(rows, key=lambda row: row.at.lo))


def totals(rows: Sequence[Serial]) -> tuple[Total, ...]:
    """Flights and aircraft, summed apart, by direction and by planned or reported."""
    found = []
    for direction, state in sorted({(row.direction, row.state) for row in rows}):
        some = [row for row in rows if (row.direction, row.state) == (direction, state)]
        found.append(
            Total(
                direction=direction,
                state=state,
                serials=len(some),
                flights=sum(row.flights or 0 for row in some),
                aircraft=sum(row.aircraft or 0 for row in some),
                silent=sum(
                    row.flights is None and row.aircraft is None for row in some
                ),
            )
        )
    return tuple(found)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _types(value: object) -> dict[str, int]:
    return dict(value) if isinstance(value, Mapping) else {}
