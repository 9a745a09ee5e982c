"""The data files: every place, actor and word list is whole, in three languages."""

import math
from datetime import datetime

import pytest

from peyman.picture.places import country, mentions, places
from peyman.picture.reading.actors import designations
from peyman.picture.reading.fold import fold
from peyman.picture.reading.languages.lexicon import lexicon
from peyman.picture.reading.times import zone_of

LANGUAGES = ("en", "fa", "ru")
TYPES = {
    "decision", "request", "ground", "legal_basis", "purpose", "limit", "session",
    "attendee", "agenda", "facility_status", "engagement", "assertion_perpetrators",
    "civilian_harm", "measure", "office", "announcement", "commitment", "forecast",
    "evaluation", "review_call", "force_type",
}  # fmt: skip


def distance_km(one, other) -> float:
    """Along the great circle, on a sphere of 6,371 km."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(one.longitude - other.longitude)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 6371 * math.acos(min(1, cosine))


@pytest.mark.parametrize("place", places().values(), ids=lambda place: place.id)
def test_a_place_has_names_in_three_languages_a_zone_and_a_position(place):
    assert all(place.names[language] for language in LANGUAGES)
    assert -90 <= place.latitude <= 90
    assert -180 <= place.longitude <= 180
    assert datetime(2022, 1, 6, tzinfo=zone_of(place.zone)).utcoffset() is not None
    assert country(place.member).kind == "country"
    assert (place.kind == "country") == (place.slug is not None)


@pytest.mark.parametrize("place", places().values(), ids=lambda place: place.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_is_found_by_its_name(place, language):
    name = fold(place.names[language][0].rstrip("*")).text
    found = mentions(name, 0, len(name), language)
    assert [one.place.id for one in found] == [place.id]


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [("almaty-airport", "almaty", 20), ("zhetygen", "almaty", 60),
     ("kant", "bishkek", 30), ("erebuni", "yerevan", 15), ("chkalovsky", "moscow", 45),
     ("machulishchi", "minsk", 25), ("ivanovo-severny", "ivanovo", 15),
     ("ulyanovsk-vostochny", "ulyanovsk", 40), ("ayni", "dushanbe", 20),
     ("nur-sultan-airport", "astana", 25), ("talgar", "almaty", 35)],
)  # fmt: skip
def test_an_airfield_lies_near_its_city(one, other, km):
    assert distance_km(places()[one], places()[other]) < km


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("رئیس جمهور قزاقستان", "fa", "kazakhstan/president"),
        ("نخست وزیر ارمنستان", "fa", "armenia/prime_minister"),
        ("ریاست دوره ای شورای سران سازمان پیمان امنیت جمعی", "fa", "csto/chair"),
        ("the President of Kazakhstan", "en", "kazakhstan/president"),
        ("Kazakhstan's president", "en", "kazakhstan/president"),
        ("the Armenian prime minister", "en", "armenia/prime_minister"),
        ("chairman of the CSTO Collective Security Council", "en", "csto/chair"),
        ("the UN Security Council", "en", "un/security_council"),
        ("президент Казахстана", "ru", "kazakhstan/president"),
        ("казахстанский президент", "ru", "kazakhstan/president"),
        ("председатель Совета коллективной безопасности ОДКБ", "ru", "csto/chair"),
        ("глава МИД Армении", "ru", "armenia/minister_of_foreign_affairs"),
        ("глава МИД России", "ru", "russia/minister_of_foreign_affairs"),
        ("the president", "en", None),
        ("the spokesman for the President of Kazakhstan", "en", None),
        ("пресс-секретарь президента Казахстана", "ru", None),
        ("معاون نخست وزیر ارمنستان", "fa", None),
    ],
)
def test_an_office_is_known_by_its_name_and_its_state(text, language, expected):
    folded = fold(text).text
    (found,) = designations(folded, 0, len(folded), language, None)
    assert found.id == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_cue_words_suggest_only_known_types(language):
    tables = lexicon(language).tables
    named = {
        row["type"] for table in ("cue", "phrase", "noun") for row in tables[table]
    }
    assert named <= TYPES


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekdays_and_months_are_whole(language):
    tables = lexicon(language).tables
    days = {row["days"] for row in tables["time"] if row["kind"] == "weekday"}
    assert days == set(range(7))
    assert all(len(list(row["names"])) == 12 for row in tables["months"])


def test_folding_knows_the_ways_persian_is_typed():
    assert fold("رئيس  كشور").text == fold("رئیس کشور").text
    assert fold("می‌شود").text == "می شود"
    assert fold("طبیعتاً ۱۴۰۰").text == "طبیعتا 1400"


def test_a_fold_leads_back_to_the_received_characters():
    text = "طبیعتاً  می‌شود\r\n۵"
    folded = fold(text)
    start = folded.text.index("طبیعتا")
    begins, ends = folded.span(start, start + len("طبیعتا"))
    assert text[begins:ends] == "طبیعتاً"
