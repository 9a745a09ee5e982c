"""What a form offers to choose from: places, members, actors, codes, entries, mandates."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise

from peyman.case.model import Entry
from peyman.charter.moment import day_of
from peyman.picture.places import places
from peyman.web.records.readings import Held
from peyman.web.telling.written import digits, sort_key
from peyman.web.views.telling import naming

Choices = Sequence[tuple[str, str | Promise]]

ALL = "all"
"""The whole force, where a member could be named."""

_SHORT = 90
_STATE = 2
"""Letters in the id of a state among the places."""


def with_none(choices: Iterable[tuple[str, str]], none: str | Promise) -> Choices:
    """Choices with one before them that says nothing."""
    return [("", str(none)), *choices]


def codes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Words of a body, in the language of the page."""
    return [(name, naming.code(name)) for name in names]


def place_names() -> list[tuple[str, str]]:
    """Every place that is known, in the order of the page's alphabet."""
    return _sorted((name, naming.place(name)) for name in places())


def members(now: Held) -> list[tuple[str, str]]:
    """Every member of a charter of the case, as of its last entry."""
    found = set()
    for charter in now.case.charters.values():
        day = day_of(now.reading.at, charter.zone)
        found |= {m for one in charter.parties for m in charter.bound_by(one, day)}
        found |= set(charter.members)
    return _sorted((one, naming.actor(one)) for one in found)


def actors(now: Held) -> list[tuple[str, str]]:
    """Members, then the organs and offices of the charters, then any other state."""
    bound = members(now)
    offices = [
        f"{charter.id}/{name}"
        for charter in now.case.charters.values()
        for text in [charter.on(day_of(now.reading.at, charter.zone))]
        for name in (*text.organs, *text.offices)
    ]
    known = {name for name, _ in bound}
    states = {one.upper() for one in places() if len(one) == _STATE} - known
    named = _sorted((one, naming.actor(one)) for one in states)
    return [*bound, *((one, naming.actor(one)) for one in offices), *named]


def mandates(now: Held) -> list[tuple[str, str]]:
    """Mandates by the entry that decided each, those in force before others."""
    known = now.reading.by_name()
    rows = sorted(now.standing["mandates"], key=lambda one: bool(one["ended"]))
    found = []
    for row in rows:
        name, _, n = row["id"].partition("/")
        if (entry := known.get(name)) is not None:
            acts: Any = entry.body["acts"]
            act = naming.act(f"{row['charter']}.{acts[int(n) - 1]['act']}")
            said = f"{act} · {naming.charter(row['charter'])} · {_name(entry)}"
            found.append((entry.commitment, said))
    return found


def mandate_in_force(now: Held) -> str:
    """The entry that decided a mandate that is in force; empty where none is."""
    known = now.reading.by_name()
    for row in now.standing["mandates"]:
        entry = known.get(row["id"].partition("/")[0])
        if entry is not None and not row["ended"]:
            return entry.commitment
    return ""


def entry_names(entries: Iterable[Entry], field: str) -> list[tuple[str, str]]:
    """Entries by their commitments, each with the beginning of what it says."""
    return [(one.commitment, _line(one, field)) for one in entries]


def _line(entry: Entry, field: str) -> str:
    said = str(entry.body.get(field, ""))
    cut = said if len(said) <= _SHORT else said[: _SHORT - 1] + "…"
    return f"{_name(entry)} · {cut}"


def _name(entry: Entry) -> str:
    return digits(entry.name, naming.language())


def _sorted(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda one: sort_key(one[1], naming.language()))
