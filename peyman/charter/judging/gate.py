"""When an act may be done: what must be done before it, in force with it, not yet done.

Times are uncertain, so each question has three answers: surely, surely not, and that only
an overlap of two times decides. The doubt voids nothing. What a higher norm asks is asked
in the same way, and only remarked. Source: docs/charter-language.md, sections 2 and 7.
"""

from collections.abc import Iterator

from peyman.charter.doing import Doing, Finding
from peyman.charter.judging.bench import Bench
from peyman.charter.judging.law import Found
from peyman.charter.model import Act, Limit
from peyman.charter.moment import Moment
from peyman.charter.order import BY_TIME
from peyman.charter.state import Effect, Matter, is_there
from peyman.charter.tally import needed
from peyman.saying import Either, Said, Series, say


def gates(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Found:
    """What of `after`, `while` and `before` is not met, or may not be."""
    found: Found = ()
    is_plain = bench.order.is_plain and matter.under is None
    for clause in act.after:
        if not (
            is_there(matter.done, act, doing.whose, clause)
            if is_plain
            else _is_met(bench, doing, act, matter, clause, "after")
        ):
            found += (_unmet(bench, doing, act, matter, clause, "after"),)
    if act.numbers:
        found += tuple(_too_few(bench, doing, act, matter))
    for clause in act.meanwhile:
        if not (
            is_there(matter.force, act, doing.whose, clause)
            if is_plain
            else _is_met(bench, doing, act, matter, clause, "while")
        ):
            found += (_unmet(bench, doing, act, matter, clause, "while"),)
    if act.before:
        found += tuple(_not_yet(bench, doing, act, matter))
    return found


def limits(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Found:
    """What a higher norm asks of this act, where the record does not show it."""
    found = []
    for limit in bench.text.limits.values():
        if act.name in limit.acts:
            missing = [
                clause
                for clauses, kind in (
                    (limit.after, "after"),
                    (limit.meanwhile, "while"),
                )
                for clause in clauses
                if not _held(doing, act, matter, clause, kind)
                and not _overlap(bench, doing, act, matter, clause)
            ]
            if missing or not (limit.after or limit.meanwhile):
                found.append(_limited(bench, limit, missing))
    return tuple(found)


def _limited(bench: Bench, limit: Limit, missing: list[tuple[str, ...]]) -> Finding:
    names = tuple(Either(f"{bench.charter.id}.{n}" for n in one) for one in missing)
    if not limit.disputed:
        text = say("{article} asks for {act} first", article=limit.art, act=names)
        return bench.finding("unmet limit", text, limit.art)
    readings = Series(limit.disputed)
    if not missing:
        text = say("{article} is disputed: {says}", article=limit.art, says=readings)
        return bench.finding("disputed limit", text, limit.art)
    text = say(
        "the record shows no {act}; whether {article} asks for it is disputed: {says}",
        act=names,
        article=limit.art,
        says=readings,
    )
    return bench.finding("disputed limit", text, limit.art)


def _is_met(
    bench: Bench,
    doing: Doing,
    act: Act,
    matter: Matter,
    clause: tuple[str, ...],
    kind: str,
) -> bool:
    """Whether one act of a clause of `after` or `while` was surely done, or is in force."""
    return any(
        is_sure(bench, doing, one.place, one.since)
        for one in _held(doing, act, matter, clause, kind)
    )


def _unmet(
    bench: Bench,
    doing: Doing,
    act: Act,
    matter: Matter,
    clause: tuple[str, ...],
    kind: str,
) -> Finding:
    """That no act of a clause was surely done or in force: surely not, or perhaps."""
    early = "too early" if kind == "after" else "not open"
    if not bench.order.is_plain and (
        _held(doing, act, matter, clause, kind)
        or _overlap(bench, doing, act, matter, clause)
    ):
        names = _named(bench, clause)
        return bench.finding(f"may be {early}", _either_order(names), *act.art)
    whose = doing.whose if act.is_each else None
    key = (early, clause, whose, act.art)
    known = bench.law.unmet.get(key)
    if known is not None:
        return known
    each = [one for one in map(bench.text.act, clause) if one and one.is_each]
    text = _not_there(_named(bench, clause), whose if each else None, kind)
    return bench.law.unmet.keep(key, bench.finding(early, text, *act.art))


def _named(bench: Bench, clause: tuple[str, ...]) -> Either:
    return Either(f"{bench.charter.id}.{name}" for name in clause)


def _too_few(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Iterator[Finding]:
    for name, number in act.numbers.items():
        yield from _so_many(bench, doing, matter, name, number)


def _so_many(
    bench: Bench, doing: Doing, matter: Matter, name: str, number: str
) -> Iterator[Finding]:
    """`after` with a number: so many different members have done it."""
    here = matter.where(name)
    sure, perhaps = set(), set()
    for one in here.done.get(name, ()):
        if one.member is not None:
            perhaps.add(one.member)
            if is_sure(bench, doing, one.place, one.since):
                sure.add(one.member)
    for other in _unordered(bench, here):
        if other.act == name and (member := other.whose) is not None:
            perhaps.add(member)
    full = f"{bench.charter.id}.{name}"
    if not enough(bench, matter, name, number, sure, doing.law_at):
        if enough(bench, matter, name, number, perhaps, doing.law_at):
            yield bench.finding("may be too early", _either_order(Either((full,))))
            return
        text = say(
            "{act} is of {n} members; {number_code} must have done it",
            act=full,
            n=len(sure),
            number_code=number,
        )
        yield bench.finding("too early", text)


def enough(
    bench: Bench, matter: Matter, name: str, number: str, did: set[str], at: int
) -> bool:
    """Whether these members are so many: a number, a share of those bound, or all."""
    act = bench.text.act(name)
    roll = bench.bound((act.art if act else ()) or matter.where(name).articles, at)
    if number == "all":
        return bool(roll) and did >= set(roll)
    return len(did) >= needed(number, len(roll))


def _not_yet(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Iterator[Finding]:
    """`before`: not once one of these was done."""
    for name in act.before:
        held = _held(doing, act, matter, (name,), "before")
        full = f"{bench.charter.id}.{name}"
        if any(is_sure(bench, doing, one.place, one.since) for one in held):
            text = say("{act} was done before", act=full)
            yield bench.finding("too late", text, *act.art)
        elif held or _comes_later(bench, doing, act, matter, (name,)):
            names = Either((full,))
            yield bench.finding("may be too late", _either_order(names), *act.art)


def _held(
    doing: Doing, act: Act, matter: Matter, clause: tuple[str, ...], kind: str
) -> list[Effect]:
    """What was done (or is in force, for `while`) of a clause, by whoever counts."""
    return [
        one
        for name in clause
        for one in (matter.in_force if kind == "while" else matter.done_here)(name)
        if _counts(doing, act, one.act, one.member)
    ]


def _either_order(names: Either) -> Said:
    return say("{act} and this may have happened in either order", act=names)


def _not_there(names: Either, member: str | None, kind: str) -> Said:
    """What the record does not show: an act of whoever (or of one member), or its force."""
    if kind == "after":
        if member:
            return say("the record shows no {act} of {actor}", act=names, actor=member)
        return say("the record shows no {act}", act=names)
    if member:
        return say(
            "the record shows no {act} of {actor} in force", act=names, actor=member
        )
    return say("the record shows no {act} in force", act=names)


def is_sure(bench: Bench, doing: Doing, place: int, at: Moment) -> bool:
    """Whether what the doing at `place` did, or time did at a moment, came before this."""
    if place == BY_TIME:
        return at.is_surely_before(doing.at)
    return bench.order.is_sure(place, bench.place)


def _unordered(bench: Bench, matter: Matter) -> Iterator[Doing]:
    """Doings in a matter that are reckoned later, and yet may have come first."""
    for place in bench.order.loose[bench.place]:
        other = bench.order.doings[place]
        if other.matter == matter.id:
            yield other


def _comes_later(
    bench: Bench, doing: Doing, act: Act, matter: Matter, clause: tuple[str, ...]
) -> bool:
    """Whether an act of the clause is reckoned later, and yet may have come first."""
    return any(
        _counts(doing, act, bench.text.act(name), other.whose)
        for name in clause
        for other in _unordered(bench, matter.where(name))
        if other.act == name
    )


def _counts(doing: Doing, act: Act, other: Act | None, member: str | None) -> bool:
    """Whether what a member did matters to this: another's not, where each acts."""
    if not act.is_each or other is None or not other.is_each:
        return True
    return member == doing.whose


def _overlap(
    bench: Bench, doing: Doing, act: Act, matter: Matter, clause: tuple[str, ...]
) -> bool:
    """Whether an act of the clause, or its end, may just as well have come otherwise."""
    return _comes_later(bench, doing, act, matter, clause) or any(
        _counts(doing, act, one.act, one.member)
        and one.ended is not None
        and one.ended_place is not None
        and not is_sure(bench, doing, one.ended_place, one.ended)
        for name in clause
        for one in matter.done_here(name)
    )
