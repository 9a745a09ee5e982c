"""The answer to a writer: proof that the log took an entry in.

Source: docs/record.md, section 2.
"""

from dataclasses import dataclass

from peyman.errors import PeymanError
from peyman.ledger.entries.envelope import commitment
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.note import open_checkpoint
from peyman.ledger.log.tree import hash_leaf, proves_inclusion
from peyman.ledger.signing.keys import PublicKey


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an entry stands.

    Attributes:
        index: Its place, from 0.
        commitment: The entry's identity, in hex.
        entered: When the log took it in, UTC.
        proof: That its leaf is in the tree of `index + 1` leaves.
        checkpoint: The signed head of that tree.
    """

    index: int
    commitment: str
    entered: str
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def proves(self, envelope: bytes, origin: str, log_key: PublicKey) -> bool:
        """Whether this log, by this key, took this envelope in.

        A receipt may come from anybody: whatever is malformed proves nothing.
        """
        try:
            head = open_checkpoint(self.checkpoint, {origin: log_key})
            leaf = encode_leaf(Leaf(commitment(envelope), self.entered))
            return self.commitment == commitment(envelope) and proves_inclusion(
                self.proof, self.index, head.size, hash_leaf(leaf), head.root
            )
        except (PeymanError, AttributeError, TypeError, ValueError):
            return False
