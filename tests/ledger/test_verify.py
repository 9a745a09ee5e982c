"""A case file is genuine, and whole, or `verify` says where it is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import make_case_file, read_entries, verify
from peyman.ledger.log.note import Checkpoint, sign_checkpoint
from tests.ledger.builders import (
    ANALYST,
    CHARTER,
    COUNCIL,
    GEOMETRY,
    Draft,
    changed,
    faults_of,
    small_case,
)

SMALL = small_case().build()
NAMES = {"csto.toml": CHARTER, "csto/area.geojson": GEOMETRY}


def tiny_case():
    """The fewest bytes with one of everything: for changing each of them."""
    draft = Draft(offices=("peyman/registrar",), charters={"csto": NAMES})
    draft.open()
    draft.add_source()
    return draft.build()


def case_with_register():
    register = Draft(
        "demo.peyman/csto-register", register="csto", offices=("peyman/registrar",)
    )
    register.open()
    draft = Draft(registers={"csto": register.build()})
    draft.open()
    draft.add("act", {"acts": []}, by=COUNCIL)
    return draft.build()


TINY, CARRIER = tiny_case(), case_with_register()


def flip(casefile, path, place, change):
    data = casefile.files[path]
    other = data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
    return changed(casefile, path, other)


def test_a_case_is_genuine_and_whole():
    report = verify(SMALL)
    assert (report.genuine, report.whole, report.size, report.present) == (
        True,
        True,
        5,
        5,
    )
    assert (report.faults, report.withheld, report.erased) == ((), (), ())
    assert [(one.office, (*one.indexes,)) for one in report.signed] == [
        (COUNCIL, (3,)),
        (ANALYST, (2, 4)),
        ("peyman/registrar", (0, 1)),
    ]
    assert report.log_key == small_case().log_key.public.fingerprint


@pytest.mark.parametrize("path", sorted(TINY.files))
def test_each_changed_byte_is_found_in_its_file(path):
    for place in range(len(TINY.files[path])):
        report = verify(flip(TINY, path, place, 1 << place % 8))
        assert not report.genuine
        assert path in {fault.path for fault in report.all_faults()}, place


@given(st.data())
def test_a_changed_byte_in_a_register_is_found_in_its_file(data):
    path = data.draw(st.sampled_from(sorted(CARRIER.files)))
    place = data.draw(st.integers(0, len(CARRIER.files[path]) - 1))
    report = verify(flip(CARRIER, path, place, data.draw(st.integers(1, 255))))
    assert not report.genuine
    assert path in {fault.path for fault in report.all_faults()}


@given(st.data())
def test_a_file_that_is_cut_is_found(data):
    path = data.draw(st.sampled_from(sorted(CARRIER.files)))
    length = data.draw(st.integers(0, len(CARRIER.files[path]) - 1))
    report = verify(changed(CARRIER, path, CARRIER.files[path][:length]))
    assert not report.genuine
    assert path in {fault.path for fault in report.all_faults()}


@given(st.data())
def test_two_files_that_change_places_are_found(data):
    paths = sorted(CARRIER.files)
    one = data.draw(st.sampled_from(paths))
    others = [path for path in paths if CARRIER.files[path] != CARRIER.files[one]]
    two = data.draw(st.sampled_from(others))
    files = {**CARRIER.files, one: CARRIER.files[two], two: CARRIER.files[one]}
    assert not verify(make_case_file("x", files)).genuine


@pytest.mark.parametrize("path", sorted(CARRIER.files))
def test_a_file_that_is_removed_is_missed(path):
    report = verify(changed(CARRIER, path, None))
    if path == "envelopes/000001.json":
        assert (report.genuine, report.whole, report.withheld) == (True, False, (1,))
    else:
        assert path in {fault.path for fault in report.all_faults()}


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "case.toml~",
        "charters/nato.toml",
        "envelopes/000005.json",
        "envelopes/0000000.json",
        "envelopes/1.json",
        "sources/" + "a" * 64,
        "tile/0/000",
        "tile/0/000.p/4",
        "tile/1/000.p/1",
        "tile/entries/001.p/1",
        "registers/nato/checkpoint",
        "registers/csto",
        ".DS_Store",
    ],
)
def test_a_file_too_many_is_found(path):
    files = {**SMALL.files, path: SMALL.files["envelopes/000004.json"]}
    report = verify(make_case_file("x", files))
    assert path in {fault.path for fault in report.all_faults()}


@pytest.mark.parametrize(
    ("path", "place", "fault"),
    [
        (
            "envelopes/000003.json",
            300,
            ("envelopes/000003.json", 3, "No leaf here commits to this envelope."),
        ),
        (
            "tile/0/000.p/5",
            70,
            ("tile/0/000.p/5", 2, "A hash in this tile is false."),
        ),
        (
            "tile/entries/000.p/5",
            520,
            ("tile/entries/000.p/5", 4, "The root commits to another leaf."),
        ),
        (
            "charters/csto.toml",
            3,
            (
                "charters/csto.toml",
                None,
                "This is not the file that the case binds for csto.",
            ),
        ),
        (
            "sources/5518e2a05d287386f9a77b2e85f1e0a44921e34acaf6775f6da05396e26930b0",
            3,
            (
                "sources/5518e2a05d287386f9a77b2e85f1e0a44921e34acaf6775f6da05396e26930b0",
                1,
                "These are not the bytes of the source.",
            ),
        ),
        (
            "checkpoint",
            150,
            (
                "checkpoint",
                None,
                "The signature of demo.peyman/case on the checkpoint is false.",
            ),
        ),
    ],
)
def test_one_change_is_one_fault_that_says_where(path, place, fault):
    assert faults_of(flip(SMALL, path, place, 2)) == [fault]


def test_a_case_toml_that_reads_well_is_still_the_wrong_one():
    data = SMALL.files["case.toml"].replace(b"A case", b"A lie.")
    assert faults_of(changed(SMALL, "case.toml", data)) == [
        ("case.toml", None, "`open` binds another case.toml.")
    ]


def test_a_fault_reads_as_one_line():
    (fault,) = verify(flip(SMALL, "envelopes/000003.json", 300, 2)).faults
    assert str(fault) == (
        "envelopes/000003.json (e3): No leaf here commits to this envelope."
        " [docs/record.md, section 2]"
    )


def test_an_entry_and_its_leaf_forged_together_do_not_make_the_root():
    other = small_case(last="forged")
    forged = other.forge()
    files = {**forged.files, "checkpoint": SMALL.files["checkpoint"]}
    assert ("checkpoint", None, "The leaves do not make its root.") in faults_of(
        make_case_file("x", files)
    )


@pytest.mark.parametrize("size", [0, 4, 6, 300, 10**15])
def test_a_signed_size_that_is_not_that_of_the_tiles_is_found(size):
    draft = small_case()
    head = Checkpoint(draft.origin, size, draft.tree.root())
    report = verify(changed(SMALL, "checkpoint", sign_checkpoint(head, draft.log_key)))
    assert not report.genuine


def test_what_cannot_be_read_is_neither_genuine_nor_whole():
    report = verify(changed(SMALL, "checkpoint", b"x"))
    assert (report.genuine, report.whole, report.present) == (False, False, 0)


@given(st.dictionaries(st.sampled_from(sorted(CARRIER.files)), st.binary(max_size=9)))
def test_no_content_makes_verify_crash(files):
    report = verify(make_case_file("x", {**CARRIER.files, **files}))
    assert report.genuine is (not files)


def test_reading_refuses_what_is_not_genuine_and_names_the_place():
    with pytest.raises(PeymanError) as caught:
        read_entries(
            replace(flip(SMALL, "envelopes/000003.json", 300, 2), name="almaty")
        )
    assert str(caught.value) == (
        "almaty is not genuine. envelopes/000003.json: No leaf here commits to this"
        " envelope.\n"
        "  Authority: docs/record.md, section 2\n"
        "  Next step: See all that is wrong with it: peyman verify"
    )


def test_a_case_of_more_than_one_bundle_is_genuine():
    draft = Draft(offices=("peyman/registrar",))
    draft.open()
    for number in range(257):
        draft.add("note", {"text": str(number)})
    built = draft.build()
    assert "tile/1/000.p/1" in built.files
    assert faults_of(built) == []
    assert ("tile/1/000.p/1", None, "A hash in this tile is false.") in faults_of(
        flip(built, "tile/1/000.p/1", 5, 1)
    )
    assert (
        "tile/entries/001.p/2",
        257,
        "The root commits to another leaf.",
    ) in faults_of(flip(built, "tile/entries/001.p/2", 140, 1))
