"""Strength over days by member, and below it what flew in and out.

All bars have one scale, so that a small contingent looks small. Where nobody said anything
the line is broken and says so: nothing is drawn from one word to the next. Two words on one
day stand beside each other; bounds are drawn as bounds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from peyman.charter.moment import ALWAYS, show_moment
from peyman.web.draw import svg
from peyman.web.draw.drawing import Drawing, Key, Row, Table, row
from peyman.web.draw.forces.lift import airlift, lift_keys, lift_table
from peyman.web.draw.forces.statements import Statement
from peyman.web.draw.language import Language
from peyman.web.draw.marks import CLAIMS, KINDS, icon, shape
from peyman.web.draw.times.moments import NEVER, Axis, axis_of, grid, moment_of

WIDTH = 1100.0
_SIDE = 118.0
_TALL = 110.0
"""Height of the greatest number."""
_BAR = 12.0
_KINDS = {"strength": "on the ground", "pledge": "pledged", "figure": "as claimed"}


def draw_strength(
    statements: Sequence[Statement],
    serials: Sequence[Mapping[str, Any]],
    language: Language,
    *,
    id_: str = "strength",
) -> Drawing:
    """Draw what was said of a force's strength and movements.

    Args:
        statements: As `statements.statements_of` gives them.
        serials: `force.serials` of a standing.
        language: How the page says things.
        id_: The id of the drawing.
    """
    known = [one for one in statements if one.low is not None and one.at.lo > ALWAYS]
    times = [end for at in (*(s.at for s in known), *_times(serials)) for end in at]
    axis = _axis(times, language)
    most = max((one.high or one.low or 0 for one in known), default=0)
    rows, bottom = _rows(statements, _Plot(axis, _TALL / max(most, 1), language))
    lift, bottom = airlift(serials, axis, bottom + 14, language)
    return Drawing(
        svg.document(
            grid(axis, language, 24, bottom - 4),
            rows,
            lift,
            id_=id_,
            name=language.words("Strength and movements by day"),
            says=_says(statements, serials, language),
            size=(WIDTH, bottom),
            class_="draw-strength",
        ),
        (_table(statements, language), lift_table(serials, language)),
        (*_keys(statements, language), *lift_keys(serials, language)),
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    axis: Axis
    scale: float
    language: Language


def _times(serials: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    yield from (moment_of(serial["at"]) for serial in serials)


def _axis(times: list[int], language: Language) -> Axis:
    left, right = (12.0, WIDTH - _SIDE) if language.is_rtl else (_SIDE, WIDTH - 12)
    bounded = [time for time in times if ALWAYS < time < NEVER]
    return axis_of(bounded, left, right, language)


def _rows(statements: Sequence[Statement], plot: _Plot) -> tuple[str, float]:
    top, drawn = 30.0, []
    members = sorted({one.member for one in statements}, key=lambda m: (m != "all", m))
    for member in members:
        of = [one for one in statements if one.member == member]
        most = max((one.high or one.low or 0 for one in of), default=0)
        base = top + 22 + most * plot.scale
        drawn.append(_member(member, of, base, plot))
        top = base + 14
    return svg.tag("g", *drawn), top


def _member(member: str, of: Sequence[Statement], base: float, plot: _Plot) -> str:
    axis, language = plot.axis, plot.language
    told = [one for one in of if one.low is not None and one.at.lo > ALWAYS]
    x = WIDTH - 2 if language.is_rtl else 2.0
    name = svg.text(
        language.member(member),
        x,
        base,
        class_="draw-strong",
        anchor="end" if language.is_rtl else "start",
        is_rtl=language.is_rtl,
    )
    unknown = svg.tag(
        "path",
        d=svg.path([(axis.left, base), (axis.right, base)]),
        class_="draw-unknown",
        stroke_dasharray="1 4",
    )
    slots = _slots(told, axis, language)
    bars = [_bar(one, slots[one.entry], base, plot) for one in told]
    gaps = _gaps([slots[one.entry] for one in told], base, axis, language)
    return svg.tag("g", name, unknown, *gaps, *bars)


def _slots(
    told: Sequence[Statement], axis: Axis, language: Language
) -> dict[str, tuple[float, float]]:
    """Left and right of the room of each, beside each other where they would cover."""
    ordered = sorted(told, key=lambda one: axis.stretch(one.at)[0])
    wides = [_room(one, language) for one in ordered]
    starts = []
    free = axis.left
    for one, wide in zip(ordered, wides, strict=True):
        left, width = axis.stretch(one.at)
        starts.append(max(left + width / 2 - wide / 2, free))
        free = starts[-1] + wide
    # What runs out at the right pushes what stands before it back.
    free = axis.right
    for index in reversed(range(len(starts))):
        starts[index] = min(starts[index], free - wides[index])
        free = starts[index]
    return {
        one.entry: (start, start + wide)
        for one, start, wide in zip(ordered, starts, wides, strict=True)
    }


def _room(one: Statement, language: Language) -> float:
    sign = 0.0 if one.claim == "held" else 16.0
    return max(svg.width_of(_number(one, language), 13) + 8, _BAR + 6) + sign


def _number(one: Statement, language: Language) -> str:
    return language.amount(one.low, one.high)


def _bar(one: Statement, slot: tuple[float, float], base: float, plot: _Plot) -> str:
    middle = (slot[0] + slot[1]) / 2 - (0 if one.claim == "held" else 8)
    low = (one.low or 0) * plot.scale
    high = low + 12 if one.high is None else one.high * plot.scale
    number = _number(one, plot.language)
    left, width = plot.axis.stretch(one.at, 2)
    gone = one.claim in ("deleted", "withdrawn")
    parts = [
        svg.title(_words(one, plot.language)),
        svg.tag("rect", x=left, y=base + 1, width=width, height=3, class_="draw-span"),
        svg.tag(
            "rect",
            x=middle - _BAR / 2,
            y=base - max(low, 1.5),
            width=_BAR,
            height=max(low, 1.5),
            class_="draw-amount",
        ),
        _bounds(one, middle, (base - low, base - high)),
        svg.haloed(
            svg.text(
                number,
                middle,
                base - max(high, low) - 5,
                class_="draw-number",
                anchor="middle",
                is_rtl=plot.language.is_rtl,
            )
        ),
    ]
    if gone or one.claim == "disputed":
        mark = KINDS["gone"] if gone else CLAIMS["disputed"]
        aside = middle + svg.width_of(number, 13) / 2 + 8
        parts.append(shape(mark, aside, base - max(high, low) - 9, 0.7))
    return svg.tag("g", *parts, class_=f"draw-told draw-told-{one.kind}")


def _bounds(one: Statement, middle: float, ys: tuple[float, float]) -> str:
    if one.high == one.low:
        return ""
    low, high = ys
    line = [(middle, low), (middle, high)]
    if one.high is None:
        tip = [(middle - 5, high + 6), (middle, high), (middle + 5, high + 6)]
        return svg.tag("path", d=svg.path(line) + svg.path(tip), class_="draw-whisker")
    ends = [[(middle - 6, y), (middle + 6, y)] for y in ys]
    drawn = svg.path(line) + "".join(svg.path(end) for end in ends)
    return svg.tag("path", d=drawn, class_="draw-whisker")


def _gaps(
    slots: Sequence[tuple[float, float]], base: float, axis: Axis, language: Language
) -> Iterator[str]:
    """`not known` in every stretch of days with room for the words."""
    edges = [(axis.left, axis.left), *sorted(slots), (axis.right, axis.right)]
    word = language.words("not known")
    for before, after in pairwise(edges):
        if after[0] - before[1] > svg.width_of(word, 12) + 40:
            middle = (before[1] + after[0]) / 2
            yield svg.text(
                word,
                middle,
                base - 4,
                class_="draw-gap",
                anchor="middle",
                is_rtl=language.is_rtl,
            )


def _words(one: Statement, language: Language) -> str:
    by = f" · {language.actor(one.by)}" if one.by else ""
    said = f"{language.member(one.member)}: {_number(one, language)}"
    kind = language.words(_KINDS[one.kind])
    return f"{said} · {kind}{by} · {language.moment(show_moment(one.at))}"


def _says(
    statements: Sequence[Statement],
    serials: Sequence[Mapping[str, Any]],
    language: Language,
) -> str:
    members = {one.member for one in statements} - {"all"}
    return language.words(
        "Members: {members}. Statements of strength: {statements}. Movements: {serials}."
    ).format(
        members=language.number(len(members)),
        statements=language.number(len(statements)),
        serials=language.number(len(serials)),
    )


def _table(statements: Sequence[Statement], language: Language) -> Table:
    say = language.words
    heads = ("Member", "When", "People", "Kind", "Who says so", "Claim")
    return Table(
        say("Strength as it was told"),
        tuple(say(head) for head in heads),
        tuple(_row(one, language) for one in statements),
    )


def _row(one: Statement, language: Language) -> Row:
    return row(
        language.member(one.member),
        language.moment(show_moment(one.at)),
        _number(one, language),
        language.words(_KINDS[one.kind]),
        language.actor(one.by) if one.by else "",
        language.words(CLAIMS[one.claim].word),
        entries=(one.entry,),
        kind=one.kind,
    )


def _keys(statements: Sequence[Statement], language: Language) -> Iterator[Key]:
    used = {one.kind for one in statements}
    for name, word in _KINDS.items():
        if name in used:
            bar = svg.tag("rect", x=-6, y=-8, width=12, height=16, class_="draw-amount")
            drawn = svg.tag("g", bar, class_=f"draw-told-{name}")
            yield Key(icon(drawn), language.words(word))
    if any(one.low is not None and one.high != one.low for one in statements):
        whisker = '<path d="M0 7V-7M-6 7H6M-6-7H6" class="draw-whisker"/>'
        yield Key(icon(whisker), language.words("from the least to the most"))
    if any(one.claim == "disputed" for one in statements):
        yield Key(icon(shape(CLAIMS["disputed"])), language.words("disputed"))
    dots = '<path d="M-9 0H9" class="draw-unknown" stroke-dasharray="1 4"/>'
    yield Key(icon(dots), language.words("not known"))
