"""When an act may be done, by section 2 of the language: slowly, and all three answers.

Part of the independent interpreter in tests/charter/oracle.py; its checks are asked by
tests/charter/oracle_judge.py.
"""

from dataclasses import dataclass
from typing import Any

from tests.charter.oracle_time import is_moment_before
from tests.charter.oracle_vote import bound, letters_of, need


@dataclass
class Question:
    world: Any
    doing: Any
    text: Any
    act: Any
    matter: Any

    @property
    def art(self):
        return set(self.act.art or self.matter.art)

    @property
    def member(self):
        return member_of(self.doing)


def member_of(doing):
    is_code = doing.by and "/" not in doing.by and doing.by != "time"
    bare = doing.by if is_code else None
    return doing.member or bare


def subject_of(doing):
    return doing.subject or member_of(doing)


def is_own(act, member, force):
    """Whether a doing of another act matters to this one: per member where both are."""
    return not (act.is_each and force.act.is_each) or force.member == member


# ---------------------------------------------------------------------------- gates


def gates(question):
    found = set()
    for clauses, code, opens in (
        (question.act.after, "too early", has_been),
        (question.act.meanwhile, "not open", is_standing),
    ):
        answers = {opens(question, clause) for clause in clauses}
        if "no" in answers:
            found.add(code)
        if "perhaps" in answers:
            found.add(f"may be {code}")
    return found | too_late_for(question) | so_many(question)


def too_late_for(question):
    """Of `before`: what was done already, or perhaps was."""
    found = set()
    for name in question.act.before:
        done = {"yes": "too late", "perhaps": "may be too late"}
        said = has_been(question, (name,))
        found |= {done[said]} if said in done else set()
    return found


def so_many(question):
    found = set()
    for name, number in question.act.numbers.items():
        every = question.matter.of(name)
        sure = {f.member for f in every if is_sure(question, f)} - {None}
        later = {member_of(one) for one in comes_later(question, (name,), own=False)}
        maybe = ({f.member for f in every} | later) - {None}
        if not are_enough(question, name, number, sure):
            enough = are_enough(question, name, number, maybe)
            found.add("may be too early" if enough else "too early")
    return found


def are_enough(question, name, number, members):
    roll = those_who_may(question, name, question.doing.at)
    return many_enough(roll, number, members)


def those_who_may(question, name, at):
    """The parties to the texts of an act."""
    matter, act = question.matter, question.text.act(name)
    home = matter if name.startswith(f"{matter.kind}.") else matter.above
    letters = letters_of((act.art if act else ()) or home.art)
    return bound(question.world, letters, at)


def many_enough(roll, number, members):
    if number == "all":
        return bool(roll) and roll <= members
    return len(members) >= need(number, len(roll))


def of_clause(question, clause):
    return [
        force
        for name in clause
        for force in question.matter.of(name)
        if is_own(question.act, question.member, force)
    ]


def answer(question, found, doubts):
    if any(is_sure(question, force) for force in found):
        return "yes"
    return "perhaps" if found or doubts else "no"


def has_been(question, clause):
    return answer(question, of_clause(question, clause), comes_later(question, clause))


def is_standing(question, clause):
    every = of_clause(question, clause)
    ended = [
        force
        for force in every
        if force.ended is not None
        and not is_moment_before(force.ended, question.doing.at)
        and not is_cited(question, force.ended_by)
    ]
    doubts = ended or comes_later(question, clause)
    return answer(question, [f for f in every if f.ended is None], doubts)


def is_sure(question, force):
    return is_moment_before(force.since, question.doing.at) or is_cited(
        question, force.begun_by
    )


def is_cited(question, other):
    return other is not None and question.world.before.is_sure(other, question.doing)


def comes_later(question, clause, *, own=True):
    """Acts of the clause that are reckoned later, and yet may have come first."""
    world, doing, matter = question.world, question.doing, question.matter
    return [
        one
        for one in world.to_come
        if one.act in clause
        and one.matter in (matter.id, matter.above.id if matter.above else None)
        and (one.matter == matter.id) == one.act.startswith(f"{matter.kind}.")
        and one.at.overlaps(doing.at)
        and not world.before.is_sure(doing, one)
        and (
            not own
            or not is_each_both(question, one)
            or member_of(one) == question.member
        )
    ]


def limited(question):
    """What a higher norm wants; where its reach is disputed, the answer is that."""
    found = set()
    for limit in question.text.limits.values():
        if question.act.name not in limit.acts:
            continue
        wanted = [has_been(question, clause) for clause in limit.after]
        wanted += [is_standing(question, clause) for clause in limit.meanwhile]
        if "no" in wanted or not wanted:
            found.add("disputed limit" if limit.disputed else "unmet limit")
    return found


def is_each_both(question, one):
    other = question.text.act(one.act)
    return question.act.is_each and other is not None and other.is_each
