from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.moment import ALWAYS, Moment, read_instant
from peyman.web.draw.language import Language
from peyman.web.draw.marks import KINDS
from peyman.web.draw.times.happenings import Happening, happenings
from peyman.web.draw.times.timeline import draw_timeline

ALMATY = Language(zone="Asia/Almaty")
NOON = read_instant("2022-01-05T06:00:00Z")
DAY = 86400


def happened(entry="e1", kind="claim", lo=NOON, hi=None, **more):
    return Happening(entry, kind, Moment(lo, lo if hi is None else hi), "Said.", **more)


def test_an_exact_time_is_a_mark_and_an_uncertain_one_a_bar():
    exact = draw_timeline([happened()], ALMATY).drawing.svg
    uncertain = draw_timeline([happened(hi=NOON + DAY // 2)], ALMATY).drawing.svg
    assert "draw-span" not in exact
    assert uncertain.count('class="draw-span"') == 1


def test_a_day_is_a_day_of_the_cases_zone():
    late = read_instant("2022-01-05T20:00:00Z")
    (day,) = draw_timeline([happened(lo=late)], ALMATY).days
    assert day.day == date(2022, 1, 6)


def test_days_without_entries_are_a_break_and_take_no_room():
    far = [happened(), happened("e2", lo=NOON + 300 * DAY)]
    near = [happened(), happened("e2", lo=NOON + DAY)]
    assert draw_timeline(far, ALMATY).drawing.svg.count("draw-break") == 1
    assert "draw-break" not in draw_timeline(near, ALMATY).drawing.svg


def test_what_was_deleted_is_crossed_and_stays():
    made = draw_timeline([happened(gone=True)], ALMATY)
    assert "draw-kind-claim draw-was" in made.drawing.svg
    assert made.drawing.tables[0].rows[0].kind == "gone"
    assert "deleted, withdrawn or corrected" in [k.word for k in made.drawing.keys]


def test_what_has_no_known_time_is_listed_and_not_drawn():
    made = draw_timeline([happened(lo=ALWAYS, hi=NOON), happened("e2")], ALMATY)
    assert [day.label for day in made.days] == ["time not known", "2022-01-05"]
    assert made.drawing.svg.count('class="draw-kind-claim"') == 1


def test_keeping_the_record_is_listed_and_not_drawn():
    made = draw_timeline([happened(kind="keeping"), happened("e2")], ALMATY)
    assert len(made.drawing.tables[0].rows) == 2
    assert "draw-kind-keeping" not in made.drawing.svg


def test_in_persian_time_runs_from_right_to_left():
    two = [happened(kind="act"), happened("e2", kind="claim", lo=NOON + DAY)]
    for code, is_later_right in (("en", True), ("fa", False)):
        drawn = draw_timeline(two, Language(code=code)).drawing.svg
        x = [
            float(drawn.split(f"draw-kind-{kind}")[1].split("translate(")[1].split()[0])
            for kind in ("act", "claim")
        ]
        assert (x[1] > x[0]) is is_later_right


def test_the_worked_case_has_every_entry_in_its_rows(worked_case):
    made = draw_timeline(happenings(worked_case.entries), ALMATY)
    names = [row.entries[0] for row in made.drawing.tables[0].rows]
    assert sorted(names) == sorted(entry.name for entry in worked_case.entries)
    assert sum(len(day.happenings) for day in made.days) == len(names)


def test_a_deleted_claim_of_the_worked_case_is_gone(worked_case):
    gone = [one for one in happenings(worked_case.entries) if one.gone]
    assert any("164 dead" in one.text for one in gone)


def test_marks_of_one_lane_do_not_cover_each_other(golden):
    many = [happened(f"e{i}", lo=NOON + i * 60, hi=NOON + 7200) for i in range(4)]
    golden("draw/timeline.svg", draw_timeline(many, ALMATY).drawing.svg + "\n")


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_can_be_drawn(name):
    assert "<svg" in draw_timeline([happened(kind=name)], ALMATY).drawing.svg


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(KINDS)),
            st.integers(0, 3 * 10**9),
            st.integers(0, 10**6),
        ),
        max_size=12,
    )
)
def test_any_entries_make_the_same_finite_bytes_twice(rows):
    entries = [
        happened(f"e{i}", kind, lo, lo + span)
        for i, (kind, lo, span) in enumerate(rows)
    ]
    once = draw_timeline(entries, ALMATY).drawing.svg
    assert once == draw_timeline(entries, ALMATY).drawing.svg
    assert "nan" not in once
    assert "inf" not in once
