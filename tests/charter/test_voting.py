"""Who can block a decision, against every ballot that there could be."""

from itertools import product

import pytest

from peyman.charter.tally import BALLOTS, Outcome, tally
from peyman.charter.verification.stories import blocked
from peyman.charter.verification.voting import block, last_day
from tests.charter.pact import pact

SHARES = ("no objection", "unanimity", "at least 2/3", "more than 1/2", "at least 2")
QUORUMS = (None, "carry", "at least 2/3", "at least 4")
VETOES = ((), ("AA",), ("AA", "BB"))


def blocks_of(rule, *more):
    """What is found of the rule of this text, of a council of AA, BB, DD and EE."""
    members = (
        "AA = 2000-01-01\n",
        "AA = 2000-01-01\nDD = 2000-01-01\nEE = 2000-01-01\n",
    )
    plain = '[rules.consensus]\norgan = "council"\ncarry = "no objection"\n'
    charter = pact('[aid.grant]\ndecide = "consensus"\n', members, (plain, rule), *more)
    day = last_day(charter)
    return charter.on(day), block(charter, charter.on(day), day, "consensus")


def fewest(text, rule, roll):
    """The fewest who do not say yes when nothing is adopted, of all ballots there are."""
    found = []
    for votes in product((*BALLOTS, None), repeat=len(roll)):
        ballots = {m: v for m, v in zip(roll, votes, strict=True) if v is not None}
        outcome = tally(rule, roll, ballots, rules=text.rules).outcome
        if outcome is not Outcome.ADOPTED:
            found.append(tuple(m for m in roll if ballots.get(m) != "yes"))
    least = min(map(len, found))
    alone = sorted({one[0] for one in found if len(one) == 1})
    return (None, []) if least == 0 else (least, alone)


def written(carry, of, quorum, veto, other=""):
    lines = [
        "[rules.consensus]",
        'organ = "council"',
        f'carry = "{carry}"',
        f'of = "{of}"',
    ]
    if quorum:
        lines.append(f'quorum = "{quorum}"')
    if veto:
        lines.append(f"veto = {list(veto)}")
    return "\n".join(lines) + "\n" + other


@pytest.mark.parametrize("quorum", QUORUMS)
@pytest.mark.parametrize("of", ["roll", "present", "voting"])
@pytest.mark.parametrize("carry", SHARES)
def test_the_fewest_are_those_of_all_ballots_there_are(carry, of, quorum):
    for veto in VETOES:
        text, found = blocks_of(written(carry, of, quorum, veto))
        least, alone = fewest(text, found.rule, ("AA", "BB", "DD", "EE"))
        assert found.roll == 4
        assert (found.fewest, [*found.alone]) == (least, alone if least == 1 else [])


@pytest.mark.parametrize("quorum", QUORUMS)
@pytest.mark.parametrize("carry", SHARES)
def test_a_chain_of_two_rules_is_blocked_only_where_both_fail(carry, quorum):
    other = '[rules.other]\norgan = "council"\n' + f'carry = "{carry}"\n'
    other += f'quorum = "{quorum}"\n' if quorum else ""
    chained = written("no objection", "roll", None, (), 'else = "other"\n' + other)
    text, found = blocks_of(chained)
    least, alone = fewest(text, found.rule, ("AA", "BB", "DD", "EE"))
    assert (found.fewest, [*found.alone]) == (least, alone if least == 1 else [])


def test_the_member_concerned_has_no_vote_where_the_rule_leaves_it_out():
    rule = written("no objection", "roll", None, (), 'except = "subject"\n')
    _, found = blocks_of(rule)
    assert (found.roll, found.fewest) == (3, 1)
    assert found.alone == ("AA", "BB", "DD", "EE")


def test_nothing_is_counted_where_the_charter_does_not_say_who_sits_there():
    unknown = ('of        = "members"\n', "")
    _, found = blocks_of(written("no objection", "roll", None, ()), unknown)
    assert not found.is_known
    assert not found.never_carries


def test_a_chain_says_what_each_of_its_rules_needs():
    other = '[rules.other]\norgan = "council"\ncarry = "at least 2/3"\n'
    rule = written("no objection", "roll", None, (), 'else = "other"\n' + other)
    _, found = blocks_of(rule)
    text = "2 saying no, of 4: it needs no objection or at least 2/3"
    assert blocked(found) == text
