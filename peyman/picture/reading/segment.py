"""Paragraphs, sentences and quoted speech of a folded text.

A decision here never looks past the blank line or the stop that ends its stretch, so
that what is added at a report's end changes nothing before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peyman.picture.reading.attribution import MASK, Region, trimmed, words_in

_ENDS = '.!?؟:؛;»"…/)'
_LONG_LINE = 9
_LONG_HEADLINE = 30
_BYLINE, _CREDIT = 6, 25
_LONG_SENTENCE = 4_000
_STOP = re.compile(r"[.!?؟]+[»\"')\]]*(?=\s|$|«)")
_BEFORE = re.compile(
    r"(?:(?<!\w)(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Sgt|Sen|Gov|Prof|St|No|Art|vs"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Co|Ltd|a\.m|p\.m|i\.e|e\.g"
    r"|U\.S|U\.N|U\.K|г|гг|им|ст|п|пп|ул|обл|тыс|млн|млрд|руб|чел|янв|фев|мар|апр|авг"
    r"|сен|окт|ноя|дек|др|т\.е|т\.д|т\.п|т\.ч|т|д|ген|полк|проф|акад|ред|см|мин)|\.\w)$"
)
_PAIRS = {"«": "»", '"': '"'}
_BRITISH = re.compile(r"(?<![\w'])'(?=\w)[^'\n]*(?:'\w[^'\n]*)*[,.?!]'(?!\w)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `headline`, `body`, or `other` (end mark, credit, list of tags)."""

    start: int
    end: int
    kind: str


def paragraphs(text: str, ends: "re.Pattern[str]") -> Iterator[Paragraph]:
    """Paragraphs in order. A line is one, unless it plainly runs on into the next.

    Args:
        text: The folded text.
        ends: What an end mark or credit begins with, in the text's language.
    """
    before = None
    for start, end in _joined(text):
        begins, stops = trimmed(text, start, end, " \n\t")
        if begins == stops:
            continue
        if _is_other(text, begins, stops, ends):
            kind = "other"
        elif before in {None, "headline"} and _is_headline(text, begins, stops):
            kind = "headline"
        else:
            kind = "body"
        before = kind if kind != "other" else before
        yield Paragraph(begins, stops, kind)


def _is_other(text: str, start: int, end: int, ends: "re.Pattern[str]") -> bool:
    """An end mark, a credit, or a byline: «By X»."""
    words = words_in(text, start, end)
    if (
        text.startswith("By ", start)
        and words <= _BYLINE
        and text[end - 1] not in ".!?"
    ):
        return True
    return bool(ends.match(text, start, end)) and words < _CREDIT


def _is_headline(text: str, start: int, end: int) -> bool:
    return (
        text[start:end].rstrip("»\"')")[-1:] not in ".:؛;/"
        and words_in(text, start, end) <= _LONG_HEADLINE
        and not re.search(r"[.!؟]\s", text[start:end])
    )


def _joined(text: str) -> Iterator[Region]:
    """Lines, with hard-wrapped ones put together."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\n?", text)]
    start = None
    for index, (begins, end) in enumerate(lines):
        if start is None:
            start = begins
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following and _runs_on(text, (start, end), (begins, end), following):
            continue
        yield start, end
        start = None


def _runs_on(text: str, whole: Region, line: Region, following: Region) -> bool:
    this, after = text[slice(*line)].strip(), text[slice(*following)].strip()
    if not this or not after or this[-1] in _ENDS:
        return False
    if after[0].islower():
        return True
    is_caseless = "\u0600" <= this[-1] <= "\u06ff"
    has_begun = bool(text[: whole[0]].strip()) and bool(
        re.search(r"[.،]", text[slice(*whole)])
    )
    return has_begun and len(this.split()) >= _LONG_LINE and (
        is_caseless or len(this) >= 60
    )  # fmt: skip


def sentences(masked: str, start: int, end: int) -> Iterator[Region]:
    """Sentences of a stretch; quoted speech is masked, so it never ends one."""
    begins = start
    for stop in _STOP.finditer(masked, start, end):
        if not _is_inside(masked, begins, stop, end):
            yield from _short(masked, begins, stop.end())
            begins = stop.end()
    yield from _short(masked, begins, end)


def _short(masked: str, start: int, end: int) -> Iterator[Region]:
    """A sentence; what no stop ends for pages is cut at a space."""
    while end - start > _LONG_SENTENCE:
        space = masked.rfind(" ", start + 1, start + _LONG_SENTENCE)
        cut = space if space > start else start + _LONG_SENTENCE
        yield trimmed(masked, start, cut, " \n\t")
        start = cut
    begins, stops = trimmed(masked, start, end, " \n\t")
    if begins < stops:
        yield begins, stops


def _is_inside(masked: str, begins: int, stop: "re.Match[str]", end: int) -> bool:
    """Whether a stop belongs to an abbreviation, an initial or a running sentence."""
    following = masked[stop.end() : end].lstrip()
    if following[:1].islower() or following[:1] in {",", "،", "—", "-"}:
        return True
    if stop.group()[0] != ".":
        return False
    return bool(following) and bool(_BEFORE.search(masked, begins, stop.start()))


def quotes(text: str, start: int, end: int) -> Iterator[Region]:
    """Quoted stretches of a paragraph, outermost, without their marks.

    An opening mark without its closing one reaches to the paragraph's end, as where a
    speech goes on in the next paragraph.
    """
    at = start
    british = {m.start(): m.end() for m in _BRITISH.finditer(text, start, end)}
    while at < end:
        mark = text[at]
        if mark in _PAIRS:
            closes = _closing(text, at, end)
            yield at + 1, closes
            at = closes
        elif at in british:
            yield at + 1, british[at] - 1
            at = british[at]
        at += 1


def _closing(text: str, at: int, end: int) -> int:
    opening, closing = text[at], _PAIRS[text[at]]
    if opening == closing:
        found = text.find(closing, at + 1, end)
        return found if found >= 0 else end
    depth = 0
    for index in range(at, end):
        if text[index] == opening:
            depth += 1
        elif text[index] == closing:
            depth -= 1
            if depth <= 0:
                return index
    return end


def mask(text: str, regions: list[Region]) -> str:
    """The text with quoted speech masked; a stop before a closing mark is kept."""
    out: list[str] = []
    at = 0
    for start, end in regions:
        out.append(text[at:start])
        stop = end - (text[end - 1] in ".!?؟")
        out.append(MASK * (stop - start) + text[stop:end])
        at = end
    out.append(text[at:])
    return "".join(out)
