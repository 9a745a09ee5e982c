"""No prices prove more than the best of all schedules: tiny problems, every schedule tried.

Times are whole minutes, so whoever lets every tail do everything that it may do in every
minute has tried all schedules. One to two tails, two airfields, a dozen minutes.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import count, product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peyman.force.checking import check, proven_bound
from peyman.force.plan import Prices
from peyman.force.planner import plan_movement
from peyman.force.problem import Airfield, Leg, Tail, due, weight
from peyman.force.solve.network import Network
from peyman.force.solve.timing import Limits
from tests.force.moving import LIFTER, load, problem

HORIZON = 13
QUICK = replace(
    LIFTER,
    cruise_kmh=60,
    load_min=1,
    unload_min=1,
    turn_min=1,
    duty_min=7,
    rest_min=2,
)


@dataclass(frozen=True)
class At:
    """A tail: where it is from `ready` on, when its crew began, what it does until then."""

    place: str
    ready: int
    began: int | None
    works: tuple[tuple[str, int, int], ...] = ()


class Every:
    """All schedules of a problem, tried one after the other.

    Of closure it is asked whether everything can be there by `until`; of lift, what has to be flown
    where no more than `spares` is left undelivered, or nothing at all.
    """

    def __init__(self, asked, objective="lateness", until=HORIZON, spares=None):
        self.asked = asked
        self.objective, self.until, self.spares = objective, until, spares
        self.network = Network(asked)
        self.best = cache(self._best)

    def least_lateness(self):
        return self.least()

    def least(self):
        tails = tuple(
            At(one.base, one.available_from, None) for one in self.asked.tails
        )
        return self.best(0, 0, tails, tuple(one.pieces for one in self.asked.loads))

    def _best(self, now, turn, tails, left):
        """The least that is still to come, when tails before `turn` have chosen."""
        if now >= HORIZON or not any(left):
            return self.leaving(left)
        if turn == len(tails):
            return self.best(now + 1, 0, tails, left)
        found = self.best(now, turn + 1, tails, left)
        if tails[turn].ready <= now:
            others = tails[:turn] + tails[turn + 1 :]
            for then, parts, off, block in self.flights(tails[turn], now, left):
                if self.fits(others, then.works):
                    put = (*tails[:turn], then, *tails[turn + 1 :])
                    after = tuple(a - b for a, b in zip(left, parts, strict=True))
                    follows = self.best(now, turn + 1, put, after)
                    found = min(found, self.moving(parts, off, block) + follows)
        return found

    def leaving(self, left):
        """What it costs that so many pieces are never moved."""
        counts = sum(
            n * one.piece_kg * weight(self.asked, one)
            for one, n in zip(self.asked.loads, left, strict=True)
        )
        if self.objective == "lateness":
            return self.late(left, HORIZON)
        if self.objective == "undelivered":
            return counts
        is_less = self.spares is not None and counts <= self.spares
        return 0 if is_less or not any(left) else inf

    def moving(self, parts, off, block):
        """What one flight costs that is unloaded then."""
        if self.objective == "lateness":
            return self.late(parts, off)
        if self.objective == "lift":
            return block
        return 0 if off <= self.until or not any(parts) else inf

    def late(self, pieces, off):
        return sum(
            n * one.piece_kg * weight(self.asked, one) * max(0, off - due(one))
            for one, n in zip(self.asked.loads, pieces, strict=True)
        )

    def flights(self, tail, now, left):
        """All that a tail may begin now: (itself afterwards, what it takes, unloaded)."""
        network = self.network
        for there, trips in product(
            network.airfields, (network.trips, network.ferries)
        ):
            trip = trips.get((QUICK.id, tail.place, there))
            if trip is None or now + trip.whole_min > HORIZON:
                continue
            is_new = tail.began is None or now - tail.ready >= QUICK.rest_min
            began = now if is_new else tail.began
            if now + trip.whole_min - began > self.asked.types[0].duty_min:
                continue
            works = (
                (tail.place, now, now + trip.load_min),
                (there, now + trip.away_min, now + trip.whole_min),
            )
            then = At(there, now + trip.whole_min, began, works)
            for parts in product(*(range(n + 1) for n in left)):
                is_ferry = trips is network.ferries
                if is_ferry != any(parts) and self.takes(trip, now, parts):
                    off = now + trip.away_min + trip.unload_min
                    yield then, parts, off, trip.block_min

    def takes(self, trip, start, parts):
        room = Fraction(1)
        for one, n in zip(self.asked.loads, parts, strict=True):
            if n:
                ends = trip.origin, trip.destination
                most = ends[1] in one.destinations and self.network.most(
                    trip.type, one, *ends
                )
                first = max(one.rld, one.ald, one.ead - trip.away_min)
                if one.origin != ends[0] or not most or start < first:
                    return False
                room -= Fraction(n, most)
        return room >= 0

    def fits(self, tails, works):
        taken = works + tuple(work for one in tails for work in one.works)
        return all(
            any(a <= lo and hi <= b for a, b in self.network.open[place])
            and all(
                sum(p == place and a <= minute < b for p, a, b in taken)
                <= self.network.airfields[place].working_mog
                for minute in range(lo, hi)
            )
            for place, lo, hi in works
        )


@st.composite
def tiny(draw):
    loads = [
        load(
            f"L{i}",
            origin=draw(st.sampled_from(["home", "home", "there"])),
            destinations=("there", "home"),
            pieces=draw(st.integers(1, 3)),
            kind=draw(st.sampled_from(["vehicles", "passengers"])),
            piece_kg=draw(st.sampled_from([10_000, 14_000])),
            priority=draw(st.integers(1, 3)),
            ald=draw(st.integers(0, 3)),
            ead=draw(st.integers(0, 5)),
            lad=draw(st.integers(3, 8)),
            rdd=9,
        )
        for i in range(draw(st.integers(1, 2)))
    ]
    loads = [
        replace(one, destinations=("there",) if one.origin == "home" else ("home",))
        for one in loads
    ]
    shut = draw(st.sampled_from([(), ((4, 6),), ((8, 9),)]))
    bases = draw(st.lists(st.sampled_from(["home", "there"]), min_size=1, max_size=2))
    return problem(
        *loads,
        horizon=HORIZON,
        types=(QUICK,),
        tails=tuple(Tail(f"T{i}", QUICK.id, base, i) for i, base in enumerate(bases)),
        airfields=(
            Airfield("home", 3000, draw(st.integers(1, 2)), ((0, HORIZON),)),
            Airfield("there", 3000, 1, ((0, HORIZON),), None, shut),
        ),
        legs=(Leg("home", "there", draw(st.integers(1, 2))),),
    )


PRICES = st.builds(
    Prices,
    st.just("lateness"),
    st.integers(1, 2),
    st.integers(6, HORIZON),
    st.integers(1, 5),
    st.dictionaries(
        st.sampled_from(["L0", "L1"]), st.integers(0, 900_000), min_size=1, max_size=2
    ),
    st.dictionaries(
        st.sampled_from(["home", "there"]),
        st.lists(st.integers(0, 60_000), max_size=9).map(tuple),
    ),
)


@given(tiny(), st.lists(PRICES, min_size=5, max_size=5))
@settings(max_examples=15, deadline=None)
def test_no_prices_prove_more_than_the_best_of_all_schedules(asked, prices):
    clock = count()
    made = plan_movement(asked, Limits(40, lambda: float(next(clock))))
    assert check(asked, made) == ()
    late = made.objectives[1]
    least = Every(asked).least_lateness()
    if not any(reason.code != "lift" for one in made.unmet for reason in one.reasons):
        assert late.bound <= least <= late.value
        assert all(proven_bound(asked, one) <= least for one in prices)


def priced(objective, most, until):
    return st.builds(
        Prices,
        st.just(objective),
        st.integers(1, 2),
        until,
        st.integers(1, 5),
        st.dictionaries(
            st.sampled_from(["L0", "L1"]), st.integers(0, most), min_size=1, max_size=2
        ),
        st.dictionaries(
            st.sampled_from(["home", "there"]),
            st.lists(st.integers(0, most // 9), max_size=9).map(tuple),
        ),
    )


OTHERS = st.tuples(
    st.lists(priced("undelivered", 126_000_000, st.integers(6, HORIZON)), max_size=5),
    st.lists(priced("closure", 14_000_000, st.integers(3, HORIZON)), max_size=5),
    st.lists(priced("lift", 3_000, st.just(HORIZON)), max_size=5),
)


@given(tiny(), OTHERS, st.sampled_from([0, 30_000, 126_000]))
@settings(max_examples=15, deadline=None)
def test_no_prices_prove_that_more_is_left_or_flown_or_that_it_lasts_longer(
    asked, prices, spares
):
    clock = count()
    made = plan_movement(asked, Limits(60, lambda: float(next(clock))))
    assert check(asked, made) == ()
    if any(reason.code != "lift" for one in made.unmet for reason in one.reasons):
        return
    undelivered, _, closure, lift = made.objectives
    left, last, flown = prices
    least = Every(asked, "undelivered").least()
    assert undelivered.bound <= least <= undelivered.value
    assert all(proven_bound(asked, one) <= least for one in left)
    latest = max((closure.bound, *(proven_bound(asked, one) for one in last)))
    assert Every(asked, "closure", latest - 1).least() == inf
    shortest = Every(asked, "lift", spares=spares).least()
    assert all(proven_bound(asked, one, spares) <= shortest for one in flown)
    leaves = undelivered.value if made.unmet else None
    assert lift.bound <= Every(asked, "lift", spares=leaves).least() <= lift.value


def test_what_one_aircraft_cannot_bring_in_time_is_proven_to_be_left():
    # Each flight takes two of the six vehicles, and there is time for two.
    asked = problem(
        load("L0", pieces=6),
        horizon=HORIZON,
        types=(replace(QUICK, duty_min=20, cruise_kmh=30),),
        airfields=(
            Airfield("home", 3000, 1, ((0, HORIZON),)),
            Airfield("there", 3000, 1, ((0, HORIZON),)),
        ),
        legs=(Leg("home", "there", 1),),
    )
    every = Every(asked, "undelivered")
    clock = count()
    made = plan_movement(asked, Limits(600, lambda: float(next(clock))))
    undelivered, _, closure, lift = made.objectives
    assert undelivered.bound == every.least() == undelivered.value == 2 * 10_000 * 9
    # Whatever is left lasts until planning ends; and who leaves no more flies there, back and there.
    assert closure.bound == closure.value == HORIZON
    assert 0 < lift.bound <= lift.value == 6


def test_what_is_shared_out_proves_nothing_but_lateness():
    asked = problem(
        load("L0", lad=0, rdd=0),
        horizon=HORIZON,
        types=(QUICK,),
        legs=(Leg("home", "there", 1),),
        airfields=(
            Airfield("home", 3000, 1, ((0, HORIZON),)),
            Airfield("there", 3000, 1, ((0, HORIZON),)),
        ),
    )
    prices = Prices("lateness", 1, HORIZON, 1, {"L0": 10**6}, shared=("L0",))
    others = [
        replace(prices, objective=one) for one in ("undelivered", "closure", "lift")
    ]
    assert proven_bound(asked, prices) > 0
    assert [proven_bound(asked, one) for one in others] == [0, 0, 0]


def test_a_bound_comes_near_the_best_of_all_schedules_where_one_tail_flies_twice():
    asked = problem(
        *(load(f"L{i}", lad=4, rdd=4) for i in range(2)),
        horizon=HORIZON,
        types=(replace(QUICK, duty_min=12),),
        airfields=(
            Airfield("home", 3000, 1, ((0, HORIZON),)),
            Airfield("there", 3000, 1, ((0, HORIZON),)),
        ),
        tails=(Tail("T0", QUICK.id, "home"),),
        legs=(Leg("home", "there", 1),),
    )
    least = Every(asked).least_lateness()
    each = least // 2
    prices = Prices("lateness", 1, HORIZON, 1, {"L0": each, "L1": each})
    assert 0 < proven_bound(asked, prices) <= least


def test_a_bound_that_the_numbers_could_not_hold_is_none():
    years = 200_000
    to_and_fro = replace(QUICK, load_min=0, unload_min=0, rest_min=0, duty_min=years)
    asked = problem(
        load(pieces=10_000, kind="cargo", piece_kg=20_000, lad=0, rdd=0),
        horizon=years,
        weights=(100_000,),
        types=(to_and_fro,),
        airfields=(
            Airfield("home", 3000, 9, ((0, years),)),
            Airfield("there", 3000, 9, ((0, years),)),
        ),
        legs=(Leg("home", "there", 1),),
    )
    prices = Prices("lateness", 1, years, years, {"tanks": 10**15})
    assert proven_bound(asked, prices) <= 10_000 * 20_000 * 100_000 * years
    # Reported late, a load may be due long before minute 0.
    late = load(lad=0, rdd=0, onward_min=10**15)
    asked = problem(late, late=("tanks",))
    prices = Prices("lateness", 1, 3000, 3000, {"tanks": 10**24})
    assert proven_bound(asked, prices) <= 2 * 10_000 * 9 * (10**15 + 3000)


@pytest.mark.parametrize("most", [10**9, 2**53 - 1])
def test_steps_and_slots_of_any_length_are_reckoned(most):
    asked = problem(load(lad=0, rdd=0))
    prices = Prices("lateness", 1, 3000, 3000, {"tanks": 10**7}, {"home": (9,)})
    bound = proven_bound(asked, prices)
    assert bound > 0
    assert proven_bound(asked, replace(prices, slot_min=most)) == bound
    assert proven_bound(asked, replace(prices, began_min=most)) <= bound
    assert proven_bound(asked, replace(prices, grid_min=most)) == 0
