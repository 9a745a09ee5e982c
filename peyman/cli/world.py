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
    """A facility: what is claimed of it, by whom, and what the analysts read from it."""
    mark = " CONTESTED" if row["contested"] else ""
    told = [f"{one['status']}, {one['at']}, says {_by(one)}" for one in row["told"]]
    read = [
        f"read as {one['status']}, {short(one['at'])}, {one['entry']} from"
        f" {', '.join(one['claims'])}"
        for one in row["statuses"]
    ]
    return f"{row['place']}{mark}: {'; '.join(told + read)}"


def figure(row: Row) -> str:
    """A counted thing as a series, each figure with who says so."""
    said = "; ".join(_figure(one) for one in row["series"])
    return f"{row['item'].replace('_', ' ')}, {row['unit']}: {said}"


def _figure(one: Row) -> str:
    number = f"{one['low']}"
    if one["high"] is None:
        number = f"at least {number}"
    elif one["high"] != one["low"]:
        number = f"{number} to {one['high']}"
    scope = f" ({one['scope']})" if one["scope"] else ""
    revised = (
        f", revised by {', '.join(one['revised_by'])}" if one["revised_by"] else ""
    )
    return f"{number}{scope}, {_by(one)}{revised}"


def _by(one: Row) -> str:
    grade = f", {one['grade']}" if one["grade"] else ""
    status = f", {one['claim'].upper()}" if one["claim"] != "held" else ""
    return f"{one['by']} ({one['entry']}{grade}{status})"


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
