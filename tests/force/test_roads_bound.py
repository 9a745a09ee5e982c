"""No prices prove more of roads than the best of all schedules: tiny problems, every schedule tried."""

from dataclasses import replace
from functools import cache
from itertools import count, product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyman.force.checking import check, proven_bound
from peyman.force.plan import Prices
from peyman.force.planner import plan_movement
from peyman.force.problem import Border, Route, due, weight
from peyman.force.solve.timing import Limits
from tests.force.moving import load, problem

HORIZON = 13
GATED = Route("gated", "road", "home", "there", 3, 60, 1, 60, 9, 20_000, (("gate", 1),))
FREE = Route("free", "road", "home", "there", 5, 60, 3, 60, 9, 10_000)


class Every:
    """All schedules of two roads, of which one passes a gate, tried one after the other."""

    def __init__(self, asked, objective):
        self.asked, self.objective = asked, objective
        self.gate = asked.borders[0]
        self.best = cache(self._best)

    def least(self):
        ready = tuple(0 for _ in self.asked.routes)
        return self.best(0, 0, ready, 0, tuple(one.pieces for one in self.asked.loads))

    def _best(self, now, turn, ready, gate, left):
        """The least to come: `ready` is when each road may be taken again, `gate` when the gate is."""
        if now > HORIZON or not any(left):
            return self.cost(left, None)
        if turn == len(ready):
            return self.best(now + 1, 0, ready, gate, left)
        found = self.best(now, turn + 1, ready, gate, left)
        route = self.asked.routes[turn]
        if now < ready[turn]:
            return found
        for parts in product(*(range(n + 1) for n in left)):
            arrives, after = self.march(route, now, gate, parts)
            if arrives > HORIZON or not self.takes(route, now, arrives, parts):
                continue
            again = now + max(1, route.headway_min)
            put = (*ready[:turn], again, *ready[turn + 1 :])
            rest = tuple(a - b for a, b in zip(left, parts, strict=True))
            follows = self.best(now, turn + 1, put, after, rest)
            found = min(found, self.cost(parts, arrives) + follows)
        return found

    def march(self, route, now, gate, parts):
        """When it arrives, never if it cannot go then; and until when the gate is taken."""
        march = route.km * 60 // route.rate_kmh
        if not route.borders:
            return now + march, gate
        lo = now + route.borders[0][1]
        hi = lo + self.gate.piece_min * sum(parts)
        if lo < gate or not any(a <= lo and hi <= b for a, b in self.gate.open):
            return inf, gate
        return now + march + hi - lo, hi

    def takes(self, route, now, arrives, parts):
        fits = (
            n * one.piece_kg for one, n in zip(self.asked.loads, parts, strict=True)
        )
        return (
            sum(parts) > 0
            and sum(fits) <= route.payload_kg
            and all(
                now >= one.ald and arrives >= one.ead
                for one, n in zip(self.asked.loads, parts, strict=True)
                if n
            )
        )

    def cost(self, pieces, arrives):
        """Of pieces that arrive then, or never."""
        late = HORIZON if arrives is None else arrives
        return sum(
            n
            * one.piece_kg
            * weight(self.asked, one)
            * (
                max(0, late - due(one))
                if self.objective == "lateness"
                else arrives is None
            )
            for one, n in zip(self.asked.loads, pieces, strict=True)
        )


@st.composite
def tiny(draw):
    loads = [
        load(
            f"L{i}",
            kind="cargo",
            pieces=draw(st.integers(1, 4)),
            piece_kg=10_000,
            priority=draw(st.integers(1, 3)),
            ald=draw(st.integers(0, 3)),
            ead=draw(st.integers(0, 7)),
            lad=draw(st.integers(3, 8)),
            rdd=9,
        )
        for i in range(draw(st.integers(1, 2)))
    ]
    gated = replace(GATED, headway_min=draw(st.integers(1, 4)))
    free = replace(FREE, headway_min=draw(st.integers(2, 6)))
    hours = draw(st.sampled_from([((0, HORIZON),), ((0, 3), (6, 11))]))
    return problem(
        *loads,
        horizon=HORIZON,
        tails=(),
        airfields=(),
        legs=(),
        routes=draw(st.sampled_from([(gated,), (free,), (gated, free)])),
        borders=(Border("gate", hours, draw(st.integers(0, 3))),),
    )


def priced(objective, most, until):
    return st.builds(
        lambda grid, until, price, roads: Prices(
            objective, grid, until, 1, price, roads=roads
        ),
        st.integers(1, 2),
        until,
        st.dictionaries(
            st.sampled_from(["L0", "L1"]), st.integers(0, most), min_size=1, max_size=2
        ),
        st.sampled_from([("gated",), ("free",), ("gated", "free"), ()]),
    )


PRICES = st.lists(
    st.one_of(
        priced("lateness", 900_000, st.integers(6, HORIZON)),
        priced("undelivered", 90_000_000, st.just(HORIZON)),
    ),
    min_size=8,
    max_size=8,
)


@given(tiny(), PRICES)
@settings(max_examples=40, deadline=None)
def test_no_prices_prove_more_of_roads_than_the_best_of_all_schedules(asked, prices):
    clock = count()
    made = plan_movement(asked, Limits(60, lambda: float(next(clock))))
    assert check(asked, made) == ()
    if any(reason.code != "lift" for one in made.unmet for reason in one.reasons):
        return
    least = {name: Every(asked, name).least() for name in ("undelivered", "lateness")}
    for one in made.objectives[:2]:
        assert one.bound <= least[one.name] <= one.value
    assert all(proven_bound(asked, one) <= least[one.objective] for one in prices)


@pytest.mark.parametrize(
    ("road", "gate_min"), [(replace(GATED, headway_min=4), 0), (GATED, 2)]
)
def test_what_a_road_cannot_carry_in_time_is_proven_to_be_late(road, gate_min):
    asked = problem(
        load("L0", kind="cargo", pieces=6, lad=3, rdd=3),
        horizon=HORIZON,
        tails=(),
        airfields=(),
        legs=(),
        routes=(road,),
        borders=(Border("gate", ((0, HORIZON),), gate_min),),
    )
    clock = count()
    made = plan_movement(asked, Limits(300, lambda: float(next(clock))))
    undelivered, late, closure, _ = made.objectives
    least = {name: Every(asked, name).least() for name in ("undelivered", "lateness")}
    assert undelivered.bound <= least["undelivered"] <= undelivered.value
    assert 0.7 * least["lateness"] < late.bound <= least["lateness"] <= late.value
    assert 10 <= closure.bound <= closure.value
