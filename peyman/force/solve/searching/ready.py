"""The search is compiled when it is first asked for; here before somebody waits for it."""

import numpy as np

from peyman.force.problem import AircraftType, Airfield, Leg, Load, Problem, Tail
from peyman.force.solve.network import Network
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import at_most, decode

_DAY = 1440


def make_ready() -> None:
    """Search for a moment for the plan of two airfields, one aircraft and one load."""
    always = ((0, _DAY),)
    minutes = {"load_min": 60, "unload_min": 60, "turn_min": 30}
    kind = AircraftType(
        "type",
        ((1000, 1000),),
        seats=1,
        places=1,
        outsize=False,
        cruise_kmh=600,
        runway_m=1000,
        duty_min=_DAY,
        rest_min=60,
        **minutes,
    )
    load = Load(
        id="load",
        line="line",
        member="member",
        unit="unit",
        origin="here",
        destinations=("there",),
        kind="cargo",
        pieces=1,
        piece_kg=1000,
        outsize=False,
        priority=1,
        ald=0,
        lad=0,
        rdd=0,
    )
    problem = Problem(
        name="warm",
        epoch="2022-01-06T00:00:00Z",
        horizon=_DAY,
        weights=(1,),
        types=(kind,),
        tails=(Tail("tail", "type", "here", 0),),
        airfields=(
            Airfield("here", 2000, 1, always),
            Airfield("there", 2000, 1, always),
        ),
        legs=(Leg("here", "there", 500),),
        loads=(load,),
    )
    network = Network(problem)
    start = decode(network, problem.loads, ["load"])
    chance = np.random.default_rng(0)
    list(recreate(network, problem.loads, start, chance, at_most(1, lambda: False)))


def is_ready() -> bool:
    """Whether what is compiled was kept, so that nobody has to wait for it."""
    from peyman.force.solve.searching.compiled import KEPT

    return any(KEPT.rglob("stepping.run-*.nbi"))
