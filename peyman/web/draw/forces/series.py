"""A figure as it was told, corrected, deleted and contradicted: a row for every word.

The rows stand in the order in which they were said, each with who says so, on one scale.
A number that was deleted stays, hollow and crossed; one that was corrected stays, struck,
and a line leads to what corrected it. Units are kept apart: one drawing for each.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peyman.web.draw import svg
from peyman.web.draw.drawing import Cell, Drawing, Key, Row, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.marks import CLAIMS, KINDS, icon, key, shape
from peyman.web.draw.times.moments import moment_of

WIDTH = 600.0
_ROW = 50.0
_TOP = 12.0


def draw_series(
    figure: Mapping[str, Any], language: Language, *, id_: str = "series"
) -> Drawing:
    """Draw one row of `world.figures` of a standing: one thing, counted in one unit.

    Args:
        figure: Its item, unit and series.
        language: How the page says things.
        id_: The id of the drawing.
    """
    points = sorted(figure["series"], key=lambda point: moment_of(point["at"]))
    most = max((point["high"] or point["low"] for point in points), default=0)
    said = [language.amount(point["low"], point["high"]) for point in points]
    numbers = max((svg.width_of(one, 19) for one in said), default=0.0)
    scale = (WIDTH - numbers - 64) / max(_round_up(most), 1)
    rows = [
        _point(point, _TOP + index * _ROW, scale, language)
        for index, point in enumerate(points)
    ]
    height = _TOP + len(points) * _ROW + 8
    unit = language.words(str(figure["unit"]))
    return Drawing(
        svg.document(
            _nought(height, language),
            _revisions(points, scale, language),
            *rows,
            id_=id_,
            name=f"{figure['item']} ({unit})",
            says=_says(points, language),
            size=(WIDTH, height),
            class_="draw-series draw-compact",
        ),
        (_table(figure, points, unit, language),),
        tuple(_keys(points, language)),
    )


def _round_up(most: int) -> int:
    size = 10 ** max(len(str(most)) - 1, 0)
    return next(step for step in range(size, 11 * size, size) if step >= most)


def _x(value: float, scale: float, language: Language) -> float:
    along = 12 + value * scale
    return WIDTH - along if language.is_rtl else along


def _nought(height: float, language: Language) -> str:
    x = _x(0, 1, language)
    return svg.tag("path", d=svg.path([(x, 4), (x, height - 4)]), class_="draw-grid")


def _point(
    point: Mapping[str, Any], top: float, scale: float, language: Language
) -> str:
    is_rtl = language.is_rtl
    gone = point["claim"] in ("deleted", "withdrawn")
    state = " draw-was" if gone else " draw-revised" if point["revised_by"] else ""
    y = top + 32
    low, high = _x(point["low"], scale, language), _end(point, scale, language)
    number_at = max(low, high) + 14 if not is_rtl else min(low, high) - 14
    said = language.amount(point["low"], point["high"])
    anchor = "end" if is_rtl else "start"
    parts = [
        svg.title(f"{said}: {language.actor(point['by'])}. {point['says']}"),
        svg.haloed(
            svg.text(
                svg.fit(_who(point, language), WIDTH - 4, 19),
                WIDTH - 2 if is_rtl else 2,
                top + 12,
                class_="draw-small",
                anchor=anchor,
                is_rtl=is_rtl,
            )
        ),
        svg.tag(
            "path",
            d=svg.path([(_x(0, scale, language), y), (low, y)]),
            class_="draw-stem",
        ),
        _mark(point, low, high, y),
        svg.haloed(
            svg.text(
                said,
                number_at,
                y + 5,
                class_="draw-number",
                anchor=anchor,
                is_rtl=is_rtl,
            )
        ),
    ]
    if point["revised_by"] or gone:
        wide = svg.width_of(said, 13)
        ends = sorted((number_at, number_at + (-wide if is_rtl else wide)))
        strike = svg.path([(ends[0] - 2, y), (ends[1] + 2, y)])
        parts.append(svg.tag("path", d=strike, class_="draw-strike"))
    return svg.tag("g", *parts, class_=f"draw-point{state}")


def _end(point: Mapping[str, Any], scale: float, language: Language) -> float:
    """Where the upper bound is; a little beyond the lower where it is open."""
    if point["high"] is None:
        return _x(point["low"] + 28 / scale, scale, language)
    return _x(point["high"], scale, language)


def _mark(point: Mapping[str, Any], low: float, high: float, y: float) -> str:
    mark = CLAIMS[point["claim"]]
    shapes = [shape(mark, low, y)]
    if point["claim"] == "deleted":
        shapes.append(shape(KINDS["gone"], low, y, 0.8))
    if high != low:
        dashed = "3 3" if point["high"] is None else None
        line = svg.path([(low, y), (high, y)])
        shapes.insert(
            0, svg.tag("path", d=line, class_="draw-range", stroke_dasharray=dashed)
        )
        if point["high"] is not None:
            shapes.append(shape(mark, high, y))
    return "".join(shapes)


def _who(point: Mapping[str, Any], language: Language) -> str:
    parts = [language.when(point["at"]), language.actor(point["by"])]
    if point["claim"] != "held":
        parts.append(language.words(CLAIMS[point["claim"]].word))
    return " · ".join(parts)


def _revisions(
    points: Sequence[Mapping[str, Any]], scale: float, language: Language
) -> str:
    """A line from each number to the first that corrects it."""
    rows = {point["entry"]: index for index, point in enumerate(points)}
    drawn = []
    for index, point in enumerate(points):
        later = [rows[entry] for entry in point["revised_by"] if entry in rows]
        if not later:
            continue
        to = min(later)
        start = (_x(point["low"], scale, language), _TOP + index * _ROW + 40)
        end = (_x(points[to]["low"], scale, language), _TOP + to * _ROW + 24)
        drawn.append(svg.tag("path", d=svg.path([start, end]), class_="draw-revision"))
    return svg.tag("g", *drawn) if drawn else ""


def _says(points: Sequence[Mapping[str, Any]], language: Language) -> str:
    last = points[-1] if points else None
    gone = sum(point["claim"] in ("deleted", "withdrawn") for point in points)
    return language.words(
        "Told: {n}. Deleted or withdrawn: {gone}. The last is {last}."
    ).format(
        n=language.number(len(points)),
        gone=language.number(gone),
        last=language.amount(last["low"], last["high"])
        if last
        else language.words("not known"),
    )


def _table(
    figure: Mapping[str, Any],
    points: Sequence[Mapping[str, Any]],
    unit: str,
    language: Language,
) -> Table:
    heads = (
        "When",
        "Number",
        "Of what",
        "Who says so",
        "Grade",
        "Claim",
        "Corrected by",
    )
    return Table(
        f"{figure['item']} ({unit})",
        tuple(language.words(head) for head in heads),
        tuple(_row(point, language) for point in points),
    )


def _row(point: Mapping[str, Any], language: Language) -> Row:
    return row(
        language.moment(point["at"]),
        language.amount(point["low"], point["high"]),
        Cell(point["scope"], "en"),
        language.actor(point["by"]),
        point["grade"],
        language.words(CLAIMS[point["claim"]].word),
        ", ".join(point["revised_by"]),
        entries=(point["entry"],),
        kind=point["claim"],
    )


def _keys(points: Sequence[Mapping[str, Any]], language: Language) -> Iterator[Key]:
    used = {point["claim"] for point in points}
    for name, mark in CLAIMS.items():
        if name == "deleted" and name in used:
            crossed = (shape(mark), shape(KINDS["gone"], size=0.8))
            drawn = svg.tag("g", *crossed, class_="draw-was")
            yield Key(icon(drawn), language.words(mark.word))
        elif name in used:
            yield key(mark, language, "draw-point")
    if any(point["revised_by"] for point in points):
        line = '<path d="M-9 0H9" class="draw-strike"/>'
        yield Key(icon(line), language.words("corrected later"))
