"""What an act does to its matter once it has passed, and what time does by itself.

The order is that of the language: discharge, done, amends, ends, waive, in force, duties,
footing of deeds, clocks. Source: docs/charter-language.md, sections 2, 6 and 7.
"""

from collections.abc import Iterator
from datetime import date

from peyman.charter.doing import Doing, Finding, Verdict
from peyman.charter.judge import Bench, member_of
from peyman.charter.model import Act, Clauses
from peyman.charter.moment import Due, Moment, show
from peyman.charter.state import Clock, Duty, Effect, Matter, Word
from peyman.charter.term import due_of, term_end


def apply(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Iterator[Finding]:
    """Give a doing that has effect its effect; yield what only then can be remarked."""
    member = member_of(bench, doing)
    yield from _discharge(bench, doing, act, matter, member)
    matter.done |= act.mask
    if member is not None:
        matter.done_by[member] = matter.done_by.get(member, 0) | act.mask
    effect = Effect(doing, act, member, doing.at, bench.place)
    effect.facts, effect.words = dict(doing.states), dict(doing.words)
    if doing.basis is not None:
        effect.facts.setdefault("basis", doing.basis)
    yield from _amend(bench, effect, matter)
    _end(matter, act.ends, member if act.is_each else None, effect)
    for duty in matter.duties:
        if duty.act in act.waive and duty.met_by is None:
            duty.met_by = doing.id
    _speak(bench, doing, matter, member)
    matter.effects.append(effect)
    _oblige(bench, effect, matter)
    yield from _start_clocks(bench, effect, matter)
    settle(bench, matter, doing.at)
    if act.leaves and matter.subject:
        for letter in act.leaves:
            bench.state.left[matter.subject, letter] = doing.at.lo


def settle(bench: Bench, matter: Matter, at: Moment) -> None:
    """End what lasts only while something else does, and see which deeds lost footing."""
    matter.recount()
    while gone := [one for one in matter.effects if _outlived(matter, one)]:
        for one in gone:
            one.ended, one.ended_by = at, "time"
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
    return is_running and not any(matter.in_force(name) for name in names)


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
    act = bench.text.act(clock.act) if clock.act else None
    if act is None:
        clock.cause.ended, clock.cause.ended_by = at, "time"
        settle(bench, matter, at)
        return
    cause = clock.cause
    doing = Doing(
        entry=f"{cause.doing.id}, time",
        n=1,
        act=clock.act,
        at=at,
        entered=at.hi,
        matter=matter.id,
        by="time",
        basis=cause.doing.basis,
        states=cause.facts,
        words=cause.words,
        known_as="derived",
    )
    found = tuple(apply(bench, doing, act, matter))
    bench.state.verdicts.append(Verdict(doing, found, True, matter.id))


def late_letter(matter: Matter, act: Act, doing: Doing) -> str | None:
    """Why this doing comes too late to the record, if time had done its part before.

    A doing that is dated before a clock ran out, was entered after, and would stop or
    move that clock: what time did stands, and the other reading is shown beside it.
    """
    for clock in matter.clocks:
        name = clock.cause.act.name
        stops = name in act.ends or name in act.amends
        if stops and doing.at.lo <= clock.due.latest < doing.entered:
            what = clock.act.partition(".")[2] or f"the end of {name}"
            day = show(clock.due.latest)
            return f"time had done {what} by {day}, before this was entered"
    return None


def _discharge(
    bench: Bench, doing: Doing, act: Act, matter: Matter, member: str | None
) -> Iterator[Finding]:
    """Meet the oldest own duty to do this, and say whether it was met late."""
    owed = (duty for duty in matter.duties if duty.met_by is None)
    for duty in owed:
        if duty.act == act.name and duty.debtor in (None, member):
            duty.met_by = doing.id
            counts_received = bench.charter.notice == "received"
            when = (counts_received and doing.received) or doing.at
            if duty.due is not None and when.lo > duty.due.latest:
                text = f"owed by {show(duty.due.latest)} because of {duty.cause}"
                yield bench.finding("late", text, *duty.articles)
            return


def _amend(bench: Bench, effect: Effect, matter: Matter) -> Iterator[Finding]:
    """Facts stated replace; a span counts from the old end, a date is a date."""
    member = effect.member if effect.act.is_each else None
    for name in effect.act.amends:
        for one in matter.in_force(name, member):
            one.facts |= effect.facts
            one.words = {k: v for k, v in one.words.items() if k not in effect.facts}
            one.words |= effect.words
            one.amended_by += (effect.doing.id,)
            term = one.act.lasts
            if isinstance(term, str) and term in effect.facts:
                start = Moment(*one.ends) if one.ends else effect.since
                one.ends = term_end(bench.charter, effect.facts[term], start)
                yield from _cap(bench, one, effect.doing)
                _reset(matter, one, "", one.ends)
            for name_lapsed, span in one.act.lapse.items():
                if span in effect.facts:
                    due = term_end(bench.charter, effect.facts[span], effect.since)
                    _reset(matter, one, name_lapsed, due)


def _reset(matter: Matter, cause: Effect, act: str, due: Due | None) -> None:
    matter.clocks = [
        clock for clock in matter.clocks if clock.cause is not cause or clock.act != act
    ]
    if due is not None:
        matter.clocks.append(Clock(act, cause, due))


def _end(
    matter: Matter, names: tuple[str, ...], member: str | None, by: Effect
) -> None:
    """These are no longer in force; of one member where each acts for itself."""
    for name in names:
        for one in matter.in_force(name):
            if member is None or not one.act.is_each or one.member == member:
                one.ended, one.ended_by = by.since, by.doing.id
                one.ended_place = by.place


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
    for name, span in effect.act.duty.items():
        owed = bench.text.act(name)
        debtors: tuple[str | None, ...] = (None,)
        if owed is not None and owed.is_each:
            articles = owed.art or matter.articles
            others = bench.bound(articles, effect.since.lo)
            debtors = tuple(m for m in others if _owes(owed, m, matter))
        for debtor in debtors:
            since = effect.since
            matter.duties.append(owe(bench, effect, name, span, debtor, since))


def _owes(owed: Act, member: str, matter: Matter) -> bool:
    return "each other member" not in owed.by or member != matter.subject


def _start_clocks(bench: Bench, effect: Effect, matter: Matter) -> Iterator[Finding]:
    act = effect.act
    if isinstance(act.lasts, str | date) and not act.deed:
        text = act.lasts if isinstance(act.lasts, str) else act.lasts.isoformat()
        effect.ends, _ = due_of(bench, text, effect.since, effect.facts)
        yield from _cap(bench, effect, effect.doing)
        _reset(matter, effect, "", effect.ends)
    for name, span in act.lapse.items():
        due, _ = due_of(bench, span, effect.since, effect.facts)
        _reset(matter, effect, name, due)


def _cap(bench: Bench, effect: Effect, doing: Doing) -> Iterator[Finding]:
    """What goes beyond `at_most` has no effect."""
    for fact, most in effect.act.at_most.items():
        limit = term_end(bench.charter, most, effect.since)
        ends = effect.ends
        if fact != effect.act.lasts or ends is None or limit is None:
            continue
        if ends.latest > limit.latest:
            text = f"{fact} goes beyond {most}; it ends on {show(limit.latest)}"
            effect.ends = limit
            yield bench.finding("excess", text, *effect.act.art)


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
