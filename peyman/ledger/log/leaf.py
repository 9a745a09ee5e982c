"""The leaf: what the log commits to for one entry.

It says that something was entered, and when, and nothing of what: the envelope stands
beside the log and is handed out by visibility.

Source: docs/record.md, section 2.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any, NamedTuple, TypeVar, overload

from peyman.errors import PeymanError
from peyman.ledger import canonical, strict
from peyman.ledger.digests import SIZE, Digests
from peyman.ledger.strict import refuse

Default = TypeVar("Default")

_FORM = b'{"commitment":"%b","entered":"%b","v":1}'
_READ = re.compile(
    rb'\{"commitment":"([0-9a-f]{64})","entered":"([0-9TZ:-]{20})","v":1\}'
)
_LENGTH = len(_FORM % (bytes(64), bytes(20)))
_BUNDLED = re.compile(re.escape(_LENGTH.to_bytes(2, "big")) + _READ.pattern)
"""A leaf of that form after its length; such leaves are all of one length."""


class Leaf(NamedTuple):
    """The commitment to an envelope, and when the log took it in (UTC, `…Z`)."""

    commitment: str
    entered: str


@lru_cache(maxsize=256)
def _entered(value: str) -> str:
    """Read an instant: many leaves of a log have the same, or are read a second time."""
    return strict.entered(value, "entered")


_entered_in = lru_cache(maxsize=256)(lambda data: _entered(data.decode()))


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


def read_plain_leaves(bundle: bytes) -> tuple[bytes, list[str], list[bytes]] | None:
    """Read all leaves of a bundle at once, if they are of the form that nearly all have.

    Returns:
        Their commitments, 32 bytes each, their hours, and the bytes of each; None where a
        leaf is in another form, is hidden or is none: then each is to be read alone.
    """
    found = _BUNDLED.findall(bundle)
    # All are of one length: so many fill the bundle, and nothing stands between them.
    if len(found) * (2 + _LENGTH) != len(bundle):
        return None
    try:
        hours = [_entered_in(entered) for _, entered in found]
    except PeymanError:
        return None
    commitments = bytes.fromhex(b"".join([one for one, _ in found]).decode())
    starts = range(2, len(bundle), 2 + _LENGTH)
    return commitments, hours, [bundle[at : at + _LENGTH] for at in starts]


class LeafRow(Sequence[Leaf | None]):
    """Leaves in their order, None where one is not known: of very many in little room.

    Args:
        room: How many are to come, where that is known.
    """

    def __init__(self, room: int = 0) -> None:
        self._commitments = Digests(room)
        self._entered: list[str | None] = []

    def __len__(self) -> int:
        return len(self._entered)

    @overload
    def __getitem__(self, index: int) -> Leaf | None: ...
    @overload
    def __getitem__(self, index: slice) -> list[Leaf | None]: ...
    def __getitem__(self, index: int | slice) -> Leaf | list[Leaf | None] | None:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        entered = self._entered[index]
        if entered is None:
            return None
        return Leaf(self._commitments[index % len(self)].hex(), entered)

    def append(self, leaf: Leaf | None) -> None:
        """Add the next one."""
        if leaf is None:
            self._commitments.append(None)
            self._entered.append(None)
            return
        self._commitments.append(bytes.fromhex(leaf.commitment))
        # Many that follow one another are of one second: they share its text.
        before = self._entered[-1] if self._entered else None
        self._entered.append(before if before == leaf.entered else leaf.entered)

    def extend(self, commitments: bytes, entered: Sequence[str]) -> None:
        """Add many that are known: the bytes of their commitments, and their hours."""
        self._commitments.append_packed(commitments)
        self._entered += entered

    def entered(self, start: int) -> Iterator[str | None]:
        """Give the hours of the leaves from a place on, None where one is not known."""
        return islice(self._entered, start, None)

    def follow(self, start: int, commitments: bytes, after: str) -> bool:
        """Whether the leaves from a place on are of these commitments, each of which is new.

        Args:
            start: The place of the first.
            commitments: Their bytes, one after the other.
            after: None was entered before this hour, or before the leaf ahead of it.
        """
        end = start + len(commitments) // SIZE
        if self._commitments.packed(start, end) != commitments:
            return False
        hours = [one for one in self._entered[start:end] if one is not None]
        return (
            len(hours) == end - start
            and all(before <= hour for before, hour in pairwise([after, *hours]))
            and self._commitments.repeats.isdisjoint(range(start, end))
        )

    def place_of(self, commitment: str) -> int | None:
        """Give the place of the first leaf of a commitment."""
        try:
            digest = bytes.fromhex(commitment)
        except ValueError:
            return None
        place = self._commitments.find(digest)
        # What is not written as the format writes a digest is nowhere.
        is_written_so = place is None or digest.hex() == commitment
        return place if is_written_so else None


class Places(Mapping[str, int]):
    """Where the first leaf of each commitment stands, in a row of leaves.

    Attributes:
        size: How many leaves of the row are asked; those behind are to come.
    """

    def __init__(self, row: LeafRow) -> None:
        self.size = 0
        self._row = row

    def __getitem__(self, commitment: str) -> int:
        place = self.get(commitment)
        if place is None:
            raise KeyError(commitment)
        return place

    def __contains__(self, commitment: object) -> bool:
        return isinstance(commitment, str) and self.get(commitment) is not None

    @overload
    def get(self, commitment: str) -> int | None: ...
    @overload
    def get(self, commitment: str, default: Default) -> int | Default: ...
    def get(self, commitment: str, default: Any = None) -> Any:
        """Give the place, or what is given for one that stands nowhere."""
        place = self._row.place_of(commitment)
        return default if place is None or place >= self.size else place

    def __iter__(self) -> Iterator[str]:
        row = self._row[: self.size]
        return iter(dict.fromkeys(leaf.commitment for leaf in row if leaf))

    def __len__(self) -> int:
        return sum(1 for _ in self)
