"""Whole charters made up by hypothesis: written, read back, permuted, broken."""

import json
import re
import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from peyman.charter.model import Act, Article, Rule
from peyman.charter.read import read_charter
from peyman.errors import PeymanError

SMALL = (Path(__file__).parent / "charters" / "small.toml").read_text()
RAW = tomllib.loads(SMALL)

WORDS = st.text(alphabet="a b\"'\\#[]=کо\n", min_size=1).filter(str.strip)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
ACTS = ("a", "b", "c", "d")
SPANS = st.sampled_from(["24 hours", "5 working days", "1 year", "at once", "no day"])


def read(text):
    return read_charter(text.encode(), id="small", name="small.toml")


def toml(value):
    """A value as it may stand behind `=`."""
    if isinstance(value, dict):
        return (
            f"{{{', '.join(f'{json.dumps(k)} = {toml(v)}' for k, v in value.items())}}}"
        )
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def written(raw):
    """A charter as TOML: every table of the second level with its header."""
    plain = [f"{json.dumps(k)} = {toml(v)}" for k, v in raw.items() if not _is_table(v)]
    for top, table in raw.items():
        if _is_table(table):
            own = {k: v for k, v in table.items() if not _is_table(v)}
            plain += _table((top,), own) if own or not table else []
            for key, value in table.items():
                if _is_table(value):
                    plain += _table((top, key), value)
    return "\n".join(plain) + "\n"


def _is_table(value):
    return isinstance(value, dict)


def _table(path, lines):
    head = ".".join(json.dumps(key) for key in path)
    return [f"[{head}]", *(f"{json.dumps(k)} = {toml(v)}" for k, v in lines.items())]


def names(of, **size):
    """One name as such, or a list of several; and what is read from it."""
    several = st.lists(st.sampled_from(of), min_size=1, max_size=3, unique=True)
    one = st.sampled_from(of).map(lambda name: (name, (name,)))
    return one | several.map(lambda many: (many, tuple(many)))


def full(pair):
    """The same with the names of acts as they are read: with their kind."""
    return pair[0], tuple(f"m.{name}" for name in pair[1])


def as_it_is(strategy):
    return strategy.map(lambda value: (value, value))


WHAT_AN_ACT_SAYS = {
    "by": names(("member", "subject", "council", "chair", "outside")),
    "to": names(("council", "chair")),
    "on": names(("attack",)),
    "art": names(("T 1", "T 2")),
    "after": names(ACTS).map(lambda p: (p[0], tuple((f"m.{n}",) for n in p[1]))),
    "while": names(ACTS).map(lambda p: ({"any": p[0]}, (full(p)[1],))),
    "ends": names(ACTS).map(full),
    "amends": names(ACTS).map(full),
    "waive": names(ACTS).map(full),
    "leaves": names(("T",)),
    "agrees": st.sampled_from(ACTS).map(lambda name: (name, f"m.{name}")),
    "binds": as_it_is(WORDS),
    "mandate": as_it_is(st.booleans()),
    "duty": st.dictionaries(st.sampled_from(ACTS), SPANS, min_size=1).map(
        lambda d: (d, {f"m.{name}": span for name, span in d.items()})
    ),
    "lasts": as_it_is(DAYS)
    | as_it_is(st.just("6 months"))
    | names(ACTS).map(lambda p: ({"while": p[0]}, full(p)[1])),
}
ATTRIBUTES = {"while": "meanwhile"}
LINES = st.fixed_dictionaries({}, optional=WHAT_AN_ACT_SAYS)
GONE: tuple[list[str], None] = ([], None)


def charter_with(act):
    """A charter of four acts, the first of which is as given."""
    others = {name: {"by": "chair", "opens": True} for name in ACTS[1:]}
    return {
        "title": "t",
        "texts": {"T": "A Treaty"},
        "reckoning": {"zone": "UTC"},
        "reading": {"at once": "24 hours"},
        "members": {"XA": date(2000, 1, 1)},
        "organs": {"council": {}},
        "offices": {"chair": {}},
        "articles": {"T 1": {"says": "one"}, "T 2": {"says": "two"}},
        "grounds": {"attack": {"art": "T 1", "word_of": "council"}},
        "m": {"a": act, **others},
    }


def act_of(lines):
    """What is expected of an act with these lines."""
    values = {ATTRIBUTES.get(w, w): v for w, (_, v) in lines.items() if v is not None}
    return Act("m.a", 0, **{"by": ("chair",), **values})


def with_someone(lines):
    """The lines of an act that somebody may do, as they stand in a file."""
    return {"by": "chair", **{word: value for word, (value, _) in lines.items()}}


@given(LINES)
def test_what_is_written_is_read(lines):
    charter = read(written(charter_with(with_someone(lines))))
    assert charter.versions[0].acts["m.a"] == {"": act_of(lines)}


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        word: values if word == "by" else values | st.just(GONE)
        for word, values in WHAT_AN_ACT_SAYS.items()
    },
)


@given(
    LINES,
    st.dictionaries(DAYS, CHANGES, max_size=3),
    st.dictionaries(st.sampled_from(["voice", "letter"]), CHANGES),
    st.none() | st.just(date(1850, 1, 1)),
)
def test_dates_are_applied_in_order_and_then_the_form(base, dated, forms, begin):
    act = with_someone(base) | {"form": ["voice", "letter"]}
    for key, change in [*dated.items(), *forms.items()]:
        act[str(key)] = {word: value for word, (value, _) in change.items()}
    act |= {"from": begin} if begin else {}
    charter = read(written(charter_with(act)))
    lines = base | {"form": (None, ("voice", "letter"))}
    assert [t.since for t in charter.versions] == sorted(
        {date.min, *dated, *([begin] if begin else [])}
    )
    for text in charter.versions:
        lines = lines | dated.get(text.since, {})
        if begin and text.since < begin:
            assert text.act("m.a") is None
            continue
        assert text.act("m.a") == act_of(lines)
        for form in ("voice", "letter"):
            assert text.act("m.a", form) == act_of(lines | forms.get(form, {}))


@given(
    st.dictionaries(st.sampled_from(["T 3", "T 3-1"]), WORDS, min_size=1),
    st.sampled_from(["at least 2/3", "more than 1/2", "unanimity", "no objection"]),
    st.dictionaries(st.sampled_from(["en", "fa", "ru"]), WORDS, min_size=1),
)
def test_articles_and_rules_are_read_as_written(articles, carry, says):
    raw = charter_with({"decide": "vote", "opens": True})
    raw["articles"] |= {name: {"says": words} for name, words in articles.items()}
    raw["articles"]["T 2"]["says"] = says
    raw["rules"] = {"vote": {"organ": "council", "carry": carry, "art": "T 2"}}
    text = read(written(raw)).versions[0]
    assert text.rules == {"vote": Rule("vote", "council", carry, "T 2")}
    assert text.articles["T 2"] == Article("T 2", says, "memory")
    assert {n: text.articles[n].says["en"] for n in articles} == articles
    assert text.act("m.a").by == ("council",)


# ---------------------------------------------------------------- order in the file


def without_bits(charter):
    """A charter as if its acts had no order."""
    versions = tuple(
        replace(
            text,
            acts={
                name: {form: replace(act, bit=0) for form, act in forms.items()}
                for name, forms in text.acts.items()
            },
        )
        for text in charter.versions
    )
    return replace(charter, versions=versions, names=tuple(sorted(charter.names)))


@given(st.randoms(use_true_random=False))
def test_the_order_of_tables_changes_nothing_but_bits(chance):
    title, *tables = re.split(r"(?m)^(?=\[)", SMALL)
    chance.shuffle(tables)
    charter = read(title + "".join(tables))
    assert without_bits(charter) == without_bits(read(SMALL))
    bits = {
        act.bit for t in charter.versions for f in t.acts.values() for act in f.values()
    }
    assert bits == set(range(len(charter.names)))


# ---------------------------------------------------------------- one thing wrong


def paths(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))


ODD = st.sampled_from(
    [
        *["", " ", "member", "T 4", "2012-12-19", "no day", "term", 0, -1, 1.5, True],
        *[date(2012, 12, 19), [], {}, [[]], [{}], ["ask", "ask"], {"any": []}],
        *[{"any": [1]}, {"while": "ask"}, {"en": 1}, {"": ""}, {"x.y": "at once"}],
        *[{"2012-12-19": {}}, {"2012-12-19": {"voice": {}}}],
    ]
)
KEYS = st.sampled_from(
    [
        *["", "by", "from", "unsure", "repealed", "opens", "2012-12-19", "1-1-1"],
        *["acts", "voice", "organs", "title", "T 4", "S", "XA", "x.y", "any", "time"],
        "\u0661",
    ]
)


@st.composite
def broken(draw):
    """The small charter with one key gone, renamed or of another value."""
    raw = deepcopy(RAW)
    *above, last = draw(st.sampled_from([path for path in paths(RAW) if path]))
    table = raw
    for key in above:
        table = table[key]
    value = table.pop(last)
    key = draw(st.none() | st.just(last) | KEYS)
    if key is not None:
        table[key] = draw(ODD) if key == last else value
    return written(raw)


@given(broken())
def test_a_charter_with_one_thing_wrong_is_read_or_refused_by_line(text):
    try:
        made, problem = read(text), ""
    except PeymanError as error:
        made, problem = None, error.problem
    line = re.match(r"small\.toml, line (\d+): \S", problem)
    assert made or (line and int(line[1]) <= text.count("\n") + 1)
