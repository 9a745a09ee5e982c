"""What each member pledged, under which caveats, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from peyman.force.reports.told import Amount, Told, amount_of


@dataclass(frozen=True, slots=True)
class Pledge:
    """One pledge as one entry tells it. Two entries that differ are two rows."""

    entry: str
    member: str
    what: str
    people: Amount
    vehicles: Amount
    caveats: tuple[str, ...]
    state: str


def pledges(told: Sequence[Told]) -> tuple[Pledge, ...]:
    """Every pledge, by member, in the order of the record."""
    rows = [
        Pledge(
            entry=one.entry,
            member=str(one.body["member"]),
            what=str(one.body["what"]),
            people=amount_of(one.body, "people"),
            vehicles=amount_of(one.body, "vehicles"),
            caveats=_texts(one.body["caveats"]),
            state=str(one.body["state"]),
        )
        for one in told
    ]
    return tuple(sorted(rows, key=lambda row: row.member))


def conflicts(rows: Sequence[Pledge]) -> dict[str, tuple[str, ...]]:
    """Members whose pledges are told with different numbers of people.

    A pledge that gives no number contradicts nobody.
    """
    said: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.people != Amount(None, None):
            said.setdefault(row.member, {})[str(row.people)] = None
    return {member: tuple(values) for member, values in said.items() if len(values) > 1}


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
