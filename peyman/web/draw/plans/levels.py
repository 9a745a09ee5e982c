"""Levels of a share, from 0 to 100 percent: lines across a drawing, with their numbers beside it."""

from peyman.web.draw import svg
from peyman.web.draw.language import Language

WIDTH = 600.0
SIDE = 54.0
"""Room for the numbers, on the side where the language begins."""
_MARGIN = 4.0


def ends(language: Language) -> tuple[float, float]:
    """The left and the right end of the lines."""
    if language.is_rtl:
        return _MARGIN, WIDTH - SIDE
    return SIDE, WIDTH - _MARGIN


def level(percent: int, y: float, language: Language) -> str:
    """The line of a share at its height, and its number."""
    left, right = ends(language)
    is_rtl = language.is_rtl
    label = svg.text(
        language.words("{n} %").format(n=language.number(percent)),
        WIDTH if is_rtl else 0,
        y + 4,
        class_="draw-small",
        anchor="end" if is_rtl else "start",
        is_rtl=is_rtl,
    )
    line = svg.tag("path", d=svg.path([(left, y), (right, y)]), class_="draw-grid")
    return svg.tag("g", line, label)
