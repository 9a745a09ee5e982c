"""Private keys on the disk: one file each, locked, closed to everybody else.

Where they lie is the caller's to name: never in a case. The public half stands in the
clear, so that keys can be listed without opening one. A file of version 1, of an earlier
release, holds its secret unlocked; it is still read.

An office has one file, and after a rotation one more, named after its fingerprint: which
of them may sign, the log says.

Source: docs/record.md, section 5.
"""

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peyman.errors import PeymanError
from peyman.ledger import canonical, strict
from peyman.ledger.signing.keys import Key, PublicKey
from peyman.ledger.signing.locks import (
    Lock,
    kdf_of,
    lock_up,
    read_lock,
    unlock,
    write_key_file,
)
from peyman.ledger.signing.mldsa import (
    MldsaKey,
    MldsaPublicKey,
    WitnessKey,
    WitnessPublicKey,
)
from peyman.saying import say

_PLAIN, _LOCKED = 1, 2
_OF_OLD: dict[str, type[WitnessPublicKey]] = {PublicKey.alg: PublicKey}
_KINDS = {**_OF_OLD, MldsaPublicKey.alg: MldsaPublicKey}


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A private key that lies on this machine, not opened.

    Attributes:
        path: Its file.
        name: The office, the origin of a log, or the name of a witness.
        public: The half that everybody may have.
        kdf: By what it is locked: `scrypt`, `hkdf-sha256`, or empty where by nothing.
    """

    path: Path
    name: str
    public: WitnessPublicKey
    kdf: str
    fields: dict[str, Any] = field(repr=False)

    def open(self, lock: Lock | None) -> Key:
        """Open the key of an office or of a log.

        Raises:
            PeymanError: If it is locked, and not by this, or is no key of Ed25519.
        """
        key = self.open_any(lock)
        if not isinstance(key, Key):
            raise PeymanError(
                f"The key of {self.name} is of ML-DSA-44, with which only witnesses sign.",
                authority=strict.authority(5),
                remedy="Sign entries and heads with a key of Ed25519: peyman key new.",
            )
        return key

    def open_any(self, lock: Lock | None) -> WitnessKey:
        """Open it, of whatever kind it is.

        Raises:
            PeymanError: If it is locked, and not by this.
        """
        if not self.kdf:
            return Key(strict.base64_bytes(self.fields["secret"], "The secret", 32))
        if lock is None:
            raise PeymanError(
                say("The key of {actor} is locked.", actor=self.name),
                authority=strict.authority(5),
                remedy=say("Name the file of its passphrase: PEYMAN_PASSPHRASE_FILE."),
            )
        bound = _bound(self.name, self.public)
        secret = unlock(self.fields["locked"], lock, bound, self.name)
        is_mldsa = isinstance(self.public, MldsaPublicKey)
        key = MldsaKey(secret) if is_mldsa else Key(secret)
        if key.public != self.public:
            raise _not_of(self.name, self.path)
        return key


def key_path(directory: Path, name: str, fingerprint: str = "") -> Path:
    """Say where a private key of an office, or of a log by its origin, lies."""
    mark = f".{fingerprint[:16]}" if fingerprint else ""
    return directory / f"{_stem(name)}{mark}.key"


def save_key(
    directory: Path,
    name: str,
    key: WitnessKey,
    lock: Lock,
    chance: bytes,
    *,
    is_another: bool = False,
) -> Path:
    """Write a private key, locked, that nobody else may read; never over one.

    Args:
        directory: Where keys lie; made, closed to others, if it is not there.
        name: The office, or the origin of a log.
        key: The key.
        lock: What will open it.
        chance: `peyman.ledger.signing.locks.CHANCE` random bytes.
        is_another: Whether it stands beside a key that the office has.

    Raises:
        PeymanError: If the office has a key there already.
    """
    path = key_path(directory, name, key.public.fingerprint if is_another else "")
    if not _write_closed(path, _locked(name, key, lock, chance)):
        raise PeymanError(
            f"{name} has a key already: {path}.",
            authority=strict.authority(5),
            remedy="Use that key, or move it away first.",
        )
    return path


def lock_again(held: HeldKey, key: WitnessKey, lock: Lock, chance: bytes) -> None:
    """Lock a key that lies here by another lock, in the place of its file.

    Args:
        held: Where it lies.
        key: It, opened.
        lock: What will open it from now on.
        chance: `peyman.ledger.signing.locks.CHANCE` random bytes.
    """
    fresh = held.path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    _write_closed(fresh, _locked(held.name, key, lock, chance))
    fresh.replace(held.path)


def load_key(
    directory: Path,
    name: str,
    lock: Lock | None = None,
    good: Collection[str] | None = None,
) -> Key:
    """Open the private key of an office, or of a log by its origin.

    Args:
        directory: Where keys lie.
        name: The office, or the origin of a log.
        lock: What opens it; not needed for one of version 1.
        good: The fingerprints of keys that may sign; by default the first is taken.

    Raises:
        PeymanError: If there is none, others may read it, it is another's, or it stays
            locked.
    """
    return find_key(directory, name, good).open(lock)


def find_key(
    directory: Path, name: str, good: Collection[str] | None = None
) -> HeldKey:
    """Find the key with which an office may sign, without opening it.

    Raises:
        PeymanError: If none is here.
    """
    held = held_keys(directory, name)
    for one in held:
        if good is None or one.public.fingerprint in good:
            return one
    if held:
        raise PeymanError(
            say(
                "The key of {actor} that lies here may not sign in this log.",
                actor=name,
            ),
            authority=strict.authority(5),
            remedy=say("Bring the key that the log names, or have this one entered."),
        )
    path = key_path(directory, name)
    raise PeymanError(
        say("There is no key of {actor} here: {words}.", actor=name, words=path),
        authority=strict.authority(5),
        remedy=say("Make one, or bring the key of that office."),
    )


def held_keys(directory: Path, name: str | None = None) -> tuple[HeldKey, ...]:
    """Read what keys lie in a directory, of one name or all; none is opened.

    Raises:
        PeymanError: If others may read one, or one cannot be read.
    """
    pattern = "*.key" if name is None else f"{_stem(name)}*.key"
    paths = sorted(directory.glob(pattern), key=lambda path: (len(path.name), path))
    first = None if name is None else key_path(directory, name)
    found = [_read(path, name if path == first else None) for path in paths]
    return tuple(one for one in found if name in (None, one.name))


def standing_lock(path: Path, chance: bytes) -> Lock:
    """Read the lock that a machine opens its keys with; made of chance if not there.

    Args:
        path: A key file, or a file with a passphrase.
        chance: 32 random bytes, for a new key file.

    Raises:
        PeymanError: If others may read it, or it cannot be read.
    """
    _write_closed(path, write_key_file(chance))
    return read_lock(
        _read_closed(path, say("Others on this machine can read {words}.", words=path))
    )


def _stem(name: str) -> str:
    return name.replace("/", "--").replace(":", "-port-")


def _locked(name: str, key: WitnessKey, lock: Lock, chance: bytes) -> bytes:
    bound = _bound(name, key.public)
    locked = lock_up(key.secret, lock, chance, bound)
    return canonical.encode({**bound, "locked": locked})


def _bound(name: str, public: WitnessPublicKey) -> dict[str, Any]:
    return {"alg": public.alg, "name": name, "public": public.text, "v": _LOCKED}


def _write_closed(path: Path, data: bytes) -> bool:
    """Write a new file that nobody else may read; say whether there was none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return True


def _read_closed(path: Path, problem: str) -> bytes:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise PeymanError(
            problem,
            authority=strict.authority(5),
            remedy=say("Close it: chmod 600 {words}", words=path),
        )
    return path.read_bytes()


def _read(path: Path, name: str | None) -> HeldKey:
    """Read a key file; `name` is whose it must be, where that is known."""
    problem = say(
        "Others on this machine can read the key of {actor}.", actor=name or path.stem
    )
    value = canonical.parse(_read_closed(path, problem), "The key")
    is_plain = isinstance(value, dict) and value.get("v") == _PLAIN
    own = ("secret",) if is_plain else ("public", "locked")
    fields = strict.table(value, "The key", ("alg", "name", "v", *own))
    kinds = _OF_OLD if is_plain else _KINDS
    kind = kinds.get(fields["alg"]) if isinstance(fields["alg"], str) else None
    is_known = fields["v"] in (_PLAIN, _LOCKED)
    if kind is None or not is_known or name not in (None, fields["name"]):
        raise _not_of(name or path.stem, path)
    if is_plain:
        secret = strict.base64_bytes(fields["secret"], "The secret", 32)
        return HeldKey(path, fields["name"], Key(secret).public, "", fields)
    public = kind.from_text(fields["public"], "public")
    return HeldKey(path, fields["name"], public, kdf_of(fields["locked"]), fields)


def _not_of(name: str, path: Path) -> PeymanError:
    return strict.refuse(f"The key file is not that of {name}: {path}.", 5)
