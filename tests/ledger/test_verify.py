"""A case file is genuine, and whole, or `verify` says where it is not."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger import Citation, digest, make_case_file, read_entries, read_policy, verify
from peyman.ledger.note import Checkpoint, sign_checkpoint, verifier_key
from tests.ledger.builders import (
    ANALYST,
    CHARTER,
    COUNCIL,
    GEOMETRY,
    Draft,
    a_register,
    changed,
    faults_of,
    register_entry,
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
    assert (report.genuine, report.whole, report.size, report.present) == (True, True, 5, 5)
    assert report.faults == report.withheld == report.erased == report.contested == ()
    assert [(one.office, one.indexes) for one in report.signed] == [
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
            130,
            ("tile/entries/000.p/5", 1, "The root commits to another leaf."),
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


# ------------------------------------------------------------------- registers


def test_a_register_is_verified_inside_and_stands_in_the_report():
    report = verify(CARRIER)
    assert [(one, inside.origin) for one, inside in report.registers] == [
        ("csto", "demo.peyman/csto-register")
    ]
    assert report.genuine


def test_a_register_that_went_on_is_not_the_one_that_the_case_names():
    grown = a_register(4).build()
    draft = Draft(registers={"csto": a_register(2).build()})
    draft.open()
    draft.bring_register("csto", grown)
    assert faults_of(draft.forge()) == [
        (
            "registers/csto/checkpoint",
            None,
            "It has 4 entries; the case names it at 2.",
        )
    ]


def test_another_history_of_a_register_is_found_at_the_head_that_was_named():
    old = a_register(2).build()
    fork = Draft("demo.peyman/csto-register", register="csto")
    fork.open()
    for number in (7, 8, 9):
        fork.add("hold", {"office": "csto/chair", "note": str(number)})
    draft = Draft(registers={"csto": old})
    draft.open()
    draft.bring_register("csto", fork.build())
    draft.add("adopt", {"registers": [register_entry("csto", fork.build())]})
    assert faults_of(draft.forge()) == [
        (
            "registers/csto/checkpoint",
            0,
            "It is not the register whose head e0 names.",
        )
    ]


def test_a_log_that_is_no_register_does_not_pass_for_one():
    other = Draft("demo.peyman/csto-register")
    other.open()
    draft = Draft(registers={"csto": other.build()})
    draft.open()
    assert faults_of(draft.forge()) == [
        ("registers/csto/checkpoint", None, "It is not kept as the register of csto.")
    ]


def test_an_entry_may_cite_a_register_up_to_the_head_that_the_case_names():
    register = a_register(3)
    built = register.build()
    hold = read_entries(built)[2].commitment
    draft = Draft(registers={"csto": built})
    draft.open()
    draft.add("note", {"text": "n"}, cites=(Citation(hold, register.origin),))
    assert faults_of(draft.build()) == []


def test_an_entry_may_not_cite_what_a_register_had_not_yet():
    small, grown = a_register(2).build(), a_register(4).build()
    late = read_entries(grown)[3].commitment
    draft = Draft(registers={"csto": small})
    draft.open()
    cites = (Citation(late, "demo.peyman/csto-register"),)
    draft.add("note", {"text": "n"}, cites=cites)
    draft.bring_register("csto", grown)
    draft.add("adopt", {"registers": [register_entry("csto", grown)]})
    assert faults_of(draft.forge()) == [
        (
            "envelopes/000001.json",
            1,
            f"It cites {late[:16]}…, which is no earlier entry.",
        )
    ]


# ------------------------------------------------------------------- charters


def test_two_charters_may_share_a_file_only_as_the_same_bytes():
    draft = Draft(charters={"csto": NAMES, "nato": {"csto/area.geojson": b"{}"}})
    draft.files["charters/csto/area.geojson"] = GEOMETRY
    draft.open()
    assert faults_of(draft.forge()) == [
        (
            "charters/csto/area.geojson",
            None,
            "This is not the file that the case binds for nato.",
        )
    ]


def test_an_adopted_charter_takes_the_place_of_the_one_before():
    draft = Draft(charters={"csto": NAMES})
    draft.open()
    draft.files["charters/csto.toml"] = b"new"
    del draft.files["charters/csto/area.geojson"]
    files = {"csto.toml": digest(b"new")}
    draft.add("adopt", {"charters": [{"id": "csto", "files": files}]})
    assert faults_of(draft.build()) == []


# ------------------------------------------------------------------- trust, notes


def policy(*lines):
    return read_policy("\n".join([*lines, "quorum none"]).encode())


def test_a_pinned_log_key_is_held_against_the_file():
    origin, key = small_case().origin, small_case().log_key.public
    stranger = Draft("demo.peyman/other").log_key.public
    assert verify(SMALL, policy(f"log {verifier_key(origin, key)}")).genuine
    report = verify(SMALL, policy(f"log {verifier_key(origin, stranger)}"))
    assert [fault.problem for fault in report.faults] == [
        "Its log key is not one that the policy names."
    ]
    assert not verify(SMALL, policy()).genuine


def test_a_register_needs_no_pin_of_its_own_and_keeps_to_one_that_it_has():
    case_key = verifier_key("demo.peyman/case", Draft().log_key.public)
    assert verify(CARRIER, policy(f"log {case_key}")).genuine
    stranger = Draft("demo.peyman/other").log_key.public
    pin = f"log {verifier_key('demo.peyman/csto-register', stranger)}"
    assert not verify(CARRIER, policy(f"log {case_key}", pin)).genuine


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "The policy does not have one quorum line."),
        ("quorum none\nquorum none", "The policy does not have one quorum line."),
        ("log x", "The key of x is not strict base64."),
        ("trust me\nquorum none", "Line 1 of the policy cannot be read."),
        (
            "# witnesses\nwitness w w+00000000+AA==\nquorum w",
            "Line 2 of the policy asks for witnesses, which this release does not check.",
        ),
    ],
)
def test_a_policy_that_cannot_be_held_to_is_refused(text, problem):
    with pytest.raises(PeymanError) as caught:
        read_policy(text.encode())
    assert caught.value.problem == problem


def test_the_notes_say_what_no_file_can_prove():
    key = small_case().log_key.public.fingerprint
    assert verify(SMALL).notes == (
        f"It is judged in itself, by log key {key}: compare that key with one that you"
        " have from elsewhere.",
        "No witness has signed it: each entry's hour is by the keeper's word.",
        "The case is reconstructed: its keys derive from a published seed and prove"
        " nothing about who, and its hours were put together afterwards.",
    )


def test_a_live_case_has_no_note_on_seeds():
    draft = Draft(kept="live")
    draft.open()
    assert not any("seed" in note for note in verify(draft.build()).notes)


def test_a_log_that_is_cited_and_not_here_is_noted():
    draft = Draft()
    draft.open()
    draft.add("note", {"text": "n"}, cites=(Citation("a" * 64, "demo.peyman/far"),))
    assert verify(draft.build()).notes[-1] == (
        "Entries cite the log demo.peyman/far, which is not in this file."
    )


def test_entries_signed_with_a_key_revoked_back_to_them_are_contested():
    draft = small_case()
    key = draft.keys[ANALYST].public.fingerprint
    body = {"do": "revoke", "office": ANALYST, "key": key, "alg": "ed25519", "since": 3}
    draft.add("key", body)
    built = draft.build()
    report = verify(built)
    assert (report.genuine, report.contested) == (True, (4,))
    assert [one.index for one in read_entries(built) if one.is_contested] == [4]


def test_a_report_is_plain_json():
    told = json.loads(json.dumps(verify(CARRIER).as_json()))
    assert told["genuine"] is True
    assert told["registers"]["csto"]["size"] == 1


def test_reading_refuses_what_is_not_genuine_and_names_the_place():
    with pytest.raises(PeymanError) as caught:
        read_entries(replace(flip(SMALL, "envelopes/000003.json", 300, 2), name="almaty"))
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
