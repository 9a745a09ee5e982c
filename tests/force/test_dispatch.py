"""A unit that keeps together goes whole, or what of it had not gone stays where it was."""

from peyman.force.solve.dispatching.dispatch import Dispatch
from peyman.force.solve.network import Network
from tests.force.moving import load, problem


def test_of_a_unit_that_has_begun_and_cannot_go_on_together_no_piece_is_moved_twice():
    guns = load("guns", pieces=3, within_min=0)
    crew = load("crew", pieces=2, within_min=0)
    dispatch = Dispatch(Network(problem(guns, crew)), (guns, crew))
    dispatch.moved((("guns", 1),), 500)
    dispatch.run(["guns", "crew"])
    assert dispatch.left == {"guns": 2, "crew": 2}
    assert dispatch.board.puts == []
