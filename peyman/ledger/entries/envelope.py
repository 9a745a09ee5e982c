"""The signed envelope, and the commitment that is an entry's identity.

The envelope is DSSE in canonical JSON with exactly one Ed25519 signature. The signature
covers the type and the payload; the key's identity beside it is not covered, which is why
origin, office and key stand in the payload too and must agree.

Source: DSSE protocol 1.0.0; docs/record.md, section 1.
"""

import base64
import binascii
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from peyman.errors import PeymanError
from peyman.ledger import canonical, strict
from peyman.ledger.entries.entry import Payload, encode_payload, read_payload
from peyman.ledger.signing.keys import Key, PublicKey
from peyman.ledger.strict import refuse
from peyman.saying import say

PAYLOAD_TYPE = "application/vnd.peyman.entry+json"

LARGEST_ENVELOPE = 65_535
"""Bytes; whatever is larger is entered as a source."""

_SIGNATURE = 64
"""Bytes of an Ed25519 signature."""

_BEFORE = b'{"payload":"'
_KEYID_AFTER = b'","payloadType":"%b","signatures":[{"keyid":"' % PAYLOAD_TYPE.encode()
_SIG_AFTER = b'","sig":"'
_END = b'"}]}'
_KEYID, _SIG = 64, 88
"""Characters: of a fingerprint, and of 64 bytes in base64."""

_PREFIX = b"DSSEv1 %d %b " % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode())

_SIG_AT = -len(_END) - _SIG
_KEYID_AT = _SIG_AT - len(_SIG_AFTER) - _KEYID
_PACKED_END = _KEYID_AT - len(_KEYID_AFTER)
"""Places from the end: in a sound envelope all but the payload is of one length."""


class Envelope(NamedTuple):
    """An envelope that is well formed. Whether it is signed is asked of `is_by`.

    Attributes:
        payload: What it says.
        commitment: SHA-256 of the envelope's bytes, in hex.
        signed: The bytes that the signature covers.
        signature: 64 bytes.
        proven_by: The raw key by which the signature was found to hold, where that was
            asked already: see `peyman.ledger.entries.readers`.
    """

    payload: Payload
    commitment: str
    signed: bytes
    signature: bytes
    proven_by: bytes = b""

    def is_by(self, key: PublicKey) -> bool:
        """Whether the signature is by this key, and the payload names this key."""
        if self.payload.signer.key != key.fingerprint:
            return False
        return self.proven_by == key.raw or key.verifies(self.signature, self.signed)


def commitment(envelope: bytes) -> str:
    """Give the commitment to an envelope: SHA-256 of its bytes, in hex."""
    return sha256(envelope).hexdigest()


def seal(payload: Payload, key: Key) -> bytes:
    """Sign a payload: the bytes of its envelope, the same every time.

    Raises:
        PeymanError: If the payload does not fit the format, names another key as its
            signer's, or makes an envelope over `LARGEST_ENVELOPE`.
    """
    if payload.signer.key != key.public.fingerprint:
        raise refuse(
            f"The entry of {payload.signer.office} names another key than signs it.", 1
        )
    data = encode_payload(payload)
    signature = {
        "keyid": key.public.fingerprint,
        "sig": base64.b64encode(key.sign(_signed(data))).decode(),
    }
    envelope = canonical.encode(
        {
            "payload": base64.b64encode(data).decode(),
            "payloadType": PAYLOAD_TYPE,
            "signatures": [signature],
        }
    )
    _limit(envelope)
    return envelope


@lru_cache(maxsize=1024)
def open_envelope(data: bytes) -> Envelope:
    """Read an envelope. This does not check its signature: see `Envelope.is_by`.

    The same bytes are read once: whoever verifies a case also loads it.

    Raises:
        PeymanError: If it is not an envelope of this version of the format.
    """
    return read_envelope(data, commitment(data))


def read_envelope(data: bytes, commitment: str) -> Envelope:
    """Read an envelope whose commitment is known, as `open_envelope`; nothing is kept."""
    try:
        return _read_plain(data, commitment)
    except (_NotPlain, PeymanError):
        return _read_slowly(data, commitment)


class _NotPlain(Exception):
    """It may be an envelope or not: `_read_plain` does not say."""


def _read_plain(data: bytes, commitment: str) -> Envelope:
    """Read an envelope by the one form that a sound one has: nothing in it needs an escape.

    Raises:
        _NotPlain: If it is not of the form.
        PeymanError: If its payload is not sound.
    """
    packed = data[len(_BEFORE) : _PACKED_END]
    keyid, sig = data[_KEYID_AT : _KEYID_AT + _KEYID], data[_SIG_AT : -len(_END)]
    form = (_BEFORE, packed, _KEYID_AFTER, keyid, _SIG_AFTER, sig, _END)
    if len(data) > LARGEST_ENVELOPE or b"".join(form) != data:
        raise _NotPlain
    inside, signature = _unpacked(packed), _unpacked(sig)
    payload = read_payload(inside)
    if keyid.decode("latin-1") != payload.signer.key or len(signature) != _SIGNATURE:
        raise _NotPlain
    return Envelope(payload, commitment, _signed(inside), signature)


def _unpacked(packed: bytes) -> bytes:
    try:
        found = binascii.a2b_base64(packed)
    except binascii.Error:
        raise _NotPlain from None
    if not found or binascii.b2a_base64(found, newline=False) != packed:
        raise _NotPlain
    return found


def _read_slowly(data: bytes, commitment: str) -> Envelope:
    """Read an envelope part by part: this says what is wrong with one.

    Raises:
        PeymanError: If it is not an envelope of this version of the format.
    """
    _limit(data)
    packed, keyid, signature = _read_form(data)
    inside = strict.base64_bytes(packed, "payload")
    payload = read_payload(inside)
    if keyid != payload.signer.key:
        raise refuse("The envelope names another key than its payload.", 1)
    return Envelope(payload, commitment, _signed(inside), signature)


def _read_form(data: bytes) -> tuple[object, str, bytes]:
    """Give the packed payload, the key's identity and the signature."""
    value = strict.table(
        canonical.parse(data, "The envelope"),
        "The envelope",
        ("payload", "payloadType", "signatures"),
    )
    if value["payloadType"] != PAYLOAD_TYPE:
        raise refuse(f"The envelope is of type {strict.show(value['payloadType'])}.", 1)
    signatures = strict.items(value["signatures"], "signatures", _read_signature)
    if len(signatures) != 1:
        raise refuse(f"The envelope has {len(signatures)} signatures, not one.", 1)
    return value["payload"], *signatures[0]


def _read_signature(value: object, what: str) -> tuple[str, bytes]:
    signature = strict.table(value, what, ("keyid", "sig"))
    keyid = strict.digest(signature["keyid"], f"{what}: keyid")
    return keyid, strict.base64_bytes(signature["sig"], f"{what}: sig", 64)


def _signed(payload: bytes) -> bytes:
    """Give the pre-authentication encoding of DSSE."""
    return _PREFIX + b"%d " % len(payload) + payload


def _limit(envelope: bytes) -> None:
    if len(envelope) > LARGEST_ENVELOPE:
        raise refuse(
            say(
                "The envelope has {n} bytes; {most_n} is the most.",
                n=len(envelope),
                most_n=LARGEST_ENVELOPE,
            ),
            1,
            say("Enter what is large as a source, and cite it."),
        )
