"""Every route asks who you are: what each kind of visitor gets, and no route unlisted."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from peyman.web import demo
from peyman.web.views.entering.enter import FORMS
from tests.web.test_enter import page_of

WHO = ("visitor", "stranger", "kz", "secretary", "analyst")
"""Nobody; an account without a part in any case; and three of the demonstration."""

ALL = (200, 200, 200, 200, 200)
MEMBERS = (404, 404, 200, 200, 200)
ANALYSTS = (404, 404, 404, 404, 200)
SECRETARY_AND_ANALYST = (404, 404, 404, 200, 200)
DELEGATE = (404, 404, 200, 404, 404)
LIVE = (demo.SLUG,)
REGISTER = (demo.SLUG, "csto", 1)

ROUTES = {
    "api-entries": (LIVE, ALL),
    "keys": (LIVE, ALL),
    "root": ((), (302, 302, 302, 302, 302)),
    "cases": ((), ALL),
    "verifier": ((), ALL),
    "sign-in": ((), (200, 302, 302, 302, 302)),
    "sign-out": ((), (405, 405, 405, 405, 405)),
    "open-report": ((), ANALYSTS),
    "case": (LIVE, ALL),
    "standing": (LIVE, ALL),
    "grounds": (LIVE, ALL),
    "decisions": (LIVE, ALL),
    "mandate": (LIVE, ALL),
    "claims": (LIVE, ALL),
    "map": (LIVE, ALL),
    "strength": (LIVE, ALL),
    "generation": (LIVE, ALL),
    "movement-in": (LIVE, ALL),
    "movement-out": (LIVE, ALL),
    "plan-filled": (LIVE, MEMBERS),
    "next-in": (LIVE, ALL),
    "search-in": (LIVE, ALL),
    "search-out": (LIVE, ALL),
    "holds-in": (LIVE, ALL),
    "holds-out": (LIVE, ALL),
    "next-out": (LIVE, ALL),
    "plan-template": (LIVE, ALL),
    "plan-file": (LIVE, ALL),
    "entries": (LIVE, ALL),
    "entry": ((*LIVE, 1), ALL),
    "register-entry": (REGISTER, ALL),
    "file": (LIVE, ALL),
    "proof": ((*LIVE, 1), ALL),
    "head": (LIVE, ALL),
    "log-head": (LIVE, ALL),
    "log-tile": ((*LIVE, "tile/0/000.p/1"), ALL),
    "fork": ((*LIVE, 1), (404, 404, 404, 404, 404)),  # There is none.
    "enter": (LIVE, MEMBERS),
    "enter-kind": ((*LIVE, "note"), MEMBERS),
    "add-report": (LIVE, ANALYSTS),
    "add-attachment": (LIVE, ANALYSTS),
    "receipt": ((*LIVE, 1), MEMBERS),
    "proposals": (LIVE, ANALYSTS),
    "charters": ((), ALL),
    "compare-charters": ((), ALL),
    "charter": (("csto",), ALL),
    "charter-graph": (("csto",), ALL),
    "charter-blocks": (("csto",), ALL),
    "case-charter": ((*LIVE, "csto"), ALL),
    "case-charter-graph": ((*LIVE, "csto"), ALL),
    "case-charter-blocks": ((*LIVE, "csto"), ALL),
    "what-if": (LIVE, ALL),
}
"""Name of a route to an address of it, and what each of WHO gets for GET."""

KINDS = {
    "act": (404, 404, 404, 404, 404),  # No act is named: there is no such form.
    "ballot": DELEGATE,
    "claim": ANALYSTS,
    "correct": (404, 404, 404, 404, 404),  # No entry is named.
    "grade": ANALYSTS,
    "measure": ANALYSTS,
    "note": MEMBERS,
    "pledge": (404, 404, 200, 404, 200),
    "requirement": SECRETARY_AND_ANALYST,
    "serial": ANALYSTS,
    "status": ANALYSTS,
    "strength": ANALYSTS,
}
"""Kind of entry to what each of WHO gets for its form."""

PUBLIC = {
    "charters",
    "compare-charters",
    "charter",
    "charter-graph",
    "charter-blocks",
}
"""Routes of the law that comes with Peyman, which everybody may read."""
OPEN = {"root", "cases", "verifier", "sign-in", "sign-out", "open-report", *PUBLIC}
"""Routes that are of no case."""


def routes(resolver=None):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one)
        elif isinstance(one, URLPattern):
            yield one.name


def unmarked(answer):
    """A page without the mark of its form, which is another every time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", page_of(answer))


@pytest.fixture
def who(client, live):
    """Come as one of WHO."""
    User.objects.create(username="stranger")

    def come_as(name):
        client.logout()
        if name != "visitor":
            client.force_login(User.objects.get(username=name))
        return client

    return come_as


def test_every_route_is_listed_and_every_listed_route_is_there():
    assert sorted(set(routes())) == sorted(ROUTES)


def test_every_form_is_listed():
    assert sorted(FORMS) == sorted(KINDS)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_route_answers_each_as_the_table_says(who, name):
    given, expected = ROUTES[name]
    found = tuple(who(one).get(reverse(name, args=given)).status_code for one in WHO)
    assert dict(zip(WHO, found, strict=True)) == dict(zip(WHO, expected, strict=True))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_form_answers_each_as_the_table_says(who, kind):
    url = reverse("enter-kind", args=(demo.SLUG, kind))
    found = tuple(who(one).get(url).status_code for one in WHO)
    assert dict(zip(WHO, found, strict=True)) == dict(
        zip(WHO, KINDS[kind], strict=True)
    )


@pytest.mark.parametrize("name", sorted(ROUTES.keys() - OPEN))
@pytest.mark.parametrize("one", ["visitor", "stranger"])
def test_a_case_that_is_closed_answers_like_one_that_is_not_there(who, live, name, one):
    live.is_public = False
    live.save()
    client = who(one)
    (_, *rest), _ = ROUTES[name]
    hidden = client.get(reverse(name, args=(demo.SLUG, *rest)))
    missing = client.get(reverse(name, args=("gone", *rest)))
    assert hidden.status_code == missing.status_code == 404
    assert unmarked(hidden).replace("/live/", "/gone/") == unmarked(missing)


@pytest.mark.parametrize("name", sorted(ROUTES.keys() - OPEN))
def test_a_case_that_is_closed_is_open_to_its_members(who, live, name):
    live.is_public = False
    live.save()
    given, (*_, expected) = ROUTES[name]
    assert who("analyst").get(reverse(name, args=given)).status_code == expected


@pytest.mark.parametrize("name", ["enter-kind", "add-report", "proposals"])
@pytest.mark.parametrize("one", ["stranger", "kz"])
def test_what_a_page_does_not_show_it_does_not_take(who, live, name, one):
    given, expected = ROUTES[name]
    if expected[WHO.index(one)] == 200:
        given = (*given[:1], "claim")
    before = live.size
    answer = who(one).post(reverse(name, args=given), {"do": "all", "text": "x"})
    live.refresh_from_db()
    assert (answer.status_code, live.size) == (404, before)


@pytest.mark.parametrize(
    "name", ["enter-kind", "add-report", "proposals", "open-report"]
)
def test_who_is_not_signed_in_enters_nothing(who, live, name):
    given, _ = ROUTES[name]
    answer = who("visitor").post(reverse(name, args=given), {"do": "all", "text": "x"})
    before = live.size
    live.refresh_from_db()
    assert (answer.status_code, live.size) == (403, before)
