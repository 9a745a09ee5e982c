"""Consolidate a table: its lines as they read from each date on, and in each form.

One rule: a sub-table replaces, line by line, the lines that it gives. One headed by a
date does so from that day on; one headed by a form, for an act done in that form. Dates
are applied in order, then the form. An empty list removes a line.

Source: docs/charter-language.md, section 1: one rule of versions and variants.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peyman.charter.language import VERSION, VERSIONS
from peyman.charter.model import Unsure
from peyman.charter.reading.lines import Page, Path, header, nearest
from peyman.charter.reading.names import At, Names, Raw
from peyman.charter.reading.shapes import Table, Word
from peyman.charter.reading.values import value_of
from peyman.errors import PeymanError

_LIKE_A_DATE = re.compile(r"[0-9][0-9./_ -]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Line(NamedTuple):
    """The value of a word, and where it stands; a value of None removes the line."""

    value: Any
    path: Path


Lines = Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class Stage:
    """A table as it reads from a day on; `lines` is None where it is not in force."""

    since: date
    path: Path
    lines: Lines | None


@dataclass(frozen=True, slots=True)
class Provision:
    """One table with all its versions and forms.

    Attributes:
        path: Its header: `("acts' kind", "act")` or `("rules", "consensus")`.
        stages: How it reads, in order; the first begins at `date.min`.
        forms: Form to the lines that it replaces.
    """

    table: Table
    path: Path
    stages: tuple[Stage, ...]
    forms: Mapping[str, Lines]
    unsure: tuple[Unsure, ...]

    @property
    def name(self) -> str:
        """`kind.act` of an act, else the key alone."""
        return ".".join(self.path) if self.table.name == "acts" else self.path[1]

    def on(self, when: date) -> Stage:
        """How it reads on a day."""
        return self.stages[bisect_right(self.stages, when, key=_since) - 1]


def _since(stage: Stage) -> date:
    return stage.since


def _listed(stage: Stage) -> tuple[str, ...]:
    line = stage.lines.get("form") if stage.lines else None
    return line.value if line else ()


def forms_of(one: Provision, stage: Stage) -> Iterator[tuple[str, Lines]]:
    """How a version reads in each form that has lines of its own; `""` for any other.

    Nothing where the version is not in force.
    """
    if stage.lines is not None:
        yield "", stage.lines
        for form in _listed(stage):
            if form in one.forms:
                yield form, merge(stage.lines, one.forms[form])


def merge(base: Lines, change: Lines) -> Lines:
    """Replace, line by line, the lines that a change gives.

    >>> merge({"a": Line(1, ()), "b": Line(2, ())}, {"b": Line(None, ())})
    {'a': Line(value=1, path=())}
    """
    if not change:
        return base
    lines = {**base, **change}
    return {word: line for word, line in lines.items() if line.value is not None}


class _Change(NamedTuple):
    """The lines that hold from a day on, and the words of versions beside them."""

    since: date
    path: Path
    lines: dict[str, Line]
    versions: dict[str, Line]

    @property
    def repealed(self) -> bool | None:
        """What it says of a repeal; None if it says nothing."""
        return self.versions["repealed"].value if "repealed" in self.versions else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the tables of one kind."""

    page: Page
    names: Names
    table: Table

    def provision(self, path: Path, raw: Raw) -> Provision:
        """Read a table with its sub-tables, and consolidate it.

        Raises:
            PeymanError: If a line, or the order of the versions, is not right.
        """
        own, dated, forms = self._split(path, raw)
        base = self._change(date.min, path, own)
        changes = [
            self._change(since, (*path, key), raw[key]) for since, key in sorted(dated)
        ]
        if "from" in base.versions:
            base = base._replace(since=base.versions["from"].value)
        unsure = tuple(
            one for change in (base, *changes) for one in self._unsure(path, change)
        )
        stages = self._stages(base, changes)
        listed = {form for stage in stages for form in _listed(stage)}
        variants = {
            form: self._form((*path, form), raw[form], listed) for form in forms
        }
        return Provision(self.table, path, stages, variants, unsure)

    def plain(self, path: Path, raw: Raw) -> dict[str, Any]:
        """Read a table that has no versions; its values by word.

        Raises:
            PeymanError: If a line is not right, or one that it must have is missing.
        """
        lines = {key: self._line((*path, key), value) for key, value in raw.items()}
        for word in self.table.words.values():
            if word.is_required and (word.name not in lines or raw[word.name] == []):
                raise self.page.refuse(
                    path,
                    f"{header(path)} does not say `{word.name}`.",
                    section=self.table.section,
                    remedy=f"Add `{word.name}`: {word.means}.",
                )
        return {key: line.value for key, line in lines.items()}

    def _split(
        self, path: Path, raw: Raw
    ) -> tuple[dict[str, Any], list[tuple[date, str]], list[str]]:
        """Tell the lines of a table from its dates and its forms."""
        own: dict[str, Any] = {}
        dated: list[tuple[date, str]] = []
        forms: list[str] = []
        for key, value in raw.items():
            if key in self.table.words or not isinstance(value, dict):
                own[key] = value
            elif _LIKE_A_DATE.fullmatch(key):
                dated.append((self._date((*path, key)), key))
            elif self.table.has_forms:
                forms.append(key)
            else:
                own[key] = value
        return own, dated, forms

    def _date(self, path: Path) -> date:
        try:
            if _DATE.fullmatch(path[-1]):
                return date.fromisoformat(path[-1])
        except ValueError:
            pass
        raise self._refuse(
            path,
            f"'{path[-1]}' is not a date.",
            "Head the sub-table by year, month and day, as 2012-12-19.",
        )

    def _change(self, since: date, path: Path, raw: Raw) -> _Change:
        """Read the lines of one version."""
        change = _Change(since, path, {}, {})
        misplaced = "repealed" if since == date.min else "from"
        for key, value in raw.items():
            here = (*path, key)
            if key == misplaced:
                raise self._misplaced(here)
            if key in VERSIONS:
                change.versions[key] = self._version(here, value)
            else:
                change.lines[key] = self._line(here, value)
        return change

    def _version(self, path: Path, value: object) -> Line:
        at = At(self.page, self.names, self.table, VERSIONS[path[-1]], path)
        if value == []:
            raise at.expected(value)
        return Line(value_of(at, value), path)

    def _form(self, path: Path, raw: Raw, listed: Collection[str]) -> Lines:
        if path[-1] not in listed:
            raise self._no_form(path, listed)
        for key in raw:
            if key in VERSIONS:
                raise self._misplaced((*path, key))
        return {key: self._line((*path, key), value) for key, value in raw.items()}

    def _line(self, path: Path, value: object) -> Line:
        word = self._word(path, value)
        kind = path[0] if self.table.name == "acts" else ""
        at = At(self.page, self.names, self.table, word, path, kind)
        return Line(value_of(at, value), path)

    def _word(self, path: Path, value: object) -> Word:
        """The word of a line, or the error that it is none."""
        word = self.table.words.get(path[-1])
        if word is not None:
            return word
        if isinstance(value, dict) and self.page.has_header(path):
            raise self._strange_header(path)
        raise self._no_word(path)

    def _no_word(self, path: Path) -> PeymanError:
        near = nearest(path[-1], [*self.table.words, *VERSIONS])
        return self.page.refuse(
            path,
            f"'{path[-1]}' is not a word of {self.table.a}.",
            section=self.table.section,
            remedy=f"Write `{near}`, or take the line out."
            if near
            else f"Use one of {', '.join(self.table.words)}.",
        )

    def _no_form(self, path: Path, listed: Collection[str]) -> PeymanError:
        """The error for a table that is neither a word, nor a date, nor a form."""
        if not self.page.has_header(path):
            return self._no_word(path)
        near = nearest(path[-1], listed)
        return self._refuse(
            path,
            f"{header(path)} is headed by no date and by no form of the act.",
            f"Head it {header((*path[:-1], near))}, or add '{path[-1]}' to `form`."
            if near
            else f"Add '{path[-1]}' to `form`, or head it by a date.",
        )

    def _strange_header(self, path: Path) -> PeymanError:
        if len(path) > 3:
            return self._refuse(
                path,
                f"{header(path)} is a sub-table of a sub-table.",
                f"Head it {header((*path[:2], path[-1]))}.",
            )
        return self._refuse(
            path,
            f"{header(path)} is headed by no date.",
            "Head a sub-table by a date, such as 2012-12-19.",
        )

    def _misplaced(self, path: Path) -> PeymanError:
        places = {
            "from": "the table itself",
            "repealed": "a sub-table headed by a date",
            "unsure": "a sub-table headed by a date, or beside `from`",
        }
        return self._refuse(
            path,
            f"`{path[-1]}` does not stand in {header(path[:-1])}.",
            f"Put it in {places[path[-1]]}.",
        )

    def _unsure(self, path: Path, change: _Change) -> list[Unsure]:
        line = change.versions.get("unsure")
        if line is None or line.value is None:
            return []
        if change.since == date.min:
            raise self._misplaced(line.path)
        first, last = line.value
        if not first <= change.since <= last:
            raise self._refuse(
                line.path,
                f"{change.since} is not between {first} and {last}.",
                "Give two days between which the day of the change lies.",
            )
        table = path if self.table.name == "acts" else (self.table.name, *path[1:])
        return [Unsure(".".join(table), first, last)]

    def _stages(self, base: _Change, changes: list[_Change]) -> tuple[Stage, ...]:
        lines = merge({}, base.lines)
        stages = [Stage(base.since, base.path, lines)]
        if base.since > date.min:
            stages.insert(0, Stage(date.min, base.path, None))
        gone = False
        for change in changes:
            self._check_order(base, change, gone=gone)
            lines = merge(lines, change.lines)
            gone = bool(change.repealed)
            stages.append(Stage(change.since, change.path, None if gone else lines))
        return tuple(stages)

    def _check_order(self, base: _Change, change: _Change, *, gone: bool) -> None:
        if change.since <= base.since:
            raise self._refuse(
                change.path,
                f"{header(change.path)} is not after {base.since}, when it begins.",
                "Give it a later date, or an earlier `from`.",
            )
        if gone and change.repealed is None:
            raise self._refuse(
                change.path,
                f"{header(change.path)} changes what was repealed before.",
                "Add `repealed = false` if it is in force again.",
            )

    def _refuse(self, path: Path, problem: str, remedy: str) -> PeymanError:
        """The error for versions and variants that are not in order."""
        return self.page.refuse(path, problem, section=VERSION, remedy=remedy)
