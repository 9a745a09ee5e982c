"""Keys, signing, proving, backing up and restoring, as people do it in a terminal."""

import base64
import shutil
from pathlib import Path

import pytest

from peyman.ledger import canonical, derive, read_case_file, read_settings, verify
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.log.note import verifier_key
from tests.cli.conftest import run
from tests.cli.test_entering import digest, enter, refused, write


def lines(result, code=0):
    assert result.exit_code == code, result.output
    return result.stdout.splitlines()


def public_of(made):
    (line,) = (one for one in lines(made) if one.startswith("  public "))
    return line.split()[1]


def own_key(live, monkeypatch, office="XA"):
    """A member makes a key at home, and the keeper enters its public half."""
    keeper = Path(live.parent / "home")
    monkeypatch.setenv("PEYMAN_HOME", str(live.parent / "member"))
    public = public_of(run("key", "new", office))
    monkeypatch.setenv("PEYMAN_HOME", str(keeper))
    lines(run("key", "add", live, office, public))
    return keeper, live.parent / "member"


def test_a_member_signs_at_home_and_the_keeper_enters_it(live, monkeypatch):
    keeper, member = own_key(live, monkeypatch)
    backup = live.parent / "copy.zip"
    lines(run("backup", live, backup))
    monkeypatch.setenv("PEYMAN_HOME", str(member))
    entry = write(
        live.parent, {"kind": "note", "text": "Ours.", "known_as": "performed"}
    )
    envelope = live.parent / "signed.json"
    said = lines(run("sign", backup, entry, "--as", "XA", "--out", envelope))
    assert said[0].endswith("signed for XA, and not entered yet: note: Ours.")
    assert refused(run("enter", live, entry, "--as", "peyman/registrar"))
    monkeypatch.setenv("PEYMAN_HOME", str(keeper))
    assert lines(run("enter", live, envelope)) == ["e3     note: Ours."]
    assert lines(run("enter", live, envelope)) == ["e3     note: Ours."]
    assert read_case_file(live).files[envelope_path(3)] == envelope.read_bytes()
    report = verify(read_case_file(live))
    assert (report.genuine, report.whole, report.size) == (True, True, 4)
    receipt = next((keeper / "seen").glob("*/receipts/e3.tlog-proof"))
    assert lines(run("verify", receipt))[0].startswith("PROVED: e3 stands in ")


def test_an_envelope_is_not_signed_over_another(live, monkeypatch):
    own_key(live, monkeypatch)
    taken = write(live.parent, {"kind": "note", "text": "x"})
    said = refused(run("sign", live, taken, "--as", "XA", "--out", taken))
    assert said.startswith(f"{taken} is there already.\n")


def test_an_envelope_for_another_case_is_refused(live, case, tmp_path):
    entry = write(tmp_path, {"kind": "note", "text": "x"})
    envelope = tmp_path / "signed.json"
    registrar = "peyman/registrar"
    lines(run("sign", case, entry, "--as", registrar, "--out", envelope))
    before = digest(live)
    said = refused(run("enter", live, envelope))
    assert said.startswith(
        "It is an entry of another log: demo.peyman/case, not keeper"
    )
    assert digest(live) == before


def test_a_key_is_shown_without_being_opened(live):
    shown = lines(run("key", "show"))
    assert "peyman/registrar  locked by a key file" in shown
    assert sum(line.startswith("  public ") for line in shown) == 2
    (live.parent / "home" / "key-file").unlink()
    assert lines(run("key", "show")) == shown
    assert refused(enter(live, kind="note", text="x")).startswith(
        "This does not open the key of peyman/registrar.\n"
    )


def test_the_case_says_whose_keys_it_knows(live, monkeypatch):
    own_key(live, monkeypatch)
    shown = lines(run("key", "show", "--in", live))
    assert [line for line in shown if "good" in line] == [
        "peyman/registrar  good from e0",
        "XA  good from e3",
    ]
    held = ["--held-by", "peyman/registrar"]
    public = public_of(run("key", "new", "XB"))
    lines(run("key", "add", live, "XB", public, *held))
    assert "XB  good from e4; peyman/registrar holds it and signs with it" in lines(
        run("key", "show", "XB", "--in", live)
    )


def test_a_rotated_key_signs_no_more_and_the_new_one_does(live):
    first = [one for one in lines(run("key", "show")) if one.startswith("  key ")]
    assert lines(run("key", "rotate", live))[0].startswith("e2     key: ")
    lines(enter(live, kind="note", text="with the new key"))
    report = verify(read_case_file(live))
    assert len({one.key for one in report.signed}) == 2
    assert report.genuine
    shown = lines(run("key", "show", "peyman/registrar"))
    assert len([one for one in shown if one.startswith("  key ")]) == 2
    assert len(set(first) & set(shown)) == 1


def test_what_a_revoked_key_signed_is_contested_and_it_signs_no_more(live, monkeypatch):
    _, member = own_key(live, monkeypatch)
    (key,) = [
        one.split()[1]
        for one in lines(run("key", "show", "XA", "--in", live))
        if one.startswith("  key ")
    ]
    monkeypatch.setenv("PEYMAN_HOME", str(member))
    entry = write(live.parent, {"kind": "note", "text": "x", "known_as": "performed"})
    for name in ("one", "two"):
        out = live.parent / f"{name}.json"
        lines(run("sign", live, entry, "--as", "XA", "--out", out))
    monkeypatch.setenv("PEYMAN_HOME", str(live.parent / "home"))
    lines(run("enter", live, live.parent / "one.json"))
    lines(run("key", "revoke", live, "XA", key[:12], "--since", "e3"))
    before = digest(live)
    said = refused(run("enter", live, live.parent / "two.json"))
    assert "It is signed with a key of XA that e4 ended." in said
    assert digest(live) == before
    assert verify(read_case_file(live)).contested == (3,)


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (
            ("rotate", "CASE"),
            "The keys of a reconstructed case derive from a published",
        ),
        (("add", "CASE", "XA", "x"), "The keys of a reconstructed case derive from a"),
        (
            ("revoke", "CASE", "XA", "00", "--since", "e1"),
            "XA has 0 keys here that begin",
        ),
        (("new", "nobody here"), "OFFICE is 'nobody here', which is not an office"),
    ],
)
def test_what_keys_cannot_do_is_refused(case, args, problem):
    args = [case if one == "CASE" else one for one in args]
    assert refused(run("key", *args)).startswith(problem)


def test_a_passphrase_is_asked_for_twice_and_needs_a_terminal(live):
    assert refused(run("key", "new", "XA", "--passphrase")).startswith(
        "The key of XA is locked by a passphrase, and nobody is here to type it.\n"
    )


def test_a_passphrase_file_opens_what_it_locked(live, monkeypatch, tmp_path):
    file = tmp_path / "words"
    file.write_text("correct horse battery staple\n")
    file.chmod(0o600)
    monkeypatch.setenv("PEYMAN_PASSPHRASE_FILE", str(file))
    public = public_of(run("key", "new", "XA"))
    assert "XA  locked by a passphrase" in lines(run("key", "show", "XA"))
    monkeypatch.delenv("PEYMAN_PASSPHRASE_FILE")
    lines(run("key", "add", live, "XA", public))
    assert refused(enter(live, "--as", "XA", kind="note", text="x")).startswith(
        "The key of XA is locked by a passphrase, and nobody is here to type it.\n"
    )
    file.write_text("another\n")
    monkeypatch.setenv("PEYMAN_PASSPHRASE_FILE", str(file))
    assert refused(
        run(
            "sign",
            live,
            write(tmp_path, {"kind": "note", "text": "x"}),
            "--as",
            "XA",
            "--out",
            tmp_path / "o.json",
        )
    ).startswith("This does not open the key of XA.\n")
    monkeypatch.setenv("PEYMAN_PASSPHRASE_FILE", str(tmp_path / "gone"))
    assert refused(run("key", "new", "XB")).startswith("There is no passphrase file ")


def test_keys_are_locked_again_by_another_file(live, monkeypatch, tmp_path):
    file = tmp_path / "elsewhere" / "key-file"
    said = lines(run("key", "lock", "--by", file))
    assert [one.split("  ")[1].split(",")[0] for one in said] == ["locked again"] * 2
    assert refused(enter(live, kind="note", text="x")).startswith(
        "This does not open the key of "
    )
    monkeypatch.setenv("PEYMAN_PASSPHRASE_FILE", str(file))
    assert lines(enter(live, kind="note", text="x")) == ["e2     note: x"]
    (tmp_path / "home" / "key-file").unlink()
    assert lines(enter(live, kind="note", text="y")) == ["e3     note: y"]


def test_a_key_of_an_earlier_release_is_locked(live):
    path = live.parent / "home" / "keys" / "XA.key"
    secret = base64.b64encode(b"s" * 32).decode()
    fields = {"alg": "ed25519", "name": "XA", "secret": secret, "v": 1}
    path.write_bytes(canonical.encode(fields))
    path.chmod(0o600)
    assert "XA  NOT LOCKED" in lines(run("key", "show", "XA"))
    lines(run("key", "lock", "XA"))
    assert "XA  locked by a key file" in lines(run("key", "show", "XA"))
    assert secret.encode() not in path.read_bytes()
    public = public_of(run("key", "show", "XA"))
    lines(run("key", "add", live, "XA", public))
    assert lines(enter(live, "--as", "XA", kind="note", text="x"))


def test_one_entry_is_proved_to_somebody_who_has_nothing_else(
    live, tmp_path, monkeypatch
):
    lines(enter(live, kind="note", text="This."))
    proof = tmp_path / "e2.tlog-proof"
    said = lines(run("prove", live, "e2", "--out", proof))
    assert said[0] == f"{proof}: written. It says:"
    monkeypatch.setenv("PEYMAN_HOME", str(tmp_path / "elsewhere"))
    shutil.rmtree(live)
    told = lines(run("verify", proof))
    assert told[0].startswith("PROVED: e2 stands in keeper.local/live-")
    assert told[0].endswith(", of 3 entries")
    assert any(
        one.startswith("  signed  for peyman/registrar with key ") for one in told
    )
    assert any("compare that key with one that you have" in one for one in told)


def test_a_policy_pins_the_log_of_a_proof(case, tmp_path):
    proof = tmp_path / "p"
    lines(run("prove", case, "e1", "--out", proof, "--bare"))

    settings = read_settings(read_case_file(case).files["case.toml"])
    good = tmp_path / "good"
    good.write_text(
        f"log {verifier_key(settings.origin, settings.log_key)}\nquorum none\n"
    )
    told = lines(run("verify", proof, "--trust", good))
    assert not any("compare" in one for one in told)
    assert any("What the entry says is not shown" in one for one in told)
    bad = tmp_path / "bad"
    other = derive("x", "y").public
    bad.write_text(f"log {verifier_key(settings.origin, other)}\nquorum none\n")
    assert lines(run("verify", proof, "--trust", bad), 1) == [
        "NOT PROVED: Its log key is not one that the policy names."
        " [docs/record.md, section 10]"
    ]


@pytest.mark.parametrize("entry", ["e99", "x", "e-1"])
def test_an_entry_that_is_not_there_is_not_proved(case, entry):
    said = refused(run("prove", case, entry))
    assert said.startswith(f"There is no entry {entry} in demo.peyman/case.\n")


def test_a_backup_is_a_case_file_and_only_grows(live, tmp_path):
    backup = tmp_path / "backups" / "case.zip"
    assert lines(run("backup", live, backup))[0].startswith(f"{backup}: 2 entries of ")
    lines(enter(live, kind="note", text="x"))
    older = tmp_path / "older"
    lines(run("backup", live, older))
    lines(run("backup", live, backup))
    assert verify(read_case_file(backup)).size == 3
    assert dict(read_case_file(older).files) == dict(read_case_file(backup).files)
    lines(run("restore", older, tmp_path / "again"))
    lines(enter(live, kind="note", text="y"))
    lines(run("backup", live, backup))
    said = refused(run("backup", tmp_path / "again", backup))
    assert said.startswith("It has 3 entries of ")
    assert refused(run("backup", live, older)).startswith("This is not how backup")


def test_an_old_backup_that_is_restored_signs_nothing_until_a_person_decides(
    live, tmp_path
):
    backup = tmp_path / "old.zip"
    lines(run("backup", live, backup))
    for text in ("lost", "lost too"):
        lines(enter(live, kind="note", text=text))
    shutil.rmtree(live)
    told = lines(run("restore", backup, live), 1)
    assert told[1].startswith("NOT TO BE SIGNED: keeper.local/live-")
    assert told[1].endswith(
        "stands at 2 entries here, and this-machine has seen 4 of it."
    )
    before = digest(live)
    assert " has seen 4 of it.\n" in refused(enter(live, kind="note", text="x"))
    assert digest(live) == before
    reason = "The disk burned, and nobody has a newer copy."
    (said,) = lines(run("restore", "--go-on", reason, live))
    assert said.startswith(
        "e2     note: This log was restored at 2 entries and goes on "
    )
    assert said.endswith(f"Reason: {reason}")
    assert lines(enter(live, kind="note", text="goes on")) == ["e3     note: goes on"]
    assert verify(read_case_file(live)).genuine
    assert refused(run("restore", "--go-on", reason, live)).startswith("Nothing that ")


def test_a_newer_copy_is_restored_over_an_older_one_and_nothing_is_removed(
    live, tmp_path
):
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    lines(run("backup", live, old))
    lines(enter(live, kind="note", text="x"))
    lines(run("backup", live, new))
    shutil.rmtree(live)
    lines(run("restore", old, live), 1)
    told = lines(run("restore", new, live))
    assert told[0] == f"What was there lies in {live}.before-restore."
    assert lines(enter(live, kind="note", text="y")) == ["e3     note: y"]
    said = refused(run("restore", old, live))
    assert said.startswith("It has 2 entries of ")


def test_a_fork_is_never_gone_on_with(live, tmp_path):
    copy = tmp_path / "copy"
    lines(run("backup", live, copy))
    lines(enter(live, kind="note", text="one history"))
    home, aside = tmp_path / "home", tmp_path / "aside"
    shutil.move(home / "seen", aside)
    lines(enter(copy, kind="note", text="another history"))
    shutil.rmtree(home / "seen")
    shutil.move(aside, home / "seen")
    before = digest(copy)
    for call in (
        lambda: enter(copy, kind="note", text="x"),
        lambda: run("restore", "--go-on", "we wish it", copy),
    ):
        said = refused(call())
        assert "is not the log of which this-machine has seen 3 entries." in said
    assert digest(copy) == before
    assert refused(run("restore", copy, live)).startswith("It is another history of ")


def test_what_was_erased_since_a_backup_stays_erased(live, tmp_path, monkeypatch):
    keeper, _ = own_key(live, monkeypatch)
    public = public_of(run("key", "new", "XB"))
    lines(run("key", "add", live, "XB", public, "--held-by", "peyman/registrar"))
    lines(enter(live, kind="note", text="A name."))
    old = tmp_path / "old.zip"
    lines(run("backup", live, old))
    erase = {
        "kind": "erase",
        "entries": ["e4"],
        "kinds": ["note"],
        "reason": "It names a person.",
        "authority": "the two of us",
    }
    assert lines(enter(live, **erase))[0].startswith("e5     erase")
    assert lines(enter(live, "--as", "XB", cites=["e5"], **erase))[0].startswith("e6")
    assert envelope_path(4) not in read_case_file(live).files
    shutil.rmtree(live)
    told = lines(run("restore", old, live), 1)
    assert (
        "  note    e4 was erased after this backup was made, and is left out." in told
    )
    assert envelope_path(4) not in read_case_file(live).files
    told = lines(run("verify", live))
    assert told[0].startswith("GENUINE: ")
    assert "4 of 5 entries are here" in told[0]
    assert any("NOT WHOLE: not here: e4" in one for one in told)
    assert keeper.is_dir()


@pytest.mark.parametrize(
    "args",
    [
        ("backup",),
        ("backup", "--all"),
        ("backup", "a"),
        ("restore", "a"),
        ("restore", "--go-on", "x"),
        ("restore", "a", "b", "c"),
    ],
)
def test_wrong_usage_says_how_it_is_called(args):
    assert refused(run(*args)).startswith(f"This is not how {args[0]} is called.\n")


def test_an_address_that_is_no_case_is_refused(case, tmp_path):
    entry = write(tmp_path, {"kind": "note", "text": "x"})
    said = ["--to", "ftp://x/cases/y/", "--user", "u", "--case", case]
    password = tmp_path / "p"
    password.write_text("x\n")
    result = run("submit", entry, *said, "--password-file", password)
    assert refused(result).startswith("ftp://x/cases/y/ is not the page of a case.\n")
