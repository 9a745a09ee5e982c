"""Which column of a log means what. Source: docs/audit.md, section 2."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from peyman.errors import PeymanError
from peyman.saying import Said, say

AUTHORITY = "docs/audit.md, section 2: the columns of a log"

NAMES: Mapping[str, tuple[str, ...]] = {
    "case": ("case", "case_id", "case:concept:name"),
    "act": ("act", "activity", "concept:name"),
    "time": ("time", "timestamp", "time:timestamp"),
    "actor": ("actor",),
    "member": ("member",),
    "subject": ("subject",),
    "to": ("to",),
    "form": ("form",),
    "lifecycle": ("lifecycle:transition",),
}
"""What is asked for, to the names by which a column for it is found, the first first."""

NEEDED = ("case", "act", "time")
STATES = "states:"
"""What the name of a column begins with that holds a fact: `states:term`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one log: what is asked for to the column's name, facts beside it."""

    found: Mapping[str, str]
    facts: Mapping[str, str]

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every column that is read."""
        return tuple(dict.fromkeys([*self.found.values(), *self.facts.values()]))


def columns_of(there: Collection[str], named: Mapping[str, str], log: str) -> Columns:
    """Find the columns of a log.

    Args:
        there: The names of its columns.
        named: What somebody says that a column means: `{"case": "Case ID"}`.
        log: The name of the log, for messages.

    Raises:
        PeymanError: If a column that is needed, or that somebody named, is not there.
    """
    for what, name in named.items():
        if what not in NAMES:
            raise PeymanError(
                say("No column of a log means {words}.", words=repr(what)),
                authority=AUTHORITY,
                remedy=say("Name one of {words}.", words=", ".join(NAMES)),
            )
        if name not in there:
            problem = say(
                "{log_words} has no column {words}.", log_words=log, words=repr(name)
            )
            raise _missing(problem, what, there)
    found = dict(named)
    for what, names in NAMES.items():
        first = next((name for name in names if name in there), None)
        if first is not None:
            found.setdefault(what, first)
    for what in NEEDED:
        if what not in found:
            problem = say(
                "{log_words} has no column for the {code}.", log_words=log, code=what
            )
            raise _missing(problem, what, there)
    facts = {n.removeprefix(STATES): n for n in sorted(there) if n.startswith(STATES)}
    columns = Columns(found, facts)
    _refuse_twins(columns, there, log)
    return columns


def _refuse_twins(columns: Columns, there: Collection[str], log: str) -> None:
    """Nothing says which of two columns of one name is meant."""
    many = Counter(there)
    for name in columns.wanted:
        if many[name] > 1:
            raise PeymanError(
                say(
                    "{log_words} has more than one column {words}.",
                    log_words=log,
                    words=repr(name),
                ),
                authority=AUTHORITY,
                remedy=say("Export the log with a name of its own for each column."),
            )


def _missing(problem: Said, what: str, there: Collection[str]) -> PeymanError:
    listed = ", ".join(sorted(there)[:20]) or "none"
    return PeymanError(
        problem,
        authority=AUTHORITY,
        remedy=say(
            "Name it: --column {what_words}=NAME. Its columns are {words}.",
            what_words=what,
            words=listed,
        ),
    )
