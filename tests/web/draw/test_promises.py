"""What every drawing promises: readable, finite, the same twice, in the page's words."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from peyman.web.draw.basemap import base
from peyman.web.draw.forces.series import draw_series
from peyman.web.draw.forces.statements import statements_of
from peyman.web.draw.forces.strength import draw_strength
from peyman.web.draw.language import Language
from peyman.web.draw.maps.map import draw_map
from peyman.web.draw.tally import Vote, draw_tally
from peyman.web.draw.times.clock import deadlines_of, draw_clock
from peyman.web.draw.times.happenings import happenings
from peyman.web.draw.times.timeline import draw_timeline
from peyman.web.draw.wording import WORDS

HOSTILE = '\u202e</text><script>alert("x")</script>\u2067&'
ROLL = ("AM", "BY", "KG", "KZ", "RU", "TJ")


def drawings(case, standing, language):
    """Every drawing of a case, by name."""
    made = {
        "map": draw_map(standing, language, towns=["minsk", "astana"]),
        "timeline": draw_timeline(happenings(case.entries), language).drawing,
        "strength": draw_strength(
            statements_of(case.entries, standing["world"]["figures"]),
            standing["force"]["serials"],
            language,
        ),
        "tally": draw_tally(Vote(ROLL, None, "not shown", (), "csto/chair"), language),
        "vote": draw_tally(Vote(ROLL, {"AM": "yes"}, "adopted"), language, id_="vote"),
    }
    for index, figure in enumerate(standing["world"]["figures"]):
        made[f"series-{index}"] = draw_series(figure, language, id_=f"series-{index}")
    for index, mandate in enumerate(standing["mandates"]):
        due = deadlines_of(standing["matters"])
        made[f"clock-{index}"] = draw_clock(
            mandate, due, standing["at"], language, id_=f"clock-{index}"
        )
    return made


@pytest.fixture(params=["en", "fa", "ru"])
def made(request, worked_case, worked):
    return drawings(
        worked_case, worked, Language(code=request.param, zone="Asia/Almaty")
    )


def test_every_drawing_is_well_formed_and_named(made):
    for name, drawing in made.items():
        root = ET.fromstring(drawing.svg)  # noqa: S314
        first, second, *_ = list(root)
        assert first.tag.endswith("title"), name
        assert second.tag.endswith("desc"), name
        assert first.text, name
        assert second.text, name
        assert root.get("aria-labelledby") == f"{first.get('id')} {second.get('id')}"


def test_every_number_is_finite_and_no_style_is_inline(made):
    for drawing in made.values():
        assert not re.search(r"\b(nan|inf|None)\b", drawing.svg)
        assert "style=" not in drawing.svg
        assert "paint-order" not in drawing.svg


def test_ids_are_unique_on_a_page_with_all_of_them(made):
    page = "".join(drawing.svg for drawing in made.values())
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_same_data_gives_the_same_bytes(worked_case, worked):
    language = Language(code="fa", zone="Asia/Almaty")
    once = drawings(worked_case, worked, language)
    base.cache_clear()
    assert once == drawings(worked_case, worked, language)


def test_every_drawing_has_rows_and_every_row_all_its_cells(made):
    for name, drawing in made.items():
        assert drawing.tables, name
        for table in drawing.tables:
            assert table.rows, name
            assert {len(row.cells) for row in table.rows} == {len(table.heads)}


def test_a_drawing_asks_for_no_word_that_is_not_in_the_list(worked_case, worked):
    asked = set()

    def words(word):
        asked.add(word)
        return word

    drawings(worked_case, worked, Language(words=words))
    units = {figure["unit"] for figure in worked["world"]["figures"]}
    acts = {word for word in asked if word.count(".") == 2 and " " not in word}
    assert asked - units - acts <= WORDS
    assert len(asked & WORDS) > 80


def test_a_drawing_writes_the_words_of_its_page(worked_case, worked):
    made = drawings(worked_case, worked, Language(words=lambda word: f"§{word}"))
    for name, drawing in made.items():
        assert "§" in drawing.svg, name


def test_what_a_source_says_cannot_leave_its_place(small):
    facility = small["world"]["facilities"][0]
    facility["statuses"][0]["status"] = f"guarded {HOSTILE}"
    facility["told"][0]["by"] = HOSTILE
    hostile = {
        "item": HOSTILE,
        "unit": HOSTILE,
        "series": [
            {
                "low": 1,
                "high": 2,
                "scope": HOSTILE,
                "revised_by": [],
                "entry": "e1",
                "by": HOSTILE,
                "at": "2022-01-05T00:00:00Z",
                "says": HOSTILE,
                "grade": "",
                "claim": "held",
            }
        ],
    }
    for drawing in (
        draw_map(small, Language()),
        draw_series(hostile, Language()),
        draw_tally(Vote((HOSTILE,), None, "not shown", (), HOSTILE), Language()),
    ):
        ET.fromstring(drawing.svg)  # noqa: S314
        assert "<script" not in drawing.svg
        assert "\u202e" not in drawing.svg
        assert drawing.svg.count("\u2067") == drawing.svg.count("\u2069")


def test_a_persian_name_stands_between_isolates(worked):
    drawn = draw_map(worked, Language(code="fa")).svg
    for shown in re.findall(r">([^<>]*[\u0600-\u06ff][^<>]*)<", drawn):
        assert shown[0] in "\u2066\u2067", shown
        assert shown[-1] == "\u2069", shown


def test_the_drawings_load_no_django():
    rooms = ("maps.map", "times.timeline", "times.clock", "forces.strength", "tally")
    drawn = "; ".join(f"import peyman.web.draw.{room}" for room in rooms)
    code = f"{drawn}\nimport sys\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "django" not in loaded.stdout.split()


def test_every_class_is_the_drawings_own(made):
    for drawing in made.values():
        for names in re.findall(r'class="([^"]+)"', drawing.svg):
            assert all(re.fullmatch(r"draw(-[a-z]+)*", one) for one in names.split())
