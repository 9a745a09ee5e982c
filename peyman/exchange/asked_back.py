"""A transport request that comes back filled in: what its answers change of a pledge and its lines.

The list of `peyman.exchange.request`, read the other way round. An answer that is as the case
would give it, is empty or is marked as not known changes nothing. What no field of an entry takes is
kept as text, in a note beside the pledge, and is said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peyman.case.boards.claims import seen
from peyman.case.entering.rows import Row
from peyman.case.planning.generation import generation
from peyman.case.planning.plan import assignment_of
from peyman.case.reading import Reading
from peyman.exchange import cells
from peyman.exchange.cells import Cell
from peyman.exchange.request import ASKS, NOT_KNOWN, request_of
from peyman.exchange.sheets import Body, Fault, Filled, Grid, address, whole_faults

Json = dict[str, Any]
SHEETS = ("transport request", "transport-request")
"""What the sheet is called in a workbook, and in a folder of CSV files."""
_SHEET = SHEETS[0]
_HEADS = ("pledge", "item", "answer")
_FIGURE = re.compile(r"([0-9]+) (people|vehicles|tonnes)( \(assumed\))?")
_NEED = re.compile(r"([0-9]+) (.+)")
_CAVEAT = "caveat: "
_PLAIN: Mapping[int, tuple[str, Cell]] = {
    3: ("member", cells.MEMBER),
    11: ("from", cells.PLACE),
    13: ("ready", cells.MOMENT),
}
"""Items that are one field of a pledge."""


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    cell: str
    row: int


@dataclass(slots=True)
class _Request:
    """One pledge's request, as far as it says something else than the case.

    Attributes:
        base: What the case would answer, by item.
        changed: What the file answers otherwise.
        body: The pledge as it becomes.
        needs: New requirement lines.
        texts: What is kept as text.
    """

    pledge: str
    base: Mapping[int, str]
    changed: Mapping[int, _Answer]
    body: Body
    lines: Sequence[Json]
    faults: list[Fault] = field(default_factory=list)
    needs: list[Row] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def wrong(self, answer: _Answer, expects: str) -> None:
        problem = f"{answer.text[:60]!r} is not {expects}"
        self.faults.append(Fault(_SHEET, answer.cell, problem))

    def keep(self, number: int, text: str) -> None:
        self.texts.append(f"{number}. {ASKS[number - 1]}: {text}")


def read_requests(grid: Grid, reading: Reading) -> Filled:
    """What the requests of a sheet come to, held against a case."""
    faults: list[Fault] = []
    answers = _answers(grid, faults)
    if not answers:
        return Filled((), tuple(faults), ("pledge",))
    plan = assignment_of(generation(reading))
    rows: list[Row] = []
    texts: list[str] = []
    for pledge, told in answers.items():
        one = _request(reading, plan, pledge, told)
        if one.changed:
            _apply(one)
            faults += one.faults
            rows += _rows(one, faults)
            texts += (f"{pledge}: {text}" for text in one.texts)
    return Filled(tuple(rows), tuple(faults), ("pledge",), tuple(texts))


def _answers(grid: Grid, faults: list[Fault]) -> dict[str, dict[int, _Answer]]:
    heads = [str(head or "").strip() for head in (grid[0] if grid else ())]
    if missing := [name for name in _HEADS if name not in heads]:
        faults += [Fault(_SHEET, "", f"the column {one} is missing") for one in missing]
        return {}
    at = {name: heads.index(name) for name in _HEADS}
    found: dict[str, dict[int, _Answer]] = {}
    for number, row in enumerate(grid[1:], 2):
        said = {n: row[i] if i < len(row) else None for n, i in at.items()}
        pledge, answer = (str(said[n] or "").strip() for n in ("pledge", "answer"))
        if not any(str(one or "").strip() for one in said.values()):
            continue
        item = _item(said["item"])
        where = "pledge" if not pledge else "item"
        if not pledge or item is None or item in found.get(pledge, {}):
            expects = (
                "the name of a pledge" if not pledge else "an item from 1 to 17, once"
            )
            problem = f"{str(said[where] or '')[:60]!r} is not {expects}"
            faults.append(Fault(_SHEET, address(at[where], number), problem))
            continue
        cell = address(at["answer"], number)
        found.setdefault(pledge, {})[item] = _Answer(answer, cell, number)
    return found


def _item(said: Any) -> int | None:
    try:
        number = cells.WHOLE.read(said)
    except (ValueError, TypeError):
        return None
    return number if 1 <= number <= len(ASKS) else None


def _request(
    reading: Reading, plan: Json, pledge: str, told: Mapping[int, _Answer]
) -> _Request:
    offer = next((one for one in plan["offers"] if one["pledge"] == pledge), None)
    base: dict[int, str] = {}
    body: Body = {"state": "offered", "caveats": []}
    if offer is not None:
        title = reading.case.title.get("en", reading.case.origin)
        base = {one.number: one.answer for one in request_of(plan, pledge, title)}
        entry = next(e for e in seen(reading) if e.name == offer["entry"])
        body = dict(entry.body)
    changed = {
        number: one
        for number, one in told.items()
        if one.text not in ("", NOT_KNOWN, base.get(number))
    }
    return _Request(pledge, base, changed, {**body, "pledge": pledge}, plan["lines"])


def _apply(one: _Request) -> None:
    for number, answer in sorted(one.changed.items()):
        if number in _PLAIN:
            _plain(one, answer, *_PLAIN[number])
        elif number == 5:
            _load(one, answer)
        elif number == 6:
            _needs(one, answer)
        elif number == 15:
            _more(one, answer)
        elif number not in (4, 12) or not _is_place_of_need(one, answer):
            one.keep(number, answer.text)


def _plain(one: _Request, answer: _Answer, name: str, cell: Cell) -> None:
    try:
        one.body[name] = cell.read(answer.text)
    except (ValueError, TypeError):
        one.wrong(answer, cell.expects)


def _figures(text: str) -> tuple[str, dict[str, int]]:
    """What is carried, and the figures that somebody tells of it."""
    words, told = [], {}
    for part in text.split(", "):
        found = _FIGURE.fullmatch(part.strip())
        if found is None:
            words.append(part)
        elif not found[3]:
            told[found[2]] = int(found[1])
    return ", ".join(words).strip(), told


def _load(one: _Request, answer: _Answer) -> None:
    what, told = _figures(answer.text)
    if not what:
        one.wrong(
            answer, "what is carried, as: a unit, 200 people, 24 vehicles, 90 tonnes"
        )
        return
    _, before = _figures(one.base.get(5, ""))
    one.body["what"] = what
    for name, count in told.items():
        if count != before.get(name):
            one.body[name] = count if name == "tonnes" else {"value": count}


def _needs(one: _Request, answer: _Answer) -> None:
    """So much of each line that it serves; a line that the case has not becomes a new one."""
    known = {line["line"]: line for line in one.lines}
    given = dict(one.body.get("capabilities", {}))
    for part in answer.text.split(";"):
        name, _, count = (word.strip() for word in part.rpartition(":"))
        found = _NEED.fullmatch(count)
        if not name or found is None:
            one.wrong(
                answer, "lines with their quantity and unit, as: Guard: 2 companies"
            )
            return
        line = known.get(name)
        if line is None:
            _new_line(one, answer, name, found)
        elif found[2] != line["unit"]:
            one.wrong(answer, f"counted as the line {name} is, in {line['unit']}")
            return
        else:
            given[line["capability"]] = int(found[1])
    if given:
        one.body["capabilities"] = given


def _new_line(one: _Request, answer: _Answer, name: str, count: re.Match[str]) -> None:
    place = _place_of_need(one)
    if place is None:
        one.keep(
            6, f"{name}: {count[0]} (no line of the case, and no one place for it)"
        )
        return
    last = max((line["priority"] for line in one.lines), default=0)
    body = {"line": name, "capability": name, "quantity": int(count[1])}
    body |= {"unit": count[2], "place": place, "priority": last + 1}
    one.needs.append(Row("requirement", _SHEET, answer.row, body))
    one.keep(6, f"{name} is a new line: its capability is its name, it comes last")


def _place_of_need(one: _Request) -> str | None:
    for number in (12, 4):
        answer = one.changed.get(number)
        text = answer.text if answer else one.base.get(number, "")
        try:
            return str(cells.PLACE.read(text))
        except ValueError:
            continue
    return None


def _is_place_of_need(one: _Request, answer: _Answer) -> bool:
    """Whether a place of an item is that of a line of its own, new or old."""
    own = {row.body["place"] for row in one.needs}
    try:
        return cells.PLACE.read(answer.text) in own
    except ValueError:
        return False


def _more(one: _Request, answer: _Answer) -> None:
    caveats = []
    before = one.base.get(15, "").split("; ")
    for part in (part.strip() for part in answer.text.split(";")):
        if part.startswith(_CAVEAT):
            caveats.append(part.removeprefix(_CAVEAT))
        elif part and part not in before:
            one.keep(15, part)
    one.body["caveats"] = caveats


def _rows(one: _Request, faults: list[Fault]) -> Iterator[Row]:
    """The entries that a request comes to: its pledge, new lines, and what is kept as text."""
    number = min(answer.row for answer in one.changed.values())
    for name, item in (("member", 3), ("what", 5)):
        if name not in one.body and not one.faults:
            problem = f"item {item} of {one.pledge} is not answered: {ASKS[item - 1]}"
            faults.append(Fault(_SHEET, f"A{number}", problem))
            return
    yield from one.needs
    if any(item in (*_PLAIN, 5, 6, 15) for item in one.changed):
        if not one.faults:
            faults += whole_faults("pledge", one.body, _SHEET, number)
        yield Row("pledge", _SHEET, number, one.body)
    if one.texts:
        head = f"Transport request of {one.pledge}, what no field of a pledge takes:"
        yield Row("note", _SHEET, number, {"text": "\n".join((head, *one.texts))})
