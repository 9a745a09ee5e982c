"""Requirement lines filling up: a bar for each line, a piece of it for each member that gives.

All bars are as long, since lines count in units of their own; the number stands at the end. What
stays open is the hollow end of the bar.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peyman.web.draw import svg
from peyman.web.draw.drawing import Cell, Drawing, Key, Row, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.marks import icon

WIDTH = 600.0
_ROW = 56.0
_TOP = 8.0
_BAR = 18.0
_NUMBER = 110.0

Lines = Sequence[Mapping[str, Any]]
"""`lines` of a plan."""


def draw_filling(
    lines: Lines, shares: Lines, language: Language, *, id_: str = "filling"
) -> Drawing:
    """Draw how far the requirement lines of a plan are covered.

    Args:
        lines: `lines` of a plan, as `peyman plan --json` prints it.
        shares: Its `assignment`.
        language: How the page says things.
        id_: The id of the drawing.
    """
    bars = [
        _bar(line, _of(line, shares), _TOP + index * _ROW, language)
        for index, line in enumerate(lines)
    ]
    covered = sum(not _is_open(line) for line in lines)
    says = language.words("Lines: {n}. Covered: {covered}.").format(
        n=language.number(len(lines)), covered=language.number(covered)
    )
    return Drawing(
        svg.document(
            *bars,
            id_=id_,
            name=language.words("Requirement lines, as far as they are covered"),
            says=says,
            size=(WIDTH, _TOP + len(lines) * _ROW),
            class_="draw-filling draw-compact",
        ),
        (_table(lines, shares, language),),
        tuple(_keys(lines, language)),
    )


def _of(line: Mapping[str, Any], shares: Lines) -> Lines:
    return [one for one in shares if one["line"] == line["line"]]


def _bar(line: Mapping[str, Any], shares: Lines, top: float, language: Language) -> str:
    is_rtl = language.is_rtl
    scale = (WIDTH - _NUMBER - 4) / max(line["quantity"], 1)
    name = svg.text(
        svg.fit(line["line"], WIDTH - 4, 19),
        WIDTH - 2 if is_rtl else 2,
        top + 14,
        class_="draw-strong",
        anchor="end" if is_rtl else "start",
    )
    number = svg.text(
        _number(line, language),
        2 if is_rtl else WIDTH - 2,
        top + 36,
        class_="draw-number",
        anchor="start" if is_rtl else "end",
        is_rtl=is_rtl,
    )
    pieces, along = (
        [_piece(0, line["quantity"], scale, top, "draw-open-part", language)],
        0,
    )
    for share in shares:
        told = (
            f"{language.member(share['member'])}: {language.number(share['quantity'])}"
        )
        piece = _piece(along, share["quantity"], scale, top, "draw-part", language)
        pieces.append(svg.tag("g", svg.title(told), piece))
        pieces.append(_inside(share, along, scale, top, language))
        along += share["quantity"]
    return svg.tag("g", svg.title(line["line"]), name, *pieces, number)


def _piece(
    along: float, wide: float, scale: float, top: float, name: str, language: Language
) -> str:
    left = 2 + along * scale
    width = wide * scale
    x = WIDTH - left - width if language.is_rtl else left
    return svg.tag("rect", x=x, y=top + 22, width=width, height=_BAR, class_=name)


def _inside(
    share: Mapping[str, Any], along: int, scale: float, top: float, language: Language
) -> str:
    """The member's letters, where they have room."""
    width = share["quantity"] * scale
    if width < svg.width_of(share["member"], 19) + 4:
        return ""
    middle = 2 + along * scale + width / 2
    x = WIDTH - middle if language.is_rtl else middle
    return svg.text(
        share["member"], x, top + 36, class_="draw-part-name", anchor="middle"
    )


def _number(line: Mapping[str, Any], language: Language) -> str:
    return language.words("{n} of {whole}").format(
        n=language.number(line["covered"]), whole=language.number(line["quantity"])
    )


def _table(lines: Lines, shares: Lines, language: Language) -> Table:
    heads = ("Line", "Priority", "Place", "Covered", "Of what", "Members")
    return Table(
        language.words("Requirement lines"),
        tuple(language.words(head) for head in heads),
        tuple(_row(line, _of(line, shares), language) for line in lines),
    )


def _row(line: Mapping[str, Any], shares: Lines, language: Language) -> Row:
    given = language.comma.join(
        f"{language.member(one['member'])}: {language.number(one['quantity'])}"
        for one in shares
    )
    return row(
        Cell(line["line"], "en"),
        language.number(line["priority"]),
        language.place(line["place"]),
        _number(line, language),
        Cell(line["unit"], "en"),
        given or language.words("nobody"),
        entries=tuple(dict.fromkeys(e for one in shares for e in one["entries"]))
        or (line["entry"],),
        kind="open" if _is_open(line) else "covered",
    )


def _is_open(line: Mapping[str, Any]) -> bool:
    return bool(line["covered"] < line["quantity"])


def _keys(lines: Lines, language: Language) -> Iterator[Key]:
    parts = (
        ("draw-part", "covered", any(line["covered"] for line in lines)),
        ("draw-open-part", "open", any(_is_open(line) for line in lines)),
    )
    for name, word, is_there in parts:
        if is_there:
            sign = svg.tag("rect", x=-9, y=-5, width=18, height=10, class_=name)
            yield Key(icon(sign), language.words(word))
