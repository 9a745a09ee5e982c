"""List scheduling: units go whole or not at all, a rare type is filled with what only it carries."""

from dataclasses import replace

from peyman.force.problem import Tail
from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from tests.force.moving import LIFTER, load, problem


def test_of_a_unit_that_has_begun_and_cannot_go_on_together_no_piece_is_moved_twice():
    guns = load("guns", pieces=3, within_min=0)
    crew = load("crew", pieces=2, within_min=0)
    dispatch = Dispatch(Network(problem(guns, crew)), (guns, crew))
    dispatch.moved((("guns", 1),), 500)
    dispatch.run(["guns", "crew"])
    assert dispatch.left == {"guns": 2, "crew": 2}
    assert dispatch.board.puts == []


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
