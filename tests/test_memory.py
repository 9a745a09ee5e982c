"""The programs of Peyman look for unreachable objects seldom."""

import gc
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from peyman.cli import main


@pytest.fixture
def as_python_does():
    """What Python does by itself, and afterwards what was there before."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_a_command_looks_seldom(as_python_does):
    assert CliRunner().invoke(main, ["check", "charters/csto.toml"]).exit_code == 0
    assert gc.get_threshold() == (50_000, 10, 10)


def test_a_server_looks_seldom(tmp_path):
    told = "import gc, peyman.web.asgi; print(gc.get_threshold())"
    environment = {**os.environ, "PEYMAN_HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", told], env=environment, capture_output=True, check=True
    )
    assert result.stdout == b"(50000, 10, 10)\n"
