import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from peyman.force.schedule import serial_rows, strength_rows
from peyman.web.draw.forces.filling import draw_filling
from peyman.web.draw.language import Language
from peyman.web.draw.plans.buildup import draw_buildup
from peyman.web.draw.plans.closing import At, draw_closing
from peyman.web.draw.plans.closures import draw_closures
from peyman.web.draw.plans.gantt import draw_by_aircraft, draw_by_airfield
from peyman.web.draw.wording import WORDS
from tests.force.small_plan import PLAN, PROBLEM

ENGLISH = Language(zone="Asia/Almaty")
ROWS = serial_rows(PROBLEM, PLAN)
HOSTILE = '\u202e</text><script>alert("x")</script>\u2067&'
LINES = [
    {
        "line": name,
        "entry": "e1",
        "quantity": 4,
        "covered": covered,
        "unit": "facilities",
        "place": "kz",
        "priority": 1,
    }
    for name, covered in (("Guard", 4), (HOSTILE, 1))
]
SHARES = [
    {"line": "Guard", "member": "RU", "quantity": 4, "entries": ["e1", "e2"]},
    {"line": HOSTILE, "member": "KG", "quantity": 1, "entries": ["e1", "e3"]},
]

CALM = "2022-01-09T10:00:00Z"
CLOSED = {"50": CALM, "80": "2022-01-09T12:00:00Z", "95": "2022-01-10T01:00:00Z"}
CLOSURES = [CALM] * 6 + [CLOSED["80"]] * 2 + [CLOSED["95"]] * 2
STEPS = [
    At(0.2, {"lateness": 1.0, "closure": 1.0}),
    At(4.0, {"lateness": 0.5, "closure": 0.2}),
    At(8.0, {"lateness": 0.0, "closure": 0.2}),
]


def drawings(language):
    return {
        "aircraft": draw_by_aircraft(ROWS, language),
        "airfield": draw_by_airfield(ROWS, language),
        "buildup": draw_buildup(strength_rows(PROBLEM, PLAN), language),
        "closures": draw_closures(CLOSURES, CLOSED, CALM, language),
        "closing": draw_closing(STEPS, language),
        "filling": draw_filling(LINES, SHARES, language),
    }


def bars(drawing, kind):
    """Left end and width of every bar of a kind."""
    found = re.findall(
        rf'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]*class="draw-{kind}-bar"',
        drawing.svg,
    )
    return [(float(x), float(width)) for x, width in found]


@pytest.mark.parametrize("code", ["en", "fa", "ru"])
def test_every_drawing_of_a_plan_is_well_formed_named_and_has_its_rows(code):
    for drawing in drawings(Language(code=code, zone="Asia/Almaty")).values():
        root = ET.fromstring(drawing.svg)  # noqa: S314
        assert root.get("aria-labelledby")
        assert not re.search(r"\b(nan|inf|None)\b", drawing.svg)
        assert "<script" not in drawing.svg
        for table in drawing.tables:
            assert table.rows
            assert {len(row.cells) for row in table.rows} == {len(table.heads)}


def test_a_plan_is_drawn_in_no_word_that_is_not_in_the_list():
    asked = set()

    def words(word):
        asked.add(word)
        return word

    drawings(Language(words=words, zone="Asia/Almaty"))
    assert asked <= WORDS


def test_a_flight_is_loading_the_way_and_unloading_and_a_ferry_is_a_line():
    drawing = draw_by_aircraft(ROWS, ENGLISH)
    # Two flights with a bar of work at each end; a convoy with none; an empty way back.
    assert len(bars(drawing, "work")) == 4
    assert len(bars(drawing, "way")) == 3
    assert len(bars(drawing, "ferry")) == 1


def test_time_runs_from_right_to_left_where_the_text_does():
    english = draw_by_aircraft(ROWS, ENGLISH)
    persian = draw_by_aircraft(ROWS, Language(code="fa", zone="Asia/Almaty"))
    assert bars(english, "ferry")[0] > bars(english, "way")[0]
    assert bars(persian, "ferry")[0] < bars(persian, "way")[0]


def test_aircraft_that_are_worked_on_at_once_lie_beside_each_other():
    drawing = draw_by_airfield(ROWS, ENGLISH)
    tops = re.findall(r' y="([\d.]+)" width="[\d.]+"[^>]*draw-way-bar', drawing.svg)
    assert len(tops) == 2
    assert len(set(tops)) == 2


def test_strength_ends_at_what_the_plan_moves():
    drawing = draw_buildup(strength_rows(PROBLEM, PLAN), ENGLISH)
    for number in (">350<", ">200<", ">150<"):
        assert number in drawing.svg


def test_a_line_that_is_not_full_has_a_hollow_end():
    drawing = draw_filling(LINES, SHARES, ENGLISH)
    assert [row.kind for row in drawing.tables[0].rows] == ["covered", "open"]
    assert [key.word for key in drawing.keys] == ["covered", "open"]
    assert drawing.svg.count("draw-open-part") == 2
    full = draw_filling(LINES[:1], SHARES[:1], ENGLISH)
    assert [key.word for key in full.keys] == ["covered"]


def line_of(drawing, kind):
    """The points of the line of a kind, from its steps."""
    [d] = re.findall(rf'd="([^"]+)" class="{kind}"', drawing.svg)
    numbers = [int(one) for one in re.findall(r"-?\d+", d)]
    points, x, y = [], 0, 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def test_closures_rise_from_none_to_all_and_time_runs_as_it_is_read():
    for code in ("en", "fa"):
        drawing = draw_closures(CLOSURES, CLOSED, CALM, Language(code=code))
        points = line_of(drawing, "draw-closed-by")
        xs, ys = [x for x, _ in points], [y for _, y in points]
        assert ys == sorted(ys, reverse=True)
        assert (ys[0], ys[-1]) == (226, 30)
        assert xs == sorted(xs, reverse=code == "fa")
        # Six of ten close with the plan: the first rise is the highest.
        rises = [above - below for above, below in pairwise(ys)]
        assert max(rises) == rises[1]


def test_a_gap_falls_to_the_floor_when_it_is_proven_best():
    drawing = draw_closing(STEPS, ENGLISH)
    assert line_of(drawing, "draw-gap-line draw-1")[-1][1] == 220
    assert line_of(drawing, "draw-gap-line draw-2")[-1][1] == round(220 - 0.2 * 206)
    [table] = drawing.tables
    assert [cell.text for cell in table.rows[-1].cells] == ["8", "0 %", "20 %"]
