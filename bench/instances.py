"""Movement problems to measure a planner on: the founding case and seeded families.

R has the airlift of January 2022 in size; fleet, fields, ground times, crew rules, stands and
readiness are assumptions. L is short of aircraft, M of stands, X of both. A scale of k has k times the
loads and the square root of k times the tails and stands.
"""

from itertools import combinations
from math import asin, ceil, cos, radians, sin, sqrt
from random import Random
from typing import Final

from peyman.force.problem import (
    AircraftType,
    Airfield,
    Leg,
    Load,
    Problem,
    Tail,
)

DAY: Final = 1440
ORIGINS: Final = {
    "chkalovsky": 30,
    "ivanovo": 30,
    "ulyanovsk": 20,
    "machulishchi": 10,
    "yerevan": 5,
    "dushanbe": 5,
}
PODS: Final = {"almaty": 6, "zhetygen": 4, "astana": 5}
AT: Final = {  # north, east
    "chkalovsky": (55.9, 38.1),
    "ivanovo": (57.1, 41.0),
    "ulyanovsk": (54.4, 48.8),
    "machulishchi": (53.8, 27.6),
    "yerevan": (40.1, 44.4),
    "dushanbe": (38.5, 68.8),
    "almaty": (43.4, 77.0),
    "zhetygen": (43.7, 77.2),
    "astana": (51.0, 71.5),
}
FAMILIES: Final = {
    # share of the fleet, share of the stands, days over which loads become ready
    "R": (1.0, 1.0, 4.0),
    "L": (0.30, 1.0, 1.5),
    "M": (1.0, 0.60, 1.5),
    "X": (0.35, 0.70, 2.0),
}


def instance(family: str, scale: int, seed: int) -> Problem:
    """A problem of a family, with 110 times `scale` loads of about one aircraft each."""
    fleet, stands, days = FAMILIES[family]
    chance = Random(f"{family} {scale} {seed}")
    grown = sqrt(scale)
    horizon = ceil((14 if family == "R" else 16) * grown) * DAY
    always = ((0, horizon),)
    fields = [
        Airfield(name, 3500, ceil(6 * stands * grown), always) for name in ORIGINS
    ]
    fields += [
        Airfield(name, 3300, ceil(mog * stands * grown), always, ceil(24 * grown))
        for name, mog in PODS.items()
    ]
    legs = [Leg(one, other, _km(one, other)) for one, other in combinations(AT, 2)]
    return Problem(
        name=f"{family}{scale}-{seed}",
        epoch="2022-01-06T00:00:00Z",
        horizon=horizon,
        weights=(9, 3, 1),
        types=(IL_76, AN_124),
        tails=tuple(_tails(ceil(75 * fleet * grown), chance)),
        airfields=tuple(fields),
        legs=tuple(legs),
        loads=tuple(_loads(110 * scale, days * grown, chance)),
        assumptions=("Stands, ground times, crew rules and readiness are assumed.",),
    )


def _km(one: str, other: str) -> int:
    """The great circle on a sphere: for a bench it is near enough."""
    (north, east), (up, right) = (
        [radians(x) for x in AT[name]] for name in (one, other)
    )
    half = sin((up - north) / 2) ** 2
    half += cos(north) * cos(up) * sin((right - east) / 2) ** 2
    return round(2 * 6371 * asin(sqrt(half)))


def _tails(count: int, chance: Random) -> list[Tail]:
    bases = list(ORIGINS)[:4]
    heavy = max(1, round(count / 15))
    return [
        Tail(
            f"T{i:03}",
            "An-124" if i < heavy else "Il-76",
            chance.choice(bases),
            chance.randrange(0, 720, 30),
        )
        for i in range(count)
    ]


def _loads(count: int, days: float, chance: Random) -> list[Load]:
    names, shares = list(ORIGINS), list(ORIGINS.values())
    loads = []
    for i in range(count):
        what = chance.choices(("passengers", "vehicles", "outsize"), (35, 58, 7))[0]
        pieces = {"passengers": chance.randint(90, 145), "vehicles": 3, "outsize": 4}
        ready = chance.randrange(0, max(1, int(days * DAY)), 30)
        wanted = ready + chance.randrange(12 * 60, 48 * 60, 30)
        loads.append(
            Load(
                id=f"U{i:06}",
                line=f"line-{i // 10}",
                member="XA",
                unit=f"unit-{i // 4}",
                origin=chance.choices(names, shares)[0],
                destinations=(chance.choice(list(PODS)),),
                kind="passengers" if what == "passengers" else "vehicles",
                pieces=pieces[what],
                piece_kg={"passengers": 120, "vehicles": 13500, "outsize": 24000}[what],
                outsize=what == "outsize",
                priority=chance.choices((1, 2, 3), (2, 3, 5))[0],
                ald=ready,
                lad=wanted,
                rdd=wanted + 360,
                onward_min=240,
            )
        )
    return loads


IL_76: Final = AircraftType(
    id="Il-76",
    payload=((3650, 47000), (4200, 40000), (7800, 0)),
    seats=145,
    places=3,
    outsize=False,
    cruise_kmh=770,
    runway_m=1800,
    load_min=120,
    unload_min=90,
    turn_min=60,
    duty_min=14 * 60,
    rest_min=12 * 60,
)
AN_124: Final = AircraftType(
    id="An-124",
    payload=((4800, 120000), (8400, 80000), (14000, 0)),
    seats=88,
    places=10,
    outsize=True,
    cruise_kmh=800,
    runway_m=3000,
    load_min=240,
    unload_min=180,
    turn_min=120,
    duty_min=16 * 60,
    rest_min=12 * 60,
)
