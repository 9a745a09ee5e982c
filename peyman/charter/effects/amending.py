"""Change what is in force: its facts, its term and its clocks; keep terms to their limits.

Part of `peyman.charter.effects.effect`. Source: docs/charter-language.md, section 2: `amends`,
`at_most`.
"""

from collections.abc import Iterator

from peyman.charter.doing import Fact, Finding
from peyman.charter.effects.term import due_of, one_of, prolonged, term_end
from peyman.charter.judging.bench import Bench
from peyman.charter.model import Act, Several
from peyman.charter.moment import Due, show
from peyman.charter.state import Clock, Effect, Matter
from peyman.saying import say


def amend(bench: Bench, effect: Effect, matter: Matter) -> Iterator[Finding]:
    """Facts stated replace; a span counts from the old end, a date is a date."""
    for one in reached(matter, effect, effect.act.amends):
        facts = dict(effect.facts)
        term = one.act.lasts
        if isinstance(term, Several) and not facts.keys().isdisjoint(term.of):
            one.ends = _several_anew(bench, effect, term, one.ends)
            reset(bench, matter, one, "", one.ends)
        if isinstance(term, str) and term in facts:
            most = effect.act.at_most.get(term)
            ends = _anew(bench, effect, facts[term], one.ends)
            limit = _anew(bench, effect, most, one.ends) if most else None
            if most and ends and limit and ends.latest > limit.latest:
                yield _excess(bench, effect, term, most, limit)
                facts[term], ends = most, limit
            one.ends = ends
            reset(bench, matter, one, "", ends)
        one.facts = {**one.facts, **facts}
        words = {k: v for k, v in one.words.items() if k not in facts}
        one.words = {**words, **effect.words}
        one.amended_by += (effect.doing.id,)
        _amend_lapses(bench, effect, one, matter)


def _anew(bench: Bench, effect: Effect, term: Fact, old: Due | None) -> Due | None:
    """When a term ends that an act sets anew; counted from the act if it had no end."""
    if old is None:
        return term_end(bench.charter, term, effect.since)
    return prolonged(bench.charter, term, old)


def _several_anew(
    bench: Bench, effect: Effect, several: Several, old: Due | None
) -> Due | None:
    """What is stated anew counts from the old end, everything else from the act."""
    ends = [
        _anew(bench, effect, effect.facts[one], old)
        if one in effect.facts
        else due_of(bench, one, effect.since, effect.facts)[0]
        for one in several.of
    ]
    return one_of(several, ends)


def _amend_lapses(bench: Bench, effect: Effect, one: Effect, matter: Matter) -> None:
    """Set the clocks anew whose day is a fact that was stated, unless they have run out."""
    for name, span in one.act.lapse.items():
        if name in one.run_out:
            continue
        if isinstance(span, str) and span in effect.facts:
            running = [c.due for c in matter.clocks if c.cause is one and c.act == name]
            old = running[0] if running else None
            reset(
                bench, matter, one, name, _anew(bench, effect, effect.facts[span], old)
            )


def keep_to_limits(bench: Bench, effect: Effect) -> Iterator[Finding]:
    """What goes beyond `at_most` has no effect."""
    for fact, most in effect.act.at_most.items():
        if fact in effect.facts:
            ends = term_end(bench.charter, effect.facts[fact], effect.since)
            limit = term_end(bench.charter, most, effect.since)
            if ends and limit and ends.latest > limit.latest:
                effect.facts = {**effect.facts, fact: most}
                yield _excess(bench, effect, fact, most, limit)


def _excess(bench: Bench, effect: Effect, fact: str, most: str, limit: Due) -> Finding:
    text = say(
        "{code} goes beyond {most_code}; it ends on {at}",
        code=fact,
        most_code=most,
        at=show(limit.latest),
    )
    return bench.finding("excess", text, *effect.act.art)


def reset(
    bench: Bench, matter: Matter, cause: Effect, act: str, due: Due | None
) -> None:
    """Set the clock anew by which time does an act (or ends the cause, for no act)."""
    matter.clocks = [
        one for one in matter.clocks if one.cause is not cause or one.act != act
    ]
    start(bench, matter, cause, act, due)


def start(
    bench: Bench, matter: Matter, cause: Effect, act: str, due: Due | None
) -> None:
    """Set the clock by which time does an act (or ends the cause, for no act)."""
    if due is not None:
        clock = Clock(act, cause, due)
        matter.clocks.append(clock)
        bench.state.expect(matter, clock)


def reached(matter: Matter, by: Effect, names: tuple[str, ...]) -> list[Effect]:
    """What is in force of these acts and may be ended or amended by this one."""
    if not names:
        return []
    found = [
        one
        for name in names
        for one in matter.force.get(name, ())
        if reaches(by.act, by.member, one, names)
    ]
    return sorted(found, key=_number) if len(names) > 1 else found


def _number(effect: Effect) -> int:
    return effect.number


def reaches(act: Act, member: str | None, one: Effect, names: tuple[str, ...]) -> bool:
    """Whether one act reaches another: its own alone, where both are of each member."""
    is_own = one.member == member or not (act.is_each and one.act.is_each)
    return one.act.name in names and is_own
