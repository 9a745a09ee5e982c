"""Who says what: every stretch of a report under the chain of those who say it.

A report is read front to back. Each sentence stands in a voice: the outlet's, or that of
whoever a reporting clause, a quotation mark or a running speech puts it under. In doubt
a sentence with "we" or an unclaimed quotation goes to the last speaker and not to the
outlet: the worst error is a claim shown in the outlet's own voice that is another's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Protocol, cast

from peyman.picture.reading.attribution import (
    MASK,
    Attribution,
    Masthead,
    Part,
    Region,
    trimmed,
    unquoted,
    words_in,
)
from peyman.picture.reading.cast import Cast
from peyman.picture.reading.fold import Folded
from peyman.picture.reading.languages.lexicon import any_of, lexicon
from peyman.picture.reading.segment import (
    Paragraph,
    mask,
    paragraphs,
    quotes,
    sentences,
)

UNNAMED = "unnamed speaker"
_DEEPEST = 4
_LONG_QUOTE = 7
_FEW_WORDS = 3
_SPACE = " \n\t"
_CLAUSE_BEHIND = re.compile(r"[»\"'],?\s?[—-]\s[а-я]|»\s?[،؛,]\s?این\s")
"""Dash and verb, or «this», behind a closing mark: the quotation was speech."""
_SEMICOLON = re.compile(r"[;؛]")


class _Speech(Protocol):
    """What each language module offers."""

    def attribution(self, text: str, start: int, end: int) -> Attribution | None:
        """The outermost reporting clause of a stretch."""

    def outlet(self, text: str, start: int, end: int) -> Masthead | None:
        """The outlet and the place, where the first paragraph opens with them."""

    def headline(self, text: str, start: int, end: int) -> Attribution | None:
        """Who speaks in a headline: "X: ...", "..., X says"."""

    def pieces(self, text: str, start: int, end: int) -> list[Region]:
        """A quoted stretch without a reporting clause that stands inside it."""

    def is_first_person(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence says "we" or "I"."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch in one voice.

    Attributes:
        start: Where it begins, in the folded text.
        end: Where it ends.
        chain: Who says so, outermost first, as numbers of the cast.
        form: headline, narration, announcement, quotation, denial or notice.
        cue: The reporting clause that puts it under the innermost speaker.
        reason: Why it is in this voice.
        speech: Number of the speech it belongs to; None for the outlet's own words.
    """

    start: int
    end: int
    chain: tuple[int, ...]
    form: str
    cue: Region | None
    reason: str
    speech: int | None = None


@dataclass(frozen=True, slots=True)
class _Voice:
    """A frame without its place: whose words, in which form, and why."""

    chain: tuple[int, ...]
    form: str
    reason: str
    cue: Region | None = None
    speech: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A reporting clause as a fact of its own: that somebody said something.

    Attributes:
        attribution: The clause.
        chain: Who reports it.
        speaker: Who spoke.
        opens: Whether a speech begins here.
        speech: Number of the speech.
    """

    attribution: Attribution
    chain: tuple[int, ...]
    speaker: int
    opens: bool
    speech: int


@dataclass(frozen=True, slots=True)
class Session:
    """A sentence of the outlet that tells of a meeting, and the actors named in it."""

    start: int
    end: int
    actors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """All frames and reporting clauses of a report, in reading order."""

    frames: tuple[Frame, ...]
    acts: tuple[Act, ...]
    sessions: tuple["Session", ...]
    masthead: Masthead | None
    base: tuple[int, ...]


def voices(folded: Folded, language: str, cast_: Cast) -> Voices:
    """Put every stretch of a report under those who say it."""
    return _Reader(folded, language, cast_).read()


class _Reader:
    """Reads one report, once. Owns its cast, its frames and the running voice."""

    def __init__(self, folded: Folded, language: str, cast_: Cast) -> None:
        self.text = folded.text
        self.language = language
        self.cast = cast_
        self.speech = cast(
            "_Speech",
            import_module(f"peyman.picture.reading.languages.speech_{language}"),
        )
        words = lexicon(language)
        self.ends = words.regex("ends")
        self.breaks = words.regex("breaks")
        self.reporters = re.compile(any_of(words.words("outlets"), language))
        self.frames: list[Frame] = []
        self.acts: list[Act] = []
        self.sessions: list[Session] = []
        self.meeting = words.regex("sessions")
        self.base: tuple[int, ...] = (0,)
        self.first_base: tuple[int, ...] = (0,)
        self.running: _Voice | None = None
        self.speeches = 0
        self.masthead: Masthead | None = None

    def read(self) -> Voices:
        """Read all paragraphs in order."""
        found = tuple(paragraphs(self.text, self.ends))
        self.masked = mask(self.text, self._spoken(found))
        is_first = True
        for paragraph in found:
            if paragraph.kind == "headline":
                self._headline(paragraph)
            elif paragraph.kind == "body":
                self._body(paragraph, is_first=is_first)
                is_first = False
        return Voices(
            tuple(self.frames),
            tuple(self.acts),
            tuple(self.sessions),
            self.masthead,
            self.first_base,
        )

    def _spoken(self, found: tuple[Paragraph, ...]) -> list[Region]:
        """Quoted stretches that are speech, and not a name or a few words."""
        return [
            piece
            for paragraph in found
            for start, end in quotes(self.text, paragraph.start, paragraph.end)
            if self._is_speech(paragraph, start, end)
            for piece in self.speech.pieces(self.text, start, end)
        ]

    def _is_speech(self, paragraph: Paragraph, start: int, end: int) -> bool:
        if start >= end:
            return False
        before = self.text[paragraph.start : start - 1].rstrip()
        return (
            words_in(self.text, start, end) >= _LONG_QUOTE
            or self.text[end - 1] in ",.!?؟،"
            or before.endswith(":")
            or bool(_CLAUSE_BEHIND.match(self.text, end))
        )

    def _headline(self, paragraph: Paragraph) -> None:
        start, end = paragraph.start, paragraph.end
        self.cast.visit(start, end)
        found = self.speech.headline(self.masked, start, end)
        if found:
            parts = tuple(replace(part, form="headline") for part in found.parts)
            self._take(replace(found, parts=parts), self.base, 0)
            return
        self._add(start, end, _Voice(self.base, "headline", "the headline"))

    def _body(self, paragraph: Paragraph, *, is_first: bool) -> None:
        start = paragraph.start
        self.running = None
        if is_first:
            start = self._open(paragraph)
        for begins, end in sentences(self.masked, start, paragraph.end):
            for piece in self._pieces(begins, end):
                self._sentence(*piece)

    def _open(self, paragraph: Paragraph) -> int:
        self.masthead = self.speech.outlet(self.masked, paragraph.start, paragraph.end)
        if self.masthead is None:
            return paragraph.start
        if self.masthead.outlet:
            self.cast.entities[0].name = self.cast.label(*self.masthead.outlet)
            self.cast.entities[0].is_named = True
        if self.masthead.correspondent:
            self.base = (0, self.cast.resolve(*self.masthead.correspondent))
            self.first_base = self.base
        return self.masthead.body

    def _sentence(self, start: int, end: int) -> None:
        start, end = trimmed(self.text, start, end, _SPACE + ",،—-")
        if start >= end:
            return
        self.cast.visit(start, end)
        if self.breaks.match(self.text, start, end):
            self.base, self.running = (0,), None
        found = self.speech.attribution(self.masked, start, end)
        if found:
            self.running = None
            self._take(found, self.base, 0)
        elif MASK in self.masked[start:end]:
            self._unclaimed(start, end)
        elif self.running:
            self._add(start, end, self.running)
        elif self.cast.last and self.speech.is_first_person(self.text, start, end):
            reason = "first person: the last speaker's words"
            chain = (*self.base, self.cast.last)
            voice = _Voice(chain, "quotation", reason, None, self.speeches)
            self._add(start, end, voice)
        else:
            self._narrate(start, end)
            self._meeting(start, end)

    def _pieces(self, start: int, end: int) -> Iterator[Region]:
        """A sentence, cut at semicolons behind which somebody else is reported."""
        begins = start
        for mark in _SEMICOLON.finditer(self.masked, start, end):
            after = _SEMICOLON.search(self.masked, mark.end(), end)
            stops = after.start() if after else end
            piece = trimmed(self.text, mark.end(), stops, _SPACE)
            if piece[0] < piece[1] and self.speech.attribution(self.masked, *piece):
                yield begins, mark.start()
                begins = mark.end()
        yield begins, end

    def _narrate(self, start: int, end: int) -> None:
        self._add(start, end, _Voice(self.base, "narration", "no reporting clause"))

    def _meeting(self, start: int, end: int) -> None:
        if self.meeting.search(self.text, start, end):
            actors = self.cast.actors_in(start, end)
            self.sessions.append(Session(start, end, actors))

    def _unclaimed(self, start: int, end: int) -> None:
        """Quoted speech with no reporting clause: the last speaker's, or of nobody known.

        Where the sentence says more than the quotation, somebody else may be quoted.
        """
        runs = _runs(self.masked, start, end)
        around = re.sub(f"[{MASK}«»\"'.]", " ", self.masked[start:end])
        is_bare = len(around.split()) <= _FEW_WORDS
        speaker = self._last() if is_bare else self.cast.unnamed(UNNAMED)
        if not is_bare:
            self._narrate(*trimmed(self.text, start, runs[0][0], _SPACE + "«»\"',،:"))
        reason = "quotation marks: the last speaker's words"
        chain = (*self.base, speaker)
        voice = _Voice(chain, "quotation", reason, None, self.speeches)
        for begins, stops in runs:
            self._content(Part(begins, stops, "quotation"), voice, 1)

    def _last(self) -> int:
        if self.cast.last is None:
            self.cast.last = self.cast.unnamed(UNNAMED)
        return self.cast.last

    def _take(self, found: Attribution, chain: tuple[int, ...], depth: int) -> None:
        """Put what a reporting clause reports under its speaker."""
        named = found.speaker
        speaker = self.cast.resolve(*named) if named else self._last()
        opens = self._opens(found, speaker)
        self.acts.append(Act(found, chain, speaker, opens, self.speeches))
        if self._keeps_talking(found) and depth == 0:
            self.cast.last = speaker
        for begins, stops in found.own:
            self._narrate(begins, stops)
        reason = "according to" if found.kind == "source" else "reporting clause"
        chain = (*chain, speaker)
        if found.relay:
            chain = (*chain, self.cast.resolve(*found.relay))
        voice = _Voice(chain, "", reason, found.cue, self.speeches)
        for part in found.parts:
            self._content(part, replace(voice, form=part.form), depth + 1)
        if found.runs_on and depth == 0:
            self.running = replace(voice, form="quotation")

    def _opens(self, found: Attribution, speaker: int) -> bool:
        """Whether a speech begins: another speaker, or the same one not carrying on."""
        before = self.acts[-1] if self.acts else None
        is_new = (
            before is None
            or before.speaker != speaker
            or not (
                found.continues
                or found.speaker is None
                or before.attribution.kind != found.kind
            )
        )
        if is_new:
            self.speeches += 1
        return is_new

    def _keeps_talking(self, found: Attribution) -> bool:
        """Whether "he" in what follows is this speaker: not a document, nor an outlet."""
        if found.kind != "source" or found.speaker is None:
            return found.kind != "document"
        return not self.reporters.search(self.text, *found.speaker)

    def _content(self, part: Part, voice: "_Voice", depth: int) -> None:
        """Read what was said: it may itself report what another said."""
        said = self.masked[part.start : part.end]
        text = self.text if MASK in said and _is_all_quoted(said) else self.masked
        for start, end in sentences(text, part.start, part.end):
            begins, stops = unquoted(self.text, start, end)
            if begins >= stops:
                continue
            inner = None
            if depth < _DEEPEST and not part.is_plain and voice.form != "headline":
                inner = self.speech.attribution(text, begins, stops)
            if inner and inner.speaker and not any(p.is_plain for p in inner.parts):
                self._take(inner, voice.chain, depth)
            else:
                self._add(begins, stops, voice)

    def _add(self, start: int, end: int, voice: "_Voice") -> None:
        start, end = trimmed(self.text, start, end)
        if start < end:
            self.frames.append(
                Frame(start, end, voice.chain, voice.form, voice.cue, voice.reason,
                      voice.speech)
            )  # fmt: skip


def _runs(masked: str, start: int, end: int) -> list[Region]:
    """Stretches of masked characters."""
    return [
        (match.start(), match.end())
        for match in re.compile(f"{MASK}+").finditer(masked, start, end)
    ]


def _is_all_quoted(words: str) -> bool:
    return not re.search(r"\w", words.replace(MASK, " "))
