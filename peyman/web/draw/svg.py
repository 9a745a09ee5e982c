"""Write SVG: escaped, rounded, and right to left only where a run is isolated.

What is written here looks the same in a browser, in print and in a typesetter: the root is
left to right and anchors are physical, a Persian run stands between an isolate and its end,
a halo is the same text once more behind. Class names only; never an inline style.
"""

import re
from math import isfinite
from unicodedata import bidirectional

RLI, LRI, PDI = "\u2067", "\u2066", "\u2069"

_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
)
# Embeddings and overrides turn what follows them; what XML cannot hold breaks the page.
_TURNS = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CAREFUL = re.compile(
    "[&<>\"'\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ff]")


def number(value: float) -> str:
    """A number of at most one decimal.

    Raises:
        ValueError: If it is no finite number: nothing is drawn at no place.

    >>> number(3.04), number(0.25), number(-0.04), number(12)
    ('3', '.2', '0', '12')
    """
    if not isfinite(value):
        raise ValueError(f"{value} has no place in a drawing")
    text = f"{value:.1f}".removesuffix(".0").replace("0.", ".", 1)
    if "." in text and not text.startswith((".", "-.")):
        text = f"{value:.1f}".removesuffix(".0")
    return "0" if text in ("-0", "") else text


def clean(text: str) -> str:
    """Text without what turns other text round, or cannot stand in XML.

    Joiners stay: Persian is spelled with them. Isolates stay where they are closed.

    >>> clean("ab\u202ecd\u2067e")
    'abcde'
    """
    text = _NOT_XML.sub("", _TURNS.sub("", text))
    return text if _is_balanced(text) else _ISOLATES.sub("", text)


def escape(text: str) -> str:
    """Text for an element or an attribute.

    >>> escape('<a b="c">')
    '&lt;a b=&quot;c&quot;&gt;'
    """
    return clean(text).translate(_ENTITIES) if _CAREFUL.search(text) else text


def run(text: str, is_rtl: bool = False) -> str:
    """A run of text that keeps its own direction in a drawing that is left to right.

    Args:
        text: The text.
        is_rtl: Whether a run without letters (a number, a range) reads right to left.

    >>> run("Almaty"), run("آلماتی") == RLI + "آلماتی" + PDI, run("۷۰", is_rtl=True)[0] == RLI
    ('Almaty', True, True)
    """
    text = clean(text)
    first = next((bidirectional(c) for c in text if c.isalpha()), "")
    if first in ("R", "AL") or (is_rtl and not first):
        return f"{RLI}{text}{PDI}"
    return f"{LRI}{text}{PDI}" if _RTL.search(text) else text


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element. Attributes stand in the order given; None leaves one out.

    `_` in a name is written `-`, and one at its end is dropped: `class_`, `text_anchor`.

    >>> tag("circle", cx=1.5, cy=2, class_="draw-dot")
    '<circle cx="1.5" cy="2" class="draw-dot"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return f"<{name}{written}/>"
    return f"<{name}{written}>{''.join(children)}</{name}>"


def text(
    content: str,
    x: float,
    y: float,
    *,
    class_: str = "draw-text",
    anchor: str = "start",
    is_rtl: bool = False,
) -> str:
    """A line of text at a place; `anchor` is physical: start is its left end."""
    side = None if anchor == "start" else anchor
    shown = escape(run(content, is_rtl))
    return tag("text", shown, x=x, y=y, text_anchor=side, class_=class_)


def haloed(line: str) -> str:
    """A line of text twice, the first behind it and hidden from readers of the page.

    >>> haloed(text("a", 0, 0, class_="b"))[:50]
    '<text aria-hidden="true" x="0" y="0" class="draw-h'
    """
    behind = line.replace("<text ", '<text aria-hidden="true" ', 1)
    return behind.replace(' class="', ' class="draw-halo ', 1) + line


def title(content: str, id_: str | None = None) -> str:
    """What a pointer shows, and what a drawing is called."""
    return tag("title", escape(run(content)), id=id_)


def path(points: "list[tuple[float, float]]", is_closed: bool = False) -> str:
    """Path data through points, as whole numbers, each from the last.

    >>> path([(0, 0), (10.4, 0), (10.4, 5)], is_closed=True)
    'M0 0l10 0 0 5z'
    """
    if not points:
        return ""
    last_x, last_y = round(points[0][0]), round(points[0][1])
    steps = []
    for x, y in points[1:]:
        here_x, here_y = round(x), round(y)
        if here_x == last_x and here_y == last_y:
            continue
        step_y = here_y - last_y
        between = "" if step_y < 0 else " "
        steps.append(f"{here_x - last_x}{between}{step_y}")
        last_x, last_y = here_x, here_y
    start = f"M{round(points[0][0])} {round(points[0][1])}"
    joined = " ".join(steps).replace(" -", "-")
    return f"{start}l{joined}{'z' if is_closed else ''}" if steps else ""


def width_of(content: str, size: float) -> float:
    """About how wide a line is, a little more rather than less.

    Letters are counted by script: the drawing does not know the reader's font.

    >>> round(width_of("Almaty", 12))
    42
    """
    rtl = len(_RTL.findall(content))
    latin = len(_LATIN.findall(content))
    rest = sum(c not in "\u200c\u200d\u2066\u2067\u2069" for c in content) - rtl - latin
    return size * (0.52 * rtl + 0.58 * latin + 0.5 * rest)


def fit(content: str, width: float, size: float) -> str:
    """A line cut at its end to about a width; its whole belongs in a title beside it.

    >>> fit("the act that is owed", 60, 10)
    'the act t…'
    """
    content = clean(content)
    if width_of(content, size) <= width:
        return content
    while content and width_of(content + "…", size) > width:
        content = content[:-1]
    return _ISOLATES.sub("", content).rstrip() + "…"


def document(
    *children: str,
    id_: str,
    name: str,
    says: str,
    size: tuple[float, float],
    class_: str,
    is_whole: bool = False,
) -> str:
    """A drawing with its name and, in a sentence, what it shows.

    One that is whole keeps its size and is moved in its own window, however wide it is.
    Its parts are not read out one by one: the rows beside it say the same.
    """
    return tag(
        "svg",
        title(name, f"{id_}-name"),
        tag("desc", escape(run(says)), id=f"{id_}-says"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(size[0])} {number(size[1])}",
        width=size[0] if is_whole else None,
        height=size[1] if is_whole else None,
        class_=f"draw {class_}",
        id=id_,
        role="img",
        direction="ltr",
        aria_labelledby=f"{id_}-name {id_}-says",
        font_family="Vazirmatn, Inter, sans-serif",
        font_size="13",
    )


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)


def _is_balanced(content: str) -> bool:
    depth = 0
    for sign in _ISOLATES.findall(content):
        depth += -1 if sign == PDI else 1
        if depth < 0:
            return False
    return depth == 0
