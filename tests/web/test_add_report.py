"""A report comes into a case that is here: once, byte for byte, and on to its proposals."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from peyman.web import demo
from peyman.web.models import CaseRecord
from tests.web.test_enter import last, page_of, size
from tests.web.test_upload import NO_REPORTS, REPORT

ADD = f"/en/cases/{demo.SLUG}/enter/source/"


def added(client, **typed):
    return client.post(ADD, {"published": "2022-01-06", **typed})


def test_a_report_is_kept_byte_for_byte_and_read(sign_in):
    client = sign_in("analyst")
    answer = added(
        client, text=REPORT, publisher="An agency", address="https://a.example"
    )
    assert answer.url == reverse("proposals", args=(demo.SLUG,))
    entry = last()
    assert (entry.kind, entry.signer) == ("source", demo.REGISTRAR)
    assert entry.body["publisher"] == "An agency"
    assert entry.body["address"] == "https://a.example"
    case = CaseRecord.objects.get(slug=demo.SLUG)
    [kept] = case.files.filter(path__startswith="sources/")
    assert bytes(kept.data) == REPORT.encode()
    proposals = page_of(client.get(answer.url))
    assert "The report is kept." in proposals
    assert "the airport is closed" in proposals


def test_the_same_report_again_leads_to_where_it_is(sign_in):
    client = sign_in("analyst")
    added(client, text=REPORT)
    before, there = size(), reverse("entry", args=(demo.SLUG, last().index))
    again = added(client, file=SimpleUploadedFile("r.txt", REPORT.encode()))
    assert (again.url, size()) == (there, before)
    assert "This report is here already. Nothing was entered." in page_of(
        client.get(there)
    )


@pytest.mark.parametrize(("data", "reason"), NO_REPORTS.values(), ids=NO_REPORTS)
def test_what_is_no_report_is_refused_and_what_was_typed_stays(sign_in, data, reason):
    client, before = sign_in("analyst"), size()
    answer = added(
        client, publisher="An agency", file=SimpleUploadedFile("report.txt", data)
    )
    shown = page_of(answer)
    assert (answer.status_code, size()) == (422, before)
    assert reason in shown
    assert 'value="2022-01-06"' in shown
    assert 'value="An agency"' in shown


def test_a_report_from_the_future_is_refused(sign_in):
    answer = added(sign_in("analyst"), text=REPORT, published="2999-01-01")
    assert answer.status_code == 422
    assert "which is after it is entered" in page_of(answer)
    assert "the airport is closed" in page_of(answer)


@pytest.mark.parametrize("who", ["kz", "secretary"])
def test_who_may_enter_no_source_finds_no_such_page(sign_in, who):
    assert sign_in(who).get(ADD).status_code == 404
    assert added(sign_in(who), text=REPORT).status_code == 404


def test_a_claim_is_entered_from_the_page_of_its_source(sign_in):
    client = sign_in("analyst")
    added(client, text=REPORT)
    page = page_of(client.get(reverse("entry", args=(demo.SLUG, last().index))))
    url = f"/en/cases/{demo.SLUG}/enter/claim/?source={last().name}"
    assert f'href="{url}">Enter a claim from it</a>' in page
    assert f'value="{last().commitment}" selected' in page_of(client.get(url))
