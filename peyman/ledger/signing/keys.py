"""Keys: Ed25519, known by the SHA-256 of the public key's 32 bytes.

An office's key signs entries, a log's key signs checkpoints; they are never the same.
Witnesses may have keys of another kind: `peyman.ledger.signing.mldsa`.
Keys of a reconstructed case derive from a published seed and prove nothing about who.
How private keys lie on the disk is for `peyman.ledger.signing.keyfile`.

No chance is read here: a new key is made from 32 random bytes that the caller brings.

Source: RFC 8032; docs/record.md, section 5.
"""

import base64
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar, Protocol, Self

from peyman.ledger import canonical, strict

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ed25519

_P = 2**255 - 19
_TORSION = (
    0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
)
_WEAK = frozenset({0, 1, _P - 1, *_TORSION})
"""The y of the points of small order: under such a key, forging needs no secret."""


class _Verifier(Protocol):
    def verify(self, signature: bytes, data: bytes, /) -> None: ...


@dataclass(frozen=True)
class PublicHalf(ABC):
    """The half of a key, of any kind, that everybody may have."""

    raw: bytes
    alg: ClassVar[str]
    length: ClassVar[int]

    @classmethod
    def from_text(cls, text: object, what: str) -> Self:
        """Read the base64 of its bytes."""
        return cls(strict.base64_bytes(text, what, cls.length))

    @property
    def text(self) -> str:
        """The base64 of its bytes."""
        return base64.b64encode(self.raw).decode()

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of its bytes, in hex: what entries and people call the key."""
        return sha256(self.raw).hexdigest()

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature over the message is by this key."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._verifier.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    @property
    @abstractmethod
    def _verifier(self) -> _Verifier: ...


@dataclass(frozen=True)
class PublicKey(PublicHalf):
    """The public half of a key of Ed25519: 32 bytes."""

    alg = "ed25519"
    length = 32

    def __post_init__(self) -> None:
        y = int.from_bytes(self.raw, "little") % 2**255
        if len(self.raw) != self.length or y >= _P or y in _WEAK:
            raise strict.refuse("This is not a sound Ed25519 public key.", 5)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature over the message is by this key."""
        # Imported late, as OpenSSL is: commands that check no signature start without.
        from peyman.ledger.signing.sodium import surely_verifies

        is_sure = surely_verifies(self.raw, signature, message)
        return is_sure or super().verifies(signature, message)

    @cached_property
    def _verifier(self) -> "ed25519.Ed25519PublicKey":
        from cryptography.hazmat.primitives.asymmetric import ed25519

        return ed25519.Ed25519PublicKey.from_public_bytes(self.raw)


@dataclass(frozen=True)
class Key:
    """A private key. It is shown by its fingerprint, never by its secret."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise strict.refuse("A private key is 32 bytes.", 5)

    @cached_property
    def public(self) -> PublicKey:
        """The other half."""
        return PublicKey(self._signer.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Sign: 64 bytes, the same every time for the same message."""
        return self._signer.sign(message)

    @cached_property
    def _signer(self) -> "ed25519.Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric import ed25519

        return ed25519.Ed25519PrivateKey.from_private_bytes(self.secret)

    def __repr__(self) -> str:
        return f"Key({self.public.fingerprint[:16]}…)"


def derive(seed: str, office: str) -> Key:
    """Derive an office's (or a log's, by its origin) key from a published seed.

    Whoever reads the seed can sign in its name: for reconstructed cases only.

    >>> derive("a seed", "peyman/registrar") == derive("a seed", "peyman/registrar")
    True
    """
    return Key(sha256(canonical.encode(["peyman key", seed, office])).digest())


def derive_nonce(seed: str, label: str) -> str:
    """Derive a nonce (64 hex) from a published seed: for reconstructed cases only."""
    return sha256(canonical.encode(["peyman nonce", seed, label])).hexdigest()
