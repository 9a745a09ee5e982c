"""Will it hold? The page that carries a plan out many times, on assumptions that it tells."""

import pytest

from peyman.case.planning.moving import Direction
from peyman.force.live.disturbed import Risks, outlook_json, replicate, seeds
from peyman.web import demo
from peyman.web.views.plans.solving import plan_now
from tests.web.test_enter import page_of
from tests.web.test_next_plan import LINE, PLEDGE, entered, held_now

HOLDS = f"/en/cases/{demo.SLUG}/plan/in/holds/"
AWAY = {"REMOTE_ADDR": "192.0.2.7"}
IN: Direction = "in"


@pytest.fixture
def planned(live):
    entered("requirement", LINE)
    entered("pledge", PLEDGE)
    return live


def test_a_case_with_nothing_to_move_says_so(client, live):
    assert "Nothing is assigned by this moment" in page_of(client.get(HOLDS))


def test_the_page_says_what_the_replications_say(client, planned):
    answer = client.get(HOLDS)
    shown = page_of(answer)
    was = plan_now(held_now(), IN)
    outcomes = [
        replicate(was.problem, was.plan, Risks(), seed) for seed in seeds(0, 100)
    ]
    told = outlook_json(was.problem, was.plan, Risks(), outcomes)
    assert answer.context["outlook"] == told
    assert f"{told['on_time']} of 100" in shown
    assert "After 5 percent of flights a repair, 360 minutes on average." in shown
    assert "10 percent of loads ready late, by 240 minutes on average." in shown


def test_who_sits_elsewhere_and_has_no_part_gets_few_replications(client, planned):
    asked = HOLDS + "?times=1000"
    far = client.get(asked, **AWAY)
    assert far.context["outlook"]["replications"] == 100
    assert "Carry it out" not in page_of(far)
    near = client.get(asked)
    assert near.context["outlook"]["replications"] == 1000
    assert "Carried out 1,000 times" in page_of(near)


@pytest.mark.parametrize("language", ["fa", "ru"])
def test_every_word_of_it_is_in_the_language_of_the_page(client, planned, language):
    shown = page_of(client.get(HOLDS.replace("/en/", f"/{language}/")))
    for word in ("percent", "repairs", "undisturbed", "ready late", "replications"):
        assert word not in shown
