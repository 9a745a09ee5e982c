"""What a draft act may be built from, in the other two languages."""

import pytest

from peyman.picture.read import read_report
from peyman.picture.source import receive

DECISIONS = [
    "The chairman of the CSTO Collective Security Council wrote: \"At the request of the "
    "President of Kazakhstan, the Collective Security Council decided to send collective "
    "peacekeeping forces to Kazakhstan for a limited period in accordance with Article 4 "
    "of the Collective Security Treaty.\"",
    "Председатель Совета коллективной безопасности ОДКБ написал: «По просьбе президента "
    "Казахстана Совет коллективной безопасности решил направить коллективные "
    "миротворческие силы в Казахстан на ограниченный период в соответствии со статьей 4 "
    "Договора о коллективной безопасности».",
]  # fmt: skip


def of_type(text: str, kind: str):
    reading = read_report(receive(text.encode(), "2022-01-06"))
    return [claim for claim in reading.claims if claim.type == kind]


@pytest.mark.parametrize("text", DECISIONS, ids=["en", "ru"])
def test_a_decision_has_its_organ_its_place_its_article_and_its_limit(text):
    claim = next(one for one in of_type(text, "decision") if one.detail.get("basis"))
    assert claim.speaker_ids[-1] == "csto/chair"
    assert claim.detail["organ"] == "csto/council"
    assert claim.detail["to_place"] == "kz"
    assert claim.detail["basis"][0]["treaty"] == "T"
    assert claim.detail["basis"][0]["article"] == "4"
    assert "limit" in claim.detail


@pytest.mark.parametrize("text", DECISIONS, ids=["en", "ru"])
def test_the_request_it_rests_on_names_who_asked(text):
    (claim,) = of_type(text, "request")
    assert claim.detail == {"by": "kazakhstan/president", "member": "KZ"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "The mayor said about 20 aircraft were seized.",
            {"item": "aircraft", "value": 20, "approx": True},
        ),
        (
            "The mayor said five planes were seized.",
            {"item": "aircraft", "value": 5, "approx": False},
        ),
        (
            "Мэр заявил, что захвачены пять самолетов.",
            {"item": "aircraft", "value": 5, "approx": False},
        ),
    ],
)
def test_what_is_held_is_counted_in_its_own_unit(text, count):
    (claim,) = of_type(text, "facility_status")
    assert claim.detail["status"] == "seized"
    assert claim.detail["count"] == count


def test_the_dead_are_counted_as_the_report_says_it():
    (claim,) = of_type("The ministry said that 1,225 people died.", "civilian_harm")
    assert claim.detail["count"] == {"item": "killed", "value": 1225, "approx": False}


def test_an_airport_is_known_by_its_city():
    (claim,) = of_type("The airport of Almaty has been freed.", "facility_status")
    assert claim.detail == {"facility": "almaty-airport", "status": "freed"}


def test_a_word_that_is_no_longer_right_is_negated():
    (claim,) = of_type('The president said: "This is no longer a threat."', "ground")
    assert claim.detail == {"word": "threat", "negated": True}
