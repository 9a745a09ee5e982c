"""What the pieces that a plan may leave behind can save it, at given prices: in whole numbers, in its favour."""

from collections.abc import Iterable
from fractions import Fraction


def most_spared(rows: Iterable[tuple[int, int, int]], undelivered: int) -> int:
    """The most that the prices of what is left behind come to; pieces may be cut.

    Args:
        rows: Of each load the price of a piece, what it counts as undelivered, and its pieces.
        undelivered: What all that is left behind counts, at most.

    >>> most_spared([(5, 10, 3), (9, 10, 1), (2, 0, 2)], 25)
    21
    """
    spared, room = 0, undelivered
    able = [one for one in rows if one[0] > 0 and one[2] > 0]
    spared += sum(price * pieces for price, counts, pieces in able if counts == 0)
    heavy = [one for one in able if one[1] > 0]
    for price, counts, pieces in sorted(
        heavy, key=lambda one: Fraction(one[0], one[1]), reverse=True
    ):
        whole = min(pieces, room // counts)
        spared, room = spared + whole * price, room - whole * counts
        if whole < pieces:
            return spared - (-price * room // counts)
    return spared
