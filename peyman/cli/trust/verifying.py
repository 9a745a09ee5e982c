"""`peyman verify`: everything that an outsider can check, without server or network."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import click

from peyman.case.check import Checked
from peyman.cli.files import bytes_of, bytes_that_begin
from peyman.cli.printing import say
from peyman.cli.trust.examining import examined
from peyman.cli.trust.proving import proof_at, verify_proof
from peyman.ledger.files.casefile import opened_case_file
from peyman.ledger.verifying.policy import Trust, read_policy
from peyman.ledger.verifying.report import Report
from peyman.ledger.witnesses.fork import is_fork, read_fork, told


@click.command("verify")
@click.argument("case_file", type=click.Path(path_type=Path))
@click.option("--whole", is_flag=True, help="Demand that no entry is missing.")
@click.option(
    "--trust",
    type=click.Path(path_type=Path),
    help="A policy that names the logs, witnesses and office keys you trust.",
)
@click.option(
    "--no-signatures",
    is_flag=True,
    help="Leave out the signatures of entries: most of the time goes there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def verify_command(
    case_file: Path,
    whole: bool,
    trust: Path | None,
    no_signatures: bool,
    as_json: bool,
) -> None:
    """Check that CASE_FILE, a folder or a zip, is genuine; and say whether it is whole.

    A proof of one entry, as `peyman prove` writes it, is checked as one; and of the
    evidence of a fork, which a witness kept, it is said what it proves.

    Exit status: 0 genuine (and whole, with --whole), 1 not, 2 it cannot be read.
    """
    policy = _policy(trust) if trust else None
    if proof := proof_at(case_file):
        verify_proof(proof, policy)
        return
    if fork := bytes_that_begin(case_file, is_fork):
        for line in told(read_fork(fork)):
            say(line)
        return
    with opened_case_file(case_file) as read:
        report, said = examined(read, policy, signatures=not no_signatures)
    is_good = report.genuine and not said.faults and (report.whole or not whole)
    if as_json:
        shown = report.as_json()
        shown["genuine"] = report.genuine and not said.faults
        shown["faults"] += [asdict(fault) for fault in said.faults]
        shown["notes"] += said.notes
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        for line in _lines(report, said, "named" if no_signatures else "signed"):
            say(line)
        if whole and not report.whole:
            say("You asked for the whole case: this file is not whole.")
    raise SystemExit(0 if is_good else 1)


def _policy(path: Path) -> Trust:
    """What the reader trusts, by the clock of this machine."""
    return replace(read_policy(bytes_of(path)), at=int(time.time()))


def _lines(report: Report, said: Checked, by: str) -> Iterator[str]:
    faults = [*report.all_faults(), *said.faults]
    if faults:
        yield f"NOT GENUINE: {report.origin or 'this file'}"
        for fault in faults:
            yield f"  {fault}"
        return
    yield f"GENUINE: {report.origin}, {report.present} of {report.size} entries are here"
    yield f"  root    {report.root}"
    yield f"  log key {report.log_key}"
    yield f"  {_whole(report)}"
    for signed in report.signed:
        yield f"  {by:<7} {len(signed.indexes)} by {signed.office}, key {signed.key[:16]}…"
    for name, register in report.registers:
        yield f"  register of {name}: {register.present} of {register.size} entries"
    for note in (*report.notes, *said.notes):
        yield f"  note    {note}"


def _whole(report: Report) -> str:
    if report.whole:
        return f"WHOLE up to checkpoint {report.size}"
    gone = []
    if report.withheld:
        gone.append(f"not here: {_names(report.withheld)}")
    if report.erased:
        gone.append(f"erased: {_names(report.erased)}")
    for name, register in report.registers:
        if not register.whole:
            gone.append(f"the register of {name} is not whole")
    return f"NOT WHOLE: {'; '.join(gone)}. Absence proves nothing."


def _names(indexes: tuple[int, ...]) -> str:
    return ", ".join(f"e{index}" for index in indexes)
