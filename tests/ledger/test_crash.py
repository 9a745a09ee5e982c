"""Whatever fails, and whenever: nothing acknowledged is lost, and the log stays genuine."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from peyman.errors import PeymanError
from peyman.ledger import Store, digest, read_case_file, verify, write_folder
from tests.ledger.builders import COUNCIL, SOURCE, Draft, small_case
from tests.ledger.disks import Crash, FailingDisk, QuickDisk

SOURCE_FILES = {f"sources/{digest(SOURCE)}": SOURCE}
ROOT = Path(__file__).parents[2]


def a_source_entered():
    draft = Draft()
    draft.open()
    before = draft.build()
    draft.add_source()
    return draft, before, SOURCE_FILES


def a_source_erased():
    draft = small_case()
    places = [draft_commitment(draft, index) for index in (1, 2)]
    body = {
        "entries": places,
        "kinds": ["source", "claim"],
        "reason": "r",
        "authority": "a",
    }
    first = draft.add("erase", body)
    before = draft.build()
    draft.add("erase", body, by=COUNCIL, cites=(first,))
    return draft, before, None


def draft_commitment(draft, index):
    return digest(draft.entries[index][0])


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def enter(folder, draft, files, disk=None):
    store = Store.open(folder, disk or QuickDisk())
    return store.append(**draft.last(files=files))


def steps_of(make, tmp_path):
    draft, before, files = make()
    write_folder(before, tmp_path / "before", QuickDisk())
    shutil.copytree(tmp_path / "before", tmp_path / "counted")
    disk = FailingDisk(-1, FULL)
    enter(tmp_path / "counted", draft, files, disk)
    return -1 - disk.left


@pytest.mark.parametrize("failure", [FULL, Crash()], ids=["full", "crash"])
@pytest.mark.parametrize("make", [a_source_entered, a_source_erased])
def test_a_failure_at_any_step_acknowledges_nothing_and_loses_nothing(
    make, failure, tmp_path
):
    draft, before, files = make()
    after = draft.build()
    steps = steps_of(make, tmp_path)
    assert steps > 20
    for step in range(1, steps + 1):
        folder = tmp_path / f"case{step}"
        shutil.copytree(tmp_path / "before", folder)
        with pytest.raises((PeymanError, Crash)):
            enter(folder, draft, files, FailingDisk(step, failure))
        Store.open(folder, QuickDisk())
        found = read_case_file(folder)
        assert verify(found).genuine, step
        assert found.files in (before.files, after.files), step
        receipt = enter(folder, draft, files)
        assert receipt.index == draft.size - 1
        assert read_case_file(folder).files == after.files
        shutil.rmtree(folder)


def test_a_failure_while_recovering_is_recovered_from(tmp_path):
    draft, before, files = a_source_entered()
    after = draft.build()
    steps = steps_of(a_source_entered, tmp_path)
    for step in range(1, steps + 1, 3):
        for again in range(1, 30, 6):
            folder = tmp_path / f"case{step}-{again}"
            shutil.copytree(tmp_path / "before", folder)
            with pytest.raises(Crash):
                enter(folder, draft, files, FailingDisk(step, Crash()))
            try:
                Store.open(folder, FailingDisk(again, Crash()))
            except Crash:
                Store.open(folder, QuickDisk())
            found = read_case_file(folder)
            assert verify(found).genuine
            assert found.files in (before.files, after.files)
            shutil.rmtree(folder)


def test_the_same_store_goes_on_after_the_disk_has_room_again(tmp_path):
    draft, before, files = a_source_entered()
    write_folder(before, tmp_path / "case", QuickDisk())
    store = Store.open(tmp_path / "case", FailingDisk(4, FULL))
    with pytest.raises(PeymanError) as caught:
        store.append(**draft.last(files=files))
    assert str(caught.value) == (
        "The disk failed (No space left on device): the entry is not acknowledged.\n"
        "  Authority: docs/record.md, section 2\n"
        "  Next step: Make room, then enter the same again: it never enters twice."
    )
    assert store.append(**draft.last(files=files)).index == 1


LIMITED = """
import resource, signal, sys
from pathlib import Path
from peyman.errors import PeymanError
from peyman.ledger import Store
from tests.ledger.builders import SOURCE, Draft, digest
draft = Draft()
draft.open()
big = SOURCE * 2000
draft.add_source(big)
store = Store.open(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    store.append(*draft.entries[-1], draft.log_key, {f"sources/{digest(big)}": big})
except PeymanError as error:
    print(error)
    sys.exit(2)
"""


def test_a_real_limit_of_the_disk_is_met_half_way(tmp_path):
    _, before, _ = a_source_entered()
    write_folder(before, tmp_path / "case", QuickDisk())
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path / "case"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (2, "")
    assert ended.stdout.startswith("The disk failed (File too large): the entry is not")
    Store.open(tmp_path / "case")
    assert read_case_file(tmp_path / "case").files == before.files


ENDLESS = """
import sys
from pathlib import Path
from peyman.ledger import Store, derive_nonce, seal
from tests.ledger.builders import ANALYST, small_case
draft = small_case()
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
number = store.log.size
while True:
    nonce = derive_nonce("endless", str(number))
    payload = draft.payload("note", {"text": "n"}, by=ANALYST, nonce=nonce)
    sealed = seal(payload, draft.keys[ANALYST])
    print(store.append(sealed, "2022-01-07T00:00:00Z", draft.log_key).index, flush=True)
    number += 1
"""


@pytest.mark.parametrize(
    "kills", [4, pytest.param(1000, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_killed_at_any_moment_it_keeps_what_it_acknowledged(tmp_path, kills):
    folder = tmp_path / "case"
    write_folder(small_case().build(), folder)
    for number in range(kills):
        writing = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, folder], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert writing.stdout is not None
        told = [writing.stdout.readline() for _ in range(2 + number % 5)]
        writing.send_signal(signal.SIGKILL)
        told += writing.stdout.readlines()
        writing.wait(timeout=30)
        writing.stdout.close()
        last = int([line for line in told if line.endswith(b"\n")][-1])
        Store.open(folder)
        report = verify(read_case_file(folder))
        assert (report.genuine, report.whole) == (True, True)
        assert last < report.size <= last + 2
