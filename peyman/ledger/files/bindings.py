"""Whether every file beside the log is one that the log binds, and every one is there.

`case.toml`, charters and their geometry, sources, registers by their heads, and what a
public file shows. Envelopes are bound by their leaves; what is inside a register is for
`peyman.ledger.verifying.verify`, which verifies each as a whole case file.

Source: docs/record.md, sections 3, 5 and 6.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from peyman.ledger.entries.bodies import ALWAYS_HERE
from peyman.ledger.entries.rules import Log, Named
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.later import under
from peyman.ledger.strict import authority
from peyman.ledger.verifying.report import Fault, Report


def check_files(files: Mapping[str, bytes], log: Log) -> Iterator[Fault]:
    """Say which of a case's own files are not as its log binds them."""
    yield from _check_settings(files, log)
    yield from _check_charters(files, log)
    yield from _check_sources(files, log)
    yield from _check_erased(files, log)
    yield from _check_release(files, log)


def _check_settings(files: Mapping[str, bytes], log: Log) -> Iterator[Fault]:
    if (opening := log.opening) is None or opening.kind != "open":
        return
    found = sha256(files.get("case.toml", b"")).hexdigest()
    if found != opening.body["case"]:
        yield Fault("case.toml", None, "`open` binds another case.toml.", authority(3))


def _check_charters(files: Mapping[str, bytes], log: Log) -> Iterator[Fault]:
    if 0 not in log.payloads:
        return
    # What was ever listed stays: a reading as of an earlier day needs the law of then.
    listed = [
        (f"charters/{path}", charter, digest)
        for (path, digest), charter in log.listed.items()
    ]
    here = {*under(files, "charters/")}
    for path in sorted(here - {one[0] for one in listed}):
        problem = "No charter of the case lists this file."
        yield Fault(path, None, problem, authority(6))
    # A path stands for the same bytes always, whoever lists it.
    for path, charter, digest in listed:
        if path not in here:
            problem = f"This file of the charter {charter} is missing."
            yield Fault(path, None, problem, authority(6))
        elif sha256(files[path]).hexdigest() != digest:
            problem = f"This is not the file that the case binds for {charter}."
            yield Fault(path, None, problem, authority(6))


def _check_sources(files: Mapping[str, bytes], log: Log) -> Iterator[Fault]:
    if 0 not in log.payloads:
        return
    due = {
        f"sources/{digest}": index
        for digest, index in log.sources.items()
        if index not in log.erased
    }
    here = {*under(files, "sources/")}
    for path in sorted(due.keys() - here):
        yield Fault(
            path, due[path], "The bytes of this source are missing.", authority(3)
        )
    for path in sorted(here - due.keys()):
        yield Fault(path, None, "No source entry here is of this file.", authority(3))
    for path in sorted(here & due.keys()):
        stated = log.payloads[due[path]].body["bytes"]
        if sha256(files[path]).hexdigest() != path.removeprefix("sources/"):
            problem = "These are not the bytes of the source."
        elif len(files[path]) != stated:
            problem = (
                f"The source has {len(files[path])} bytes; its entry says {stated}."
            )
        else:
            continue
        yield Fault(path, due[path], problem, authority(3))


def check_registers(reports: Mapping[str, Report], log: Log) -> Iterator[Fault]:
    """Say which registers are not the logs, at the heads, that the case names."""
    if 0 not in log.payloads:
        return
    latest = log.latest_registers()
    for one in sorted(latest.keys() | reports.keys()):
        path = f"registers/{one}/checkpoint"
        if one not in latest:
            yield Fault(path, None, "The case names no such register.", authority(5))
        elif one not in reports:
            yield Fault(path, None, "This register is missing.", authority(5))
        else:
            for problem in _compare_register(reports[one], latest[one], log):
                yield Fault(path, None, problem, authority(5))
    yield from _compare_heads(log)


def _compare_heads(log: Log) -> Iterator[Fault]:
    for named in log.named:
        view = log.registers.get(named.id)
        if view is None or named.size > view.tree.size:
            continue
        if view.tree.root(named.size).hex() != named.root:
            path = f"registers/{named.id}/checkpoint"
            problem = f"It is not the register whose head e{named.entry} names."
            yield Fault(path, named.entry, problem, authority(5))


def _compare_register(report: Report, named: Named, log: Log) -> Iterator[str]:
    if report.origin != named.origin:
        yield f"It is the log {report.origin}, not {named.origin}."
    if report.register != named.id:
        yield f"It is not kept as the register of {named.id}."
    if report.size != named.size:
        yield f"It has {report.size} entries; the case names it at {named.size}."


def _check_release(files: Mapping[str, bytes], log: Log) -> Iterator[Fault]:
    """Compare a public file, one that hides leaves, with the last release in it."""
    if not log.hides:
        return
    if not log.releases:
        text = "It hides leaves, and no `release` says what it shows."
        yield Fault("checkpoint", None, text, authority(3))
        return
    body = log.payloads[log.releases[-1]].body
    listed = frozenset(body["indexes"])
    for index in range(log.size):
        is_listed = index in listed if index < body["size"] else None
        if problem := _compare_shown(index, is_listed, files, log):
            yield Fault(envelope_path(index), index, problem, authority(3))


def _compare_shown(
    index: int, is_listed: bool | None, files: Mapping[str, bytes], log: Log
) -> str | None:
    """Compare one entry; `is_listed` is None for one that came after the release."""
    is_shown = log.leaves[index] is not None
    payload = log.payloads.get(index)
    if is_listed is not None and is_shown != is_listed:
        return "It is left out or shown against the release."
    if is_listed is None and payload and payload.kind not in ALWAYS_HERE:
        return "It is shown, and no release lists it."
    if is_shown and envelope_path(index) not in files and index not in log.erased:
        return "Its leaf is shown, and it is not here."
    return None


def _check_erased(files: Mapping[str, bytes], log: Log) -> Iterator[Fault]:
    for index, entry in sorted(log.erased.items()):
        path = envelope_path(index)
        if path in files:
            yield Fault(path, index, f"It is here; e{entry} erased it.", authority(3))
