"""The claims and grades of a reading, as the values that the picture's readings take."""

from collections.abc import Mapping
from typing import Any

from peyman.case.model import Entry
from peyman.case.reading import Reading
from peyman.charter.moment import show_moment
from peyman.picture.claims import Claim, Figure, Grade


def seen(reading: Reading) -> tuple[Entry, ...]:
    """What was known and had begun, corrected entries left out."""
    gone = {str(e.body["entry"]) for e in reading.entries if e.kind == "correct"}
    return tuple(
        entry
        for entry in reading.entries
        if entry.at.lo <= reading.at and entry.commitment not in gone
    )


def claims_of(entries: tuple[Entry, ...]) -> tuple[Claim, ...]:
    """Every claim, in the order of the record; its id is its commitment."""
    return tuple(_claim(entry) for entry in entries if entry.kind == "claim")


def grades_of(entries: tuple[Entry, ...]) -> tuple[Grade, ...]:
    """Every grade, in the order of the record."""
    return tuple(
        Grade(
            claim=str(entry.body["claim"]),
            status=_text(entry.body.get("status")),
            reliability=_text(entry.body.get("reliability")),
            credibility=_whole(entry.body.get("credibility")),
            reason=str(entry.body["reason"]),
        )
        for entry in entries
        if entry.kind == "grade"
    )


def _claim(entry: Entry) -> Claim:
    body: Mapping[str, Any] = entry.body
    facility = body.get("facility", {})
    return Claim(
        id=entry.commitment,
        says=body["says"],
        speakers=tuple(body["speakers"]),
        at=show_moment(entry.at),
        place=facility.get("place"),
        status=facility.get("status"),
        figures=tuple(_figure(figure) for figure in body.get("figures", [])),
        revises=body.get("revises"),
    )


def _figure(figure: Mapping[str, Any]) -> Figure:
    value = figure.get("value")
    return Figure(
        item=figure["item"],
        unit=figure.get("unit", "people"),
        low=figure.get("low", value if value is not None else 0),
        high=figure.get("high", value),
        scope=figure.get("scope", ""),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
