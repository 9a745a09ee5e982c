"""Every check of section 6 of the charter language, in its order, as sets of words.

Part of the independent interpreter in tests/charter/oracle.py. A check takes the question
and gives the findings; none of them knows what another found.
"""

from peyman.charter.doing import NOT_SHOWN, UNSPECIFIED, VOID
from tests.charter.oracle_gates import gates, is_own, limited
from tests.charter.oracle_time import first_day, last_day, law_at
from tests.charter.oracle_vote import bound, letters_of, outcome, roll_of, seats


def findings(question):
    found = set()
    for check in CHECKS:
        found |= check(question)
    return found


# ------------------------------------------------------------------ who may, to whom


def power(question):
    return (
        set() if any(may(question, word) for word in question.act.by) else {"no power"}
    )


def may(question, word):
    doing, member = question.doing, question.member
    if word == "time" or doing.by is None:
        return False
    if word == "outside":
        return is_outside(question)
    if word == "subject" or word.endswith("member"):
        letters = letters_of(question.art)
        is_bound = member in bound(question.world, letters, doing.at)
        subject = question.matter.subject
        if word == "subject":
            return is_bound and member == subject
        return is_bound and not ("other" in word and member == subject)
    return doing.by == f"{question.world.charter.id}/{word}"


def is_outside(question):
    charter = question.world.charter
    place, _, name = question.doing.by.partition("/")
    if place != charter.id or not name:
        return True
    organ = question.text.organs.get(name)
    return organ is not None and organ.outside


def addressee(question):
    act, doing = question.act, question.doing
    if not act.to:
        return set()
    if not doing.to:
        return {"form"}
    charter, good, holders = question.world.charter, set(), []
    for word in act.to:
        organ = question.text.organs.get(word)
        good.add(f"{charter.id}/{word}")
        if organ is not None:
            good |= {f"{charter.id}/{x}" for x in (organ.chair, organ.secretary) if x}
            holders.append(seats(question.world, question.text, word, doing.at))
    if good & set(doing.to):
        return set()
    others = [held - {question.member} for held in holders]
    if any(held and held <= set(doing.to) for held in others):
        return {"form"}
    return {"wrong addressee"}


def office(question):
    charter, doing = question.world.charter, question.doing
    place, _, name = (doing.by or "").partition("/")
    if doing.holder is None or place != charter.id:
        return set()
    found = set()
    if name in question.text.offices:
        held_by = question.text.offices[name].held_by
        if held_by:
            lawful = {f"{charter.id}/{held_by}"}
        else:
            lawful = registered(question, doing.by)
        if lawful - {doing.holder}:
            found.add("contested office")
    return found


def registered(question, office):
    """Whom the register names as holder of an office when the act was done."""
    found, at = set(), law_at(question.doing.at)
    for hold in question.world.holds:
        if hold.office == office and hold.during.lo <= at < hold.during.hi:
            found = {hold.holder}
    return found


def own_case(question):
    """The subject holds the office that acts, or leads the organ that acts or decides."""
    charter, text = question.world.charter, question.text
    place, _, name = (question.doing.by or "").partition("/")
    own = {name} if place == charter.id else set()
    if question.act.decide:
        own = {text.rules[question.act.decide].organ}
    offices = {text.organs[one].chair if one in text.organs else one for one in own}
    holders = {
        holder
        for office in offices
        for holder in registered(question, f"{charter.id}/{office}")
    }
    return {"own case"} if question.matter.subject in holders else set()


# ------------------------------------------------------------- ground, basis, content


def basis(question):
    doing = question.doing
    found: set[str] = set()
    if doing.basis is None:
        return found
    if doing.basis == (NOT_SHOWN,):
        return {"not read"}
    for article in doing.basis:
        if question.art and article not in question.art:
            found.add("basis")
        have = {
            name
            for name in question.act.on
            if name in question.text.grounds
            and question.text.grounds[name].art == article
        }
        if have and not have & set(doing.grounds):
            found.add("ground not named")
    return found


def ground(question):
    """Where an act names none on which it may rest, nobody checks what is named."""
    known = set(question.act.on) & set(question.text.grounds)
    if question.act.on and set(question.doing.grounds) - known:
        return {"ground"}
    return set()


def facts(question):
    found = set()
    stated = {"basis": question.doing.basis, **question.doing.states}
    for fact in question.act.fixes:
        value = stated.get(fact)
        if value is None:
            found.add("form")
        elif value == UNSPECIFIED:
            found.add("unspecified")
        elif value == NOT_SHOWN:
            found.add("not read")
    return found


def form(question):
    """A form that no entry states is not a wrong one."""
    act, said = question.act, question.doing.form
    return {"form"} if act.form and said is not None and said not in act.form else set()


def vote(question):
    if question.act.decide is None:
        return set()
    doing, rules, found = question.doing, question.text.rules, set()
    rule = rules[question.act.decide]
    roll = roll_of(question, rule)
    result = outcome(rule, roll, doing.ballots, rules)
    if result in ("rejected", "open"):
        found.add("not carried")
    elif result == "not shown":
        found.add("not shown")
    if set(doing.ballots or ()) - roll:
        found.add("stranger")
    if rule.modes and doing.mode is not None and doing.mode not in rule.modes:
        found.add("mode")
    return found


def agrees(question):
    act, doing = question.act, question.doing
    before = [f for f in question.matter.forces if f.act.name == act.agrees]
    if not before:
        return set()
    last = before[-1]
    shown = [b for b in (doing.basis, last.doing.basis) if b and b != (NOT_SHOWN,)]
    differ = len(shown) == 2 and set(shown[0]) != set(shown[1])
    for fact, value in doing.states.items():
        if fact in last.facts and NOT_SHOWN not in (value, last.facts[fact]):
            differ = differ or value != last.facts[fact]
    return {"differs"} if differ else set()


def unchecked(question):
    art = question.art
    leans = set(question.doing.basis or ()) & art or set(art)
    if question.act.decide:
        leans |= {question.text.rules[question.act.decide].art}
    articles = question.text.articles
    if any(articles[a].checked == "memory" for a in leans if a in articles):
        return {"unchecked"}
    return set()


# --------------------------------------------------------------- versions, lateness


def unsure_text(question):
    charter, doing = question.world.charter, question.doing
    touched = {question.act.name}
    if question.act.decide:
        touched.add(f"rules.{question.act.decide}")
    if (doing.by or "").startswith(f"{charter.id}/"):
        touched.add(f"offices.{doing.by.partition('/')[2]}")
    touched |= {f"grounds.{name}" for name in doing.grounds}
    touched |= {f"articles.{name}" for name in doing.basis or question.art}
    first, last = first_day(charter, doing.at), last_day(charter, doing.at)
    if any(
        one.table in touched and one.first <= last and first <= one.last
        for one in charter.unsure
    ):
        return {"version unsure"}
    return set()


def too_late(question):
    """Time had already done something when the record heard of what would undo it."""
    act, doing = question.act, question.doing
    for clock in question.matter.clocks:
        if (
            clock.cause.act.name in act.ends + act.amends
            and is_own(act, question.member, clock.cause)
            and clock.due.latest < doing.entered
            and doing.at.lo <= clock.due.latest
        ):
            return {"entered too late"}
    return set()


CHECKS = (
    power,
    addressee,
    office,
    own_case,
    gates,
    basis,
    ground,
    facts,
    form,
    vote,
    agrees,
    limited,
    unchecked,
    unsure_text,
    too_late,
)


def is_void(act, found):
    return not act.deed and bool(found & (VOID | {act.void}))
