"""A movement of two aircraft and a convoy, planned by hand, for what is made from a plan."""

from peyman.force.plan import Convoy, Flight, Part, Plan
from peyman.force.problem import AircraftType, Airfield, Load, Problem, Route, Tail

DAY = 24 * 60
OPEN = ((0, 4 * DAY),)
JET = AircraftType(
    "Il-76MD", ((4000, 40_000),), 145, 3, False, 770, 1800, 120, 90, 60, 840, 720
)


def field(name):
    return Airfield(name, 3000, 2, OPEN, 6)


def load(name, member, origin, kind, pieces, line="Guard"):
    mass = {"passengers": 120, "vehicles": 11_000}[kind]
    places = ("almaty-airport",)
    return Load(
        name, line, member, member, origin, places, kind, pieces, mass, 1, 0, DAY, DAY
    )


PROBLEM = Problem(
    name="by hand",
    epoch="2022-01-06T00:00:00Z",
    horizon=4 * DAY,
    weights=(1,),
    types=(JET,),
    tails=(Tail("T-1", "Il-76MD", "chkalovsky"), Tail("T-2", "Il-76MD", "chkalovsky")),
    airfields=(field("chkalovsky"), field("almaty-airport"), field("kant")),
    legs=(),
    loads=(
        load("RU people", "RU", "chkalovsky", "passengers", 200),
        load("RU vehicles", "RU", "chkalovsky", "vehicles", 3, "Patrol"),
        load("KG people", "KG", "kant", "passengers", 150),
    ),
    routes=(
        Route("road", "road", "kant", "almaty-airport", 240, 40, 30, 200, 40, 10**6),
    ),
)
PLAN = Plan(
    problem="",
    flights=(
        Flight(
            *("F-1", "T-1", "chkalovsky", "almaty-airport"),
            *(0, 120, 361, 451, 511),
            (Part("RU people", 145),),
        ),
        Flight(
            *("F-2", "T-2", "chkalovsky", "almaty-airport"),
            *(60, 180, 421, 511, 571),
            (Part("RU people", 55), Part("RU vehicles", 3)),
        ),
        Flight("F-3", "T-1", "almaty-airport", "chkalovsky", 600, 600, 841, 841, 901),
    ),
    convoys=(Convoy("C-1", "road", 30, 390, (Part("KG people", 150),)),),
    unmet=(),
)
