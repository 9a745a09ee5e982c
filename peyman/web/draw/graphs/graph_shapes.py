"""The shapes of a graph of acts: boxes, lines with their heads, and text in lines.

Each kind of line has a head of its own, so that nobody has to tell colours apart.
"""

from collections.abc import Iterator

from peyman.web.draw import svg
from peyman.web.draw.marks import icon


def wrapped(content: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """A text in lines of about a width, at most so many; the last is cut.

    >>> wrapped("taking back of the request", 90, 10, 2)
    ('taking back of', 'the request')
    """
    lines: list[str] = []
    for word in content.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and svg.width_of(longer, size) <= width:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = svg.fit(longer, width, size)
            break
        else:
            lines.append(word)
    return tuple(svg.fit(line, width, size) for line in lines)


def outline(x: float, y: float, wide: float, high: float, kind: str) -> Iterator[str]:
    """The outline of a box: a second one for a vote, square corners for a deed."""
    yield _rect((x, y, wide, high), None if kind == "deed" else 6, "draw-frame")
    if kind == "voted":
        yield _rect((x + 3, y + 3, wide - 6, high - 6), 4, "draw-inner")


def _rect(
    at: tuple[float, float, float, float], corner: float | None, class_: str
) -> str:
    x, y, wide, high = at
    return svg.tag("rect", x=x, y=y, width=wide, height=high, rx=corner, class_=class_)


def stroke(kind: str, points: list[tuple[float, float]], told: str) -> str:
    """A line through points, flat along the boxes and curved between them."""
    (x, y), *rest = points
    steps = [f"M{svg.number(x)} {svg.number(y)}"]
    for to_x, to_y in rest:
        if abs(to_y - y) < 1 or abs(to_x - x) < 1:
            steps.append(f"L{svg.number(to_x)} {svg.number(to_y)}")
        else:
            half = (x + to_x) / 2
            bend = (half, y, half, to_y, to_x, to_y)
            steps.append(f"C{' '.join(svg.number(one) for one in bend)}")
        x, y = to_x, to_y
    way = -1 if points[-1][0] < points[-2][0] or points[-1][0] < points[-3][0] else 1
    drawn = svg.tag("path", d="".join(steps), class_="draw-line")
    head = _head(kind, x, y, way)
    return svg.tag(
        "g", svg.title(told), drawn, head, class_=f"draw-edge draw-edge-{kind}"
    )


def loop(kind: str, at: tuple[float, float], way: int, told: str) -> str:
    """A line that leaves the side of a box and comes back to it a little lower down."""
    x, y = at
    out = x + 30 * way
    bend = " ".join(svg.number(one) for one in (out, y, out, y + 16, x, y + 16))
    drawn = svg.tag(
        "path", d=f"M{svg.number(x)} {svg.number(y)}C{bend}", class_="draw-line"
    )
    head = _head(kind, x, y + 16, -way)
    return svg.tag(
        "g", svg.title(told), drawn, head, class_=f"draw-edge draw-edge-{kind}"
    )


_HEADS = {
    "after": "m0 0l{-9} -4 0 8z",
    "while": "m0 0l{-9} -4 0 8z",
    "opens": "m0 0l{-9} -4 0 8z",
    "duty": "m0 0l{-6} -5 {-6} 5 {6} 5z",
    "time": "m{-5} -5a5 5 0 1 0 .1 0zm0 1.5v3.5h{3}",
    "ends": "m{-2} -6v12m{-3} -12v12",
    "amends": "m0 0l{-6} -5 {-6} 5 {6} 5z",
    "waive": "m{-1} -5l{-9} 10m0 -10l{9} 10",
    "before": "m{-2} -6v12",
}
"""The head of each kind of line, its tip at the box; in braces what a mirror turns."""


def _head(kind: str, x: float, y: float, way: int) -> str:
    drawn = _HEADS[kind]
    for step in ("-9", "-6", "-5", "-3", "-2", "-1", "3", "6", "9"):
        drawn = drawn.replace(f"{{{step}}}", svg.number(int(step) * way))
    start = f"M{svg.number(x)} {svg.number(y)}"
    return svg.tag("path", d=start + drawn, class_="draw-head")


def line_icon(kind: str, *, is_rtl: bool) -> str:
    """A line of a kind alone, for the list of keys."""
    ends = [(-20.0, 0.0), (-19.0, 0.0), (20.0, 0.0)]
    points = [(-x if is_rtl else x, y) for x, y in ends]
    (x, y), *_, (to_x, _y) = points
    drawn = svg.tag(
        "path",
        d=f"M{svg.number(x)} {svg.number(y)}H{svg.number(to_x)}",
        class_="draw-line",
    )
    head = _head(kind, to_x, y, -1 if is_rtl else 1)
    dot = svg.tag("circle", cx=x, cy=y, r=4, class_="draw-start")
    parts = (drawn, head, dot) if kind == "opens" else (drawn, head)
    return icon(svg.tag("g", *parts, class_=f"draw-edge draw-edge-{kind}"), width=46)
