"""Try several entries before the first is entered: all of them, or none.

A folder takes one entry at a time. So that a refused one leaves nothing behind of those before it,
all are taken first by a log in memory, which asks what the folder's asks. It signs no head, so
nobody can be shown one that the log never had.
"""

from collections.abc import Mapping
from copy import deepcopy

from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Door, Entered
from peyman.cli.office.keeper import Keeper
from peyman.ledger.entries.entry import Seen
from peyman.ledger.entries.envelope import open_envelope
from peyman.ledger.files.build import take_checked
from peyman.ledger.files.casefile import CaseFile
from peyman.ledger.keeping.store import Store
from peyman.ledger.log.receipt import Receipt
from peyman.ledger.signing.keys import Key


class _InMemory:
    """A log as it would go on; what it answers proves nothing, and is kept nowhere."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.log = deepcopy(store.log)

    @property
    def seen(self) -> Seen:
        return Seen(self.log.size, self.log.tree.root().hex())

    def append(
        self,
        envelope: bytes,
        entered: str,
        log_key: Key,
        files: Mapping[str, bytes] | None = None,
    ) -> Receipt:
        index, opened = self.log.size, open_envelope(envelope)
        take_checked(self.log, opened, entered)
        return Receipt(index, opened.commitment, entered, (), b"")

    def case_file(self) -> CaseFile:
        return self.store.case_file()


class Rehearsal:
    """The door of a keeper's case, behind which nothing is kept."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.door = Door(keeper.store)
        self.door.store = _InMemory(keeper.store)

    def enter(self, draft: Draft) -> Entered:
        """Answer what the keeper would, and forget it.

        Raises:
            PeymanError: If the entry would be refused.
        """
        hand, nonce = self.keeper.hand(self.door.case.size)
        return self.door.enter(draft, hand, nonce, self.keeper.clock)
