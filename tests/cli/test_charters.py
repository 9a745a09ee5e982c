import json

import pytest

from tests.charter.pact import FRAME
from tests.cli.conftest import run

PROLONG = """
[aid.grant]
by    = "first"
fixes = "term"
lasts = "term"
[aid.prolong]
art    = "T 2"
by     = "chair"
while  = "grant"
fixes  = "term"
amends = "grant"
"""


def written(folder, acts):
    path = folder / "pact.toml"
    path.write_text(FRAME + acts, encoding="utf-8")
    return path


def checked(folder, acts, *options):
    """The exit code, and what is printed as JSON."""
    result = run("check", written(folder, acts), "--json", *options)
    return result.exit_code, json.loads(result.stdout)


def test_a_charter_in_which_nothing_is_found_ends_with_0(tmp_path):
    code, told = checked(tmp_path, "")
    assert (code, told["found"]) == (0, [])
    assert told["checked"] == {
        "text": ["T 1", "T 2"],
        "secondary": [],
        "memory": ["T 3"],
    }


def test_what_is_found_and_not_acknowledged_ends_with_1(tmp_path):
    code, told = checked(tmp_path, PROLONG)
    assert code == 1
    assert told["found"] == [
        {
            "finding": "goes on without a vote",
            "act": "pact.aid.prolong",
            "article": ["T 2"],
            "text": "prolong may be done again and again, and no vote stands between:"
            " grant goes on",
            "story": [
                "ask, by member (T 1, T 2)",
                "grant, by pact/first (T 1, T 2)",
                "prolong, by pact/chair (T 2)",
                "prolong, by pact/chair (T 2)",
            ],
            "known": None,
        }
    ]


def test_what_is_found_and_acknowledged_ends_with_0_and_shows_the_reason(tmp_path):
    reason = '\nknown = "The chair was trusted."\n'
    path = written(tmp_path, PROLONG + reason)
    result = run("check", path)
    assert result.exit_code == 0
    assert "Found, and acknowledged: aid.prolong (T 2)" in result.stdout
    assert "  4. prolong, by pact/chair (T 2)" in result.stdout
    assert "  It is meant so: The chair was trusted." in result.stdout


def test_a_charter_that_cannot_be_read_ends_with_2_and_says_nothing_else(tmp_path):
    result = run("check", written(tmp_path, "[aid.grant]\nbye = 'chair'\n"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'bye' is not a word of an act." in result.stderr


def test_another_day_has_another_text(tmp_path):
    later = '[aid.one]\nby = "chair"\nafter = "one"\n[aid.one.2010-01-01]\nafter = []\n'
    assert checked(tmp_path, later)[0] == 0
    code, told = checked(tmp_path, later, "--on", "2009-01-01")
    assert (code, told["on"]) == (1, "2009-01-01")


@pytest.mark.parametrize("charter", ["csto", "kazakhstan"])
def test_the_charters_that_come_along_end_with_0(charter):
    result = run("check", charter)
    assert result.exit_code == 0
    assert "states walked" in result.stdout


def test_every_answer_is_told(tmp_path):
    acts = """
[aid.grant]
decide = "consensus"
duty   = { report = "no day" }
[aid.report]
by = "chair"
[aid.send]
by    = "each other member"
deed  = true
while = "grant"
undo  = { go_home = "2 days" }
[aid.go_home]
by    = "each other member"
deed  = true
ends  = "send"
"""
    _, told = checked(tmp_path, acts)
    (decision,), (way,), (stop,) = (
        told[name] for name in ("decisions", "ways_out", "never_meets")
    )
    assert (decision["fewest"], decision["saying_no"], decision["roll"]) == (1, 1, 2)
    assert (way["act"], way["free"], way["votes"]) == ("pact.aid.send", True, [])
    assert (stop["organ"], stop["never"][0]) == ("pact/council", "pact.aid.grant")
    assert [one["act"] for one in told["without_a_day"]] == ["pact.aid.report"]
    printed = run("check", tmp_path / "pact.toml").stdout
    for title in (
        "Who can block a decision:",
        "Ways out:",
        "If an organ never meets:",
        "Owed without a day, so that nobody is ever late:",
    ):
        assert title in printed
