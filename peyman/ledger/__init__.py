"""What was said, unchanged: entries, the log over them, case files, and their proof.

An office signs a `Payload` with its `Key` (`seal`); a `Store` takes the envelope into the
log of a case and answers with a `Receipt`; anyone can `verify` the case file afterwards,
without the store, the network or us. The format is docs/record.md.

The ledger knows bytes, signatures, the tree and files. What an act means is for
`peyman.charter`, what a claim says for `peyman.picture`, and who may enter what for
`peyman.case`. It reads no clock and no chance: hours, keys and nonces are arguments.

A case with one entry:

>>> registrar = derive("an example", "peyman/registrar")
>>> log_key = derive("an example", "demo.peyman/example")
>>> settings = Settings(
...     "demo.peyman/example", {"en": "Example"}, "Asia/Almaty", "reconstructed",
...     log_key.public, "peyman/registrar", (),
... )
>>> case_toml = write_settings(settings)
>>> body = {
...     "case": digest(case_toml), "charters": [], "registers": [],
...     "language": "1", "reader": "1", "tzdata": "2026.2",
...     "keys": [first_key("peyman/registrar", registrar.public)],
...     "may_add_keys": ["peyman/registrar"],
... }
>>> opening = Payload(
...     origin=settings.origin, kind="open", nonce=derive_nonce("an example", "open"),
...     seen=Seen(), signer=Signer("peyman/registrar", registrar.public.fingerprint),
...     known_as="performed", at="2022-01-05", cites=(), body=body,
...     entered_from="assumed",
... )
>>> entries = [(seal(opening, registrar), "2022-01-05T20:00:00Z")]
>>> report = verify(build_log({"case.toml": case_toml}, entries, log_key))
>>> report.genuine, report.whole, report.size
(True, True, 1)
"""

from hashlib import sha256

from peyman.ledger.entries.bodies import ALWAYS_HERE, ERASABLE, KINDS, RECORD_KINDS
from peyman.ledger.entries.entry import Citation, Payload, Seen, Signer
from peyman.ledger.entries.envelope import Envelope, commitment, open_envelope, seal
from peyman.ledger.files.build import build_log, write_folder, write_log
from peyman.ledger.files.casefile import CaseFile, make_case_file, read_case_file
from peyman.ledger.files.copies import publish, withhold
from peyman.ledger.files.reading import Entry, read_entries
from peyman.ledger.files.settings import Settings, read_settings, write_settings
from peyman.ledger.keeping.store import Store
from peyman.ledger.log.receipt import Receipt
from peyman.ledger.signing.keyfile import load_key, save_key
from peyman.ledger.signing.keys import Key, PublicKey, derive, derive_nonce
from peyman.ledger.verifying.policy import Trust, read_policy
from peyman.ledger.verifying.report import Fault, Report
from peyman.ledger.verifying.verify import verify

__all__ = [
    "ALWAYS_HERE",
    "ERASABLE",
    "KINDS",
    "RECORD_KINDS",
    "CaseFile",
    "Citation",
    "Entry",
    "Envelope",
    "Fault",
    "Key",
    "Payload",
    "PublicKey",
    "Receipt",
    "Report",
    "Seen",
    "Settings",
    "Signer",
    "Store",
    "Trust",
    "build_log",
    "commitment",
    "derive",
    "derive_nonce",
    "digest",
    "first_key",
    "load_key",
    "make_case_file",
    "open_envelope",
    "publish",
    "read_case_file",
    "read_entries",
    "read_policy",
    "read_settings",
    "save_key",
    "seal",
    "verify",
    "withhold",
    "write_folder",
    "write_log",
    "write_settings",
]


def digest(data: bytes) -> str:
    """Give the SHA-256 of a file's bytes in hex, as entries bind files by it."""
    return sha256(data).hexdigest()


def first_key(office: str, public: PublicKey) -> dict[str, str]:
    """Write a key of an office as the `keys` of `open` list it."""
    return {"office": office, "key": public.fingerprint, "public": public.text}
