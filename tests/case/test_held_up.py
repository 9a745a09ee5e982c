from peyman.case.planning.held_up import held_up
from tests.case.planning import first_plan, planned_problem
from tests.case.small import record
from tests.case.test_moving import small


def test_a_movement_says_its_ramp_with_hours_and_what_one_more_would_buy():
    problem = planned_problem(small(lift={"Il-76": 9}, tonnes=900))
    told = held_up(problem, first_plan(problem), first_plan)
    ramp = told["bottleneck"]
    assert ramp["start"] < ramp["end"]
    assert str(told["says"][0]).startswith(f"The ramp of {ramp['airfield']}, 2022-")
    assert [one["kind"] for one in told["one_more"]] == ["aircraft", "stand"]
    assert "Planned again at once with one more Il-76MD" in str(told["says"][1])
    stand = told["one_more"][1]
    assert (stand["closure"][1] < stand["closure"][0]) == (
        "nothing is gained" not in str(told["says"][2])
    )


def test_what_is_not_moved_is_not_held_up():
    problem = planned_problem(record())
    told = held_up(problem, first_plan(problem), first_plan)
    assert told == {"bottleneck": None, "one_more": [], "says": []}
