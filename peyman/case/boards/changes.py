"""What differs between two standings of a case: rows that come, and rows that go.

The page that asks before it enters, and `peyman ask --if`, both show it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from peyman.case.boards.standing import standing
from peyman.case.reading import LISTS, Reading

_Key = tuple[str, str, str, str, str]
_Rows = dict[_Key, Mapping[str, Any]]

_FIRST = ("late", "must", "in_force")
"""The lists of a standing that are told before the others."""


class Change(NamedTuple):
    """Rows of one act that come into a list of the standing, or go from it."""

    comes: bool
    listed: str
    act: str
    by: tuple[str, ...]
    articles: tuple[str, ...]
    due: Mapping[str, str] | None
    matter: str


def changes_between(before: Reading, after: Reading) -> tuple[Change, ...]:
    """The rows that come into the lists of the standing, and those that go from them.

    A row that only falls due on another day goes, and comes again with that day.
    """
    old, new = _rows(standing(before)), _rows(standing(after))
    came = _grouped({k: row for k, row in new.items() if k not in old}, comes=True)
    went = _grouped({k: row for k, row in old.items() if k not in new}, comes=False)
    return (*came, *went)


def _rows(told: Mapping[str, Any]) -> _Rows:
    return {
        (matter["id"], listed, row["act"], row["by"], str(row.get("due"))): row
        for matter in told["matters"]
        for listed in LISTS
        for row in matter[listed]
    }


def _grouped(rows: _Rows, *, comes: bool) -> list[Change]:
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for (matter, listed, act, _by, due), row in rows.items():
        groups.setdefault((listed, matter, act, due), []).append(row)
    order = {name: place for place, name in enumerate(_FIRST)}
    return [
        Change(
            comes,
            listed,
            act,
            tuple(row["by"] for row in group),
            tuple(group[0]["article"]),
            group[0].get("due"),
            matter,
        )
        for (listed, matter, act, _), group in sorted(
            groups.items(), key=lambda one: order.get(one[0][0], len(order))
        )
    ]
