"""A folder may come from a stranger: what lies in it as unfinished reaches nothing else."""

import pytest

from peyman.errors import PeymanError
from peyman.ledger import Store, verify, write_folder
from tests.ledger.builders import small_case
from tests.ledger.disks import QuickDisk


@pytest.fixture
def inbox(tmp_path):
    """A received case in a folder, with something precious beside it."""
    write_folder(small_case().build(), tmp_path / "inbox" / "case", QuickDisk())
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "keep").write_text("keep")
    return tmp_path


def plan(inbox, text, *, files=()):
    following = inbox / "inbox" / "case" / ".next"
    (following / "files").mkdir(parents=True)
    (following / "plan").write_bytes(text if isinstance(text, bytes) else text.encode())
    for path in files:
        place = following / "files" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("forged")


def tree(folder):
    """Everything in a folder, links as links."""
    return {
        path.relative_to(folder).as_posix(): path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in folder.rglob("*")
    }


def refused(inbox):
    before = tree(inbox)
    with pytest.raises(PeymanError) as caught:
        Store.open(inbox / "inbox" / "case", QuickDisk())
    assert tree(inbox) == before
    return caught.value


@pytest.mark.parametrize(
    "line",
    [
        "remove ../../precious",
        "remove {inbox}/precious",
        "remove envelopes/../../../precious",
        "put ../../precious",
        "put {inbox}/precious",
        "put .bashrc",
        "put .next/plan",
        "remove .staging",
        "put envelopes",
        "remove checkpoint\nremove ../../precious",
        "put envelopes/000001.json\nlink x",
        "put envelopes/000001.json\n",
        "",
        b"put \xff",
    ],
)
def test_a_plan_with_one_line_that_is_not_ours_is_not_followed_at_all(inbox, line):
    if isinstance(line, str):
        line = line.format(inbox=inbox)
    plan(inbox, line, files=["envelopes/000001.json"])
    (inbox / "inbox" / "case" / ".bashrc").write_text("forged")
    assert str(refused(inbox)) == (
        "case holds a .next that no interrupted entry left: nothing was done.\n"
        "  Authority: docs/record.md, section 6\n"
        "  Next step: If you received the folder, ask the sender for it again; restore"
        " your own case from a sound copy."
    )


def test_a_plan_is_not_followed_through_a_link_in_the_case(inbox):
    (inbox / "inbox" / "case" / "registers").symlink_to(inbox / "victim")
    plan(
        inbox,
        "put registers/keep/checkpoint\nremove registers/csto/checkpoint",
        files=["registers/keep/checkpoint"],
    )
    assert "no interrupted entry left" in refused(inbox).problem


def test_a_plan_does_not_take_files_through_a_link(inbox):
    plan(inbox, "put charters/keep")
    held = inbox / "inbox" / "case" / ".next" / "files"
    (held / "charters").symlink_to(inbox / "victim")
    assert "no interrupted entry left" in refused(inbox).problem


def test_a_link_is_not_put_in_place_of_a_file(inbox):
    plan(inbox, "put checkpoint")
    held = inbox / "inbox" / "case" / ".next" / "files"
    (held / "checkpoint").symlink_to(inbox / "precious")
    assert "no interrupted entry left" in refused(inbox).problem


@pytest.mark.parametrize("what", ["link", "file", "empty folder", "linked plan"])
def test_what_is_no_folder_with_a_plan_is_not_followed(inbox, what):
    following = inbox / "inbox" / "case" / ".next"
    (inbox / "victim" / "plan").write_text("remove checkpoint")
    if what == "link":
        following.symlink_to(inbox / "victim")
    elif what == "file":
        following.write_text("remove checkpoint")
    else:
        following.mkdir()
    if what == "linked plan":
        (following / "plan").symlink_to(inbox / "victim" / "plan")
    assert "no interrupted entry left" in refused(inbox).problem


@pytest.mark.parametrize("what", ["link to a folder", "dangling link", "file"])
def test_a_staging_that_is_no_folder_goes_and_is_not_followed(inbox, what):
    staging = inbox / "inbox" / "case" / ".staging"
    before = tree(inbox)
    if what == "file":
        staging.write_text("x")
    else:
        staging.symlink_to(inbox / ("victim" if "folder" in what else "nowhere"))
    store = Store.open(inbox / "inbox" / "case", QuickDisk())
    assert tree(inbox) == before
    assert verify(store.case_file()).genuine


def test_a_draft_that_is_a_link_goes_and_is_not_followed(inbox):
    (inbox / "inbox" / ".copy.new").symlink_to(inbox / "victim")
    write_folder(small_case().build(), inbox / "inbox" / "copy", QuickDisk())
    assert (inbox / "victim" / "keep").read_text() == "keep"
    assert not (inbox / "inbox" / ".copy.new").is_symlink()


def test_a_sound_plan_is_ended(inbox):
    text = small_case().build().files["envelopes/000004.json"]
    plan(inbox, "put envelopes/000004.json\nremove envelopes/000009.json")
    held = inbox / "inbox" / "case" / ".next" / "files" / "envelopes"
    held.mkdir()
    (held / "000004.json").write_bytes(text)
    store = Store.open(inbox / "inbox" / "case", QuickDisk())
    assert verify(store.case_file()).genuine
    assert not (inbox / "inbox" / "case" / ".next").exists()
