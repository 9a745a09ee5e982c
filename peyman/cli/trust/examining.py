"""Go through a case file for `peyman verify`: on every core, and with a bar to look at."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from peyman.case.check import Checked
from peyman.case.entering.admit import asks_nothing_more
from peyman.case.passing import Passing
from peyman.cores import usable_cores
from peyman.ledger.entries.readers import Readers
from peyman.ledger.entries.rules import Log
from peyman.ledger.files.casefile import CaseFile
from peyman.ledger.verifying.policy import Trust
from peyman.ledger.verifying.report import Report
from peyman.ledger.verifying.verify import examine

UNSIGNED = (
    "The signatures of entries were NOT checked, as you asked: every byte is bound by the"
    " log, and nothing here shows that the offices that are named signed."
)
_LONG = 2000
"""Files from which on somebody waits long enough to be shown a bar."""


def examined(
    read: CaseFile, trust: Trust | None, *, signatures: bool
) -> tuple[Report, Checked]:
    """Check the bytes of a case file, and, where they are genuine, what it says.

    Args:
        read: The case file.
        trust: The log keys that the reader has from elsewhere.
        signatures: Whether to check those of entries.
    """
    # What is read stays until the command ends: there is no garbage to look for, and
    # looking takes longer than everything else once a case has 100,000 entries.
    gc.disable()
    passing = Passing(read)
    with _bar(len(read.own_files())) as advance:

        def step(log: Log, is_well: bool) -> None:
            if is_well:
                passing.take(log)
            if advance is not None:
                advance(log.size)

        with Readers(_processes(), asks_nothing_more) as readers:
            found = examine(
                read, trust, signatures=signatures, readers=readers, step=step
            )
    report = found.report
    if not signatures:
        report = replace(report, notes=(UNSIGNED, *report.notes))
    if not report.genuine or found.log is None:
        return report, Checked()
    return report, passing.end(found.log)


def _processes() -> int:
    cores = usable_cores()
    return cores if cores > 1 else 0


@contextmanager
def _bar(length: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on the terminal, if there is one and the wait is worth it."""
    if length < _LONG or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(
        length=length, label="Verifying", file=sys.stderr, update_min_steps=500
    ) as bar:
        yield lambda size: bar.update(size - bar.pos)
