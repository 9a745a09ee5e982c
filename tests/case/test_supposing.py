"""What would follow if somebody did something; nothing is written."""

import pytest

from peyman.case.asking.sentence import parsed
from peyman.case.asking.supposing import suppose
from peyman.charter.moment import read_instant
from peyman.errors import PeymanError
from tests.case.small import DAY, MANDATE, REQUEST, TAKE_BACK, record

TEN = {"tasks": ["guard"], "term": "10 days", "area": "the cape"}


def answered(made, said, **clocks):
    """The codes found, whether it has effect, and what comes and goes."""
    answer = suppose(made.case, said, **clocks)
    codes = {code for _, verdict in answer.verdicts for code in verdict.codes}
    changes = [
        f"{'+' if one.comes else '-'} {one.listed} {one.act.rpartition('.')[2]}"
        f" {' '.join(one.by)}"
        for one in answer.changes
        if one.listed != "may"
    ]
    return codes - {"unchecked"}, answer.has_effect, changes


def refused(made, said):
    with pytest.raises(PeymanError) as caught:
        suppose(made.case, said)
    return caught.value.problem


def ballot(member, vote, act="help.prolong"):
    return {"matter": "r/1", "act": act, "member": member, "vote": vote}


def test_an_act_changes_what_it_would_change_if_it_were_entered():
    made = record()
    codes, has_effect, changes = answered(made, "XA take_back")
    assert (codes, has_effect) == (set(), True)
    before = suppose(made.case, "XA take_back").before
    assert before.at == made.clock
    made.act("x", TAKE_BACK, **DAY)
    assert changes == [
        "- in_force request XA",
        "- in_force mandate pact/council",
    ]


def test_the_case_itself_is_not_changed():
    made = record()
    before = made.case
    suppose(made.case, "XB deploy")
    assert made.case is before
    assert made.case.size == 3


def test_an_act_without_power_has_no_effect_and_changes_nothing():
    codes, has_effect, changes = answered(record(), "XB take_back")
    assert (codes, has_effect, changes) == ({"no power"}, False, [])


def test_a_decision_supposed_is_carried_by_all_who_vote_and_the_answer_says_so():
    answer = suppose(record().case, "council prolong with term=5 days")
    assert answer.assumed == "a yes of everybody who votes"
    assert answer.has_effect


def test_an_objection_to_a_decision_that_stands_undoes_what_rested_on_it():
    codes, has_effect, changes = answered(record(), "XB object to mandate")
    assert not has_effect
    assert "not carried" in codes
    assert "- in_force mandate pact/council" in changes
    assert answered(record(), "XB object to e2")[2] == changes
    assert answered(record(), "XB object on e2/1")[2] == changes


def test_one_objects_to_a_decision_that_was_only_announced_the_others_being_for_it():
    made = record()
    only = {k: v for k, v in MANDATE.items() if k != "ballots"}
    made.act("n", only, **DAY)
    answer = suppose(made.case, "XB object to e3")
    assert answer.assumed == "a yes of XA, XC"
    assert not answer.has_effect


def test_a_ballot_on_a_decision_that_is_open_counts_with_those_cast_so_far():
    made = record()
    made.add("b", "ballot", **ballot("XA", "no"))
    codes, has_effect, _ = answered(made, "XB agree")
    assert (codes & {"not carried"}, has_effect) == ({"not carried"}, False)
    answer = suppose(made.case, "XA, XB yes")
    assert answer.said == "XA, XB says yes to prolong"
    assert answer.assumed == "a yes of XC"
    assert answer.has_effect


def test_who_stays_away_has_no_ballot():
    answer = suppose(record().case, "XA, XB, XC absent on prolong")
    assert not answer.has_effect
    (verdict,) = (one for _, one in answer.verdicts)
    assert "open" in next(f.text for f in verdict.findings if f.code == "not carried")


def test_a_time_may_be_named_and_both_standings_are_read_at_it():
    made = record()
    made.act("t", {**MANDATE, "states": TEN}, **DAY)
    later = read_instant("2022-02-01T00:00Z")
    answer = suppose(made.case, "council prolong with term=5 days at 2022-02-01T00:00Z")
    assert answer.before.at == answer.after.at == later


def test_it_can_be_asked_as_of_a_time_from_what_was_known_then():
    made = record()
    made.act("t", TAKE_BACK, **DAY)
    then = made.clock - 1
    codes, _, _ = answered(made, "XB deploy", known_at=then)
    assert codes == set()
    assert answered(made, "XB deploy")[0] == {"not open"}


def test_an_act_that_opens_a_matter_needs_none_and_one_of_several_matters_is_named():
    made = record()
    assert answered(made, "XB request")[1]
    made.act("q", {**REQUEST, "subject": "XB", "by": "XB"}, **DAY)
    problem = "'take_back' may mean more than one thing: "
    assert refused(made, "council take_back").startswith(problem)
    assert answered(made, "XB take_back")[1]  # the one that is open to it
    assert answered(made, "XB take_back in e1/1")[0] == {"no power"}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("XA", "'XA' does not say who does what."),
        ("", "'' does not say who does what."),
        ("XA take_back soon", "After 'take_back' comes 'soon', which begins nothing."),
        (
            "XA tke_back",
            "There is no act tke_back in pact, home. The nearest known is take_back.",
        ),
        (
            "chr notify",
            "There is no member, organ or office chr in pact. The nearest known is chair.",
        ),
        ("ZZ object to mandate", "There is no member ZZ in pact, home."),
        (
            "XA object to mandat",
            "There is no decision mandat in pact, home. The nearest known is mandate.",
        ),
        ("XA object to e1", "e1 holds no decision by a vote."),
        ("XA take_back in e9/1", "There is no matter e9/1 of the kind pact.help."),
        ("XA, XB deploy", "Several cannot do 'deploy' at once."),
    ],
)
def test_a_sentence_that_means_nothing_is_refused_with_the_nearest_name(said, problem):
    assert refused(record(), said).startswith(problem)


def test_where_several_decisions_are_open_one_must_be_named():
    problem = refused(record(), "XA object")
    assert problem.startswith("'decision' may mean more than one thing: help.mandate")


def test_a_clause_word_may_stand_inside_a_clause_only_after_a_word():
    assert parsed("XA request with term=5 days at 2022-01-06").clauses == {
        "with": "term=5 days",
        "at": "2022-01-06",
    }
