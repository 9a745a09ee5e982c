"""Section 7 of the language: what time does, with one small example each."""

import pytest

from peyman.charter.moment import read_instant
from tests.charter.pact import SENDING, Reading, ask, decide, do, pact

SILENCE = """
[aid.circulate]
by    = "chair"
fixes = "deadline"
lapse = { agree = "deadline" }
[aid.agree]
by = "time"
[aid.break_silence]
by    = "member"
while = "circulate"
ends  = "circulate"
"""
CIRCULATE = do(
    "e2",
    "aid.circulate",
    "2022-01-06T10:00Z",
    by="pact/chair",
    states={"deadline": "2022-01-08T10:00Z"},
)
TERM = SENDING.replace("[aid.end]", 'fixes = "term"\nlasts = "term"\n[aid.end]')
TERM += '[aid.prolong]\ndecide = "consensus"\nfixes = "term"\namends = "grant"\n'


def granted(term, at="2022-01-05T12:00Z"):
    return decide("e2", "aid.grant", at, states={"term": term})


def prolonged(term, at="2022-01-06T12:00Z", **fields):
    return decide("e3", "aid.prolong", at, states={"term": term}, **fields)


def ends(reading):
    """When the grant ends, if it is in force."""
    (row,) = [r for r in reading.rows("in_force") if r.startswith("grant")]
    return row.removeprefix("grant pact/council").strip()


# ------------------------------------------------------------------- silence and notice


def test_silence_kept_until_the_deadline_agrees():
    reading = Reading(pact(SILENCE), ask(), CIRCULATE, until="2022-01-08T09:59:59Z")
    assert [v.doing.id for v in reading.state.verdicts] == ["e1/1", "e2/1"]
    reading = Reading(pact(SILENCE), ask(), CIRCULATE, until="2022-01-08T10:00Z")
    agreed = reading.state.verdicts[-1]
    assert (agreed.doing.id, agreed.doing.act) == ("e2/1, time/1", "aid.agree")
    assert agreed.doing.by == "time"
    assert agreed.doing.states == {"deadline": "2022-01-08T10:00Z"}


def test_a_letter_at_the_deadline_breaks_the_silence_and_one_after_it_does_not():
    broken = do("e3", "aid.break_silence", "2022-01-08T10:00Z", by="BB")
    reading = Reading(pact(SILENCE), ask(), CIRCULATE, broken)
    assert [v.doing.id for v in reading.state.verdicts] == ["e1/1", "e2/1", "e3/1"]
    after = do("e3", "aid.break_silence", "2022-01-08T10:00:01Z", by="BB")
    reading = Reading(pact(SILENCE), ask(), CIRCULATE, after)
    assert "e2/1, time/1" in [v.doing.id for v in reading.state.verdicts]


def test_a_letter_entered_too_late_is_contested_and_what_time_did_stands():
    letter = do(
        "e3",
        "aid.break_silence",
        "2022-01-07T10:00Z",
        by="BB",
        entered="2022-01-09T10:00Z",
    )
    base = Reading(pact(SILENCE), ask(), CIRCULATE, letter)
    assert base.verdict("e3") == (["entered too late"], False)
    assert base.text("e3", "entered too late") == (
        "time had done agree by 2022-01-08T10:00:00Z, before this was entered"
    )
    assert base.state.verdicts[-1].doing.act == "aid.agree"
    other = Reading(pact(SILENCE), ask(), CIRCULATE, letter, turned=frozenset({"e3"}))
    assert other.verdict("e3") == (["entered too late"], True)
    assert other.state.verdicts[-1].doing.id == "e3/1"


def test_nor_does_a_prolongation_that_the_record_had_too_late_prolong():
    late = prolonged("10 days", entered="2022-02-01T00:00Z")
    reading = Reading(pact(TERM), ask(), granted("10 days"), late)
    assert reading.verdict("e3") == (["entered too late"], False)
    assert reading.text("e3", "entered too late") == (
        "time had done the end of grant by 2022-01-15T18:00:00Z,"
        " before this was entered"
    )


def test_a_letter_entered_at_the_deadline_is_in_time():
    letter = do(
        "e3",
        "aid.break_silence",
        "2022-01-07T10:00Z",
        by="BB",
        entered="2022-01-08T10:00Z",
    )
    reading = Reading(pact(SILENCE), ask(), CIRCULATE, letter)
    assert reading.verdict("e3") == ([], True)


def test_the_late_letter_of_one_member_does_not_touch_what_time_did_for_another():
    acts = """
[aid.offer]
by    = "each member"
lasts = "2 days"
[aid.take_back]
by   = "each member"
ends = "offer"
"""
    offers = [do(f"e{n}", "aid.offer", by=by) for n, by in ((2, "BB"), (3, "CC"))]
    late = {"by": "BB", "entered": "2022-02-01T00:00Z"}
    back = do("e4", "aid.take_back", "2022-01-06T10:00Z", **late)
    assert Reading(pact(acts), ask(), *offers, back).codes("e4") == ["entered too late"]
    assert Reading(pact(acts), ask(), offers[1], back).codes("e4") == []


LEAVING = """
[aid.notice]
by    = "subject"
lapse = { leave = "6 months" }
[aid.leave]
by     = "time"
leaves = "T"
[aid.recall]
by   = "subject"
ends = "notice"
[aid.vote]
by = "member"
"""


def test_a_notice_becomes_leaving_by_time_and_a_recall_prevents_it():
    notice = do("e2", "aid.notice", "2022-01-31T10:00Z")
    before = do("e3", "aid.vote", "2022-07-31T17:59Z")
    after = do("e4", "aid.vote", "2022-07-31T18:01Z")
    reading = Reading(pact(LEAVING), ask(), notice, before, after)
    assert (reading.codes("e3"), reading.codes("e4")) == ([], ["no power"])
    recall = do("e5", "aid.recall", "2022-07-01T10:00Z")
    reading = Reading(pact(LEAVING), ask(), notice, recall, before, after)
    assert reading.codes("e4") == []


def test_what_a_clock_does_for_a_member_meets_the_duty_of_that_member():
    acts = """
[aid.offer]
by    = "each member"
duty  = { give = "9 days" }
lapse = { give = "2 days" }
[aid.give]
by = "each member"
"""
    offer = do("e2", "aid.offer", by="BB")
    reading = Reading(pact(acts), ask(), offer)
    assert [row.split()[1] for row in reading.rows("late")] == ["AA", "CC"]


def test_what_time_does_at_the_end_of_a_term_it_does_before_the_term_ends():
    both = SILENCE.replace("lapse =", 'lasts = "deadline"\nlapse =')
    reading = Reading(pact(both), ask(), CIRCULATE)
    assert reading.state.verdicts[-1].doing.act == "aid.agree"
    assert all("circulate" not in row for row in reading.rows("in_force"))


def test_clocks_run_out_in_order_of_day_then_of_cause():
    acts = """
[aid.first]
by    = "member"
lapse = { one = "2 days" }
[aid.second]
by    = "member"
lapse = { two = "2 days" }
[aid.one]
by   = "time"
ends = "second"
[aid.two]
by = "time"
"""
    first = do("e9", "aid.first", "2022-01-06T10:00Z")
    second = do("e10", "aid.second", "2022-01-06T11:00Z")
    done = [
        v.doing.act for v in Reading(pact(acts), ask(), first, second).state.verdicts
    ]
    assert done[3:] == ["aid.one"]  # which ends the second before its clock is heard


def test_a_clock_follows_the_text_of_its_cause():
    acts = SILENCE.replace(
        'lapse = { agree = "deadline" }', 'lapse = { agree = "2 days" }'
    )
    acts += "[aid.agree.2022-01-07]\nrepealed = true\n"
    reading = Reading(pact(acts), ask(), CIRCULATE)
    assert reading.state.verdicts[-1].doing.act == "aid.agree"
    later = do("e2", "aid.circulate", "2022-01-07T10:00Z", by="pact/chair")
    reading = Reading(pact(acts), ask(), later)
    assert reading.state.verdicts[-1].doing.id == "e2/1"


# ------------------------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("term", "end"),
    [
        ("10 days", "2022-01-15T18:00"),
        ("36 hours", "2022-01-07T00:00"),
        ("2022-02-01", "2022-02-01T18:00"),  # 24:00 of it
        ("2022-02-01T10:00Z", "2022-02-01T10:00"),
        ("unspecified", ""),
        ("not shown", ""),
        ("a limited time", ""),
        ("unknown", ""),
    ],
)
def test_a_term_ends(term, end):
    reading = Reading(pact(TERM), ask(), granted(term), until="2022-01-05T13:00Z")
    assert ends(reading) == end


def test_what_has_a_term_ends_by_itself_and_not_before():
    charter = pact(TERM)
    for until, rows in (("2022-01-15T17:59:59Z", 2), ("2022-01-15T18:00Z", 1)):
        reading = Reading(charter, ask(), granted("10 days"), until=until)
        assert len(reading.rows("in_force")) == rows


def test_a_prolongation_counts_from_the_old_end_and_a_date_is_a_date():
    charter, until = pact(TERM), "2022-01-07T00:00Z"
    ten = granted("10 days")
    for term, end in (
        ("10 days", "2022-01-25T18:00"),  # ten and ten are twenty, not twenty-one
        ("1 month", "2022-02-15T18:00"),
        ("24 hours", "2022-01-16T18:00"),
        ("2022-01-08", "2022-01-08T18:00"),
        ("unspecified", ""),
    ):
        assert ends(Reading(charter, ask(), ten, prolonged(term), until=until)) == end


def test_a_prolongation_of_what_had_no_end_counts_from_itself():
    reading = Reading(
        pact(TERM),
        ask(),
        granted("not shown"),
        prolonged("2 days"),
        until="2022-01-07T00:00Z",
    )
    assert ends(reading) == "2022-01-08T18:00"


def test_what_is_prolonged_is_not_ended_by_the_old_term():
    grants = (granted("10 days"), prolonged("10 days"))
    reading = Reading(pact(TERM), ask(), *grants, until="2022-01-20T00:00Z")
    assert ends(reading) == "2022-01-25T18:00"


def test_what_is_amended_states_what_was_stated_last_in_its_words():
    words = {"term": "a limited period", "area": "the cape and the port"}
    grant = decide(
        "e2",
        "aid.grant",
        states={"term": "unspecified", "area": "the cape"},
        words=words,
    )
    charter, until = pact(TERM), "2022-01-07T00:00Z"
    reading = Reading(charter, ask(), grant, prolonged("2 days"), until=until)
    (effect,) = reading.state.matters["e1/1"].in_force("aid.grant")
    assert effect.facts == {"term": "2 days", "area": "the cape"}
    assert effect.words == {"area": words["area"]}
    assert effect.amended_by == ("e3/1",)


def test_a_deadline_that_is_put_off_counts_from_the_old_one_and_only_while_it_runs():
    acts = (
        SILENCE
        + '[aid.put_off]\nby = "chair"\nfixes = "deadline"\namends = "circulate"'
    )

    def agreed(at):
        put_off = do(
            "e3", "aid.put_off", at, by="pact/chair", states={"deadline": "24 hours"}
        )
        reading = Reading(pact(acts), ask(), CIRCULATE, put_off)
        found = [v.doing for v in reading.state.verdicts if v.doing.act == "aid.agree"]
        return [one.at.lo for one in found]

    assert agreed("2022-01-07T10:00Z") == [read_instant("2022-01-09T10:00Z")]
    assert agreed("2022-01-09T11:00Z") == [read_instant("2022-01-08T10:00Z")]


def test_what_time_has_done_it_does_not_do_again_though_it_amends_its_own_cause():
    acts = SILENCE.replace("[aid.agree]\n", '[aid.agree]\namends = "circulate"\n')
    assert acts != SILENCE
    reading = Reading(pact(acts), ask(), CIRCULATE)
    found = [v.doing for v in reading.state.verdicts if v.doing.act == "aid.agree"]
    assert [one.at.lo for one in found] == [read_instant("2022-01-08T10:00Z")]


def test_what_renews_itself_does_so_once():
    lapse = '"term"\nlapse = { renew = "term" }\n[aid.end]'
    acts = TERM.replace('"term"\n[aid.end]', lapse)
    acts += '[aid.renew]\nby = "time"\namends = "grant"'
    until = "2022-01-07T00:00Z"
    reading = Reading(pact(acts), ask(), granted("24 hours"), until=until)
    assert ends(reading) == "2022-01-07T12:00"
    over = Reading(pact(acts), ask(), granted("24 hours"))
    found = [v.doing for v in over.state.verdicts if v.doing.act == "aid.renew"]
    assert (len(found), over.rows("in_force")) == (1, ["ask AA"])


def test_what_goes_beyond_the_limit_has_no_effect_the_rest_has():
    charter = pact(
        TERM.replace(
            '"term"\n[aid.end]', '"term"\nat_most = { term = "30 days" }\n[aid.end]'
        )
    )
    until = "2022-01-06T00:00Z"
    for term in ("60 days", "2022-12-31"):
        reading = Reading(charter, ask(), granted(term), until=until)
        assert reading.verdict("e2") == (["excess"], True)
        assert ends(reading) == "2022-02-04T18:00"
    reading = Reading(charter, ask(), granted("30 days"), until=until)
    assert reading.codes("e2") == []
    reading = Reading(
        charter,
        ask(),
        granted("30 days"),
        prolonged("30 days"),
        until="2022-02-10T00:00Z",
    )
    assert (
        ends(reading) == "2022-03-06T18:00"
    )  # the limit is that of the act that has it


def test_a_term_may_be_over_and_time_may_already_have_ended_it():
    day = "2022-01-05/2022-01-07"
    reading = Reading(
        pact(TERM), ask(), granted("2 days", day), until="2022-01-08T00:00Z"
    )
    (row,) = [r for r in reading.standing["e1/1"].in_force if r.act.endswith("grant")]
    assert row.note == "may have ended"
