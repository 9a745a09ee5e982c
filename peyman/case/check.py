"""What an outsider can check of a case beyond its bytes: that it says what can be said.

`peyman.ledger.verifying.verify` shows that every byte is bound and signed. Here every body is read
again as at the door, every span is compared with its source, proposals get the ids that
they must have, and the charters are applied: a record that cannot be folded is no case.
Source: docs/record.md, section 6.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from peyman.case.boards.standing import standing
from peyman.case.entering.admit import check_order, question
from peyman.case.load import load
from peyman.case.model import Case, Entry
from peyman.case.reading import read_case
from peyman.case.tracking.kept_plan import check_kept, read_kept
from peyman.case.versions import differences
from peyman.errors import PeymanError
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile
from peyman.ledger.verifying.report import Fault


@dataclass(frozen=True, slots=True)
class Checked:
    """What a case file says, checked.

    Attributes:
        faults: None where all of it can be read and folded.
        notes: What a reader must know that is no fault.
    """

    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def check(case_file: CaseFile, log: Log | None = None) -> Checked:
    """Check what a case file says, its registers too, after its bytes were found genuine.

    Args:
        case_file: The file.
        log: Its log, where the caller has verified this very file.
    """
    faults = [
        replace(fault, path=f"registers/{name}/{fault.path}")
        for name in case_file.register_ids()
        for fault in check(case_file.register(name)).faults
    ]
    if faults:
        return Checked(tuple(faults))
    try:
        case = load(case_file, log).case
    except PeymanError as error:
        return Checked((Fault("case.toml", None, error.problem, error.authority),))
    return folded(case, _entries(case))


def folded(case: Case, asked: Iterable[Fault]) -> Checked:
    """Check the plans of a case, and that it can be folded, after its entries.

    Args:
        case: The case.
        asked: What is wrong with its entries.
    """
    faults = [*asked, *_plans(case)]
    try:
        if not faults:
            check_order(case)
            standing(read_case(case))
    except PeymanError as error:
        faults.append(Fault("envelopes", None, error.problem, error.authority))
    return Checked(tuple(faults), (*differences(case.versions), *_allowed(case)))


def _plans(case: Case) -> Iterator[Fault]:
    """Every plan that is kept, checked again: its solver is not asked."""
    for entry in case.entries:
        if (text := case.plans.get(entry.commitment)) is None:
            continue
        try:
            check_kept(read_kept(text))
        except PeymanError as error:
            path = f"sources/{entry.body['digest']}"
            yield Fault(path, entry.index, error.problem, error.authority)


def _allowed(case: Case) -> Iterator[str]:
    for entry in case.entries:
        if entry.commitment in case.plans:
            yield f"{entry.name}: the checker was run again, and allows this plan"


def _entries(case: Case) -> Iterator[Fault]:
    """What the door would have refused: each entry by the charters of its own time."""
    known: dict[str, Entry] = {
        entry.commitment: entry for log in case.registers.values() for entry in log
    }
    listed = {one.index for log in case.listings.values() for one in log}
    then = case
    for entry in case.entries:
        if entry.index - 1 in listed or then is case:
            then = case.before(entry.index)
        try:
            question(then, entry, known)
        except PeymanError as error:
            path = f"envelopes/{entry.index:06d}.json"
            yield Fault(path, entry.index, error.problem, error.authority)
        known[entry.commitment] = entry
