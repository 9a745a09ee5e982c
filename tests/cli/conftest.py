"""A case opened on the command line, copied for each test that changes it."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from peyman.cli import main
from tests.builders import REPORT_EN

CASE_TESTS = Path(__file__).parent.parent / "case"


def run(*args):
    """Run the command; what it raises beside its own errors is raised here."""
    return CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The folder of a case of two entries, made by `peyman open`."""
    folder = tmp_path_factory.mktemp("cli")
    report = folder / "report.txt"
    report.write_text(REPORT_EN, encoding="utf-8")
    charters = [f"--charter={CASE_TESTS / name}" for name in ("pact.toml", "home.toml")]
    said = [
        "--published",
        "2022-01-05",
        "--out",
        folder / "case",
        "--zone",
        "Asia/Almaty",
    ]
    result = run("open", report, *charters, *said)
    assert result.exit_code == 0, result.output
    return folder / "case"


@pytest.fixture
def case(made, tmp_path):
    """A copy of that case, which a test may change."""
    return Path(shutil.copytree(made, tmp_path / "case"))


@pytest.fixture
def live(tmp_path, monkeypatch):
    """A live case of two entries, its keys locked in a home of the test."""
    monkeypatch.setenv("PEYMAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PEYMAN_PASSPHRASE_FILE", raising=False)
    report = tmp_path / "report.txt"
    report.write_text("Ships were seen off the cape by us all.\n")
    charters = [f"--charter={CASE_TESTS / name}" for name in ("pact.toml", "home.toml")]
    said = ["--published", "2022-01-05", "--kept", "live", "--out", tmp_path / "live"]
    assert run("open", report, *charters, *said).exit_code == 0
    return tmp_path / "live"
