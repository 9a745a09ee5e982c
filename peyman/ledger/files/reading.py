"""Give the entries of a case file to those who read them.

Source: docs/record.md, sections 1, 5 and 6.
"""

from dataclasses import dataclass

from peyman.errors import PeymanError
from peyman.ledger.entries.entry import Payload
from peyman.ledger.files.casefile import CaseFile
from peyman.ledger.verifying.verify import examine

HERE, WITHHELD, ERASED = "here", "withheld", "erased"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the log.

    Attributes:
        index: Its number, for people: e31.
        commitment: Its identity; None where a public file hides its leaf.
        entered: When the log took it in, UTC; None where hidden.
        payload: What it says; None where it is not here.
        state: `here`, `withheld` or `erased`.
        is_contested: Whether its key was later revoked back to it.
    """

    index: int
    commitment: str | None
    entered: str | None
    payload: Payload | None
    state: str
    is_contested: bool


def read_entries(casefile: CaseFile, *, signatures: bool = False) -> tuple[Entry, ...]:
    """Read every entry of a case file, its registers apart.

    This holds the file to every rule, but checks the entries' signatures only if asked:
    whoever shows a case to somebody verifies it first.

    Raises:
        PeymanError: If the file is not genuine; the first fault is named.
    """
    found = examine(casefile, signatures=signatures)
    for fault in found.report.all_faults():
        raise PeymanError(
            f"{casefile.name} is not genuine. {fault.path}: {fault.problem}",
            authority=fault.authority,
            remedy="See all that is wrong with it: peyman verify",
        )
    if found.log is None:
        return ()
    log = found.log
    contested = {*log.contested()}
    return tuple(
        Entry(
            index,
            leaf.commitment if leaf else None,
            leaf.entered if leaf else None,
            log.payloads.get(index),
            _state(index, log.payloads.get(index), log.erased),
            index in contested,
        )
        for index, leaf in enumerate(log.leaves)
    )


def _state(index: int, payload: Payload | None, erased: dict[int, int]) -> str:
    if index in erased:
        return ERASED
    return HERE if payload is not None else WITHHELD
