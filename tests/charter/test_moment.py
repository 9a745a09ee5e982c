from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.moment import (
    ALWAYS,
    Moment,
    after_span,
    day_of,
    is_span,
    read_instant,
    read_moment,
    show,
    show_moment,
    start_of,
    zone_of,
)
from peyman.errors import PeymanError

ALMATY = "Asia/Almaty"
INSTANTS = st.integers(0, 4 * 10**9)
MOMENTS = st.tuples(INSTANTS, st.integers(0, 10**6)).map(
    lambda one: Moment(one[0], one[0] + one[1])
)


def end(start, span, zone="UTC", holidays=()):
    return show(after_span(read_instant(start), span, zone, holidays))


@pytest.mark.parametrize(
    ("start", "span", "ends"),
    [
        (
            "2024-02-28T10:00Z",
            "1 day",
            "2024-03-01T00:00:00Z",
        ),  # 29 February, its 24:00
        ("2023-02-28T10:00Z", "1 day", "2023-03-02T00:00:00Z"),
        ("2024-02-29T10:00Z", "1 year", "2025-03-01T00:00:00Z"),  # else the last day
        ("2024-02-29T10:00Z", "4 years", "2028-03-01T00:00:00Z"),
        ("2022-08-31T10:00Z", "6 months", "2023-03-01T00:00:00Z"),  # of 28 February
        ("2023-08-31T10:00Z", "6 months", "2024-03-01T00:00:00Z"),  # of 29 February
        ("2022-01-31T10:00Z", "1 month", "2022-03-01T00:00:00Z"),
        ("2022-01-30T10:00Z", "3 months", "2022-05-01T00:00:00Z"),
        ("2022-12-15T10:00Z", "1 month", "2023-01-16T00:00:00Z"),
        ("2022-01-05T10:00Z", "2 weeks", "2022-01-20T00:00:00Z"),
        ("2022-01-05T23:59:59Z", "10 days", "2022-01-16T00:00:00Z"),
        ("2022-01-05T00:00Z", "10 days", "2022-01-16T00:00:00Z"),
        ("2022-01-05T10:00Z", "24 hours", "2022-01-06T10:00:00Z"),
    ],
)
def test_the_day_of_the_act_is_not_counted_and_the_last_one_runs_to_its_end(
    start, span, ends
):
    assert end(start, span) == ends


@pytest.mark.parametrize(
    ("start", "span", "holidays", "ends"),
    [
        ("2022-01-05T10:00Z", "1 working day", (), "2022-01-07T00:00:00Z"),
        ("2022-01-05T10:00Z", "2 working days", (), "2022-01-08T00:00:00Z"),
        ("2022-01-05T10:00Z", "3 working days", (), "2022-01-11T00:00:00Z"),  # Monday
        ("2022-01-08T10:00Z", "1 working day", (), "2022-01-11T00:00:00Z"),
        (
            "2022-01-05T10:00Z",
            "2 working days",
            (date(2022, 1, 7),),
            "2022-01-11T00:00:00Z",
        ),
        ("2022-01-05T10:00Z", "5 working days", (), "2022-01-13T00:00:00Z"),
    ],
)
def test_working_days_skip_saturday_sunday_and_holidays(start, span, holidays, ends):
    assert end(start, span, holidays=holidays) == ends


def test_a_calendar_span_is_not_moved_by_a_holiday_or_a_sunday():
    sunday = date(2022, 1, 9)
    assert end("2022-01-05T10:00Z", "4 days", holidays=(sunday,)) == (
        "2022-01-10T00:00:00Z"
    )


def test_hours_are_elapsed_time_and_days_are_days_when_clocks_change():
    before = "2022-03-26T12:00+01:00"  # Berlin goes forward in the night
    assert end(before, "24 hours", "Europe/Berlin") == "2022-03-27T11:00:00Z"
    assert end(before, "1 day", "Europe/Berlin") == "2022-03-27T22:00:00Z"
    before = "2022-10-29T12:00+02:00"  # and back
    assert end(before, "24 hours", "Europe/Berlin") == "2022-10-30T10:00:00Z"
    assert end(before, "1 day", "Europe/Berlin") == "2022-10-30T23:00:00Z"


def test_a_day_of_a_clock_change_has_23_or_25_hours():
    for text, hours in (("2022-03-27", 23), ("2022-10-30", 25), ("2022-06-01", 24)):
        lo, hi = read_moment(text, "Europe/Berlin")
        assert hi - lo == hours * 3600


def test_the_first_day_is_that_of_the_zone():
    late = "2022-01-05T20:00Z"  # already the 6th in Almaty
    assert end(late, "1 day", ALMATY) == "2022-01-07T18:00:00Z"
    assert end(late, "1 day", "America/New_York") == "2022-01-07T05:00:00Z"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2022-01-06", "2022-01-05T18:00:00Z/2022-01-06T18:00:00Z"),
        ("2022-01-05T20:00:00Z", "2022-01-05T20:00:00Z"),
        ("2022-01-06T02:00+06:00", "2022-01-05T20:00:00Z"),
        ("2022-01-05/2022-01-07", "2022-01-04T18:00:00Z/2022-01-06T18:00:00Z"),
        (
            "2022-01-05T18:00+06:00/2022-01-06",
            "2022-01-05T12:00:00Z/2022-01-05T18:00:00Z",
        ),
        ("unknown", "../.."),
    ],
)
def test_a_moment_is_read_in_days_of_its_zone(text, shown):
    assert show_moment(read_moment(text, ALMATY)) == shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "2022-01-07/2022-01-05",
            "'2022-01-07/2022-01-05' ends before it begins.\n"
            "  Authority: docs/record.md: the field `at`\n"
            "  Next step: Give the earlier end first; the later end is not included.",
        ),
        (
            "2022-01-05T20:00",
            "'2022-01-05T20:00' is not an instant with its offset.\n"
            "  Authority: docs/record.md: the field `at`\n"
            "  Next step: Write 2022-01-05T20:00:00Z, or with an offset such as +06:00.",
        ),
        (
            "2022-02-30",
            "'2022-02-30' is not a date.\n"
            "  Authority: docs/record.md: the field `at`\n"
            "  Next step: Write year, month and day as 2022-01-06.",
        ),
        (
            "0022-01-05",
            "'0022-01-05' is not of the years 1900 to 2999.\n"
            "  Authority: docs/record.md: the field `at`\n"
            "  Next step: Correct the year; `unknown` stands for a time that is not"
            " known.",
        ),
        (
            "3000-01-05T10:00Z",
            "'3000-01-05T10:00Z' is not of the years 1900 to 2999.\n"
            "  Authority: docs/record.md: the field `at`\n"
            "  Next step: Correct the year; `unknown` stands for a time that is not"
            " known.",
        ),
    ],
)
def test_a_moment_that_is_none_is_refused(text, says):
    with pytest.raises(PeymanError) as caught:
        read_moment(text, ALMATY)
    assert str(caught.value) == says


@pytest.mark.parametrize(
    "text", ["2022-01-05/2022-01-05", "2022-01-05 20:00Z", "soon", ""]
)
def test_an_empty_interval_and_words_are_no_moment(text):
    with pytest.raises(PeymanError):
        read_moment(text, ALMATY)


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(PeymanError) as caught:
        zone_of("Asia/Nowhere")
    assert caught.value.problem == "There is no time zone 'Asia/Nowhere'."


@pytest.mark.parametrize(
    ("first", "second", "is_before"),
    [
        ((0, 10), (10, 20), True),  # [0, 10) is over when the other may begin
        ((0, 11), (10, 20), False),
        ((5, 5), (5, 5), False),  # at the same instant neither is first
        ((5, 5), (6, 6), True),
        ((5, 5), (5, 9), False),
        ((0, 5), (5, 5), True),
    ],
)
def test_one_is_surely_before_another(first, second, is_before):
    assert Moment(*first).is_surely_before(Moment(*second)) is is_before


@given(MOMENTS, MOMENTS)
def test_two_moments_overlap_or_one_of_them_was_surely_first(one, other):
    ways = (one.is_surely_before(other), other.is_surely_before(one))
    assert sum((*ways, one.overlaps(other))) == 1
    assert one.overlaps(other) is other.overlaps(one)


@given(INSTANTS, st.sampled_from([ALMATY, "Europe/Berlin", "America/New_York"]))
def test_an_instant_lies_in_its_day(instant, zone):
    day = day_of(instant, zone)
    lo, hi = read_moment(str(day), zone)
    assert lo == start_of(day, zone)
    assert lo <= instant < hi


@given(INSTANTS, st.integers(1, 60), st.sampled_from(["hour", "day", "week", "month"]))
def test_a_longer_span_never_ends_earlier(start, count, unit):
    ends = [after_span(start, f"{n} {unit}s", ALMATY) for n in (count, count + 1)]
    assert start < ends[0] < ends[1]


def test_what_is_no_span():
    assert is_span("1 hour")
    assert is_span("5 working days")
    for text in ("", "soon", "24", "24 Hours", "1.5 days", "-1 day", "no day"):
        assert not is_span(text), text
    with pytest.raises(ValueError, match="soon"):
        after_span(0, "soon", "UTC")


def test_before_everything_there_is_a_first_day():
    assert day_of(ALWAYS, ALMATY) == date.min
