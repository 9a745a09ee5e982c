"""Private keys on the disk: locked, closed to others, never written over."""

import base64
import json

import pytest

from peyman.errors import PeymanError
from peyman.ledger import Key, canonical, derive, load_key, save_key
from peyman.ledger.signing.keyfile import find_key, held_keys, key_path, standing_lock
from peyman.ledger.signing.locks import CHANCE, passphrase, read_lock, write_key_file

OFFICE = "csto/council"
KEY = derive("a seed", OFFICE)
OTHER = derive("another", OFFICE)
FILE = read_lock(write_key_file(b"f" * 32))
WORDS = passphrase("چهار واژهٔ آسان")
CHANCES = bytes(range(CHANCE))


def save(folder, key=KEY, lock=FILE, name=OFFICE, **more):
    return save_key(folder, name, key, lock, CHANCES, **more)


def refusal(call):
    with pytest.raises(PeymanError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize("lock", [FILE, WORDS], ids=["key file", "passphrase"])
def test_a_saved_key_loads_by_its_lock_and_is_closed_to_others(tmp_path, lock):
    path = save(tmp_path / "keys", lock=lock)
    assert load_key(tmp_path / "keys", OFFICE, lock) == KEY
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    data = path.read_bytes()
    assert KEY.secret not in data
    assert KEY.secret.hex().encode() not in data
    assert KEY.public.text.encode() in data


@pytest.mark.parametrize(
    ("lock", "remedy"),
    [
        (
            WORDS,
            "Give its passphrase. If it is lost, no record is: have another key entered.",
        ),
        (FILE, "Name the key file by which it was locked: PEYMAN_PASSPHRASE_FILE."),
    ],
    ids=["passphrase", "key file"],
)
@pytest.mark.parametrize("wrong", ["wrong", "kind"])
def test_a_wrong_lock_does_not_open_it(tmp_path, lock, remedy, wrong):
    save(tmp_path, lock=lock)
    others = {
        "wrong": passphrase("wrong")
        if lock is WORDS
        else read_lock(write_key_file(b"x" * 32)),
        "kind": FILE if lock is WORDS else WORDS,
    }
    error = refusal(lambda: load_key(tmp_path, OFFICE, others[wrong]))
    assert error.problem == "This does not open the key of csto/council."
    assert error.remedy == remedy


def test_a_locked_key_is_not_opened_by_nothing(tmp_path):
    save(tmp_path)
    error = refusal(lambda: load_key(tmp_path, OFFICE))
    assert error.problem == "The key of csto/council is locked."


def test_a_passphrase_is_the_same_however_its_letters_were_typed():
    assert passphrase("caf\u00e9") == passphrase("cafe\u0301")
    assert read_lock("caf\u00e9\r\nrest".encode()) == passphrase("caf\u00e9")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "The passphrase is empty."),
        (b"  \n", "The passphrase is empty."),
        (b"\xff\n", "The passphrase file is not UTF-8."),
        (b"peyman-key-file:v1:AAAA\n", "The key file has 3 bytes, not 32."),
        (b"peyman-key-file:v1:?\n", "The key file is not strict base64."),
    ],
)
def test_what_is_no_lock_is_refused(data, problem):
    assert refusal(lambda: read_lock(data)).problem == problem


@pytest.mark.parametrize("place", range(0, 400, 7))
def test_a_changed_key_file_does_not_open(tmp_path, place):
    path = save(tmp_path)
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 1
    path.write_bytes(data)
    refusal(lambda: load_key(tmp_path, OFFICE, FILE))


def test_a_locked_secret_does_not_pass_for_another_offices(tmp_path):
    path = save(tmp_path)
    fields = {**json.loads(path.read_bytes()), "name": "KZ"}
    other = key_path(tmp_path, "KZ")
    other.write_bytes(canonical.encode(fields))
    other.chmod(0o600)
    error = refusal(lambda: load_key(tmp_path, "KZ", FILE))
    assert error.problem == "This does not open the key of KZ."


@pytest.mark.parametrize("cost", [0, 1, 3, 2**21, 2**40])
def test_a_cost_that_would_take_all_memory_is_refused(tmp_path, cost):
    path = save(tmp_path, lock=WORDS)
    fields = json.loads(path.read_bytes())
    fields["locked"]["cost"] = cost
    path.write_bytes(canonical.encode(fields))
    error = refusal(lambda: load_key(tmp_path, OFFICE, WORDS))
    assert error.problem == f"The cost of the locked key is {cost}."


def test_a_key_of_an_earlier_release_is_still_read(tmp_path):
    path = key_path(tmp_path, OFFICE)
    secret = base64.b64encode(b"f" * 32).decode()
    fields = {"alg": "ed25519", "name": OFFICE, "secret": secret, "v": 1}
    path.write_bytes(canonical.encode(fields))
    path.chmod(0o600)
    assert load_key(tmp_path, OFFICE) == Key(b"f" * 32)
    assert [one.kdf for one in held_keys(tmp_path)] == [""]


def test_a_key_is_never_written_over_another(tmp_path):
    path = save(tmp_path)
    assert str(refusal(lambda: save(tmp_path, OTHER))) == (
        f"{OFFICE} has a key already: {path}.\n"
        "  Authority: docs/record.md, section 5\n"
        "  Next step: Use that key, or move it away first."
    )
    assert load_key(tmp_path, OFFICE, FILE) == KEY


def test_after_a_rotation_the_log_says_which_of_two_keys_signs(tmp_path):
    save(tmp_path)
    save(tmp_path, OTHER, is_another=True)
    save(tmp_path, derive("a", "csto/council.x"), name="csto/council.x")
    for key in (KEY, OTHER):
        assert load_key(tmp_path, OFFICE, FILE, [key.public.fingerprint]) == key
    assert load_key(tmp_path, OFFICE, FILE) == KEY
    error = refusal(lambda: find_key(tmp_path, OFFICE, ["0" * 64]))
    assert error.problem == (
        "The key of csto/council that lies here may not sign in this log."
    )
    assert {one.name for one in held_keys(tmp_path)} == {OFFICE, "csto/council.x"}


def test_a_key_that_others_can_read_is_not_used(tmp_path):
    path = save(tmp_path)
    path.chmod(0o640)
    error = refusal(lambda: load_key(tmp_path, OFFICE, FILE))
    assert error.problem == f"Others on this machine can read the key of {OFFICE}."
    assert error.remedy == f"Close it: chmod 600 {path}"


def test_a_key_file_of_the_machine_is_made_once_and_closed(tmp_path):
    path = tmp_path / "home" / "key-file"
    first = standing_lock(path, b"a" * 32)
    assert standing_lock(path, b"b" * 32) == first
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    error = refusal(lambda: standing_lock(path, b"c" * 32))
    assert error.problem == f"Others on this machine can read {path}."


def test_a_key_that_is_not_there(tmp_path):
    error = refusal(lambda: load_key(tmp_path, OFFICE))
    assert error.problem == (
        f"There is no key of {OFFICE} here: {key_path(tmp_path, OFFICE)}."
    )


def test_a_key_file_under_another_name_is_not_used(tmp_path):
    path = save(tmp_path)
    path.rename(key_path(tmp_path, "csto/chair"))
    with pytest.raises(PeymanError, match="not that of csto/chair"):
        load_key(tmp_path, "csto/chair", FILE)


def test_names_of_offices_and_of_logs_have_their_own_files(tmp_path):
    names = ["KZ", "csto/chair", "demo.peyman/case", "127.0.0.1:8000/case"]
    assert len({key_path(tmp_path, name) for name in names}) == len(names)


def test_a_lock_and_a_key_show_no_secret():
    assert "واژه" not in repr(WORDS)
    assert KEY.secret.hex() not in repr(KEY)
