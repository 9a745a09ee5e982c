"""What another plan makes of a plan's serials: kept, moved, new or dropped, with both times.

Serials are told apart by what they do and not by their names, since a plan that is made again may
call them otherwise. Ferries are left out: nobody waits for them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]
CHANGES = ("moved", "new", "dropped", "kept")
"""What may become of a serial, in the order in which a reader asks for it."""

_TIMES = ("start", "depart", "arrive", "unloaded")


def difference(before: Sequence[Json], after: Sequence[Json]) -> list[Json]:
    """Every serial with loads of either plan, and what became of it.

    A serial is `kept` if nothing of it is changed but its name. It is `moved` if another carries
    the same loads to the same place, at another time, on another tail, or from elsewhere.

    Args:
        before: The serials of a plan, as `peyman.force.schedule.serial_rows` gives them.
        after: Those of the other.
    """
    old = [row for row in before if row["parts"]]
    new = [row for row in after if row["parts"]]
    found = []
    for is_same in (_same, _same_name, _same_work):
        for was, now in list(_pairs(old, new, is_same)):
            old.remove(was)
            new.remove(now)
            change = "kept" if _same(was) == _same(now) else "moved"
            found.append(_row(change, was, now))
    found += [_row("dropped", was, None) for was in old]
    found += [_row("new", None, now) for now in new]
    return sorted(found, key=_place)


def counts(rows: Sequence[Json]) -> dict[str, int]:
    """How many serials were kept, moved, are new, or dropped."""
    told = Counter(row["change"] for row in rows)
    return {change: told[change] for change in CHANGES}


def _pairs(
    old: Sequence[Json], new: Sequence[Json], key: Any
) -> Iterator[tuple[Json, Json]]:
    """One of each with the same key, the earliest first; each is taken once."""
    waiting: dict[Any, list[Json]] = {}
    for row in new:
        waiting.setdefault(key(row), []).append(row)
    for row in old:
        if mine := waiting.get(key(row)):
            yield row, mine.pop(0)


def _same(row: Json) -> tuple[object, ...]:
    return (*(row[name] for name in ("tail", "from", *_TIMES)), *_same_work(row))


def _same_name(row: Json) -> tuple[object, ...]:
    return (row["serial"], row["to"])


def _same_work(row: Json) -> tuple[object, ...]:
    parts = tuple(sorted((one["load"], one["pieces"]) for one in row["parts"]))
    return (row["mode"], row["to"], parts)


def _row(change: str, was: Json | None, now: Json | None) -> Json:
    one = now or was or {}
    fields = ("tail", "from", "to", *_TIMES, "parts")
    changed = [f for f in fields if was and now and was[f] != now[f]]
    return {
        "serial": one["serial"],
        "change": change,
        "fields": changed,
        "was": was,
        "now": now,
    }


def _place(row: Json) -> tuple[int, str, str]:
    one = row["now"] or row["was"]
    return CHANGES.index(row["change"]), one["start"], one["serial"]
