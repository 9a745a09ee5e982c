"""Stands remember what they know, and answer as if they looked at every minute."""

from hypothesis import given
from hypothesis import strategies as st

from peyman.force.solve.dispatching.board import Put
from peyman.force.solve.dispatching.stands import Stands
from peyman.force.solve.dispatching.waiting import Waiting
from peyman.force.solve.network import Network
from tests.force.moving import load, problem

LAST = 60
MINUTE = st.integers(0, LAST)
WORK = st.tuples(st.just("work"), MINUTE, st.integers(1, 9), st.sampled_from((1, -1)))
PARK = st.tuples(st.just("park"), MINUTE, st.integers(0, 9), st.sampled_from((1, -1)))
ASK = st.tuples(st.just("ask"), MINUTE, st.integers(0, 9), st.just(0))


@given(st.lists(st.one_of(WORK, PARK, ASK), max_size=40))
def test_stands_answer_as_if_every_minute_was_looked_at(acts):
    opened = ((0, 25), (30, 40), (42, LAST))
    stands = Stands(opened, 2, LAST)
    taken, parked = [0] * (LAST + 1), [0] * (LAST + 1)
    for what, at, width, by in acts:
        if what == "work":
            stands.work(at, at + width, by)
            taken = [n + by * (at <= i < at + width) for i, n in enumerate(taken)]
        elif what == "park":
            # A width of nothing stands for a stay without an end.
            until = min(at + width, LAST) if width else None
            stands.park(at, until, by)
            parked = [
                n + by * (at <= i and (until is None or i < until))
                for i, n in enumerate(parked)
            ]
        else:
            assert stands.next_free(at, width) == _next_free(opened, taken, at, width)
            for until in (None, at, min(at + width, LAST)):
                full = any(n >= 2 for n in parked[at:until])
                assert stands.is_parked_full(2, at, until) == full
    assert stands.parked.tolist() == parked


def _next_free(opened, taken, at, width):
    for i in range(at, LAST + 1):
        is_open = any(lo <= i and i + width <= hi for lo, hi in opened)
        if is_open and all(n < 2 for n in taken[i : i + width]):
            return i
    return None


def test_a_flight_takes_first_what_is_due_first_of_all_that_fits():
    rows = [
        load("few", pieces=1, kind="vehicles", lad=900),
        load("later", pieces=9, kind="passengers", piece_kg=100, lad=950),
        load("unready", pieces=1, kind="vehicles", ald=500, lad=850),
        load("soon", pieces=2, kind="passengers", piece_kg=100, lad=800),
    ]
    asked = problem(*rows)
    network = Network(asked)
    trip = next(one for key, one in network.trips.items() if key[1] == rows[0].origin)
    left = {one.id: one.pieces for one in rows}
    waiting = Waiting(network, sorted(rows, key=lambda one: one.lad))
    found = waiting.beside(Put("T", trip, 0), left)
    assert [one.id for one, _ in found] == ["soon", "few", "later"]
    waiting.gone("soon")
    found = waiting.beside(Put("T", trip, 0), left)
    assert [one.id for one, _ in found] == ["few", "later"]


def test_a_stand_that_is_given_back_is_free_again():
    stands = Stands(((0, LAST),), 1, LAST)
    stands.work(0, 20, 1)
    assert stands.next_free(5, 4) == 20
    stands.work(0, 20, -1)
    assert stands.next_free(5, 4) == 5
