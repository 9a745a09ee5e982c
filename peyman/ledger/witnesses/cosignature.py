"""A witness's signature on the head of a log, with the moment at which it signed.

It says that the witness saw this head, and that it goes on from every head of the log that
the witness signed before. So two readers who ask for the same witness cannot be shown two
logs. It says nothing of what the entries mean.

A key of Ed25519 signs the lines of the head; one of ML-DSA-44 signs a structure that names the
witness too.

Source: C2SP tlog-cosignature (cosignature/v1 with Ed25519, subtree/v1 with ML-DSA-44);
docs/record.md, section 11.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from peyman.ledger.log.note import (
    Checkpoint,
    is_cosignature,
    read_checkpoint,
    witness_hint,
)
from peyman.ledger.signing.mldsa import MldsaPublicKey, WitnessKey, WitnessPublicKey
from peyman.ledger.strict import LONGEST_NAME, refuse, show

_NAME = re.compile(r"[^\s+\x00-\x20\x7f-\x9f]+")
_DASH = "\N{EM DASH} "
_SUBTREE = b"subtree/v1\n\0"
_UNDATED = 0
LATEST = 2**53 - 1
"""The latest second that is taken for a moment."""


@dataclass(frozen=True, slots=True)
class Cosignature:
    """One line of a witness, as it was read; whether it is true is asked of `is_by`.

    Attributes:
        name: The name of the witness's key.
        hint: The four bytes that tell its keys apart.
        at: When the witness signed, by its own clock, in seconds since 1970.
        signature: 64 bytes, or 2,420 of ML-DSA-44.
    """

    name: str
    hint: bytes
    at: int
    signature: bytes

    def names(self, name: str, key: WitnessPublicKey) -> bool:
        """Whether the line says that it is by this key."""
        return self.name == name and self.hint == witness_hint(name, key)

    def is_by(self, key: WitnessPublicKey, head: Checkpoint) -> bool:
        """Whether this key signed this head at that moment."""
        return key.verifies(self.signature, _signed(head, self.name, key, self.at))

    @property
    def line(self) -> str:
        """The signature line of the note."""
        packed = self.hint + self.at.to_bytes(8, "big") + self.signature
        return f"{_DASH}{self.name} {base64.b64encode(packed).decode()}\n"


class Seen(NamedTuple):
    """A witness that saw a head: its name in the policy, and when it signed."""

    witness: str
    at: int


class Judged(NamedTuple):
    """What the lines of witnesses on a checkpoint come to.

    Attributes:
        seen: The witnesses that count, each once, at the earliest moment it signed.
        unknown: Names on lines by keys that the reader does not have.
        false: Names of witnesses whose signature is not theirs.
        future: The witnesses that date their line after the reader's own clock.
        undated: The witnesses whose line says no moment.
    """

    seen: tuple[Seen, ...]
    unknown: tuple[str, ...]
    false: tuple[str, ...]
    future: tuple[str, ...]
    undated: tuple[str, ...] = ()


def witness_name(name: str) -> str:
    """Check the name of a witness's key: one word, no plus.

    Raises:
        PeymanError: If a note cannot carry it.
    """
    if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise refuse(f"{show(name)} cannot be the name of a witness.", 2)
    return name


def cosign(head: Checkpoint, name: str, key: WitnessKey, at: int) -> Cosignature:
    """Sign a head as a witness.

    Args:
        head: The head, whose signature and consistency the witness has checked.
        name: The name of the witness's key.
        key: Its key.
        at: Now, in seconds since 1970.
    """
    hint = witness_hint(witness_name(name), key.public)
    return Cosignature(name, hint, at, key.sign(_signed(head, name, key.public, at)))


def _signed(head: Checkpoint, name: str, key: WitnessPublicKey, at: int) -> bytes:
    if isinstance(key, MldsaPublicKey):
        return _subtree(head, name, at)
    return f"cosignature/v1\ntime {at}\n{head.text()}".encode()


def _subtree(head: Checkpoint, name: str, at: int) -> bytes:
    """Write the `cosigned_message` of a whole tree: it begins at leaf 0."""
    numbers = [number.to_bytes(8, "big") for number in (at, 0, head.size)]
    moment, start, end = numbers
    parts = (_SUBTREE, _counted(name), moment, _counted(head.origin), start, end)
    return b"".join(parts) + head.root


def _counted(text: str) -> bytes:
    data = text.encode()
    return len(data).to_bytes(1, "big") + data


def cosignatures_of(data: bytes) -> tuple[Cosignature, ...]:
    """Read the lines of witnesses on a checkpoint, in order.

    Raises:
        PeymanError: If it is no checkpoint, or names a witness as no note can.
    """
    _, lines = read_checkpoint(data)
    return tuple(
        Cosignature(
            witness_name(name),
            packed[:4],
            int.from_bytes(packed[4:12], "big"),
            packed[12:],
        )
        for name, packed in lines
        if is_cosignature(packed)
    )


def with_cosignatures(data: bytes, lines: Iterable[Cosignature]) -> bytes:
    """Add lines of witnesses to a checkpoint; one that is there already is not doubled."""
    known = {(one.name, one.hint) for one in cosignatures_of(data)}
    added = {(one.name, one.hint): one.line for one in lines}
    return (
        data
        + "".join(
            line for who, line in sorted(added.items()) if who not in known
        ).encode()
    )


def judge(
    data: bytes,
    head: Checkpoint,
    witnesses: Mapping[str, tuple[str, WitnessPublicKey]],
    now: int | None = None,
) -> Judged:
    """Say which of a reader's witnesses saw a head, and what was not counted.

    Args:
        data: The checkpoint with its lines.
        head: What it says.
        witnesses: The reader's: name in the policy to the name and key of its line.
        now: The reader's clock; what is dated after it does not count.

    Raises:
        PeymanError: As `cosignatures_of`.
    """
    seen: dict[str, int] = {}
    unknown, false, future, undated = set(), set(), set(), set()
    for one in cosignatures_of(data):
        who = next((w for w, held in witnesses.items() if one.names(*held)), None)
        if who is None:
            unknown.add(one.name)
        elif not one.is_by(witnesses[who][1], head):
            false.add(who)
        elif one.at == _UNDATED:
            # By the specification it then says nothing of when, nor that it is the latest.
            undated.add(who)
        elif one.at > (LATEST if now is None else now):
            future.add(who)
        else:
            seen[who] = min(one.at, seen.get(who, one.at))
    counted = tuple(Seen(*one) for one in sorted(seen.items()))
    rest = (unknown, false, future, undated)
    return Judged(counted, *(tuple(sorted(one)) for one in rest))
