"""What the entries of a log say, by their indexes; and what is left of one that is forgotten.

Source: docs/record.md, section 3.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from peyman.ledger.entries.bodies import ERASABLE, RECORD_KINDS
from peyman.ledger.entries.entry import Citation, Payload, Seen, Signer


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

    def __iter__(self) -> Iterator[int]:
        return (n for n, payload in enumerate(self._row) if payload is not None)

    def __len__(self) -> int:
        return self._count


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


@lru_cache(maxsize=1024)
def _remembered(
    origin: str, kind: str, signer: Signer, known_as: str, cites: tuple[Citation, ...]
) -> Payload:
    nothing: Mapping[str, Any] = MappingProxyType({})
    return Payload(
        origin, kind, "", Seen(), signer, known_as, "unknown", cites, nothing
    )
