"""Which names a charter defines, and what a name in it stands for.

Gathered once from the keys of the tables, before any value is read, so that order in the
file does not matter. Whether the thing named is in force on a day is asked later, in
`peyman.charter.reading.checks`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peyman.charter.language import TABLES, VERSION, VERSIONS
from peyman.charter.reading.lines import Page, Path, nearest
from peyman.charter.reading.shapes import Known, Ref, Table, Word
from peyman.errors import PeymanError

Raw = Mapping[str, Any]
"""A TOML table as `tomllib` gives it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Every name that one charter defines, by the table that defines it.

    Attributes:
        of: Table to its keys in the order of the file. `acts` are full names, `members`
            are those of all texts, `facts` are what acts fix in any version, `kinds` the
            kinds of matters.
        above: Kind of matter to the kinds under which a matter of it may open.
    """

    of: Mapping[str, tuple[str, ...]]
    above: Mapping[str, frozenset[str]]

    def has(self, ref: Ref, name: str) -> bool:
        """Whether a name stands for something of that kind."""
        known: Known = ref.value
        return name in known.words or any(name in self.of[t] for t in known.tables)

    def like(self, ref: Ref, name: str, kind: str) -> str | None:
        """The nearest known name; an act of the same kind without its kind."""
        known: Known = ref.value
        have = [*known.words, *(name for t in known.tables for name in self.of[t])]
        if "." not in name:
            have = [one.removeprefix(f"{kind}.") for one in have]
        return nearest(name, have)


def gather(raw: Raw) -> Names:
    """Collect the names of a charter whose top level has been checked."""
    of = {name: tuple(raw.get(name, ())) for name in TABLES}
    parties = raw.get("parties", {})
    of["members"] = tuple(
        dict.fromkeys(
            code
            for party in (raw.get("members", {}), *parties.values())
            for code in party
        )
    )
    of["acts"] = tuple(f"{kind}.{act}" for kind in kinds(raw) for act in raw[kind])
    of["kinds"] = tuple(kinds(raw))
    of["facts"] = tuple(
        dict.fromkeys(
            fact
            for kind in kinds(raw)
            for part in _versions(raw[kind])
            for fact in _facts(part)
        )
    )
    above = {kind: frozenset(_above(raw[kind])) for kind in kinds(raw)}
    return Names(of, above)


def kinds(raw: Raw) -> Iterator[str]:
    """The tables of a charter that are kinds of matters."""
    tables = {"title", *TABLES} - {"acts"}
    return (key for key in raw if key not in tables)


def _versions(acts: Raw) -> Iterator[Raw]:
    """Every version and form of the acts of a kind, as it stands in the file."""
    for act in acts.values():
        yield from (part for part in (act, *act.values()) if isinstance(part, dict))


def _above(acts: Raw) -> Iterator[str]:
    """The kinds under which these acts open a matter."""
    opens = (part.get("opens") for part in _versions(acts))
    return (kind for kind in opens if isinstance(kind, str))


def _facts(part: Raw) -> Iterator[str]:
    """What one version or form of an act fixes."""
    value = part.get("fixes")
    many = value if isinstance(value, list) else [value]
    return (fact for fact in many if isinstance(fact, str))


@dataclass(frozen=True, slots=True)
class At:
    """A line of a charter: where it stands, and what is known there.

    Attributes:
        kind: The kind of matter, where the table is an act.
    """

    page: Page
    names: Names
    table: Table
    word: Word
    path: Path
    kind: str = ""

    def refuse(self, problem: str, remedy: str) -> PeymanError:
        """The error for this line."""
        section = VERSION if self.word.name in VERSIONS else self.table.section
        return self.page.refuse(self.path, problem, section=section, remedy=remedy)

    def expected(self, value: object) -> PeymanError:
        """The error for a value of the wrong kind."""
        shape = self.word.shape.value
        if self.word.choices:
            words = " or ".join(f'"{choice}"' for choice in self.word.choices)
            shape = shape.replace("one of its words", words)
        shown = re.sub(r"^a ", "A ", show(value))
        problem = f"{shown} is no value of `{self.word.name}`."
        return self.refuse(problem, f"Write {shape}.")

    def name(self, value: str, ref: Ref | None = None) -> str:
        """What a name stands for, acts by their full name.

        Raises:
            PeymanError: If it stands for nothing.
        """
        ref = ref or self.word.ref
        if ref is None:
            raise TypeError(self.word.name)
        name = value
        if ref is Ref.ACT and self.kind and "." not in value:
            name = f"{self.kind}.{value}"
        if not self.names.has(ref, name):
            raise self._unknown(value, ref)
        if ref is Ref.ACT and self.kind:
            self._check_kind(value, name.partition(".")[0])
        return name

    def _check_kind(self, value: str, kind: str) -> None:
        """A matter sees its own acts, and those of the matter under which it opened."""
        above = self.names.above.get(self.kind, frozenset())
        if kind == self.kind or (self.word.sees_above and kind in above):
            return
        kinds = " or ".join(f"'{one}'" for one in (self.kind, *sorted(above)))
        remedy = f"Name an act of the kind '{self.kind}': a matter sees only its own."
        if self.word.sees_above and above:
            remedy = f"Name an act of the kind {kinds}."
        raise self.refuse(f"'{value}' is an act of another kind of matter.", remedy)

    def _unknown(self, value: str, ref: Ref) -> PeymanError:
        known: Known = ref.value
        full = value
        if ref is Ref.ARTICLE and value.partition(" ")[0] not in self.names.of["texts"]:
            return self._no_text(value, value.partition(" ")[0])
        if ref is Ref.ACT and self.kind and "." not in value:
            full = f"{self.kind}.{value}"
        near = self.names.like(ref, value, self.kind)
        add = known.add.format(full)
        remedy = f"Write '{near}', or {add}." if near else f"A{add[1:]}."
        return self.refuse(f"There is no {known.what} '{value}'.", remedy)

    def _no_text(self, value: str, letter: str) -> PeymanError:
        letters = ", ".join(self.names.of["texts"])
        return self.refuse(
            f"The article '{value}' is of no text: [texts] has no letter '{letter}'.",
            f"Begin it with one of {letters}, or add '{letter}' to [texts].",
        )


def show(value: object) -> str:
    """A value as a message shows it.

    >>> show(True), show(5), show("x"), show([1]), show({})
    ('true', '5', "'x'", 'a list', 'a table')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return f"'{value}'" if isinstance(value, str) else str(value)
