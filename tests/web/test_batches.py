"""Many entries come in as one: each is proven in the one head, or none is there."""

import pytest

from peyman.errors import PeymanError
from peyman.ledger import verify
from peyman.ledger.entries.readers import Readers
from peyman.ledger.files.casefile import envelope_path
from peyman.web.models import CaseRecord
from peyman.web.records import record
from peyman.web.records.store import DbStore
from tests.ledger.builders import START
from tests.web.writers import a_note, begun, take_in

NAME = "batches"


@pytest.fixture
def draft(db):
    made = begun(NAME)
    take_in(made)
    return made


def append(draft, envelopes, readers=None):
    with record.at_the_door(NAME) as store:
        return store.append_all(envelopes, START, draft.log_key, readers)


def case_file():
    return DbStore(CaseRecord.objects.get(slug=NAME)).case_file()


def test_a_batch_comes_in_whole_and_each_entry_once(draft):
    [here] = append(draft, [a_note(draft, "here already")])
    known = case_file().files[envelope_path(here.index)]
    notes = [a_note(draft, f"یادداشت {number}") for number in range(20)]
    receipts = append(draft, [*notes, known, notes[0]])
    assert [one.index for one in receipts] == [*range(2, 22), here.index, 2]
    files = case_file().files
    for one, envelope in zip(receipts, [*notes, known, notes[0]], strict=True):
        assert one.proves(envelope, draft.origin, draft.log_key.public)
        assert files[envelope_path(one.index)] == envelope
    report = verify(case_file())
    assert (report.genuine, report.whole, report.size) == (True, True, 22)


def test_a_batch_with_a_false_signature_changes_nothing(draft):
    first, second = (a_note(draft, words) for words in ("first", "second"))
    cut = b'"sig":"'
    forged = first.split(cut)[0] + cut + second.split(cut)[1]
    before = dict(case_file().files)
    with pytest.raises(PeymanError, match=r"signature of .* is false"):
        append(draft, [second, forged])
    with Readers(1) as readers:
        with pytest.raises(PeymanError, match=r"signature of .* is false"):
            append(draft, [second, forged], readers)
        assert dict(case_file().files) == before
        append(draft, [first, second], readers)
    assert verify(case_file()).genuine
