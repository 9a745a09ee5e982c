"""The record keeps its promises on PostgreSQL as on SQLite: the same tests, run there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = (
    "test_access.py",
    "test_attachment.py",
    "test_batches.py",
    "test_projections.py",
    "test_record.py",
)


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="this is that run")
def test_the_record_keeps_its_promises_on_postgresql(postgresql):
    files = [str(Path(__file__).with_name(name)) for name in TESTS]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": postgresql},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:]
