from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.case import reading
from peyman.case.reading import read_case
from peyman.charter.kernel import fold
from peyman.charter.moment import read_instant
from peyman.errors import PeymanError
from tests.case.small import Record, told

REQUEST = {"act": "help.request", "subject": "XA", "by": "XA", "to": "pact/council"}
YES = {"XA": "yes", "XB": "yes", "XC": "yes"}
STATES = {"tasks": ["guard"], "term": "2022-01-19", "area": "the cape"}
MANDATE = {
    "act": "help.mandate",
    "by": "pact/council",
    "matter": "r/1",
    "states": STATES,
    "ballots": YES,
}
ANNOUNCED = {**MANDATE, "ballots": None}
DAY = {"at": "2022-01-05"}


def instant(text):
    return read_instant(text)


def without_none(act):
    return {name: value for name, value in act.items() if value is not None}


def listed(record, name="must", **clocks):
    clocks = {clock: instant(text) for clock, text in clocks.items()}
    matters = told(read_case(record.case, **clocks))["matters"]
    return [(row["act"], row["by"]) for one in matters for row in one[name]]


CONSULT = [("pact.help.consult", "pact/council"), ("pact.help.consult", "pact/chair")]
NOTIFY = [("pact.help.notify", "pact/chair")]


# -------------------------------------------------------------------------- two clocks


def test_what_was_entered_late_was_not_known_before():
    record = Record().act("r", REQUEST, entered="2022-01-05T02:00:00Z", **DAY)
    record.act("m", MANDATE, entered="2022-01-09T00:00:00Z", **DAY)
    assert listed(record) == []  # owed to 6 January, by now overdue
    assert listed(record, "late") == NOTIFY
    assert listed(record, at="2022-01-06T00:00:00Z") == NOTIFY
    then = {"at": "2022-01-06T00:00:00Z", "known_at": "2022-01-08T23:59:59Z"}
    assert listed(record, **then) == CONSULT


def test_known_at_alone_sets_both_clocks():
    record = Record().act("r", REQUEST, entered="2022-01-05T02:00:00Z", **DAY)
    record.add("n", entered="2022-02-01T00:00:00Z")
    reading = read_case(record.case, known_at=instant("2022-01-05T03:00:00Z"))
    assert reading.at == reading.known_at == instant("2022-01-05T03:00:00Z")
    assert [entry.name for entry in reading.entries] == ["e0"]


def test_both_clocks_stand_at_the_last_entry_where_nothing_is_said():
    record = Record().add("n", entered="2022-01-05T02:00:00Z")
    reading = read_case(record.case)
    assert reading.at == reading.known_at == instant("2022-01-05T02:00:00Z")


def test_an_entry_is_known_from_the_second_in_which_it_was_entered():
    record = Record().add("n", entered="2022-01-05T02:00:00Z")
    known = [
        len(read_case(record.case, known_at=instant(text)).entries)
        for text in ("2022-01-05T01:59:59Z", "2022-01-05T02:00:00Z")
    ]
    assert known == [0, 1]


def test_what_had_not_begun_by_then_does_not_count_though_it_is_known():
    record = (
        Record().act("r", REQUEST, at="2022-01-03").act("m", MANDATE, at="2022-01-05")
    )
    assert listed(record, "in_force", at="2022-01-04T00:00:00Z") == [
        ("pact.help.request", "XA")
    ]


def test_a_register_is_read_at_the_time_at_which_it_was_known():
    held = Record()
    said = {"office": "pact/chair", "during": "../.."}
    held.add("a", "hold", entered="2022-01-01T00:00:00Z", holder="XA", **said)
    held.add("b", "hold", entered="2022-01-07T00:00:00Z", holder="XB", **said)
    log = tuple(replace(entry, log="pact") for entry in held.case.entries)
    record = Record(registers={"pact": log}).add("n", entered="2022-01-08T00:00:00Z")
    for known, holders in (
        ("2022-01-06T00:00:00Z", ["XA"]),
        ("2022-01-08T00:00:00Z", ["XA", "XB"]),
    ):
        reading = read_case(record.case, known_at=instant(known))
        assert [hold.holder for hold in reading.charters["pact"].holds] == holders
    assert set(reading.by_name()) == {"pact:e0", "pact:e1", "e0"}


# --------------------------------------------------------------------------- contested


def test_a_contested_entry_is_folded_both_ways_and_its_rows_say_only_if():
    record = Record().act("r", REQUEST, **DAY).act("m", without_none(ANNOUNCED), **DAY)
    (matter,) = told(read_case(record.case))["matters"]
    assert [(r["act"], r.get("only_if")) for r in matter["must"]] == [
        ("pact.help.notify", ["e1"])
    ]
    assert [(r["act"], r.get("only_if")) for r in matter["in_force"]] == [
        ("pact.help.request", None),
        ("pact.help.mandate", ["e1"]),
    ]
    assert [
        (r["act"], r["by"], r["list"], r["if_not"]) for r in matter["otherwise"]
    ] == [(*row, "must", ["e1"]) for row in CONSULT]


def test_a_row_that_falls_due_on_another_day_says_only_if_too():
    record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
    prolong = {"act": "help.prolong", "matter": "r/1", "states": {"term": "2022-02-01"}}
    record.act("p", {**prolong, "by": "pact/council"}, at="2022-01-05")
    (matter,) = told(read_case(record.case))["matters"]
    mandate = [r for r in matter["in_force"] if r["act"] == "pact.help.mandate"]
    other = [r for r in matter["otherwise"] if r["act"] == "pact.help.mandate"]
    assert [(r["due"]["latest"], r["only_if"]) for r in mandate] == [
        ("2022-02-02T00:00:00Z", ["e2"])
    ]
    assert [(r["due"]["latest"], r["if_not"]) for r in other] == [
        ("2022-01-20T00:00:00Z", ["e2"])
    ]


def test_what_is_not_contested_is_folded_once_and_marks_nothing():
    record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
    assert read_case(record.case).charters["pact"].contests == ()
    (matter,) = told(read_case(record.case))["matters"]
    assert matter["otherwise"] == []
    assert not any("only_if" in row for row in matter["may"])


def test_each_contested_entry_is_read_alone_the_other_way():
    record = Record()
    for label in ("r", "q"):
        record.act(label, REQUEST, **DAY)
        announced = {**without_none(ANNOUNCED), "matter": f"{label}/1"}
        record.act(f"m-{label}", announced, **DAY)
    contests = read_case(record.case).charters["pact"].contests
    assert {contest.entry for contest in contests} == {"e1", "e3"}
    assert {(c.matter, c.entry) for c in contests} == {("e0/1", "e1"), ("e2/1", "e3")}


# --------------------------------------------------------------------------- fell away


def corrected(with_successor=True):
    record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
    if with_successor:
        record.act("m2", {**MANDATE, "states": {**STATES, "area": "the bay"}}, **DAY)
        return record.add("x", "correct", entry="m", successor="m2", reason="y")
    return record.add("x", "correct", entry="m", reason="y")


def test_what_a_correction_unmade_is_listed_with_its_reason():
    (fell,) = told(read_case(corrected(False).case))["fell_away"]
    assert (fell["act"], fell["by"], fell["because"], fell["because_of"]) == (
        "pact.help.notify",
        "pact/chair",
        "e1/1",
        "e2",
    )
    assert listed(corrected(False)) == CONSULT


def test_what_the_successor_makes_did_not_fall_away():
    shown = told(read_case(corrected().case))
    assert [row["because"] for row in shown["fell_away"]] == ["e1/1"]
    assert listed(corrected()) == NOTIFY


def test_a_corrected_opening_falls_away_and_its_successor_owes_the_same():
    record = Record().act("r", REQUEST, **DAY).act("r2", REQUEST, **DAY)
    record.add("x", "correct", entry="r", successor="r2", reason="y")
    shown = told(read_case(record.case))
    assert [(m["id"], m["opened"]["entry"]) for m in shown["matters"]] == [
        ("e0/1", "e1/1")
    ]
    assert {row["because"] for row in shown["fell_away"]} == {"e0/1"}
    assert {row["because"] for row in shown["matters"][0]["must"]} == {"e1/1"}


def test_what_fell_away_names_the_correction_that_unmade_it_and_no_other():
    record = corrected(False).act("q", {**REQUEST, "by": "XB", "subject": "XB"}, **DAY)
    record.add("z", "correct", entry="q", reason="Misread.")
    fell = told(read_case(record.case))["fell_away"]
    assert {row["because"]: row["because_of"] for row in fell} == {
        "e1/1": "e2",
        "e3/1": "e4",
    }


def test_nothing_falls_away_before_the_correction_is_known():
    record = corrected(False)
    before = record.case.entries[-1].entered - 1
    assert told(read_case(record.case, known_at=before))["fell_away"] == []


def test_of_a_cause_of_unknown_day_nobody_says_when_it_falls_due_at_the_earliest():
    record = Record().act("r", REQUEST, **DAY)
    mandate = without_none(ANNOUNCED)
    record.act("m", mandate, entered="2022-01-05T02:00:00Z", at="unknown")
    (matter,) = told(read_case(record.case))["matters"]
    assert [row["due"] for row in matter["must"]] == [
        {"earliest": "..", "latest": "2022-01-06T02:00:00Z"}
    ]
    assert matter["must"][0]["since"] == "../2022-01-05T02:00:00Z"


# -------------------------------------------------------------------------- properties

LABELS = ["a", "b", "c", "d", "e"]
ACTS = [
    REQUEST,
    {**REQUEST, "by": "XB", "subject": "XB"},
    {**without_none(ANNOUNCED), "matter": "r/1"},
    {"act": "help.deploy", "by": "XB", "member": "XB", "matter": "r/1"},
    {"act": "help.deploy", "by": "XC", "member": "XC", "matter": "r/1"},
    {"act": "help.take_back", "by": "XA", "to": "pact/council", "matter": "r/1"},
]
TIMES = [
    "2022-01-05",
    "2022-01-06",
    "2022-01-07T08:00Z",
    "2022-01-05/2022-01-07",
    "unknown",
]
HOURS = st.integers(0, 30).map(lambda hour: hour * 3600)


@st.composite
def records(draw):
    """A request, and acts and corrections of them, entered one after the other."""
    record = Record().act("r", REQUEST, at="2022-01-05")
    for label in draw(st.lists(st.sampled_from(LABELS), unique=True)):
        record.clock += draw(HOURS)
        try:
            record.act(
                label, draw(st.sampled_from(ACTS)), at=draw(st.sampled_from(TIMES))
            )
            if draw(st.booleans()):
                record.add(f"no {label}", "correct", entry=label, reason="x")
        except PeymanError:
            continue  # out of order: refused, as it should be
    return record


@given(records(), HOURS)
def test_a_case_reads_the_same_twice(record, later):
    at = instant("2022-01-05T12:00:00Z") + later
    first, second = (told(read_case(record.case, at)) for _ in range(2))
    assert first == second


@given(records(), st.lists(HOURS, min_size=2, max_size=5))
def test_what_is_known_never_shrinks_as_the_record_grows(record, hours):
    known = [
        read_case(record.case, known_at=instant("2022-01-05T00:00:00Z") + hour).entries
        for hour in sorted(hours)
    ]
    for before, after in pairwise(known):
        assert after[: len(before)] == before


@given(records())
def test_entries_after_a_time_change_nothing_of_what_was_known_by_then(record):
    middle = record.case.entries[len(record.case.entries) // 2].entered
    cut = tuple(e for e in record.case.entries if e.entered <= middle)
    short = replace(record.case, entries=cut, size=len(cut))
    known = [told(read_case(case, middle, middle)) for case in (record.case, short)]
    assert known[0] == known[1]


def rows_of(record):
    """Every row of the only matter, without the names of entries."""
    (matter,) = told(read_case(record.case))["matters"]
    lists = ("may", "must", "late", "may_be_late", "waiting", "in_force")
    return sorted(
        (name, row["act"], row["by"]) for name in lists for row in matter[name]
    )


@given(st.permutations(["XB", "XC", "note", "grade"]))
def test_entries_of_one_second_that_do_not_cite_each_other_may_stand_in_any_order(
    order,
):
    """Their names aside: those follow the record."""
    known = set()
    for labels in (order, sorted(order)):
        record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
        for label in labels:
            said = {"entered": "2022-01-06T00:00:00Z", **DAY}
            deploy = {
                "act": "help.deploy",
                "by": label,
                "member": label,
                "matter": "r/1",
            }
            if label.isupper():
                record.act(label, deploy, **said)
            else:
                record.add(label, **said)
        known.add(tuple(rows_of(record)))
    (rows,) = known
    assert ("in_force", "pact.help.deploy", "XB") in rows
    assert ("in_force", "pact.help.deploy", "XC") in rows


# ------------------------------------------------------------------- how often it folds


@pytest.fixture
def folds(monkeypatch):
    """The charter of every fold, one after the other."""
    heard = []

    def counted(charter, *told, **how):
        heard.append(charter.id)
        return fold(charter, *told, **how)

    monkeypatch.setattr(reading, "fold", counted)
    return heard


def test_n_contested_entries_cost_n_and_one_folds_though_some_were_corrected(folds):
    record = corrected(False)
    for label in ("q", "s"):
        record.act(label, REQUEST, **DAY)
        announced = {**without_none(ANNOUNCED), "matter": f"{label}/1"}
        record.act(f"m-{label}", announced, **DAY)
    read = read_case(record.case)
    assert len(read.charters["pact"].others) == 2
    assert sorted(folds) == ["home", "pact", "pact", "pact"]
    folds.clear()
    assert told(read)["fell_away"]
    assert folds == ["pact"]  # of the record before the correction, as nobody asked yet


def test_a_correction_of_what_is_no_act_costs_no_fold(folds):
    record = Record().act("r", REQUEST, **DAY).add("n", **DAY).add("n2", **DAY)
    record.add("x", "correct", entry="n", successor="n2", reason="y")
    assert told(read_case(record.case))["fell_away"] == []
    assert sorted(folds) == ["home", "pact"]
