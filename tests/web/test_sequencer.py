"""What a process remembers of a log is never believed: it must have the head of the row."""

from copy import deepcopy

import pytest

from peyman.ledger.keeping.restoring import read_backup
from peyman.ledger.verifying.verify import verify
from peyman.web import demo
from peyman.web.models import CaseRecord
from peyman.web.records import backups, record, sequencer
from peyman.web.records.store import DbStore
from tests.web.test_record import note as note_of
from tests.web.test_record import source

REGISTRAR = demo.REGISTRAR


def note(text):
    return record.enter(demo.SLUG, note_of(text), REGISTRAR).receipt.index


@pytest.fixture
def case(live):
    """The live case, of which this process remembers the log."""
    note("first")
    found = again(live)
    sequencer.keep(found, DbStore(found).log)
    return found


def again(case):
    return CaseRecord.objects.get(pk=case.pk)


def remembered(case):
    """The log in memory, left there."""
    log = sequencer.take(case)
    if log is not None:
        sequencer.keep(case, log)
    return log


def is_genuine(case):
    report = verify(DbStore(again(case)).case_file())
    return report.genuine and report.whole


def test_what_was_entered_is_remembered_once_it_is_kept(
    case, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        note("second")
        assert sequencer.take(case) is None
    assert remembered(again(case)).size == case.size + 1


def test_what_another_process_entered_since_is_caught_up_with(case):
    behind = deepcopy(remembered(case))
    note("elsewhere")
    sequencer.keep(case, behind)
    assert remembered(again(case)).size == case.size + 1
    assert note("here") == case.size + 1
    assert is_genuine(case)


def test_a_log_of_another_history_is_not_believed(case):
    other = deepcopy(remembered(case))
    note("kept")
    kept = again(case)
    other.take(b"\x07" * 32, None, None)
    assert other.size == kept.size
    sequencer.keep(case, other)
    assert sequencer.take(kept) is None
    note("after it")
    assert is_genuine(case)


def test_a_log_that_is_ahead_of_the_row_is_not_believed(case):
    ahead = deepcopy(remembered(case))
    ahead.take(b"\x07" * 32, None, None)
    sequencer.keep(case, ahead)
    assert sequencer.take(case) is None


def test_a_log_is_put_together_anew_after_an_entry_that_brings_files(case):
    behind = deepcopy(remembered(case))
    draft, files = source()
    record.enter(demo.SLUG, draft, REGISTRAR, files)
    sequencer.keep(case, behind)
    assert sequencer.take(again(case)) is None
    note("after it")
    assert is_genuine(case)


def test_a_longer_backup_is_taken_over_and_gone_on_with(case):
    short = DbStore(case).case_file()
    note("to be lost")
    long = DbStore(again(case)).case_file()
    record.take_over(again(case), short)
    assert backups.restore(read_backup(long), case.slug) == case.size + 1
    assert note("after it") == case.size + 1
    assert is_genuine(case)
