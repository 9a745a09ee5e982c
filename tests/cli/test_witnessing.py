"""`peyman witness` on one's own machine: one command, a key of its own, one history."""

import pytest

from peyman.ledger import write_folder
from peyman.ledger.log.note import COSIGNATURE, read_verifier_key, verifier_key
from tests.cli.conftest import run
from tests.ledger.builders import small_case

NAME = "kz.example/w"
DRAFT = small_case()
LOG = verifier_key(DRAFT.origin, DRAFT.log_key.public)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PEYMAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def case(tmp_path):
    write_folder(DRAFT.build(), tmp_path / "case")
    return tmp_path / "case"


def look(case, *more):
    return run("witness", "--name", NAME, "--log", LOG, "--follow", case, *more)


def test_it_prints_its_key_which_stays_the_same():
    first, second = (run("witness", "--name", NAME) for _ in range(2))
    assert first.exit_code == 0
    assert first.output == second.output
    assert read_verifier_key(first.output.split()[1], COSIGNATURE)[0] == NAME


def test_it_looks_at_a_folder_and_signs_what_goes_on(case):
    found = look(case, "--once")
    assert found.exit_code == 0
    assert found.output.splitlines()[1].startswith(
        "Signed: demo.peyman/case at 5 entries, root "
    )
    assert look(case, "--once").exit_code == 0


def test_a_fork_is_not_signed_and_its_evidence_verifies(case, home, tmp_path):
    look(case, "--once")
    other = small_case("another end")
    other.add("note", {"text": "and more"})
    write_folder(other.build(), tmp_path / "fork")
    found = look(tmp_path / "fork", "--once")
    assert found.exit_code == 1
    assert "NOT signed, demo.peyman/case at 6 entries" in found.output
    (path,) = home.rglob("*.fork.json")
    told = run("verify", path)
    assert told.exit_code == 0
    assert "proved  the second log had at 5 entries root" in told.output


def test_what_cannot_be_fetched_or_is_not_watched_is_said(case, tmp_path):
    found = look(tmp_path / "nowhere", "--once")
    assert found.exit_code == 1
    assert "has no checkpoint: No such file or directory." in found.output
    stranger = LOG.replace("demo.peyman/case", "demo.peyman/other")
    found = run("witness", "--name", NAME, "--log", stranger)
    assert found.exit_code == 2
    assert "does not fit its hint" in found.output


@pytest.mark.parametrize("name", ["two words", "a+b", ""])
def test_a_name_that_no_note_can_carry_is_refused(name):
    found = run("witness", "--name", name)
    assert found.exit_code == 2
    assert "cannot be the name of a witness." in found.output
