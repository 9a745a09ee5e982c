"""What one machine has seen of a log, kept outside of every case and every backup.

The largest head that it saw, the heads that witnesses told it of, the receipts that it was
given, and what a person decided when entries were lost. A backup that is restored brings
none of this back to an earlier day, so it shows what is missing: see
`peyman.ledger.witnesses.heads`.

Writing is quick and not forced to the disk: a head that is lost with the power is an older
mark, never a false one.

Source: docs/record.md, section 9.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from peyman.ledger import canonical, strict
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.settings import Settings
from peyman.ledger.keeping.pen import Guard
from peyman.ledger.log.leaf import Leaf
from peyman.ledger.log.note import (
    Checkpoint,
    open_checkpoint,
    read_checkpoint,
    verifier_key,
)
from peyman.ledger.log.proof import Proof
from peyman.ledger.log.receipt import Receipt
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.strict import refuse
from peyman.ledger.witnesses.heads import Sighting, check_heads

HERE = "this-machine"
"""The name under which a machine keeps what it has seen itself."""

_HEADS, _RECEIPTS = "heads", "receipts"
_DECISIONS, _ERASED = "decisions.json", "erased.json"

_TICK_NS = 10_000_000
"""10 ms: few clocks of file systems tick more slowly."""

_written = count()

_Marks = tuple[str, int, int]
_found: WeakKeyDictionary[Log, _Marks] = WeakKeyDictionary()
"""Logs that were held against all that was seen, and the marks of its folders then."""


class Kept:
    """What a machine keeps of one log.

    Attributes:
        folder: Where.
    """

    def __init__(self, directory: Path, origin: str) -> None:
        self.folder = directory / origin.replace("/", "--").replace(":", "-port-")
        self._origin = origin
        self._marked = str(self.folder), str(self.folder / _HEADS)

    def check(self, log: Log) -> None:
        """Refuse to go on with a log that is not the one that was seen.

        A log only grows, so one that was not refused is not asked again until something
        else was seen: whoever enters many entries asks before each.

        Raises:
            PeymanError: As `check_heads`.
        """
        # Marked before it is read: what comes in between is asked about the next time.
        marks = self._marks()
        if _found.get(log) == marks:
            return
        check_heads(self._origin, log.tree, self.sightings(), self.forgiven())
        _found[log] = marks

    def despite(self, lost: Collection[Sighting]) -> Guard:
        """Give a guard that refuses as `check` does, but for the loss of these heads.

        Whoever goes on without them enters that decision before `give_up` keeps it: an
        entry that fails then leaves no decision of which the record says nothing.
        """
        given_up = {(one.head.size, one.head.root.hex()) for one in lost}

        def guard(log: Log) -> None:
            forgiven = given_up | {*self.forgiven()}
            check_heads(self._origin, log.tree, self.sightings(), forgiven)

        return guard

    def _marks(self) -> _Marks:
        """When the folders of decisions and of heads were last written to."""
        folder, heads = self._marked
        return folder, _changed_ns(folder), _changed_ns(heads)

    def sightings(self) -> tuple[Sighting, ...]:
        """Give the heads that were seen, by whom."""
        return tuple(self._sightings())

    def _sightings(self) -> Iterator[Sighting]:
        for path in sorted((self.folder / _HEADS).glob("*.checkpoint")):
            yield Sighting(path.stem, read_checkpoint(path.read_bytes())[0])

    def see(self, checkpoint: bytes, log_key: PublicKey, by: str = HERE) -> None:
        """Keep a head, if it is larger than the one that is kept.

        Args:
            checkpoint: The signed note.
            log_key: The key of the log.
            by: Who has seen it: an identifier.

        Raises:
            PeymanError: If the log did not sign it.
        """
        head = _opened(checkpoint, self._origin, log_key)
        path = self.folder / _HEADS / f"{strict.identifier(by, 'by')}.checkpoint"
        if self._size(path) < head.size:
            _write(path, checkpoint)

    def _size(self, path: Path) -> int:
        if not path.is_file():
            return 0
        return read_checkpoint(path.read_bytes())[0].size

    def keep_receipt(
        self, receipt: Receipt, envelope: bytes, settings: Settings
    ) -> Path:
        """Check a receipt, and keep it with its head.

        Raises:
            PeymanError: If it does not prove that the log took the envelope in.
        """
        origin, log_key = settings.origin, settings.log_key
        if not receipt.proves(envelope, origin, log_key):
            raise refuse(
                f"The receipt does not prove that {origin} took the entry in.",
                2,
                "Ask the keeper: an entry without a receipt may not be in the log.",
            )
        proof = proof_of(receipt, settings)
        path = self.folder / _RECEIPTS / f"e{receipt.index}.tlog-proof"
        _write(path, proof.encode())
        self.see(receipt.checkpoint, log_key)
        return path

    def see_erased(self, log: Log) -> None:
        """Keep what was erased, by commitment: a backup that is older still holds it."""
        found = {leaf.commitment for n in log.erased if (leaf := log.leaves[n])}
        if not found <= (known := self.erased()):
            made = canonical.encode(sorted(known | found))
            _write(self.folder / _ERASED, made)

    def erased(self) -> frozenset[str]:
        """Give the commitments of entries that were erased."""
        return frozenset(map(str, self._list(_ERASED)))

    def decisions(self) -> list[Mapping[str, Any]]:
        """Give what people decided: `{reason, size, given_up: [{by, size, root}]}`."""
        return self._list(_DECISIONS)

    def _list(self, name: str) -> list[Any]:
        path = self.folder / name
        value = canonical.parse(path.read_bytes(), name) if path.is_file() else []
        return value if isinstance(value, list) else []

    def forgiven(self) -> Collection[tuple[int, str]]:
        """Give the heads that a person has given up, by size and root."""
        return {
            (head["size"], head["root"])
            for decision in self.decisions()
            for head in decision["given_up"]
        }

    def give_up(self, size: int, lost: Collection[Sighting], reason: str) -> None:
        """Keep a person's decision to go on without what is lost.

        The heads stay where they are: they prove what was there.
        """
        heads = [
            {"by": by, "root": head.root.hex(), "size": head.size} for by, head in lost
        ]
        decided = {"given_up": heads, "reason": reason, "size": size}
        made = canonical.encode([*self.decisions(), decided])
        _write(self.folder / _DECISIONS, made)
        for by, head in lost:
            path = self.folder / _HEADS / f"{by}.checkpoint"
            path.rename(path.with_suffix(f".given-up-{head.size}"))


def proof_of(
    receipt: Receipt,
    settings: Settings,
    envelope: bytes | None = None,
    public: PublicKey | None = None,
) -> Proof:
    """Write a receipt as a proof that others can check."""
    return Proof(
        receipt.index,
        receipt.proof,
        receipt.checkpoint,
        Leaf(receipt.commitment, receipt.entered),
        verifier_key(settings.origin, settings.log_key),
        envelope,
        public,
    )


def _opened(data: bytes, origin: str, log_key: PublicKey) -> Checkpoint:
    head = open_checkpoint(data, {origin: log_key})
    if head.origin != origin:
        raise refuse(f"The head is one of {head.origin}, not of {origin}.", 2)
    return head


def _changed_ns(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns
    except FileNotFoundError:
        return 0


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(data)
    # A file system's clock may stand still between two heads: each gets an hour of its own.
    at = draft.stat().st_mtime_ns + (os.getpid() * 1009 + next(_written)) % _TICK_NS
    draft.replace(path)
    os.utime(path.parent, ns=(at, at))
