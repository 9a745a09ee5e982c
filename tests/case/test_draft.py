import pytest

from peyman.case.entering.draft import draft_of
from peyman.errors import PeymanError
from tests.builders import START
from tests.case.small import name_of

TEXT = "Smoke rose. Smoke rose again over the «پل» bridge."
KNOWN = {"s", "c", "c2", "r", "m", "csto:e3"}


def resolve(label):
    if label not in KNOWN:
        raise PeymanError(f"No {label}.", authority="a", remedy="b")
    return name_of(label)


def draft(**written):
    return draft_of(written, resolve, {name_of("s"): TEXT}.get, START)


def refused(**written):
    with pytest.raises(PeymanError) as caught:
        draft(**written)
    assert (
        caught.value.authority == "docs/record.md, section 7: how an entry is written"
    )
    return f"{caught.value.problem} {caught.value.remedy}"


def test_what_an_entry_leaves_out_is_reported_at_the_time_of_its_entry():
    made = draft(kind="note", text="x")
    assert (made.kind, made.known_as, made.at, made.zone) == (
        "note",
        "reported",
        START,
        None,
    )
    assert (made.cites, made.body) == ((), {"text": "x"})


def test_what_an_entry_states_of_itself_is_no_part_of_its_body():
    made = draft(
        id="n",
        kind="note",
        entered=START,
        entered_from="source",
        known_as="documented",
        at="2022-01-04",
        zone="Europe/Moscow",
        cites=["c"],
        text="x",
    )
    assert (made.known_as, made.at, made.zone) == (
        "documented",
        "2022-01-04",
        "Europe/Moscow",
    )
    assert (made.cites, made.body) == ((name_of("c"),), {"text": "x"})


@pytest.mark.parametrize("field", ["source", "claim", "revises", "entry", "successor"])
def test_a_label_becomes_the_commitment_of_its_entry_and_is_cited(field):
    made = draft(kind="claim", **{field: "c"})
    assert made.body[field] == name_of("c")
    assert made.cites == (name_of("c"),)


@pytest.mark.parametrize("field", ["claims", "entries"])
def test_every_label_of_a_list_is_resolved_and_cited(field):
    made = draft(kind="status", **{field: ["c", "c2"]})
    assert made.body[field] == [name_of("c"), name_of("c2")]
    assert made.cites == (name_of("c"), name_of("c2"))


def test_what_is_named_and_cited_is_cited_once_and_what_is_cited_first_stands_first():
    made = draft(kind="claim", cites=["m", "c", "m"], source="s", revises="c")
    assert made.cites == tuple(map(name_of, ["m", "c", "s"]))


def test_an_act_cites_the_entry_that_opened_its_matter():
    made = draft(kind="act", acts=[{"matter": "r/2", "act": "x"}, {"matter": "m/1"}])
    assert made.body["acts"][0]["matter"] == f"{name_of('r')}/2"
    assert made.cites == (name_of("r"), name_of("m"))


def test_a_matter_of_a_register_is_named_by_its_charter():
    made = draft(kind="act", acts=[{"matter": "csto:e3/1"}])
    assert made.body["acts"] == [{"matter": f"{name_of('csto:e3')}/1"}]


def test_a_ballot_cites_the_entry_that_opened_its_matter():
    made = draft(
        kind="ballot", matter="r/1", act="help.mandate", member="XA", vote="yes"
    )
    assert made.body["matter"] == f"{name_of('r')}/1"
    assert made.cites == (name_of("r"),)


def test_the_words_of_a_span_become_exact_characters():
    made = draft(kind="claim", source="s", span="«پل» bridge")
    assert made.body["span"] == {"start": 38, "end": 49, "text": "«پل» bridge"}
    assert TEXT[38:49] == "«پل» bridge"


def test_a_span_that_gives_its_characters_is_left_as_it_is():
    span = {"start": 0, "end": 5, "text": "Smoke"}
    assert draft(kind="claim", source="s", span=span).body["span"] == span


@pytest.mark.parametrize(
    ("source", "span", "times"),
    [
        ("s", "Smoke rose", "more than once"),
        ("s", "Fire", "not at all"),
        ("c", "Smoke rose again", "not at all"),
    ],
)
def test_the_words_of_a_span_stand_exactly_once_in_their_source(source, span, times):
    assert refused(kind="claim", source=source, span=span) == (
        f"The words {span!r} stand {times} in their source. Give the exact words, enough of"
        " them to occur once; or start, end and text."
    )


def test_a_label_that_nobody_knows_is_refused_by_whoever_resolves_it():
    with pytest.raises(PeymanError, match="No c9"):
        draft(kind="note", text="x", cites=["c9"])


def test_an_entry_has_a_kind():
    assert (
        refused(text="x") == 'The entry has no kind. Add a line such as kind = "claim".'
    )


@pytest.mark.parametrize("matter", ["r", "r/", "r/one", "/1/"])
def test_a_matter_is_an_entry_and_the_number_of_its_act(matter):
    assert refused(kind="act", acts=[{"matter": matter}]) == (
        f"The matter {matter!r} is not ENTRY/n. Name the entry that opened it and which of"
        " its acts, as e31/1."
    )


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"kind": "act", "acts": {}}, "acts is no list. Write acts as a list."),
        ({"kind": "act"}, "acts is no list. Write acts as a list."),
        (
            {"kind": "act", "acts": ["x"]},
            "An act is no table. Write it under [[entry.acts]].",
        ),
        ({"kind": "note", "cites": "c"}, "cites is no list. Write cites as a list."),
    ],
)
def test_lists_and_tables_are_written_as_such(written, says):
    assert refused(**written) == says
