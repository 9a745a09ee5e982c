"""Evidence of a fork: two heads that the key of a log signed and no one log can have.

The larger head comes with the root that its log had at the size of the smaller, and the
proof of that. The smaller head has another root. Whoever reads the two needs neither the
entries nor anybody's word: only the log's key.

It does not say which of the two is right, which entries differ, or who holds the key.

Source: RFC 6962, section 2.1.2; docs/record.md, section 2.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass

from peyman.ledger import canonical, strict
from peyman.ledger.log.note import (
    Checkpoint,
    is_cosignature,
    key_hint,
    read_checkpoint,
    read_verifier_key,
)
from peyman.ledger.log.tree import proves_consistency
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.strict import refuse

_START = b'{"fork":'
LARGEST = 64 * 1024
"""Bytes of evidence."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Two heads that contradict each other.

    Attributes:
        key: The log's key as note tools take it.
        heads: The two notes as they were signed, the smaller first.
        root: The root that the larger log had at the size of the smaller.
        proof: That it had.
    """

    key: str
    heads: tuple[bytes, bytes]
    root: bytes
    proof: tuple[bytes, ...]

    def encode(self) -> bytes:
        """Write it as a file."""
        return canonical.encode(
            {
                "fork": 1,
                "heads": [one.decode() for one in self.heads],
                "key": self.key,
                "proof": [base64.b64encode(one).decode() for one in self.proof],
                "root": base64.b64encode(self.root).decode(),
            }
        )


def is_fork(data: bytes) -> bool:
    """Whether a file says that it is such evidence."""
    return data.startswith(_START)


def is_signed(data: bytes, key: PublicKey) -> bool:
    """Whether a checkpoint has the signature of its log by this key; others are ignored.

    Raises:
        PeymanError: If it is no checkpoint.
    """
    return bool(_signatures(data, key))


def only_signed(data: bytes, key: PublicKey) -> bytes:
    """Give a checkpoint with the lines of its log's key alone: others say nothing here."""
    lines = [
        f"\N{EM DASH} {name} {base64.b64encode(signature).decode()}\n".encode()
        for name, signature in _signatures(data, key)
    ]
    return data.partition(b"\n\n")[0] + b"\n\n" + b"".join(lines)


def _signatures(data: bytes, key: PublicKey) -> list[tuple[str, bytes]]:
    head, lines = read_checkpoint(data)
    text = head.text().encode()
    return [
        (name, signature)
        for name, signature in lines
        if name == head.origin
        and not is_cosignature(signature)
        and signature[:4] == key_hint(name, key)
        and key.verifies(signature[4:], text)
    ]


def read_fork(data: bytes) -> Fork:
    """Read evidence, and check that it proves a fork.

    Raises:
        PeymanError: If it cannot be read, or proves none.
    """
    if len(data) > LARGEST:
        raise refuse(f"The evidence has over {LARGEST} bytes.", 2)
    fields = strict.table(
        canonical.parse(data, "The evidence"),
        "The evidence",
        ("fork", "heads", "key", "proof", "root"),
    )
    if fields["fork"] != 1 or isinstance(fields["fork"], bool):
        raise refuse("The evidence is of a version that is not known here.", 2)
    heads = strict.items(fields["heads"], "heads", _note)
    if len(heads) != 2:
        raise refuse("The evidence does not have two heads.", 2)
    fork = Fork(
        strict.text(fields["key"], "key"),
        (heads[0], heads[1]),
        _hash(fields["root"], "root"),
        strict.items(fields["proof"], "proof", _hash),
    )
    _check(fork)
    return fork


def _note(value: object, what: str) -> bytes:
    if not isinstance(value, str):
        raise refuse(f"{what} is not text.", 2)
    return value.encode()


def _hash(value: object, what: str) -> bytes:
    return strict.base64_bytes(value, what, 32)


def _check(fork: Fork) -> None:
    origin, key = read_verifier_key(fork.key)
    first, second = heads_of(fork)
    if (first.origin, second.origin) != (origin, origin):
        raise refuse("The two heads are not of the log whose key is given.", 2)
    if not all(is_signed(one, key) for one in fork.heads):
        raise refuse("The key did not sign both heads.", 2)
    is_of_second = proves_consistency(
        fork.proof, first.size, second.size, fork.root, second.root
    )
    if not first.size or not is_of_second or first.root == fork.root:
        raise refuse("The two heads do not contradict each other: no fork is shown.", 2)


def heads_of(fork: Fork) -> tuple[Checkpoint, Checkpoint]:
    """Read the two heads."""
    return read_checkpoint(fork.heads[0])[0], read_checkpoint(fork.heads[1])[0]


def told(fork: Fork) -> Iterator[str]:
    """Say in words what evidence that was read proves, and what not."""
    first, second = heads_of(fork)
    _, key = read_verifier_key(fork.key)
    yield f"FORK: one key signed two heads of {first.origin} that no one log can have"
    yield f"  log key {key.fingerprint}"
    for head in (first, second):
        yield f"  signed  {head.size} entries, root {head.root.hex()}"
    if first.size < second.size:
        yield f"  proved  the second log had at {first.size} entries root {fork.root.hex()}"
    yield "  note    Whoever holds this key showed two histories. This does not say which"
    yield "  note    is right, which entries differ, or who holds the key: compare it."
