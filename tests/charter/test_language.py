"""The vocabulary is whole: every word has a place in the model, and is used and explained."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from peyman.charter.language import TABLES, VERSIONS
from peyman.charter.model import (
    Act,
    Article,
    Charter,
    Ground,
    Limit,
    Office,
    Organ,
    Rule,
)
from peyman.charter.reading.shapes import Ref, Shape

SMALL = tomllib.loads((Path(__file__).parent / "charters" / "small.toml").read_text())
MODELS = {
    "organs": Organ,
    "offices": Office,
    "articles": Article,
    "grounds": Ground,
    "rules": Rule,
    "limits": Limit,
    "acts": Act,
}
WORDS = [(t.name, word) for t in TABLES.values() for word in t.words.values()]
OF_NAMES = {
    *(Shape.NAME, Shape.NAMES, Shape.ALL_OR_ANY, Shape.DONE, Shape.OPENS),
    *(Shape.SPANS, Shape.LASTS),
}


def in_use(table, value):
    """The words that the small charter uses in one kind of table, versions included."""
    if not isinstance(value, dict):
        return set()
    own = {key for key in value if key in TABLES[table].words or key in VERSIONS}
    return own.union(*(in_use(table, v) for k, v in value.items() if k not in own))


@pytest.mark.parametrize("table", MODELS)
def test_every_word_has_an_attribute_and_every_attribute_a_word(table):
    words = {word.attribute or name for name, word in TABLES[table].words.items()}
    given = {field.name for field in fields(MODELS[table]) if field.init}
    held = given - {"name", "bit"}
    if table == "organs":  # `of` is held by two attributes
        words = words - {"of"} | {"of_members", "parties_to"}
    if table == "acts":  # so is `after`
        words |= {"numbers"}
    assert words == held


@pytest.mark.parametrize("table", [name for name, t in TABLES.items() if t.words])
def test_the_small_charter_uses_every_word_once_at_least(table):
    tops = (
        [k for k in SMALL if k not in {"title", *TABLES}]
        if table == "acts"
        else [table]
    )
    used = set().union(*(in_use(table, SMALL[top]) for top in tops))
    assert used >= set(TABLES[table].words)


def test_the_small_charter_uses_every_word_of_versions():
    assert set().union(*(in_use(t, SMALL.get(t, {})) for t in TABLES)) & set(
        VERSIONS
    ) == {
        "from",
        "unsure",
    }
    assert "repealed" in SMALL["help"]["prolong"]["2012-12-19"]


@pytest.mark.parametrize(("table", "word"), WORDS, ids=lambda x: getattr(x, "name", x))
def test_a_word_is_explained_in_one_line(table, word):
    assert word.name == TABLES[table].words[word.name].name
    assert 0 < len(word.means) <= 70
    assert word.means[-1] not in ".:"
    assert word.default
    assert (word.default == "required") == word.is_required


@pytest.mark.parametrize(("table", "word"), WORDS, ids=lambda x: getattr(x, "name", x))
def test_a_word_of_names_says_what_they_name_and_one_of_choices_has_them(table, word):
    assert (word.ref is not None) == (word.shape in OF_NAMES)
    assert bool(word.choices) == ("one of its words" in word.shape.value)


@pytest.mark.parametrize("ref", Ref, ids=lambda ref: ref.name)
def test_a_name_is_looked_for_in_tables_that_there_are(ref):
    assert set(ref.value.tables) <= {*TABLES, "facts", "kinds"}
    assert ref.value.add.format("x")


def test_no_word_of_a_table_is_a_word_of_versions_or_looks_like_a_date():
    words = {word.name for _, word in WORDS}
    assert not words & set(VERSIONS)
    assert all(word[0].isalpha() for word in words)


def test_a_table_has_either_words_or_keys_of_its_own():
    for table in TABLES.values():
        assert bool(table.words) != bool(table.keys)
        assert bool(table.keys) == (table.shape is not None)


def test_what_the_language_reads_besides_versions_is_held_by_the_charter():
    plain = {name for name, table in TABLES.items() if not table.is_dated}
    held = {field.name for field in fields(Charter)}
    assert plain - held == {"reckoning", "members"}  # their words; all in `parties`
    assert set(TABLES["reckoning"].words) <= held
