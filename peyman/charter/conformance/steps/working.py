"""A state while a step changes it: lists in place of tuples, and slots as they come free."""

from collections.abc import Iterable

from peyman.charter.conformance.steps.law import Law
from peyman.charter.conformance.steps.state import (
    EACH,
    Done,
    Duty,
    Fault,
    Force,
    Set,
    State,
    Step,
    When,
)
from peyman.charter.model import Act


class Working:
    """The case of one step.

    Attributes:
        text: Number of the acts of its era.
        roll: Number of the era's list of who is bound.
    """

    def __init__(self, law: Law, state: State, text: int, roll: int) -> None:
        self.law = law
        self.text = text
        self.roll = roll
        self.matters = list(state.matters)
        self.done: set[Done] = set(state.done)
        self.forces = list(state.forces)
        self.duties = list(state.duties)
        self.moved = list(state.moved)
        self.late: list[Fault] = []
        self.sets: dict[int, Set] = {}

    def state(self) -> State:
        """What has come of it so far."""
        return State(
            tuple(self.matters),
            frozenset(self.done),
            tuple(self.forces),
            tuple(self.duties),
            tuple(self.moved),
        )

    def step(self, faults: tuple[Fault, ...], most: int) -> Step:
        """The whole step; it is too much if more than `most` things stand open."""
        used = self._used() if self.sets else set()
        sets = tuple(one for slot, one in self.sets.items() if slot in used)
        is_too_much = len(self.forces) + len(self.duties) > most
        return Step(self.state(), faults, tuple(self.late), sets, is_too_much)

    # ------------------------------------------------------------------------- slots

    def _used(self) -> set[int]:
        held = {slot for one in self.forces for slot in one.slots}
        return held | {duty.slot for duty in self.duties if duty.slot is not None}

    def start(self, when: When | None) -> int | None:
        """A slot for a new day; None if the day is not known."""
        if when is None:
            return None
        taken = self._used() | self.sets.keys()
        slot = next(n for n in range(len(taken) + 1) if n not in taken)
        self.sets[slot] = Set(slot, when, is_new=True)
        return slot

    def reset(self, slot: int | None, when: When | None) -> int | None:
        """Set a slot to another day."""
        if slot is None or when is None:
            return self.start(when)
        self.sets[slot] = Set(slot, when, is_new=False)
        return slot

    def release(self, force: Force) -> None:
        """Give back the slots of a doing that is not kept."""
        if not self.sets:
            return
        for slot in force.slots:
            self.sets.pop(slot, None)

    def free_tag(self) -> int:
        """A tag that no doing has, and no duty of one that has just ended."""
        taken = {one.tag for one in self.forces}
        taken |= {duty.again[1] for duty in self.duties if duty.again is not None}
        return next(n for n in range(len(taken) + 1) if n not in taken)

    # --------------------------------------------------------------- members, duties

    def move(self, member: int | None, letter: str, *, joins: bool) -> None:
        """Note that a member joins or leaves a text."""
        if member is not None:
            kept = [one for one in self.moved if one[:2] != (member, letter)]
            self.moved = [*kept, (member, letter, joins)]

    def drop_fallen(self) -> None:
        """Drop what is owed again and again because of something that has ended."""
        if any(duty.again is not None for duty in self.duties):
            tags = {one.tag for one in self.forces}
            self.duties = [
                duty
                for duty in self.duties
                if duty.again is None or duty.again[1] in tags
            ]

    def reaches(
        self, act: Act, member: int | None, one: Force, names: Iterable[str]
    ) -> bool:
        """Whether an act reaches a doing: its own alone, where both are of each member."""
        if one.name not in names:
            return False
        return one.member == member or not (self.law.is_each(one.ref) and act.is_each)

    def discharge(self, act: Act, member: int | None, bound: frozenset[str]) -> None:
        """Meet the oldest own duty to do an act, and note that it may be met late."""
        for place, duty in enumerate(self.duties):
            if duty.act != act.name or not _owes(duty, member, bound):
                continue
            if duty.slot is not None:
                names = (duty.because,)
                self.late.append(Fault("late", duty.articles, names, slot=duty.slot))
            del self.duties[place]
            if duty.debtor == EACH and duty.left > 1 and member is not None:
                met = duty.met | {member}
                rest = duty._replace(left=duty.left - 1, met=met)
                self.duties.insert(place, rest)
            if duty.again is not None:
                span, tag = duty.again
                facts = next(one.facts for one in self.forces if one.tag == tag)
                debtor = member if duty.debtor == EACH else duty.debtor
                slot = self.start(self.law.when(span, facts))
                anew = duty._replace(debtor=debtor, left=1, met=frozenset(), slot=slot)
                self.duties.append(anew)
            return


def _owes(duty: Duty, member: int | None, bound: frozenset[str]) -> bool:
    if duty.debtor == EACH:
        is_one = member is not None and member not in duty.met
        return is_one and bool(duty.letters & bound)
    return duty.debtor is None or duty.debtor == member
