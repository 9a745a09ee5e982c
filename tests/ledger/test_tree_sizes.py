"""The tree at every size up to 1,025, and around 65,536, beside a tree of another make."""

from hashlib import sha256

import pytest

from peyman.ledger.log.tree import Tree, hash_leaf, proves_consistency, proves_inclusion

MOST = 1025
LARGE = (65_535, 65_536, 65_537)
LEAVES = [hash_leaf(number.to_bytes(4, "big")) for number in range(max(LARGE))]
TREE = Tree(LEAVES)


def roots():
    """The root at each size, by a stack of complete subtrees, as a sequencer keeps it."""
    stack: list[tuple[int, bytes]] = []
    for leaf in LEAVES:
        height, node = 0, leaf
        while stack and stack[-1][0] == height:
            node = sha256(b"\1" + stack.pop()[1] + node).digest()
            height += 1
        stack.append((height, node))
        root = stack[-1][1]
        for _, left in reversed(stack[:-1]):
            root = sha256(b"\1" + left + root).digest()
        yield root


ROOTS = list(roots())


def test_the_root_at_every_size_is_that_of_the_other_tree():
    sizes = [*range(1, MOST + 1), *LARGE]
    assert [TREE.root(size) for size in sizes] == [ROOTS[size - 1] for size in sizes]


def test_entries_at_the_edges_are_proved_at_every_size():
    for size in [*range(1, MOST + 1), *LARGE]:
        places = {0, size // 2, size - 1, (size - 1) & ~255}
        for index in places:
            proof = TREE.inclusion(index, size)
            root = ROOTS[size - 1]
            assert proves_inclusion(proof, index, size, LEAVES[index], root)
            assert not proves_inclusion(proof, index, size, LEAVES[index], b"x" * 32)


@pytest.mark.parametrize("new", range(1, 258))
def test_every_earlier_size_up_to_257_is_consistent(new):
    for old in range(1, new):
        proof = TREE.consistency(old, new)
        before, after = ROOTS[old - 1], ROOTS[new - 1]
        assert proves_consistency(proof, old, new, before, after)
        assert not proves_consistency(proof, old, new, after, before)


@pytest.mark.parametrize("new", LARGE)
@pytest.mark.parametrize("old", [1, 256, 257, 32_768, 65_534])
def test_large_logs_are_consistent_with_small_ones(old, new):
    proof = TREE.consistency(old, new)
    assert proves_consistency(proof, old, new, ROOTS[old - 1], ROOTS[new - 1])
    assert not proves_consistency(proof[1:], old, new, ROOTS[old - 1], ROOTS[new - 1])
