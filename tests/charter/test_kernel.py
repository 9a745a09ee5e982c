"""Sections 2 and 6 of the language: what an act does, with one small example each."""

from dataclasses import replace

import pytest

from tests.charter.pact import SENDING, Reading, ask, decide, do, pact

GRANT = decide("e2", "aid.grant")
CONSENT = do("e3", "aid.consent", "2022-01-06T10:00Z", by="BB")
SEND = do("e4", "aid.send", "2022-01-07T10:00Z", by="BB")
SENT = (ask(), GRANT, CONSENT, SEND)


# -------------------------------------------------------------------------- who may


@pytest.mark.parametrize(
    ("by", "doer", "codes"),
    [
        ('"member"', {"by": "BB"}, []),
        ('"member"', {"by": "ZZ"}, ["no power"]),
        ('"member"', {"by": None}, ["no power"]),
        ('"member"', {"by": "pact/council"}, ["no power"]),
        ('"member"', {"by": "home/president", "member": "BB"}, []),
        ('"subject"', {"by": "AA"}, []),
        ('"subject"', {"by": "BB"}, ["no power"]),
        ('"another member"', {"by": "BB"}, []),
        ('"another member"', {"by": "AA"}, ["no power"]),
        ('"council"', {"by": "pact/council"}, []),
        ('"council"', {"by": "pact/chair"}, ["no power"]),
        ('"council"', {"by": "other/council"}, ["no power"]),
        ('"outside"', {"by": "other/council"}, []),
        ('"outside"', {"by": "pact/world"}, []),
        ('"outside"', {"by": "pact/council"}, ["no power"]),
        ('["chair", "subject"]', {"by": "AA"}, []),
    ],
)
def test_only_those_of_by_may(by, doer, codes):
    charter = pact(f"[aid.consult]\nby = {by}")
    reading = Reading(charter, ask(), do("e2", "aid.consult", **doer))
    assert reading.verdict("e2") == (codes, not codes)


def test_a_member_may_only_as_long_as_it_is_bound():
    charter = pact('[aid.consult]\nby = "member"')
    before = do("e2", "aid.consult", "2022-05-31T10:00Z", by="CC")
    after = do("e3", "aid.consult", "2022-06-01T10:00Z", by="CC")
    reading = Reading(charter, ask(), before, after)
    assert (reading.codes("e2"), reading.codes("e3")) == ([], ["no power"])
    assert reading.text("e3", "no power") == "CC is not a party to T 1, T 2"


def test_who_has_left_a_text_is_bound_by_the_others_alone():
    texts = ('T = "Treaty, 1 January 2000"', 'T = "Treaty"\nS = "Statute"')
    article = ('[articles."T 2"]', '[articles."S 1"]\nsays = "."\n[articles."T 2"]')
    acts = """
[aid.leave]
by     = "subject"
leaves = "T"
[aid.of_the_treaty]
by  = "member"
art = "T 1"
[aid.of_either]
by  = "member"
art = ["T 1", "S 1"]
"""
    charter = pact(acts, texts, article)
    reading = Reading(
        charter,
        ask(),
        do("e2", "aid.of_the_treaty", "2022-01-06T09:59:59Z"),
        do("e3", "aid.leave", "2022-01-06T10:00Z"),
        do("e4", "aid.of_the_treaty", "2022-01-06T10:00Z"),  # from that instant on
        do("e5", "aid.of_the_treaty", "2022-01-06T10:00Z", by="BB"),
        do("e6", "aid.of_either", "2022-01-07T10:00Z"),
    )
    assert [reading.codes(f"e{n}") for n in range(2, 7)] == [
        [],
        [],
        ["no power"],
        [],
        [],
    ]


def test_who_left_one_text_and_was_never_bound_by_the_other_is_no_party():
    parties = ("[organs.council]", "[parties.S]\nBB = 2000-01-01\n[organs.council]")
    texts = ('T = "Treaty, 1 January 2000"', 'T = "Treaty"\nS = "Statute"')
    article = ('[articles."T 2"]', '[articles."S 1"]\nsays = "."\n[articles."T 2"]')
    acts = '[aid.leave]\nby = "subject"\nleaves = "T"\n[aid.act]\nby = "member"\n'
    charter = pact(acts + 'art = ["T 1", "S 1"]', texts, article, parties)
    leave = do("e2", "aid.leave", "2022-01-06T10:00Z")
    reading = Reading(charter, ask(), leave, do("e3", "aid.act", "2022-01-07T10:00Z"))
    assert reading.codes("e3") == ["no power"]


# ------------------------------------------------------------------------ addressee

TO = ("opens = true", 'to    = "council"\nopens = true')


@pytest.mark.parametrize(
    ("to", "verdict"),
    [
        (("pact/council",), ([], True)),
        (("pact/chair",), ([], True)),
        (("pact/secretary",), ([], True)),
        (("BB", "pact/council"), ([], True)),
        (("BB", "CC"), (["form"], True)),  # to all the others who sit there
        (("BB",), (["wrong addressee"], False)),
        (("pact/first",), (["wrong addressee"], False)),
        ((), (["form"], True)),
    ],
)
def test_an_act_must_reach_its_addressee(to, verdict):
    assert Reading(pact("", TO), ask(to=to)).verdict("e1") == verdict


def test_of_two_addressees_one_reached_is_enough_whichever_stands_first():
    for order in ('["council", "world"]', '["world", "council"]'):
        two = ("opens = true", f"to = {order}\nopens = true")
        reading = Reading(pact("", two), ask(to=("BB", "CC", "pact/world")))
        assert reading.verdict("e1") == ([], True)


# ----------------------------------------------------------------- gates and matters


def test_nothing_can_be_done_in_a_matter_that_nobody_opened():
    charter = pact(SENDING)
    reading = Reading(charter, ask(by="ZZ"), decide("e2", "aid.grant"), SEND)
    assert reading.verdict("e1") == (["no power"], False)
    assert reading.verdict("e2") == (["no such matter"], False)
    assert reading.verdict("e4") == (["no such matter"], False)  # even a deed


def test_a_matter_is_of_one_kind():
    other = '[law.ask]\nart = "T 1"\nby = "member"\nopens = true'
    reading = Reading(pact(other), ask(), do("e2", "law.ask"))
    assert reading.verdict("e2") == (["no such matter"], False)


def test_an_act_that_opens_and_names_a_matter_is_done_in_that_matter():
    again = replace(ask("2022-01-06T10:00Z"), entry="e2", matter="e1/1")
    reading = Reading(pact(SENDING), ask(), again)
    assert list(reading.standing) == ["e1/1"]
    assert reading.rows("in_force") == ["ask AA", "ask AA"]


def test_an_act_too_early_is_cured_by_being_done_again():
    acts = '[aid.inform]\nby = "member"\n[aid.measure]\nby = "member"\nafter = "inform"'
    reading = Reading(
        pact(acts),
        ask(),
        do("e2", "aid.measure", "2022-01-06T10:00Z"),
        do("e3", "aid.inform", "2022-01-07T10:00Z"),
        do("e4", "aid.measure", "2022-01-08T10:00Z"),
    )
    assert reading.verdict("e2") == (["too early"], False)
    assert reading.verdict("e4") == ([], True)


def test_after_asks_whether_it_was_done_and_while_whether_it_is_in_force():
    acts = SENDING + '[aid.report]\nby = "member"\nafter = "grant"\n'
    acts += '[aid.widen]\nby = "member"\nwhile = "grant"'
    reading = Reading(
        pact(acts),
        ask(),
        GRANT,
        decide("e3", "aid.end", "2022-01-06T10:00Z"),
        do("e4", "aid.report", "2022-01-07T10:00Z"),
        do("e5", "aid.widen", "2022-01-07T10:00Z"),
    )
    assert reading.verdict("e4") == ([], True)
    assert reading.verdict("e5") == (["not open"], False)


def test_any_of_several_is_enough_where_the_text_says_so():
    acts = SENDING + '[aid.report]\nby = "member"\nafter = { any = ["grant", "end"] }\n'
    acts += '[aid.bill]\nby = "member"\nafter = ["grant", "end"]'
    both = (do("e3", "aid.report", "2022-01-06"), do("e4", "aid.bill", "2022-01-06"))
    reading = Reading(pact(acts), ask(), GRANT, *both)
    assert (reading.codes("e3"), reading.codes("e4")) == ([], ["too early"])


# -------------------------------------------------------------------- of each member


def test_what_each_member_does_opens_only_its_own_way():
    wrong = do("e5", "aid.send", "2022-01-07T11:00Z", by="CC")
    reading = Reading(pact(SENDING), *SENT, wrong)
    assert reading.codes("e4") == []
    assert reading.codes("e5") == ["too early"]


def test_the_withdrawal_of_one_member_ends_only_its_own_deployment():
    more = (
        do("e5", "aid.consent", "2022-01-06T11:00Z", by="CC"),
        do("e6", "aid.send", "2022-01-07T11:00Z", by="CC"),
        do("e7", "aid.go_home", "2022-01-08T11:00Z", by="CC"),
    )
    reading = Reading(pact(SENDING), *SENT, *more)
    assert [r for r in reading.rows("in_force") if r.startswith("send")] == ["send BB"]


def test_a_withdrawal_by_nobody_in_particular_ends_no_deployment():
    nobody = do("e5", "aid.go_home", "2022-01-08T11:00Z", by="pact/council")
    reading = Reading(pact(SENDING), *SENT, nobody)
    assert reading.verdict("e5") == (["no power", "too early"], True)
    assert "send BB" in reading.rows("in_force")


def test_what_lasts_while_each_consents_ends_with_its_own_consent():
    acts = (
        SENDING
        + """
[aid.fly]
by    = "each other member"
lasts = { while = ["consent"] }
[aid.retract]
by   = "each other member"
ends = "consent"
"""
    )
    reading = Reading(
        pact(acts),
        *SENT,
        do("e5", "aid.consent", "2022-01-08T10:00Z", by="CC"),
        do("e6", "aid.fly", "2022-01-09T10:00Z", by="BB"),
        do("e7", "aid.fly", "2022-01-09T10:00Z", by="CC"),
        do("e8", "aid.retract", "2022-01-10T10:00Z", by="BB"),
    )
    assert [r for r in reading.rows("in_force") if "fly" in r] == ["fly CC"]


def test_a_duty_of_each_member_is_owed_by_every_other_one_and_met_by_its_own_act():
    acts = '[aid.answer]\nby = "each other member"\n'
    duty = ("opens = true", 'opens = true\nduty = { answer = "2 days" }')
    charter = pact(acts, duty)
    answer = do("e2", "aid.answer", "2022-01-06T10:00Z", by="BB")
    reading = Reading(charter, ask(), answer, until="2022-01-06T12:00Z")
    assert reading.rows("must") == ["answer CC 2022-01-07T18:00"]


# ----------------------------------------------------------------------------- deeds


def test_an_unlawful_deployment_has_effect_and_owes_its_undoing_from_the_start():
    deed = do("e2", "aid.send", "2022-01-07T10:00Z", by="BB")
    reading = Reading(pact(SENDING), ask(), deed, until="2022-01-08T00:00Z")
    assert reading.verdict("e2") == (["not open", "too early"], True)
    assert reading.rows("in_force") == ["ask AA", "send BB"]
    assert reading.rows("must") == ["go_home BB 2022-01-09T18:00"]


def test_a_lawful_deployment_owes_its_undoing_when_its_footing_ends_and_once():
    end = decide("e5", "aid.end", "2022-02-01T10:00Z")
    again = decide("e6", "aid.end", "2022-02-02T10:00Z")
    until = "2022-02-02T12:00Z"
    assert Reading(pact(SENDING), *SENT).rows("must") == []
    reading = Reading(pact(SENDING), *SENT, end, again, until=until)
    assert reading.rows("must") == ["go_home BB 2022-02-03T18:00"]
    home = do("e7", "aid.go_home", "2022-02-03T10:00Z", by="BB")
    reading = Reading(pact(SENDING), *SENT, end, again, home)
    assert (reading.verdict("e7"), reading.rows("late")) == (([], True), [])


def test_what_one_needs_to_stay_is_not_what_one_needed_to_go_in():
    stay = (
        'while = "grant"\nundo',
        'while = "grant"\nlasts = { while = ["ask"] }\nundo',
    )
    end = decide("e5", "aid.end", "2022-02-01T10:00Z")
    assert Reading(pact(SENDING, stay), *SENT, end).rows("must") == []


def test_an_act_of_words_without_power_does_nothing():
    reading = Reading(pact(SENDING), ask(), decide("e2", "aid.grant", by="pact/chair"))
    assert reading.verdict("e2") == (["no power"], False)
    assert reading.rows("in_force") == ["ask AA"]
