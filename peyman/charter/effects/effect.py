"""What an act does to its matter once it has passed, and what time does by itself.

The order is that of the language: discharge, done, amends, ends, waive, in force, duties,
footing of deeds, clocks. Source: docs/charter-language.md, sections 2, 6 and 7.
"""

from dataclasses import replace
from datetime import date

from peyman.charter.doing import UNSPECIFIED, Doing, Verdict
from peyman.charter.effects.amending import (
    amend,
    keep_to_limits,
    reached,
    reaches,
    start,
)
from peyman.charter.effects.owing import discharge, fell_away, oblige, owe
from peyman.charter.effects.term import due_of
from peyman.charter.judging.bench import Bench
from peyman.charter.judging.law import Found, law_on
from peyman.charter.model import Act, Clauses, Several
from peyman.charter.moment import Moment, day_of, show
from peyman.charter.state import Clock, Effect, Matter, Word, is_there
from peyman.saying import say


def apply(
    bench: Bench,
    doing: Doing,
    act: Act,
    matter: Matter,
    ripe: Moment | None = None,
) -> Found:
    """Give a doing that has effect its effect; answer what only then can be remarked.

    Args:
        bench: The law of the day and the case so far.
        doing: What was done.
        act: The act that it is.
        matter: The matter in which it was done.
        ripe: From when it has effect, where that is not when it was done.
    """
    since = ripe or doing.at
    owed = matter.owed.get(doing.act)
    found = discharge(bench, doing, matter, owed, since) if owed else ()
    facts = doing.states
    if doing.basis is not None and "basis" not in facts:
        facts = {**facts, "basis": doing.basis}
    effect = Effect(doing, act, doing.whose, since, bench.place, facts, doing.words)
    if act.changes:
        found += _change(bench, effect, matter)
    if doing.grounds:
        _speak(bench, doing, matter)
    matter.add(effect)
    if act.begins:
        found += _begin(bench, effect, matter)
    if act.leans or matter.is_unsettled:
        settle(bench, matter, since, effect)
    if act.moves:
        _move(bench, act, matter.subject, since.lo)
    if matter.waiting:
        _ripen(bench, matter, since)
    return found


def _change(bench: Bench, effect: Effect, matter: Matter) -> Found:
    """What it does to what was there before it."""
    act = effect.act
    found = tuple(amend(bench, effect, matter)) if act.amends else ()
    if act.implies:
        _supply(effect)
    for one in reached(matter, effect, act.ends):
        matter.end(one, effect.since, effect.doing.id, effect.place)
    for name in act.waive:
        for duty in tuple(matter.owed.get(name, ())):
            matter.meet(duty, effect.doing.id)
    return found


def _begin(bench: Bench, effect: Effect, matter: Matter) -> Found:
    """What is owed because of it, and what time will do."""
    act = effect.act
    found = tuple(keep_to_limits(bench, effect)) if act.at_most else ()
    if act.duty or act.every:
        oblige(bench, effect, matter)
    if act.lasts or act.lapse:
        _start_clocks(bench, effect, matter)
    return found


def settle(bench: Bench, matter: Matter, at: Moment, new: Effect | None = None) -> None:
    """End what lasts only while something else does, and see which deeds lost footing.

    Where nothing ended, only what is new can lean on what is not there.
    """
    if not matter.is_unsettled and (new is None or _has_footing(matter, new)):
        return
    while gone := [one for one in _leaning(matter, new) if _outlived(matter, one)]:
        for one in gone:
            matter.end(one, at, "time", bench.place)
    for one in _leaning(matter, new):
        if _lost_footing(matter, one):
            one.owes_undoing = True
            for name, span in one.act.undo.items():
                matter.owe(owe(bench, one, name, span, one.member, at))
    if matter.is_unsettled:
        _let_fall(bench, matter, at)


def _let_fall(bench: Bench, matter: Matter, at: Moment) -> None:
    """Stop the clocks and duties of what ended, and see to the matters that opened under."""
    matter.is_unsettled = False
    if matter.clocks:
        matter.clocks = [clock for clock in matter.clocks if clock.cause.ended is None]
    for duty in [d for owed in matter.owed.values() for d in owed if fell_away(d)]:
        matter.drop(duty)
    for below in matter.beneath:
        below.is_unsettled = True
        settle(bench, below, at)


def _leaning(matter: Matter, new: Effect | None) -> tuple[Effect, ...]:
    """What may fall now: all that leans on others, or only what is new."""
    if matter.is_unsettled:
        return tuple(matter.leaning)
    return (new,) if new in matter.leaning else ()


def _supply(effect: Effect) -> None:
    """Add what the text supplies where the act is silent, or leaves a fact open."""
    silent = [
        fact
        for fact in effect.act.implies
        if effect.facts.get(fact, UNSPECIFIED) == UNSPECIFIED
    ]
    if silent:
        supplied = {fact: effect.act.implies[fact] for fact in silent}
        effect.facts = {**effect.facts, **supplied}
        effect.implied = tuple(silent)


def _outlived(matter: Matter, one: Effect) -> bool:
    """Whether nothing is left in force of that during which this lasts."""
    is_during = isinstance(one.act.lasts, tuple) and not one.act.deed
    return is_during and not _has_footing(matter, one)


def _lost_footing(matter: Matter, one: Effect) -> bool:
    can_owe = bool(one.act.undo) and not one.owes_undoing
    return can_owe and not _has_footing(matter, one)


def _has_footing(matter: Matter, one: Effect) -> bool:
    return is_in_force(matter, one.act, one.member, one.act.footing)


def is_in_force(matter: Matter, act: Act, member: str | None, clauses: Clauses) -> bool:
    """Whether of every clause one act is in force, for this member where each acts."""
    for clause in clauses:
        table = matter.force if matter.under is None else matter.forces(clause)
        if not is_there(table, act, member, clause):
            return False
    return True


def run_out(bench: Bench, matter: Matter, clock: Clock) -> None:
    """Time does what it does when a clock runs out.

    Args:
        bench: The law of the day on which the clock's cause was done.
        matter: The matter of the clock.
        clock: The clock; its cause is still in force.
    """
    matter.clocks.remove(clock)
    at = Moment(*clock.due)
    cause = clock.cause
    cause.run_out += (clock.act,)
    if not clock.act:
        matter.end(cause, at, "time", bench.place)
        settle(bench, matter, at)
        return
    act = bench.text.act(clock.act)
    if act is None:
        return
    doing = Doing(
        entry=f"{cause.doing.id}, time",
        n=1,
        act=clock.act,
        at=at,
        entered=at.hi,
        matter=matter.id,
        by="time",
        member=cause.member,
        basis=cause.doing.basis,
        states=cause.facts,
        words=cause.words,
        known_as="derived",
    )
    found = apply(bench, doing, act, matter)
    bench.state.verdicts.append(Verdict(doing, found, True, matter.id))


def late_letter(charter: str, matter: Matter, act: Act, doing: Doing) -> str | None:
    """Why this doing comes too late to the record, if time had done its part before.

    A doing that is dated before a clock ran out, was entered after, and would stop or
    move that clock: what time did stands, and the other reading is shown beside it.
    """
    for clock in matter.clocks:
        name = clock.cause.act.name
        stops = reaches(act, doing.whose, clock.cause, (*act.ends, *act.amends))
        if stops and doing.at.lo <= clock.due.latest < doing.entered:
            at = show(clock.due.latest)
            if clock.act:
                return say(
                    "time had done {act} by {at}, before this was entered",
                    act=f"{charter}.{clock.act}",
                    at=at,
                )
            return say(
                "time had done the end of {act} by {at}, before this was entered",
                act=f"{charter}.{name}",
                at=at,
            )
    return None


def _move(bench: Bench, act: Act, subject: str | None, at: int) -> None:
    """The subject joins texts, or leaves them."""
    if subject is not None:
        for letter in act.joins:
            bench.state.move(subject, letter, at, joins=True)
        for letter in act.leaves:
            bench.state.move(subject, letter, at, joins=False)


def _speak(bench: Bench, doing: Doing, matter: Matter) -> None:
    """Note what is said of the grounds; only the word of the charter's choice decides."""
    for name, said in doing.grounds.items():
        ground = bench.text.grounds.get(name)
        if ground is not None:
            by = doing.by or doing.whose or ""
            decides = _decides(bench, doing, matter, ground.word_of)
            matter.words.append(Word(name, said, by, doing.id, decides))


def _decides(bench: Bench, doing: Doing, matter: Matter, word: str) -> bool:
    """Whether this is the one whose word decides."""
    member = doing.whose
    if member is not None and word in ("member", "subject"):
        return word == "member" or member == matter.subject
    return doing.by == f"{bench.charter.id}/{word}"


def _start_clocks(bench: Bench, effect: Effect, matter: Matter) -> None:
    act = effect.act
    if isinstance(act.lasts, str | date | Several) and not act.deed:
        text = act.lasts.isoformat() if isinstance(act.lasts, date) else act.lasts
        effect.ends, _ = due_of(bench, text, effect.since, effect.facts)
        start(bench, matter, effect, "", effect.ends)
    for name, span in act.lapse.items():
        due, _ = due_of(bench, span, effect.since, effect.facts)
        start(bench, matter, effect, name, due)


def is_done(matter: Matter, doing: Doing, name: str) -> bool:
    """Whether an act took effect in the matter; a short name is of the doing's kind."""
    full = name if "." in name else f"{doing.act.partition('.')[0]}.{name}"
    return full in matter.done


def is_ripe(matter: Matter, doing: Doing) -> bool:
    """Whether a doing has nothing left to wait for."""
    if isinstance(doing.ripens, str):
        return is_done(matter, doing, doing.ripens)
    return doing.ripens is None or doing.ripens <= doing.at.lo


def _ripen(bench: Bench, matter: Matter, since: Moment) -> None:
    """Give effect to what waited for an act that is now done, from then on."""
    for waiting in tuple(matter.waiting):
        doing, act, _ = waiting
        if waiting not in matter.waiting:
            continue
        if doing.unless and is_done(matter, doing, doing.unless):
            matter.waiting.remove(waiting)
        elif is_ripe(matter, doing):
            matter.waiting.remove(waiting)
            day = day_of(doing.law_at, bench.charter.zone)
            then = replace(bench, law=law_on(bench.charter, day))
            apply(then, doing, act, matter, since)
