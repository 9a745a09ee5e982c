"""What is read from a state: who may, what stands, grounds, mandates, who may open."""

import pytest

from peyman.charter.moment import Moment, read_instant
from peyman.charter.standing import conditions, mandates, may_open
from tests.charter.pact import SENDING, YES, Reading, ask, decide, do, pact

MANDATE = SENDING.replace(
    "[aid.end]",
    'mandate = true\nfixes = ["term", "tasks", "area"]\nlasts = "term"\n[aid.end]',
)


def test_who_may_do_what_now_one_row_for_each():
    reading = Reading(pact(SENDING), ask(), decide("e2", "aid.grant"))
    assert reading.rows("may") == [
        "consent BB",  # CC left in June
        "end pact/council",
        "grant pact/council",
    ]
    assert Reading(pact(SENDING), ask()).rows("may") == [
        "end pact/council",
        "grant pact/council",
    ]


def test_each_may_do_what_its_own_acts_have_opened():
    consents = [
        do(f"e{n}", "aid.consent", "2022-01-06T10:00Z", by=by)
        for n, by in ((3, "BB"), (4, "CC"))
    ]
    sent = do("e5", "aid.send", "2022-01-07T10:00Z", by="CC")
    grant = decide("e2", "aid.grant")
    charter = pact(SENDING)
    reading = Reading(charter, ask(), grant, *consents, sent, until="2022-02-01T00:00Z")
    rows = [r for r in reading.rows("may") if r.startswith(("send", "go_home"))]
    assert rows == ["go_home CC", "send BB", "send CC"]


def test_the_subject_may_only_while_it_is_bound():
    charter = pact('[aid.thank]\nby = "subject"')
    of_cc = ask(by="CC")
    for until, rows in (("2022-05-01T00:00Z", ["thank CC"]), ("2022-07-01T00:00Z", [])):
        assert Reading(charter, of_cc, until=until).rows("may") == rows


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ('"outside"', ["thank outside"]),
        ('["chair", "council"]', ["thank pact/chair", "thank pact/council"]),
        ('"another member"', ["thank BB"]),
        ('["subject", "another member"]', ["thank AA", "thank BB"]),
    ],
)
def test_every_word_of_by_has_its_rows(by, rows):
    assert Reading(pact(f"[aid.thank]\nby = {by}"), ask()).rows("may") == rows


def test_a_row_names_its_articles_and_whom_it_must_reach():
    charter = pact('[aid.thank]\nby = "subject"\nto = "council"')
    (row,) = Reading(charter, ask()).standing["e1/1"].may
    assert (row.act, row.by) == ("pact.aid.thank", "AA")
    assert (row.articles, row.to) == (("T 1", "T 2"), ("pact/council",))


def test_who_may_open_a_matter():
    charter = pact()
    reading = Reading(charter, until="2022-01-01T00:00Z")
    rows = [(row.act, row.by) for row in may_open(charter, reading.state)]
    assert rows == [("pact.aid.ask", by) for by in ("AA", "BB", "CC")]
    charter = pact("", ('by    = "member"', 'by    = "subject"'))
    reading = Reading(charter, until="2022-01-01T00:00Z")
    assert len(may_open(charter, reading.state)) == 3  # whoever opens is the subject


def test_what_only_ends_something_does_not_itself_stand():
    home = do("e5", "aid.go_home", "2022-01-08T11:00Z", by="BB")
    sent = do("e4", "aid.send", "2022-01-07T10:00Z", by="BB")
    reading = Reading(pact(SENDING), ask(), sent, home)
    assert reading.rows("in_force") == ["ask AA"]


def test_a_verdict_names_the_matter_in_which_it_has_effect():
    grant = decide("e2", "aid.grant")
    lost = decide("e3", "aid.grant", matter="e9/1")
    corrected = do("e4", "aid.ask", matter=None, opens_as="e0/1")
    reading = Reading(pact(SENDING), ask(), grant, lost, corrected)
    names = {v.doing.entry: v.matter for v in reading.state.verdicts}
    assert names == {"e1": "e1/1", "e2": "e1/1", "e3": "e9/1", "e4": "e0/1"}
    assert list(reading.standing) == ["e1/1", "e0/1"]


def test_a_decision_that_waits_says_for_what():
    acts = SENDING + '[aid.determine]\nby = "member"'
    grant = decide("e2", "aid.grant", ripens="determine")
    (row,) = Reading(pact(acts), ask(), grant).standing["e1/1"].waiting
    assert (row.because, row.note) == ("e2/1", "ripens with determine")
    instant = read_instant("2022-01-05T12:00Z")
    assert row.since == Moment(instant, instant)


# --------------------------------------------------------------------------- grounds


ON = ("opens = true", 'opens = true\non = "attack"')
WORD = '[aid.find]\ndecide = "consensus"\non = "attack"\n'


def ground(charter, *doings):
    reading = Reading(charter, *doings)
    (found,) = conditions(charter, reading.state)
    assert (found.name, found.article, found.decided_by) == (
        "attack",
        "T 2",
        "pact/council",
    )
    return found.state


def test_a_ground_is_spoken_denied_or_not_spoken_by_whose_word_decides():
    charter = pact(WORD, ON)
    asked = ask(grounds={"attack": "asserted"})
    yes = decide("e2", "aid.find", grounds={"attack": "asserted"})
    no = decide("e3", "aid.find", "2022-01-06", grounds={"attack": "denied"})
    assert ground(charter) == "not spoken"
    assert (
        ground(charter, asked) == "not spoken"
    )  # a member asserts, the council decides
    assert ground(charter, asked, yes) == "spoken"
    assert ground(charter, asked, yes, no) == "denied"


def test_a_word_without_effect_or_not_yet_ripe_decides_nothing():
    charter = pact(WORD, ON)
    said = {"grounds": {"attack": "asserted"}}
    lost = decide("e2", "aid.find", ballots={**YES, "BB": "no"}, **said)
    assert ground(charter, ask(), lost) == "not spoken"
    waits = decide("e2", "aid.find", ripens=read_instant("2023-01-01T00:00Z"), **said)
    assert ground(charter, ask(), waits) == "not spoken"


@pytest.mark.parametrize(
    ("word_of", "by", "state"),
    [
        ("member", "BB", "spoken"),
        ("subject", "AA", "spoken"),
        ("subject", "BB", "not spoken"),
    ],
)
def test_the_word_of_a_member_or_of_the_subject_may_decide(word_of, by, state):
    charter = pact(
        '[aid.find]\nby = "member"\non = "attack"\n',
        ('word_of = "council"', f'word_of = "{word_of}"'),
    )
    find = do("e2", "aid.find", by=by, grounds={"attack": "asserted"})
    reading = Reading(charter, ask(), find)
    (found,) = conditions(charter, reading.state)
    assert (found.decided_by, found.state) == (word_of, state)


# -------------------------------------------------------------------------- mandates


def test_a_mandate_tells_what_it_leaves_open_and_what_was_not_read():
    grant = decide("e2", "aid.grant", states={"term": "9 days", "tasks": "not shown"})
    (mandate,) = mandates(Reading(pact(MANDATE), ask(), grant).state)
    assert mandate.effect.doing == grant
    assert mandate.effect.ended is not None  # it is told of also when it is over
    assert (mandate.unspecified, mandate.not_shown) == (("area",), ("tasks",))
    said = {"term": "unspecified", "tasks": "guard", "area": "the cape"}
    grant = decide("e2", "aid.grant", states=said)
    (mandate,) = mandates(Reading(pact(MANDATE), ask(), grant).state)
    assert (mandate.unspecified, mandate.not_shown) == (("term",), ())


def test_what_sets_up_no_mandate_is_none():
    assert (
        mandates(Reading(pact(SENDING), ask(), decide("e2", "aid.grant")).state) == ()
    )
