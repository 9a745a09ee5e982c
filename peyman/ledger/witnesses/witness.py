"""A witness: it signs the heads of logs that others keep, each only after the one before.

`add_checkpoint` answers a push as tlog-witness has it. What was signed last is durable
before the answer goes out, under a lock, so that no two heads that contradict each other
are ever signed: not at the same moment, and not after a process was killed anywhere. Two
heads that do are kept as evidence (`peyman.ledger.witnesses.fork`).

The witness reads no clock and opens no connection: time and bytes are arguments. What the
entries say it never sees.

Source: C2SP tlog-witness; docs/record.md, section 2.
"""

import base64
import fcntl
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from peyman.errors import PeymanError
from peyman.ledger import strict
from peyman.ledger.files.casefile import locked
from peyman.ledger.keeping.transaction import Disk
from peyman.ledger.log.note import Checkpoint, read_checkpoint, verifier_key
from peyman.ledger.log.tree import Tree, proves_consistency
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.signing.mldsa import WitnessKey
from peyman.ledger.witnesses.cosignature import (
    cosign,
    cosignatures_of,
    with_cosignatures,
    witness_name,
)
from peyman.ledger.witnesses.fork import Fork, is_signed, only_signed

TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
LARGEST_REQUEST = 64 * 1024
"""Bytes of a push."""

_OLD = re.compile(r"old (0|[1-9][0-9]{0,15})")
_MOST_PROOF = 63
_HEAD, _NEW = "head", "head.new"


class Answer(NamedTuple):
    """The answer to a push: an HTTP status, a body and its type."""

    status: int
    body: bytes
    type: str = TEXT


class Push(NamedTuple):
    """A head with the proof that it goes on from an older one."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    def encode(self) -> bytes:
        """Write it as the body of `add-checkpoint`."""
        lines = [f"old {self.old}"]
        lines += [base64.b64encode(one).decode() for one in self.proof]
        return "\n".join([*lines, "", ""]).encode() + self.note


def read_push(data: bytes) -> Push:
    """Read the body of `add-checkpoint`.

    Raises:
        PeymanError: If it is none.
    """
    start, blank, note = data.partition(b"\n\n")
    if not blank or len(data) > LARGEST_REQUEST:
        raise strict.refuse("This is no push of a head.", 2)
    try:
        first, *proof = start.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise strict.refuse("The proof is not ASCII.", 2) from None
    if not (old := _OLD.fullmatch(first)) or len(proof) > _MOST_PROOF:
        raise strict.refuse("The push does not begin with `old SIZE` and a proof.", 2)
    hashes = [strict.base64_bytes(one, "A line of the proof", 32) for one in proof]
    return Push(int(old[1]), tuple(hashes), note)


class Witness:
    """One witness with its key, and what it has signed so far."""

    def __init__(
        self,
        folder: Path,
        name: str,
        key: WitnessKey,
        logs: Mapping[str, tuple[PublicKey, ...]],
        disk: Disk | None = None,
    ) -> None:
        """Make a witness of what stands in a folder.

        Args:
            folder: What it has signed, and evidence; its own, and never copied: a witness
                that is restored from an old copy may sign a fork.
            name: The name of its key.
            key: Its key.
            logs: Origin to the keys of the logs that it watches.
            disk: The disk, so that tests can break it.
        """
        self.folder = folder
        self.name = witness_name(name)
        self.logs = logs
        self._key = key
        self._disk = disk or Disk()

    def add_checkpoint(self, data: bytes, now: int) -> Answer:
        """Answer a push.

        Args:
            data: The body of the request.
            now: By the witness's clock, in seconds since 1970.
        """
        try:
            push = read_push(data)
            origin = push.note.partition(b"\n")[0].decode("utf-8", "replace")
            if origin not in self.logs:
                return _said(404, "This log is not watched here.")
            head, _ = read_checkpoint(push.note)
        except PeymanError as error:
            return _said(400, error.problem)
        signer = self._signer(push.note, head)
        if signer is None:
            return _said(403, "The head is not signed by the key of its log.")
        if push.old > head.size:
            return _said(400, "The old size is larger than that of the head.")
        with locked(self._folder_of(origin), fcntl.LOCK_EX):
            return self._judge(push, head, signer, now)

    def follow(self, note: bytes, tree: Tree, now: int) -> Answer:
        """Look at a log that was fetched, and sign its head if it goes on.

        Our extension to tlog-witness: nobody pushes, the witness comes by itself.

        Args:
            note: The checkpoint, as the log shows it.
            tree: Its tree, whose root was compared with the checkpoint.
            now: By the witness's clock, in seconds since 1970.
        """
        head, _ = read_checkpoint(note)
        latest = self.latest(head.origin)
        if latest is None or self._signer(note, head) is None:
            return self.add_checkpoint(Push(0, (), note).encode(), now)
        seen, _ = read_checkpoint(latest)
        if seen.size > head.size:
            text = f"The log shows {head.size} entries; it had {seen.size} before."
            return _said(409, text)
        if tree.root(seen.size) != seen.root:
            self._keep_fork(latest, note, tree)
            return _said(409, "The log is not the one that was seen before: a fork.")
        proof = tree.consistency(seen.size, head.size)
        return self.add_checkpoint(Push(seen.size, proof, note).encode(), now)

    def latest(self, origin: str) -> bytes | None:
        """Give the last head of a log that it signed, with its own line."""
        path = self.folder / _stem(origin) / _HEAD
        return path.read_bytes() if path.is_file() else None

    def forks(self) -> tuple[Path, ...]:
        """Give the evidence that it keeps, in order."""
        return tuple(sorted(self.folder.glob("*/*.fork.json")))

    def _folder_of(self, origin: str) -> Path:
        folder = self.folder / _stem(origin)
        self._disk.make_folder(folder)
        return folder

    def _signer(self, note: bytes, head: Checkpoint) -> PublicKey | None:
        known = self.logs.get(head.origin, ())
        return next((one for one in known if is_signed(note, one)), None)

    def _judge(
        self, push: Push, head: Checkpoint, signer: PublicKey, now: int
    ) -> Answer:
        latest = self.latest(head.origin)
        seen, last = _read(head.origin, latest)
        if latest and head.size == seen.size and head.root != seen.root:
            key = verifier_key(head.origin, signer)
            heads = (latest, only_signed(push.note, signer))
            self._keep(Fork(key, heads, head.root, ()), head)
            return Answer(409, b"%d\n" % seen.size, SIZE)
        if push.old != seen.size:
            return Answer(409, b"%d\n" % seen.size, SIZE)
        if not proves_consistency(
            push.proof, seen.size, head.size, seen.root, head.root
        ):
            return _said(422, "The proof does not lead from what was seen to the head.")
        if now < last:
            return _said(503, "The clock here is behind what was signed last.")
        return self._sign(head, only_signed(push.note, signer), now)

    def _sign(self, head: Checkpoint, note: bytes, now: int) -> Answer:
        made = cosign(head, self.name, self._key, now)
        kept = with_cosignatures(note, [made])
        folder = self._folder_of(head.origin)
        self._disk.write(folder / _NEW, kept)
        self._disk.rename(folder / _NEW, folder / _HEAD)
        self._disk.flush_folder(folder)
        return Answer(200, made.line.encode())

    def _keep_fork(self, seen: bytes, note: bytes, tree: Tree) -> None:
        first, second = read_checkpoint(seen)[0], read_checkpoint(note)[0]
        signer = self._signer(note, second)
        if signer is None:
            return
        proof = tree.consistency(first.size, second.size)
        root = tree.root(first.size)
        key = verifier_key(second.origin, signer)
        self._keep(Fork(key, (seen, only_signed(note, signer)), root, proof), second)

    def _keep(self, fork: Fork, head: Checkpoint) -> None:
        """Keep evidence under a name of its own, once."""
        data = fork.encode()
        named = f"{head.size}-{sha256(head.root).hexdigest()[:16]}.fork.json"
        path = self._folder_of(head.origin) / named
        if not path.exists():
            self._disk.write(path.with_name(_NEW), data)
            self._disk.rename(path.with_name(_NEW), path)
            self._disk.flush_folder(path.parent)


def _read(origin: str, latest: bytes | None) -> tuple[Checkpoint, int]:
    """Read what was signed last, and when; of a new log, nothing and never.

    Raises:
        PeymanError: If what stands there cannot be read: then nothing is signed.
    """
    if latest is None:
        return Checkpoint(origin, 0, Tree().root()), 0
    head, _ = read_checkpoint(latest)
    return head, max((one.at for one in cosignatures_of(latest)), default=0)


def _stem(origin: str) -> str:
    return origin.replace("/", "--").replace(":", "-port-")


def _said(status: int, text: str) -> Answer:
    return Answer(status, f"{text}\n".encode())
