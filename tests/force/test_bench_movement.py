"""What the movement bench compares with is allowed by the checker, and is told as it is."""

import pytest

from bench.instances import instance
from bench.movement import spread
from bench.movement_dispatch import dispatched
from bench.movement_jobs import by_hand, jobs_of
from bench.movement_routes import Stop, plan_of
from bench.movement_runs import Asked, run
from peyman.force.checking import check
from peyman.force.solve.dispatching.assemble import plan_of as plan_of_dispatch
from peyman.force.solve.network import Network


@pytest.mark.parametrize("family", ["L", "X"])
def test_the_schedule_from_which_cp_sat_starts_is_allowed(family):
    problem = instance(family, 1, 0)
    network = Network(problem)
    jobs = list(jobs_of(network))
    routes: dict[str, list[Stop]] = {}
    for k, one in sorted(
        enumerate(by_hand(network, jobs)), key=lambda pair: pair[1].start
    ):
        routes.setdefault(one.tail, []).append(Stop(k, one.ferried, one.start))
    plan = plan_of(network, jobs, routes)
    assert check(problem, plan) == ()
    assert plan.objectives[0].value == 0


def test_the_plan_of_cp_sat_is_allowed_and_no_worse_than_its_start():
    pytest.importorskip("ortools")
    from bench.movement_cpsat import solve

    problem = instance("R", 1, 0)
    answer = solve(problem, 20)
    assert answer.plan is not None
    assert check(problem, answer.plan) == ()


def test_dispatch_that_looks_at_priority_has_less_lateness_where_lift_is_short():
    network = Network(instance("L", 1, 0))
    made = dispatched(network)
    assert made["weighted"].worth < made["due"].worth
    for one in made.values():
        assert check(network.problem, plan_of_dispatch(one.dispatch, {}, "")) == ()


def test_a_run_measures_what_it_was_asked():
    parts = frozenset({"dispatch", "replan", "disturb"})
    found = run(Asked("R", 1, 0, 0, parts, 5))
    assert (found.refused, found.replan_refused) == (0, 0)
    assert found.cpsat is None
    assert found.kept is not None
    assert found.kept > 0.5
    assert found.less_than(found.dispatch["due"]) is not None


def test_where_nothing_was_measured_there_is_a_dash():
    assert spread([None, None], "{:.0%}") == "-"
