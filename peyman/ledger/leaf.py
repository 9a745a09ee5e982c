"""The leaf: what the log commits to for one entry.

It says that something was entered, and when, and nothing of what: the envelope stands
beside the log and is handed out by visibility.

Source: docs/record.md, section 2.
"""

from dataclasses import dataclass
from functools import lru_cache

from peyman.ledger import canonical, strict
from peyman.ledger.strict import refuse


@dataclass(frozen=True, slots=True)
class Leaf:
    """The commitment to an envelope, and when the log took it in (UTC, `…Z`)."""

    commitment: str
    entered: str


def encode_leaf(leaf: Leaf) -> bytes:
    """Write a leaf.

    >>> encode_leaf(Leaf("00" * 32, "2022-01-05T20:00:00Z"))[:16]
    b'{"commitment":"0'
    """
    strict.digest(leaf.commitment, "commitment")
    strict.entered(leaf.entered, "entered")
    return canonical.encode(
        {"commitment": leaf.commitment, "entered": leaf.entered, "v": 1}
    )


@lru_cache(maxsize=4096)
def read_leaf(data: bytes) -> Leaf:
    """Read a leaf. The same bytes are read once: whoever verifies a case also loads it.

    Raises:
        PeymanError: If it is not a leaf of this version of the format.
    """
    value = strict.table(
        canonical.parse(data, "The leaf"), "The leaf", ("commitment", "entered", "v")
    )
    if value["v"] != 1 or isinstance(value["v"], bool):
        raise refuse(
            f"The leaf is of version {strict.show(value['v'])} of the format.", 2
        )
    return Leaf(
        strict.digest(value["commitment"], "commitment"),
        strict.entered(value["entered"], "entered"),
    )
