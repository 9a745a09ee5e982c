"""What is worked out once for a stretch of days is what would be worked out each time."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.kernel_cases import live_case
from peyman.charter.judging.law import Known, Law, law_on
from peyman.charter.kernel import fold
from peyman.charter.moment import day_of, start_of
from peyman.charter.read import load_charter
from tests.charter.pact import pact
from tests.charter.random_charters import random_charter
from tests.charter.random_traces import end_of, random_holds, random_trace

CHARTERS = Path(__file__).parents[2] / "charters"
SEEDS = range(70_000, 70_150)
OVER_MIDNIGHT = ("Europe/Moscow", "America/Havana", "Asia/Beirut", "America/Goose_Bay")
"""Three of these put their clocks on, or back, at midnight or a minute after it."""


def traces(seed):
    """A random charter, and what is done under it with all that a fold is told."""
    rng = random.Random(seed)
    charter, _ = random_charter(rng)
    for _ in range(5):
        doings = random_trace(rng, charter)
        yield charter, doings, end_of(rng, charter, doings), random_holds(rng)


def said(charter, doings, until, holds=()):
    """Every verdict with the words of its findings, and all that is owed."""
    state = fold(charter, doings, until, holds=holds)
    owed = [
        (one.act, one.debtor, one.cause, one.due, one.met_by)
        for matter in state.matters.values()
        for one in matter.duties
    ]
    return state.verdicts, owed


def test_what_is_remembered_of_other_acts_changes_no_verdict():
    for seed in SEEDS:
        for charter, *told in traces(seed):
            warm = said(charter, *told)
            again = said(charter, *told)
            charter.laws.clear()
            assert warm == again == said(charter, *told), seed


def test_the_short_way_comes_to_what_care_comes_to():
    for seed in SEEDS:
        for charter, *told in traces(seed):
            short = said(charter, *told)
            for place in range(len(charter.changes)):
                charter.laws[place] = Law(charter, place)
                charter.laws[place].is_sure = False
            assert said(charter, *told) == short, seed
            charter.laws.clear()


@pytest.mark.parametrize("name", ["csto", "nato"])
def test_both_ways_agree_on_a_live_case(name):
    charter = load_charter(CHARTERS / f"{name}.toml")
    doings = live_case(charter, 600, seed=7)
    short = said(charter, doings, doings[-1].at.lo)
    for law in charter.laws.values():
        law.is_sure = False
    assert said(charter, doings, doings[-1].at.lo) == short


@pytest.mark.parametrize("zone", OVER_MIDNIGHT)
@given(st.integers(0, 2**31), st.integers(-30, 30))
def test_an_instant_is_of_a_law_only_if_its_day_is(zone, at, hours):
    charter = pact("", ('zone = "Asia/Almaty"', f'zone = "{zone}"'))
    for day in charter.changes[1:]:
        for instant in (at, start_of(day, zone) + hours * 3600):
            law = law_on(charter, day_of(instant, zone))
            assert law.text is charter.on(day_of(instant, zone))
            others = [law_on(charter, other) for other in charter.changes]
            assert all(one is law for one in others if one.is_of(instant))


def test_the_parties_are_those_of_the_day():
    charter = pact("")
    for day in charter.changes[1:]:
        for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
            assert law_on(charter, near).bound(("T 1",)) == charter.bound_by("T", near)


def test_where_there_is_no_room_the_rest_is_forgotten():
    known: Known[str] = Known()
    for number in range(Known.most + 1):
        assert known.keep(number, str(number)) == str(number)
    assert known == {Known.most: str(Known.most)}
