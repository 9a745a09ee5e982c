"""Hold a case file against what its reader trusts: witnesses, their clocks, office keys.

Without a policy nothing here is a fault, but lines of witnesses are told of as not
checked. What a policy demands and the file lacks is a fault of the file, as far as this
reader goes.

Source: docs/record.md, sections 2 and 6; C2SP tlog-policy.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from peyman.errors import PeymanError
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.log.note import Checkpoint
from peyman.ledger.strict import authority
from peyman.ledger.verifying.policy import Trust
from peyman.ledger.verifying.report import Fault
from peyman.ledger.witnesses.cosignature import Judged, judge

SLACK_S = 60
"""How far a leaf's `entered` may lie after a witness's clock, in seconds."""

NOBODY = Judged((), (), (), ())


def check_witnesses(
    data: bytes, head: Checkpoint, trust: Trust | None, faults: list[Fault]
) -> Judged:
    """Judge the lines of witnesses on a checkpoint, and whether they are a quorum."""
    trust = trust or Trust({})
    try:
        judged = judge(data, head, trust.names(), trust.at)
    except PeymanError as error:
        faults.append(Fault("checkpoint", None, error.problem, error.authority))
        return NOBODY
    for name in judged.false:
        problem = f"The signature of the witness {name} is false."
        faults.append(Fault("checkpoint", None, problem, authority(2)))
    if not trust.is_met([one.witness for one in judged.seen]):
        problem = (
            f"The policy asks for {trust.quorum}, and of its witnesses"
            f" {', '.join(one.witness for one in judged.seen) or 'none'} signed."
        )
        faults.append(Fault("checkpoint", None, problem, authority(6)))
    return judged


def check_trusted(log: Log, judged: Judged, trust: Trust | None) -> Iterator[Fault]:
    """Say which entries fit neither the witnesses' clocks nor the pinned office keys."""
    if log.size and not log.settings.is_reconstructed and log.entered:
        last = log.size - 1
        entered = datetime.fromisoformat(log.entered).timestamp()
        for one in judged.seen:
            if one.at + SLACK_S < entered:
                problem = (
                    f"It was entered at {log.entered}, and the witness {one.witness}"
                    f" had seen it by {moment(one.at)}."
                )
                yield Fault(envelope_path(last), last, problem, authority(2))
    if trust is None or not trust.offices:
        return
    for index, payload in log.payloads.each():
        signer = payload.signer
        pinned = trust.offices.get(signer.office)
        if pinned is not None and signer.key not in pinned:
            problem = f"The policy does not name this key of {signer.office}."
            yield Fault(envelope_path(index), index, problem, authority(5))


def notes_on_witnesses(size: int, judged: Judged) -> Iterator[str]:
    """Say what witnesses showed, and which of their lines were not counted."""
    for one in judged.seen:
        yield (
            f"The witness {one.witness} saw the head of {size} entries at"
            f" {moment(one.at)}: all of them were there by then."
        )
    if not (judged.seen or judged.unknown or judged.future or judged.undated):
        yield (
            "No witness has signed its head: each entry's hour is by the keeper's word."
            " What one signed of an earlier head is not in a case file."
        )
    elif not judged.seen:
        yield (
            "No witness that you trust has signed it: each entry's hour is by the"
            " keeper's word."
        )
    if judged != NOBODY:
        yield (
            "A case file has the lines on its last head alone: which earlier heads a"
            " witness saw, its keeper and the keeper of the log know."
        )
    for name in judged.unknown:
        yield f"It has a line of {name}, of whom you gave no key: not checked."
    for name in judged.future:
        yield f"The witness {name} dates its line after your clock: not counted."
    for name in judged.undated:
        yield f"The witness {name} signed without saying when: not counted."


def moment(at: int) -> str:
    """Write a second since 1970 as `…Z`, or as a number beyond the calendar."""
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return f"second {at}"
