"""Zips that want more than they are: refused in words, in little memory, with nothing left.

Each is verified by a process of its own that may have little memory and little time.
"""

import resource
import stat
import struct
import subprocess
import sys
import zipfile

import pytest

from peyman.ledger.files.archive import write_zip
from peyman.ledger.files.folder import LARGEST_CASE

MEMORY = 400 * 2**20
LIMIT_S = 60
MANY = 0xFFFF


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def verified(folder):
    """What `peyman verify` says of the zip in a folder, which it leaves as it was."""
    before = sorted(folder.iterdir())
    command = [sys.executable, "-c", "from peyman.cli import main; main()", "verify"]
    ended = subprocess.run(
        [*command, "case.zip"],
        cwd=folder,
        preexec_fn=limited,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert sorted(folder.iterdir()) == before
    assert ended.returncode == 2, ended.stderr
    assert "Next step: " in ended.stderr
    return ended.stderr


def zipped(path, *entries, how=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", how) as archive:
        for info, data in entries:
            archive.writestr(info, data, how)


def test_a_bomb_that_would_swell_a_thousand_times(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "case.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("checkpoint", "w") as file,
    ):
        for _ in range(500):
            file.write(bytes(2**20))
    assert (tmp_path / "case.zip").stat().st_size < 2**20
    assert "case.zip " in verified(tmp_path)


def test_more_bytes_than_any_case_has(tmp_path):
    with (tmp_path / "case.zip").open("wb") as file:
        file.truncate(LARGEST_CASE + 1)
    assert "case.zip is too large to be a case file." in verified(tmp_path)


def test_more_files_than_two_bytes_count(tmp_path):
    names = (f"envelopes/{n:06d}.json" for n in range(0x10000))
    zipped(tmp_path / "case.zip", *((zipfile.ZipInfo(one), b"") for one in names))
    # Somebody else's Zip64: dates and modes are not those that a case has.
    assert "is not the zip that its files make." in verified(tmp_path)


def test_a_count_that_lies_reserves_no_room(tmp_path):
    data = bytearray(write_zip({f"sources/{n}": b"" for n in range(MANY)}))
    struct.pack_into("<2Q", data, data.rindex(b"PK\6\6") + 24, 2**62, 2**62)
    (tmp_path / "case.zip").write_bytes(data)
    assert "is not the zip that its files make." in verified(tmp_path)


def test_a_link(tmp_path):
    link = zipfile.ZipInfo("checkpoint")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    zipped(tmp_path / "case.zip", (link, b"/etc/passwd"))
    assert "is not the zip that its files make." in verified(tmp_path)


@pytest.mark.parametrize("path", ["../x", "/x", "sources/../../x", "a\\..\\x"])
def test_a_path_that_climbs_out(tmp_path, path):
    zipped(tmp_path / "case.zip", (zipfile.ZipInfo(path), b"x"))
    said = verified(tmp_path)
    assert "climbs out" in said
    assert not (tmp_path.parent / "x").exists()


def test_two_files_of_one_name(tmp_path):
    one, two = zipfile.ZipInfo("checkpoint"), zipfile.ZipInfo("checkpoint")
    with pytest.warns(UserWarning, match="Duplicate name"):
        zipped(tmp_path / "case.zip", (one, b"x"), (two, b"y"))
    assert "case.zip holds checkpoint twice." in verified(tmp_path)
