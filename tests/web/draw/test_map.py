import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.web.draw.language import Language
from peyman.web.draw.maps.facilities import phases_of
from peyman.web.draw.maps.labels import PIN, Box, Label, place
from peyman.web.draw.maps.map import draw_map
from peyman.web.draw.marks import STATUSES, icon, shape, status_of
from peyman.web.draw.times.moments import stamp
from peyman.web.draw.wording import WORDS

ENGLISH = Language()
CSS = "peyman/web/static/web/css/draw.css"


def part(drawn, class_):
    """Start tags of the parts of a class."""
    return re.findall(rf'<g [^>]*class="{class_}[^>]*>|<g class="{class_}[^>]*>', drawn)


@pytest.mark.parametrize("name", STATUSES)
def test_every_status_has_its_own_shape_word_and_class(name, pytestconfig):
    mark = STATUSES[name]
    assert mark.word in WORDS
    assert f'class="draw-mark draw-{name}' in shape(mark)
    others = [(m.line, m.is_hollow) for m in STATUSES.values() if m is not mark]
    assert (mark.line, mark.is_hollow) not in others
    css = (pytestconfig.rootpath / CSS).read_text(encoding="utf-8")
    assert f".draw-{name}" in css
    assert 'aria-hidden="true"' in icon(shape(mark))


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("seized, flights stopped", "seized"),
        ("in the hands of terrorist groups", "seized"),
        ("left by those who had seized it", "freed"),
        ("held jointly, closed to passengers", "guarded"),
        ("open from 08:00 to 21:00", "open"),
        ("closed", "closed"),
        ("no longer seized", "said"),
        ("not open, closed", "closed"),
        ("burning", "said"),
        ("", "said"),
    ],
)
def test_a_status_in_words_comes_to_the_first_that_they_name(said, status):
    assert status_of(said) == status


def test_contradictory_claims_of_one_time_stand_side_by_side(small):
    first, *_ = phases_of(small["world"]["facilities"][0])
    assert set(first.shown) == {"seized", "freed"}
    assert first.is_contested


def test_a_claim_of_an_earlier_time_is_no_word_against_a_later_reading(small):
    *_, last = phases_of(small["world"]["facilities"][0])
    assert last.shown == ("guarded",)
    assert last.words == "guarded by both"
    assert (stamp(last.lo), stamp(last.sure)) == (
        "2022-01-07T06:00:00Z",
        "2022-01-07T09:00:00Z",
    )


def test_a_withdrawn_claim_is_nobodys_word(small):
    facility = small["world"]["facilities"][0]
    facility["told"][0]["claim"] = "withdrawn"
    assert phases_of(facility)[0].shown == ("freed",)


def test_the_worked_airport_is_seized_contested_guarded_and_open(worked):
    (facility,) = worked["world"]["facilities"]
    shown = [phase.shown for phase in phases_of(facility)]
    assert shown[0] == ("seized",)
    assert ("freed", "seized") in shown
    assert ("guarded",) in shown
    assert shown[-1] == ("open",)


def test_every_phase_ends_where_the_next_begins(worked):
    phases = phases_of(worked["world"]["facilities"][0])
    assert [p.to for p in phases[:-1]] == [p.lo for p in phases[1:]]
    assert stamp(phases[-1].to) is None


def test_a_movement_to_come_is_hidden_and_a_past_one_is_thin(small):
    drawn = draw_map(small, ENGLISH, at="2022-01-08T00:00:00Z").svg
    assert (
        '<g class="draw-move draw-in draw-air draw-reported draw-past" '
        'data-from="2022-01-07T00:00:00Z" data-past="2022-01-07T12:00:00Z">'
    ) in drawn
    assert (
        'draw-reported draw-to-come" data-from="2022-01-13T00:00:00Z" '
        'data-past="2022-01-13T00:00:01Z" display="none">'
    ) in drawn


def test_one_status_of_a_place_is_shown_at_a_moment(small):
    drawn = draw_map(small, ENGLISH, at="2022-01-05T13:00:00Z").svg
    shown = [t for t in part(drawn, "draw-phase") if "display" not in t]
    assert [t for t in shown if "data-to" in t]
    assert "contested: freed or seized" in drawn
    before = draw_map(small, ENGLISH, at="2022-01-01T00:00:00Z").svg
    assert not [
        t for t in part(before, "draw-phase") if "data-to" in t and "display" not in t
    ]


def test_flights_and_aircraft_have_their_own_signs_and_words(small):
    made = draw_map(small, ENGLISH)
    assert {"flights", "aircraft"} <= {key.word for key in made.keys}
    _, movements = made.tables
    assert [r.cells[4].text for r in movements.rows] == ["flights: 12", "aircraft: 3"]


def test_an_end_without_a_place_is_a_ring_in_its_country(small):
    made = draw_map(small, ENGLISH)
    assert "a country, the place is not told" in [key.word for key in made.keys]
    assert '<circle r="7" class="draw-ring"' in made.svg


def test_the_rows_say_all_that_the_map_shows(worked):
    made = draw_map(worked, ENGLISH)
    facilities, movements = made.tables
    assert len(movements.rows) == len(worked["force"]["serials"])
    assert all(row.entries for row in (*facilities.rows, *movements.rows))
    assert all(len(r.cells) == len(t.heads) for t in made.tables for r in t.rows)


def test_the_slider_stops_wherever_the_map_changes(worked):
    made = draw_map(worked, ENGLISH)
    steps = [step.at for step in made.steps]
    assert steps == sorted(set(steps))
    changes = set(re.findall(r'data-(?:from|sure|to)="([^"]+)"', made.svg))
    assert changes <= set(steps)


def test_a_case_without_places_shows_the_country_that_it_concerns(small):
    small["world"]["facilities"] = []
    small["force"]["serials"] = []
    assert "Kazakhstan" in draw_map(small, ENGLISH).svg


def test_a_place_that_is_not_in_the_list_is_in_the_rows_alone(small):
    small["force"]["serials"][0]["origin"] = "nowhere"
    made = draw_map(small, ENGLISH)
    assert made.tables[1].rows[0].cells[1].text == "nowhere"
    assert "nowhere" not in made.svg


def test_a_narrow_map_has_fewer_labels_than_a_wide_one(worked):
    drawn = draw_map(worked, ENGLISH, towns=["minsk", "moscow", "bishkek"]).svg
    wide, narrow = (
        drawn.index('<g class="draw-wide" font'),
        drawn.index('<g class="draw-narrow"'),
    )
    assert wide < narrow
    assert drawn[wide:narrow].count("<text") > drawn[narrow:].count("<text") > 0


@given(
    st.lists(
        st.tuples(st.floats(0, 400), st.floats(0, 300), st.integers(0, 5)),
        min_size=1,
        max_size=12,
    )
)
def test_labels_cover_neither_each_other_nor_the_marks(points):
    labels = [
        Label(str(i), ("Name", "words"), x, y, rank, PIN)
        for i, (x, y, rank) in enumerate(points)
    ]
    marks = [Box(x - 4, y - 4, x + 4, y + 4) for x, y, _ in points]
    spots = place(labels, marks, Box(0, 0, 400, 300))
    boxes = [spot.box for spot in spots.values()]
    assert not any(box.covers(mark) for box in boxes for mark in marks)
    assert not any(
        one.covers(other) for i, one in enumerate(boxes) for other in boxes[:i]
    )
