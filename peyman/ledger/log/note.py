"""The checkpoint: the head of a log, as a note that the log's key signs.

Stricter than the signed note that it is: every signature line is by a key that the
reader knows, and there are no extension lines, so not a byte goes unread. Lines in the
form of a witness's cosignature are for `peyman.ledger.witnesses.cosignature` to judge, which says of
each whether it was checked.

Source: C2SP signed-note and tlog-checkpoint; docs/record.md, section 2.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from peyman.ledger import strict
from peyman.ledger.signing.keys import Key, PublicKey
from peyman.ledger.signing.mldsa import (
    PUBLIC_LENGTH,
    SIGNATURE_LENGTH,
    MldsaPublicKey,
    WitnessPublicKey,
)
from peyman.ledger.strict import refuse

ED25519 = b"\x01"
COSIGNATURE = b"\x04"
COSIGNATURE_MLDSA = b"\x06"
"""Kinds of keys: of a log, and of a witness that dates what it signs: Ed25519, ML-DSA-44."""

COSIGNATURE_LENGTHS = frozenset({4 + 8 + 64, 4 + 8 + SIGNATURE_LENGTH})
"""Bytes of a witness's line: which key, when, and the signature of either kind."""

LONGEST_COSIGNER = 255
"""Bytes of a name that a message of ML-DSA-44 can carry."""

MOST_LINES = 16
"""Signature lines on one checkpoint."""

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_DASH = "\N{EM DASH} "


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: its origin, how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_hint(name: str, key: WitnessPublicKey, kind: bytes = ED25519) -> bytes:
    """Give the four bytes by which a signature line names its key."""
    return sha256(name.encode() + b"\n" + kind + key.raw).digest()[:4]


def verifier_key(name: str, key: WitnessPublicKey, kind: bytes = ED25519) -> str:
    """Write a key as note tools take it: `NAME+HINT+BASE64`."""
    public = base64.b64encode(kind + key.raw).decode()
    return f"{name}+{key_hint(name, key, kind).hex()}+{public}"


def witness_kind(key: WitnessPublicKey) -> bytes:
    """Say of which kind a key is when a witness dates what it signs with it."""
    return COSIGNATURE_MLDSA if isinstance(key, MldsaPublicKey) else COSIGNATURE


def witness_hint(name: str, key: WitnessPublicKey) -> bytes:
    """Give the four bytes by which the line of a witness names its key.

    Raises:
        PeymanError: If what the key signs cannot carry the name.
    """
    kind = witness_kind(key)
    if kind == COSIGNATURE_MLDSA and not 1 <= len(name.encode()) <= LONGEST_COSIGNER:
        raise refuse(
            f"A witness of ML-DSA-44 has a name of 1 to {LONGEST_COSIGNER} bytes.", 11
        )
    return key_hint(name, key, kind)


def read_verifier_key(text: str) -> tuple[str, PublicKey]:
    """Read `NAME+HINT+BASE64`: the key of a log, which is of Ed25519.

    Raises:
        PeymanError: If it is not one, or its hint is not its own.
    """
    name, hint, public = _parts(text)
    raw = strict.base64_bytes(public, f"The key of {name}", 33)
    if raw[:1] != ED25519:
        raise refuse(f"The key of {name} is not an Ed25519 key.", 2)
    key = PublicKey(raw[1:])
    _check_hint(name, hint, key_hint(name, key))
    return name, key


def read_witness_key(text: str) -> tuple[str, WitnessPublicKey]:
    """Read `NAME+HINT+BASE64`: the key of a witness, of Ed25519 or of ML-DSA-44.

    Raises:
        PeymanError: If it is of no such kind, its hint is not its own, or the library on
            this machine lacks its kind.
    """
    name, hint, public = _parts(text)
    what = f"The key of {name}"
    kind = strict.base64_bytes(public, what)[:1]
    key: WitnessPublicKey
    if kind == COSIGNATURE_MLDSA:
        key = MldsaPublicKey(strict.base64_bytes(public, what, 1 + PUBLIC_LENGTH)[1:])
    elif kind == COSIGNATURE:
        key = PublicKey(strict.base64_bytes(public, what, 33)[1:])
    else:
        raise refuse(f"{what} is not the key of a witness.", 2)
    _check_hint(name, hint, witness_hint(name, key))
    return name, key


def _parts(text: str) -> tuple[str, str, str]:
    name, _, rest = text.partition("+")
    hint, _, public = rest.partition("+")
    return name, hint, public


def _check_hint(name: str, given: str, hint: bytes) -> None:
    if given != hint.hex():
        raise refuse(f"The key of {name} does not fit its hint {given}.", 2)


def sign_checkpoint(checkpoint: Checkpoint, key: Key) -> bytes:
    """Sign a head in the name of its origin: the bytes of the note."""
    text = checkpoint.text()
    signature = _own_hint(checkpoint.origin, key.public) + key.sign(text.encode())
    line = f"{_DASH}{checkpoint.origin} {base64.b64encode(signature).decode()}\n"
    return f"{text}\n{line}".encode()


_own_hint = lru_cache(maxsize=64)(key_hint)


def read_checkpoint(data: bytes) -> tuple[Checkpoint, tuple[tuple[str, bytes], ...]]:
    """Read a checkpoint and its signature lines, without judging the signatures.

    Returns:
        The head, and for each line the key's name and the bytes after it.

    Raises:
        PeymanError: If it is not a checkpoint as the format has it.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise refuse("The checkpoint is not UTF-8.", 2) from None
    if "\r" in text:
        raise refuse(
            "The checkpoint has carriage returns; its lines end in a newline alone.",
            2,
            "Ask for the file again: a program changed the ends of its lines on the way.",
        )
    body, blank, signatures = text.partition("\n\n")
    lines = body.split("\n")
    if not blank or len(lines) != 3 or not signatures.endswith("\n"):
        raise refuse("The checkpoint is not three lines and its signatures.", 2)
    if not _SIZE.fullmatch(lines[1]):
        raise refuse(f"The checkpoint's size is {strict.show(lines[1])}.", 2)
    head = Checkpoint(
        strict.origin(lines[0], "The checkpoint's origin"),
        int(lines[1]),
        strict.base64_bytes(lines[2], "The checkpoint's root", 32),
    )
    signed = signatures[:-1].split("\n")
    if len(signed) > MOST_LINES:
        raise refuse(f"The checkpoint has more than {MOST_LINES} signatures.", 2)
    return head, tuple(_read_line(line) for line in signed)


def is_cosignature(signature: bytes) -> bool:
    """Whether a line has the form of a witness's; by whom is not asked here."""
    return len(signature) in COSIGNATURE_LENGTHS


def _read_line(line: str) -> tuple[str, bytes]:
    name, space, signature = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not name:
        raise refuse("The checkpoint has a line that is not a signature.", 2)
    return name, strict.base64_bytes(signature, f"The signature of {strict.show(name)}")


def open_checkpoint(data: bytes, keys: Mapping[str, PublicKey]) -> Checkpoint:
    """Read a checkpoint that is signed by its log, every line by one of these keys.

    The lines of witnesses are left aside.

    Args:
        data: The note.
        keys: The keys known, by name; the log's own has its origin as name.

    Raises:
        PeymanError: If it is not, or a line is by a key that is not known.
    """
    head, found = read_checkpoint(data)
    lines = [line for line in found if not is_cosignature(line[1])]
    names = [name for name, _ in lines]
    if head.origin not in names or len({*names}) != len(names):
        raise refuse("The checkpoint is not signed once by its own log.", 2)
    for name, signature in lines:
        key = keys.get(name)
        if key is None or signature[:4] != key_hint(name, key):
            raise refuse(
                f"The checkpoint is signed by an unknown key of {strict.show(name)}.", 2
            )
        if not key.verifies(signature[4:], head.text().encode()):
            raise refuse(f"The signature of {name} on the checkpoint is false.", 2)
    return head
