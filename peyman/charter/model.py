"""What a charter is once it has been read: plain frozen values, nothing to look up twice.

A `Charter` holds the consolidated `Text` of every span between two dates on which the law
changed. `peyman.charter.read` makes it from TOML; `peyman.charter.kernel` applies it.
Names inside a charter are short (`council`, `assistance.request`); outside they carry the
charter's id (`csto/council`, `csto.assistance.request`).
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it reads in one version: a paraphrase, and how sure we are."""

    name: str
    says: Mapping[str, str]
    checked: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Organ:
    """A body that decides or is addressed. `parties_to` is a letter of `[texts]`."""

    name: str
    art: str | None = None
    of_members: bool = False
    parties_to: str | None = None
    members: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    seat: str | None = None
    chair: str | None = None
    secretary: str | None = None
    outside: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """An office, never a person. `held_by`: the office whose holder the text puts here."""

    name: str
    art: str | None = None
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A condition of the charter; `word_of` says whose word decides it."""

    name: str
    art: str
    word_of: str
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How an organ decides. `without` is the word `except`, `otherwise` the word `else`."""

    name: str
    organ: str
    carry: str
    art: str | None = None
    of: str = "roll"
    quorum: str | None = None
    veto: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    otherwise: str | None = None
    modes: tuple[str, ...] = ()
    binds: str | None = None
    is_by_acts: bool = field(init=False, repr=False, compare=False)
    kinds: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """See once which kinds of matter may leave somebody out."""
        _fix(self, is_by_acts=all("." in word for word in self.without))
        _fix(self, kinds=frozenset(word.partition(".")[0] for word in self.without))

    def spares(self, kinds: Collection[str]) -> bool:
        """Whether nobody can be left out of it as long as only these kinds were opened."""
        return self.is_by_acts and self.kinds.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a higher norm asks of acts: it remarks, and voids nothing.

    Attributes:
        acts: The acts that it limits, all of one kind of matter.
        after: What it wants done first, as clauses.
        meanwhile: The word `while`: what it wants in force, as clauses.
        disputed: Readings held against each other, each language to text.
    """

    name: str
    art: str
    acts: tuple[str, ...]
    after: "Clauses" = ()
    meanwhile: "Clauses" = ()
    disputed: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """More than one end: the `later` of them, or the `earlier`; each as a span or a fact."""

    which: str
    of: tuple[str, ...]


Span = str | Several
"""A span, a date or instant, a word of `[reading]`, the name of a fact, or several."""

Clauses = tuple[tuple[str, ...], ...]
"""All of these, each of them any of its names: `a and (b or c)` is `(("a",), ("b", "c"))`."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act in one version and one form. Names of other acts are full (`kind.act`).

    Attributes:
        bit: The place of this act in every mask of its charter, the same in all versions.
        mask: This act alone, as a mask.
        kind: The kind of matter that it belongs to: `assistance` of `assistance.end`.
        is_each: Whether every member does this one for itself.
        is_by_time: Whether nobody but the clock may do it.
        opens: Whether the act begins a matter of its own kind; a kind of matter if it
            does so under a matter of that kind.
        after: What must have been done, as clauses.
        numbers: Of the word `after`: act to how many different members must have done
            it: `at least 9`, `at least 2/3`, or `all`.
        before: What must not have been done.
        meanwhile: The word `while`: what must be in force, as clauses.
        implies: Facts that the text supplies where the act is silent.
        duty: Act owed and the span in which it is owed (`"no day"` for none).
        every: The same, owed again from each performance while this is in force.
        lapse: Act that time does, and when.
        lasts: `None`, a span, a date, the name of a fact, several of these, or a tuple of
            act names (`{ while = [..] }`: as long as any of these is in force).
        is_gated: Whether anything must be done, or not yet done, before it.
        changes: Whether it does anything to what was done before it, or to its own facts.
        begins: Whether anything is owed because of it, or time will do anything.
        leans: Whether it lasts, or a deed has its footing, only while others are in force.
        moves: Whether somebody joins a text or leaves it.
        footing: What must be in force for it to stand, as clauses.
        undo: On a deed, what is owed when it stands without a footing.
        known: Why what `peyman check` finds of it is meant so.
    """

    name: str
    bit: int
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    decide: str | None = None
    opens: bool | str = False
    after: Clauses = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    meanwhile: Clauses = ()
    on: tuple[str, ...] = ()
    art: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()
    implies: Mapping[str, str] = field(default_factory=dict)
    mandate: bool = False
    at_most: Mapping[str, str] = field(default_factory=dict)
    agrees: str | None = None
    binds: str | None = None
    duty: Mapping[str, Span] = field(default_factory=dict)
    every: Mapping[str, Span] = field(default_factory=dict)
    lapse: Mapping[str, Span] = field(default_factory=dict)
    lasts: Span | date | tuple[str, ...] | None = None
    undo: Mapping[str, Span] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    waive: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    deed: bool = False
    void: str | None = None
    known: str | None = None
    mask: int = field(init=False, repr=False, compare=False)
    kind: str = field(init=False, repr=False, compare=False)
    is_each: bool = field(init=False, repr=False, compare=False)
    is_by_time: bool = field(init=False, repr=False, compare=False)
    is_gated: bool = field(init=False, repr=False, compare=False)
    changes: bool = field(init=False, repr=False, compare=False)
    begins: bool = field(init=False, repr=False, compare=False)
    leans: bool = field(init=False, repr=False, compare=False)
    moves: bool = field(init=False, repr=False, compare=False)
    footing: Clauses = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what is asked of an act again and again."""
        _fix(self, mask=1 << self.bit, kind=self.name.partition(".")[0])
        _fix(self, is_each=any(word.startswith("each") for word in self.by))
        _fix(self, is_by_time=self.by == ("time",))
        during = isinstance(self.lasts, tuple) and not self.deed
        gates = self.after or self.numbers or self.meanwhile or self.before
        _fix(self, is_gated=bool(gates))
        changes = self.amends or self.implies or self.ends or self.waive
        _fix(self, changes=bool(changes))
        begins = self.at_most or self.duty or self.every or self.lasts or self.lapse
        _fix(self, begins=bool(begins))
        _fix(self, leans=bool(self.undo) or during)
        _fix(self, moves=bool(self.joins or self.leaves))
        is_while = isinstance(self.lasts, tuple)
        _fix(self, footing=(self.lasts,) if is_while else self.meanwhile)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A change of `table` whose day is only known to lie in [first, last]."""

    table: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Text:
    """The consolidated text of one span of days. `acts[name]` maps each form to the act.

    The form `""` is the act in no particular form, or in one that changes nothing.
    """

    since: date
    articles: Mapping[str, Article]
    organs: Mapping[str, Organ]
    offices: Mapping[str, Office]
    grounds: Mapping[str, Ground]
    rules: Mapping[str, Rule]
    limits: Mapping[str, Limit]
    acts: Mapping[str, Mapping[str, Act]]

    def act(self, name: str, form: str | None = None) -> Act | None:
        """The act of that full name in that form, or None if this text has no such act."""
        forms = self.acts.get(name)
        return None if forms is None else forms.get(form or "", forms[""])


Spans = tuple[tuple[date, date | None], ...]
"""Days on which somebody is bound: from the first, up to but not on the second."""


_Bound = tuple[tuple[date, ...], tuple[tuple[str, ...], ...]]
"""The days on which somebody joins or leaves, and who is bound before and from each."""


def _bound_of(party: Mapping[str, Spans]) -> _Bound:
    days = {day for spans in party.values() for span in spans for day in span if day}
    changes = tuple(sorted(days))
    members = sorted(party.items())
    return changes, tuple(
        tuple(
            member
            for member, spans in members
            if any(a <= day and (b is None or day < b) for a, b in spans)
        )
        for day in (date.min, *changes)
    )


def _fix(frozen: object, **values: object) -> None:
    """Give a frozen value what follows from it, while it is made."""
    for name, value in values.items():
        object.__setattr__(frozen, name, value)


@dataclass(frozen=True, slots=True)
class Charter:
    """A treaty or compact as data.

    Attributes:
        id: The file's name without `.toml`.
        texts: Letter of each instrument to its name and date.
        zone: IANA zone whose days are meant.
        reading: Words without a number, to the span that we use for them.
        parties: Letter of a text to member to the days on which it is bound by it.
        versions: The texts in order of their first day; the first begins at `date.min`.
        names: Every act's full name, in the order of the bits.
        starts: The first day of each version.
        changes: Every day on which a version begins, or somebody is bound or no longer.
        laws: What was worked out of each of these; `peyman.charter.judging.law` alone looks here.
        called: Name of an act, a kind of matter, a body, a ground or a member (`title`: of
            the charter itself) to language to what readers call it.
        notice: Whether a notice counts from the day it was `sent` or `received`.
    """

    id: str
    title: str
    texts: Mapping[str, str]
    zone: str
    holidays: frozenset[date]
    reading: Mapping[str, str]
    parties: Mapping[str, Mapping[str, Spans]]
    versions: tuple[Text, ...]
    unsure: tuple[Unsure, ...]
    names: tuple[str, ...]
    notice: str = "sent"
    called: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    starts: tuple[date, ...] = field(init=False, repr=False, compare=False)
    changes: tuple[date, ...] = field(init=False, repr=False, compare=False)
    laws: dict[int, Any] = field(init=False, repr=False, compare=False)
    _bound: Mapping[str, _Bound] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once when texts begin, and who is bound by which when."""
        _fix(self, starts=tuple(text.since for text in self.versions))
        _fix(self, _bound={t: _bound_of(party) for t, party in self.parties.items()})
        days = {day for changes, _ in self._bound.values() for day in changes}
        _fix(self, changes=tuple(sorted({date.min, *self.starts, *days})), laws={})

    def on(self, day: date) -> Text:
        """The text in force on a day."""
        return self.versions[bisect_right(self.starts, day) - 1]

    def bound_by(self, letter: str, day: date) -> tuple[str, ...]:
        """The members bound by a text on a day, in order of their codes."""
        changes, bound = self._bound.get(letter, ((), ((),)))
        return bound[bisect_right(changes, day)]

    @property
    def members(self) -> tuple[str, ...]:
        """Everyone who was ever bound by any of the texts, in order of their codes."""
        return tuple(sorted({m for party in self.parties.values() for m in party}))
