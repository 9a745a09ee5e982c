"""Who is who in one report: names, offices and "he", joined as the report joins them.

An actor is known by a name, by offices, or both. A name and an office are one actor
only where the report itself puts them side by side (apposition, "as head of ..."). The
cast is built while reading, front to back, and belongs to one reading only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from peyman.picture.model import NARRATOR, Actor
from peyman.picture.places import Place, mentions
from peyman.picture.reading.actors import Designation, designations
from peyman.picture.reading.attribution import Region, trimmed
from peyman.picture.reading.fold import Folded
from peyman.picture.reading.languages.lexicon import lexicon

_EDGE = " \n\t,،;؛:.—-«»\"'()"
_NAME = {
    "en": re.compile(r"(?<!\w)[A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){0,3}"),
    "ru": re.compile(r"(?<!\w)[А-Я][\w.-]+(?:\s[А-Я][\w.-]+){0,3}"),
    "fa": re.compile(r"«[^«»]{2,40}»"),
}
_ASIDE = {"en": {",", ", the"}, "ru": {",", ", —"}, "fa": {"", "،"}}
_AND = re.compile(r"\s?(?:و|and|и|،|,)\s?(?:the\s)?")
_LONGEST_NAME = 4


@dataclass(slots=True)
class Entity:
    """One actor while the report is being read."""

    name: str
    names: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    is_named: bool = False

    def result(self) -> Actor:
        """The actor as found by the end of the report."""
        return Actor(self.name, tuple(self.ids), tuple(self.names))


@dataclass(frozen=True, slots=True)
class Apposition:
    """A name beside an office, or an office held by one known by another.

    Attributes:
        start: Where both begin.
        end: Where both end.
        designation: The office.
        entity: The actor's number.
        is_capacity: Whether the report says "X, as head of ...".
    """

    start: int
    end: int
    designation: Designation
    entity: int
    is_capacity: bool = False


class Cast:
    """The actors of one report. Number 0 is the outlet."""

    def __init__(self, folded: Folded, language: str) -> None:
        self.folded = folded
        self.text = folded.text
        self.language = language
        self.entities = [Entity(NARRATOR)]
        self.last: int | None = None
        self.here: Place | None = None
        self.appositions: list[Apposition] = []
        self._common = lexicon(language).regex("common")
        self._titles = lexicon(language).regex("titles")
        self._epithets = lexicon(language).regex("epithets")
        self._as = lexicon(language).regex("as_words")

    def visit(self, start: int, end: int) -> None:
        """Take note of the offices and names of a stretch, in reading order."""
        before: Apposition | None = None
        for one in self._designations(start, end):
            named = self._name_beside(one, start, end) if one.is_person else None
            if named:
                entity = self._enter(named, (one,))
                begins, stops = self._quoted(named)
                begins, stops = min(begins, one.start), max(stops, one.end)
                before = Apposition(begins, stops, one, entity)
                self.appositions.append(before)
            elif (
                before
                and one.is_person
                and _AND.fullmatch(self.text, before.end, one.start)
            ):
                self._add(before.entity, one)
                before = Apposition(one.start, one.end, one, before.entity)
                self.appositions.append(before)
            else:
                before = None
        self._capacities(start, end)
        self._look_around(start, end)

    def _quoted(self, named: Region) -> Region:
        """A name with the quotation marks around it."""
        start, end = named
        if self.text[max(0, start - 1) : start] == "«":
            return start - 1, end + (self.text[end : end + 1] == "»")
        return named

    def _capacities(self, start: int, end: int) -> None:
        """«X به عنوان Y», "X, as Y": one actor, acting in another office."""
        found = self._designations(start, end)
        for one, other in pairwise(found):
            between = trimmed(self.text, one.end, other.start, _EDGE)
            if not self._as.fullmatch(self.text, *between):
                continue
            entity = self._enter(None, (one,))
            self._add(entity, other)
            self.appositions.append(
                Apposition(one.start, other.end, other, entity, is_capacity=True)
            )

    def beside(self, start: int, end: int) -> tuple[Apposition, ...]:
        """Names beside offices within a stretch, as noted when it was visited."""
        return tuple(
            one for one in self.appositions if start <= one.start and one.end <= end
        )

    def resolve(self, start: int, end: int) -> int:
        """The actor whom a subject's words name; a new one if need be."""
        offices = tuple(
            one
            for one in self._designations(start, end)
            if trimmed(self.text, start, one.start, _EDGE)[0] >= one.start
            or not self.text[start : one.start].strip(_EDGE + "آقای")
            or self._joins(start, one.start)
        )
        named = self._name_in(start, end, offices)
        is_title = self._titles.fullmatch(self.text, start, end)
        if self._epithets.fullmatch(self.text, start, end) and self.last is not None:
            return self.last
        if is_title and not named and self.last is not None:
            found = self._by_title(self.text[start:end].split()[-1])
            if found is not None:
                return found
        return self._enter(named, offices, (start, end))

    def unnamed(self, name: str) -> int:
        """An actor of whom the report says nothing."""
        self.entities.append(Entity(name))
        return len(self.entities) - 1

    def label(self, start: int, end: int) -> str:
        """Received words as a name: one line, no quotation marks or stops around."""
        begins, stops = self.folded.span(start, end)
        plain = re.sub(r"[«»\"“”„]", "", self.folded.original[begins:stops])
        return re.sub(r"[\s\u200c]+", " ", plain).strip(_EDGE)

    def second_office(self, start: int, end: int) -> Designation | None:
        """The office that a subject gives, where the actor was introduced by another.

        Only an office that the report gave the actor with "as head of ..." counts.
        """
        found = self._designations(start, end)
        if len(found) != 1 or self._name_in(start, end, found):
            return None
        index = self.of_office(found[0])
        slugs = {
            one.designation.slug
            for one in self.appositions
            if one.entity == index and one.is_capacity
        }
        return found[0] if found[0].slug in slugs else None

    def actors_in(self, start: int, end: int) -> tuple[int, ...]:
        """The actors whose offices or names a stretch has."""
        found = [self.of_office(one) for one in self._designations(start, end)]
        return tuple(sorted({one for one in found if one}))

    def of_office(self, designation: Designation) -> int | None:
        """The latest actor known by an office, or None."""
        for index in range(len(self.entities) - 1, 0, -1):
            entity = self.entities[index]
            if designation.id in entity.ids:
                return index
            if designation.id is None and designation.slug in entity.slugs:
                return index
        return None

    def _designations(self, start: int, end: int) -> tuple[Designation, ...]:
        return designations(self.text, start, end, self.language, self.here)

    def _look_around(self, start: int, end: int) -> None:
        for named in mentions(self.text, start, end, self.language):
            if named.place.kind == "country":
                self.here = named.place

    def _joins(self, start: int, office: int) -> bool:
        """Whether a name, or another office and "and", stands before an office."""
        before = trimmed(self.text, start, office, _EDGE)
        return len(self.text[before[0] : before[1]].split()) <= 2 * _LONGEST_NAME

    def _name_beside(self, one: Designation, start: int, end: int) -> Region | None:
        name = _NAME[self.language]
        after = name.match(self.text, _skip(self.text, one.end, end), end)
        if after and self._is_name(*after.span()):
            return trimmed(self.text, *after.span(), _EDGE)
        for before in name.finditer(self.text, start, one.start):
            between = self.text[before.end() : one.start].strip()
            if between not in _ASIDE[self.language]:
                continue
            if self._is_known(*before.span()) and self._is_name(*before.span()):
                return trimmed(self.text, *before.span(), _EDGE)
        return None

    def _is_known(self, start: int, end: int) -> bool:
        """Whether a name has two words, is quoted, or was met before."""
        words = self.text[start:end]
        return self.language == "fa" or " " in words or self._by_name(words) is not None

    def _is_name(self, start: int, end: int) -> bool:
        return not (
            self._common.search(self.text, start, end)
            or mentions(self.text, start, end, self.language)
            or self._designations(start, end)
        )

    def _name_in(
        self, start: int, end: int, offices: tuple[Designation, ...]
    ) -> Region | None:
        """The person's name in a subject, beside its offices."""
        at = start
        for one in (*offices, None):
            stop = one.start if one else end
            for begins, end_ in self._comma_pieces(at, stop):
                if begins < end_ and self._looks_named(begins, end_):
                    return begins, end_
            if one:
                at = one.end
        return None

    def _comma_pieces(self, start: int, end: int) -> Iterator[Region]:
        """What stands between commas: an aside may be the name."""
        begins = start
        for mark in [*re.finditer("[,،]", self.text[start:end]), None]:
            stops = start + mark.start() if mark else end
            yield trimmed(self.text, begins, stops, _EDGE)
            begins = stops + 1

    def _looks_named(self, start: int, end: int) -> bool:
        words = self.text[start:end].split()
        if len(words) > _LONGEST_NAME or not self._is_name(start, end):
            return False
        if self.language == "fa":
            return True
        return all(word[0].isupper() for word in words)

    def _enter(
        self,
        named: Region | None,
        offices: tuple[Designation, ...],
        whole: Region | None = None,
    ) -> int:
        index = self._find(named, offices, whole)
        if index is None:
            begins, stops = named or whole or _extent(offices)
            self.entities.append(Entity(self.label(begins, stops)))
            index = len(self.entities) - 1
        entity = self.entities[index]
        if named:
            name = self.label(*named)
            if not entity.is_named or _is_fuller(name, entity.name):
                entity.name = name
            entity.is_named = True
            _note(entity.names, name)
        if whole:
            _note(entity.names, self.label(*whole))
        for one in offices:
            if one.is_person or not entity.is_named:
                self._add(index, one)
        return index

    def _find(
        self,
        named: Region | None,
        offices: tuple[Designation, ...],
        whole: Region | None,
    ) -> int | None:
        if named and (found := self._by_name(self.text[named[0] : named[1]])):
            return found
        for one in offices:
            if named and not one.is_person:
                continue
            found = self.of_office(one)
            if found and not (named and self.entities[found].is_named):
                return found
        if whole and not named:
            label = self.label(*whole)
            for index in range(len(self.entities) - 1, 0, -1):
                if any(_same_words(label, name) for name in self.entities[index].names):
                    return index
        return None

    def _by_title(self, word: str) -> int | None:
        """Whom "the minister" means: the last speaker first, then the latest such.

        A last speaker of whom only a name is known may hold any title.
        """
        last: int = self.last or 0
        recent = [last, *range(len(self.entities) - 1, 0, -1)]
        for index in recent:
            titles = " ".join(self.entities[index].names).casefold()
            if re.search(rf"(?<!\w){re.escape(word.casefold())}\w?(?!\w)", titles):
                return int(index)
        one = self.entities[last]
        return last if one.is_named and one.names == [one.name] else None

    def _by_name(self, name: str) -> int | None:
        """The actor whose family name this is; Russian endings are allowed for."""
        words = [word.strip(_EDGE) for word in name.split()]
        for index in range(len(self.entities) - 1, 0, -1):
            entity = self.entities[index]
            known = entity.name.split()
            if entity.is_named and words and _same_name(known[-1], words[-1]):
                return index
        return None

    def _add(self, index: int, one: Designation) -> None:
        entity = self.entities[index]
        _note(entity.slugs, one.slug)
        if one.id:
            _note(entity.ids, one.id)
        _note(entity.names, self.label(one.start, one.end))


def _extent(offices: tuple[Designation, ...]) -> Region:
    return (offices[0].start, offices[0].end) if offices else (0, 0)


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " ,،":
        at += 1
    return at


def _note(known: list[str], new: str) -> None:
    if new and new not in known:
        known.append(new)


def _is_fuller(name: str, known: str) -> bool:
    """Whether a name has more words than the known one, and the same last."""
    words, before = name.split(), known.split()
    return len(words) > len(before) and words[-1] == before[-1]


def _same_words(one: str, other: str) -> bool:
    """Whether two designations are one: equal, or one a part of the other's words.

    >>> _same_words("deputy mayor", "the deputy mayor of Almaty")
    True
    """
    if one == other:
        return True
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return short == long or (
        " " in short and (long.startswith(short + " ") or long.endswith(" " + short))
    )


def _plain(words: str) -> str:
    return re.sub(r"^(?:the|a|an)\s", "", words, flags=re.IGNORECASE).casefold()


def _same_name(one: str, other: str) -> bool:
    if one == other:
        return True
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return (
        shared >= 4 and max(len(one), len(other)) - shared <= 3 and one[0].isupper()
        and "а" <= one[-1].lower() <= "я"
    )  # fmt: skip
