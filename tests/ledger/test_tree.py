"""Roots and proofs are those of RFC 6962, for every size."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.ledger.log.tree import (
    EMPTY_ROOT,
    Tree,
    hash_leaf,
    hash_node,
    proves_consistency,
    proves_inclusion,
)

MOST = 65
LEAVES = [hash_leaf(number.to_bytes(2, "big")) for number in range(257)]
TREE = Tree(LEAVES)

# The leaves and roots that certificate transparency's own tests use.
KNOWN_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def plain_root(leaves):
    """The definition of RFC 6962, word for word, to hold ours against."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hash_node(plain_root(leaves[:split]), plain_root(leaves[split:]))


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert Tree().root() == EMPTY_ROOT == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots(size):
    tree = Tree(hash_leaf(bytes.fromhex(leaf)) for leaf in KNOWN_LEAVES[:size])
    assert tree.root().hex() == KNOWN_ROOTS[size - 1]


@pytest.mark.parametrize("size", [*range(1, MOST + 1), 255, 256, 257])
def test_the_root_is_the_one_that_the_definition_gives(size):
    assert TREE.root(size) == plain_root(LEAVES[:size])


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_leaf_is_proved_and_no_other_leaf_root_or_place_is(size):
    root = TREE.root(size)
    for index in range(size):
        proof = TREE.inclusion(index, size)
        leaf = LEAVES[index]
        assert proves_inclusion(proof, index, size, leaf, root)
        assert not proves_inclusion(proof, index, size, LEAVES[index + 1], root)
        assert not proves_inclusion(proof, index, size, leaf, EMPTY_ROOT)
        assert not proves_inclusion((*proof, leaf), index, size, leaf, root)
        if size > 1:
            assert not proves_inclusion(proof[:-1], index, size, leaf, root)
            other = (index + 1) % size
            assert not proves_inclusion(proof, other, size, leaf, root)


@pytest.mark.parametrize("new", range(MOST + 1))
def test_every_size_is_consistent_with_every_earlier_one(new):
    root = TREE.root(new)
    for old in range(new + 1):
        proof = TREE.consistency(old, new)
        before = TREE.root(old)
        assert proves_consistency(proof, old, new, before, root)
        if 0 < old < new:
            assert not proves_consistency(proof, old, new, LEAVES[-1], root)
            assert not proves_consistency(proof, old, new, before, LEAVES[-1])
            assert not proves_consistency(proof[:-1], old, new, before, root)
            assert not proves_consistency((*proof, root), old, new, before, root)


def test_from_size_0_the_proof_is_empty_and_the_root_is_that_of_nothing():
    assert TREE.consistency(0, 9) == ()
    assert proves_consistency((), 0, 9, EMPTY_ROOT, TREE.root(9))
    assert not proves_consistency((), 0, 9, TREE.root(1), TREE.root(9))
    assert not proves_consistency((EMPTY_ROOT,), 0, 9, EMPTY_ROOT, TREE.root(9))


def test_a_log_does_not_shrink():
    assert not proves_consistency((), 9, 8, TREE.root(9), TREE.root(8))
    assert not proves_consistency((), 9, 9, TREE.root(8), TREE.root(9))


@pytest.mark.parametrize("ask", [(9, 9), (-1, 9), (0, 258)])
def test_no_proof_is_given_for_a_leaf_that_is_not_there(ask):
    with pytest.raises(ValueError, match="no leaf"):
        TREE.inclusion(*ask)


def test_no_proof_and_no_root_is_given_for_a_size_that_never_was():
    with pytest.raises(ValueError, match="no proof from size 3 to 2"):
        TREE.consistency(3, 2)
    with pytest.raises(ValueError, match="no root at size 258"):
        TREE.root(258)


@given(st.lists(st.binary(max_size=4), max_size=40), st.data())
def test_a_tree_remembers_what_it_was(leaves, data):
    tree = Tree(hash_leaf(leaf) for leaf in leaves)
    size = data.draw(st.integers(0, len(leaves)))
    assert tree.root(size) == Tree(map(hash_leaf, leaves[:size])).root()
