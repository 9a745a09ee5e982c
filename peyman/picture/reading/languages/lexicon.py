"""The words of one language, compiled: what `fa.toml`, `ru.toml` and `en.toml` say.

A word in the files is folded text. `*` at its end stands for any ending, and a space
in Persian may also be none, since a half space is typed in many ways.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from peyman.picture.reading.fold import fold

_HERE = Path(__file__).parent
_NEVER = r"(?!)"


def pattern(word: str, language: str) -> str:
    """A regular expression for one word or phrase of the files.

    >>> bool(re.fullmatch(pattern("terrorist*", "en"), "terrorists"))
    True
    """
    space = " ?" if language == "fa" else r"\s"
    escaped = re.escape(fold(word).text).replace(r"\ ", space)
    return escaped.replace(r"\*", r"\w*")


def any_of(words: list[str], language: str) -> str:
    """An alternation of phrases, longest first, bounded by non-letters."""
    if not words:
        return _NEVER
    parts = [_bounded(word, language) for word in sorted(words, key=len, reverse=True)]
    return f"(?:{'|'.join(parts)})"


def _bounded(word: str, language: str) -> str:
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() else ""
    return before + pattern(word, language) + after


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a language, by the names of the lists in its file."""

    language: str
    lists: dict[str, list[str]]
    tables: dict[str, list[dict[str, Any]]]

    def words(self, *names: str) -> list[str]:
        """The words of one or more lists, joined."""
        return [word for name in names for word in self.lists.get(name, [])]

    def regex(self, *names: str) -> "re.Pattern[str]":
        """A compiled alternation of the words of the lists, ignoring case."""
        return _compiled(self.language, names)


@cache
def _compiled(language: str, names: tuple[str, ...]) -> "re.Pattern[str]":
    words = lexicon(language).words(*names)
    return re.compile(any_of(words, language), re.IGNORECASE)


@cache
def lexicon(language: str) -> Lexicon:
    """Load the words of a language."""
    read = tomllib.loads((_HERE / f"{language}.toml").read_text(encoding="utf-8"))
    lists = {name: value for name, value in read.items() if _is_words(value)}
    tables = {
        name: value
        for name, value in read.items()
        if isinstance(value, list) and name not in lists
    }
    return Lexicon(language, lists, tables)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
