"""Judge one doing: every check of the charter, in its order, each with its reason.

The judgement changes nothing. What an act that passes does to the matter belongs to
`peyman.charter.kernel`. Source: docs/charter-language.md, section 6.
"""

from collections.abc import Iterator

from peyman.charter.doing import VOID, Doing, Finding
from peyman.charter.judging.bench import Bench, actor_named, roll_of
from peyman.charter.judging.content import agreement, judge_words, sureness, vote
from peyman.charter.judging.gate import gates, limits
from peyman.charter.judging.law import Alone, Found
from peyman.charter.model import Act
from peyman.charter.state import Matter
from peyman.saying import Either, Said, say


def judge(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Found:
    """Everything the charter remarks on a doing whose act and matter are known.

    Args:
        bench: The law of the day and the case so far.
        doing: What was done.
        act: The act in the text of the day and in the form in which it was done.
        matter: The matter in which it was done; a new one, still empty, if it opens one.
    """
    law = bench.law
    is_of_law = not bench.state.moves and law.first <= doing.law_at < law.last
    articles = act.art or matter.articles
    key = (
        act.name,
        doing.form,
        doing.by,
        doing.member,
        doing.whose == matter.subject,
        articles,
        doing.to,
        doing.basis,
        tuple(doing.grounds) if doing.grounds else (),
        tuple(map(doing.states.get, act.fixes)) if act.fixes else (),
        tuple(doing.words.items()) if doing.words else (),
    )
    alone = law.words.get(key) if is_of_law else None
    if alone is None:
        alone = _alone(bench, doing, act, matter)
        if is_of_law:
            law.words.keep(key, alone)
    power, addressee, words, checked = alone
    if bench.holds or doing.holder is not None:
        power += tuple(_office(bench, doing))
        power += tuple(_own_case(bench, doing, act, matter.subject))
    found = power + addressee
    if act.is_gated:
        found += gates(bench, doing, act, matter)
    found += words
    if act.decide is not None:
        found += vote(bench, doing, act, matter)
    if act.agrees is not None:
        found += agreement(bench, doing, act, matter)
    if act.name in law.limited:
        found += limits(bench, doing, act, matter)
    return found + checked


def is_void(act: Act, findings: Found) -> bool:
    """Whether these findings leave the act without effect."""
    if not act.deed:
        for one in findings:
            if one.code in VOID or one.code == act.void:
                return True
    return False


def _alone(bench: Bench, doing: Doing, act: Act, matter: Matter) -> Alone:
    """What needs no look at the case: power, addressee, words, how surely it was read.

    These four rest on the law of the day and on what the key of `judge` names, and on
    nothing else.
    """
    articles = act.art or matter.articles
    return (
        tuple(_power(bench, doing, act, articles, matter)),
        tuple(_addressee(bench, doing, act)),
        tuple(judge_words(bench, doing, act, articles)),
        tuple(sureness(bench, doing, act, articles)),
    )


def actor_fits(
    bench: Bench, word: str, by: str | None, member: str | None, subject: str | None
) -> bool:
    """Whether an actor is one of those whom one word of `by` means, membership aside."""
    own = f"{bench.charter.id}/"
    if word == "subject":
        return member is not None and member == subject
    if word in ("member", "each member"):
        return member is not None
    if word in ("another member", "each other member"):
        return member is not None and member != subject
    if word == "outside":
        known = by is not None and by.startswith(own)
        organ = bench.text.organs.get(by.removeprefix(own)) if by else None
        return by is not None and (not known or bool(organ and organ.outside))
    return by == own + word


def _power(
    bench: Bench,
    doing: Doing,
    act: Act,
    articles: tuple[str, ...],
    matter: Matter,
) -> Iterator[Finding]:
    member = doing.whose
    subject = matter.subject
    who = doing.by or member or "nobody named"
    words = [w for w in act.by if actor_fits(bench, w, doing.by, member, subject)]
    if not words:
        yield bench.finding("no power", _may_not(bench, who, act.by), *articles)
    elif all(_needs_membership(word) for word in words) and member not in bench.bound(
        articles, doing.law_at
    ):
        text = (
            say("{actor} is not a party to {article}", actor=member, article=articles)
            if articles
            else say("{actor} is not a party to any text", actor=member)
        )
        yield bench.finding("no power", text, *articles)


def _may_not(bench: Bench, who: str, allowed: tuple[str, ...]) -> Said:
    if not allowed:
        return say("{actor} may not; nobody may", actor=who)
    named = Either(actor_named(bench.charter, bench.text, word) for word in allowed)
    return say("{actor} may not; {other_actor} may", actor=who, other_actor=named)


def _needs_membership(word: str) -> bool:
    return word == "subject" or word.endswith("member")


def _office(bench: Bench, doing: Doing) -> Iterator[Finding]:
    own = f"{bench.charter.id}/"
    if doing.by is None or doing.holder is None or not doing.by.startswith(own):
        return
    office = bench.text.offices.get(doing.by.removeprefix(own))
    lawful = own + office.held_by if office and office.held_by else None
    lawful = lawful or bench.holder(doing.by, doing.law_at)
    if office is None or lawful is None or lawful == doing.holder:
        return
    articles = (office.art,) if office.art else ()
    text = say(
        "{actor} acts in {office_actor}; the text puts {lawful_actor} there: {says}",
        actor=doing.holder,
        office_actor=doing.by,
        lawful_actor=lawful,
        says=bench.text.articles[articles[0]].says if articles else {},
    )
    yield bench.finding("contested office", text, *articles)


def _own_case(
    bench: Bench, doing: Doing, act: Act, subject: str | None
) -> Iterator[Finding]:
    rule = bench.text.rules.get(act.decide or "")
    own = f"{bench.charter.id}/"
    name = rule.organ if rule else (doing.by or "").removeprefix(own)
    organ = bench.text.organs.get(name)
    chair = organ.chair if organ and organ.chair else None
    office = own + chair if chair else doing.by
    if office is None or subject is None or "/" not in office:
        return
    holder = bench.holder(office, doing.law_at)
    if holder == subject:
        text = say(
            "{office_actor} is held by {actor}, whose own case this is",
            office_actor=office,
            actor=holder,
        )
        yield bench.finding("own case", text)


def _addressee(bench: Bench, doing: Doing, act: Act) -> Iterator[Finding]:
    if not act.to:
        return
    own = f"{bench.charter.id}/"
    if not doing.to:
        meant = Either(actor_named(bench.charter, bench.text, name) for name in act.to)
        text = say("no addressee is stated; {actor} is meant", actor=meant)
        yield bench.finding("form", text)
        return
    bodies = {name: bench.text.organs.get(name) for name in act.to}
    good = {own + name for name in act.to}
    for body in bodies.values():
        good |= {own + x for x in (body.chair, body.secretary) if x} if body else set()
    if good & set(doing.to):
        return
    for name in (name for name, body in bodies.items() if body is not None):
        seats = set(roll_of(bench, name, doing.law_at)) - {doing.whose}
        if seats and seats <= set(doing.to):
            text = say(
                "addressed to all who sit in {actor}, not to {actor}", actor=own + name
            )
            art = bench.text.organs[name].art
            yield bench.finding("form", text, *((art,) if art else ()))
            return
    text = say(
        "addressed to {actor}; {other_actor} is meant",
        actor=Either(doing.to),
        other_actor=Either(own + name for name in act.to),
    )
    yield bench.finding("wrong addressee", text, *act.art)
