"""A file of 10 GB that a person names: refused in words, unread, in little memory."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from peyman.cli.files import bytes_of
from peyman.errors import PeymanError
from tests.builders import REPORT_EN
from tests.cli.conftest import CASE_TESTS

MEMORY = 700 * 2**20
LIMIT_S = 60
COMMAND = (sys.executable, "-c", "from peyman.cli import main; main()")


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def refusal(folder, *words):
    """What the command says of `large`, in a folder that it leaves as it was."""
    with (folder / "large").open("wb") as file:
        file.truncate(10 * 10**9)
    before = sorted(folder.rglob("*"))
    ended = subprocess.run(
        [*COMMAND, *map(str, words)],
        cwd=folder,
        env={**os.environ, "PEYMAN_HOME": str(folder / "home")},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert ended.returncode == 2, ended.stderr
    assert sorted(folder.rglob("*")) == before
    return ended.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("open", "large", "--published", "2022-01-05", "--out", "new"),
        ("submit", "large", "--to", "http://127.0.0.1/cases/x/", "--user", "kz"),
    ],
    ids=["a report", "an envelope"],
)
def test_a_file_of_10_gb_is_refused_unread(tmp_path, words):
    (tmp_path / "case").mkdir()
    more = {
        "open": (f"--charter={CASE_TESTS / 'pact.toml'}", "--zone", "Asia/Almaty"),
        "submit": ("--case", "case"),
    }
    assert refusal(tmp_path, *words, *more[words[0]]) == (
        "large is larger than the 256 MiB of any file of a case.\n"
        "  Authority: docs/record.md, section 6\n"
        "  Next step: Enter the part of it that matters, or a summary in your own words.\n"
    )


def test_a_file_without_an_end_is_refused(tmp_path):
    with pytest.raises(PeymanError, match="is larger than the 256 MiB"):
        bytes_of(Path("/dev/zero"))
    (tmp_path / "report").write_text(REPORT_EN)
    assert bytes_of(tmp_path / "report").decode() == REPORT_EN
