"""Keys of ML-DSA-44, with which witnesses may cosign; known by the SHA-256 of 1,312 bytes.

A quantum computer that breaks Ed25519 does not break these. Only witnesses have them: what
signs entries and the heads of a log is `peyman.ledger.signing.keys`, and stays Ed25519.

A signature is made with chance that the library takes from the system, so no two are the
same. The key itself is made from 32 random bytes that the caller brings.

Source: FIPS 204 (ML-DSA, without a context); docs/record.md, sections 5 and 11.
"""

from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING

from peyman.errors import PeymanError
from peyman.ledger import strict
from peyman.ledger.signing.keys import Key, PublicHalf, PublicKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import mldsa

PUBLIC_LENGTH, SIGNATURE_LENGTH = 1312, 2420
"""Bytes of a public key and of a signature."""


@dataclass(frozen=True)
class MldsaPublicKey(PublicHalf):
    """The public half of a witness's key: 1,312 bytes.

    Raises:
        PeymanError: If it is none, or the library on this machine lacks ML-DSA-44.
    """

    alg = "ml-dsa-44"
    length = PUBLIC_LENGTH

    def __post_init__(self) -> None:
        if len(self.raw) != self.length:
            raise strict.refuse("This is not an ML-DSA-44 public key.", 5)
        # Asked at once: a reader whose library lacks it must not call a file false.
        _ = self._verifier

    @cached_property
    def _verifier(self) -> "mldsa.MLDSA44PublicKey":
        from cryptography.exceptions import UnsupportedAlgorithm

        try:
            found: mldsa.MLDSA44PublicKey = (
                _library().MLDSA44PublicKey.from_public_bytes(self.raw)
            )
        except UnsupportedAlgorithm:
            raise _lacking() from None
        return found


@dataclass(frozen=True)
class MldsaKey:
    """A private key, as the 32 bytes from which it is made. It never shows them."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise strict.refuse("A private key is 32 bytes.", 5)

    @cached_property
    def public(self) -> MldsaPublicKey:
        """The other half."""
        return MldsaPublicKey(self._signer.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Sign: 2,420 bytes, other ones each time."""
        return self._signer.sign(message)

    @cached_property
    def _signer(self) -> "mldsa.MLDSA44PrivateKey":
        from cryptography.exceptions import UnsupportedAlgorithm

        try:
            found: mldsa.MLDSA44PrivateKey = (
                _library().MLDSA44PrivateKey.from_seed_bytes(self.secret)
            )
        except UnsupportedAlgorithm:
            raise _lacking() from None
        return found

    def __repr__(self) -> str:
        return f"MldsaKey({self.public.fingerprint[:16]}…)"


WitnessKey = Key | MldsaKey
"""What a witness may sign with."""

WitnessPublicKey = PublicKey | MldsaPublicKey
"""The other half of what a witness may sign with."""


def _library() -> ModuleType:
    try:
        from cryptography.hazmat.primitives.asymmetric import mldsa
    except ImportError:
        raise _lacking() from None
    return mldsa


def _lacking() -> PeymanError:
    return PeymanError(
        "The library on this machine does not know ML-DSA-44.",
        authority=strict.authority(11),
        remedy="Install the version of cryptography that requirements.lock names, or leave"
        " the keys of ML-DSA-44 out.",
    )
