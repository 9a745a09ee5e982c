"""Who may see a case, and who may act in it."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from peyman.web.entrance.access import cases_of, may_act, may_enter
from peyman.web.models import CaseRecord, Membership
from peyman.web.records import record
from tests.web.test_record import note


@pytest.fixture
def closed(live):
    """The live case, shown to its members only."""
    live.is_public = False
    live.save()
    return live


def test_everybody_reads_what_is_public(worked, client):
    assert client.get("/en/cases/kazakhstan-2022/").status_code == 200


def test_a_case_that_one_may_not_see_answers_like_one_that_is_not_there(closed, client):
    hidden = client.get("/en/cases/live/")
    missing = client.get("/en/cases/gone/")
    assert hidden.status_code == missing.status_code == 404
    there = hidden.content.replace(b"/cases/live/", b"/cases/gone/")
    assert there == missing.content
    assert dict(hidden.headers) == dict(missing.headers) | {
        "Content-Length": hidden.headers["Content-Length"]
    }


def test_a_member_sees_a_case_that_is_not_public(closed, sign_in):
    assert sign_in("kz").get("/en/cases/live/").status_code == 200


def test_an_account_without_a_part_in_a_case_does_not_see_it(closed, client):
    client.force_login(User.objects.create(username="stranger"))
    assert client.get("/en/cases/live/").status_code == 404
    assert b"/cases/live/" not in client.get("/en/").content


def test_the_list_holds_each_case_once(live, worked):
    user = User.objects.get(username="kz")
    assert len(cases_of(user)) == CaseRecord.objects.count()


def test_a_visitor_acts_in_no_case(live):
    assert may_act(AnonymousUser(), live) is None
    assert not may_enter(None, "note")


def test_a_member_acts_in_its_case_for_its_office(live):
    found = may_act(User.objects.get(username="kz"), live)
    assert found is not None
    assert (found.role, found.office) == ("delegate", "KZ")


def test_nobody_acts_in_a_reconstructed_case(worked, live):
    user = User.objects.get(username="analyst")
    Membership.objects.create(
        user=user, case=worked, role="analyst", office="peyman/registrar"
    )
    assert may_act(user, worked) is None


@pytest.mark.parametrize(
    ("name", "may", "may_not"),
    [
        ("kz", "ballot", "claim"),
        ("secretary", "act", "ballot"),
        ("analyst", "grade", "ballot"),
    ],
)
def test_each_role_enters_its_own_kinds(live, name, may, may_not):
    found = may_act(User.objects.get(username=name), live)
    assert may_enter(found, may)
    assert not may_enter(found, may_not)


def test_an_open_page_is_told_when_its_record_has_grown(live, client):
    page = client.get("/en/cases/live/").content.decode()
    assert f'hx-get="/en/cases/live/head/?size={live.size}"' in page
    same = client.get("/en/cases/live/head/", {"size": live.size})
    assert (same.status_code, same.content) == (204, b"")
    record.enter(live.slug, note("A note."), "RU")
    grown = client.get("/en/cases/live/head/", {"size": live.size})
    assert grown.headers["HX-Trigger"] == "record-grew"
    assert f"head/?size={live.size + 1}" in grown.content.decode()


def test_a_page_of_an_earlier_moment_stays_as_it_is(live, client):
    assert b"hx-get" not in client.get("/en/cases/live/?at=2026-01-01").content


def test_nobody_is_told_of_a_case_that_one_may_not_see(closed, client):
    assert client.get("/en/cases/live/head/", {"size": 0}).status_code == 404
