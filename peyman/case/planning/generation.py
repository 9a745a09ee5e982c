"""The force generation of a case: its lines, its offers, the consents, and the assignment.

The charters say whether a national consent is asked for before a deed, and the record whether
it is there; nothing here knows a treaty by name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peyman.case.boards.claims import seen
from peyman.case.boards.mandate import mandates_of
from peyman.case.model import Entry
from peyman.case.reading import Reading
from peyman.charter.state import State
from peyman.force.generation.assign import Assignment, assign
from peyman.force.generation.assumed import filled
from peyman.force.generation.lines import Line, lines
from peyman.force.generation.offers import GIVEN, Offer, offers
from peyman.force.live.tracking import Tracked, tracked
from peyman.force.reports.told import Amount, Told, amount_of
from peyman.saying import Said, say


@dataclass(frozen=True, slots=True)
class Generation:
    """The force generation of a case as of a reading.

    Attributes:
        lines: The requirement lines, those drafted from a mandate's tasks not among them.
        offers: As they were counted on, what was assumed filled in.
        drafts: Tasks of a mandate for which no requirement line was entered.
        assumptions: A sentence for each figure that was not told.
        force: The strength of the whole force, as it was told last.
        tracking: Every planned serial with what was reported of it.
    """

    lines: tuple[Line, ...]
    offers: tuple[Offer, ...]
    assignment: Assignment
    drafts: tuple[str, ...]
    assumptions: tuple[Said, ...]
    force: Amount
    tracking: tuple[Tracked, ...]


def generation(
    reading: Reading, supposed: Mapping[str, tuple[Told, ...]] | None = None
) -> Generation:
    """Read the lines and pledges of a case and assign the ones to the others.

    Args:
        reading: The case.
        supposed: Kind to what is taken as told after all that was, and is not entered.
    """
    entries = seen(reading)
    zone = reading.case.zone
    more = supposed or {}
    needs = lines(
        (*told_of(entries, "requirement"), *more.get("requirement", ())), zone
    )
    told = (*told_of(entries, "pledge"), *more.get("pledge", ()))
    pledged = offers(told, zone, consents(reading))
    force = _whole(entries)
    counted, assumptions = filled(pledged, force)
    reckoned = tuple(
        say(
            "One of {unit_words} is taken to need {people_n} people ({line_words}).",
            unit_words=line.unit,
            people_n=line.people_each,
            line_words=line.line,
        )
        for line in needs
        if line.is_reckoned and line.people_each
    )
    return Generation(
        needs,
        counted,
        assign(needs, counted, reading.at),
        _drafts(reading, needs),
        (*assumptions, *reckoned),
        force,
        tracked(
            (*told_of(entries, "serial"), *more.get("serial", ())), zone, _gone(pledged)
        ),
    )


def _gone(pledged: Sequence[Offer]) -> frozenset[str]:
    """Members that pledged, and give nothing any more."""
    given = {one.member for one in pledged if one.state in GIVEN}
    return frozenset(one.member for one in pledged) - given


def consents(reading: Reading) -> dict[str, str | None]:
    """Member to the entry of its consent; None where one is asked for and is not here.

    A consent is an act that each member does for itself and that a charter puts before a
    deed. Members of a charter that asks for none are not named.
    """
    found: dict[str, str | None] = {}
    for name, charter in reading.charters.items():
        state = charter.state
        asked = _asked_before_deeds(state)
        if not asked:
            continue
        for member in reading.case.charters[name].members:
            found.setdefault(member, None)
        found |= _given(state, asked)
    return found


def _asked_before_deeds(state: State) -> frozenset[str]:
    acts = {name: forms[""] for name, forms in state.text.acts.items()}
    before = {
        name
        for act in acts.values()
        if act.deed
        for clause in act.after
        for name in clause
    }
    return frozenset(n for n in before if not acts[n].deed and acts[n].is_each)


def _given(state: State, asked: frozenset[str]) -> dict[str, str]:
    return {
        effect.member: effect.doing.entry
        for matter in state.matters.values()
        for effect in matter.effects
        if effect.act.name in asked and effect.member and effect.ended is None
    }


def told_of(entries: tuple[Entry, ...], kind: str) -> tuple[Told, ...]:
    """Entries of one kind of the force, in the order of the record."""
    return tuple(Told(e.name, e.at, e.body) for e in entries if e.kind == kind)


def _whole(entries: tuple[Entry, ...]) -> Amount:
    told = [t for t in told_of(entries, "strength") if t.body["member"] == "all"]
    last = max(told, key=lambda one: one.at.lo, default=None)
    return amount_of(last.body, "people") if last else Amount(None, None)


def _drafts(reading: Reading, needs: tuple[Line, ...]) -> tuple[str, ...]:
    tasks = [task for one in mandates_of(reading) for task in one["tasks"]]
    covered = {line.task for line in needs}
    return tuple(task for task in dict.fromkeys(tasks) if task not in covered)
