"""The templates of a plan: which sheets there are, which columns, and how a row is read.

A sheet is a kind of entry, and a row is the body of one. So what comes back filled in can be
planned with at once, and entered through the one door like anything else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.case.entering.bodies import BODIES, check_body
from peyman.case.entering.rows import Row
from peyman.charter.moment import Moment
from peyman.errors import PeymanError
from peyman.exchange import cells
from peyman.exchange.cells import Cell
from peyman.force.reports.told import Told

Body = dict[str, Any]
Grid = Sequence[Sequence[Any]]
"""The rows of a sheet as they stand in the file, heads included."""

MOST_ROWS = 10_000
"""A sheet with more rows is not read."""

COLUMNS: Mapping[str, Mapping[str, Cell]] = {
    "requirement": {
        "line": cells.TEXT,
        "capability": cells.TEXT,
        "quantity": cells.WHOLE,
        "unit": cells.TEXT,
        "place": cells.PLACE,
        "required": cells.MOMENT,
        "priority": cells.WHOLE,
        "task": cells.TEXT,
        "people": cells.WHOLE,
    },
    "pledge": {
        "member": cells.MEMBER,
        "what": cells.TEXT,
        "state": cells.one_of("offered", "honoured", "withdrawn", "stood_down"),
        "people": cells.AMOUNT,
        "vehicles": cells.AMOUNT,
        "tonnes": cells.WHOLE,
        "outsize": cells.WHOLE,
        "caveats": cells.LIST,
        "pledge": cells.TEXT,
        "package": cells.TEXT,
        "capabilities": cells.TABLE,
        "not_for": cells.LIST,
        "ready": cells.MOMENT,
        "expires": cells.MOMENT,
        "from": cells.PLACE,
        "lift": cells.TABLE,
    },
    "serial": {
        "serial": cells.TEXT,
        "mode": cells.one_of("air", "road", "rail"),
        "member": cells.MEMBER,
        "from": cells.PLACE,
        "to": cells.PLACE,
        "depart": cells.MOMENT,
        "arrive": cells.MOMENT,
        "flights": cells.WHOLE,
        "aircraft": cells.WHOLE,
        "people": cells.AMOUNT,
        "vehicles": cells.AMOUNT,
        "types": cells.TABLE,
        "direction": cells.one_of("in", "out"),
        "state": cells.one_of("planned", "reported"),
        "planned": cells.TEXT,
        "tail": cells.TEXT,
        "tonnes": cells.WHOLE,
        "outcome": cells.one_of("on_time", "late", "lost"),
    },
}
"""Kind of entry, which names its sheet, to its columns in their order."""

_EMPTY: Mapping[str, Body] = {"pledge": {"caveats": []}}
"""Fields that every entry of a kind has, and that an empty cell leaves empty."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, or with a whole sheet where `cell` is empty."""

    sheet: str
    cell: str
    problem: str

    def __str__(self) -> str:
        at = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{at}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file says that came back, and every fault that was found.

    Attributes:
        rows: As entries that could be made of them, in the order of the file.
        kinds: Kinds whose sheets were there, with or without rows.
        texts: What it says that no plan takes, for people to read.
    """

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    kinds: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def bodies(self) -> dict[str, tuple[Body, ...]]:
        """The bodies by kind of entry."""
        kinds = dict.fromkeys((*self.kinds, *(row.kind for row in self.rows)))
        return {
            kind: tuple(dict(row.body) for row in self.rows if row.kind == kind)
            for kind in kinds
        }

    def told(self, name: str) -> dict[str, tuple[Told, ...]]:
        """The rows as a plan takes what was told; `name` is the file's."""
        return {
            kind: tuple(
                Told(f"{name} {kind} {n}", Moment(0, 0), body)
                for n, body in enumerate(bodies, 1)
            )
            for kind, bodies in self.bodies.items()
        }


def needed(kind: str) -> tuple[str, ...]:
    """The columns that may not be left empty."""
    given = _EMPTY.get(kind, {})
    return tuple(
        name for name in COLUMNS[kind] if name in BODIES[kind] and name not in given
    )


def read_sheets(grids: Mapping[str, Grid]) -> Filled:
    """Read every sheet of a template; sheets that are none of its are left alone."""
    faults: list[Fault] = []
    kinds = tuple(kind for kind in COLUMNS if kind in grids)
    rows = [row for kind in kinds for row in _rows(kind, grids[kind], faults)]
    if not kinds:
        problem = f"there is no sheet of a template: {', '.join(COLUMNS)}"
        faults.append(Fault("file", "", problem))
    return Filled(tuple(rows), tuple(faults), kinds)


def through(kind: str, body: Mapping[str, Any]) -> Body:
    """A body as it comes back from a template that nobody changed."""
    if kind not in COLUMNS:
        return dict(body)
    columns = COLUMNS[kind]
    line = _line(columns, dict(body))
    return _row(kind, dict(enumerate(columns)), line, 2, [])


def write_sheets(bodies: Mapping[str, Sequence[Body]]) -> dict[str, list[list[Any]]]:
    """Every sheet with its heads, filled in with these bodies."""
    return {
        kind: [
            list(columns),
            *(_line(columns, body) for body in bodies.get(kind, ())),
        ]
        for kind, columns in COLUMNS.items()
    }


def _line(columns: Mapping[str, Cell], body: Body) -> list[Any]:
    return [
        cell.write(body[name]) if body.get(name) not in (None, [], {}) else None
        for name, cell in columns.items()
    ]


def _rows(kind: str, grid: Grid, faults: list[Fault]) -> list[Row]:
    if len(grid) > MOST_ROWS:
        problem = f"it has {len(grid)} rows, and at most {MOST_ROWS} are read"
        faults.append(Fault(kind, "", problem))
        return []
    heads = [str(head or "").strip() for head in (grid[0] if grid else ())]
    known = _check_heads(kind, heads, faults)
    return [
        Row(kind, kind, number, _row(kind, known, row, number, faults))
        for number, row in enumerate(grid[1:], 2)
        if any(_is_filled(value) for value in row)
    ]


def _check_heads(
    kind: str, heads: Sequence[str], faults: list[Fault]
) -> dict[int, str]:
    """The columns by their place; unknown and missing ones are faults of the first row."""
    for place, head in enumerate(heads):
        if head and head not in COLUMNS[kind]:
            problem = f"{head!r} is no column of this sheet: {', '.join(COLUMNS[kind])}"
            faults.append(Fault(kind, address(place, 1), problem))
    faults += [
        Fault(kind, "", f"the column {name} is missing")
        for name in needed(kind)
        if name not in heads
    ]
    return {i: head for i, head in enumerate(heads) if head in COLUMNS[kind]}


def _row(
    kind: str,
    heads: Mapping[int, str],
    row: Sequence[Any],
    number: int,
    faults: list[Fault],
) -> Body:
    body: Body = dict(_EMPTY.get(kind, {}))
    known = len(faults)
    for place, name in heads.items():
        said = row[place] if place < len(row) else None
        if _is_filled(said):
            try:
                body[name] = COLUMNS[kind][name].read(said)
            except (ValueError, TypeError):
                expects = COLUMNS[kind][name].expects
                problem = f"{str(said)[:60]!r} is not {expects}"
                faults.append(Fault(kind, address(place, number), problem))
        elif name in needed(kind):
            problem = f"it is empty; {COLUMNS[kind][name].expects} is expected"
            faults.append(Fault(kind, address(place, number), problem))
    if len(faults) == known:
        faults += whole_faults(kind, body, kind, number)
    return body


def whole_faults(kind: str, body: Body, sheet: str, number: int) -> list[Fault]:
    """What the record would refuse in a row whose cells are each in order."""
    if any(name not in body for name in needed(kind)):
        return []
    try:
        check_body(kind, body)
    except PeymanError as error:
        return [Fault(sheet, f"A{number}", error.problem)]
    return []


def _is_filled(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def address(place: int, row: int) -> str:
    """A cell as an office programme calls it.

    >>> address(0, 1), address(27, 3)
    ('A1', 'AB3')
    """
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"
