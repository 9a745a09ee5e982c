"""Walking states: beside a copy of itself, and beside spin, which nobody here wrote."""

import shutil
from pathlib import Path

import pytest

from bench import states
from peyman.charter.read import load_charter
from peyman.charter.verification.compiling import compile_kind, kinds_of
from peyman.charter.verification.space import explore
from peyman.charter.verification.voting import last_day

ROOT = Path(__file__).resolve().parents[2]
MOST = 20_000
"""States of the largest kind that is compared with spin."""


def graph(charter, kind):
    return compile_kind(charter, last_day(charter), kind)


def walked(asked):
    """Every state of a graph; None if there are more than is asked of spin."""
    left = iter(range(MOST))
    space = explore(asked, until=lambda _: next(left, None) is None)
    return None if next(left, None) is None else space


@pytest.fixture(scope="module")
def csto():
    return load_charter(ROOT / "charters" / "csto.toml")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("csto", "sanction"), ("csto", "dues"), ("emac", "aid"), ("nato", "consultation")],
)
def test_two_copies_have_the_product_of_the_states_and_the_sum_of_the_steps(name, kind):
    one = graph(load_charter(ROOT / "charters" / f"{name}.toml"), kind)
    alone, both = explore(one), explore(states.beside_itself(one))
    count, steps = states.counted(alone)
    assert states.counted(both) == (count**2, 2 * count * steps)


def test_a_matter_is_of_one_part_and_two_beside_each_other_of_two(csto):
    one = graph(csto, "assistance")
    assert len(one.parts()) == 1
    assert len(states.beside_itself(one).parts()) == 2


def test_the_shortest_path_is_as_short_beside_a_copy(csto):
    one = graph(csto, "sanction")
    alone, both = explore(one), explore(states.beside_itself(one))
    assert all(len(both.path(state)) == len(alone.path(state)) for state in alone.came)


@pytest.mark.skipif(
    not (shutil.which("spin") and shutil.which("gcc")), reason="needs spin and gcc"
)
@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "charters").glob("*.toml")), states.CHARTER]
)
def test_spin_finds_as_many_states_and_steps(path, tmp_path):
    charter = load_charter(path)
    kinds = kinds_of(charter.on(last_day(charter)))
    spaces = (walked(graph(charter, kind)) for kind in kinds)
    largest = max(filter(None, spaces), key=lambda space: len(space.came))
    pan = states.compiled(largest.graph, tmp_path)
    assert states.spun(pan) == states.counted(largest)
