"""The folder store: a case file that grows, one entry at a time, and loses none.

An entry is acknowledged by its receipt, and only when it is durable. The folder is at all
times a case file, or one interrupted append away from it, which opening it ends or
undoes. What `verify` would find fault with is refused here, by the same rules.

One process appends at a time, under a lock on the folder itself. The store reads no
clock: `entered` is an argument, and one behind the last leaf is refused, never clamped.
"""

import fcntl
from collections.abc import Mapping
from pathlib import Path

from peyman.errors import PeymanError
from peyman.ledger.entries.entry import Seen
from peyman.ledger.entries.envelope import commitment, open_envelope
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.build import (
    erased_paths,
    log_files,
    refuse_faults,
    take_checked,
    write_log,
)
from peyman.ledger.files.casefile import (
    CaseFile,
    envelope_path,
    locked,
    make_case_file,
    read_folder,
)
from peyman.ledger.files.settings import Settings
from peyman.ledger.keeping.pen import Guard, Pen
from peyman.ledger.keeping.transaction import Disk, change, recover
from peyman.ledger.log.leaf import encode_leaf
from peyman.ledger.log.receipt import Receipt
from peyman.ledger.log.tiles import tiles_of
from peyman.ledger.signing.keys import Key
from peyman.ledger.strict import authority, refuse
from peyman.ledger.verifying.verify import examine

_BINDING = frozenset({"source", "adopt", "erase"})
"""Kinds with which other files come or go."""

_BOUND = frozenset({"charters", "registers", "sources"})
"""Where those files are."""


class Store:
    """A case in a folder, open for appending. Make one with `create` or `open`.

    Who enters into a live case brings the `guard`, which knows what was seen of it.
    """

    def __init__(
        self, directory: Path, disk: Disk | None = None, guard: Guard | None = None
    ) -> None:
        self.directory = directory
        self._disk = disk or Disk()
        self._guard = guard
        self._log: Log | None = None
        self._leaves: list[bytes] = []
        self._checkpoint = b""

    @classmethod
    def create(
        cls,
        directory: Path,
        files: Mapping[str, bytes],
        opening: bytes,
        entered: str,
        log_key: Key,
        guard: Guard | None = None,
    ) -> "Store":
        """Make a new case with its first entry.

        Args:
            directory: A folder that is not there yet.
            files: `case.toml`, `charters/…`, `registers/ID/…`.
            opening: The envelope of the `open` entry.
            entered: When, UTC, `…Z` in whole seconds.
            log_key: The key that `case.toml` names.
            guard: What was seen of a log of this name; None for a reconstructed one.

        Raises:
            PeymanError: If something is there already, or does not fit the format.
        """
        write_log(directory, files, [(opening, entered)], log_key, guard)
        return cls.open(directory, guard=guard)

    @classmethod
    def open(
        cls, directory: Path, disk: Disk | None = None, guard: Guard | None = None
    ) -> "Store":
        """Open a case, after ending or undoing what was interrupted.

        Raises:
            PeymanError: If it is not genuine, or is a copy that withholds entries.
        """
        if not directory.is_dir():
            raise refuse(f"There is no case at {directory}.", 6, "Give its folder.")
        store = cls(directory, disk, guard)
        with locked(directory, fcntl.LOCK_EX):
            store._refresh()
        return store

    @property
    def log(self) -> Log:
        """What later entries depend on, when this store last looked. Not to be changed.

        What another process entered since is seen by the next `append`, which looks
        again under the lock; an entry that has seen an older head is sound.
        """
        if self._log is None:
            with locked(self.directory, fcntl.LOCK_EX):
                return self._refresh()
        return self._log

    @property
    def settings(self) -> Settings:
        """What `case.toml` says."""
        return self.log.settings

    @property
    def seen(self) -> Seen:
        """The present head, for the next entry's `seen`."""
        return Seen(self.log.size, self.log.tree.root().hex())

    @property
    def entered(self) -> str:
        """When the last entry was entered."""
        return self.log.entered

    def append(
        self,
        envelope: bytes,
        entered: str,
        log_key: Key,
        files: Mapping[str, bytes] | None = None,
    ) -> Receipt:
        """Enter an envelope. When this returns, the entry is durable.

        The same envelope again changes nothing and gets the same receipt.

        Args:
            envelope: What `seal` made.
            entered: Now, UTC, `…Z` in whole seconds.
            log_key: The key that `case.toml` names.
            files: What the entry binds, whole: the bytes of a source, the files of the
                charters and registers that it adopts, by their paths in the case.

        Raises:
            PeymanError: If the entry is refused: nothing is changed. Or if the disk
                fails: the entry is not acknowledged, and entering it again is safe.
        """
        with locked(self.directory, fcntl.LOCK_EX):
            log = self._refresh()
            pen = Pen(log, log_key, self._guard)
            known = log.places.get(commitment(envelope))
            if known is not None:
                return self._receipt(log, known, pen.head(known + 1))
            return self._append(log, envelope, entered, pen, files or {})

    def _append(
        self,
        log: Log,
        envelope: bytes,
        entered: str,
        pen: Pen,
        files: Mapping[str, bytes],
    ) -> Receipt:
        for path in files:
            if path.split("/")[0] not in _BOUND:
                raise refuse(f"No entry brings the file {path}.", 6)
        index = log.size
        leaf = take_checked(log, open_envelope(envelope), entered)
        # The log has taken it and the disk has not: until both have, trust the disk.
        self._log = None
        leaves = [*self._leaves, leaf]
        before = {tile.path for tile in tiles_of(index)}
        made = log_files(log, leaves, pen)
        put = {path: data for path, data in made.items() if path not in before}
        put |= {**files, envelope_path(index): envelope}
        removed = sorted(before - made.keys())
        if files or log.payloads[index].kind in _BINDING:
            removed += self._check_bound(log, put, files)
        try:
            change(self._disk, self.directory, put, removed)
        except OSError as error:
            raise _disk_failed(error) from error
        self._leaves, self._checkpoint = leaves, made["checkpoint"]
        if not files:
            self._log = log
        return self._receipt(log, index, made["checkpoint"])

    def _check_bound(
        self, log: Log, put: Mapping[str, bytes], files: Mapping[str, bytes]
    ) -> list[str]:
        """Check the case as it will be, and say which files go."""
        here = read_folder(self.directory, self.directory.name).files
        gone = [path for path in erased_paths(log) if path in here]
        renewed = {"/".join(one.split("/")[:2]) for one in files if "/" in one}
        for path in here:
            is_old_register = (
                path.startswith("registers/")
                and "/".join(path.split("/")[:2]) in renewed
                and path not in files
            )
            if is_old_register:
                gone.append(path)
        kept = {path: data for path, data in here.items() if path not in gone}
        refuse_faults(make_case_file(self.directory.name, {**kept, **put}), log)
        return gone

    def _refresh(self) -> Log:
        """Read the folder again where another process, or a fault, has changed it."""
        try:
            recover(self._disk, self.directory)
        except OSError as error:
            raise _disk_failed(error) from error
        path = self.directory / "checkpoint"
        current = path.read_bytes() if path.is_file() else b""
        if self._log is not None and current == self._checkpoint:
            return self._log
        casefile = read_folder(self.directory, self.directory.name)
        found = examine(casefile)
        for fault in found.report.all_faults():
            raise PeymanError(
                f"{self.directory.name} is not genuine. {fault.path}: {fault.problem}",
                authority=fault.authority,
                remedy="Verify it, and restore it from a sound copy.",
            )
        if found.log is None or found.report.withheld:
            raise refuse(
                f"{self.directory.name} is a copy that withholds entries.",
                6,
                "Enter into the keeper's own case.",
            )
        self._log, self._checkpoint = found.log, current
        self._leaves = [encode_leaf(leaf) for leaf in found.log.leaves if leaf]
        return found.log

    def _receipt(self, log: Log, index: int, checkpoint: bytes) -> Receipt:
        leaf = log.leaves[index]
        if leaf is None:
            raise AssertionError("a store hides no leaf")
        proof = log.tree.inclusion(index, index + 1)
        return Receipt(index, leaf.commitment, leaf.entered, proof, checkpoint)

    def case_file(self) -> CaseFile:
        """Read the case as it is now."""
        with locked(self.directory, fcntl.LOCK_SH):
            return read_folder(self.directory, self.directory.name)


def _disk_failed(error: OSError) -> PeymanError:
    return PeymanError(
        f"The disk failed ({error.strerror}): the entry is not acknowledged.",
        authority=authority(2),
        remedy="Make room, then enter the same again: it never enters twice.",
    )
