"""An envelope has one signature, and nobody needs us to check it."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from securesystemslib.dsse import Envelope as TheirEnvelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

from peyman.errors import PeymanError
from peyman.ledger import canonical, commitment, derive, open_envelope, seal
from peyman.ledger.entries.envelope import LARGEST_ENVELOPE
from tests.ledger.builders import small_case

DRAFT = small_case()
KEY = DRAFT.keys["peyman/registrar"]
PAYLOAD = DRAFT.payload("note", {"text": "n"})
SEALED = seal(PAYLOAD, KEY)


def their_key(key):
    """The same public key, as securesystemslib reads it."""
    value = {"public": key.public.raw.hex()}
    return SSlibKey(key.public.fingerprint, "ed25519", "ed25519", value)


def test_a_sealed_payload_opens_as_it_was():
    envelope = open_envelope(SEALED)
    assert envelope.payload == PAYLOAD
    assert envelope.commitment == commitment(SEALED)
    assert envelope.is_by(KEY.public)


def test_another_key_did_not_sign_it():
    assert not open_envelope(SEALED).is_by(derive("x", "y").public)


def test_sealing_again_gives_the_same_bytes():
    assert seal(PAYLOAD, KEY) == SEALED


@pytest.mark.parametrize("index", range(len(DRAFT.entries)))
def test_securesystemslib_accepts_every_envelope(index):
    data = DRAFT.entries[index][0]
    office = open_envelope(data).payload.signer.office
    key = their_key(DRAFT.keys[office])
    theirs = TheirEnvelope.from_dict(json.loads(data))
    assert theirs.verify([key], 1) == {key.keyid: key}


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_securesystemslib_refuses_a_changed_payload(place, change):
    value = json.loads(SEALED)
    inside = bytearray(base64.b64decode(value["payload"]))
    inside[place % len(inside)] ^= change
    value["payload"] = base64.b64encode(inside).decode()
    with pytest.raises(VerificationError):
        TheirEnvelope.from_dict(value).verify([their_key(KEY)], 1)


def test_an_entry_is_not_signed_with_a_key_that_it_does_not_name():
    with pytest.raises(PeymanError) as caught:
        seal(PAYLOAD, derive("x", "y"))
    assert caught.value.problem == (
        "The entry of peyman/registrar names another key than signs it."
    )


def rewritten(**changes):
    return canonical.encode({**json.loads(SEALED), **changes})


SIGNATURE = json.loads(SEALED)["signatures"][0]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (rewritten(payloadType="text/plain"), "The envelope is of type 'text/plain'."),
        (rewritten(signatures=[]), "The envelope has 0 signatures, not one."),
        (
            rewritten(signatures=[SIGNATURE] * 2),
            "The envelope has 2 signatures, not one.",
        ),
        (
            rewritten(signatures=[{**SIGNATURE, "keyid": "0" * 64}]),
            "The envelope names another key than its payload.",
        ),
        (
            rewritten(signatures=[{**SIGNATURE, "sig": "AAAA"}]),
            "signatures[0]: sig has 3 bytes, not 64.",
        ),
        (
            rewritten(signatures=[{**SIGNATURE, "cert": "x"}]),
            "signatures[0] has a field that the format lacks: 'cert'.",
        ),
        (rewritten(payload="e30"), "payload is not strict base64."),
        (rewritten(payload="e31="), "payload is not strict base64."),
        (rewritten(payload="e30="), "The entry lacks the field at."),
        (
            rewritten(extra=1),
            "The envelope has a field that the format lacks: 'extra'.",
        ),
        (
            SEALED + b"\n",
            "The envelope is not canonical JSON: the same value is written",
        ),
        (b"", "The envelope is not canonical JSON: expecting value at byte 0."),
    ],
)
def test_what_is_not_an_envelope_is_refused(data, problem):
    with pytest.raises(PeymanError) as caught:
        open_envelope(data)
    assert caught.value.problem.startswith(problem)


def test_what_is_over_65535_bytes_is_no_envelope():
    small = len(seal(DRAFT.payload("note", {"text": ""}), KEY))
    room = (LARGEST_ENVELOPE - small) // 4 * 3
    longest = seal(DRAFT.payload("note", {"text": "x" * room}), KEY)
    assert LARGEST_ENVELOPE - 3 <= len(longest) <= LARGEST_ENVELOPE
    assert open_envelope(longest).is_by(KEY.public)
    with pytest.raises(PeymanError) as caught:
        seal(DRAFT.payload("note", {"text": "x" * (room + 3)}), KEY)
    assert str(caught.value) == (
        f"The envelope has {len(longest) + 4} bytes; 65535 is the most.\n"
        "  Authority: docs/record.md, section 1\n"
        "  Next step: Enter what is large as a source, and cite it."
    )
    with pytest.raises(PeymanError):
        open_envelope(b" " * (LARGEST_ENVELOPE + 1))
