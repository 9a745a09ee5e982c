"""The page of the format says what the code does."""

import re
from pathlib import Path

import pytest

from peyman.ledger import ALWAYS_HERE, ERASABLE, KINDS
from peyman.ledger.canonical import DEEPEST
from peyman.ledger.entries.envelope import LARGEST_ENVELOPE, PAYLOAD_TYPE
from tests.ledger.broken import key_body
from tests.ledger.builders import REGISTRAR, Draft, small_case, source_body
from tests.ledger.undone import released

PAGE = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
WORDS = {*re.findall(r"[A-Za-z_]+", " ".join(re.findall(r"`([^`]+)`", PROSE)))}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_its_row(kind):
    assert re.search(rf"^\| `{kind}` \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(
    "names",
    [
        Draft().opening,
        Draft().opening["keys"][0],
        Draft().payload("note", {}).as_json(),
        key_body("revoke", REGISTRAR, Draft().log_key, since=1),
        source_body(address="x"),
        ["entry", "successor", "reason", "entries", "kinds", "authority"],
        ["size", "indexes", "kinds_not_shown", "commitment", "payloadType"],
        ["origin", "title", "zone", "kept", "log_key", "registrar", "register"],
    ],
)
def test_every_field_is_named(names):
    assert {part for name in names for part in re.findall("[A-Za-z_]+", name)} <= WORDS


def test_the_limits_are_those_of_the_code():
    assert f"{LARGEST_ENVELOPE:,} bytes" in PAGE
    assert f"more than {DEEPEST} deep" in PAGE
    assert PAYLOAD_TYPE in PAGE


def test_the_kinds_in_every_file_and_the_kinds_that_may_be_erased_are_those_of_the_code():
    (always,) = re.findall(r"^(.+) are in every case file\.$", PAGE, re.MULTILINE)
    assert {*re.findall(r"`(\w+)`", always)} == ALWAYS_HERE
    (erasable,) = re.findall(
        r"^\*\*`erase`\*\* concerns (.+) alone\.", PAGE, re.MULTILINE
    )
    assert {*re.findall(r"`(\w+)`", erasable)} == ERASABLE


def test_the_example_of_an_envelope_path_is_one():
    assert "envelopes/000031.json" in PAGE
    assert "envelopes/000000.json" in small_case().build().files
    assert released().build()
