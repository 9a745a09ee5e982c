"""Many processes come to the answer of one: what is false is found, and where it is."""

from contextlib import ExitStack

import pytest

from peyman.errors import PeymanError
from peyman.ledger import open_envelope, seal, verify
from peyman.ledger.entries.payloads import Run, remembered
from peyman.ledger.entries.readers import WORTH_IT, Readers
from peyman.ledger.files.build import write_folder
from peyman.ledger.files.casefile import (
    envelope_path,
    make_case_file,
    opened_case_file,
)
from peyman.ledger.verifying.verify import examine
from tests.ledger.builders import ANALYST, COUNCIL, REGISTRAR, START, Draft, small_case
from tests.ledger.disks import QuickDisk


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


@pytest.fixture(scope="module")
def damaged(long_case):
    """It lacks an envelope, has another in the place of one, and two that are none."""
    _, forged = long_case
    files = dict(forged.files)
    del files[envelope_path(700)]
    files[envelope_path(800)] = files[envelope_path(801)]
    files[envelope_path(900)] = files[envelope_path(900)].replace(b"w", b"x", 1)
    files[envelope_path(1000)] = b"w" * 70_000
    return make_case_file(forged.name, files)


def test_processes_find_what_one_finds(long_case):
    sound, forged = long_case
    assert verify(sound, processes=2) == verify(sound)
    report = verify(forged, processes=2)
    [fault] = report.all_faults()
    assert (fault.path, fault.problem) == (
        envelope_path(WORTH_IT + 1),
        f"The signature of {ANALYST} is false.",
    )


@pytest.mark.parametrize("kind", ["bytes", "folder", "zip"])
def test_what_is_not_sound_is_told_in_the_same_words(damaged, kind, tmp_path):
    path = tmp_path / "case"
    with ExitStack() as held:
        case_file = damaged
        if kind == "folder":
            write_folder(damaged, path, QuickDisk())
        if kind == "zip":
            path.write_bytes(damaged.zip())
        if kind != "bytes":
            case_file = held.enter_context(opened_case_file(path))
        report = verify(case_file, processes=2)
        assert report == verify(case_file)
    assert {one.index for one in report.faults} == {800, 900, 1000, WORTH_IT + 1}
    assert report.withheld == (700,)


def test_an_envelope_that_became_a_link_while_it_was_read_ahead_is_not_followed(
    long_case, tmp_path
):
    sound, _ = long_case
    write_folder(sound, tmp_path / "case", QuickDisk())
    path = tmp_path / "case" / envelope_path(WORTH_IT - 1)
    with opened_case_file(tmp_path / "case") as case_file:
        path.rename(tmp_path / "moved")
        path.symlink_to(tmp_path / "moved")
        with pytest.raises(PeymanError, match="cannot be read"):
            verify(case_file, processes=2)


def test_a_false_signature_that_is_not_asked_for_is_no_fault(long_case):
    _, forged = long_case
    with Readers(2) as readers:
        report = examine(forged, signatures=False, readers=readers).report
    assert report.genuine
    assert report == examine(forged, signatures=False).report


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
    assert not false._replace(proven_by=other.raw).is_by(mine)
    assert nothing is None


def all_is_brief(zone, payload, entered):
    """Say of every entry that nobody asks for its words."""
    return True


def test_what_a_rule_asks_more_of_is_in_no_run():
    draft = small_case()
    note, more = (draft.payload("note", {"text": one}, by=ANALYST) for one in "ab")
    first = open_envelope(draft.entries[0][0]).commitment
    act = draft.payload("act", {"acts": []}, by=ANALYST)
    citing = draft.payload("note", {"text": "c"}, by=ANALYST, cites=[first])
    data = [seal(one, draft.keys[ANALYST]) for one in (note, more, act, citing, note)]
    data.insert(0, draft.entries[0][0])
    with Readers(1, all_is_brief) as readers:
        [opening, run, *others] = readers.read_in_runs(
            data, dict[str, bytes], [START] * 5 + [None], "Asia/Almaty"
        )
    assert [opening, *others] == [open_envelope(data[n]) for n in (0, 3, 4, 5)]
    assert isinstance(run, Run)
    assert run.length == 2
    assert remembered(run.payload) == remembered(note)
    assert [*run.seen()] == [(5, bytes.fromhex(one.seen.root)) for one in (note, more)]
    assert run.nonces.hex() == note.nonce + more.nonce
    names = [open_envelope(one).commitment for one in data[1:3]]
    assert run.commitments.hex() == "".join(names)


def test_no_more_is_read_ahead_than_keys_may_change_in():
    asked = []

    def found():
        for number in range(10_000):
            asked.append(number)
            yield None

    with Readers(1) as readers:
        next(readers.read(found(), dict[str, bytes]))
    assert len(asked) < 1000


def test_every_entry_is_counted_once_as_it_is_gone_through(long_case):
    sound, _ = long_case
    steps = []
    with Readers(1) as readers:
        examine(sound, readers=readers, step=lambda *told: steps.append(told))
    assert len(steps) == WORTH_IT + 1
