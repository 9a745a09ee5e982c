"""What is done under a random charter: mostly in order, and often not.

Nothing here contradicts itself in time: an entry that cites another is never surely before
it, because a case refuses such an entry at the door.
"""

from datetime import timedelta
from typing import Any

from peyman.charter.doing import Doing, Hold
from peyman.charter.moment import ALWAYS, Moment, start_of
from tests.charter.oracle_time import Before
from tests.charter.random_charters import DAY_0, chance, some

DAY = 86400


def random_trace(rng, charter, most=12):
    """A record of up to `most` entries, in its order, and who holds which office."""
    doings: list[Doing] = []
    clock = start_of(DAY_0, charter.zone)
    for number in range(rng.randint(2, most)):
        clock += rng.choice([0, 3600, DAY, DAY, 2 * DAY, 6 * DAY])
        at = _moment(rng, charter, clock)
        for n in range(1, 2 + chance(rng, 0.1)):
            doing = _doing(rng, charter, doings, (f"e{number}", n), at)
            if not _is_circular([*doings, doing]):
                doings.append(doing)
    return tuple(doings)


def _is_circular(doings):
    before = Before(doings)
    return any(before.is_sure(one, one) for one in doings)


def random_holds(rng):
    """At most one hold of the chair, over all time: nothing about it is uncertain."""
    if chance(rng, 0.7):
        return ()
    always = Moment(ALWAYS, -ALWAYS)
    return (Hold("h", "x/chair", rng.choice(["AA", "BB", "x/sec"]), always),)


def end_of(rng, charter, doings):
    last = max(one.law_at for one in doings)
    return rng.choice([last, last + DAY, last + 40 * DAY, last - 3 * DAY])


def _moment(rng, charter, clock):
    if chance(rng, 0.02):
        return Moment(ALWAYS, clock + DAY)
    lo = clock + rng.choice([0, 0, 1800, -DAY])
    width = rng.choice([0, 0, 0, 3600, DAY, 3 * DAY])
    if chance(rng, 0.25):
        first = DAY_0 + timedelta(days=(clock - start_of(DAY_0, charter.zone)) // DAY)
        second = first + timedelta(days=1)
        return Moment(start_of(first, charter.zone), start_of(second, charter.zone))
    return Moment(lo, lo + width)


def _doing(rng, charter, doings, name, at):
    acts = charter.on(DAY_0).acts
    full = rng.choice(list(charter.names))
    earlier = [one for one in doings if one.entry != name[0]]
    openers = [
        d for d in doings if _opens(charter, d) and not at.is_surely_before(d.at)
    ]
    if not openers or chance(rng, 0.1):
        full = f"{rng.choice(['aid', full[:3]])}.a0"
    forms = acts.get(full)
    act = forms[""] if forms else None
    is_under = act is not None and act.opens == "aid"
    matter = _matter(rng, full, openers, "aid" if is_under else full[:3])
    return Doing(
        entry=name[0],
        n=name[1],
        act=full if chance(rng, 0.98) else "aid.nothing",
        at=at,
        entered=at.hi + rng.choice([0, 0, 0, DAY, 9 * DAY]),
        matter=matter,
        cites=_cites(rng, earlier, at),
        contested="revoked" if chance(rng, 0.02) else None,
        **_who(rng, charter, act, matter, openers),
        **_content(rng, charter, act),
        **_waits(rng, charter, at),
    )


def _opens(charter, doing):
    """Whether it may have opened a matter: a matter under another is named, too."""
    forms = charter.on(DAY_0).acts.get(doing.act)
    is_under = forms is not None and forms[""].opens == "aid"
    return doing.matter is None or is_under


def _matter(rng, full, openers, kind):
    likely = 0.6 if kind == full[:3] else 0.1
    if full.endswith("a0") and (not openers or chance(rng, likely)):
        return None
    if not openers or chance(rng, 0.03):
        return rng.choice([None, "e99/1"])
    same = [d for d in openers if d.act[:3] == kind] or openers
    return rng.choice(same if chance(rng, 0.95) else openers).id


def _cites(rng, earlier, at):
    near = [d.entry for d in earlier if not at.is_surely_before(d.at)]
    return frozenset(some(rng, near) if near and chance(rng, 0.2) else ())


# ------------------------------------------------------------------------ who, and what


def _who(rng, charter, act, matter, openers):
    members = list(charter.members)
    subject = next(
        (d.subject or d.member or d.by for d in openers if d.id == matter), None
    )
    word = rng.choice(act.by) if act and act.by else "member"
    found = {"by": _actor(rng, word, members, subject)}
    if "/" in (found["by"] or "") and chance(rng, 0.15):
        found["member"] = rng.choice(members)
    if word in ("member", "subject") and matter is None and chance(rng, 0.3):
        found["subject"] = rng.choice(members)
    if chance(rng, 0.1):
        found["holder"] = rng.choice(["AA", "BB", "x/sec", "y/z"])
    if act and act.to and chance(rng, 0.85):
        found["to"] = _to(rng, members)
    return found


def _actor(rng, word, members, subject):
    if chance(rng, 0.08):
        return rng.choice([None, "ZZ", "x/nobody", "y/council", "x/chair", "AA"])
    if word == "subject":
        return subject or rng.choice(members)
    if word.endswith("member"):
        return rng.choice([m for m in members if m != subject] or members)
    if word in ("outside", "time"):
        return rng.choice(["x/world", "y/board", "ZZ"])
    return f"x/{word}"


def _to(rng, members):
    if chance(rng, 0.3):
        return tuple(members)
    return (
        rng.choice(["x/council", "x/panel", "x/sec", "x/chair", "y/council", "AA"]),
    )


def _content(rng, charter, act):
    found: dict[str, Any] = {}
    if act is None:
        return found
    if chance(rng, 0.5):
        found["basis"] = tuple(some(rng, ["T 1", "T 2", "S 1"]))
        if chance(rng, 0.1):
            found["basis"] = ("not shown",)
    if chance(rng, 0.3):
        grounds = some(rng, act.on or ["g1", "g2"])
        found["grounds"] = {g: rng.choice(["asserted", "denied"]) for g in grounds}
    if act.form:
        found["form"] = rng.choice([None, "letter", "letter", "voice", "song"])
    facts = [f for f in act.fixes if chance(rng, 0.85)]
    found["states"] = {fact: _value(rng, charter, fact) for fact in facts}
    if chance(rng, 0.1):
        found["states"]["who"] = rng.choice(["AA", ("AA", "BB")])
    if act.decide:
        found.update(_votes(rng, charter))
    return found


def _value(rng, charter, fact):
    if fact == "who":
        return rng.choice(["AA", ("AA", "BB"), "unspecified", 5])
    later = DAY_0 + timedelta(days=rng.randint(-2, 60))
    spans = ["2 days", "1 week", "36 hours", "10 working days", "1 month"]
    known = [*spans, str(later), f"{later}T12:00Z"]
    return rng.choice([*known, *known, "unspecified", "not shown", "a while", "soon"])


def _votes(rng, charter):
    found = {}
    if chance(rng, 0.8):
        votes = ["yes"] * 6 + ["abstain", "no", "present", None]
        said = {m: rng.choice(votes) for m in charter.members}
        if chance(rng, 0.05):
            said["ZZ"] = "yes"
        found["ballots"] = {m: vote for m, vote in said.items() if vote}
    if chance(rng, 0.3):
        found["mode"] = rng.choice(["session", "letter"])
    return found


def _waits(rng, charter, at):
    found = {}
    names = list(charter.names)
    if chance(rng, 0.06):
        found["ripens"] = rng.choice([rng.choice(names), at.hi + 3 * DAY, at.lo])
        if chance(rng, 0.5):
            found["unless"] = rng.choice(names)
    if chance(rng, 0.1):
        later = at.hi + rng.choice([0, DAY, 9 * DAY])
        found["received"] = Moment(later, later)
    return found
