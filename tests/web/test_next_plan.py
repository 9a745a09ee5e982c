"""A plan is proposed by an analyst, approved by an office, followed, and made again from now."""

import re

import pytest
from django.urls import reverse

from peyman.case.entering.draft import Draft
from peyman.case.tracking.kept_plan import in_force, kept_plans
from peyman.charter.moment import show
from peyman.web import demo
from peyman.web.models import CaseRecord
from peyman.web.records import record
from peyman.web.records.readings import held
from tests.web.test_enter import last, page_of, size

NEXT = f"/en/cases/{demo.SLUG}/plan/in/next/"
IN = f"/en/cases/{demo.SLUG}/plan/in/"
LINE = {
    "line": "Guard of plants",
    "capability": "guard of a fixed facility",
    "quantity": 2,
    "unit": "facilities",
    "place": "almaty",
    "priority": 1,
}
PLEDGE = {
    "member": "KG",
    "what": "a company",
    "people": {"value": 150},
    "vehicles": {"value": 0},
    "tonnes": 20,
    "caveats": [],
    "state": "honoured",
    "from": "ivanovo-severny",
    "lift": {"Il-76": 2},
}


def entered(kind, body):
    at = show(held_now().at)
    return record.enter(
        demo.SLUG, Draft(kind, "documented", at, None, (), body), demo.REGISTRAR
    ).entry


def held_now():
    return held(CaseRecord.objects.get(slug=demo.SLUG)).reading


@pytest.fixture
def planned(live):
    """The demonstration with a line and a pledge that covers it."""
    entered("requirement", LINE)
    entered("pledge", PLEDGE)
    return live


def hidden(shown, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', shown)
    return found[1] if found else ""


def sent(client, step="confirm", **more):
    """Send the form as it is shown, one step after the other up to `step`."""
    shown = page_of(client.get(NEXT + more.pop("query", "")))
    typed = {name: hidden(shown, name) for name in ("plan", "at")} | more
    answer = client.post(NEXT, {**typed, "step": "confirm"})
    if step == "enter":
        token = hidden(page_of(answer), "token")
        answer = client.post(NEXT, {**typed, "step": "enter", "token": token})
    return answer


def test_an_analyst_proposes_a_plan_and_it_is_not_in_force(planned, sign_in):
    client, before = sign_in("analyst"), size()
    shown = page_of(client.get(NEXT))
    assert "Propose this plan" in shown
    # All serials of a first plan are new: they stand folded.
    assert '<details class="more"><summary>Serial by serial' in shown
    answer = sent(client, "enter")
    assert answer.url == reverse("receipt", args=(demo.SLUG, last().index))
    assert size() == before + 1
    assert len(kept_plans(held_now())) == 1
    assert in_force(held_now(), "in") is None
    assert "found at once" in page_of(client.get(IN))


def test_an_office_approves_what_was_proposed_and_the_page_shows_it(planned, sign_in):
    sent(sign_in("analyst"), "enter")
    name, client = last().name, sign_in("secretary")
    answer = sent(client, "enter", query=f"?plan={name}", reason="In time.")
    assert answer.status_code == 302
    assert last().body["text"] == "This plan is in force.\nIn time."
    found = in_force(held_now(), "in")
    assert found is not None
    assert found.entry.name == name
    shown = page_of(client.get(IN))
    assert "This is the plan in force" in shown
    assert "Serial by serial" in shown
    assert "to come" in shown


def test_a_form_that_is_sent_twice_enters_once(planned, sign_in):
    client = sign_in("secretary")
    shown = page_of(client.get(NEXT))
    typed = {"plan": "", "at": hidden(shown, "at"), "reason": ""}
    token = hidden(page_of(client.post(NEXT, {**typed, "step": "confirm"})), "token")
    said = {**typed, "step": "enter", "token": token}
    first, now = client.post(NEXT, said), size()
    assert client.post(NEXT, said).status_code in (302, 422)
    assert size() == now
    assert first.status_code == 302


def test_a_lost_serial_is_a_difference_that_an_office_approves(planned, sign_in):
    client = sign_in("secretary")
    sent(client, "enter")
    was = in_force(held_now(), "in")
    assert was is not None
    assert "Nothing was told since" in page_of(client.get(NEXT))
    flight = max((f for f in was.kept.plan.flights if f.parts), key=lambda f: f.start)
    way = {"from": flight.origin, "to": flight.destination, "direction": "in"}
    report = {"serial": "R-1", "mode": "air", "member": "KG", **way}
    report |= {"state": "reported", "planned": flight.serial, "outcome": "lost"}
    report |= {"depart": "2022-01-06", "arrive": "unknown"}
    told = entered("serial", report)
    shown = page_of(client.get(NEXT))
    assert flight.serial in shown
    assert "is lost before it began" in shown
    assert '<details class="more" open><summary>Serial by serial' in shown
    assert told.name in shown
    assert "Approve this plan" in shown
    assert sent(client, "enter").status_code == 302
    again = in_force(held_now(), "in")
    assert again is not None
    assert again.entry != was.entry
    for language in ("en", "fa", "ru"):
        answer = client.get(IN.replace("/en/", f"/{language}/"))
        assert answer.status_code == 200
    assert f"/entries/{told.index}/" in page_of(client.get(IN))
    assert not [f for f in again.kept.plan.flights if f.tail == flight.tail and f.parts]


def test_what_was_shown_is_what_is_entered_or_it_is_shown_anew(planned, sign_in):
    client = sign_in("secretary")
    shown = page_of(client.get(NEXT))
    typed = {"plan": "", "at": hidden(shown, "at"), "reason": ""}
    token = hidden(page_of(client.post(NEXT, {**typed, "step": "confirm"})), "token")
    entered("pledge", {**PLEDGE, "people": {"value": 90}})
    before = size()
    answer = client.post(NEXT, {**typed, "step": "enter", "token": token})
    assert (answer.status_code, size()) == (422, before)
    assert "nothing was entered" in page_of(answer)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"plan": "e9999"}, 404),
        ({"plan": "../e1"}, 404),
        ({"at": "-1"}, 422),
        ({"at": "soon"}, 422),
        ({"at": "9" * 40}, 422),
        ({"reason": "x" * 1001}, 422),
        ({"step": "enter", "token": "made up"}, 422),
    ],
)
def test_what_is_badly_typed_enters_nothing(planned, sign_in, typed, status):
    client, before = sign_in("secretary"), size()
    answer = client.post(NEXT, {"plan": "", "step": "confirm", **typed})
    assert (answer.status_code, size()) == (status, before)


def test_a_delegate_sees_the_plan_and_may_neither_propose_nor_approve(planned, sign_in):
    client, before = sign_in("kz"), size()
    shown = page_of(client.get(NEXT))
    assert "Approve this plan" not in shown
    assert "Propose this plan" not in shown
    assert client.post(NEXT, {"plan": "", "step": "enter"}).status_code == 404
    assert size() == before


def test_a_plan_that_was_made_elsewhere_is_added_as_a_file(planned, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from peyman.case.planning.generation import generation
    from peyman.case.planning.moving import movement
    from peyman.case.tracking.kept_plan import write_kept
    from peyman.web.views.plans.solving import at_once

    client, reading = sign_in("analyst"), held_now()
    problem = movement(reading, generation(reading), "in")
    data = write_kept("in", problem, at_once(problem))
    typed = {"title": "a plan", "publisher": "us", "language": "en"}
    typed |= {"published": "2022-01-06"}
    add = f"/en/cases/{demo.SLUG}/enter/file/"
    bad = data.replace(b'"arrive":', b'"arrive":1', 1)
    answer = client.post(add, {**typed, "file": SimpleUploadedFile("p", bad)})
    assert answer.status_code == 422
    assert "checker does not allow this plan" in page_of(answer)
    client.post(add, {**typed, "file": SimpleUploadedFile("p", data)})
    assert [one.entry for one in kept_plans(held_now())] == [last()]
