"""The graph of acts: whole, legible, and mirrored where the page reads from the right."""

import re
import xml.etree.ElementTree as ET

import pytest

from peyman.charter.read import load_charter
from peyman.charter.verification.compiling import kinds_of
from peyman.web.draw.graphs.graph import BOXES, KINDS, Link, Step, draw_graph
from peyman.web.draw.graphs.graph_shapes import wrapped
from peyman.web.draw.language import Language
from peyman.web.draw.wording import WORDS
from peyman.web.surroundings import LIBRARY
from peyman.web.views.charters.picture import links_of, steps_of
from peyman.web.views.charters.telling import Telling

HOSTILE = '\u202e</text><script>alert("x")</script>\u2067&'
CHARTERS = sorted(path.stem for path in (LIBRARY / "charters").glob("*.toml"))
STEPS = (
    Step("a.ask", "request for help", "any member", opens=True),
    Step("a.send", "sending of a force", "the council", kind="voted"),
    Step("a.go", "going home", "each member", kind="deed"),
)
LINKS = (
    Link("while", "a.ask", "a.send"),
    Link("duty", "a.send", "a.go"),
    Link("ends", "a.go", "a.send"),
)


def drawn(language="en", steps=STEPS, links=LINKS, **more):
    told = Language(code=language, **more)
    return draw_graph(steps, links, told, id_="graph-a", name="Help")


def boxes(drawing):
    """Each box of a drawing: left, top, right, bottom."""
    found = re.findall(
        r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"'
        r'(?: rx="6")? class="draw-frame"',
        drawing.svg,
    )
    return [(x, y, x + w, y + h) for x, y, w, h in (map(float, one) for one in found)]


def test_each_act_has_a_box_and_each_relation_a_line():
    svg = drawn().svg
    ET.fromstring(svg)  # noqa: S314
    assert len(boxes(drawn())) == 3
    for kind in ("while", "duty", "ends", "opens"):
        assert svg.count(f"draw-edge draw-edge-{kind}") == 1
    assert "request for help → sending of a force: only while the other" in svg


def test_what_is_in_no_relation_is_drawn_all_the_same():
    assert len(boxes(drawn(links=()))) == 3


def test_a_relation_of_an_act_that_is_not_there_is_left_out():
    assert drawn(links=(*LINKS, Link("after", "a.gone", "a.go"))) == drawn()


def test_what_is_owed_again_and_again_comes_back_to_its_own_box():
    again = drawn(links=(*LINKS, Link("duty", "a.go", "a.go")))
    assert again.svg.count("draw-edge-duty") == 2
    assert "going home → going home" in again.svg


def test_persian_begins_at_the_right():
    (left, *_), (_, *_), (right, *_) = boxes(drawn())
    (mirrored_left, *_), (_, *_), (mirrored_right, *_) = boxes(drawn("fa"))
    assert left < right
    assert mirrored_left > mirrored_right


def test_a_kind_of_line_that_does_not_occur_has_no_key():
    names = [key.name for key in drawn().keys]
    assert names == ["while", "opens", "duty", "ends", "", ""]


def test_a_name_that_is_hostile_stays_in_its_place():
    steps = (Step("a.ask", HOSTILE, HOSTILE, opens=True), *STEPS[1:])
    drawing = drawn(steps=steps)
    ET.fromstring(drawing.svg)  # noqa: S314
    assert "<script" not in drawing.svg
    assert "\u202e" not in drawing.svg


def test_every_word_of_a_graph_is_in_the_list_of_the_catalogues():
    assert {*KINDS.values(), *BOXES.values()} <= WORDS
    svg = drawn(words=lambda word: f"§{word}").svg
    assert "§" in svg


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one", ("one",)),
        ("", ()),
        (
            "notice to the United Nations Security Council",
            ("notice to the", "United Nations", "Security Coun…"),
        ),
        ("incomprehensibilities", ("incomprehensi…",)),
    ],
)
def test_a_name_is_broken_into_lines_that_fit(text, expected):
    assert wrapped(text, 84, 10, 3) == expected


@pytest.mark.parametrize("name", CHARTERS)
def test_no_two_boxes_of_any_charter_overlap(name):
    charter = load_charter(LIBRARY / "charters" / f"{name}.toml")
    text = charter.versions[-1]
    for kind in kinds_of(text):
        links = list(links_of(text, kind))
        steps = list(steps_of(Telling(charter, text), kind, links))
        found = boxes(drawn(steps=steps, links=links))
        assert len(found) == len(steps)
        for place, (left, top, right, low) in enumerate(found):
            for other in found[place + 1 :]:
                apart = (
                    right <= other[0],
                    other[2] <= left,
                    low <= other[1],
                    other[3] <= top,
                )
                assert any(apart), (kind, steps[place].id)
