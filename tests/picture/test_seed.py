"""The report that the project grew from: spans, speakers, times, and its traps.

The 77 expected claims are in `claims.json` beside the report.
"""

import json
from pathlib import Path

import pytest

from peyman.picture.model import Proposal, Reading
from peyman.picture.read import read_report
from peyman.picture.source import receive

SPEAKERS = {
    "Nikol": ("armenia/prime_minister", None),
    "Kassym": ("kazakhstan/president", None),
    "published": (None, "اطلاعیه منتشر شده در این خصوص"),
    "Fars": (None, "فارس"),
}
"""First word of the expected innermost speaker, to his office, or to words of his name."""
NIGHT = "2022-01-05T18:00+06:00/2022-01-06T06:00+06:00"
FOUND, EXACT = 76, 73
"""Of the 77, how many are found (IoU 0.6) and how many exactly; only to be raised."""


@pytest.fixture(scope="module")
def reading(real_report: Path) -> Reading:
    return read_report(receive(real_report.read_bytes(), "2022-01-06"))


@pytest.fixture(scope="module")
def expected(real_report: Path):
    told = json.loads((real_report.parent / "claims.json").read_text(encoding="utf-8"))
    return told["claims"]


def overlap(claim: Proposal, row):
    """Shared characters of two spans, of those of both together (IoU)."""
    start, end = row["span"]["start"], row["span"]["end"]
    shared = min(end, claim.span.end) - max(start, claim.span.start)
    return max(0, shared) / (max(end, claim.span.end) - min(start, claim.span.start))


def nearest(reading: Reading, row) -> Proposal:
    return max(reading.claims, key=lambda claim: overlap(claim, row))


def claim_with(reading: Reading, words: str) -> Proposal:
    return next(claim for claim in reading.claims if words in claim.span.text)


def says(claim, attribution):
    office, name = next(value for key, value in SPEAKERS.items() if key in attribution)
    if office:
        return claim.speaker_ids[-1] == office
    return name in claim.speakers[-1]


def test_every_claim_stands_under_who_says_it(reading, expected):
    wrong = [
        row["id"]
        for row in expected
        if not says(nearest(reading, row), row["attribution"][-1])
    ]
    assert wrong == []


def test_no_attributed_claim_is_shown_in_the_voice_of_the_outlet(reading, expected):
    attributed = [
        row
        for row in expected
        if "Fars" not in row["attribution"][-1]
    ]  # fmt: skip
    assert attributed
    for row in attributed:
        assert nearest(reading, row).voice == "attributed", row["id"]


def test_the_outlets_own_words_are_not_put_into_another_mouth(reading, expected):
    own = [row for row in expected if "Fars" in row["attribution"][-1]]
    assert own
    for row in own:
        assert nearest(reading, row).voice == "outlet", row["id"]


def test_the_expected_claims_are_found(reading, expected):
    best = [overlap(nearest(reading, row), row) for row in expected]
    assert sum(value >= 0.6 for value in best) >= FOUND
    assert sum(value == 1 for value in best) >= EXACT


def test_every_span_is_a_slice_of_the_received_text(reading, real_report):
    text = real_report.read_bytes().decode()
    for claim in reading.claims:
        assert claim.span.text == text[claim.span.start : claim.span.end]


@pytest.mark.parametrize(
    ("words", "kind", "speaker", "time"),
    [
        ("شورای سران سازمان پیمان امنیت جمعی مطابق", "decision", "armenia", None),
        ("امروز از سران", "request", "kazakhstan", "2022-01-05"),
        ("مطابق با ماده ۴", "decision", "armenia", None),
        ("جهت کمک به تثبیت", "purpose", "armenia", None),
        ("برای مدت زمان محدودی", "limit", "armenia", None),
        ("شب گذشته", "session", None, NIGHT),
        ("سرپرست نخست وزیری", "attendee", None, NIGHT),
        ("موضوع مبارزه", "agenda", None, NIGHT),
        ("آلماتی فرودگاه", "facility_status", "kazakhstan", NIGHT),
        ("پنج فروند هواپیما", "facility_status", "kazakhstan", NIGHT),
        ("رویارویی مسلحانه", "engagement", "kazakhstan", NIGHT),
    ],
)
def test_what_the_case_needs_is_there(reading, words, kind, speaker, time):
    claim = claim_with(reading, words)
    assert claim.type == kind
    assert claim.reason
    assert (claim.speaker_ids[-1] or "").startswith(speaker or "")
    assert claim.time.value == time


def test_dushanbe_is_the_city_and_gives_no_monday(reading):
    claim = claim_with(reading, "خبرگزاری فارس در دوشنبه")
    assert claim.places == ("dushanbe",)
    assert claim.time.value is None
    assert claim.note == (
        "«دوشنبه» is read as the city of Dushanbe; it is also the word for Monday"
    )
    assert not any("2022-01-03" in (one.time.value or "") for one in reading.claims)


def test_today_inside_the_quotation_is_the_day_of_the_speech(reading):
    claim = claim_with(reading, "امروز از سران")
    assert (claim.time.clock, claim.time.anchor) == ("quotation", "speech")
    assert claim.time.expression is not None
    assert claim.time.expression.text == "امروز"
    assert claim.time.value == "2022-01-05"


def test_without_a_date_of_publication_times_stay_relative(real_report):
    reading = read_report(receive(real_report.read_bytes()))
    assert {claim.time.value for claim in reading.claims} == {None}
    night = claim_with(reading, "شب گذشته")
    assert night.time.note == "relative to the publication, whose date is not given"
    today = claim_with(reading, "امروز از سران")
    assert today.time.note == (
        "relative to the speech, whose time the report does not give"
    )


def test_four_designations_are_one_actor(reading):
    (actor,) = [one for one in reading.actors if "kazakhstan/president" in one.ids]
    assert actor.ids == (
        "kazakhstan/president",
        "kazakhstan/chair_of_the_security_council",
    )
    assert {"تاکایف", "رئیس جمهور قزاقستان", "رئیس شورای امنیت"} <= set(actor.names)


def test_the_decision_has_its_organ_basis_purpose_and_limit(reading):
    detail = claim_with(reading, "شورای سران سازمان پیمان امنیت جمعی مطابق").detail
    assert detail["organ"] == "csto/council"
    assert detail["what"] == "send peacekeeping force"
    assert detail["to_place"] == "kz"
    (basis,) = detail["basis"]
    assert (basis["treaty"], basis["article"]) == ("T", "4")
    assert detail["limit"]["text"] == "برای مدت زمان محدودی"
    assert "تثبیت" in detail["purpose"]["text"]


def test_the_request_names_who_asks_whom_and_under_which_treaty(reading):
    detail = claim_with(reading, "امروز از سران").detail
    assert (detail["by"], detail["member"]) == ("kazakhstan/president", "KZ")
    assert (detail["to"], detail["treaty"]) == ("heads", "T")


def test_the_session_has_its_chair_attendees_and_agenda(reading):
    detail = claim_with(reading, "شب گذشته").detail
    assert detail["organ"] == "kazakhstan/security_council"
    assert detail["chair"] == "kazakhstan/president"
    assert detail["as_office"] == "kazakhstan/chair_of_the_security_council"
    assert detail["qualifier"] == "emergency"
    by_id = {claim.id: claim for claim in reading.claims}
    assert {by_id[one].type for one in detail["attendees"]} == {"attendee"}
    assert len(detail["attendees"]) == 11
    assert [by_id[one].type for one in detail["agenda"]] == ["agenda", "agenda"]


def test_an_office_that_its_holder_only_claims_stands_under_him(reading):
    claim = claim_with(reading, "ریاست ستاد")
    assert claim.speaker_ids[-1] == "kazakhstan/president"
    assert claim.detail == {
        "holder": "kazakhstan/president",
        "office": "kazakhstan/head_of_the_operational_headquarters",
    }


def test_the_grounds_keep_their_words_apart(reading):
    words = [
        (claim.detail["word"], claim.detail["negated"])
        for claim in reading.claims
        if claim.type == "ground" and claim.detail
    ]
    assert words == [
        ("threat", False),
        ("intervention", False),
        ("aggression", False),
        ("threat", True),
        ("threat", False),
    ]


def test_the_airport_and_the_aircraft_are_apart_and_about_five_is_not_five(reading):
    assert claim_with(reading, "آلماتی فرودگاه").detail == {
        "facility": "almaty-airport",
        "status": "seized",
    }
    count = claim_with(reading, "پنج فروند هواپیما").detail["count"]
    assert count == {"item": "aircraft", "value": 5, "approx": True}
