"""One writer at a time, and what it remembers of a log from one entry to the next.

PostgreSQL lets processes that write to a case wait in line at the case's row; threads of
one process wait for each other here first, so the next one finds what the last one knew.
SQLite has one writer at a time and no line: whoever comes first after a pause, however long
another has waited. So before SQLite is asked, everybody waits for a lock on a file, which
the system hands on in the order of asking and takes from a process that dies.

What later entries depend on (`Log`) is put together once in a process and kept. It is
never believed: it must have the head of the case's row, which the writer holds locked, or
be brought there by what other processes have entered since.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock

from django.db import DEFAULT_DB_ALIAS, connection, connections

from peyman.ledger.entries.envelope import open_envelope
from peyman.ledger.entries.rules import Log
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.tree import hash_leaf
from peyman.web.lockfile import locked
from peyman.web.models import CaseRecord

BINDING = frozenset({"source", "adopt", "erase"})
"""Kinds with which other files come or go."""

_MOST = 16
_kept: OrderedDict[tuple[str, int], Log] = OrderedDict()
_lines: dict[str, Lock] = {}
_guard = Lock()


@contextmanager
def turn(slug: str) -> Iterator[None]:
    """Wait for one's turn to write to a case."""
    # The connection itself: what stands for it looks for it at every word.
    db = connections[DEFAULT_DB_ALIAS]
    if db.vendor != "sqlite":
        with _guard:
            line = _lines.setdefault(slug, Lock())
        with line:
            yield
        return
    with locked(f"{db.settings_dict['NAME']}.turn", waits=True):
        yield


@contextmanager
def only_one(what: str) -> Iterator[bool]:
    """Say whether nobody else on this database does the same now; nobody waits.

    The system takes the right from a process that dies, PostgreSQL from its connection.
    """
    if connection.vendor != "sqlite":
        number = int.from_bytes(sha256(what.encode()).digest()[:4], "big")
        with connection.cursor() as asked:
            asked.execute("select pg_try_advisory_lock(%s)", [number])
            (is_mine,) = asked.fetchone()
            try:
                yield is_mine
            finally:
                if is_mine:
                    asked.execute("select pg_advisory_unlock(%s)", [number])
        return
    path = f"{connection.settings_dict['NAME']}.{what}"
    with locked(path, waits=False) as lock:
        yield lock is not None


def take(record: CaseRecord) -> Log | None:
    """Take what is remembered of a case out of the memory, brought to its present head.

    None where nothing is, or what is remembered is not of this log. Whoever took it gives
    it back with `keep`, unless an entry that it took in was not kept after all.
    """
    with _guard:
        log = _kept.pop(_name(record), None)
    if log is None or not _catch_up(log, record):
        return None
    return log


def keep(record: CaseRecord, log: Log) -> None:
    """Remember a log that has the head of a record as it is committed."""
    with _guard:
        _kept[_name(record)] = log
        while len(_kept) > _MOST:
            _kept.popitem(last=False)


def _name(record: CaseRecord) -> tuple[str, int]:
    return str(connection.settings_dict["NAME"]), record.pk


def _catch_up(log: Log, record: CaseRecord) -> bool:
    """Let a log take what was entered elsewhere since; say whether it has the head now."""
    if log.size < record.size:
        for row in record.entries.filter(index__gte=log.size).order_by("index"):
            if row.envelope is None:
                return False
            payload = open_envelope(bytes(row.envelope)).payload
            if payload.kind in BINDING:
                return False
            leaf = Leaf(row.commitment, row.entered)
            log.take(hash_leaf(encode_leaf(leaf)), leaf, payload)
    return log.size == record.size and log.tree.root().hex() == record.root
