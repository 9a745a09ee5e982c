"""Times: two clocks, absolute dates in two calendars, and Monday that is a city."""

from datetime import date

import pytest

from peyman.picture.read import read_report
from peyman.picture.reading.jalali import from_jalali
from peyman.picture.source import receive


def value_of(text: str, words: str, published: str | None = "2022-01-06"):
    reading = read_report(receive(text.encode(), published))
    claim = next(one for one in reading.claims if words in one.span.text)
    return claim.time.value


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ((1400, 10, 16), date(2022, 1, 6)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1298, 12, 4), date(1920, 2, 24)),
        ((1401, 12, 30), None),
        ((1400, 13, 1), None),
        ((1400, 7, 31), None),
    ],
)
def test_jalali_dates_are_exact(jalali, gregorian):
    assert from_jalali(*jalali) == gregorian


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("فرودگاه آلماتی در ۱۶ دی ۱۴۰۰ بسته شد.", "2022-01-06"),
        ("فرودگاه آلماتی در ۱۶ دی بسته شد.", "2022-01-06"),
        ("فرودگاه آلماتی در تاریخ ۱۴۰۰/۱۰/۱۵ بسته شد.", "2022-01-05"),
        ("فرودگاه آلماتی در ۵ ژانویه ۲۰۲۲ بسته شد.", "2022-01-05"),
        ("فرودگاه آلماتی روز دوشنبه بسته شد.", "2022-01-03"),
        ("فرودگاه آلماتی دیروز بسته شد.", "2022-01-05"),
        ("فرودگاه دوشنبه بسته شد.", None),
        ("سفیر ایران در دوشنبه به فرودگاه رسید.", None),
        ("The airport of Almaty was closed on 5 January 2022.", "2022-01-05"),
        ("The airport of Almaty was closed on January 5.", "2022-01-05"),
        ("The airport of Almaty was closed on Dec. 30.", "2021-12-30"),
        ("The airport of Almaty was closed on Wednesday.", "2022-01-05"),
        ("The airport of Almaty was closed yesterday.", "2022-01-05"),
        ("Аэропорт Алматы закрыли 5 января.", "2022-01-05"),
        ("Аэропорт Алматы закрыли 05.01.2022.", "2022-01-05"),
        ("Аэропорт Алматы закрыли во вторник.", "2022-01-04"),
        (
            "Аэропорт Алматы закрыли вчера вечером.",
            "2022-01-05T18:00+06:00/2022-01-06T00:00+06:00",
        ),
        (
            "The airport of Yerevan was closed last night.",
            "2022-01-05T18:00+04:00/2022-01-06T06:00+04:00",
        ),
    ],
)
def test_what_the_outlet_tells_is_relative_to_its_publication(text, value):
    word = text.split()[1]
    assert value_of(text, word) == value


def test_an_absolute_date_needs_no_date_of_publication():
    text = "The airport of Almaty was closed on 5 January 2022."
    assert value_of(text, "airport", None) == "2022-01-05"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'The president said on Tuesday: "Today we asked our partners for help."',
            "Today we asked",
        ),
        (
            "Президент во вторник заявил: «Сегодня мы обратились к партнерам».",
            "Сегодня мы",
        ),
        (
            "رئیس جمهور روز سه شنبه گفت: امروز از شرکای خود درخواست کمک کردیم.",
            "امروز از",
        ),
    ],
)
def test_today_in_a_quotation_is_the_day_of_the_speech(text, words):
    assert value_of(text, words) == "2022-01-04"


def test_today_in_a_speech_of_unknown_time_has_no_value():
    text = 'The president said: "Today we asked our partners for help."'
    assert value_of(text, "Today we asked") is None


def test_the_day_of_publication_is_that_of_the_place():
    text = "The airport of Almaty was closed yesterday."
    assert value_of(text, "airport", "2022-01-05T20:00Z") == "2022-01-05"
    text = "The airport of Yerevan was closed yesterday."
    assert value_of(text, "airport", "2022-01-05T19:00Z") == "2022-01-04"
