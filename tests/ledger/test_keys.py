"""A key is known by its fingerprint; its secret is nobody else's."""

import pytest

from peyman.errors import PeymanError
from peyman.ledger import Key, PublicKey, derive, derive_nonce

OFFICE = "kazakhstan/president"

# RFC 8032, section 7.1, test 2.
SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)

# The eight points of small order, and the ways to write them that are not canonical.
WEAK = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]


def test_the_published_signature():
    key = Key(bytes.fromhex(SEED))
    assert key.public.raw.hex() == PUBLIC
    assert key.sign(b"\x72").hex() == SIGNATURE
    assert key.public.verifies(bytes.fromhex(SIGNATURE), b"\x72")
    assert not key.public.verifies(bytes.fromhex(SIGNATURE), b"\x73")


def test_a_signature_has_one_form():
    # The same scalar plus the order of the group: other libraries once took it too.
    order = 2**252 + 27742317777372353535851937790883648493
    signature = bytes.fromhex(SIGNATURE)
    scalar = int.from_bytes(signature[32:], "little") + order
    forged = signature[:32] + scalar.to_bytes(32, "little")
    assert not PublicKey(bytes.fromhex(PUBLIC)).verifies(forged, b"\x72")


@pytest.mark.parametrize("raw", WEAK)
@pytest.mark.parametrize("sign", [0, 128])
def test_a_key_under_which_anyone_can_sign_is_no_key(raw, sign):
    data = bytearray.fromhex(raw)
    data[31] |= sign
    with pytest.raises(PeymanError, match="not a sound Ed25519 public key"):
        PublicKey(bytes(data))


def test_a_key_shows_no_secret():
    key = derive("a seed", OFFICE)
    assert key.secret.hex() not in repr(key)
    assert repr(key) == f"Key({key.public.fingerprint[:16]}…)"


def test_derived_keys_and_nonces_differ_by_seed_and_by_name():
    made = {derive(seed, name).secret for seed in "ab" for name in ("x/y", "x/z")}
    made |= {bytes.fromhex(derive_nonce("a", "x/y")), derive("ab", "x/y").secret}
    assert len(made) == 6
