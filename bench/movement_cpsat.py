"""CP-SAT on the movement problem, within a time: `bench.movement_model` says with what."""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from bench.movement_jobs import alike
from bench.movement_model import Model
from bench.movement_routes import Stop, plan_of
from peyman.force.plan import Plan
from peyman.force.problem import Problem
from peyman.force.solve.network import Network


@dataclass(frozen=True, slots=True)
class Answer:
    """What CP-SAT found: a plan, if any, and its status."""

    plan: Plan | None
    status: str


def solve(problem: Problem, seconds: float, seed: int = 0, workers: int = 2) -> Answer:
    """The best plan that CP-SAT finds in the time, building not counted."""
    model = Model(Network(problem))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    # Presolve would spend half of the time on probing.
    solver.parameters.cp_model_probing_level = 0
    status = solver.solve(model.model)
    name = solver.status_name(status)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, name)
    return Answer(_plan(model, solver), name)


def _plan(model: Model, solver: cp_model.CpSolver) -> Plan:
    """The plan of a solution."""
    after: dict[int | str, list[int]] = {}
    for (_, before, k), arc in model.arcs.items():
        if solver.boolean_value(arc):
            after.setdefault(before, []).append(k)
    routes: dict[str, list[Stop]] = {}
    for kind in model.network.fleet:
        tails = [one for one in model.network.problem.tails if one.type == kind.id]
        for group in alike(tails):
            firsts = after.get(group[0].id, [])
            for tail, first in zip(group, firsts, strict=False):
                row = [first]
                while row[-1] in after:
                    row += after[row[-1]]
                routes[tail.id] = [_stop(model, k, solver) for k in row]
    return plan_of(model.network, model.jobs, routes)


def _stop(model: Model, k: int, solver: cp_model.CpSolver) -> Stop:
    riders = tuple(
        rider
        for (at, rider), ride in model.rides.items()
        if at == k and solver.boolean_value(ride)
    )
    ferried, start = solver.value(model.ferried[k]), solver.value(model.start[k])
    return Stop(k, ferried, start, riders)
