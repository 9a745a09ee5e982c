import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import run

WORKED = Path(__file__).parents[2] / "cases" / "kazakhstan-2022"
THEN = ("--at", "2022-01-12")


def digest(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def asked(sentence, *options):
    result = run("ask", WORKED, "--if", sentence, *THEN, "--json", *options)
    return result.exit_code, json.loads(result.stdout)


def changed(told):
    return {
        (one["change"], one["list"], one["act"].rpartition(".")[2], by)
        for one in told["changes"]
        for by in one["by"]
        if one["list"] != "may"
    }


# --------------------------------------------------------------------------------- ask


def test_had_one_objected_there_would_be_no_mandate_and_everybody_would_owe_withdrawal():
    code, told = asked("RU object to mandate")
    assert (code, told["effect"]) == (1, False)
    assert told["assumed"] == "a yes of AM, BY, KG, KZ, TJ"
    (vote,) = (one for one in told["findings"] if one["finding"] == "not carried")
    assert vote["text"] == "rejected: consensus: objection of RU"
    assert vote["article"] == ["C 12"]
    assert changed(told) == {
        ("goes", "in_force", "mandate", "csto/council"),
        *(("comes", "must", "withdraw", who) for who in ("AM", "BY", "KG", "RU", "TJ")),
    }


def test_an_act_that_would_have_effect_ends_with_0_and_nothing_is_written():
    before = digest(WORKED)
    code, told = asked("RU withdraw")
    assert (code, told["effect"], told["findings"]) == (0, True, [])
    assert changed(told) == {("goes", "in_force", "deploy", "RU")}
    assert digest(WORKED) == before


def test_the_answer_is_printed_for_people():
    result = run("ask", WORKED, "--if", "council prolong with term=30 days", *THEN)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == (
        "If csto/council does prolong, as of 2022-01-12 18:00 UTC:"
    )
    assert "  taken for granted: a yes of everybody who votes" in result.stdout
    assert "  csto: it would have effect" in result.stdout
    assert "  + in force: mandate" in result.stdout
    assert "by 2022-02-11 21:00 [e55/1]" in result.stdout


def test_nothing_that_would_change_is_said_too():
    result = run("ask", WORKED, "--if", "RU object to end", *THEN)
    assert result.exit_code == 1
    assert "it would have NO EFFECT" in result.stdout
    assert result.stdout.endswith("No row of the standing would change.\n")


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        (
            "RU withdrw",
            "There is no act withdrw in csto, kazakhstan. The nearest known is withdraw.",
        ),
        ("RU", "'RU' does not say who does what."),
        (
            "president lift",
            "'lift' may mean more than one thing: emergency.lift in e9/1,",
        ),
        ("RU withdraw at soon", "'soon' is not"),
    ],
)
def test_a_sentence_that_means_nothing_ends_with_2(sentence, problem):
    result = run("ask", WORKED, "--if", sentence)
    assert (result.exit_code, result.stdout) == (2, "")
    assert problem in result.stderr
    assert "Next step:" in result.stderr


# -------------------------------------------------------------------------- show --why


def test_the_chain_of_an_entry_ends_with_what_its_articles_say():
    result = run("show", WORKED, "--why", "e82", *THEN)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "e82/1 deploy, by RU (T 4, T 6, P 3)"
    assert lines[1].startswith("  too early: the record shows no consent of RU")
    assert lines[2].startswith("  e70/1 mandate, by csto/council")
    assert "csto T 4 [read: secondary]: Aggression against one party" in result.stdout


def test_the_chain_of_a_duty_is_printed_as_data():
    result = run("show", WORKED, "--why", "inform_parliament", "--json", *THEN)
    told = json.loads(result.stdout)
    head, cause, *_ = told["why"]
    assert head["article"] == ["K 44", "E 4", "E 6", "E 7"]
    assert (cause["depth"], cause["entry"]) == (1, "e9/1")
    assert {"K 44", "E 6"} <= {one["article"] for one in told["articles"]}
    assert all(one["says"]["en"] and one["checked"] for one in told["articles"])


def test_what_is_neither_owed_nor_there_ends_with_2():
    result = run("show", WORKED, "--why", "withdrwa")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The nearest known is withdraw." in result.stderr
