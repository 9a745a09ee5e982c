"""Judge one doing: every check of the charter, in its order, each with its reason.

The judgement changes nothing. What an act that passes does to the matter belongs to
`peyman.charter.kernel`. Source: docs/charter-language.md, section 6.
"""

from collections.abc import Iterator

from peyman.charter.bench import Bench, count, member_of, roll_of
from peyman.charter.doing import NOT_SHOWN, UNSPECIFIED, VOID, Doing, Finding
from peyman.charter.model import Act, Clauses
from peyman.charter.moment import Moment
from peyman.charter.order import BY_TIME
from peyman.charter.state import Matter
from peyman.charter.tally import Outcome


def judge(bench: Bench, doing: Doing, act: Act, matter: Matter | None) -> list[Finding]:
    """Everything the charter remarks on a doing whose act and matter are known.

    Args:
        bench: The law of the day and the case so far.
        doing: What was done.
        act: The act in the text of the day and in the form in which it was done.
        matter: The matter in which it was done; None if it opens one.
    """
    articles = act.art or (matter.articles if matter else ())
    found = [
        *_power(bench, doing, act, articles, matter),
        *_addressee(bench, doing, act),
    ]
    if matter is not None:
        found += _gate(bench, doing, act, matter, act.after, "after")
        found += _gate(bench, doing, act, matter, act.meanwhile, "while")
    found += _grounds_and_basis(bench, doing, act, articles)
    found += _facts(bench, doing, act)
    if act.decide is not None and "time" not in act.by:
        found += _vote(bench, doing, act, matter)
    if act.agrees and matter is not None:
        found += _agreement(bench, doing, act, matter)
    found += _sureness(bench, doing, act, articles)
    return found


def is_void(act: Act, findings: list[Finding]) -> bool:
    """Whether these findings leave the act without effect."""
    return not act.deed and any(finding.code in VOID for finding in findings)


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
    matter: Matter | None,
) -> Iterator[Finding]:
    member = member_of(doing)
    subject = matter.subject if matter else doing.subject or member
    who = doing.by or member or "nobody named"
    words = [w for w in act.by if actor_fits(bench, w, doing.by, member, subject)]
    if not words:
        allowed = " or ".join(act.by) or "nobody"
        yield bench.finding("no power", f"{who} may not; {allowed} may", *articles)
    elif all(_needs_membership(word) for word in words) and member not in bench.bound(
        articles, doing.law_at
    ):
        text = f"{member} is not a party to {', '.join(articles) or 'any text'}"
        yield bench.finding("no power", text, *articles)
    yield from _office(bench, doing)
    yield from _own_case(bench, doing, act, subject)


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
    says = bench.text.articles[articles[0]].says.get("en", "") if articles else ""
    text = f"{doing.holder} acts in {doing.by}; the text puts {lawful} there"
    yield bench.finding("contested office", f"{text}: {says}", *articles)


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
        text = f"{office} is held by {holder}, whose own case this is"
        yield bench.finding("own case", text)


def _addressee(bench: Bench, doing: Doing, act: Act) -> Iterator[Finding]:
    if not act.to:
        return
    own = f"{bench.charter.id}/"
    if not doing.to:
        yield bench.finding("form", f"no addressee is stated; {_or(act.to)} is meant")
        return
    bodies = {name: bench.text.organs.get(name) for name in act.to}
    good = {own + name for name in act.to}
    for body in bodies.values():
        good |= {own + x for x in (body.chair, body.secretary) if x} if body else set()
    if good & set(doing.to):
        return
    for name in (name for name, body in bodies.items() if body is not None):
        seats = set(roll_of(bench, name, doing.law_at)) - {member_of(doing)}
        if seats and seats <= set(doing.to):
            text = f"addressed to all who sit in {own}{name}, not to {own}{name}"
            art = bench.text.organs[name].art
            yield bench.finding("form", text, *((art,) if art else ()))
            return
    text = (
        f"addressed to {_or(doing.to)}; {_or(tuple(own + n for n in act.to))} is meant"
    )
    yield bench.finding("wrong addressee", text, *act.art)


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _gate(
    bench: Bench, doing: Doing, act: Act, matter: Matter, clauses: Clauses, kind: str
) -> Iterator[Finding]:
    """`after` and `while`: every clause needs one of its acts, done or in force.

    Where only an overlap of times decides, either way, the act is not voided.
    """
    for clause in clauses:
        member = member_of(doing)
        held = [
            one
            for name in clause
            for one in matter.effects
            if one.act.name == name
            and (kind == "after" or one.ended is None)
            and not (act.is_each and one.act.is_each and one.member != member)
        ]
        names = _or(tuple(name.partition(".")[2] for name in clause))
        early = "too early" if kind == "after" else "not open"
        if held:
            if not any(_is_sure(bench, doing, one.place, one.since) for one in held):
                text = f"{names} and this may have happened in either order"
                yield bench.finding(f"may be {early}", text, *act.art)
        elif _overlap(bench, doing, act, matter, clause):
            text = f"{names} and this may have happened in either order"
            yield bench.finding(f"may be {early}", text, *act.art)
        else:
            state = "" if kind == "after" else " in force"
            whose = f" of {member}" if act.is_each and member else ""
            text = f"the record shows no {names}{whose}{state}"
            yield bench.finding(early, text, *act.art)


def _is_sure(bench: Bench, doing: Doing, place: int, at: Moment) -> bool:
    """Whether what the doing at `place` did, or time did at a moment, came before this."""
    if place == BY_TIME:
        return at.is_surely_before(doing.at)
    return bench.order.is_sure(place, bench.place)


def _overlap(
    bench: Bench, doing: Doing, act: Act, matter: Matter, clause: tuple[str, ...]
) -> bool:
    """Whether an act of the clause, or its end, may just as well have come otherwise."""
    member = member_of(doing)

    def counts(name: str, whose: str | None) -> bool:
        other = bench.text.act(name)
        is_own = not (act.is_each and other and other.is_each) or whose == member
        return name in clause and is_own

    later = enumerate(bench.order.doings[bench.place + 1 :], bench.place + 1)
    return any(
        counts(other.act, member_of(other))
        and other.matter == matter.id
        and not bench.order.is_sure(bench.place, place)
        for place, other in later
    ) or any(
        counts(one.act.name, one.member)
        and one.ended is not None
        and one.ended_place is not None
        and not _is_sure(bench, doing, one.ended_place, one.ended)
        for one in matter.effects
    )


def _grounds_and_basis(
    bench: Bench, doing: Doing, act: Act, articles: tuple[str, ...]
) -> Iterator[Finding]:
    basis = doing.basis or ()
    if NOT_SHOWN in basis:
        yield bench.finding("not read", "on what it rests is not shown", *articles)
        basis = ()
    for name in basis:
        if name not in articles:
            text = f"{name} is no basis of {act.name}; {_or(articles)} is"
            yield bench.finding("basis", text, *articles)
    for name in doing.grounds if act.on else ():
        if name not in act.on or name not in bench.text.grounds:
            text = f"{name} is no ground on which {act.name} may rest"
            yield bench.finding("ground", text, *articles)
    for article in basis:
        wanted = [
            name
            for name in act.on
            if name in bench.text.grounds and bench.text.grounds[name].art == article
        ]
        if wanted and not any(name in doing.grounds for name in wanted):
            text = (
                f"rests on {article} and does not name its ground, {_or(tuple(wanted))}"
            )
            yield bench.finding("ground not named", text, article)


def _facts(bench: Bench, doing: Doing, act: Act) -> Iterator[Finding]:
    articles = act.art
    if act.form and doing.form is not None and doing.form not in act.form:
        text = f"done in the form {doing.form}; {_or(act.form)} is meant"
        yield bench.finding("form", text, *articles)
    stated = dict(doing.states)
    if doing.basis is not None:
        stated.setdefault("basis", doing.basis)
    for fact in act.fixes:
        value = stated.get(fact)
        said = f" (it says: {doing.words[fact]})" if fact in doing.words else ""
        if value is None:
            yield bench.finding("form", f"it does not state {fact}", *articles)
        elif value == UNSPECIFIED:
            yield bench.finding(
                "unspecified", f"{fact} is unspecified{said}", *articles
            )
        elif value == NOT_SHOWN:
            text = f"{fact} is not shown: the text of the act was not read{said}"
            yield bench.finding("not read", text, *articles)


def _vote(
    bench: Bench, doing: Doing, act: Act, matter: Matter | None
) -> Iterator[Finding]:
    rule = bench.text.rules[act.decide or ""]
    articles = (rule.art,) if rule.art else ()
    if rule.modes and doing.mode is not None and doing.mode not in rule.modes:
        text = f"decided by {doing.mode}; {_or(rule.modes)} is meant"
        yield bench.finding("mode", text, *articles)
    result = count(bench, doing, rule, matter)
    words = "; ".join(result.sums)
    if result.strangers:
        text = f"{', '.join(result.strangers)} has no vote; the ballot does not count"
        yield bench.finding("stranger", text, *articles)
    if result.outcome is Outcome.NOT_SHOWN:
        by = f" by {doing.announced_by}" if doing.announced_by else ""
        text = f"adopted as announced{by}; no ballots are known"
        yield bench.finding("not shown", text, *articles)
    elif result.outcome is not Outcome.ADOPTED:
        yield bench.finding("not carried", f"{result.outcome}: {words}", *articles)


def _agreement(
    bench: Bench, doing: Doing, act: Act, matter: Matter
) -> Iterator[Finding]:
    name = act.agrees or ""
    others = [one for one in matter.effects if one.act.name == name]
    if not others:
        return
    other = others[-1]
    short = name.partition(".")[2]
    here, there = doing.basis or (), other.doing.basis or ()
    is_shown = here and there and NOT_SHOWN not in (*here, *there)
    if is_shown and set(here) != set(there):
        text = f"basis: {', '.join(here)} here, {', '.join(there)} in {short}"
        yield bench.finding("differs", text, *act.art)
    for fact in sorted(set(doing.states) & set(other.facts)):
        both = (doing.states[fact], other.facts[fact])
        if NOT_SHOWN not in both and both[0] != both[1]:
            text = f"{fact}: {doing.states[fact]} here, {other.facts[fact]} in {short}"
            yield bench.finding("differs", text, *act.art)


def _sureness(
    bench: Bench, doing: Doing, act: Act, articles: tuple[str, ...]
) -> Iterator[Finding]:
    rule = bench.text.rules.get(act.decide or "")
    rests_on = [n for n in doing.basis or () if n in articles] or list(articles)
    if rule and rule.art and rule.art not in rests_on:
        rests_on.append(rule.art)
    texts = bench.text.articles
    unsure = [n for n in rests_on if n in texts and texts[n].checked == "memory"]
    if unsure:
        text = f"rests on {', '.join(unsure)}, known only from memory"
        yield bench.finding("unchecked", text, *unsure)
