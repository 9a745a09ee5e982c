"""Lines of witnesses by ML-DSA-44: what they sign, what is refused, and who has such keys."""

import base64
import struct
import sys
from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.backends.openssl.backend import backend
from cryptography.hazmat.primitives import asymmetric

from peyman.errors import PeymanError
from peyman.ledger import derive, load_key, read_policy, save_key, verify
from peyman.ledger.log.note import (
    Checkpoint,
    is_cosignature,
    read_checkpoint,
    read_verifier_key,
    read_witness_key,
    verifier_key,
    witness_kind,
)
from peyman.ledger.signing.keyfile import held_keys, lock_again
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.signing.locks import passphrase, read_lock, write_key_file
from peyman.ledger.signing.mldsa import MldsaKey, MldsaPublicKey, WitnessKey
from peyman.ledger.witnesses.cosignature import (
    cosign,
    cosignatures_of,
    judge,
    with_cosignatures,
)
from peyman.ledger.witnesses.witness import LARGEST_REQUEST, Push, Witness, read_push
from tests.ledger.builders import changed, small_case

DRAFT = small_case()
SMALL = DRAFT.build()
NOTE = SMALL.files["checkpoint"]
HEAD, _ = read_checkpoint(NOTE)
AT = 1_700_000_000
NEW, OTHER, OLD = MldsaKey(b"n" * 32), MldsaKey(b"o" * 32), derive("witnesses", "old")
NAMED: dict[str, tuple[str, WitnessKey]] = {
    "new": ("new.example/w", NEW),
    "old": ("old.example/w", OLD),
}
LACKING = "The library on this machine does not know ML-DSA-44."


def vkey(name, public):
    return verifier_key(name, public, witness_kind(public))


def policy(*lines, at=AT + 10):
    pinned = [f"log {verifier_key(DRAFT.origin, DRAFT.log_key.public)}"]
    pinned += [
        f"witness {one} {vkey(name, key.public)}" for one, (name, key) in NAMED.items()
    ]
    return replace(read_policy("\n".join([*pinned, *lines]).encode()), at=at)


BOTH = policy("group both all new old", "quorum both")


def line(one="new", at=AT, head=HEAD, **other):
    name, key = NAMED[one]
    return cosign(head, other.get("name", name), other.get("key", key), at)


def judged(*lines):
    note = NOTE + "".join(one.line for one in lines).encode()
    return judge(note, HEAD, BOTH.names(), BOTH.at)


def case_with(*lines):
    return changed(SMALL, "checkpoint", with_cosignatures(NOTE, lines))


def test_the_message_is_the_cosigned_message_of_the_specification():
    name, origin = b"new.example/w", HEAD.origin.encode()
    message = (
        b"subtree/v1\n\x00"
        + struct.pack(f">B{len(name)}sQ", len(name), name, AT)
        + struct.pack(f">B{len(origin)}sQQ", len(origin), origin, 0, HEAD.size)
        + HEAD.root
    )
    made = line()
    assert NEW.public.verifies(made.signature, message)
    assert len(made.signature) == 2420
    (read,) = cosignatures_of(with_cosignatures(NOTE, [made]))
    assert read == made
    assert read.is_by(NEW.public, HEAD)


def test_its_key_is_written_as_note_tools_take_it_and_read_again():
    text = vkey("new.example/w", NEW.public)
    public = b"\x06" + NEW.public.raw
    hint = sha256(b"new.example/w\n" + public).hexdigest()[:8]
    assert text == f"new.example/w+{hint}+{base64.b64encode(public).decode()}"
    assert read_witness_key(text) == ("new.example/w", NEW.public)


def test_the_key_of_a_published_seed_is_written_as_others_write_it():
    # From the tests of filippo.io/torchwood, cmd/litewitness.
    seed = "2886adc2b0eabfce67c0472939127998bf886cf256bfee8ba76a253fce1146e0"
    text = vkey("example.com/mldsa-log", MldsaKey(bytes.fromhex(seed)).public)
    assert text.startswith("example.com/mldsa-log+b5df45c5+BuhtcL97l3dcitjZ8Y9J")
    assert text.endswith("sh4rrcUht4yVIvFAaqsgAAE=")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (vkey("x", NEW.public).replace("x+", "y+"), "does not fit its hint"),
        ("x+0+" + base64.b64encode(b"\x06" * 33).decode(), "has 33 bytes, not 1313"),
        ("x+0+" + base64.b64encode(b"\x04" * 1313).decode(), "has 1313 bytes, not 33"),
        (verifier_key("x", OLD.public), "is not the key of a witness"),
        (verifier_key("x" * 256, NEW.public, b"\x06"), "a name of 1 to 255 bytes"),
        (verifier_key("", NEW.public, b"\x06"), "a name of 1 to 255 bytes"),
    ],
)
def test_a_key_that_is_not_sound_is_refused(text, problem):
    with pytest.raises(PeymanError) as caught:
        read_witness_key(text)
    assert problem in caught.value.problem


def test_a_quorum_of_both_kinds_is_met_by_both_and_by_neither_alone():
    report = verify(case_with(line("new"), line("old", AT + 1)), BOTH)
    assert report.genuine, report.faults
    assert [tuple(one) for one in report.seen] == [("new", AT), ("old", AT + 1)]
    for one in NAMED:
        found = verify(case_with(line(one)), BOTH)
        assert [fault.problem for fault in found.faults] == [
            f"The policy asks for both, and of its witnesses {one} signed."
        ]


def test_without_its_key_a_line_is_told_of_as_not_checked():
    report = verify(case_with(line()))
    assert report.genuine
    assert report.not_checked == ("new.example/w",)
    assert report.seen == ()


@pytest.mark.parametrize(
    "wrong",
    [
        line(key=OTHER),
        replace(line(), at=AT + 1),
        line(head=replace(HEAD, origin="demo.peyman/other")),
        line(head=replace(HEAD, size=HEAD.size + 1)),
        line(head=replace(HEAD, root=bytes(32))),
        line(name="old.example/w"),  # the name is signed: Ed25519 does not bind it
        line("old"),  # the other kind
    ],
    ids=["key", "moment", "origin", "size", "root", "name", "kind"],
)
def test_a_line_over_anything_else_is_false(wrong):
    posed = replace(wrong, name="new.example/w", hint=line().hint)
    assert judged(posed).false == ("new",)
    faults = verify(case_with(posed, line("old")), BOTH).faults
    assert "The signature of the witness new is false." in [
        one.problem for one in faults
    ]


def test_a_line_under_another_name_or_hint_is_of_nobody_who_is_known():
    for other in ({"name": "x.example/w"}, {"hint": b"none"}):
        found = judged(replace(line(), **other))
        assert found.unknown == (other.get("name", "new.example/w"),)
        assert not found.seen


def test_every_byte_of_a_line_is_bound_for_who_pins_its_witness():
    whole = with_cosignatures(NOTE, [line()])
    for place in range(len(NOTE), len(whole)):
        data = bytearray(whole)
        data[place] ^= 1
        try:
            found = judge(bytes(data), HEAD, BOTH.names(), BOTH.at)
        except PeymanError:
            continue
        assert not found.seen, place


def test_every_byte_of_the_moment_and_the_signature_is_bound():
    made = line()
    packed = made.at.to_bytes(8, "big") + made.signature
    for place in range(len(packed)):
        data = bytearray(packed)
        data[place] ^= 1
        at, signature = int.from_bytes(data[:8], "big"), bytes(data[8:])
        assert not replace(made, at=at, signature=signature).is_by(NEW.public, HEAD)


def test_a_line_without_a_moment_or_of_the_future_is_not_counted():
    assert judged(line(at=0)).undated == ("new",)
    assert judged(line(at=AT + 11)).future == ("new",)
    report = verify(case_with(line(at=0), line("old")), BOTH)
    told = "The witness new signed without saying when: not counted."
    assert told in report.notes
    assert not report.genuine


def test_a_witness_has_its_line_on_the_head_and_goes_on_from_it(tmp_path):
    logs = {DRAFT.origin: (DRAFT.log_key.public,)}
    witness = Witness(tmp_path, "new.example/w", NEW, logs)
    for now in (AT, AT + 5):
        old = 0 if now == AT else HEAD.size
        answer = witness.add_checkpoint(Push(old, (), NOTE).encode(), now)
        assert answer.status == 200
        (one,) = cosignatures_of(NOTE + answer.body)
        assert one.is_by(NEW.public, HEAD)
        assert one.at == now
    assert answer.body in (witness.latest(DRAFT.origin) or b"")


def test_as_many_lines_as_a_note_may_have_fit_into_a_push():
    names = [f"w{n}.{'e' * 120}/w" for n in range(15)]
    full = with_cosignatures(NOTE, [line(name=name) for name in names])
    data = Push(1, (bytes(32),) * 63, full).encode()
    assert len(data) <= LARGEST_REQUEST
    assert len(cosignatures_of(read_push(data).note)) == 15


def test_a_name_that_the_message_cannot_carry_is_refused():
    with pytest.raises(PeymanError) as caught:
        line(name="п" * 128)
    assert (
        caught.value.problem == "A witness of ML-DSA-44 has a name of 1 to 255 bytes."
    )
    assert line("old", name="п" * 128).is_by(OLD.public, HEAD)


def test_the_key_of_a_log_stays_ed25519():
    text = verifier_key(DRAFT.origin, NEW.public, b"\x01")
    for one in (text, vkey(DRAFT.origin, NEW.public)):
        with pytest.raises(PeymanError, match="has 1313 bytes, not 33"):
            read_verifier_key(one)
        with pytest.raises(PeymanError, match="has 1313 bytes, not 33"):
            read_policy(f"log {one}\nquorum none\n".encode())
    # Its length is that of no signature of a log, so it opens no head either.
    assert is_cosignature(line().hint + bytes(8) + line().signature)


def test_the_key_of_an_office_stays_ed25519(tmp_path):
    lock = read_lock(write_key_file(b"k" * 32))
    path = save_key(tmp_path, "csto/council", NEW, lock, b"c" * 28)
    with pytest.raises(PeymanError) as caught:
        load_key(tmp_path, "csto/council", lock)
    assert str(caught.value) == (
        "The key of csto/council is of ML-DSA-44, with which only witnesses sign.\n"
        "  Authority: docs/record.md, section 5\n"
        "  Next step: Sign entries and heads with a key of Ed25519: peyman key new."
    )
    with pytest.raises(PeymanError, match="has 1312 bytes, not 32"):
        PublicKey.from_text(NEW.public.text, "public")
    # A file that calls it Ed25519 is refused as well.
    path.write_bytes(path.read_bytes().replace(b"ml-dsa-44", b"ed25519"))
    with pytest.raises(PeymanError, match="has 1312 bytes, not 32"):
        held_keys(tmp_path)


def test_a_key_lies_locked_and_is_locked_again_as_any_other(tmp_path):
    lock = read_lock(write_key_file(b"k" * 32))
    words = passphrase("four easy words")
    path = save_key(tmp_path, "new.example/w", NEW, lock, b"c" * 28)
    (held,) = held_keys(tmp_path, "new.example/w")
    assert held.open_any(lock) == NEW
    assert base64.b64encode(NEW.secret) not in path.read_bytes()
    lock_again(held, NEW, words, b"d" * 28)
    (held,) = held_keys(tmp_path)
    assert held.open_any(words) == NEW
    with pytest.raises(PeymanError):
        held.open_any(lock)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_secret_is_32_bytes_and_is_not_shown(length):
    with pytest.raises(PeymanError, match="A private key is 32 bytes"):
        MldsaKey(b"n" * length)
    assert repr(NEW) == f"MldsaKey({NEW.public.fingerprint[:16]}…)"


@pytest.fixture(params=["the library is older", "its backend has none"])
def lacking(request, monkeypatch):
    if request.param == "its backend has none":
        monkeypatch.setattr(type(backend), "mldsa_supported", lambda _: False)
    else:
        monkeypatch.delattr(asymmetric, "mldsa")
        monkeypatch.setitem(
            sys.modules, "cryptography.hazmat.primitives.asymmetric.mldsa", None
        )


@pytest.mark.usefixtures("lacking")
def test_a_library_without_it_says_so_and_calls_no_file_false():
    for do in (
        lambda: MldsaPublicKey(NEW.public.raw),
        lambda: MldsaKey(b"z" * 32).public,
        lambda: policy("quorum none"),
    ):
        with pytest.raises(PeymanError) as caught:
            do()
        assert caught.value.problem == LACKING
        assert "requirements.lock" in caught.value.remedy
    assert verify(case_with(line("old"))).genuine


def test_the_head_that_is_signed_is_told_apart_by_its_size():
    small, large = (Checkpoint(HEAD.origin, size, HEAD.root) for size in (5, 2**40))
    made = line(head=small)
    assert made.is_by(NEW.public, small)
    assert not made.is_by(NEW.public, large)


def test_bytes_of_another_length_are_no_key():
    with pytest.raises(PeymanError, match=r"not an ML-DSA-44 public key"):
        MldsaPublicKey(bytes(1311))
