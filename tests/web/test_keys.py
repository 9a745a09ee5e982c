"""An office brings a key of its own, and hands in what it signed elsewhere."""

import base64
import json

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from peyman.case.entering.draft import Draft
from peyman.case.entering.enter import payload_of
from peyman.case.load import load
from peyman.charter.moment import show
from peyman.errors import PeymanError
from peyman.ledger import Seen, Signer, commitment, derive, open_envelope, seal, verify
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.log.proof import check_proof, read_proof
from peyman.web import demo
from peyman.web.models import CaseRecord
from peyman.web.records import keys, record
from peyman.web.records.keys import key_of
from peyman.web.records.store import DbStore
from tests.web.test_enter import page_of

OWN = derive("a machine of its own", "KZ")
API = f"/api/cases/{demo.SLUG}/entries/"


def store():
    return DbStore(CaseRecord.objects.get(slug=demo.SLUG))


def signed(key, office="KZ", kind="note", body=None, **changed):
    """What an office signs on its own machine, on the case as it is."""
    here = store()
    case = load(here.case_file()).case
    now = case.last_entered
    at = changed.pop("at", f"{show(now)}/{show(now + 3600)}")
    draft = Draft(kind, "performed", at, None, (), body or {"text": "Signed at home."})
    signer = Signer(office, key.public.fingerprint)
    seen = changed.pop("seen", here.seen)
    payload = payload_of(case, here.log, seen, draft, signer, record.nonce())
    return seal(payload, key)


def bring_own_key(office="KZ", key=OWN):
    """The office goes over to a key that this server does not have."""
    body = {
        "do": "rotate",
        "office": office,
        "key": key.public.fingerprint,
        "public": key.public.text,
        "alg": "ed25519",
        "held_by": office,
    }
    record.enter(demo.SLUG, Draft("key", "performed", "", None, (), body), office)


def basic(name, password=None):
    said = f"{name}:{demo.password() if password is None else password}"
    return {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(said.encode()).decode()}


def post(client, envelope, name="kz", **more):
    return client.post(
        API, envelope, content_type="application/json", **{**basic(name), **more}
    )


def test_what_a_member_signed_at_home_is_taken_in_and_proved(client, live):
    bring_own_key()
    envelope = signed(OWN)
    answer = post(client, envelope)
    assert answer.status_code == 201
    proof = read_proof(answer.content)
    proved = check_proof(proof)
    log_key = key_of(demo.ORIGIN).public.fingerprint
    assert (proved.log_key, proved.index) == (log_key, store().record.size - 1)
    assert proved.leaf.commitment == commitment(envelope)
    case_file = store().case_file()
    assert case_file.files[envelope_path(proved.index)] == envelope
    assert verify(case_file).genuine


def test_the_same_envelope_again_is_the_same_entry(client, live):
    bring_own_key()
    envelope = signed(OWN)
    first, second = post(client, envelope), post(client, envelope)
    assert first.content == second.content
    assert store().record.size == read_proof(first.content).index + 1


def test_the_key_of_an_office_on_the_server_signs_nothing_after_it_went_over(live):
    bring_own_key()
    draft = Draft("note", "performed", "", None, (), {"text": "x"})
    with pytest.raises(PeymanError) as caught:
        record.enter(demo.SLUG, draft, "KZ")
    assert str(caught.value) == (
        "KZ signs with a key of its own, which is not here.\n"
        "  Authority: docs/record.md, section 5: who holds a key signs with it\n"
        "  Next step: Sign on the machine that has the key, with peyman sign, and hand"
        " the signed entry in."
    )


def refused_by(answer, status=422):
    assert answer.status_code == status
    return json.loads(answer.content)["problem"]


DAY = 24 * 3600


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (
            lambda: signed(derive("x", "a stranger")),
            "cannot be entered. It is signed with a key that the log did not know",
        ),
        (lambda: signed(key_of("KZ")), "with a key of KZ that e"),
        (
            lambda: signed(key_of("RU"), "RU"),
            "It is signed for RU, and you act here for KZ.",
        ),
        (lambda: signed(key_of("RU")), "It is signed for KZ with the key of RU."),
        (lambda: signed(OWN, at="2020-01-01"), "is performed when it is entered"),
        (
            lambda: signed(OWN, at=_off(2 * DAY)),
            "is performed when it is entered",
        ),
        (lambda: signed(OWN, at=_off(-2 * DAY)), "is performed when it is entered"),
        (
            lambda: signed(OWN, seen=Seen(1, "a" * 64)),
            "It has seen a head of 1 entries that this log never had.",
        ),
        (
            lambda: signed(OWN, seen=Seen(10**6, "a" * 64)),
            "It has seen a head of 1000000 entries, which stood not yet.",
        ),
        (
            lambda: signed(OWN).replace(b'"sig":"', b'"sig":"A', 1),
            "signatures[0]: sig is not strict base64.",
        ),
        (lambda: _with_false_signature(), "The signature of KZ is false."),
        (lambda: b"", "The envelope is not"),
        (lambda: signed(OWN) + b"\r\n", "The envelope is not"),
        (lambda: b"x" * 65_536, "The envelope has 65536 bytes; 65535 is the most."),
        (
            lambda: signed(OWN, kind="grade", body={"claim": "x"}),
            "KZ may not enter `grade` here.",
        ),
    ],
    ids=range(15),
)
def test_what_is_wrong_is_refused_with_its_reason_and_changes_nothing(
    client, live, make, problem
):
    bring_own_key()
    envelope = make()
    before = dict(store().case_file().files)
    assert problem in refused_by(post(client, envelope))
    assert dict(store().case_file().files) == before


def _off(seconds):
    """An hour by a clock that is wrong by so much."""
    now = load(store().case_file()).case.last_entered + seconds
    return f"{show(now)}/{show(now + 3600)}"


def _with_false_signature():
    one, other = signed(OWN), signed(OWN)
    mark = b'"sig":"'
    cut = one.index(mark) + len(mark)
    return one[:cut] + other[other.index(mark) + len(mark) :]


def test_an_envelope_for_another_case_is_refused(client, live):
    bring_own_key()
    payload = open_envelope(signed(OWN)).payload
    foreign = seal(payload._replace(origin="demo.live/another"), OWN)
    assert refused_by(post(client, foreign)) == (
        "It is an entry of another log: demo.live/another, not demo.live/request-for-help."
    )


@pytest.mark.parametrize(
    ("headers", "problem"),
    [
        ({"HTTP_AUTHORIZATION": ""}, "A name and a password are needed."),
        ({"HTTP_AUTHORIZATION": "Bearer x"}, "A name and a password are needed."),
        (
            {"HTTP_AUTHORIZATION": "Basic ???"},
            "The name and password cannot be read.",
        ),
        (basic("kz", "wrong"), "Name and password do not belong together here."),
        (
            {"REMOTE_ADDR": "203.0.113.9"},
            "Name and password do not belong together here.",
        ),
    ],
)
def test_who_does_not_sign_in_hands_nothing_in(client, live, headers, problem):
    answer = post(client, signed(key_of("KZ")), **headers)
    assert refused_by(answer, 401) == problem
    assert answer["WWW-Authenticate"].startswith("Basic ")


def test_guessing_a_password_at_the_api_has_to_wait(client, live):
    wrong = [post(client, b"", **basic("kz", "wrong")) for _ in range(7)]
    assert refused_by(wrong[-1], 401).startswith("Too many tries for this name: wait ")


def test_a_session_takes_nothing_in_without_a_password(sign_in, live):
    answer = sign_in("kz").post(API, b"{}", content_type="application/json")
    assert refused_by(answer, 401) == "A name and a password are needed."


def test_a_clock_of_the_server_behind_the_last_leaf_is_refused(live, monkeypatch):
    last = load(store().case_file()).case.last_entered
    monkeypatch.setattr("peyman.web.records.record.time.time", lambda: last - 2 * DAY)
    draft = Draft("note", "performed", "", None, (), {"text": "x"})
    with pytest.raises(PeymanError) as caught:
        record.enter(demo.SLUG, draft, "KZ")
    assert caught.value.problem == (
        f"The clock of this server says {show(last - 2 * DAY)}, which is before the last"
        f" entry, {show(last)}."
    )
    assert store().record.size == live.size


def test_the_api_says_where_the_log_stands(client, live):
    told = client.get(API).json()
    assert (told["origin"], told["size"]) == (demo.ORIGIN, live.size)
    assert told["checkpoint"].startswith(f"{demo.ORIGIN}\n{live.size}\n")


def page(client):
    return page_of(client.get(reverse("keys", args=(demo.SLUG,))))


def send(client, step, **fields):
    said = {name.replace("__", "-"): value for name, value in fields.items()}
    return client.post(
        reverse("keys", args=(demo.SLUG,)), {"step": step, **said}, follow=False
    )


def test_the_page_says_that_the_server_signs_for_an_office(client, sign_in):
    assert "this server, which signs for the office" in page(client)
    answer = send(sign_in("kz"), "key", key__public=OWN.public.text)
    assert answer.status_code == 302
    told = page_of(client.get(answer["Location"]))
    assert "with this server's key for the office" in told.replace("&#x27;", "'")
    assert "the office itself" in page(client)
    (body,) = (
        one.body
        for one in load(store().case_file()).case.entries
        if one.body.get("do") == "rotate"
    )
    assert (body["office"], body["held_by"]) == ("KZ", "KZ")


def test_a_signed_entry_is_handed_in_as_a_file(sign_in):
    bring_own_key()
    envelope = signed(OWN)
    client = sign_in("kz")
    answer = send(client, "sign", signed__envelope=SimpleUploadedFile("e", envelope))
    assert answer.status_code == 302
    assert store().case_file().files[envelope_path(store().record.size - 1)] == envelope
    told = page_of(client.get(answer["Location"]))
    assert "with this server" not in told


def test_the_registrar_revokes_a_lost_key_and_what_it_signed_is_contested(sign_in):
    bring_own_key()
    client = sign_in("analyst")
    since = store().record.size - 1
    answer = send(
        client,
        "revoke",
        revoke__key=OWN.public.fingerprint,
        revoke__since=f"e{since}",
    )
    assert answer.status_code == 302
    assert "contested from" in page(client)
    again = send(
        client, "key", key__office="KZ", key__public=derive("n", "KZ").public.text
    )
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("step", "fields", "problem"),
    [
        (
            "key",
            {"key__public": "x"},
            "This is no public key. Take the line that peyman key new printed.",
        ),
        ("key", {"key__public": ""}, "This field is required."),
        ("sign", {}, "This field is required."),
        ("revoke", {"revoke__since": "e1"}, "This field is required."),
    ],
)
def test_a_form_that_is_wrong_is_shown_again_with_the_reason(
    sign_in, step, fields, problem
):
    answer = send(sign_in("kz"), step, **fields)
    assert answer.status_code == 422
    assert problem in answer.content.decode()


def test_a_member_does_not_enter_a_key_of_another_office(sign_in):
    client = sign_in("kz")
    before = store().record.size
    answer = send(client, "key", key__office="RU", key__public=OWN.public.text)
    assert answer.status_code == 302
    key = load(store().case_file()).case.entries[-1].body
    assert (store().record.size, key["office"]) == (before + 1, "KZ")


@pytest.mark.parametrize("step", ["", "forge"])
def test_a_form_that_is_not_there_is_not_taken(sign_in, step):
    assert send(sign_in("kz"), step).status_code == 404


def test_keys_of_the_server_are_locked_on_the_disk(live):
    files = sorted(settings.KEYS.glob("*.key"))
    assert len(files) >= len(demo.ACCOUNTS)
    for file in files:
        fields = json.loads(file.read_bytes())
        assert (fields["v"], "secret" in fields) == (2, False)
        assert file.stat().st_mode & 0o077 == 0
    settings.KEY_LOCK.unlink()
    keys._open.cache_clear()
    with pytest.raises(PeymanError, match="This does not open the key of KZ"):
        key_of("KZ")


def test_the_receipt_of_every_entry_is_downloaded_and_holds_alone(client, live):
    for index in range(live.size):
        answer = client.get(reverse("proof", args=(demo.SLUG, index)))
        proved = check_proof(read_proof(answer.content))
        assert (proved.index, proved.head.size) == (index, live.size)
        assert proved.envelope is not None
    assert client.get(reverse("proof", args=(demo.SLUG, 99))).status_code == 404
