"""Receiving a report: what is kept, and what is refused in which words."""

from hashlib import sha256

import pytest

from peyman.errors import PeymanError
from peyman.picture.source import LIMIT_BYTES, receive

AUTHORITY = (
    "  Authority: docs/record.md: a source is kept byte for byte, as UTF-8 text\n"
)
RUSSIAN = "Совет принял решение направить силы.".encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            b"",
            "The report is empty.\n" + AUTHORITY + "  Next step: Ask the sender for the "
            "report again.",
        ),
        (
            b"\xef\xbb\xbf \r\n\t",
            "The report is empty.\n" + AUTHORITY + "  Next step: Ask the sender for the "
            "report again.",
        ),
        (
            b"The airport is \xff closed",
            "The report is not UTF-8: byte 15 cannot be read.\n" + AUTHORITY
            + "  Next step: Save it as UTF-8, and keep the original beside it.",
        ),
        (
            "The airport".encode("utf-16"),
            "The report is not UTF-8: its byte order mark says UTF-16, little endian.\n"
            + AUTHORITY
            + "  Next step: Save it as UTF-8, and keep the original beside it.",
        ),
        (
            b"\xfe\xff\x00T",
            "The report is not UTF-8: its byte order mark says UTF-16, big endian.\n"
            + AUTHORITY
            + "  Next step: Save it as UTF-8, and keep the original beside it.",
        ),
        (
            b"The air\0port",
            "The report is not text: character 7 is NUL.\n" + AUTHORITY
            + "  Next step: Give the report's text, not a program's file.",
        ),
        (
            b"a" * 50_000_000,
            "The report has 50000000 bytes; at most 500000 are read.\n" + AUTHORITY
            + "  Next step: Give the report alone, without the archive around it.",
        ),
    ],
    ids=["empty", "white", "bytes", "utf-16-le", "utf-16-be", "nul", "large"],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_plain_words(data, words):
    with pytest.raises(PeymanError) as caught:
        receive(data)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    "text",
    [
        "Der Sicherheitsrat hat heute beschlossen, keine Truppen zu entsenden.",
        "قرر مجلس الأمن إرسال قوات حفظ السلام إلى البلاد في ساعة متأخرة من الليل",
        "Радата прие днес решение да не изпраща войски и да поиска нова среща с всички "
        "членове на съюза преди края на тази седмица в столицата на страната",
        "安全理事会今天决定派遣部队。",
        "12 345 — 6",
        "سلامتی کونسل نے ملک میں امن فوج بھیجنے کا فیصلہ کیا ہے اور ہوائی اڈے بند ہیں",
    ],
)
def test_another_language_is_refused(text):
    with pytest.raises(PeymanError) as caught:
        receive(text.encode())
    assert str(caught.value) == (
        "The report is in no language that is read here.\n"
        "  Authority: Peyman reads Persian, Russian and English\n"
        "  Next step: Give a report in one of them, or enter its claims by hand."
    )


@pytest.mark.parametrize("published", ["yesterday", "2022-02-30", "2022-01-06T08:05"])
def test_a_date_of_publication_is_a_date_or_an_instant(published):
    with pytest.raises(PeymanError) as caught:
        receive(RUSSIAN, published)
    assert str(caught.value) == (
        f"The date of publication '{published}' is not a date.\n"
        "  Authority: docs/record.md: a date, or an instant with its offset\n"
        "  Next step: Write it as 2022-01-06 or 2022-01-06T08:05+06:00."
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfThe airport is closed.\r\nThe road is open.\r\n",
        "فرودگاه آلماتی بسته شد.".encode(),
        RUSSIAN,
    ],
)
def test_a_report_is_kept_byte_for_byte(data):
    report = receive(data, "2022-01-06")
    assert report.data == data
    assert report.text.encode() == data
    assert report.sha256 == sha256(data).hexdigest()


def test_the_largest_report_is_still_read():
    assert receive(b"The war. ".ljust(LIMIT_BYTES)).language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("رئیس جمهور گفت که اوضاع آرام است", "fa"),
        ("رئيس جمهور گفت كه اوضاع آرام است و كشور امن است", "fa"),
        ("Президент заявил, что обстановка спокойная", "ru"),
        ("The president said that the situation was calm", "en"),
        ("CSTO (ОДКБ) is an organization of six states, said the minister", "en"),
    ],
)
def test_the_language_is_recognised(text, language):
    assert receive(text.encode()).language == language
