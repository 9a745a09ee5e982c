"""Sentences, wrapped lines, marks and ends: what a claim is cut out of."""

import pytest

from peyman.picture.read import read_report
from peyman.picture.source import receive


def read(text: str):
    return read_report(receive(text.encode()))


def spans(text: str) -> list[str]:
    return [claim.span.text for claim in read(text).claims]


def test_a_wrapped_paragraph_is_one():
    text = (
        "Bridge closed\n\nThe bridge over the river was closed and the road behind it\n"
        "was open. The mayor said that the\nferry was running.\n"
    )
    reading = read(text)
    said = [claim for claim in reading.claims if "ferry" in claim.span.text]
    assert {claim.speakers[-1] for claim in said} == {"The mayor"}
    assert any("behind it\nwas open" in claim.span.text for claim in reading.claims)


def test_a_byte_order_mark_and_crlf_count_as_characters():
    text = "\ufeffThe bridge is closed.\r\nThe road is open.\r\n"
    assert [(c.span.start, c.span.end) for c in read(text).claims] == [
        (1, 21),
        (24, 40),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The U.S. envoy arrived on Jan. 5 with Mr. Hill. He left at 3.30 p.m. on foot.",
            [
                "The U.S. envoy arrived on Jan. 5 with Mr. Hill",
                "He left at 3.30 p.m. on foot",
            ],
        ),
        (
            "Сход прошел в г. Алматы 5 янв. в полдень. Погибли 1,5 тыс. человек.",
            ["Сход прошел в г. Алматы 5 янв. в полдень", "Погибли 1,5 тыс. человек"],
        ),
        (
            "پل بسته شد. آیا جاده باز است؟ کسی نمی داند!",
            ["پل بسته شد", "آیا جاده باز است؟", "کسی نمی داند!"],
        ),
    ],
)
def test_abbreviations_do_not_end_a_sentence(text, expected):
    assert [one.rstrip(".؟!") for one in spans(text)] == [
        one.rstrip(".؟!") for one in expected
    ]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("پل بسته شد.\nانتهای پیام/.", "انتهای"),
        ("The bridge is closed.\n\nReporting by our desk", "Reporting"),
        ("Мост закрыт для всех.\n\nФото: архив", "Фото"),
    ],
)
def test_an_end_mark_is_no_claim(text, end):
    assert not any(end in words for words in spans(text))


def test_a_quotation_that_no_mark_closes_goes_on():
    text = (
        'The mayor said: "The bridge is closed.\n\n"The road is open to all of us."\n\n'
        "The ferry runs on Monday."
    )
    who = {
        claim.span.text: claim.speakers[-1]
        for claim in read(text).claims
        if claim.type != "announcement"
    }
    assert who["The bridge is closed"] == "The mayor"
    assert who["The road is open to all of us"] == "The mayor"
    assert who["The ferry runs on Monday"] == "narrator"


def test_a_name_in_quotation_marks_is_no_speech():
    text = 'The ferry "Lake Star" left the port. The mayor said that it was late.'
    claim = next(one for one in read(text).claims if "Lake Star" in one.span.text)
    assert claim.voice == "outlet"


def test_a_quotation_of_nobody_named_is_not_the_outlets():
    text = 'A banner over the gate read: "We want our bridge back and we want it now."'
    claim = next(one for one in read(text).claims if "We want" in one.span.text)
    assert claim.speakers[-1] == "unnamed speaker"
    assert claim.voice == "attributed"


def test_a_report_of_the_allowed_size_is_read():
    text = "The mayor said that the bridge was closed on Monday. " * 400
    assert len(read(text).claims) > 400
