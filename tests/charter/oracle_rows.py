"""What the slow interpreter shows: who may, who must, who is late, what is in force.

Part of the independent interpreter in tests/charter/oracle.py.
"""

from typing import Any

from peyman.charter.moment import Moment, day_of
from tests.charter.oracle_effects import Matter
from tests.charter.oracle_gates import Question, is_own, many_enough, those_who_may
from tests.charter.oracle_vote import bound, letters_of


def rows(world, until):
    """For each matter, the five lists of a standing as sets of plain tuples."""
    text = world.charter.on(day_of(until, world.charter.zone))
    return {
        matter.id: {
            "may": may_rows(world, text, matter, until),
            **owed_rows(world, text, matter, until),
            "in_force": force_rows(world, text, matter),
        }
        for matter in world.matters.values()
    }


def actors(world, matter, act, until):
    """Everybody whom `by` means today, by the name that a row shows."""
    found = set()
    for word in act.by:
        if word == "subject":
            found |= {matter.subject} - {None}
        elif word.endswith("member"):
            members = members_now(world, matter, act, until)
            found |= members - {matter.subject} if "other" in word else members
        elif word == "outside":
            found.add(word)
        elif word != "time":
            found.add(f"{world.charter.id}/{word}")
    return found


def members_now(world, matter, act, until):
    return bound(world, letters_of(act.art or matter.art), Moment(until, until))


def may_rows(world, text, matter, until):
    found = set()
    for name in text.acts:
        act = text.act(name)
        if act.opens == matter.kind:
            here = Matter("new", act.kind, matter.subject, act.art, above=matter)
        elif act.kind == matter.kind and not act.opens:
            here = matter
        else:
            continue
        bound_now = members_now(world, matter, act, until)
        for actor in actors(world, matter, act, until):
            has_left = actor == matter.subject and actor not in bound_now
            now = Moment(until, until)
            question = Question(world, None, text, act, here)
            if not has_left and is_open(question, actor, now):
                found.add((f"{world.charter.id}.{name}", actor, None, None))
    return found


def is_open(question, actor, now):
    matter, act = question.matter, question.act
    member = None if "/" in actor else actor
    every = matter.forces + (matter.above.forces if matter.above else [])
    own = [f for f in every if is_own(act, member, f)]
    done = {f.act.name for f in own}
    force = {f.act.name for f in own if f.ended is None}
    for name, number in act.numbers.items():
        members = {f.member for f in matter.of(name)} - {None}
        if not many_enough(those_who_may(question, name, now), number, members):
            return False
    return (
        all(done & set(clause) for clause in act.after)
        and all(force & set(clause) for clause in act.meanwhile)
        and not done & set(act.before)
    )


def owed_rows(world, text, matter, until):
    found: dict[str, set[Any]] = {"must": set(), "late": set(), "may_be_late": set()}
    for owed in matter.owed:
        if not owed.is_open:
            continue
        act = text.act(owed.act)
        if act is None:
            continue
        who = {owed.debtor}
        if owed.debtor is None:
            who = actors(world, matter, act, until)
        for actor in who:
            row = (f"{world.charter.id}.{owed.act}", actor, owed.cause, owed.due)
            if owed.due is None or until <= owed.due.latest:
                found["must"].add(row)
            else:
                found["late"].add(row)
            if owed.due and owed.due.earliest < until <= owed.due.latest:
                found["may_be_late"].add(row)
    return found


def force_rows(world, text, matter):
    shown = lasting(text)
    return {
        (
            f"{world.charter.id}.{force.act.name}",
            force.doing.by or force.member or "",
            force.doing.id,
            force.end,
        )
        for force in matter.forces
        if force.ended is None and force.act.name in shown
    }


def lasting(text):
    """Acts of which it matters that they stand; going home is not one of them."""
    named, going_home = set(), set()
    for forms in text.acts.values():
        for act in forms.values():
            named |= {name for clause in act.meanwhile for name in clause}
            named |= set(act.ends) | set(act.amends)
            named |= set(act.lasts) if isinstance(act.lasts, tuple) else set()
            if act.lasts or act.lapse or act.every or act.mandate or act.deed:
                named.add(act.name)
            if act.deed and act.ends and not act.undo:
                going_home.add(act.name)
    for rule in text.rules.values():
        named |= {word for word in rule.without if "." in word}
    return named - going_home
