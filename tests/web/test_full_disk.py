"""A database that has no room left acknowledges nothing more, and loses nothing.

At every write: SQLite writes whole pages of 4096 bytes, each after a head of 24, so room
that grows by half a page ends in the middle of each write and between any two. The limit
is the system's own, on how large a file may grow (RLIMIT_FSIZE); beside it a small tmpfs
that is really full, where mounting is permitted.
"""

import os
import subprocess

import pytest

from tests.web.test_writers import LIMIT_S, ended, lines_file, started

PAGE = 4096
WORDS = "the entry is not acknowledged."


def filled(home, *words):
    """Start a writer that goes on until there is no room: what it told, and why it ended."""
    process = started(home, "", *words, stderr=subprocess.PIPE)
    told, why = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, why
    return told.splitlines(), why


@pytest.mark.parametrize(
    "steps", [6, pytest.param(64, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_no_room_at_any_write_loses_nothing(tmp_path, steps):
    ended(started(tmp_path, "", "make"), LIMIT_S)
    lines = []
    for step in range(steps):
        told, why = filled(tmp_path, "limited", (step + 1) * PAGE // 2)
        lines += told
        assert WORDS in why
        assert "Next step: See that it has room and runs" in why
        ended(started(tmp_path, "", "check", *lines_file(tmp_path, lines)), LIMIT_S)
    assert lines


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(tmp_path / "disk")]
    (tmp_path / "disk").mkdir()
    if os.getuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("mounting a tmpfs is not permitted here")
    yield tmp_path / "disk"
    subprocess.run(["umount", tmp_path / "disk"], check=True)


def test_a_disk_that_is_really_full_takes_more_once_there_is_room(small_disk, tmp_path):
    ended(started(small_disk, "", "make"), LIMIT_S)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(200_000))
    lines, why = filled(small_disk, "full")
    assert lines
    assert WORDS in why
    ballast.unlink()
    more, _ = filled(small_disk, "full")
    assert more
    lines += more
    # SQLite needs room to look: the check is made on a copy.
    subprocess.run(["cp", "-a", small_disk, tmp_path / "copy"], check=True)
    check = started(tmp_path / "copy", "", "check", *lines_file(tmp_path, lines))
    ended(check, LIMIT_S)
