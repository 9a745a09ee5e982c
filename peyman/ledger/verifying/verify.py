"""Check a case file without asking anybody: is it genuine, and is it whole?

*Genuine*: every byte here is bound by the log and signed. *Whole*: every entry up to the
checkpoint is here. A file may be the first without the second. Corrupted content never
raises: each fault is reported with its file and entry.

What no file can prove stands in the report's notes: who holds a key, whether the keeper
showed others another log, that an hour is more than the keeper's word.

Source: docs/record.md, section 6.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

from peyman.errors import PeymanError
from peyman.ledger.entries.envelope import Envelope, commitment, read_envelope
from peyman.ledger.entries.payloads import Run
from peyman.ledger.entries.readers import WORTH_IT, Readers
from peyman.ledger.entries.rules import Log, RegisterView
from peyman.ledger.files.bindings import check_files, check_registers
from peyman.ledger.files.casefile import CaseFile, envelope_path
from peyman.ledger.files.settings import Settings, read_settings
from peyman.ledger.later import count_envelopes, to_hand_on, under
from peyman.ledger.log.leaf import Leaf
from peyman.ledger.log.leaves import Leaves, can_be_read, read_leaves
from peyman.ledger.log.note import Checkpoint, open_checkpoint, read_checkpoint
from peyman.ledger.strict import authority
from peyman.ledger.verifying.notes import notes_on
from peyman.ledger.verifying.policy import Trust
from peyman.ledger.verifying.report import Fault, Report, Signed
from peyman.ledger.verifying.trusting import NOBODY, check_trusted, check_witnesses

Files = Mapping[str, bytes]
Early = Iterator[Envelope | Run | None]
"""Entries, each read ahead or not; those of a run together."""

Step = Callable[[Log, bool], None]
"""Told of a log after each entry, or run, that it took, and whether nothing is wrong so far."""


MOST_FAULTS = 1000
"""How many faults of a file, and of each register in it, are listed."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A case file that was gone through: the report, and what was read on the way.

    `log` and `leaves` are None where not even the log could be read.
    """

    report: Report
    log: Log | None = None
    leaves: Leaves | None = None


def verify(
    casefile: CaseFile, trust: Trust | None = None, *, processes: int = 1
) -> Report:
    """Check everything that an outsider can check.

    Args:
        casefile: What `read_case_file` read.
        trust: The log keys that the reader has from elsewhere; without them the answer
            is "whole in itself, by this log key".
        processes: How many may read the entries of a large case; with one, it is read
            here alone.
    """
    if processes == 1:
        return examine(casefile, trust).report
    with Readers(processes) as readers:
        return examine(casefile, trust, readers=readers).report


def examine(
    casefile: CaseFile,
    trust: Trust | None = None,
    *,
    signatures: bool = True,
    readers: Readers | None = None,
    is_register: bool = False,
    step: Step | None = None,
) -> Examined:
    """Go through a case file.

    Args:
        casefile: The files.
        trust: The log keys that the reader has from elsewhere.
        signatures: Whether to check those of entries, or take them on trust.
        readers: Who reads entries ahead, where there are many.
        is_register: Whether a case carries it, and so binds it.
        step: Called after each entry of the case that was gone through. Of a run, which
            readers make only if they were told of what, it is told once.
    """
    files = casefile.own_files()
    faults = [Fault(path, None, text, authority(6)) for path, text in casefile.strays]
    registers = {
        one: examine(
            casefile.register(one),
            trust,
            signatures=signatures,
            readers=readers,
            is_register=True,
        )
        for one in casefile.register_ids()
    }
    settings = _read_settings(files, faults)
    head = _read_head(files, faults)
    if settings is not None and head is not None:
        _check_head(files["checkpoint"], settings, trust, faults, is_register)
    judged = NOBODY
    if head is not None and not is_register:
        judged = check_witnesses(files["checkpoint"], head, trust, faults)
    if settings is None or head is None or not can_be_read(files, head, faults):
        return Examined(_report(settings, head, registers, faults))
    if readers is not None and head.size >= WORTH_IT:
        readers.start()
    leaves = read_leaves(files, head, faults)
    log = Log(
        settings,
        views(registers),
        hides=leaves.hides,
        lacks=bool(leaves.broken),
        signatures=signatures,
        tree=leaves.tree,
        leaves=leaves.leaves,
    )
    is_well = all(one.report.genuine for one in registers.values())

    def tell() -> None:
        if step is not None:
            step(log, is_well and not faults)

    early = _read_ahead(files, log, readers)
    missing = _take_entries(files, leaves, log, early, faults, tell)
    faults += check_files(files, log)
    faults += check_registers({one: it.report for one, it in registers.items()}, log)
    faults += check_trusted(log, judged, trust)
    notes = tuple(notes_on(missing, log, trust, judged))
    report = _report(settings, head, registers, faults)
    report = replace(report, seen=judged.seen, not_checked=judged.unknown)
    return Examined(_complete(report, missing, log, notes), log, leaves)


def _add(faults: list[Fault], path: str, problem: str, section: int = 6) -> None:
    faults.append(Fault(path, None, problem, authority(section)))


def _read_settings(files: Files, faults: list[Fault]) -> Settings | None:
    if "case.toml" not in files:
        _add(faults, "case.toml", "It is missing.")
        return None
    try:
        return read_settings(files["case.toml"])
    except PeymanError as error:
        faults.append(Fault("case.toml", None, error.problem, error.authority))
        return None


def _read_head(files: Files, faults: list[Fault]) -> Checkpoint | None:
    if "checkpoint" not in files:
        _add(faults, "checkpoint", "It is missing.")
        return None
    try:
        return read_checkpoint(files["checkpoint"])[0]
    except PeymanError as error:
        faults.append(Fault("checkpoint", None, error.problem, error.authority))
        return None


def _check_head(
    data: bytes,
    settings: Settings,
    trust: Trust | None,
    faults: list[Fault],
    is_register: bool,
) -> None:
    """Check who signed the checkpoint; one whose signature is false is still gone by."""
    try:
        open_checkpoint(data, {settings.origin: settings.log_key})
    except PeymanError as error:
        faults.append(Fault("checkpoint", None, error.problem, error.authority))
    if trust is None:
        return
    known = trust.logs.get(settings.origin)
    # What a case carries is bound by it, whether or not it is pinned too. That a file
    # calls itself a register binds it to nothing.
    if known is None and is_register:
        return
    if settings.log_key not in (known or ()):
        _add(faults, "checkpoint", "Its log key is not one that the policy names.")


def views(registers: Mapping[str, Examined]) -> dict[str, RegisterView]:
    """Give what a case needs of the registers that could be read."""
    return {
        one: RegisterView(found.report.origin, found.log.places, found.leaves.tree)
        for one, found in registers.items()
        if found.log is not None and found.leaves is not None
    }


def _read_ahead(files: Files, log: Log, readers: Readers | None) -> Early:
    """Give the entries that somebody read ahead, None for the others."""
    size = log.tree.size
    if readers is None or size < WORTH_IT:
        return repeat(None, size)
    found = (to_hand_on(files, index) for index in range(1, size))
    known = log.keyring.known if log.signatures else dict[str, bytes]
    # The rest waits for `open`, which says whose the first keys are.
    entered, zone = log.leaves.entered(1), log.settings.zone
    return chain([None], readers.read_in_runs(found, known, entered, zone))


def _take_entries(
    files: Files,
    leaves: Leaves,
    log: Log,
    early: Early,
    faults: list[Fault],
    tell: Callable[[], None],
) -> list[int]:
    """Let a log take its entries; give the indexes of those that are not here."""
    missing: list[int] = []
    hashes, is_open = leaves.tree.levels[0], True
    for envelope in _one_by_one(early, log, tell):
        index, leaf = log.size, leaves.leaves[log.size]
        # What is judged is what the leaf commits to, whatever stands there by now.
        if envelope is None or leaf is None or envelope.commitment != leaf.commitment:
            data = files.get(envelope_path(index))
            if data is None:
                missing.append(index)
            elif index in leaves.broken:
                data = None
            envelope = _read_envelope(data, leaf, index, faults)
        # Without `open` no key is known: one fault says so, not one for each entry.
        if index == 1:
            is_open = 0 in log.payloads
        asked = envelope if is_open else None
        problems = log.check(leaf, asked)
        faults += [
            Fault(envelope_path(index), index, one.text, authority(one.section))
            for one in problems
        ]
        payload = asked.payload if asked else None
        log.take(hashes[index], leaf, payload, is_sound=not problems)
        tell()
    _find_strange(files, len(leaves.leaves), len(missing), faults)
    if missing and missing[0] == 0:
        text = "The first entry, `open`, is not here; no case file leaves it out."
        faults.append(Fault(envelope_path(0), 0, text, authority(6)))
    return missing


def _one_by_one(
    early: Early, log: Log, tell: Callable[[], None]
) -> Iterator[Envelope | None]:
    """Let a log take the runs; give what is to be taken one by one, in its turn."""
    for found in early:
        if not isinstance(found, Run):
            yield found
        elif log.take_run(found):
            tell()
        else:
            yield from repeat(None, found.length)


def _find_strange(files: Files, size: int, missing: int, faults: list[Fault]) -> None:
    if count_envelopes(files) == size - missing:
        return
    right = {envelope_path(index) for index in range(size)}
    for path in sorted({*under(files, "envelopes/")} - right):
        _add(faults, path, "The log has no entry for this envelope.")


def _read_envelope(
    data: bytes | None, leaf: Leaf | None, index: int, faults: list[Fault]
) -> Envelope | None:
    if data is None:
        return None
    found = commitment(data)
    if leaf is None or found != leaf.commitment:
        text = "No leaf here commits to this envelope."
        faults.append(Fault(envelope_path(index), index, text, authority(2)))
        return None
    try:
        return read_envelope(data, leaf.commitment)
    except PeymanError as error:
        path = envelope_path(index)
        faults.append(Fault(path, index, error.problem, error.authority))
        return None


def _report(
    settings: Settings | None,
    head: Checkpoint | None,
    registers: Mapping[str, Examined],
    faults: list[Fault],
) -> Report:
    return Report(
        origin=settings.origin if settings else head.origin if head else "",
        kept=settings.kept if settings else "",
        size=head.size if head else 0,
        root=head.root.hex() if head else "",
        log_key=settings.log_key.fingerprint if settings else "",
        register=settings.register if settings else None,
        faults=_listed(faults),
        registers=tuple((one, found.report) for one, found in registers.items()),
    )


def _listed(faults: list[Fault]) -> tuple[Fault, ...]:
    """Give the faults in order; of a flood of them the first, and how many there are."""
    ordered = sorted({*faults}, key=_order)
    if (more := len(ordered) - MOST_FAULTS) > 0:
        text = f"From here on {more} more faults are not listed."
        last = Fault(ordered[MOST_FAULTS].path, None, text, authority(6))
        ordered[MOST_FAULTS:] = [last]
    return tuple(ordered)


def _order(fault: Fault) -> tuple[str, int, str]:
    return fault.path, -1 if fault.index is None else fault.index, fault.problem


def _complete(
    report: Report, missing: Sequence[int], log: Log, notes: tuple[str, ...]
) -> Report:
    # A hundred thousand numbers of their own would be some megabytes.
    signed: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("Q"))
    for index, payload in log.payloads.each():
        signed[payload.signer].append(index)
    return replace(
        report,
        is_read=True,
        withheld=tuple(one for one in missing if one not in log.erased),
        erased=tuple(sorted(log.erased)),
        contested=tuple(log.contested()),
        signed=tuple(Signed(*who, which) for who, which in sorted(signed.items())),
        notes=notes,
    )
