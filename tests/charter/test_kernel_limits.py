"""Sections 1 and 4 of the language: a higher norm only remarks; who is out of a roll."""

from tests.charter.pact import YES, Reading, ask, decide, do, pact

# -------------------------------------------------------------- limits of a higher norm

LIMITED = """
[aid.enter]
by   = "member"
deed = true
[aid.authorize]
by = "world"
[limits.authority]
art   = "T 2"
acts  = "aid.enter"
while = "aid.authorize"
"""
READINGS = 'disputed = ["it reaches this", { en = "it does not" }]\n'


def test_a_limit_is_remarked_and_voids_nothing():
    charter = pact(LIMITED.replace("deed = true", ""))
    enter = do("e3", "aid.enter", "2022-01-06T10:00Z")
    reading = Reading(charter, ask(), enter)
    assert reading.verdict("e3") == (["unmet limit"], True)
    assert reading.text("e3", "unmet limit") == "T 2 asks for authorize first"
    done = do("e2", "aid.authorize", "2022-01-05T11:00Z", by="pact/world")
    assert Reading(charter, ask(), done, enter).verdict("e3") == ([], True)


def test_where_a_limit_is_disputed_both_readings_are_kept():
    enter = do("e3", "aid.enter", "2022-01-06T10:00Z")
    reading = Reading(pact(LIMITED + READINGS), ask(), enter)
    assert reading.verdict("e3") == (["disputed limit"], True)
    assert reading.text("e3", "disputed limit") == (
        "the record shows no authorize; whether T 2 asks for it is disputed: "
        "it reaches this; it does not"
    )


def test_a_limit_without_a_condition_is_disputed_whatever_was_done():
    charter = pact(LIMITED.replace('while = "aid.authorize"\n', READINGS))
    done = do("e2", "aid.authorize", "2022-01-05T11:00Z", by="pact/world")
    enter = do("e3", "aid.enter", "2022-01-06T10:00Z")
    assert Reading(charter, ask(), done, enter).codes("e3") == ["disputed limit"]


# -------------------------------------------------------- who is out of the roll, takers

ASIDE = """
[aid.stand_aside]
by = "each member"
[aid.name_parties]
by    = "chair"
fixes = "parties"
[aid.judge]
decide = "without_them"
[rules.without_them]
organ  = "council"
carry  = "unanimity"
except = ["aid.stand_aside", "parties"]
binds  = "takers"
"""


def test_who_stands_aside_in_this_matter_is_out_of_its_roll():
    aside = do("e2", "aid.stand_aside", by="BB")
    ballots = {"AA": "yes", "CC": "yes"}
    judged = decide("e3", "aid.judge", ballots=ballots)
    assert Reading(pact(ASIDE), ask(), aside, judged).verdict("e3") == ([], True)
    assert Reading(pact(ASIDE), ask(), judged).verdict("e3") == (
        ["not carried"],
        False,
    )


def test_a_fact_that_the_matter_states_leaves_members_out():
    named = do("e2", "aid.name_parties", by="pact/chair", states={"parties": ("CC",)})
    judged = decide("e3", "aid.judge", ballots={"AA": "yes", "BB": "yes"})
    assert Reading(pact(ASIDE), ask(), named, judged).verdict("e3") == ([], True)


def test_a_decision_that_binds_its_takers_names_them():
    keep = ASIDE.replace(
        'decide = "without_them"', 'decide = "without_them"\nlasts = "9 days"'
    )
    judged = decide("e3", "aid.judge", ballots=YES)
    reading = Reading(pact(keep), ask(), judged, until="2022-01-06T00:00Z")
    (row,) = [r for r in reading.standing["e1/1"].in_force if "judge" in r.act]
    assert row.note == "binds AA, BB, CC alone"
