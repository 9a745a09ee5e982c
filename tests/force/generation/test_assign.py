from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.moment import Moment
from peyman.force.generation.assign import assign
from peyman.force.generation.fitting import rules_out
from peyman.force.generation.lines import lines
from peyman.force.generation.offers import offers
from peyman.force.reports.told import Told

GUARD = "guard of a fixed facility"
DAY = 86_400


def need(line, quantity=5, **more):
    body = {"line": line, "capability": GUARD, "quantity": quantity, **more}
    told = {"unit": "facilities", "place": "kz", "priority": 1, **body}
    return Told(f"need {line}", Moment(0, 0), told)


def pledge(member, people=None, **more):
    body = {"member": member, "what": "a unit", "caveats": [], "state": "offered"}
    if people is not None:
        body["people"] = {"value": people}
    return Told(f"pledge {member}", Moment(0, 0), {**body, **more})


def assigned(needs, pledges, consents=None, at=0):
    return assign(lines(needs, "UTC"), offers(pledges, "UTC", consents), at)


def shares(made):
    return {(s.line.line, s.offer.member): s.quantity for s in made.shares}


def codes(made):
    return [reason.code for one in made.open for reason in one.reasons]


def test_a_line_is_covered_by_the_people_that_are_pledged():
    made = assigned([need("a", 3)], [pledge("XA", 250), pledge("XB", 199)])
    assert shares(made) == {("a", "XA"): 2, ("a", "XB"): 1}
    assert made.open == ()
    assert all(one.is_reckoned for one in made.shares)


def test_the_first_priority_is_covered_first_whatever_the_order_of_the_record():
    made = assigned([need("b", 2, priority=2), need("a", 2)], [pledge("XA", 300)])
    assert shares(made) == {("a", "XA"): 2, ("b", "XA"): 1}
    assert [(o.name, o.value, o.gap) for o in made.objectives] == [
        ("priority 1 open", 0, 0),
        ("priority 2 open", 1, 0),
        ("units divided", 2, 0),
    ]


def test_what_a_pledge_tells_of_itself_goes_before_its_people():
    able = pledge("XA", 900, capabilities={GUARD: 1, "medical care": 3})
    assert shares(assigned([need("a", 4)], [able])) == {("a", "XA"): 1}


def test_a_unit_is_not_given_out_twice():
    able = pledge("XA", capabilities={GUARD: 2, "medical care": 2})
    made = assigned([need("a", 2), need("m", 2, capability="medical care")], [able])
    assert sum(shares(made).values()) == 2


def test_a_package_says_what_its_pledge_leaves_out():
    made = assigned([need("a", 1)], [pledge("XA", package="guard-company")])
    (share,) = made.shares
    assert (share.offer.people.low, share.offer.tonnes) == (100, 150)
    assert not share.is_reckoned


def test_a_caveat_rules_out_the_line_that_it_is_about():
    careful = pledge("KG", 150, caveats=["no dispersing of rallies"])
    guard = need("a", 1)
    crowd = need("b", 1, capability="dispersing of a rally", unit="people", priority=2)
    made = assigned([guard, crowd], [careful])
    assert shares(made) == {("a", "KG"): 1}
    assert codes(made) == ["caveat"]
    assert made.open[0].reasons[0].says == "KG has a caveat: no dispersing of rallies."


@pytest.mark.parametrize(
    ("caveat", "ruled_out"),
    [
        ("no guard of facilities", True),
        ("Not for the guard of a facility", True),
        ("no patrols", False),
        ("none", False),
        ("no guard of nuclear facilities", False),
    ],
)
def test_a_caveat_is_read_by_its_words_of_weight(caveat, ruled_out):
    (line,) = lines([need("a")], "UTC")
    assert rules_out(caveat, line) is ruled_out


@pytest.mark.parametrize(
    ("more", "consents", "code"),
    [
        ({"state": "withdrawn"}, {}, "withdrawn"),
        ({"state": "stood_down"}, {}, "stood_down"),
        ({}, {"XA": None}, "consent"),
        ({"expires": "1970-01-02"}, {}, "expired"),
        ({"ready": "1970-01-20"}, {}, "late"),
        ({"not_for": [GUARD.title()], "caveats": ["by law"]}, {}, "caveat"),
        ({"capabilities": {"medical care": 1}}, {}, "gap"),
    ],
)
def test_a_line_stays_open_for_a_reason(more, consents, code):
    needs = [need("a", 1, required="1970-01-10")]
    made = assigned(needs, [pledge("XA", 100, **more)], consents, at=5 * DAY)
    assert shares(made) == {}
    assert codes(made)[0] == code


def test_a_pledge_that_is_honoured_waits_for_no_consent():
    made = assigned([need("a", 1)], [pledge("XA", 100, state="honoured")], {"XA": None})
    assert shares(made) == {("a", "XA"): 1}


def test_a_pledge_that_is_withdrawn_later_no_longer_counts():
    told = [pledge("XA", 100), pledge("XA", 100, state="withdrawn")]
    assert codes(assigned([need("a", 1)], told)) == ["withdrawn"]


def test_a_line_says_the_fewest_reasons_that_would_close_it():
    told = [
        pledge("XA", 100, state="withdrawn"),
        pledge("XB", 300, state="withdrawn"),
        pledge("XC", 100, state="withdrawn"),
    ]
    made = assigned([need("a", 3)], told)
    assert [r.says for r in made.open[0].reasons] == ["The pledge of XB is withdrawn."]


def test_a_line_for_which_nobody_pledges_says_how_much_is_missing():
    made = assigned([need("a", 3)], [pledge("XA", 100), pledge("XB")])
    assert [r.says for r in made.open[0].reasons] == [
        "Nobody pledges it: 2 of 3 (facilities).",
        "How much of guard of a fixed facility the pledge of XB could give is not told.",
    ]


def test_without_a_pledge_every_line_is_open_and_nothing_is_solved():
    made = assigned([need("a", 3)], [])
    assert (made.open[0].quantity, made.objectives[0].value) == (3, 3)


def test_without_a_line_there_is_nothing_to_cover():
    assert assigned([], [pledge("XA", 100)]).shares == ()


def best_by_trying(needs, people):
    """The least that stays open of each priority, by trying every way to share."""
    ways = [
        [way for way in product(range(4), repeat=len(needs)) if 100 * sum(way) <= one]
        for one in people
    ]
    found = []
    for chosen in product(*ways):
        given = [sum(way[i] for way in chosen) for i in range(len(needs))]
        if all(g <= q for g, (q, _) in zip(given, needs, strict=True)):
            found.append(
                tuple(
                    sum(q - g for g, (q, p) in zip(given, needs, strict=True) if p == n)
                    for n in (1, 2)
                )
            )
    return min(found)


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2)), min_size=1, max_size=3),
    st.lists(st.integers(0, 350), max_size=2),
)
def test_no_other_way_to_share_leaves_less_open(needs, people):
    told = [need(f"n{i}", q, priority=p) for i, (q, p) in enumerate(needs)]
    made = assigned(told, [pledge(f"X{i}", one) for i, one in enumerate(people)])
    left = tuple(
        sum(o.quantity for o in made.open if o.line.priority == n) for n in (1, 2)
    )
    assert left == best_by_trying(needs, people)
    assert all(one.bound == one.value for one in made.objectives)
