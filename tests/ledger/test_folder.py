"""A long folder or zip is gone through an envelope at a time; the answer is the same."""

import fcntl
import os
from io import BytesIO

import pytest

from peyman.errors import PeymanError
from peyman.ledger import verify, write_folder
from peyman.ledger.files.archive import places_in, read_zip, write_zip
from peyman.ledger.files.casefile import (
    envelope_path,
    locked,
    opened_case_file,
    read_case_file,
)
from peyman.ledger.later import Later
from peyman.ledger.layout import is_envelope, is_tile
from tests.ledger.builders import Draft, a_register, small_case


@pytest.fixture
def folder(tmp_path):
    draft = Draft(registers={"csto": a_register().build()})
    draft.open()
    draft.add_source()
    draft.add("note", {"text": "a"})
    draft.add("note", {"text": "b"})
    write_folder(draft.build(), tmp_path / "almaty")
    return tmp_path / "almaty"


def test_an_envelope_is_read_when_it_is_asked_for_and_other_files_at_once(folder):
    with opened_case_file(folder) as found:
        (folder / envelope_path(2)).write_bytes(b"another")
        (folder / "case.toml").write_bytes(b"another")
        assert found.files[envelope_path(2)] == b"another"
        assert found.files["case.toml"] != b"another"
        assert {*found.files} == {*read_case_file(folder).files}


@pytest.mark.parametrize("away", [None, 0, 2])
@pytest.mark.parametrize("put", [{}, {"envelopes/000009.json": b"{}", "x.txt": b""}])
def test_the_answer_is_that_of_the_whole_file_in_memory(folder, away, put):
    if away is not None:
        (folder / envelope_path(away)).unlink()
    for path, data in put.items():
        (folder / path).write_bytes(data)
    with opened_case_file(folder) as found:
        assert isinstance(found.files, Later)
        assert verify(found) == verify(read_case_file(folder))


def test_what_is_judged_is_what_the_leaf_commits_to_whatever_the_disk_says_later(
    folder,
):
    with opened_case_file(folder) as found:
        assert verify(found).genuine
        path = folder / envelope_path(3)
        path.write_bytes(path.read_bytes()[::-1])
        [fault] = verify(found).all_faults()
    assert (fault.path, fault.problem) == (
        envelope_path(3),
        "No leaf here commits to this envelope.",
    )


def test_an_envelope_of_a_register_is_read_later_too(folder):
    path = folder / "registers" / "csto" / envelope_path(1)
    with opened_case_file(folder) as found:
        path.write_bytes(b"{}")
        [fault] = verify(found).all_faults()
    assert fault.path == f"registers/csto/{envelope_path(1)}"


def test_a_file_that_goes_meanwhile_cannot_be_read(folder):
    with opened_case_file(folder) as found:
        (folder / envelope_path(2)).unlink()
        with pytest.raises(PeymanError) as caught:
            verify(found)
    assert caught.value.problem == ("almaty cannot be read: No such file or directory.")


def test_nobody_appends_while_it_is_held_open(folder):
    handle = os.open(folder, os.O_RDONLY)
    with opened_case_file(folder), pytest.raises(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
    with locked(folder, fcntl.LOCK_EX):
        pass


def test_an_envelope_that_is_too_large_is_refused_when_it_is_asked_for(
    folder, monkeypatch
):
    with opened_case_file(folder) as found:
        monkeypatch.setattr("peyman.ledger.files.folder.LARGEST_FILE", 500)
        with pytest.raises(PeymanError, match="almaty is too large to be a case file"):
            verify(found)


def is_later(path):
    return is_envelope(path) or is_tile(path)


def test_files_that_are_held_are_counted_together(folder, monkeypatch):
    files = read_case_file(folder).files
    total = sum(len(files[one]) for one in files if not is_later(one))
    monkeypatch.setattr("peyman.ledger.files.folder.LARGEST_CASE", total)
    with opened_case_file(folder) as found:
        assert verify(found) == verify(found)
    monkeypatch.setattr("peyman.ledger.files.folder.LARGEST_CASE", total - 1)
    with pytest.raises(PeymanError, match="too large"):
        opened_case_file(folder).__enter__()
    with pytest.raises(PeymanError, match="too large"):
        read_case_file(folder)


def test_a_link_that_took_the_place_of_an_envelope_is_not_followed(folder, tmp_path):
    path = folder / envelope_path(2)
    with opened_case_file(folder) as found:
        path.rename(tmp_path / "moved")
        path.symlink_to(tmp_path / "moved")
        with pytest.raises(PeymanError, match="cannot be read"):
            verify(found)


def test_a_zip_and_a_path_where_nothing_is_are_opened_as_they_are_read(tmp_path):
    path = tmp_path / "case.zip"
    path.write_bytes(small_case().build().zip())
    with opened_case_file(path) as found:
        assert found == read_case_file(path)
    with pytest.raises(PeymanError, match="There is no case file at"):
        opened_case_file(tmp_path / "none").__enter__()


@pytest.fixture
def zipped(folder):
    path = folder.with_name("case.zip")
    path.write_bytes(read_case_file(folder).zip())
    return path


def test_a_zip_gives_each_envelope_when_it_is_asked_for(zipped):
    whole = read_case_file(zipped)
    sound = zipped.read_bytes()
    with opened_case_file(zipped) as found:
        assert isinstance(found.files, Later)
        assert dict(found.files) == dict(whole.files)
        assert verify(found) == verify(whole)
        one = whole.files[envelope_path(3)]
        zipped.write_bytes(sound.replace(one, one[::-1]))
        [fault] = verify(found).all_faults()
        assert fault.path == envelope_path(3)
        zipped.write_bytes(sound[: sound.index(one) + 9])
        with pytest.raises(PeymanError, match="became shorter while it was read"):
            verify(found)


def test_what_has_no_place_in_a_zip_is_shown_unread(zipped, folder):
    files = {**read_case_file(folder).files, "x.txt": b"x", "envelopes/9.json": b"{}"}
    zipped.write_bytes(write_zip(files))
    with opened_case_file(zipped) as found:
        assert [one.path for one in found.strays] == ["envelopes/9.json", "x.txt"]
        assert verify(found) == verify(read_case_file(zipped))


def test_of_a_zip_no_more_than_a_piece_is_held_while_its_sum_is_made(zipped):
    class Counted(BytesIO):
        most = 0

        def read(self, size=-1):
            data = super().read(size)
            self.most = max(self.most, len(data))
            return data

    data = write_zip({"a": b"x", "b": bytes(5 * 2**20), "c": b"y"})
    file = Counted(data)
    places = places_in(file, "it")
    assert file.most == 2**20
    assert {one: data[at : at + size] for one, (at, size) in places.items()} == (
        read_zip(data, "it")
    )
