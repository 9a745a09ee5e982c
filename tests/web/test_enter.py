"""Acting through forms: what is offered, what is told before, and what is entered."""

import re

import pytest
from django.urls import reverse

from peyman.web import demo
from peyman.web.forms.parts import once
from peyman.web.models import CaseRecord, EntryRow
from peyman.web.records.readings import case_of

ACT = {"act": "csto.assistance.request", "known_as": "performed", "by": "KZ"}
REQUEST = {**ACT, "subject": "KZ", "to": ["csto/council"], "ground-0": "asserted"}


def address(kind, slug=demo.SLUG):
    return reverse("enter-kind", args=(slug, kind))


def size():
    return CaseRecord.objects.get(slug=demo.SLUG).size


def last():
    return case_of(CaseRecord.objects.get(slug=demo.SLUG)).entries[-1]


def page_of(answer):
    return answer.content.decode()


def token_of(answer):
    [token] = re.findall(r'name="token" value="([^"]+)"', page_of(answer))
    return token


def confirmed(client, kind, typed):
    shown = client.post(address(kind), {**typed, "step": "confirm"})
    assert shown.status_code == 200, page_of(shown)
    return {**typed, "step": "enter", "token": token_of(shown)}


def entered(client, kind, typed):
    answer = client.post(address(kind), confirmed(client, kind, typed))
    assert answer.status_code == 302, page_of(answer)
    return answer


def ballot(client, vote="yes"):
    form = page_of(client.get(address("ballot")))
    [on] = re.findall(r'<option value="([^"]+assistance\.mandate)"', form)
    return {"on": on, "vote": vote, "member": "KZ"}


def test_what_the_office_may_do_now_comes_first(sign_in):
    shown = page_of(sign_in("kz").get(reverse("enter", args=(demo.SLUG,))))
    own, _, others = shown.partition('<details class="more"')
    assert "request for assistance" in own
    assert "Armenia" not in own
    assert "Armenia" in others
    assert "end of the operation" in others.partition("Any other act")[2]


def test_an_act_is_told_before_it_is_entered_and_its_receipt_after(sign_in):
    client, before = sign_in("kz"), size()
    shown = client.post(address("act"), {**REQUEST, "step": "confirm"})
    told = page_of(shown)
    assert "has effect" in told
    assert "consultation on the request" in told
    assert size() == before
    answer = client.post(
        address("act"), {**REQUEST, "step": "enter", "token": token_of(shown)}
    )
    assert answer.url == reverse("receipt", args=(demo.SLUG, before))
    receipt = page_of(client.get(answer.url))
    assert last().commitment in receipt
    assert (last().signer, last().known_as) == ("KZ", "performed")


def test_who_would_breach_an_article_is_told_which_before_confirming(sign_in):
    client = sign_in("kz")
    typed = {**REQUEST, "act": "csto.sanction.propose", "to": [], "step": "confirm"}
    shown = page_of(client.post(address("act"), typed))
    told, _, articles = shown.partition("What the articles say")
    assert "no power" in told
    assert "without effect" in told
    assert 'href="#art-csto-C-20"' in told
    assert 'id="art-csto-C-20"' in articles


def test_a_form_that_is_sent_twice_enters_once_and_gets_the_same_receipt(sign_in):
    client = sign_in("kz")
    sent = confirmed(client, "note", {"text": "Seen."})
    first, again = (client.post(address("note"), sent) for _ in range(2))
    assert first.url == again.url
    assert EntryRow.objects.filter(case__slug=demo.SLUG, kind="note").count() == 1


def test_the_same_words_confirmed_anew_are_another_entry(sign_in):
    client = sign_in("kz")
    entered(client, "note", {"text": "Seen."})
    entered(client, "note", {"text": "Seen."})
    assert EntryRow.objects.filter(case__slug=demo.SLUG, kind="note").count() == 2


def test_an_expired_page_is_shown_anew_with_what_was_typed(sign_in, monkeypatch):
    client = sign_in("kz")
    sent = confirmed(client, "note", {"text": "Seen at the pass."})
    monkeypatch.setattr(once, "LASTS_S", -1)
    before = size()
    answer = client.post(address("note"), sent)
    assert (answer.status_code, size()) == (422, before)
    assert "This page had expired, and nothing was entered." in page_of(answer)
    assert 'value="Seen at the pass."' in page_of(answer)


def test_what_was_confirmed_and_no_other_is_entered(sign_in):
    client = sign_in("kz")
    sent = confirmed(client, "note", {"text": "Seen."})
    before = size()
    answer = client.post(address("note"), {**sent, "text": "Not seen."})
    assert (answer.status_code, size()) == (422, before)


def test_a_form_from_elsewhere_is_given_back_as_it_was_filled_in(live):
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="kz"))
    answer = client.post(address("note"), {"text": "A long text.", "step": "confirm"})
    assert answer.status_code == 403
    assert "A long text." in page_of(answer)
    assert "Nothing that you typed is lost." in page_of(answer)


def test_who_is_signed_out_gets_back_what_was_typed(client, live):
    answer = client.post(address("note"), {"text": "A long text.", "step": "confirm"})
    assert answer.status_code == 403
    assert "A long text." in page_of(answer)


def test_a_paste_of_twenty_megabytes_is_refused_with_what_to_do(sign_in):
    client, before = sign_in("kz"), size()
    answer = client.post(address("note"), {"text": "a" * 20 * 2**20, "step": "confirm"})
    assert answer.status_code in (400, 413)
    assert size() == before


def test_a_paste_that_is_too_long_is_refused_and_stays_typed(sign_in):
    client = sign_in("kz")
    answer = client.post(address("note"), {"text": "seen " * 2000, "step": "confirm"})
    assert answer.status_code == 422
    assert "seen seen seen" in page_of(answer)
    assert "at most 4000 characters" in page_of(answer)


def test_a_script_is_shown_as_the_letters_that_it_is(sign_in):
    client = sign_in("kz")
    shown = page_of(
        client.post(
            address("note"), {"text": "<script>alert(1)</script>", "step": "confirm"}
        )
    )
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_mark_that_turns_the_letters_round_is_refused_with_its_place(sign_in):
    client, before = sign_in("kz"), size()
    answer = client.post(address("note"), {"text": "a\u202eb", "step": "confirm"})
    assert (answer.status_code, size()) == (422, before)
    assert "Character 2 is the hidden mark U+202E" in page_of(answer)
    assert "a\u202eb" in page_of(answer)


def test_a_ballot_is_cast_and_the_ballots_so_far_are_told(sign_in):
    client = sign_in("kz")
    entered(client, "act", REQUEST)
    typed = ballot(client)
    shown = client.post(address("ballot"), {**typed, "step": "confirm"})
    assert "The ballots with yours" in page_of(shown)
    assert "If it were decided now" in page_of(shown)
    before = size()
    entered(client, "ballot", typed)
    assert size() == before + 1
    assert (last().kind, last().body["vote"]) == ("ballot", "yes")


@pytest.mark.parametrize("member", ["RU", "US"])
def test_a_ballot_for_somebody_else_is_refused_with_the_next_step(sign_in, member):
    client = sign_in("kz")
    entered(client, "act", REQUEST)
    before = size()
    typed = {**ballot(client), "member": member, "step": "confirm"}
    answer = client.post(address("ballot"), typed)
    assert (answer.status_code, size()) == (422, before)
    assert f"Sign in as the delegate of {member}." in page_of(answer)


def test_a_ballot_of_a_non_member_is_refused_with_the_members(sign_in, live):
    from peyman.web.models import Membership

    client = sign_in("kz")
    entered(client, "act", REQUEST)
    typed = {**ballot(client), "member": "UZ", "step": "confirm"}
    Membership.objects.filter(user__username="kz").update(office="UZ")
    answer = client.post(address("ballot"), typed)
    assert answer.status_code == 422
    assert "is no member of this charter today" in page_of(answer)
    assert "Sign in as the delegate of a member: Armenia" in page_of(answer)


def test_an_office_signs_its_own_acts_only(sign_in):
    answer = sign_in("ru").post(address("act"), {**REQUEST, "step": "confirm"})
    assert answer.status_code == 422
    assert "only who acts signs its act" in page_of(answer)


def test_what_others_did_is_entered_as_documented_with_its_time(sign_in):
    client = sign_in("secretary")
    typed = {**REQUEST, "known_as": "documented", "at": "۱۴۰۴-۱۰-۱۶"}
    entered(client, "act", typed)
    assert (last().known_as, last().stated_at) == ("documented", "2026-01-06")


def test_every_act_of_the_charters_has_a_form(sign_in, live):
    client = sign_in("secretary")
    for charter in case_of(live).charters.values():
        for name in charter.names:
            asked = {"act": f"{charter.id}.{name}"}
            answer = client.get(address("act"), asked)
            assert answer.status_code in (200, 404), name


@pytest.mark.parametrize(
    ("who", "kind"),
    [("kz", "claim"), ("kz", "grade"), ("secretary", "ballot"), ("analyst", "ballot")],
)
def test_a_role_has_the_forms_of_its_kinds_and_no_other(sign_in, who, kind):
    assert sign_in(who).get(address(kind)).status_code == 404


def test_who_may_not_act_finds_no_page_to_act_on(client, worked, live):
    for slug in (demo.SLUG, worked.slug):
        assert client.get(reverse("enter", args=(slug,))).status_code == 404
        assert client.get(address("note", slug)).status_code == 404


def test_a_forged_choice_is_refused_with_what_to_do(sign_in):
    answer = sign_in("kz").post(
        address("act"), {**REQUEST, "by": "<b>", "step": "confirm"}
    )
    assert answer.status_code == 422
    assert "“&lt;b&gt;” is not one of these. Choose one of the list." in page_of(answer)
