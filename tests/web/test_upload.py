"""A report becomes a live case of its analyst; what is no report is refused, and kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from peyman.web.models import CaseRecord, Membership

REPORT = (
    "Press service: the airport is closed.\n"
    "On 5 January 2022 the press service of the President said that the President has"
    " asked the member states for help.\n"
)
NO_REPORTS = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "The report is not UTF-8: byte 10"),
    "image": (b"\x89PNG\r\n\x1a\n\0\0", "The report is not UTF-8: byte 0"),
    "utf-16": ("Тревога".encode("utf-16"), "byte order mark says \u2068UTF-16"),
    "empty": (b"", "The report is empty."),
    "blank": (b" \n\n ", "The report is empty."),
    "50-megabytes": (
        b"a" * 50 * 2**20,
        "The report has 52428800 bytes; at most 500000 are read.",
    ),
}
"""What comes as a report and is none, and the reason that is given."""


def form(client):
    page = client.get(reverse("open-report")).content.decode()
    [nonce] = re.findall(r'name="nonce" value="([^"]+)"', page)
    return {
        "nonce": nonce,
        "published": "2022-01-06",
        "charters": ["csto", "kazakhstan"],
    }


def opened(client, **typed):
    return client.post(reverse("open-report"), {**form(client), **typed})


def test_a_report_opens_a_live_case_that_only_its_analyst_sees(sign_in, client):
    answer = opened(sign_in("analyst"), text=REPORT)
    assert answer.status_code == 302
    case = CaseRecord.objects.get(slug__startswith="report-")
    assert answer.url == reverse("proposals", args=(case.slug,))
    assert not case.is_public
    [mine] = Membership.objects.filter(case=case)
    assert (mine.user.get_username(), mine.role) == ("analyst", "analyst")
    assert client.get(answer.url).status_code == 200
    assert sign_in("kz").get(answer.url).status_code == 404


def test_the_report_is_kept_byte_for_byte(sign_in):
    opened(sign_in("analyst"), text=REPORT.replace("\n", "\r\n"))
    case = CaseRecord.objects.get(slug__startswith="report-")
    [kept] = case.files.filter(path__startswith="sources/")
    assert bytes(kept.data) == REPORT.encode()


def test_a_form_that_is_sent_twice_opens_one_case(sign_in):
    client = sign_in("analyst")
    sent = {**form(client), "text": REPORT}
    first, again = (client.post(reverse("open-report"), sent) for _ in range(2))
    assert first.url == again.url
    assert CaseRecord.objects.filter(slug__startswith="report-").count() == 1


@pytest.mark.parametrize(("data", "reason"), NO_REPORTS.values(), ids=NO_REPORTS)
def test_what_is_no_report_is_refused_with_the_reason(sign_in, data, reason):
    client = sign_in("analyst")
    answer = opened(client, file=SimpleUploadedFile("report.txt", data))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert reason in shown
    assert "Next step" in shown
    assert 'value="2022-01-06"' in shown
    assert not CaseRecord.objects.filter(slug__startswith="report-").exists()


def test_a_report_is_pasted_or_chosen_and_not_both(sign_in):
    answer = opened(sign_in("analyst"))
    assert answer.status_code == 422
    assert "one of the two" in answer.content.decode()


@pytest.mark.parametrize("who", ["kz", "secretary"])
def test_who_is_no_analyst_finds_no_such_page(sign_in, who):
    assert sign_in(who).get(reverse("open-report")).status_code == 404
