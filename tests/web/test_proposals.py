"""Proposals beside the report: accepted ones are entered, rejected ones are not."""

import pytest
from django.urls import reverse

from peyman.web.models import CaseRecord
from peyman.web.records.readings import case_of
from tests.web.test_upload import REPORT, opened


@pytest.fixture
def opened_case(sign_in):
    client = sign_in("analyst")
    address = opened(client, text=REPORT).url
    return client, address


def the_case():
    return CaseRecord.objects.get(slug__startswith="report-")


def offered(client, address):
    [sheet] = client.get(address).context["sheets"]
    return sheet.offered


def test_the_report_stands_beside_its_proposals_with_their_words_marked(opened_case):
    client, address = opened_case
    shown = client.get(address)
    [sheet] = shown.context["sheets"]
    assert "".join(piece.text for piece in sheet.pieces) == REPORT
    assert all(one.proposal.id in shown.content.decode() for one in sheet.offered)
    assert '<mark class="open">' in shown.content.decode()


def test_an_accepted_proposal_becomes_a_claim_once(opened_case):
    client, address = opened_case
    one = offered(client, address)[0].proposal
    for _ in range(2):
        client.post(address, {"do": "accept", "id": one.id})
    claims = [e for e in case_of(the_case()).entries if e.kind == "claim"]
    assert [claim.body["says"] for claim in claims] == [one.span.text]
    assert offered(client, address)[0].state == "accepted"


def test_a_rejected_proposal_is_not_entered_and_may_be_taken_up_again(opened_case):
    client, address = opened_case
    name = offered(client, address)[0].proposal.id
    before = the_case().size
    client.post(address, {"do": "reject", "id": name})
    assert offered(client, address)[0].state == "rejected"
    client.post(address, {"do": "all"})
    assert offered(client, address)[0].state == "rejected"
    client.post(address, {"do": "restore", "id": name})
    assert offered(client, address)[0].state == "open"
    assert the_case().size > before


def test_accepting_all_enters_every_claim_and_the_draft_acts(sign_in, real_report):
    client = sign_in("analyst")
    address = opened(client, text=real_report.read_text()).url
    client.post(address, {"do": "all"})
    kinds = [entry.kind for entry in case_of(the_case()).entries]
    assert kinds.count("claim") == len(offered(client, address))
    assert kinds.count("act") >= 1


def test_an_id_that_no_report_proposes_is_refused_with_what_to_do(opened_case):
    client, address = opened_case
    answer = client.post(address, {"do": "accept", "id": "<b>"})
    assert answer.status_code == 400
    assert "There is no proposal \u2068&lt;b&gt;\u2069." in answer.content.decode()


def test_only_who_enters_claims_sees_proposals(sign_in, live):
    address = reverse("proposals", args=(live.slug,))
    assert sign_in("kz").get(address).status_code == 404
    assert sign_in("analyst").get(address).status_code == 200
