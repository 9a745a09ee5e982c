"""Read plain JSON into frozen dataclasses, strictly: an error names the field and what it may be.

For the movement problem and its plan, which come from other people's tools. Unknown fields,
missing fields, texts where numbers belong and numbers below their least are refused. What
the numbers mean for each other (a cycle, an airfield that is not listed) is not asked here.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from peyman.errors import PeymanError

AUTHORITY: Final = "docs/force.md, the fields of a problem and of a plan"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Least:
    """The least that a number may be."""

    value: int


MOST: Final = (1 << 53) - 1
"""Up to there every program that reads JSON has the same whole numbers (RFC 7493, 2.2)."""
Natural = Annotated[int, Least(0)]
Positive = Annotated[int, Least(1)]


class Unreadable(PeymanError):
    """A field of a problem or a plan that cannot be what it says."""

    def __init__(self, where: str, found: object, wanted: str) -> None:
        super().__init__(
            f"{where} is {_shown(found)}; it has to be {wanted}.",
            authority=AUTHORITY,
            remedy=f"Correct {where}, or leave the row out and plan the rest.",
        )


def read(kind: type[T], found: object, where: str) -> T:
    """One dataclass from a JSON object.

    Raises:
        Unreadable: If a field is missing, unknown, of another type, or too small.
    """
    if not isinstance(found, Mapping):
        raise Unreadable(where, found, "an object with named fields")
    known: dict[str, Field[Any]] = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    for name in found:
        if name not in known:
            raise Unreadable(f"{where}.{name}", found[name], "left out: no such field")
    hints = hints_of(kind, include_extras=True)
    values = {}
    for name, one in known.items():
        if name in found:
            values[name] = _value(hints[name], found[name], f"{where}.{name}")
        elif one.default is MISSING and one.default_factory is MISSING:
            raise Unreadable(f"{where}.{name}", None, "given")
    return kind(**values)


IF_SAID: Final = {"is_left_out": True}
"""Metadata of a field that came later: where it says nothing it is left out, so that what was
written before it keeps its bytes and its digest."""


def write(one: Any) -> dict[str, Any]:
    """The JSON object that `read` takes back."""
    kind: Any = type(one)
    return {
        name: value if type(value) in _SIMPLE else _plain(value)
        for name, left_out in _written(kind)
        if (value := getattr(one, name)) != left_out
    }


@cache
def _written(kind: Any) -> tuple[tuple[str, object], ...]:
    """The fields of a dataclass, each with the value for which it is left out."""
    never = object()
    return tuple(
        (one.name, _unsaid(one) if one.metadata == IF_SAID else never)
        for one in fields(kind)
    )


def _unsaid(one: Field[Any]) -> object:
    return one.default if one.default_factory is MISSING else one.default_factory()


def digest(one: Any) -> str:
    """SHA-256, in hex, of the JSON object with sorted names and no spaces."""
    text = json.dumps(write(one), sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> object:
    if isinstance(value, tuple):
        return tuple(one if type(one) in _SIMPLE else _plain(one) for one in value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return write(value) if is_dataclass(value) else value


def _value(hint: Any, found: object, where: str) -> object:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _number(found, inner[1].value, where)
    if origin in (Union, UnionType):
        return None if found is None else _value(inner[0], found, where)
    if origin is tuple:
        return _row(inner, found, where)
    if origin is dict:
        return _table(inner[1], found, where)
    if origin is Literal:
        return _word(inner, found, where)
    if is_dataclass(hint):
        return read(hint, found, where)  # type: ignore[arg-type]
    if not isinstance(found, hint) or (hint is int and isinstance(found, bool)):
        raise Unreadable(where, found, _NAMES[hint])
    return found


_SIMPLE: Final = frozenset((str, int, bool, type(None)))
_NAMES: Final = {str: "a text", bool: "true or false", int: "a whole number"}


def _number(found: object, least: int, where: str) -> int:
    if type(found) is not int or found < least:
        raise Unreadable(where, found, f"a whole number, at least {least}")
    if found > MOST:
        raise Unreadable(where, found, f"a whole number, at most {MOST}")
    return found


def _word(inner: tuple[str, ...], found: object, where: str) -> object:
    if found not in inner:
        raise Unreadable(where, found, "one of " + ", ".join(inner))
    return found


def _table(inner: Any, found: object, where: str) -> dict[str, object]:
    if not isinstance(found, Mapping):
        raise Unreadable(where, found, "an object")
    return {
        str(name): _value(inner, one, f"{where}.{name}") for name, one in found.items()
    }


def _row(inner: tuple[Any, ...], found: object, where: str) -> tuple[object, ...]:
    if not isinstance(found, list | tuple):
        raise Unreadable(where, found, "a list")
    if inner[-1] is ...:
        return tuple(
            _value(inner[0], one, f"{where}[{i}]") for i, one in enumerate(found)
        )
    if len(found) != len(inner):
        raise Unreadable(where, found, f"a list of {len(inner)}")
    return tuple(
        _value(hint, one, f"{where}[{i}]")
        for i, (hint, one) in enumerate(zip(inner, found, strict=True))
    )


def _shown(found: object) -> str:
    if found is None:
        return "not given"
    text = json.dumps(found, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:37]}..."
