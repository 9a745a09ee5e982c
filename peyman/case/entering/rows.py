"""Rows that were filled in offline, as entries of a case: which are new, and in what order.

A row that says what stands already is passed over, so the same file twice enters nothing twice. A line
or a pledge that is told again stands as it was told last; a serial is not told again, so a
row that says something else of a serial of that name corrects the one entry that it can mean.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import Entered
from peyman.case.model import Entry
from peyman.errors import PeymanError
from peyman.saying import say

Body = Mapping[str, Any]
MOST_AT_ONCE = 200
"""More rows are not entered at once: every one of them is asked by every charter."""

_PERFORMED = frozenset({"note"})
_AUTHORITY = say("docs/force-generation.md, Files: rows that are entered")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet, each of its cells in order.

    Attributes:
        kind: Of the entry that it would be.
        sheet: Where it stands.
        number: The row in that sheet, the heads being the first.
    """

    kind: str
    sheet: str
    number: int
    body: Body

    @property
    def cell(self) -> str:
        """Its first cell, as an office programme calls it."""
        return f"A{self.number}"


@dataclass(frozen=True, slots=True)
class Step:
    """A row that is to be entered; `corrects` is the entry whose place it takes."""

    row: Row
    corrects: Entry | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """What is to be entered of some rows, and how many say what stands already."""

    steps: tuple[Step, ...]
    stand: int

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of entries that are made, corrections among them."""
        own = {one.row.kind for one in self.steps}
        more = {"correct"} if any(one.corrects for one in self.steps) else set()
        return tuple(sorted(own | more))


class RowRefused(PeymanError):
    """A row that the record does not take; `row` says which."""

    def __init__(self, row: Row, error: PeymanError) -> None:
        super().__init__(
            f"{row.sheet}!{row.cell}: {error.problem}",
            authority=error.authority,
            remedy=error.remedy,
        )
        self.row = row
        self.told = error.problem


def steps_of(
    entries: Sequence[Entry], rows: Sequence[Row], plain: Callable[[str, Body], Body]
) -> Steps:
    """Hold rows against what stands.

    Args:
        entries: What stands, in the order of the record (`peyman.case.boards.claims.seen`).
        rows: In the order of the file.
        plain: From a kind and a body to the body as a file can say it: two of which that is
            the same say the same.
    """
    groups: dict[tuple[str, ...], list[_Said]] = {}
    for row in rows:
        said = _Said(plain(row.kind, row.body), row)
        groups.setdefault(_key(row.kind, row.body), []).append(said)
    told: dict[tuple[str, ...], list[_Stands]] = {}
    kinds = {row.kind for row in rows}
    for entry in (one for one in entries if one.kind in kinds):
        stands = _Stands(plain(entry.kind, entry.body), entry)
        told.setdefault(_key(entry.kind, entry.body), []).append(stands)
    found = [
        step
        for key, own in groups.items()
        for step in (_of_serials if key[0] == "serial" else _told_last)(
            told.get(key, []), own
        )
    ]
    order = {id(row): place for place, row in enumerate(rows)}
    found.sort(key=lambda step: order[id(step.row)])
    return Steps(tuple(found), len(rows) - len(found))


class _Said(NamedTuple):
    body: Body
    row: Row


class _Stands(NamedTuple):
    body: Body
    entry: Entry


def _key(kind: str, body: Body) -> tuple[str, ...]:
    """By what entries of a kind are known again."""
    if kind == "requirement":
        return kind, str(body["line"]), str(body["place"])
    if kind == "pledge":
        return kind, str(body.get("pledge") or f"{body['member']}: {body['what']}")
    if kind == "serial":
        return kind, str(body["serial"]), str(body["state"])
    return kind, str(body.get("text", ""))


def _told_last(told: Sequence[_Stands], rows: Sequence[_Said]) -> Iterator[Step]:
    """Rows whose last word differs from the record's; older words that come first are passed."""
    history = [one.body for one in told]
    stands: Body | None = history[-1] if history else None
    first = 0
    for place, said in enumerate(rows):
        if said.body not in history:
            break
        if said.body == stands:
            first = place + 1
    for said in rows[first:]:
        if said.body != stands:
            yield Step(said.row)
        stands = said.body


def _of_serials(told: Sequence[_Stands], rows: Sequence[_Said]) -> Iterator[Step]:
    """Each entry is one movement: a row that is like none of them changes the one left over."""
    left = list(told)
    new = []
    for said in rows:
        same = next((one for one in left if one.body == said.body), None)
        if same is None:
            new.append(said.row)
        else:
            left.remove(same)
    for row in new:
        yield Step(row, left[0].entry if len(left) == len(new) == 1 else None)


def enter_rows(
    steps: Sequence[Step],
    enter: Callable[[Draft], Entered],
    office: str,
    at: str,
    performs: frozenset[str],
) -> tuple[Entered, ...]:
    """Take rows through the door, one after the other; whoever calls takes all back if one is refused.

    Args:
        steps: The rows, in order.
        enter: Takes a draft through the door.
        office: Who signs.
        at: Now, an instant.
        performs: Kinds that the office does itself, here; a pledge only for itself.

    Raises:
        RowRefused: With the row that the record does not take.
    """
    check_most(steps)
    found: list[Entered] = []
    for step in steps:
        try:
            _check_own(step, office)
            made = enter(draft_of_row(step.row, office, at, performs))
            found.append(made)
            if step.corrects is not None:
                new = made.entry.commitment
                found.append(enter(_correction(step.corrects.commitment, new, at)))
        except PeymanError as error:
            raise RowRefused(step.row, error) from error
    return tuple(found)


def check_most(steps: Sequence[Step]) -> None:
    """Refuse more rows than are entered at once.

    Raises:
        PeymanError: If there are.
    """
    if len(steps) > MOST_AT_ONCE:
        raise PeymanError(
            say(
                "{n} rows are new, and at most {most_n} are entered at once.",
                n=len(steps),
                most_n=MOST_AT_ONCE,
            ),
            authority=_AUTHORITY,
            remedy=say("Enter them from several files, one after the other."),
        )


def draft_of_row(row: Row, office: str, at: str, performs: frozenset[str]) -> Draft:
    """A row as an entry: done here by who does it for itself, else reported by the file."""
    is_done = row.kind in performs | _PERFORMED
    if row.kind == "pledge":
        is_done = is_done and row.body["member"] == office
    known = "performed" if is_done else "reported"
    return Draft(row.kind, known, at, None, (), dict(row.body))


def _check_own(step: Step, office: str) -> None:
    old = step.corrects
    if old is not None and old.signer != office:
        raise PeymanError(
            say(
                "A serial of this name stands as {entry}, says something else, and was entered"
                " by {actor}, who alone corrects it.",
                entry=old.name,
                actor=old.signer,
            ),
            authority=say("docs/record.md, section 3: `correct`"),
            remedy=say("Give the serial another name, or leave the row as it was."),
        )


def _correction(old: str, new: str, at: str) -> Draft:
    body: dict[str, object] = {
        "entry": old,
        "successor": new,
        "reason": "A row that was filled in offline says otherwise.",
    }
    return Draft("correct", "performed", at, None, (old, new), body)


def count_by_kind(steps: Sequence[Step]) -> dict[str, int]:
    """How many rows of each kind are new."""
    return dict(Counter(one.row.kind for one in steps))
