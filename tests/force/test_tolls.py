"""What a flight wins with tolls: never less than it could in any minute of a step."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from peyman.force.checking.proving.earnings import Offer, full_flight
from peyman.force.checking.proving.tolls.curves import Curve, value_at

ROWS = st.lists(st.integers(0, 90), min_size=1, max_size=5).map(
    lambda row: tuple(sorted(row, reverse=True))
)
CURVES = st.builds(Curve, ROWS, st.integers(1, 5), st.integers(-9, 9), st.booleans())
OFFERS = st.builds(
    Offer,
    st.integers(0, 9),
    st.integers(0, 20),
    st.integers(0, 9),
    st.integers(-20, 90),
    st.integers(1, 3),
    st.integers(1, 3),
    st.lists(CURVES, max_size=3).map(tuple),
)


def alone(offer, start, off_min):
    """What a flight costs that carries as much of one load as it can."""
    if start < offer.first:
        return 0
    each = offer.slope * max(0, start + off_min - offer.due) - offer.price
    for one in offer.curves:
        value = value_at(one.row, one.slot_min, start + one.at)
        each += value if one.pays else -value
    return each * min(offer.pieces, offer.most)


@given(st.lists(OFFERS, max_size=4), st.integers(1, 4), st.integers(0, 9))
def test_no_flight_with_one_load_wins_more_in_a_step_than_the_best(
    offers, grid, off_min
):
    start = np.arange(200) * grid
    best = full_flight(offers, start, grid, off_min)
    for step in (*range(30), 63, 64, 65, 199):
        at = int(start[step])
        least = min(
            (
                alone(one, minute, off_min)
                for one in offers
                for minute in range(at, at + grid)
            ),
            default=0,
        )
        assert best[step] <= min(0, least)


@given(OFFERS, st.integers(0, 9))
def test_minute_by_minute_the_best_of_one_load_is_what_it_costs(offer, off_min):
    start = np.arange(130)
    best = full_flight([offer], start, 1, off_min)
    full = offer.pieces >= offer.most
    for at in range(130):
        cost = min(0, alone(offer, at, off_min))
        assert best[at] == cost or (not full and best[at] <= cost)
