"""Owe and discharge: duties that an act brings, once or again and again, and their end.

Part of `peyman.charter.effects.effect`. Source: docs/charter-language.md, section 2: `duty`,
`every`, `undo`.
"""

from peyman.charter.doing import Doing
from peyman.charter.effects.term import due_of
from peyman.charter.judging.bench import Bench
from peyman.charter.judging.law import Found
from peyman.charter.model import Act, Span
from peyman.charter.moment import CALENDAR, Moment, show
from peyman.charter.state import Duty, Effect, Matter
from peyman.saying import say

_NOBODY = (None,)


def owe(
    bench: Bench,
    cause: Effect,
    name: str,
    span: Span,
    debtor: str | None,
    since: Moment,
) -> Duty:
    """The duty to do an act within a span, because of a cause."""
    due, reading = due_of(bench, span, since, cause.facts)
    articles = cause.act.art
    return Duty(name, debtor, cause.doing.id, since, due, articles, None, reading)


def discharge(
    bench: Bench, doing: Doing, matter: Matter, owed: list[Duty], since: Moment
) -> Found:
    """Meet the oldest own duty to do this, and say whether it was met late."""
    for duty in owed:
        if duty.debtor is None or duty.debtor == doing.whose:
            break
    else:
        return ()
    matter.meet(duty, doing.id)
    found: Found = ()
    counts_received = bench.charter.notice == "received"
    when = (counts_received and doing.received) or since
    if duty.due is not None and when.lo > duty.due.latest:
        text = say(
            "owed by {at} because of {entry}",
            at=show(duty.due.latest),
            entry=duty.cause,
        )
        found = (bench.finding("late", text, *duty.articles),)
    if duty.again is not None:
        matter.owe(_once_more(bench, duty, *duty.again, since))
    return found


def _once_more(
    bench: Bench, duty: Duty, span: Span, cause: Effect, since: Moment
) -> Duty:
    """The same duty, owed again from its performance."""
    again = owe(bench, cause, duty.act, span, duty.debtor, since)
    again.again = duty.again
    return again


def oblige(bench: Bench, effect: Effect, matter: Matter) -> None:
    """Owe what the act obliges to, to be done by each member where each acts."""
    since = effect.since
    for name, span in effect.act.duty.items():
        for debtor in _debtors(bench, name, matter, since):
            matter.owe(owe(bench, effect, name, span, debtor, since))
    for name, span in effect.act.every.items():
        for debtor in _debtors(bench, name, matter, since):
            duty = owe(bench, effect, name, span, debtor, since)
            duty.again = (span, effect)
            matter.owe(duty)


def _debtors(
    bench: Bench, name: str, matter: Matter, since: Moment
) -> tuple[str | None, ...]:
    """Each member that must do it, or nobody in particular."""
    owed = bench.law.acts.get(name)
    if owed is None or not owed.is_each:
        return _NOBODY
    at = since.hi if since.lo < CALENDAR else since.lo
    others = bench.bound(owed.art or matter.articles, at)
    return tuple(m for m in others if _owes(owed, m, matter))


def _owes(owed: Act, member: str, matter: Matter) -> bool:
    return "each other member" not in owed.by or member != matter.subject


def fell_away(duty: Duty) -> bool:
    """Whether what it was owed during, again and again, is no longer in force."""
    is_open = duty.again is not None and duty.met_by is None
    return is_open and duty.again is not None and duty.again[1].ended is not None
