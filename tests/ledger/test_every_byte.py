"""Every byte of a case file is bound: flipped, cut, moved, doubled, added, it is found.

The whole of a log of 300 entries is flipped byte by byte in `make soak`; in every other run
a sample of it that is the same each time, and the whole of a small case.
"""

import os
import random
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import combinations

import pytest

from peyman.ledger import (
    commitment,
    digest,
    make_case_file,
    read_case_file,
    seal,
    verify,
    write_folder,
)
from peyman.ledger.entries.envelope import read_envelope
from peyman.ledger.files.archive import write_zip
from peyman.ledger.files.casefile import envelope_path
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.tiles import ENTRIES, Tile, read_bundle, tile_bytes
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.verifying import verify as verifying
from peyman.ledger.verifying.verify import examine
from tests.ledger.builders import REGISTRAR, Draft, changed
from tests.ledger.disks import QuickDisk
from tests.ledger.logs import leaf_at, log_in
from tests.ledger.test_verify import CARRIER, TINY, flip

SIZE = 300
SAMPLE = 300


@cache
def log_of(size):
    """A log of so many entries, notes but for the first two."""
    draft = Draft(offices=(REGISTRAR,))
    draft.open()
    draft.add_source()
    for number in range(size - 2):
        draft.add("note", {"text": str(number)})
    return draft


@cache
def built(size):
    return log_of(size).build()


def undetected(path, places=None):
    """The places of a file whose flipped byte nobody finds.

    Signatures of entries are not asked: that could only find more.
    """
    whole = built(SIZE)
    missed = []
    for place in range(len(whole.files[path])) if places is None else places:
        report = examine(
            flip(whole, path, place, 1 << place % 8), signatures=False
        ).report
        if path not in {fault.path for fault in report.all_faults()}:
            missed.append((path, place))
    return missed


def test_a_sample_of_flipped_bytes_in_a_log_of_300_is_found():
    chance = random.Random("every byte of a log of 300")
    paths = sorted(built(SIZE).files)
    places = [(path, n) for path in paths for n in range(len(built(SIZE).files[path]))]
    for path, place in chance.sample(places, SAMPLE):
        assert undetected(path, [place]) == []


def read_each_envelope_once():
    """Keep what reading gives: of a flipped file, all envelopes but one are as before."""
    verifying.read_envelope = cache(read_envelope)  # type: ignore[attr-defined]


@pytest.mark.soak
def test_every_flipped_byte_of_a_log_of_300_is_found():
    with ProcessPoolExecutor(
        os.cpu_count(), initializer=read_each_envelope_once
    ) as pool:
        found = pool.map(undetected, sorted(built(SIZE).files), chunksize=4)
        assert [one for missed in found for one in missed] == []


@pytest.mark.parametrize("path", sorted(TINY.files))
def test_a_file_that_is_cut_at_any_length_is_found(path):
    for length in range(len(TINY.files[path])):
        report = verify(changed(TINY, path, TINY.files[path][:length]))
        assert path in {fault.path for fault in report.all_faults()}, length


@pytest.mark.parametrize("path", sorted(TINY.files))
def test_a_file_to_which_a_byte_is_added_is_found(path):
    for more in (b"\n", b"\0", b" "):
        for data in (TINY.files[path] + more, more + TINY.files[path]):
            report = verify(changed(TINY, path, data))
            assert path in {fault.path for fault in report.all_faults()}


def test_any_two_files_that_change_places_are_found():
    for one, two in combinations(sorted(CARRIER.files), 2):
        if CARRIER.files[one] != CARRIER.files[two]:
            files = {**CARRIER.files, one: CARRIER.files[two], two: CARRIER.files[one]}
            assert not verify(make_case_file("x", files)).genuine, (one, two)


def places_for(data):
    """Paths that a case file has room for, and this one does not have."""
    return [
        "envelopes/000002.json",
        "envelopes/000099.json",
        "envelopes/0000001.json",
        "charters/other.toml",
        f"sources/{digest(data)}",
        "sources/" + "0" * 64,
        "tile/0/000.p/1",
        "tile/0/000",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/1",
        "registers/csto/envelopes/000001.json",
        "registers/nato/case.toml",
        "readme",
    ]


@pytest.mark.parametrize("path", sorted(CARRIER.files))
def test_a_file_that_is_doubled_or_renamed_is_found(path):
    data = CARRIER.files[path]
    for other in places_for(data):
        if other in CARRIER.files:
            continue
        for files in (
            {**CARRIER.files, other: data},
            {**{p: d for p, d in CARRIER.files.items() if p != path}, other: data},
        ):
            report = verify(make_case_file("x", files))
            assert not report.genuine, other


@pytest.mark.parametrize("other", ["notes.txt", "envelopes/000001.json.bak", "tile/x"])
def test_a_file_that_is_added_in_a_folder_or_a_zip_is_found(tmp_path, other):
    write_folder(TINY, tmp_path / "case", QuickDisk())
    (tmp_path / "case" / other).write_bytes(b"x")
    assert not verify(read_case_file(tmp_path / "case")).genuine
    (tmp_path / "case.zip").write_bytes(write_zip({**TINY.files, other: b"x"}))
    assert not verify(read_case_file(tmp_path / "case.zip")).genuine


def test_a_file_that_stands_under_its_name_in_other_letters_is_found(tmp_path):
    write_folder(TINY, tmp_path / "case", QuickDisk())
    (tmp_path / "case" / "case.toml").rename(tmp_path / "case" / "Case.toml")
    report = verify(read_case_file(tmp_path / "case"))
    assert {fault.path for fault in report.faults} >= {"Case.toml", "case.toml"}


# --------------------------------------------------------- forged, without the log's key

THREE_TILES = 600


@pytest.mark.parametrize("index", [2, 255, 256, 511, 512, 599])
@pytest.mark.parametrize("upwards", [False, True], ids=["level 0", "every level"])
def test_an_entry_forged_with_its_leaf_and_hashes_does_not_make_the_root(
    index, upwards
):
    whole = built(THREE_TILES)
    other = log_of(THREE_TILES).payload("note", {"text": "forged"})
    forged = seal(other, log_of(THREE_TILES).keys[REGISTRAR])
    log = log_in(whole)
    leaves = [encode_leaf(leaf_at(log, n)) for n in range(THREE_TILES)]
    leaves[index] = encode_leaf(Leaf(commitment(forged), log_of(THREE_TILES).entered))
    tree = Tree(map(hash_leaf, leaves))
    number = index // 256
    width = min(256, THREE_TILES - 256 * number)
    tiles = [Tile(ENTRIES, number, width), Tile(0, number, width)]
    if upwards:
        tiles.append(Tile(1, 0, THREE_TILES // 256))
    files = {**whole.files, envelope_path(index): forged}
    files |= {tile.path: tile_bytes(tile, tree, leaves) for tile in tiles}
    assert len(read_bundle(tiles[0], files[tiles[0].path])) == width
    faults = verify(make_case_file("x", files)).faults
    assert ("checkpoint", "The leaves do not make its root.") in {
        (fault.path, fault.problem) for fault in faults
    }


def refiled(entries):
    """What a keeper's thief makes of other entries: all right but for the signed head."""
    draft = log_of(20)
    thief = Draft(offices=(REGISTRAR,))
    thief.files = draft.files
    for envelope, entered in entries:
        thief.add_envelope(envelope, entered)
    return thief.forge()


def dropped(entries):
    return entries[:7] + entries[8:]


def reordered(entries):
    return [*entries[:7], entries[8], entries[7], *entries[9:]]


def inserted(entries):
    return [*entries[:7], entries[3], *entries[7:]]


@pytest.mark.parametrize("change", [dropped, reordered, inserted])
def test_what_is_dropped_reordered_or_inserted_is_found(change):
    whole = built(20)
    made = refiled(change(log_of(20).entries))
    head = whole.files["checkpoint"]
    assert not verify(changed(made, "checkpoint", head)).genuine
    # Nor does signing the new order: what each entry has seen does not fit any more.
    problems = {fault.problem for fault in verify(made).faults}
    assert any(one.startswith("It has seen a head of ") for one in problems)
