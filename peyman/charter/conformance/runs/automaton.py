"""Remember every step that was once worked out: the automaton of a charter, made as it is used.

States, what is heard and steps get numbers. The same cases come to the same few thousand
states, so that nearly every row of a large log is two look-ups. A log that comes to ever
new states only makes it slow: past `MOST_STEPS` it forgets, and begins again.
"""

from dataclasses import dataclass
from typing import NamedTuple

from peyman.charter.conformance.steps.law import Heard, Law, Row, member_of
from peyman.charter.conformance.steps.state import (
    Duty,
    Fault,
    Matter,
    Set,
    State,
    Step,
)
from peyman.charter.conformance.steps.step import strike, take

NOBODY = -1
"""In place of the number of a member, where there is none."""

OVER = 1
"""The number of the state of a case of which nothing more is asked, whatever follows."""

MOST_STEPS = 400_000


class Taken(NamedTuple):
    """A step with numbers in place of states.

    Attributes:
        is_plain: Whether it finds no fault, touches no slot, and moves nobody.
        is_wrong: Whether it finds a fault, whatever the time.
        is_moved: Whether members have joined or left a text by then.
    """

    then: int
    faults: tuple[Fault, ...]
    late: tuple[Fault, ...]
    sets: tuple[Set, ...]
    is_too_much: bool
    is_plain: bool
    is_wrong: bool
    is_moved: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to know of a state.

    Attributes:
        clocks: Slot of everything that time will do, and whether that is an end of term;
            in the order in which their causes were done.
        owed: Duties that are a fault if the case is over.
        again: Duties to do again and again, that are one only when their day is over.
    """

    clocks: tuple[tuple[int, bool], ...]
    owed: tuple[Duty, ...]
    again: tuple[Duty, ...]


class Met(NamedTuple):
    """What there is to know of a row in an era.

    Attributes:
        heard: The number of what the charter makes of it.
        member: The member for whom it is, where it matters which; `subject` likewise.
        other: The member for whom it is, where it does not.
        act: The full name of the act, or what the log calls it.
        is_by_time: Whether it tells what time does.
    """

    heard: int
    member: str | None
    subject: str | None
    other: str | None
    act: str
    is_by_time: bool


class Automaton:
    """A charter as it is run over logs."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.heard: list[Heard] = []
        self._heard_numbers: dict[Heard, int] = {}
        self._met: dict[tuple[Row, int], Met] = {}
        self._clear()

    def _clear(self) -> None:
        self.states: list[State] = []
        self.known: list[Known] = []
        self.steps: list[Taken] = []
        self._numbers: dict[State, int] = {}
        self._taken: dict[tuple[int, int, int, int], int] = {}
        self._struck: dict[tuple[int, int, int, int], int] = {}
        self.number(State())
        self.number(State(matters=(Matter("", None, frozenset(), ()),)))

    def forget_if_full(self) -> bool:
        """Begin again if it remembers too much; between two cases only."""
        is_full = len(self.steps) > MOST_STEPS
        if is_full:
            self._clear()
        return is_full

    def hear(self, row: Row, era: int) -> int:
        """The number of what the charter makes of a row in an era."""
        return self.meet(row, era).heard

    def meet(self, row: Row, era: int) -> Met:
        """What there is to know of a row in an era."""
        found = self._met.get((row, era))
        if found is None:
            heard = self.law.hear(row, era)
            number = self._heard_numbers.setdefault(heard, len(self.heard))
            if number == len(self.heard):
                self.heard.append(heard)
            member, tells = member_of(row), heard.tells_members
            found = self._met[row, era] = Met(
                heard=number,
                member=member if tells else None,
                subject=row.subject if tells else None,
                other=None if tells else member,
                act=self.law.name_of(row.act) or row.act,
                is_by_time=heard.is_by_time,
            )
        return found

    def number(self, state: State) -> int:
        """The number of a state; 0 is that of a case in which nothing was done."""
        number = self._numbers.setdefault(state, len(self.states))
        if number == len(self.states):
            self.states.append(state)
            self.known.append(_known(state))
        return number

    def take(self, state: int, heard: int, member: int, subject: int) -> int:
        """The number of the step that a row is; `NOBODY` for no member or no subject."""
        key = (state, heard, member, subject)
        found = self._taken.get(key)
        if found is None:
            who = None if member == NOBODY else member
            whom = None if subject == NOBODY else subject
            step = take(self.law, self.states[state], self.heard[heard], who, whom)
            found = self._taken[key] = self._add(step)
        return found

    def strike(self, state: int, slot: int, era: int) -> int:
        """The number of the step that time takes when the day of a slot is over."""
        text, roll = self.law.numbers_of(era)
        key = (state, slot, text, roll)
        found = self._struck.get(key)
        if found is None:
            step = strike(self.law, self.states[state], slot, text, roll)
            found = self._struck[key] = self._add(step)
        return found

    def _add(self, step: Step) -> int:
        wrong, touches = bool(step.faults), bool(step.late or step.sets)
        moved = bool(step.then.moved)
        self.steps.append(
            Taken(
                self.number(step.then),
                step.faults,
                step.late,
                step.sets,
                step.is_too_much,
                not (wrong or touches or moved or step.is_too_much),
                wrong,
                moved,
            )
        )
        return len(self.steps) - 1


def _known(state: State) -> Known:
    clocks: list[tuple[int, bool]] = []
    for one in state.forces:
        clocks += [(slot, False) for _, slot in one.clocks if slot is not None]
        if one.term is not None:
            clocks.append((one.term, True))
    return Known(
        tuple(clocks),
        tuple(duty for duty in state.duties if duty.again is None),
        tuple(duty for duty in state.duties if duty.again is not None),
    )
