"""A case file in the database, with the meaning of `peyman.ledger.keeping.store.Store`.

It grows one entry at a time, each acknowledged by a receipt, each refused by the rules that
`verify` knows. Only where the bytes lie differs: in rows, changed in one transaction under
a lock on the case, which whoever appends holds (`peyman.web.records.record.at_the_door`). Tiles are
not kept: they follow from the leaves.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

from peyman.ledger.entries.entry import Seen
from peyman.ledger.entries.envelope import Envelope, open_envelope
from peyman.ledger.entries.readers import Readers
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.build import (
    erased_paths,
    refuse_faults,
    take_checked,
)
from peyman.ledger.files.casefile import CaseFile, envelope_path, make_case_file
from peyman.ledger.keeping.pen import Guard, Pen
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.receipt import Receipt
from peyman.ledger.log.tiles import tile_bytes, tiles_of
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.signing.keys import Key
from peyman.ledger.strict import refuse
from peyman.ledger.verifying.verify import examine
from peyman.web.models import CaseRecord, FileRecord
from peyman.web.records import rows
from peyman.web.records.keys import kept_of
from peyman.web.records.sequencer import BINDING

BOUND = frozenset({"charters", "registers", "sources"})
"""Where those files are."""


class DbStore:
    """A case in the database; to append, get one from `at_the_door`.

    Attributes:
        guard: What was seen of the log: asked before a head of it is signed.
    """

    def __init__(self, record: CaseRecord, log: Log | None = None) -> None:
        self.record = record
        self.guard: Guard = kept_of(record.origin).check
        self._log = log

    @property
    def remembered(self) -> Log | None:
        """The log, if it was put together and has all that the rows have."""
        return self._log

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
        kept = list(record.entries.filter(index__lt=record.size).order_by("index"))
        leaves = [encode_leaf(Leaf(row.commitment, row.entered)) for row in kept]
        tree = Tree()
        for leaf in leaves:
            tree.append(hash_leaf(leaf))
        files = {one.path: bytes(one.data) for one in record.files.all()}
        files["checkpoint"] = bytes(record.checkpoint)
        files |= {t.path: tile_bytes(t, tree, leaves) for t in tiles_of(record.size)}
        files |= {
            envelope_path(row.index): bytes(row.envelope)
            for row in kept
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
        first = self.log.size
        for path in files or {}:
            if path.split("/")[0] not in BOUND:
                raise refuse(f"No entry brings the file {path}.", 6)
        [receipt] = self.append_all([envelope], entered, log_key)
        log = self.log
        is_new = receipt.index == first
        if is_new and (files or log.payloads[first].kind in BINDING):
            self._bind(log, files or {})
        if files:
            self._log = None
        return receipt

    def append_all(
        self,
        envelopes: Sequence[bytes],
        entered: str,
        log_key: Key,
        readers: Readers | None = None,
    ) -> list[Receipt]:
        """Enter envelopes that bring no files as one: all of them, or none.

        Receipts of what is new prove it in the one head that all of them make.

        Args:
            envelopes: What `seal` made.
            entered: Now, UTC, `…Z` in whole seconds.
            log_key: The key that `case.toml` names.
            readers: The processes that read them; else they are read here.

        Raises:
            PeymanError: If one is refused. The transaction around it must end with it.
        """
        log = self.log
        pen = Pen(log, log_key, self.guard)
        first = log.size
        places: list[int] = []
        taken: list[tuple[Leaf, bytes]] = []
        for data, envelope in _opened(envelopes, log, readers):
            place = log.places.get(envelope.commitment)
            places.append(log.size if place is None else place)
            if place is None:
                take_checked(log, envelope, entered)
                # The log has taken it and the rows have not: until both have, trust those.
                self._log = None
                taken.append((Leaf(envelope.commitment, entered), data))
        head = pen.head(log.size)
        if taken:
            self._keep(log, first, taken, head)
        self._log = log
        return [
            _receipt(log, index, log.size, head)
            if index >= first
            else _receipt(log, index, index + 1, pen.head(index + 1))
            for index in places
        ]

    def _keep(
        self, log: Log, first: int, taken: Sequence[tuple[Leaf, bytes]], head: bytes
    ) -> None:
        self.record.size = log.size
        self.record.root = log.tree.root().hex()
        self.record.checkpoint = head
        rows.enter(self.record, first, taken)

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


def _opened(
    envelopes: Sequence[bytes], log: Log, readers: Readers | None
) -> Iterator[tuple[bytes, Envelope]]:
    """Read envelopes in their order, each as it is asked for or by processes ahead of it."""
    early = readers.read(envelopes, log.keyring.known) if readers else repeat(None)
    for data, envelope in zip(envelopes, early, strict=False):
        yield data, envelope or open_envelope(data)


def _is_ended(path: str, log: Log, brought: Mapping[str, bytes]) -> bool:
    folder, _, rest = path.partition("/")
    if folder == "charters":
        return rest not in {one for paths in log.charters.values() for one in paths}
    if folder == "registers":
        return any(
            one.startswith(f"registers/{rest.split('/')[0]}/") for one in brought
        )
    return path in erased_paths(log)


def _receipt(log: Log, index: int, size: int, head: bytes) -> Receipt:
    leaf = log.leaves[index]
    if leaf is None:
        raise AssertionError("a store hides no leaf")
    proof = log.tree.inclusion(index, size)
    return Receipt(index, leaf.commitment, leaf.entered, proof, head)
