"""What a case comes to as of a time, from what the record had by another.

`read_case` filters the entries by what was known, folds every charter over them, and once
more for each contested entry. What fell away by a correction is of another record, the
one before it: `fell_away` folds that one, when it is asked for. Everything that is shown
of a case is made from a `Reading`.
Source: docs/record.md, section 4; docs/charter-language.md, sections 6 and 7.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from peyman.case.doings import corrections, doings_of, holds_of
from peyman.case.model import Case, Entry
from peyman.charter.doing import Hold
from peyman.charter.kernel import fold
from peyman.charter.standing import MatterStanding, Row, matters
from peyman.charter.state import State

LISTS = ("may", "must", "late", "may_be_late", "waiting", "in_force")
"""The lists of rows of a matter's standing."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A row that stands only if a contested entry counts, or only if it does not.

    Attributes:
        listed: The list that the row stands in.
        counts: True where the row stands only if `entry` counts.
    """

    matter: str
    listed: str
    row: Row
    entry: str
    counts: bool


@dataclass(frozen=True, slots=True)
class CharterReading:
    """What one charter makes of the case.

    Attributes:
        contests: What would differ if a contested entry were read the other way.
        others: Contested entry to the state without it (or with it, if it came too late).
    """

    state: State
    holds: tuple[Hold, ...]
    standings: tuple[MatterStanding, ...]
    contests: tuple[Contest, ...]
    others: Mapping[str, State]


@dataclass(frozen=True, slots=True)
class Reading:
    """A case as of `at`, from the entries that the record had by `known_at`.

    Attributes:
        case: The case, with the charters that were listed by then.
    """

    case: Case
    at: int
    known_at: int
    entries: tuple[Entry, ...]
    charters: Mapping[str, CharterReading]

    def by_name(self) -> dict[str, Entry]:
        """Every entry that was known, registers included, by its name for people."""
        known = [e for log in self.case.registers.values() for e in log]
        return {
            e.name: e for e in (*known, *self.entries) if e.entered <= self.known_at
        }


def read_case(
    case: Case, at: int | None = None, known_at: int | None = None
) -> Reading:
    """Read a case on its two clocks.

    Args:
        case: The case.
        at: As of when; the default is `known_at`, else the last entry.
        known_at: What the record had by then; the default is the last entry.

    Raises:
        PeymanError: If its acts cannot be put in order.
    """
    known = case.last_entered if known_at is None else known_at
    as_of = known if at is None else at
    entries = tuple(e for e in case.entries if e.entered <= known)
    case = case.as_known(known)
    charters = {
        name: _read_charter(case, name, entries, as_of, known) for name in case.charters
    }
    return Reading(case, as_of, known, entries, charters)


def _read_charter(
    case: Case, name: str, entries: tuple[Entry, ...], at: int, known: int
) -> CharterReading:
    charter = case.charters[name]
    everything = _with_register(case, name, entries, known)
    holds = holds_of(everything[: len(everything) - len(entries)])
    doings = doings_of(case, name, everything)

    def run(turned: frozenset[str]) -> State:
        return fold(charter, doings, at, holds=holds, turned=turned)

    state = run(frozenset())
    standings = matters(charter, state, holds)
    others = {e: run(frozenset({e})) for e in _contested(state)}
    contests = [
        contest
        for entry, other in others.items()
        for contest in _compare(standings, matters(charter, other, holds), entry)
    ]
    return CharterReading(state, holds, standings, tuple(contests), others)


def fell_away(reading: Reading, name: str) -> tuple[tuple[str, Row], ...]:
    """Rows owed under a charter before a correction, that now were never owed.

    Each comes with the entry that corrected. This folds the charter once more, but not
    where no correction touches what was done under it.
    """
    case = reading.case
    everything = _with_register(case, name, reading.entries, reading.known_at)
    fixed = corrections(everything)
    old = _without_successors(everything, fixed)
    before = doings_of(case, name, old, corrected=False)
    if not fixed or before == doings_of(case, name, everything):
        return ()
    read = reading.charters[name]
    charter = case.charters[name]
    state = fold(charter, before, reading.at, holds=read.holds)
    made_by = {
        e.name: fixed[e.commitment].name for e in everything if e.commitment in fixed
    }
    return _fell_away(matters(charter, state, read.holds), read.standings, made_by)


def _with_register(
    case: Case, name: str, entries: tuple[Entry, ...], known: int
) -> tuple[Entry, ...]:
    """The entries of a charter's register that were known, then those of the case."""
    register = tuple(e for e in case.registers.get(name, ()) if e.entered <= known)
    return (*register, *entries)


def _without_successors(
    entries: tuple[Entry, ...], fixed: Mapping[str, Entry]
) -> tuple[Entry, ...]:
    """The entries as they stood, without those that now stand for a corrected one."""
    new = {str(entry.body.get("successor")) for entry in fixed.values()}
    return tuple(e for e in entries if e.commitment not in new - fixed.keys())


def _contested(state: State) -> tuple[str, ...]:
    """Names of the entries whose effect is contested, in order."""
    return tuple(dict.fromkeys(v.doing.entry for v in state.verdicts if v.is_contested))


def _rows(standings: tuple[MatterStanding, ...]) -> dict[tuple[str, ...], Row]:
    return {
        (one.matter.id, listed, row.act, row.by, row.because or "", str(row.due)): row
        for one in standings
        for listed in LISTS
        for row in getattr(one, listed)
    }


def _compare(
    base: tuple[MatterStanding, ...], other: tuple[MatterStanding, ...], entry: str
) -> list[Contest]:
    here, there = _rows(base), _rows(other)
    only_here = [(key, row, True) for key, row in here.items() if there.get(key) != row]
    only_there = [
        (key, row, False) for key, row in there.items() if here.get(key) != row
    ]
    return [
        Contest(key[0], key[1], row, entry, counts)
        for key, row, counts in only_here + only_there
    ]


def _fell_away(
    before: tuple[MatterStanding, ...],
    now: tuple[MatterStanding, ...],
    made_by: Mapping[str, str],
) -> tuple[tuple[str, Row], ...]:
    """Duties that a correction unmade, each with the entry that corrected.

    That is the correction of the act that is their cause, else of the act that opened
    their matter; where neither was corrected, any of them may have unmade the duty.

    Args:
        before: As it stood before.
        now: As it stands.
        made_by: Name of each corrected entry to the name of the one that corrected it.
    """
    kept = {key[:-1] for key in _rows(now)}
    every = ", ".join(dict.fromkeys(made_by.values()))

    def cause(matter: str, because: str) -> str:
        entries = (because.partition("/")[0], matter.partition("/")[0])
        return next((made_by[one] for one in entries if one in made_by), every)

    return tuple(
        (cause(key[0], key[4]), row)
        for key, row in _rows(before).items()
        if key[1] in ("must", "late") and key[:-1] not in kept
    )
