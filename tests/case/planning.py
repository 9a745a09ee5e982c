"""Cases of the invented pact in which something is planned, and its plan kept."""

from dataclasses import replace

from peyman.case.planning.generation import generation
from peyman.case.planning.moving import movement
from peyman.case.reading import read_case
from peyman.case.tracking.kept_plan import approval_draft, source_draft, write_kept
from peyman.charter.moment import show
from peyman.force.planner import plan_movement
from peyman.force.solve.timing import Limits
from tests.case.small import name_of
from tests.case.test_moving import small

CHAIR = "pact/chair"


def planned_problem(made, direction="in"):
    reading = read_case(made.case)
    return movement(reading, generation(reading), direction)


def first_plan(problem):
    return plan_movement(problem, Limits(0, lambda: 0))


def keep(made, label, direction="in", data=None):
    """Enter the first plan of a movement as its source entry, bytes and all."""
    problem = planned_problem(made, direction)
    data = data or write_kept(direction, problem, first_plan(problem))
    made.clock += 60
    draft = source_draft(data, "peyman/registrar", show(made.clock))
    entry = made.entry(label, draft)
    made.case = replace(
        made.case,
        entries=(*made.case.entries, entry),
        size=made.case.size + 1,
        plans={**made.case.plans, entry.commitment: data.decode()},
    )
    return made


def approve(made, label, plan, signer=CHAIR):
    """Enter the note that puts a kept plan in force."""
    made.clock += 60
    draft = approval_draft(name_of(plan), show(made.clock))
    entry = made.entry(label, draft, signer)
    made.case = replace(
        made.case, entries=(*made.case.entries, entry), size=made.case.size + 1
    )
    return made


def kept(**pledge):
    """A case whose movement in is planned, kept and in force."""
    return approve(keep(small(**pledge), "plan"), "yes", "plan")
