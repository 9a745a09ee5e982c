"""Bring a case back from a backup, without bringing back what was erased since.

A backup is a case file like any other. What two offices erased is left out of it again,
whether its own log says so or only this machine remembers. What is newer never gives way
to what is older, nor to another history.

Source: docs/record.md, sections 3 and 9.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from peyman.errors import PeymanError
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.build import erased_paths
from peyman.ledger.files.casefile import CaseFile, envelope_path, make_case_file
from peyman.ledger.strict import authority, refuse
from peyman.ledger.verifying.report import Fault
from peyman.ledger.verifying.verify import examine


class Backup(NamedTuple):
    """A case file that may be restored.

    Attributes:
        case_file: It, without what is erased.
        log: Its log.
        forgotten: Entries that its own log does not erase, and that were erased since.
    """

    case_file: CaseFile
    log: Log
    forgotten: tuple[int, ...]


def read_backup(case_file: CaseFile, erased: Collection[str] = ()) -> Backup:
    """Read a backup, and apply erasures again.

    Args:
        case_file: The backup.
        erased: Commitments of entries that this machine knows to be erased.

    Raises:
        PeymanError: If it is not genuine, or is a copy that withholds entries.
    """
    log = _log_of(case_file)
    files = dict(case_file.files)
    for path in erased_paths(log):
        files.pop(path, None)
    sound = make_case_file(case_file.name, files)
    report = examine(sound).report
    _refuse(case_file.name, report.all_faults())
    if report.withheld:
        raise refuse(
            f"{case_file.name} is a copy that withholds entries.",
            6,
            "Restore from a backup of the keeper's own case.",
        )
    forgotten = tuple(
        sorted(
            log.places[one]
            for one in erased
            if one in log.places and log.places[one] not in log.erased
        )
    )
    return Backup(_without(sound, log, forgotten), log, forgotten)


def refuse_older(newer: Log, older: Log) -> None:
    """Refuse to put a log in the place of one that it does not continue.

    Raises:
        PeymanError: If it is shorter, another log, or another history.
    """
    origin = older.settings.origin
    if newer.settings.origin != origin:
        problem = f"It is the log {newer.settings.origin}, not {origin}."
    elif newer.size < older.size:
        problem = (
            f"It has {newer.size} entries of {origin}; what is there has {older.size}."
        )
    elif newer.tree.root(older.size) != older.tree.root():
        problem = f"It is another history of {origin} than what is there."
    else:
        return
    raise PeymanError(
        problem,
        authority=authority(9),
        remedy="Keep what is there; move it away yourself if you must, and say why.",
    )


def _without(case_file: CaseFile, log: Log, indexes: Collection[int]) -> CaseFile:
    gone = {envelope_path(index) for index in indexes} | {
        f"sources/{digest}" for digest, index in log.sources.items() if index in indexes
    }
    kept = {path: data for path, data in case_file.files.items() if path not in gone}
    return make_case_file(case_file.name, kept)


def _log_of(case_file: CaseFile) -> Log:
    found = examine(case_file, signatures=False)
    if found.log is None:
        _refuse(case_file.name, found.report.all_faults())
        raise AssertionError("a log that cannot be read has a fault")
    return found.log


def _refuse(name: str, faults: Iterable[Fault]) -> None:
    for fault in faults:
        raise PeymanError(
            f"{name} is not genuine. {fault.path}: {fault.problem}",
            authority=fault.authority,
            remedy="Restore from a sound backup.",
        )
