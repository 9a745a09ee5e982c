"""Sections 2 and 7 of the language: what is owed, by when, and what meets it."""

from peyman.charter.moment import Due, Moment, read_instant
from tests.charter.pact import Reading, ask, decide, do, pact

OWING = ("opens = true", 'opens = true\nduty = { consult = "2 days" }')
CONSULT = '[aid.consult]\nby = ["council", "chair"]\n'

# ---------------------------------------------------------------------------- duties


def test_a_duty_is_owed_by_whoever_may_do_it_until_one_does():
    charter = pact(CONSULT, OWING)
    reading = Reading(charter, ask(), until="2022-01-06T00:00Z")
    due = "2022-01-07T18:00"  # 24:00 of the 7th in Almaty
    assert reading.rows("must") == [
        f"consult pact/chair {due}",
        f"consult pact/council {due}",
    ]
    met = decide("e2", "aid.consult", "2022-01-06T10:00Z")
    reading = Reading(charter, ask(), met)
    assert (reading.rows("must"), reading.rows("late")) == ([], [])


def test_late_is_what_is_done_after_the_deadline_and_not_on_it():
    charter = pact(CONSULT, OWING)
    on_time = decide("e2", "aid.consult", "2022-01-07T18:00Z")
    assert Reading(charter, ask(), on_time).verdict("e2") == ([], True)
    late = decide("e2", "aid.consult", "2022-01-07T18:00:01Z")
    assert Reading(charter, ask(), late).verdict("e2") == (["late"], True)


def test_what_is_owed_is_late_only_after_the_deadline():
    charter = pact(CONSULT, OWING)
    for until, which in (
        ("2022-01-07T18:00Z", "must"),
        ("2022-01-07T18:00:01Z", "late"),
    ):
        reading = Reading(charter, ask(), until=until)
        lists = {name: len(reading.rows(name)) for name in ("must", "late")}
        assert lists == {"must": 0, "late": 0, which: 2}


def test_between_the_two_ends_of_a_deadline_one_may_be_late():
    charter = pact(CONSULT.replace('["council", "chair"]', '"chair"'), OWING)
    asked = ask("2022-01-05/2022-01-08")  # the 5th, 6th or 7th: due the 7th, 8th or 9th
    (row,) = Reading(charter, asked, until="2022-01-05T00:00Z").standing["e1/1"].must
    first, last = read_instant("2022-01-07T18:00Z"), read_instant("2022-01-09T18:00Z")
    assert row.due == Due(first, last)
    between = Reading(charter, asked, until="2022-01-08T00:00Z")
    assert len(between.rows("must")) == len(between.rows("may_be_late")) == 1
    after = Reading(charter, asked, until="2022-01-09T18:00:01Z")
    assert (after.rows("must"), after.rows("may_be_late")) == ([], [])
    assert len(after.rows("late")) == 1


def test_of_an_act_of_one_day_the_deadline_is_sure():
    charter = pact(CONSULT, OWING)
    for at in ("2022-01-05", "2022-01-05T10:00Z", "2022-01-04T18:00Z"):
        (row, _) = Reading(charter, ask(at), until="2022-01-05T12:00Z").rows("must")
        assert row == "consult pact/chair 2022-01-07T18:00"
    in_hours = ("opens = true", 'opens = true\nduty = { consult = "48 hours" }')
    reading = Reading(
        pact(CONSULT, in_hours), ask("2022-01-05"), until="2022-01-05T12:00Z"
    )
    (row, _) = reading.standing["e1/1"].must
    day = Moment(read_instant("2022-01-04T18:00Z"), read_instant("2022-01-05T18:00Z"))
    assert row.due == Due(day.lo + 48 * 3600, day.hi + 48 * 3600)


def test_done_in_time_and_entered_late_is_not_late():
    met = decide("e2", "aid.consult", "2022-01-06T10:00Z", entered="2022-02-01T00:00Z")
    assert Reading(pact(CONSULT, OWING), ask(), met).codes("e2") == []


def test_a_notice_that_counts_when_received_is_late_by_that_day():
    received = ('zone = "Asia/Almaty"', 'zone = "Asia/Almaty"\nnotice = "received"')
    sent = decide(
        "e2", "aid.consult", "2022-01-06T10:00Z", received="2022-01-08T10:00Z"
    )
    assert Reading(pact(CONSULT, OWING), ask(), sent).codes("e2") == []
    assert Reading(pact(CONSULT, OWING, received), ask(), sent).codes("e2") == ["late"]


def test_a_word_without_a_number_is_read_as_the_charter_says():
    at_once = ("opens = true", 'opens = true\nduty = { consult = "at once" }')
    reading = Reading(pact(CONSULT, at_once), ask(), until="2022-01-05T12:00Z")
    assert reading.rows("must")[0] == "consult pact/chair 2022-01-06T10:00"
    assert reading.standing["e1/1"].must[0].note == "at once is read as 24 hours"


def test_an_act_meets_the_oldest_duty_first():
    asks = '[aid.remind]\nby = "member"\nduty = { consult = "9 days" }\n'
    remind = do("e2", "aid.remind", "2022-01-06T10:00Z")
    met = decide("e3", "aid.consult", "2022-01-06T12:00Z")
    reading = Reading(pact(CONSULT + asks, OWING), ask(), remind, met)
    causes = {row.because for row in reading.standing["e1/1"].late}
    assert causes == {"e2/1"}


def test_a_duty_outlives_its_cause_and_a_waiver_discharges_it():
    acts = CONSULT + '[aid.refuse]\ndecide = "consensus"\nends = "ask"\n'
    acts += '[aid.settle]\ndecide = "consensus"\nwaive = "consult"'
    refuse = decide("e2", "aid.refuse", "2022-01-06T10:00Z")
    reading = Reading(pact(acts, OWING), ask(), refuse)
    assert (len(reading.rows("late")), reading.rows("in_force")) == (2, [])
    settle = decide("e3", "aid.settle", "2022-01-06T11:00Z")
    assert Reading(pact(acts, OWING), ask(), refuse, settle).rows("late") == []


def test_a_duty_without_a_day_is_never_late():
    no_day = ("opens = true", 'opens = true\nduty = { consult = "no day" }')
    reading = Reading(pact(CONSULT, no_day), ask(), until="2099-01-01T00:00Z")
    assert reading.rows("must") == ["consult pact/chair", "consult pact/council"]
    assert reading.rows("late") == []


def test_a_duty_that_only_members_may_meet_is_shown_for_those_bound_by_its_own_text():
    texts = ('T = "Treaty, 1 January 2000"', 'T = "Treaty"\nS = "Statute"')
    parties = ("[organs.council]", "[parties.S]\nBB = 2000-01-01\n[organs.council]")
    article = ('[articles."T 2"]', '[articles."S 1"]\nsays = "."\n[articles."T 2"]')
    acts = '[aid.consult]\nby = "member"\nart = "S 1"'
    reading = Reading(pact(acts, OWING, texts, parties, article), ask())
    assert reading.rows("late") == ["consult BB 2022-01-07T18:00"]
