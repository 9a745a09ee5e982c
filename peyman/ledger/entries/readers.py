"""Envelopes that other processes read before their turn comes.

To read an envelope, and above all to verify its signature, takes longer than all that the
rules ask of it, and threads do not make it faster. So where there are many, processes read
some hundreds ahead. They only ever find something sound: of whatever else they say nothing,
and whoever asked reads that itself, in its turn, and says in its own words what is wrong.

To send an envelope from one process to another takes a while as well. Of entries that nobody
will ask for their words, such as notes, no more is sent than rules ask, many in one `Run`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import lru_cache, partial
from itertools import groupby, islice
from multiprocessing import get_context
from operator import itemgetter
from types import TracebackType
from typing import ParamSpec, TypeVar

from peyman.errors import PeymanError
from peyman.ledger.entries.bodies import RECORD_KINDS
from peyman.ledger.entries.entry import Payload
from peyman.ledger.entries.envelope import (
    LARGEST_ENVELOPE,
    Envelope,
    commitment,
    read_envelope,
)
from peyman.ledger.entries.payloads import Run, remembered
from peyman.ledger.later import read_at_once
from peyman.ledger.signing.keys import PublicKey
from peyman.memory import collect_seldom

WORTH_IT = 2500
"""Envelopes from which on processes are started sooner than all are read here."""

_IN_NO_RUN = RECORD_KINDS | {"act"}
"""Kinds of which the ledger asks more than what a run keeps."""

_BATCH = 128
_MOST_WAITING = 6
"""Batches that are read ahead: with more, more keys would not be known in time."""

Found = bytes | str | None
"""The bytes of an envelope, or the path of its file, or nothing where it is not here."""

Keys = Mapping[str, bytes]
"""The raw bytes of public keys, by their fingerprints."""

IsBrief = Callable[[str, Payload, str], bool]
"""Says, by the zone of a case, of an entry and its hour, that nobody will ask for its words.

It is sent to the processes, so it has to be a function of a module.
"""

Read = TypeVar("Read")
Asked = ParamSpec("Asked")


class _Here(Executor):
    """Does what it is asked for at once: where there is one core, no process is quicker."""

    def submit(
        self, do: Callable[Asked, Read], /, *args: Asked.args, **kwargs: Asked.kwargs
    ) -> Future[Read]:
        done: Future[Read] = Future()
        done.set_result(do(*args, **kwargs))
        return done


class Readers:
    """Processes that read envelopes, and check whose signatures they bear.

    It costs the start of the processes, some tenths of a second: not for a small case.
    They are started when something is read or is soon to be, and not before.

    Args:
        processes: How many; with none, what is asked for is read here, in runs too.
        is_brief: Says which entries may stand in a run; without it none does.
    """

    def __init__(self, processes: int, is_brief: IsBrief | None = None) -> None:
        self._processes = processes
        self._is_brief = is_brief
        # Not forked: whoever asks may be a server with threads and open connections.
        self._pool: Executor = (
            ProcessPoolExecutor(
                processes, mp_context=get_context("spawn"), initializer=collect_seldom
            )
            if processes
            else _Here()
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

    def start(self) -> None:
        """Let the processes start, for what will be read once the caller knows what."""
        for _ in range(self._processes):
            self._pool.submit(collect_seldom)

    def read(
        self, found: Iterable[Found], keys: Callable[[], Keys]
    ) -> Iterator[Envelope | None]:
        """Give envelopes in their order; None for each that the caller has to read itself.

        Args:
            found: Each of them, asked for some hundreds ahead.
            keys: Gives the keys known so far by which they may be signed, for each batch
                anew. What is signed by another is not proven here, and not refused.
        """
        return _in_turn(
            self._pool.submit(_read_all, batch, keys())
            for batch in _batches(map(_of_a_size, found))
        )

    def read_in_runs(
        self,
        found: Iterable[Found],
        keys: Callable[[], Keys],
        entered: Iterable[str | None],
        zone: str,
    ) -> Iterator[Envelope | Run | None]:
        """Give envelopes in their order, as `read`; those that are brief in runs.

        Args:
            found: Each of them.
            keys: The keys known so far.
            entered: The hour of each, None where it is not known.
            zone: Of the case.
        """
        if self._is_brief is None:
            return self.read(found, keys)
        asks = partial(self._is_brief, zone)
        return _in_turn(
            self._pool.submit(_read_runs, batch, keys(), asks)
            for batch in _batches(zip(map(_of_a_size, found), entered, strict=False))
        )


def _batches(found: Iterable[Read]) -> Iterator[list[Read]]:
    rest = iter(found)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _in_turn(asked: Iterable[Future[list[Read]]]) -> Iterator[Read]:
    """Give what was asked for, in its order, and ask for some batches ahead."""
    waiting: deque[Future[list[Read]]] = deque()
    for one in asked:
        waiting.append(one)
        if len(waiting) > _MOST_WAITING:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def _of_a_size(found: Found) -> Found:
    """Leave out what is too large to be an envelope: a batch of it would fill the memory."""
    return None if found is None or len(found) > LARGEST_ENVELOPE else found


def _read_all(batch: Sequence[Found], keys: Keys) -> list[Envelope | None]:
    return [None if found is None else _read(found, keys) for found in batch]


def _read_runs(
    batch: Sequence[tuple[Found, str | None]],
    keys: Keys,
    asks: Callable[[Payload, str], bool],
) -> list[Envelope | Run | None]:
    envelopes = _read_all([found for found, _ in batch], keys)
    alike = (
        _sort_of(one, entered, asks)
        for one, (_, entered) in zip(envelopes, batch, strict=True)
    )
    found: list[Envelope | Run | None] = []
    sorts = groupby(zip(alike, envelopes, strict=True), key=itemgetter(0))
    for sort, those in sorts:
        group = [one for _, one in those]
        found += group if sort is None else [Run.of([one for one in group if one])]
    return found


def _sort_of(
    envelope: Envelope | None,
    entered: str | None,
    asks: Callable[[Payload, str], bool],
) -> tuple[object, ...] | None:
    """Give what is the same of all in a run; None of an entry that may be in none."""
    if envelope is None or entered is None:
        return None
    payload = envelope.payload
    if payload.cites or payload.kind in _IN_NO_RUN or not asks(payload, entered):
        return None
    is_stated = payload.entered_from is not None
    return remembered(payload), is_stated, envelope.proven_by


def _read(found: bytes | str, keys: Keys) -> Envelope | None:
    try:
        data = found if isinstance(found, bytes) else read_at_once(found)
        envelope = read_envelope(data, commitment(data))
    except (OSError, PeymanError):
        return None
    raw = keys.get(envelope.payload.signer.key)
    if raw is not None and envelope.is_by(_key(raw)):
        return envelope._replace(proven_by=raw)
    return envelope


_key = lru_cache(maxsize=256)(PublicKey)
