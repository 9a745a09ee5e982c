"""`peyman plan --disturb`: the same answer on one core, on two and on a cluster."""

import json
import socket
import sys

import pytest

from peyman.case.planning.generation import generation
from peyman.case.planning.moving import movement
from peyman.case.reading import read_case
from peyman.cli.plan.disturbing import disturb
from peyman.cli.plan.solving import Solver
from peyman.cli.showing import load_case
from peyman.errors import PeymanError
from tests.cli.conftest import run
from tests.cli.test_planning import FOUNDING, planned

COUNT = 60


@pytest.fixture(scope="module")
def asked():
    reading = read_case(load_case(FOUNDING))
    problem = movement(reading, generation(reading), "in")
    return [(problem, Solver(0, seed=0)(problem))]


def test_a_plan_is_told_with_its_outlook_and_what_it_assumes():
    told = planned(FOUNDING, "--disturb", 20)
    assert told.exit_code == 0
    assert "Movement in: will it hold? 20 disturbed replications" in told.stdout
    assert "  in 95 % of them it closes by 2022-01-" in told.stdout
    assert "    10% of loads ready late, by 240 minutes on average" in told.stdout
    assert "Movement home: will it hold?" in told.stdout


def test_the_same_seed_gives_the_same_json_and_another_seed_another():
    first, again, other = (
        json.loads(planned(FOUNDING, "--disturb", 10, "--seed", n, "--json").stdout)
        for n in (0, 0, 1)
    )
    assert first["movement"]["outlook"] == again["movement"]["outlook"]
    assert first["movement"]["outlook"] != other["movement"]["outlook"]
    assert first["movement"]["outlook"]["replications"] == 10


def test_the_answer_does_not_depend_on_the_number_of_workers(asked):
    one, two = (disturb(asked, COUNT, 7, workers=n) for n in (1, 2))
    assert one == two


def test_a_cluster_gives_the_same_answer(asked):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        protocol="tcp",
        host="127.0.0.1",
    ) as cluster:
        found = disturb(asked, COUNT, 7, cluster.scheduler_address)
        assert found == disturb(asked, COUNT, 7, workers=1)


def test_a_cluster_without_a_worker_is_told_and_not_waited_for(asked):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=0,
        processes=False,
        dashboard_address=None,
        protocol="tcp",
        host="127.0.0.1",
    ) as cluster:
        address = cluster.scheduler_address
        with pytest.raises(PeymanError) as caught:
            disturb(asked, 1, 0, address)
    assert str(caught.value).startswith(f"The cluster at {address} has no workers.")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "nonsense://x"])
def test_a_cluster_that_does_not_answer_is_named(address, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("peyman.cli.plan.disturbing._PATIENCE_S", 1)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        name = address.format(port=closed.getsockname()[1])
        told = planned(FOUNDING, "--disturb", 1, "--cluster", name)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == (
        f"No cluster answers at {name}.\n"
        "  Authority: the option --cluster: the address of a Dask scheduler\n"
        "  Next step: Start one with `dask scheduler` and `dask worker ADDRESS`, or name"
        " the one that runs, as in tcp://HOST:8786.\n"
    )


def test_without_the_extra_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = planned(FOUNDING, "--disturb", 1, "--cluster", "tcp://127.0.0.1:1")
    assert told.exit_code == 2
    assert told.stderr == (
        "This installation cannot speak to a cluster: Dask's `distributed` is missing.\n"
        "  Authority: the option --cluster; the extra `cluster` of pyproject.toml\n"
        "  Next step: pip install 'peyman[cluster]', or leave --cluster out: the answer is"
        " the same.\n"
    )


def test_no_replication_is_no_number():
    told = run("plan", FOUNDING, "--disturb", 0)
    assert told.exit_code == 2
    assert "--disturb" in told.stderr
