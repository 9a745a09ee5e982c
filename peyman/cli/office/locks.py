"""What opens the keys of this machine: a file that is named, its own key file, or a person.

A key is locked by `PEYMAN_PASSPHRASE_FILE` (a passphrase, or a key file) where that is
set, else by `$PEYMAN_HOME/key-file`, which is made when it is needed first: so nothing is
asked. Whoever wants a passphrase in their head says `--passphrase`, and is asked.
"""

import os
import sys
from pathlib import Path

import click

from peyman.cli.library import home
from peyman.errors import PeymanError
from peyman.ledger.log.note import witness_hint
from peyman.ledger.signing.keyfile import (
    HeldKey,
    find_key,
    held_keys,
    lock_again,
    save_key,
    standing_lock,
)
from peyman.ledger.signing.keys import Key
from peyman.ledger.signing.locks import CHANCE, SCRYPT, Lock, passphrase
from peyman.ledger.signing.mldsa import MldsaKey, WitnessKey


def keys_folder() -> Path:
    """Where private keys lie on this machine."""
    return home() / "keys"


def make_key(name: str, *, asks: bool = False, is_another: bool = False) -> Key:
    """Make a key for an office or a log, and keep it locked.

    Args:
        name: The office, or the origin of a log.
        asks: Whether to lock it by a passphrase that is typed.
        is_another: Whether it stands beside one that is here.

    Raises:
        PeymanError: If there is one already.
    """
    key = Key(os.urandom(32))
    lock = _asked_twice(name) if asks else _standing()
    chance = os.urandom(CHANCE)
    save_key(keys_folder(), name, key, lock, chance, is_another=is_another)
    return key


def open_key(name: str, good: tuple[str, ...] | None = None) -> Key:
    """Open the key of an office, or of a log; asks for a passphrase where one is needed.

    Args:
        name: The office, or the origin of a log.
        good: The fingerprints of keys that may sign; by default the first is taken.

    Raises:
        PeymanError: If none is here, or it stays locked.
    """
    held = find_key(keys_folder(), name, good)
    return held.open(_lock_of(held))


def witness_key(name: str, *, is_mldsa: bool) -> WitnessKey:
    """Open the key of a witness, which is made when it begins and stays the same.

    Args:
        name: The witness.
        is_mldsa: Whether it asks for a key of ML-DSA-44: one that is made is of Ed25519
            otherwise, and one that is here is taken as it is.

    Raises:
        PeymanError: If it asks for ML-DSA-44 and has another key, or a name that is too
            long for it, or its key stays locked.
    """
    held = held_keys(keys_folder(), name)
    if not held:
        chance = os.urandom(32)
        made = MldsaKey(chance) if is_mldsa else Key(chance)
        # A name that its lines cannot carry is refused before the key is on the disk.
        witness_hint(name, made.public)
        save_key(keys_folder(), name, made, _standing(), os.urandom(CHANCE))
        return made
    key = held[0].open_any(_lock_of(held[0]))
    if is_mldsa and not isinstance(key, MldsaKey):
        raise PeymanError(
            f"The witness {name} has a key of Ed25519 already.",
            authority="docs/record.md, section 11",
            remedy="Go on without --ml-dsa, or begin another witness with another --name.",
        )
    return key


def lock_keys_again(
    name: str | None, *, asks: bool, by: Path | None
) -> tuple[HeldKey, ...]:
    """Lock the keys that lie here, or those of one office, by another lock.

    Args:
        name: The office, or the origin of a log; None for all.
        asks: Whether to lock them by a passphrase that is typed.
        by: A file to lock them by, made as a key file where it is not there.

    Raises:
        PeymanError: If one does not open; those before it are locked again.
    """
    found = held_keys(keys_folder(), name)
    new = _standing() if by is None else standing_lock(by, os.urandom(32))
    lock = _asked_twice(name or "all offices") if asks else new
    for held in found:
        lock_again(held, held.open_any(_lock_of(held)), lock, os.urandom(CHANCE))
    return found


def _lock_of(held: HeldKey) -> Lock | None:
    if not held.kdf:
        return None
    lock = _standing()
    if held.kdf == SCRYPT != lock.kdf:
        return _asked(held.name)
    return lock


def _standing() -> Lock:
    named = os.environ.get("PEYMAN_PASSPHRASE_FILE")
    path = Path(named) if named else home() / "key-file"
    if named and not path.is_file():
        raise PeymanError(
            f"There is no passphrase file {path}.",
            authority="PEYMAN_PASSPHRASE_FILE",
            remedy="Name a file that is there, or unset it.",
        )
    return standing_lock(path, os.urandom(32))


def _asked(name: str) -> Lock:
    if not sys.stdin.isatty():
        raise PeymanError(
            f"The key of {name} is locked by a passphrase, and nobody is here to type it.",
            authority="docs/record.md, section 5",
            remedy="Run this in a terminal, or name a file in PEYMAN_PASSPHRASE_FILE.",
        )
    text = click.prompt(f"Passphrase of the key of {name}", hide_input=True, err=True)
    return passphrase(str(text))


def _asked_twice(name: str) -> Lock:
    lock = _asked(name)
    if _asked(f"{name}, again") != lock:
        raise PeymanError(
            "The two passphrases differ.",
            authority="peyman key new --passphrase",
            remedy="Type the same twice. Nothing was made.",
        )
    return lock
