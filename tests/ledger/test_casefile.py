"""A case file is a folder or its one zip; what else it might be is refused or shown."""

import os
import shutil
import struct
import subprocess
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import (
    make_case_file,
    read_case_file,
    verify,
    write_folder,
    write_log,
)
from peyman.ledger.files.archive import read_zip, write_zip
from tests.ledger.builders import small_case
from tests.ledger.disks import QuickDisk

SMALL = small_case().build()
ZIP = SMALL.zip()
PATHS = st.text("abc/", min_size=1).filter(
    lambda path: all(part for part in path.split("/"))
)


@pytest.fixture
def folder(tmp_path):
    write_folder(SMALL, tmp_path / "almaty", QuickDisk())
    return tmp_path / "almaty"


def found_in(folder):
    return [(one.path, one.problem) for one in verify(read_case_file(folder)).faults]


def test_a_folder_reads_back_as_it_was_written(folder):
    assert read_case_file(folder).files == SMALL.files
    assert [one.name for one in folder.parent.iterdir()] == ["almaty"]


def test_a_zip_reads_back_as_it_was_written(tmp_path):
    (tmp_path / "almaty.zip").write_bytes(ZIP)
    found = read_case_file(tmp_path / "almaty.zip")
    assert (found.files, found.name) == (SMALL.files, "almaty.zip")
    assert verify(found).genuine


def test_a_folder_is_not_written_over(folder):
    with pytest.raises(PeymanError) as caught:
        write_folder(SMALL, folder)
    assert str(caught.value) == (
        f"{folder} is there already.\n"
        "  Authority: docs/record.md, section 6\n"
        "  Next step: Give another path."
    )


def test_a_log_is_written_in_one_step(tmp_path):
    draft = small_case()
    built = write_log(tmp_path / "a" / "b", draft.files, draft.entries, draft.log_key)
    assert read_case_file(tmp_path / "a" / "b").files == built.files == SMALL.files


# ------------------------------------------------------------------- folders


def test_a_link_is_shown_and_not_followed(folder, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (folder / "charters" / "link.toml").symlink_to(tmp_path / "secret")
    (folder / "sources" / "up").symlink_to("..")
    assert found_in(folder) == [
        ("charters/link.toml", "This is a link; a case file has none."),
        ("sources/up", "This is a link; a case file has none."),
    ]


def test_a_file_that_became_a_link_is_missed(folder, tmp_path):
    path = folder / "charters" / "csto.toml"
    path.rename(tmp_path / "csto.toml")
    path.symlink_to(tmp_path / "csto.toml")
    assert found_in(folder) == [
        ("charters/csto.toml", "This file of the charter csto is missing."),
        ("charters/csto.toml", "This is a link; a case file has none."),
    ]


def test_an_empty_folder_is_shown(folder):
    (folder / "attachments" / "new").mkdir(parents=True)
    assert found_in(folder) == [
        ("attachments/new", "This is an empty folder; a case file has none.")
    ]


def test_a_foreign_file_is_shown_and_its_name_moves_no_cursor(folder):
    (folder / "NOTES.txt").write_text("x")
    (folder / "a\x1b[2Jb").write_text("x")
    assert found_in(folder) == [
        ("NOTES.txt", "No case file has this file."),
        (
            "a\\x1b[2Jb",
            "This is a file with a name that cannot be shown; a case file has none.",
        ),
    ]


def test_a_pipe_does_not_hold_the_reader_up(folder):
    os.mkfifo(folder / "charters" / "pipe.toml")
    assert found_in(folder) == [
        ("charters/pipe.toml", "This is a device or a pipe; a case file has none.")
    ]


def test_what_is_no_case_file_is_refused(tmp_path):
    with pytest.raises(PeymanError) as caught:
        read_case_file(tmp_path / "nowhere")
    assert caught.value.problem == f"There is no case file at {tmp_path / 'nowhere'}."
    (tmp_path / "empty").mkdir()
    with pytest.raises(PeymanError) as caught:
        read_case_file(tmp_path / "empty")
    assert str(caught.value) == (
        "empty is not a case file: it has no checkpoint.\n"
        "  Authority: docs/record.md, section 6\n"
        "  Next step: Ask the sender for the file again."
    )


def test_a_folder_that_may_not_be_read_is_refused(folder):
    if os.geteuid() == 0:
        pytest.skip("nothing is closed to root")
    (folder / "checkpoint").chmod(0)
    with pytest.raises(PeymanError, match="cannot be read: Permission denied"):
        read_case_file(folder)


def test_a_case_that_is_too_large_is_refused(folder, monkeypatch):
    monkeypatch.setattr("peyman.ledger.files.folder.LARGEST_FILE", 500)
    with pytest.raises(PeymanError, match="almaty is too large to be a case file"):
        read_case_file(folder)


def test_an_interrupted_append_is_named(folder):
    (folder / ".staging").mkdir()
    (folder / ".staging" / "x").write_text("x")
    with pytest.raises(PeymanError) as caught:
        read_case_file(folder)
    assert str(caught.value) == (
        "almaty was interrupted in the middle of an entry.\n"
        "  Authority: docs/record.md, section 6\n"
        "  Next step: If you received it, ask the sender for it again. If it is your own"
        " case, enter the entry again: that ends or undoes what was begun."
    )


# ------------------------------------------------------------------- zips


def test_other_tools_read_our_zip(tmp_path):
    with zipfile.ZipFile(BytesIO(ZIP)) as theirs:
        assert theirs.testzip() is None
        assert {name: theirs.read(name) for name in theirs.namelist()} == SMALL.files
        assert {one.date_time for one in theirs.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    path = tmp_path / "almaty.zip"
    path.write_bytes(ZIP)
    listed = subprocess.run(
        ["python3", "-m", "zipfile", "-t", path], capture_output=True, check=True
    )
    assert b"Done testing" in listed.stdout


@given(st.dictionaries(PATHS, st.binary(max_size=30), min_size=1, max_size=5))
def test_what_is_zipped_reads_back_the_same(files):
    assert read_zip(write_zip(files), "x.zip") == files


@pytest.mark.parametrize(
    "length", [0, 1, 3, 4, 29, 30, 40, 300, -1, -21, -22, -23, -90]
)
def test_a_zip_that_is_cut_short_is_refused(length):
    with pytest.raises(PeymanError) as caught:
        read_zip(ZIP[:length], "almaty.zip")
    assert caught.value.problem in (
        "almaty.zip is cut short.",
        "almaty.zip is not a zip.",
    )


@given(st.integers(0, len(ZIP) - 1))
def test_a_zip_that_is_cut_anywhere_is_refused(length):
    with pytest.raises(PeymanError):
        read_zip(ZIP[:length], "almaty.zip")


@given(st.integers(0, len(ZIP) - 1), st.integers(1, 255))
def test_a_changed_byte_of_a_zip_is_refused_or_found(place, change):
    data = ZIP[:place] + bytes([ZIP[place] ^ change]) + ZIP[place + 1 :]
    try:
        files = read_zip(data, "almaty.zip")
    except PeymanError:
        return
    assert not verify(make_case_file("almaty.zip", files)).genuine


@given(st.binary(max_size=60))
def test_any_bytes_are_a_zip_or_refused(data):
    for start in (b"", b"PK\3\4", b"PK\5\6"):
        with pytest.raises(PeymanError):
            read_zip(start + data, "almaty.zip")


def made_by_zipfile(entries, compression=zipfile.ZIP_STORED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return out.getvalue()


def renamed(old, new):
    """The zip of one file, whose name is changed behind the writer's back."""
    return write_zip({old: b"x"}).replace(old.encode(), new.encode())


BOMB = made_by_zipfile([("checkpoint", bytes(10**6))], zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (renamed("aaaa", "../x"), "holds a path that climbs out: ../x."),
        (renamed("aaaaaa", "x/../y"), "holds a path that climbs out: x/../y."),
        (renamed("aaaa", "/etc"), "holds a path that climbs out: /etc."),
        (renamed("aaaa", "a\\\\b"), "holds a path that climbs out: a\\\\b."),
        (BOMB, "holds checkpoint compressed; a case is stored."),
        (renamed("aaaa", "aaa/"), "is not the zip that its files make."),
        (made_by_zipfile([("a", b"x")]), "is not the zip that its files make."),
        (ZIP + b"x", "is cut short."),
        (ZIP + ZIP, "is not the zip that its files make."),
        (ZIP[:-2] + b"\1\0x", "is cut short."),
        (b"#!/bin/sh\n" + ZIP, "is not a zip."),
        (write_zip({}), "is not a zip."),
    ],
)
def test_a_zip_that_is_not_the_canonical_one_is_refused(data, problem):
    with pytest.raises(PeymanError) as caught:
        read_zip(data, "almaty.zip")
    assert caught.value.problem == f"almaty.zip {problem}"


def test_a_file_that_is_doubled_is_refused():
    once = write_zip({"a": b"x"})
    local = once[: once.index(b"PK\1\2")]
    with pytest.raises(PeymanError) as caught:
        read_zip(local + once, "almaty.zip")
    assert caught.value.problem == "almaty.zip holds a twice."


def test_a_size_that_lies_is_cut_short():
    data = bytearray(write_zip({"a": b"x"}))
    struct.pack_into("<II", data, 18, 2**31, 2**31)
    with pytest.raises(PeymanError, match="is cut short"):
        read_zip(bytes(data), "almaty.zip")


MANY = 0xFFFF
"""Files from which on a zip needs the records of Zip64."""


def of_many(count):
    return {f"envelopes/{n:06d}.json": b"%d" % n for n in range(count)}


@pytest.mark.parametrize("count", [MANY - 1, MANY, MANY + 1])
def test_other_tools_read_our_zip_of_very_many_files(tmp_path, count):
    files = of_many(count)
    data = write_zip(files)
    assert (b"PK\6\6" in data, b"PK\6\7" in data) == (count >= MANY,) * 2
    assert read_zip(data, "x.zip") == files
    with zipfile.ZipFile(BytesIO(data)) as theirs:
        assert {one: theirs.read(one) for one in theirs.namelist()} == files
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    if unzip := shutil.which("unzip"):
        told = subprocess.run([unzip, "-tq", path], capture_output=True, check=True)
        assert b"No errors detected" in told.stdout


def test_a_changed_byte_of_the_records_of_zip64_is_refused():
    data = write_zip(of_many(MANY))
    for place in range(data.rindex(b"PK\6\6"), len(data), 3):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(PeymanError, match=r"is not the zip that|is cut short"):
            read_zip(changed, "x.zip")


def test_zip64_stands_nowhere_else_and_is_nowhere_left_out():
    few, many = write_zip({"a": b"x"}), write_zip(of_many(MANY))
    start = many.rindex(b"PK\6\6")
    added = few[:-22] + many[start:-22] + few[-22:]
    for data in (added, many[:start] + many[-22:]):
        with pytest.raises(PeymanError, match="is not the zip that its files make"):
            read_zip(data, "x.zip")


def test_what_has_no_place_in_a_zip_is_found():
    files = {**SMALL.files, "README.md": b"x", "registers/a/registers/b/x.sh": b"x"}
    found = make_case_file("almaty.zip", read_zip(write_zip(files), "almaty.zip"))
    assert [one.path for one in verify(found).faults] == [
        "README.md",
        "registers/a/registers/b/x.sh",
    ]
