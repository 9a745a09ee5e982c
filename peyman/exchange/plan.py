"""The sheets of a plan as it goes out, and the template of a case that comes back filled in."""

from collections.abc import Sequence
from typing import Any

from peyman.case.boards.claims import seen
from peyman.case.reading import Reading
from peyman.exchange.request import request_of
from peyman.exchange.sheets import COLUMNS, write_sheets

Json = dict[str, Any]
Sheet = list[list[Any]]


def template_of(reading: Reading) -> dict[str, Sheet]:
    """What a case has of lines, pledges and serials, to be filled in offline."""
    entries = seen(reading)
    return write_sheets(
        {kind: [dict(e.body) for e in entries if e.kind == kind] for kind in COLUMNS}
    )


def plan_sheets(plan: Json, title: str) -> dict[str, Sheet]:
    """The sheets of a plan."""
    unmet = [
        {**one, **reason}
        for one in plan["unmet"]
        for reason in one["reasons"] or [{"says": "", "entry": ""}]
    ]
    pledges = dict.fromkeys(one["pledge"] for one in plan["assignment"])
    asked = [
        [pledge, item.number, item.asks, item.answer, ", ".join(item.entries)]
        for pledge in pledges
        for item in request_of(plan, pledge, title)
    ]
    return {
        "lines": _table(plan["lines"]),
        "assignment": _table(plan["assignment"]),
        "unmet": _table(unmet, ("line", "quantity", "unit", "says", "entry")),
        "serials": _table(_without(plan["serials"], "parts")),
        "way home": _table(_without(plan["withdrawal"]["serials"], "parts")),
        "objectives": _table(plan["objectives"]),
        "assumptions": [["assumed"], *([told] for told in plan["assumptions"])],
        "transport request": [["pledge", "item", "asks", "answer", "entries"], *asked],
    }


def _without(rows: Sequence[Json], name: str) -> list[Json]:
    return [{k: v for k, v in row.items() if k != name} for row in rows]


def _table(rows: Sequence[Json], heads: Sequence[str] = ()) -> Sheet:
    names = list(heads or (rows[0] if rows else ()))
    return [names, *([_plain(row.get(name)) for name in names] for row in rows)]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {one}" for name, one in value.items())
    return value if isinstance(value, int | float) or value is None else str(value)
