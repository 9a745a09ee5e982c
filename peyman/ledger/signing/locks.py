"""Lock a private key for the disk: by a passphrase that a person knows, or by a key file.

A passphrase is stretched with scrypt, so that guessing it is slow. A key file holds 32
bytes from chance, which nobody guesses: a server opens its keys with it at every start.
What is locked is bound to what stands beside it in the clear: its name and public half.

No chance is read here: a salt and a nonce are cut from bytes that the caller brings.

Source: RFC 7914 (scrypt), RFC 5869 (HKDF), RFC 8439 (ChaCha20-Poly1305);
docs/record.md, section 5.
"""

import base64
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from peyman.errors import PeymanError
from peyman.ledger import canonical, strict
from peyman.ledger.strict import refuse
from peyman.saying import say

CHANCE = 28
"""Random bytes that locking takes: 16 of salt, 12 of nonce. Never the same twice."""

SCRYPT, HKDF = "scrypt", "hkdf-sha256"
_SALT = 16
_COST, _MOST_COST = 2**16, 2**20
_KEY = 32
_MARK = b"peyman-key-file:v1:"


@dataclass(frozen=True, slots=True)
class Lock:
    """What opens a locked key. It is never shown.

    Attributes:
        secret: The passphrase, or the bytes of the key file.
        kdf: How a key is made of it: `scrypt` of a passphrase, else `hkdf-sha256`.
    """

    secret: bytes = field(repr=False)
    kdf: str


def passphrase(text: str) -> Lock:
    """Make the lock of a passphrase; however it was typed, composed letters count.

    Raises:
        PeymanError: If it is empty.
    """
    if not text.strip():
        raise refuse("The passphrase is empty.", 5, "Choose several words.")
    return Lock(unicodedata.normalize("NFC", text).encode(), SCRYPT)


def write_key_file(chance: bytes) -> bytes:
    """Write a key file around 32 bytes of chance."""
    if len(chance) != _KEY:
        raise ValueError("a key file holds 32 bytes of chance")
    return _MARK + base64.b64encode(chance) + b"\n"


def read_lock(data: bytes) -> Lock:
    """Read a key file, or a file whose first line is a passphrase.

    Raises:
        PeymanError: If it is neither.
    """
    line = data.split(b"\n", 1)[0].rstrip(b"\r")
    if line.startswith(_MARK):
        text = line.removeprefix(_MARK).decode("ascii", "replace")
        return Lock(strict.base64_bytes(text, "The key file", _KEY), HKDF)
    try:
        return passphrase(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise refuse("The passphrase file is not UTF-8.", 5) from None


def lock_up(
    secret: bytes, lock: Lock, chance: bytes, bound: Mapping[str, Any]
) -> dict[str, Any]:
    """Lock a secret.

    Args:
        secret: What is locked.
        lock: By what.
        chance: `CHANCE` random bytes.
        bound: What stands beside it in the clear: it cannot be changed unnoticed.
    """
    if len(chance) != CHANCE:
        raise ValueError(f"locking takes {CHANCE} bytes of chance")
    salt, nonce = chance[:_SALT], chance[_SALT:]
    how: dict[str, Any] = {"kdf": lock.kdf, "salt": _text(salt), "nonce": _text(nonce)}
    if lock.kdf == SCRYPT:
        how["cost"] = _COST
    sealed = _cipher(lock, salt, _COST).encrypt(nonce, secret, _beside(bound, how))
    return {**how, "box": _text(sealed)}


def unlock(value: Any, lock: Lock, bound: Mapping[str, Any], whose: str) -> bytes:
    """Open what `lock_up` locked.

    Args:
        value: The table that `lock_up` gave, as it was read.
        lock: The passphrase or the key file.
        bound: What stands beside it.
        whose: Whose key it is, for the words of a refusal.

    Raises:
        PeymanError: If the lock is another, or something was changed.
    """
    from cryptography.exceptions import InvalidTag

    kdf = kdf_of(value)
    if kdf != lock.kdf:
        raise _wrong(whose, kdf)
    how = {name: value[name] for name in value if name != "box"}
    salt = strict.base64_bytes(value["salt"], "salt", _SALT)
    nonce = strict.base64_bytes(value["nonce"], "nonce", CHANCE - _SALT)
    box = strict.base64_bytes(value["box"], "box")
    cipher = _cipher(lock, salt, value.get("cost", _COST))
    try:
        return bytes(cipher.decrypt(nonce, box, _beside(bound, how)))
    except InvalidTag:
        raise _wrong(whose, kdf) from None


def kdf_of(value: Any) -> str:
    """Read by what kind of lock something is locked.

    Raises:
        PeymanError: If it is not as `lock_up` writes it, or would ask for all memory.
    """
    kdf = value.get("kdf") if isinstance(value, dict) else None
    own = ("cost",) if kdf == SCRYPT else ()
    fields = ("kdf", "salt", "nonce", "box", *own)
    table = strict.table(value, "The locked key", fields)
    strict.one_of(table["kdf"], "kdf", (SCRYPT, HKDF))
    if own:
        cost = strict.whole(table["cost"], "cost")
        if not 2 <= cost <= _MOST_COST or cost & (cost - 1):
            raise refuse(f"The cost of the locked key is {cost}.", 5)
    return str(kdf)


def _cipher(lock: Lock, salt: bytes, cost: int) -> Any:
    # Imported late: commands that open no key start without it.
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf import hkdf
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    if lock.kdf == SCRYPT:
        key = Scrypt(salt=salt, length=_KEY, n=cost, r=8, p=1).derive(lock.secret)
    else:
        key = hkdf.HKDF(SHA256(), _KEY, salt, b"peyman key at rest").derive(lock.secret)
    return ChaCha20Poly1305(key)


def _beside(bound: Mapping[str, Any], how: Mapping[str, Any]) -> bytes:
    return canonical.encode({**bound, "locked": dict(how)})


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _wrong(whose: str, kdf: str) -> PeymanError:
    remedy = say("Name the key file by which it was locked: PEYMAN_PASSPHRASE_FILE.")
    if kdf == SCRYPT:
        remedy = say(
            "Give its passphrase. If it is lost, no record is: have another key entered."
        )
    return PeymanError(
        say("This does not open the key of {actor}.", actor=whose),
        authority=strict.authority(5),
        remedy=remedy,
    )
