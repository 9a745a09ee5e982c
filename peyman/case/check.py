"""What an outsider can check of a case beyond its bytes: that it says what can be said.

`peyman.ledger.verify` shows that every byte is bound and signed. Here every body is read
again as at the door, every span is compared with its source, proposals get the ids that
they must have, and the charters are applied: a record that cannot be folded is no case.
Source: docs/record.md, section 6.
"""

from collections.abc import Iterator

from peyman.case.admit import check_order, question
from peyman.case.load import load
from peyman.case.model import Case, Entry
from peyman.case.reading import read_case
from peyman.errors import PeymanError
from peyman.ledger.casefile import CaseFile
from peyman.ledger.report import Fault


def check(case_file: CaseFile) -> tuple[Fault, ...]:
    """Every fault in what a case file says; none where all of it can be read and folded."""
    try:
        case = load(case_file).case
    except PeymanError as error:
        return (Fault("case.toml", None, error.problem, error.authority),)
    faults = tuple(_entries(case))
    if faults:
        return faults
    try:
        check_order(case)
        read_case(case)
    except PeymanError as error:
        return (Fault("envelopes", None, error.problem, error.authority),)
    return ()


def _entries(case: Case) -> Iterator[Fault]:
    known: dict[str, Entry] = {
        entry.commitment: entry for log in case.registers.values() for entry in log
    }
    for entry in case.entries:
        try:
            question(case, entry, known)
        except PeymanError as error:
            path = f"envelopes/{entry.index:06d}.json"
            yield Fault(path, entry.index, error.problem, error.authority)
        known[entry.commitment] = entry
