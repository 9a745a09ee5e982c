"""One kind of matter as a graph on integer bit sets: what each step needs and changes.

A dynamic condition response graph with a second mask for what is in force, and with time
as one more actor. A state is one integer. Days and numbers are left out: whatever has a
day may come at once or never. `peyman.charter.verification.compiling` makes a graph.

Source: docs/charter-language.md, sections 3 and 10.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

SUBJECT = "subject"
OTHER = "another member"


@dataclass(frozen=True, slots=True)
class Bit:
    """One thing that is so or is not, in a state.

    Attributes:
        what: `open`, `done`, `in force`, `owed`, `clock`, `standing` (a deed that does
            not owe its undoing yet) or `bound` (the subject, by a text).
        name: The act; of `bound` the letter of the text.
        member: Whose, where each member acts: the subject's or another member's.
        then: Of a clock, the act that time will do; of what is owed again and again,
            the act that is its cause.
    """

    what: str
    name: str = ""
    member: str | None = None
    then: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One step that somebody, or time, may take.

    Attributes:
        act: Full name of the act that is done, or whose term is over.
        by: Who may take it, in the words of `by`; `("time",)`.
        member: For whom, where each member acts.
        cause: Of what time does, the act whose clock or term has run out.
        opens: Whether it begins a matter of its kind.
        is_end: Whether it does nothing but end the term of `act`.
        is_voted: Whether it takes a vote.
        is_wrong: Whether it is a deed done without what it needs.
        need: Bits that must all be there; `bar`: of which none may be there.
        any_of: Masks of each of which one bit must be there.
        sets: Bits that it brings, after it has taken away `clears`.
        meets: Duties that it meets or waives; those owed again and again stay.
    """

    act: str
    by: tuple[str, ...]
    form: str = ""
    member: str | None = None
    cause: str | None = None
    opens: bool = False
    is_end: bool = False
    is_voted: bool = False
    is_wrong: bool = False
    need: int = 0
    bar: int = 0
    any_of: tuple[int, ...] = ()
    sets: int = 0
    clears: int = 0
    meets: int = 0

    def is_open(self, state: int) -> bool:
        """Whether it may be taken in a state."""
        return (
            state & self.need == self.need
            and not state & self.bar
            and all(state & mask for mask in self.any_of)
        )

    @property
    def key(self) -> tuple[str | bool | None, ...]:
        """What tells it from every other move of its graph, and of a cone of that."""
        kind = (self.is_end, self.is_wrong)
        return self.act, self.form, self.member, self.cause, *kind

    @property
    def looks_at(self) -> int:
        """Every bit that decides whether it may be taken."""
        looked = self.need | self.bar
        for mask in self.any_of:
            looked |= mask
        return looked


@dataclass(frozen=True, slots=True)
class Outlived:
    """What is in force only as long as one of others is: `lasts = { while = [..] }`."""

    in_force: int
    holders: int
    clears: int


@dataclass(frozen=True, slots=True)
class Footing:
    """A deed that owes its undoing as soon as a clause of its footing is not in force."""

    standing: int
    clauses: tuple[int, ...]
    owes: int


@dataclass(frozen=True, slots=True)
class Graph:
    """One kind of matter. State 0 is before it is opened; `bits[n]` is bit n."""

    kind: str
    acts: tuple[str, ...]
    bits: tuple[Bit, ...]
    moves: tuple[Move, ...]
    outlived: tuple[Outlived, ...] = ()
    footings: tuple[Footing, ...] = ()

    def mask(self, what: str, name: str) -> int:
        """The bits of one thing, whosesoever they are."""
        return sum(
            1 << place
            for place, bit in enumerate(self.bits)
            if bit.what == what and bit.name == name
        )

    def named(self, state: int) -> tuple[Bit, ...]:
        """What is so in a state."""
        return tuple(bit for place, bit in enumerate(self.bits) if state >> place & 1)

    def after(self, state: int, move: Move) -> int:
        """The state to which a move leads."""
        return self.settle(state & ~move.clears | move.sets)

    @property
    def unsettled(self) -> int:
        """Bits of which one must be there for `settle` to have anything to do."""
        watched = 0
        for one in self.outlived:
            watched |= one.in_force
        for deed in self.footings:
            watched |= deed.standing
        return watched

    def settle(self, state: int) -> int:
        """End what lasts only while something else does; let deeds without footing owe."""
        before = -1
        while state != before:
            before = state
            for one in self.outlived:
                if state & one.in_force and not state & one.holders:
                    state &= ~one.clears
        for deed in self.footings:
            if state & deed.standing and not all(state & c for c in deed.clauses):
                state = state & ~deed.standing | deed.owes
        return state

    def moves_of(self, act: str) -> tuple[Move, ...]:
        """The moves by which an act is done."""
        return tuple(m for m in self.moves if m.act == act and not m.is_end)

    @property
    def lawful(self) -> "Graph":
        """The same graph if nobody does a deed without what it needs."""
        return self.without(move for move in self.moves if move.is_wrong)

    def without(self, idle: Iterable[Move]) -> "Graph":
        """The same graph if these moves are never taken."""
        gone = {move.key for move in idle}
        return replace(self, moves=tuple(m for m in self.moves if m.key not in gone))

    def cone(self, asked: int) -> "Graph":
        """What is left when only what bears on these bits is kept.

        A path of the cone is a path of the whole, and each state of the whole is, as far
        as the bits asked for go, a state of the cone.
        """
        kept = self._bears_on(asked)
        moves = (
            replace(move, sets=move.sets & kept, clears=move.clears & kept)
            for move in self.moves
            if (move.sets | move.clears | move.meets) & kept
        )
        return replace(
            self,
            moves=tuple(moves),
            outlived=tuple(
                replace(one, clears=one.clears & kept)
                for one in self.outlived
                if one.clears & kept
            ),
            footings=tuple(
                replace(one, owes=one.owes & kept)
                for one in self.footings
                if (one.owes | one.standing) & kept
            ),
        )

    def parts(self) -> "tuple[Graph, ...]":
        """The graph taken apart: no part asks or changes anything of another.

        A charter's matter is of one part as a rule; two matters side by side are of two.
        """
        masks: list[int] = []
        for changes, looks_at in self._influences():
            mask = changes | looks_at
            masks = [m for m in masks if not m & mask] + [
                reduce(or_, (m for m in masks if m & mask), mask)
            ]
        return tuple(self._within(mask) for mask in masks)

    def _within(self, mask: int) -> "Graph":
        return replace(
            self,
            moves=tuple(m for m in self.moves if (m.looks_at | m.sets) & mask),
            outlived=tuple(one for one in self.outlived if one.in_force & mask),
            footings=tuple(one for one in self.footings if one.standing & mask),
        )

    @property
    def watched(self) -> int:
        """Every bit that something here asks or changes."""
        return reduce(or_, (changes | asks for changes, asks in self._influences()), 0)

    def _bears_on(self, asked: int) -> int:
        before = -1
        while asked != before:
            before = asked
            for changes, looks_at in self._influences():
                if changes & asked:
                    asked |= looks_at
        return asked

    def _influences(self) -> Iterator[tuple[int, int]]:
        """Bits that may change, and the bits that decide whether they do."""
        for move in self.moves:
            yield move.sets | move.clears | move.meets, move.looks_at
        for one in self.outlived:
            yield one.clears, one.in_force | one.holders
        for deed in self.footings:
            looks_at = deed.standing
            for clause in deed.clauses:
                looks_at |= clause
            yield deed.owes | deed.standing, looks_at
