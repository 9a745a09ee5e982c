"""Planned against actual: which reported serials carried out a planned one, and how it went.

A reported serial names the planned one that it carries out. Where it names none, it is held
against the planned one of its day, direction and way to move whose member is its own or the whole
force. Aircraft are compared with aircraft and flights with flights, never one with the other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.charter.moment import Moment, read_moment
from peyman.force.reports.told import Told

UNITS = ("aircraft", "flights")
"""What a serial may count, in the order in which they are looked for."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A planned serial, and what became of it.

    Attributes:
        entry: The entry that plans it.
        leaves: When it was to leave.
        unit: What is counted, aircraft or flights; None where the plan counts neither.
        planned: How many were planned.
        reported: How many were reported; None where no report counts this unit.
        reports: The entries that report it.
        outcome: as planned, fewer, more, late, lost, not reported, reported where nothing
            can be counted, or pledge withdrawn where its member gives nothing any more.
    """

    entry: str
    serial: str
    member: str
    leaves: Moment
    unit: str | None
    planned: int | None
    reported: int | None
    reports: tuple[str, ...]
    outcome: str


def tracked(
    told: Sequence[Told], zone: str, gone: Collection[str] = ()
) -> tuple[Tracked, ...]:
    """Every planned serial with what was reported of it, by the time that it was to leave.

    Args:
        told: The serials, in the order of the record.
        zone: Whose days are meant.
        gone: Members all of whose pledges were withdrawn or stood down.
    """
    planned = [one for one in told if one.body["state"] == "planned"]
    reported = [one for one in told if one.body["state"] == "reported"]
    rows = [_tracked(one, reported, zone, gone) for one in planned]
    return tuple(sorted(rows, key=lambda row: row.leaves.lo))


def _tracked(
    plan: Told, reported: Sequence[Told], zone: str, gone: Collection[str]
) -> Tracked:
    own = [one for one in reported if one.body.get("planned") == plan.body["serial"]]
    if not own:
        own = [one for one in reported if _fits(plan, one, zone)]
    unit = next((unit for unit in UNITS if unit in plan.body), None)
    many, came = _count(plan, unit), _sum(own, unit)
    return Tracked(
        entry=plan.entry,
        serial=str(plan.body["serial"]),
        member=str(plan.body["member"]),
        leaves=_leaves(plan, zone),
        unit=unit,
        planned=many,
        reported=came,
        reports=tuple(one.entry for one in own),
        outcome=_outcome(own, many, came, plan.body["member"] in gone),
    )


def _fits(plan: Told, report: Told, zone: str) -> bool:
    """Whether a report that names no plan may be of this one."""
    ours: Mapping[str, Any] = plan.body
    theirs: Mapping[str, Any] = report.body
    if "planned" in theirs or ours["member"] not in ("all", theirs["member"]):
        return False
    if any(ours[name] != theirs[name] for name in ("direction", "mode")):
        return False
    a, b = _leaves(plan, zone), _leaves(report, zone)
    return a.lo < b.hi and b.lo < a.hi and report.at.hi > plan.at.lo


def _leaves(told: Told, zone: str) -> Moment:
    depart = told.body.get("depart")
    return read_moment(str(depart), zone) if depart else told.at


def _count(told: Told, unit: str | None) -> int | None:
    count = told.body.get(unit) if unit else None
    return count if isinstance(count, int) else None


def _sum(reports: Sequence[Told], unit: str | None) -> int | None:
    counts = [count for one in reports if (count := _count(one, unit)) is not None]
    return sum(counts) if counts else None


def _outcome(
    reports: Sequence[Told], planned: int | None, came: int | None, is_gone: bool
) -> str:
    told = {one.body.get("outcome") for one in reports}
    for outcome in ("lost", "late"):
        if outcome in told:
            return outcome
    if not reports:
        return "pledge withdrawn" if is_gone else "not reported"
    if planned is None or came is None:
        return "reported"
    if came == planned:
        return "as planned"
    return "fewer" if came < planned else "more"
