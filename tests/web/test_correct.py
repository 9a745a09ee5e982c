"""Correcting through forms: taken back, or said rightly, once, by who entered it."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from peyman.case.entering.draft import Draft
from peyman.web import demo
from peyman.web.forms.parts import once
from peyman.web.models import CaseRecord
from peyman.web.records import record
from peyman.web.records.readings import case_of
from tests.web.test_enter import (
    REQUEST,
    address,
    ballot,
    confirmed,
    entered,
    last,
    page_of,
    size,
)
from tests.web.test_enter_force import (
    KNOWN,
    MEASURE,
    PLEDGE,
    REQUIREMENT,
    SERIAL,
    STRENGTH,
    claimed,
)
from tests.web.test_record import note

__all__ = ("claimed",)

WHY = {"reason": "It was misread."}


def entries():
    return case_of(CaseRecord.objects.get(slug=demo.SLUG)).entries


def entry_page(client, entry):
    return page_of(client.get(reverse("entry", args=(demo.SLUG, entry.index))))


class Typed(HTMLParser):
    """What a browser would send of a form as it is shown."""

    def __init__(self, form):
        super().__init__()
        self.sent, self._at, self._is_list = {}, "", False
        self.feed(form)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        is_off = said.get("type") in ("radio", "checkbox") and "checked" not in said
        if tag == "input" and "name" in said and not is_off:
            self.sent.setdefault(said["name"], []).append(said.get("value", ""))
        elif tag in ("textarea", "select"):
            self._at, self._is_list = said["name"], tag == "select"
        elif tag == "option" and "selected" in said:
            self.sent[self._at] = [said["value"]]

    def handle_data(self, data):
        if self._at and not self._is_list:
            self.sent[self._at] = [data.removeprefix("\n")]

    def handle_endtag(self, tag):
        self._at = "" if tag in ("textarea", "select") else self._at


def filled_in(client, kind, name):
    """What the form of a correction is filled in with."""
    page = page_of(client.get(address(kind), {"corrects": name}))
    form = page.partition('<form method="post" class="form"')[2].partition("</form>")[0]
    return Typed(form).sent


@pytest.mark.parametrize(
    ("who", "kind", "typed"),
    [
        ("analyst", "serial", {**SERIAL, "flights": "12", "types": "Il-76: 5"}),
        ("analyst", "serial", {**SERIAL, "people": "70-100", "depart": "2026-01-05"}),
        ("kz", "pledge", {**PLEDGE, "vehicles": "19", "caveats": "no\r\nyes"}),
        ("secretary", "requirement", REQUIREMENT),
        ("analyst", "measure", {**MEASURE, "where-0": "almaty", "where-1": "kz"}),
        ("analyst", "strength", STRENGTH),
        ("kz", "note", {"text": "Seen <at> the pass.\r\nTwice."}),
        (
            "secretary",
            "act",
            {
                **REQUEST,
                "known_as": "documented",
                "at": "2026-01-06",
                "basis": ["T 4", "T 2"],
                "form": "",
            },
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else None,
)
def test_what_is_filled_in_to_be_corrected_is_what_the_entry_says(
    sign_in, who, kind, typed
):
    client = sign_in(who)
    entered(client, kind, typed)
    old = last()
    entered(client, kind, {**filled_in(client, kind, old.name), **WHY})
    new, correct = entries()[-2:]
    told = ("kind", "body", "cites", "known_as", "signer")
    assert [getattr(new, n) for n in told] == [getattr(old, n) for n in told]
    assert new.at == old.at or new.known_as == "performed"
    said = {"entry": old.commitment, "successor": new.commitment, **WHY}
    assert (correct.kind, correct.body) == ("correct", said)


def test_a_claim_and_its_grade_and_a_status_are_filled_in_as_they_are(claimed):
    claim = last()
    entered(claimed, "grade", {"claim": claim.commitment, "status": "held", **WHY})
    grade = last()
    typed = {**KNOWN, "place": "almaty-airport", "status": "closed", "claims": "e9"}
    entered(claimed, "status", typed)
    for old in (last(), grade, claim):
        entered(claimed, old.kind, {**filled_in(claimed, old.kind, old.name), **WHY})
        new, _ = entries()[-2:]
        assert (new.kind, new.body) == (old.kind, old.body)


def test_a_ballot_is_filled_in_as_it_was_cast(sign_in):
    client = sign_in("kz")
    entered(client, "act", REQUEST)
    entered(client, "ballot", ballot(client))
    old = last()
    typed = {**filled_in(client, "ballot", old.name), **WHY, "vote": "no"}
    entered(client, "ballot", typed)
    assert entries()[-2].body == {**old.body, "vote": "no"}


def test_a_correction_keeps_what_its_form_has_no_room_for(claimed, live):
    claim = last()
    figures = [{"item": "aircraft", "value": 5}]
    told = Draft(
        "claim",
        "reported",
        "2026-01-05",
        None,
        claim.cites,
        {**claim.body, "figures": figures},
    )
    record.enter(demo.SLUG, told, demo.REGISTRAR)
    old = last()
    typed = {**filled_in(claimed, "claim", old.name), **WHY, "says": "It was closed."}
    entered(claimed, "claim", typed)
    assert entries()[-2].body == {**old.body, "says": "It was closed."}


def test_both_come_in_together_and_once(sign_in):
    client = sign_in("kz")
    entered(client, "note", {"text": "Seen."})
    old, before = last(), size()
    typed = {"text": "Not seen.", "corrects": old.name, **WHY}
    sent = confirmed(client, "note", typed)
    assert size() == before
    first, again = (client.post(address("note"), sent) for _ in range(2))
    assert first.url == again.url == reverse("receipt", args=(demo.SLUG, before))
    assert size() == before + 2
    receipt = page_of(client.get(first.url))
    assert f">{old.name}</bdi>" in receipt.partition("stands in the place of")[2]


def test_an_entry_is_taken_back_and_nothing_stands_in_its_place(sign_in):
    client = sign_in("analyst")
    entered(client, "strength", STRENGTH)
    old = last()
    strength = reverse("strength", args=(demo.SLUG,))
    assert "On the ground, as told" in page_of(client.get(strength))
    entered(client, "correct", {"corrects": old.name, **WHY})
    assert last().body == {"entry": old.commitment, **WHY}
    assert "On the ground, as told" not in page_of(client.get(strength))
    page = entry_page(client, old)
    assert "It was taken back, and nothing stands in its place." in page
    assert "Correct this entry" not in page


def test_taking_a_documented_act_back_tells_what_would_change(sign_in):
    client = sign_in("secretary")
    entered(client, "act", {**REQUEST, "known_as": "documented", "at": "2026-01-06"})
    typed = {"corrects": last().name, **WHY, "step": "confirm"}
    shown = page_of(client.post(address("correct"), typed))
    assert "It takes back:" in shown
    changes = shown.partition("What the standing would become")[2]
    assert "− goes" in changes


def test_the_page_of_an_entry_offers_what_may_follow(claimed, sign_in):
    claim = last()
    page = entry_page(claimed, claim)
    for words, kind, asked in (
        ("Grade this claim", "grade", "claim"),
        ("Say how a place stands by it", "status", "claim"),
        ("Correct this entry", "correct", "corrects"),
    ):
        assert f'href="{address(kind)}?{asked}={claim.name}">{words}</a>' in page
    for other in ("kz", "secretary"):
        assert "Grade this claim" not in entry_page(sign_in(other), claim)
        assert "Correct this entry" not in entry_page(sign_in(other), claim)


def test_nothing_is_offered_on_a_page_of_an_earlier_moment(claimed):
    url = reverse("entry", args=(demo.SLUG, last().index))
    assert "Correct this entry" not in page_of(claimed.get(url, {"at": "2026-01-01"}))


def test_a_visitor_is_offered_nothing(claimed):
    claim = last()
    claimed.logout()
    assert "Grade this claim" not in entry_page(claimed, claim)


@pytest.mark.parametrize(
    ("who", "kind", "typed", "reason"),
    [
        ("kz", "act", REQUEST, "was performed here, and such an act is not corrected."),
        ("ru", "note", {"text": "Mine."}, "was entered by another office: Russia."),
    ],
)
def test_what_may_not_be_corrected_says_why_and_what_to_do(
    sign_in, who, kind, typed, reason
):
    entered(sign_in(who), kind, typed)
    name = last().name
    client = sign_in("kz")
    answer = client.get(address("correct"), {"corrects": name})
    assert answer.status_code == 400
    assert f"{name} {reason}" in page_of(answer)
    assert "Only who entered an entry corrects it, and once." in page_of(answer)
    sent = client.post(address("correct"), {"corrects": name, **WHY, "step": "confirm"})
    assert sent.status_code == 422
    assert reason in page_of(sent)
    assert "It was misread." in page_of(sent)


def test_what_was_corrected_in_another_window_says_so_and_keeps_what_was_typed(sign_in):
    client = sign_in("kz")
    entered(client, "note", {"text": "Seen."})
    old = last()
    entered(client, "correct", {"corrects": old.name, **WHY})
    answer = client.post(
        address("note"),
        {"text": "Not seen.", "corrects": old.name, **WHY, "step": "confirm"},
    )
    assert answer.status_code == 422
    assert f"{old.name} was corrected already, by {last().name}." in page_of(answer)
    assert "Not seen." in page_of(answer)


@pytest.mark.parametrize("name", ["", "e99", "e0", "<b>", "csto:e1"])
def test_what_is_not_there_cannot_be_corrected(sign_in, name):
    answer = sign_in("kz").get(address("correct"), {"corrects": name})
    assert answer.status_code == (400 if name == "e0" else 404)


def test_who_confirmed_a_correction_enters_that_one_and_no_other(sign_in):
    client = sign_in("kz")
    for text in ("One.", "Two."):
        entered(client, "note", {"text": text})
    one, two = entries()[-2:]
    typed = {"text": "Three.", **WHY}
    sent = confirmed(client, "note", {**typed, "corrects": one.name})
    before = size()
    answer = client.post(address("note"), {**sent, "corrects": two.name})
    assert (answer.status_code, size()) == (422, before)


def test_a_correction_whose_page_expired_is_shown_anew(sign_in, monkeypatch):
    client = sign_in("kz")
    record.enter(demo.SLUG, note("A note."), "KZ")
    sent = confirmed(client, "correct", {"corrects": last().name, **WHY})
    monkeypatch.setattr(once, "LASTS_S", -1)
    before = size()
    answer = client.post(address("correct"), sent)
    assert (answer.status_code, size()) == (422, before)
    assert "This page had expired, and nothing was entered." in page_of(answer)
