"""The graph, the blocks and the comparison of charters: what a lawyer would look for is there."""

import re

import pytest

from peyman.charter.read import read_charter
from peyman.charter.verification.report import verify
from peyman.web.surroundings import LIBRARY
from peyman.web.views.charters.comparing import told
from peyman.web.views.charters.law import law_of, report_of
from tests.web.test_charters import CHARTERS, MILL, read  # noqa: F401  (a fixture)
from tests.web.test_enter import page_of

CSTO = (LIBRARY / "charters" / "csto.toml").read_bytes()
# ----------------------------------------------------------------------- the graph


@pytest.mark.parametrize("name", CHARTERS)
def test_the_list_beside_the_graph_names_every_act(client, db, name):
    content = page_of(client.get(f"/en/charters/{name}/graph/"))
    charter = law_of(name, (LIBRARY / "charters" / f"{name}.toml").read_bytes()).charter
    for act in charter.versions[-1].acts:
        assert f'<li id="act-{act.replace(".", "-")}">' in content


def test_the_list_says_what_the_lines_show(read):  # noqa: F811
    page = read("charters/csto/graph/")
    assert "Notice to the United Nations Security Council Who may:" in page
    assert "Only after: decision to send forces" in page
    assert (
        "Only while in force: decision to send forces; request for assistance" in page
    )
    assert "Does away with the duty of: consultation on the request" in page
    assert "Ends: request for assistance; decision to send forces" in page
    assert "Owed where it stands without a footing: withdrawal of a contingent" in page


def test_each_kind_of_line_can_be_hidden_without_a_script(client, db):
    content = page_of(client.get("/en/charters/csto/graph/"))
    kinds = set(re.findall(r'class="draw-edge draw-edge-([a-z]+)"', content))
    assert set(re.findall(r'class="show-([a-z]+)" checked', content)) == kinds
    assert kinds >= {"after", "while", "opens", "ends", "duty", "time"}


def test_a_matter_under_another_leads_from_it(read):  # noqa: F811
    page = read("charters/emac/graph/")
    assert "a matter: Contract, under one of: Emergency" in page


# ----------------------------------------------------------------- who blocks what


def test_who_blocks_each_decision_and_with_how_few(read):  # noqa: F811
    page = read("charters/csto/blocks/")
    assert "Blocked by 1 saying no, of 6: it needs no objection." in page
    assert "Any one member can block it alone." in page
    page = read("charters/un/blocks/")
    assert (
        "Whose no alone defeats it: China, France, Russia, United Kingdom, United"
        in page
    )
    page = read("charters/ecowas/blocks/")
    assert "Blocked by 4 saying no, of 11" in page


def test_who_blocks_leaving_and_what_stops_without_an_organ(read):  # noqa: F811
    page = read("charters/ecowas/blocks/")
    assert (
        "authorization by the Council can be ended or left only by a vote on revocation"
        in page
    )
    assert "Leaving can be ended or left without a vote. D 48" in page
    assert "Council of ECOWAS Crisis: never done: authorization by the Council" in page


def test_what_is_found_is_told_as_a_story_with_its_acknowledgement(client, live):
    from peyman.web.models import FileRecord

    FileRecord.objects.create(case=live, path="charters/mill.toml", data=MILL)
    content = page_of(client.get(f"/en/cases/{live.slug}/charters/mill/blocks/"))
    text = " ".join(re.sub(r"<[^>]*>", "", content).split())
    assert "Grind it: never done" in text
    assert "acknowledged by the charter nobody has thought of it" in text
    assert "Stop: never done" in text
    assert "not acknowledged" in text
    assert (
        "Grind it is owed, and from here it can never be done and is never waived."
        in text
    )
    assert "ask, by the member (T 1); owed from now: grind it" in text
    assert 'href="/en/cases/live/charters/mill/#art-mill-T-1"' in content


def test_the_answers_are_those_of_the_command(db):
    law = law_of("csto", CSTO)
    asked = verify(read_charter(CSTO, id="csto", name="csto.toml"))
    found = report_of(law, asked.day)
    assert (found.decisions, found.ways, found.stops) == (
        asked.decisions,
        asked.ways,
        asked.stops,
    )


def test_a_charter_is_verified_once_for_all_days_on_which_nothing_changes():
    law = law_of("csto", CSTO)
    days = [law.changes[-1].replace(year=year) for year in (2022, 2025)]
    assert report_of(law, days[0]) is report_of(law, days[1])
    assert report_of(law, law.changes[0].replace(year=1995)) is not report_of(
        law, days[0]
    )


# --------------------------------------------------------------------- side by side


def test_two_days_of_one_charter_side_by_side(read):  # noqa: F811
    page = read("charters/compare/?a=csto&a-on=2010-01-01&b=csto&b-on=2022-01-06")
    assert "Only here: Uzbekistan Only here: nobody" in page
    assert "Request for assistance Assistance differs" in page
    assert re.search("2010 ?: any member 6 January 2022 ?: the member concerned", page)
    assert "Withdrawal of a contingent" not in page


def test_only_the_words_that_differ_are_marked():
    left, right = told("they at once give help", "they give help at request")
    assert [one for one in left if one.is_other] == [("at once", True)]
    assert [one for one in right if one.is_other] == [("at request", True)]
    assert " ".join(one.text for one in left) == "they at once give help"
    assert all(not part.is_other for part in told("", "there alone")[1])


def test_two_charters_side_by_side(read):  # noqa: F811
    page = read("charters/compare/?a=csto&b=nato&b-on=2001-09-12")
    assert "only on the one side" in page
    assert "only on the other side" in page
    assert "North Atlantic Treaty Organization 12 September 2001" in page


def test_two_days_between_which_nothing_changed(read):  # noqa: F811
    page = read("charters/compare/?a=csto&a-on=2022-01-06&b=csto&b-on=2023-01-06")
    assert "The same members are bound." in page
    assert page.count("Nothing differs.") == 6


def test_the_form_alone_asks(read):  # noqa: F811
    page = read("charters/compare/")
    assert "On the one side" in page
    assert "There is a problem" not in page


@pytest.mark.parametrize(
    ("query", "problem", "remedy"),
    [
        ("a=cstoo&b=nato", "There is no charter “cstoo” that you may read.", "csto"),
        ("a=csto&b=live/none", "There is no charter “live/none”", "Choose another one"),
        (
            "a=csto&b=csto",
            "Both sides are the same charter on the same day.",
            "another day",
        ),
        ("a=csto&a-on=soon&b=nato", "“soon” is no day.", "2022-01-06"),
    ],
)
def test_what_cannot_be_compared_is_said_beside_the_form(read, query, problem, remedy):  # noqa: F811
    page = read(f"charters/compare/?{query}", status=400)
    assert problem in page
    assert remedy in page
    assert "On the one side" in page
