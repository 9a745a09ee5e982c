"""Heads are signed by a pen alone, and nobody has one who did not look at what was seen."""

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest

import peyman
from peyman.errors import PeymanError
from peyman.ledger import Store, build_log, write_folder
from peyman.ledger.keeping.kept import Kept
from peyman.ledger.keeping.pen import Pen
from peyman.ledger.log.note import Checkpoint, sign_checkpoint
from peyman.ledger.witnesses import heads
from peyman.ledger.witnesses.heads import LostEntries
from tests.ledger.builders import ANALYST, Draft, small_case
from tests.ledger.disks import QuickDisk
from tests.ledger.logs import log_in

FORK = Draft(kept="live")
FORK.open()
OTHER_HEAD = sign_checkpoint(Checkpoint(FORK.origin, 1, b"x" * 32), FORK.log_key)
LATER_HEAD = sign_checkpoint(Checkpoint(FORK.origin, 9, b"x" * 32), FORK.log_key)
SEEN = pytest.mark.parametrize(
    ("seen", "problem"),
    [
        (OTHER_HEAD, "is not the log of which kz has seen 1 entries"),
        (LATER_HEAD, "stands at 1 entries here, and kz has seen 9 of it"),
    ],
)


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path / "seen", FORK.origin)


def see(kept, head):
    kept.see(head, FORK.log_key.public, "kz")


def note(draft, text="More."):
    draft.add("note", {"text": text}, by=ANALYST, known_as="documented")
    return draft.last()


def live():
    draft = Draft(kept="live")
    draft.open()
    return draft


@pytest.fixture
def folder(tmp_path):
    write_folder(FORK.build(), tmp_path / "case", QuickDisk())
    return tmp_path / "case"


def bytes_of(folder):
    return {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@SEEN
def test_the_store_of_a_folder_signs_nothing_new_for_it(kept, folder, seen, problem):
    store = Store.open(folder, QuickDisk(), kept.check)
    draft = live()
    store.append(**note(draft))
    before = bytes_of(folder)
    see(kept, seen)
    with pytest.raises(PeymanError, match=problem.replace("at 1", "at 2")):
        store.append(**note(draft))
    assert bytes_of(folder) == before


@SEEN
def test_nor_the_receipt_of_what_was_entered_long_ago(kept, folder, seen, problem):
    see(kept, seen)
    with pytest.raises(PeymanError, match=problem):
        Store.open(folder, QuickDisk(), kept.check).append(**FORK.last())


def test_a_log_is_not_begun_again_under_a_name_that_was_seen(kept, tmp_path):
    see(kept, LATER_HEAD)
    draft = live()
    problem = "stands at 0 entries here, and kz has seen 9 of it"
    with pytest.raises(LostEntries, match=problem):
        build_log(draft.files, draft.entries, draft.log_key, guard=kept.check)
    opening, entered = draft.entries[0]
    first = (draft.files, opening, entered, draft.log_key)
    with pytest.raises(LostEntries, match=problem):
        Store.create(tmp_path / "new", *first, guard=kept.check)
    assert not (tmp_path / "new").exists()


def test_a_live_log_is_not_signed_where_nobody_says_what_was_seen(folder):
    with pytest.raises(ValueError, match=r"say what was seen of demo\.peyman/case"):
        Store.open(folder, QuickDisk()).append(**note(live()))
    with pytest.raises(ValueError, match="say what was seen"):
        build_log(FORK.files, FORK.entries, FORK.log_key)


def test_a_reconstructed_log_is_signed_by_anybody():
    draft = small_case()
    log = log_in(draft.build())
    head = Pen(log, draft.log_key, None).head(3)
    assert head == sign_checkpoint(
        Checkpoint(draft.origin, 3, log.tree.root(3)), draft.log_key
    )


def test_what_was_not_refused_is_asked_again_only_when_something_else_was_seen(
    kept, monkeypatch
):
    asked = []
    real = heads.check_heads

    def counted(*given):
        asked.append(given)
        return real(*given)

    monkeypatch.setattr("peyman.ledger.keeping.kept.check_heads", counted)
    log = log_in(FORK.build())
    for _ in range(3):
        kept.check(log)
    assert len(asked) == 1
    kept.see(FORK.build().files["checkpoint"], FORK.log_key.public)
    for _ in range(3):
        kept.check(log)
    assert len(asked) == 2
    see(kept, LATER_HEAD)
    for _ in range(2):
        with pytest.raises(LostEntries) as caught:
            kept.check(log)
    kept.give_up(1, caught.value.sightings, "A reason.")
    kept.check(log)
    # Another log of the name, and what another folder remembers, are asked on their own.
    kept.check(log_in(FORK.build()))
    see(other := Kept(kept.folder.parent.parent / "elsewhere", FORK.origin), LATER_HEAD)
    with pytest.raises(LostEntries):
        other.check(log)


def test_what_is_seen_while_the_clock_of_the_disk_stands_still_is_told_apart(
    kept, monkeypatch
):
    real = Path.stat

    def stat(path, **how):
        return SimpleNamespace(st_mode=real(path, **how).st_mode, st_mtime_ns=10**18)

    monkeypatch.setattr(Path, "stat", stat)
    draft = live()
    marks = []
    for _ in range(60):
        note(draft)
        head = Checkpoint(draft.origin, draft.size, draft.tree.root())
        see(kept, sign_checkpoint(head, draft.log_key))
        marks.append(kept._marks())
    assert len({*marks}) == len(marks)
    assert all(0 <= heads - 10**18 < 10**7 for _, _, heads in marks)


def test_nothing_but_the_pen_signs_a_head():
    package = Path(peyman.__file__).parent
    callers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if "sign_checkpoint" in (getattr(node, "id", ""), getattr(node, "attr", ""))
    }
    assert callers == {"ledger/keeping/pen.py"}
