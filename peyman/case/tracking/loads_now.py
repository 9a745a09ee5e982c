"""The loads of a plan held against those that the case asks for now.

A load is known again by whose it is, for which line, of which kind and from where; its name counts
units and may differ. What is withdrawn is taken out of the plan, latest serials first, except for
what has begun: that goes on, and it is said that somebody has to decide.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from peyman.case.tracking.kept_plan import Kept
from peyman.charter.moment import read_instant
from peyman.force.plan import Convoy, Flight, Part, Plan
from peyman.force.problem import Load, Problem
from peyman.saying import Said, say

_Key = tuple[str, str, str, str]
_Told = tuple[Said, bool]
"""A sentence, and whether somebody has to decide what the plan cannot."""


@dataclass(frozen=True, slots=True)
class Loads:
    """What has to be moved now, and the plan without what has not.

    Attributes:
        late: Load to the minute from which it is available, where that is later than planned.
        told: What changed, in sentences.
    """

    loads: tuple[Load, ...]
    plan: Plan
    late: Mapping[str, int]
    told: tuple[_Told, ...]


def loads_now(
    kept: Kept, current: Problem, has_begun: Sequence[Flight | Convoy]
) -> Loads:
    """Hold the loads of a plan against those of the present.

    Args:
        kept: The plan in force.
        current: The movement as the case asks for it now.
        has_begun: The serials of the plan that have begun.
    """
    shift = shift_of(kept.problem, current)
    wanted = _by_key(current.loads)
    begun = _pieces(has_begun)
    found, late, told = [], {}, []
    for load in kept.problem.loads:
        asked = _taken(wanted, _key(load))
        pieces = asked.pieces if asked else 0
        flying = begun[load.id]
        if pieces != load.pieces:
            told.append(_changed(load, pieces, flying))
        if stays := max(pieces, flying):
            found.append(_with(load, asked, stays, shift))
        if asked and asked.ald + shift > load.ald:
            late[load.id] = asked.ald + shift
            told.append(_late(load, late[load.id] - load.ald))
    names = {one.id for one in found}
    for load in (one for some in wanted.values() for one in some):
        new = _new(load, names, shift)
        names.add(new.id)
        found.append(new)
        told.append(_added(new))
    kept_names = {one.id for one in found}
    loads = tuple(
        replace(one, after=tuple(o for o in one.after if o in kept_names))
        for one in found
    )
    whole = {one.id: one.pieces for one in loads}
    return Loads(loads, _cut(kept.plan, whole), late, tuple(told))


def shift_of(old: Problem, new: Problem) -> int:
    """How many minutes after the beginning of one problem the other begins."""
    return (read_instant(new.epoch) - read_instant(old.epoch)) // 60


def _key(load: Load) -> _Key:
    return (load.member, load.line, load.kind, load.origin)


def _by_key(loads: Sequence[Load]) -> dict[_Key, list[Load]]:
    found: dict[_Key, list[Load]] = {}
    for load in loads:
        found.setdefault(_key(load), []).append(load)
    return found


def _taken(wanted: dict[_Key, list[Load]], key: _Key) -> Load | None:
    some = wanted.get(key, [])
    return some.pop(0) if some else None


def _pieces(serials: Sequence[Flight | Convoy]) -> Counter[str]:
    """Load to the pieces that are on serials."""
    found: Counter[str] = Counter()
    for one in serials:
        for part in one.parts:
            found[part.load] += part.pieces
    return found


def _with(load: Load, asked: Load | None, pieces: int, shift: int) -> Load:
    if asked is None:
        return replace(load, pieces=pieces)
    return replace(
        load,
        pieces=pieces,
        priority=asked.priority,
        destinations=tuple(dict.fromkeys((*load.destinations, *asked.destinations))),
        lad=max(asked.lad + shift, 0),
        rdd=max(asked.rdd + shift, 0),
    )


def _new(load: Load, names: set[str], shift: int) -> Load:
    name, n = load.id, 2
    while name in names:
        name, n = f"{load.id} ({n})", n + 1
    return replace(
        load,
        id=name,
        unit=name,
        ald=max(load.ald + shift, 0),
        lad=max(load.lad + shift, 0),
        rdd=max(load.rdd + shift, 0),
    )


def _changed(load: Load, pieces: int, flying: int) -> _Told:
    if flying > pieces:
        return (
            say(
                "{load_words}: {n} pieces are no longer pledged while their serials are under"
                " way or done. They go on as planned here; whether they turn back has to be"
                " decided by whoever commands them.",
                load_words=load.id,
                n=flying - pieces,
            ),
            True,
        )
    if not pieces:
        return (
            say("{load_words} is no longer assigned.", load_words=load.id),
            False,
        )
    return (
        say(
            "{load_words} has {n} pieces now, and had {old_n}.",
            load_words=load.id,
            n=pieces,
            old_n=load.pieces,
        ),
        False,
    )


def _late(load: Load, minutes: int) -> _Told:
    said = say(
        "{load_words} is ready {n} minutes later than planned.",
        load_words=load.id,
        n=minutes,
    )
    return said, False


def _added(load: Load) -> _Told:
    said = say(
        "{load_words} is assigned in addition: {n} pieces.",
        load_words=load.id,
        n=load.pieces,
    )
    return said, False


def _cut(plan: Plan, whole: Mapping[str, int]) -> Plan:
    """The plan without the pieces that nobody brings; a serial with none left is gone."""
    left = dict(whole)
    fitting = {}
    serials: list[Flight | Convoy] = [*plan.flights, *plan.convoys]
    for one in sorted(serials, key=lambda one: one.start):
        parts = []
        for part in one.parts:
            if pieces := min(part.pieces, left.get(part.load, 0)):
                left[part.load] -= pieces
                parts.append(Part(part.load, pieces))
        if parts or not one.parts:
            fitting[one.serial] = tuple(parts)
    return replace(
        plan,
        flights=tuple(
            replace(one, parts=fitting[one.serial])
            for one in plan.flights
            if one.serial in fitting
        ),
        convoys=tuple(
            replace(one, parts=fitting[one.serial])
            for one in plan.convoys
            if one.serial in fitting
        ),
    )
