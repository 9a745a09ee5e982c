"""What a reader of a report must know that is no fault.

Source: docs/record.md, section 8.
"""

from collections.abc import Iterable, Iterator

from peyman.ledger.entries.rules import Log
from peyman.ledger.verifying.policy import Trust
from peyman.ledger.verifying.trusting import notes_on_witnesses
from peyman.ledger.witnesses.cosignature import Judged


def notes_on(
    gone: Iterable[int], log: Log, trust: Trust | None, judged: Judged
) -> Iterator[str]:
    """Say what a file, genuine or not, cannot prove, of which these entries are not here."""
    missing = any(index not in log.erased for index in gone)
    if trust is None:
        yield (
            f"It is judged in itself, by log key {log.settings.log_key.fingerprint}:"
            " compare that key with one that you have from elsewhere."
        )
    yield from notes_on_witnesses(log.size, judged)
    if log.settings.is_reconstructed:
        yield (
            "The case is reconstructed: its keys derive from a published seed and prove"
            " nothing about who, and its hours were put together afterwards."
        )
    if log.settings.is_reconstructed and missing:
        yield (
            "What is withheld from a reconstructed case is not hidden: whoever knows the"
            " seed can try what it says."
        )
    if missing:
        yield (
            "Entries are withheld: nothing follows from what is not here, and no one can"
            " see whether a key, an erasure or a charter was changed by one of them."
        )
    if log.hides:
        yield "Leaves are hidden: citations of what is not shown could not be looked up."
