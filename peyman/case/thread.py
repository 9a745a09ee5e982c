"""The thread: from any entry back to the words of the sources on which it rests.

A movement rests on a mandate, the mandate on a request, the request on claims, the claims on
exact characters of a source. Each step is a citation in the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from peyman.case.model import Case, Entry


@dataclass(frozen=True, slots=True)
class Strand:
    """One entry of the thread, and what it rests on. `span` is what a claim quotes.

    Attributes:
        missing: Commitments that it cites and that are not here.
        is_repeated: True where the entry stands above already; its own rest is there.
    """

    entry: Entry
    span: str | None
    rests_on: tuple["Strand", ...]
    missing: tuple[str, ...]
    is_repeated: bool = False


def thread(case: Case, entry: Entry) -> Strand:
    """Everything on which an entry rests, each entry told once."""
    return _strand(entry, case.by_commitment(), set())


def _strand(entry: Entry, known: Mapping[str, Entry], seen: set[str]) -> Strand:
    if entry.commitment in seen:
        return Strand(entry, span_of(entry), (), (), is_repeated=True)
    seen.add(entry.commitment)
    return Strand(
        entry,
        span_of(entry),
        tuple(_strand(known[c], known, seen) for c in entry.cites if c in known),
        tuple(c for c in entry.cites if c not in known),
    )


def span_of(entry: Entry) -> str | None:
    """The exact characters that a claim quotes, if it quotes any."""
    span = entry.body.get("span")
    return str(span["text"]) if isinstance(span, Mapping) else None


def sources_of(strand: Strand) -> tuple[Entry, ...]:
    """The sources at the end of a thread, each once, in the order in which it is told."""
    found: dict[str, Entry] = {}

    def walk(one: Strand) -> None:
        if one.entry.kind == "source":
            found[one.entry.commitment] = one.entry
        for other in one.rests_on:
            walk(other)

    walk(strand)
    return tuple(found.values())
