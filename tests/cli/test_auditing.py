"""`peyman audit`: what it prints, what it writes, and how it ends."""

import csv
import json
import os
import pty
import random
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from peyman.charter.conformance.telling import SENTENCES
from peyman.cli import main
from peyman.exchange.logs.columns import NAMES
from tests.exchange.making import CASES, HEAD, VERDICTS, write_csv


def run(*words):
    return CliRunner().invoke(main, ["audit", *map(str, words)])


@pytest.fixture
def log(tmp_path):
    return write_csv(tmp_path / "log.csv", CASES)


def test_it_ends_with_0_if_all_conform_and_with_1_if_some_do_not(tmp_path, log):
    good = write_csv(tmp_path / "good.csv", CASES[:2])
    assert run(good, "--charter", "csto").exit_code == 0
    assert run(log, "--charter", "csto").exit_code == 1


def test_it_ends_with_1_if_something_cannot_be_told(tmp_path):
    rows = [CASES[0], (*CASES[1][:2], "", *CASES[1][3:])]
    told = run(write_csv(tmp_path / "log.csv", rows), "--charter", "csto")
    assert told.exit_code == 1
    assert "  good: cannot be told\n    row 2 has no time\n" in told.output


def test_it_prints_the_verdicts_the_faults_and_what_is_not_judged(log):
    told = run(log, "--charter", "csto").output
    assert told.startswith(
        "log.csv against csto: Collective Security Treaty Organization\n"
        "3 cases, 6 rows: 1 conform, 2 do not, 0 cannot be told\n"
    )
    assert (
        "    row 4: assistance.deploy (T 4, T 6, P 3): too early:"
        " the log shows no consent before\n" in told
    )
    assert (
        "    row 6: assistance.consult (T 4, T 2, P 3): late:"
        " owed by 2022-01-06T08:00:00Z because of request\n" in told
    )
    assert "Not judged, because a log does not tell:\n  votes:" in told


def test_a_verdict_on_articles_known_from_memory_says_so(tmp_path):
    rows = [("one", "leaving.notice", "2022-01-05", "KZ", "csto/secretary_general")]
    told = run(write_csv(tmp_path / "a.csv", rows), "--charter", "csto").output
    assert "memory" not in told
    rows = [("one", "sanction.propose", "2022-01-05", "KZ", "BY")]
    path = write_csv(tmp_path / "b.csv", rows, (*HEAD[:4], "subject"))
    told = run(path, "--charter", "csto").output
    assert "  1 verdicts rest on articles known only from memory\n" in told
    first = json.loads(run(path, "--charter", "csto", "--json").output.splitlines()[0])
    assert (first["verdict"], first["checked"]) == ("conforms", "memory")


def test_json_is_a_line_a_case_and_a_last_one_with_the_sums(log):
    told = run(log, "--charter", "csto", "--json")
    *cases, last = [json.loads(line) for line in told.output.splitlines()]
    assert {one["case"]: one["verdict"] for one in cases} == VERDICTS
    assert cases[1]["faults"][0] == {
        "row": 4,
        "act": "assistance.deploy",
        "fault": "too early",
        "article": ["T 4", "T 6", "P 3"],
        "checked": "secondary",
        "text": "the log shows no consent before",
    }
    assert last["summary"]["verdicts"] == {"conforms": 1, "does not conform": 2}
    assert last["summary"]["cases"] == 3


@pytest.mark.parametrize("name", ["out.parquet", "out.jsonl"])
def test_results_go_into_a_file(tmp_path, log, name):
    told = run(log, "--charter", "csto", "--out", tmp_path / name)
    assert told.output.startswith("log.csv against csto")
    if name.endswith("parquet"):
        rows = pq.read_table(tmp_path / name).to_pylist()
    else:
        rows = [json.loads(x) for x in (tmp_path / name).read_text().splitlines()]
    by_json = run(log, "--charter", "csto", "--json").output.splitlines()[:-1]
    assert rows == [json.loads(line) for line in by_json]


def test_results_go_into_no_other_kind_of_file(tmp_path, log):
    told = run(log, "--charter", "csto", "--out", tmp_path / "out.xlsx")
    assert told.exit_code == 2
    assert told.output == (
        "Results cannot be written as out.xlsx.\n"
        "  Authority: docs/audit.md, section 5: results\n"
        "  Next step: End its name with .parquet or .jsonl.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--charter", "nowhere"], "There is no charter nowhere."),
        (["--charter", "csto", "--zone", "Mars"], "There is no time zone 'Mars'."),
        (["--charter", "csto", "--column", "case"], "'case' does not say which column"),
        (["--charter", "csto", "--at", "noon"], "'noon' is not an instant"),
    ],
)
def test_bad_usage_ends_with_2_and_says_what_to_do(log, words, said):
    told = run(log, *words)
    assert told.exit_code == 2
    assert told.output.startswith(said)
    assert "  Next step: " in told.output


def test_a_log_that_is_none_ends_with_2(tmp_path):
    told = run(tmp_path / "log.csv", "--charter", "csto")
    assert told.exit_code == 2
    assert "Next step: Check the path" in told.output


def test_names_in_a_log_cannot_pass_for_what_we_say(tmp_path):
    rows = [("a\x1b[2J", *CASES[2][1:]), ("a\x1b[2J", *CASES[3][1:])]
    told = run(write_csv(tmp_path / "log.csv", rows), "--charter", "csto").output
    assert "  a\\x1b[2J: does not conform\n" in told


def test_without_the_extra_it_says_what_to_install(log, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    told = run(log, "--charter", "csto")
    assert told.exit_code == 2
    assert told.output == (
        "Auditing a log needs numpy and pyarrow, not installed here.\n"
        "  Authority: pyproject.toml: the extra `audit`\n"
        '  Next step: Install it: pip install "peyman[audit]".\n'
    )


def stderr_of(log, err):
    peyman = Path(sys.executable).parent / "peyman"
    command = [peyman, "audit", log, "--charter", "csto"]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=err, check=False)


def test_the_progress_bar_is_for_a_terminal_alone(log):
    assert stderr_of(log, subprocess.PIPE).stderr == b""
    ours, theirs = pty.openpty()
    stderr_of(log, theirs)
    shown = os.read(ours, 10_000)
    assert b"100%" in shown
    assert b"6 rows" in shown
    os.close(ours)
    os.close(theirs)


# ----------------------------------------------------------------------- docs/audit.md

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_is_what_the_command_prints(monkeypatch):
    monkeypatch.chdir(ROOT)
    (block,) = re.findall(r"```\n\$ peyman (.*?)\n(.*?)```", PAGE, re.DOTALL)
    words, printed = block
    assert run(*words.split()[1:]).output == printed


def test_the_line_of_json_of_the_page_is_one_that_the_command_prints(monkeypatch):
    monkeypatch.chdir(ROOT)
    (line,) = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    shown = json.loads(line)
    printed = run("docs/audit/requests.csv", "--charter", "csto", "--json").output
    found = [json.loads(one) for one in printed.splitlines()]
    (one,) = [one for one in found if one.get("case") == shown["case"]]
    assert one["faults"][0] == shown["faults"][0]
    assert {**one, "faults": []} == {**shown, "faults": []}


def test_the_page_names_every_column_and_every_fault():
    for what, names in NAMES.items():
        assert all(f"`{name}`" in PAGE for name in (what, *names)), what
    assert all(f"`{code}`" in PAGE for code in SENTENCES if code != "too much")


def test_the_sample_log_is_read_alike_in_any_order(tmp_path):
    sample = ROOT / "docs" / "audit" / "requests.csv"
    with sample.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    random.Random(3).shuffle(rows)
    path = write_csv(tmp_path / "requests.csv", rows, head)
    lines = [run(p, "--charter", "csto").output.splitlines() for p in (sample, path)]
    assert lines[0][:12] == lines[1][:12]
