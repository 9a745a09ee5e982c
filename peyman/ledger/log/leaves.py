"""Read the log of a case file: its leaves and hashes, from exactly the tiles of its size.

Leaves stand in the bundles, their hashes in the tiles of level 0, and the root in the
checkpoint. Whichever of the two makes the root is right, so a fault is shown where it is.

Source: docs/record.md, sections 2 and 6.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from peyman.errors import PeymanError
from peyman.ledger.later import under
from peyman.ledger.log.leaf import Leaf, LeafRow, read_leaf, read_plain_leaves
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

    leaves: LeafRow
    tree: Tree
    hides: bool
    broken: frozenset[int]


def can_be_read(
    files: Mapping[str, bytes], head: Checkpoint, faults: list[Fault]
) -> bool:
    """Whether the hashes are as many as its size: nothing is done for a size alone."""
    held = {path: len(files[path]) for path in under(files, "tile/0/")}
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
    """Read the log, and add to `faults` whatever is wrong with its tiles.

    A tile at a time: of a long log little more is held than its hashes.
    """
    tiles = {tile.path: tile for tile in tiles_of(head.size)}
    _compare_paths(under(files, "tile/"), tiles, faults)
    stored = _read_stored(files, tiles.values(), head.size, faults)
    read = _read_bundles(files, head.size, stored, faults)
    tree = _choose(read, stored, head, faults)
    _compare_tiles(files, tiles.values(), tree, faults)
    strange = _strange(read, tree)
    faults += [
        _fault(_bundle(n, head.size), n, "The root commits to another leaf.")
        for n in strange
    ]
    faults += [fault for n, fault in read.unread.items() if n not in strange]
    broken = frozenset(strange | read.unread.keys() | read.missing)
    leaves = _without(read.leaves, strange) if strange else read.leaves
    return Leaves(leaves, tree, bool(read.hidden), broken)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the bundles give.

    Attributes:
        leaves: Each leaf that can be read.
        hashes: Of each leaf, by its bytes; where they are not here, as the tiles have it.
        hidden: The indexes of leaves that a public file hides.
        missing: Those that are in no bundle that could be read.
        unread: What is wrong with each leaf whose bytes are none.
    """

    leaves: LeafRow
    hashes: list[bytes]
    hidden: set[int]
    missing: set[int]
    unread: dict[int, Fault]


def _read_bundles(
    files: Mapping[str, bytes],
    size: int,
    stored: Sequence[bytes | None],
    faults: list[Fault],
) -> _Read:
    read = _Read(LeafRow(), [], set(), set(), {})
    for tile in tiles_of_level(ENTRIES, size):
        plain = read_plain_leaves(files.get(tile.path, b""))
        if plain and len(plain[1]) == tile.width:
            commitments, entered, leaves = plain
            read.leaves.extend(commitments, entered)
            _add_hashes(read, leaves, stored)
            continue
        raw: Sequence[bytes | None] = [None] * tile.width
        if tile.path in files:
            try:
                raw = read_bundle(tile, files[tile.path])
            except PeymanError as error:
                faults.append(Fault(tile.path, None, error.problem, error.authority))
        path = tile.path
        for index, data in enumerate(raw, tile.first):
            read.leaves.append(_leaf(read, index, data, path))
        _add_hashes(read, raw, stored)
    return read


def _add_hashes(
    read: _Read, raw: Sequence[bytes | None], stored: Sequence[bytes | None]
) -> None:
    """Add the hashes of the next leaves."""
    start = len(read.hashes)
    for data, held in zip(raw, stored[start : start + len(raw)], strict=True):
        found = hash_leaf(data) if data else held or _UNKNOWN
        # Nearly always the two are equal: then one of them is enough.
        read.hashes.append(held if held == found else found)


def _leaf(read: _Read, index: int, data: bytes | None, path: str) -> Leaf | None:
    if data:
        try:
            return read_leaf(data)
        except PeymanError as error:
            read.unread[index] = Fault(path, index, error.problem, error.authority)
    else:
        (read.missing if data is None else read.hidden).add(index)
    return None


def _strange(read: _Read, tree: Tree) -> set[int]:
    """The leaves that are not those to which the tree commits."""
    right = tree.levels[0]
    if right is read.hashes or right == read.hashes:
        return set()
    return {n for n, found in enumerate(read.hashes) if found != right[n]}


def _without(leaves: LeafRow, gone: Collection[int]) -> LeafRow:
    left = LeafRow()
    for index, leaf in enumerate(leaves):
        left.append(None if index in gone else leaf)
    return left


def _fault(path: str, index: int | None, problem: str, section: int = 2) -> Fault:
    return Fault(path, index, problem, authority(section))


def _compare_paths(
    files: Iterable[str], tiles: Mapping[str, Tile], faults: list[Fault]
) -> None:
    here = {*files}
    problems = dict.fromkeys(tiles.keys() - here, "This tile is missing.")
    for path in here - tiles.keys():
        problems[path] = "This is no tile of the log's size."
    faults += [_fault(path, None, text, 6) for path, text in problems.items()]


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
    read: _Read, stored: Sequence[bytes | None], head: Checkpoint, faults: list[Fault]
) -> Tree:
    """Give the tree that makes the root: of the leaves, else of the stored hashes."""
    by_leaf = Tree(read.hashes)
    if by_leaf.root() == head.root:
        return by_leaf
    by_tile = Tree(one or _UNKNOWN for one in stored)
    if by_tile.root() == head.root:
        return by_tile
    faults.append(_fault("checkpoint", None, "The leaves do not make its root."))
    # A hidden leaf has its hash from the tile alone, so the tile is suspect too.
    for number in sorted({index // WIDTH for index in read.hidden}):
        tile = Tile(0, number, min(WIDTH, head.size - number * WIDTH))
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


def _bundle(index: int, size: int) -> str:
    """Say where the leaf of an entry stands in a log of a size."""
    number = index // WIDTH
    return Tile(ENTRIES, number, min(WIDTH, size - number * WIDTH)).path
