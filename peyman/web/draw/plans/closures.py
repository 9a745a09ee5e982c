"""Will it hold? Of the replications of a plan, the share that has closed by each instant.

A step for every closure, from none to all; the shares that people ask for stand on it with
their instants, and a line stands where the plan closes if nothing happens.
"""

from collections.abc import Iterator, Mapping, Sequence

from peyman.charter.moment import read_instant
from peyman.web.draw import svg
from peyman.web.draw.drawing import Drawing, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.plans.levels import WIDTH, ends, level
from peyman.web.draw.times.moments import Axis, axis_of, grid

_HEIGHT = 250.0
_TOP, _BASE = 30.0, 226.0
_WHOLE = 100
_LEVELS = (0, 50, 80, 95)

Shares = Mapping[str, str]
"""`closure` of an outlook: a share in percent to the instant by which so many have closed."""


def draw_closures(
    closures: Sequence[str],
    shares: Shares,
    undisturbed: str,
    language: Language,
    *,
    id_: str = "closures",
) -> Drawing:
    """Draw by when the replications of a plan have closed.

    Args:
        closures: The instant at which each closes, at least one.
        shares: The instants that are told in words.
        undisturbed: When the plan closes if nothing happens.
        language: How the page says things.
        id_: The id of the drawing.
    """
    closed = sorted(map(read_instant, closures))
    calm = read_instant(undisturbed)
    axis = axis_of([*closed, calm], *ends(language), language)
    says = language.words("Replications: {n}. Closed by {at} in 95 percent.").format(
        n=language.number(len(closed)), at=language.moment(shares["95"])
    )
    return Drawing(
        svg.document(
            grid(axis, language, _TOP - 6, _BASE),
            *(level(share, _y(share), language) for share in _LEVELS),
            svg.tag(
                "path", d=svg.path(_outline(closed, axis)), class_="draw-closed-by"
            ),
            _calm(calm, axis, language),
            *(_mark(int(share), at, axis) for share, at in shares.items()),
            id_=id_,
            name=language.words("By when the movement has closed"),
            says=says,
            size=(WIDTH, _HEIGHT),
            class_="draw-closures draw-compact",
        ),
        (_table(shares, undisturbed, language),),
    )


def _y(share: float) -> float:
    return _BASE - share / _WHOLE * (_BASE - _TOP)


def _outline(closed: Sequence[int], axis: Axis) -> list[tuple[float, float]]:
    return [(axis.x(axis.lo), _y(0)), *_steps(closed, axis), (axis.x(axis.hi), _y(100))]


def _steps(closed: Sequence[int], axis: Axis) -> Iterator[tuple[float, float]]:
    for index, at in enumerate(closed):
        for many in (index, index + 1):
            yield axis.x(at), _y(many / len(closed) * _WHOLE)


def _calm(at: int, axis: Axis, language: Language) -> str:
    x = axis.x(at)
    is_right = x > (axis.left + axis.right) / 2
    line = svg.tag("path", d=svg.path([(x, _TOP), (x, _BASE)]), class_="draw-calm")
    word = svg.text(
        language.words("undisturbed"),
        x + (-4 if is_right else 4),
        _BASE + 16,
        class_="draw-small",
        anchor="end" if is_right else "start",
        is_rtl=language.is_rtl,
    )
    return svg.tag("g", line, word)


def _mark(share: int, at: str, axis: Axis) -> str:
    x, y = axis.x(read_instant(at)), _y(share)
    return svg.tag("circle", cx=x, cy=y, r=4, class_="draw-dot")


def _table(shares: Shares, undisturbed: str, language: Language) -> Table:
    percent = language.words("{n} %")
    told = [
        row(percent.format(n=language.number(int(share))), language.moment(at))
        for share, at in shares.items()
    ]
    return Table(
        language.words("By when the movement has closed"),
        (language.words("Replications"), language.words("Closed by")),
        (row(language.words("undisturbed"), language.moment(undisturbed)), *told),
    )
