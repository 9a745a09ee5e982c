"""Places by name in three languages: where they are, and in which zone.

The list is `places.toml`, checked by hand. A name that can also be something else (the
Persian name of Dushanbe is also Monday) is settled where it stands, in `reading.times`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peyman.picture.reading.languages.lexicon import pattern

_FILE = Path(__file__).with_name("places.toml")


@dataclass(frozen=True, slots=True)
class Place:
    """A place. Latitude and longitude are degrees north and east, WGS 84.

    Attributes:
        id: Its name in this project: `almaty`, or `kz` for a country.
        kind: country, city, region, airport or facility.
        member: The state that it lies in, ISO 3166 alpha-2.
        zone: The IANA name of its zone.
        slug: For a country, what heads the names of its offices: `kazakhstan`.
        names: Names by language, the usual one first.
    """

    id: str
    kind: str
    member: str
    zone: str
    latitude: float
    longitude: float
    slug: str | None
    names: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a folded text."""

    place: Place
    start: int
    end: int


@cache
def places() -> dict[str, Place]:
    """All places, by id."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))["place"]
    return {
        row["id"]: Place(
            row["id"],
            row["kind"],
            row["member"],
            row["zone"],
            row["at"][0],
            row["at"][1],
            row.get("slug"),
            {language: tuple(row[language]) for language in ("en", "fa", "ru")},
        )
        for row in read
    }


def country(member: str) -> Place:
    """The country of a member.

    >>> country("KZ").slug
    'kazakhstan'
    """
    return places()[member.lower()]


@cache
def _named(language: str) -> tuple[tuple[str, Place], ...]:
    """Patterns of all names, the longest first, with their places."""
    named = [
        (pattern(name, language), place)
        for place in places().values()
        for name in place.names[language]
    ]
    return tuple(sorted(named, key=lambda row: (-len(row[0]), row[0])))


@cache
def _finder(language: str) -> "re.Pattern[str]":
    # No groups: an alternation of plain names is several times faster.
    names = "|".join(name for name, _ in _named(language))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


@cache
def _place_of(words: str, language: str) -> Place:
    """The place that matched words name."""
    return next(place for name, place in _named(language) if re.fullmatch(name, words))


def mentions(folded: str, start: int, end: int, language: str) -> tuple[Mention, ...]:
    """Places named in a stretch of folded text, in order, the longest name first."""
    return tuple(
        Mention(_place_of(match.group(), language), match.start(), match.end())
        for match in _finder(language).finditer(folded, start, end)
    )
