"""A place over time: claims side by side, and no verdict between them."""

from peyman.picture.claims import Claim, Grade
from peyman.picture.facilities import facility_at, facility_history


def told(name: str, speaker: str, status: str, at: str) -> Claim:
    return Claim(name, "", ("an agency", speaker), at, place="x", status=status)


SEIZED = told("a", "the president", "seized", "2022-01-05T18:00+06:00/2022-01-06")
FREED = told("b", "the deputy mayor", "freed", "2022-01-05T22:00+06:00")
GUARDED = told("c", "the president", "guarded", "2022-01-07")


def test_a_history_is_in_the_order_of_time():
    history = facility_history([GUARDED, FREED, SEIZED])
    assert [one.claim.id for one in history["x"]] == ["a", "b", "c"]


def test_contradictory_claims_stand_side_by_side():
    picture = facility_at("x", facility_history([SEIZED, FREED]))
    assert [one.status for one in picture.told] == ["seized", "freed"]
    assert picture.is_contested


def test_a_speakers_later_word_replaces_his_earlier_one():
    picture = facility_at("x", facility_history([SEIZED, FREED, GUARDED]))
    assert [one.status for one in picture.told] == ["freed", "guarded"]
    assert not picture.is_contested


def test_what_was_said_later_does_not_count_before():
    history = facility_history([SEIZED, FREED, GUARDED])
    assert [one.status for one in facility_at("x", history, "2022-01-06").told] == [
        "seized",
        "freed",
    ]


def test_a_withdrawn_claim_is_no_longer_its_speakers_word_but_a_deleted_one_is():
    gone = facility_history([SEIZED], [Grade("a", "deleted")])
    assert facility_at("x", gone).told
    back = facility_history([SEIZED], [Grade("a", "withdrawn")])
    assert facility_at("x", back).told == ()
    assert [one.grade.status for one in back["x"]] == ["withdrawn"]


def test_a_claim_of_unknown_time_comes_last_and_is_still_shown():
    unknown = told("d", "a resident", "closed", "unknown")
    assert [one.claim.id for one in facility_history([unknown, FREED])["x"]] == [
        "b",
        "d",
    ]


def test_a_place_that_nobody_speaks_of_has_an_empty_picture():
    assert facility_at("y", {}).told == ()
