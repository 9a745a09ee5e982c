"""One force entry as the readings of this room take it: who entered it, when, its body."""

from collections.abc import Mapping
from dataclasses import dataclass

from peyman.charter.moment import Moment


@dataclass(frozen=True, slots=True)
class Told:
    """A pledge, serial or strength entry.

    Attributes:
        entry: Its name for people.
        at: When what it tells of happened.
        body: Its fields, as docs/record.md section 3 lists them.
    """

    entry: str
    at: Moment
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Amount:
    """A count that is known exactly, within bounds, or not at all.

    >>> str(Amount(70, 100)), str(Amount(150, 150)), str(Amount(None, None))
    ('70 to 100', '150', 'no number')
    """

    low: int | None
    high: int | None

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            known = self.low if self.high is None else self.high
            bound = "at least" if self.high is None else "at most"
            return "no number" if known is None else f"{bound} {known}"
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


def amount_of(body: Mapping[str, object], name: str) -> Amount:
    """The amount under a name of a body; `no number` where it states none."""
    stated = body.get(name)
    if isinstance(stated, int):
        return Amount(stated, stated)
    if not isinstance(stated, Mapping):
        return Amount(None, None)
    value = stated.get("value")
    return Amount(stated.get("low", value), stated.get("high", value))
