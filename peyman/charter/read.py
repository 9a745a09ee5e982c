"""Read a charter: TOML in, a `model.Charter` out, or the one line that is wrong.

A walk over the vocabulary of `peyman.charter.language`. The first mistake found refuses
the whole file: with its line, what was expected, the nearest known name. Nothing is
guessed, and no word is passed over.

Source: docs/charter-language.md.
"""

import re
from pathlib import Path as File
from typing import Any

from peyman.charter.language import TABLES
from peyman.charter.model import Charter, Spans, Unsure
from peyman.charter.reading.checks import Checks
from peyman.charter.reading.consolidate import Provision, Reader
from peyman.charter.reading.lines import Page
from peyman.charter.reading.names import At, Names, Raw, gather, kinds
from peyman.charter.reading.outline import check_names, check_tables, parse
from peyman.charter.reading.shapes import Word
from peyman.charter.reading.texts import Provisions, texts_of
from peyman.charter.reading.values import is_reckonable, value_of

_KEYS = {
    "texts": re.compile(r"[A-Z]"),
    "members": re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?"),
    "parties": re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?"),
    "reading": re.compile(r".*\S.*"),
    "names": re.compile(r".*"),
}


def load_charter(path: File) -> Charter:
    """Read the charter in a file; its id is the file's name without `.toml`.

    Raises:
        PeymanError: If it is no charter.
    """
    return read_charter(path.read_bytes(), id=path.stem, name=path.name)


def read_charter(data: bytes, *, id: str, name: str) -> Charter:  # noqa: A002
    """Read a charter.

    Args:
        data: The bytes of its TOML file.
        id: What its names carry outside: `csto` of `csto/council`.
        name: The file's name, for messages.

    Raises:
        PeymanError: If it is no TOML, or has a word, name or value that no charter has.
    """
    page, raw = parse(data, name)
    check_tables(page, raw)
    names = gather(raw)
    check_names(page, raw, names)
    plain = _Plain(page, names, raw)
    reckoning = plain.reckoning()
    reading = plain.table("reading")
    parties = plain.parties()
    provisions = _provisions(page, names, raw)
    checks = Checks(page, frozenset(reading), frozenset(parties), "members" in raw)
    for table in provisions.values():
        for one in table:
            checks.table(one)
    checks.kinds(provisions["acts"])
    return Charter(
        id=id,
        title=raw["title"],
        texts=plain.table("texts"),
        zone=reckoning["zone"],
        holidays=reckoning.get("holidays") or frozenset(),
        reading=reading,
        parties=parties,
        versions=texts_of(page, provisions),
        unsure=_unsure(provisions),
        names=tuple(act.name for act in provisions["acts"]),
        called=plain.table("names"),
        notice=reckoning.get("notice") or "sent",
    )


class _Plain:
    """The tables whose keys are names, and the reckoning: none of them has versions."""

    def __init__(self, page: Page, names: Names, raw: Raw) -> None:
        self._page = page
        self._names = names
        self._raw = raw

    def table(self, *path: str) -> dict[str, Any]:
        """The values of a table whose keys are names."""
        table = TABLES[path[0]]
        raw = self._raw
        for key in path:
            raw = raw.get(key, {})
        read: dict[str, Any] = {}
        for key, value in raw.items():
            shape = table.shape
            if shape is None:
                raise TypeError(table.name)
            word = Word(key, shape, table.means)
            at = At(self._page, self._names, table, word, (*path, key))
            if not _KEYS[table.name].fullmatch(key) or is_reckonable(key):
                problem = f"'{key}' cannot be the key of {table.a}."
                raise at.refuse(problem, f"Use {table.keys}.")
            if value == []:
                raise at.expected(value)
            read[key] = value_of(at, value)
        return read

    def parties(self) -> dict[str, dict[str, Spans]]:
        """Letter of each text whose parties are known, to its members."""
        everywhere = self.table("members")
        found: dict[str, dict[str, Spans]] = {}
        for letter in self._raw["texts"]:
            if letter in self._raw.get("parties", {}):
                found[letter] = self.table("parties", letter)
            elif "members" in self._raw:
                found[letter] = everywhere
        return found

    def reckoning(self) -> dict[str, Any]:
        """The values of `[reckoning]`."""
        reader = Reader(self._page, self._names, TABLES["reckoning"])
        return reader.plain(("reckoning",), self._raw["reckoning"])


def _provisions(page: Page, names: Names, raw: Raw) -> Provisions:
    found: dict[str, tuple[Provision, ...]] = {}
    for table in TABLES.values():
        if table.is_dated:
            reader = Reader(page, names, table)
            tops = kinds(raw) if table.name == "acts" else (table.name,)
            found[table.name] = tuple(
                reader.provision((top, key), value)
                for top in tops
                for key, value in raw.get(top, {}).items()
            )
    return found


def _unsure(provisions: Provisions) -> tuple[Unsure, ...]:
    every = [
        one for table in provisions.values() for act in table for one in act.unsure
    ]
    return tuple(sorted(every, key=lambda one: (one.first, one.last, one.table)))
