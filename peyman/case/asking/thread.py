"""The thread: from any entry back to the words of the sources on which it rests.

A movement rests on a mandate, the mandate on a request, the request on claims, the claims on
exact characters of a source. Each step is a citation in the record.
"""

from collections.abc import Iterator, Mapping, Sequence
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
    """Everything on which an entry rests, each entry told once.

    A chain of citations may be as long as the record: nothing here recurses.
    """
    known = case.by_commitment()
    seen: set[str] = set()
    told: list[tuple[Entry, bool, list[int]]] = []
    waiting: list[tuple[Entry, list[int] | None]] = [(entry, None)]
    while waiting:
        one, above = waiting.pop()
        if above is not None:
            above.append(len(told))
        rests_on: list[int] = []
        is_repeated = one.commitment in seen
        told.append((one, is_repeated, rests_on))
        seen.add(one.commitment)
        if not is_repeated:
            cited = [known[c] for c in one.cites if c in known]
            waiting += [(other, rests_on) for other in reversed(cited)]
    return _woven(told, known)


def _woven(
    told: Sequence[tuple[Entry, bool, list[int]]], known: Mapping[str, Entry]
) -> Strand:
    """The strands, from the last told, on which the others rest, to the first."""
    made: dict[int, Strand] = {}
    for place in range(len(told) - 1, -1, -1):
        entry, is_repeated, rests_on = told[place]
        missing = () if is_repeated else tuple(c for c in entry.cites if c not in known)
        strands = tuple(made.pop(other) for other in rests_on)
        made[place] = Strand(entry, span_of(entry), strands, missing, is_repeated)
    return made[0]


def walk(strand: Strand) -> Iterator[tuple[int, Strand]]:
    """Each strand in the order in which a thread is told, and how deep it lies."""
    waiting = [(0, strand)]
    while waiting:
        depth, one = waiting.pop()
        yield depth, one
        waiting += [(depth + 1, other) for other in reversed(one.rests_on)]


def span_of(entry: Entry) -> str | None:
    """The exact characters that a claim quotes, if it quotes any."""
    span = entry.body.get("span")
    return str(span["text"]) if isinstance(span, Mapping) else None


def sources_of(strand: Strand) -> tuple[Entry, ...]:
    """The sources at the end of a thread, each once, in the order in which it is told."""
    return tuple(
        {
            one.entry.commitment: one.entry
            for _, one in walk(strand)
            if one.entry.kind == "source"
        }.values()
    )
