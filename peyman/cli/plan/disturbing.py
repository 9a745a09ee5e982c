"""`peyman plan --disturb`: will the plan hold? On the cores of this machine, or on a cluster.

A replication is a function of a seed, so the answer is the same whoever computes it, and by how
many.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from peyman import __version__
from peyman.cli.plan.problems import Asked
from peyman.cli.printing import say, short
from peyman.cores import usable_cores
from peyman.errors import PeymanError
from peyman.force.live.disturbed import Outcome, Risks, outlook_json, replicate, seeds
from peyman.force.plan import Plan
from peyman.force.problem import Problem

Json = dict[str, Any]

_BATCH = 25
"""Replications that go to a worker at once: a fraction of a second of work."""
_ALONE = 50
"""So many are done before a pool of workers has started."""
_PATIENCE_S = 10

_WORDS = {
    "aircraft": "repairs of {name}, and the rest that its crew then needs",
    "airfield": "{name}: closed by weather, or its stands taken",
    "load": "{name}, ready late",
}
_SHOWN = 5


def add_outlooks(
    made: Json, asked: Sequence[Asked], count: int, seed: int, cluster: str | None
) -> None:
    """Put its outlook beside the movement in and the movement home."""
    told = disturb(asked, count, seed, cluster)
    for way, one in zip(("movement", "withdrawal"), told, strict=True):
        made[way]["outlook"] = one


def disturb(
    asked: Sequence[Asked],
    count: int,
    seed: int,
    cluster: str | None = None,
    workers: int | None = None,
) -> list[Json]:
    """The outlook of each plan over so many replications; `outlook_json` says what is in it.

    Args:
        asked: Problems, each with its plan.
        count: Replications of each.
        seed: Of the first; the same seed gives the same answer.
        cluster: The address of a Dask scheduler; None is this machine.
        workers: Processes on this machine; None is one a core that this process may use.

    Raises:
        PeymanError: If the cluster is not there, cannot do it or fails.
    """
    series = seeds(seed, count)
    batches = [series[i : i + _BATCH] for i in range(0, count, _BATCH)]
    risks = Risks()
    workers = workers or usable_cores()
    made = []
    for problem, plan in asked:
        fly = partial(_fly, problem, plan, risks)
        if cluster is not None:
            found = _on_cluster(fly, batches, cluster)
        elif workers == 1 or count <= _ALONE:
            found = map(fly, batches)
        else:
            found = _on_cores(fly, batches, workers)
        outcomes = [one for batch in found for one in batch]
        made.append(outlook_json(problem, plan, risks, outcomes))
    return made


def print_outlook(title: str, told: Json) -> None:
    """Print closure at 50, 80 and 95 %, what drives it, and what is assumed."""
    count = told["replications"]
    say(f"{title}: will it hold? {count} disturbed replications")
    say(f"  undisturbed it closes {short(told['undisturbed'])} UTC")
    for share, at in told["closure"].items():
        say(f"  in {share} % of them it closes by {short(at)} UTC")
    say(f"  in {told['on_time']} of {count} no later than undisturbed")
    if told["broken_off"]:
        say(
            f"  in {told['broken_off']} something can no longer go before planning ends"
        )
    if told["drivers"]:
        say("  What delays the last serial most, and in how many:")
    for one in told["drivers"][:_SHOWN]:
        words = _WORDS[one["kind"]].format(name=one["name"])
        say(f"    {one['replications']:5}  {words}")
    if more := sum(one["replications"] for one in told["drivers"][_SHOWN:]):
        say(f"    {more:5}  {len(told['drivers']) - _SHOWN} others")
    say("  Assumed, because nobody tells it:")
    for line in _assumed(told["assumed"]):
        say(f"    {line}")


def _assumed(risks: Json) -> Iterator[str]:
    yield (
        f"after {risks['breakdown']:.0%} of flights a repair,"
        f" {risks['repair_min']} minutes on average"
    )
    yield (
        f"{risks['weather']} closures of an airfield a day,"
        f" {risks['weather_min']} minutes on average"
    )
    yield (
        f"{risks['late']:.0%} of loads ready late,"
        f" by {risks['late_min']} minutes on average"
    )
    yield "nobody plans anew in between; docs/force.md says what else is left out"


def _fly(
    problem: Problem, plan: Plan, risks: Risks, batch: Sequence[int]
) -> list[Outcome]:
    return [replicate(problem, plan, risks, seed) for seed in batch]


def _on_cores(
    fly: partial[list[Outcome]], batches: Sequence[Sequence[int]], workers: int
) -> Iterator[list[Outcome]]:
    # Spawned: a fork would take the threads of the solver with it, which are not there.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(fly, batches)


def _on_cluster(
    fly: partial[list[Outcome]], batches: Sequence[Sequence[int]], address: str
) -> Iterable[list[Outcome]]:
    with _client(address) as client:
        try:
            there = client.run(_version)
            _same_version(there, address)
            return list(client.gather(client.map(fly, batches)))
        except PeymanError:
            raise
        # What a worker raises comes back as it was raised there, whatever it is.
        except Exception as error:
            raise PeymanError(
                f"The cluster at {address} failed: {type(error).__name__}: {error}",
                authority="the option --cluster",
                remedy="See the log of its workers, or leave --cluster out: the answer is"
                " the same.",
            ) from error


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise PeymanError(
            "This installation cannot speak to a cluster: Dask's `distributed` is missing.",
            authority="the option --cluster; the extra `cluster` of pyproject.toml",
            remedy="pip install 'peyman[cluster]', or leave --cluster out: the answer is"
            " the same.",
        ) from error
    try:
        client = distributed.Client(address, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PeymanError(
            f"No cluster answers at {address}.",
            authority="the option --cluster: the address of a Dask scheduler",
            remedy="Start one with `dask scheduler` and `dask worker ADDRESS`, or name the"
            " one that runs, as in tcp://HOST:8786.",
        ) from error
    with client:
        yield client


def _version() -> str:
    return __version__


def _same_version(there: dict[str, str], address: str) -> None:
    if not there:
        raise PeymanError(
            f"The cluster at {address} has no workers.",
            authority="the option --cluster: the address of a Dask scheduler",
            remedy=f"Start one at least: dask worker {address}",
        )
    other = sorted({one for one in there.values() if one != __version__})
    if other:
        raise PeymanError(
            f"A worker of the cluster has Peyman {other[0]}, and this is {__version__}.",
            authority="docs/force.md, Will it hold: the answer is the same on any machine",
            remedy="Install the same version on every worker.",
        )
