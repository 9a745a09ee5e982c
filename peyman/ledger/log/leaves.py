"""Read the log of a case file: its leaves and hashes, from exactly the tiles of its size.

Leaves stand in the bundles, their hashes in the tiles of level 0, and the root in the
checkpoint. Whichever of the two makes the root is right, so a fault is shown where it is.

Source: docs/record.md, sections 2 and 6.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from peyman.errors import PeymanError
from peyman.ledger.log.leaf import Leaf, read_leaf
from peyman.ledger.log.note import Checkpoint
from peyman.ledger.log.tiles import (
    ENTRIES,
    HASH,
    WIDTH,
    Tile,
    read_bundle,
    read_hashes,
    tile_bytes,
    tiles_of,
    tiles_of_level,
)
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.strict import authority
from peyman.ledger.verifying.report import Fault

_UNKNOWN = bytes(HASH)
_MOST_MISSING = 20


@dataclass(frozen=True, slots=True)
class Leaves:
    """The log as the tiles give it.

    Attributes:
        leaves: Each leaf, None where it is hidden or cannot be read.
        tree: The tree over their hashes.
        hides: Whether a leaf is hidden, as in a public file.
        broken: The indexes of leaves that cannot be read: each is a fault already.
    """

    leaves: tuple[Leaf | None, ...]
    tree: Tree
    hides: bool
    broken: frozenset[int]


def can_be_read(
    files: Mapping[str, bytes], head: Checkpoint, faults: list[Fault]
) -> bool:
    """Whether the hashes are as many as its size: nothing is done for a size alone."""
    held = {path: len(files[path]) for path in files if path.startswith("tile/0/")}
    if head.size and sum(held.values()) == head.size * HASH:
        return True
    faults.append(_fault("checkpoint", None, "The tiles are not those of its size."))
    # A size that lies may ask for more tiles than there is room for: not all are named.
    asked = islice(tiles_of_level(0, head.size), len(held) + _MOST_MISSING)
    due = {tile.path: tile for tile in asked}
    _compare_paths(held, due, faults)
    faults += [
        _fault(path, None, f"{path} does not hold {due[path].width} hashes.")
        for path, length in held.items()
        if path in due and length != due[path].width * HASH
    ]
    return False


def read_leaves(
    files: Mapping[str, bytes], head: Checkpoint, faults: list[Fault]
) -> Leaves:
    """Read the log, and add to `faults` whatever is wrong with its tiles."""
    tiles = {tile.path: tile for tile in tiles_of(head.size)}
    _compare_paths(files, tiles, faults)
    raw = _read_raw(files, tiles.values(), head.size, faults)
    stored = _read_stored(files, tiles.values(), head.size, faults)
    hashes = [hash_leaf(one) if one else None for one in raw]
    tree = _choose(raw, hashes, stored, head, faults)
    _compare_tiles(files, tiles.values(), tree, faults)
    leaves = _decode(raw, hashes, tree, faults)
    broken = {n for n, leaf in enumerate(leaves) if leaf is None and raw[n] != b""}
    return Leaves(leaves, tree, b"" in raw, frozenset(broken))


def _fault(path: str, index: int | None, problem: str, section: int = 2) -> Fault:
    return Fault(path, index, problem, authority(section))


def _compare_paths(
    files: Iterable[str], tiles: Mapping[str, Tile], faults: list[Fault]
) -> None:
    here = {path for path in files if path.startswith("tile/")}
    problems = dict.fromkeys(tiles.keys() - here, "This tile is missing.")
    for path in here - tiles.keys():
        problems[path] = "This is no tile of the log's size."
    faults += [_fault(path, None, text, 6) for path, text in problems.items()]


def _read_raw(
    files: Mapping[str, bytes], tiles: Iterable[Tile], size: int, faults: list[Fault]
) -> list[bytes | None]:
    """Read the bytes of each leaf: empty where hidden, None where they cannot be read."""
    raw: list[bytes | None] = [None] * size
    for tile in tiles:
        if tile.level == ENTRIES and tile.path in files:
            try:
                found = read_bundle(tile, files[tile.path])
            except PeymanError as error:
                faults.append(Fault(tile.path, None, error.problem, error.authority))
            else:
                raw[tile.first : tile.first + tile.width] = found
    return raw


def _read_stored(
    files: Mapping[str, bytes], tiles: Iterable[Tile], size: int, faults: list[Fault]
) -> list[bytes | None]:
    stored: list[bytes | None] = [None] * size
    for tile in tiles:
        if tile.level == 0 and tile.path in files:
            try:
                found = read_hashes(tile, files[tile.path])
            except PeymanError as error:
                faults.append(Fault(tile.path, None, error.problem, error.authority))
            else:
                stored[tile.first : tile.first + tile.width] = found
    return stored


def _choose(
    raw: Sequence[bytes | None],
    hashes: Sequence[bytes | None],
    stored: Sequence[bytes | None],
    head: Checkpoint,
    faults: list[Fault],
) -> Tree:
    """Give the tree that makes the root: of the leaves, else of the stored hashes."""
    pairs = zip(hashes, stored, strict=True)
    by_leaf = Tree(one or held or _UNKNOWN for one, held in pairs)
    if by_leaf.root() == head.root:
        return by_leaf
    by_tile = Tree(one or _UNKNOWN for one in stored)
    if by_tile.root() == head.root:
        return by_tile
    faults.append(_fault("checkpoint", None, "The leaves do not make its root."))
    for first in range(0, head.size, WIDTH):
        # A hidden leaf has its hash from the tile alone, so the tile is suspect too.
        if b"" in raw[first : first + WIDTH]:
            tile = Tile(0, first // WIDTH, min(WIDTH, head.size - first))
            faults.append(_fault(tile.path, None, "Its hashes do not make the root."))
    return by_leaf


def _compare_tiles(
    files: Mapping[str, bytes], tiles: Iterable[Tile], tree: Tree, faults: list[Fault]
) -> None:
    for tile in tiles:
        data = files.get(tile.path)
        if data is None or tile.level == ENTRIES:
            continue
        right = tile_bytes(tile, tree, ())
        if data != right and len(data) == len(right):
            at = next(n for n, byte in enumerate(data) if byte != right[n]) // HASH
            index = tile.first + at if tile.level == 0 else None
            faults.append(_fault(tile.path, index, "A hash in this tile is false."))


def _decode(
    raw: Sequence[bytes | None],
    hashes: Sequence[bytes | None],
    tree: Tree,
    faults: list[Fault],
) -> tuple[Leaf | None, ...]:
    leaves: list[Leaf | None] = []
    for index, (data, found) in enumerate(zip(raw, hashes, strict=True)):
        leaf = None
        if data and found != tree.levels[0][index]:
            bundle = _bundle(index, len(raw))
            faults.append(_fault(bundle, index, "The root commits to another leaf."))
        elif data:
            try:
                leaf = read_leaf(data)
            except PeymanError as error:
                bundle = _bundle(index, len(raw))
                faults.append(Fault(bundle, index, error.problem, error.authority))
        leaves.append(leaf)
    return tuple(leaves)


def _bundle(index: int, size: int) -> str:
    """Say where the leaf of an entry stands in a log of a size."""
    number = index // WIDTH
    return Tile(ENTRIES, number, min(WIDTH, size - number * WIDTH)).path
