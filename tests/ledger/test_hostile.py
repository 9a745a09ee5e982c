"""What a stranger made to exhaust, crash or mislead the reader."""

import base64
import json
import os
import time
from dataclasses import replace

import pytest

from peyman.errors import PeymanError
from peyman.ledger import (
    canonical,
    digest,
    make_case_file,
    read_case_file,
    seal,
    verify,
    write_folder,
)
from peyman.ledger.files.archive import read_zip, write_zip
from peyman.ledger.log.note import Checkpoint, sign_checkpoint
from peyman.ledger.log.receipt import Receipt
from peyman.ledger.verifying.report import Fault
from tests.ledger.builders import REGISTRAR, changed, faults_of, small_case
from tests.ledger.disks import QuickDisk

SMALL = small_case().build()


def with_size(size, **files):
    draft = small_case()
    head = Checkpoint(draft.origin, size, draft.tree.root())
    signed = sign_checkpoint(head, draft.log_key)
    return make_case_file("x", {**SMALL.files, "checkpoint": signed, **files})


def flood(count, folder="tile/9"):
    return {f"{folder}/x{n // 1000:03d}/{n % 1000:03d}": b"" for n in range(count)}


@pytest.mark.parametrize("folder", ["tile/9", "tile/0"])
@pytest.mark.parametrize("size", [5, 30_000 * 256, 10**15])
def test_a_flood_of_empty_tiles_is_refused_and_not_listed_whole(size, folder):
    report = verify(with_size(size, **flood(30_000, folder)))
    assert len(report.faults) <= 1001
    assert not report.genuine


def test_the_last_line_of_a_flood_says_how_many_are_not_listed():
    files = {**SMALL.files, **{f"charters/x{n}.toml": b"" for n in range(1500)}}
    *_, last = verify(make_case_file("x", files)).faults
    assert last.problem == "From here on 500 more faults are not listed."


def test_a_size_that_lies_names_some_of_the_tiles_that_it_asks_for():
    found = faults_of(with_size(10**15))
    assert ("checkpoint", None, "The tiles are not those of its size.") in found
    assert len(found) < 40


def test_a_folder_that_is_too_deep_is_shown_and_not_gone_into(tmp_path):
    write_folder(SMALL, tmp_path / "case", QuickDisk())
    here = os.open(tmp_path / "case", os.O_RDONLY)
    for _ in range(60):
        os.mkdir("a", dir_fd=here)
        inner = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    (stray,) = read_case_file(tmp_path / "case").strays
    assert stray.path == "/".join("a" * 13)
    assert stray.problem == "This is a folder that lies too deep; a case file has none."


def test_a_path_that_is_too_deep_has_no_place_in_a_zip_either():
    path = "charters/" + "/".join("a" * 13)
    found = make_case_file("x", {**SMALL.files, path: b"x"})
    assert [one.path for one in found.strays] == [path]


@pytest.mark.parametrize("path", ["a\x1b[2Jb", "a\nGENUINE: b", "a\x7f"])
def test_a_zip_with_a_path_that_cannot_be_shown_is_refused_by_its_escaped_name(path):
    with pytest.raises(PeymanError) as caught:
        read_zip(write_zip({path: b"x"}), "almaty.zip")
    shown = path.encode("unicode_escape").decode()
    assert caught.value.problem == (
        f"almaty.zip holds a path that cannot be shown: {shown}."
    )


def test_a_fault_is_one_line_whatever_a_stranger_wrote():
    fault = Fault("a\x1b[2J", None, "b\nGENUINE\u202e ساخت\u200cها", "c")
    assert str(fault) == "a\\x1b[2J: b\\nGENUINE\\u202e ساخت\u200cها [c]"


def test_a_case_toml_of_dotted_names_is_refused_before_it_is_parsed():
    data = ".".join("a" * 100_000).encode() + b"=1\n"
    started = time.monotonic()
    found = faults_of(changed(SMALL, "case.toml", data))
    assert time.monotonic() - started < 1
    assert found == [("case.toml", None, "case.toml has more than 8192 bytes.")]


def a_receipt():
    draft = small_case()
    envelope, entered = draft.entries[4]
    head = Checkpoint(draft.origin, 5, draft.tree.root())
    signed = sign_checkpoint(head, draft.log_key)
    proof = draft.tree.inclusion(4, 5)
    return draft, envelope, Receipt(4, digest(envelope), entered, proof, signed)


@pytest.mark.parametrize(
    "changes",
    [
        {"entered": "garbage"},
        {"entered": "9999-12-31T00:00:00Z"},
        {"entered": None},
        {"commitment": "0" * 64},
        {"commitment": None},
        {"proof": ("text",)},
        {"proof": None},
        {"proof": ()},
        {"index": -1},
        {"index": None},
        {"index": 10**30},
        {"checkpoint": b""},
        {"checkpoint": b"\xff"},
        {"checkpoint": None},
    ],
)
def test_a_receipt_that_is_malformed_proves_nothing(changes):
    draft, envelope, receipt = a_receipt()
    key = draft.log_key.public
    assert receipt.proves(envelope, draft.origin, key)
    assert not replace(receipt, **changes).proves(envelope, draft.origin, key)
    assert not receipt.proves(envelope, "garbage", key)


@pytest.mark.parametrize(
    "at", ["9999-12-31", "0001-01-01", "0001-01-01T00:00+14:00", "1899-12-31T00:00Z"]
)
def test_a_year_that_no_zone_can_hold_is_a_fault_and_no_crash(at):
    draft = small_case()
    good = seal(draft.payload("note", {"text": "n"}), draft.keys[REGISTRAR])
    inner = json.loads(good)
    payload = base64.b64decode(inner["payload"]).replace(b"2022-01-05", at.encode())
    inner["payload"] = base64.b64encode(payload).decode()
    draft.add_envelope(canonical.encode(inner))
    ((path, index, problem),) = faults_of(draft.forge())
    assert (path, index) == ("envelopes/000005.json", 5)
    assert problem == f"at is '{at}': no date, no instant and not unknown."
