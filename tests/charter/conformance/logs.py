"""Random cases of a log, and the same cases as doings of a record.

Rows of a case never share an instant: of two at the same time the record cannot say which
came first, and a log does.
"""

from itertools import accumulate

import numpy as np

from peyman.charter.conformance.runs.automaton import Automaton
from peyman.charter.conformance.runs.course import Course, Event
from peyman.charter.conformance.runs.part import Part
from peyman.charter.conformance.steps.calendar import Calendar
from peyman.charter.conformance.steps.law import Law, Row
from peyman.charter.doing import Doing
from peyman.charter.kernel import fold
from peyman.charter.moment import Moment, show, start_of
from tests.charter.oracle import read
from tests.charter.random_charters import DAY_0, chance

DAY = 86400
JUDGED = {
    "no provision",
    "no such matter",
    "no power",
    "wrong addressee",
    "too early",
    "too late",
    "not open",
    "late",
}


def random_case(rng, charter, most=14):
    """Rows of one case, mostly in order and often not."""
    text = charter.on(DAY_0)
    openers = [name for name, forms in text.acts.items() if forms[""].opens]
    clock = start_of(DAY_0, charter.zone)
    for number in range(1, rng.randint(2, most) + 1):
        clock += rng.choice([60, 3600, DAY, DAY, 2 * DAY, 6 * DAY, 30 * DAY])
        act = text.acts[rng.choice(sorted(text.acts))][""]
        if number == 1 or chance(rng, 0.08):
            act = text.acts[rng.choice(openers)][""]
        if not act.is_by_time:
            yield Event(number, row(rng, charter, act, clock), clock, clock)


def row(rng, charter, act, clock):
    word = rng.choice(act.by)
    actor, members = f"{charter.id}/{word}", [*charter.members] or ["ZZ"]
    if word == "outside":
        actor = "y/board"
    elif word == "subject" or word.endswith("member"):
        actor = rng.choice(members)
    if chance(rng, 0.05):
        actor = rng.choice([*members, "ZZ", "x/nobody", "y/council", "x/chair"])
    body = "/" in actor
    return Row(
        act=act.name if chance(rng, 0.98) else "aid.nothing",
        actor=actor,
        member=rng.choice(members) if body and chance(rng, 0.2) else None,
        subject=rng.choice(members) if act.opens and chance(rng, 0.3) else None,
        to=(addressee(rng, charter, act),) if act.to else (),
        form=rng.choice([None, *act.form, "song"]) if act.form else None,
        states=tuple((fact, value(rng, clock)) for fact in act.fixes),
    )


def addressee(rng, charter, act):
    good = rng.choice(act.to)
    return f"{charter.id}/{good if chance(rng, 0.9) else 'chair'}"


def value(rng, clock):
    """A span, or a day or an instant that is still to come."""
    spans = ["2 days", "1 week", "36 hours", "10 working days", "1 month"]
    then = show(clock + rng.randint(2, 60) * DAY)
    return rng.choice([*spans, then[:10], then])


# ------------------------------------------------------------------------- side by side


def by_audit(charter, events, automaton=None):
    """Row to codes, and every duty that was never met with how many owe it."""
    automaton = automaton or Automaton(Law(charter))
    codes: dict[int, set[str]] = {event.row: set() for event in events}
    never: list[str] = []
    for remark in Course(automaton, Calendar(charter)).run(events):
        if remark.row is not None:
            codes[remark.row].add(remark.fault.code)
        elif remark.fault.code == "never met":
            never += [remark.act] * remark.left
    return {r: judged(found) for r, found in codes.items()}, sorted(never)


def judged(codes):
    """What is compared; to the kernel an act that no text ever knew has no provision."""
    return {"no provision" if c == "unknown act" else c for c in codes} & JUDGED


def doings(charter, events):
    """The rows as doings, each in the matter of its kind that stands by then."""
    before: list[Doing] = []
    for event in events:
        matters = kinds(charter, before, event.at)
        what = event.what
        forms = charter.on(DAY_0).acts.get(what.act)
        opens = forms[""].opens if forms else False
        kind = what.act.partition(".")[0]
        above = matters.get(opens) if isinstance(opens, str) else None
        at = Moment(event.at, event.at)
        before.append(
            Doing(
                entry=f"e{event.row}",
                n=1,
                act=what.act,
                at=at,
                entered=event.at,
                matter=matters.get(kind, above),
                subject=what.subject,
                member=what.member,
                by=what.actor,
                to=what.to,
                form=what.form,
                states=dict(what.states),
            )
        )
    return before


def kinds(charter, before, at):
    """Kind of matter to the first that was opened."""
    state = fold(charter, before, at)
    found: dict[str, str] = {}
    for matter in state.matters.values():
        found.setdefault(matter.kind, matter.id)
    return found


def by_kernel(charter, given):
    last = given[-1].at.lo
    state = fold(charter, given, last)
    codes = {
        int(v.doing.entry[1:]): judged(v.codes)
        for v in state.verdicts
        if "time" not in v.doing.entry
    }
    never = [
        duty.act
        for matter in state.matters.values()
        for duty in matter.duties
        if duty.met_by is None and (duty.again is None or is_over(duty.due, last))
    ]
    return codes, sorted(never)


def by_hand(charter, given):
    last = given[-1].at.lo
    world = read(charter, given, last)
    codes = {
        int(doing.entry[1:]): judged(found)
        for doing, found, _ in world.verdicts
        if "time" not in doing.entry
    }
    never = [
        owed.act
        for matter in world.matters.values()
        for owed in matter.owed
        if owed.is_open and (owed.again is None or is_over(owed.due, last))
    ]
    return codes, sorted(never)


def is_over(due, last):
    return due is not None and due.latest < last


def is_comparable(charter):
    """Whether a log tells all that the kernel asks for.

    Its members are numbered, so that who of them was bound long ago is not kept; and the
    kernel lets time do once more what amends its own cause.
    """
    acts = [
        act
        for text in charter.versions
        for forms in text.acts.values()
        for act in forms.values()
    ]
    spans = [
        s for party in charter.parties.values() for held in party.values() for s in held
    ]
    amending = {act.name: set(act.amends) for act in acts}
    return all(end is None for _, end in spans) and not any(
        act.name in amending.get(then, ()) for act in acts for then in act.lapse
    )


def part_of(cases):
    """Cases as columns."""
    events = [event for case in cases for event in case]
    meanings = [*dict.fromkeys(event.what for event in events)]
    numbers = {what: number for number, what in enumerate(meanings)}
    first = [0, *accumulate(len(case) for case in cases)]
    return Part(
        meanings,
        np.asarray(first, np.int64),
        np.asarray([numbers[event.what] for event in events], np.int64),
        np.asarray([event.at for event in events], np.int64),
        np.asarray([event.until for event in events], np.int64),
        np.asarray([event.row for event in events], np.int64),
    )
