"""Under which mandate an entry of the force stands, or an act in a matter that has one.

Where its thread leads to the act that gave a mandate, the record says so. Where it does
not, the mandate is derived: the one that was in force when the thing happened, else the
last that had ended by then. What is derived is marked, and is no citation.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peyman.case.asking.thread import thread, walk
from peyman.case.model import Entry
from peyman.case.reading import Reading
from peyman.charter.moment import Moment
from peyman.charter.standing import mandates
from peyman.charter.state import Effect

FORCE = frozenset({"serial", "strength", "pledge", "requirement"})
"""Kinds of entries that stand under a mandate."""


@dataclass(frozen=True, slots=True)
class Under:
    """A mandate under which an entry stands.

    Attributes:
        id: The act that gave the mandate, `e70/1`, as the standing names it.
        entry: The entry of that act.
        is_cited: Whether the entry's own thread leads there; else it is derived.
        had_ended: Whether, derived, it surely had ended when the thing happened.
    """

    charter: str
    id: str
    entry: Entry
    is_cited: bool
    had_ended: bool = False


def under(reading: Reading, entry: Entry) -> tuple[Under, ...]:
    """The mandates under which an entry stands; none where it is neither."""
    given = tuple(_given(reading, entry))
    on_thread = {one.entry.name for _, one in walk(thread(reading.case, entry))}
    cited = [one for one in given if one[1].doing.entry in on_thread]
    if cited:
        return tuple(_under(reading, *one, is_cited=True) for one in cited)
    begun = [one for one in given if not entry.at.is_surely_before(one[1].since)]
    open_ = [one for one in begun if not _had_ended(one[1], entry.at)]
    last = sorted(begun, key=lambda one: one[1].since)[-1:]
    return tuple(
        _under(reading, *one, is_cited=False, had_ended=_had_ended(one[1], entry.at))
        for one in open_ or last
    )


def _given(reading: Reading, entry: Entry) -> Iterator[tuple[str, Effect]]:
    """The mandates that may be meant: any for the force, those of its matter for an act."""
    if entry.kind not in FORCE | {"act"}:
        return
    for name, charter in reading.charters.items():
        own = {v.matter for v in charter.state.verdicts if v.doing.entry == entry.name}
        for mandate in mandates(charter.state):
            doing = mandate.effect.doing
            is_meant = entry.kind in FORCE or (doing.matter or doing.id) in own
            if is_meant and doing.entry != entry.name:
                yield name, mandate.effect


def _had_ended(effect: Effect, at: Moment) -> bool:
    return effect.ended is not None and effect.ended.is_surely_before(at)


def _under(
    reading: Reading,
    charter: str,
    effect: Effect,
    *,
    is_cited: bool,
    had_ended: bool = False,
) -> Under:
    entry = reading.by_name()[effect.doing.entry]
    return Under(charter, effect.doing.id, entry, is_cited, had_ended)
