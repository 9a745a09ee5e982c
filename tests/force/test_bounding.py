"""Prices for more loads than have a row each, or than have one soon enough."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.instances import instance
from peyman.force.checking import Prover
from peyman.force.problem import Airfield, Leg, Tail
from peyman.force.solve import bounding as bounding_of
from peyman.force.solve.bounding import MOST_LOADS, Bounding
from peyman.force.solve.bounds.columns import Column, Columns
from peyman.force.solve.bounds.flow import FleetFlow, Flow
from peyman.force.solve.bounds.parties import duties as duties_of
from peyman.force.solve.bounds.parties import market as market_of
from peyman.force.solve.bounds.parties.deeds import Goal
from peyman.force.solve.bounds.parties.duties import patterns
from peyman.force.solve.bounds.parties.market import Market
from peyman.force.solve.network import Network
from peyman.force.solve.searching.search import decode
from tests.force.moving import LIFTER, load, problem


def test_more_loads_than_have_rows_are_priced_by_a_finer_and_finer_flow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loads = [
        load(f"U{i}", pieces=1, ald=i // 8, lad=300 + i // 8, rdd=300 + i // 8)
        for i in range(MOST_LOADS + 1)
    ]
    asked = problem(*loads)
    bounding = Bounding(Network(asked), loads, asked.horizon)
    prover = Prover(asked)
    prices = bounding.first(60.0)
    assert prices is not None
    first = prover.bound(prices)
    finer = [prover.bound(one) for one in bounding.better(first, (), lambda: 60.0)]
    assert len(finer) == 3
    assert max(finer) > first > 0
    # A flow that takes its time leaves none for one that takes four times as much.
    solve, left = FleetFlow.solve, [60.0]

    def slow(flow: FleetFlow, seconds: float) -> Flow | None:
        left[0] /= 2
        return solve(flow, seconds)

    monkeypatch.setattr(FleetFlow, "solve", slow)
    assert len(list(bounding.better(first, (), lambda: left[0]))) == 1


def test_of_many_loads_those_that_only_some_types_carry_are_priced_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounding_of, "MOST_ROWS", 20)
    asked = instance("M", 1, 0)
    bounding = Bounding(Network(asked), asked.loads, 6000)
    ticks = count()
    assert bounding.first(60.0)
    rows = bounding.better(0, (), lambda: 60.0 - next(ticks))
    rare = {one.id for one in asked.loads if one.outsize}
    prices = next(rows)
    assert set(prices.load) <= rare
    assert Prover(asked).bound(prices) > 0


def test_who_is_loaded_in_no_time_is_no_ferry() -> None:
    at_once = replace(LIFTER, load_min=0, unload_min=0)
    loads = [load(f"U{i}") for i in range(3)]
    asked = problem(*loads, types=(at_once,))
    market = Market(Network(asked), loads, Goal("lateness", 3000, 10))
    columns = Columns(market, 6)
    found = columns.ask(dearest(columns), np.zeros((2, columns.slots)))[1]
    assert carried(columns, found).any()


def dearest(columns: Columns) -> NDArray[np.float64]:
    """Each piece at the most that it can be worth, and no toll."""
    ceiling = columns.market.ceiling
    return np.pad(ceiling, (0, len(columns.pieces) - len(ceiling)))


def carried(columns: Columns, found: list[Column]) -> NDArray[np.float64]:
    """Pieces of each load, over all tails."""
    pieces = np.zeros(len(columns.market.loads))
    for one in found:
        for deed in one.deeds:
            rows = deed.action.rows
            for row, share in deed.takes:
                assert rows is not None
                each = share * rows.most[row] * columns.tails[one.start][1]
                pieces[rows.loads[row]] += each
    return pieces


def test_beside_what_the_tails_do_they_are_asked_for_what_that_leaves() -> None:
    asked = instance("X", 1, 0)
    market = Market(Network(asked), list(asked.loads), Goal("lateness", 6000, 30))
    columns = Columns(market, 2)
    stand = np.zeros((len(market.places), columns.slots))
    found = columns.ask(dearest(columns), stand)[1]
    more = columns.beside(dearest(columns), stand, found)
    first, then = carried(columns, found), carried(columns, more)
    gone = first >= market.pieces
    assert gone.any()
    assert not then[gone].any()
    assert then[~gone].any()


def test_duties_of_many_short_trips_are_priced_trip_by_trip(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for room in (duties_of, market_of):
        monkeypatch.setattr(room, "MOST_PATTERNS", 60)
    hop = replace(
        LIFTER,
        cruise_kmh=300,
        load_min=10,
        unload_min=10,
        turn_min=5,
        duty_min=840,
        rest_min=600,
    )
    ends = [f"spoke-{i}" for i in range(5)]
    hours = ((0, 3000),)
    loads = [
        load(f"U{i}", origin="hub", destinations=(ends[i % 5],), lad=60, rdd=60)
        for i in range(30)
    ]
    asked = problem(
        *loads,
        types=(hop,),
        tails=(Tail("T1", hop.id, "hub"),),
        airfields=tuple(Airfield(one, 3000, 2, hours) for one in ("hub", *ends)),
        legs=tuple(Leg("hub", one, 100 + 20 * i) for i, one in enumerate(ends)),
    )
    network = Network(asked)
    served = frozenset(("hub", one) for one in ends)
    assert len(patterns(network, hop.id, served, anywhere=True)) == 60
    bounding = Bounding(network, loads, asked.horizon)
    ticks = count()
    prices = list(bounding.better(0, (), lambda: 200.0 - next(ticks)))[-1]
    found = decode(network, loads, [one.id for one in loads]).worth[1]
    assert 0.88 * found < Prover(asked).bound(prices) <= found
