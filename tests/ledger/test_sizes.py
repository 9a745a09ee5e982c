"""Envelopes of no bytes, of the most, and of one more."""

import pytest

from peyman.errors import PeymanError
from peyman.ledger import Store, open_envelope, seal, verify, write_folder
from peyman.ledger.entries.envelope import LARGEST_ENVELOPE
from tests.ledger.builders import ANALYST, small_case
from tests.ledger.disks import QuickDisk


def padded(draft, size):
    """A payload whose envelope has so many bytes, or up to four more."""
    empty = seal(draft.payload("note", {"text": "x"}, by=ANALYST), draft.keys[ANALYST])
    words = (size - len(empty)) * 3 // 4 + 2
    return draft.payload("note", {"text": "x" * words}, by=ANALYST)


def largest(draft):
    """The largest envelope there can be: base64 grows by four, so not of every size."""
    size = LARGEST_ENVELOPE
    while True:
        try:
            return seal(padded(draft, size), draft.keys[ANALYST])
        except PeymanError:
            size -= 1


@pytest.fixture
def draft():
    return small_case()


@pytest.fixture
def store(draft, tmp_path):
    write_folder(draft.build(), tmp_path / "case", QuickDisk())
    return Store.open(tmp_path / "case", QuickDisk())


def test_the_largest_envelope_goes_in_and_verifies(draft, store):
    envelope = largest(draft)
    assert LARGEST_ENVELOPE - 4 < len(envelope) <= LARGEST_ENVELOPE
    receipt = store.append(envelope, draft.entered, draft.log_key)
    assert receipt.proves(envelope, draft.origin, draft.log_key.public)
    assert verify(store.case_file()).genuine


def test_a_larger_one_cannot_even_be_sealed(draft):
    with pytest.raises(PeymanError, match="65535 is the most"):
        seal(padded(draft, LARGEST_ENVELOPE + 8), draft.keys[ANALYST])


@pytest.mark.parametrize("size", [0, 1, LARGEST_ENVELOPE, LARGEST_ENVELOPE + 1])
def test_bytes_that_are_no_envelope_are_refused_whatever_their_number(
    draft, store, size
):
    before = store.case_file().files
    with pytest.raises(PeymanError) as caught:
        store.append(b"x" * size, draft.entered, draft.log_key)
    limit = "65536 bytes; 65535 is the most" if size > LARGEST_ENVELOPE else "canonical"
    assert limit in caught.value.problem
    assert store.case_file().files == before


def test_a_sound_envelope_with_one_byte_more_is_refused(draft):
    envelope = largest(draft)
    for more in (b" ", b"\n", b"\0"):
        with pytest.raises(PeymanError):
            open_envelope(envelope + more)
