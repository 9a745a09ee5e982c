"""The proof of one entry: what a third party checks alone, and what it is refused for."""

import base64
import json
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import derive
from peyman.ledger.log.note import Checkpoint, sign_checkpoint, verifier_key
from peyman.ledger.log.proof import MARK, Proof, check_proof, is_proof, read_proof
from peyman.ledger.verifying.policy import Trust
from tests.ledger.builders import ANALYST, REGISTRAR, Draft, small_case
from tests.ledger.logs import leaf_at, log_in
from tests.ledger.test_every_byte import built, log_of

DRAFT = small_case()
CASE = DRAFT.build()
LOG_KEY = DRAFT.log_key.public
VKEY = verifier_key(DRAFT.origin, LOG_KEY)


def proof_in(draft, index, *, is_bare=False):
    log = log_in(draft.build())
    envelope, _ = draft.entries[index]
    payload = log.payloads[index]
    head = Checkpoint(draft.origin, log.size, log.tree.root())
    return Proof(
        index,
        log.tree.inclusion(index, log.size),
        sign_checkpoint(head, draft.log_key),
        leaf_at(log, index),
        verifier_key(draft.origin, draft.log_key.public),
        None if is_bare else envelope,
        None if is_bare else draft.keys[payload.signer.office].public,
    )


PROOF = proof_in(DRAFT, 4)


@pytest.mark.parametrize("index", range(5))
@pytest.mark.parametrize("is_bare", [False, True])
def test_every_entry_is_proved_by_a_file_that_reads_back(index, is_bare):
    proof = proof_in(DRAFT, index, is_bare=is_bare)
    data = proof.encode()
    assert is_proof(data)
    assert read_proof(data) == proof
    proved = check_proof(read_proof(data))
    assert (proved.index, proved.head.size, proved.log_key) == (
        index,
        5,
        LOG_KEY.fingerprint,
    )
    assert (proved.envelope is None) is is_bare


def test_a_proof_is_a_tlog_proof_of_c2sp():
    mark, extra, index, *steps, blank, origin, size, root, empty, line, end = (
        PROOF.encode().decode().split("\n")
    )
    assert f"{mark}\n".encode() == MARK
    assert index == "index 4"
    assert len(steps) == 1
    assert (blank, empty, end) == ("", "", "")
    assert (origin, size) == (DRAFT.origin, "5")
    assert base64.b64decode(root) == DRAFT.tree.root()
    assert line.startswith(f"— {DRAFT.origin} ")
    told = json.loads(base64.b64decode(extra.removeprefix("extra ")))
    assert sorted(told) == [
        "commitment",
        "entered",
        "envelope",
        "log_key",
        "public",
        "v",
    ]


def test_the_notes_say_what_it_does_not_prove():
    notes = " ".join(check_proof(PROOF).notes())
    for said in (
        "which it brings itself: compare that key",
        "No witness has signed the head",
        "was not revoked back to it, stands in the whole record alone",
        "nor that what it says is true",
    ):
        assert said in notes
    trust = Trust({DRAFT.origin: (LOG_KEY,)})
    assert "compare that key" not in " ".join(check_proof(PROOF, trust).notes())


def forged(**changes):
    return replace(PROOF, **changes)


OTHER = derive("x", "another log key")
OTHER_HEAD = sign_checkpoint(Checkpoint(DRAFT.origin, 5, b"x" * 32), DRAFT.log_key)


@pytest.mark.parametrize(
    ("proof", "problem"),
    [
        (forged(index=3), "The leaf does not stand at e3 under the root."),
        (forged(index=5), "The leaf does not stand at e5 under the root."),
        (forged(steps=()), "The leaf does not stand at e4 under the root."),
        (
            forged(steps=PROOF.steps * 2),
            "The leaf does not stand at e4 under the root.",
        ),
        (
            forged(checkpoint=OTHER_HEAD),
            "The leaf does not stand at e4 under the root.",
        ),
        (
            forged(leaf=PROOF.leaf._replace(entered="2022-01-06T04:00:01Z")),
            "The leaf does not stand at e4 under the root.",
        ),
        (
            forged(leaf=PROOF.leaf._replace(commitment="0" * 64)),
            "The leaf does not stand at e4 under the root.",
        ),
        (
            forged(log_key=verifier_key(DRAFT.origin, OTHER.public)),
            "The head of demo.peyman/case is not signed by that log key.",
        ),
        (
            forged(log_key=verifier_key("demo.peyman/other", LOG_KEY)),
            "Its log key is that of demo.peyman/other, not of demo.peyman/case.",
        ),
        (
            forged(envelope=DRAFT.entries[3][0]),
            "The leaf commits to another envelope.",
        ),
        (
            forged(public=DRAFT.keys[REGISTRAR].public),
            f"The signature of {ANALYST} is false.",
        ),
    ],
)
def test_a_proof_that_does_not_hold_is_refused_with_its_reason(proof, problem):
    with pytest.raises(PeymanError) as caught:
        check_proof(read_proof(proof.encode()))
    assert caught.value.problem == problem


def test_an_entry_of_another_log_is_not_proved_in_this_one():
    draft = Draft(offices=(REGISTRAR,))
    draft.open()
    draft.add("note", {"text": "n"}, origin="demo.peyman/other")
    forge = draft.forge()
    leaves = [leaf_at(log_in(forge), n) for n in range(2)]
    proof = Proof(
        1,
        draft.tree.inclusion(1, 2),
        forge.files["checkpoint"],
        leaves[1],
        verifier_key(draft.origin, draft.log_key.public),
        draft.entries[1][0],
        draft.keys[REGISTRAR].public,
    )
    with pytest.raises(PeymanError, match="The entry is of another log"):
        check_proof(proof)


def test_a_policy_that_does_not_name_the_log_refuses_the_proof():
    for trust in (Trust({}), Trust({DRAFT.origin: (OTHER.public,)})):
        with pytest.raises(PeymanError, match="not one that the policy names"):
            check_proof(PROOF, trust)


def test_a_signature_of_somebody_else_on_the_head_is_said_to_be_unchecked():
    witness = sign_checkpoint(Checkpoint("w.example/1", 5, b"x" * 32), OTHER)
    line = witness.split(b"\n\n")[1]
    proved = check_proof(forged(checkpoint=PROOF.checkpoint + line))
    assert proved.others == ("w.example/1",)
    assert "Not checked: the signatures of w.example/1" in " ".join(proved.notes())


@pytest.mark.parametrize("place", range(0, len(PROOF.encode()), 3))
def test_one_changed_byte_proves_nothing(place):
    data = bytearray(PROOF.encode())
    data[place] ^= 1 << place % 8
    with pytest.raises(PeymanError):
        check_proof(read_proof(bytes(data)))


@pytest.mark.parametrize("length", range(0, len(PROOF.encode()), 11))
def test_a_proof_that_is_cut_proves_nothing(length):
    with pytest.raises(PeymanError):
        check_proof(read_proof(PROOF.encode()[:length]))


@given(st.binary(max_size=200))
def test_whatever_follows_the_first_line_is_read_or_refused(data):
    with pytest.raises(PeymanError):
        check_proof(read_proof(MARK + data))


@pytest.mark.parametrize("index", [0, 1, 255, 256, 299])
def test_a_proof_in_a_larger_log_holds(index):
    log = log_in(built(300))
    draft = log_of(300)
    proof = Proof(
        index,
        log.tree.inclusion(index, 300),
        built(300).files["checkpoint"],
        leaf_at(log, index),
        verifier_key(draft.origin, draft.log_key.public),
    )
    assert check_proof(read_proof(proof.encode())).index == index


def test_openssl_accepts_the_signature_of_the_head(tmp_path):
    text, _, line = PROOF.checkpoint.partition(b"\n\n")
    (tmp_path / "text").write_bytes(text + b"\n")
    signature = base64.b64decode(line.split(b" ")[2])
    (tmp_path / "sig").write_bytes(signature[4:])
    # The fixed head of an Ed25519 public key in DER, RFC 8410.
    der = bytes.fromhex("302a300506032b6570032100") + LOG_KEY.raw
    (tmp_path / "key").write_bytes(der)
    said = ["-keyform", "DER", "-rawin", "-in", "text", "-sigfile", "sig"]
    done = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", *said],
        cwd=tmp_path,
        capture_output=True,
        timeout=20,
        text=True,
    )
    assert done.returncode == 0, done.stderr
