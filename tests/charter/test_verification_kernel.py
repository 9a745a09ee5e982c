"""A path of the state space, done as a case with real times, does what the graph says."""

import random
from datetime import date
from pathlib import Path

import pytest

from peyman.charter.model import Several
from peyman.charter.read import load_charter
from peyman.charter.verification.compiling import compile_kind, kinds_of
from peyman.charter.verification.exits import exits
from peyman.charter.verification.questions import Questions
from peyman.charter.verification.voting import last_day
from tests.charter.random_charters import random_charter
from tests.charter.test_verification_oracle import facts
from tests.charter.walking import Walk

CHARTERS = sorted((Path(__file__).parents[2] / "charters").glob("*.toml"))


def kept_apart(graph, state):
    """A state without what the kernel keeps otherwise: clocks, and who is bound."""
    told = facts(graph, state)
    return {one[:3] for one in told if one[0] not in ("clock", "bound")}


def is_walkable(charter):
    """Whether the graph keeps apart what a walk comes to.

    It takes two members, no term in the past, no roll that another matter makes smaller,
    and nobody who is counted, comes in or goes. Whoever of several has done a deed, all of them seem to owe its undoing.
    """
    text = charter.on(last_day(charter))
    acts = [act for forms in text.acts.values() for act in forms.values()]
    return (
        Walk(charter).other is not None
        and all(not isinstance(act.lasts, date | Several) for act in acts)
        and all(not (act.numbers or act.joins or act.leaves) for act in acts)
        and all(set(rule.without) <= {"subject"} for rule in text.rules.values())
        and all(act.is_each or not is_each(text, act.undo) for act in acts)
    )


def is_each(text, names):
    return any(text.acts[name][""].is_each for name in names if name in text.acts)


def counts(act):
    """Whether so many must have done something before, for whom the graph takes one."""
    return bool(act.numbers or act.joins)


def wander(rng, charter, kind, steps=12):
    """Take steps at random, and compare after each; how many were taken."""
    graph = compile_kind(charter, last_day(charter), kind)
    walk, state, taken = Walk(charter), 0, 0
    for _ in range(steps):
        open_moves = [
            move
            for move in graph.moves
            if move.is_open(state) and not counts(walk.text.act(move.act, move.form))
        ]
        if not open_moves or walk.is_doubled():
            break
        move = rng.choice(open_moves)
        if not walk.take(move):
            continue
        state = graph.after(state, move)
        taken += 1
        assert walk.facts() == kept_apart(graph, state), (kind, move)
    return taken


@pytest.mark.parametrize("seed", range(100))
def test_the_kernel_goes_where_the_graph_goes(seed):
    rng = random.Random(seed)
    charter, _ = random_charter(rng)
    while not is_walkable(charter):
        charter, _ = random_charter(rng)
    taken = [wander(rng, charter, k) for k in kinds_of(charter.on(last_day(charter)))]
    assert max(taken) > 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1_000, 5_000))
def test_the_kernel_goes_where_the_graph_goes_in_many_more(seed):
    test_the_kernel_goes_where_the_graph_goes(seed)


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(10))
def test_the_kernel_goes_where_the_graph_goes_in_the_library(path, seed):
    charter = load_charter(path)
    for kind in kinds_of(charter.on(last_day(charter))):
        moves = compile_kind(charter, last_day(charter), kind).moves
        text = charter.on(last_day(charter))
        opening = [text.act(move.act, move.form) for move in moves if move.opens]
        can_begin = any(not counts(act) for act in opening)
        assert (wander(random.Random(seed), charter, kind) > 0) == can_begin


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.stem)
def test_every_story_of_the_library_can_be_done(path):
    charter = load_charter(path)
    text = charter.on(last_day(charter))
    for kind in kinds_of(text):
        graph = compile_kind(charter, last_day(charter), kind)
        asked = Questions(graph)
        paths = [one.path for one in asked.prolonged(text)]
        paths += [one.path for one in exits(asked, text)]
        whole = {move.key: move for move in graph.moves}
        for story in paths:
            walk, state = Walk(charter), 0
            for step in story:
                assert walk.take(whole[step.key])
                state = graph.after(state, whole[step.key])
            assert walk.facts() == kept_apart(graph, state)
