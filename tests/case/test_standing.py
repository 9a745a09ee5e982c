import re

import pytest

from tests.case.small import DAY, REQUEST, record, shown

CONTRACT = {
    "case",
    "at",
    "known_at",
    "kept",
    "partial",
    "withheld",
    "erased",
    "matters",
    "conditions",
    "mandates",
}
MATTER = {"id", "charter", "kind", "subject", "contested", "findings"}
LISTS = {"may", "must", "late", "may_be_late", "waiting", "in_force"}
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def test_every_key_of_the_contract_is_there():
    told = shown(record())
    (matter,) = told["matters"]
    (mandate,) = told["mandates"]
    assert told.keys() >= CONTRACT
    assert matter.keys() >= MATTER | LISTS
    for condition in told["conditions"]:
        assert condition.keys() >= {
            *("id", "charter", "article", "state", "decided_by", "for", "against")
        }
    assert mandate.keys() >= {
        *("id", "charter", "from", "until", "ended", "ends_by", "known_as", "tasks"),
        "unspecified",
    }
    for finding in matter["findings"]:
        assert finding.keys() >= {
            "entry",
            "act",
            "finding",
            "article",
            "checked",
            "text",
        }
    for row in matter["must"]:
        assert row.keys() >= {"act", "by", "due", "article", "because"}
    for row in matter["may"]:
        assert row.keys() >= {"act", "by", "article"}


def test_a_row_has_one_actor_and_a_full_name_and_its_articles_as_a_list():
    (matter,) = shown(record(), at="2022-01-05T12:00:00Z")["matters"]
    rows = [row for name in LISTS for row in matter[name]]
    assert rows
    for row in rows:
        assert re.fullmatch(r"[A-Z]{2}|[a-z]+/[a-z_]+", row["by"])
        assert re.fullmatch(r"pact\.help\.[a-z_]+", row["act"])
        assert isinstance(row["article"], list)
    assert [row["by"] for row in matter["may"] if row["act"] == "pact.help.deploy"] == [
        "XB",
        "XC",
    ]


def test_times_are_utc_in_iso_8601():
    told = shown(record(), at="2022-01-05T12:00:00Z")
    (matter,) = told["matters"]
    (row,) = matter["must"]
    assert re.fullmatch(INSTANT, told["at"])
    assert re.fullmatch(INSTANT, told["known_at"])
    assert row["due"] == {
        "earliest": "2022-01-05T18:00:00Z",
        "latest": "2022-01-06T03:00:00Z",
    }
    assert row["since"] == "2022-01-04T18:00:00Z/2022-01-05T03:00:00Z"


def lists_at(made, at):
    (matter,) = shown(made, at=at)["matters"]
    return {
        name: [r["act"] for r in matter[name]]
        for name in ("must", "late", "may_be_late")
    }


NOTIFY = ["pact.help.notify"]


@pytest.mark.parametrize(
    ("at", "must", "late", "may_be_late"),
    [
        ("2022-01-05T18:00:00Z", NOTIFY, [], []),
        ("2022-01-05T18:00:01Z", NOTIFY, [], NOTIFY),
        ("2022-01-06T03:00:00Z", NOTIFY, [], NOTIFY),
        ("2022-01-06T03:00:01Z", [], NOTIFY, []),
    ],
)
def test_a_duty_that_is_surely_late_is_no_longer_among_those_that_must(
    at, must, late, may_be_late
):
    assert lists_at(record(), at) == {
        "must": must,
        "late": late,
        "may_be_late": may_be_late,
    }


@pytest.mark.parametrize(
    ("kept", "note"), [("reconstructed", "no entry shows it"), ("live", None)]
)
def test_in_a_reconstructed_case_nobody_is_late_but_no_entry_shows_it(kept, note):
    (matter,) = shown(record(kept), at="2022-01-08T00:00:00Z")["matters"]
    assert [row["note"] for row in matter["late"]] == [note]


def test_in_a_partial_case_it_is_not_known():
    made = record()
    told = shown(made, at="2022-01-08T00:00:00Z", case=made.without("s"))
    assert (told["partial"], told["withheld"], told["erased"]) == (True, ["e0"], [])
    (row,) = told["matters"][0]["late"]
    assert row["note"] == "not known: entries are not here"


def test_findings_name_their_act_its_articles_and_how_they_were_read():
    (matter,) = shown(record())["matters"]
    assert [(f["finding"], f["text"]) for f in matter["findings"]] == [
        ("ground not named", "rests on P 2 and does not name its ground, attack"),
        ("unspecified", "term is unspecified (it says: a short time)"),
        ("not read", "area is not shown: the text of the act was not read"),
    ]
    assert [(f["article"], f["checked"]) for f in matter["findings"]] == [
        (["P 2"], "text"),
        (["P 2", "P 3"], "secondary"),
        (["P 2", "P 3"], "secondary"),
    ]
    assert {(f["entry"], f["act"]) for f in matter["findings"]} == {
        ("e2/1", "pact.help.mandate")
    }


def test_an_act_in_no_matter_stands_among_those_without_effect():
    made = record().act("q", {**REQUEST, "by": "XB"}, **DAY)
    (finding,) = shown(made)["without_effect"]
    assert (finding["entry"], finding["finding"], finding["effect"]) == (
        "e3/1",
        "no power",
        False,
    )


DEPLOY = {"act": "help.deploy", "by": "XB", "member": "XB", "matter": "r/1"}


def test_an_act_in_a_matter_whose_opening_is_not_here_is_not_known_and_not_void():
    made = record().act("d", DEPLOY, **DAY)
    whole = shown(made)
    assert whole["not_known"] == []
    told = shown(made, case=made.without("r"))
    assert told["not_known"] == [
        {
            "entry": entry,
            "act": f"pact.help.{act}",
            "text": "not known: the entry that opened its matter is not here",
        }
        for entry, act in (("e2/1", "mandate"), ("e3/1", "deploy"))
    ]
    assert (told["matters"], told["without_effect"]) == ([], [])


def test_a_successor_of_an_opening_that_is_not_here_opens_its_matter():
    made = record().act("r2", REQUEST, **DAY)
    made.add("x", "correct", entry="r", successor="r2", reason="y")
    told = shown(made, case=made.without("r"))
    assert told["not_known"] == []
    assert [m["opened"]["entry"] for m in told["matters"]] == ["e3/1"]
    assert {f["entry"] for f in told["matters"][0]["findings"]} == {"e2/1"}


def test_in_a_partial_case_every_row_and_every_finding_is_in_doubt():
    made = record().act("d", DEPLOY, **DAY)
    told = shown(made, at="2022-01-05T20:00:00Z", case=made.without("s"))
    (matter,) = told["matters"]
    rows = [row for name in LISTS for row in matter[name]]
    assert {name for name in ("may", "must", "in_force") if not matter[name]} == set()
    for row in (*rows, *told["may_open"], *matter["findings"]):
        assert row["note"].startswith("not known: entries are not here")
    (matter,) = shown(made)["matters"]
    assert not any("note" in row for row in (*matter["may"], *matter["findings"]))
