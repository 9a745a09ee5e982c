"""Strength, series, clock and tally: small pictures, compared whole where they are short."""

from dataclasses import replace

import pytest

from peyman.charter.moment import Moment, read_instant
from peyman.web.draw.forces.series import draw_series
from peyman.web.draw.forces.statements import Statement, statements_of
from peyman.web.draw.forces.strength import draw_strength
from peyman.web.draw.language import Language
from peyman.web.draw.marks import CLAIMS, VOTES
from peyman.web.draw.tally import Vote, cast, draw_tally
from peyman.web.draw.times.clock import Deadline, deadlines_of, draw_clock

ENGLISH = Language()
JAN6 = read_instant("2022-01-06T00:00:00Z")
DAY = 86400


def point(low, high, entry, claim="held", revised_by=(), at="2022-01-09T00:00:00Z"):
    return {
        "low": low,
        "high": high,
        "scope": "",
        "revised_by": list(revised_by),
        "entry": entry,
        "by": "TASS",
        "at": at,
        "says": "So many.",
        "grade": "D3",
        "claim": claim,
    }


def figure(*points, unit="people"):
    return {"item": "dead in all", "unit": unit, "series": list(points)}


def said(member, low, high, entry="e1", kind="strength", day=0):
    at = Moment(JAN6 + day * DAY, JAN6 + (day + 1) * DAY)
    return Statement(member, at, low, high, kind, entry)


def test_a_deleted_number_is_hollow_crossed_and_struck(golden):
    made = draw_series(
        figure(
            point(164, 164, "e1", "deleted", ["e2"]),
            point(225, 225, "e2", at="2022-01-15T00:00:00Z"),
        ),
        ENGLISH,
    )
    assert "draw-mark draw-deleted draw-hollow" in made.svg
    assert made.svg.count('class="draw-strike"') == 1
    assert [row.kind for row in made.tables[0].rows] == ["deleted", "held"]
    golden("draw/series.svg", made.svg + "\n")


def test_a_corrected_number_leads_to_what_corrected_it():
    made = draw_series(
        figure(point(1, 1, "e1", "held", ["e2"]), point(2, 2, "e2")), ENGLISH
    )
    assert made.svg.count('class="draw-revision"') == 1
    assert made.tables[0].rows[0].cells[-1].text == "e2"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(70, 70, ">70<"), (70, 100, ">70–100<"), (80, None, ">80 or more<")],
)
def test_bounds_are_drawn_as_bounds(low, high, words):
    made = draw_series(figure(point(low, high, "e1")), ENGLISH)
    assert words in made.svg
    assert ("draw-range" in made.svg) is (high != low)


def test_a_unit_has_its_own_drawing_and_stands_in_its_name():
    made = draw_series(figure(point(108, 108, "e1"), unit="flights"), ENGLISH)
    assert "dead in all (flights)</title>" in made.svg


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_has_its_mark(claim):
    made = draw_series(figure(point(3, 3, "e1", claim)), ENGLISH)
    assert f"draw-mark draw-{claim}" in made.svg


def test_a_series_without_numbers_is_drawn_empty():
    assert "not known" in draw_series(figure(), ENGLISH).svg


def test_two_words_on_one_day_stand_side_by_side():
    made = draw_strength([said("AM", 70, 70), said("AM", 100, 100, "e2")], [], ENGLISH)
    bars = [
        float(part.split('x="')[1].split('"')[0])
        for part in made.svg.split("<rect")[1:]
        if "draw-amount" in part.split("/>")[0]
    ]
    assert len(bars) == 2
    assert abs(bars[0] - bars[1]) >= 12
    assert ">85<" not in made.svg


def test_days_of_which_nobody_spoke_are_not_known():
    made = draw_strength(
        [said("KG", 150, 150), said("KG", 150, 150, "e2", day=9)], [], ENGLISH
    )
    assert 'class="draw-gap"' in made.svg
    assert ">not known</text>" in made.svg


def test_a_member_without_a_number_has_a_row_without_a_bar():
    made = draw_strength([said("RU", None, None, kind="pledge")], [], ENGLISH)
    assert ">Russia</text>" in made.svg
    assert "draw-amount" not in made.svg
    assert made.tables[0].rows[0].cells[2].text == "not known"


def test_a_square_for_every_aircraft_and_a_chevron_for_every_flight(small):
    made = draw_strength([], small["force"]["serials"], ENGLISH)
    assert made.svg.count("l6 3l-6 3l1.5-3z") == 12
    assert made.svg.count("h6v6h-6z") == 3
    assert {"one flight", "one aircraft"} <= {key.word for key in made.keys}


def test_the_worked_force_is_told_by_strength_pledge_and_figure(worked_case, worked):
    told = statements_of(worked_case.entries, worked["world"]["figures"])
    assert {one.kind for one in told} == {"strength", "pledge", "figure"}
    totals = [one.low for one in told if one.member == "all"]
    assert {2030, 2500, 3970} <= set(totals)
    assert {one.low for one in told if one.member == "AM"} >= {70, 100}


MANDATE = {
    "id": "e70/1",
    "from": "2022-01-05T21:00:00Z/2022-01-06T03:00:00Z",
    "until": None,
    "ended": None,
}
OWED = Deadline(
    "csto.assistance.notify", "csto/chair", Moment(JAN6, JAN6 + DAY), "late", "e70/1"
)


def test_a_mandate_without_an_end_day_runs_off_and_says_so(golden):
    made = draw_clock(MANDATE, [OWED], "2022-01-08T00:00:00Z", ENGLISH)
    assert ">In force; no end day is known</text>" in made.svg
    assert "draw-open-end" in made.svg
    golden("draw/clock.svg", made.svg + "\n")


def test_a_mandate_with_an_end_day_stops_there():
    until = {**MANDATE, "until": "2022-01-19T00:00:00Z"}
    made = draw_clock(until, [], "2022-01-08T00:00:00Z", ENGLISH)
    assert "In force until 2022-01-19T00:00:00Z" in made.svg
    assert "draw-stop" in made.svg
    assert "draw-open-end" not in made.svg


def test_a_mandate_that_ended_says_when():
    ended = {**MANDATE, "ended": "2022-01-10T00:00:00Z"}
    made = draw_clock(ended, [], "2022-01-12T00:00:00Z", ENGLISH)
    assert "Ended 2022-01-10T00:00:00Z" in made.svg


def test_nobody_is_late_where_the_record_cannot_know():
    doubted = replace(OWED, note="no entry shows it; at once is read as 24 hours")
    made = draw_clock(MANDATE, [doubted], "2022-01-08T00:00:00Z", ENGLISH)
    assert made.tables[0].rows[1].cells[3].text == "no entry shows it"
    assert ">late" not in made.svg


def test_the_worked_deadlines_stand_once_each(worked):
    found = deadlines_of(worked["matters"])
    assert found
    keys = [(one.name, one.by, one.because, one.state) for one in found]
    assert len(keys) == len(set(keys))
    assert [one.due for one in found] == sorted(one.due for one in found)


ROLL = ("AM", "BY", "KG", "KZ", "RU", "TJ")


def test_that_no_ballots_are_known_is_its_own_picture(golden):
    made = draw_tally(Vote(ROLL, None, "not shown", announced_by="csto/chair"), ENGLISH)
    assert made.notes == (
        "No ballots are known.",
        "Adopted as announced by csto/chair.",
    )
    assert made.svg.count("draw-mark draw-unknown") == 6
    golden("draw/tally.svg", made.svg + "\n")


def test_a_row_of_shapes_for_each_way_to_vote():
    vote = Vote(
        ROLL, {"AM": "yes", "BY": "yes", "KG": "no", "KZ": "abstain"}, "rejected"
    )
    made = draw_tally(vote, ENGLISH)
    assert made.notes == (
        "Of 6 with a vote: voted yes: 2, voted no: 1, abstained: 1, absent: 2.",
        "The decision is rejected.",
    )
    assert [row.kind for row in made.tables[0].rows] == [
        "yes", "yes", "no", "abstain", "absent", "absent",
    ]  # fmt: skip


def test_the_charters_arithmetic_is_a_table_beside_the_picture():
    made = draw_tally(Vote(ROLL, {}, "open", ("council: no quorum",)), ENGLISH)
    assert made.tables[1].rows[0].cells[0] == ("council: no quorum", "")


@pytest.mark.parametrize("ballot", [*VOTES, "maybe"])
def test_a_ballot_that_is_not_understood_is_not_known(ballot):
    assert cast(Vote(("AM",), {"AM": ballot}, "open"), "AM") == (
        ballot if ballot in VOTES else "unknown"
    )
