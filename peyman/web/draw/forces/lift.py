"""Movements by day: a square for every aircraft, a chevron for every flight.

They are counted out and never turned into each other. What was planned is hollow; what was
told without a number is a question mark. A block is as long as its time is uncertain.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peyman.web.draw import svg
from peyman.web.draw.drawing import Cell, Key, Row, Table, row
from peyman.web.draw.language import Language
from peyman.web.draw.maps.movements import amount
from peyman.web.draw.marks import icon
from peyman.web.draw.times.moments import Axis, moment_of

_PITCH = 8.0
_LANES = (("in", "Movements in"), ("out", "Movements out"))
_UNTOLD = ("?", "؟")
_UNITS = {
    "aircraft": "M0 0h6v6h-6z",
    "flights": "M0 0l6 3l-6 3l1.5-3z",
}


@dataclass(frozen=True, slots=True)
class _Block:
    """A serial: from `left` over `width` its time, from `edge` over `room` what it needs."""

    told: Mapping[str, Any]
    left: float
    width: float
    edge: float
    room: float

    @property
    def per_line(self) -> int:
        return max(int((self.room - 6) // _PITCH), 1)

    @property
    def height(self) -> float:
        count = next((self.told[u] for u in _UNITS if self.told[u] is not None), 0)
        return 20 + -(-count // self.per_line) * _PITCH

    def covers(self, other: "_Block") -> bool:
        return (
            self.edge < other.edge + other.room and other.edge < self.edge + self.room
        )


def airlift(
    serials: Sequence[Mapping[str, Any]], axis: Axis, top: float, language: Language
) -> tuple[str, float]:
    """Both lanes below `top`, and where they end."""
    drawn = []
    for direction, word in _LANES:
        some = [one for one in serials if one["direction"] == direction]
        if not some:
            continue
        blocks = [_block(one, axis, language) for one in some]
        drawn.append(_lane_name(language.words(word), top + 12, axis, language))
        tops = _packed(blocks, top)
        drawn += [
            _drawn(block, y, language) for block, y in zip(blocks, tops, strict=True)
        ]
        top = max(y + b.height for b, y in zip(blocks, tops, strict=True)) + 16
    return svg.tag("g", *drawn, class_="draw-lift"), top


def _block(told: Mapping[str, Any], axis: Axis, language: Language) -> _Block:
    label = svg.width_of(_label(told, language), 12) + 8
    left, width = axis.stretch(moment_of(told["at"]), 4)
    room = max(width, label, 30.0)
    edge = left + width - room if axis.is_rtl else left
    return _Block(told, left, width, edge, room)


def _packed(blocks: Sequence[_Block], top: float) -> list[float]:
    """The top of each block: as high as it can be without covering an earlier one."""
    placed: list[tuple[_Block, float]] = []
    for block in blocks:
        near = [(other, y) for other, y in placed if block.covers(other)]
        tries = sorted([top, *(y + other.height + 5 for other, y in near)])
        best = next(
            y
            for y in tries
            if all(
                y >= other_y + other.height or other_y >= y + block.height
                for other, other_y in near
            )
        )
        placed.append((block, best))
    return [y for _, y in placed]


def _drawn(block: _Block, top: float, language: Language) -> str:
    told = block.told
    is_rtl = language.is_rtl
    unit = next((u for u in _UNITS if told[u] is not None), None)
    signs = "".join(_signs(block, unit, top, is_rtl)) if unit else ""
    parts = [
        svg.title(_words(told, language)),
        svg.tag(
            "rect",
            x=block.left,
            y=top,
            width=block.width,
            height=block.height,
            rx=3,
            class_="draw-block",
        ),
        svg.text(
            _label(told, language),
            block.edge + block.room - 4 if is_rtl else block.edge + 4,
            top + 13,
            class_="draw-block-name",
            anchor="end" if is_rtl else "start",
            is_rtl=is_rtl,
        ),
    ]
    if signs:
        parts.append(svg.tag("path", d=signs, class_="draw-unit"))
    classes = f"draw-{told['direction']} draw-{told['state']} draw-serial"
    return svg.tag("g", *parts, class_=classes)


def _signs(block: _Block, unit: str, top: float, is_rtl: bool) -> Iterator[str]:
    """One sign for each that was counted, line by line, as the language is read."""
    last = block.edge + block.room - 4 - _PITCH + 2
    for index in range(block.told[unit]):
        line, column = divmod(index, block.per_line)
        along = column * _PITCH
        x = last - along if is_rtl else block.edge + 4 + along
        at = f"M{svg.number(x)} {svg.number(top + 18 + line * _PITCH)}"
        yield at + _UNITS[unit].removeprefix("M0 0")


def _label(told: Mapping[str, Any], language: Language) -> str:
    count = next((told[u] for u in _UNITS if told[u] is not None), None)
    number = _UNTOLD[language.is_rtl] if count is None else language.number(count)
    return f"{language.member(told['member'])} {number}"


def _words(told: Mapping[str, Any], language: Language) -> str:
    ends = language.words("{origin} to {destination}").format(
        origin=language.place(told["origin"]),
        destination=language.place(told["destination"]),
    )
    said = (amount(told, language), language.words(told["state"]))
    name = language.member(told["member"])
    return " · ".join((name, ends, *said, language.moment(told["at"])))


def _lane_name(name: str, y: float, axis: Axis, language: Language) -> str:
    x = axis.right + 116 if language.is_rtl else 2.0
    anchor = "end" if language.is_rtl else "start"
    return svg.text(
        name, x, y, class_="draw-strong", anchor=anchor, is_rtl=language.is_rtl
    )


def lift_table(serials: Sequence[Mapping[str, Any]], language: Language) -> Table:
    """The movements as rows."""
    say = language.words
    heads = ("When", "Direction", "Member", "Means", "How many", "Types", "Known as")
    rows = tuple(_row(told, language) for told in serials)
    return Table(say("Movements by day"), tuple(say(head) for head in heads), rows)


def _row(told: Mapping[str, Any], language: Language) -> Row:
    types = language.comma.join(
        f"{name}: {language.number(count)}" for name, count in told["types"].items()
    )
    return row(
        language.moment(told["at"]),
        language.words(f"movement {told['direction']}"),
        language.member(told["member"]),
        language.words(f"by {told['mode']}"),
        amount(told, language),
        Cell(types, "en"),
        language.words(told["state"]),
        entries=(told["entry"],),
        kind=told["direction"],
    )


def lift_keys(
    serials: Sequence[Mapping[str, Any]], language: Language
) -> Iterator[Key]:
    """Signs that occur."""
    for unit, line in _UNITS.items():
        if any(told[unit] is not None for told in serials):
            sign = svg.tag(
                "path",
                d=line,
                class_="draw-unit",
                transform="translate(-6 -6) scale(2)",
            )
            word = "one aircraft" if unit == "aircraft" else "one flight"
            yield Key(icon(sign), language.words(word))
    if any(told["state"] == "planned" for told in serials):
        sign = svg.tag(
            "path",
            d=_UNITS["aircraft"],
            class_="draw-unit",
            transform="translate(-6 -6) scale(2)",
        )
        yield Key(
            icon(svg.tag("g", sign, class_="draw-planned")), language.words("planned")
        )
    if any(all(told[unit] is None for unit in _UNITS) for told in serials):
        mark = svg.text(
            _UNTOLD[language.is_rtl], 0, 5, class_="draw-strong", anchor="middle"
        )
        yield Key(icon(mark), language.words("no number is told"))
