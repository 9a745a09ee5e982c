"""What holds for any text: no crash, exact spans, one reading, a stable beginning."""

import re
from contextlib import suppress

from hypothesis import assume, given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.picture.model import Reading
from peyman.picture.read import read_report
from peyman.picture.reading.languages.language import detect
from peyman.picture.reading.languages.lexicon import lexicon
from peyman.picture.source import receive

FIRST = {
    "fa": "وزارت دفاع اعلام کرد که نیروها آماده هستند.",
    "ru": "Минобороны сообщило, что силы готовы.",
    "en": "The ministry said that the forces were ready.",
}
PIECES = {
    "fa": [
        "رئیس جمهور قزاقستان", "گفت", "اعلام کرد که", "به گفته", "وی افزود", ":", "«", "»",
        "،", ".", "؛", "که", "و", "فرودگاه آلماتی", "امروز", "شب گذشته", "دوشنبه", "۱۶ دی",
        "تصرف کردند", "با اشاره به", "نشست", "در آن", "حضور یافتند", "می‌شود", "\u200c",
        "حدود پنج فروند هواپیما", "در تصرف آنها", "طبق ماده ۴ معاهده", "\n", "\n\n", "ً",
    ],
    "ru": [
        "Президент Казахстана", "заявил", ", что", "по словам", "сообщает ТАСС", "—", "«",
        "»", '"', ",", ".", ";", "и", "аэропорт Алматы", "сегодня", "5 января", "он добавил",
        "захватили", "как сообщили в", "заседание", "на ограниченный период", "\n", "\n\n",
        "в соответствии со статьей 4 Договора", "около пяти самолетов", "МОСКВА, 5 янв",
    ],
    "en": [
        "The president of Kazakhstan", "said", "that", "according to", "Sadykov", ",", ".",
        '"', "“", "”", "'", ";", "and", "Almaty airport", "today", "January 5", "he added",
        "seized", "told reporters", "a session", "for a limited period", "\n", "\n\n", "(",
        "under Article 4 of the Treaty", "about five aircraft", "ALMATY (Wire) —", "adding",
    ],
}  # fmt: skip


def words_of(language: str) -> list[str]:
    """The pieces, and every word that the reader knows in that language."""
    lists = lexicon(language).lists.values()
    known = {word.rstrip("*") for words in lists for word in words}
    return PIECES[language] * 4 + sorted(known)


WORDS = {language: words_of(language) for language in PIECES}


@st.composite
def reports(draw) -> str:
    """A sentence that gives the language away, and then words in any order."""
    language = draw(st.sampled_from(sorted(PIECES)))
    spaces = st.sampled_from([" ", " ", " ", ", ", ". ", "", "\u00a0", "\r\n"])
    pieces = draw(st.lists(st.tuples(st.sampled_from(WORDS[language]), spaces)))
    text = FIRST[language] + " " + "".join(word + space for word, space in pieces)
    assume(detect(text) == language)
    return text


def read(text: str, published: str | None = "2022-01-06") -> Reading:
    return read_report(receive(text.encode(), published))


def check(text: str) -> None:
    reading = read(text)
    for claim in reading.claims:
        spans = [claim.span, claim.cue, claim.time.expression]
        for span in (one for one in spans if one):
            assert 0 <= span.start < span.end <= len(text)
            assert span.text == text[span.start : span.end]
        assert re.fullmatch(r"[0-9a-f]{12}", claim.id)
        assert len(claim.speakers) == len(claim.speaker_ids) >= 1
        assert claim.speakers[0] == reading.outlet
        assert claim.reason
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    assert reading == read(text)


@given(reports())
def test_any_words_in_any_order_are_read(text):
    check(text)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_or_refused_in_words(text):
    with suppress(PeymanError):
        receive(text.encode())
        check(text)


@given(reports(), st.sampled_from(["\n\n", "\r\n\r\n"]))
def test_what_is_added_at_the_end_changes_no_earlier_span(text, between):
    language = read(text).language
    before = text.rstrip()
    added = before + between + FIRST[language]
    assume(detect(added) == language)
    longer = read(added)
    earlier = {
        (claim.span.start, claim.span.end, claim.type)
        for claim in longer.claims
        if claim.span.end <= len(before)
    }
    assert earlier == {
        (claim.span.start, claim.span.end, claim.type) for claim in read(before).claims
    }


@given(reports())
def test_a_date_of_publication_changes_times_and_nothing_else(text):
    with_date, without = read(text), read(text, None)
    assert [(one.id, one.speakers) for one in with_date.claims] == [
        (one.id, one.speakers) for one in without.claims
    ]


@given(reports())
def test_the_json_form_says_the_same(text):
    reading = read(text)
    shown = reading.as_json()
    assert isinstance(shown["claims"], list)
    assert [row["id"] for row in shown["claims"]] == [one.id for one in reading.claims]
