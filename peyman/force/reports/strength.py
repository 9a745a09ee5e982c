"""Who is on the ground, by member: what was last said, and what was said otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from peyman.force.reports.told import Amount, Told, amount_of


@dataclass(frozen=True, slots=True)
class Strength:
    """One statement of strength; `member` is `all` for the whole force."""

    entry: str
    member: str
    people: Amount
    vehicles: Amount
    place: str | None


def strength(told: Sequence[Told]) -> tuple[Strength, ...]:
    """Every statement, by member, the latest of each last."""
    rows = [
        (
            one.at.lo,
            Strength(
                entry=one.entry,
                member=str(one.body["member"]),
                people=amount_of(one.body, "people"),
                vehicles=amount_of(one.body, "vehicles"),
                place=str(one.body["at_place"]) if "at_place" in one.body else None,
            ),
        )
        for one in told
    ]
    return tuple(
        row for _, row in sorted(rows, key=lambda pair: (pair[1].member, pair[0]))
    )


def gap(whole: Amount, parts: Sequence[Amount]) -> Amount:
    """What the parts leave of a whole: at least, at most; bounds where they are known.

    >>> str(gap(Amount(2030, 2030), [Amount(150, 150), Amount(70, 100)]))
    '1780 to 1810'
    """
    highs = [part.high for part in parts]
    lows = [part.low or 0 for part in parts]
    low = None
    if whole.low is not None and None not in highs:
        low = whole.low - sum(high for high in highs if high is not None)
    high = None if whole.high is None else whole.high - sum(lows)
    return Amount(low, high)
