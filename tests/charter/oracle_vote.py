"""Who sits, who votes, what a vote comes to: section 4 of the language, with plain sets.

Part of the independent interpreter in tests/charter/oracle.py.
"""

from fractions import Fraction

from tests.charter.oracle_time import first_day, law_at


def letters_of(articles):
    return {article.split(" ")[0] for article in articles}


def bound(world, letters, at):
    """Who is bound by any of these texts on the first day of a moment."""
    day = first_day(world.charter, at)
    found = set()
    for letter in letters:
        here = set(world.charter.bound_by(letter, day))
        for of, member, when, is_in in world.moves:
            if of == letter and when <= law_at(at):
                here = here | {member} if is_in else here - {member}
        found |= here
    return found


def seats(world, text, name, at):
    organ = text.organs.get(name)
    if organ is None:
        return set()
    if organ.of_members:
        found = bound(world, set(world.charter.parties), at)
    elif organ.parties_to:
        found = bound(world, {organ.parties_to}, at)
    else:
        found = set(organ.members)
    return found - set(organ.without)


def roll_of(question, rule):
    world, doing = question.world, question.doing
    found = seats(world, question.text, rule.organ, doing.at)
    for word in rule.without:
        if word == "subject":
            found.discard(question.matter.subject)
        elif "." in word:
            found -= who_stands_aside(question, word)
        else:
            found -= named_by_fact(question, word)
    return found


def who_stands_aside(question, name):
    """Of an act of each member, who did it in this matter; else those it was done to."""
    act = question.text.act(name)
    if act is None or not act.is_each:
        return under_act(question, name)
    return {f.member for f in question.matter.of(name) if f.ended is None}


def under_act(question, name):
    """All against whom an act is in force, in any matter."""
    return {
        matter.subject
        for matter in question.world.matters.values()
        for force in matter.forces
        if force.act.name == name and force.ended is None
    }


def named_by_fact(question, fact):
    value = question.doing.states.get(fact)
    if value is None:
        for force in question.matter.forces:
            if force.ended is None and fact in force.facts:
                value = force.facts[fact]
    return set(value) if isinstance(value, tuple) else {value}


def need(share, count):
    words = share.split(" ")
    number = Fraction(words[2])
    exact = number * count if "/" in words[2] else number
    votes = 0
    while votes < exact or (words[0] == "more" and votes == exact):
        votes += 1
    return votes


def outcome(rule, roll, ballots, rules):
    if ballots is None:
        return "not shown"
    said = {member: vote for member, vote in ballots.items() if member in roll}
    found = one_rule(rule, roll, said)
    if found == "rejected" and rule.otherwise:
        found = one_rule(rules[rule.otherwise], roll, said)
    return found


def one_rule(rule, roll, said):
    if not said or len(said) < quorum_of(rule, roll):
        return "open"
    noes = {m for m, vote in said.items() if vote == "no"}
    if rule.carry == "no objection":
        return "rejected" if noes else "adopted"
    if noes & set(rule.veto):
        return "rejected"
    yes = {m for m, vote in said.items() if vote == "yes"}
    voters = {
        "roll": set(roll),
        "present": set(said),
        "voting": {m for m, vote in said.items() if vote in ("yes", "no")},
    }[rule.of]
    enough = len(voters) if rule.carry == "unanimity" else need(rule.carry, len(voters))
    return "adopted" if yes and len(yes) >= enough else "rejected"


def quorum_of(rule, roll):
    if rule.quorum is None:
        return 0
    share = rule.carry if rule.quorum == "carry" else rule.quorum
    return need(share, len(roll)) if share[:2] in ("at", "mo") else len(roll)
