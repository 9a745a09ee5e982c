"""From any fact on any page the thread back: mandate, decision, request, claim, words."""

import re
from html import unescape

import pytest
from django.urls import reverse

from peyman.case.asking.under import FORCE
from peyman.charter.moment import show
from peyman.web import demo
from peyman.web.records.readings import case_of
from tests.web.test_enter import REQUEST, ballot, entered, last, page_of
from tests.web.test_pages import FACTS

CASE = "/en/cases/kazakhstan-2022/"
CITE = re.compile(r'class="cite" href="([^"#?]+)')


def words(text):
    text = re.sub(r"<(?!/?(?:bdi|a|mark)\b)[^>]*>", " ", text)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())


@pytest.mark.parametrize("page", [*FACTS, "plan/"])
def test_every_entry_that_a_page_names_is_there(worked, client, page):
    links = sorted(set(CITE.findall(page_of(client.get(CASE + page)))))
    assert links
    for link in links:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("page", FACTS)
def test_every_row_of_a_table_of_facts_leads_to_its_entries(worked, client, page):
    """Rows of what may be done come from a charter, and lead to its articles instead."""
    shown = page_of(client.get(CASE + page))
    for table in re.findall(r"<table.*?</table>", shown, re.DOTALL):
        for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]:
            assert CITE.search(row) or 'class="art"' in row, words(row)


def test_every_item_of_the_first_page_leads_to_its_entry_or_to_the_claims(
    worked, client
):
    shown = page_of(client.get(CASE))
    days = shown.partition('<div class="days">')[2].partition("</div>")[0]
    items = re.findall(r"<li.*?</li>", days, re.DOTALL)
    assert len(items) > 80
    assert all(CITE.search(one) or f'href="{CASE}claims/"' in one for one in items)


def force(case):
    return [entry for entry in case.entries if entry.kind in FORCE]


def test_whatever_is_told_of_the_force_leads_to_the_words_of_its_mandate(
    worked, client
):
    found = force(case_of(worked))
    assert len(found) > 20
    for entry in found:
        shown = page_of(client.get(f"{CASE}entries/{entry.index}/"))
        told = words(shown)
        clause = told.partition("Under which mandate")[2]
        assert "Decision to send forces" in clause, entry.name
        assert "Rests on T 4" in clause
        assert "protect important state and military facilities" in clause
        thread = clause.partition("thread")[2]
        assert "announced by Chair of the Collective Security Council" in thread
        assert "request for assistance (President of Kazakhstan)" in thread
        assert "<mark>Relying on the Collective Security Treaty" in shown


def test_a_mandate_that_is_not_cited_is_shown_as_derived(worked, client):
    cited = words(page_of(client.get(f"{CASE}entries/85/")))
    assert "derived" not in cited.partition("Under which mandate")[2]
    derived = words(page_of(client.get(f"{CASE}entries/129/")))
    assert "derived, not cited It was the mandate in force at that time." in derived


def test_a_claim_shows_its_words_where_they_stand_in_their_source(worked, client):
    shown = page_of(client.get(f"{CASE}entries/50/"))
    assert re.search(
        r"their attack should be taken as an act of aggression. <mark>Relying on the"
        r" Collective Security Treaty, [^<]+</mark> He named no article",
        shown,
    )
    [source] = re.findall(r'href="([^"]+)#w-e50"', shown)
    there = page_of(client.get(source))
    assert '<span id="w-e50"></span><mark>Relying on the Collective' in there


def test_the_articles_that_an_entry_names_stand_at_its_foot(worked, client):
    shown = page_of(client.get(f"{CASE}entries/70/"))
    for anchor in set(re.findall(r'class="art" href="#([^"]+)"', shown)):
        assert f'id="{anchor}"' in shown


def test_a_decision_leads_to_the_ballots_that_it_gathered(sign_in):
    client = sign_in("kz")
    entered(client, "act", REQUEST)
    opened = last()
    entered(client, "ballot", ballot(client))
    cast = last()
    entered(
        sign_in("secretary"),
        "act",
        {
            "act": "csto.assistance.mandate",
            "matter": f"{opened.commitment}/1",
            "known_as": "documented",
            "by": "csto/council",
            "at": show(cast.entered),
        },
    )
    decided = reverse("entry", args=(demo.SLUG, last().index))
    told = words(page_of(client.get(decided)))
    assert f"adopted Kazakhstan: yes {cast.name}" in told.partition("The vote")[2]
    assert "consensus: no objection of 6" in told
    decisions = page_of(client.get(reverse("decisions", args=(demo.SLUG,))))
    assert f">{cast.name}</bdi>" in decisions
