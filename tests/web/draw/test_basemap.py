import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.web.draw import basemap
from peyman.web.draw.basemap.clip import clipped_line, clipped_ring
from peyman.web.draw.basemap.projection import conic

FOLDER = Path(basemap.__file__).parent


def is_inside(point, ring):
    (x, y), inside = point, False
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def covers(country, latitude, longitude):
    stored = basemap.region()
    rings = [
        [p for a in ring for p in (stored.arcs[a] if a >= 0 else stored.arcs[~a][::-1])]
        for ring in stored.countries[country].rings
    ]
    return sum(is_inside((latitude, longitude), ring) for ring in rings) % 2 == 1


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "answer"),
    [
        ("KZ", 43.24, 76.95, True),  # Almaty
        ("KZ", 45.62, 63.32, True),  # Baikonur
        ("RU", 45.05, 34.1, False),  # Simferopol
        ("RU", 55.75, 37.62, True),  # Moscow
        ("KG", 42.87, 74.6, True),  # Bishkek
        ("TJ", 42.87, 74.6, False),
        ("AM", 40.18, 44.51, True),  # Yerevan
        ("BY", 53.9, 27.56, True),  # Minsk
    ],
)
def test_borders_are_where_the_atlas_has_them(country, latitude, longitude, answer):
    assert covers(country, latitude, longitude) is answer


def test_what_is_not_settled_is_drawn_dashed():
    assert any(is_dashed for _, is_dashed in basemap.region().borders)
    frame = basemap.frame_of([(38.5, 69.0), (42.0, 75.0)], 400)
    assert 'class="draw-border draw-unsettled" stroke-dasharray' in basemap.base(frame)


def test_the_stored_map_names_its_licence_and_the_digests_of_what_it_was_made_of():
    stored = json.loads((FOLDER / "region.json").read_bytes())
    licence = (FOLDER / stored["licence"]).read_text(encoding="utf-8")
    assert "BSD-3-Clause" in licence
    assert "MIT" in licence
    for name, digest in stored["sources"].items():
        assert name.split("/")[0].rsplit("-", 1)[0] in licence
        assert len(digest) == hashlib.sha256().digest_size * 2


def test_every_country_that_is_stored_can_be_named_in_it():
    for name, country in basemap.region().countries.items():
        assert country.names, name
        latitude, longitude, room = country.names[0]
        assert covers(name, latitude, longitude)
        assert room > 0


@given(st.floats(-60, 80), st.floats(-170, 170))
def test_what_is_further_north_on_a_meridian_is_higher(latitude, longitude):
    cone = conic(38, 60, 55)
    assert cone.project(latitude + 1, 55)[1] < cone.project(latitude, 55)[1]
    x, y = cone.project(latitude, longitude)
    assert abs(x) < 10
    assert abs(y) < 20


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-179, 179)), min_size=1))
def test_every_place_is_inside_the_frame_made_for_it(points):
    near = [(min(max(a, 20), 65), min(max(b, 20), 100)) for a, b in points]
    frame = basemap.frame_of(near, 1100)
    for point in near:
        x, y = frame.at(*point)
        assert 0 <= x <= frame.width
        assert 0 <= y <= frame.height
    assert frame.width / frame.height < 1.76


def test_a_ring_around_the_box_becomes_the_box():
    ring = [(-9.0, -9.0), (9.0, -9.0), (9.0, 9.0), (-9.0, 9.0)]
    assert set(clipped_ring(ring, (0, 0, 5, 5))) == {(0, 0), (5, 0), (5, 5), (0, 5)}


@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12)
)
def test_what_is_left_of_a_ring_lies_in_the_box(ring):
    for x, y in clipped_ring(ring, (-10, -10, 10, 10)):
        assert -10.001 <= x <= 10.001
        assert -10.001 <= y <= 10.001


def test_a_line_that_leaves_and_comes_back_is_two_lines():
    line = [(1.0, 1.0), (2.0, 2.0), (50.0, 2.0), (50.0, 5.0), (60.0, 5.0), (2.0, 5.0)]
    assert [len(part) for part in clipped_line(line, (0, 0, 10, 10))] == [3, 2]


def test_a_country_stands_clear_of_the_places_that_are_shown():
    shown = [(55.9, 38.0), (43.4, 77.0)]
    found = basemap.anchors(shown, ["RU", "KZ", "XX"])
    assert sorted(found) == ["KZ", "RU"]
    assert covers("RU", *found["RU"])
    assert covers("KZ", *found["KZ"])
    assert 48 < found["RU"][1] < 70
