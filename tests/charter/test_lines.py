"""The scanner agrees with `tomllib` on what is there, and with the writer on where."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.reading.lines import Place, header, line_of, places, twice

KEYS = st.text(alphabet='ab1-_."\\# [é', min_size=1, max_size=4)
WORDS = st.text(alphabet="a\"'\\#[]{}=\n,é", max_size=6)
VALUES = st.recursive(
    WORDS | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


def written(draw, value):
    """A value as TOML, in one of the ways in which it may be written."""
    if isinstance(value, list):
        gap = draw(st.sampled_from(["", "\n", " # ] \" '''\n", "\n\n  "]))
        return f"[{gap}{''.join(f'{written(draw, v)},{gap}' for v in value)}]"
    if isinstance(value, str) and draw(st.booleans()):
        if "'" not in value and "\n" not in value:
            return f"'{value}'"
        if "'''" not in value and not value.endswith("'"):
            return f"'''\n{value}'''"
        return '"""\n' + value.replace("\\", "\\\\").replace('"', '\\"') + '"""'
    return json.dumps(value, ensure_ascii=False)


@st.composite
def sources(draw):
    """A TOML source, and the line of every header and key in it."""
    text, where = "", {}
    tables = draw(
        st.lists(st.lists(KEYS, min_size=1, max_size=2), unique_by=tuple, max_size=3)
    )
    for table in [[], *tables]:
        if table:
            where[tuple(table)] = text.count("\n") + 1
            dotted = " . ".join(json.dumps(key, ensure_ascii=False) for key in table)
            text += f"[ {dotted} ] # [x]\n"
        for key in draw(st.lists(KEYS.map(lambda k: f"k{k}"), unique=True, max_size=3)):
            text += draw(st.sampled_from(["", "\n", "# a = 1\n", "\t"]))
            where[*table, key] = text.count("\n") + 1
            name = json.dumps(key, ensure_ascii=False)
            text += f"{name} = {written(draw, draw(VALUES))} # =\n"
    return text, where


def is_toml(text):
    """Whether it is: a table may by chance have the name of a key above it."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


@given(sources().filter(lambda made: is_toml(made[0])))
def test_every_header_and_key_is_found_on_its_line(made):
    text, where = made
    assert {place.path: place.line for place in places(text)} == where
    assert all(line_of(text, path) == line for path, line in where.items())
    assert twice(text) is None


@given(st.text(alphabet="[]{}=\"'\\.# \na1", max_size=60))
def test_the_scanner_comes_to_an_end_on_anything(text):
    assert all(place.line <= text.count("\n") + 1 for place in places(text))


SOURCE = """# art = 1
texts.T = "[organs.b]"
notes = '''
art = 2 '''
[organs.a]
art = [ # art
  "art = 3",
]
[organs . "b"] # [organs.a]
art = 4\r
duty = { x = 1 }
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("organs", "b", "art"), 10),
        (("organs", "a", "art"), 6),
        (("organs", "a", "seat"), 5),  # not there: the line of its table
        (("organs", "b", "duty", "x"), 11),  # in an inline table: the line of that
        (("organs",), 5),  # only implied, by [organs.a]
        (("texts", "T"), 2),
        (("offices",), 1),  # nowhere
    ],
)
def test_a_line_is_never_that_of_another_table(path, line):
    assert line_of(SOURCE, path) == line


def test_a_table_that_stands_twice_is_found_with_both_lines():
    text = '[a]\nb = """\n[a]"""\n[c]\nb = 1\n["a"]\n'
    assert twice(text) == (Place(("a",), 1, True), Place(("a",), 6, True))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("a", "b_1-c"), "[a.b_1-c]"),
        (("T 4", "2012-12-19"), '["T 4".2012-12-19]'),
    ],
)
def test_a_header_is_shown_as_it_is_written(path, text):
    assert header(path) == text
