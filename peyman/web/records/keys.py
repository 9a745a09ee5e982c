"""The keys of this server, and what it has seen of its logs: both lie outside the database.

Every key is locked, by the passphrase or key file of `PEYMAN_PASSPHRASE_FILE`, else by a
key file that the installation makes for itself. One that was opened stays open in memory
for as long as its file is the same.

An office whose key in the record lies elsewhere signs for itself: the server cannot.
"""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from peyman.errors import PeymanError
from peyman.ledger.keeping.kept import Kept
from peyman.ledger.signing.keyfile import (
    find_key,
    held_keys,
    key_path,
    save_key,
    standing_lock,
)
from peyman.ledger.signing.keyring import Keyring
from peyman.ledger.signing.keys import Key
from peyman.ledger.signing.locks import CHANCE, Lock
from peyman.saying import say


def key_of(name: str, *, make: bool = False) -> Key:
    """The server's key of an office, or of a log by its origin.

    Raises:
        PeymanError: If there is none, and `make` is not said.
    """
    if make and not key_path(settings.KEYS, name).exists():
        made = Key(os.urandom(32))
        save_key(settings.KEYS, name, made, _lock(), os.urandom(CHANCE))
    return _opened(name, None)


def key_for(office: str, keyring: Keyring) -> Key:
    """The key with which the server may sign for an office in a log.

    Raises:
        PeymanError: If the office has none there, or holds its key itself.
    """
    good = keyring.good(office)
    held = {one.public.fingerprint for one in held_keys(settings.KEYS, office)}
    if good and held and not held & {*good}:
        raise PeymanError(
            say(
                "{actor} signs with a key of its own, which is not here.", actor=office
            ),
            authority=say("docs/record.md, section 5: who holds a key signs with it"),
            remedy=say(
                "Sign on the machine that has the key, with peyman sign, and hand the"
                " signed entry in."
            ),
        )
    return _opened(office, good)


def kept_of(origin: str) -> Kept:
    """What this server has seen of a log."""
    return _kept(settings.SEEN, origin)


_kept = lru_cache(maxsize=256)(Kept)


def _lock() -> Lock:
    return standing_lock(settings.KEY_LOCK, os.urandom(32))


def _opened(name: str, good: tuple[str, ...] | None) -> Key:
    path = find_key(settings.KEYS, name, good).path
    return _open(name, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _open(name: str, path: Path, _changed: int) -> Key:
    (held,) = (one for one in held_keys(settings.KEYS, name) if one.path == path)
    return held.open(_lock())
