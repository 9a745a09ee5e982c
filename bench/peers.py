"""What others take for as many signatures or objects as a case has.

None of them does what `peyman verify` does; each is a floor for one part of it:

- cryptography: the Ed25519 verifications alone, in this process.
- securesystemslib: the same in DSSE envelopes, as its own users verify them.
- `git fsck`: as many chained, hashed, unsigned objects; a whole process.

Keys are made here for the measurement: a peer verifies the case's own payloads, signed
anew, and so needs to know nothing of our format.
"""

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

Peer = tuple[str, Callable[[], object]]


def peers_of(payloads: Sequence[bytes]) -> list[Peer]:
    """Name and run of every peer; git is left out where it is not installed."""
    peers = [ed25519(payloads), dsse(payloads)]
    return [*peers, git_fsck(payloads)] if shutil.which("git") else peers


def ed25519(payloads: Sequence[bytes]) -> Peer:
    """Raw verification of one signature a payload."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key()
    signed = [(private.sign(payload), payload) for payload in payloads]

    def run() -> None:
        for signature, payload in signed:
            public.verify(signature, payload)

    return f"cryptography: {len(signed)} signatures", run


def dsse(payloads: Sequence[bytes]) -> Peer:
    """Verification of one envelope a payload."""
    signer = CryptoSigner.generate_ed25519()
    envelopes = [Envelope(payload, "application/json", {}) for payload in payloads]
    for envelope in envelopes:
        envelope.sign(signer)

    def run() -> None:
        for envelope in envelopes:
            envelope.verify([signer.public_key], 1)

    return f"securesystemslib: {len(envelopes)} envelopes", run


def git_fsck(payloads: Sequence[bytes]) -> Peer:
    """Check of a repository with one commit a payload, each with that file changed."""
    folder = Path(tempfile.mkdtemp(prefix="peyman-bench-"))
    atexit.register(shutil.rmtree, folder)
    who = b"committer bench <bench> 0 +0000\n"
    stream = b"".join(
        b"commit refs/heads/main\n%sdata 0\nM 100644 inline entry\ndata %d\n%s\n"
        % (who, len(payload), payload)
        for payload in payloads
    )
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder], check=True)
    subprocess.run(
        ["git", "-C", folder, "fast-import", "--quiet"], input=stream, check=True
    )

    def run() -> None:
        subprocess.run(["git", "-C", folder, "fsck", "--no-progress"], check=True)

    return f"git fsck: {len(payloads)} commits", run
