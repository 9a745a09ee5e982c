"""What is found in a charter, with the shortest way there, and what acknowledges it."""

from datetime import date
from pathlib import Path

import pytest

from peyman.charter.read import load_charter
from peyman.charter.verification.report import verify
from peyman.saying import Said
from tests.charter.pact import SENDING, pact

CHARTERS = sorted((Path(__file__).parents[2] / "charters").glob("*.toml"))


def found(acts, *changes):
    """Each finding: what, of which act, acknowledged or not."""
    report = verify(pact(acts, *changes))
    return [(one.finding, one.act, one.known) for one in report.found]


def only(acts, *changes):
    """The one thing that is found."""
    (one,) = verify(pact(acts, *changes)).found
    return one


def test_a_sound_charter_has_nothing_to_acknowledge():
    report = verify(pact(SENDING))
    assert report.found == ()
    assert report.open == ()


def test_two_acts_that_wait_for_each_other_can_never_be_done():
    acts = """
    [aid.one]
    by    = "member"
    after = "two"
    [aid.two]
    by    = "member"
    after = "one"
    """
    assert found(acts) == [
        ("never done", "pact.aid.one", None),
        ("never done", "pact.aid.two", None),
    ]


def test_an_act_between_two_that_exclude_each_other_is_told_with_what_is_missing():
    acts = """
    [aid.first]
    by   = "member"
    ends = "second"
    [aid.second]
    by   = "member"
    ends = "first"
    [aid.both]
    by    = "member"
    while = ["first", "second"]
    """
    one = only(acts)
    assert one.text == "both can never be done: second is not in force then"
    assert one.story == (
        "ask, by member (T 1, T 2)",
        "first, by member (T 1, T 2)",
    )


def test_an_act_of_a_rule_that_no_vote_can_carry_can_never_be_done():
    acts = '[aid.grant]\ndecide = "consensus"\n'
    one = only(acts, ('carry = "no objection"', 'carry = "at least 9"'))
    text = "grant can never be done: no vote can carry it under consensus"
    assert one.text == text


def test_an_act_of_another_member_where_there_is_none_can_never_be_done():
    acts = '[aid.help]\nby = "another member"\n'
    one = only(acts, ("AA = 2000-01-01\n", ""), ("BB", "AA"))
    assert one.text == "help can never be done: there is nobody who may do it"


REFUSAL = """
[aid.refuse]
decide = "consensus"
while  = "ask"
ends   = "ask"
[aid.consult]
decide = "consensus"
while  = "ask"
"""
OWES = ("opens = true", 'opens = true\nduty = { consult = "at once" }')


def test_a_duty_whose_act_was_shut_out_can_never_be_met():
    one = only(REFUSAL, OWES)
    assert (one.finding, one.act) == ("never met", "pact.aid.consult")
    text = "consult is owed, and from here it can never be done and is never waived"
    assert one.text == text
    assert one.story == (
        "ask, by member (T 1, T 2); owed from now: consult",
        "refuse, by pact/council (T 1, T 2); no longer in force: ask",
    )


def test_a_duty_that_is_waived_is_not_owed_for_ever():
    waived = ('ends   = "ask"', 'ends   = "ask"\nwaive  = "consult"')
    assert found(REFUSAL, OWES, waived) == []


def test_the_undoing_of_a_deed_that_cannot_be_undone_stays_owed():
    whole = ('ends   = "grant"', 'ends   = ["ask", "grant"]')
    shut = ('after = "send"\nends  = "send"', 'while = "grant"\nends  = "send"')
    owed, way = verify(pact(SENDING, whole, shut)).found
    assert (owed.finding, owed.act) == ("never met", "pact.aid.go_home")
    assert owed.story[-1] == (
        "end, by pact/council (T 1, T 2); owed from now: go_home;"
        " no longer in force: ask, grant"
    )
    assert way.text == "there is no way out of send"


def test_the_undoing_of_an_unlawful_deed_must_be_possible_too():
    acts = """
[aid.grant]
decide = "consensus"
while  = "ask"
[aid.send]
by    = "each other member"
deed  = true
while = "grant"
undo  = { report = "2 days" }
[aid.report]
by    = "each other member"
after = "grant"
ends  = "send"
"""
    assert found(acts) == []
    shut = ("[aid.report]", '[aid.refuse]\nby = "chair"\nends = "ask"\n[aid.report]')
    one = only(acts, shut)
    assert (one.finding, one.act) == ("never met", "pact.aid.report")
    assert one.story == (
        "ask, by member (T 1, T 2)",
        "send, by another member, without what it needs (T 1, T 2); owed from now: report",
        "refuse, by pact/chair (T 1, T 2); no longer in force: ask",
    )


PROLONG = """
[aid.grant]
decide = "consensus"
while  = "ask"
fixes  = "term"
lasts  = "term"
[aid.prolong]
by     = "chair"
while  = "grant"
fixes  = "term"
amends = "grant"
"""


def test_a_power_to_prolong_without_a_vote_is_found():
    one = only(PROLONG)
    assert one.finding == "goes on without a vote"
    assert one.story[-2:] == ("prolong, by pact/chair (T 1, T 2)",) * 2
    assert one.text.endswith("no vote stands between: grant goes on")


def test_a_power_to_prolong_by_a_vote_or_once_is_none():
    assert found(PROLONG, ('by     = "chair"', 'decide = "consensus"')) == []
    once = PROLONG + '[aid.allow]\nby = "first"\n'
    spent = ('while  = "grant"\n', 'while  = ["grant", "allow"]\nends = "allow"\n')
    assert found(once, spent) == [("goes on without a vote", "pact.aid.prolong", None)]


def test_a_power_of_another_organization_is_judged_by_its_own_charter():
    assert found(PROLONG, ('by     = "chair"', 'by     = "world"')) == []


def test_known_acknowledges_what_is_found_of_an_act_and_keeps_its_reason():
    reason = ('by     = "chair"', 'by     = "chair"\nknown  = "T 2 says so"')
    report = verify(pact(PROLONG, reason))
    assert [one.known for one in report.found] == ["T 2 says so"]
    assert report.open == ()


def test_known_where_nothing_is_found_is_itself_found():
    acts = '[aid.thank]\nby = "member"\nknown = "an old reason"\n'
    assert found(acts) == [("nothing to acknowledge", "pact.aid.thank", None)]


def test_a_mandate_that_nobody_can_end_is_said_to_end_with_its_term():
    acts = """
    [aid.grant]
    by      = "council"
    fixes   = "term"
    mandate = true
    lasts   = "term"
    """
    (way,) = verify(pact(acts)).ways
    assert way.text == "grant ends with its term, and nobody can end it sooner"
    assert not way.is_free


def test_a_mandate_without_a_term_that_nobody_can_end_has_no_way_out():
    (way,) = verify(pact("[aid.grant]\nby = 'council'\nmandate = true")).ways
    assert way.text == "there is no way out of grant"


STAYING = """
[aid.send]
by    = "each other member"
deed  = true
undo  = { go_home = "2 days" }
[aid.go_home]
decide = "consensus"
after  = "send"
ends   = "send"
"""


def test_a_deed_that_ends_only_by_a_vote_has_no_free_way_out():
    one = only(STAYING)
    assert one.finding == "no way out without a vote"
    assert one.text == "from here send can be ended or left only by a vote on go_home"
    assert one.story[-1] == "send, by another member (T 1, T 2)"


def test_a_deed_that_its_doer_ends_has_a_free_way_out():
    (way, *_) = (w for w in verify(pact(SENDING)).ways if w.act == "pact.aid.send")
    assert way.is_free
    assert way.story[-1].startswith("go_home, by another member")


LEAVING = """
[leaving.notice]
art   = "T 1"
by    = "member"
opens = true
lapse = { leave = "6 months" }
[leaving.recall]
by    = "subject"
while = "notice"
ends  = "notice"
[leaving.leave]
by     = "time"
leaves = ["T"]
"""


def test_one_leaves_a_text_without_a_vote_by_the_mere_passing_of_time():
    report = verify(pact(LEAVING))
    (way,) = report.ways
    assert (way.act, way.is_free) == ("pact.leaving.leave", True)
    assert way.story == (
        "notice, by member (T 1)",
        "time does leave, the clock of notice having run out (T 1)",
    )


def test_a_text_that_one_leaves_only_by_a_vote_is_found():
    voted = ('by     = "time"', 'decide = "consensus"')
    clock = ('lapse = { leave = "6 months" }\n', "")
    one = only(LEAVING, voted, clock)
    assert (one.finding, one.act) == ("no way out without a vote", "pact.leaving.leave")


def test_who_has_left_may_no_longer_do_what_only_a_party_may():
    after = "[leaving.regret]\nby = 'subject'\nafter = 'leave'\n"
    one = only(LEAVING + after)
    assert (one.finding, one.act) == ("never done", "pact.leaving.regret")


def test_what_stops_when_an_organ_never_meets_and_what_then_stays_owed():
    owing = SENDING + '[aid.alarm]\nby = "member"\nduty = { grant = "no day" }\n'
    report = verify(pact(owing))
    (stop,) = report.stops
    assert stop.organ == "pact/council"
    assert stop.never == tuple(
        f"pact.aid.{act}" for act in ("grant", "end", "consent", "send", "go_home")
    )
    assert stop.owed == ("pact.aid.grant",)
    assert [one.act for one in report.undated] == ["pact.aid.grant"]


def test_a_charter_can_be_verified_as_it_read_on_an_earlier_day():
    later = (
        '[aid.one]\nby = "member"\nafter = "one"\n[aid.one.2010-01-01]\nafter = []\n'
    )
    assert verify(pact(later)).found == ()
    (one,) = verify(pact(later), date(2009, 1, 1)).found
    assert one.finding == "never done"


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.stem)
def test_every_charter_of_the_library_acknowledges_what_is_found(path):
    report = verify(load_charter(path))
    assert [one.text for one in report.open] == []
    assert report.states < 20_000


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.stem)
def test_every_sentence_of_a_report_can_be_told_in_another_language(path):
    report = verify(load_charter(path))
    texts: list[str] = [one.text for one in report.found]
    texts += [one.text for one in report.decisions]
    texts += [one.text for one in report.stops]
    for way in report.ways:
        texts += [way.text, *way.story]
    for one in report.found:
        texts += one.story
    assert texts
    assert all(isinstance(text, Said) for text in texts)


def test_a_deed_that_nobody_can_do_has_no_way_out_to_ask_for():
    acts = """
[aid.send]
by    = "another member"
deed  = true
while = "ask"
undo  = { send = "2 days" }
"""
    report = verify(pact(acts, ("AA = 2000-01-01\n", ""), ("BB", "AA")))
    assert [one.finding for one in report.found] == ["never done"]
    assert report.ways == ()
