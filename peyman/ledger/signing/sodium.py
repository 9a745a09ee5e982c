"""A quick yes to a signature of Ed25519: libsodium verifies in half the time.

OpenSSL is normative (`peyman.ledger.signing.keys`): what is not taken here it is asked, and
it alone says no. So libsodium may refuse what OpenSSL takes, and never take what OpenSSL
refuses. Both are strict about the scalar and compare R by its bytes, without the
cofactor; a version of libsodium that did not would be asked no more than once.

Source: RFC 8032, 5.1.7; "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, 2020).
"""

from functools import cache

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

_SIGNATURE = 64
"""Bytes of a signature."""

_PUBLIC = bytes.fromhex(
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
)
_MESSAGE = b"\x72"
"""Of the second test in RFC 8032, 7.1."""

_FALSE = tuple(
    bytes.fromhex(one)
    for one in (
        "86ec0678ec23d84b295114ed96d9f75c377edbf1aa67893a0219db78f3070ad8"
        "0dff8d78b229bce8ced89a05aaea800642c11730d90e260c74b62ff3306a000b",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "f52db7415978abc61b2c2eb6aeebfca0387b2eaeb4302aeeb00d291612bb0c10",
    )
)
"""What only a careless verifier takes: R with a part of order 8 added, as one that multiplies
by the cofactor does; and the published signature with the group's order added to its scalar."""


def surely_verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is by this key beyond doubt; where not, ask OpenSSL.

    Args:
        public: A sound key, 32 bytes: libsodium reads as many, whatever is there.
        signature: What is said to be one.
        message: What is said to be signed.
    """
    return (
        # It is handed over ahead of the message, which must not lend or take a byte.
        len(signature) == _SIGNATURE
        and _is_strict()
        and _takes(public, signature, message)
    )


@cache
def _is_strict() -> bool:
    return not any(_takes(_PUBLIC, one, _MESSAGE) for one in _FALSE)


def _takes(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        crypto_sign_open(signature + message, public)
    except BadSignatureError:
        return False
    return True
