"""Votes under way: the ballots so far, who is absent, what they would come to."""

import pytest

from peyman.case.boards.votes import open_votes
from peyman.case.reading import read_case
from peyman.charter.moment import read_instant
from tests.case.small import DAY, MANDATE, REQUEST, Record

DECIDED = {k: v for k, v in MANDATE.items() if k != "ballots"}


def ballot(record, label, member, vote, **said):
    told = {"act": "help.mandate", "matter": "r/1", "at": "2022-01-05", **said}
    return record.add(label, "ballot", member=member, vote=vote, **told)


def asked(kept="live"):
    return Record(kept=kept).act("r", REQUEST, **DAY)


def votes(record, at=None, known_at=None):
    read = [read_instant(one) if one else None for one in (at, known_at)]
    return open_votes(read_case(record.case, *read))


def test_no_vote_is_under_way_before_the_first_ballot():
    assert votes(asked()) == ()


def test_the_ballots_so_far_are_told_and_who_has_not_voted():
    record = ballot(asked(), "a", "XB", "yes")
    (vote,) = votes(ballot(record, "b", "XA", "abstain"))
    assert (vote.charter, vote.matter, vote.act) == ("pact", "e0/1", "help.mandate")
    assert vote.doing.ballots == {"XA": "abstain", "XB": "yes"}
    assert vote.doing.cast == {"XA": "e2", "XB": "e1"}
    assert (vote.roll, vote.absent) == (("XA", "XB", "XC"), ("XC",))


@pytest.mark.parametrize(
    ("said", "outcome", "sums", "has_effect"),
    [
        ("yes", "adopted", "consensus: no objection of 3 (absent: XA, XC)", True),
        ("no", "rejected", "consensus: objection of XB", False),
    ],
)
def test_what_they_would_come_to_is_what_a_decision_would_come_to(
    said, outcome, sums, has_effect
):
    record = ballot(asked(), "a", "XB", said)
    (vote,) = votes(record)
    assert (vote.tally.outcome, vote.tally.sums) == (outcome, (sums,))
    assert vote.verdict.has_effect is has_effect
    record.act("m", DECIDED, at="2022-01-05T03:00Z")
    (_, entered) = read_case(record.case).charters["pact"].state.verdicts
    assert entered.has_effect is has_effect
    assert ("not carried" in entered.codes) == ("not carried" in vote.verdict.codes)


def test_a_vote_that_is_decided_is_under_way_no_more():
    record = ballot(asked(), "a", "XB", "yes").act("m", DECIDED, **DAY)
    assert votes(record) == ()
    (vote,) = votes(ballot(record, "b", "XC", "no"))
    assert vote.doing.ballots == {"XC": "no"}


def test_a_ballot_after_its_vote_was_closed_belongs_to_another_and_it_is_said():
    record = ballot(asked(), "a", "XB", "yes")
    assert [vote.earlier for vote in votes(record)] == [()]
    record.act("m", DECIDED, **DAY)
    (vote,) = votes(ballot(record, "b", "XC", "no"))
    assert vote.earlier == ("e2",)


def test_a_ballot_that_was_taken_back_is_not_counted():
    record = ballot(asked(), "a", "XB", "yes")
    record.add("x", "correct", entry="a", reason="by mistake")
    assert votes(record) == ()


def test_of_two_ballots_of_a_member_the_last_is_told_with_its_entry():
    record = ballot(ballot(asked(), "a", "XB", "yes"), "b", "XB", "no")
    (vote,) = votes(record)
    assert (vote.doing.ballots, vote.doing.cast) == ({"XB": "no"}, {"XB": "e2"})


def test_a_ballot_of_a_stranger_is_told_and_does_not_count():
    (vote,) = votes(ballot(asked(), "a", "XX", "no", ask=False))
    assert vote.tally.strangers == ("XX",)
    assert vote.tally.outcome == "open"


def test_as_of_an_earlier_moment_later_ballots_and_decisions_are_not_there():
    record = ballot(asked(), "a", "XB", "yes", at="2022-01-05T01:30Z")
    ballot(record, "b", "XC", "no", at="2022-01-05T02:30Z")
    record.act("m", DECIDED, at="2022-01-05T03:30Z")
    assert votes(record, at="2022-01-05T01:00Z") == ()
    (vote,) = votes(record, at="2022-01-05T02:00Z")
    assert vote.doing.ballots == {"XB": "yes"}
    (vote,) = votes(record, known_at="2022-01-05T03:15Z")
    assert vote.doing.ballots == {"XB": "yes", "XC": "no"}
    assert votes(record) == ()


def test_a_vote_in_a_matter_that_was_never_opened_comes_to_nothing():
    request = {**REQUEST, "to": "pact/world"}
    record = Record(kept="live").act("r", request, **DAY)
    (vote,) = votes(ballot(record, "a", "XB", "yes"))
    assert not vote.verdict.has_effect
    assert vote.verdict.codes == {"no such matter"}


def test_every_vote_under_way_is_counted_alone():
    record = ballot(asked(), "a", "XB", "yes").act("m", DECIDED, **DAY)
    ballot(record, "b", "XB", "no", act="help.prolong")
    first, second = votes(ballot(record, "c", "XC", "yes"))
    assert (first.act, first.tally.outcome) == ("help.mandate", "adopted")
    assert (second.act, second.tally.outcome) == ("help.prolong", "rejected")
