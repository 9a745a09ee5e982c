import json
import shutil
import zipfile
from pathlib import Path

import pytest

from peyman.ledger import read_case_file
from peyman.ledger.files.copies import withhold
from tests.builders import source_of, toml
from tests.cli.conftest import run

ROOT = Path(__file__).parents[2]
REQUEST = {"under": "pact", "act": "help.request", "by": "XA", "to": "pact/council"}


@pytest.fixture(scope="module")
def told(made, tmp_path_factory):
    """A case with a request that was entered a day after it was made, and a note."""
    folder = tmp_path_factory.mktemp("told")
    case = Path(shutil.copytree(made, folder / "case"))
    for written in (
        {"kind": "act", "at": "2022-01-05", "cites": ["e1"], "acts": [REQUEST]},
        {"kind": "note", "text": "Read twice."},
    ):
        written["entered"] = "2022-01-07T00:00:00Z"
        path = folder / "entry.toml"
        path.write_text("\n".join(f"{k} = {toml(v)}" for k, v in written.items()))
        assert run("enter", case, path).exit_code == 0
    return case


def copied(case, folder):
    return Path(shutil.copytree(case, folder / "copy"))


def refused(result):
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


def shown(case, *clocks):
    result = run("show", case, "--json", *clocks)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# -------------------------------------------------------------------------------- show


def test_both_clocks_are_honoured(told):
    for clocks, at, known_at, matters in (
        ([], "2022-01-07T00:00:00Z", "2022-01-07T00:00:00Z", 1),
        (
            ["--known-at", "2022-01-06"],
            "2022-01-06T18:00:00Z",
            "2022-01-06T18:00:00Z",
            0,
        ),
        (["--at", "2022-01-05"], "2022-01-05T18:00:00Z", "2022-01-07T00:00:00Z", 1),
        (
            ["--at", "2022-01-04T12:00Z", "--known-at", "2022-01-08T00:00Z"],
            "2022-01-04T12:00:00Z",
            "2022-01-08T00:00:00Z",
            0,
        ),
    ):
        found = shown(told, *clocks)
        assert (found["at"], found["known_at"]) == (at, known_at)
        assert len(found["matters"]) == matters


@pytest.mark.parametrize("option", ["--at", "--known-at"])
def test_a_time_that_is_none_is_refused(told, option):
    assert refused(run("show", told, option, "noon")).startswith(
        "'noon' is not an instant with its offset.\n  Authority: docs/record.md"
    )


def test_the_board_says_the_case_both_clocks_and_who_must(told):
    board = run("show", told).stdout
    assert "demo.peyman/case" in board
    assert "2022-01-07 00:00 UTC" in board
    assert "overdue" in board
    assert "pact/council" in board


def test_a_case_is_played_moment_by_moment(told):
    played = run("play", told)
    assert played.exit_code == 0
    assert played.stdout.count("Entered by ") == 1
    assert "act: pact.help.request, at 2022-01-05" in played.stdout


def test_a_thread_leads_to_the_source_and_names_it(told):
    result = run("thread", told, "e2")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "e2  act: pact.help.request, at 2022-01-05"
    assert result.stdout.splitlines()[1].startswith("  e1  source: ")
    assert "received, no address" in result.stdout


def test_a_thread_of_an_entry_that_is_not_here_is_refused(told):
    assert refused(run("thread", told, "e9")).startswith(
        "There is no entry e9 in demo.peyman/case.\n"
    )


# ------------------------------------------------------------------------------ verify


def test_a_case_as_its_keeper_has_it_is_genuine_and_whole(told):
    result = run("verify", told, "--whole")
    assert result.exit_code == 0
    assert "GENUINE: demo.peyman/case, 4 of 4 entries are here" in result.stdout
    assert "WHOLE up to checkpoint 4" in result.stdout
    report = json.loads(run("verify", told, "--json").stdout)
    assert (report["genuine"], report["whole"], report["faults"]) == (True, True, [])


def test_a_copy_that_withholds_is_genuine_and_not_whole(told, tmp_path):
    copy = tmp_path / "copy.zip"
    copy.write_bytes(withhold(read_case_file(told), [3]).zip())
    plain, whole = run("verify", copy), run("verify", copy, "--whole")
    assert (plain.exit_code, whole.exit_code) == (0, 1)
    assert "NOT WHOLE: not here: e3. Absence proves nothing." in plain.stdout
    assert whole.stdout.endswith(
        "You asked for the whole case: this file is not whole.\n"
    )
    found = shown(copy)
    assert (found["partial"], found["withheld"]) == (True, ["e3"])


def test_a_changed_byte_is_found_and_its_place_is_named(told, tmp_path):
    copy = copied(told, tmp_path)
    for path in sorted(p for p in copy.rglob("*") if p.is_file()):
        data = path.read_bytes()
        path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
        result = run("verify", copy)
        assert result.exit_code == 1, path
        assert result.stdout.startswith("NOT GENUINE: ")
        assert str(path.relative_to(copy)) in result.stdout
        path.write_bytes(data)
    assert run("verify", copy).exit_code == 0


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("envelopes/000099.json", "The log has no entry for this envelope."),
        ("envelopes/000002 (copy).json", "No case file has this file."),
        (f"sources/{'0' * 64}", ""),
        ("notes.txt", "No case file has this file."),
    ],
)
def test_a_doubled_or_foreign_file_is_found(told, tmp_path, path, problem):
    copy = copied(told, tmp_path)
    shutil.copy(copy / "envelopes" / "000002.json", copy / path)
    result = run("verify", copy)
    assert result.exit_code == 1
    assert f"{path}" in result.stdout
    assert problem in result.stdout


@pytest.mark.parametrize("left", [1, 100, -1])
def test_a_zip_that_was_cut_short_is_refused(told, tmp_path, left):
    data = read_case_file(told).zip()
    path = tmp_path / "cut.zip"
    path.write_bytes(data[:left])
    for command in (["verify"], ["show"], ["thread"]):
        args = [*command, path, *(["e1"] if command == ["thread"] else [])]
        assert "cut.zip" in refused(run(*args))


def test_an_envelope_that_was_cut_short_is_found(told, tmp_path):
    copy = copied(told, tmp_path)
    path = copy / "envelopes" / "000002.json"
    path.write_bytes(path.read_bytes()[:-20])
    result = run("verify", copy)
    assert result.exit_code == 1
    assert "envelopes/000002.json" in result.stdout


def test_a_zip_that_climbs_out_is_refused_and_writes_nothing(tmp_path):
    path = tmp_path / "in" / "evil.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("../evil.txt", "x")
        made.writestr("checkpoint", "x")
    before = sorted(tmp_path.rglob("*"))
    for command in ("verify", "show"):
        result = run(command, path)
        assert result.exit_code in (1, 2)
        assert "evil" in result.output
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_no_case_file_is_refused(tmp_path):
    assert refused(run("verify", tmp_path / "gone")).startswith(
        f"There is no case file at {tmp_path / 'gone'}.\n"
    )
    assert refused(run("verify", tmp_path)).startswith(
        f"{tmp_path.name} is not a case file: it has no checkpoint.\n"
    )


# ------------------------------------------------------------------------------- build


def source_at(folder, data):
    path = folder / "src" / "small.toml"
    path.parent.mkdir()
    path.write_bytes(data)
    return path


NOTE = {"id": "n", "kind": "note", "text": "x"}


def test_a_worked_case_is_built_beside_its_sources_and_again_with_the_same_bytes(
    tmp_path,
):
    path = source_at(tmp_path, source_of([NOTE], charters=["csto"]))
    result = run("build", path)
    assert (result.exit_code, result.stdout) == (
        0,
        f"{tmp_path / 'small'}: 2 entries\n",
    )
    first = read_case_file(tmp_path / "small").files
    assert run("build", path).exit_code == 0
    assert read_case_file(tmp_path / "small").files == first
    assert run("verify", tmp_path / "small", "--whole").exit_code == 0


def test_what_is_refused_leaves_the_built_case_as_it_was(tmp_path):
    path = source_at(tmp_path, source_of([NOTE], charters=["csto"]))
    run("build", path)
    first = read_case_file(tmp_path / "small").files
    path.write_bytes(source_of([{**NOTE, "cites": ["m"]}], charters=["csto"]))
    assert refused(run("build", path)) == (
        "Entry n: There is no earlier entry m.\n"
        "  Authority: docs/record.md, section 7: the source of a worked case\n"
        "  Next step: Cite only what was entered before; check the label and `entered`.\n"
    )
    assert read_case_file(tmp_path / "small").files == first


def test_a_folder_that_holds_anything_else_is_not_built_over(tmp_path):
    path = source_at(tmp_path, source_of([NOTE], charters=["csto"]))
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "dear.txt").write_text("x")
    assert refused(run("build", path, "--out", letters)) == (
        f"{letters} is there already, and is no case that could be built anew.\n"
        "  Authority: docs/record.md, section 6: the case file\n"
        "  Next step: Give another folder with --out.\n"
    )
    assert (letters / "dear.txt").read_text() == "x"


# -------------------------------------------------------------------------------- open


def test_a_case_is_not_opened_where_something_stands(made, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("Ships were seen off the cape by us all.\n")
    said = ["--charter", "csto", "--published", "2022-01-05", "--out", made]
    assert refused(run("open", report, *said)).startswith(f"{made} is there already.\n")


def test_a_case_stands_at_the_end_of_the_day_of_its_zone_on_which_it_was_published(
    tmp_path,
):
    report = tmp_path / "report.txt"
    report.write_text("Ships were seen off the cape by us all.\n")
    said = ["--charter", "csto", "--zone", "Asia/Almaty"]
    for published, at in (
        ("2022-01-05", "2022-01-05T18:00:00Z"),
        ("2022-01-05T23:30:00Z", "2022-01-06T18:00:00Z"),
        ("2022-01-06T01:00:00+06:00", "2022-01-06T18:00:00Z"),
    ):
        out = tmp_path / published.replace(":", "-")
        result = run("open", report, *said, "--published", published, "--out", out)
        assert result.exit_code == 0, result.output
        assert shown(out)["at"] == at
