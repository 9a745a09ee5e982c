"""No tolls prove more of roads than the best of all schedules: loads that wait, units that keep together, every schedule tried."""

from dataclasses import replace
from itertools import count, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyman.force.checking import check, proven_bound
from peyman.force.plan import Prices, Tolls
from peyman.force.planner import plan_movement
from peyman.force.problem import Border
from peyman.force.solve.bounding import Bounding
from peyman.force.solve.network import Network
from peyman.force.solve.timing import Limits
from tests.force.moving import load, problem
from tests.force.test_roads_bound import FREE, GATED, HORIZON, Every
from tests.force.tied import NOT_YET, is_together, may_begin, unloaded


class EveryTied(Every):
    """As of roads, where a state also knows of each load when first and when last it was unloaded."""

    def least(self):
        ready = tuple(0 for _ in self.asked.routes)
        left = tuple(one.pieces for one in self.asked.loads)
        return self.best(0, 0, ready, 0, left, (NOT_YET,) * len(left))

    def _best(self, now, turn, ready, gate, left, off):  # type: ignore[override]
        if now > HORIZON or not any(left):
            return self.cost(left, None)
        if turn == len(ready):
            return self.best(now + 1, 0, ready, gate, left, off)
        found = self.best(now, turn + 1, ready, gate, left, off)
        route = self.asked.routes[turn]
        if now < ready[turn]:
            return found
        for parts in product(*(range(n + 1) for n in left)):
            arrives, after = self.march(route, now, gate, parts)
            if arrives > HORIZON or not self.takes(route, now, arrives, parts):
                continue
            new = unloaded(parts, route.destination, arrives, off)
            if not may_begin(self.asked, parts, now, left, off):
                continue
            if not is_together(self.asked, new):
                continue
            again = now + max(1, route.headway_min)
            put = (*ready[:turn], again, *ready[turn + 1 :])
            rest = tuple(a - b for a, b in zip(left, parts, strict=True))
            follows = self.best(now, turn + 1, put, after, rest, new)
            found = min(found, self.cost(parts, arrives) + follows)
        return found


@st.composite
def tied(draw):
    within, waits = draw(
        st.sampled_from([((None,), (True,)), ((None, 0, 1, 3), (True, False, False))])
    )
    loads = [
        load(
            f"L{i}",
            kind="cargo",
            pieces=draw(st.integers(1, 3)),
            piece_kg=10_000,
            priority=draw(st.integers(1, 3)),
            ald=draw(st.integers(0, 3)),
            ead=draw(st.integers(0, 7)),
            lad=draw(st.integers(3, 8)),
            rdd=9,
            unit=draw(st.sampled_from(["a", "a", "b"])),
            within_min=draw(st.sampled_from(within)),
            after=("L0",) if i and draw(st.sampled_from(waits)) else (),
        )
        for i in range(2)
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


NAMES = st.sampled_from(["L0", "L1"])
ROWS = st.lists(st.integers(-9, 400_000), max_size=14).map(tuple)
PRICES = st.builds(
    Prices,
    st.just("lateness"),
    st.integers(1, 2),
    st.integers(6, HORIZON),
    st.just(1),
    st.dictionaries(NAMES, st.integers(0, 900_000), min_size=1, max_size=2),
    roads=st.sampled_from([("gated",), ("free",), ("gated", "free"), ()]),
    after=st.dictionaries(NAMES, st.dictionaries(NAMES, ROWS, max_size=2), max_size=2),
    together=st.dictionaries(
        st.sampled_from(["a", "b"]),
        st.dictionaries(NAMES, st.builds(Tolls, ROWS, ROWS), max_size=2),
        max_size=2,
    ),
    tied_min=st.integers(1, 3),
)


@given(tied(), st.lists(PRICES, min_size=8, max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_tolls_prove_more_of_roads_than_the_best_of_all_schedules(asked, prices):
    clock = count()
    made = plan_movement(asked, Limits(60, lambda: float(next(clock))))
    assert check(asked, made) == ()
    if any(reason.code != "lift" for one in made.unmet for reason in one.reasons):
        return
    least = EveryTied(asked, "lateness").least()
    assert made.objectives[1].bound <= least <= made.objectives[1].value
    bounding = Bounding(Network(asked), asked.loads, HORIZON)
    for one in (*prices, *bounding.better(0, (), lambda: 1.0)):
        assert proven_bound(asked, one) <= least
        # By no road that is named can everything go at once.
        assert proven_bound(asked, replace(one, roads=())) <= least


@pytest.mark.parametrize("named", [("gated",), ("free", "gated")])
def test_who_comes_late_over_a_border_pays_what_is_left_by_then(named):
    # The second border takes five minutes, and by the hours of the first nobody may start later.
    gated = replace(GATED, borders=(("gate", 1), ("slow", 2)))
    free = replace(FREE, origin="away", headway_min=1)
    one = {"kind": "cargo", "pieces": 1, "lad": 8, "rdd": 8, "within_min": 0}
    asked = problem(
        load("L0", **one),
        load("L1", **one, origin="away", ald=3),
        horizon=HORIZON,
        tails=(),
        airfields=(),
        legs=(),
        routes=(gated, free),
        borders=(Border("gate", ((0, 3),), 0), Border("slow", ((0, HORIZON),), 5)),
    )
    clock = count()
    made = plan_movement(asked, Limits(60, lambda: float(next(clock))))
    assert check(asked, made) == ()
    assert [one.arrive for one in made.convoys] == [8, 8]
    assert made.objectives[1].value == 0
    row = (90_000,) * 8
    told = {"L0": Tolls(pays=row), "L1": Tolls(earns=row)}
    prices = Prices(
        "lateness",
        1,
        HORIZON,
        1,
        {"L0": 90_000},
        roads=named,
        together={"unit-1": told},
        tied_min=1,
    )
    assert proven_bound(asked, prices) == 0
