"""What the planner compiles, it compiles when it is first asked for; here before somebody waits for it."""

import numpy as np

from peyman.force.checking import Prover
from peyman.force.plan import Prices
from peyman.force.problem import AircraftType, Airfield, Leg, Load, Problem, Tail
from peyman.force.solve.bounding import Bounding
from peyman.force.solve.bounds.parties.itineraries import ByTrip
from peyman.force.solve.network import Network
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import at_most, decode

_DAY = 1440
_ENTRANCES = (
    "compiled_*/stepping.run",
    "parties_*/compiled.backward",
    "parties_*/compiled.on_duty",
    "proving_*/compiled.backward",
    "proving_*/compiled.backward_unbound",
)


def make_ready() -> None:
    """Plan for a moment how one aircraft brings one load, and prove a bound."""
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
        duty_min=_DAY // 2,
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
    next(Bounding(network, problem.loads, _DAY).better(0, (), lambda: 1.0))
    # Crews that have to rest before the end, and crews that never have to.
    for until in (_DAY, _DAY // 4):
        prices = Prices("lateness", 1, until, _DAY, {"load": _DAY * 1000})
        Prover(problem).bound(prices)
    by_trip = ByTrip([(0, 1, 60)], 2, (_DAY, 60), 60)
    list(by_trip.cheapest(np.full((1, 24), -1.0))[1]((0, 0)))


def is_ready() -> bool:
    """Whether what is compiled was kept, so that nobody has to wait for it."""
    from peyman.force.engines.compiling import KEPT

    return all(any(KEPT.glob(f"{one}-*.nbi")) for one in _ENTRANCES)


if __name__ == "__main__":
    make_ready()
