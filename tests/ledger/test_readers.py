"""Many processes come to the answer of one: what is false is found, and where it is."""

from itertools import islice

import pytest

from peyman.ledger import open_envelope, seal, verify
from peyman.ledger.entries.readers import WORTH_IT, Readers
from peyman.ledger.files.casefile import envelope_path, make_case_file
from peyman.ledger.verifying.verify import examine
from tests.ledger.builders import ANALYST, COUNCIL, REGISTRAR, Draft, small_case


def signed_as(mine, other):
    """One envelope with the signature of another."""
    cut = b'"sig":"'
    return mine.split(cut)[0] + cut + other.split(cut)[1]


@pytest.fixture(scope="module")
def long_case():
    """A log long enough for several processes; its last entry has another's signature."""
    draft = Draft(offices=(REGISTRAR, ANALYST, COUNCIL))
    draft.open()
    for number in range(WORTH_IT):
        draft.add("note", {"text": str(number)}, by=ANALYST)
    sound = draft.forge()
    mine, other = (
        seal(draft.payload("note", {"text": "x"}, by=office), draft.keys[office])
        for office in (ANALYST, COUNCIL)
    )
    draft.add_envelope(signed_as(mine, other))
    return sound, draft.forge()


def with_damage(case_file):
    """Take an envelope away, put another in the place of one, and flip a byte of a third."""
    files = dict(case_file.files)
    del files[envelope_path(700)]
    files[envelope_path(800)] = files[envelope_path(801)]
    files[envelope_path(900)] = files[envelope_path(900)].replace(b"w", b"x", 1)
    files[envelope_path(1000)] = b"w" * 70_000
    return make_case_file(case_file.name, files)


def test_processes_find_what_one_finds(long_case):
    sound, forged = long_case
    assert verify(sound, processes=2) == verify(sound)
    report = verify(forged, processes=2)
    [fault] = report.all_faults()
    assert (fault.path, fault.problem) == (
        envelope_path(WORTH_IT + 1),
        f"The signature of {ANALYST} is false.",
    )
    damaged = with_damage(forged)
    report = verify(damaged, processes=2)
    assert {one.index for one in report.faults} == {800, 900, 1000, WORTH_IT + 1}
    assert report.withheld == (700,)
    assert report == verify(damaged)


def test_a_false_signature_is_read_where_signatures_are_not_asked(long_case):
    _, forged = long_case
    with Readers(2) as readers:
        found = examine(forged, signatures=False, readers=readers)
    assert found == examine(forged, signatures=False) or found.report.genuine
    assert found.report == examine(forged, signatures=False).report


def test_what_is_read_ahead_is_proven_by_the_key_that_it_names_and_by_no_other():
    draft = small_case()
    data = draft.entries[0][0]
    envelope, forged = open_envelope(data), signed_as(data, draft.entries[1][0])
    mine, other = (draft.keys[one].public for one in (REGISTRAR, ANALYST))
    known = {mine.fingerprint: mine.raw}
    with Readers(1) as readers:
        [proven] = readers.read([data], lambda: known)
        [unknown] = readers.read([data], dict[str, bytes])
        # Whoever brings another key under this name is not believed either.
        [brought] = readers.read([data], lambda: {mine.fingerprint: other.raw})
        [false, nothing] = readers.read([forged, b"{}"], lambda: known)
    assert proven == envelope._replace(proven_by=mine.raw)
    assert proven.is_by(mine)
    assert not proven.is_by(other)
    assert unknown == brought == envelope
    assert unknown.is_by(mine)
    assert false == open_envelope(forged)
    assert not false.is_by(mine)
    assert nothing is None


def test_no_more_is_read_ahead_than_keys_may_change_in():
    asked = []

    def found():
        for number in range(10_000):
            asked.append(number)
            yield None

    with Readers(1) as readers:
        [*_] = islice(readers.read(found(), dict[str, bytes]), 1)
    assert len(asked) < 1000


def test_every_entry_is_counted_once_as_it_is_gone_through(long_case):
    sound, _ = long_case
    steps = []
    with Readers(1) as readers:
        examine(sound, readers=readers, step=lambda *told: steps.append(told))
    assert len(steps) == WORTH_IT + 1
