"""The JSON Schema for editors: made of the vocabulary, and as strict about its words."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from peyman.charter.language import TABLES, VERSIONS
from peyman.charter.reading.schema import schema
from tests.charter.test_read import CHARTERS, HERE, REFUSED, edited, read

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "charter.schema.json"
SCHEMA = schema()
HEADED = re.compile(r"^(\[.*)\.(\d{4}-\d\d-\d\d)\]", re.MULTILINE)
DATED = [path for path in CHARTERS if HEADED.search(path.read_text(encoding="utf-8"))]
UNKNOWN = [case for case in REFUSED if "is not a word of" in case["says"]]


def as_json(value):
    """A TOML value as an editor gives it to a schema: a date is a string."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(text):
    data = as_json(tomllib.loads(text))
    return [one.message[:200] for one in Draft4Validator(SCHEMA).iter_errors(data)]


def test_the_file_of_the_documents_is_what_the_vocabulary_makes(request):
    text = json.dumps(SCHEMA, indent=1, ensure_ascii=False) + "\n"
    if request.config.getoption("--rewrite-goldens"):
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text


def test_it_is_a_schema():
    Draft4Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "path",
    [*CHARTERS, HERE / "small.toml", HERE / "request.toml"],
    ids=lambda p: p.name,
)
def test_it_accepts_every_charter(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("case", UNKNOWN, ids=lambda case: case["what"])
def test_it_refuses_every_word_that_the_reader_refuses(case):
    assert faults(edited(*case["edits"])) != []


@pytest.mark.parametrize(
    "edit",
    [
        ("outside = true", 'outside = "yes"'),
        ('carry  = "no objection"', 'carry  = "some"'),
        ('at least 2/3"', 'two thirds"'),
        ('zone     = "Asia/Almaty"', "zone     = 5"),
        ('lapse = { expire = "6 months" }', 'lapse = "6 months"'),
        ('title = "League of the Two Rivers"', ""),
        ('"2012-12-01/2013-01-01"', '"2012-12-01"'),
        ("XA = 2001-03-01", 'XA = "once"'),
        ("after   = { any", "after   = { all"),
        ('says = "There is a council."', 'says = { de = "Ein Rat." }'),
        ('carry  = "at least 2/3"', ""),
    ],
)
def test_it_refuses_a_value_of_another_shape_and_a_missing_word(edit):
    assert faults(edited(edit)) != []


def test_it_explains_every_word_where_it_may_stand():
    act = SCHEMA["additionalProperties"]["additionalProperties"]
    words = {word.name: word for word in TABLES["acts"].words.values()}
    for name, word in words.items():
        shown = act["properties"][name]["description"]
        assert shown.lower().startswith(word.means.lower())
        assert shown.endswith(f"Without it: {word.default}.")
    assert {"from", "unsure"} == set(act["properties"]) - set(words)
    (dated,) = act["patternProperties"].values()
    assert {"repealed", "unsure"} == set(dated["properties"]) - set(words)
    assert set(VERSIONS) == {"from", "repealed", "unsure"}


@pytest.mark.parametrize("path", DATED, ids=lambda path: path.name)
def test_a_date_in_quotation_marks_heads_a_version_like_one_without(path):
    text = path.read_text(encoding="utf-8")
    quoted = HEADED.sub(r'\1."\2"]', text)
    assert quoted != text
    assert faults(quoted) == []
    assert read(quoted) == read(text)
