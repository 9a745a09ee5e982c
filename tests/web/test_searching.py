"""Searching on for a better plan beside the server: seen as it goes, stopped, kept, checked again."""

import subprocess
import sys
import time

import pytest

from bench.instances import instance
from peyman.case.planning.generation import generation
from peyman.case.planning.moving import movement
from peyman.web import demo
from peyman.web.searches import runs, told
from peyman.web.views.plans.solving import at_once
from tests.web.test_enter import page_of
from tests.web.test_holding import AWAY
from tests.web.test_next_plan import LINE, NEXT, PLEDGE, entered, held_now

SEARCH = f"/en/cases/{demo.SLUG}/plan/in/search/"
PATIENCE_S = 60


@pytest.fixture
def planned(live, tmp_path, monkeypatch):
    """Something to move, and a place for searches; whatever runs at the end is stopped."""
    monkeypatch.setenv("PEYMAN_HOME", str(tmp_path))
    entered("requirement", LINE)
    entered("pledge", PLEDGE)
    yield live
    for problem in (problem_now(), other_problem()):
        runs.stop(problem)
    until(lambda: not running())


def problem_now():
    reading = held_now()
    return movement(reading, generation(reading), "in")


def other_problem():
    """The same, but that nothing is moved of it."""
    return movement(held_now(), generation(held_now()), "out")


def running():
    one = runs.run_of(problem_now())
    return one.is_running or one.is_other


def until(is_so):
    ends = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < ends, "it takes too long"
        time.sleep(0.05)


def begin(client, seconds=30):
    return client.post(SEARCH, {"step": "start", "seconds": seconds})


def test_it_is_searched_stopped_kept_and_shown_on_the_page_of_the_next_plan(
    planned, sign_in
):
    client = sign_in("analyst")
    assert "Not searched yet" in page_of(client.get(SEARCH))
    assert "found at once" in page_of(client.get(NEXT))
    # A search that has nothing left to find ends by itself: stop one that goes on.
    assert begin(client, 600).status_code == 302
    until(lambda: runs.found(problem_now()))
    client.post(SEARCH, {"step": "stop"})
    until(lambda: not running())
    shown = page_of(client.get(SEARCH))
    assert "the best plan is kept" in shown
    assert "How far from proven best" in shown
    assert "See what it changes" in shown
    assert "The best plan that was searched for" in page_of(client.get(NEXT))


def test_a_part_of_the_page_is_asked_for_while_it_runs(planned, sign_in):
    client = sign_in("analyst")
    begin(client, 600)
    until(lambda: runs.run_of(problem_now()).steps)
    part = page_of(client.get(SEARCH, headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="search"')
    assert "<html" not in part
    if runs.run_of(problem_now()).is_running:
        assert 'hx-trigger="every 1s"' in page_of(client.get(SEARCH))


def test_one_runs_at_a_time(planned, sign_in, monkeypatch):
    with runs._taken() as lock:
        assert lock is not None
        refused = page_of(begin(sign_in("analyst")))
    assert "it runs one at a time" in refused
    assert "Wait until it has ended" in refused


def test_who_sits_elsewhere_and_has_no_part_looks_and_does_not_search(client, planned):
    assert client.post(SEARCH, {"step": "start"}, **AWAY).status_code == 404
    shown = page_of(client.get(SEARCH, **AWAY))
    assert "Who has a part in the case may search here" in shown
    assert "Seconds to search" not in shown
    assert not running()


@pytest.mark.parametrize("typed", [{"seconds": "86400"}, {"since": "-1"}, {}])
def test_what_is_typed_by_hand_searches_no_longer_than_offered(
    planned, sign_in, typed, monkeypatch
):
    heard = []

    def start(_, seconds):
        heard.append(seconds)
        return True

    monkeypatch.setattr(runs, "start", start)
    sign_in("analyst").post(SEARCH, {"step": "start", **typed})
    assert heard == [runs.SECONDS[0]]


def test_a_plan_that_the_checker_does_not_allow_is_not_shown(planned, tmp_path):
    problem = problem_now()
    runs.start(problem, 30)
    until(lambda: not running())
    plan = runs.found(problem)
    assert plan is not None
    [folder] = [one for one in (tmp_path / "searches").iterdir() if one.is_dir()]
    kept = (folder / told.PLAN).read_text()
    (folder / told.PLAN).write_text(kept.replace('"bound": 0', '"bound": 999999'))
    assert runs.found(problem) is None
    (folder / told.PLAN).write_text(kept[:-40])
    assert runs.found(problem) is None


def test_a_search_of_the_same_problem_goes_on_from_what_it_had(planned):
    problem = problem_now()
    for _ in range(2):
        runs.start(problem, 30)
        until(lambda: not running())
    steps = runs.run_of(problem).steps
    assert [one.at for one in steps] == sorted(one.at for one in steps)
    values = [tuple(goal.value for goal in one.goals) for one in steps]
    assert values == sorted(values, reverse=True)
    first = tuple(one.value for one in at_once(problem).objectives)
    assert values[-1] <= first


SERVER = """
import sys, time
from pathlib import Path
from peyman.web.searches import runs, told
problem = told.problem_of(Path(sys.argv[1]))
runs.start(problem, 600)
while runs.found(problem) is None:
    time.sleep(0.1)
"""


def test_it_ends_with_the_server_that_began_it_and_leaves_what_it_found(
    tmp_path, monkeypatch
):
    """The server is a process of its own here, which begins a long search and is gone."""
    monkeypatch.setenv("PEYMAN_HOME", str(tmp_path))
    problem = instance("X", 1, 0)
    told.write_problem(tmp_path, problem)
    server = [sys.executable, "-c", SERVER, tmp_path]
    subprocess.run(server, check=True, timeout=PATIENCE_S)
    until(lambda: not runs.run_of(problem).is_running)
    assert runs.found(problem) is not None
