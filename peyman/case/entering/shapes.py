"""The shapes that a value in the body of an entry may have, each with its own words.

Source: docs/record.md, section 3.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from peyman.charter.moment import read_moment
from peyman.errors import PeymanError


class Shape(NamedTuple):
    """What a value must look like, in words and as a test."""

    expects: str
    holds: Callable[[object], bool]


def _matches(pattern: str) -> Callable[[object], bool]:
    compiled = re.compile(pattern)
    return lambda x: isinstance(x, str) and compiled.fullmatch(x) is not None


def one_of(*words: str) -> Shape:
    """One of a few words."""
    return Shape(f"one of {', '.join(words)}", lambda x: x in words)


def many(shape: Shape) -> Shape:
    """A list of values of one shape."""
    return Shape(
        f"a list of {shape.expects}",
        lambda x: isinstance(x, list) and all(shape.holds(y) for y in x),
    )


def some(shape: Shape) -> Shape:
    """A list of values of one shape, and at least one."""
    each = many(shape)
    return Shape(f"{each.expects}, at least one", lambda x: each.holds(x) and bool(x))


def table(shape: Shape) -> Shape:
    """A table from any name to values of one shape."""
    return Shape(
        f"a table of {shape.expects}",
        lambda x: isinstance(x, Mapping) and all(shape.holds(y) for y in x.values()),
    )


def either(*shapes: Shape) -> Shape:
    """A value of any of these shapes."""
    return Shape(
        " or ".join(shape.expects for shape in shapes),
        lambda x: any(shape.holds(x) for shape in shapes),
    )


def record(**fields: Shape) -> Shape:
    """A table with these fields; a name that ends in `_` may be left out."""
    known = {name.rstrip("_"): shape for name, shape in fields.items()}
    needed = {name for name in fields if not name.endswith("_")}

    def holds(x: object) -> bool:
        return (
            isinstance(x, Mapping)
            and needed <= x.keys() <= known.keys()
            and all(known[name].holds(value) for name, value in x.items())
        )

    return Shape(f"a table of {', '.join(known)}", holds)


def checked(
    shape: Shape, also: str, holds: Callable[[Mapping[str, Any]], bool]
) -> Shape:
    """A table of a shape whose fields fit each other as well."""
    return Shape(
        f"{shape.expects}, {also}", lambda x: shape.holds(x) and holds(_table(x))
    )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or not _AT.fullmatch(value):
        return False
    try:
        read_moment(value, "Etc/UTC")
    except PeymanError:
        return False
    return True


def is_ordered(amount: Mapping[str, Any]) -> bool:
    """Whether an amount says something, and its bounds stand in their order."""
    said = [amount[name] for name in ("low", "value", "high") if name in amount]
    return bool(said) and said == sorted(said)


_AT = re.compile(r"unknown|[0-9]{4}-[0-9]{2}-[0-9]{2}.*")
ORDERED = "at least one of these, low not above high"

TEXT = Shape("text", lambda x: isinstance(x, str) and bool(x.strip()))
WHOLE = Shape(
    "a whole number",
    lambda x: isinstance(x, int) and not isinstance(x, bool) and x >= 0,
)
COMMITMENT = Shape("the commitment of an entry", _matches("[0-9a-f]{64}"))
MATTER = Shape("a matter, ENTRY/n", _matches(r"[0-9a-f]{64}/[1-9][0-9]{0,3}"))
_MEMBER = "[A-Z]{2}(-[A-Z0-9]{1,3})?"
MEMBER = Shape("a member's letters, such as KZ or US-LA", _matches(_MEMBER))
ACTOR = Shape(
    "an actor such as KZ or csto/council",
    _matches(f"{_MEMBER}|[a-z][a-z0-9_-]*/[a-z0-9_]+"),
)
PLACE = Shape("a place of the list of places", _matches("[a-z][a-z0-9-]*"))
AT = Shape("a date, an instant, A/B or unknown", _is_moment)
DURING = Shape(
    "an interval A/B, open ends as ..", _matches(r"(\.\.|\d{4}\S*)/(\.\.|\d{4}\S*)")
)
FACT = either(
    TEXT,
    WHOLE,
    many(TEXT),
    record(value=either(TEXT, WHOLE, many(TEXT)), words=TEXT),
)
AMOUNT = checked(record(value_=WHOLE, low_=WHOLE, high_=WHOLE), ORDERED, is_ordered)
SPAN = checked(
    record(start=WHOLE, end=WHOLE, text=TEXT),
    "end less start the length of text",
    lambda span: span["end"] - span["start"] == len(span["text"]),
)
