import pytest

from peyman.case.reading import read_case
from tests.case.small import DAY, MANDATE, REQUEST, Record, claim, record, shown, told


def condition(made, name="pact/attack", **clocks):
    (found,) = [c for c in shown(made, **clocks)["conditions"] if c["id"] == name]
    return found


def said(condition, side):
    return [
        (one["entry"], one["by"], one["said"], one["decides"])
        for one in condition[side]
    ]


def test_a_ground_that_the_host_asserts_waits_for_the_word_that_decides():
    found = condition(record())
    assert (found["state"], found["decided_by"]) == ("not spoken", "pact/council")
    assert said(found, "for") == [("e1/1", "XA", "asserted", False)]
    assert (found["article"], found["checked"]) == (["P 2"], "text")


@pytest.mark.parametrize(
    ("word", "state", "side"),
    [("asserted", "spoken", "for"), ("denied", "denied", "against")],
)
def test_the_word_of_the_charters_choice_decides_a_ground(word, state, side):
    made = Record().act("r", {**REQUEST, "grounds": {}}, **DAY)
    made.act("m", {**MANDATE, "grounds": {"attack": word}}, **DAY)
    found = condition(made)
    assert found["state"] == state
    assert said(found, side) == [("e1/1", "pact/council", word, True)]


def test_a_ground_of_which_nobody_spoke_is_shown_as_such():
    found = condition(record(), "pact/threat")
    assert (found["state"], found["for"], found["against"]) == ("not spoken", [], [])


def test_claims_speak_for_a_ground_and_against_it_and_decide_nothing():
    made = record()
    claim(made, "c", grounds={"pact/attack": "for"})
    claim(made, "d", grounds={"pact/attack": "against"}, speakers=["An agency"])
    made.add(
        "g",
        "grade",
        claim="c",
        status="held",
        reliability="B",
        credibility=2,
        reason="x",
    )
    found = condition(made)
    assert found["state"] == "not spoken"
    for_it, against = found["for"][-1], found["against"][-1]
    assert said(found, "for")[-1] == ("e3", "XB", "claimed", False)
    assert (for_it["grade"], for_it["status"], for_it["says"]) == (
        "B2",
        "held",
        "Ships were there.",
    )
    assert (against["entry"], against["grade"]) == ("e4", "")


@pytest.mark.parametrize("status", ["deleted", "withdrawn", "disputed", "corroborated"])
def test_a_graded_claim_stays_and_says_how_it_was_graded(status):
    """A deleted claim is not a withdrawn one."""
    made = claim(record(), "c", grounds={"pact/attack": "for"})
    made.add("g", "grade", claim="c", status=status, reason="x")
    assert condition(made)["for"][-1]["status"] == status


def test_a_corrected_claim_speaks_no_more():
    made = claim(record(), "c", grounds={"pact/attack": "for"})
    made.add("x", "correct", entry="c", reason="Misread.")
    assert len(condition(made)["for"]) == 1
    before = made.case.entries[3]
    reading = read_case(made.case, known_at=before.entered)
    (found, _) = told(reading)["conditions"]
    assert len(found["for"]) == 2


def test_a_claim_speaks_from_the_time_of_which_it_tells():
    made = claim(record(), "c", grounds={"pact/attack": "for"}, at="2022-01-05T02:00Z")
    assert len(condition(made, at="2022-01-05T01:59:59Z")["for"]) == 1
    assert len(condition(made, at="2022-01-05T02:00:00Z")["for"]) == 2
