"""How near a plan is to proven best while it is searched: the gap of each objective over time.

A gap falls when a better plan is found or a better bound is proven. At nought the plan is proven
best. Each objective has a line of its own make, and its name at the line's end.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from peyman.web.draw import svg
from peyman.web.draw.drawing import Cell, Drawing, Key, Row, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.marks import icon
from peyman.web.draw.plans.levels import WIDTH, ends, level

_HEIGHT = 250.0
_TOP, _BASE = 14.0, 220.0
_WHOLE = 100
_LEVELS = (0, 25, 50, 75, 100)
_MOST_ROWS = 12


class At(NamedTuple):
    """How far a search was at some second: objective to its gap, from 0 to 1."""

    seconds: float
    gaps: Mapping[str, float]


def draw_closing(
    steps: Sequence[At], language: Language, *, id_: str = "closing"
) -> Drawing:
    """Draw the gaps of a search over time.

    Args:
        steps: What it told, at least once; all of the same objectives.
        language: How the page says things.
        id_: The id of the drawing.
    """
    until = max(steps[-1].seconds, 1.0)
    names = list(steps[-1].gaps)
    says = language.words(
        "Seconds: {seconds}. Times that something better was told: {n}."
    )
    return Drawing(
        svg.document(
            *(level(one, _y(one / _WHOLE), language) for one in _LEVELS),
            _end(until, language),
            *(
                _line(
                    [(one.seconds, one.gaps[name]) for one in steps], until, n, language
                )
                for n, name in enumerate(names, 1)
            ),
            id_=id_,
            name=language.words("How far from proven best, over time"),
            says=says.format(
                seconds=language.number(round(until)), n=language.number(len(steps))
            ),
            size=(WIDTH, _HEIGHT),
            class_="draw-closing draw-compact",
        ),
        (_table(steps, names, language),),
        tuple(Key(_sign(n), language.words(name)) for n, name in enumerate(names, 1)),
    )


def _x(seconds: float, until: float, language: Language) -> float:
    part = min(seconds / until, 1)
    left, right = ends(language)
    return left + (1 - part if language.is_rtl else part) * (right - left)


def _y(gap: float) -> float:
    return _BASE - min(max(gap, 0), 1) * (_BASE - _TOP)


def _end(until: float, language: Language) -> str:
    return svg.text(
        language.words("{n} seconds").format(n=language.number(round(until))),
        _x(until, until, language),
        _BASE + 20,
        class_="draw-small",
        anchor="start" if language.is_rtl else "end",
        is_rtl=language.is_rtl,
    )


def _line(
    gaps: Sequence[tuple[float, float]], until: float, kind: int, language: Language
) -> str:
    points, before = [], gaps[0][1]
    for seconds, gap in gaps:
        x = _x(seconds, until, language)
        points += [(x, _y(before)), (x, _y(gap))]
        before = gap
    points.append((_x(until, until, language), _y(before)))
    return svg.tag("path", d=svg.path(points), class_=f"draw-gap-line draw-{kind}")


def _sign(kind: int) -> str:
    line = svg.path([(-9, 0), (9, 0)])
    return icon(svg.tag("path", d=line, class_=f"draw-gap-line draw-{kind}"))


def _table(steps: Sequence[At], names: Sequence[str], language: Language) -> Table:
    every = -(-len(steps) // _MOST_ROWS)
    shown = steps[::-1][::every][::-1]
    return Table(
        language.words("How far from proven best, over time"),
        (language.words("Seconds"), *(language.words(name) for name in names)),
        tuple(_row(one, names, language) for one in shown),
    )


def _row(one: At, names: Sequence[str], language: Language) -> Row:
    percent = language.words("{n} %")
    gaps = [language.number(round(one.gaps[name] * _WHOLE)) for name in names]
    return row(
        Cell(language.number(round(one.seconds))),
        *(percent.format(n=gap) for gap in gaps),
    )
