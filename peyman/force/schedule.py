"""A plan as people read it: serials with their instants and loads, strength by the hour, changes.

Plain rows, made from a problem and a plan alone; a page, a table and a file show the same ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peyman.charter.moment import read_instant, show
from peyman.force.plan import Convoy, Flight, Part, Plan
from peyman.force.problem import Load, Problem

Json = dict[str, Any]
_TIMES = ("start", "depart", "arrive", "unloaded")


def serial_rows(problem: Problem, plan: Plan) -> list[Json]:
    """Every flight and convoy by the time at which it begins; ferries carry nothing."""
    loads = {load.id: load for load in problem.loads}
    types = {tail.id: tail.type for tail in problem.tails}
    ways = {route.id: route for route in problem.routes}
    rows = [_flight(one, types, loads, problem) for one in plan.flights]
    for one in plan.convoys:
        way = ways[one.route]
        row = {"mode": way.mode, "from": way.origin, "to": way.destination}
        rows.append({**_convoy(one, problem), **row, **_carried(one.parts, loads)})
    return sorted(rows, key=lambda row: (row["start"], row["serial"]))


def _flight(
    one: Flight, types: Mapping[str, str], loads: Mapping[str, Load], problem: Problem
) -> Json:
    at = {name: instant(problem, getattr(one, name)) for name in _TIMES}
    return {
        "serial": one.serial,
        "mode": "air",
        "from": one.origin,
        "to": one.destination,
        "tail": one.tail,
        "type": types[one.tail],
        **at,
        "ready": instant(problem, one.ready),
        **_carried(one.parts, loads),
    }


def _convoy(one: Convoy, problem: Problem) -> Json:
    start, arrive = instant(problem, one.start), instant(problem, one.arrive)
    times = {"start": start, "depart": start, "arrive": arrive, "unloaded": arrive}
    return {"serial": one.serial, "tail": "", "type": "", **times, "ready": arrive}


def _carried(parts: Sequence[Part], loads: Mapping[str, Load]) -> Json:
    """What is on board: people, vehicles, kilograms, whose, and for which lines."""
    own = [(loads[part.load], part.pieces) for part in parts]
    counts = {
        kind: sum(pieces for load, pieces in own if load.kind == kind)
        for kind in ("passengers", "vehicles")
    }
    return {
        "members": sorted({load.member for load, _ in own}),
        "people": counts["passengers"],
        "vehicles": counts["vehicles"],
        "mass_kg": sum(load.piece_kg * pieces for load, pieces in own),
        "lines": sorted({load.line for load, _ in own}),
        "parts": [{"load": part.load, "pieces": part.pieces} for part in parts],
    }


def instant(problem: Problem, minute: int) -> str:
    """A minute of the problem as an instant in UTC, ISO 8601."""
    return show(read_instant(problem.epoch) + 60 * minute)


def strength_rows(problem: Problem, plan: Plan) -> list[Json]:
    """People on the ground by member: a row for each unloading, with the sum so far."""
    loads = {load.id: load for load in problem.loads}
    arrivals = [(one.unloaded, one.parts) for one in plan.flights]
    arrivals += [(one.arrive, one.parts) for one in plan.convoys]
    sums: dict[str, int] = {}
    rows = []
    for minute, parts in sorted(arrivals, key=lambda pair: pair[0]):
        for part in parts:
            load = loads[part.load]
            if load.kind == "passengers":
                sums[load.member] = sums.get(load.member, 0) + part.pieces
                at = instant(problem, minute)
                rows.append(
                    {"at": at, "member": load.member, "people": sums[load.member]}
                )
    return rows


def closure_of(rows: Iterable[Json]) -> str | None:
    """When the last piece is unloaded; None where nothing is carried."""
    return max((row["unloaded"] for row in rows if row["parts"]), default=None)


def line_closures(rows: Sequence[Json]) -> dict[str, str]:
    """Requirement line to when the last piece for it is unloaded."""
    lines = sorted({line for row in rows for line in row["lines"]})
    return {
        line: max(row["unloaded"] for row in rows if line in row["lines"])
        for line in lines
    }


def changes(before: Sequence[Json], after: Sequence[Json]) -> list[Json]:
    """What a new plan changes: serials that are new, gone, or at another time or place.

    A serial is the same if it has the same name; ferries are left out, since nobody waits
    for them.
    """
    old = {row["serial"]: row for row in before if row["parts"]}
    new = {row["serial"]: row for row in after if row["parts"]}
    found = []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        kind = "new" if was is None else "gone" if now is None else "changed"
        fields = sorted(f for f in (now or {}) if was and was.get(f) != (now or {})[f])
        found.append(
            {"serial": name, "change": kind, "fields": fields, "was": was, "now": now}
        )
    return found
