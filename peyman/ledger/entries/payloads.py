"""What the entries of a log say, by their indexes; and what is left of one that is forgotten.

Source: docs/record.md, section 3.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from peyman.ledger.digests import SIZE
from peyman.ledger.entries.bodies import ERASABLE, RECORD_KINDS
from peyman.ledger.entries.entry import Citation, Payload, Seen, Signer
from peyman.ledger.entries.envelope import Envelope


class Payloads(Mapping[int, Payload]):
    """What the entries say that are here and sound, by their indexes, in order."""

    def __init__(self) -> None:
        # A dictionary would hold each index too, which a place in a list says.
        self._row: list[Payload | None] = []
        self._count = 0

    def __getitem__(self, index: int) -> Payload:
        payload: Payload | None = self.get(index)
        if payload is None:
            raise KeyError(index)
        return payload

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and self.get(index) is not None

    def get(self, index: int, default: Any = None) -> Any:
        """Give what an entry says, or what is given where it is not here."""
        payload = self._row[index] if 0 <= index < len(self._row) else None
        return default if payload is None else payload

    def __setitem__(self, index: int, payload: Payload) -> None:
        if (gap := index + 1 - len(self._row)) > 0:
            self._row += [None] * gap
        self._count += self._row[index] is None
        self._row[index] = payload

    def extend(self, start: int, payload: Payload, count: int) -> None:
        """Let as many entries, from one on of which none is known, say the same."""
        self._row += [None] * (start - len(self._row))
        self._row += [payload] * count
        self._count += count

    def each(self) -> Iterator[tuple[int, Payload]]:
        """Give the index of each, and what it says: as `items`, and sooner."""
        for index, payload in enumerate(self._row):
            if payload is not None:
                yield index, payload

    def __iter__(self) -> Iterator[int]:
        return (n for n, payload in enumerate(self._row) if payload is not None)

    def __len__(self) -> int:
        return self._count


class Run(NamedTuple):
    """Entries that follow one another, of which nothing will be asked but what is here.

    Each is well formed, cites nothing, and is of no kind on which the ledger acts nor an act
    that was performed.

    Attributes:
        payload: What is `remembered` of each; so it is of one that was sent, once more.
        is_stated: Whether each says what it was `entered_from`.
        proven_by: The raw key by which the signature of each was found to hold; empty
            where none was asked.
        commitments: Of each, 32 bytes, one after the other; so are these:
        nonces: Of each.
        seen_sizes: Of the head that the author of each saw.
        seen_roots: Of that head.
    """

    payload: Payload
    is_stated: bool
    proven_by: bytes
    commitments: bytes
    nonces: bytes
    seen_sizes: tuple[int, ...]
    seen_roots: bytes

    @classmethod
    def of(cls, envelopes: Sequence[Envelope]) -> Self:
        """Put envelopes into one: the first says what is the same of all."""
        first = envelopes[0]
        payloads = [one.payload for one in envelopes]
        return cls(
            # What cannot be changed cannot be sent either.
            remembered(first.payload)._replace(body={}),
            first.payload.entered_from is not None,
            first.proven_by,
            bytes.fromhex("".join([one.commitment for one in envelopes])),
            bytes.fromhex("".join([one.nonce for one in payloads])),
            tuple([one.seen.size for one in payloads]),
            bytes.fromhex("".join([one.seen.root for one in payloads])),
        )

    @property
    def length(self) -> int:
        """How many entries these are."""
        return len(self.seen_sizes)

    def seen(self) -> Iterator[tuple[int, bytes]]:
        """Give the size and the root of the head that each author saw."""
        for n, size in enumerate(self.seen_sizes):
            yield size, self.seen_roots[n * SIZE : n * SIZE + SIZE]


def remembered(payload: Payload) -> Payload:
    """Give what the rules of later entries ask of one: of equal ones, one object.

    That is who signed it, its kind and how it is known, and what a claim or a note cites.
    What the ledger itself acts on stays as it is.
    """
    if payload.kind in RECORD_KINDS:
        return payload
    cites = payload.cites if payload.kind in ERASABLE else ()
    return _remembered(
        payload.origin, payload.kind, payload.signer, payload.known_as, cites
    )


def is_remembered(payload: Payload) -> bool:
    """Whether this is only what is left of an entry: each that was signed has a nonce."""
    return not payload.nonce


@lru_cache(maxsize=1024)
def _remembered(
    origin: str, kind: str, signer: Signer, known_as: str, cites: tuple[Citation, ...]
) -> Payload:
    nothing: Mapping[str, Any] = MappingProxyType({})
    return Payload(
        origin, kind, "", Seen(), signer, known_as, "unknown", cites, nothing
    )
