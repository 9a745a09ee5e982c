"""The JSON Schema of a charter, for editors: completion, explanation, a first check.

Made from the vocabulary, so that it knows every word and no other. It sees one line at a
time: whether a name stands for something, and whether lines agree, only
`peyman.charter.read` can say. Draft 4, which the common language server for TOML reads; a
TOML date is a string of the format `date` to it.
"""

import re
from collections.abc import Mapping
from typing import Any

from peyman.charter.language import TABLES, VERSIONS
from peyman.charter.reading.shapes import LANGUAGES, Shape, Table, Word

Json = dict[str, Any]

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SPAN = r"[0-9]{1,4} (hour|day|working day|week|month|year)s?"

_TEXT: Json = {"type": "string", "pattern": r"\S"}
_DATE: Json = {"type": "string", "format": "date", "pattern": f"^{DAY}$"}
_INTERVAL: Json = {"type": "string", "pattern": rf"^{DAY}/({DAY}|\.\.)$"}
_GONE: Json = {"type": "array", "maxItems": 0}
"""An empty list, which takes a line away."""


def _list_of(one: Json) -> Json:
    return {"type": "array", "items": one, "minItems": 1}


def _one_or_many(one: Json) -> Json:
    return {"anyOf": [one, _list_of(one)]}


def _table_of(value: Json) -> Json:
    return {"type": "object", "additionalProperties": value, "minProperties": 1}


def _only(key: str, value: Json) -> Json:
    return {
        "type": "object",
        "properties": {key: value},
        "required": [key],
        "additionalProperties": False,
    }


_NAMES = _one_or_many(_TEXT)
_NUMBER: Json = {"anyOf": [{"type": "integer", "minimum": 1}, _TEXT]}
_CLAUSE: Json = {"anyOf": [_TEXT, _only("any", _NAMES)]}
_SAYS: Json = {
    "type": "object",
    "properties": dict.fromkeys(LANGUAGES, _TEXT),
    "additionalProperties": False,
    "minProperties": 1,
}

_MANY_ENDS = _list_of({"anyOf": [_TEXT, _DATE]})
_ENDS = [_TEXT, _only("later", _MANY_ENDS), _only("earlier", _MANY_ENDS)]
"""A span, or the later or earlier of several."""

_SHAPES: Mapping[Shape, Json] = {
    Shape.TEXT: _TEXT,
    Shape.TEXTS: _NAMES,
    Shape.FLAG: {"type": "boolean"},
    Shape.DATE: _DATE,
    Shape.DATES: {"type": "array", "items": _DATE},
    Shape.CHOICE: {"type": "string"},
    Shape.NAME: _TEXT,
    Shape.NAMES: _NAMES,
    Shape.ALL_OR_ANY: _one_or_many(_CLAUSE),
    Shape.DONE: _one_or_many({"anyOf": [*_CLAUSE["anyOf"], _table_of(_NUMBER)]}),
    Shape.OPENS: {"anyOf": [{"type": "boolean"}, _TEXT]},
    Shape.FACTS: _table_of(_TEXT),
    Shape.READINGS: {
        "type": "array",
        "items": {"anyOf": [_TEXT, _SAYS]},
        "minItems": 2,
    },
    Shape.SAYS: {"anyOf": [_TEXT, _SAYS]},
    Shape.OF: {"type": "string", "pattern": r"^(members|parties to \S+)$"},
    Shape.SHARE: {"type": "string", "pattern": r"^(at least|more than) \d+(/\d+)?$"},
    Shape.SPAN: {"type": "string", "pattern": f"^{_SPAN}$"},
    Shape.SPANS: _table_of({"anyOf": _ENDS}),
    Shape.LIMITS: _table_of(_TEXT),
    Shape.LASTS: {"anyOf": [*_ENDS, _DATE, _only("while", _NAMES)]},
    Shape.ZONE: {"type": "string", "pattern": r"^\S+$"},
    Shape.DAYS: {"type": "string", "pattern": f"^{DAY}/{DAY}$"},
    Shape.BOUND: _one_or_many({"anyOf": [_DATE, _INTERVAL]}),
}


def schema() -> Json:
    """The JSON Schema of a charter file."""
    tables = {name: _file_table(t) for name, t in TABLES.items() if name != "acts"}
    acts = TABLES["acts"]
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "A charter",
        "description": "A treaty or statute as data: docs/charter-language.md",
        "type": "object",
        "properties": {"title": {**_TEXT, "description": "its name"}, **tables},
        "required": ["title", *(n for n, t in TABLES.items() if t.is_required)],
        "additionalProperties": {
            "type": "object",
            "description": "a kind of matter, with its acts",
            "additionalProperties": _provision(acts),
        },
    }


def _file_table(table: Table) -> Json:
    """A table of the file, or the table of all tables of a kind."""
    if table.is_dated:
        found: Json = {"type": "object", "additionalProperties": _provision(table)}
    elif table.words:
        found = _lines(table.words, {})
        found["required"] = _required(table)
    else:
        value = _SHAPES[table.shape] if table.shape else {}
        found = {"type": "object", "additionalProperties": value}
        if table.name == "parties":
            found = {"type": "object", "additionalProperties": found}
    return {**found, "description": f"{table.header}: {table.means}"}


def _provision(table: Table) -> Json:
    """One table with its versions and its forms."""
    first = {name: VERSIONS[name] for name in VERSIONS if name != "repealed"}
    later = {name: VERSIONS[name] for name in VERSIONS if name != "from"}
    found = _lines(table.words, first)
    found["patternProperties"] = {f"^{DAY}$": _lines(table.words, later)}
    if table.has_forms:
        found["additionalProperties"] = _lines(table.words, {})
    if required := _required(table):
        found["required"] = required
    return {**found, "description": f"{table.header}: {table.means}"}


def _required(table: Table) -> list[str]:
    return [word.name for word in table.words.values() if word.is_required]


def _lines(words: Mapping[str, Word], versions: Mapping[str, Word]) -> Json:
    """A table that holds these words, and no other."""
    properties = {name: _line(word) for name, word in words.items()}
    properties |= {name: _value(word) for name, word in versions.items()}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _line(word: Word) -> Json:
    """The value of a word, which a later version may take away."""
    value = _value(word)
    explained = value.pop("description")
    return {"anyOf": [value, _GONE], "description": explained}


def _value(word: Word) -> Json:
    shape = _SHAPES[word.shape]
    if word.choices:
        chosen: Json = {"enum": list(word.choices)}
        shape = chosen if word.shape is Shape.CHOICE else {"anyOf": [shape, chosen]}
    lead = re.sub(r"^([a-z])", lambda one: one[1].upper(), word.means)
    return {**shape, "description": f"{lead}. Without it: {word.default}."}
