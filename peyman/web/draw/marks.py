"""The shapes of the drawings: each with its class and its word, so that colour is third.

Shapes are centred on nought and about fourteen units wide.
"""

import re
from dataclasses import dataclass
from functools import cache

from peyman.web.draw import svg
from peyman.web.draw.drawing import Key
from peyman.web.draw.language import Language


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape.

    Attributes:
        name: Its class without `draw-`.
        word: What it means, in English.
        line: Its path data.
        is_hollow: Whether only its outline is drawn.
    """

    name: str
    word: str
    line: str
    is_hollow: bool = False


_CIRCLE = "M-{r} 0a{r} {r} 0 1 1 {d} 0a{r} {r} 0 1 1-{d} 0z"
_DISC = _CIRCLE.format(r=6, d=12)
_TRIANGLE = "M0-8L8 6H-8z"
_SQUARE = "M-6-6H6V6H-6z"
_DIAMOND = "M0-8L8 0L0 8L-8 0z"
_SHIELD = "M-7-7H7V1Q7 6 0 9Q-7 6-7 1z"
_BARRED = "M-7-7H7V7H-7zM-4-1.5V1.5H4V-1.5z"
_CROSS = "M-6-4L-4-6L0-2L4-6L6-4L2 0L6 4L4 6L0 2L-4 6L-6 4L-2 0z"
_TICK = "M-7 0L-4.5-2.5L-2 0L4.5-6.5L7-4L-2 5z"
_CHEVRON = "M-5-7L5 0L-5 7L-2 0z"
_BAR = "M-7-2H7V2H-7z"
_DOT = _CIRCLE.format(r=2, d=4)
_HALF = "M-6-6H6V6H-6zM-4-4V4H0V-4z"
_RING = _CIRCLE.format(r=6, d=12)

STATUSES = {
    mark.name: mark
    for mark in (
        Mark("seized", "seized", _TRIANGLE),
        Mark("freed", "freed", _TRIANGLE, is_hollow=True),
        Mark("guarded", "guarded", _SHIELD),
        Mark("closed", "closed", _BARRED),
        Mark("open", "open", _RING, is_hollow=True),
        Mark("said", "other status", _DIAMOND, is_hollow=True),
    )
}
"""What is said of a facility."""

_STATUS_WORDS = re.compile(
    r"(?P<seized>seiz|occup|captur|overrun|storm|in the hands|taken by|took)"
    r"|(?P<freed>freed|liberat|left by|retak|recaptur)"
    r"|(?P<guarded>guard|held jointly|protect|secured)"
    r"|(?P<closed>clos|shut|stopped|suspend)"
    r"|(?P<open>\bopen|\bwork|resum|operat)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no longer|never|nor)\s+(?:\w+\s+)?$", re.IGNORECASE)

COMPATIBLE = frozenset(
    frozenset(pair)
    for pair in (
        ("freed", "open"),
        ("freed", "guarded"),
        ("freed", "closed"),
        ("guarded", "closed"),
        ("guarded", "open"),
        ("seized", "closed"),
    )
)
"""Statuses that a place may have at once, as `peyman.picture.facilities` has them."""

KINDS = {
    mark.name: mark
    for mark in (
        Mark("act", "act", _SQUARE),
        Mark("measure", "measure", _SQUARE, is_hollow=True),
        Mark("status", "status of a place", _TRIANGLE),
        Mark("serial", "movement", _CHEVRON),
        Mark("force", "strength or pledge", _DIAMOND),
        Mark("claim", "claim", _DISC),
        Mark("grade", "grade", _DIAMOND, is_hollow=True),
        Mark("gone", "deleted, withdrawn or corrected", _CROSS),
        Mark("keeping", "keeping of the record", _DOT),
    )
}
"""What an entry of the timeline is."""

VOTES = {
    mark.name: mark
    for mark in (
        Mark("yes", "voted yes", _TICK),
        Mark("no", "voted no", _CROSS),
        Mark("abstain", "abstained", _BAR),
        Mark("present", "present, takes no part", _HALF),
        Mark("absent", "absent", _RING, is_hollow=True),
        Mark("unknown", "ballot not known", _SQUARE, is_hollow=True),
    )
}
"""What a member did in a vote."""

CLAIMS = {
    mark.name: mark
    for mark in (
        Mark("held", "held", _DISC),
        Mark("corroborated", "corroborated", _DIAMOND),
        Mark("disputed", "disputed", _HALF),
        Mark("withdrawn", "withdrawn", _SQUARE, is_hollow=True),
        Mark("deleted", "deleted", _RING, is_hollow=True),
    )
}
"""How far the claim of a figure is held."""


def status_of(said: str) -> str:
    """The status that these words come to: the first that they name.

    What they deny they do not name; words that name none are `said`.

    >>> status_of("freed, working"), status_of("in the hands of terrorist groups")
    ('freed', 'seized')
    >>> status_of("not seized"), status_of("held jointly, closed to passengers")
    ('said', 'guarded')
    """
    for found in _STATUS_WORDS.finditer(said):
        if found.lastgroup and not _DENIED.search(said[: found.start()]):
            return found.lastgroup
    return "said"


def shape(mark: Mark, x: float = 0, y: float = 0, size: float = 1) -> str:
    """A mark at a place."""
    moved = f"translate({svg.number(x)} {svg.number(y)})" if x or y else ""
    scaled = f"scale({size:g})" if size != 1 else ""
    at = f' transform="{moved}{scaled}"' if moved or scaled else ""
    return f"{_begun(mark)}{at}/>"


@cache
def _begun(mark: Mark) -> str:
    """The element of a mark without its place and its end."""
    drawn = svg.tag(
        "path",
        d=mark.line,
        class_=f"draw-mark draw-{mark.name}{' draw-hollow' if mark.is_hollow else ''}",
        fill="none" if mark.is_hollow else None,
        fill_rule=None if mark.is_hollow else "evenodd",
        stroke="currentColor" if mark.is_hollow else None,
        stroke_width="2" if mark.is_hollow else None,
    )
    return drawn.removesuffix("/>")


def key(mark: Mark, language: Language, class_: str | None = None) -> Key:
    """A mark with its word, for the list beside a drawing; `class_` gives its colour."""
    drawn = shape(mark)
    coloured = svg.tag("g", drawn, class_=class_) if class_ else drawn
    return Key(icon(coloured), language.words(mark.word))


def icon(*drawn: str, width: int = 20) -> str:
    """A small picture for a key; the word beside it says what it is."""
    return svg.tag(
        "svg",
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"-{width // 2} -10 {width} 20",
        width=str(width),
        height="20",
        class_="draw draw-icon",
        aria_hidden="true",
    )
