"""The pages on which a case is read: what a lawyer would look for stands there."""

import re
from html import unescape

import pytest
from django.utils.translation import gettext, override

from peyman.case.entering.draft import Draft
from peyman.web.records import record
from peyman.web.records.readings import case_of
from peyman.web.views.claims import pieces_of
from tests.web.test_record import act

CASE = "cases/kazakhstan-2022/"
FACTS = (
    "",
    "standing/",
    "grounds/",
    "decisions/",
    "mandate/",
    "claims/",
    "map/",
    "strength/",
    "entries/",
)
PLANS = ("plan/", "plan/in/", "plan/home/")
"""What is computed from the facts: its rows are nobody's word."""
PAGES = (*FACTS, *PLANS, "entries/70/", "entries/csto/8/")
LANGUAGES = ("en", "fa", "ru")


@pytest.fixture
def read(worked, client):
    """The words of a page of the worked case, in a language, tags left out."""

    def words(page, language="en", status=200):
        answer = client.get(f"/{language}/{CASE}{page}")
        assert answer.status_code == status
        text = re.sub(r"<(?!/?(?:bdi|sup|a)\b)[^>]*>", " ", answer.content.decode())
        return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())

    return words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_every_language(read, page, language):
    with override(language):
        assert gettext("Peyman") in read(page, language)


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("fa", "rtl"), ("ru", "ltr")]
)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_in_the_direction_of_its_language(
    worked, client, page, language, direction
):
    content = client.get(f"/{language}/{CASE}{page}").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in content


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_a_style_or_a_script_in_it(worked, client, page):
    content = client.get(f"/fa/{CASE}{page}").content.decode()
    assert not re.search(
        r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?! src)", content
    )
    assert content.count("<h1") == 1


@pytest.mark.parametrize("page", PAGES)
def test_no_id_stands_twice_on_a_page(worked, client, page):
    content = client.get(f"/en/{CASE}{page}").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', content)
    assert len(ids) == len(set(ids))


def test_the_key_message_says_what_is_asked_decided_and_owed(read):
    page = read("?at=2022-01-06T18:00Z&known-at=2022-01-06T18:00Z")
    assert "Asked: request for assistance, by President of Kazakhstan" in page
    assert "Decided: decision to send forces, by Collective Security Council" in page
    assert "as Chair of the Collective Security Council announced" in page
    assert "no ballots are known" in page
    assert "The mandate is in force; no end day is known." in page
    assert (
        "Owed now, 2 duties: informing of Parliament (President of Kazakhstan)" in page
    )
    assert "Past their day, 3 duties: informing of Parliament" in page
    assert "(no entry shows it)" in page
    assert "Nothing is owed now." in read("")


def test_a_page_before_the_decision_does_not_show_it(read):
    page = read("?at=2022-01-05T12:00Z")
    assert "decision to send forces" not in page
    assert "No organ decided anything by this moment." in read(
        "decisions/?at=2022-01-05T12:00Z"
    )
    assert "No mandate took effect by this moment." in read(
        "mandate/?at=2022-01-05T12:00Z"
    )


def test_what_was_not_known_yet_is_not_shown(read):
    page = read("claims/?known-at=2022-01-05T12:00Z&page=99")
    assert "csto/chair" not in page
    assert "The record did not have this entry at the moment of this page." in read(
        "entries/70/?known-at=2022-01-05T12:00Z", status=404
    )


def test_the_standing_names_article_cause_and_doubt(read):
    page = read("standing/?at=2022-01-06T18:00Z&known-at=2022-01-06T18:00Z")
    assert "decision to send forces only if these count: e70" in page
    assert (
        "adopted as announced by Chair of the Collective Security Council; no ballots are known"
        in page
    )
    assert "informing of Parliament no entry shows it" in page
    assert "President of Kazakhstan to Parliament of Kazakhstan" in page
    assert "read in a secondary source" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Aggression against one party, which means an armed attack"),
        ("fa", "تجاوز"),
        ("ru", "вооружённ"),
    ],
)
def test_an_article_is_told_in_the_language_of_the_page(read, language, words):
    page = read("mandate/", language)
    assert words in page


def test_a_ground_says_whose_word_decides_and_who_only_claims(read):
    page = read("grounds/")
    assert "Armed attack (aggression) not spoken" in page
    assert "Whose word decides Collective Security Council" in page
    assert "e48 President of Kazakhstan a claim disputed C5" in page
    assert "e199 EJIL: Talk a claim held not graded" in page


def test_a_decision_without_ballots_says_so_and_is_read_both_ways(read):
    page = read("decisions/?at=2022-01-07")
    assert "no ballots are known has effect contested: read both ways" in page
    assert "No ballots are known. Adopted as announced by Chair of" in page
    assert "Grounds named Threat to security: asserted" in page
    assert (
        "If it does not may refusal of assistance: Collective Security Council" in page
    )
    assert "must withdrawal of a contingent" in page


def test_the_mandate_tells_what_it_leaves_open_apart_from_what_was_not_read(read):
    page = read("mandate/")
    assert "not shown term: the text was not read" in page
    assert "term “" not in page
    assert "limited period of time" in page
    assert "protect important state and military facilities" in page


def test_a_claim_stands_beside_its_words_marked(worked, client):
    content = client.get(f"/en/{CASE}claims/").content.decode()
    words = "On 4 January they reached Almaty and other cities."
    assert f"<mark>{words}</mark>" in content
    assert 'href="#e4"' in content


def test_a_persian_source_reads_from_right_to_left_on_an_english_page(worked, client):
    pages = (client.get(f"/en/{CASE}claims/?page={n}") for n in range(1, 7))
    assert any('lang="fa" dir="rtl"' in page.content.decode() for page in pages)


def test_deleted_is_not_withdrawn(read):
    page = read("claims/?status=deleted")
    assert "deleted" in page
    assert "e142" in page
    assert "No claim fits." in read("claims/?status=withdrawn")


def test_spans_that_overlap_are_cut_where_they_begin_and_end():
    pieces = list(pieces_of("abcdef", [("e1", 0, 4), ("e2", 2, 5)]))
    assert [(one.text, one.within, one.ends) for one in pieces] == [
        ("ab", ("e1",), ()),
        ("cd", ("e1", "e2"), ("e1",)),
        ("e", ("e2",), ("e2",)),
        ("f", (), ()),
    ]


def test_a_text_without_spans_is_one_piece():
    assert [one.text for one in pieces_of("سلام", [])] == ["سلام"]


def test_the_map_has_its_slider_and_its_table(worked, client):
    content = client.get(f"/en/{CASE}map/?at=2022-01-08").content.decode()
    assert 'data-draw-for="map"' in content
    assert '<option value="2022-01-08T18:00:00Z" selected>' in content
    assert "said to be freed and working" in content


def test_flights_and_aircraft_are_told_apart(read):
    page = read("strength/")
    assert "entries disagree Armenia: 70 e109 / 100 e259" in page
    assert "no dispersing of rallies" in page
    assert "IN-FLIGHTS Russia → Kazakhstan in, air all members" in page
    assert "108 not told no number" in page
    assert "An-124: 5" in page


def test_the_record_can_be_searched(read):
    page = read("entries/?kind=act&words=withdraw")
    assert "3 entries" in page
    assert "order to withdraw (Council of Ministers of Defence)" in page
    assert "e254 act withdrawal of a contingent (Russia)" in page


def test_a_search_that_finds_nothing_keeps_what_was_typed(worked, client):
    content = client.get(f"/en/{CASE}entries/?words=%3Cq%3E").content.decode()
    assert "No entry fits." in content
    assert 'value="&lt;q&gt;"' in content


def test_an_entry_leads_back_to_the_words_of_its_sources(read, worked):
    page = read("entries/70/")
    (entry,) = (one for one in case_of(worked).entries if one.name == "e70")
    assert "decision to send forces (Collective Security Council)" in page
    assert entry.commitment in page
    assert "hour assumed" in page
    assert "Cited by e71 note" in page
    assert "e55 act request for assistance (President of Kazakhstan)" in page


@pytest.mark.parametrize("page", PAGES)
def test_a_time_that_is_none_keeps_what_was_typed(worked, client, page):
    answer = client.get(f"/en/{CASE}{page}?at=soon&known-at=<b>")
    assert answer.status_code == 400
    content = answer.content.decode()
    assert 'value="soon"' in content
    assert 'value="&lt;b&gt;"' in content
    assert "“soon” is no time." in content


@pytest.mark.parametrize("page", PAGES)
def test_a_case_that_may_not_be_seen_answers_like_none(worked, client, page):
    worked.is_public = False
    worked.save()
    hidden = client.get(f"/en/{CASE}{page}")
    missing = client.get(f"/en/{CASE}{page}".replace("kazakhstan-2022", "gone"))
    assert hidden.status_code == missing.status_code == 404
    there = hidden.content.replace(b"/cases/kazakhstan-2022/", b"/cases/gone/")
    assert there == missing.content


def test_a_live_case_can_be_read_on_every_page(live, client):
    for page in FACTS:
        assert client.get(f"/en/cases/live/{page}").status_code == 200


def test_known_ballots_are_told_with_their_sum(live, client):
    receipt = record.enter(live.slug, act(), "KZ").receipt
    decision = {
        "under": "csto",
        "act": "assistance.mandate",
        "matter": f"{receipt.commitment}/1",
        "by": "csto/council",
        "basis": ["T 2"],
        "grounds": {"threat": "asserted"},
        "states": {"tasks": ["guard an airport"], "term": "unspecified"},
        "ballots": {"AM": "yes", "BY": "yes", "KG": "no", "RU": "yes", "TJ": "abstain"},
    }
    cites = (receipt.commitment,)
    body: dict[str, object] = {"acts": [decision]}
    draft = Draft("act", "reported", receipt.entered, None, cites, body)
    record.enter(live.slug, draft, "peyman/registrar")
    content = client.get("/en/cases/live/decisions/").content.decode()
    assert "rejected" in content
    assert "without effect" in content
    assert "consensus: objection of Kyrgyzstan" in content
    assert "Ballots are" not in content
    assert (
        "Nothing is decided by this moment"
        not in client.get("/en/cases/live/").content.decode()
    )


def test_an_entry_that_never_was_is_no_page(worked, client):
    assert client.get(f"/en/{CASE}entries/99999/").status_code == 404
    assert client.get(f"/en/{CASE}entries/nowhere/1/").status_code == 404
