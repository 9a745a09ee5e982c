"""What a fold has come to: matters, what is done and in force, duties and clocks.

The kernel alone writes here; `standing` reads. Done and in force are integer masks, one
for anybody and one a member, with the entries themselves beside them for the reasons.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from peyman.charter.doing import Doing, Fact, Verdict
from peyman.charter.model import Act, Span, Text
from peyman.charter.moment import Due, Moment


@dataclass(slots=True)
class Effect:
    """One doing that took effect, and how long it is in force.

    Attributes:
        facts: What it states now, amendments included.
        ends: When its own term runs out, if it has one that is known.
        ended: When it ceased to be in force; None while it is.
        ended_by: The act that ended it, or `"time"`.
        amended_by: The acts that changed its facts.
        implied: Facts on which the act is silent and that the text supplies.
    """

    doing: Doing
    act: Act
    member: str | None
    since: Moment
    place: int
    facts: dict[str, Fact] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    ends: Due | None = None
    ended: Moment | None = None
    ended_by: str | None = None
    ended_place: int | None = None
    amended_by: tuple[str, ...] = ()
    owes_undoing: bool = False
    implied: tuple[str, ...] = ()


@dataclass(slots=True)
class Duty:
    """What is owed, by whom, because of what; keyed by act, debtor and cause.

    Attributes:
        again: The span in which it is owed again, and what must be in force for it.
    """

    act: str
    debtor: str | None
    cause: str
    since: Moment
    due: Due | None
    articles: tuple[str, ...]
    met_by: str | None = None
    reading: str | None = None
    again: tuple[Span, Effect] | None = None


@dataclass(slots=True)
class Clock:
    """Time will do `act` on its day, unless its cause ceases to be in force before."""

    act: str
    cause: Effect
    due: Due


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said of a ground. Only the word of the charter's choice decides."""

    ground: str
    said: str
    by: str
    entry: str
    decides: bool


@dataclass(slots=True)
class Matter:
    """One run of a procedure.

    Attributes:
        under: The matter under which it opened, if it did.
        beneath: The matters that opened under this one.
    """

    id: str
    kind: str
    subject: str | None
    opened_by: Doing
    articles: tuple[str, ...]
    done: int = 0
    force: int = 0
    done_by: dict[str, int] = field(default_factory=dict)
    force_by: dict[str, int] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    waiting: list[tuple[Doing, Act, int]] = field(default_factory=list)
    under: "Matter | None" = None
    beneath: "list[Matter]" = field(default_factory=list)

    def where(self, name: str) -> "Matter":
        """The matter in which an act is looked for: this, or the one above it."""
        if self.under is None or name.startswith(f"{self.kind}."):
            return self
        return self.under

    def in_force(self, name: str, member: str | None = None) -> list[Effect]:
        """What is in force of an act: of one member, or of anybody."""
        return [
            one
            for one in self.where(name).effects
            if one.ended is None
            and one.act.name == name
            and (member is None or one.member in (None, member))
        ]

    def recount(self) -> None:
        """Make the masks of what is in force say what `effects` says."""
        self.force, self.force_by = 0, {}
        for one in self.effects:
            if one.ended is None:
                self.force |= one.act.mask
                if one.member is not None:
                    mask = self.force_by.get(one.member, 0)
                    self.force_by[one.member] = mask | one.act.mask


@dataclass(slots=True)
class State:
    """Everything that a charter has to say of a case at a moment.

    Attributes:
        moves: Member and letter of a text to when it joined (true) or left it.
    """

    now: int
    text: Text
    matters: dict[str, Matter] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    moves: dict[tuple[str, str], list[tuple[int, bool]]] = field(default_factory=dict)

    def move(self, member: str, letter: str, at: int, *, joins: bool) -> None:
        """Note that a member joins or leaves a text."""
        self.moves.setdefault((member, letter), []).append((at, joins))

    def moved(self, letter: str, at: int) -> Iterator[tuple[str, bool]]:
        """Every member that joined or left a text by then, and whether it is in."""
        for (member, of), moves in self.moves.items():
            past = [is_in for when, is_in in moves if when <= at]
            if of == letter and past:
                yield member, past[-1]

    def subjects_under(self, act: str) -> frozenset[str]:
        """Members against whom an act is in force, in any matter: `sanction.suspend`."""
        return frozenset(
            matter.subject
            for matter in self.matters.values()
            if matter.subject and matter.in_force(act)
        )
