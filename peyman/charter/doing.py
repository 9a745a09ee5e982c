"""What is done under a charter, and what the charter says of it.

A `Doing` is one act of one entry, as the record tells it. The kernel answers with a
`Verdict`: the findings, and whether the act has effect. A finding is not an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from peyman.charter.moment import CALENDAR, Moment

Fact = str | int | tuple[str, ...]

UNSPECIFIED = "unspecified"
NOT_SHOWN = "not shown"

VOID = frozenset(
    {
        "no provision",
        "no such matter",
        "no power",
        "wrong addressee",
        "too early",
        "too late",
        "not open",
        "not carried",
    }
)
"""Findings that leave an act of words without effect. A deed has effect all the same."""

CONTESTED = frozenset(
    {
        "not shown",
        "contested office",
        "contested key",
        "version unsure",
        "entered too late",
    }
)
"""Findings for which the standing is also folded the other way."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One act of one entry.

    Attributes:
        entry: The name of the entry, the same in every verdict.
        n: Which act of the entry it is, from 1.
        act: The full name, `assistance.request`.
        at: When it was done; the later end is at most `entered`.
        entered: When the record had it, in seconds since 1970.
        matter: Id of the matter; None for an act that opens one.
        by: The actor: `KZ`, `csto/council`, `kazakhstan/president`.
        member: The member for whom it is done, if any.
        holder: The office whose holder acts in the office `by`.
        basis: Articles on which it rests; None if it names none; `("not shown",)`.
        grounds: Ground to `asserted` or `denied`.
        states: Fact to value; `words` holds what the text itself says of a fact.
        ballots: Member to ballot; None if none are known.
        cast: Member to the entry of its ballot, where ballots are entries of their own.
        ripens: Name of an act, or an instant, on which it takes effect.
        cites: Names of entries that this one cites.
        opens_as: Id of the matter it opens, where it corrects the entry that opened it.
        contested: Why its signature is in doubt, if it is.
        law_at: The instant whose law judges it: its first, or its last if none is known.
        whose: The member for whom it is done: the one named, else the actor itself.
        is_plain: Whether its signature is in no doubt, it has no form, and waits for nothing.
        id: The act's own name: the entry's, and which act of it. A matter it opens has it.
    """

    entry: str
    n: int
    act: str
    at: Moment
    entered: int
    matter: str | None = None
    subject: str | None = None
    member: str | None = None
    by: str | None = None
    holder: str | None = None
    to: tuple[str, ...] = ()
    form: str | None = None
    mode: str | None = None
    basis: tuple[str, ...] | None = None
    grounds: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, Fact] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    ballots: Mapping[str, str] | None = None
    cast: Mapping[str, str] = field(default_factory=dict)
    announced_by: str | None = None
    ripens: str | int | None = None
    unless: str | None = None
    received: Moment | None = None
    known_as: str = "reported"
    cites: frozenset[str] = frozenset()
    opens_as: str | None = None
    contested: str | None = None
    law_at: int = field(init=False, repr=False, compare=False)
    whose: str | None = field(init=False, repr=False, compare=False)
    is_plain: bool = field(init=False, repr=False, compare=False)
    id: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """See once what is asked of it again and again."""
        law_at = self.at.hi if self.at.lo < CALENDAR else self.at.lo
        is_code = self.by is not None and "/" not in self.by and self.by != "time"
        own = self.by if is_code else None
        object.__setattr__(self, "law_at", law_at)
        object.__setattr__(
            self, "whose", self.member if self.member is not None else own
        )
        is_plain = self.contested is None and self.form is None and self.ripens is None
        object.__setattr__(self, "is_plain", is_plain)
        object.__setattr__(self, "id", f"{self.entry}/{self.n}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A reasoned remark of the charter on an act.

    Attributes:
        code: What kind of remark, one of a small set: `wrong addressee`, `late`, ..
        articles: What it rests on.
        checked: How surely the least sure of these was read.
    """

    code: str
    text: str
    articles: tuple[str, ...] = ()
    checked: str = "text"


class Verdict(NamedTuple):
    """What became of one doing."""

    doing: Doing
    findings: tuple[Finding, ...]
    has_effect: bool
    matter: str | None

    @property
    def codes(self) -> frozenset[str]:
        """The kinds of remark made on it."""
        return frozenset(finding.code for finding in self.findings)

    @property
    def is_contested(self) -> bool:
        """Whether the standing must be read both ways."""
        return bool(self.codes & CONTESTED)


@dataclass(frozen=True, slots=True)
class Hold:
    """Who holds an office in an interval, as a register says."""

    entry: str
    office: str
    holder: str
    during: Moment
