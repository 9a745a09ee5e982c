"""Judge what a doing says: its grounds and basis, its facts, its vote, what it repeats.

Who may do it, when, and to whom it must be addressed, is in `peyman.charter.judging.judge`.
Source: docs/charter-language.md, sections 2 and 6.
"""

from collections.abc import Iterator
from functools import lru_cache

from peyman.charter.doing import NOT_SHOWN, UNSPECIFIED, Doing, Finding
from peyman.charter.judging.bench import Bench, voters
from peyman.charter.judging.law import Found
from peyman.charter.model import Act, Rule
from peyman.charter.state import Effect, Matter
from peyman.charter.tally import Outcome, tally
from peyman.saying import Either, Said, say, series


def judge_words(
    bench: Bench, doing: Doing, act: Act, articles: tuple[str, ...]
) -> Iterator[Finding]:
    """Everything the charter remarks on the words of a doing, whatever its case.

    Args:
        bench: The law of the day.
        doing: What was done.
        act: The act in the text of the day and in its form.
        articles: On which it may rest: its own, or those of the act that opened the matter.
    """
    yield from _grounds_and_basis(bench, doing, act, articles)
    yield from _facts(bench, doing, act)


def _grounds_and_basis(
    bench: Bench, doing: Doing, act: Act, articles: tuple[str, ...]
) -> Iterator[Finding]:
    basis = doing.basis or ()
    full = f"{bench.charter.id}.{act.name}"
    if NOT_SHOWN in basis:
        text = say("on what it rests is not shown")
        yield bench.finding("not read", text, *articles)
        basis = ()
    for name in basis:
        if name not in articles:
            text = say(
                "{article} is no basis of {act}; {other_article} is",
                article=name,
                act=full,
                other_article=Either(articles),
            )
            yield bench.finding("basis", text, *articles)
    for name in doing.grounds if act.on else ():
        if name not in act.on or name not in bench.text.grounds:
            text = say(
                "{ground} is no ground on which {act} may rest",
                ground=f"{bench.charter.id}/{name}",
                act=full,
            )
            yield bench.finding("ground", text, *articles)
    for article in basis:
        wanted = [
            name
            for name in act.on
            if name in bench.text.grounds and bench.text.grounds[name].art == article
        ]
        if wanted and not any(name in doing.grounds for name in wanted):
            text = say(
                "rests on {article} and does not name its ground, {ground}",
                article=article,
                ground=Either(f"{bench.charter.id}/{one}" for one in wanted),
            )
            yield bench.finding("ground not named", text, article)


def _facts(bench: Bench, doing: Doing, act: Act) -> Iterator[Finding]:
    articles = act.art
    if act.form and doing.form is not None and doing.form not in act.form:
        text = say(
            "done in the form {code}; {other_code} is meant",
            code=doing.form,
            other_code=Either(act.form),
        )
        yield bench.finding("form", text, *articles)
    for fact in act.fixes:
        value = doing.states.get(fact, doing.basis if fact == "basis" else None)
        words = doing.words.get(fact)
        if value is None:
            text = say("it does not state {code}", code=fact)
            yield bench.finding("form", text, *articles)
        elif value == UNSPECIFIED:
            yield bench.finding("unspecified", _unspecified(fact, words), *articles)
        elif value == NOT_SHOWN:
            yield bench.finding("not read", _not_read(fact, words), *articles)


def _unspecified(fact: str, words: str | None) -> Said:
    if words is None:
        return say("{code} is unspecified", code=fact)
    return say("{code} is unspecified (it says: {words})", code=fact, words=words)


def _not_read(fact: str, words: str | None) -> Said:
    if words is None:
        return say("{code} is not shown: the text of the act was not read", code=fact)
    return say(
        "{code} is not shown: the text of the act was not read (it says: {words})",
        code=fact,
        words=words,
    )


def vote(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Found:
    """What is remarked on how it was decided; of the same ballots once."""
    if act.decide is None or "time" in act.by:
        return ()
    rule = bench.text.rules[act.decide]
    roll = voters(bench, doing, rule, matter)
    ballots = doing.ballots
    cast = None if ballots is None else (*ballots, *ballots.values())
    key = (rule.name, doing.mode, doing.announced_by, roll, matter.subject, cast)
    found = bench.law.votes.get(key)
    if found is None:
        found = tuple(_vote(bench, doing, rule, roll, matter.subject))
        bench.law.votes.keep(key, found)
    return found


def _vote(
    bench: Bench, doing: Doing, rule: Rule, roll: tuple[str, ...], subject: str | None
) -> Iterator[Finding]:
    articles = (rule.art,) if rule.art else ()
    if rule.modes and doing.mode is not None and doing.mode not in rule.modes:
        text = say(
            "decided by {code}; {other_code} is meant",
            code=doing.mode,
            other_code=Either(rule.modes),
        )
        yield bench.finding("mode", text, *articles)
    rules = bench.text.rules
    result = tally(rule, roll, doing.ballots, rules=rules, subject=subject)
    if result.strangers:
        text = say(
            "{actor} has no vote; the ballot does not count", actor=result.strangers
        )
        yield bench.finding("stranger", text, *articles)
    if result.outcome is Outcome.NOT_SHOWN:
        yield bench.finding("not shown", _announced(doing.announced_by), *articles)
    elif result.outcome is not Outcome.ADOPTED:
        text = say(
            "{outcome}: {sentence}",
            outcome=str(result.outcome),
            sentence=series(*result.sums),
        )
        yield bench.finding("not carried", text, *articles)


def _announced(by: str | None) -> Said:
    if by is None:
        return say("adopted as announced; no ballots are known")
    return say("adopted as announced by {actor}; no ballots are known", actor=by)


def agreement(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Found:
    """Where it does not say what the act that it repeats says."""
    others = matter.done.get(act.agrees or "")
    if not others or (not doing.states and doing.basis == others[-1].doing.basis):
        return ()
    return tuple(_differs(bench, doing, act, others[-1]))


def _differs(bench: Bench, doing: Doing, act: Act, other: Effect) -> Iterator[Finding]:
    full = f"{bench.charter.id}.{act.agrees}"
    here, there = doing.basis or (), other.doing.basis or ()
    is_shown = here and there and NOT_SHOWN not in (*here, *there)
    if is_shown and set(here) != set(there):
        text = say(
            "basis: {article} here, {other_article} in {act}",
            article=here,
            other_article=there,
            act=full,
        )
        yield bench.finding("differs", text, *act.art)
    for fact in sorted(set(doing.states) & set(other.facts)):
        both = (doing.states[fact], other.facts[fact])
        if NOT_SHOWN not in both and both[0] != both[1]:
            text = say(
                "{code}: {here_code} here, {there_code} in {act}",
                code=fact,
                here_code=both[0],
                there_code=both[1],
                act=full,
            )
            yield bench.finding("differs", text, *act.art)


def sureness(
    bench: Bench, doing: Doing, act: Act, articles: tuple[str, ...]
) -> Iterator[Finding]:
    """That it rests on what is known only from memory."""
    rule = bench.text.rules.get(act.decide or "")
    rests_on = [n for n in doing.basis or () if n in articles] or list(articles)
    if rule and rule.art and rule.art not in rests_on:
        rests_on.append(rule.art)
    texts = bench.text.articles
    unsure = [n for n in rests_on if n in texts and texts[n].checked == "memory"]
    if unsure:
        yield bench.finding("unchecked", _from_memory(tuple(unsure)), *unsure)


@lru_cache(maxsize=1024)
def _from_memory(articles: tuple[str, ...]) -> Said:
    return say("rests on {article}, known only from memory", article=articles)
