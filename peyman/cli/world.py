"""Words for what is claimed of the world and told of the force, one sentence a row."""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]


def short(moment: str) -> str:
    """A moment to the minute: `2022-01-05 20:00`, an interval as `A to B`.

    >>> short("2022-01-05T20:00:00Z/2022-01-06T00:00:00Z")
    '2022-01-05 20:00 to 2022-01-06 00:00'
    """
    first, _, last = moment.partition("/")
    ends = [e if e == ".." else e[:16].replace("T", " ") for e in (first, last) if e]
    return " to ".join(ends)


def words_of(facts: Row) -> str:
    """Facts of an act: `area: Almaty; term: 2022-01-19`."""
    return "; ".join(
        f"{fact}: {', '.join(value) if isinstance(value, list) else value}"
        for fact, value in facts.items()
    )


def facility(row: Row) -> str:
    """A facility and every status that was told of it, contradictions and all."""
    told = []
    for one in row["statuses"]:
        who = ", ".join(_by(claim) for claim in one["claims"])
        told.append(f"{one['status']}, {short(one['at'])}, {one['entry']} by {who}")
    return f"{row['place']}: {'; '.join(told)}"


def figure(row: Row) -> str:
    """A counted thing as a series, each figure with who says so."""
    return f"{row['item']}: {'; '.join(_figure(one) for one in row['series'])}"


def _figure(one: Row) -> str:
    number = one.get("value")
    if number is None:
        number = f"{one.get('low', '..')} to {one.get('high', '..')}"
    unit = f" {one['unit']}" if "unit" in one else ""
    scope = f" ({one['scope']})" if "scope" in one else ""
    revises = f", revises {one['revises']}" if "revises" in one else ""
    return f"{number}{unit}{scope}, {_by(one)}{revises}"


def _by(claim: Row) -> str:
    grade = f", {claim['grade']}" if claim["grade"] else ""
    status = f", {claim['status'].upper()}" if claim["status"] != "held" else ""
    return f"{claim['by']} ({claim['entry']}{grade}{status})"


def pledge(row: Row) -> str:
    """A pledge, its people, vehicles and caveats."""
    caveats = f"; caveat: {'; '.join(row['caveats'])}" if row["caveats"] else ""
    vehicles = f", vehicles {row['vehicles']}" if row["vehicles"] != "no number" else ""
    people = f", people {row['people']}"
    return f"{row['member']}: {row['what']}{people}{vehicles}, {row['state']}, {row['entry']}{caveats}"


def strength(row: Row) -> str:
    """One statement of strength."""
    place = f" at {row['place']}" if row["place"] else ""
    vehicles = f", vehicles {row['vehicles']}" if row["vehicles"] != "no number" else ""
    return f"{row['member']}: people {row['people']}{vehicles}{place}, {row['entry']}"


def serial(row: Row) -> str:
    """One movement; flights and aircraft are different things."""
    units = [
        f"{row[unit]} {unit}"
        for unit in ("flights", "aircraft")
        if row[unit] is not None
    ]
    kinds = ", ".join(f"{count} {kind}" for kind, count in row["types"].items())
    what = "; ".join(filter(None, [", ".join(units), kinds]))
    way = f"{row['origin']} to {row['destination']}"
    return (
        f"{short(row['at'])}, {row['direction']}, {row['member']} by {row['mode']}, {way}:"
        f" {what or 'no number'}, {row['state']}, {row['entry']}"
    )


def total(row: Row) -> str:
    """What the movements of one direction add up to, each unit alone."""
    return (
        f"{row['direction']}, {row['state']}: {row['serials']} movements; flights that were"
        f" counted {row['flights']}; aircraft that were counted {row['aircraft']};"
        f" {row['silent']} give neither"
    )
