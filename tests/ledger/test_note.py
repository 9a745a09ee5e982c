"""A checkpoint is signed by its log, and not a byte of it goes unread."""

import pytest

from peyman.errors import PeymanError
from peyman.ledger import derive
from peyman.ledger.log.note import (
    Checkpoint,
    open_checkpoint,
    read_verifier_key,
    sign_checkpoint,
    verifier_key,
)

ORIGIN = "demo.peyman/case"
KEY = derive("notes", ORIGIN)
HEAD = Checkpoint(ORIGIN, 7, bytes(range(32)))
NOTE = sign_checkpoint(HEAD, KEY)
KEYS = {ORIGIN: KEY.public}


def test_a_signed_head_opens():
    assert open_checkpoint(NOTE, KEYS) == HEAD


def test_the_note_is_three_lines_a_blank_and_a_signature():
    lines = NOTE.decode().split("\n")
    assert lines[:4] == [
        ORIGIN,
        "7",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "",
    ]
    assert lines[4].startswith(f"— {ORIGIN} ")
    assert lines[5:] == [""]


@pytest.mark.parametrize("place", range(len(NOTE)))
def test_one_changed_byte_closes_it(place):
    for change in (1, 32, 128):
        other = bytes([NOTE[place] ^ change])
        with pytest.raises(PeymanError):
            open_checkpoint(NOTE[:place] + other + NOTE[place + 1 :], KEYS)


@pytest.mark.parametrize("length", range(len(NOTE)))
def test_a_note_that_is_cut_stays_closed(length):
    with pytest.raises(PeymanError):
        open_checkpoint(NOTE[:length], KEYS)


TEXT, LINE = NOTE.decode().split("\n\n")
STRANGER = sign_checkpoint(Checkpoint("w.example/1", 7, HEAD.root), derive("x", "w"))
STRANGE_LINE = STRANGER.decode().split("\n\n")[1]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            f"{TEXT}\n\n{LINE}{STRANGE_LINE}",
            "signed by an unknown key of 'w.example/1'.",
        ),
        (f"{TEXT}\n\n{LINE}{LINE}", "not signed once by its own log."),
        (f"{TEXT}\n\n{STRANGE_LINE}", "not signed once by its own log."),
        (f"{TEXT}\nextension\n\n{LINE}", "not three lines and its signatures."),
        (f"{TEXT}\n\n{LINE}\n", "has a line that is not a signature."),
        (f"{TEXT}\n\n", "not three lines and its signatures."),
        (f"{TEXT}\n", "not three lines and its signatures."),
        (NOTE.decode().replace("\n", "\r\n"), "its lines end in a newline alone."),
        (NOTE.decode().replace("\n", "\r\n", 1), "its lines end in a newline alone."),
        (NOTE.decode().replace("\n7\n", "\n07\n"), "size is '07'."),
        (NOTE.decode().replace("\n7\n", "\n٧\n"), "size is '٧'."),
        (NOTE.decode().replace("— ", "- "), "has a line that is not a signature."),
    ],
)
def test_every_line_is_needed_and_no_other_is_taken(text, problem):
    with pytest.raises(PeymanError) as caught:
        open_checkpoint(text.encode(), KEYS)
    assert caught.value.problem.startswith("The checkpoint")
    assert caught.value.problem.endswith(problem)


def test_base64_is_taken_in_one_way_only():
    # The last digit before the padding has bits that decoders throw away.
    loose = NOTE.replace(b"Hh8=", b"Hh9=")
    assert loose != NOTE
    with pytest.raises(PeymanError, match="root is not strict base64"):
        open_checkpoint(loose, KEYS)


def test_a_key_is_written_as_note_tools_take_it():
    text = verifier_key(ORIGIN, KEY.public)
    assert text.startswith(ORIGIN + "+")
    assert read_verifier_key(text) == (ORIGIN, KEY.public)


def test_the_key_of_the_note_package_reads():
    # From the documentation of golang.org/x/mod/sumdb/note.
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    name, key = read_verifier_key(text)
    assert verifier_key(name, key) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x+00000000+" + "A" * 44, "The key of x is not an Ed25519 key."),
        ("x+y", "The key of x is not strict base64."),
        (verifier_key("x", KEY.public).replace("x+", "y+"), "does not fit its hint"),
    ],
)
def test_a_verifier_key_that_is_not_sound_is_refused(text, problem):
    with pytest.raises(PeymanError) as caught:
        read_verifier_key(text)
    assert problem in caught.value.problem
