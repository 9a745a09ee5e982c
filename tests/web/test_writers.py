"""Many writers make one history; one that is killed loses nothing that it was told.

On SQLite, on PostgreSQL, and in a folder. `make soak` runs them with all their counts:
32 writers of 1,000 entries, 1,000 kills. Each has a time limit: a hang is a failure.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, THREADS = 4, 8
LIMIT_S = 120
SOAK_LIMIT_S = 3600


def started(home, url, *words, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.web.writers", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PEYMAN_HOME": str(home), "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
        **more,
    )


def ended(process, limit_s):
    try:
        told, _ = process.communicate(timeout=limit_s)
    finally:
        process.kill()
    assert process.returncode == 0, told
    return told


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    """An empty database, by its DATABASE_URL; SQLite's is empty and lies in the home."""
    if request.param == "sqlite":
        return ""
    return request.getfixturevalue("empty_postgresql")


@pytest.mark.parametrize(
    "each", [4, pytest.param(1000, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_32_writers_make_one_dense_history(url, tmp_path, each):
    limit_s = LIMIT_S if each < 100 else SOAK_LIMIT_S
    ended(started(tmp_path, url, "make"), limit_s)
    writers = [started(tmp_path, url, "write", THREADS, each) for _ in range(PROCESSES)]
    lines = [line for one in writers for line in ended(one, limit_s).splitlines()]
    total = PROCESSES * THREADS * each
    assert len(lines) == total
    assert sorted(int(line.split()[0]) for line in lines) == [*range(1, total + 1)]
    assert len({line.split()[1] for line in lines}) == total
    ended(started(tmp_path, url, "check", *lines_file(tmp_path, lines)), limit_s)


def lines_file(folder, lines):
    path = folder / "acknowledged"
    path.write_text("".join(f"{line}\n" for line in lines))
    return [path]


@pytest.mark.parametrize(
    "points", [25, pytest.param(1000, marks=pytest.mark.soak)], ids=["few", "many"]
)
@pytest.mark.parametrize("where", ["folder", "database"])
def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path, where, points):
    limit_s = LIMIT_S if points < 100 else SOAK_LIMIT_S
    ended(started(tmp_path, "", "tables"), limit_s)
    told = ended(started(tmp_path, "", "kill", where, 20220105, points), limit_s)
    assert_killed(told, points)


def assert_killed(told, points):
    """Half of the writers, at least, had something acknowledged before they died."""
    kills, acknowledged = (int(word) for word in told.split() if word.isdigit())
    assert kills == points
    assert acknowledged >= points // 2


def test_a_writer_that_is_killed_leaves_its_turn_to_others_on_postgresql(
    empty_postgresql, tmp_path
):
    ended(started(tmp_path, empty_postgresql, "tables"), LIMIT_S)
    words = ("kill", "database", 20220106, 25)
    assert_killed(ended(started(tmp_path, empty_postgresql, *words), LIMIT_S), 25)
