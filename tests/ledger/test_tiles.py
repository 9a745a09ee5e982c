"""The tiles of a size: these files, these bytes, and no others."""

import pytest

from peyman.errors import PeymanError
from peyman.ledger.log.tiles import (
    ENTRIES,
    Tile,
    read_bundle,
    read_hashes,
    tile_bytes,
    tiles_of,
)
from peyman.ledger.log.tree import Tree, hash_leaf


@pytest.mark.parametrize(
    ("size", "paths"),
    [
        (0, []),
        (1, ["entries/000.p/1", "0/000.p/1"]),
        (255, ["entries/000.p/255", "0/000.p/255"]),
        (256, ["entries/000", "0/000", "1/000.p/1"]),
        (
            257,
            ["entries/000", "entries/001.p/1", "0/000", "0/001.p/1", "1/000.p/1"],
        ),
        (
            512,
            ["entries/000", "entries/001", "0/000", "0/001", "1/000.p/2"],
        ),
    ],
)
def test_the_tiles_of_a_size(size, paths):
    assert [tile.path for tile in tiles_of(size)] == [f"tile/{one}" for one in paths]


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537])
def test_a_third_level_begins_at_65536(size):
    top = [tile.path for tile in tiles_of(size) if tile.level == 2]
    assert top == ([] if size < 65_536 else ["tile/2/000.p/1"])


def test_a_bundle_reads_back_and_a_hidden_leaf_is_empty():
    leaves = [b"one", b"", b"three"]
    tile = Tile(ENTRIES, 0, 3)
    data = tile_bytes(tile, Tree(), leaves)
    assert data == b"\0\3one\0\0\0\5three"
    assert read_bundle(tile, data) == leaves


def test_a_tile_of_a_higher_level_holds_roots_of_full_tiles():
    tree = Tree(hash_leaf(b"%d" % number) for number in range(600))
    data = tile_bytes(Tile(1, 0, 2), tree, ())
    lower = Tree(read_hashes(Tile(0, 1, 256), tile_bytes(Tile(0, 1, 256), tree, ())))
    assert data[32:] == lower.root()


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\0\3one", b"\0\3one\0\0\0\5thre", b"\0\3one\0\0\0\5three\0"]
)
def test_a_bundle_that_is_cut_or_goes_on_is_refused(data):
    with pytest.raises(PeymanError) as caught:
        read_bundle(Tile(ENTRIES, 0, 3), data)
    assert caught.value.problem == "tile/entries/000.p/3 does not hold 3 leaves."


def test_a_hash_tile_that_is_cut_is_refused():
    with pytest.raises(PeymanError) as caught:
        read_hashes(Tile(0, 0, 2), bytes(63))
    assert caught.value.problem == "tile/0/000.p/2 does not hold 2 hashes."
