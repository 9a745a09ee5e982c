"""The state space on bit sets against sets and loops, on random charters and our own."""

import random
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from peyman.charter.read import load_charter
from peyman.charter.verification.compiling import compile_kind, kinds_of
from peyman.charter.verification.questions import Questions
from peyman.charter.verification.space import explore
from peyman.charter.verification.voting import last_day
from tests.charter.random_charters import random_charter
from tests.charter.untimed_oracle import Untimed

CHARTERS = sorted((Path(__file__).parents[2] / "charters").glob("*.toml"))
MOST = 1_000
"""States of a kind of matter beyond which the slow one is not asked."""


def facts(graph, state):
    """A state as the oracle says it."""
    told: set[Any] = set()
    for bit in graph.named(state):
        if bit.what == "open":
            told.add(("open", bit.name))
        elif bit.what == "bound":
            told.add(("bound", bit.name))
        elif bit.what == "clock":
            told.add(("clock", bit.name, bit.member, bit.then))
        elif bit.then:
            told.add((bit.what, bit.name, bit.member, bit.then))
        else:
            told.add((bit.what, bit.name, bit.member))
    return frozenset(told)


def compared(charter, kind):
    """Compare one kind of matter; False if it is too large for the slow one."""
    day = last_day(charter)
    graph = compile_kind(charter, day, kind)
    walked = count()
    if len(explore(graph, until=lambda _: next(walked) >= MOST).came) > MOST:
        return False
    lawful = Untimed(charter, day, kind)
    whole = Untimed(charter, day, kind, wrongs=True)
    for one, oracle in ((graph.lawful, lawful), (graph, whole)):
        states = {facts(graph, state) for state in explore(one).came}
        assert states == set(oracle.steps)
    undoing = {name for f in lawful.acts.values() for name in f[""].undo}
    asked = Questions(graph)
    assert {one.act for one in asked.dead()} == lawful.dead()
    unmet = lawful.unmet() | (whole.unmet() & undoing)
    assert {one.duty.name for one in asked.unmet()} == unmet
    return True


@pytest.mark.parametrize("seed", range(60))
def test_both_find_the_same_states_dead_acts_and_duties_that_cannot_be_met(seed):
    charter, _ = random_charter(random.Random(seed))
    kinds = kinds_of(charter.on(last_day(charter)))
    assert [compared(charter, kind) for kind in kinds]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1_000, 3_000))
def test_both_find_the_same_in_many_more(seed):
    test_both_find_the_same_states_dead_acts_and_duties_that_cannot_be_met(seed)


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.stem)
def test_both_find_the_same_in_the_charters_of_the_library(path):
    charter = load_charter(path)
    kinds = kinds_of(charter.on(last_day(charter)))
    small = [kind for kind in kinds if compared(charter, kind)]
    if not small:
        pytest.skip("every kind of matter is too large for the slow one")
