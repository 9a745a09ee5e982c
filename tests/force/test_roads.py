"""A convoy starts at the first minute at which road, borders and those before it allow."""

from dataclasses import replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from peyman.force.checking import check
from peyman.force.planner import plan_movement
from peyman.force.problem import Airfield, Leg, Tail
from peyman.force.solve.dispatching.roads import Roads
from peyman.force.solve.timing import Limits
from tests.force.moving import GATE, ROAD, load, problem

FAR = replace(ROAD, id="far road", km=200, headway_min=25)
ASKED = problem(
    routes=(ROAD, FAR),
    borders=(replace(GATE, piece_min=2, open=((0, 400), (450, 2500))),),
)
WISH = st.tuples(
    st.sampled_from((ROAD, FAR)), st.integers(1, 9), st.integers(0, 40), st.booleans()
)


@given(st.lists(WISH, max_size=15))
def test_a_convoy_starts_at_the_first_minute_that_is_allowed(wishes):
    roads = Roads(ASKED)
    for route, pieces, first, is_taken_off in wishes:
        march = roads.earliest(route, (("tanks", pieces),), first, 0)
        at = next(
            (t for t in range(first, 2600) if _may(roads, route, pieces, t)), None
        )
        assert (march and march.start) == at
        if march:
            roads.put(march)
        if is_taken_off:
            roads.take_off(max(0, len(roads.marches) - 2))


def test_what_goes_by_land_alone_needs_no_airfield():
    asked = problem(
        load(pieces=400, lad=500, rdd=500),
        airfields=(),
        tails=(),
        legs=(),
        routes=(ROAD,),
        borders=(GATE,),
        horizon=1500,
    )
    clock = count()
    made = plan_movement(asked, Limits(40, lambda: float(next(clock))))
    assert check(asked, made) == ()
    left, late = made.objectives[:2]
    assert left.value > 0
    # Each piece is a hundred minutes late at the least: the march alone takes six hundred.
    assert late.bound == 400 * 10_000 * 9 * 100


def test_aircraft_that_fly_only_where_nothing_goes_are_in_nobodys_way():
    # Only the runway at home is too short.
    fields = [
        Airfield(name, 1000 if name == "home" else 3000, 2, ((0, 1500),))
        for name in ("home", "there", "yonder")
    ]
    asked = problem(
        load(pieces=400, lad=500, rdd=500),
        airfields=tuple(fields),
        tails=(Tail("T1", "lifter", "there"),),
        legs=(Leg("home", "there", 300), Leg("there", "yonder", 300)),
        routes=(ROAD,),
        borders=(GATE,),
        horizon=1500,
    )
    clock = count()
    made = plan_movement(asked, Limits(300, lambda: float(next(clock))))
    assert check(asked, made) == ()
    late = made.objectives[1]
    assert 0 < late.bound <= late.value


def _may(roads, route, pieces, start):
    """Whether nothing that is on the roads is in the way; only the gate can be closed."""
    lo, hi = _passage(route, pieces, start)
    apart = [abs(m.start - start) for m in roads.marches if m.route == route]
    passing = [_passage(m.route, m.parts[0][1], m.start) for m in roads.marches]
    return (
        any(a <= lo and hi <= b for a, b in ((0, 400), (450, 2500)))
        and all(one >= route.headway_min for one in apart)
        and all(hi <= a or b <= lo for a, b in passing)
        and hi + (route.km - route.borders[0][1]) * 60 // route.rate_kmh
        <= ASKED.horizon
    )


def _passage(route, pieces, start):
    lo = start + route.borders[0][1] * 60 // route.rate_kmh
    return lo, lo + 2 * pieces
