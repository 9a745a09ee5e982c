"""The Merkle tree over the leaves: roots, and proofs that anyone can check.

Hashes are those of RFC 6962: SHA-256 of 0x00 and a leaf, of 0x01 and two hashes; the root
of nothing is SHA-256 of nothing. Whatever the tree was at a smaller size it still knows,
because a tree only grows.

From size 0 everything is consistent: the proof is empty, and the root of size 0 must be
that of nothing. The same size needs an empty proof and equal roots.

Source: RFC 6962, section 2.1; RFC 9162, sections 2.1.3.2 and 2.1.4.2 for checking.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
"""The root of a log of size 0."""

_node = sha256(b"\x01").copy
"""Begins the hash of a node: to copy what all begin with is quicker than to begin anew."""


def hash_leaf(leaf: bytes) -> bytes:
    """Hash the bytes of a leaf."""
    return sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into the one above them."""
    node = _node()
    node.update(left)
    node.update(right)
    return node.digest()


class Tree:
    """A tree that grows by one leaf hash at a time.

    `levels[k]` holds the hashes of the complete subtrees of 2**k leaves, from the left.
    """

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        self.levels: list[list[bytes]] = [[*leaf_hashes]]
        self._kept: tuple[int, list[bytes]] = (0, [])
        self._root: tuple[int, bytes] = (0, EMPTY_ROOT)
        while len(below := self.levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)
            self.levels.append([hash_node(one, other) for one, other in pairs])

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return len(self.levels[0])

    def append(self, leaf_hash: bytes) -> None:
        """Add one leaf hash on the right."""
        self.levels[0].append(leaf_hash)
        level = 0
        while len(self.levels[level]) % 2 == 0:
            left, right = self.levels[level][-2:]
            level += 1
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(hash_node(left, right))

    def root(self, size: int | None = None) -> bytes:
        """Give the root at a size, by default the present one.

        Raises:
            ValueError: If the tree never had that size.
        """
        size = self.size if size is None else size
        if not 0 <= size <= self.size:
            raise ValueError(f"a tree of {self.size} leaves has no root at size {size}")
        known, found = self._root
        if known == size:
            return found
        # The complete subtrees of a size, the smallest first, each beside what is on its right.
        found, number = b"", size
        for hashes in self.levels:
            if number & 1:
                left = hashes[number - 1]
                if found:
                    # `hash_node` is written out: each entry of a long log asks for a root.
                    node = _node()
                    node.update(left)
                    node.update(found)
                    found = node.digest()
                else:
                    found = left
            number >>= 1
        self._root = size, found or EMPTY_ROOT
        return self._root[1]

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Prove that the leaf at `index` is in the tree of `size` leaves."""
        if not 0 <= index < size <= self.size:
            raise ValueError(f"no leaf {index} in a tree of {size}")
        proof = []
        place, last = index, size - 1
        for level, hashes in enumerate(self.levels):
            if place % 2:
                proof.append(hashes[place - 1])
            elif place + 1 < last:
                proof.append(hashes[place + 1])
            elif place < last:
                proof.append(self._edge(size)[level])
            place, last = place >> 1, last >> 1
        return tuple(proof)

    def _edge(self, size: int) -> list[bytes]:
        """Give, level by level, the last subtree of a size, complete or not; then the root.

        Proofs in one head all need these few hashes, so those of the last size are kept.
        """
        known, edge = self._kept
        if known == size:
            return edge
        edge, last = [self.levels[0][size - 1]], size - 1
        while last:
            hashes = self.levels[len(edge) - 1]
            found = edge[-1]
            edge.append(hash_node(hashes[last - 1], found) if last % 2 else found)
            last >>= 1
        self._kept = size, edge
        return edge

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """Prove that the tree of `new` leaves begins with the tree of `old` leaves."""
        if not 0 <= old <= new <= self.size:
            raise ValueError(f"no proof from size {old} to {new}")
        return tuple(self._split(old, 0, new, True)) if 0 < old < new else ()

    def _over(self, start: int, end: int) -> bytes:
        """Hash the leaves [start, end), where start is a multiple of the span's power."""
        span = end - start
        if span & (span - 1) == 0:
            return self.levels[span.bit_length() - 1][start // span]
        middle = start + _power_below(span)
        return hash_node(self._over(start, middle), self._over(middle, end))

    def _split(self, old: int, start: int, end: int, known: bool) -> list[bytes]:
        if old == end:
            return [] if known else [self._over(start, end)]
        middle = start + _power_below(end - start)
        if old <= middle:
            return [*self._split(old, start, middle, known), self._over(middle, end)]
        return [*self._split(old, middle, end, False), self._over(start, middle)]


def _power_below(number: int) -> int:
    """The largest power of two below a number over 1."""
    return 1 << (number - 1).bit_length() - 1


def proves_inclusion(
    proof: Sequence[bytes], index: int, size: int, leaf_hash: bytes, root: bytes
) -> bool:
    """Check that a leaf hash stands at `index` under the root of `size` leaves.

    Up to where its way meets that of the last leaf, a step lies on the side that the
    index says; beyond, the tree has no right edge, and each step lies on the left.
    """
    if not 0 <= index < size:
        return False
    meeting = (index ^ (size - 1)).bit_length()
    if len(proof) != meeting + (index >> meeting).bit_count():
        return False
    is_left = index | -1 << meeting
    found = leaf_hash
    for step in proof:
        # `hash_node` is written out here: calling it takes a while too.
        node = _node()
        if is_left & 1:
            node.update(step)
            node.update(found)
        else:
            node.update(found)
            node.update(step)
        found = node.digest()
        is_left >>= 1
    return found == root


def proves_consistency(
    proof: Sequence[bytes], old: int, new: int, old_root: bytes, new_root: bytes
) -> bool:
    """Check that the log of `new` leaves begins with the log of `old` leaves."""
    if old == 0 or old == new:
        start = EMPTY_ROOT if old == 0 else new_root
        return 0 <= old <= new and not proof and old_root == start
    if not 0 < old < new or not proof:
        return False
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    return _climb(steps, place, last) == (old_root, new_root)


def _climb(steps: Sequence[bytes], place: int, last: int) -> tuple[bytes, bytes] | None:
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place % 2 or place == last:
            before, after = hash_node(step, before), hash_node(step, after)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            after = hash_node(after, step)
        place, last = place >> 1, last >> 1
    return (before, after) if last == 0 else None
