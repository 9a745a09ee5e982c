"""What may stand in one cell of a template: read from what a person typed, and written again.

A cell comes as text, as a number or as a date, as the office programme saw fit. What does not fit is
an error of that cell, told with what is expected; it never stops the reading of the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peyman.charter.moment import read_moment
from peyman.errors import PeymanError
from peyman.picture.places import places


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of cell.

    Attributes:
        expects: What may stand there, for the person who fills it in.
        read: Makes the value of an entry's body; raises ValueError for what does not fit.
        write: Makes what stands in the cell.
    """

    expects: str
    read: Callable[[Any], Any]
    write: Callable[[Any], str | int]


def _text(said: Any) -> str:
    return str(said).strip()


def _whole(said: Any) -> int:
    if isinstance(said, float) and not said.is_integer():
        raise ValueError
    number = int(said)
    if number < 0:
        raise ValueError
    return number


def _moment(said: Any) -> str:
    """A day or a moment; an office programme's own date has no zone, and is UTC."""
    if isinstance(said, datetime) and (said.hour or said.minute):
        said = f"{said:%Y-%m-%dT%H:%MZ}"
    elif isinstance(said, date):
        said = f"{said:%Y-%m-%d}"
    text = _text(said).replace(" ", "T", 1)
    try:
        read_moment(text, "UTC")
    except PeymanError as error:
        raise ValueError from error
    return text


def _place(said: Any) -> str:
    """A place by its id, or by one of its names in any of the three languages."""
    asked = _text(said).casefold()
    for place in places().values():
        names = (name for some in place.names.values() for name in some)
        if asked in (place.id, *(name.casefold() for name in names)):
            return place.id
    raise ValueError


def _member(said: Any) -> str:
    code = _text(said)
    if code != "all" and not (len(code) == 2 and code.isascii() and code.isupper()):
        raise ValueError
    return code


def _list(said: Any) -> list[str]:
    return [part.strip() for part in _text(said).split(";") if part.strip()]


def _amount(said: Any) -> dict[str, int]:
    """`70`, or `70-100`."""
    low, dash, high = str(said).replace("–", "-").partition("-")
    if not dash:
        return {"value": _whole(said)}
    found = {"low": _whole(low), "high": _whole(high)}
    if found["low"] > found["high"]:
        raise ValueError
    return found


def _write_amount(amount: Mapping[str, int]) -> str | int:
    if "value" in amount:
        return amount["value"]
    return f"{amount.get('low', 0)}-{amount.get('high', amount.get('low', 0))}"


def _table(said: Any) -> dict[str, int]:
    """`Il-76: 3; An-124: 1`."""
    pairs = [part.rpartition(":") for part in _list(said)]
    if not all(name.strip() for name, _, _ in pairs):
        raise ValueError
    return {name.strip(): _whole(count) for name, _, count in pairs}


def one_of(*words: str) -> Cell:
    """One of a few words."""

    def read(said: Any) -> str:
        if _text(said) not in words:
            raise ValueError
        return _text(said)

    return Cell(f"one of {', '.join(words)}", read, str)


TEXT = Cell("text", _text, str)
WHOLE = Cell("a whole number, 0 or more", _whole, int)
MOMENT = Cell("a day or a moment, as 2022-01-07 or 2022-01-07T14:00Z", _moment, str)
PLACE = Cell("a place of the list of places, by its id or its name", _place, str)
MEMBER = Cell("a member's two letters, or all", _member, str)
LIST = Cell("a list, parted by ;", _list, "; ".join)
AMOUNT = Cell("a whole number, or two as 70-100", _amount, _write_amount)
TABLE = Cell(
    "names with whole numbers, as Il-76: 3; An-124: 1",
    _table,
    lambda table: "; ".join(f"{name}: {count}" for name, count in table.items()),
)
