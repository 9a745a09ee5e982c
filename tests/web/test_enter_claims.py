"""Claims and grades through forms: exact words of a source, and how far they are held."""

import re

import pytest
from django.urls import reverse

from peyman.web.models import CaseRecord
from peyman.web.records.readings import case_of
from tests.web.test_upload import REPORT, opened

WORDS = "the airport is closed"


@pytest.fixture
def analyst(sign_in):
    client = sign_in("analyst")
    opened(client, text=REPORT + "The end. The end.\n")
    return client


def the_case():
    return case_of(CaseRecord.objects.get(slug__startswith="report-"))


def sent(client, kind, typed):
    slug = CaseRecord.objects.get(slug__startswith="report-").slug
    address = reverse("enter-kind", args=(slug, kind))
    shown = client.post(address, {**typed, "step": "confirm"})
    if shown.status_code != 200:
        return shown
    [token] = re.findall(r'name="token" value="([^"]+)"', shown.content.decode())
    return client.post(address, {**typed, "step": "enter", "token": token})


def claim(**typed):
    return {
        "source": the_case().entries[1].commitment,
        "words": WORDS,
        "says": "The airport is closed.",
        "speakers": "the outlet\r\npress service",
        "form": "announcement",
        "place": "almaty-airport",
        **typed,
    }


def test_a_claim_stands_on_the_exact_characters_of_its_source(analyst):
    assert sent(analyst, "claim", claim()).status_code == 302
    entry = the_case().entries[-1]
    start = REPORT.index(WORDS)
    span = {"start": start, "end": start + len(WORDS), "text": WORDS}
    assert entry.body["span"] == span
    assert entry.body["speakers"] == ["the outlet", "press service"]
    assert entry.body["places"] == ["almaty-airport"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("the airport is open", "These words do not stand in the source."),
        ("The end.", "These words stand in the source more than once."),
    ],
)
def test_words_that_are_not_the_source_s_are_refused_and_stay(analyst, words, reason):
    answer = sent(analyst, "claim", claim(words=words))
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert words in answer.content.decode()


def test_a_claim_is_graded_with_a_reason(analyst):
    sent(analyst, "claim", claim())
    graded = the_case().entries[-1].commitment
    typed = {"claim": graded, "status": "disputed", "reason": "The mayor denies it."}
    assert sent(analyst, "grade", {**typed, "credibility": "4"}).status_code == 302
    assert the_case().entries[-1].body == {
        **typed,
        "claim": graded,
        "credibility": 4,
    }


def test_a_grade_without_a_reason_is_refused_by_the_field(analyst):
    sent(analyst, "claim", claim())
    graded = the_case().entries[-1].commitment
    answer = sent(analyst, "grade", {"claim": graded, "status": "held", "reason": ""})
    assert answer.status_code == 422
    assert 'href="#id_reason"' in answer.content.decode()
