import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.doing import Doing
from peyman.charter.moment import Moment
from peyman.charter.order import BY_TIME, in_order
from peyman.errors import PeymanError

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(
    lambda one: Moment(one[0], one[0] + one[1])
)


def doing(entry, at, *cites, n=1, matter=None):
    at = Moment(*at) if isinstance(at, tuple) else Moment(at, at)
    known = frozenset(cites)
    return Doing(entry, n, "aid.ask", at, at.hi, matter=matter, cites=known)


def names(*doings):
    return [one.id for one in in_order(doings).doings]


def test_what_was_surely_before_comes_first_whatever_the_record_says():
    assert names(doing("late", 9), doing("early", 3)) == ["early/1", "late/1"]


def test_where_time_does_not_say_the_record_does():
    assert names(doing("a", (0, 9)), doing("b", (0, 9)), doing("c", 4)) == [
        "a/1",
        "b/1",
        "c/1",
    ]
    assert names(doing("c", 4), doing("a", (0, 9))) == ["c/1", "a/1"]


def test_at_the_same_instant_the_record_says_which_was_first():
    assert names(doing("b", 5), doing("a", 5)) == ["b/1", "a/1"]


def test_what_is_cited_came_before():
    assert names(doing("a", (0, 9), "b"), doing("b", (0, 9))) == ["b/1", "a/1"]


def test_naming_a_matter_cites_the_act_that_opened_it():
    consent = doing("consent", (0, 9), matter="ask/1")
    assert names(consent, doing("ask", (0, 9))) == ["ask/1", "consent/1"]


def test_to_cite_an_entry_is_to_cite_every_act_of_it():
    both = [doing("b", (0, 9)), doing("b", (0, 9), n=2)]
    assert names(doing("a", (0, 9), "b"), *both) == ["b/1", "b/2", "a/1"]


def test_the_acts_of_one_entry_keep_their_order_and_are_sure():
    first, second = doing("a", (0, 9)), doing("a", (0, 9), "a", n=2, matter="a/1")
    order = in_order([first, second])
    assert order.doings == (first, second)
    assert order.is_sure(0, 1)
    assert not order.is_sure(1, 0)


def test_what_follows_from_two_sure_steps_is_sure():
    a, b = doing("a", (0, 3)), doing("b", (4, 20))
    c = doing("c", (0, 20), "b")
    order = in_order([a, b, c])
    assert order.is_sure(0, 2)  # by a before b, which c cites
    assert not order.is_sure(2, 0)


def test_what_time_does_is_before_every_doing_that_comes_after_it():
    assert in_order([doing("a", 5)]).is_sure(BY_TIME, 0)


def test_an_act_that_cites_what_happened_after_it_is_refused():
    with pytest.raises(PeymanError) as caught:
        in_order([doing("a", 1, "b"), doing("b", 5)])
    assert str(caught.value) == (
        "Act a/1 cites b/1, which happened after it.\n"
        "  Authority: docs/charter-language.md, section 7, rule 6: order\n"
        "  Next step: Correct the time of one of them, or do not cite it."
    )


def test_acts_that_rest_on_each_other_in_a_circle_are_refused():
    a, b = doing("a", (0, 9), "b"), doing("b", (0, 9), "a")
    with pytest.raises(PeymanError) as caught:
        in_order([a, b])
    assert str(caught.value) == (
        "The acts a/1, b/1 cannot be put in order: each rests on another of them.\n"
        "  Authority: docs/charter-language.md, section 7, rule 6: order\n"
        "  Next step: Correct the time of one of them."
    )


@given(st.lists(SPANS, max_size=12))
def test_the_order_never_puts_the_surely_later_first(moments):
    doings = [doing(f"e{n}", tuple(at)) for n, at in enumerate(moments)]
    order = in_order(doings)
    assert sorted(d.id for d in order.doings) == sorted(d.id for d in doings)
    for place, one in enumerate(order.doings):
        for before, other in enumerate(order.doings[:place]):
            assert not one.at.is_surely_before(other.at)
            assert not order.is_sure(place, before)
            assert order.is_sure(before, place) or other.at.overlaps(one.at)


@given(st.lists(SPANS, max_size=8))
def test_with_times_alone_sure_means_surely_before(moments):
    order = in_order([doing(f"e{n}", tuple(at)) for n, at in enumerate(moments)])
    for first, one in enumerate(order.doings):
        for second, other in enumerate(order.doings):
            assert order.is_sure(first, second) is one.at.is_surely_before(other.at)


@given(st.lists(SPANS, max_size=8), st.data())
def test_the_next_is_always_the_first_of_the_record_that_may_come(moments, data):
    order = data.draw(st.permutations(range(len(moments))))
    doings = [doing(f"e{n}", tuple(moments[n])) for n in order]
    left = list(doings)
    for one in in_order(doings).doings:
        free = [x for x in left if not any(y.at.is_surely_before(x.at) for y in left)]
        assert one == free[0]
        left.remove(one)


def slowly(doings):
    """Which doings are surely before which, by trying every step again and again."""
    steps = {
        (one, other)
        for one in range(len(doings))
        for other in range(len(doings))
        if doings[one].at.is_surely_before(doings[other].at)
        or doings[one].entry in doings[other].cites
    }
    while more := {
        (a, d) for a, b in steps for c, d in steps if b == c and (a, d) not in steps
    }:
        steps |= more
    return steps


@given(
    st.lists(st.tuples(SPANS, st.sets(st.integers(0, 9), max_size=2)), max_size=10),
    st.randoms(use_true_random=False),
)
def test_the_numbers_say_what_every_single_step_says(record, rng):
    named = [
        doing(f"e{n}", at, *(f"e{other}" for other in cited if other < n))
        for n, (at, cited) in enumerate(record)
    ]
    rng.shuffle(named)
    if any((one, one) in slowly(named) for one in range(len(named))):
        return  # it cites what happened after it; a test above sees this refused
    order = in_order(named)
    steps = slowly(order.doings)
    for first in range(len(named)):
        for second in range(len(named)):
            assert order.is_sure(first, second) is ((first, second) in steps)
        later = range(first + 1, len(named))
        assert order.loose[first] == tuple(p for p in later if (first, p) not in steps)
