"""The vectors for other implementations are what the ledger makes, and hold by themselves."""

import base64
import json
import runpy
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from peyman.ledger import read_case_file, verify
from peyman.ledger.log.tree import proves_consistency, proves_inclusion

VECTORS = Path(__file__).parents[2] / "docs" / "vectors"
TOLD = json.loads((VECTORS / "vectors.json").read_bytes())
MAKE = runpy.run_path(str(VECTORS / "make.py"))["make"]
ROOTS = {
    int(size): bytes.fromhex(root) for size, root in TOLD["trees"]["roots"].items()
}


def test_the_vectors_are_what_the_ledger_makes_today():
    made, casefile = MAKE()
    assert made == TOLD
    assert casefile.zip() == (VECTORS / "case.zip").read_bytes()


def test_the_case_of_the_vectors_is_genuine_and_whole():
    report = verify(read_case_file(VECTORS / "case.zip"))
    assert (report.genuine, report.whole, report.size) == (True, True, 4)


@pytest.mark.parametrize("entry", TOLD["entries"], ids=lambda entry: entry["entered"])
def test_an_entry_holds_without_our_code(entry):
    """Every step from payload to leaf hash, by the standard library and OpenSSL alone."""
    envelope = json.loads(entry["envelope"])
    payload = entry["payload"].encode()
    assert base64.b64decode(envelope["payload"]) == payload
    signer = json.loads(payload)["signer"]
    public = base64.b64decode(TOLD["keys"][signer["office"]]["public"])
    assert sha256(public).hexdigest() == signer["key"]
    kind = envelope["payloadType"].encode()
    signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
    (signature,) = envelope["signatures"]
    key = Ed25519PublicKey.from_public_bytes(public)
    key.verify(base64.b64decode(signature["sig"]), signed)
    assert sha256(entry["envelope"].encode()).hexdigest() == entry["commitment"]
    leaf = (
        f'{{"commitment":"{entry["commitment"]}","entered":"{entry["entered"]}","v":1}}'
    )
    assert entry["leaf"] == leaf
    assert sha256(b"\0" + leaf.encode()).hexdigest() == entry["leaf_hash"]


def test_the_checkpoint_holds_without_our_code():
    text, _, line = TOLD["checkpoint"].partition("\n\n")
    origin, size, root = text.split("\n")
    hashes = [bytes.fromhex(entry["leaf_hash"]) for entry in TOLD["entries"]]
    left = sha256(b"\1" + hashes[0] + hashes[1]).digest()
    right = sha256(b"\1" + hashes[2] + hashes[3]).digest()
    assert (size, root) == (
        "4",
        base64.b64encode(sha256(b"\1" + left + right).digest()).decode(),
    )
    name, hint, public = TOLD["verifier_key"].split("+", 2)
    raw = base64.b64decode(public)[1:]
    signature = base64.b64decode(line.split(" ")[2])
    assert (name, hint) == (origin, signature[:4].hex())
    key = Ed25519PublicKey.from_public_bytes(raw)
    key.verify(signature[4:], f"{text}\n".encode())


@pytest.mark.parametrize("told", TOLD["trees"]["inclusion"])
def test_the_inclusion_proofs_hold(told):
    index, size = told["index"], told["size"]
    leaf = sha256(b"\0" + str(index).encode()).digest()
    proof = [bytes.fromhex(step) for step in told["proof"]]
    assert proves_inclusion(proof, index, size, leaf, ROOTS[size])


@pytest.mark.parametrize("told", TOLD["trees"]["consistency"])
def test_the_consistency_proofs_hold(told):
    old, new = told["old"], told["new"]
    proof = [bytes.fromhex(step) for step in told["proof"]]
    assert proves_consistency(proof, old, new, ROOTS[old], ROOTS[new])
