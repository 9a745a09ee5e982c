"""Where a case's force leaves from and arrives at, and in what: read from its pledges and serials."""

from collections.abc import Mapping, Sequence
from typing import Any

from geographiclib.geodesic import Geodesic

from peyman.case.model import Entry
from peyman.force.generation.offers import Offer
from peyman.force.tables import airfields, type_of
from peyman.picture.places import places

_NEAR_KM = 100
"""An airfield this near to a town serves it."""


def distance_km(origin: str, destination: str) -> int:
    """The great circle between two places of the list, in whole kilometres, rounded up.

    >>> distance_km("chkalovsky", "almaty-airport")
    3088
    """
    a, b = places()[origin], places()[destination]
    found = Geodesic.WGS84.Inverse(a.latitude, a.longitude, b.latitude, b.longitude)
    return int(-(-found["s12"] // 1000))


def fields_at(place: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The airfields that serve a place: itself, those near a town, those of a country.

    Of a country's airfields, those that the case names go before all the others. Empty for
    a place that is not in the list, or that no airfield of the table serves.
    """
    if place in airfields():
        return (place,)
    found = places().get(place)
    if found is None:
        return ()
    if found.kind != "country":
        near = [f for f in sorted(airfields()) if distance_km(place, f) <= _NEAR_KM]
        return tuple(near)
    own = [f for f in sorted(airfields()) if places()[f].member == found.member]
    named = _named(entries)
    return tuple(one for one in own if one in named) or tuple(own)


def _named(entries: Sequence[Entry]) -> set[str]:
    fields = ("from", "to", "place", "at_place")
    kinds = ("serial", "status", "requirement", "pledge", "strength")
    return {
        str(entry.body[field])
        for entry in entries
        if entry.kind in kinds
        for field in fields
        if field in entry.body
    }


def origins_of(offer: Offer, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Where an offer's unit leaves from: as it says, else from its member's airfields.

    Those that the case names share it; where it names none, the one of the longest runway.
    """
    fields = fields_at(offer.origin or offer.member.lower(), entries)
    named = _named(entries)
    if offer.origin is None and not any(one in named for one in fields):
        return tuple(sorted(fields, key=lambda one: -airfields()[one].runway_m)[:1])
    return fields


def lift_of(
    offers: Sequence[Offer], entries: Sequence[Entry], direction: str
) -> dict[tuple[str, str], int]:
    """Aircraft by member and type: as pledged, else the most that one serial of a way tells.

    Aircraft of a serial of the whole force count for the country that it flew from, or of
    a way out, to. Types that the table does not have are left out.
    """
    pledged: dict[tuple[str, str], int] = {}
    for offer in offers:
        for name, count in offer.lift.items():
            _count(pledged, offer.member, name, count)
    if pledged:
        return pledged
    told: dict[tuple[str, str], int] = {}
    serials = [e for e in entries if e.kind == "serial"]
    for entry in serials:
        body: Mapping[str, Any] = entry.body
        if body["direction"] != direction or body["mode"] != "air":
            continue
        for name, count in body.get("types", {}).items():
            member = _flown_by(body)
            kind = type_of(name)
            if kind is not None:
                key = (member, kind.id)
                told[key] = max(told.get(key, 0), count)
    return told


def _count(counts: dict[tuple[str, str], int], member: str, name: str, n: int) -> None:
    kind = type_of(name)
    if kind is not None:
        counts[member, kind.id] = counts.get((member, kind.id), 0) + n


def _flown_by(body: Mapping[str, Any]) -> str:
    if body["member"] != "all":
        return str(body["member"])
    home = body["from"] if body["direction"] == "in" else body["to"]
    return places()[str(home)].member
