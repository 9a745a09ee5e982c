"""Put doings in the order of law: by time where it is sure, else by citation and record.

A doing is before another if its moment is surely before, or if the other cites it (naming
a matter cites its opening). Ties go by the record's order.
Source: docs/charter-language.md, section 7, rule 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from peyman.charter.doing import Doing
from peyman.charter.moment import ALWAYS, Moment
from peyman.errors import PeymanError
from peyman.saying import say

BY_TIME = -1
"""The place of what time does: surely before every doing that comes after it."""


@dataclass(frozen=True, slots=True)
class Order:
    """Doings in the order of law.

    Attributes:
        doings: In order.
        before: For each place, the places that are surely before it, as a mask.
    """

    doings: tuple[Doing, ...]
    before: tuple[int, ...]

    def is_sure(self, first: int, second: int) -> bool:
        """Whether the doing at the first place surely came before that at the second."""
        return first == BY_TIME or bool(self.before[second] >> first & 1)


def in_order(doings: Sequence[Doing]) -> Order:
    """Order doings that come in the order of the record.

    Raises:
        PeymanError: If one cites another that surely happened after it.
    """
    if _is_a_row(doings):
        return Order(tuple(doings), tuple((1 << n) - 1 for n in range(len(doings))))
    before = _direct(doings)
    placed: list[int] = []
    done = 0
    left = list(range(len(doings)))
    while left:
        index = next((i for i in left if not before[i] & ~done), None)
        if index is None:
            raise _circle(doings, left)
        left.remove(index)
        placed.append(index)
        done |= 1 << index
    return Order(tuple(doings[i] for i in placed), _closure(placed, before))


def _is_a_row(doings: Sequence[Doing]) -> bool:
    """Whether each surely happened after the one before it, and cites nothing later."""
    seen: set[str] = set()
    last = Moment(ALWAYS, ALWAYS)
    for doing in doings:
        if not last.is_surely_before(doing.at):
            return False
        last = doing.at
        seen.add(doing.entry)
    if len(seen) < len(doings):
        return False
    places = {doing.entry: place for place, doing in enumerate(doings)}
    return all(
        places.get(name, -1) < place
        for place, doing in enumerate(doings)
        for name in (*doing.cites, (doing.matter or "").rpartition("/")[0])
    )


def _direct(doings: Sequence[Doing]) -> list[int]:
    cited_by_name: dict[str, int] = {}
    for index, doing in enumerate(doings):
        cited_by_name[doing.entry] = cited_by_name.get(doing.entry, 0) | 1 << index
    before = []
    for index, doing in enumerate(doings):
        mask = 0
        for name in doing.cites | {(doing.matter or "").rpartition("/")[0]}:
            mask |= cited_by_name.get(name, 0)
        before.append(mask & ~cited_by_name[doing.entry] | _same_entry(doings, index))
    ends = sorted(range(len(doings)), key=lambda i: doings[i].at.hi)
    for index, doing in enumerate(doings):
        for other in ends:
            if doings[other].at.hi > doing.at.lo:
                break
            if doings[other].at.is_surely_before(doing.at):
                before[index] |= 1 << other
    return before


def _same_entry(doings: Sequence[Doing], index: int) -> int:
    """The acts of one entry stand in their own order."""
    is_next = index and doings[index - 1].entry == doings[index].entry
    return 1 << (index - 1) if is_next else 0


def _closure(placed: Sequence[int], before: Sequence[int]) -> tuple[int, ...]:
    closed: list[int] = []
    for index in placed:
        mask = 0
        for where, other in enumerate(placed[: len(closed)]):
            if before[index] >> other & 1:
                mask |= 1 << where | closed[where]
        closed.append(mask)
    return tuple(closed)


def _circle(doings: Sequence[Doing], left: Sequence[int]) -> PeymanError:
    for first in left:
        for second in left:
            cited = doings[second]
            at = doings[first].at
            if cited.entry in doings[first].cites and at.is_surely_before(cited.at):
                return PeymanError(
                    say(
                        "Act {entry} cites {other_entry}, which happened after it.",
                        entry=doings[first].id,
                        other_entry=cited.id,
                    ),
                    authority=say("docs/charter-language.md, section 7, rule 6: order"),
                    remedy=say("Correct the time of one of them, or do not cite it."),
                )
    names = tuple(doings[i].id for i in left)
    return PeymanError(
        say(
            "The acts {entry} cannot be put in order: each rests on another of them.",
            entry=names,
        ),
        authority=say("docs/charter-language.md, section 7, rule 6: order"),
        remedy=say("Correct the time of one of them."),
    )
