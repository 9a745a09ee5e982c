"""Aircraft and airfields as a plan takes them, every figure with its source.

The figures are data, in `aircraft.toml` and `airfields.toml`; here they are only read. What
no public source tells, ramps above all, is an assumption and says so, and whoever plans with
better figures puts them in its place.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
FIGURES = (
    "payload_t",
    "seats",
    "hold_m",
    "places",
    "cruise_kmh",
    "runway_m",
    "load_min",
    "unload_min",
    "turn_min",
    "duty_h",
    "rest_h",
)
"""What is known of an aircraft by number, each under a source of its own."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from; `checked` is text, memory or assumption."""

    words: str
    checked: str


@dataclass(frozen=True, slots=True)
class Aircraft:
    """A type of aircraft.

    Attributes:
        id: Its name here; `also` are others that a report may use.
        payload_t: Pairs of range in km and tonnes, the ranges rising.
        places: How many vehicles it carries, if nothing else.
        rolls: Whether vehicles drive in.
        outsize: Whether vehicles wider than 3.1 m fit.
        sources: Field to where its figure comes from.
    """

    id: str
    also: tuple[str, ...]
    rolls: bool
    outsize: bool
    payload_t: tuple[tuple[float, float], ...]
    seats: int
    hold_m: tuple[float, ...]
    places: int
    cruise_kmh: int
    runway_m: int
    load_min: int
    unload_min: int
    turn_min: int
    duty_h: int
    rest_h: int
    sources: Mapping[str, Source]

    def carries_t(self, range_km: float) -> float:
        """The most tonnes that it carries over a range, 0 beyond its reach.

        >>> [aircraft()["Il-76MD"].carries_t(km) for km in (1000, 3925, 9000)]
        [47.0, 43.5, 0.0]
        """
        first_km, most = self.payload_t[0]
        if range_km <= first_km:
            return float(most)
        for (near_km, near_t), (far_km, far_t) in pairwise(self.payload_t):
            if range_km <= far_km:
                along = (range_km - near_km) / (far_km - near_km)
                return near_t + along * (far_t - near_t)
        return 0.0


@dataclass(frozen=True, slots=True)
class Airfield:
    """A place with a runway.

    Attributes:
        working: How many aircraft are loaded or unloaded at once (working MOG).
        parking: How many stand there at once (parking MOG).
    """

    place: str
    code: str
    runway_m: int
    working: int
    parking: int
    sources: Mapping[str, Source]


@cache
def aircraft() -> Mapping[str, Aircraft]:
    """Every type of aircraft, by its id."""
    return {row["id"]: _aircraft(row) for row in _rows("aircraft")}


@cache
def airfields() -> Mapping[str, Airfield]:
    """Every airfield, by the place that it is."""
    return {row["place"]: _airfield(row) for row in _rows("airfield")}


def type_of(name: str) -> Aircraft | None:
    """The aircraft that a report names, whatever alphabet; None for one not in the table.

    >>> type_of("Ил-76").id, type_of("Concorde")
    ('Il-76MD', None)
    """
    return _by_name().get(name.casefold())


@cache
def _by_name() -> Mapping[str, Aircraft]:
    return {
        name.casefold(): one
        for one in aircraft().values()
        for name in (one.id, *one.also)
    }


def _rows(kind: str) -> Sequence[dict[str, Any]]:
    name = {"aircraft": "aircraft.toml", "airfield": "airfields.toml"}[kind]
    read: Sequence[dict[str, Any]] = tomllib.loads(
        (_HERE / name).read_text(encoding="utf-8")
    )[kind]
    return read


def _aircraft(row: Mapping[str, Any]) -> Aircraft:
    figures = {name: row[name]["value"] for name in FIGURES}
    figures["payload_t"] = tuple((km, t) for km, t in figures["payload_t"])
    figures["hold_m"] = tuple(figures["hold_m"])
    return Aircraft(
        id=row["id"],
        also=tuple(row["also"]),
        rolls=row["rolls"],
        outsize=row["outsize"],
        sources=_sources(row, FIGURES),
        **figures,
    )


def _airfield(row: Mapping[str, Any]) -> Airfield:
    names = ("runway_m", "working", "parking")
    return Airfield(
        place=row["place"],
        code=row["code"],
        sources=_sources(row, names),
        **{name: row[name]["value"] for name in names},
    )


def _sources(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Source]:
    return {name: Source(row[name]["source"], row[name]["checked"]) for name in names}
