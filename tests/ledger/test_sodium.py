"""libsodium says yes to nothing that OpenSSL refuses, whatever it is shown."""

from hashlib import sha512

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import BadSignatureError

from peyman.ledger import Key
from peyman.ledger.signing import sodium
from tests.ledger.test_edges import (
    BASE,
    NONE,
    ORDER,
    PUBLIC_POINT,
    SECRET,
    SMALL,
    P,
    add,
    decode,
    encode,
    times,
)

KEY = Key(b"k" * 32)
MESSAGE = b"what was said"
TORSION = [times(n, SMALL[2]) for n in range(8)]
# y below 19, written as P + y, with either sign: of small order or not.
LARGE = [
    (P + y | sign << 255).to_bytes(32, "little") for y in range(19) for sign in (0, 1)
]
ODD = [*map(encode, TORSION), *LARGE, encode(PUBLIC_POINT)]


def is_normative(public, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def takes_with_cofactor(public, signature, message):
    """As RFC 8032 lets one verify: multiplied by 8, the scalar reduced."""
    point, r = decode(public), decode(signature[:32])
    if point is None or r is None:
        return False
    s = int.from_bytes(signature[32:], "little") % ORDER
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little")
    x, y = add(r, times(k % ORDER, point))
    return times(8, add(times(s, BASE), (P - x, y))) == NONE


@st.composite
def made_by_hand(draw):
    """A key and a signature that satisfy the equation but for a part of small order."""
    key_part, r_part = draw(st.sampled_from(TORSION)), draw(st.sampled_from(TORSION))
    secret = draw(st.sampled_from([0, SECRET]))
    nonce = draw(st.sampled_from([0, 987654321]))
    public = encode(add(times(secret, BASE), key_part))
    public = draw(st.sampled_from([public, public, *ODD]))
    r = encode(add(times(nonce, BASE), r_part))
    r = draw(st.sampled_from([r, r, *ODD]))
    k = int.from_bytes(sha512(r + public + MESSAGE).digest(), "little")
    more = draw(st.sampled_from([0, 0, 1, 2, 7])) * ORDER
    s = (nonce + k * secret) % ORDER + more
    return public, r + s.to_bytes(32, "little"), MESSAGE


@st.composite
def damaged(draw):
    """A sound signature of which a few bits are others, or that is cut elsewhere."""
    public, signed = KEY.public.raw, KEY.sign(MESSAGE) + MESSAGE
    both = bytearray(public + signed)
    for place in draw(st.lists(st.integers(0, 8 * len(both) - 1), max_size=3)):
        both[place // 8] ^= 1 << place % 8
    cut = 32 + draw(st.one_of(st.just(64), st.integers(0, len(signed))))
    return bytes(both[:32]), bytes(both[32:cut]), bytes(both[cut:])


@given(st.one_of(made_by_hand(), damaged()))
def test_every_yes_of_libsodium_is_one_of_openssl(case):
    assert not sodium.surely_verifies(*case) or is_normative(*case)


def test_a_signature_with_one_other_bit_is_never_sure():
    for place in range(8 * 64):
        signature = bytearray(KEY.sign(MESSAGE))
        signature[place // 8] ^= 1 << place % 8
        assert not sodium.surely_verifies(KEY.public.raw, bytes(signature), MESSAGE)
        assert not KEY.public.verifies(bytes(signature), MESSAGE)


def test_what_is_sound_is_sure():
    assert sodium.surely_verifies(KEY.public.raw, KEY.sign(MESSAGE), MESSAGE)
    assert sodium.surely_verifies(KEY.public.raw, KEY.sign(b""), b"")


@pytest.mark.parametrize("cut", [0, 63, 65, 70])
def test_a_signature_lends_no_byte_to_the_message_and_takes_none(cut):
    signed = KEY.sign(MESSAGE) + MESSAGE
    assert not KEY.public.verifies(signed[:cut], signed[cut:])


@pytest.mark.parametrize("part", [one for one in TORSION if one != NONE])
def test_a_commitment_with_a_part_of_small_order_is_never_sure(part):
    public, r = encode(PUBLIC_POINT), encode(add(times(987654321, BASE), part))
    k = int.from_bytes(sha512(r + public + MESSAGE).digest(), "little")
    s = (987654321 + k * SECRET) % ORDER
    signature = r + s.to_bytes(32, "little")
    assert takes_with_cofactor(public, signature, MESSAGE)
    assert not is_normative(public, signature, MESSAGE)
    assert not sodium.surely_verifies(public, signature, MESSAGE)


def test_a_careless_libsodium_is_not_used(monkeypatch):
    def careless(signed, public):
        if not takes_with_cofactor(public, signed[:64], signed[64:]):
            raise BadSignatureError
        return signed[64:]

    # Each alone says that it is careless, and both are refused by the one that is here.
    for one in sodium._FALSE:
        assert takes_with_cofactor(sodium._PUBLIC, one, sodium._MESSAGE)
        assert not is_normative(sodium._PUBLIC, one, sodium._MESSAGE)
    sodium._is_strict.cache_clear()
    monkeypatch.setattr(sodium, "crypto_sign_open", careless)
    try:
        assert not sodium.surely_verifies(KEY.public.raw, KEY.sign(MESSAGE), MESSAGE)
        assert KEY.public.verifies(KEY.sign(MESSAGE), MESSAGE)
    finally:
        sodium._is_strict.cache_clear()
