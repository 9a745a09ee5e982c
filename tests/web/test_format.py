"""Numbers, days and times as each language writes them; exact strings."""

from datetime import date

import pytest

from peyman.charter.moment import read_instant, read_moment
from peyman.errors import PeymanError
from peyman.web.telling import written
from peyman.web.telling.clocks import read_clock
from peyman.web.templatetags import peyman as tags

ALMATY = "Asia/Almaty"
REQUEST = read_instant("2022-01-05T20:00:00Z")
MORNING = read_instant("2022-01-06T02:05:00Z")
LANGUAGES = ("en", "fa", "ru")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, ("0", "۰", "0")),
        (225, ("225", "۲۲۵", "225")),
        (2030, ("2,030", "۲٬۰۳۰", "2\xa0030")),
        (1234567, ("1,234,567", "۱٬۲۳۴٬۵۶۷", "1\xa0234\xa0567")),
        (-40, ("−40", "−۴۰", "−40")),
        (1.5, ("1.5", "۱٫۵", "1,5")),
    ],
)
def test_numbers(value, expected):
    assert tuple(written.number(value, one) for one in LANGUAGES) == expected


def test_a_day_is_jalali_before_it_is_gregorian_in_persian():
    on = date(2022, 1, 6)
    assert [written.day(on, one) for one in LANGUAGES] == [
        "6 January 2022",
        "۱۶ دی ۱۴۰۰ (۶ ژانویهٔ ۲۰۲۲)",
        "6 января 2022",
    ]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2022, 3, 20), "۲۹ اسفند ۱۴۰۰ (۲۰ مارس ۲۰۲۲)"),
        (date(2022, 3, 21), "۱ فروردین ۱۴۰۱ (۲۱ مارس ۲۰۲۲)"),
        (date(2021, 3, 20), "۳۰ اسفند ۱۳۹۹ (۲۰ مارس ۲۰۲۱)"),
        (date(2022, 5, 1), "۱۱ اردیبهشت ۱۴۰۱ (۱ مهٔ ۲۰۲۲)"),
    ],
)
def test_the_persian_year_turns_in_march(on, expected):
    assert written.day(on, "fa") == expected


def test_an_instant_is_in_the_zone_of_the_case_with_utc_beside_it():
    assert [written.instant(MORNING, ALMATY, one) for one in LANGUAGES] == [
        "6 January 2022, 08:05 Almaty (02:05 UTC)",
        "۱۶ دی ۱۴۰۰ (۶ ژانویهٔ ۲۰۲۲)، ۰۸:۰۵ آلماتی (۰۲:۰۵ \u2068UTC\u2069)",
        "6 января 2022, 08:05 Алматы (02:05 UTC)",
    ]


def test_utc_says_its_day_where_it_is_another():
    assert [written.instant(REQUEST, ALMATY, one) for one in LANGUAGES] == [
        "6 January 2022, 02:00 Almaty (5 January, 20:00 UTC)",
        "۱۶ دی ۱۴۰۰ (۶ ژانویهٔ ۲۰۲۲)، ۰۲:۰۰ آلماتی"
        " (۱۵ دی (۵ ژانویه)، ۲۰:۰۰ \u2068UTC\u2069)",
        "6 января 2022, 02:00 Алматы (5 января, 20:00 UTC)",
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2022-01-06", "6 January 2022"),
        ("2022-01-06/2022-01-09", "between 6 January 2022 and 8 January 2022"),
        (
            "2022-01-05T18:00+06:00/2022-01-05T20:00+06:00",
            "between 5 January 2022, 18:00 Almaty (12:00 UTC)"
            " and 5 January 2022, 20:00 Almaty (14:00 UTC)",
        ),
        ("unknown", "not dated"),
        (
            "2022-01-05T18:00+06:00",
            "5 January 2022, 18:00 Almaty (12:00 UTC)",
        ),
    ],
)
def test_a_moment_says_how_sure_it_is(said, expected):
    assert written.moment(*read_moment(said, ALMATY), ALMATY, "en") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2022-01-06T02:05:00Z", ("6 Jan 08:05", "۱۶ دی ۰۸:۰۵", "6 янв 08:05")),
        ("2022-01-06", ("6 Jan", "۱۶ دی", "6 янв")),
        (
            "2022-01-05T18:00+06:00/2022-01-06T00:00+06:00",
            ("5 Jan 18:00 – 24:00", "۱۵ دی ۱۸:۰۰ – ۲۴:۰۰", "5 янв 18:00 – 24:00"),
        ),
        (
            "2022-01-05T18:00+06:00/2022-01-06T09:00+06:00",
            (
                "5 Jan 18:00 – 6 Jan 09:00",
                "۱۵ دی ۱۸:۰۰ – ۱۶ دی ۰۹:۰۰",
                "5 янв 18:00 – 6 янв 09:00",
            ),
        ),
        ("2022-01-06/2022-01-09", ("6 Jan – 8 Jan", "۱۶ دی – ۱۸ دی", "6 янв – 8 янв")),
        ("unknown", ("not dated", "بی‌تاریخ", "без даты")),
    ],
)
def test_a_narrow_column_leaves_out_the_year_and_utc(said, expected):
    found = read_moment(said, ALMATY)
    shown = tuple(written.short_moment(*found, ALMATY, one) for one in LANGUAGES)
    assert shown == expected


def test_what_the_standing_gives_is_read_open_ends_too():
    assert tags.read("2022-01-06T02:05:00Z") == (MORNING, MORNING)
    lo, hi = tags.read("../2022-01-06T02:05:00Z") or (0, 0)
    assert hi == MORNING
    assert written.moment(lo, hi, "UTC", "ru") == "до 6 января 2022, 02:05 UTC"
    lo, hi = tags.read("2022-01-06T02:05:00Z/..") or (0, 0)
    assert written.moment(lo, hi, "UTC", "en") == "after 6 January 2022, 02:05 UTC"
    assert tags.read("") is None
    assert tags.read((REQUEST, MORNING)) == (REQUEST, MORNING)


def test_a_time_keeps_its_machine_form_and_its_full_form():
    assert tags.short("2022-01-06T02:05:00Z", ALMATY) == (
        '<time datetime="2022-01-06T02:05:00Z"'
        ' title="6 January 2022, 08:05 Almaty (02:05 UTC)">6 Jan 08:05</time>'
    )


def test_foreign_runs_are_isolated_and_escaped():
    assert tags.isolate("<Акорда>") == "<bdi>&lt;Акорда&gt;</bdi>"


def test_a_status_is_a_shape_a_word_and_a_colour():
    made = tags.status("late")
    assert made.startswith('<span class="status bad"><svg class="sign"')
    assert 'aria-hidden="true"' in made
    assert made.endswith("</svg>late</span>")
    assert tags.status("may be late", "soon").endswith("</svg>soon</span>")


def test_persian_names_stand_in_the_persian_order():
    names = ["گرجستان", "پاکستان", "چین", "ژاپن", "بلاروس", "آذربایجان", "ارمنستان"]
    ordered = sorted(names, key=lambda one: written.sort_key(one, "fa"))
    assert ordered == [
        "آذربایجان",
        "ارمنستان",
        "بلاروس",
        "پاکستان",
        "چین",
        "ژاپن",
        "گرجستان",
    ]


def test_russian_names_stand_in_the_russian_order():
    ordered = sorted(
        ["Ёлки", "Жанаозен", "Ереван"], key=lambda one: written.sort_key(one, "ru")
    )
    assert ordered == ["Ёлки", "Ереван", "Жанаозен"]


@pytest.mark.parametrize(
    "typed",
    [
        "2022-01-06 18:00",
        "2022-01-06T18:00",
        "2022-01-06T12:00:00Z",
        "2022-01-06T18:00+06:00",
        "2022-01-06T18:00 06:00",
        "2022/01/06 18:00",
        "1400-10-16 18:00",
        "1400/10/16 18:00",
        "۱۴۰۰/۱۰/۱۶ ۱۸:۰۰",
        "۲۰۲۲-۰۱-۰۶ ۱۸:۰۰",
    ],
)
def test_a_clock_is_read_as_people_type_it(typed):
    assert read_clock(typed, ALMATY) == read_instant("2022-01-06T12:00:00Z")


def test_a_day_on_a_clock_means_its_end():
    end = read_instant("2022-01-06T18:00:00Z")
    assert read_clock("2022-01-06", ALMATY) == end
    assert read_clock("۱۴۰۰-۱۰-۱۶", ALMATY) == end
    assert (
        written.until(end, ALMATY, "en") == "6 January 2022, 24:00 Almaty (18:00 UTC)"
    )
    assert read_clock(" ", ALMATY) is None


@pytest.mark.parametrize(
    "typed",
    [
        "yesterday",
        "2022-13-40",
        "1400-12-30",
        "unknown",
        "2022-01-06/unknown",
        "9" * 400,
        "0001-01-01",
        "9001-01-01",
        "9999-12-31",
        "2022-01-06T25:00",
        "\u202e2022",
        "<script>",
        "\x00",
    ],
)
def test_what_is_no_time_says_so_and_what_to_write(typed):
    with pytest.raises(PeymanError) as caught:
        read_clock(typed, ALMATY)
    assert caught.value.problem.endswith("is no time.")
    assert caught.value.remedy == (
        "Write it as 2022-01-06, 1400-10-16 or 2022-01-06 18:00."
    )
