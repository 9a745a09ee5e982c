"""Offices and organs named in a text, with their state.

`actors.toml` has the names of organs and of a state's offices; the state itself is read
beside the office: "President of Kazakhstan", «رئیس جمهور قزاقستان», «казахстанский
президент». Persons are known only as the report itself joins a name to an office.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from peyman.picture.places import Place, mentions
from peyman.picture.reading.languages.lexicon import pattern

_FILE = Path(__file__).parent.parent / "actors.toml"
_LINK = {
    "fa": re.compile(r"\s?(?:جمهوری )?(?=\w)|\s?«"),
    "en": re.compile(r"\s(?:of|for)\s(?:the\s)?|,\s"),
    "ru": re.compile(r"\s(?:Республики\s)?"),
}
_SAME_STATE = {
    "fa": re.compile(r"\s?(?:این کشور|کشور(?:مان)?)(?!\w)"),
    "en": re.compile(r"\sof (?:the|this|our) country"),
    "ru": re.compile(r"\s(?:страны|республики)(?!\w)"),
}
_BEFORE = {
    "fa": re.compile(r"(?!)"),
    "en": re.compile(r"(?:'s?|')?\s$"),
    "ru": re.compile(r"\s$"),
}


_AIDE = {
    "fa": re.compile(
        r"(?<!\w)(?:سخنگوی?|معاون|مشاور|دستیار|نماینده|همسر|دفتر|قایم مقام|جانشین"
        r"|فرستاده)\s$"
    ),
    "en": re.compile(
        r"\b(?:deputy|vice|ex|(?:spokes\w+|adviser|advisor|aide|envoy|secretary|deputy"
        r"|assistant|representative|office)\s(?:for|of|to)(?:\sthe)?)[\s-]$",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:пресс-секретар\w*|зам\w*|помощник\w*|советник\w*|представител\w*"
        r"|полпред\w*|вице|супруг\w*|офис\w*|канцеляри\w*|спецпредставител\w*)[\s-]$",
        re.IGNORECASE,
    ),
}
_POSSESSIVE = re.compile(r"'s?\s\w")
_PERSONS = re.compile(r"(?:.*_)?(?:president|minister|general|chair\w*|head|speaker)$")


@dataclass(frozen=True, slots=True)
class Designation:
    """An office or organ as a text names it.

    Attributes:
        slug: Its id without the state, or whole for an organ of a treaty.
        state: The state named beside it, or None.
        is_bound: Whether the id is whole: `csto/chair`, or a state is named.
        start: Where its words begin, state included.
        end: Where they end.
    """

    slug: str
    state: Place | None
    is_bound: bool
    start: int
    end: int

    @property
    def id(self) -> str | None:
        """The office's or organ's id, if it is whole."""
        if not self.is_bound:
            return None
        return f"{self.state.slug}/{self.slug}" if self.state else self.slug

    @property
    def is_person(self) -> bool:
        """Whether one person holds it: an office and not a body."""
        name = self.slug.rpartition("/")[2]
        return bool(_PERSONS.match(name.partition("_of_")[0]))


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _named(language: str) -> tuple[tuple[str, str, bool], ...]:
    """Patterns of all names, the longest first: id, and whether it is a state's."""
    read = _read()
    heads = "|".join(pattern(word, language) for word in read[f"chair_{language}"])
    after = "|".join(read.get(f"chair_after_{language}", ["(?!)"]))
    named: list[tuple[str, str, bool]] = []
    for kind in ("organ", "state"):
        for row in read[kind]:
            for name in row[language]:
                words = pattern(name, language)
                if head := row.get("chair"):
                    named.append((rf"(?:{heads})\s{words}", head, kind == "state"))
                    named.append((rf"{words}\s(?:{after})", head, kind == "state"))
                named.append((words, row["id"], kind == "state"))
    return tuple(sorted(named, key=lambda row: -len(row[0])))


@cache
def _finder(language: str) -> "re.Pattern[str]":
    # No groups: an alternation of plain names is several times faster.
    names = "|".join(words for words, _, _ in _named(language))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)


@cache
def _which(words: str, language: str) -> tuple[str, bool]:
    """The id that matched words stand for, and whether it is a state's."""
    return next(
        (slug, is_state)
        for name, slug, is_state in _named(language)
        if re.fullmatch(name, words, re.IGNORECASE)
    )


def designations(
    text: str, start: int, end: int, language: str, here: Place | None
) -> tuple[Designation, ...]:
    """Offices and organs named in a stretch of folded text, in order.

    Args:
        text: The folded text.
        start: Where to begin.
        end: Where to stop.
        language: Its language.
        here: The country that "this country" means there, if known.
    """
    found = []
    for match in _finder(language).finditer(text, start, end):
        slug, is_state = _which(match.group(), language)
        if language == "en" and _POSSESSIVE.match(text, match.end(), end):
            continue
        if aide := _AIDE[language].search(
            text[max(start, match.start() - 30) : match.start()]
        ):
            one = _with_state(text, match, end, language, here, slug)
            begins = match.start() - len(aide.group())
            found.append(Designation(f"{slug}.aide", None, False, begins, one.end))
        elif is_state:
            found.append(_with_state(text, match, end, language, here, slug))
        else:
            found.append(Designation(slug, None, True, *match.span()))
    return tuple(found)


def _with_state(
    text: str,
    match: "re.Match[str]",
    end: int,
    language: str,
    here: Place | None,
    slug: str,
) -> Designation:
    start, stop = match.span()
    if link := _LINK[language].match(text, stop, end):
        for named in mentions(text, link.end(), min(end, link.end() + 40), language):
            if named.start == link.end() and named.place.kind == "country":
                return Designation(slug, named.place, True, start, named.end)
    if same := _SAME_STATE[language].match(text, stop, end):
        earlier = [
            named.place
            for named in mentions(text, max(0, start - 200), start, language)
            if named.place.kind == "country"
        ]
        here = earlier[-1] if earlier else here
        return Designation(slug, here, here is not None, start, same.end())
    for named in mentions(text, max(0, start - 40), start, language):
        between = text[named.end : start]
        if named.place.kind == "country" and _BEFORE[language].fullmatch(between):
            return Designation(slug, named.place, True, named.start, stop)
    return Designation(slug, None, False, start, stop)


@cache
def _organs() -> dict[str, str]:
    read = _read()
    rows = [*read["organ"], *read["state"]]
    return {row["chair"]: row["id"] for row in rows if "chair" in row}


def organ_of(chair: Designation) -> str | None:
    """The organ that an office heads, or None for any other office."""
    organ = _organs().get(chair.slug)
    if organ is None or chair.state is None:
        return organ
    return f"{chair.state.slug}/{organ}"
