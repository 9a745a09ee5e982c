"""Fetch the tree of a log, so that a witness can look at it by itself.

Our extension to tlog-witness. What is fetched is the read side of a tlog-tiles log, or
the same files in a folder: the checkpoint, and the hash tiles of level 0, which say nothing
of what the entries say. How bytes are fetched is the caller's.

Source: C2SP tlog-tiles; docs/record.md, section 2.
"""

from collections.abc import Callable

from peyman.errors import PeymanError
from peyman.ledger.log.note import Checkpoint, read_checkpoint
from peyman.ledger.log.tiles import read_hashes, tiles_of_level
from peyman.ledger.log.tree import Tree
from peyman.ledger.strict import authority, refuse

Fetch = Callable[[str], bytes]
"""Give the bytes at a path of the log."""

LARGEST_LOG = 2**24
"""Entries of a log that is followed: half a gigabyte of hashes."""


def fetch_head(fetch: Fetch) -> tuple[bytes, Checkpoint]:
    """Fetch the checkpoint; whose signature it has is not asked here.

    Raises:
        PeymanError: If it is none, or of a log beyond `LARGEST_LOG`.
    """
    note = fetch("checkpoint")
    head, _ = read_checkpoint(note)
    if head.size > LARGEST_LOG:
        raise refuse(f"{head.origin} has over {LARGEST_LOG} entries.", 2)
    return note, head


def fetch_tree(fetch: Fetch, head: Checkpoint) -> Tree:
    """Fetch the hashes of a log, and put its tree together.

    Raises:
        PeymanError: If they do not make the root of the head.
    """
    tree = Tree()
    for tile in tiles_of_level(0, head.size):
        for one in read_hashes(tile, fetch(tile.path)):
            tree.append(one)
    if tree.root() != head.root:
        raise PeymanError(
            f"The tiles of {head.origin} do not make the root of its head.",
            authority=authority(2),
            remedy="Try again: it may have grown. If it stays so, tell the keeper.",
        )
    return tree
