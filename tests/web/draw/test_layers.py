"""A graph in layers: nothing overlaps, what comes first stands first, a circle is no trouble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.web.draw.graphs.layers import Box, lay_out, spread

NAMES = [chr(ord("a") + n) for n in range(9)]


def laid(*pairs, height=40.0):
    boxes = {name: Box(100, height) for name in dict.fromkeys("".join(pairs))}
    return lay_out(boxes, dict.fromkeys(map(tuple, pairs), 8.0))


def layer(found, name):
    return found.places[name].layer


def test_what_comes_first_stands_in_an_earlier_layer():
    found = laid("ab", "bc", "ac")
    assert [layer(found, name) for name in "abc"] == [0, 1, 2]


def test_a_circle_is_cut_at_its_least_important_line():
    found = laid("ab", "bc", "ca")
    assert [layer(found, name) for name in "abc"] == [0, 1, 2]
    assert ("a", "c") in found.ways


def test_what_stands_before_one_late_thing_alone_stands_next_to_it():
    found = laid("ab", "bc", "cd", "xd")
    assert layer(found, "x") == layer(found, "c")


def test_a_line_over_several_layers_has_a_lane_in_each_between():
    found = laid("ab", "bc", "cd", "ad")
    assert len(found.ways["a", "d"]) == 2
    assert found.ways["a", "b"] == ()


def test_lanes_pass_beside_the_boxes_of_their_layer():
    found = laid("ab", "bc", "ac")
    (lane,) = found.ways["a", "c"]
    assert abs(lane - found.places["b"].y) >= 20 + 4


def test_lines_that_need_not_cross_do_not():
    found = laid("ax", "by", "cz", "ay")
    tops = [found.places[name].y for name in "abc"]
    lows = [found.places[name].y for name in "xyz"]
    assert [sorted(tops).index(y) for y in tops] == [
        sorted(lows).index(y) for y in lows
    ]


PAIRS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(
        lambda pair: pair[0] != pair[1]
    ),
    max_size=24,
)


@given(PAIRS, st.data())
def test_no_two_boxes_of_a_layer_ever_overlap(pairs, data):
    heights = data.draw(st.lists(st.floats(10, 90), min_size=9, max_size=9))
    boxes = {name: Box(100, high) for name, high in zip(NAMES, heights, strict=True)}
    found = lay_out(boxes, dict.fromkeys(pairs, 8.0))
    for row in found.layers:
        edges = sorted(
            (
                found.places[one].y - boxes[one].height / 2,
                found.places[one].y + boxes[one].height / 2,
            )
            for one in row
        )
        ends = [low for _top, low in edges]
        assert all(low < top for low, (top, _) in zip(ends, edges[1:], strict=False))
        assert not edges or (edges[0][0] > -1e-6 and ends[-1] < found.height + 1e-6)
    for (first, last), lanes in found.ways.items():
        assert found.places[last].layer - found.places[first].layer == len(lanes) + 1


@given(PAIRS)
def test_the_same_graph_is_laid_out_the_same_twice(pairs):
    boxes = {name: Box(100, 40) for name in NAMES}
    joined = dict.fromkeys(pairs, 8.0)
    assert lay_out(boxes, joined) == lay_out(boxes, joined)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([0, 100], [0, 100]),  # room enough: each where it would be
        ([0, 0], [-12, 12]),  # both give way alike
        ([50, 0], [13, 37]),  # the order holds
    ],
)
def test_neighbours_give_way_to_each_other(wanted, expected):
    high = {"a": 10.0, "b": 10.0}
    assert list(spread(wanted, ["a", "b"], high).values()) == expected
