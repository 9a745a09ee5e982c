"""The leaf: what the log commits to for one entry.

It says that something was entered, and when, and nothing of what: the envelope stands
beside the log and is handed out by visibility.

Source: docs/record.md, section 2.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from peyman.ledger import canonical, strict
from peyman.ledger.strict import refuse

_FORM = b'{"commitment":"%b","entered":"%b","v":1}'
_READ = re.compile(
    rb'\{"commitment":"([0-9a-f]{64})","entered":"([0-9TZ:-]{20})","v":1\}'
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """The commitment to an envelope, and when the log took it in (UTC, `…Z`)."""

    commitment: str
    entered: str


@lru_cache(maxsize=256)
def _entered(value: str) -> str:
    """Read an instant: many leaves of a log have the same, or are read a second time."""
    return strict.entered(value, "entered")


def encode_leaf(leaf: Leaf) -> bytes:
    """Write a leaf.

    >>> encode_leaf(Leaf("00" * 32, "2022-01-05T20:00:00Z"))[:16]
    b'{"commitment":"0'
    """
    strict.digest(leaf.commitment, "commitment")
    _entered(leaf.entered)
    # Neither holds a character that JSON would escape: this is canonical as it stands.
    return _FORM % (leaf.commitment.encode(), leaf.entered.encode())


def read_leaf(data: bytes) -> Leaf:
    """Read a leaf.

    Raises:
        PeymanError: If it is not a leaf of this version of the format.
    """
    if found := _READ.fullmatch(data):
        commitment, entered = found[1].decode(), found[2].decode()
        return Leaf(commitment, _entered(entered))
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
