"""What the first issue asks of the report that the project grew from."""

import json

import pytest

from tests.cli.conftest import run


@pytest.fixture(scope="module")
def shown(real_report, tmp_path_factory):
    """The standing of the report, opened and accepted whole."""
    case = tmp_path_factory.mktemp("real") / "case"
    charters = ["--charter", "csto", "--charter", "kazakhstan"]
    for args in (
        ["open", real_report, *charters, "--published", "2022-01-06", "--out", case],
        ["accept", case, "--all"],
        ["verify", case, "--whole"],
    ):
        result = run(*args)
        assert result.exit_code == 0, result.output
    return json.loads(run("show", case, "--json").stdout)


def test_the_security_council_of_the_united_nations_is_to_be_notified(shown):
    owed = [
        row
        for matter in shown["matters"]
        for row in (*matter["must"], *matter["late"])
        if row["act"] == "csto.assistance.notify"
    ]
    assert owed
    assert all("T 4" in row["article"] for row in owed)
    assert {"csto/chair", "csto/secretary_general"} & {row["by"] for row in owed}


def test_the_mandate_leaves_its_term_ceiling_area_and_commander_open(shown):
    (mandate,) = shown["mandates"]
    assert mandate["charter"] == "csto"
    assert {"term", "ceiling", "area", "commander"} <= set(mandate["unspecified"])
    assert mandate["words"]["term"]


def test_the_host_asserts_an_armed_attack_and_the_council_has_the_word(shown):
    (ground,) = [c for c in shown["conditions"] if c["id"] == "csto/armed_attack"]
    assert ground["decided_by"] == "csto/council"
    assert "kazakhstan/president" in [one["by"] for one in ground["for"]]


def test_the_request_went_to_the_heads_and_not_to_their_council(shown):
    found = [
        (finding["finding"], finding["text"])
        for matter in shown["matters"]
        for finding in matter["findings"]
        if finding["act"] == "csto.assistance.request"
    ]
    assert (
        "form",
        "addressed to all who sit in csto/council, not to csto/council",
    ) in found


@pytest.mark.parametrize(
    "office",
    [
        "kazakhstan/chair_of_the_security_council",
        "kazakhstan/head_of_the_operational_headquarters",
    ],
)
def test_an_office_that_the_statute_gives_to_another_is_contested(shown, office):
    texts = {
        one["text"]
        for matter in shown["matters"]
        for one in matter["contested"]
        if one["office"] == office
    }
    assert texts
    assert all("; the text puts kazakhstan/" in text for text in texts)
