"""Whether signatures hold: asked one by one, or of several processes at once.

Verifying one takes longer than everything else that is done to an entry, and threads do
not make it faster. So where there are many, each is believed for the moment and handed
to another process, and the whole is believed only once `Together.hold` says so. Where it
does not, whoever asked goes through the file again one by one, and learns which is false.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from types import TracebackType

from peyman.ledger.entries.envelope import Envelope
from peyman.ledger.signing.keys import PublicKey

Check = Callable[[Envelope, PublicKey], bool]
"""Whether the signature of an envelope is by a key; `Envelope.is_by` says so at once."""

WORTH_IT = 2500
"""Signatures from which on processes are started sooner than all are verified here."""

_BATCH = 64
_MOST_WAITING = 64
"""Batches that may wait to be checked: more would only fill the memory."""

_Claim = tuple[bytes, bytes, bytes]
"""The raw key, the signature, and what it is said to be of."""


class Together:
    """A `Check` that believes, and has all that it believed checked by processes.

    It costs the start of the processes, some tenths of a second: not for a small case.
    """

    def __init__(self, processes: int) -> None:
        # Not forked: whoever asks may be a server with threads and open connections.
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
        self._waiting: list[_Claim] = []
        self._asked: deque[Future[bool]] = deque()
        self._holds = True

    def __enter__(self) -> "Together":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def __call__(self, envelope: Envelope, key: PublicKey) -> bool:
        """Believe a signature for now, if the payload names the key."""
        self._waiting.append((key.raw, envelope.signature, envelope.signed))
        if len(self._waiting) == _BATCH:
            self._ask()
        return envelope.payload.signer.key == key.fingerprint

    def hold(self) -> bool:
        """Whether every signature believed since the last time holds; waits for it."""
        self._ask()
        while self._asked:
            self._hear()
        holds, self._holds = self._holds, True
        return holds

    def _ask(self) -> None:
        if self._waiting:
            self._asked.append(self._pool.submit(_all_hold, self._waiting))
            self._waiting = []
        if len(self._asked) > _MOST_WAITING:
            self._hear()

    def _hear(self) -> None:
        """Wait for the answer that was asked for first."""
        self._holds = self._asked.popleft().result() and self._holds


_key = lru_cache(maxsize=256)(PublicKey)


def _all_hold(claims: Sequence[_Claim]) -> bool:
    return all(
        _key(raw).verifies(signature, signed) for raw, signature, signed in claims
    )
