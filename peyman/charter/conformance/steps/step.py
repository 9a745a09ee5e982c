"""What one row of a log, or the clock, does to its case: a pure step between two states.

The effects and their order are those of the kernel: the oldest own duty is met, done,
`amends`, what the text supplies, `ends`, `waive`, in force, `duty` and `every`, clocks, the
footing of deeds, `joins` and `leaves`. Source: docs/charter-language.md, sections 2 and 6.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from peyman.charter.conformance.steps.gate import Gate, holds, is_void, since_moved
from peyman.charter.conformance.steps.law import Heard, Law
from peyman.charter.conformance.steps.state import (
    EACH,
    Done,
    Duty,
    Fault,
    Force,
    Matter,
    Ref,
    State,
    Step,
    When,
)
from peyman.charter.conformance.steps.working import Working
from peyman.charter.doing import UNSPECIFIED
from peyman.charter.model import Act, Several

Stated = dict[str, tuple[str, ...]]

MOST = 48
"""How many doings and duties of a case are kept apart at one time."""


def take(
    law: Law, state: State, heard: Heard, member: int | None, subject: int | None
) -> Step:
    """What a row does.

    Args:
        law: The charter.
        state: What its case has come to.
        heard: What the charter makes of the row.
        member: Number of the member for whom it is done.
        subject: Number of the member whom a new matter concerns, if the row names one.
    """
    if heard.ref is None:
        return Step(state, (Fault(heard.code),))
    act = law.act(heard.ref)
    matter = _matter(law, state, heard, member, subject)
    if matter is None:
        return Step(state, (Fault("no such matter", act.art, (act.kind,)),))
    if heard.is_by_time:
        return _told(law, state, heard)
    faults = tuple(Gate(law, state, heard, member, matter).faults())
    if is_void(act, faults):
        return Step(state, faults)
    work = Working(law, state, heard.ref[0], heard.roll)
    if matter not in work.matters:
        work.matters.append(matter)
    _apply(work, heard.ref, matter, member, dict(heard.facts), heard.bound)
    return work.step(faults, MOST)


def strike(law: Law, state: State, slot: int, text: int, roll: int) -> Step:
    """What time does when the day of a slot is over; see `Working`."""
    work = Working(law, state, text, roll)
    _strike(work, slot)
    return work.step((), MOST)


def _strike(work: Working, slot: int) -> None:
    """End the doing whose term a slot is, or let time do what it had set going by then."""
    for place, one in enumerate(work.forces):
        if one.term == slot:
            del work.forces[place]
            _settle(work)
            return
        for then, its_slot in one.clocks:
            if its_slot == slot:
                clocks = tuple(c for c in one.clocks if c[1] != slot)
                work.forces[place] = one._replace(clocks=clocks)
                _by_time(work, one, then)
                return


def _by_time(work: Working, cause: Force, then: str) -> None:
    """Time does what a doing has set going, and states what that stated."""
    kind = then.partition(".")[0]
    matter = next((m for m in work.matters if m.kind == kind), None)
    if matter is not None and work.law.act_of(cause.text, then) is not None:
        ref = (cause.text, then, "")
        _apply(work, ref, matter, cause.member, dict(cause.facts), cause.bound)


def _told(law: Law, state: State, heard: Heard) -> Step:
    """A row that tells what time does: it must have done it, or its day is not known."""
    assert heard.ref is not None  # noqa: S101  (its caller has looked)
    name = heard.ref[1]
    if any(one.name == name for one in state.done):
        return Step(state)
    for place, one in enumerate(state.forces):
        if (name, None) in one.clocks:
            work = Working(law, state, heard.ref[0], heard.roll)
            clocks = tuple(c for c in one.clocks if c != (name, None))
            work.forces[place] = one._replace(clocks=clocks)
            _by_time(work, one, name)
            return work.step((), MOST)
    return Step(state, (Fault("too early", law.act(heard.ref).art, ("time",)),))


def _matter(
    law: Law, state: State, heard: Heard, member: int | None, subject: int | None
) -> Matter | None:
    """The matter in which a row is done, or which it opens; None if there is none."""
    assert heard.ref is not None  # noqa: S101  (its caller has looked)
    act = law.act(heard.ref)
    for one in state.matters:
        if one.kind == act.kind:
            return one
    if not act.opens:
        return None
    whose, bound = (
        (subject, heard.subject_bound) if subject is not None else (member, heard.bound)
    )
    if isinstance(act.opens, str):
        above = next((m for m in state.matters if m.kind == act.opens), None)
        if above is None:
            return None
        if subject is None and above.subject is not None:
            whose, bound = above.subject, above.bound
    return Matter(act.kind, whose, bound, act.art)


# ------------------------------------------------------------------------------ effects


def _apply(
    work: Working,
    ref: Ref,
    matter: Matter,
    member: int | None,
    facts: Stated,
    bound: frozenset[str],
) -> None:
    """Give a doing its effect.

    Args:
        work: The case.
        ref: The act that it is.
        matter: The matter in which it is done.
        member: Number of the member for whom.
        facts: What it states, as far as a day may stand in it.
        bound: Texts that bind the member.
    """
    act = work.law.act(ref)
    work.discharge(act, member, bound)
    _note(work, act, member, bound)
    if act.amends and facts:
        _amend(work, act, member, facts)
    facts = _kept_to(work, act, act.at_most, _supplied(act, facts))
    if act.ends:
        work.forces = [
            one for one in work.forces if not work.reaches(act, member, one, act.ends)
        ]
    if act.waive:
        work.duties = [duty for duty in work.duties if duty.act not in act.waive]
    whose = member if work.law.keeps_member(act) else None
    force = Force(ref, whose, tuple(sorted(facts.items())), stands=bool(act.undo))
    if act.every:
        force = force._replace(tag=work.free_tag())
    _oblige(work, force, matter)
    if act.lapse:
        force = force._replace(bound=bound, text=work.text)
    _keep(work, _with_clocks(work, force))
    _settle(work)
    for letter in act.joins:
        work.move(matter.subject, letter, joins=True)
    for letter in act.leaves:
        work.move(matter.subject, letter, joins=False)


def _note(work: Working, act: Act, member: int | None, bound: frozenset[str]) -> None:
    """Note that an act is done, if anything asks for that."""
    law = work.law
    if act.name in law.asks_done:
        is_counted = act.name in law.counts
        done = Done(act.name, act.is_each)
        if act.is_each or is_counted:
            done = done._replace(member=member)
        work.done.add(done._replace(bound=bound) if is_counted else done)


def _supplied(act: Act, facts: Stated) -> Stated:
    """The facts, with what the text supplies where the act leaves one open."""
    if not act.implies:
        return facts
    silent = {
        name: (value,)
        for name, value in act.implies.items()
        if facts.get(name, (UNSPECIFIED,)) == (UNSPECIFIED,)
    }
    return {**facts, **silent}


def _amend(work: Working, by: Act, member: int | None, facts: Stated) -> None:
    """Facts stated replace; a span counts from the old end, a date is a date."""
    for place, one in enumerate(work.forces):
        if work.reaches(by, member, one, by.amends):
            act = work.law.act(one.ref)
            term, clocks = one.term, one.clocks
            if isinstance(act.lasts, str | Several) and _states(act.lasts, facts):
                if isinstance(act.lasts, str):
                    facts = _kept_to(work, by, (act.lasts,), facts)
                term = work.reset(one.term, _anew(work, act.lasts, facts, one.term))
            for then, slot in one.clocks:
                span = act.lapse[then]
                if isinstance(span, str) and span in facts:
                    new = work.reset(slot, _anew(work, span, facts, slot))
                    clocks = tuple(
                        (name, new if name == then else old) for name, old in clocks
                    )
            stated = tuple(sorted({**dict(one.facts), **facts}.items()))
            work.forces[place] = one._replace(facts=stated, term=term, clocks=clocks)


def _kept_to(work: Working, act: Act, names: Iterable[str], facts: Stated) -> Stated:
    """The same facts, where what goes beyond its limit is at the limit."""
    if not act.at_most:
        return facts
    kept = dict(facts)
    for name in names:
        most = act.at_most.get(name)
        is_day = name in facts and work.law.end_of(facts[name]) is not None
        if most is not None and is_day and most not in facts[name]:
            kept[name] = (*facts[name], most)
    return kept


def _states(lasts: str | Several, facts: Stated) -> bool:
    names = lasts.of if isinstance(lasts, Several) else (lasts,)
    return not facts.keys().isdisjoint(names)


def _anew(
    work: Working, span: str | Several, facts: Stated, slot: int | None
) -> When | None:
    """What is stated anew counts from the old end, everything else from the act."""
    if isinstance(span, str):
        if span in facts:
            return work.law.end_of(facts[span], slot)
        return work.law.when(span, ())
    found = [_anew(work, one, facts, slot) for one in span.of]
    known = tuple(one for one in found if one is not None)
    if not known or (span.which == "later" and len(known) < len(found)):
        return None
    return When(span.which, of=known)


def _oblige(work: Working, force: Force, matter: Matter) -> None:
    """Owe what the act obliges to, to be done by each member where each acts."""
    act = work.law.act(force.ref)
    if not (act.duty or act.every):
        return
    for words in (act.duty, act.every):
        for name, span in words.items():
            again = (span, force.tag or 0) if words is act.every else None
            for duty in _owed(work, force, name, matter):
                slot = work.start(work.law.when(span, force.facts))
                work.duties.append(duty._replace(slot=slot, again=again))


def _owed(work: Working, force: Force, name: str, matter: Matter) -> Iterator[Duty]:
    """The duty to do an act: of nobody in particular, or of each that is bound."""
    act, owed = work.law.act(force.ref), work.law.act_of(force.ref[0], name)
    duty = Duty(name, act.name, act.art)
    if owed is None or not owed.is_each:
        yield duty
        return
    letters = work.law.letters(owed.art or matter.articles)
    is_other = "each other member" in owed.by
    out = {m for m in (matter.subject,) if is_other and m is not None}
    left = len(work.law.bound_by(work.roll, letters))
    moves = since_moved(work.matters, work.moved, letters)
    for member, (before, now) in moves.items():
        left += now - before
        out |= set() if now else {member}
    if is_other and matter.subject is not None:
        _, owes = moves.get(matter.subject, (None, bool(letters & matter.bound)))
        left -= owes
    met = frozenset(out)
    if left:
        yield duty._replace(debtor=EACH, letters=letters, left=left, met=met)


def _with_clocks(work: Working, force: Force) -> Force:
    """Start the clocks of a doing: of its own end, and of what time is to do."""
    act = work.law.act(force.ref)
    if act.lasts is None and not act.lapse:
        return force
    facts, term = force.facts, None
    if isinstance(act.lasts, str | date | Several) and not act.deed:
        term = work.start(work.law.when(act.lasts, facts))
    clocks = tuple(
        (name, work.start(work.law.when(span, facts)))
        for name, span in act.lapse.items()
    )
    return force._replace(term=term, clocks=clocks)


def _keep(work: Working, force: Force) -> None:
    """Keep a doing if anything asks for it; those that nothing tells apart, once."""
    act = work.law.act(force.ref)
    if not (force.clocks or force.stands or force.tag is not None):
        if act.name not in work.law.asks_force:
            work.release(force)
            return
        if not force.slots and not isinstance(act.lasts, str | Several):
            force = force._replace(facts=())
            if force in work.forces:
                return
    work.forces.append(force)


def _settle(work: Working) -> None:
    """End what lasts only while something else does; let deeds without footing owe."""
    law = work.law
    if all(law.is_settled(one.ref) for one in work.forces):
        work.drop_fallen()
        return
    while True:
        state = work.state()
        kept = [
            one
            for one in work.forces
            if not isinstance(law.act(one.ref).lasts, tuple)
            or law.act(one.ref).deed
            or _is_held(law, state, one)
        ]
        if len(kept) == len(work.forces):
            break
        work.forces = kept
    work.drop_fallen()
    for place, one in enumerate(work.forces):
        if one.stands and not _has_footing(law, state, one):
            work.forces[place] = one._replace(stands=False)
            act = law.act(one.ref)
            for name, span in act.undo.items():
                slot = work.start(law.when(span, one.facts))
                duty = Duty(name, act.name, act.art, one.member, slot=slot)
                work.duties.append(duty)


def _is_held(law: Law, state: State, one: Force) -> bool:
    act = law.act(one.ref)
    names = act.lasts if isinstance(act.lasts, tuple) else ()
    return holds(law, state, act, one.member, names)


def _has_footing(law: Law, state: State, one: Force) -> bool:
    act = law.act(one.ref)
    clauses = (act.lasts,) if isinstance(act.lasts, tuple) else act.meanwhile
    return all(holds(law, state, act, one.member, clause) for clause in clauses)
