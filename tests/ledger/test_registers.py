"""Charters and registers go with the case, exactly as its entries name them."""

import pytest

from peyman.ledger import Citation, commitment, digest, verify
from tests.ledger.builders import (
    CHARTER,
    GEOMETRY,
    Draft,
    a_register,
    changed,
    faults_of,
    register_entry,
)

NAMES = {"csto.toml": CHARTER, "csto/area.geojson": GEOMETRY}
TWO = {"nato.toml": CHARTER, "csto/area.geojson": b"{}"}
NEW = {"id": "csto", "files": {"csto-2.toml": digest(b"new")}}


def test_a_register_is_verified_inside_and_stands_in_the_report():
    draft = Draft(registers={"csto": a_register().build()})
    draft.open()
    report = verify(draft.build())
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
    hold = commitment(register.entries[2][0])
    draft = Draft(registers={"csto": built})
    draft.open()
    draft.add("note", {"text": "n"}, cites=(Citation(hold, register.origin),))
    assert faults_of(draft.build()) == []


def test_an_entry_may_not_cite_what_a_register_had_not_yet():
    small, grown = a_register(2).build(), a_register(4).build()
    late = commitment(a_register(4).entries[3][0])
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


def test_two_charters_may_share_a_file_only_as_the_same_bytes():
    draft = Draft(charters={"csto": NAMES, "nato": TWO})
    draft.files["charters/csto/area.geojson"] = GEOMETRY
    draft.open()
    assert faults_of(draft.forge()) == [
        (
            "charters/csto/area.geojson",
            None,
            "This is not the file that the case binds for nato.",
        )
    ]


def adopted_anew():
    draft = Draft(charters={"csto": NAMES})
    draft.open()
    draft.files["charters/csto-2.toml"] = b"new"
    draft.add("adopt", {"charters": [NEW]})
    return draft


def test_an_adopted_charter_stands_beside_the_one_before():
    assert faults_of(adopted_anew().build()) == []


@pytest.mark.parametrize("path", ["csto.toml", "csto/area.geojson", "csto-2.toml"])
def test_a_charter_that_was_ever_listed_may_not_be_missing(path):
    built = changed(adopted_anew().build(), f"charters/{path}", None)
    assert faults_of(built) == [
        (f"charters/{path}", None, "This file of the charter csto is missing.")
    ]


def test_a_changed_charter_does_not_take_the_path_of_the_one_before():
    draft = Draft(charters={"csto": NAMES})
    draft.open()
    draft.files["charters/csto.toml"] = b"new"
    files = {"csto.toml": digest(b"new")}
    draft.add("adopt", {"charters": [{"id": "csto", "files": files}]})
    assert faults_of(draft.forge()) == [
        (
            "charters/csto.toml",
            None,
            "This is not the file that the case binds for csto.",
        )
    ]
