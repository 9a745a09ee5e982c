"""Votes under way: what has been cast is told on the pages before anybody decides."""

import re
from html import unescape

import pytest
from django.urls import reverse

from peyman.charter.moment import show
from peyman.web import demo
from tests.web.test_enter import (
    REQUEST,
    address,
    ballot,
    confirmed,
    entered,
    last,
    page_of,
)

PAGES = ("standing", "decisions")


def words(answer):
    assert answer.status_code == 200
    text = re.sub(r"<(?!/?(?:bdi|a)\b)[^>]*>", " ", page_of(answer))
    return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())


@pytest.fixture
def asked(sign_in):
    """A request, and the ballots of two members on the answer to it."""
    entered(sign_in("kz"), "act", REQUEST)
    request = last().index
    entered(sign_in("kz"), "ballot", ballot(sign_in("kz")))
    entered(sign_in("ru"), "ballot", {**ballot(sign_in("ru"), "no"), "member": "RU"})
    return request


@pytest.mark.parametrize("page", PAGES)
def test_the_ballots_so_far_are_told_with_who_is_absent(asked, client, page):
    client.logout()
    told = words(client.get(reverse(page, args=(demo.SLUG,))))
    assert "Decision to send forces being voted on" in told
    assert f"in the matter e{asked} · 2 of 6 who have a vote have cast it" in told
    assert f"Kazakhstan yes e{asked + 1} Russia no e{asked + 2}" in told
    assert "Not yet Armenia, Belarus, Kyrgyzstan, Tajikistan" in told
    assert "If it were decided now, it would be rejected." in told
    assert "consensus: objection of Russia" in told
    assert "C 12" in told.partition("What the articles say")[2]


@pytest.mark.parametrize("page", PAGES)
def test_a_vote_that_is_decided_is_no_longer_under_way(asked, sign_in, page):
    mandate = {
        "act": "csto.assistance.mandate",
        "known_as": "documented",
        "by": "csto/council",
    }
    client = sign_in("secretary")
    form = page_of(client.get(address("act"), {"act": mandate["act"]}))
    [matter] = re.findall(r'<option value="([0-9a-f]{64}/1)"', form)
    entered(client, "act", {**mandate, "matter": matter, "at": show(last().entered)})
    told = words(client.get(reverse(page, args=(demo.SLUG,))))
    assert "being voted on" not in told
    if page == "decisions":
        assert "rejected" in told


@pytest.mark.parametrize("page", PAGES)
def test_a_ballot_after_its_vote_was_closed_is_told_to_belong_to_another(
    asked, sign_in, page
):
    test_a_vote_that_is_decided_is_no_longer_under_way(asked, sign_in, page)
    client = sign_in("ru")
    entered(client, "ballot", {**ballot(client, "yes"), "member": "RU"})
    told = words(client.get(reverse(page, args=(demo.SLUG,))))
    assert "This was voted on before, and that vote is closed." in told


@pytest.mark.parametrize("page", PAGES)
def test_as_of_a_moment_before_the_first_ballot_no_vote_is_under_way(
    asked, client, page
):
    told = words(client.get(reverse(page, args=(demo.SLUG,)), {"at": "2026-01-01"}))
    assert "being voted on" not in told


def test_who_votes_sees_its_ballot_among_the_others_before_it_is_entered(
    asked, sign_in
):
    client = sign_in("tj")
    typed = {**ballot(client, "abstain"), "member": "TJ", "step": "confirm"}
    told = words(client.post(address("ballot"), typed))
    assert "3 of 6 who have a vote have cast it" in told
    assert "Tajikistan abstains yours, not entered yet" in told


def test_what_may_be_voted_on_is_offered_with_how_many_have_voted(asked, sign_in):
    told = page_of(sign_in("tj").get(reverse("enter", args=(demo.SLUG,))))
    assert "2 of 6 have cast it" in told
    [url] = re.findall(r'href="([^"]+assistance\.mandate[^"]*)">Cast a ballot', told)
    form = page_of(sign_in("tj").get(unescape(url)))
    assert re.search(r'<option value="[^"]+assistance\.mandate" selected>', form)


def test_a_ballot_that_is_tried_changes_nothing_that_others_see(asked, sign_in):
    confirmed(sign_in("tj"), "ballot", {**ballot(sign_in("tj")), "member": "TJ"})
    told = words(sign_in("am").get(reverse("standing", args=(demo.SLUG,))))
    assert "2 of 6 who have a vote have cast it" in told
