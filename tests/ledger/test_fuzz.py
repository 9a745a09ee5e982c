"""Parsers meet anything: an answer or a refusal with a reason, soon; never another error.

`make fuzz` gives a million inputs to them, in rounds (`rounds.py`); the tests give a few hundred to each. Half
are bytes from nowhere, half are sound ones with some of their bytes changed. What is read
must be what would be written: there are no two ways to write the same.
"""

import base64
import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import canonical
from peyman.ledger.entries import entry, envelope
from peyman.ledger.entries.entry import encode_payload, read_payload
from peyman.ledger.entries.envelope import PAYLOAD_TYPE, open_envelope
from peyman.ledger.files.archive import read_zip, write_zip
from peyman.ledger.log.leaf import Leaf, encode_leaf, read_leaf, read_plain_leaves
from peyman.ledger.log.note import (
    COSIGNATURE,
    COSIGNATURE_MLDSA,
    read_checkpoint,
    verifier_key,
)
from peyman.ledger.log.tiles import Tile, read_bundle, read_hashes
from peyman.ledger.signing.keys import derive
from peyman.ledger.signing.mldsa import MldsaKey
from peyman.ledger.verifying.policy import read_policy
from peyman.ledger.witnesses.cosignature import (
    cosign,
    cosignatures_of,
    with_cosignatures,
)
from peyman.ledger.witnesses.fork import Fork, read_fork
from peyman.ledger.witnesses.witness import Push, read_push
from tests.ledger.builders import small_case

EXAMPLES = int(os.environ.get("PEYMAN_FUZZ", "0")) // 13 or 200
"""For each of the tests here that are given any; a round says how many for all of them."""

DRAFT = small_case()
ENVELOPES = [envelope for envelope, _ in DRAFT.entries]
PAYLOADS = [encode_payload(open_envelope(one).payload) for one in ENVELOPES]
LEAVES = [
    encode_leaf(Leaf(open_envelope(one).commitment, at)) for one, at in DRAFT.entries
]
BUNDLE = b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in LEAVES)
ZIP = write_zip({"case.toml": b"x", "envelopes/000000.json": ENVELOPES[0]})


def rebundled(tile, data):
    leaves = read_bundle(tile, data)
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


def reopened(data):
    """An envelope has one form: what opens is what `seal` writes, but for its signature."""
    envelope = open_envelope(data)
    fields = {
        "payload": base64.b64encode(encode_payload(envelope.payload)).decode(),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [
            {
                "keyid": envelope.payload.signer.key,
                "sig": base64.b64encode(envelope.signature).decode(),
            }
        ],
    }
    return canonical.encode(fields)


HEAD = DRAFT.build().files["checkpoint"]
COSIGNED = with_cosignatures(
    HEAD, [cosign(read_checkpoint(HEAD)[0], "w.example/1", derive("x", "w"), 7)]
)
NEW = MldsaKey(b"n" * 32)
COSIGNED_TWICE = with_cosignatures(
    COSIGNED, [cosign(read_checkpoint(HEAD)[0], "w.example/2", NEW, 7)]
)
PUSH = Push(3, (bytes(32), bytes(range(32))), HEAD).encode()
OTHER = small_case("another end").build().files["checkpoint"]
LOG = verifier_key(DRAFT.origin, DRAFT.log_key.public)
FORK = Fork(LOG, (HEAD, OTHER), read_checkpoint(OTHER)[0].root, ()).encode()
VKEY = verifier_key("w.example/1", derive("x", "w").public, COSIGNATURE)
POLICY = f"log {LOG}\nwitness w {VKEY}\ngroup g 1 w\nquorum g\n".encode()
NEW_VKEY = verifier_key("w.example/2", NEW.public, COSIGNATURE_MLDSA)
NEW_POLICY = f"log {LOG}\nwitness w {NEW_VKEY}\nquorum w\n".encode()


def rewritten(data):
    """A checkpoint has one form, its signature lines as they come."""
    head, lines = read_checkpoint(data)
    shown = [f"— {name} {base64.b64encode(one).decode()}\n" for name, one in lines]
    cosignatures_of(data)
    return f"{head.text()}\n{''.join(shown)}".encode()


def accepted(data):
    """A policy may be written in many ways: only that it is read or refused is asked."""
    read_policy(data)
    return data


PARSERS = {
    "checkpoint": ([HEAD, COSIGNED, COSIGNED_TWICE], rewritten),
    "push": ([PUSH], lambda data: read_push(data).encode()),
    "fork": ([FORK], lambda data: read_fork(data).encode()),
    "policy": ([POLICY, NEW_POLICY], accepted),
    "entry": (PAYLOADS, lambda data: encode_payload(read_payload(data))),
    "envelope": (ENVELOPES, reopened),
    "leaf": (LEAVES, lambda data: encode_leaf(read_leaf(data))),
    "bundle": ([BUNDLE], lambda data: rebundled(Tile("entries", 0, len(LEAVES)), data)),
    "hashes": ([bytes(96)], lambda data: b"".join(read_hashes(Tile(0, 0, 3), data))),
    "zip": ([ZIP], lambda data: write_zip(read_zip(data, "it"))),
}
"""Sound bytes of each, and a reader that gives back what it would write."""

WORDS = st.sampled_from(
    [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\0", b"\xff", b"\xf0\x9f\x98\x80",
     b"\\ud800", b"1e9", b"-0", b"NaN", b"9007199254740993", b"==", b"PK\3\4", b"../"]
)  # fmt: skip


@st.composite
def changed(draw, sound):
    """Sound bytes, some of them cut out, put in, doubled or written over."""
    data = draw(st.sampled_from(sound))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 8)))
        new = draw(
            st.one_of(WORDS, st.binary(max_size=8), st.just(data[start:end] * 2))
        )
        data = data[:start] + new + data[end:]
    return data


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_comes_is_read_as_it_is_written_or_refused_with_a_reason(name):
    sound, read = PARSERS[name]
    refused = []

    @settings(
        max_examples=EXAMPLES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.one_of(changed(sound), changed(sound), st.binary(max_size=300)))
    def meets(data):
        try:
            again = read(data)
        except PeymanError as error:
            # Not the error: what it holds of the parser's frames would stay with it.
            refused.append((error.problem, error.remedy))
        else:
            assert again == data

    for one in sound:
        assert read(one) == one
    meets()
    assert len(refused) > EXAMPLES // 2
    assert all(problem and remedy for problem, remedy in refused)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(max_examples=EXAMPLES)
@given(JSON)
def test_the_fast_way_and_the_slow_way_to_canonical_json_agree(value):
    try:
        data = canonical.encode(value)
    except PeymanError:
        return
    assert canonical.encode(canonical.parse(data, "It")) == data


@settings(max_examples=EXAMPLES)
@given(changed(PAYLOADS))
def test_the_fast_way_to_an_entry_takes_nothing_that_the_slow_way_refuses(data):
    try:
        fast = entry._read_plain(data)
    except (canonical.NotPlain, UnicodeDecodeError, PeymanError):
        return
    assert fast == entry._read(canonical.parse(data, "The entry"))


@settings(max_examples=EXAMPLES)
@given(changed(ENVELOPES))
def test_the_fast_way_to_an_envelope_takes_nothing_that_the_slow_way_refuses(data):
    try:
        fast = envelope._read_plain(data, "")
    except (envelope._NotPlain, canonical.NotPlain, UnicodeDecodeError, PeymanError):
        return
    assert fast == envelope._read_slowly(data, "")


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=24) | st.text(max_size=24).map(str.encode))
def test_the_fast_way_to_one_text_takes_nothing_that_the_slow_way_refuses(inside):
    for data in (b'{"text":"' + inside + b'"}', b'{"' + inside + b'":"text"}'):
        try:
            fast = canonical.parse_plain(data.decode())
        except (canonical.NotPlain, UnicodeDecodeError):
            continue
        assert fast == json.loads(data)
        assert canonical.encode(fast) == data


@settings(max_examples=EXAMPLES)
@given(changed([BUNDLE]))
def test_the_fast_way_to_a_bundle_takes_nothing_that_the_slow_way_refuses(data):
    if (fast := read_plain_leaves(data)) is None:
        return
    commitments, hours, leaves = fast
    assert leaves == read_bundle(Tile("entries", 0, len(leaves)), data)
    assert [
        Leaf(commitments[32 * n : 32 * n + 32].hex(), one)
        for n, one in enumerate(hours)
    ] == [read_leaf(one) for one in leaves]


def test_the_fast_way_takes_what_sound_bundles_are():
    found = read_plain_leaves(BUNDLE)
    assert found
    assert found[2] == LEAVES


@pytest.mark.parametrize("data", PAYLOADS)
def test_the_fast_way_takes_what_sound_entries_are(data):
    assert entry._read_plain(data) == entry._read(canonical.parse(data, "The entry"))


BODIES = st.dictionaries(
    st.text(max_size=8) | st.sampled_from(["kind", "at", '"v":1}', "cites"]),
    JSON | st.sampled_from(['","kind":"note"', '{"v":1}', "\\", '\\"']),
    max_size=4,
)


@settings(max_examples=EXAMPLES)
@given(BODIES)
def test_the_fast_way_to_an_entry_reads_any_body_as_the_slow_way(body):
    payload = DRAFT.payload("note", {"text": "x"})._replace(body=body)
    try:
        data = canonical.encode(payload.as_json())
    except PeymanError:
        return
    assert read_payload(data) == entry._read(canonical.parse(data, "The entry"))
