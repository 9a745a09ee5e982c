"""No tolls prove more than the best of all schedules in which loads wait for others, and units keep together.

Tiny problems, every schedule tried.
"""

from collections import Counter
from dataclasses import replace
from itertools import count
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyman.force.checking import Prover, check, fixed, proven_bound, remaining
from peyman.force.live.replan import Events, replan, revised
from peyman.force.plan import Prices, Tolls, plan_json, read_plan
from peyman.force.planner import plan_movement
from peyman.force.problem import Airfield, Leg, Load, Tail
from peyman.force.solve.bounding import Bounding
from peyman.force.solve.network import Network
from peyman.force.solve.timing import Limits
from tests.force.moving import load, problem
from tests.force.test_bound_exhaustive import HORIZON, QUICK, At, Every
from tests.force.test_roads_bound import FREE
from tests.force.tied import NOT_YET, is_together, may_begin, unloaded


class EveryTied(Every):
    """All schedules of a problem, in which loads wait for others and units keep together.

    Besides the pieces that are left, a state knows of each load where, when first and when last it was unloaded.
    """

    def least(self):
        tails = tuple(
            At(one.base, one.available_from, None) for one in self.asked.tails
        )
        left = tuple(one.pieces for one in self.asked.loads)
        return self.best(0, 0, tails, left, (NOT_YET,) * len(left))

    def _best(self, now, turn, tails, left, off):  # type: ignore[override]
        if now >= HORIZON or not any(left):
            return self.leaving(left)
        if turn == len(tails):
            return self.best(now + 1, 0, tails, left, off)
        found = self.best(now, turn + 1, tails, left, off)
        if tails[turn].ready <= now:
            others = tails[:turn] + tails[turn + 1 :]
            for then, parts, at, block in self.flights(tails[turn], now, left):
                if not self.fits(others, then.works):
                    continue
                if not may_begin(self.asked, parts, now, left, off):
                    continue
                new = unloaded(parts, then.place, at, off)
                if not is_together(self.asked, new):
                    continue
                put = (*tails[:turn], then, *tails[turn + 1 :])
                after = tuple(a - b for a, b in zip(left, parts, strict=True))
                follows = self.best(now, turn + 1, put, after, new)
                found = min(found, self.moving(parts, at, block) + follows)
        return found


@st.composite
def tied(draw, within=(None,), waits=(True, True, False)):
    """Two or three loads, some of which wait for others or are of one unit."""
    loads: list[Load] = []
    for i in range(draw(st.sampled_from([2, 2, 3]))):
        origin = draw(st.sampled_from(["home", "home", "there"]))
        names = [one.id for one in loads]
        loads.append(
            load(
                f"L{i}",
                origin=origin,
                destinations=("there",) if origin == "home" else ("home",),
                pieces=draw(st.integers(1, 3 if i < 2 else 1)),
                kind=draw(st.sampled_from(["vehicles", "passengers"])),
                piece_kg=draw(st.sampled_from([10_000, 14_000])),
                priority=draw(st.integers(1, 3)),
                ald=draw(st.integers(0, 3)),
                ead=draw(st.integers(0, 5)),
                lad=draw(st.integers(3, 8)),
                rdd=9,
                unit=draw(st.sampled_from(["a", "b"])),
                within_min=draw(st.sampled_from(within)),
                after=tuple(name for name in names if draw(st.sampled_from(waits))),
            )
        )
    shut = draw(st.sampled_from([(), ((4, 6),), ((8, 9),)]))
    bases = draw(st.lists(st.sampled_from(["home", "there"]), min_size=1, max_size=2))
    if len(loads) > 2:
        bases = bases[:1]
    types = (replace(QUICK, duty_min=draw(st.sampled_from([7, HORIZON]))),)
    return problem(
        *draw(st.permutations(loads)),
        horizon=HORIZON,
        types=types,
        tails=tuple(Tail(f"T{i}", QUICK.id, base, i) for i, base in enumerate(bases)),
        airfields=(
            Airfield("home", 3000, draw(st.integers(1, 2)), ((0, HORIZON),)),
            Airfield("there", 3000, 1, ((0, HORIZON),), None, shut),
        ),
        legs=(Leg("home", "there", 1),),
    )


NAMES = st.sampled_from(["L0", "L1", "L2"])
ROWS = st.lists(st.integers(-9, 400_000), max_size=14).map(tuple)
PRICES = st.builds(
    Prices,
    st.just("lateness"),
    st.integers(1, 2),
    st.integers(6, HORIZON),
    st.integers(1, 5),
    st.dictionaries(NAMES, st.integers(0, 900_000), min_size=1, max_size=3),
    st.dictionaries(
        st.sampled_from(["home", "there"]),
        st.lists(st.integers(0, 60_000), max_size=9).map(tuple),
    ),
    began_min=st.integers(1, 2),
    after=st.dictionaries(NAMES, st.dictionaries(NAMES, ROWS, max_size=3), max_size=3),
    together=st.dictionaries(
        st.sampled_from(["a", "b", "c"]),
        st.dictionaries(NAMES, st.builds(Tolls, ROWS, ROWS), max_size=3),
        max_size=2,
    ),
    tied_min=st.integers(1, 3),
)


def planned(asked, seconds=40):
    clock = count()
    return plan_movement(asked, Limits(seconds, lambda: float(next(clock))))


def best_prices(asked, objective="lateness", until=HORIZON):
    """The last prices that the program finds, and those between, with tolls to the minute."""
    bounding = Bounding(Network(asked), asked.loads, until, objective)
    found = list(bounding.better(0, (), lambda: 1.0))
    return [
        replace(one, grid_min=grid, began_min=grid) for one in found for grid in (1, 2)
    ]


def is_stuck(plan):
    return any(reason.code != "lift" for one in plan.unmet for reason in one.reasons)


UNITS = {"within": (None, 0, 1, 2, 4), "waits": (True, False, False)}


@given(st.one_of(tied(), tied(**UNITS)), st.lists(PRICES, min_size=5, max_size=5))
@settings(max_examples=12, deadline=None)
def test_no_tolls_prove_more_than_the_best_of_all_schedules(asked, prices):
    made = planned(asked)
    assert check(asked, made) == ()
    if is_stuck(made):
        return
    late = made.objectives[1]
    least = EveryTied(asked).least()
    assert late.bound <= least <= late.value
    assert read_plan(plan_json(made)) == made
    for one in (*prices, *best_prices(asked)):
        assert proven_bound(asked, one) <= least


@given(st.one_of(tied(), tied(**UNITS)), st.integers(4, HORIZON))
@settings(max_examples=12, deadline=None)
def test_no_tolls_prove_that_it_lasts_longer_than_it_has_to(asked, until):
    made = planned(asked)
    if is_stuck(made):
        return
    prices = best_prices(asked, "closure", until)
    latest = max(proven_bound(asked, one) for one in prices)
    latest = max(latest, made.objectives[2].bound)
    assert EveryTied(asked, "closure", latest - 1).least() == inf


def least_from(asked):
    """The least lateness of all schedules that go on from what has begun."""
    every = EveryTied(asked)
    tails = []
    for tail in asked.tails:
        at = At(tail.base, tail.available_from, None)
        for one in (one for one in asked.begun if one.tail == tail.id):
            is_new = at.began is None or one.start - at.ready >= QUICK.rest_min
            works = (
                (one.origin, one.start, one.depart),
                (one.destination, one.arrive, one.ready),
            )
            at = At(
                one.destination, one.ready, one.start if is_new else at.began, works
            )
        tails.append(at)
    moved: Counter[str] = Counter()
    off = {one.id: NOT_YET for one in asked.loads}
    for one in asked.begun:
        for part in one.parts:
            moved[part.load] += part.pieces
            row = unloaded((1,), one.destination, one.unloaded, (off[part.load],))
            off[part.load] = row[0]
    left = tuple(one.pieces - moved[one.id] for one in asked.loads)
    # Of a unit of which something has begun, no rule is asked any more.
    units = {one.unit for one in asked.loads if moved[one.id]}
    every.asked = replace(
        asked,
        loads=tuple(
            replace(one, within_min=None) if one.unit in units else one
            for one in asked.loads
        ),
    )
    rest = every.best(asked.since, 0, tuple(tails), left, tuple(off.values()))
    return fixed(asked)["lateness"] + rest


@given(
    st.one_of(tied(), tied(**UNITS)),
    st.integers(1, 8),
    st.lists(PRICES, min_size=5, max_size=5),
)
@settings(max_examples=12, deadline=None)
def test_no_tolls_prove_more_than_the_best_that_can_follow(asked, now, prices):
    old = planned(asked)
    if is_stuck(old):
        return
    after = revised(asked, old, now, Events())
    least = least_from(after)
    left = remaining(after)
    if left.loads:
        prices = (*prices, *best_prices(left))
    assert all(proven_bound(after, one) <= least for one in prices)
    asked_again, new, _ = replan(asked, old, now, Events())
    for plan in (new, planned(asked_again)):
        assert check(after, plan) == ()
        assert plan.objectives[1].bound <= least <= plan.objectives[1].value


FIELDS = (
    Airfield("home", 3000, 2, ((0, HORIZON),)),
    Airfield("there", 3000, 2, ((0, HORIZON),)),
)


def two(first, second):
    """Two aircraft, two loads of one flight each."""
    return problem(
        load("L0", **first),
        load("L1", **second),
        horizon=HORIZON,
        types=(replace(QUICK, duty_min=HORIZON),),
        tails=(Tail("T0", QUICK.id, "home"), Tail("T1", QUICK.id, "home")),
        airfields=FIELDS,
        legs=(Leg("home", "there", 2),),
    )


def proven(asked, **left_out):
    return max(
        proven_bound(asked, replace(one, **left_out)) for one in best_prices(asked)
    )


def test_what_waits_is_proven_late_by_what_it_waits_for():
    # Each flight is unloaded four minutes after it begins.
    asked = two({"lad": 0, "rdd": 0}, {"lad": 0, "rdd": 0, "after": ("L0",)})
    least = 9 * 20_000 * (4 + 8)
    assert EveryTied(asked).least() == least
    assert 0.99 * least < proven(asked, after={}) <= least
    # A second flight of what it waits for makes it wait longer than one, and only tolls tell that.
    twice = replace(asked.loads[0], pieces=4, lad=13, rdd=13)
    tails = (asked.tails[0], replace(asked.tails[1], available_from=3))
    asked = replace(asked, loads=(twice, asked.loads[1]), tails=tails)
    least = 9 * 20_000 * 12
    assert EveryTied(asked).least() == least
    assert proven(asked, after={}) <= 9 * 20_000 * 8
    assert 9 * 20_000 * 10 < proven(asked) <= least


def test_what_keeps_together_is_proven_late_by_who_comes_last():
    early = {"lad": 4, "rdd": 4, "within_min": 1}
    asked = two(early, {**early, "ald": 4, "lad": 8, "rdd": 8})
    # The first load waits until one minute before the second, which is not late at all.
    least = 9 * 20_000 * 3
    assert EveryTied(asked).least() == least
    assert 0.99 * least < proven(asked) <= least
    assert proven(asked, together={}) == 0


def test_a_unit_of_which_something_has_begun_is_not_asked_to_keep_together():
    early, late = {"lad": 4, "rdd": 4}, {"ald": 8, "lad": 12, "rdd": 12}
    asked = two({**early, "pieces": 4, "within_min": 1}, late)
    old = planned(two(early, late))
    begun = replace(asked, since=4, begun=old.flights[:1])
    told = best_prices(remaining(begun))
    assert any(one.together for one in told)
    assert all(
        Prover(begun).bound(one) == Prover(begun).bound(replace(one, together={}))
        for one in told
    )


@pytest.mark.parametrize("more", [1, 2**40, 2**53 - 1])
def test_tolls_that_others_do_not_earn_are_taken_off_again(more):
    asked = two({"lad": 0, "rdd": 0}, {"lad": 0, "rdd": 0, "after": ("L0",)})
    best = max(best_prices(asked), key=lambda one: proven_bound(asked, one))
    least = EveryTied(asked).least()
    for name in ("L0", "L1"):
        after = {"L1": {**best.after.get("L1", {}), name: (more,) * 9}}
        assert proven_bound(asked, replace(best, after=after)) <= least
    assert 0.99 * least < proven_bound(asked, best) <= least


def test_what_is_left_behind_earns_what_it_would_if_it_came_with_the_first():
    # There is time for one flight, and the first load costs three times what the second does.
    early = {"lad": 7, "rdd": 7, "within_min": 0}
    asked = two(early, {**early, "priority": 2})
    asked = replace(
        asked, tails=asked.tails[:1], legs=(Leg("home", "there", 5),), airfields=FIELDS
    )
    dear, cheap = 9 * 10_000 * 6, 3 * 10_000 * 6
    least = EveryTied(asked).least()
    assert least == 2 * cheap
    row = (100_000,) * HORIZON
    told = {"L0": Tolls(pays=row), "L1": Tolls(earns=row)}
    prices = Prices(
        "lateness",
        1,
        HORIZON,
        1,
        {"L0": dear, "L1": cheap},
        together={"unit-1": told},
        tied_min=1,
    )
    assert proven_bound(asked, prices) == least


def test_what_goes_by_a_road_that_is_not_named_earns_when_it_is_there():
    asked = two({"outsize": True}, {"lad": 9, "rdd": 9, "after": ("L0",)})
    asked = replace(asked, routes=(replace(FREE, payload_kg=20_000),))
    # The convoy is there after five minutes, and the second load in time: whatever tolls tell it to wait.
    row = (10**6,) * 9
    prices = Prices(
        "lateness",
        1,
        HORIZON,
        1,
        {"L1": 10**6},
        after={"L1": {"L0": row, "L1": row}},
        tied_min=1,
    )
    assert proven_bound(asked, prices) == 0


def test_tolls_that_rise_are_taken_for_such_as_do_not():
    asked = two(
        {"lad": 4, "rdd": 4}, {"ald": 8, "lad": 12, "rdd": 12, "after": ("L0",)}
    )
    # The first load comes at once; told like this, it would earn nothing, and the second would pay.
    row = tuple(90_000 * (slot >= 8) for slot in range(HORIZON))
    after = {"L1": {"L0": row, "L1": row}}
    prices = Prices("lateness", 1, HORIZON, 1, {"L1": 90_000}, after=after, tied_min=1)
    assert proven_bound(asked, prices) == 0


def test_who_comes_a_whole_units_minutes_after_the_first_earns_what_that_one_pays():
    asked = two({"lad": 4, "rdd": 4}, {"ald": 4, "lad": 8, "rdd": 8, "within_min": 4})
    # Both come in time, four minutes apart; a minute later the first load would cost what it is told to pay.
    assert EveryTied(asked).least() == 0
    row = (90_000,) * 5
    told = {"L0": Tolls(pays=row), "L1": Tolls(earns=row)}
    prices = Prices(
        "lateness",
        1,
        HORIZON,
        1,
        {"L0": 90_000},
        together={"unit-1": told},
        tied_min=1,
    )
    assert proven_bound(asked, prices) == 0
    shorter = replace(asked.loads[1], within_min=3)
    least = EveryTied(replace(asked, loads=(asked.loads[0], shorter))).least()
    assert least == 2 * 90_000


@pytest.mark.parametrize("until", [8, 9, HORIZON - 1])
def test_tolls_told_for_after_the_end_of_the_reckoning_are_none(until):
    asked = two({"lad": 0, "rdd": 0}, {"lad": 0, "rdd": 0, "after": ("L0",)})
    each = dict.fromkeys(("L0", "L1"), 90_000 * until)
    prices = Prices("lateness", 1, until, 1, each, tied_min=2)
    bound = proven_bound(asked, prices)
    assert bound > 0
    beyond = (0,) * (until // 2 + 1) + (1000,) * 9
    for told in ({"L0": beyond}, {"L1": beyond}):
        assert proven_bound(asked, replace(prices, after={"L1": told})) == bound
