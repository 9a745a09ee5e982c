"""List scheduling: units go together, whole if they can, a rare type is filled with what only it carries."""

from dataclasses import replace

from peyman.force.checking import check
from peyman.force.problem import Airfield, Leg, Tail
from peyman.force.solve.dispatching.assemble import plan_of, with_values
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from tests.force.moving import LIFTER, OPEN, load, problem


def test_of_a_unit_that_has_begun_and_cannot_go_on_together_no_piece_is_moved_twice():
    guns = load("guns", pieces=3, within_min=0)
    crew = load("crew", pieces=2, within_min=0)
    dispatch = Dispatch(Network(problem(guns, crew)), (guns, crew))
    dispatch.moved((("guns", 1),), 500)
    dispatch.run(["guns", "crew"])
    # Each fills an aircraft, and there is one: what goes first goes alone.
    assert dispatch.left == {"guns": 0, "crew": 2}
    assert [one.parts for one in dispatch.board.puts] == [(("guns", 2),)]


def test_a_rare_type_is_filled_with_what_only_it_carries_before_what_is_due_first():
    rare = replace(LIFTER, id="rare", outsize=True)
    asked = problem(
        load("bridge", pieces=1, outsize=True, lad=500),
        load("crane", pieces=1, outsize=True, lad=900),
        load("cars", pieces=1, lad=600),
        types=(LIFTER, rare),
        tails=(Tail("T1", "lifter", "there"), Tail("T2", "rare", "home")),
    )
    dispatch = Dispatch(Network(asked), asked.loads)
    dispatch.run(["bridge", "crane", "cars"])
    (first,) = (one for one in dispatch.board.puts if one.trip.type == "rare")
    assert {name for name, _ in first.parts} == {"bridge", "crane"}


def test_what_of_a_unit_cannot_be_there_together_is_left_and_the_rest_goes() -> None:
    # Two flights of one aircraft are far more than an hour apart.
    loads = [load(f"U{i}", within_min=60) for i in range(2)]
    asked = problem(*loads)
    dispatch = Dispatch(Network(asked), loads)
    dispatch.run(["U0", "U1"])
    assert dispatch.left == {"U0": 0, "U1": 2}
    made = with_values(dispatch.network, plan_of(dispatch, {}, "by hand"))
    assert check(asked, made) == ()


def test_loads_of_a_unit_go_on_one_flight_where_there_is_room() -> None:
    loads = [load(f"U{i}", pieces=1, within_min=60) for i in range(2)]
    asked = problem(*loads, load("other", pieces=1, unit="unit-2"))
    dispatch = Dispatch(Network(asked), asked.loads)
    dispatch.run(["U0", "U1", "other"])
    flown = [put.parts for put in dispatch.board.puts if put.parts]
    assert flown == [(("U0", 1), ("U1", 1)), (("other", 1),)]


def test_a_unit_that_cannot_go_whole_goes_where_most_of_it_can() -> None:
    # Two aircraft at a time for three loads; at the first place there is one stand.
    ends = ("there", "far")
    loads = [load(f"U{i}", within_min=10, destinations=ends) for i in range(3)]
    asked = problem(
        *loads,
        tails=tuple(Tail(f"T{i}", "lifter", "home") for i in range(2)),
        airfields=(
            Airfield("home", 3000, 4, OPEN),
            Airfield("there", 3000, 1, OPEN),
            Airfield("far", 3000, 4, OPEN),
        ),
        legs=(Leg("home", "there", 900), Leg("home", "far", 900)),
    )
    dispatch = Dispatch(Network(asked), loads)
    dispatch.run([one.id for one in loads])
    assert sorted(dispatch.left.values()) == [0, 0, 2]
    assert {one.trip.destination for one in dispatch.board.puts if one.parts} == {"far"}
    made = with_values(dispatch.network, plan_of(dispatch, {}, "by hand"))
    assert check(asked, made) == ()
