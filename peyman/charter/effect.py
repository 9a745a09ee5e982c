"""What an act does to its matter once it has passed, and what time does by itself.

The order is that of the language: discharge, done, amends, ends, waive, in force, duties,
footing of deeds, clocks. Source: docs/charter-language.md, sections 2, 6 and 7.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from peyman.charter.bench import Bench, member_of
from peyman.charter.doing import Doing, Fact, Finding, Verdict
from peyman.charter.model import Act, Clauses
from peyman.charter.moment import CALENDAR, Due, Moment, day_of, show
from peyman.charter.state import Clock, Duty, Effect, Matter, Word
from peyman.charter.term import due_of, prolonged, term_end
from peyman.saying import say


def apply(
    bench: Bench,
    doing: Doing,
    act: Act,
    matter: Matter,
    ripe: Moment | None = None,
) -> Iterator[Finding]:
    """Give a doing that has effect its effect; yield what only then can be remarked.

    Args:
        bench: The law of the day and the case so far.
        doing: What was done.
        act: The act that it is.
        matter: The matter in which it was done.
        ripe: From when it has effect, where that is not when it was done.
    """
    member = member_of(doing)
    since = ripe or doing.at
    yield from _discharge(bench, doing, act, matter, since)
    matter.done |= act.mask
    if member is not None:
        matter.done_by[member] = matter.done_by.get(member, 0) | act.mask
    effect = Effect(doing, act, member, since, bench.place)
    effect.facts, effect.words = dict(doing.states), dict(doing.words)
    if doing.basis is not None:
        effect.facts.setdefault("basis", doing.basis)
    yield from _amend(bench, effect, matter)
    _end(matter, effect)
    for duty in matter.duties:
        if duty.act in act.waive and duty.met_by is None:
            duty.met_by = doing.id
    _speak(bench, doing, matter, member)
    matter.effects.append(effect)
    yield from _keep_to_limits(bench, effect)
    _oblige(bench, effect, matter)
    _start_clocks(bench, effect, matter)
    settle(bench, matter, since)
    if matter.subject:
        for letter in act.leaves:
            bench.state.left.setdefault((matter.subject, letter), since.lo)
    _ripen(bench, matter, since)


def settle(bench: Bench, matter: Matter, at: Moment) -> None:
    """End what lasts only while something else does, and see which deeds lost footing."""
    matter.recount()
    while gone := [one for one in matter.effects if _outlived(matter, one)]:
        for one in gone:
            one.ended, one.ended_by, one.ended_place = at, "time", bench.place
        matter.recount()
    matter.clocks = [clock for clock in matter.clocks if clock.cause.ended is None]
    for one in matter.effects:
        if _lost_footing(matter, one):
            one.owes_undoing = True
            for name, span in one.act.undo.items():
                matter.duties.append(owe(bench, one, name, span, one.member, at))


def _outlived(matter: Matter, one: Effect) -> bool:
    """Whether nothing is left in force of that during which this lasts."""
    names = one.act.lasts if isinstance(one.act.lasts, tuple) else ()
    is_running = one.ended is None and bool(names) and not one.act.deed
    return is_running and not is_in_force(matter, one.act, one.member, (names,))


def _lost_footing(matter: Matter, one: Effect) -> bool:
    can_owe = one.ended is None and bool(one.act.undo) and not one.owes_undoing
    return can_owe and not _has_footing(matter, one)


def _has_footing(matter: Matter, one: Effect) -> bool:
    names = one.act.lasts
    clauses = (names,) if isinstance(names, tuple) else one.act.meanwhile
    return is_in_force(matter, one.act, one.member, clauses)


def is_in_force(matter: Matter, act: Act, member: str | None, clauses: Clauses) -> bool:
    """Whether of every clause one act is in force, for this member where each acts."""
    return all(
        any(
            one.member == member or not (act.is_each and one.act.is_each)
            for name in clause
            for one in matter.in_force(name)
        )
        for clause in clauses
    )


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
    if not clock.act:
        cause.ended, cause.ended_by, cause.ended_place = at, "time", bench.place
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
        states=dict(cause.facts),
        words=dict(cause.words),
        known_as="derived",
    )
    found = tuple(apply(bench, doing, act, matter))
    bench.state.verdicts.append(Verdict(doing, found, True, matter.id))


def late_letter(
    charter: str, matter: Matter, act: Act, doing: Doing, member: str | None
) -> str | None:
    """Why this doing comes too late to the record, if time had done its part before.

    A doing that is dated before a clock ran out, was entered after, and would stop or
    move that clock: what time did stands, and the other reading is shown beside it.
    """
    for clock in matter.clocks:
        name = clock.cause.act.name
        stops = _reaches(act, member, clock.cause, (*act.ends, *act.amends))
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


def _discharge(
    bench: Bench, doing: Doing, act: Act, matter: Matter, since: Moment
) -> Iterator[Finding]:
    """Meet the oldest own duty to do this, and say whether it was met late."""
    member = member_of(doing)
    owed = (duty for duty in matter.duties if duty.met_by is None)
    for duty in owed:
        if duty.act == act.name and duty.debtor in (None, member):
            duty.met_by = doing.id
            counts_received = bench.charter.notice == "received"
            when = (counts_received and doing.received) or since
            if duty.due is not None and when.lo > duty.due.latest:
                text = say(
                    "owed by {at} because of {entry}",
                    at=show(duty.due.latest),
                    entry=duty.cause,
                )
                yield bench.finding("late", text, *duty.articles)
            return


def _amend(bench: Bench, effect: Effect, matter: Matter) -> Iterator[Finding]:
    """Facts stated replace; a span counts from the old end, a date is a date."""
    for one in _reached(matter, effect, effect.act.amends):
        facts = dict(effect.facts)
        term = one.act.lasts
        if isinstance(term, str) and term in facts:
            most = effect.act.at_most.get(term)
            ends = _anew(bench, effect, facts[term], one.ends)
            limit = _anew(bench, effect, most, one.ends) if most else None
            if most and ends and limit and ends.latest > limit.latest:
                yield _excess(bench, effect, term, most, limit)
                facts[term], ends = most, limit
            one.ends = ends
            _reset(matter, one, "", ends)
        one.facts |= facts
        one.words = {k: v for k, v in one.words.items() if k not in facts}
        one.words |= effect.words
        one.amended_by += (effect.doing.id,)
        _amend_lapses(bench, effect, one, matter)


def _anew(bench: Bench, effect: Effect, term: Fact, old: Due | None) -> Due | None:
    """When a term ends that an act sets anew; counted from the act if it had no end."""
    if old is None:
        return term_end(bench.charter, term, effect.since)
    return prolonged(bench.charter, term, old)


def _amend_lapses(bench: Bench, effect: Effect, one: Effect, matter: Matter) -> None:
    """Set the clocks anew whose day is a fact that was stated, unless they have run out."""
    for name, span in one.act.lapse.items():
        entry = f"{one.doing.id}, time"
        is_done = any(
            e.doing.entry == entry and e.act.name == name for e in matter.effects
        )
        if span in effect.facts and not is_done:
            running = [c.due for c in matter.clocks if c.cause is one and c.act == name]
            old = running[0] if running else None
            _reset(matter, one, name, _anew(bench, effect, effect.facts[span], old))


def _reset(matter: Matter, cause: Effect, act: str, due: Due | None) -> None:
    matter.clocks = [
        clock for clock in matter.clocks if clock.cause is not cause or clock.act != act
    ]
    if due is not None:
        matter.clocks.append(Clock(act, cause, due))


def _end(matter: Matter, by: Effect) -> None:
    """These are no longer in force; of one member where each acts for itself."""
    for one in _reached(matter, by, by.act.ends):
        one.ended, one.ended_by = by.since, by.doing.id
        one.ended_place = by.place


def _reached(matter: Matter, by: Effect, names: tuple[str, ...]) -> list[Effect]:
    """What is in force of these acts and may be ended or amended by this one."""
    return [
        one
        for one in matter.effects
        if one.ended is None and _reaches(by.act, by.member, one, names)
    ]


def _reaches(act: Act, member: str | None, one: Effect, names: tuple[str, ...]) -> bool:
    """Whether one act reaches another: its own alone, where both are of each member."""
    is_own = one.member == member or not (act.is_each and one.act.is_each)
    return one.act.name in names and is_own


def _speak(bench: Bench, doing: Doing, matter: Matter, member: str | None) -> None:
    """Note what is said of the grounds; only the word of the charter's choice decides."""
    for name, said in doing.grounds.items():
        ground = bench.text.grounds.get(name)
        if ground is None:
            continue
        by = doing.by or member or ""
        own = f"{bench.charter.id}/"
        word = ground.word_of
        decides = (
            by == own + word
            or (word == "member" and member is not None)
            or (word == "subject" and member is not None and member == matter.subject)
        )
        matter.words.append(Word(name, said, by, doing.id, decides))


def _oblige(bench: Bench, effect: Effect, matter: Matter) -> None:
    """Owe what the act obliges to, to be done by each member where each acts."""
    since = effect.since
    at = since.hi if since.lo < CALENDAR else since.lo
    for name, span in effect.act.duty.items():
        owed = bench.text.act(name)
        debtors: tuple[str | None, ...] = (None,)
        if owed is not None and owed.is_each:
            others = bench.bound(owed.art or matter.articles, at)
            debtors = tuple(m for m in others if _owes(owed, m, matter))
        for debtor in debtors:
            matter.duties.append(owe(bench, effect, name, span, debtor, since))


def _owes(owed: Act, member: str, matter: Matter) -> bool:
    return "each other member" not in owed.by or member != matter.subject


def _start_clocks(bench: Bench, effect: Effect, matter: Matter) -> None:
    act = effect.act
    if isinstance(act.lasts, str | date) and not act.deed:
        text = act.lasts if isinstance(act.lasts, str) else act.lasts.isoformat()
        effect.ends, _ = due_of(bench, text, effect.since, effect.facts)
        _reset(matter, effect, "", effect.ends)
    for name, span in act.lapse.items():
        due, _ = due_of(bench, span, effect.since, effect.facts)
        _reset(matter, effect, name, due)


def _keep_to_limits(bench: Bench, effect: Effect) -> Iterator[Finding]:
    """What goes beyond `at_most` has no effect."""
    for fact, most in effect.act.at_most.items():
        if fact in effect.facts:
            ends = term_end(bench.charter, effect.facts[fact], effect.since)
            limit = term_end(bench.charter, most, effect.since)
            if ends and limit and ends.latest > limit.latest:
                effect.facts[fact] = most
                yield _excess(bench, effect, fact, most, limit)


def _excess(bench: Bench, effect: Effect, fact: str, most: str, limit: Due) -> Finding:
    text = say(
        "{code} goes beyond {most_code}; it ends on {at}",
        code=fact,
        most_code=most,
        at=show(limit.latest),
    )
    return bench.finding("excess", text, *effect.act.art)


def is_done(matter: Matter, doing: Doing, name: str) -> bool:
    """Whether an act took effect in the matter; a short name is of the doing's kind."""
    full = name if "." in name else f"{doing.act.partition('.')[0]}.{name}"
    return any(one.act.name == full for one in matter.effects)


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
            then = replace(bench, text=bench.charter.on(day))
            tuple(apply(then, doing, act, matter, since))


def owe(
    bench: Bench,
    cause: Effect,
    name: str,
    span: str,
    debtor: str | None,
    since: Moment,
) -> Duty:
    """The duty to do an act within a span, because of a cause."""
    due, reading = due_of(bench, span, since, cause.facts)
    articles = cause.act.art
    return Duty(name, debtor, cause.doing.id, since, due, articles, None, reading)
