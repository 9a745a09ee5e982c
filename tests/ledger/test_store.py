"""The folder store: what it acknowledges is there, and nothing else is."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from peyman.errors import PeymanError
from peyman.ledger import (
    Store,
    derive,
    digest,
    read_case_file,
    seal,
    verify,
    withhold,
    write_folder,
)
from tests.ledger.builders import (
    ANALYST,
    COUNCIL,
    SOURCE,
    START,
    Draft,
    a_register,
    register_entry,
    small_case,
)
from tests.ledger.disks import QuickDisk

LATER = "2022-01-07T00:00:00Z"
SOURCE_FILES = {f"sources/{digest(SOURCE)}": SOURCE}


def stored(tmp_path, draft):
    """Enter a draft one entry at a time, bringing the files of its sources."""
    opening, *rest = draft.entries
    files = {path: data for path, data in draft.files.items() if "sources" not in path}
    envelope, entered = opening
    store = Store.create(tmp_path / "case", files, envelope, entered, draft.log_key)
    receipts = []
    for number, (envelope, entered) in enumerate(rest, 1):
        brought = SOURCE_FILES if number == 1 and len(draft.files) > 2 else None
        receipts.append(store.append(envelope, entered, draft.log_key, brought))
    return store, receipts


@pytest.fixture
def draft():
    return small_case()


@pytest.fixture
def store(tmp_path, draft):
    write_folder(draft.build(), tmp_path / "case", QuickDisk())
    return Store.open(tmp_path / "case", QuickDisk())


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_entry_by_entry_gives_the_same_bytes_as_all_at_once(tmp_path, draft):
    store, _ = stored(tmp_path, draft)
    assert files_in(store.directory) == draft.build().files


def test_over_a_tile_too(tmp_path):
    draft = Draft(offices=("peyman/registrar",))
    draft.open()
    for number in range(258):
        draft.add("note", {"text": str(number)})
    made = draft.build()
    early = Draft(offices=("peyman/registrar",))
    early.entries = draft.entries[:254]
    write_folder(early.build(), tmp_path / "case", QuickDisk())
    store = Store.open(tmp_path / "case", QuickDisk())
    for envelope, entered in draft.entries[254:]:
        store.append(envelope, entered, draft.log_key)
    assert files_in(store.directory) == made.files


def test_every_receipt_proves_its_entry(tmp_path, draft):
    _, receipts = stored(tmp_path, draft)
    for (envelope, entered), receipt in zip(draft.entries[1:], receipts, strict=True):
        assert receipt.entered == entered
        assert receipt.proves(envelope, draft.origin, draft.log_key.public)
        other = draft.entries[0][0]
        assert not receipt.proves(other, draft.origin, draft.log_key.public)
        assert not receipt.proves(envelope, draft.origin, derive("x", "y").public)
    assert [receipt.index for receipt in receipts] == [1, 2, 3, 4]


def test_the_same_entry_again_gets_the_same_receipt_and_changes_nothing(
    tmp_path, draft
):
    store, receipts = stored(tmp_path, draft)
    before = files_in(store.directory)
    for (envelope, _), receipt in zip(draft.entries[1:], receipts, strict=True):
        assert store.append(envelope, LATER, draft.log_key) == receipt
        assert (
            Store.open(store.directory).append(envelope, LATER, draft.log_key)
            == receipt
        )
    assert files_in(store.directory) == before


def test_the_head_to_see_is_the_present_one(store, draft):
    assert store.seen == draft.seen
    assert store.entered == draft.entered
    assert store.settings == draft.settings


def refused(store, draft, *, entered=LATER, files=None, key=None, **payload):
    office = payload.get("by", "peyman/registrar")
    envelope = seal(draft.payload("note", {"text": "x"}, **payload), draft.keys[office])
    before = files_in(store.directory)
    with pytest.raises(PeymanError) as caught:
        store.append(envelope, entered, key or draft.log_key, files)
    assert files_in(store.directory) == before
    return caught.value


def test_a_clock_behind_the_last_leaf_is_refused_and_never_clamped(store, draft):
    error = refused(store, draft, entered=START)
    assert str(error) == (
        "e5 (note) cannot be entered. It was entered at 2022-01-05T20:00:00Z, before the"
        " entry that stands ahead of it, at 2022-01-06T04:00:00Z.\n"
        "  Authority: docs/record.md, section 2\n"
        "  Next step: Set the clock right by which entries are taken in, or wait until it"
        " is past that hour."
    )


@pytest.mark.parametrize(
    "entered", ["2022-01-07", "2022-01-07T00:00:00+00:00", "now", ""]
)
def test_an_hour_that_is_none_is_refused(store, draft, entered):
    assert "which is not an instant" in refused(store, draft, entered=entered).problem


def test_an_entry_of_another_log_is_refused(store, draft):
    error = refused(store, draft, origin="demo.peyman/other")
    assert error.problem == (
        "e5 (note) cannot be entered. It is an entry of another log: demo.peyman/other."
    )


def test_another_log_key_is_refused(store, draft):
    error = refused(store, draft, key=derive("x", "y"))
    assert error.problem == "This is not the log key of demo.peyman/case."


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"checkpoint": b"x"}, "No entry brings the file checkpoint."),
        ({"case.toml": b"x"}, "No entry brings the file case.toml."),
        ({"../x": b"x"}, "No entry brings the file ../x."),
        ({"sources/../../x": b"x"}, "sources/../../x: No case file has this file."),
        (
            {"charters/x.toml": b"x"},
            "charters/x.toml: No charter of the case lists this file.",
        ),
    ],
)
def test_files_that_no_entry_binds_are_refused(store, draft, files, problem):
    assert refused(store, draft, files=files).problem == problem


def test_a_source_without_its_bytes_is_refused(tmp_path):
    draft = Draft()
    draft.open()
    store, _ = stored(tmp_path, draft)
    draft.add_source()
    envelope, entered = draft.entries[-1]
    with pytest.raises(PeymanError) as caught:
        store.append(envelope, entered, draft.log_key)
    assert str(caught.value) == (
        f"sources/{digest(SOURCE)}: The bytes of this source are missing.\n"
        "  Authority: docs/record.md, section 3\n"
        "  Next step: Give the files that the entries bind, and no others."
    )
    assert store.append(envelope, entered, draft.log_key, SOURCE_FILES).index == 1


def test_an_erasure_removes_the_envelopes_and_the_bytes(store, draft):
    claim, source = (store.log.leaves[index].commitment for index in (2, 1))
    body = {
        "entries": [source, claim],
        "kinds": ["source", "claim"],
        "reason": "r",
        "authority": "a",
    }
    first = draft.add("erase", body)
    draft.add("erase", body, by=COUNCIL, cites=(first,))
    for envelope, entered in draft.entries[-2:]:
        store.append(envelope, entered, draft.log_key)
    assert files_in(store.directory) == draft.build().files
    assert not (store.directory / "sources").exists()
    draft.add("note", {"text": "after"}, by=ANALYST)
    again = Store.open(store.directory)
    again.append(**draft.last())
    assert verify(again.case_file()).erased == (1, 2)


def test_an_adopted_register_takes_the_place_of_the_old_and_a_charter_stands_beside_it(
    tmp_path,
):
    small, grown = a_register(2).build(), a_register(5).build()
    charters = {"csto": {"csto.toml": b"old", "csto/area.geojson": b"{}"}}
    draft = Draft(registers={"csto": small}, charters=charters)
    draft.open()
    store, _ = stored(tmp_path, draft)
    new = {f"registers/csto/{path}": data for path, data in grown.files.items()}
    new["charters/csto-2.toml"] = b"new"
    body = {
        "charters": [{"id": "csto", "files": {"csto-2.toml": digest(b"new")}}],
        "registers": [register_entry("csto", grown)],
    }
    draft.add("adopt", body)
    store.append(**draft.last(files=new))
    draft.bring_register("csto", grown)
    draft.files["charters/csto-2.toml"] = b"new"
    assert files_in(store.directory) == draft.build().files
    assert (store.directory / "charters" / "csto.toml").read_bytes() == b"old"


def test_a_case_may_be_reached_by_a_link(store, draft, tmp_path):
    (tmp_path / "link").symlink_to(store.directory)
    draft.add("note", {"text": "one"}, by=ANALYST)
    assert Store.open(tmp_path / "link", QuickDisk()).append(**draft.last()).index == 5
    assert files_in(store.directory) == draft.build().files


def test_what_another_process_entered_is_seen(store, draft):
    draft.add("note", {"text": "one"}, by=ANALYST)
    Store.open(store.directory).append(**draft.last())
    draft.add("note", {"text": "two"}, by=ANALYST)
    assert store.append(**draft.last()).index == 6


def test_a_folder_that_is_not_genuine_is_not_opened(store):
    (store.directory / "charters" / "csto.toml").write_bytes(b"x")
    with pytest.raises(PeymanError) as caught:
        Store.open(store.directory)
    assert str(caught.value) == (
        "case is not genuine. charters/csto.toml: This is not the file that the case"
        " binds for csto.\n"
        "  Authority: docs/record.md, section 6\n"
        "  Next step: Verify it, and restore it from a sound copy."
    )


def test_a_copy_that_withholds_is_not_gone_on_with(tmp_path, draft):
    write_folder(withhold(draft.build(), [4]), tmp_path / "copy")
    with pytest.raises(PeymanError) as caught:
        Store.open(tmp_path / "copy")
    assert caught.value.problem == "copy is a copy that withholds entries."


def test_a_case_that_is_not_there_is_not_opened(tmp_path):
    with pytest.raises(PeymanError, match="There is no case at"):
        Store.open(tmp_path / "nowhere")


APPEND = """
import fcntl, os, sys
from pathlib import Path
from peyman.ledger import Store
from tests.ledger.builders import ANALYST, Draft, derive_nonce, seal, small_case
folder, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
draft = small_case()
store = Store.open(folder)
for number in range(count):
    nonce = derive_nonce("race", f"{who} {number}")
    text = {"text": f"{who} {number}"}
    payload = draft.payload("note", text, by=ANALYST, nonce=nonce)
    envelope = seal(payload, draft.keys[ANALYST])
    store.append(envelope, "2022-01-07T00:00:00Z", draft.log_key)
"""


def test_writers_at_the_same_time_make_one_history(store, draft):
    root = Path(__file__).parents[2]
    racing = [
        subprocess.Popen(
            [sys.executable, "-c", APPEND, store.directory, str(who), "8"], cwd=root
        )
        for who in range(4)
    ]
    assert [one.wait(timeout=60) for one in racing] == [0] * 4
    report = verify(read_case_file(store.directory))
    assert (report.genuine, report.whole, report.size) == (True, True, 5 + 32)
    assert Store.open(store.directory).log.size == 37
    assert draft.size == 5


def test_a_reader_waits_for_an_append_to_end(store):
    handle = os.open(store.directory, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    code = "import sys; from peyman.ledger import *; from pathlib import Path\n"
    code += "print(len(read_case_file(Path(sys.argv[1])).files))"
    reading = subprocess.Popen(
        [sys.executable, "-c", code, store.directory],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    )
    with pytest.raises(subprocess.TimeoutExpired):
        reading.communicate(timeout=1)
    os.close(handle)
    assert int(reading.communicate(timeout=30)[0]) == len(files_in(store.directory))
