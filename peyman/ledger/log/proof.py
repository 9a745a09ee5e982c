"""The proof of one entry, in one file that a third party checks alone.

It is a C2SP tlog-proof: index, inclusion proof, checkpoint. Its `extra` line holds what
the leaf is made of, and on request the envelope itself with the public key that signed it.
Nothing in that line is trusted: the leaf must be the one under the root, the envelope the
one that the leaf commits to, the key the one that the envelope names.

What it cannot prove is said with the answer: see `Proved.notes`.

Source: c2sp.org/tlog-proof@v1; docs/record.md, section 10.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.errors import PeymanError
from peyman.ledger import canonical, strict
from peyman.ledger.entries.envelope import Envelope, commitment, open_envelope
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.note import (
    Checkpoint,
    key_hint,
    read_checkpoint,
    read_verifier_key,
)
from peyman.ledger.log.tree import hash_leaf, proves_inclusion
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.strict import refuse
from peyman.ledger.verifying.policy import Trust
from peyman.ledger.verifying.trusting import moment
from peyman.ledger.witnesses.cosignature import Seen, judge

MARK = b"c2sp.org/tlog-proof@v1\n"
"""How a proof begins."""

_INDEX = re.compile(r"0|[1-9][0-9]{0,15}")
_MOST_STEPS = 64


@dataclass(frozen=True, slots=True)
class Proof:
    """One entry's place under a signed head.

    Attributes:
        index: Its place, from 0.
        steps: The inclusion proof, from the leaf's sibling up.
        checkpoint: The signed head, verbatim.
        leaf: What stands there: the commitment, and when it was entered.
        log_key: The log's key as note tools write it, for the reader to compare.
        envelope: The entry itself; None where the proof does not show it.
        public: The key by which the envelope is said to be signed.
    """

    index: int
    steps: tuple[bytes, ...]
    checkpoint: bytes
    leaf: Leaf
    log_key: str
    envelope: bytes | None = None
    public: PublicKey | None = None

    def encode(self) -> bytes:
        """Write it as a `.tlog-proof` file."""
        extra = canonical.encode(self._extra())
        steps = "".join(base64.b64encode(one).decode() + "\n" for one in self.steps)
        head = (
            f"extra {base64.b64encode(extra).decode()}\nindex {self.index}\n{steps}\n"
        )
        return MARK + head.encode() + self.checkpoint

    def _extra(self) -> dict[str, Any]:
        extra: dict[str, Any] = {
            "commitment": self.leaf.commitment,
            "entered": self.leaf.entered,
            "log_key": self.log_key,
            "v": 1,
        }
        if self.envelope is not None and self.public is not None:
            extra["envelope"] = self.envelope.decode()
            extra["public"] = self.public.text
        return extra


@dataclass(frozen=True, slots=True)
class Proved:
    """What a proof comes to, once it is checked.

    Attributes:
        head: The head under which the entry stands.
        log_key: The fingerprint of the key that signed the head.
        index: The entry's place.
        leaf: Its commitment, and when it was entered.
        envelope: What it says, if the proof shows it.
        is_pinned: Whether the reader's own policy names the log key.
        others: Names of further signature lines, which are not checked here.
        seen: The witnesses of the reader's that saw the head, and when.
    """

    head: Checkpoint
    log_key: str
    index: int
    leaf: Leaf
    envelope: Envelope | None
    is_pinned: bool
    others: tuple[str, ...]
    seen: tuple[Seen, ...] = ()

    def notes(self) -> Iterator[str]:
        """Say what it does not prove."""
        if not self.is_pinned:
            yield (
                f"It is judged by log key {self.log_key}, which it brings itself: compare"
                " that key with one that you have from elsewhere, or name it with --trust."
            )
        for one in self.seen:
            at = moment(one.at)
            yield f"The witness {one.witness} saw the head at {at}: it was there by then."
        if self.others:
            yield f"Not checked: the signatures of {', '.join(self.others)} on the head."
        elif not self.seen:
            yield "No witness has signed the head: its hour is by the keeper's word."
        if self.envelope is not None and self.envelope.payload.entered_from:
            yield (
                "The case is reconstructed: its keys derive from a published seed and"
                " prove nothing about who."
            )
        if self.envelope is None:
            yield "What the entry says is not shown: only that it stands there, and when."
        else:
            yield (
                "That the key was the office's at that place, and was not revoked back to"
                " it, stands in the whole record alone."
            )
        yield (
            "Whether it was corrected or erased later, or contested, one entry cannot"
            " show; nor that what it says is true."
        )


def is_proof(data: bytes) -> bool:
    """Whether a file is a proof of one entry, by how it begins."""
    return data.startswith(MARK)


def read_proof(data: bytes) -> Proof:
    """Read a proof, without judging it.

    Raises:
        PeymanError: If it is not one as the format has it.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise refuse("The proof is not UTF-8.", 10) from None
    top, blank, checkpoint = text.partition("\n\n")
    mark, *lines = top.split("\n")
    is_shaped = blank and f"{mark}\n".encode() == MARK and len(lines) >= 2
    if not is_shaped or not lines[0].startswith("extra "):
        raise refuse("This is not a proof with its extra line, index and head.", 10)
    index = lines[1].removeprefix("index ")
    if not lines[1].startswith("index ") or not _INDEX.fullmatch(index):
        raise refuse("The proof has no index.", 10)
    if len(lines) - 2 > _MOST_STEPS:
        raise refuse("The proof has more steps than any tree.", 10)
    steps = tuple(strict.base64_bytes(one, "A step", 32) for one in lines[2:])
    extra = strict.base64_bytes(lines[0].removeprefix("extra "), "extra")
    return _with_extra(extra, int(index), steps, checkpoint.encode())


def _with_extra(
    data: bytes, index: int, steps: tuple[bytes, ...], checkpoint: bytes
) -> Proof:
    value = canonical.parse(data, "The extra line")
    is_shown = isinstance(value, dict) and "envelope" in value
    own = ("envelope", "public") if is_shown else ()
    fields = strict.table(
        value, "The extra line", ("commitment", "entered", "log_key", "v", *own)
    )
    if fields["v"] != 1 or isinstance(fields["v"], bool):
        raise refuse(f"The proof is of version {strict.show(fields['v'])}.", 10)
    if not all(isinstance(fields[one], str) for one in ("log_key", *own)):
        raise refuse("The extra line holds something that is not text.", 10)
    return Proof(
        index,
        steps,
        checkpoint,
        Leaf(
            strict.digest(fields["commitment"], "commitment"),
            strict.entered(fields["entered"], "entered"),
        ),
        fields["log_key"],
        fields["envelope"].encode() if is_shown else None,
        PublicKey.from_text(fields["public"], "public") if is_shown else None,
    )


def check_proof(proof: Proof, trust: Trust | None = None) -> Proved:
    """Check a proof.

    Args:
        proof: What `read_proof` read.
        trust: The log keys that the reader has from elsewhere.

    Raises:
        PeymanError: With the first thing that does not hold.
    """
    head, lines = read_checkpoint(proof.checkpoint)
    name, log_key = read_verifier_key(proof.log_key)
    if name != head.origin:
        raise _false(f"Its log key is that of {name}, not of {head.origin}.")
    if not _signs(head, lines, log_key):
        raise _false(f"The head of {head.origin} is not signed by that log key.")
    is_pinned = trust is not None and log_key in trust.logs.get(name, ())
    if trust is not None and not is_pinned:
        raise _false("Its log key is not one that the policy names.")
    leaf = hash_leaf(encode_leaf(proof.leaf))
    if not proves_inclusion(proof.steps, proof.index, head.size, leaf, head.root):
        raise _false(f"The leaf does not stand at e{proof.index} under the root.")
    seen, checked = _witnessed(proof, head, trust or Trust({}))
    others = tuple(one for one, _ in lines if one not in (name, *checked))
    return Proved(
        head,
        log_key.fingerprint,
        proof.index,
        proof.leaf,
        _shown(proof, head),
        is_pinned,
        others,
        seen,
    )


def _witnessed(
    proof: Proof, head: Checkpoint, trust: Trust
) -> tuple[tuple[Seen, ...], tuple[str, ...]]:
    """Give the witnesses that count, and the names of their lines.

    Raises:
        PeymanError: If a line is false, or those that count are no quorum.
    """
    judged = judge(proof.checkpoint, head, trust.names(), trust.at)
    for one in judged.false:
        raise _false(f"The signature of the witness {one} is false.")
    counted = [one.witness for one in judged.seen]
    if not trust.is_met(counted):
        told = ", ".join(counted) or "none"
        raise _false(
            f"The policy asks for {trust.quorum}, and of its witnesses {told} signed."
        )
    return judged.seen, tuple(trust.witnesses[one].name for one in counted)


def _signs(
    head: Checkpoint, lines: Sequence[tuple[str, bytes]], key: PublicKey
) -> bool:
    own = [signature for name, signature in lines if name == head.origin]
    return len(own) == 1 and (
        own[0][:4] == key_hint(head.origin, key)
        and key.verifies(own[0][4:], head.text().encode())
    )


def _shown(proof: Proof, head: Checkpoint) -> Envelope | None:
    if proof.envelope is None or proof.public is None:
        return None
    if commitment(proof.envelope) != proof.leaf.commitment:
        raise _false("The leaf commits to another envelope.")
    envelope = open_envelope(proof.envelope)
    if envelope.payload.origin != head.origin:
        raise _false(f"The entry is of another log: {envelope.payload.origin}.")
    if not envelope.is_by(proof.public):
        raise _false(f"The signature of {envelope.payload.signer.office} is false.")
    return envelope


def _false(problem: str) -> PeymanError:
    return refuse(problem, 10, "Ask whoever made the proof for a sound one.")
