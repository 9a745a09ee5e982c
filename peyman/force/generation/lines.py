"""Requirement lines: what an operation needs, how much of it, where, by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.charter.moment import read_moment
from peyman.force.generation.packages import package_for
from peyman.force.reports.told import Told


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement line as it was last told.

    Attributes:
        required_by: The last instant of its required delivery date; None if none is told.
        priority: 1 comes first.
        people_each: How many people one of its unit takes; None where nothing tells.
        is_reckoned: Whether `people_each` is an assumption and was not told.
    """

    entry: str
    line: str
    capability: str
    quantity: int
    unit: str
    place: str
    required_by: int | None
    priority: int
    task: str | None
    people_each: int | None
    is_reckoned: bool


def lines(told: Sequence[Told], zone: str) -> tuple[Line, ...]:
    """Every line, by priority, ties by the order of the record.

    A line that is told again stands as it was told last.
    """
    last: dict[tuple[str, str], Line] = {}
    for one in told:
        line = _line(one, zone)
        last[line.line, line.place] = line
    return tuple(sorted(last.values(), key=lambda line: line.priority))


def _line(told: Told, zone: str) -> Line:
    body: Mapping[str, Any] = told.body
    required, people = body.get("required"), body.get("people")
    capability, unit = body["capability"], body["unit"]
    each = people // max(body["quantity"], 1) if people else None
    return Line(
        entry=told.entry,
        line=body["line"],
        capability=capability,
        quantity=body["quantity"],
        unit=unit,
        place=body["place"],
        required_by=read_moment(required, zone).hi if required else None,
        priority=body["priority"],
        task=body.get("task"),
        people_each=each or _people_each(capability, unit),
        is_reckoned=not each and unit != "people",
    )


def _people_each(capability: str, unit: str) -> int | None:
    if unit == "people":
        return 1
    package = package_for(capability)
    return package.people // package.quantity if package else None
