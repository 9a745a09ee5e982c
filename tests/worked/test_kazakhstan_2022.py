"""The founding case, as it is committed: rebuilt, verified, read at eight moments."""

import json
from pathlib import Path

import pytest

from peyman.case.asking.thread import sources_of, thread
from peyman.case.boards.standing import standing
from peyman.case.load import load
from peyman.case.making.build import build
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant
from peyman.cli.board import board
from peyman.cli.showing import titles
from peyman.ledger.files.build import build_log
from peyman.ledger.files.casefile import make_case_file, read_case_file
from peyman.ledger.files.copies import withhold
from peyman.ledger.verifying.verify import verify

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
NAMES = ("csto-register", "kazakhstan-register", "kazakhstan-2022")
MOMENTS = (
    "2022-01-05T12:00Z",
    "2022-01-05T20:00Z",
    "2022-01-06T06:00Z",
    "2022-01-06T18:00Z",
    "2022-01-07T12:00Z",
    "2022-01-11T12:00Z",
    "2022-01-13T12:00Z",
    "2022-01-20T00:00Z",
)


@pytest.fixture(scope="module")
def case():
    return load(read_case_file(CASES / "kazakhstan-2022")).case


def at(case, moment):
    instant = read_instant(moment)
    return standing(read_case(case, instant, instant))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_committed_is_what_its_source_gives_bit_for_bit(name):
    data = (CASES / "src" / f"{name}.toml").read_bytes()
    committed = read_case_file(CASES / name)
    charters = {p.stem: p.read_bytes() for p in (ROOT / "charters").glob("*.toml")}
    registers = {}
    if name == "kazakhstan-2022":
        for charter in ("csto", "kazakhstan"):
            registers[charter] = load(read_case_file(CASES / f"{charter}-register"))
    wanted = {one: charters[one] for one in load(committed).case.charters}
    made = build(data, name, wanted, registers)
    built = build_log(made.files, made.entries, made.log_key)
    assert dict(built.files) == dict(committed.files)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_committed_is_genuine_and_whole(name):
    report = verify(read_case_file(CASES / name))
    assert list(report.all_faults()) == []
    assert report.whole


def test_the_case_has_120_to_200_entries_besides_sources_and_keys(case):
    told = [e for e in case.entries if e.kind not in ("open", "key", "source")]
    assert 120 <= len(told) <= 200


def test_its_sources_are_abstracts_in_three_languages_without_quotation_marks(case):
    sources = [entry for entry in case.entries if entry.kind == "source"]
    languages = [str(entry.body["language"]) for entry in sources]
    assert all(entry.body["abstract"] is True for entry in sources)
    assert min(languages.count(one) for one in ("en", "fa", "ru")) >= 5
    for entry in sources:
        assert not set('«»“”"') & set(case.texts[entry.commitment]), entry.name


def test_from_every_act_and_movement_the_thread_leads_to_a_source(case):
    for entry in case.entries:
        if entry.kind in ("act", "serial", "strength", "pledge", "status", "measure"):
            assert sources_of(thread(case, entry)), entry.name


def test_every_entry_but_the_first_and_the_notes_cites_where_its_facts_come_from(case):
    for entry in case.entries:
        if entry.kind not in ("open", "key", "source", "note"):
            assert entry.cites, entry.name


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_board_reads_as_a_lawyer_would_expect(case, moment, golden):
    text = board(at(case, moment), case.zone, titles(case))
    golden(f"kazakhstan-2022/{moment.replace(':', '')}.txt", text)


def test_the_standing_as_data_is_the_example_of_the_docs(case, golden):
    shown = json.dumps(at(case, "2022-01-06T18:00Z"), ensure_ascii=False, indent=1)
    golden("../../docs/show.example.json", f"{shown}\n")


def test_what_was_not_yet_entered_was_not_yet_known(case):
    early = read_instant("2022-01-06T06:00Z")
    late = read_instant("2022-12-31T00:00Z")
    then = standing(read_case(case, early, early))
    since = standing(read_case(case, early, late))
    assert then["entries"] < since["entries"]


def test_a_filtered_copy_is_genuine_and_not_whole(case):
    whole = read_case_file(CASES / "kazakhstan-2022")
    notes = [entry.index for entry in case.entries if entry.kind == "note"]
    copy = withhold(whole, notes)
    report = verify(copy)
    assert list(report.all_faults()) == []
    assert not report.whole
    assert report.withheld == tuple(notes)


def test_one_changed_byte_in_any_file_is_found_and_its_place_named():
    whole = read_case_file(CASES / "kazakhstan-2022")
    for path in sorted(whole.files)[::17]:
        data = whole.files[path]
        middle = len(data) // 2
        changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        report = verify(make_case_file("changed", {**whole.files, path: changed}))
        faults = list(report.all_faults())
        assert faults, path
        assert any(path in fault.path or fault.path in path for fault in faults), path


def test_the_board_in_the_readme_is_a_part_of_the_real_one():
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme.split("--known-at 2022-01-06T18:00Z\n")[1].split("```")[0]
    golden = ROOT / "tests" / "goldens" / "kazakhstan-2022" / "2022-01-06T1800Z.txt"
    left = iter(golden.read_text("utf-8").splitlines())
    for line in shown.splitlines():
        if line.strip() not in ("...", ""):
            assert line in left, line
