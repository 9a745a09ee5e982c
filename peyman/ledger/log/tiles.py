"""The log's tree as files: exactly the tiles of a size, their paths and their bytes.

A hash tile holds up to 256 hashes of one level; an entry bundle up to 256 leaves, each
after its length in two bytes. A public file may hide a leaf: its length is then 0, which
no leaf has, and its hash stands in the tile of level 0 as ever.

Source: C2SP tlog-tiles (height 8); docs/record.md, sections 2 and 6.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from peyman.ledger.log.tree import Tree
from peyman.ledger.strict import refuse

WIDTH = 256
"""Hashes in a full tile, leaves in a full bundle."""

ENTRIES = "entries"
HASH = 32


class Tile(NamedTuple):
    """One tile: its level (`entries` or a number), its place, how many it holds."""

    level: int | str
    number: int
    width: int

    @property
    def path(self) -> str:
        """Its path in the case file.

        >>> Tile(0, 1234067, 256).path
        'tile/0/x001/x234/067'
        >>> Tile("entries", 0, 7).path
        'tile/entries/000.p/7'
        """
        groups = [f"{self.number % 1000:03d}"]
        rest = self.number // 1000
        while rest:
            groups.append(f"x{rest % 1000:03d}")
            rest //= 1000
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{self.level}/{'/'.join(reversed(groups))}{partial}"

    @property
    def first(self) -> int:
        """The place, in its level, of the first that it holds."""
        return self.number * WIDTH


def tiles_of(size: int) -> Iterator[Tile]:
    """Give the tiles of a log of this size, and no others: bundles, then level by level.

    >>> [tile.path for tile in tiles_of(257)][-1]
    'tile/1/000.p/1'
    """
    yield from tiles_of_level(ENTRIES, size)
    level = 0
    while size:
        yield from tiles_of_level(level, size)
        level, size = level + 1, size // WIDTH


def tiles_of_level(level: int | str, count: int) -> Iterator[Tile]:
    """Give the tiles of one level that hold so many hashes, or leaves."""
    for number in range(count // WIDTH):
        yield Tile(level, number, WIDTH)
    if count % WIDTH:
        yield Tile(level, count // WIDTH, count % WIDTH)


def tile_bytes(tile: Tile, tree: Tree, leaves: Sequence[bytes]) -> bytes:
    """Write one tile of a tree, whose leaves (empty where hidden) are these."""
    span = slice(tile.first, tile.first + tile.width)
    if isinstance(tile.level, int):
        return b"".join(tree.levels[8 * tile.level][span])
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves[span])


def read_bundle(tile: Tile, data: bytes) -> list[bytes]:
    """Read the leaves of an entry bundle; one that is hidden is empty.

    Raises:
        PeymanError: If it does not hold exactly as many as its path says.
    """
    found: list[bytes] = []
    at = 0
    while at + 2 <= len(data) and len(found) < tile.width:
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data):
            break
        found.append(data[at + 2 : end])
        at = end
    if len(found) != tile.width or at != len(data):
        raise refuse(f"{tile.path} does not hold {tile.width} leaves.", 2)
    return found


def read_hashes(tile: Tile, data: bytes) -> list[bytes]:
    """Read the hashes of a hash tile.

    Raises:
        PeymanError: If it does not hold exactly as many as its path says.
    """
    if len(data) != tile.width * HASH:
        raise refuse(f"{tile.path} does not hold {tile.width} hashes.", 2)
    return [data[at : at + HASH] for at in range(0, len(data), HASH)]
