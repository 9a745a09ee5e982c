"""Make the proof of one entry out of a case; how it is checked is `peyman.ledger.log.proof`.

Source: docs/record.md, section 10.
"""

from peyman.errors import PeymanError
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile, envelope_path
from peyman.ledger.log.note import verifier_key
from peyman.ledger.log.proof import Proof
from peyman.ledger.strict import authority


def prove(case_file: CaseFile, log: Log, index: int, *, is_bare: bool) -> Proof:
    """Prove one entry of a genuine case.

    Raises:
        PeymanError: If its leaf is hidden.
    """
    leaf = log.leaves[index]
    if leaf is None:
        raise PeymanError(
            f"The leaf of e{index} is hidden in this public file.",
            authority=authority(6),
            remedy="Prove it from a copy that shows the leaf.",
        )
    payload = log.payloads.get(index)
    envelope = public = None
    if payload is not None and not is_bare:
        envelope = case_file.files[envelope_path(index)]
        public = log.keyring.public_of(payload.signer.key)
    settings = log.settings
    return Proof(
        index,
        log.tree.inclusion(index, log.size),
        case_file.files["checkpoint"],
        leaf,
        verifier_key(settings.origin, settings.log_key),
        envelope,
        public,
    )
