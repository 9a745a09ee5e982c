import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.web.draw import svg

OVERRIDES = "\u202a\u202b\u202c\u202d\u202e"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_finite_number_has_no_place_in_a_drawing(value):
    with pytest.raises(ValueError, match="has no place in a drawing"):
        svg.tag("circle", cx=value)


def test_markup_in_a_text_stays_text():
    drawn = svg.text("<script>alert(1)</script>", 0, 0)
    assert drawn == (
        '<text x="0" y="0" class="draw-text">'
        "&lt;script&gt;alert(1)&lt;/script&gt;</text>"
    )


def test_markup_in_an_attribute_stays_in_it():
    assert svg.tag("g", class_='"><script>') == '<g class="&quot;&gt;&lt;script&gt;"/>'


def test_overrides_are_dropped_and_joiners_stay():
    assert svg.clean(f"a{OVERRIDES}b\u200cc") == "ab\u200cc"


@pytest.mark.parametrize("text", ["\u2067open", "closed\u2069", "\u2069\u2067"])
def test_isolates_that_are_not_closed_are_dropped(text):
    assert not set(svg.clean(text)) & set("\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("text", "is_rtl", "drawn"),
    [
        ("Almaty", False, "Almaty"),
        ("Almaty", True, "Almaty"),
        ("آلماتی", False, "\u2067آلماتی\u2069"),
        ("۷۰–۱۰۰", True, "\u2067۷۰–۱۰۰\u2069"),
        ("70–100", False, "70–100"),
        ("TASS: آلماتی", False, "\u2066TASS: آلماتی\u2069"),
    ],
)
def test_a_run_keeps_its_own_direction(text, is_rtl, drawn):
    assert svg.run(text, is_rtl) == drawn


def test_the_first_of_a_haloed_line_is_hidden_from_readers():
    drawn = svg.haloed(svg.text("a", 1, 2, class_="draw-name"))
    assert drawn == (
        '<text aria-hidden="true" x="1" y="2" class="draw-halo draw-name">a</text>'
        '<text x="1" y="2" class="draw-name">a</text>'
    )


def test_a_document_is_named_described_and_left_to_right():
    drawn = svg.document(
        id_="m", name="Name", says="Says", size=(10, 20), class_="draw-map"
    )
    assert 'aria-labelledby="m-name m-says"' in drawn
    assert '<title id="m-name">Name</title><desc id="m-says">Says</desc>' in drawn
    assert 'direction="ltr"' in drawn
    assert 'viewBox="0 0 10 20"' in drawn
    assert "style=" not in drawn


@given(st.text())
def test_any_text_makes_a_drawing_that_can_be_read(text):
    drawn = svg.tag("g", svg.text(text, 0, 0), svg.title(text), data_from=text)
    read = ET.fromstring(drawn)  # noqa: S314
    assert read.tag == "g"
    assert not set(drawn) & set(OVERRIDES)


@given(st.text())
def test_what_was_cleaned_once_is_clean(text):
    assert svg.clean(svg.clean(text)) == svg.clean(text)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_is_read_back_to_a_tenth(value):
    assert float(svg.number(value)) == pytest.approx(value, abs=0.051, rel=1e-6)


@given(
    st.lists(
        st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000)),
        min_size=2,
        max_size=9,
    )
)
def test_a_path_ends_where_its_points_end(points):
    line = svg.path(points)
    if not line:
        assert len({(round(x), round(y)) for x, y in points}) == 1
        return
    start, _, rest = line[1:].partition("l")
    x, y = (int(n) for n in start.split())
    steps = [int(n) for n in rest.replace("-", " -").split()]
    assert x + sum(steps[::2]) == round(points[-1][0])
    assert y + sum(steps[1::2]) == round(points[-1][1])


def test_a_line_that_fits_is_not_cut():
    assert svg.fit("short", 100, 10) == "short"
    assert svg.width_of(svg.fit("a longer line than there is room", 100, 10), 10) <= 100
