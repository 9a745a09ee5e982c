"""Read the parts of an entry strictly: what is not in the format is refused.

Every function takes a value out of parsed JSON or TOML and what it is called, and gives
it back typed, or raises `PeymanError` with words that name it. Nothing here knows a kind
of entry: those are in `peyman.ledger.entries.entry` and `peyman.ledger.entries.bodies`.

Source: docs/record.md.
"""

import base64
import binascii
import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from peyman.errors import PeymanError
from peyman.saying import say

Item = TypeVar("Item")

LONGEST_NAME = 128
"""Code points in an origin, an office, an identifier."""

LONGEST_SHOWN = 80
"""Characters of a value that an error quotes."""

_PART = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"
_HEX = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(_PART)
_ORIGIN = re.compile(rf"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?/{_PART}")
_OFFICE = re.compile(rf"[A-Z]{{2}}|{_PART}/{_PART}")
_PATH = re.compile(rf"{_PART}(?:/{_PART})*")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
_VERSION = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")
# Years 1900 to 2999, so that no zone and no sum of days leaves the calendar.
_DATE = re.compile(r"(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")
_CLOCK = r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
_INSTANT = re.compile(_DATE.pattern + _CLOCK)
_ENTERED = re.compile(_DATE.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What moves a cursor, turns text around or is not seen.

A list and not a property that Unicode gives: what the format takes may not change with
the version of a library. The joiners and marks of direction that Persian needs are not in it.
"""

_JOINERS = "\u200c\u200d"

_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)
"""A day begins somewhere from 14 hours before to 12 hours after it does in UTC."""


def authority(section: int) -> str:
    """Name a section of the format, as errors and faults cite it."""
    return say("docs/record.md, section {words}", words=section)


def refuse(problem: str, section: int, remedy: str | None = None) -> PeymanError:
    """Make the error for something that is not in the format."""
    return PeymanError(
        problem,
        authority=authority(section),
        remedy=remedy or say("Correct it, or ask whoever made it for a sound copy."),
    )


def show(value: Any) -> str:
    """Show a stranger's value in an error: short, and without what moves a cursor."""
    try:
        shown = repr(value)
    except RecursionError:
        shown = "something nested too deep to show"
    return shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "…"


def escaped(text: str) -> str:
    r"""Write a stranger's text on one line, whatever cannot be printed written out.

    >>> escaped("a\x1b[2J")
    'a\\x1b[2J'
    """
    return "".join(
        one if one.isprintable() or one in _JOINERS else ascii(one)[1:-1]
        for one in text
    )


def table(
    value: Any, what: str, required: Collection[str], optional: Collection[str] = ()
) -> dict[str, Any]:
    """Read an object with exactly these fields, in no order."""
    if not isinstance(value, dict):
        raise refuse(f"{what} is not an object.", 1)
    if value.keys() == {*required}:
        return value
    if strange := sorted(value.keys() - {*required, *optional}):
        raise refuse(
            f"{what} has a field that the format lacks: {show(strange[0])}.", 1
        )
    if missing := sorted(set(required) - value.keys()):
        raise refuse(f"{what} lacks the field {missing[0]}.", 1)
    return value


def items(value: Any, what: str, read: Callable[[Any, str], Item]) -> tuple[Item, ...]:
    """Read a list, each item by `read`."""
    if not isinstance(value, list):
        raise refuse(f"{what} is not a list.", 1)
    return tuple(read(one, f"{what}[{n}]") for n, one in enumerate(value))


def distinct(values: Collection[str], what: str) -> None:
    """Refuse a list that names the same thing twice."""
    if len(set(values)) != len(values):
        raise refuse(f"{what} names something twice.", 1)


def text(value: Any, what: str) -> str:
    """Read one line of free text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise refuse(f"{what} is not text.", 1)
    if found := _UNSEEN.search(value):
        raise refuse(f"{what} holds {found[0]!a}, which cannot be shown.", 1)
    return value


def whole(value: Any, what: str) -> int:
    """Read a whole number from 0 up."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise refuse(f"{what} is not a whole number from 0 up.", 1)
    return value


def truth(value: Any, what: str) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise refuse(f"{what} is neither true nor false.", 1)
    return value


def one_of(value: Any, what: str, words: Collection[str]) -> str:
    """Read one of some words."""
    if not isinstance(value, str) or value not in words:
        known = ", ".join(sorted(words))
        raise refuse(f"{what} is {show(value)}, which is none of: {known}.", 1)
    return value


def _shaped(pattern: re.Pattern[str], kind: str) -> Callable[[Any, str], str]:
    def read(value: Any, what: str) -> str:
        fits = isinstance(value, str) and pattern.fullmatch(value)
        if not fits or len(value) > LONGEST_NAME:
            raise refuse(f"{what} is {show(value)}, which is not {kind}.", 1)
        return str(value)

    return read


digest = _shaped(_HEX, "64 hexadecimal digits in lower case")
identifier = _shaped(_ID, "an identifier in lower case")
origin = _shaped(_ORIGIN, "an origin HOST/CASE in lower case")
office = _shaped(_OFFICE, "an office CHARTER/OFFICE or a member's two capital letters")
file_path = _shaped(_PATH, "a path in lower case")
zone = _shaped(_ZONE, "the name of a time zone")
version = _shaped(_VERSION, "a version")


def paths(value: Any, what: str) -> dict[str, str]:
    """Read an object of paths, each with the digest of its file; at least one."""
    if not isinstance(value, dict) or not value:
        raise refuse(f"{what} lists no file.", 1)
    for path, listed in value.items():
        file_path(path, f"a path in {what}")
        digest(listed, f"{what}, {path}")
    return value


def base64_bytes(value: Any, what: str, length: int | None = None) -> bytes:
    """Read standard base64 with its padding, in the one way that it can be written."""
    try:
        found = base64.b64decode(value, validate=True) if value.isascii() else b""
    except (binascii.Error, ValueError, AttributeError, TypeError):
        found = b""
    if not found or base64.b64encode(found).decode() != value:
        raise refuse(f"{what} is not strict base64.", 1)
    if length is not None and len(found) != length:
        raise refuse(f"{what} has {len(found)} bytes, not {length}.", 1)
    return found


def entered(value: Any, what: str) -> str:
    """Read an instant in UTC in whole seconds, `2022-01-05T20:00:00Z`."""
    if isinstance(value, str) and _ENTERED.fullmatch(value) and _exists(value):
        return value
    raise refuse(f"{what} is {show(value)}, which is not an instant …Z in seconds.", 2)


def published(value: Any, what: str) -> str:
    """Read a date, an instant, or `unknown`."""
    if isinstance(value, str) and (value == "unknown" or _is_point(value)):
        return value
    raise refuse(f"{what} is {show(value)}: no date, no instant and not unknown.", 1)


def moment(value: Any, what: str) -> str:
    """Read the field `at`: a date, an instant, `A/B`, or `unknown`.

    Whether an interval that mixes a date with an instant runs forwards depends on the
    zone; only what runs backwards in every zone is refused here.
    """
    if not isinstance(value, str) or value.count("/") != 1:
        return published(value, what)
    start, end = value.split("/")
    if not (_is_point(start) and _is_point(end)):
        raise refuse(f"{what} is {show(value)}, which is not an interval A/B.", 1)
    if not _may_precede(start, end):
        raise refuse(f"{what} is {value!r}, which does not run forwards.", 1)
    return value


def _is_point(value: str) -> bool:
    fits = _DATE.fullmatch(value) or _INSTANT.fullmatch(value)
    return bool(fits) and _exists(value)


def _exists(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _may_precede(start: str, end: str) -> bool:
    if "T" not in start and "T" not in end:
        return date.fromisoformat(start) < date.fromisoformat(end)
    return _bound(start, -_EAST) < _bound(end, _WEST)


def _bound(point: str, slack: timedelta) -> timedelta:
    """Count from 1970, in UTC."""
    if "T" in point:
        return datetime.fromisoformat(point) - datetime(1970, 1, 1, tzinfo=UTC)
    return date.fromisoformat(point) - date(1970, 1, 1) + slack


Table = Mapping[str, Any]
"""A parsed JSON object."""
