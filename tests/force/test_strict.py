"""Numbers of a problem that no plan can be made of are refused, by name."""

import pytest

from peyman.errors import PeymanError
from peyman.force.problem import LONGEST, problem_json, read_problem
from peyman.force.strict import Unreadable
from tests.force.moving import load, problem


def test_a_number_that_not_every_program_reads_is_refused():
    with pytest.raises(Unreadable) as caught:
        read_problem(problem_json(problem(load(piece_kg=2**53))))
    assert "has to be a whole number, at most 9007199254740991" in str(caught.value)


def test_planning_ends_within_ten_years():
    assert read_problem(problem_json(problem(horizon=LONGEST))).horizon == LONGEST
    with pytest.raises(PeymanError) as caught:
        read_problem(problem_json(problem(horizon=10**9)))
    assert str(caught.value) == (
        "problem.horizon is 1000000000 minutes, and planning ends after 5270400, ten years, at the"
        " latest.\n"
        "  Authority: docs/force.md, the fields of a problem and of a plan\n"
        "  Next step: Let planning end sooner, or write minutes where they are seconds."
    )
