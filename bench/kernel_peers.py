"""The eight acts of one request for help, as others would run them.

- transitions (MIT): a machine of states, one trigger an act.
- SpiffWorkflow (LGPL-3.0-or-later; installed for the measure alone): a process of eight
  tasks, each completed as the act is done.

Both answer one question, whether this is the next step. Neither knows a deadline, a vote,
an addressee, an article, a member or an uncertain time.
"""

from collections.abc import Callable, Sequence

from SpiffWorkflow.specs import Simple, WorkflowSpec
from SpiffWorkflow.workflow import Workflow
from transitions import Machine

Peer = tuple[str, Callable[[], object]]


def peers_of(acts: Sequence[str]) -> list[Peer]:
    """Name of every peer, and what runs the acts once from the first to the last."""
    return [("transitions", _machine(acts)), ("SpiffWorkflow", _process(acts))]


class _Matter:
    """What the machine moves."""

    state: str


def _machine(acts: Sequence[str]) -> Callable[[], object]:
    states = ["nothing", *acts]
    steps = [
        {"trigger": f"do_{act}", "source": before, "dest": act}
        for before, act in zip(states, acts, strict=False)
    ]
    triggers = [f"do_{act}" for act in acts]
    matter = _Matter()
    machine = Machine(matter, states=states, transitions=steps, initial="nothing")

    def run() -> None:
        machine.set_state("nothing")
        for trigger in triggers:
            if not getattr(matter, trigger)():
                raise AssertionError(trigger)

    return run


def _process(acts: Sequence[str]) -> Callable[[], object]:
    spec = WorkflowSpec("help", addstart=True)
    last = spec.start
    for act in acts:
        step = Simple(spec, act, manual=True)
        last.connect(step)
        last = step

    def run() -> None:
        process = Workflow(spec)
        process.run_all()
        for act in acts:
            (ready,) = process.get_tasks(spec_name=act)
            process.run_task_from_id(ready.id)
            process.run_all()
        if not process.is_completed():
            raise AssertionError("the process is not over")

    return run
