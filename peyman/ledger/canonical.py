"""Write and read canonical JSON, so that one value has exactly one sequence of bytes.

Writing is RFC 8785. Reading is strict: whatever would not be written in the same bytes
is refused, with the reason. Text is kept code point for code point: it is not normalised,
so composed and decomposed letters are different text.

Source: RFC 8785; docs/record.md, section 1.
"""

import json
import re
from collections import Counter
from typing import Any

import rfc8785

from peyman.errors import PeymanError
from peyman.ledger.strict import refuse, show

DEEPEST = 32
"""Objects and lists inside one another, the outermost counted."""

LARGEST = 2**53 - 1
"""The largest number, either way, that every JSON reader keeps exactly."""

_SURELY_EXACT = 15
"""Characters of a whole number that is surely below `LARGEST`."""

_ONE_TEXT = re.compile(r'\{"([^"\\\x00-\x1f]*)":"([^"\\\x00-\x1f]*)"\}')
"""An object of one text, as a note's body is: nothing in it to escape, or to put in order."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
"""A character beyond the first plane."""


def encode(value: Any) -> bytes:
    """Write a value of dicts, lists, tuples, text, numbers, truth and None.

    Raises:
        PeymanError: If a number is not finite or beyond `LARGEST`, text holds half a
            surrogate pair, or it is nested deeper than `DEEPEST`.

    >>> encode({"b": 1, "a": "یک"}).decode()
    '{"a":"یک","b":1}'
    """
    _limit(value, DEEPEST)
    try:
        return rfc8785.dumps(value)
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
        return parse_plain(data.decode("utf-8"))
    except (NotPlain, UnicodeDecodeError):
        pass  # Whether it is canonical, and why it is not, is told below.
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


class NotPlain(Exception):
    """It may be canonical or not: `parse_plain` does not say."""


def _whole(digits: str) -> int:
    if len(digits) > _SURELY_EXACT:
        raise NotPlain
    return int(digits)


def _unsure(_: str) -> Any:
    raise NotPlain


_READER = json.JSONDecoder(
    parse_int=_whole, parse_float=_unsure, parse_constant=_unsure
)
_WRITER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":")
)


def parse_plain(text: str) -> Any:
    """Read what nearly every entry is, six times faster: canonical, and nothing rare in it.

    Without fractions, large numbers, deep nesting and characters beyond the first plane,
    whose order in UTF-16 is another, Python's own writer writes what RFC 8785 asks for.

    Raises:
        NotPlain: If it is anything else.
    """
    if found := _ONE_TEXT.fullmatch(text):
        return {found[1]: found[2]}
    if text.count("{") + text.count("[") > DEEPEST:
        raise NotPlain
    if not text.isascii() and _ASTRAL.search(text):
        raise NotPlain
    try:
        value, _ = _READER.raw_decode(text)
        if _WRITER.encode(value) == text:
            return value
    except (ValueError, RecursionError):
        pass
    raise NotPlain


def _limit(value: Any, left: int) -> None:
    if isinstance(value, dict | list | tuple):
        if not left:
            raise refuse(
                f"This has no canonical JSON: nested deeper than {DEEPEST}.", 1
            )
        for inner in value.values() if isinstance(value, dict) else value:
            _limit(inner, left - 1)
    elif isinstance(value, float) and not abs(value) <= LARGEST:
        raise refuse(f"This has no canonical JSON: the number {value}.", 1)


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
