from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.model import Rule
from peyman.charter.tally import BALLOTS, Outcome, is_share, needed, tally

SEVEN = tuple("ABCDEFG")
CARRIES = (
    "no objection",
    "unanimity",
    "at least 2/3",
    "more than 1/2",
    "at least 3",
    "more than 2",
)
RULES = st.builds(
    Rule,
    name=st.just("rule"),
    organ=st.just("council"),
    carry=st.sampled_from(CARRIES),
    of=st.sampled_from(["roll", "present", "voting"]),
    quorum=st.sampled_from([None, "carry", "more than 1/2", "at least 2"]),
    veto=st.sampled_from([(), ("A",), ("A", "B")]),
    otherwise=st.sampled_from([None, "other"]),
)
OTHERS = RULES.map(
    lambda rule: {"other": Rule("other", "council", rule.carry, of=rule.of)}
)
VOTES = st.dictionaries(st.sampled_from(SEVEN), st.sampled_from(BALLOTS))


def said(words):
    """Ballots in the order of the roll: y, n, a (abstain), p (present), - (absent)."""
    votes = {"y": "yes", "n": "no", "a": "abstain", "p": "present"}
    return {m: votes[c] for m, c in zip(SEVEN, words, strict=False) if c != "-"}


def outcome(words, **lines):
    rule = Rule("rule", "council", **lines)
    return tally(rule, SEVEN, said(words)).outcome.value


@pytest.mark.parametrize(
    ("share", "of", "votes"),
    [
        ("at least 2/3", 7, 5),  # 14/3
        ("more than 2/3", 7, 5),
        ("at least 2/3", 6, 4),  # exactly two thirds is enough
        ("more than 2/3", 6, 5),
        ("at least 1/2", 6, 3),
        ("more than 1/2", 6, 4),
        ("more than 1/2", 7, 4),
        ("at least 9", 15, 9),
        ("more than 9", 15, 10),
        ("at least 2/3", 0, 0),
        ("at least 1/3", 3 * 10**15 + 1, 10**15 + 1),  # no machine rounds this
    ],
)
def test_the_words_decide_how_many_votes_are_needed(share, of, votes):
    assert needed(share, of) == votes


def test_two_thirds_of_seven_are_five():
    assert outcome("yyyyynn", carry="at least 2/3") == "adopted"
    assert outcome("yyyynnn", carry="at least 2/3") == "rejected"


@pytest.mark.parametrize(
    ("words", "lines", "result"),
    [
        # no objection: only a no counts
        ("ya-----", {"carry": "no objection"}, "adopted"),
        ("yyyyyyn", {"carry": "no objection"}, "rejected"),
        ("aaaaaaa", {"carry": "no objection"}, "adopted"),
        ("-------", {"carry": "no objection"}, "open"),
        ("yyy----", {"carry": "no objection", "quorum": "more than 1/2"}, "open"),
        ("yyyp---", {"carry": "no objection", "quorum": "more than 1/2"}, "adopted"),
        # unanimity: every one says yes
        ("yyyyyyy", {"carry": "unanimity"}, "adopted"),
        ("yyyyyya", {"carry": "unanimity"}, "rejected"),
        ("yyyyyy-", {"carry": "unanimity"}, "rejected"),
        ("yyyyy--", {"carry": "unanimity", "of": "present"}, "adopted"),
        # of whom
        ("yyn----", {"carry": "at least 2/3", "of": "present"}, "adopted"),
        ("yyna---", {"carry": "at least 2/3", "of": "present"}, "rejected"),
        ("yyna---", {"carry": "at least 2/3", "of": "voting"}, "adopted"),
        ("yynp---", {"carry": "at least 2/3", "of": "voting"}, "adopted"),
        ("yyn----", {"carry": "at least 2/3"}, "rejected"),
        ("aaa----", {"carry": "more than 1/2", "of": "voting"}, "rejected"),
        # quorum = "carry": as many as are needed to carry
        ("yyyy---", {"carry": "at least 2/3", "quorum": "carry"}, "open"),
        ("yyyyn--", {"carry": "at least 2/3", "quorum": "carry"}, "rejected"),
        ("yyyyy--", {"carry": "at least 2/3", "quorum": "carry"}, "adopted"),
        ("yyyyyy-", {"carry": "unanimity", "quorum": "carry"}, "open"),
        # a veto is a no; abstention and absence are none
        ("nyyyyyy", {"carry": "at least 2/3", "veto": ("A",)}, "rejected"),
        ("ayyyyyy", {"carry": "at least 2/3", "veto": ("A",)}, "adopted"),
        ("-yyyyyy", {"carry": "at least 2/3", "veto": ("A",)}, "adopted"),
        ("ynyyyyy", {"carry": "at least 2/3", "veto": ("A",)}, "adopted"),
    ],
)
def test_a_vote_comes_to(words, lines, result):
    assert outcome(words, **lines) == result


def test_without_ballots_nothing_is_counted():
    rule = Rule("rule", "council", "no objection")
    assert tally(rule, SEVEN, None).outcome is Outcome.NOT_SHOWN
    assert tally(rule, SEVEN, None).sums == ("No ballots are known.",)


def test_the_other_rule_is_tried_on_the_same_ballots_and_both_sums_are_said():
    first = Rule("consensus", "council", "no objection", otherwise="two_thirds")
    rules = {"two_thirds": Rule("two_thirds", "council", "at least 2/3")}
    found = tally(first, SEVEN, said("yyyyynn"), rules=rules, subject="F")
    assert found.outcome is Outcome.ADOPTED
    assert found.sums == (
        "consensus: objection of G and of F (the subject itself)",
        "two_thirds: 5 for, 5 needed (at least 2/3 of 7, roll)",
    )


def test_the_other_rule_is_not_tried_for_want_of_a_quorum():
    first = Rule("first", "council", "unanimity", quorum="carry", otherwise="half")
    rules = {"half": Rule("half", "council", "at least 1")}
    found = tally(first, SEVEN, said("yyyyyy-"), rules=rules)
    assert found.outcome is Outcome.OPEN
    assert found.sums == ("first: no quorum, 6 of 7 present, 7 needed",)


def test_a_stranger_cannot_vote():
    rule = Rule("rule", "council", "at least 2/3")
    votes = {"A": "yes", "B": "no", "Z": "yes", "Y": "no"}
    found = tally(rule, ("A", "B", "C"), votes)
    assert found.outcome is Outcome.REJECTED
    assert (found.takers, found.strangers) == (("A",), ("Y", "Z"))
    assert tally(rule, ("A",), {"Z": "yes"}).outcome is Outcome.OPEN


# ------------------------------------------------------------- as the treaties have it

P5 = ("CN", "FR", "GB", "RU", "US")
COUNCIL = (*P5, *(f"E{n}" for n in range(10)))
UNSC = Rule("substance", "council", "at least 9", veto=P5)
FIFTEEN = dict.fromkeys(COUNCIL, "yes")


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({}, "adopted"),
        ({"RU": "no"}, "rejected"),
        ({"RU": "abstain", "CN": "abstain"}, "adopted"),
        ({f"E{n}": "no" for n in range(6)}, "adopted"),  # nine yes
        ({f"E{n}": "abstain" for n in range(7)}, "rejected"),  # eight
        ({"RU": "present"}, "adopted"),
    ],
)
def test_nine_of_fifteen_and_no_permanent_member_against(change, result):
    assert tally(UNSC, COUNCIL, {**FIFTEEN, **change}).outcome.value == result


@pytest.mark.parametrize(("yes", "result"), [(36, "rejected"), (37, "adopted")])
def test_the_african_union_takes_two_thirds_of_its_members_without_consensus(
    yes, result
):
    members = tuple(f"M{n:02}" for n in range(55))
    votes = {member: "yes" if n < yes else "no" for n, member in enumerate(members)}
    consensus = Rule("consensus", "assembly", "no objection", otherwise="two_thirds")
    rules = {"two_thirds": Rule("two_thirds", "assembly", "at least 2/3")}
    found = tally(consensus, members, votes, rules=rules)
    assert found.outcome.value == result
    assert len(found.sums) == 2


@pytest.mark.parametrize(
    ("present", "yes", "result"),
    [(13, 13, "open"), (14, 14, "adopted"), (21, 13, "rejected"), (21, 14, "adopted")],
)
def test_rio_needs_two_thirds_of_the_ratifying_states_to_meet_and_to_decide(
    present, yes, result
):
    states = tuple(f"S{n:02}" for n in range(21))
    rule = Rule("consultation", "organ", "at least 2/3", quorum="carry")
    votes = {s: "yes" if n < yes else "no" for n, s in enumerate(states[:present])}
    assert tally(rule, states, votes).outcome.value == result


# -------------------------------------------------------------------------- properties


@given(RULES, VOTES, OTHERS)
def test_permuting_the_roll_and_the_ballots_changes_nothing(rule, votes, rules):
    first = tally(rule, SEVEN, votes, rules=rules)
    turned = dict(sorted(votes.items(), reverse=True))
    again = tally(rule, SEVEN[::-1], turned, rules=rules)
    assert (first.outcome, first.takers) == (again.outcome, again.takers)


@given(RULES, VOTES, st.permutations(SEVEN), OTHERS)
def test_members_without_a_veto_are_all_alike(rule, votes, order, rules):
    names = dict(zip(SEVEN, order, strict=True))
    veto = tuple(names[member] for member in rule.veto)
    other = Rule(
        rule.name,
        rule.organ,
        rule.carry,
        of=rule.of,
        quorum=rule.quorum,
        veto=veto,
        otherwise=rule.otherwise,
    )
    renamed = {names[member]: vote for member, vote in votes.items()}
    found = tally(rule, SEVEN, votes, rules=rules).outcome
    assert tally(other, tuple(order), renamed, rules=rules).outcome is found


@given(RULES, VOTES, st.sampled_from(SEVEN), OTHERS)
def test_one_more_yes_never_loses_a_vote(rule, votes, member, rules):
    if tally(rule, SEVEN, votes, rules=rules).outcome is Outcome.ADOPTED:
        more = {**votes, member: "yes"}
        assert tally(rule, SEVEN, more, rules=rules).outcome is Outcome.ADOPTED


@given(RULES, VOTES)
def test_a_ballot_of_a_stranger_changes_nothing(rule, votes):
    first = tally(rule, SEVEN, votes)
    again = tally(rule, SEVEN, {**votes, "Z": "no"})
    assert (first.outcome, first.sums) == (again.outcome, again.sums)
    assert again.strangers == ("Z",)


def test_of_every_order_of_three_the_answer_is_one():
    rule = Rule("rule", "council", "at least 2/3")
    votes = {"A": "yes", "B": "yes", "C": "no"}
    assert {tally(rule, roll, votes).outcome for roll in permutations("ABC")} == {
        Outcome.ADOPTED
    }


def test_what_is_no_share():
    for text in ("two thirds", "at least", "2/3", "at most 2", "at least 0.6"):
        assert not is_share(text), text
    with pytest.raises(ValueError, match="two thirds"):
        needed("two thirds", 3)
