"""What a reader brings to a case file, and what no case file can prove."""

import json

import pytest

from peyman.errors import PeymanError
from peyman.ledger import derive, first_key, read_entries, read_policy, verify
from peyman.ledger.log.note import verifier_key
from tests.ledger.broken import NEW_KEY, key_body
from tests.ledger.builders import (
    ANALYST,
    COUNCIL,
    REGISTRAR,
    Draft,
    a_register,
    small_case,
)
from tests.ledger.undone import erase_body

SMALL = small_case().build()


def case_with_register():
    draft = Draft(registers={"csto": a_register().build()})
    draft.open()
    return draft.build()


CARRIER = case_with_register()


def policy(*lines):
    return read_policy("\n".join([*lines, "quorum none"]).encode())


def test_a_pinned_log_key_is_held_against_the_file():
    origin, key = small_case().origin, small_case().log_key.public
    stranger = Draft("demo.peyman/other").log_key.public
    assert verify(SMALL, policy(f"log {verifier_key(origin, key)}")).genuine
    report = verify(SMALL, policy(f"log {verifier_key(origin, stranger)}"))
    assert [fault.problem for fault in report.faults] == [
        "Its log key is not one that the policy names."
    ]
    assert not verify(SMALL, policy()).genuine


def test_a_register_needs_no_pin_of_its_own_and_keeps_to_one_that_it_has():
    case_key = verifier_key("demo.peyman/case", Draft().log_key.public)
    assert verify(CARRIER, policy(f"log {case_key}")).genuine
    stranger = Draft("demo.peyman/other").log_key.public
    pin = f"log {verifier_key('demo.peyman/csto-register', stranger)}"
    assert not verify(CARRIER, policy(f"log {case_key}", pin)).genuine


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "The policy does not have one quorum line."),
        ("quorum none\nquorum none", "The policy does not have one quorum line."),
        ("log x", "The key of x is not strict base64."),
        ("trust me\nquorum none", "Line 1 of the policy cannot be read."),
        (
            "# witnesses\nwitness w w+00000000+AA==\nquorum w",
            "The key of w is not the key of a witness.",
        ),
    ],
)
def test_a_policy_that_cannot_be_held_to_is_refused(text, problem):
    with pytest.raises(PeymanError) as caught:
        read_policy(text.encode())
    assert caught.value.problem == problem


def test_the_notes_say_what_no_file_can_prove():
    key = small_case().log_key.public.fingerprint
    assert verify(SMALL).notes == (
        f"It is judged in itself, by log key {key}: compare that key with one that you"
        " have from elsewhere.",
        "No witness has signed its head: each entry's hour is by the keeper's word."
        " What one signed of an earlier head is not in a case file.",
        "The case is reconstructed: its keys derive from a published seed and prove"
        " nothing about who, and its hours were put together afterwards.",
    )


def test_a_live_case_has_no_note_on_seeds():
    draft = Draft(kept="live")
    draft.open()
    assert not any("seed" in note for note in verify(draft.build()).notes)


def test_entries_signed_with_a_key_revoked_back_to_them_are_contested():
    draft = small_case()
    key = draft.keys[ANALYST].public.fingerprint
    body = {"do": "revoke", "office": ANALYST, "key": key, "alg": "ed25519", "since": 3}
    draft.add("key", body)
    built = draft.build()
    report = verify(built)
    assert (report.genuine, report.contested) == (True, (4,))
    assert [one.index for one in read_entries(built) if one.is_contested] == [4]


def stolen(draft, office, since):
    """Revoke the first key of an office back to an index."""
    revoked = key_body("revoke", office, draft.keys[office], since=since)
    draft.add("key", revoked, key=REGISTRARS_OWN)
    return verify(draft.build()).contested


REGISTRARS_OWN = derive("x", "kept in a safe")


def with_a_key_in_a_safe():
    draft = Draft(offices=(REGISTRAR, ANALYST, COUNCIL))
    safe = first_key(REGISTRAR, REGISTRARS_OWN.public)
    draft.open(keys=[*draft.opening["keys"], safe])
    return draft


@pytest.mark.parametrize("do", ["add", "rotate"])
def test_what_a_key_entered_by_a_contested_entry_signs_is_contested_as_well(do):
    draft = with_a_key_in_a_safe()
    one, two = derive("x", "one"), derive("x", "two")
    draft.add("key", key_body(do, ANALYST, one))
    draft.add("note", {"text": "by the thief"}, by=ANALYST, key=one)
    draft.add("key", key_body("rotate", ANALYST, two), by=ANALYST, key=one)
    draft.add("note", {"text": "by the thief"}, by=ANALYST, key=two)
    draft.add("note", {"text": "n"}, by=COUNCIL)
    assert stolen(draft, REGISTRAR, 1) == (1, 2, 3, 4)


def test_what_a_contested_entry_binds_takes_back_or_releases_is_reported():
    draft = with_a_key_in_a_safe()
    note = draft.add("note", {"text": "n"})
    draft.add("adopt", {"tzdata": "2027.1"})
    draft.add("correct", {"entry": note, "reason": "r"})
    body = {"size": 4, "indexes": [0, 1, 2, 3], "kinds_not_shown": []}
    draft.add("release", body)
    draft.add("erase", erase_body([note], ["note"]))
    assert stolen(draft, REGISTRAR, 2) == (2, 3, 4, 5)


def test_a_key_that_was_entered_before_the_theft_is_not_contested():
    draft = with_a_key_in_a_safe()
    draft.add("key", key_body("add", ANALYST, NEW_KEY))
    draft.add("note", {"text": "n"}, by=ANALYST, key=NEW_KEY)
    assert stolen(draft, REGISTRAR, 2) == ()


def test_a_file_that_calls_itself_a_register_must_be_pinned_all_the_same():
    posing = a_register().build()
    case_key = verifier_key("demo.peyman/case", Draft().log_key.public)
    assert [
        fault.problem for fault in verify(posing, policy(f"log {case_key}")).faults
    ] == ["Its log key is not one that the policy names."]


def test_a_report_is_plain_json():
    told = json.loads(json.dumps(verify(CARRIER).as_json()))
    assert told["genuine"] is True
    assert told["registers"]["csto"]["size"] == 3
