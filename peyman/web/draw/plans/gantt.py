"""The serials of a plan over time: a lane for every aircraft, or for every airfield.

By aircraft, a bar is loading, the way and unloading, each in a shape of its own; a ferry is a line.
By airfield, each bar is one aircraft that is worked on, and bars lie beside each other
where they overlap, so that the height of a lane is what its ramp has to hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.charter.moment import read_instant
from peyman.web.draw import svg
from peyman.web.draw.drawing import Cell, Drawing, Key, Row, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.marks import icon
from peyman.web.draw.times.moments import Axis, axis_of, grid

WIDTH = 1100.0
_SIDE = 150.0
_TOP = 24.0
_BAR = 9.0
_LANE = 13.0

Rows = Sequence[Mapping[str, Any]]
"""`serials` of a plan."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar: from an instant to another, what it is of, and what a pointer shows."""

    lane: str
    start: int
    end: int
    kind: str
    says: str


def draw_by_aircraft(
    serials: Rows, language: Language, *, id_: str = "by-aircraft"
) -> Drawing:
    """Draw each aircraft's and each road's serials on a lane of its own."""
    bars = [bar for one in serials for bar in _of_aircraft(one, language)]
    lanes = sorted({bar.lane for bar in bars})
    name = language.words("Serials by aircraft")
    placed = {lane: [(bar, 0) for bar in bars if bar.lane == lane] for lane in lanes}
    return _drawing(placed, serials, name, language, id_)


def draw_by_airfield(
    serials: Rows, language: Language, *, id_: str = "by-airfield"
) -> Drawing:
    """Draw each airfield's ramp: who is worked on there, beside each other."""
    bars = [bar for one in serials for bar in _of_airfields(one, language)]
    lanes = sorted({bar.lane for bar in bars})
    name = language.words("Ramps by airfield")
    placed = {lane: _beside([b for b in bars if b.lane == lane]) for lane in lanes}
    return _drawing(placed, serials, name, language, id_)


def _of_aircraft(one: Mapping[str, Any], language: Language) -> Iterator[_Bar]:
    lane = one["tail"] or f"{language.place(one['from'])} – {language.place(one['to'])}"
    at = {n: read_instant(one[n]) for n in ("start", "depart", "arrive", "unloaded")}
    says = _says(one, language)
    if at["start"] < at["depart"]:
        yield _Bar(lane, at["start"], at["depart"], "work", says)
    way = "way" if one["parts"] else "ferry"
    yield _Bar(lane, at["depart"], at["arrive"], way, says)
    if at["arrive"] < at["unloaded"]:
        yield _Bar(lane, at["arrive"], at["unloaded"], "work", says)


def _of_airfields(one: Mapping[str, Any], language: Language) -> Iterator[_Bar]:
    if one["mode"] != "air":
        return
    at = {n: read_instant(one[n]) for n in ("start", "depart", "arrive", "ready")}
    says = _says(one, language)
    if at["start"] < at["depart"]:
        yield _Bar(language.place(one["from"]), at["start"], at["depart"], "way", says)
    yield _Bar(language.place(one["to"]), at["arrive"], at["ready"], "work", says)


def _beside(bars: Sequence[_Bar]) -> list[tuple[_Bar, int]]:
    """Each bar on the first line that is free when it begins."""
    free: list[int] = []
    placed = []
    for bar in sorted(bars, key=lambda one: (one.start, one.end)):
        line = next((i for i, end in enumerate(free) if end <= bar.start), len(free))
        if line == len(free):
            free.append(0)
        free[line] = bar.end
        placed.append((bar, line))
    return placed


def _drawing(
    lanes: Mapping[str, Sequence[tuple[_Bar, int]]],
    serials: Rows,
    name: str,
    language: Language,
    id_: str,
) -> Drawing:
    every = [bar for placed in lanes.values() for bar, _ in placed]
    ends = [end for bar in every for end in (bar.start, bar.end)]
    left, right = (12.0, WIDTH - _SIDE) if language.is_rtl else (_SIDE, WIDTH - 12)
    axis = axis_of(ends, left, right, language)
    top, drawn = _TOP + 8, []
    for lane, placed in lanes.items():
        lines = max((line for _, line in placed), default=0) + 1
        drawn.append(_name(lane, top + _BAR, language))
        drawn += [_drawn(bar, top + line * _LANE, axis) for bar, line in placed]
        top += lines * _LANE + (6 if lines > 1 else 0)
    says = language.words("Serials: {n}. Lanes: {lanes}.").format(
        n=language.number(len(serials)), lanes=language.number(len(lanes))
    )
    return Drawing(
        svg.document(
            grid(axis, language, _TOP, top),
            *drawn,
            id_=id_,
            name=name,
            says=says,
            size=(WIDTH, top + 4),
            class_="draw-gantt",
        ),
        (_table(serials, language),),
        tuple(_keys(every, language)),
    )


def _drawn(bar: _Bar, top: float, axis: Axis) -> str:
    edges = sorted((axis.x(bar.start), axis.x(bar.end)))
    height = 2.0 if bar.kind == "ferry" else _BAR
    return svg.tag(
        "rect",
        svg.title(bar.says),
        x=edges[0],
        y=top + (_BAR - height) / 2,
        width=max(edges[1] - edges[0], 1),
        height=height,
        class_=f"draw-{bar.kind}-bar",
    )


def _name(lane: str, y: float, language: Language) -> str:
    is_rtl = language.is_rtl
    return svg.text(
        svg.fit(lane, _SIDE - 8, 12),
        WIDTH - 2 if is_rtl else 2,
        y,
        class_="draw-small",
        anchor="end" if is_rtl else "start",
        is_rtl=is_rtl,
    )


def _says(one: Mapping[str, Any], language: Language) -> str:
    ends = language.words("{origin} to {destination}").format(
        origin=language.place(one["from"]), destination=language.place(one["to"])
    )
    parts = (one["serial"], ends, _load(one, language), language.moment(one["depart"]))
    return " · ".join(parts)


def _load(one: Mapping[str, Any], language: Language) -> str:
    if not one["parts"]:
        return language.words("empty")
    told = [
        f"{language.words(name)}: {language.number(one[name])}"
        for name in ("people", "vehicles")
        if one[name]
    ]
    told.append(f"{language.words('kg')}: {language.number(one['mass_kg'])}")
    return language.comma.join(told)


def _table(serials: Rows, language: Language) -> Table:
    heads = (
        "Serial",
        "Aircraft",
        "Origin",
        "Destination",
        "Leaves",
        "Unloaded",
        "Load",
    )
    return Table(
        language.words("Serials"),
        tuple(language.words(head) for head in heads),
        tuple(_row(one, language) for one in serials),
    )


def _row(one: Mapping[str, Any], language: Language) -> Row:
    return row(
        Cell(one["serial"], "en"),
        Cell(one["tail"], "en") if one["tail"] else language.words(f"by {one['mode']}"),
        language.place(one["from"]),
        language.place(one["to"]),
        language.moment(one["depart"]),
        language.moment(one["unloaded"]),
        _load(one, language),
        kind=one["mode"],
    )


def _keys(bars: Sequence[_Bar], language: Language) -> Iterator[Key]:
    kinds = {bar.kind for bar in bars}
    words = {"work": "worked on", "way": "on its way or loading", "ferry": "empty"}
    for kind, word in words.items():
        if kind in kinds:
            height = 2 if kind == "ferry" else 10
            sign = svg.tag(
                "rect",
                x=-9,
                y=-height / 2,
                width=18,
                height=height,
                class_=f"draw-{kind}-bar",
            )
            yield Key(icon(sign), language.words(word))
