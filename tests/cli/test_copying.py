"""Copies that show less, erasures and releases, as a keeper makes them in a terminal."""

import json

import pytest

from peyman.case.load import load
from peyman.ledger import read_case_file
from peyman.ledger.files.casefile import envelope_path
from tests.cli.conftest import run
from tests.cli.test_entering import enter, refused
from tests.cli.test_keys import lines, own_key, public_of


def test_a_copy_that_withholds_says_how_many_entries_are_here(live, tmp_path):
    for text in "ab":
        lines(enter(live, kind="note", text=text))
    copy = tmp_path / "copy.zip"
    (said,) = lines(run("withhold", live, copy, "e1", "e2"))
    assert said.startswith(f"{copy}: 2 of 4 entries of keeper.local/live-")
    told = lines(run("verify", copy))
    assert told[0].endswith(", 2 of 4 entries are here")
    assert told[3] == "  NOT WHOLE: not here: e1, e2. Absence proves nothing."
    assert lines(run("verify", copy, "--whole"), 1)[-1] == (
        "You asked for the whole case: this file is not whole."
    )
    shown = json.loads(run("show", copy, "--json").stdout)
    assert (shown["partial"], shown["withheld"]) == (True, ["e1", "e2"])


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (["e0"], "e0 is `open`, which is in every case file."),
        (["x"], "x is no entry."),
    ],
)
def test_what_may_not_be_withheld_is_refused(live, tmp_path, entries, problem):
    said = refused(run("withhold", live, tmp_path / "copy", *entries))
    assert said.startswith(problem)
    assert not (tmp_path / "copy").exists()
    assert refused(run("withhold", live, live, "e1")).startswith(f"{live} is there")


def test_what_was_released_is_published_and_the_rest_hidden(live, tmp_path):
    assert refused(run("publish", live, tmp_path / "p")).startswith(
        "Nothing in this case was released."
    )
    for text in ("public", "inner"):
        lines(enter(live, kind="note", text=text))
    release = {"size": 4, "indexes": [0, 2], "kinds_not_shown": ["note", "source"]}
    lines(enter(live, kind="release", known_as="performed", **release))
    copy = tmp_path / "public.zip"
    (said,) = lines(run("publish", live, copy))
    assert said.startswith(f"{copy}: 3 of 5 entries of ")
    told = lines(run("verify", copy))
    assert told[0].startswith("GENUINE: ")
    assert any("Leaves are hidden" in one for one in told)
    assert b"inner" not in b"".join(read_case_file(copy).files.values())


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            {"size": 3, "indexes": [2], "kinds_not_shown": ["source"]},
            "It leaves out e0, `open`.",
        ),
        (
            {"size": 3, "indexes": [0, 2], "kinds_not_shown": []},
            "It leaves out e1 and does not say that it shows not every `source`.",
        ),
        (
            {"size": 9, "indexes": [0], "kinds_not_shown": []},
            "It releases entries that are to come.",
        ),
    ],
)
def test_a_release_that_shows_what_it_may_not_is_refused(live, body, problem):
    lines(enter(live, kind="note", text="x"))
    assert problem in refused(enter(live, kind="release", **body))


def with_second_office(live, monkeypatch):
    own_key(live, monkeypatch)
    public = public_of(run("key", "new", "XB"))
    lines(run("key", "add", live, "XB", public, "--held-by", "peyman/registrar"))


def erase(entry, kind="note"):
    return {
        "kind": "erase",
        "entries": [entry],
        "kinds": [kind],
        "reason": "It names a person.",
        "authority": "the two of us",
    }


def test_an_erased_entry_is_counted_and_named(live, monkeypatch):
    with_second_office(live, monkeypatch)
    lines(enter(live, kind="note", text="A name."))
    lines(enter(live, **erase("e4")))
    assert envelope_path(4) in read_case_file(live).files
    lines(enter(live, "--as", "XB", cites=["e5"], **erase("e4")))
    told = lines(run("verify", live))
    assert told[0].endswith(", 6 of 7 entries are here")
    assert told[3] == "  NOT WHOLE: erased: e4. Absence proves nothing."
    case = load(read_case_file(live)).case
    assert (case.withheld, case.erased) == ((), (4,))
    said = refused(enter(live, kind="note", text="x", cites=["e4"]))
    assert said.startswith("There is no entry e4 in ")
    assert lines(enter(live, kind="note", text="on it goes"))[0].startswith("e7 ")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"reason": "Another reason."}),
        ({}, {"cites": []}),
    ],
    ids=["another body", "not cited"],
)
def test_two_erasures_that_are_not_one_erase_nothing(live, monkeypatch, first, second):
    with_second_office(live, monkeypatch)
    lines(enter(live, kind="note", text="A name."))
    lines(enter(live, **{**erase("e4"), **first}))
    said = {"cites": ["e5"], **erase("e4"), **second}
    lines(enter(live, "--as", "XB", **said))
    assert envelope_path(4) in read_case_file(live).files
    assert load(read_case_file(live)).case.erased == ()
