"""Reading a charter: the list, its text beside its rules, on a day, for whoever may see it."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.utils.translation import gettext, override

from peyman.web import demo
from peyman.web.models import FileRecord
from peyman.web.surroundings import LIBRARY
from peyman.web.views.charters.law import law_of
from tests.web.test_enter import page_of

CHARTERS = sorted(path.stem for path in (LIBRARY / "charters").glob("*.toml"))
PAGES = ("", "graph/", "blocks/")
ROWING = (LIBRARY / "charters" / "examples" / "rowing.toml").read_bytes()
MILL = b"""
title = "A mill that never stops"
[texts]
T = "Agreement on the mill"
[reckoning]
zone = "UTC"
[members]
AA = 2000-01-01
BB = 2000-01-01
[articles."T 1"]
says = "A member may ask, and may ask again."
checked = "text"
[mill.ask]
art = "T 1"
by = "member"
opens = true
duty = { grind_it = "3 days" }
[mill.grind_it]
art = "T 1"
by = "subject"
while = "stop"
known = "nobody has thought of it"
[mill.stop]
art = "T 1"
by = "subject"
after = "grind_it"
"""


@pytest.fixture
def read(worked, client):
    """The words of a page, tags left out."""

    def words(path, language="en", status=200):
        answer = client.get(f"/{language}/{path}")
        assert answer.status_code == status, answer.status_code
        text = re.sub(r"<(?!/?(?:bdi|mark|a)\b)[^>]*>", " ", answer.content.decode())
        return " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())

    return words


# ------------------------------------------------------------------------- the list


def test_every_charter_that_comes_with_peyman_is_listed(client, worked):
    page = page_of(client.get("/en/charters/"))
    links = re.findall(r'<th scope="row"><a href="/en/charters/([a-z]+)/"', page)
    assert links == CHARTERS


def test_the_list_says_who_is_bound_since_when_and_how_surely_it_was_read(read):
    page = read("charters/")
    assert "Collective Security Treaty Organization" in page
    assert "6 members" in page
    assert "Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia, Tajikistan" in page
    assert "20 April 1994" in page
    assert "changed 4 times since" in page
    assert "read in the text 3 read in a secondary source 8" in page
    assert "no members: a national law" in page


def test_every_page_leads_to_the_list(client, worked):
    for path in ("/en/", "/en/sign-in/", "/fa/cases/kazakhstan-2022/"):
        assert re.search(r'href="/(en|fa)/charters/"', page_of(client.get(path)))


# -------------------------------------------------------------------------- its text


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", CHARTERS)
def test_every_page_of_every_charter_answers_in_every_language(
    read, name, page, language
):
    with override(language):
        assert gettext("Peyman") in read(f"charters/{name}/{page}", language)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", CHARTERS)
def test_no_page_has_a_style_or_a_script_in_it_or_an_id_twice(client, db, name, page):
    content = page_of(client.get(f"/fa/charters/{name}/{page}"))
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script", content)
    assert content.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', content)
    assert sorted(ids) == sorted(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', content))
    assert targets <= set(ids), targets - set(ids)


def test_an_article_stands_beside_what_rests_on_it(read):
    page = read("charters/csto/?article=C 19")
    assert "read in a secondary source" in page or "read in the text" in page
    assert "Notice of leaving act Leaving the treaty" in page
    assert "Addressed to Secretary-General of the CSTO" in page
    assert "In the form writing" in page
    assert "Time then does leaving the treaty: 6 months" in page
    assert "The rule in the file" in page
    assert '[leaving.notice] art = "C 19"' in page
    assert "Request for assistance" not in page


def test_a_word_without_a_number_is_told_with_the_span_that_we_use_for_it(read):
    page = read("charters/csto/")
    assert "consultation on the request: “at once”, which we read as 24 hours" in page


def test_an_article_has_an_anchor_that_pages_of_cases_lead_to(client, worked):
    content = page_of(client.get("/en/cases/kazakhstan-2022/standing/?at=2022-01-08"))
    link = "/en/cases/kazakhstan-2022/charters/csto/?on=2022-01-08#art-csto-T-4"
    assert f'href="{link}"' in content
    law = page_of(client.get(link))
    assert 'id="art-csto-T-4"' in law
    assert "As the case carries it" in law


def test_a_persian_page_has_the_persian_paraphrase_and_the_names_of_the_catalogues(
    read,
):
    page = read("charters/csto/", "fa")
    assert "رایزنی" in page
    assert "درخواست کمک" in page
    assert "۲۴ ساعت" in page


def test_a_charter_is_told_in_the_names_that_it_gives_itself(read):
    page = read("charters/ecowas/", "fa")
    assert "شورای میانجی‌گری و امنیت" in page
    assert "مجوز مجمع سران" in page


def test_a_charter_that_gives_no_names_shows_its_own_words(client, live):
    FileRecord.objects.create(case=live, path="charters/mill.toml", data=MILL)
    page = page_of(client.get(f"/fa/cases/{demo.SLUG}/charters/mill/"))
    assert "A mill that never stops" in page
    assert "Grind it" in page


# ------------------------------------------------------------------------ on a day


def test_a_charter_is_shown_as_it_reads_on_the_day(read):
    then, now = read("charters/csto/?on=2010-01-01"), read("charters/csto/")
    assert "1 January 2010" in then
    assert "by any State or group of States" in then
    assert "by any State or group of States" not in now
    assert "Uzbekistan" in then
    assert "Uzbekistan" not in now


def test_a_jalali_day_in_persian_digits_is_a_day(read):
    assert read("charters/csto/?on=۱۳۸۸-۱۰-۱۱") == read("charters/csto/?on=2010-01-01")


def test_before_there_was_a_text_nobody_is_bound(read):
    assert "nobody on that day, or not said" in read("charters/nato/?on=1900-01-01")
    assert "Blocked by" not in read("charters/nato/blocks/?on=1900-01-01")


def test_the_days_of_change_lead_to_the_text_of_that_day(client, db):
    content = page_of(client.get("/en/charters/csto/"))
    assert 'href="?on=2012-12-19"' in content
    assert 'href="?on=2021-01-19" aria-current="true"' in content


# ---------------------------------------------------------------------- bad input


@pytest.mark.parametrize("page", PAGES)
def test_there_is_no_page_of_a_charter_that_is_not_there(client, db, page):
    assert client.get(f"/en/charters/none/{page}").status_code == 404
    assert client.get(f"/en/charters/rowing/{page}").status_code == 404


@pytest.mark.parametrize("typed", ["never", "2022-02-30", "99999-01-01", "0" * 400])
def test_what_is_no_day_is_said_in_words_with_what_to_write(read, typed):
    page = read(f"charters/csto/?on={typed}", status=400)
    assert f"“{typed[:40]}” is no day." in page
    assert "Write it as 2022-01-06 or 1400-10-16." in page


def test_an_article_that_is_not_there_is_said_with_those_that_are_like_it(read):
    page = read("charters/csto/?article=T 44", status=400)
    assert "This charter has no article T 44 on that day." in page
    assert "T 4" in page.partition("such as")[2]


def test_what_is_typed_is_never_markup(client, db):
    typed = "<script>alert(1)</script>"
    for query in ("on", "article"):
        answer = client.get("/en/charters/csto/", {query: typed})
        assert answer.status_code == 400
        assert "<script>alert" not in page_of(answer)


# ------------------------------------------------------------------- who may see it


@pytest.fixture
def rowing(live):
    """A live case that carries a charter of its own."""
    FileRecord.objects.create(case=live, path="charters/rowing.toml", data=ROWING)
    return live


def test_a_charter_that_only_a_case_carries_is_read_there(client, rowing):
    assert "Carried by cases" in page_of(client.get("/en/charters/"))
    url = f"/en/cases/{demo.SLUG}/charters/rowing/"
    assert url in page_of(client.get("/en/charters/"))
    for page in PAGES:
        assert client.get(url + page).status_code == 200
    assert client.get("/en/charters/rowing/").status_code == 404


def test_a_charter_of_a_closed_case_is_for_those_who_see_the_case(client, rowing):
    rowing.is_public = False
    rowing.save()
    User.objects.create(username="stranger")
    name = f"{demo.SLUG}/rowing"
    for who in (None, "stranger", "kz"):
        client.logout()
        if who:
            client.force_login(User.objects.get(username=who))
        may = who == "kz"
        assert ("rowing" in page_of(client.get("/en/charters/"))) == may
        compared = client.get("/en/charters/compare/", {"a": name, "b": "csto"})
        assert compared.status_code == (200 if may else 400)
        url = f"/en/cases/{demo.SLUG}/charters/rowing/"
        assert client.get(url).status_code == (200 if may else 404)


def test_a_charter_that_can_no_longer_be_read_keeps_nobody_from_the_others(
    client, live
):
    FileRecord.objects.create(case=live, path="charters/old.toml", data=b"title = 1")
    assert client.get("/en/charters/").status_code == 200
    assert client.get("/en/charters/compare/").status_code == 200
    url = f"/en/cases/{demo.SLUG}/charters/old/"
    assert client.get(url).status_code == 404


def test_the_same_file_in_a_case_is_no_second_charter(client, live):
    page = page_of(client.get("/en/charters/"))
    assert "Carried by cases" not in page
    assert "Demonstration: a request for help" in page


# --------------------------------------------------------------------- the rule itself


def test_the_rule_in_the_file_has_its_dated_tables_and_not_what_stands_above_the_next():
    law = law_of("csto", (LIBRARY / "charters" / "csto.toml").read_bytes())
    shown = law.toml("assistance", "mandate")
    assert shown.startswith("[assistance.mandate]\n")
    assert "[assistance.mandate.2012-12-19]" in shown
    assert "[assistance.grant_other_help]" not in shown
    assert not shown.splitlines()[-1].startswith("#")
    assert law.toml("assistance", "none") == ""
