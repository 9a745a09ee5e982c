"""Read the value of one line by the shape that its word has.

Each function takes a line and a value of TOML, and gives the value of the model: names
checked, acts under their full names, lists as tuples. What several lines must agree on is
asked in `peyman.charter.reading.checks`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from peyman.charter.model import Clauses, Several, Span, Spans
from peyman.charter.moment import is_span, zone_of
from peyman.charter.reading.names import At
from peyman.charter.reading.shapes import LANGUAGES, Ref, Shape
from peyman.charter.tally import is_share
from peyman.errors import PeymanError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PARTIES = re.compile(r"parties to (\S+)")
_MANY = 5
"""A span of so many digits leaves the years that a calendar has."""


def value_of(at: At, value: object) -> Any:
    """The value of the model for a line, or None where it is an empty list.

    Raises:
        PeymanError: If it is of the wrong kind or names what does not exist.
    """
    if value == []:
        return None
    return _SHAPES[at.word.shape](at, value)


def day(value: object) -> date | None:
    """A TOML date, and neither a time nor words that look like a date."""
    return value if type(value) is date else None


def _text(at: At, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise at.expected(value)
    return value


def _texts(at: At, value: object) -> tuple[str, ...]:
    texts = tuple(
        _text(at, one) for one in (value if isinstance(value, list) else [value])
    )
    for text in texts:
        if texts.count(text) > 1:
            problem = f"`{at.word.name}` names '{text}' twice."
            raise at.refuse(problem, "Keep one of them.")
    return texts


def _flag(at: At, value: object) -> bool:
    if not isinstance(value, bool):
        raise at.expected(value)
    return value


def _date(at: At, value: object) -> date:
    found = day(value)
    if found is None:
        raise at.expected(value)
    return found


def _dates(at: At, value: object) -> frozenset[date]:
    if not isinstance(value, list):
        raise at.expected(value)
    return frozenset(_date(at, one) for one in value)


def _choice(at: At, value: object) -> str:
    if value not in at.word.choices:
        raise at.expected(value)
    return str(value)


def _name(at: At, value: object) -> str:
    return at.name(_text(at, value))


def _names(at: At, value: object) -> tuple[str, ...]:
    return tuple(at.name(name) for name in _texts(at, value))


def _clauses(at: At, value: object) -> Clauses:
    parts = value if isinstance(value, list) else [value]
    return tuple(_clause(at, part) for part in parts)


def _opens(at: At, value: object) -> bool | str:
    if isinstance(value, bool):
        return value
    kind = at.name(_text(at, value))
    if kind == at.kind:
        problem = (
            f"A matter of the kind '{kind}' cannot open under one of its own kind."
        )
        raise at.refuse(problem, "Write true, or the kind of another matter.")
    return kind


def _done(at: At, value: object) -> tuple[Clauses, dict[str, str]]:
    """Tell apart acts that must be done, and acts that so many members must have done."""
    parts = value if isinstance(value, list) else [value]
    clauses: list[tuple[str, ...]] = []
    numbers: dict[str, str] = {}
    for part in parts:
        if isinstance(part, dict) and part and "any" not in part:
            counts = {name: _number(at, one) for name, one in part.items()}
            numbers |= {at.name(name): number for name, number in counts.items()}
        else:
            clauses.append(_clause(at, part))
    return tuple(clauses), numbers


def _number(at: At, value: object) -> str:
    """How many members: a number, `all`, or a share of those who may."""
    if type(value) is int and value > 0:
        return f"at least {value}"
    if value == "all" or (isinstance(value, str) and is_share(value)):
        return str(value)
    raise at.expected(value)


def _clause(at: At, value: object) -> tuple[str, ...]:
    if isinstance(value, dict):
        if tuple(value) != ("any",) or not value["any"]:
            raise at.expected(value)
        return _names(at, value["any"])
    return (_name(at, value),)


def _says(at: At, value: object) -> dict[str, str]:
    if isinstance(value, str):
        return {"en": _text(at, value)}
    if not isinstance(value, dict) or not value:
        raise at.expected(value)
    for language in value:
        if language not in LANGUAGES:
            raise at.refuse(
                f"`{at.word.name}` stands in '{language}', which is not a language of a charter.",
                "Write en, fa or ru.",
            )
    return {language: _text(at, words) for language, words in value.items()}


def _of(at: At, value: object) -> str:
    text = _text(at, value)
    found = _PARTIES.fullmatch(text)
    if found is not None:
        at.name(found[1], Ref.TEXT)
    elif text != "members":
        raise at.expected(value)
    return text


def _share(at: At, value: object) -> str:
    text = _text(at, value)
    if text in at.word.choices:
        return text
    numbers = [int(n) for n in re.findall(r"\d+", text)] if is_share(text) else [0]
    if 0 in numbers or (len(numbers) > 1 and numbers[0] > numbers[1]):
        raise at.expected(value)
    return text


def is_reckonable(text: str) -> bool:
    """Whether these words are a span that ends before the calendar does.

    >>> is_reckonable("5 working days"), is_reckonable("99999 years")
    (True, False)
    """
    number, _, unit = text.partition(" ")
    most = _MANY - 2 if unit.startswith("year") else _MANY - 1
    return is_span(text) and len(number) <= most


def _span(at: At, value: object) -> str:
    text = _text(at, value)
    if not is_reckonable(text):
        raise at.expected(value)
    return text


def _spans(at: At, value: object) -> dict[str, Span]:
    if not isinstance(value, dict) or not value:
        raise at.expected(value)
    spans = {at.name(name): _some_end(at, span) for name, span in value.items()}
    if len(spans) < len(value):
        raise at.refuse(
            f"`{at.word.name}` names one act twice.", "Keep one span for each act."
        )
    return spans


def _limits(at: At, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise at.expected(value)
    return {fact: _span(at, span) for fact, span in value.items()}


def _some_end(at: At, value: object) -> Span:
    """A span or a fact in words, or the later or the earlier of several."""
    if not isinstance(value, dict):
        return _text(at, value)
    which = tuple(value)
    ends = value.get(which[0]) if which in (("later",), ("earlier",)) else None
    if not isinstance(ends, list) or len(ends) < 2:
        raise at.expected(value)
    named = (str(end) if day(end) else _text(at, end) for end in ends)
    return Several(which[0], tuple(named))


def _lasts(at: At, value: object) -> Span | date | tuple[str, ...]:
    if isinstance(value, dict) and "while" in value:
        if tuple(value) != ("while",) or not value["while"]:
            raise at.expected(value)
        return _names(at, value["while"])
    return day(value) or _some_end(at, value)


def _facts(at: At, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise at.expected(value)
    return {fact: _text(at, words) for fact, words in value.items()}


def _readings(at: At, value: object) -> tuple[dict[str, str], ...]:
    if not isinstance(value, list) or len(value) < 2:
        raise at.expected(value)
    return tuple(_says(at, one) for one in value)


def _zone(at: At, value: object) -> str:
    text = _text(at, value)
    try:
        zone_of(text)
    except PeymanError:
        raise at.expected(value) from None
    return text


def _days(at: At, value: object) -> tuple[date, date]:
    first, last = _interval(at, _text(at, value))
    if last is None:
        raise at.expected(value)
    return first, last


def _bound(at: At, value: object) -> Spans:
    parts = value if isinstance(value, list) else [value]
    return tuple(_in_order(at, [_bound_once(at, part) for part in parts]))


def _bound_once(at: At, value: object) -> tuple[date, date | None]:
    found = day(value)
    return (found, None) if found else _interval(at, _text(at, value))


def _in_order(
    at: At, spans: list[tuple[date, date | None]]
) -> Iterator[tuple[date, date | None]]:
    end: date | None = date.min
    for span in spans:
        if end is None or span[0] < end:
            raise at.refuse(
                f"`{at.path[-1]}` is bound again from {span[0]}, before it left.",
                "Give the intervals in order, each after the one before.",
            )
        yield span
        end = span[1]


def _interval(at: At, text: str) -> tuple[date, date | None]:
    """Read `A/B`, or `A/..` for an open end."""
    first, slash, last = text.partition("/")
    begin, end = _edge(first), _edge(last)
    if not slash or begin is None or (end is None and last != ".."):
        raise at.expected(text)
    if end is not None and end <= begin:
        raise at.refuse(
            f"'{text}' does not end after it begins.", "Give the earlier day first."
        )
    return begin, end


def _edge(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_SHAPES: dict[Shape, Callable[[At, object], object]] = {
    Shape.TEXT: _text,
    Shape.TEXTS: _texts,
    Shape.FLAG: _flag,
    Shape.DATE: _date,
    Shape.DATES: _dates,
    Shape.CHOICE: _choice,
    Shape.NAME: _name,
    Shape.NAMES: _names,
    Shape.ALL_OR_ANY: _clauses,
    Shape.DONE: _done,
    Shape.OPENS: _opens,
    Shape.SAYS: _says,
    Shape.OF: _of,
    Shape.SHARE: _share,
    Shape.SPAN: _span,
    Shape.SPANS: _spans,
    Shape.LIMITS: _limits,
    Shape.LASTS: _lasts,
    Shape.FACTS: _facts,
    Shape.READINGS: _readings,
    Shape.ZONE: _zone,
    Shape.DAYS: _days,
    Shape.BOUND: _bound,
}
