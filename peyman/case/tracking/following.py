"""A movement as it is planned against what was reported: serial by serial, and day by day.

A report that names the serial that it carries out is held against that one. Reports that name none
are only summed by the day on which they left, beside what the plan has for that day: nothing says
which of the planned serials they were. Flights and aircraft are summed apart.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peyman.case.boards.claims import seen
from peyman.case.model import Entry
from peyman.case.reading import Reading
from peyman.charter.moment import day_of, read_instant, read_moment, show_moment

Json = dict[str, Any]
_OUTCOMES = {"on_time": "as planned", "late": "late", "lost": "lost"}


def followed(reading: Reading, serials: Sequence[Json]) -> list[Json]:
    """Each planned serial with loads, and what its own reports say of it.

    Args:
        reading: The case.
        serials: As `peyman.force.schedule.serial_rows` gives them.
    """
    reports: dict[str, list[Entry]] = {}
    for entry in seen(reading):
        if entry.kind == "serial" and entry.body["state"] == "reported":
            reports.setdefault(str(entry.body.get("planned")), []).append(entry)
    return [
        _followed(row, reports.get(row["serial"], []), reading.at)
        for row in serials
        if row["parts"]
    ]


def _followed(row: Json, reports: Sequence[Entry], at: int) -> Json:
    return {
        "serial": row["serial"],
        "tail": row["tail"] or row["mode"],
        "from": row["from"],
        "to": row["to"],
        "depart": row["depart"],
        "arrive": row["arrive"],
        "departed": _last(reports, "depart"),
        "arrived": _last(reports, "arrive"),
        "outcome": _outcome(row, reports, at),
        "reports": [one.name for one in reports],
    }


def _last(reports: Sequence[Entry], field: str) -> str | None:
    told = [
        show_moment(read_moment(str(one.body[field]), one.zone))
        for one in reports
        if one.body.get(field, "unknown") != "unknown"
    ]
    return told[-1] if told else None


def _outcome(row: Json, reports: Sequence[Entry], at: int) -> str:
    told = [str(one.body["outcome"]) for one in reports if "outcome" in one.body]
    if told:
        return _OUTCOMES[told[-1]]
    if reports:
        return "reported"
    return "to come" if read_instant(row["depart"]) > at else "not reported"


def by_day(reading: Reading, serials: Sequence[Json], direction: str) -> list[Json]:
    """Each day of a movement: what leaves by the plan, what was announced, what was reported.

    Args:
        reading: The case, whose zone says what a day is.
        serials: The plan's serials.
        direction: `in` or `out`.
    """
    zone = reading.case.zone
    days: dict[date, Json] = {}
    for row in serials:
        if row["parts"]:
            on = _day(days, day_of(read_instant(row["depart"]), zone))
            on["planned"]["serials"] += 1
            on["planned"]["people"] += row["people"]
    for entry in seen(reading):
        if entry.kind == "serial" and entry.body["direction"] == direction:
            left = str(entry.body.get("depart", entry.stated_at))
            if left == "unknown":
                continue
            on = _day(days, day_of(read_moment(left, entry.zone).lo, zone))
            is_told = entry.body["state"] == "reported"
            _count(on["reported" if is_told else "announced"], entry.body, entry.name)
    return [days[day] for day in sorted(days)]


def _day(days: dict[date, Json], on: date) -> Json:
    return days.setdefault(
        on,
        {
            "day": on.isoformat(),
            "planned": {"serials": 0, "people": 0},
            "announced": _sums(),
            "reported": _sums(),
        },
    )


def _sums() -> Json:
    return {"serials": 0, "flights": 0, "aircraft": 0, "people": 0, "entries": []}


def _count(sums: Json, body: Mapping[str, Any], name: str) -> None:
    sums["serials"] += 1
    sums["flights"] += body.get("flights", 0)
    sums["aircraft"] += body.get("aircraft", 0)
    people = body.get("people", {})
    sums["people"] += people.get("value", people.get("low", 0))
    sums["entries"].append(name)
