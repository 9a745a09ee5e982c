"""What a fold has come to: matters, what is done and in force, duties and clocks.

The kernel alone writes here; `standing` reads. What is done and what is in force stand
under the name of the act, so that no question of one act looks at all the others: a case
of ten thousand acts costs no more for each than one of ten.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from peyman.charter.doing import Doing, Fact, Verdict
from peyman.charter.model import Act, Span, Text
from peyman.charter.moment import Due, Moment


@dataclass(slots=True, eq=False)
class Effect:
    """One doing that took effect, and how long it is in force.

    Attributes:
        number: Its place among the effects of its matter.
        facts: What it states now, amendments included.
        ends: When its own term runs out, if it has one that is known.
        ended: When it ceased to be in force; None while it is.
        ended_by: The act that ended it, or `"time"`.
        amended_by: The acts that changed its facts.
        run_out: What time has done because of it; no later act sets these clocks anew.
        implied: Facts on which the act is silent and that the text supplies.
    """

    doing: Doing
    act: Act
    member: str | None
    since: Moment
    place: int
    facts: Mapping[str, Fact]
    words: Mapping[str, str]
    number: int = field(init=False, default=0)
    ends: Due | None = field(init=False, default=None)
    ended: Moment | None = field(init=False, default=None)
    ended_by: str | None = field(init=False, default=None)
    ended_place: int | None = field(init=False, default=None)
    amended_by: tuple[str, ...] = field(init=False, default=())
    run_out: tuple[str, ...] = field(init=False, default=())
    owes_undoing: bool = field(init=False, default=False)
    implied: tuple[str, ...] = field(init=False, default=())


@dataclass(slots=True, eq=False)
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


@dataclass(slots=True, eq=False)
class Clock:
    """Time will do `act` on its day, unless its cause ceases to be in force before."""

    act: str
    cause: Effect
    due: Due


class Word(NamedTuple):
    """What somebody said of a ground. Only the word of the charter's choice decides."""

    ground: str
    said: str
    by: str
    entry: str
    decides: bool


Waiting = tuple[Doing, Act, int]
"""A decision that is not ripe: the doing, its act, and its place in the order."""


@dataclass(slots=True, eq=False)
class Matter:
    """One run of a procedure.

    Attributes:
        number: Its place among the matters of the case.
        done: Every effect that there was, by the name of its act.
        force: Those in force, by the name of their act.
        leaning: Those in force that lean on others, which may fall with them.
        is_unsettled: Whether something ended on which others may lean.
        duties: All that was ever owed.
        owed: What still is, by the name of the act that is owed; the oldest first.
        under: The matter under which it opened, if it did.
        beneath: The matters that opened under this one.
    """

    id: str
    kind: str
    subject: str | None
    opened_by: Doing
    articles: tuple[str, ...]
    under: "Matter | None" = None
    number: int = field(init=False)
    effects: list[Effect] = field(init=False)
    done: defaultdict[str, list[Effect]] = field(init=False)
    force: defaultdict[str, list[Effect]] = field(init=False)
    leaning: dict[Effect, None] = field(init=False)
    is_unsettled: bool = field(init=False)
    duties: list[Duty] = field(init=False)
    owed: defaultdict[str, list[Duty]] = field(init=False)
    clocks: list[Clock] = field(init=False)
    words: list[Word] = field(init=False)
    waiting: list[Waiting] = field(init=False)
    beneath: "list[Matter]" = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is done yet; a default for each field would take longer to make."""
        self.number, self.is_unsettled = 0, False
        self.effects, self.done, self.force = [], defaultdict(list), defaultdict(list)
        self.duties, self.owed, self.leaning = [], defaultdict(list), {}
        self.clocks, self.words, self.waiting, self.beneath = [], [], [], []

    def where(self, name: str) -> "Matter":
        """The matter in which an act is looked for: this, or the one above it."""
        if self.under is None or name.startswith(f"{self.kind}."):
            return self
        return self.under

    def done_here(self, name: str) -> Sequence[Effect]:
        """Everything that took effect of an act, in force or not."""
        return self.where(name).done.get(name, ())

    def in_force(self, name: str) -> Collection[Effect]:
        """What is in force of an act."""
        return self.where(name).force.get(name, ())

    def forces(self, names: Iterable[str]) -> dict[str, Collection[Effect]]:
        """What is in force of each of these acts, here or in the matter above."""
        return {name: self.in_force(name) for name in names}

    def add(self, effect: Effect) -> None:
        """From now on this is done and in force."""
        name = effect.act.name
        effect.number = len(self.effects)
        self.effects.append(effect)
        self.done[name].append(effect)
        self.force[name].append(effect)
        if effect.act.leans:
            self.leaning[effect] = None

    def end(self, effect: Effect, at: Moment, by: str, place: int) -> None:
        """From now on this is no longer in force."""
        effect.ended, effect.ended_by, effect.ended_place = at, by, place
        self.force[effect.act.name].remove(effect)
        self.leaning.pop(effect, None)
        self.is_unsettled = True

    def owe(self, duty: Duty) -> None:
        """From now on this is owed."""
        self.duties.append(duty)
        self.owed[duty.act].append(duty)

    def drop(self, duty: Duty) -> None:
        """This is no longer owed, and it was never late."""
        self.duties.remove(duty)
        self.owed[duty.act].remove(duty)

    def meet(self, duty: Duty, by: str) -> None:
        """This is no longer owed: it was done, or waived."""
        duty.met_by = by
        self.owed[duty.act].remove(duty)


def is_there(
    table: Mapping[str, Collection[Effect]],
    act: Act,
    member: str | None,
    clause: tuple[str, ...],
) -> bool:
    """Whether one act of a clause was done, or is in force: for this member where each acts."""
    for name in clause:
        found = table.get(name)
        if found and not act.is_each:
            return True
        for one in found or ():
            if one.member == member or not one.act.is_each:
                return True
    return False


_Coming = tuple[int, Moment, bool, int, int, int, Matter, Clock | Waiting]
"""When time does something, with all that orders it; then where, and what."""


@dataclass(slots=True)
class State:
    """Everything that a charter has to say of a case at a moment.

    Attributes:
        moves: Member and letter of a text to when it joined (true) or left it.
        kinds: The matters by their kind.
        agenda: A heap of what time will do, with what was stopped since.
        count: Numbers for what is alike in the agenda: what was set first goes first.
    """

    now: int
    text: Text
    matters: dict[str, Matter] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    moves: dict[tuple[str, str], list[tuple[int, bool]]] = field(default_factory=dict)
    kinds: dict[str, list[Matter]] = field(default_factory=dict)
    agenda: list[_Coming] = field(default_factory=list)
    count: Iterator[int] = field(default_factory=count)

    def move(self, member: str, letter: str, at: int, *, joins: bool) -> None:
        """Note that a member joins or leaves a text."""
        self.moves.setdefault((member, letter), []).append((at, joins))

    def moved(self, letter: str, at: int) -> Iterator[tuple[str, bool]]:
        """Every member that joined or left a text by then, and whether it is in."""
        for (member, of), moves in self.moves.items():
            past = [is_in for when, is_in in moves if when <= at]
            if of == letter and past:
                yield member, past[-1]

    def open(self, matter: Matter) -> None:
        """A matter begins."""
        matter.number = len(self.matters)
        self.matters[matter.id] = matter
        self.kinds.setdefault(matter.kind, []).append(matter)
        if matter.under is not None:
            matter.under.beneath.append(matter)

    def subjects_under(self, act: str) -> frozenset[str]:
        """Members against whom an act is in force, in any matter: `sanction.suspend`."""
        kind = act.partition(".")[0]
        if kind not in self.kinds:
            return frozenset()
        return frozenset(
            one.subject
            for matter in self.kinds[kind]
            if matter.force.get(act)
            for one in (matter, *matter.beneath)
            if one.subject and one.where(act) is matter
        )

    def expect(self, matter: Matter, what: Clock | Waiting) -> None:
        """Time will do this: in order of day, then of cause, then of the record.

        What time does comes before the end of a term on that day.
        """
        if isinstance(what, Clock):
            day, cause, is_end, kind = (
                what.due.latest,
                what.cause.since,
                not what.act,
                0,
            )
        else:
            doing = what[0]
            day, cause, is_end, kind = int(doing.ripens or 0), doing.at, False, 1
        number = next(self.count)
        heappush(
            self.agenda,
            (day, cause, is_end, matter.number, kind, number, matter, what),
        )

    def next_due(self, before: int) -> tuple[Matter, Clock | Waiting] | None:
        """What time does next, before an instant; what was stopped is passed over."""
        while self.agenda and self.agenda[0][0] < before:
            *_, matter, what = heappop(self.agenda)
            if what in (matter.clocks if isinstance(what, Clock) else matter.waiting):
                return matter, what
        return None
