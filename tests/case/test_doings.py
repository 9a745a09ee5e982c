from dataclasses import replace

import pytest

from peyman.case.doings import corrections, doings_of, holds_of, read_during
from peyman.case.reading import read_case
from peyman.charter.doing import Hold
from peyman.charter.moment import ALWAYS, Moment, read_instant
from peyman.errors import PeymanError
from tests.case.small import Record

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
DAY = {"at": "2022-01-05"}


def doings(record, **how):
    return doings_of(record.case, "pact", record.case.entries, **how)


def verdicts(record):
    state = read_case(record.case).charters["pact"].state
    return [(v.doing.id, v.matter, v.has_effect) for v in state.verdicts]


def correct(record, entry, successor=None, label="x"):
    more = {"successor": successor} if successor else {}
    return record.add(label, "correct", entry=entry, reason="Misread.", **more)


# ------------------------------------------------------------------------- corrections


def test_a_corrected_entry_is_as_if_it_had_never_been():
    record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
    assert verdicts(record) == [("e0/1", "e0/1", True), ("e1/1", "e0/1", True)]
    correct(record, "r")
    assert [one.entry for one in doings(record)] == ["e1"]
    (finding,) = read_case(record.case).charters["pact"].state.verdicts[0].findings
    assert (finding.code, finding.text) == (
        "no such matter",
        "there is no matter e0/1 of the kind help",
    )


def test_read_as_if_nothing_had_been_corrected_it_is_still_there():
    record = correct(Record().act("r", REQUEST, **DAY), "r")
    assert doings(record) == ()
    assert [one.entry for one in doings(record, corrected=False)] == ["e0"]


def test_a_matter_keeps_the_name_of_the_first_entry_of_the_chain_that_opened_it():
    record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
    correct(record.act("r2", {**REQUEST, "form": "a"}, **DAY), "r", "r2")
    correct(record.act("r3", {**REQUEST, "form": "b"}, **DAY), "r2", "r3", "y")
    assert [(one.id, one.opens_as, one.form) for one in doings(record)] == [
        ("e1/1", None, None),
        ("e4/1", "e0/1", "b"),
    ]
    assert verdicts(record) == [("e4/1", "e0/1", True), ("e1/1", "e0/1", True)]


def test_a_matter_may_be_named_by_any_entry_of_the_chain_that_opened_it():
    record = Record().act("r", REQUEST, **DAY).act("r2", REQUEST, **DAY)
    correct(record, "r", "r2").act("m", {**MANDATE, "matter": "r2/1"}, **DAY)
    assert verdicts(record) == [("e1/1", "e0/1", True), ("e3/1", "e0/1", True)]


def test_what_leaned_on_a_corrected_entry_is_judged_again_after_its_successor():
    record = (
        Record().act("r", REQUEST, at="2022-01-04").act("m", MANDATE, at="2022-01-04")
    )
    record.act("r2", REQUEST, **DAY)
    correct(record, "r", "r2")
    state = read_case(record.case).charters["pact"].state
    assert verdicts(record) == [("e1/1", "e0/1", False), ("e2/1", "e0/1", True)]
    assert state.verdicts[0].codes == {"no such matter"}


def test_a_deed_that_leaned_on_a_corrected_mandate_still_stands():
    record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
    deploy = {"act": "help.deploy", "by": "XB", "member": "XB", "matter": "r/1"}
    record.act("d", deploy, **DAY, cites=["m"])
    correct(record, "m")
    assert verdicts(record) == [("e0/1", "e0/1", True), ("e2/1", "e0/1", True)]
    (standing,) = read_case(record.case).charters["pact"].standings
    assert [(row.act, row.by) for row in standing.must if row.by == "XB"] == [
        ("pact.help.withdraw", "XB")
    ]


def test_a_correction_that_makes_acts_rest_on_each_other_is_refused():
    record = Record().act("r", REQUEST, **DAY).act("m", MANDATE, **DAY)
    record.act("r2", REQUEST, **DAY, cites=["m"])
    with pytest.raises(PeymanError) as caught:
        correct(record, "r", "r2")
    assert caught.value.problem == (
        "The acts e1/1, e2/1 cannot be put in order: each rests on another of them."
    )


def test_of_two_corrections_of_one_entry_the_latest_in_the_record_stands():
    record = Record().act("r", REQUEST, **DAY)
    correct(correct(record, "r", label="x"), "r", label="y")
    (stands,) = corrections(record.case.entries).values()
    assert stands.name == "e2"


def test_a_chain_that_comes_back_on_itself_ends():
    record = Record().act("r", REQUEST, **DAY).act("r2", REQUEST, **DAY)
    correct(correct(record, "r", "r2", "x"), "r2", "r", "y")
    assert doings(record) == ()


# --------------------------------------------------------------------- time, facts, names


def test_a_performed_act_happened_when_it_was_entered():
    record = Record(kept="live")
    record.act("r", REQUEST, known_as="performed", signer="XA")
    (doing,) = doings(record)
    assert doing.at == Moment(doing.entered, doing.entered)
    assert doing.entered == read_instant("2022-01-05T01:00:00Z")


def test_a_reported_act_happened_when_it_is_said_to_have_happened():
    record = Record(kept="live").act("r", REQUEST, at="2022-01-01")
    (doing,) = doings(record)
    assert doing.at == Moment(
        read_instant("2021-12-31T18:00:00Z"), read_instant("2022-01-01T18:00:00Z")
    )


def test_the_days_of_an_entry_are_those_of_its_own_zone():
    record = Record().act("r", REQUEST, at="2022-01-01", zone="Europe/Moscow")
    assert doings(record)[0].at.lo == read_instant("2021-12-31T21:00:00Z")


def test_a_fact_keeps_its_value_and_the_words_in_which_it_was_stated():
    term = {"value": "unspecified", "words": "a short time"}
    states = {"tasks": ["guard", "escort"], "term": term, "ceiling": 2030}
    record = Record().act("r", {**REQUEST, "states": states}, **DAY)
    (doing,) = doings(record)
    assert doing.states == {
        "tasks": ("guard", "escort"),
        "term": "unspecified",
        "ceiling": 2030,
    }
    assert doing.words == {"term": "a short time"}


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ({"to": "pact/council"}, "to", ("pact/council",)),
        ({"to": ["XB", "XC"]}, "to", ("XB", "XC")),
        ({"basis": "not shown"}, "basis", ("not shown",)),
        ({"basis": ["P 2"]}, "basis", ("P 2",)),
        ({}, "basis", None),
        ({}, "ballots", None),
        ({"ballots": {}}, "ballots", {}),
        ({"ripens": "help.consult"}, "ripens", "help.consult"),
        ({"ripens": "1970-01-01T01:00Z"}, "ripens", 3600),
        ({"received": "1970-01-02"}, "received", Moment(64800, 151200)),
        ({"holder": "home/head"}, "holder", "home/head"),
    ],
)
def test_a_doing_says_what_its_act_says(said, field, value):
    record = Record().act("r", {**REQUEST, **said}, **DAY)
    assert getattr(doings(record)[0], field) == value


def test_the_acts_of_one_entry_go_each_to_its_own_charter():
    asked = {"under": "home", "act": "abroad.ask", "by": "home/head"}
    record = Record().act("r", REQUEST, asked, **DAY)
    assert [one.id for one in doings(record)] == ["e0/1"]
    home = doings_of(record.case, "home", record.case.entries)
    assert [(one.id, one.act) for one in home] == [("e0/2", "abroad.ask")]


# ------------------------------------------------------------------------------ ballots


def ballot(record, label, member, vote, act="help.mandate", matter="r/1"):
    body = {"matter": matter, "act": act, "member": member, "vote": vote}
    return record.add(label, "ballot", **body)


def gathered(record, *cites):
    act = {k: v for k, v in MANDATE.items() if k != "ballots"}
    record.act("m", act, **DAY, cites=list(cites))
    return doings(record)[-1].ballots


def test_an_act_gathers_every_ballot_on_it_that_was_entered_before_cited_or_not():
    record = Record(kept="live").act("r", REQUEST, **DAY)
    ballot(record, "a", "XA", "yes")
    ballot(record, "b", "XB", "no")
    assert gathered(record, "a") == {"XA": "yes", "XB": "no"}
    ballot(record, "c", "XC", "no")
    assert doings(record)[-1].ballots == {"XA": "yes", "XB": "no"}


def test_of_two_ballots_for_one_seat_the_later_counts():
    record = Record(kept="live").act("r", REQUEST, **DAY)
    ballot(record, "a", "XA", "yes")
    ballot(record, "b", "XA", "no")
    assert gathered(record, "b", "a") == {"XA": "no"}


def test_what_stands_for_a_corrected_ballot_is_gathered_in_its_place():
    record = Record(kept="live").act("r", REQUEST, **DAY)
    ballot(record, "a", "XA", "yes")
    assert gathered(record) == {"XA": "yes"}
    ballot(record, "b", "XA", "no")
    correct(record, "a", "b")
    assert doings(record)[-1].ballots == {"XA": "no"}


def test_a_ballot_on_another_act_or_in_another_matter_is_not_gathered():
    record = Record(kept="live").act("r", REQUEST, **DAY).act("q", REQUEST, **DAY)
    ballot(record, "a", "XA", "yes", act="help.prolong")
    ballot(record, "b", "XB", "yes", matter="q/1")
    assert gathered(record, "a", "b") is None


def test_a_corrected_ballot_is_not_gathered():
    record = Record(kept="live").act("r", REQUEST, **DAY)
    ballot(record, "a", "XA", "yes")
    correct(record, "a")
    assert gathered(record, "a") is None


def test_ballots_that_a_report_lists_are_those_that_count():
    record = Record().act("r", REQUEST, **DAY)
    ballot(record, "a", "XA", "no")
    record.act("m", {**MANDATE, "ballots": {"XB": "yes"}}, **DAY, cites=["a"])
    assert doings(record)[-1].ballots == {"XB": "yes"}


# ---------------------------------------------------------------------------- registers


def test_a_register_says_who_held_an_office_and_when():
    record = Record()
    for label, holder, during in (
        ("a", "XA", "2021-01-01/2022-01-01"),
        ("b", "XB", "2022-01-01/.."),
    ):
        said = {"office": "pact/chair", "holder": holder, "during": during}
        record.add(label, "hold", zone="Etc/UTC", **said)
    log = tuple(replace(entry, log="pact") for entry in record.case.entries)
    new_year = read_instant("2022-01-01T00:00Z")
    assert holds_of(log) == (
        Hold("pact:e0", "pact/chair", "XA", Moment(1609459200, new_year)),
        Hold("pact:e1", "pact/chair", "XB", Moment(new_year, -ALWAYS)),
    )


def test_a_corrected_hold_never_was():
    record = Record()
    said = {"office": "pact/chair", "during": "../.."}
    record.add("a", "hold", holder="XA", **said).add("b", "hold", holder="XB", **said)
    correct(record, "a", "b")
    assert [hold.holder for hold in holds_of(record.case.entries)] == ["XB"]


def test_an_interval_may_be_open_at_either_end_and_does_not_include_its_last_day():
    assert read_during("../..", "Etc/UTC") == Moment(ALWAYS, -ALWAYS)
    assert read_during("1970-01-02/1970-01-03", "Etc/UTC") == Moment(86400, 172800)


@pytest.mark.parametrize("during", ["2022-01-02/2022-01-01", "2022-01-01/2022-01-01"])
def test_an_interval_does_not_end_before_it_begins(during):
    with pytest.raises(PeymanError) as caught:
        read_during(during, "Etc/UTC")
    assert caught.value.problem == f"{during!r} ends before it begins."


def test_a_second_vote_does_not_gather_the_ballots_of_the_first():
    record = Record(kept="live").act("r", REQUEST, **DAY)
    ballot(record, "a", "XA", "yes")
    act = {k: v for k, v in MANDATE.items() if k != "ballots"}
    record.act("m", act, **DAY)
    ballot(record, "b", "XB", "no")
    record.act("n", act, **DAY)
    first, second = (doing.ballots for doing in doings(record)[-2:])
    assert (first, second) == ({"XA": "yes"}, {"XB": "no"})
