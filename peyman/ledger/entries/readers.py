"""Envelopes that other processes read before their turn comes.

To read an envelope, and above all to verify its signature, takes longer than all that the
rules ask of it, and threads do not make it faster. So where there are many, processes read
some hundreds ahead. They only ever find something sound: of whatever else they say nothing,
and whoever asked reads that itself, in its turn, and says in its own words what is wrong.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from types import TracebackType

from peyman.errors import PeymanError
from peyman.ledger.entries.envelope import (
    LARGEST_ENVELOPE,
    Envelope,
    commitment,
    read_envelope,
)
from peyman.ledger.later import read_file
from peyman.ledger.signing.keys import PublicKey
from peyman.memory import collect_seldom

WORTH_IT = 2500
"""Envelopes from which on processes are started sooner than all are read here."""

_BATCH = 64
_MOST_WAITING = 8
"""Batches that are read ahead: with more, more keys would not be known in time."""

Found = bytes | str | None
"""The bytes of an envelope, or the path of its file, or nothing where it is not here."""

Keys = Mapping[str, bytes]
"""The raw bytes of public keys, by their fingerprints."""


class Readers:
    """Processes that read envelopes, and check whose signatures they bear.

    It costs the start of the processes, some tenths of a second: not for a small case.
    They are started when something is read, and not before.
    """

    def __init__(self, processes: int) -> None:
        # Not forked: whoever asks may be a server with threads and open connections.
        self._pool = ProcessPoolExecutor(
            processes, mp_context=get_context("spawn"), initializer=collect_seldom
        )

    def __enter__(self) -> "Readers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def read(
        self, found: Iterable[Found], keys: Callable[[], Keys]
    ) -> Iterator[Envelope | None]:
        """Give envelopes in their order; None for each that the caller has to read itself.

        Args:
            found: Each of them, asked for some hundreds ahead.
            keys: Gives the keys known so far by which they may be signed, for each batch
                anew. What is signed by another is not proven here, and not refused.
        """
        rest = map(_of_a_size, found)
        asked: deque[Future[list[Envelope | None]]] = deque()
        while batch := list(islice(rest, _BATCH)):
            asked.append(self._pool.submit(_read_all, batch, keys()))
            if len(asked) > _MOST_WAITING:
                yield from asked.popleft().result()
        while asked:
            yield from asked.popleft().result()


def _of_a_size(found: Found) -> Found:
    """Leave out what is too large to be an envelope: a batch of it would fill the memory."""
    return None if found is None or len(found) > LARGEST_ENVELOPE else found


def _read_all(batch: Sequence[Found], keys: Keys) -> list[Envelope | None]:
    return [None if found is None else _read(found, keys) for found in batch]


def _read(found: bytes | str, keys: Keys) -> Envelope | None:
    try:
        data = found if isinstance(found, bytes) else read_file(found, LARGEST_ENVELOPE)
        envelope = read_envelope(data, commitment(data))
    except (OSError, PeymanError):
        return None
    raw = keys.get(envelope.payload.signer.key)
    if raw is not None and envelope.is_by(_key(raw)):
        return envelope._replace(proven_by=raw)
    return envelope


_key = lru_cache(maxsize=256)(PublicKey)
