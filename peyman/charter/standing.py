"""Read from a state who may do what, who must by when, who is late, what is in force.

One `Row` an actor. Names are full (`csto.assistance.notify`, `csto/council`), so that rows
of several charters can stand beside each other. Nothing here changes the state.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peyman.charter.doing import NOT_SHOWN, UNSPECIFIED, Doing, Hold
from peyman.charter.effects.effect import is_in_force
from peyman.charter.judging.bench import Bench, actor_named
from peyman.charter.judging.gate import enough
from peyman.charter.judging.law import Law, law_on
from peyman.charter.model import Act, Charter, Clauses
from peyman.charter.moment import Due, Moment, day_of, show
from peyman.charter.order import BY_TIME, Order
from peyman.charter.state import Duty, Effect, Matter, State
from peyman.saying import Said, say, series

TAKERS = "takers"
"""The word of `binds` that is computed: only who voted for it is bound."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a standing.

    Attributes:
        act: Full name, with the charter's.
        by: The actor who may, must or did.
        because: The act that is the cause of a duty, or that is in force.
        due: When a duty falls due, or when what is in force ends.
        since: From when it is owed or in force.
        note: A reading that was used, or what is not certain.
        to: Whom the act must reach, if anybody.
    """

    act: str
    by: str
    articles: tuple[str, ...] = ()
    because: str | None = None
    due: Due | None = None
    since: Moment | None = None
    note: str | None = None
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterStanding:
    """What stands in one matter at a moment."""

    matter: Matter
    may: tuple[Row, ...]
    must: tuple[Row, ...]
    late: tuple[Row, ...]
    may_be_late: tuple[Row, ...]
    waiting: tuple[Row, ...]
    in_force: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A ground of the charter: whose word decides it, and whether that was spoken."""

    name: str
    article: str
    decided_by: str
    state: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a mandate says, and what it leaves open."""

    effect: Effect
    unspecified: tuple[str, ...]
    not_shown: tuple[str, ...]


def matters(
    charter: Charter, state: State, holds: tuple[Hold, ...] = ()
) -> tuple[MatterStanding, ...]:
    """The standing of every matter, in the order in which they were opened."""
    bench = Bench(_law(charter, state), state, Order(), BY_TIME, holds)
    shown = lasting(bench)
    return tuple(_matter(bench, matter, shown) for matter in state.matters.values())


def may_open(charter: Charter, state: State) -> tuple[Row, ...]:
    """Who may open a new matter now, and by which act."""
    bench = Bench(_law(charter, state), state, Order(), BY_TIME, ())
    rows = []
    for act in _acts(bench):
        if act.opens is True:
            rows += [
                Row(_full(charter, act.name), by, act.art)
                for by in _actors(bench, act, act.art, None)
            ]
    return tuple(rows)


def conditions(charter: Charter, state: State) -> tuple[Condition, ...]:
    """Every ground of the text of the day, and what became of the decisive word."""
    found = []
    for ground in state.text.grounds.values():
        decisive = [
            word.said
            for matter in state.matters.values()
            for word in matter.words
            if word.ground == ground.name and word.decides
        ]
        said = {"asserted": "spoken", "denied": "denied"}
        spoken = said[decisive[-1]] if decisive else "not spoken"
        decided_by = actor_named(charter, state.text, ground.word_of)
        found.append(Condition(ground.name, ground.art, decided_by, spoken))
    return tuple(found)


def mandates(state: State) -> tuple[Mandate, ...]:
    """Every mandate that took effect, in force or not."""
    found = []
    for matter in state.matters.values():
        for effect in matter.effects:
            if effect.act.mandate:
                facts = effect.facts
                fixes = effect.act.fixes
                open_ = tuple(
                    f for f in fixes if facts.get(f, UNSPECIFIED) == UNSPECIFIED
                )
                unread = tuple(f for f in fixes if facts.get(f) == NOT_SHOWN)
                found.append(Mandate(effect, open_, unread))
    return tuple(found)


def _law(charter: Charter, state: State) -> Law:
    return law_on(charter, day_of(state.now, charter.zone))


def _matter(bench: Bench, matter: Matter, shown: frozenset[str]) -> MatterStanding:
    now = bench.state.now
    owed = [duty for duty in matter.duties if duty.met_by is None]
    late = [d for d in owed if d.due is not None and d.due.latest < now]
    maybe = [
        d for d in owed if d.due is not None and d.due.earliest < now <= d.due.latest
    ]
    return MatterStanding(
        matter=matter,
        may=tuple(_may(bench, matter)),
        must=tuple(r for d in owed if d not in late for r in _owed(bench, matter, d)),
        late=tuple(r for d in late for r in _owed(bench, matter, d)),
        may_be_late=tuple(r for d in maybe for r in _owed(bench, matter, d)),
        waiting=tuple(_waiting(bench, matter)),
        in_force=tuple(_in_force(bench, matter, shown)),
    )


def _acts(bench: Bench) -> Iterator[Act]:
    for name in bench.charter.names:
        act = bench.text.act(name)
        if act is not None:
            yield act


def _may(bench: Bench, matter: Matter) -> Iterator[Row]:
    for act in _acts(bench):
        is_own = act.kind == matter.kind and not act.opens
        if act.is_by_time or not (is_own or act.opens == matter.kind):
            continue
        here = matter if is_own else _beneath(matter, act)
        articles = act.art or matter.articles
        for by in _actors(bench, act, articles, matter):
            member = by if "/" not in by else None
            if by == matter.subject and by not in bench.bound(
                articles, bench.state.now
            ):
                continue
            if _is_open(bench, here, act, member):
                name = _full(bench.charter, act.name)
                yield Row(name, by, articles, to=_to(bench.charter, act))


def _beneath(matter: Matter, act: Act) -> Matter:
    """The matter that an act would open under this one, still empty."""
    doing = matter.opened_by
    return Matter("", act.kind, matter.subject, doing, act.art, under=matter)


def _is_open(bench: Bench, matter: Matter, act: Act, member: str | None) -> bool:
    """Whether nothing that the act needs is missing, or stands in its way."""
    now = bench.state.now
    return (
        is_done(matter, act, member, act.after)
        and is_in_force(matter, act, member, act.meanwhile)
        and not any(is_done(matter, act, member, ((one,),)) for one in act.before)
        and all(
            enough(bench, matter, name, number, _members(matter, name), now)
            for name, number in act.numbers.items()
        )
    )


def _members(matter: Matter, name: str) -> set[str]:
    """The members that have done an act."""
    return {one.member for one in matter.done_here(name) if one.member}


def is_done(matter: Matter, act: Act, member: str | None, clauses: Clauses) -> bool:
    """Whether of every clause one act was done, by this member where each acts."""
    return all(
        any(
            one.member == member or not (act.is_each and one.act.is_each)
            for name in clause
            for one in matter.done_here(name)
        )
        for clause in clauses
    )


def _actors(
    bench: Bench, act: Act, articles: tuple[str, ...], matter: Matter | None
) -> tuple[str, ...]:
    """Everyone whom the words of `by` mean now."""
    found: dict[str, None] = {}
    subject = matter.subject if matter else None
    for word in act.by:
        if word == "subject" and matter is None:
            word = "member"
        if word == "subject":
            found |= {subject: None} if subject else {}
        elif word.endswith("member"):
            bound = bench.bound(articles, bench.state.now)
            other = "other" in word
            found |= {m: None for m in bound if not (other and m == subject)}
        elif word == "outside":
            found["outside"] = None
        elif word != "time":
            found[f"{bench.charter.id}/{word}"] = None
    return tuple(found)


def _owed(bench: Bench, matter: Matter, duty: Duty) -> Iterator[Row]:
    act = bench.text.act(duty.act)
    if act is None:
        return
    articles = duty.articles or act.art
    own = act.art or matter.articles
    actors = (duty.debtor,) if duty.debtor else _actors(bench, act, own, matter)
    name = _full(bench.charter, duty.act)
    because, to = duty.cause, _to(bench.charter, act)
    for by in actors:
        yield Row(name, by, articles, because, duty.due, duty.since, duty.reading, to)


def _waiting(bench: Bench, matter: Matter) -> Iterator[Row]:
    for doing, act, _ in matter.waiting:
        note = _ripens_with(bench, doing)
        by = doing.by or ""
        name = _full(bench.charter, act.name)
        yield Row(name, by, act.art, doing.id, None, doing.at, note)


def _ripens_with(bench: Bench, doing: Doing) -> Said:
    if isinstance(doing.ripens, int):
        return say("ripens at {at}", at=show(doing.ripens))
    name = doing.ripens or ""
    full = name if "." in name else f"{doing.act.partition('.')[0]}.{name}"
    return say("ripens with {act}", act=_full(bench.charter, full))


def _in_force(bench: Bench, matter: Matter, shown: frozenset[str]) -> Iterator[Row]:
    now = bench.state.now
    for effect in matter.effects:
        if effect.ended is None and effect.act.name in shown:
            doing = effect.doing
            notes: list[str] = []
            if effect.since.hi > now:
                notes.append(say("may not have happened yet"))
            if effect.ends and effect.ends.earliest < now:
                notes.append(say("may have ended"))
            notes += _bound_by_it(bench, effect)
            notes += _supplied(effect)
            by = doing.by or effect.member or ""
            name = _full(bench.charter, doing.act)
            note = series(*notes)
            articles = effect.act.art
            yield Row(name, by, articles, doing.id, effect.ends, effect.since, note)


def _bound_by_it(bench: Bench, effect: Effect) -> Iterator[Said]:
    """Who answers for a decision that binds none but those who voted for it."""
    rule = bench.text.rules.get(effect.act.decide or "")
    binds = effect.act.binds or (rule.binds if rule else None)
    ballots = effect.doing.ballots
    if binds == TAKERS and ballots is not None:
        takers = tuple(sorted(m for m, vote in ballots.items() if vote == "yes"))
        yield say("binds {actor} alone", actor=takers)


def _supplied(effect: Effect) -> Iterator[Said]:
    """What the text supplies where the act is silent."""
    for fact in effect.implied:
        yield say(
            "{code}: {value_code}, by the text",
            code=fact,
            value_code=effect.facts[fact],
        )


def lasting(bench: Bench) -> frozenset[str]:
    """Acts of which it matters whether they are in force: what others rest on or end."""
    names: set[str] = set()
    for act in _acts(bench):
        names.update(name for clause in act.meanwhile for name in clause)
        names.update(act.ends, act.amends)
        if isinstance(act.lasts, tuple):
            names.update(act.lasts)
        if act.lasts or act.lapse or act.every or act.mandate or act.deed:
            names.add(act.name)
    for rule in bench.text.rules.values():
        names.update(word for word in rule.without if "." in word)
    return frozenset(names) - _endings(bench)


def _endings(bench: Bench) -> frozenset[str]:
    """A deed that only ends another (going home) is not itself something that stands."""
    return frozenset(
        act.name for act in _acts(bench) if act.deed and act.ends and not act.undo
    )


def _to(charter: Charter, act: Act) -> tuple[str, ...]:
    return tuple(f"{charter.id}/{name}" for name in act.to)


def _full(charter: Charter, name: str) -> str:
    return f"{charter.id}.{name}"
