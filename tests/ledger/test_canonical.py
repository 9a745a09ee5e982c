"""One value has one sequence of bytes, and a reader accepts no other."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from peyman.errors import PeymanError
from peyman.ledger.canonical import LARGEST, encode, parse

NUMBERS = st.integers(-LARGEST, LARGEST) | st.floats(-LARGEST, LARGEST)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_reads_back_the_same(value):
    assert parse(encode(value), "It") == value


@given(VALUES)
def test_what_is_read_would_be_written_in_the_same_bytes(value):
    data = encode(value)
    assert encode(parse(data, "It")) == data


NAMES = st.text(max_size=3) | st.sampled_from(["a", "\ue000", "\U0001f600", "\x7f"])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
    max_leaves=20,
)


@given(VALUES | PLAIN)
def test_the_quick_writer_writes_the_bytes_of_rfc_8785(value):
    assert encode(value) == rfc8785.dumps(value)


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused_and_never_crash(data):
    try:
        value = parse(data, "It")
    except PeymanError:
        return
    assert encode(value) == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a":1,"a":1}', "the name 'a' stands twice in one object"),
        (b'{"a":{"b":1,"b":2}}', "the name 'b' stands twice in one object"),
        (b'{"b":1,"a":2}', "the same value is written in another way"),
        (b'{"a": 1}', "the same value is written in another way"),
        (b'{"a":1}\n', "the same value is written in another way"),
        (b"1.0", "the same value is written in another way"),
        (b"-0", "the same value is written in another way"),
        (b"1E2", "the same value is written in another way"),
        (b'"\\u0061"', "the same value is written in another way"),
        (b"NaN", "the number nan"),
        (b"Infinity", "the number inf"),
        (b"-Infinity", "the number -inf"),
        (b"1e400", "the number inf"),
        (b"1e300", "the number 1e+300"),
        (b"9007199254740992", "9007199254740992 exceeds safe integer domain for JSON"),
        (b'"\\ud800"', "text with half a surrogate pair"),
        (b'{"\\ud800":1}', "text with half a surrogate pair"),
        (b"\xff", "it is not UTF-8"),
        (b"\xef\xbb\xbf1", "unexpected utf-8 bom (decode using utf-8-sig) at byte 0"),
        (b"", "expecting value at byte 0"),
        (b"{", "expecting property name enclosed in double quotes at byte 1"),
        (b"[" * 33 + b"]" * 33, "nested deeper than 32"),
        (b"[" * 60_000, "nested deeper than 32"),
        (b"9" * 5_000, "a number is too long"),
    ],
)
def test_what_is_not_canonical_is_refused_with_the_reason(data, reason):
    with pytest.raises(PeymanError) as caught:
        parse(data, "The entry")
    assert caught.value.problem.startswith(f"The entry is not canonical JSON: {reason}")


def test_the_whole_words_of_a_refusal():
    with pytest.raises(PeymanError) as caught:
        parse(b'{"a":1,"a":1}', "The entry")
    assert str(caught.value) == (
        "The entry is not canonical JSON: the name 'a' stands twice in one object.\n"
        "  Authority: docs/record.md, section 1\n"
        "  Next step: Correct it, or ask whoever made it for a sound copy."
    )


def test_composed_and_decomposed_letters_stay_different():
    composed, decomposed = "й", "и\u0306"
    assert encode(composed) != encode(decomposed)
    assert parse(encode(decomposed), "It") == decomposed


def test_thirty_two_levels_are_the_most():
    assert parse(b"[" * 32 + b"]" * 32, "It")


@pytest.mark.parametrize("value", [float("nan"), 2.0**54, 2**53, "\ud800"])
def test_what_json_cannot_hold_is_not_written(value):
    with pytest.raises(PeymanError, match="This has no canonical JSON"):
        encode(value)


def test_names_are_in_the_order_of_utf_16():
    # U+1F600 is a surrogate pair, which sorts before U+FB33 in UTF-16 and after in UTF-8.
    assert encode({"\ufb33": 1, "\U0001f600": 2}) == (
        '{"\U0001f600":2,"\ufb33":1}'.encode()
    )
