"""Section 2 of the language: words that came with the other charters, one example each."""

import pytest

from peyman.charter.standing import may_open
from tests.charter.pact import Reading, ask, decide, do, pact

# ------------------------------------------------------------------------------ before

AT_ONCE = """
[aid.grant]
decide = "consensus"
while  = "ask"
[aid.help_at_once]
by     = "each other member"
deed   = true
before = "grant"
[aid.claim]
by     = "each member"
before = "claim"
"""


def test_before_means_only_as_long_as_the_other_is_not_done():
    charter = pact(AT_ONCE)
    early = do("e2", "aid.help_at_once", "2022-01-05T11:00Z", by="BB")
    late = do("e4", "aid.help_at_once", "2022-01-05T13:00Z", by="CC")
    reading = Reading(charter, ask(), early, decide("e3", "aid.grant"), late)
    assert reading.verdict("e2") == ([], True)
    assert reading.verdict("e4") == (["too late"], True)  # a deed, and it stands
    assert reading.text("e4", "too late") == "grant was done before"
    assert not [row for row in reading.rows("may") if row.startswith("help_at_once")]


def test_before_itself_is_once_and_for_each_member_once_each():
    charter = pact(AT_ONCE)
    first = do("e2", "aid.claim", "2022-01-05T11:00Z")
    again = do("e3", "aid.claim", "2022-01-05T12:00Z")
    other = do("e4", "aid.claim", "2022-01-05T13:00Z", by="BB")
    reading = Reading(charter, ask(), first, again, other)
    assert reading.verdict("e3") == (["too late"], False)
    assert reading.verdict("e4") == ([], True)


def test_what_may_have_come_before_or_after_is_not_voided():
    grant = decide("e3", "aid.grant", "2022-01-06")
    helping = do("e2", "aid.claim", "2022-01-06")
    charter = pact(AT_ONCE.replace('before = "claim"', 'before = "grant"'))
    for order in ((grant, helping), (helping, grant)):
        assert Reading(charter, ask(), *order).verdict("e2") == (
            ["may be too late"],
            True,
        )


# ----------------------------------------------------------------- so many members

RATIFY = """
[aid.ratify]
by = "each member"
[aid.enter]
by    = "chair"
after = { ratify = NUMBER }
"""


@pytest.mark.parametrize(
    ("number", "who", "codes"),
    [
        ("2", ["AA"], ["too early"]),
        ("2", ["AA", "AA"], ["too early"]),  # one member, twice
        ("2", ["AA", "CC"], []),
        ('"all"', ["AA", "BB"], ["too early"]),
        ('"all"', ["AA", "BB", "CC"], []),
        ('"at least 2/3"', ["AA"], ["too early"]),
        ('"at least 2/3"', ["AA", "BB"], []),
    ],
)
def test_after_so_many_members_have_done_it(number, who, codes):
    charter = pact(RATIFY.replace("NUMBER", number))
    done = [
        do(f"r{n}", "aid.ratify", f"2022-01-06T1{n}:00Z", by=one)
        for n, one in enumerate(who)
    ]
    enter = do("e9", "aid.enter", "2022-01-07T10:00Z", by="pact/chair")
    reading = Reading(charter, ask(), *done, enter, until="2022-02-01T00:00Z")
    assert reading.verdict("e9") == (codes, not codes)
    assert ("enter pact/chair" in reading.rows("may")) == (not codes)


def test_all_are_all_who_are_bound_on_the_day():
    charter = pact(RATIFY.replace("NUMBER", '"all"'))
    done = [do(f"r{m}", "aid.ratify", "2022-01-06T10:00Z", by=m) for m in ("AA", "BB")]
    enter = do("e9", "aid.enter", "2022-06-02T10:00Z", by="pact/chair")
    assert Reading(charter, ask(), *done, enter).verdict("e9") == ([], True)


# ------------------------------------------------------------------------------- every

WATCH = """
[aid.watch]
decide = "consensus"
every  = { report = "10 days" }
[aid.report]
by = "chair"
[aid.stop]
decide = "consensus"
ends   = "watch"
"""


def test_what_is_owed_every_ten_days_is_owed_again_from_its_performance():
    charter = pact(WATCH)
    watch = decide("e2", "aid.watch", "2022-01-05T12:00Z")
    report = do("e3", "aid.report", "2022-01-12T10:00Z", by="pact/chair")
    first = Reading(charter, ask(), watch, until="2022-01-06T00:00Z")
    assert first.rows("must") == ["report pact/chair 2022-01-15T18:00"]
    then = Reading(charter, ask(), watch, report, until="2022-01-13T00:00Z")
    assert then.rows("must") == ["report pact/chair 2022-01-22T18:00"]
    late = Reading(charter, ask(), watch, report, until="2022-01-23T00:00Z")
    assert late.rows("late") == ["report pact/chair 2022-01-22T18:00"]


def test_what_is_owed_every_so_often_falls_away_with_its_cause():
    stop = decide("e4", "aid.stop", "2022-01-10T12:00Z")
    watch = decide("e2", "aid.watch", "2022-01-05T12:00Z")
    reading = Reading(pact(WATCH), ask(), watch, stop)
    assert (reading.rows("must"), reading.rows("late")) == ([], [])


# ----------------------------------------------------------------------------- implies

TERMS = """
[aid.agree]
by      = "chair"
implies = { command = "of the host" }
"""


@pytest.mark.parametrize(
    ("said", "command", "is_implied"),
    [
        ({}, "of the host", True),
        ({"command": "unspecified"}, "of the host", True),
        ({"command": "of the sender"}, "of the sender", False),
        ({"command": "not shown"}, "not shown", False),  # unread is not silent
    ],
)
def test_the_text_supplies_what_an_act_leaves_open(said, command, is_implied):
    agree = do("e2", "aid.agree", by="pact/chair", states=said)
    reading = Reading(pact(TERMS), ask(), agree)
    effect = reading.state.matters["e1/1"].effects[-1]
    assert effect.facts["command"] == command
    assert effect.implied == (("command",) if is_implied else ())


# -------------------------------------------------------------------- joins and leaves

JOINING = """
[aid.accede]
art   = "T 1"
by    = "outside"
opens = true
joins = "T"
[aid.leave]
by     = "subject"
leaves = "T"
[aid.speak]
by = "member"
"""


def test_who_joins_is_bound_from_then_on_and_after_leaving_no_more():
    join = do("j1", "aid.accede", "2022-01-06T10:00Z", by="ZZ", matter=None)
    before = do("e2", "aid.speak", "2022-01-06T09:00Z", by="ZZ")
    after = do("e3", "aid.speak", "2022-01-06T11:00Z", by="ZZ")
    leave = do("e4", "aid.leave", "2022-01-07T10:00Z", by="ZZ", matter="j1/1")
    gone = do("e5", "aid.speak", "2022-01-07T11:00Z", by="ZZ")
    again = do("j2", "aid.accede", "2022-01-08T10:00Z", by="ZZ", matter=None)
    back = do("e6", "aid.speak", "2022-01-08T11:00Z", by="ZZ")
    reading = Reading(
        pact(JOINING), ask(), before, join, after, leave, gone, again, back
    )
    assert [reading.codes(f"e{n}") for n in (2, 3, 5, 6)] == [
        ["no power"],
        [],
        ["no power"],
        [],
    ]


# -------------------------------------------------------------------------------- void

SILENCE = """
[aid.circulate]
by    = "secretary"
lapse = { agree = "2 days" }
[aid.agree]
by = "time"
[aid.break_silence]
by   = "member"
form = "letter"
void = "form"
ends = "circulate"
"""


@pytest.mark.parametrize(
    ("form", "verdict", "last"),
    [("voice", (["form"], False), "aid.agree"), ("letter", ([], True), "aid.break")],
)
def test_a_defect_of_form_voids_where_the_text_says_so(form, verdict, last):
    circulate = do("e2", "aid.circulate", by="pact/secretary")
    broken = do("e3", "aid.break_silence", "2022-01-06T10:00Z", form=form)
    reading = Reading(pact(SILENCE), ask(), circulate, broken)
    assert reading.verdict("e3") == verdict
    assert reading.state.verdicts[-1].doing.act.startswith(last)


# ------------------------------------------------------------------- later and earlier


@pytest.mark.parametrize(
    ("lasts", "stated", "end"),
    [
        ('{ later = ["10 days", "term"] }', "20 days", "2022-01-25T18:00"),
        ('{ later = ["10 days", "term"] }', "2 days", "2022-01-15T18:00"),
        ('{ later = ["10 days", "term"] }', "unspecified", None),  # no day is known
        ('{ earlier = ["10 days", "term"] }', "20 days", "2022-01-15T18:00"),
        ('{ earlier = ["10 days", "term"] }', "unspecified", "2022-01-15T18:00"),
        ('{ earlier = [2022-01-08, "term"] }', "20 days", "2022-01-08T18:00"),
    ],
)
def test_it_lasts_to_the_later_or_the_earlier_of_two_ends(lasts, stated, end):
    charter = pact(f'[aid.keep]\nby = "chair"\nfixes = "term"\nlasts = {lasts}\n')
    keep = do("e2", "aid.keep", by="pact/chair", states={"term": stated})
    reading = Reading(charter, ask(), keep, until="2022-01-06T00:00Z")
    (row,) = [r for r in reading.rows("in_force") if r.startswith("keep")]
    assert row == f"keep pact/chair {end}" if end else "keep pact/chair"


def test_a_term_stated_anew_counts_from_the_old_end_and_the_limit_from_the_change():
    acts = """
[aid.keep]
by    = "chair"
fixes = "term"
lasts = { earlier = ["term", "30 days"] }
[aid.widen]
by     = "chair"
fixes  = "term"
amends = "keep"
"""
    keep = do("e2", "aid.keep", by="pact/chair", states={"term": "10 days"})
    widen = do(
        "e3",
        "aid.widen",
        "2022-01-10T10:00Z",
        by="pact/chair",
        states={"term": "5 days"},
    )
    reading = Reading(pact(acts), ask(), keep, widen, until="2022-01-11T00:00Z")
    assert "keep pact/chair 2022-01-20T18:00" in reading.rows("in_force")


# ----------------------------------------------------------- a matter under another

BARGAIN = """
[aid.close]
by   = "subject"
ends = "ask"
[bargain.offer]
art   = "T 1"
by    = "another member"
opens = "aid"
while = "aid.ask"
[bargain.accept]
by    = "subject"
while = ["offer", "aid.ask"]
lasts = { while = "aid.ask" }
"""


def test_a_matter_opens_under_another_and_looks_into_it():
    charter = pact(BARGAIN, ('by    = "member"\nopens', 'by    = "member"\nopens'))
    offer = do("e2", "bargain.offer", "2022-01-06T10:00Z", by="BB")
    own = do("e3", "bargain.offer", "2022-01-06T11:00Z", by="AA")
    accept = do("e4", "bargain.accept", "2022-01-06T12:00Z", matter="e2/1")
    stranger = do("e5", "bargain.accept", "2022-01-06T12:00Z", by="CC", matter="e2/1")
    reading = Reading(charter, ask(), offer, own, accept, stranger)
    assert reading.verdict("e2") == ([], True)
    assert reading.state.matters["e2/1"].subject == "AA"  # that of the matter above
    assert reading.verdict("e3") == (["no power"], False)
    assert (reading.verdict("e4"), reading.codes("e5")) == (([], True), ["no power"])
    assert [r for r in reading.rows("may") if "offer" in r] == ["pact.bargain.offer BB"]
    assert {row.act for row in may_open(charter, reading.state)} == {"pact.aid.ask"}


def test_what_lasts_while_something_above_does_ends_with_it():
    offer = do("e2", "bargain.offer", "2022-01-06T10:00Z", by="BB")
    accept = do("e4", "bargain.accept", "2022-01-06T12:00Z", matter="e2/1")
    close = do("e5", "aid.close", "2022-01-07T10:00Z")
    reading = Reading(pact(BARGAIN), ask(), offer, accept, close)
    ended = {e.act.name: e.ended_by for e in reading.state.matters["e2/1"].effects}
    assert ended == {"bargain.offer": None, "bargain.accept": "time"}
    late = do("e6", "bargain.offer", "2022-01-08T10:00Z", by="BB")
    assert Reading(pact(BARGAIN), ask(), close, late).verdict("e6") == (
        ["not open"],
        False,
    )


def test_a_matter_that_opens_under_another_needs_that_one():
    charter = pact(BARGAIN)
    alone = do("e2", "bargain.offer", by="BB", matter=None)
    lost = do("e3", "bargain.offer", by="BB", matter="e9/1")
    reading = Reading(charter, ask(), alone, lost)
    assert reading.codes("e2") == reading.codes("e3") == ["no such matter"]
    assert (
        reading.text("e2", "no such matter")
        == "there is no matter named of the kind aid"
    )
