"""Who says what in invented reports, one TOML file each: the words, and whose they are."""

import tomllib
from pathlib import Path

import pytest

from peyman.picture.model import Proposal, Reading
from peyman.picture.read import read_report
from peyman.picture.source import receive

FILES = sorted((Path(__file__).parent / "reports").glob("*.toml"))
SAYINGS = ("announcement", "office")
"""Claims that somebody spoke, or who he is: the outlet's own words about a speaker."""


def load(path: Path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def reading_of(told) -> Reading:
    data = told["text"].strip().encode()
    return read_report(receive(data, told.get("published")))


def holding(reading: Reading, words: str) -> list[Proposal]:
    return [
        claim
        for claim in reading.claims
        if words in claim.span.text
        and not (claim.type in SAYINGS and claim.form == "narration")
    ]


CASES = [
    pytest.param(told, row, id=f"{path.stem}: {row['words'][:40]}")
    for path in FILES
    for told in [load(path)]
    for row in told["says"]
]
EXACT = [
    pytest.param(told, row, id=f"{path.stem}: {row['words'][:40]}")
    for path in FILES
    for told in [load(path)]
    for row in told["says"]
    if row.get("exact")
]


@pytest.mark.parametrize(("told", "row"), CASES)
def test_every_saying_stands_under_who_said_it(told, row):
    found = holding(reading_of(told), row["words"].rstrip(row.get("trim", "\0")))
    assert found
    assert {claim.speakers[-1] for claim in found} == {row["who"]}
    if "chain" in row:
        assert {claim.speakers for claim in found} == {tuple(row["chain"])}
    if "id" in row:
        assert {claim.speaker_ids[-1] or "" for claim in found} == {row["id"]}


@pytest.mark.parametrize(("told", "row"), EXACT)
def test_a_saying_has_its_exact_characters(told, row):
    words = row["words"]
    assert words in [claim.span.text for claim in reading_of(told).claims]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_report_names_its_outlet_and_its_language(path):
    told = load(path)
    reading = reading_of(told)
    assert (reading.language, reading.outlet) == (told["language"], told["outlet"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_but_the_outlet_speaks_in_the_voice_of_the_outlet(path):
    told = load(path)
    own = {row["words"] for row in told["says"] if row["who"] == told["outlet"]}
    attributed = {row["words"] for row in told["says"]} - own
    for claim in reading_of(told).claims:
        if claim.voice == "outlet" and claim.type not in SAYINGS:
            assert not any(words in claim.span.text for words in attributed)
