"""Very many digests, kept in little room: of each its 32 bytes, and some ten to find it by.

A long log knows every commitment and every nonce to its end. As text in a dictionary one
takes two hundred bytes, and there are two for each entry.
"""

from array import array
from collections.abc import Set

SIZE = 32
"""Bytes of a digest."""

_FEWEST = 64
_NOTHING = bytes(SIZE)


class Digests:
    """Digests by their places, and the place of each: that of the first, of equal ones.

    The table that finds them is made when one is first looked for. It has more slots than
    there are digests: each stands where its hash says, or in one of the next slots. Python's
    hash of bytes differs from one process to the next, so nobody can choose digests that
    crowd together.

    Args:
        room: How many are to come, where that is known.
    """

    def __init__(self, room: int = 0) -> None:
        self._packed = bytearray()
        self._size = 0
        self._unknown: set[int] = set()
        self._repeats: set[int] = set()
        self._room = room
        self._slots = array("I")
        self._mask = self._most = 0

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: int) -> bytes:
        if not 0 <= place < self._size:
            raise IndexError(place)
        return bytes(self._packed[place * SIZE : place * SIZE + SIZE])

    @property
    def repeats(self) -> Set[int]:
        """The places of digests that stand at an earlier place too."""
        if not self._slots:
            self._make_table()
        return self._repeats

    def packed(self, start: int, end: int) -> bytes:
        """Give the bytes of those from one place to another, one after the other."""
        return bytes(self._packed[start * SIZE : end * SIZE])

    def append(self, digest: bytes | None) -> None:
        """Add one at the next place; None keeps the place of one that is not known."""
        place = self._size
        self._packed += digest or _NOTHING
        self._size += 1
        if digest is None:
            self._unknown.add(place)
        elif self._size <= self._most:
            self._enter(digest, place)
        elif self._slots:
            self._make_table()

    def append_packed(self, digests: bytes) -> None:
        """Add many, whose bytes stand one after the other."""
        if self._slots:
            for at in range(0, len(digests), SIZE):
                self.append(digests[at : at + SIZE])
        else:
            self._packed += digests
            self._size += len(digests) // SIZE

    def append_new(self, digests: bytes) -> bool:
        """Add many, if none of them stands already and none twice; else add none.

        Args:
            digests: Their bytes, one after the other.

        Returns:
            Whether they were added.
        """
        place = before = self._size
        after = before + len(digests) // SIZE
        if not self._slots or after > self._most:
            self._make_table(after)
        self._packed += digests
        slots, mask, packed = self._slots, self._mask, self._packed
        entered: list[int] = []
        for at in range(0, len(digests), SIZE):
            digest = digests[at : at + SIZE]
            slot = hash(digest) & mask
            while other := slots[slot]:
                if packed.startswith(digest, (other - 1) * SIZE):
                    # Nothing was entered since, so the table is as it was without these.
                    for slot in entered:
                        slots[slot] = 0
                    del packed[before * SIZE :]
                    return False
                slot = slot + 1 & mask
            place += 1
            slots[slot] = place
            entered.append(slot)
        self._size = after
        return True

    def find(self, digest: bytes) -> int | None:
        """Give the first place of a digest; None if it stands at none."""
        if len(digest) != SIZE:
            # Every digest starts with no bytes, and with some of its own.
            return None
        if not self._slots:
            self._make_table()
        slots, mask, packed = self._slots, self._mask, self._packed
        slot = hash(digest) & mask
        # A slot that is free holds 0, so each place is kept as one more.
        while place := slots[slot]:
            if packed.startswith(digest, (place - 1) * SIZE):
                return place - 1
            slot = slot + 1 & mask
        return None

    def _enter(self, digest: bytes, place: int) -> None:
        slots, mask, packed = self._slots, self._mask, self._packed
        slot = hash(digest) & mask
        while other := slots[slot]:
            if packed.startswith(digest, (other - 1) * SIZE):
                self._repeats.add(place)
                return
            slot = slot + 1 & mask
        slots[slot] = place + 1

    def _make_table(self, least: int = _FEWEST) -> None:
        """Make room for those that are to come, or for twice as many as there are."""
        most = max(_FEWEST, least, self._room, 2 * self._size)
        slots = 1 << (most * 3 // 2).bit_length()
        self._slots = array("I", bytes(array("I").itemsize * slots))
        self._mask, self._most = slots - 1, slots * 2 // 3
        for place in range(self._size):
            if place not in self._unknown:
                self._enter(self[place], place)
