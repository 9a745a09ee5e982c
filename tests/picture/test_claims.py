"""Readings of claims: grades, revisions, figures with their units."""

from peyman.picture.claims import Claim, Figure, Grade, grade_of, latest, series


def toll(name: str, value: int, revises: str | None = None) -> Claim:
    figures = (Figure("killed", "people", value, value),)
    return Claim(name, "A toll.", ("a ministry",), "2022-01-09", figures=figures,
                 revises=revises)  # fmt: skip


def test_deleted_is_not_withdrawn():
    graded = grade_of("c", [Grade("c", "held"), Grade("c", "deleted", reason="gone")])
    assert graded.status == "deleted"
    assert graded.was_deleted
    assert not graded.was_withdrawn


def test_withdrawn_after_deletion_is_both():
    graded = grade_of("c", [Grade("c", "deleted"), Grade("c", "withdrawn")])
    assert (graded.status, graded.was_withdrawn, graded.was_deleted) == (
        "withdrawn", True, True,
    )  # fmt: skip


def test_a_later_grade_changes_only_what_it_states():
    grades = [Grade("c", "held", "C", 3), Grade("d", "disputed"), Grade("c", None, "B")]
    graded = grade_of("c", grades)
    assert (graded.status, graded.reliability, graded.credibility) == ("held", "B", 3)
    assert len(graded.history) == 2


def test_a_claim_without_grades_has_no_status():
    assert grade_of("c", []).status is None


def test_a_corrected_figure_stays_in_the_series_and_names_its_correction():
    claims = [toll("a", 164), toll("b", 225, "a"), toll("c", 238, "b"), toll("d", 26)]
    (points,) = series(claims, "killed").values()
    assert [point.figure.low for point in points] == [164, 225, 238, 26]
    assert [point.revised_by for point in points] == [("b", "c"), ("c",), (), ()]
    assert [point.claim.id for point in latest(points)] == ["c", "d"]


def test_flights_are_not_aircraft():
    claim = Claim(
        "a", "An airlift.", ("a minister",), "2022-01-13",
        figures=(
            Figure("airlift_in", "flights", 108, 108),
            Figure("airlift_in", "aircraft", 80, None),
        ),
    )  # fmt: skip
    found = series([claim], "airlift_in")
    assert list(found) == ["aircraft", "flights"]
    assert [point.figure.low for point in found["flights"]] == [108]


def test_a_claim_that_revises_itself_is_not_followed_for_ever():
    (points,) = series([toll("a", 1, "a")], "killed").values()
    assert points[0].revised_by == ()
