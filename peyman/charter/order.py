"""Put doings in the order of law: by time where it is sure, else by citation and record.

A doing is before another if its moment is surely before, or if the other cites it (naming
a matter cites its opening). Ties go by the record's order.

Ranked by when they were surely over, the doings that time puts before one are the first
so many: a number says them all. So the order of a long case costs little more for each
act than that of a short one. Source: docs/charter-language.md, section 7, rule 6.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from peyman.charter.doing import Doing
from peyman.charter.moment import ALWAYS, Moment
from peyman.errors import PeymanError
from peyman.saying import say

BY_TIME = -1
"""The place of what time does: surely before every doing that comes after it."""


class Past(NamedTuple):
    """What is surely before a doing: the first `reach` by rank, and the ranks `beyond`."""

    reach: int = 0
    beyond: frozenset[int] = frozenset()

    def with_all(self, other: "Past") -> "Past":
        """What is before either."""
        if other.reach <= self.reach and other.beyond <= self.beyond:
            return self
        if self.reach <= other.reach and not self.beyond:
            return other
        reach = max(self.reach, other.reach)
        both = self.beyond | other.beyond
        return Past(reach, frozenset(rank for rank in both if rank >= reach))

    def holds(self, rank: int) -> bool:
        """Whether the doing of that rank is surely before."""
        return rank < self.reach or rank in self.beyond


@dataclass(frozen=True, slots=True)
class Order:
    """Doings in the order of law.

    Attributes:
        doings: In order.
        ranks: For each place, how many were surely over earlier.
        past: For each place, what is surely before it.
        loose: For each place, the places after it that may have come first.
        settled: For each place, whether all before it surely came before it, and
            all after it surely after.
        is_plain: Whether each was surely over before the next, so that whatever was done
            when one is judged, by time as well, surely came before it.
    """

    doings: tuple[Doing, ...] = ()
    ranks: Sequence[int] = ()
    past: Sequence[Past] = ()
    loose: Sequence[tuple[int, ...]] = ()
    settled: Sequence[bool] = ()
    is_plain: bool = False

    def is_sure(self, first: int, second: int) -> bool:
        """Whether the doing at the first place surely came before that at the second."""
        if first == BY_TIME:
            return True
        if self.settled[second]:
            return first < second
        return self.past[second].holds(self.ranks[first])


def in_order(doings: Sequence[Doing]) -> Order:
    """Order doings that come in the order of the record.

    Raises:
        PeymanError: If one cites another that surely happened after it.
    """
    if _is_plain(doings):
        places = len(doings)
        return Order(tuple(doings), (), (), ((),) * places, (True,) * places, True)
    placing = _Placing(doings)
    placed = placing.run()
    if len(placed) < len(doings):
        raise _circle(
            doings, [i for i in range(len(doings)) if not placing.is_placed(i)]
        )
    ranks = tuple(placing.ranks[i] for i in placed)
    past = tuple(placing.past[i] for i in placed)
    loose = _loose(ranks, past)
    settled = tuple(
        place == one.reach + len(one.beyond) and not loose[place]
        for place, one in enumerate(past)
    )
    return Order(tuple(doings[i] for i in placed), ranks, past, loose, settled)


def _is_plain(doings: Sequence[Doing]) -> bool:
    """Whether each is surely over before the next, and none cites what comes after it.

    So is most of any case, and then the order of the record is the order of law.
    """
    over = 2 * ALWAYS
    seen: set[str] = set()
    ahead: set[str] = set()
    matters: set[str | None] = {None}
    for doing in doings:
        lo, hi = doing.at
        if lo < over:
            return False
        over = hi if lo < hi else lo + 1
        seen.add(doing.entry)
        if doing.cites:
            ahead |= doing.cites - seen
        if doing.matter not in matters:
            matters.add(doing.matter)
            opening = str(doing.matter).rpartition("/")[0]
            if opening not in seen:
                ahead.add(opening)
    return len(seen) == len(doings) and ahead.isdisjoint(seen)


class _Placing:
    """Places doings, always the first of the record of which everything before is placed.

    A doing waits for each that it cites, and for time: until all that were surely over
    before it began are placed, which are the first so many by rank.
    """

    def __init__(self, doings: Sequence[Doing]) -> None:
        over = [_over(doing.at) for doing in doings]
        self._by_rank = sorted(range(len(doings)), key=over.__getitem__)
        over.sort()
        self.ranks = [0] * len(doings)
        for rank, index in enumerate(self._by_rank):
            self.ranks[index] = rank
        self._cites = _cited(doings)
        self._cited_by: dict[int, list[int]] = defaultdict(list)
        self._by_time: dict[int, list[int]] = defaultdict(list)
        self._behind = [bisect_right(over, doing.at.lo) for doing in doings]
        for index, cited in enumerate(self._cites):
            self._by_time[self._behind[index]].append(index)
            for other in cited:
                self._cited_by[other].append(index)
        self._waits = [len(cited) + 1 for cited in self._cites]
        self._ready: list[int] = []
        self._all = [Past()]
        self.past: dict[int, Past] = {}

    def is_placed(self, index: int) -> bool:
        """Whether that doing has its place."""
        return index in self.past

    def run(self) -> list[int]:
        """The doings, as indexes of the record, in the order of law."""
        placed: list[int] = []
        self._release(self._by_time[0])
        while self._ready:
            index = heappop(self._ready)
            placed.append(index)
            self.past[index] = self._past_of(index)
            self._release(self._cited_by[index])
            self._time_passes()
        return placed

    def _release(self, indexes: Sequence[int]) -> None:
        for index in indexes:
            self._waits[index] -= 1
            if not self._waits[index]:
                heappush(self._ready, index)

    def _past_of(self, index: int) -> Past:
        past = self._all[self._behind[index]]
        for other in self._cites[index]:
            if not past.holds(self.ranks[other]):
                past = past.with_all(self.past[other])
                past = past.with_all(Past(0, frozenset((self.ranks[other],))))
        return past

    def _time_passes(self) -> None:
        """Note how many by rank are placed without a gap, and what is before any of them."""
        while (count := len(self._all) - 1) < len(self._by_rank):
            last = self.past.get(self._by_rank[count])
            if last is None:
                return
            before = self._all[-1].with_all(last)
            self._all.append(before.with_all(Past(count + 1)))
            self._release(self._by_time[count + 1])


def _over(at: Moment) -> int:
    """The first instant before which a moment surely was: its end, or just after it."""
    return at.hi if at.lo < at.hi else at.lo + 1


def _cited(doings: Sequence[Doing]) -> list[set[int]]:
    """Which doings each cites; the acts of one entry stand in their own order."""
    of_entry: dict[str, list[int]] = defaultdict(list)
    for index, doing in enumerate(doings):
        of_entry[doing.entry].append(index)
    cited = []
    for index, doing in enumerate(doings):
        names = {*doing.cites, (doing.matter or "").rpartition("/")[0]} - {doing.entry}
        found = {one for name in names for one in of_entry.get(name, ())}
        if index and doings[index - 1].entry == doing.entry:
            found.add(index - 1)
        cited.append(found)
    return cited


def _loose(ranks: Sequence[int], past: Sequence[Past]) -> tuple[tuple[int, ...], ...]:
    """For each place, the places after it that may have come first."""
    places: list[int | None] = [None] * len(ranks)
    loose: list[list[int]] = [[] for _ in ranks]
    top = 0
    for place, rank in enumerate(ranks):
        for other in range(past[place].reach, top):
            earlier = places[other]
            if earlier is not None and other not in past[place].beyond:
                loose[earlier].append(place)
        places[rank] = place
        top = max(top, rank + 1)
    return tuple(map(tuple, loose))


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
