"""What is said of each place over time, in stretches within which nothing changes.

The analyst's latest reading comes first; a claim about the same time that cannot hold
together with it stands beside it. Nothing here decides between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.charter.moment import Moment
from peyman.web.draw.language import Language
from peyman.web.draw.marks import COMPATIBLE, STATUSES, status_of
from peyman.web.draw.times.moments import NEVER, moment_of, stamp


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a place's history.

    Attributes:
        lo: When it may have begun.
        sure: By when it surely had.
        to: When the next may have begun.
        shown: Its status; two where claims contradict each other.
        words: What the reading or the claim says, as it says it.
        entries: What it rests on.
    """

    lo: int
    sure: int
    to: int
    shown: tuple[str, ...]
    words: str
    entries: tuple[str, ...]

    @property
    def is_contested(self) -> bool:
        """Whether two statuses that cannot both hold are claimed."""
        return len(self.shown) > 1


@dataclass(frozen=True, slots=True)
class _Word:
    at: Moment
    status: str
    words: str
    by: str
    entry: str


def phases_of(facility: Mapping[str, Any]) -> tuple[Phase, ...]:
    """The history of a facility, as `world.facilities` of a standing tells it."""
    told = [
        _word(row, row["by"]) for row in facility["told"] if row["claim"] != "withdrawn"
    ]
    read = [_word(row, "") for row in facility["statuses"]]
    begins = sorted({word.at.lo for word in (*told, *read)})
    found: list[Phase] = []
    for lo, to in zip(begins, [*begins[1:], NEVER], strict=True):
        phase = _phase((lo, to), _until(told, lo), _until(read, lo))
        if found and (found[-1].shown, found[-1].words) == (phase.shown, phase.words):
            last = found.pop()
            entries = tuple(dict.fromkeys((*last.entries, *phase.entries)))
            phase = Phase(last.lo, last.sure, to, last.shown, last.words, entries)
        found.append(phase)
    return tuple(found)


def phase_times(phase: Phase, instant: int) -> dict[str, str | None]:
    """The attributes by which a slider shows or hides a phase."""
    is_shown = phase.lo <= instant < phase.to
    return {
        "data_from": stamp(phase.lo),
        "data_sure": stamp(phase.sure),
        "data_to": stamp(phase.to),
        "display": None if is_shown else "none",
    }


def maybe(phase: Phase, instant: int) -> str:
    """A class for a phase that may not have begun yet."""
    return " draw-maybe" if instant < phase.sure else ""


def status_words(phase: Phase, language: Language) -> str:
    """The status of a phase in words; a contested one names both."""
    said = [language.words(STATUSES[status].word) for status in phase.shown]
    if not phase.is_contested:
        return said[0]
    return language.words("contested: {one} or {other}").format(
        one=said[0], other=said[1]
    )


def _word(row: Mapping[str, Any], by: str) -> _Word:
    said = str(row["status"])
    return _Word(moment_of(row["at"]), status_of(said), said, by, row["entry"])


def _until(words: Sequence[_Word], instant: int) -> list[_Word]:
    return sorted((w for w in words if w.at.lo <= instant), key=lambda w: w.at)


def _phase(
    stretch: tuple[int, int], told: Sequence[_Word], read: Sequence[_Word]
) -> Phase:
    lo, to = stretch
    latest = read[-1] if read else told[-1]
    # What was claimed of an earlier time is no word against a later reading.
    near = [word for word in told if not read or word.at.hi > latest.at.lo]
    by_speaker = {word.by: word for word in near}
    against = [w for w in by_speaker.values() if _contradict(w.status, latest.status)]
    begun = max((word.at.hi for word in (*told, *read) if word.at.lo == lo), default=lo)
    shown = dict.fromkeys([latest.status, *(w.status for w in against[-1:])])
    entries = dict.fromkeys([latest.entry, *(w.entry for w in by_speaker.values())])
    return Phase(lo, begun, to, tuple(shown), latest.words, tuple(entries))


def _contradict(one: str, other: str) -> bool:
    return (
        one != other
        and "said" not in (one, other)
        and frozenset({one, other}) not in COMPATIBLE
    )
