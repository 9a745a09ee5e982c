"""Suggest a type by cue words, and say which cue it was.

Typing by cue words memorises the reports that it was written for. So it is a
suggestion with its reason, kept apart from who said what, and an analyst decides. The
words are data: the `cue` tables of `fa.toml`, `ru.toml` and `en.toml`.
"""

import re
from dataclasses import dataclass
from functools import cache

from peyman.picture.reading.languages.lexicon import any_of, lexicon


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A type, and the cue that suggested it."""

    type: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Cue:
    type: str
    cue: "re.Pattern[str]"
    beside: "re.Pattern[str] | None"
    without: "re.Pattern[str] | None"


@cache
def _cues(language: str) -> tuple[_Cue, ...]:
    return tuple(
        _Cue(
            str(row["type"]),
            _regex(row["any"], language),
            _regex(row["with"], language) if "with" in row else None,
            _regex(row["without"], language) if "without" in row else None,
        )
        for row in lexicon(language).tables["cue"]
    )


def _regex(words: list[str], language: str) -> "re.Pattern[str]":
    return re.compile(any_of(words, language), re.IGNORECASE)


def suggest(text: str, start: int, end: int, language: str) -> Suggestion | None:
    """The type of a stretch by the first cue that fits, or None."""
    for cue in _cues(language):
        found = cue.cue.search(text, start, end)
        if not found:
            continue
        beside = cue.beside.search(text, start, end) if cue.beside else None
        if cue.beside and not beside:
            continue
        if cue.without and cue.without.search(text, start, end):
            continue
        with_ = f" with “{beside.group()}”" if beside else ""
        return Suggestion(cue.type, f"cue “{found.group()}”{with_}")
    return None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase inside a clause that is a claim of its own."""

    start: int
    end: int
    type: str
    reason: str


@cache
def _openings(
    language: str,
) -> "tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]":
    return tuple(
        (
            str(row["type"]),
            _regex(row["opens"], language),
            _regex(row["names"], language) if "names" in row else None,
        )
        for row in lexicon(language).tables.get("phrase", [])
    )


@cache
def _nouns(language: str) -> "tuple[tuple[str, re.Pattern[str]], ...]":
    return tuple(
        (str(row["type"]), _regex(row["words"], language))
        for row in lexicon(language).tables.get("noun", [])
    )


def nouns(text: str, start: int, end: int, language: str) -> tuple[Phrase, ...]:
    """Named things that are claims of their own: the kind of force, of session."""
    return tuple(
        Phrase(*found.span(), kind, f"noun “{found.group()}”")
        for kind, regex in _nouns(language)
        for found in regex.finditer(text, start, end)
    )


def openings(text: str, start: int, end: int, language: str) -> tuple[Phrase, ...]:
    """Where a legal basis, a request, a purpose or a limit begins inside a clause.

    The phrase's own end is for the caller; here it ends with the stretch.
    """
    found = []
    for kind, opens, names in _openings(language):
        for match in opens.finditer(text, start, end):
            if names is None or names.search(
                text, match.end(), min(end, match.end() + 60)
            ):
                reason = f"phrase “{match.group()}”"
                found.append(Phrase(match.start(), end, kind, reason))
    return tuple(sorted(found, key=lambda phrase: (phrase.start, phrase.type)))


@cache
def _kinds(table: str, language: str) -> "tuple[tuple[str, re.Pattern[str]], ...]":
    return tuple(
        (str(row["is"]), _regex(row["words"], language))
        for row in lexicon(language).tables[table]
    )


def kind_of(table: str, text: str, start: int, end: int, language: str) -> str | None:
    """What a stretch's words stand for by a table of the files: `status`, `ground` ..."""
    for kind, regex in _kinds(table, language):
        if regex.search(text, start, end):
            return kind
    return None
