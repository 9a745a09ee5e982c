"""Ed25519 at its edges, beside a verifier written from RFC 8032; entries at their limits.

Libraries differ on points of small order, encodings that are not canonical and scalars that
are not reduced. One answer is normative here: the strict one, without the cofactor.
"""

from hashlib import sha512

import pytest

from peyman.errors import PeymanError
from peyman.ledger import Key, PublicKey, Store, open_envelope, seal, write_folder
from peyman.ledger.entries.envelope import LARGEST_ENVELOPE
from tests.ledger.builders import REGISTRAR, Draft
from tests.ledger.disks import QuickDisk

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
NONE = (0, 1)


def add(one, two):
    (x1, y1), (x2, y2) = one, two
    t = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + t, P - 2, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - t, P - 2, P)
    return x % P, y % P


def times(n, point):
    found = NONE
    while n:
        if n & 1:
            found = add(found, point)
        point, n = add(point, point), n >> 1
    return found


def encode(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode(data):
    """A point, or None where RFC 8032, 5.1.3, says that decoding fails."""
    value = int.from_bytes(data, "little")
    sign, y = value >> 255, value & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT % P
    if x * x % P != square or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x), y


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = decode(BASE_Y.to_bytes(32, "little"))


def verifies(public, signature, message):
    """RFC 8032, 5.1.7, without the cofactor and with R compared as bytes."""
    point, s = decode(public), int.from_bytes(signature[32:], "little")
    if point is None or s >= ORDER:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little")
    minus = (P - point[0], point[1])
    return encode(add(times(s, BASE), times(k % ORDER, minus))) == signature[:32]


SMALL = [
    decode(bytes.fromhex(one))
    for one in (
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
]
SECRET = 0x1234567 * 8 + 2**200
PUBLIC_POINT = times(SECRET, BASE)


def signed(message, *, public=PUBLIC_POINT, r=NONE, s_more=0):
    """A signature by hand: `r` is added to R, `s_more` to the scalar."""
    nonce = 987654321
    raw = encode(public)
    commitment = encode(add(times(nonce, BASE), r))
    k = int.from_bytes(sha512(commitment + raw + message).digest(), "little") % ORDER
    s = (nonce + k * SECRET) % ORDER + s_more
    return raw, commitment + s.to_bytes(32, "little")


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize(
    "public", [PUBLIC_POINT, *(add(PUBLIC_POINT, t) for t in SMALL[1:])]
)
@pytest.mark.parametrize("r", [NONE, *SMALL[1:]])
def test_the_library_and_the_reference_agree_on_torsion(number, public, r):
    """Keys and commitments with a part of small order: some verifiers take them."""
    message = bytes([number])
    raw, signature = signed(message, public=public, r=r)
    expected = verifies(raw, signature, message)
    assert PublicKey(raw).verifies(signature, message) is expected
    if public == PUBLIC_POINT:
        assert expected is (r == NONE)


@pytest.mark.parametrize("multiple", [1, 2, 7])
def test_a_scalar_that_is_not_reduced_is_false_for_both(multiple):
    raw, good = signed(b"m")
    assert verifies(raw, good, b"m")
    assert PublicKey(raw).verifies(good, b"m")
    raw, bad = signed(b"m", s_more=multiple * ORDER)
    assert not verifies(raw, bad, b"m")
    assert not PublicKey(raw).verifies(bad, b"m")


@pytest.mark.parametrize("raw", ["00", "01"])
def test_a_commitment_of_small_order_that_is_not_canonical_is_false(raw):
    """R = 0 or 1 written as P + R: the bytes differ from those that are computed."""
    r = (P + int(raw, 16)).to_bytes(32, "little")
    public = Key(b"k" * 32).public
    signature = r + bytes(32)
    assert not public.verifies(signature, b"m")
    assert not verifies(public.raw, signature, b"m")


def test_what_the_library_signs_the_reference_takes():
    for number in range(2):
        key = Key(bytes([number]) * 32)
        message = b"m" * number
        assert verifies(key.public.raw, key.sign(message), message)


# ------------------------------------------------------------------- entries at the limits


def of_length(draft, length):
    """A sealed note of exactly so many bytes; base64 goes by fours, the text by ones."""
    key = draft.keys[REGISTRAR]
    for office in range(4):
        pad = "y" * office
        body = {"text": "", **({"more": pad} if office else {})}
        small = len(seal(draft.payload("note", body), key))
        room = (length - small) // 4 * 3
        for text in range(max(room - 4, 0), room + 5):
            body = {**body, "text": "x" * text}
            try:
                sealed = seal(draft.payload("note", body), key)
            except PeymanError:
                continue
            if len(sealed) == length:
                return sealed
    return None


def test_an_entry_of_the_most_bytes_is_taken_in_and_one_more_is_not(tmp_path):
    draft = Draft(offices=(REGISTRAR,))
    draft.open()
    write_folder(draft.build(), tmp_path / "case", QuickDisk())
    store = Store.open(tmp_path / "case", QuickDisk())
    largest = next(
        sealed
        for length in range(LARGEST_ENVELOPE, LARGEST_ENVELOPE - 4, -1)
        if (sealed := of_length(draft, length)) is not None
    )
    assert LARGEST_ENVELOPE - 3 <= len(largest) <= LARGEST_ENVELOPE
    draft.add_envelope(largest)
    assert store.append(**draft.last()).index == 1
    for data in (b"", largest.ljust(LARGEST_ENVELOPE + 1)):
        with pytest.raises(PeymanError):
            open_envelope(data)
        with pytest.raises(PeymanError):
            store.append(data, draft.entered, draft.log_key)
    assert store.log.size == 2
