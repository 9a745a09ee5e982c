"""A case file in the database, with the meaning of `peyman.ledger.store.Store`.

It grows one entry at a time, each acknowledged by a receipt, each refused by the rules that
`verify` knows. Only where the bytes lie differs: in rows, changed in one transaction under
a lock on the case, which whoever appends holds (`peyman.web.record.at_the_door`). Tiles are
not kept: they follow from the leaves.
"""

from collections.abc import Mapping

from peyman.ledger.build import (
    check_log_key,
    erased_paths,
    refuse_faults,
    take_checked,
)
from peyman.ledger.casefile import CaseFile, envelope_path, make_case_file
from peyman.ledger.entry import Seen
from peyman.ledger.envelope import commitment
from peyman.ledger.keys import Key
from peyman.ledger.leaf import Leaf, encode_leaf
from peyman.ledger.note import Checkpoint, sign_checkpoint
from peyman.ledger.receipt import Receipt
from peyman.ledger.rules import Log
from peyman.ledger.strict import refuse
from peyman.ledger.tiles import tile_bytes, tiles_of
from peyman.ledger.tree import Tree, hash_leaf
from peyman.ledger.verify import examine
from peyman.web.models import CaseRecord, EntryRecord, FileRecord

_BINDING = frozenset({"source", "adopt", "erase"})
"""Kinds with which other files come or go."""

BOUND = frozenset({"charters", "registers", "sources"})
"""Where those files are."""


class DbStore:
    """A case in the database; to append, get one from `at_the_door`."""

    def __init__(self, record: CaseRecord) -> None:
        self.record = record
        self._log: Log | None = None

    @property
    def log(self) -> Log:
        """What later entries depend on. Not to be changed."""
        if self._log is None:
            # Every envelope here passed `take_checked`, or `examine` as it came in.
            found = examine(self.case_file(), signatures=False)
            faults = tuple(found.report.all_faults())
            if found.log is None or faults:
                raise AssertionError(f"{self.record.origin} is not genuine: {faults}")
            self._log = found.log
        return self._log

    @property
    def seen(self) -> Seen:
        """The present head, for the next entry's `seen`."""
        root = Tree().root().hex()
        return Seen(self.record.size, self.record.root or root)

    def case_file(self) -> CaseFile:
        """The case file as of the head that the record has, bit for bit."""
        record = self.record
        rows = list(record.entries.filter(index__lt=record.size).order_by("index"))
        leaves = [encode_leaf(Leaf(row.commitment, row.entered)) for row in rows]
        tree = Tree()
        for leaf in leaves:
            tree.append(hash_leaf(leaf))
        files = {one.path: bytes(one.data) for one in record.files.all()}
        files["checkpoint"] = bytes(record.checkpoint)
        files |= {t.path: tile_bytes(t, tree, leaves) for t in tiles_of(record.size)}
        files |= {
            envelope_path(row.index): bytes(row.envelope)
            for row in rows
            if row.envelope is not None
        }
        return make_case_file(record.slug, files)

    def append(
        self,
        envelope: bytes,
        entered: str,
        log_key: Key,
        files: Mapping[str, bytes] | None = None,
    ) -> Receipt:
        """Enter an envelope: when the transaction around it ends, the entry is durable.

        The same envelope again changes nothing and gets the same receipt.

        Args:
            envelope: What `seal` made.
            entered: Now, UTC, `…Z` in whole seconds.
            log_key: The key that `case.toml` names.
            files: What the entry binds, by their paths in the case.

        Raises:
            PeymanError: If the entry is refused: nothing is changed.
        """
        log = self.log
        check_log_key(log.settings, log_key)
        known = log.places.get(commitment(envelope))
        if known is not None:
            return _receipt(log, known, log_key)
        for path in files or {}:
            if path.split("/")[0] not in BOUND:
                raise refuse(f"No entry brings the file {path}.", 6)
        index = log.size
        take_checked(log, envelope, entered)
        # The log has taken it and the rows have not: until both have, trust the rows.
        self._log = None
        receipt = _receipt(log, index, log_key)
        EntryRecord.objects.create(
            case=self.record,
            index=index,
            commitment=receipt.commitment,
            entered=entered,
            envelope=envelope,
        )
        self._keep_head(log, receipt.checkpoint)
        if files or log.payloads[index].kind in _BINDING:
            self._bind(log, files or {})
        self._log = log if not files else None
        return receipt

    def _keep_head(self, log: Log, checkpoint: bytes) -> None:
        self.record.size = log.size
        self.record.root = log.tree.root().hex()
        self.record.checkpoint = checkpoint
        self.record.save(update_fields=("size", "root", "checkpoint"))

    def _bind(self, log: Log, brought: Mapping[str, bytes]) -> None:
        """Put what an entry brings, remove what it ends, and check the case as it is."""
        here = set(self.record.files.values_list("path", flat=True))
        gone = {path for path in here if _is_ended(path, log, brought)}
        self.record.files.filter(path__in=gone | brought.keys()).delete()
        FileRecord.objects.bulk_create(
            FileRecord(case=self.record, path=path, data=data)
            for path, data in brought.items()
        )
        self.record.entries.filter(index__in=log.erased).update(envelope=None)
        refuse_faults(self.case_file(), log)


def _is_ended(path: str, log: Log, brought: Mapping[str, bytes]) -> bool:
    folder, _, rest = path.partition("/")
    if folder == "charters":
        return rest not in {one for paths in log.charters.values() for one in paths}
    if folder == "registers":
        return any(
            one.startswith(f"registers/{rest.split('/')[0]}/") for one in brought
        )
    return path in erased_paths(log)


def _receipt(log: Log, index: int, log_key: Key) -> Receipt:
    leaf = log.leaves[index]
    if leaf is None:
        raise AssertionError("a store hides no leaf")
    head = Checkpoint(log.settings.origin, index + 1, log.tree.root(index + 1))
    return Receipt(
        index,
        leaf.commitment,
        leaf.entered,
        log.tree.inclusion(index, index + 1),
        sign_checkpoint(head, log_key),
    )
