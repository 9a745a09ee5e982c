"""Small movement problems, and plans for them, for the tests of this room."""

from dataclasses import replace

from peyman.force.plan import Flight, Objective, Part, Plan
from peyman.force.problem import (
    AircraftType,
    Airfield,
    Border,
    Leg,
    Load,
    Problem,
    Route,
    Tail,
)
from peyman.force.strict import digest

LIFTER = AircraftType(
    id="lifter",
    payload=((1000, 40_000), (2000, 20_000)),
    seats=100,
    places=2,
    outsize=False,
    cruise_kmh=600,
    runway_m=1800,
    load_min=60,
    unload_min=30,
    turn_min=30,
    duty_min=600,
    rest_min=480,
)
OPEN = ((0, 3000),)


def load(name="tanks", **more):
    fields = {
        "line": "line-1",
        "member": "XA",
        "unit": "unit-1",
        "origin": "home",
        "destinations": ("there",),
        "kind": "vehicles",
        "pieces": 2,
        "piece_kg": 10_000,
        "priority": 1,
        "ald": 0,
        "lad": 1000,
        "rdd": 1000,
    }
    return Load(**{"id": name, **fields, **more})


def problem(*loads, **more):
    fields = {
        "name": "small",
        "epoch": "2022-01-06T00:00:00Z",
        "horizon": 3000,
        "weights": (9, 3, 1),
        "types": (LIFTER,),
        "tails": (Tail("T1", "lifter", "home"),),
        "airfields": (
            Airfield("home", 3000, 2, OPEN),
            Airfield("there", 3000, 1, OPEN, 1),
        ),
        "legs": (Leg("home", "there", 1000),),
        "loads": loads or (load(),),
    }
    return Problem(**{**fields, **more})


ROAD = Route(
    "road", "road", "home", "there", 300, 30, 60, 100, 20, 500_000, (("gate", 150),)
)
GATE = Border("gate", ((0, 2000),), 5)


def flight(serial="F1", tail="T1", start=0, parts=(("tanks", 2),), **more):
    """From home to there: 60 to load, 100 in the air, 30 to unload, 30 to turn round."""
    is_loaded = bool(parts)
    depart = start + 60 * is_loaded
    unloaded = depart + 100 + 30 * is_loaded
    one = Flight(
        serial,
        tail,
        "home",
        "there",
        start,
        depart,
        depart + 100,
        unloaded,
        unloaded + 30,
        tuple(Part(*part) for part in parts),
    )
    return replace(one, **more)


def ferry(serial, start, origin="there", destination="home", tail="T1"):
    ends = {"origin": origin, "destination": destination}
    return flight(serial, tail, start, (), **ends)


def plan(asked, *flights, convoys=(), unmet=(), **values):
    return Plan(
        digest(asked),
        flights,
        tuple(convoys),
        tuple(unmet),
        tuple(Objective(name, value, 0) for name, value in values.items()),
    )
