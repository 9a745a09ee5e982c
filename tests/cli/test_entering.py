import json
import resource
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.builders import SPAN, toml
from tests.cli.conftest import run

ROOT = Path(__file__).parents[2]
REQUEST = {"under": "pact", "act": "help.request", "by": "XA", "to": "pact/council"}
PERIOD = {"kind": "act", "at": "2022-01-05"}


def write(folder, written):
    path = folder / "entry.toml"
    lines = [f"{name} = {toml(value)}" for name, value in written.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def enter(case, *options, **written):
    return run("enter", case, write(case.parent, written), *options)


def refused(result, code=2):
    assert result.exit_code == code
    assert result.stdout == ""
    return result.stderr


def digest(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    said = [
        f"{p.relative_to(folder)} {sha256(p.read_bytes()).hexdigest()}" for p in files
    ]
    return sha256("\n".join(said).encode()).hexdigest()


def test_a_note_is_entered_and_answered_with_its_name(case):
    result = enter(case, kind="note", text="Read twice.")
    assert (result.exit_code, result.stdout) == (0, "e2     note: Read twice.\n")


def test_an_act_is_answered_with_what_the_charter_finds(case):
    result = enter(case, **PERIOD, acts=[{**REQUEST, "to": ["XB", "XC"]}])
    assert result.exit_code == 0
    assert result.stdout == (
        "e2     act: pact.help.request, at 2022-01-05\n"
        "       pact: form: addressed to all who sit in pact/council, not to pact/council"
        " (P 1)\n"
    )


def test_a_claim_names_its_source_by_its_name_and_its_span_by_its_words(case):
    result = enter(
        case,
        kind="claim",
        at="2022-01-05",
        source="e1",
        span=SPAN,
        says="Ships were there.",
        speakers=["An agency"],
        form="narration",
    )
    assert result.exit_code == 0
    thread = run("thread", case, "e2").stdout
    assert f"words: {SPAN}" in thread
    assert "e1  source: " in thread


def test_one_request_told_in_two_envelopes_is_two_entries_and_each_is_judged(case):
    first = enter(case, **PERIOD, acts=[REQUEST])
    second = enter(case, **PERIOD, acts=[REQUEST])
    assert (first.stdout, second.stdout) == (
        "e2     act: pact.help.request, at 2022-01-05\n",
        "e3     act: pact.help.request, at 2022-01-05\n",
    )
    shown = json.loads(run("show", case, "--json").stdout)
    assert [matter["id"] for matter in shown["matters"]] == ["e2/1", "e3/1"]


def test_a_request_that_was_taken_back_is_not_taken_back_a_second_time(case):
    enter(case, **PERIOD, acts=[REQUEST])
    back = {**REQUEST, "act": "help.take_back", "matter": "e2/1"}
    at = {"kind": "act", "at": "2022-01-05T12:00Z"}
    first = enter(case, **at, acts=[back])
    second = enter(case, **{**at, "at": "2022-01-05T13:00Z"}, acts=[back])
    assert first.stdout == "e3     act: pact.help.take_back, at 2022-01-05T12:00Z\n"
    assert "\n       pact: not open (no effect): " in second.stdout


def test_a_ballot_tells_the_sum_so_far_and_that_its_vote_was_closed(case):
    enter(case, **PERIOD, acts=[REQUEST])
    cast = {"kind": "ballot", "matter": "e2/1", "act": "help.mandate", "vote": "yes"}
    late = {**PERIOD, "at": "2022-01-05T12:00Z", **cast}
    first = enter(case, **{**late, "member": "XB"})
    assert "so far: adopted; consensus: no objection" in first.stdout
    assert "closed" not in first.stdout
    decided = {"under": "pact", "act": "help.mandate", "matter": "e2/1"}
    at = {"kind": "act", "at": "2022-01-05T13:00Z"}
    enter(case, **at, acts=[{**decided, "by": "pact/council"}])
    second = enter(case, **{**late, "at": "2022-01-05T14:00Z", "member": "XC"})
    assert "help.mandate was voted on before, in e4, and that vote is closed" in (
        second.stdout
    )


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"kind": "note", "text": "x", "at": "2022-02-30"}, "2022-02-30"),
        (
            {**PERIOD, "acts": [{**REQUEST, "member": "QQ"}]},
            "There is no member QQ in pact.\n"
            "  Authority: docs/record.md, section 3: names in a body are those of the"
            " charters and places\n"
            "  Next step: Correct the member, or open the case with the charter that has"
            " it.\n",
        ),
        (
            {**PERIOD, "acts": [{**REQUEST, "by": "pact/counsel"}]},
            "There is no organ or office pact/counsel in pact. The nearest known is"
            " pact/council.\n",
        ),
        (
            {"kind": "note", "text": "x", "cites": ["e9"]},
            "There is no entry e9 in demo.peyman/case.\n"
            "  Authority: the record, which has 2 entries\n"
            "  Next step: Name one of e0 to e1 that is here, or a commitment.\n",
        ),
        (
            {"kind": "note"},
            "The entry of the kind note lacks text.\n"
            "  Authority: docs/record.md, section 3: kinds and bodies\n"
            "  Next step: Add text: text.\n",
        ),
        ({"kind": "notes", "text": "x"}, "kind is 'notes', which is none of: act,"),
        (
            {**PERIOD, "known_as": "performed", "acts": [REQUEST]},
            "peyman/registrar signs an act that XA performs.\n",
        ),
    ],
)
def test_a_bad_entry_is_refused_and_changes_nothing(case, written, says):
    before = digest(case)
    assert says in refused(enter(case, **written))
    assert digest(case) == before


@pytest.mark.parametrize("office", ["XA", "pact/chair", "peyman/analyst"])
def test_an_office_without_a_key_in_the_record_does_not_sign(case, office):
    assert refused(enter(case, "--as", office, kind="note", text="x")) == (
        f"{office} has no key in this record, so it cannot sign.\n"
        "  Authority: docs/record.md, section 5: keys are entered where they sign\n"
        "  Next step: Sign as peyman/registrar, or have the key entered first.\n"
    )


def test_an_entry_that_is_not_toml_is_refused_with_its_line(case):
    path = case.parent / "entry.toml"
    path.write_text('kind = "note"\ntext = \n')
    assert refused(run("enter", case, path)).startswith("entry.toml is not TOML: ")


def test_there_is_no_case_where_there_is_no_folder(tmp_path):
    path = write(tmp_path, {"kind": "note", "text": "x"})
    assert refused(run("enter", tmp_path / "gone", path)).startswith(
        f"There is no case at {tmp_path / 'gone'}.\n"
    )


def test_what_is_accepted_twice_is_entered_once(case):
    first = run("accept", case, "--all")
    before = digest(case)
    second = run("accept", case, "--all")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.splitlines()[-1] == "3 entered; 5 entries in the record."
    assert second.stdout == "0 entered; 5 entries in the record.\n"
    assert digest(case) == before


@pytest.mark.parametrize("args", [[], ["--all", "abc"]])
def test_accepting_says_which_proposals(case, args):
    assert refused(run("accept", case, *args)) == (
        "Say which proposals you accept.\n"
        "  Authority: peyman accept --help\n"
        "  Next step: Give their ids, or --all; not both.\n"
    )


def test_a_proposal_that_no_report_makes_is_refused(case):
    assert refused(run("accept", case, "0123456789ab")) == (
        "There is no proposal 0123456789ab.\n"
        "  Authority: the reports that this case keeps, read again\n"
        "  Next step: Take an id that `peyman open` or `peyman read` printed.\n"
    )


def test_a_disk_that_is_full_loses_nothing_that_was_acknowledged(case):
    enter(case, kind="note", text="acknowledged")
    path = write(case.parent, {"kind": "note", "text": "x" * 20_000})
    code = "from peyman.cli import main; main()"
    full = subprocess.run(
        [sys.executable, "-c", code, "enter", case, path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
    )
    assert full.returncode == 2
    assert (
        "The disk failed (File too large): the entry is not acknowledged."
        in full.stderr
    )
    again = run("enter", case, path)
    assert again.stdout.startswith("e3     note: xxx")
    verified = run("verify", case, "--whole")
    assert verified.exit_code == 0
    assert "4 of 4 entries are here" in verified.stdout


def test_a_live_case_keeps_its_keys_at_home_and_its_own_clock(tmp_path, monkeypatch):
    monkeypatch.setenv("PEYMAN_HOME", str(tmp_path / "home"))
    report = tmp_path / "report.txt"
    report.write_text("Ships were seen off the cape by us all.\n")
    charter = Path(__file__).parent.parent / "case" / "pact.toml"
    case = tmp_path / "live"
    said = ["--published", "2022-01-05", "--kept", "live", "--out", case]
    assert run("open", report, "--charter", charter, *said).exit_code == 0
    assert enter(case, kind="note", text="now").exit_code == 0
    assert refused(
        enter(case, kind="note", text="x", entered="2022-01-06T00:00:00Z")
    ).startswith("The entry states `entered`, and this case is kept live.\n")
    assert refused(enter(case, "--as", "XA", kind="note", text="x")).startswith(
        "There is no key of XA here"
    )
    shown = json.loads(run("show", case, "--json").stdout)
    assert (shown["kept"], shown["entries"]) == ("live", 3)
    monkeypatch.setenv("PEYMAN_HOME", str(tmp_path / "elsewhere"))
    assert refused(enter(case, kind="note", text="x")).startswith("There is no key of ")
