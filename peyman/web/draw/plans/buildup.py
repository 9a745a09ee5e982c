"""Strength on the ground by member over the hours of a plan, and the whole force above.

Every member has a step for each unloading. All have one scale, so that a small contingent looks
small, and the number that it comes to stands at its end.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peyman.charter.moment import read_instant
from peyman.web.draw import svg
from peyman.web.draw.drawing import Drawing, Row, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.times.moments import Axis, axis_of, grid

WIDTH = 1100.0
_SIDE = 118.0
_NUMBER = 70.0
_TALL = 110.0
"""Height of the whole force."""

Rows = Sequence[Mapping[str, Any]]
"""`strength` of a plan: at, member and people so far."""


def draw_buildup(rows: Rows, language: Language, *, id_: str = "buildup") -> Drawing:
    """Draw how a force that a plan moves grows on the ground.

    Args:
        rows: `strength` of a plan, at least one row.
        language: How the page says things.
        id_: The id of the drawing.
    """
    steps = {member: _steps(rows, member) for member in ("all", *_members(rows))}
    ends = [at for some in steps.values() for at, _ in some]
    is_rtl = language.is_rtl
    left, right = (_NUMBER, WIDTH - _SIDE) if is_rtl else (_SIDE, WIDTH - _NUMBER)
    axis = axis_of(ends, left, right, language)
    scale = _TALL / max(steps["all"][-1][1], 1)
    top, drawn = 30.0, []
    for member, some in steps.items():
        base = top + max(some[-1][1] * scale, 14) + 8
        drawn.append(_member(member, some, base, scale, axis, language))
        top = base + 6
    says = language.words("Members: {members}. People in the end: {n}.").format(
        members=language.number(len(steps) - 1),
        n=language.number(steps["all"][-1][1]),
    )
    return Drawing(
        svg.document(
            grid(axis, language, 24, top),
            *drawn,
            id_=id_,
            name=language.words("Strength on the ground, as planned"),
            says=says,
            size=(WIDTH, top + 4),
            class_="draw-buildup",
        ),
        (_table(rows, language),),
    )


def _members(rows: Rows) -> list[str]:
    return sorted({one["member"] for one in rows})


def _steps(rows: Rows, member: str) -> list[tuple[int, int]]:
    """Instants with how many are there from then on; of all, the sum of the members."""
    sums: dict[str, int] = {}
    steps: list[tuple[int, int]] = []
    for one in rows:
        if member not in ("all", one["member"]):
            continue
        sums[one["member"]] = one["people"]
        at, whole = read_instant(one["at"]), sum(sums.values())
        if steps and steps[-1][0] == at:
            steps.pop()
        steps.append((at, whole))
    return steps


def _member(
    member: str,
    steps: Sequence[tuple[int, int]],
    base: float,
    scale: float,
    axis: Axis,
    language: Language,
) -> str:
    is_rtl = language.is_rtl
    name = svg.text(
        language.member(member),
        WIDTH - 2 if is_rtl else 2,
        base,
        class_="draw-strong",
        anchor="end" if is_rtl else "start",
        is_rtl=is_rtl,
    )
    points = list(_outline(steps, base, scale, axis))
    shape = svg.tag("path", d=svg.path(points, is_closed=True), class_="draw-grown")
    number = svg.text(
        language.number(steps[-1][1]),
        axis.x(axis.hi) + (-6 if is_rtl else 6),
        base,
        class_="draw-number",
        anchor="end" if is_rtl else "start",
        is_rtl=is_rtl,
    )
    return svg.tag("g", name, shape, number)


def _outline(
    steps: Sequence[tuple[int, int]], base: float, scale: float, axis: Axis
) -> Iterator[tuple[float, float]]:
    yield axis.x(steps[0][0]), base
    before = 0
    for at, people in steps:
        yield axis.x(at), base - before * scale
        yield axis.x(at), base - people * scale
        before = people
    yield axis.x(axis.hi), base - before * scale
    yield axis.x(axis.hi), base


def _table(rows: Rows, language: Language) -> Table:
    heads = ("When", "Member", "People")
    return Table(
        language.words("Strength on the ground, as planned"),
        tuple(language.words(head) for head in heads),
        tuple(_row(one, language) for one in rows),
    )


def _row(one: Mapping[str, Any], language: Language) -> Row:
    return row(
        language.moment(one["at"]),
        language.member(one["member"]),
        language.number(one["people"]),
    )
