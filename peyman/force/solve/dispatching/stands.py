"""One airfield's stands in time: which are worked on, which are parked on, when one is free.

What cannot begin at some minute cannot begin then later either, as long as stands are only
taken: such minutes are remembered as spans, and forgotten when a stand is given back.
"""

from bisect import bisect_right
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int16]


class Shut:
    """Minutes at which something is known not to begin, as spans that do not touch.

    >>> shut = Shut()
    >>> shut.add(5, 9), shut.add(20, 30), shut.add(9, 12)
    (None, None, None)
    >>> [shut.skip(at) for at in (4, 5, 11, 12, 25)]
    [4, 12, 12, 12, 30]
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def copy(self) -> "Shut":
        """The same spans, to be added to."""
        made = Shut()
        made._starts, made._ends = self._starts[:], self._ends[:]
        return made

    def skip(self, at: int) -> int:
        """The first minute from `at` on of which nothing is known."""
        i = bisect_right(self._starts, at) - 1
        return max(at, self._ends[i]) if i >= 0 else at

    def add(self, lo: int, hi: int) -> None:
        """Remember the minutes from `lo` to `hi`, which no longer belongs to them."""
        i = bisect_right(self._starts, lo)
        if i and self._ends[i - 1] >= lo:
            i -= 1
            lo = self._starts[i]
        j = bisect_right(self._starts, hi)
        if j > i:
            hi = max(hi, self._ends[j - 1])
        self._starts[i:j] = [lo]
        self._ends[i:j] = [hi]


class Stands:
    """One airfield's open windows, and how many stands are taken in each minute.

    Attributes:
        version: Changes when a stand is given back, and what was known is forgotten.
        onward: Parking stands that are taken without an end.
    """

    def __init__(
        self, opened: tuple[tuple[int, int], ...], working: int, horizon: int
    ) -> None:
        self.opened = opened
        self.working = working
        self.taken: Counts = np.zeros(horizon + 1, dtype=np.int16)
        self.version = 0
        self._never = horizon + 1
        # Of each minute whether every working stand is taken: bytes are searched sooner than counts.
        self._full = bytearray((self.taken >= working).tobytes())
        self._shut: dict[int, Shut] = {}
        self._windowless: dict[int, Shut] = {}
        # From `_upto` on the parking stands of `onward` are taken, and no other.
        self._parked: Counts = np.zeros(horizon + 1, dtype=np.int16)
        self._upto = 0
        self.onward = 0

    @property
    def parked(self) -> Counts:
        """How many parking stands are taken in each minute."""
        self._reach(len(self._parked))
        return self._parked

    def work(self, lo: int, hi: int, by: int) -> None:
        """Take working stands for some minutes, or give them back."""
        taken = self.taken[lo:hi]
        taken += by
        self._full[lo:hi] = (taken >= self.working).tobytes()
        if by < 0:
            self.version += 1
            self._shut.clear()

    def park(self, lo: int, hi: int | None, by: int) -> None:
        """Take parking stands for some minutes, or from one on; or give them back."""
        if hi is None:
            self._reach(lo)
            self._parked[lo : self._upto] += by
            self.onward += by
        elif lo < hi:
            self._reach(hi)
            self._parked[lo:hi] += by

    def is_parked_full(self, most: int, since: int, until: int | None) -> bool:
        """Whether so many parking stands are taken at some minute of these."""
        if (until is None or until > self._upto) and self.onward >= most:
            return until is None or until > since
        return bool((self._parked[since : min_of(until, self._upto)] >= most).any())

    def _reach(self, upto: int) -> None:
        if upto > self._upto:
            self._parked[self._upto : upto] = self.onward
            self._upto = upto

    def next_free(self, at: int, width: int) -> int | None:
        """The earliest minute from `at` with a free stand for so long, in one window."""
        shut = self._shut.get(width)
        if shut is None:
            shut = self._shut[width] = self._closed(width).copy()
        first, at = at, shut.skip(at)
        while at < self._never:
            full = self._full.rfind(1, at, at + width)
            if full < 0:
                break
            at = shut.skip(full + 1)
        if at > first:
            shut.add(first, at)
        return at if at < self._never else None

    def _closed(self, width: int) -> Shut:
        """When nothing that takes so long can begin, whatever is taken: no window has room."""
        shut = self._windowless.get(width)
        if shut is None:
            shut = self._windowless[width] = Shut()
            windows = ((0, width - 1), *self.opened, (self._never, self._never))
            for (_, closes), (opens, _) in pairwise(windows):
                shut.add(closes - width + 1, opens)
        return shut


def min_of(until: int | None, other: int) -> int:
    """The sooner of two minutes, the first of which may be never."""
    return other if until is None else min(until, other)
