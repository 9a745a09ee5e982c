"""`peyman sign`: an office signs an entry on its own machine, for a case kept elsewhere.

What is written is an envelope, which the keeper enters as it is: `peyman submit` hands it
in over the network, the page of a case takes it as a file, `peyman enter` into a folder.
"""

import os
from contextlib import suppress
from pathlib import Path

import click

from peyman.case.entering.admit import admit
from peyman.case.entering.draft import Draft, draft_of
from peyman.case.entering.enter import payload_of
from peyman.case.load import entry_of, load
from peyman.charter.moment import show
from peyman.cli.entering import read_toml, source_files
from peyman.cli.office.keeper import kept_of
from peyman.cli.opening import key_for, nonces, now
from peyman.cli.printing import say
from peyman.cli.showing import find_entry, told
from peyman.errors import PeymanError
from peyman.ledger.entries.entry import Seen, Signer
from peyman.ledger.entries.envelope import commitment, seal
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile, read_case_file
from peyman.ledger.verifying.verify import examine
from peyman.ledger.witnesses.heads import LostEntries

_WITHIN_MIN = 60


@click.command("sign")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("entry", type=click.Path(path_type=Path), metavar="ENTRY.toml")
@click.option("--as", "office", required=True, metavar="OFFICE", help="Who signs.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="ENTRY.json"
)
@click.option(
    "--within",
    default=_WITHIN_MIN,
    show_default=True,
    type=click.IntRange(1, 7 * 24 * 60),
    help="Minutes within which a performed entry is to be entered.",
)
def sign_command(case: Path, entry: Path, office: str, out: Path, within: int) -> None:
    """Sign ENTRY.toml for CASE with the key that lies here; write the envelope.

    CASE is a copy of the case, a folder or a zip: what the entry has seen. It is verified
    first. Nothing is entered.
    """
    if out.exists():
        raise PeymanError(
            f"{out} is there already.",
            authority="peyman sign --help",
            remedy="Give another path; a signed entry is not written over.",
        )
    case_file = read_case_file(case)
    log = _sound(case_file)
    known = load(case_file).case
    if not known.is_reconstructed:
        # A copy may be older than what was seen since; it may not be of another log.
        with suppress(LostEntries):
            kept_of(known.origin).check(log)
    written = read_toml(entry)
    source_files(written, entry.parent)
    clock = known.last_entered if known.is_reconstructed else now()
    draft = draft_of(
        written,
        lambda label: find_entry(known, label).commitment,
        known.texts.get,
        show(clock),
    )
    if "at" not in written and draft.known_as == "performed":
        draft = _performed_within(draft, clock, within)
    key = key_for(known.origin, known.kept, office, log.keyring.good(office))
    seen = Seen(log.size, log.tree.root().hex())
    signer = Signer(office, key.public.fingerprint)
    nonce = nonces(known.origin, known.kept)(os.urandom(8).hex())
    payload = payload_of(known, log, seen, draft, signer, nonce)
    envelope = seal(payload, key)
    meant = entry_of(known, payload, known.size, commitment(envelope), clock)
    admit(known, meant)
    out.write_bytes(envelope)
    say(f"{out}: signed for {office}, and not entered yet: {told(meant)}")
    say(f"  commitment {commitment(envelope)}")


def _performed_within(draft: Draft, clock: int, minutes: int) -> Draft:
    """What is performed happens when it is entered: some time from now on."""
    return draft._replace(at=f"{show(clock)}/{show(clock + 60 * minutes)}")


def _sound(case_file: CaseFile) -> Log:
    found = examine(case_file)
    for fault in found.report.all_faults():
        raise PeymanError(
            f"{case_file.name} is not genuine. {fault.path}: {fault.problem}",
            authority=fault.authority,
            remedy="Sign on a sound copy: what you have seen is part of the entry.",
        )
    if found.log is None:
        raise AssertionError("a genuine case has a log")
    return found.log
