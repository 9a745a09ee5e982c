"""What a case of a log has come to, as a value: equal cases are in equal states.

No time stands in a state. Whatever has a day names a *slot*, and the days stand beside the
state, one a slot, so that cases which differ in their dates alone share their states. Nor
does a name: members are numbered in the order in which their case first names them.

What nobody will ask for again is left out of a state (`Law.asks_done`, `asks_force`).
"""

from typing import NamedTuple

from peyman.charter.model import Span

Ref = tuple[int, str, str]
"""An act: number of its text, full name, form."""

Facts = tuple[tuple[str, tuple[str, ...]], ...]
"""Name of a fact to its value; of more than one, the earliest end is meant."""

EACH = -1
"""The debtor of what every member owes for itself, as long as the members are alike."""


class Matter(NamedTuple):
    """One run of a procedure; a case has at most one of each kind.

    Attributes:
        subject: Number of the member whom it concerns, if that is known.
        bound: Letters of the texts by which the subject is bound.
    """

    kind: str
    subject: int | None
    bound: frozenset[str]
    articles: tuple[str, ...]


class Force(NamedTuple):
    """A doing that is in force.

    Attributes:
        term: Slot of the day on which it ends by itself, if that is known.
        clocks: Acts that time will do, each with the slot of its day, if that is known.
        bound: Texts that bind the member, where time is to do something for it.
        text: Number of the text of its day, which says what time then does.
        stands: Whether it is a deed that does not owe its undoing yet.
        tag: What tells it from others, where something is owed as long as it lasts.
    """

    ref: Ref
    member: int | None
    facts: Facts = ()
    term: int | None = None
    clocks: tuple[tuple[str, int | None], ...] = ()
    bound: frozenset[str] = frozenset()
    text: int = 0
    stands: bool = False
    tag: int | None = None

    @property
    def name(self) -> str:
        """The full name of the act."""
        return self.ref[1]

    @property
    def slots(self) -> frozenset[int]:
        """The slots of its days."""
        every = (self.term, *(slot for _, slot in self.clocks))
        return frozenset(slot for slot in every if slot is not None)


class Duty(NamedTuple):
    """What is owed.

    Attributes:
        debtor: Number of the member who owes it, None for nobody in particular, or `EACH`.
        letters: Texts of which one binds every debtor, for `EACH`.
        left: How many owe it still.
        met: Members who do not owe it (any more), for `EACH`.
        slot: Slot of its day, if it has one that is known.
        again: The span in which it is owed anew, and the tag of its cause.
    """

    act: str
    because: str
    articles: tuple[str, ...]
    debtor: int | None = None
    letters: frozenset[str] = frozenset()
    left: int = 1
    met: frozenset[int] = frozenset()
    slot: int | None = None
    again: tuple[Span, int] | None = None


class Done(NamedTuple):
    """An act that was done; by whom and by what bound, where anything asks for that."""

    name: str
    is_each: bool
    member: int | None = None
    bound: frozenset[str] = frozenset()


class State(NamedTuple):
    """Everything that bears on what is still to come in a case.

    Attributes:
        moved: Members that joined (true) or left a text: number, letter, which.
    """

    matters: tuple[Matter, ...] = ()
    done: frozenset[Done] = frozenset()
    forces: tuple[Force, ...] = ()
    duties: tuple[Duty, ...] = ()
    moved: tuple[tuple[int, str, bool], ...] = ()


class When(NamedTuple):
    """A day that is worked out when an act is done: see `Law.when`.

    Attributes:
        how: `span` from the act, `from` the day of a slot, `day`, `later` or `earlier`.
    """

    how: str
    span: str = ""
    instant: int = 0
    slot: int = 0
    of: "tuple[When, ...]" = ()


class Fault(NamedTuple):
    """One remark on a row: its code, the articles, and the acts that it speaks of."""

    code: str
    articles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    number: str = ""
    slot: int | None = None


class Set(NamedTuple):
    """A slot that gets a day; a new one, or another day of the same thing."""

    slot: int
    when: When
    is_new: bool


class Step(NamedTuple):
    """What one row, or the clock, does to a case.

    Attributes:
        then: The state to which it leads.
        faults: What is remarked, whatever the time.
        late: Remarks that hold if the day of their slot is over.
        sets: Slots that get a day.
        is_too_much: Whether more stands open than is kept apart.
    """

    then: State
    faults: tuple[Fault, ...] = ()
    late: tuple[Fault, ...] = ()
    sets: tuple[Set, ...] = ()
    is_too_much: bool = False
