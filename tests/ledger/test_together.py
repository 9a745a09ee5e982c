"""Many processes come to the answer of one: what is false is found, and where it is."""

import pytest

from peyman.ledger import open_envelope, seal, verify
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.signing.signatures import WORTH_IT, Together
from peyman.ledger.verifying.verify import examine_together
from tests.ledger.builders import ANALYST, COUNCIL, REGISTRAR, Draft, small_case


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
    signature = other.split(b'"sig":"')[1]
    draft.add_envelope(mine.split(b'"sig":"')[0] + b'"sig":"' + signature)
    return sound, draft.forge()


def test_processes_find_what_one_finds(long_case):
    sound, forged = long_case
    assert examine_together(sound, processes=2).report == verify(sound)
    report = verify(forged, processes=2)
    [fault] = report.all_faults()
    assert (fault.path, fault.problem) == (
        envelope_path(WORTH_IT + 1),
        f"The signature of {ANALYST} is false.",
    )


def test_a_signature_is_believed_only_for_the_key_that_it_names():
    draft = small_case()
    envelope = open_envelope(draft.entries[0][0])
    with Together(1) as together:
        assert together(envelope, draft.keys[REGISTRAR].public)
        assert together.hold()
        assert not together(envelope, draft.keys[ANALYST].public)
        assert not together.hold()


def test_every_entry_is_counted_once_as_it_is_gone_through(long_case):
    sound, _ = long_case
    steps = []
    examine_together(sound, processes=1, step=lambda *told: steps.append(told))
    assert len(steps) == WORTH_IT + 1
