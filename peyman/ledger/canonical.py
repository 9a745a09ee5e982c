"""Write and read canonical JSON, so that one value has exactly one sequence of bytes.

Writing is RFC 8785. Reading is strict: whatever would not be written in the same bytes
is refused, with the reason. Text is kept code point for code point: it is not normalised,
so composed and decomposed letters are different text.

Source: RFC 8785; docs/record.md, section 1.
"""

import json
from collections import Counter
from typing import Any

import rfc8785

from peyman.errors import PeymanError
from peyman.ledger.strict import refuse, show

DEEPEST = 32
"""Objects and lists inside one another, the outermost counted."""

LARGEST = 2**53 - 1
"""The largest number, either way, that every JSON reader keeps exactly."""


def encode(value: Any) -> bytes:
    """Write a value of dicts, lists, tuples, text, numbers, truth and None.

    Raises:
        PeymanError: If a number is not finite or beyond `LARGEST`, text holds half a
            surrogate pair, or it is nested deeper than `DEEPEST`.

    >>> encode({"b": 1, "a": "یک"}).decode()
    '{"a":"یک","b":1}'
    """
    is_plain = _limit(value, DEEPEST)
    try:
        return _PLAIN(value).encode() if is_plain else rfc8785.dumps(value)
    except ValueError as error:
        is_text = isinstance(error.__cause__ or error, UnicodeError)
        reason = "text with half a surrogate pair" if is_text else str(error)
        raise refuse(f"This has no canonical JSON: {reason}.", 1) from None


def parse(data: bytes, what: str) -> Any:
    """Read canonical JSON, and nothing else.

    Raises:
        PeymanError: If the bytes are not the one canonical way to write the value.

    >>> parse(b'{"a":1}', "It")
    {'a': 1}
    """
    try:
        value = json.loads(data.decode("utf-8"))
        again = encode(value)
    except (ValueError, RecursionError) as error:
        raise refuse(f"{what} is not canonical JSON: {_reason(error)}.", 1) from None
    except PeymanError as error:
        reason = error.problem.removeprefix("This has no canonical JSON: ")
        raise refuse(f"{what} is not canonical JSON: {reason}", 1) from None
    if again != data:
        raise refuse(f"{what} is not canonical JSON: {_difference(data)}.", 1)
    return value


_PLAIN = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode
"""Writes what is plain in the bytes of RFC 8785, many times faster than `rfc8785`."""


def _limit(value: Any, left: int) -> bool:
    """Refuse what no canonical JSON has; say whether the rest is plain.

    Plain is text, truth, None and whole numbers under names of ASCII: where the two
    writers cannot differ. They do in fractions, and in the order of other names.
    """
    if isinstance(value, str) or value is None:
        return True
    if isinstance(value, dict | list | tuple):
        if not left:
            raise refuse(
                f"This has no canonical JSON: nested deeper than {DEEPEST}.", 1
            )
        names = value if isinstance(value, dict) else ()
        inner = value.values() if isinstance(value, dict) else value
        is_plain = [_limit(one, left - 1) for one in inner]
        return all(is_plain) and all(
            isinstance(name, str) and name.isascii() for name in names
        )
    if isinstance(value, float) and not abs(value) <= LARGEST:
        raise refuse(f"This has no canonical JSON: the number {value}.", 1)
    return isinstance(value, int) and abs(value) <= LARGEST


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, RecursionError):
        return f"nested deeper than {DEEPEST}"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at byte {error.pos}"
    return "a number is too long"


def _difference(data: bytes) -> str:
    """Say what makes readable JSON not canonical; only asked once it is known to be."""
    doubled: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        counted = Counter(name for name, _ in pairs)
        doubled.extend(name for name, times in counted.items() if times > 1)
        return dict(pairs)

    json.loads(data, object_pairs_hook=note)
    if doubled:
        return f"the name {show(doubled[0])} stands twice in one object"
    return "the same value is written in another way"
