"""A second beginning: what only some types carry comes first, and the better of two schedules is gone on from."""

from collections.abc import Callable

import numpy as np

from bench.instances import instance
from peyman.force.checking import check
from peyman.force.solve.dispatching.assemble import lateness, plan_of
from peyman.force.solve.network import Network, rarely_carried
from peyman.force.solve.searching.rare import Spans, _rare_first, from_two
from peyman.force.solve.searching.ruin import recreate
from peyman.force.solve.searching.search import Found, at_most, decode, first_orders

SHORT = instance("X", 1, 1)
NETWORK = Network(SHORT)
(RARE,) = rarely_carried(NETWORK, SHORT.loads)


def asked(times: int) -> Callable[[], bool]:
    """Over when it was asked so often."""
    return at_most(times, lambda: False)


def spans(alone: int, second: int, whole: int) -> Spans:
    return asked(alone), asked(second), asked(whole)


def beginning(problem=SHORT, network=NETWORK) -> Found:
    orders = first_orders(network, problem.loads)
    return min(
        (decode(network, problem.loads, order) for order in orders),
        key=lambda one: one.worth,
    )


def rare_late(found: Found) -> int:
    """What the rare loads alone are late."""
    names = {one.id for one in RARE}
    return sum(
        pieces * lateness(NETWORK, name, put.unloaded)
        for put in found.dispatch.board.puts
        for name, pieces in put.parts
        if name in names
    )


def test_a_second_beginning_has_the_rare_loads_in_the_order_that_is_best_for_them_alone() -> (
    None
):
    orders = first_orders(NETWORK, RARE)
    alone = min(
        (decode(NETWORK, RARE, order) for order in orders), key=lambda one: one.worth
    )
    for found in recreate(NETWORK, RARE, alone, np.random.default_rng(0), asked(100)):
        alone = found
    begun = _rare_first(NETWORK, SHORT.loads, np.random.default_rng(0), asked(100))
    assert begun is not None
    puts = sorted(alone.dispatch.board.puts, key=lambda one: one.start)
    order = list(dict.fromkeys(name for put in puts for name, _ in put.parts))
    assert list(begun.order[: len(RARE)]) == order
    assert sorted(begun.order) == sorted(one.id for one in SHORT.loads)
    assert rare_late(begun) < rare_late(beginning())
    assert not check(SHORT, plan_of(begun.dispatch, {}, "a test"))


def test_where_all_loads_are_alike_there_is_no_second_beginning() -> None:
    common = [one for one in SHORT.loads if one not in RARE]
    for alike in (common, RARE):
        assert _rare_first(NETWORK, alike, np.random.default_rng(0), asked(1)) is None
    start = decode(NETWORK, common, [one.id for one in common])
    two = from_two(NETWORK, common, start, np.random.default_rng(5), spans(9, 9, 40))
    one = recreate(NETWORK, common, start, np.random.default_rng(5), asked(40))
    assert [found.worth for found in two] == [found.worth for found in one]


def test_each_schedule_is_better_than_all_before_it_whichever_beginning_it_has() -> (
    None
):
    start = beginning()
    first = from_two(
        NETWORK, SHORT.loads, start, np.random.default_rng(1), spans(40, 120, 400)
    )
    worths = [found.worth for found in first]
    assert worths[0] < start.worth
    assert worths == sorted(set(worths), reverse=True)


def test_a_worse_second_beginning_is_left_for_the_first() -> None:
    start = beginning()
    *_, start = recreate(
        NETWORK, SHORT.loads, start, np.random.default_rng(2), asked(200)
    )
    # The second one is not improved at all, and so far behind.
    two = from_two(
        NETWORK, SHORT.loads, start, np.random.default_rng(3), spans(1, 0, 200)
    )
    found = list(two)
    assert found
    assert all(one.worth < start.worth for one in found)
