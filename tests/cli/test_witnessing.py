"""`peyman witness` on one's own machine: one command, a key of its own, one history."""

import pytest

from peyman.ledger import write_folder
from peyman.ledger.files.settings import read_settings
from peyman.ledger.log.note import read_witness_key, verifier_key
from peyman.ledger.signing.mldsa import MldsaPublicKey
from peyman.ledger.witnesses.cosignature import cosignatures_of, with_cosignatures
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
    assert read_witness_key(first.output.split()[1])[0] == NAME


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


def begin(*more):
    found = run("witness", "--name", NAME, *more)
    assert found.exit_code == 0, found.output
    return found.output.split()[1]


def test_it_begins_with_a_key_of_ml_dsa_44_and_keeps_it():
    first = begin("--ml-dsa")
    assert isinstance(read_witness_key(first)[1], MldsaPublicKey)
    assert begin() == begin("--ml-dsa") == first


def test_a_witness_that_has_another_key_is_not_given_one_of_ml_dsa_44():
    first = begin()
    found = run("witness", "--name", NAME, "--ml-dsa")
    assert found.exit_code == 2
    assert found.output == (
        f"The witness {NAME} has a key of Ed25519 already.\n"
        "  Authority: docs/record.md, section 11\n"
        "  Next step: Go on without --ml-dsa, or begin another witness with another"
        " --name.\n"
    )
    assert begin() == first


def test_a_name_too_long_for_ml_dsa_44_is_refused_before_a_key_is_made():
    name = "п" * 128
    found = run("witness", "--name", name, "--ml-dsa")
    assert found.exit_code == 2
    assert "A witness of ML-DSA-44 has a name of 1 to 255 bytes." in found.output
    assert name not in run("key", "show").output


def test_what_a_witness_of_ml_dsa_44_signed_meets_a_quorum(live, home, tmp_path):
    settings = read_settings((live / "case.toml").read_bytes())
    log = verifier_key(settings.origin, settings.log_key)
    key = begin("--ml-dsa")
    signed = run("witness", "--name", NAME, "--log", log, "--follow", live, "--once")
    assert signed.exit_code == 0, signed.output
    (head,) = (home / "witness").rglob("head")
    note = (live / "checkpoint").read_bytes()
    lines = cosignatures_of(head.read_bytes())
    (live / "checkpoint").write_bytes(with_cosignatures(note, lines))

    def verified(*more):
        return run("verify", live, *more)

    policy = tmp_path / "policy"
    policy.write_text(f"log {log}\nwitness KZ {key}\nquorum KZ\n")
    found = verified("--trust", policy)
    assert found.exit_code == 0, found.output
    assert "The witness KZ saw the head of 2 entries at" in found.output
    not_checked = f"It has a line of {NAME}, of whom you gave no key: not checked."
    assert not_checked in verified().output
    other = run("witness", "--name", "other.example/w", "--ml-dsa").output.split()[1]
    policy.write_text(f"log {log}\nwitness KZ {other}\nquorum KZ\n")
    found = verified("--trust", policy)
    assert found.exit_code == 1
    assert "of its witnesses none signed." in found.output


def test_its_key_is_shown_and_locked_again_as_others_are(tmp_path):
    first = begin("--ml-dsa")
    _, public = read_witness_key(first)
    found = run("key", "show")
    assert (
        f"{NAME}  locked by a key file\n  key    {public.fingerprint}" in found.output
    )
    found = run("key", "lock", "--by", tmp_path / "another")
    assert found.exit_code == 0, found.output
    assert run("witness", "--name", NAME).exit_code == 2


@pytest.mark.parametrize("name", ["two words", "a+b", ""])
def test_a_name_that_no_note_can_carry_is_refused(name):
    found = run("witness", "--name", name)
    assert found.exit_code == 2
    assert "cannot be the name of a witness." in found.output
