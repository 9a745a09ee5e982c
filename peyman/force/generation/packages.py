"""Mission-ready packages: named units that pledges can be made of, again and again."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("packages.toml")


@dataclass(frozen=True, slots=True)
class Package:
    """A unit that can be named instead of counted out.

    Attributes:
        capability: What it can do, in the words of requirement lines.
        quantity: How much of that, in the unit of the line.
        outsize: How many of its vehicles are wider than 3.1 m.
        source: Where its size comes from.
    """

    id: str
    capability: str
    quantity: int
    people: int
    vehicles: int
    tonnes: int
    outsize: int
    source: str


@cache
def packages() -> Mapping[str, Package]:
    """The packages that come with Peyman, by id."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))["package"]
    return {row["id"]: Package(**row) for row in read}


def package_for(capability: str) -> Package | None:
    """The package that can do this; None where there is none.

    >>> package_for("Guard of a fixed facility").people
    100
    """
    wanted = capability.casefold()
    found = (one for one in packages().values() if one.capability == wanted)
    return next(found, None)
