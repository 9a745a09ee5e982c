"""`peyman prove`: the proof of one entry, for somebody who has nothing else of the case.

It is checked by `peyman verify PROOF`, and by whatever else reads c2sp.org/tlog-proof.
"""

from collections.abc import Iterator
from pathlib import Path

import click

from peyman.cli.files import bytes_that_begin
from peyman.cli.printing import say
from peyman.errors import PeymanError
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import read_case_file
from peyman.ledger.log.proof import (
    Proved,
    check_proof,
    is_proof,
    read_proof,
)
from peyman.ledger.log.proving import prove
from peyman.ledger.verifying.policy import Trust
from peyman.ledger.verifying.verify import examine


@click.command("prove")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("entry", metavar="ENTRY")
@click.option("--out", type=click.Path(path_type=Path), help="Else eN.tlog-proof here.")
@click.option(
    "--bare",
    is_flag=True,
    help="Without what the entry says: only that it stands there.",
)
def prove_command(case: Path, entry: str, out: Path | None, bare: bool) -> None:
    """Write a proof that ENTRY (as e31) stands in the log of CASE.

    Whoever gets it checks it alone: peyman verify eN.tlog-proof
    """
    case_file = read_case_file(case)
    found = examine(case_file)
    for fault in found.report.all_faults():
        raise PeymanError(
            f"{case_file.name} is not genuine. {fault.path}: {fault.problem}",
            authority=fault.authority,
            remedy="Prove from a sound copy.",
        )
    if found.log is None:
        raise AssertionError("a genuine case has a log")
    proof = prove(case_file, found.log, _index(found.log, entry), is_bare=bare)
    path = out or Path(f"e{proof.index}.tlog-proof")
    path.write_bytes(proof.encode())
    say(f"{path}: written. It says:")
    for line in told(check_proof(proof)):
        say(f"  {line}")


def proof_at(path: Path) -> bytes | None:
    """The bytes of a proof, where a file begins as one."""
    return bytes_that_begin(path, is_proof)


def verify_proof(data: bytes, trust: Trust | None) -> None:
    """Check a proof and say what it proves.

    Raises:
        SystemExit: 1, if it does not hold.
        PeymanError: If it is no proof at all.
    """
    proof = read_proof(data)
    try:
        proved = check_proof(proof, trust)
    except PeymanError as error:
        say(f"NOT PROVED: {error.problem} [{error.authority}]")
        raise SystemExit(1) from None
    for line in told(proved):
        say(line)


def told(proved: Proved) -> Iterator[str]:
    """What a proof proves, and what not, in words."""
    head = proved.head
    yield f"PROVED: e{proved.index} stands in {head.origin}, of {head.size} entries"
    yield f"  entered {proved.leaf.entered}, commitment {proved.leaf.commitment}"
    yield f"  root    {head.root.hex()}"
    yield f"  log key {proved.log_key}"
    if proved.envelope is not None:
        payload = proved.envelope.payload
        signer = payload.signer
        yield f"  signed  for {signer.office} with key {signer.key}"
        yield f"  says    {payload.kind}, {payload.known_as}, at {payload.at}"
    for note in proved.notes():
        yield f"  note    {note}"


def _index(log: Log, name: str) -> int:
    if name in log.places:
        return log.places[name]
    number = name.removeprefix("e")
    if number.isdecimal() and int(number) < log.size:
        return int(number)
    raise PeymanError(
        f"There is no entry {name} in {log.settings.origin}.",
        authority=f"the record, which has {log.size} entries",
        remedy=f"Name one of e0 to e{log.size - 1}, or a commitment.",
    )
