"""Clauses of a sentence: what can be held true or denied on its own.

Persian ends a clause with its verb; English and Russian begin one with a conjunction
and have a verb behind it. Words that only tie sentences together ("therefore") and
performatives ("I want to assure you that") are left outside.
"""

import re
from dataclasses import dataclass

from peyman.picture.reading.attribution import Region, trimmed, words_in
from peyman.picture.reading.languages.lexicon import Lexicon, lexicon
from peyman.picture.reading.languages.persian import finite

_SHORT = 4
_OTHERS = re.compile(
    r"(?<!\w)(?P<that>که)(?!\w)|(?P<mark>[،؛;,])|(?<!\w)(?P<and>و)(?!\w)"
)
_JOINT = {
    "en": re.compile(
        r";\s|,?\s(?:and|but|while|whereas|although)\s(?=(?:\S+\s){1,7}?"
        r"(?:is|are|was|were|has|have|had|will|would|can|could|must|should|may|did)\s)"
        r"|,\s(?:and|but)\s(?=(?:he|she|it|they|we|I|the|this|that|there)\s)"
    ),
    "ru": re.compile(r";\s|,\s(?:а|но|однако|тогда как|при этом)\s|,\sи\s(?=\S+\s\S+)"),
}
_QUESTION_STOPS = "این است"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, and the relative clauses inside it."""

    start: int
    end: int
    relatives: tuple[Region, ...] = ()


def clauses(text: str, start: int, end: int, language: str) -> tuple[Clause, ...]:
    """The clauses of one sentence, in order."""
    words = lexicon(language)
    start = stripped(text, start, end, words)
    if start >= end:
        return ()
    if language == "fa":
        return _persian(text, start, end, words)
    found: list[Clause] = []
    begins = start
    for joint in _JOINT[language].finditer(text, start, end):
        if words_in(text, begins, joint.start()) < _SHORT:
            continue
        if words_in(text, joint.end(), end) < _SHORT:
            continue
        found.append(Clause(*trimmed(text, begins, joint.start())))
        begins = stripped(text, joint.end(), end, words)
    found.append(Clause(*trimmed(text, begins, end)))
    return tuple(clause for clause in found if clause.start < clause.end)


def stripped(text: str, start: int, end: int, words: Lexicon) -> int:
    """Where a sentence begins behind the words that tie it to the one before."""
    ties = words.regex("breaks", "connectives", "performatives")
    while tie := ties.match(text, start, end):
        begins = trimmed(text, tie.end(), end)[0]
        if begins >= end or begins == start:
            break
        start = begins
    return start


class _Splitter:
    """Walks a Persian sentence: verbs close clauses, "that" opens them."""

    def __init__(self, text: str, start: int, end: int, words: Lexicon) -> None:
        self.text, self.end, self.words = text, end, words
        self.begins = start
        self.verb: re.Match[str] | None = None
        self.open: list[int] = []
        self.relatives: list[Region] = []
        self.found: list[Clause] = []

    def walk(self) -> tuple[Clause, ...]:
        """Take every token in turn."""
        verbs = finite().finditer(self.text, self.begins, self.end)
        others = _OTHERS.finditer(self.text, self.begins, self.end)
        for token in sorted([*verbs, *others], key=lambda one: one.start()):
            if token.re is finite():
                self._verb(token)
            elif token["that"]:
                self._that(token)
            elif self._is_joint(token):
                self._close(token.end())
        begins, stops = trimmed(self.text, self.begins, self.end)
        if begins < stops:
            self.found.append(Clause(begins, stops, tuple(self.relatives)))
        return tuple(self.found)

    def _verb(self, token: "re.Match[str]") -> None:
        if self.open:
            self.relatives.append((self.open.pop(), token.end()))
        else:
            self.verb = token

    def _that(self, token: "re.Match[str]") -> None:
        verb = self.verb
        if verb is None or self.text[verb.end() : token.start()].strip(" ،"):
            self.open.append(token.start())
        elif not self._is_complement(verb, token):
            self._close(token.end())
            self.verb = None

    def _is_complement(self, verb: "re.Match[str]", that: "re.Match[str]") -> bool:
        """Whether "that" goes on with the verb's own clause: «معتقدم که ...»."""
        following = trimmed(self.text, that.end(), self.end)[0]
        return (
            bool(self.words.regex("questions").match(self.text, following, self.end))
            or self.text[self.begins : verb.end()].endswith("این است")
            or bool(self.words.regex("beliefs").fullmatch(verb.group()))
        )

    def _is_joint(self, token: "re.Match[str]") -> bool:
        if self.open or self.verb is None:
            return False
        if self.text[self.verb.end() : token.start()].strip():
            return False
        following = finite().search(self.text, token.end(), self.end)
        return bool(following) and (
            words_in(self.text, token.end(), following.end() if following else 0)
            > _SHORT
        )

    def _close(self, next_start: int) -> None:
        if self.verb is None:
            return
        begins, stops = trimmed(self.text, self.begins, self.verb.end())
        self.found.append(Clause(begins, stops, tuple(self.relatives)))
        self.relatives = []
        self.begins = stripped(self.text, next_start, self.end, self.words)
        self.begins = trimmed(self.text, self.begins, self.end)[0]
        self.verb = None


def _persian(text: str, start: int, end: int, words: Lexicon) -> tuple[Clause, ...]:
    return _Splitter(text, start, end, words).walk()
