"""The plan that a movement cell would dispatch by hand: at once, allowed, and without a proof.

Loads go in the order of their priority and their due date, each on what brings it soonest. It is what
a page shows while nobody has asked for more, and where a search begins.
"""

from peyman.force.plan import Plan
from peyman.force.problem import Problem, due
from peyman.force.solve.assemble import plan_of, with_values
from peyman.force.solve.dispatch import Dispatch
from peyman.force.solve.network import Network
from peyman.force.solve.reasons import infeasible


def first_plan(problem: Problem) -> Plan:
    """Dispatch everything that can be moved; what cannot is named with its reasons."""
    network = Network(problem)
    barred = infeasible(network)
    loads = [load for load in problem.loads if load.id not in barred]
    order = sorted(loads, key=lambda load: (load.priority, due(load), load.id))
    dispatch = Dispatch(network, loads)
    dispatch.run([load.id for load in order])
    return with_values(network, plan_of(dispatch, barred, "dispatch"))
