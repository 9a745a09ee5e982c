"""Section 6 of the language: basis, facts, the vote, and who holds an office."""

import pytest

from peyman.charter.doing import Hold
from peyman.charter.moment import read_moment
from tests.charter.pact import SENDING, YES, ZONE, Reading, ask, decide, do, pact

# --------------------------------------------------------------- basis, ground, facts

ON = ("opens = true", 'opens = true\non = "attack"')
ASSERTED = {"attack": "asserted"}


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"basis": ("T 2",)}, ["ground not named"]),
        ({"basis": ("T 2",), "grounds": ASSERTED}, []),
        ({"basis": ("T 1",)}, []),  # an article without a ground
        ({"basis": ("T 3",)}, ["basis"]),
        ({"basis": ("not shown",)}, ["not read"]),
        ({"grounds": {"flood": "asserted"}}, ["ground"]),
        ({}, []),
    ],
)
def test_an_act_names_its_basis_and_the_ground_of_it(said, codes):
    assert Reading(pact("", ON), ask(**said)).verdict("e1") == (codes, True)


def test_a_ground_of_the_charter_on_which_the_act_may_not_rest_is_remarked():
    flood = '[grounds.flood]\nart = "T 1"\nword_of = "member"\n'
    asked = ask(grounds={"flood": "asserted"})
    assert Reading(pact(flood, ON), asked).verdict("e1") == (["ground"], True)
    assert Reading(pact(flood), asked).verdict("e1") == ([], True)  # nobody checks


def test_a_ground_that_is_no_longer_one_is_remarked_and_no_longer_wanted():
    gone = (
        "[rules.consensus]",
        "[grounds.attack.2022-01-01]\nrepealed = true\n[rules.consensus]",
    )
    charter = pact("", ON, gone)
    assert Reading(charter, ask(grounds=ASSERTED)).codes("e1") == ["ground"]
    assert Reading(charter, ask(basis=("T 2",))).codes("e1") == []


@pytest.mark.parametrize(
    ("states", "codes"),
    [
        ({}, ["form"]),
        ({"what": "a field hospital"}, []),
        ({"what": "unspecified"}, ["unspecified"]),
        ({"what": "not shown"}, ["not read"]),
    ],
)
def test_facts_that_must_be_stated(states, codes):
    fixes = ("opens = true", 'opens = true\nfixes = "what"')
    assert Reading(pact("", fixes), ask(states=states)).verdict("e1") == (codes, True)


def test_a_notice_that_must_state_its_basis_states_it_by_naming_articles():
    fixes = pact("", ("opens = true", 'opens = true\nfixes = "basis"'))
    assert Reading(fixes, ask(basis=("T 1",))).codes("e1") == []
    assert Reading(fixes, ask()).codes("e1") == ["form"]


def test_another_form_is_a_defect_of_form_and_each_form_has_its_own_words():
    form = ("opens = true", 'opens = true\nform = ["letter", "voice"]')
    acts = (
        '[aid.ask.voice]\nduty = { confirm = "2 days" }\n[aid.confirm]\nby = "subject"'
    )
    charter = pact(acts, form)
    until = "2022-01-06T00:00Z"
    assert Reading(charter, ask(form="song")).codes("e1") == ["form"]
    assert Reading(charter, ask(form="letter"), until=until).rows("must") == []
    assert Reading(charter, ask(form="voice"), until=until).rows("must") == [
        "confirm AA 2022-01-07T18:00"
    ]


def test_what_should_agree_and_does_not_is_remarked_and_what_was_not_read_is_not():
    acts = SENDING + '[aid.notify]\nby = "member"\nagrees = "grant"'
    grant = decide("e2", "aid.grant", basis=("T 1",), states={"term": "9 days"})

    def codes(**said):
        notice = do("e3", "aid.notify", "2022-01-06T10:00Z", **said)
        return Reading(pact(acts), ask(), grant, notice).codes("e3")

    assert codes(basis=("T 1",), states={"term": "9 days"}) == []
    assert codes(basis=("T 2",)) == ["differs"]
    assert codes(states={"term": "8 days"}) == ["differs"]
    assert codes() == []
    assert codes(basis=("not shown",), states={"term": "not shown"}) == ["not read"]


def test_what_rests_on_an_article_from_memory_says_so():
    art = ('art   = ["T 1", "T 2"]', 'art   = ["T 1", "T 3"]')

    def finds(**said):
        (verdict,) = Reading(pact("", art), ask(**said)).state.verdicts
        return "unchecked" in verdict.codes

    assert finds()  # rests on all that it may
    assert finds(basis=("T 3",))
    assert not finds(basis=("T 1",))
    assert finds(basis=("T 2",))  # no basis of it: then on all that it may


# ------------------------------------------------------------------------- the vote


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"ballots": {**YES, "BB": "no"}}, (["not carried"], False)),
        ({"ballots": {**YES, "BB": "abstain"}}, ([], True)),
        ({"ballots": {}}, (["not carried"], False)),  # open: nobody there
        ({"ballots": None}, (["not shown"], True)),
        ({"ballots": {**YES, "ZZ": "no"}}, (["stranger"], True)),
    ],
)
def test_a_decision_is_one_only_if_the_tally_adopts_it(said, verdict):
    reading = Reading(pact(SENDING), ask(), decide("e2", "aid.grant", **said))
    assert reading.verdict("e2") == verdict


def test_who_is_out_of_the_roll_cannot_object():
    no = {**YES, "AA": "no"}
    without = ('carry = "no objection"', 'carry = "no objection"\nexcept = "subject"')
    reading = Reading(
        pact(SENDING, without), ask(), decide("e2", "aid.grant", ballots=no)
    )
    assert reading.verdict("e2") == (["stranger"], True)


@pytest.mark.parametrize("whom", ["BB", ("BB", "CC")])
def test_a_fact_may_say_who_is_out_of_the_roll(whom):
    acts = SENDING.replace("[aid.end]", 'fixes = "aggressor"\n[aid.end]')
    without = ('carry = "no objection"', 'carry = "no objection"\nexcept = "aggressor"')
    no = {**YES, "BB": "no"}
    grant = decide("e2", "aid.grant", ballots=no, states={"aggressor": whom})
    reading = Reading(pact(acts, without), ask(), grant)
    assert reading.verdict("e2") == (["stranger"], True)


def test_who_is_suspended_in_any_matter_is_out_of_the_roll():
    acts = (
        SENDING
        + """
[sanction.suspend]
art   = "T 1"
by    = "another member"
opens = true
[sanction.restore]
by   = "another member"
ends = "suspend"
"""
    )
    charter = pact(
        acts,
        (
            'carry = "no objection"',
            'carry = "no objection"\nexcept = "sanction.suspend"',
        ),
    )
    against = {"matter": None, "subject": "BB", "by": "CC"}
    suspend = do("e0", "sanction.suspend", "2022-01-01", **against)
    restore = do("e9", "sanction.restore", "2022-01-02", matter="e0/1", by="CC")
    grant = decide("e2", "aid.grant", ballots={**YES, "BB": "no"})
    assert Reading(charter, suspend, ask(), grant).verdict("e2") == (["stranger"], True)
    reading = Reading(charter, suspend, restore, ask(), grant)
    assert reading.verdict("e2") == (["not carried"], False)


def test_another_mode_than_the_rule_knows_is_remarked():
    modes = ('carry = "no objection"', 'carry = "no objection"\nmodes = ["session"]')
    charter = pact(SENDING, modes)
    for mode, codes in (("session", []), ("letter", ["mode"]), (None, [])):
        reading = Reading(charter, ask(), decide("e2", "aid.grant", mode=mode))
        assert reading.verdict("e2") == (codes, True)


# ------------------------------------------------------------------ offices and holders


def holds(office, holder, during="2021-09-01/2022-12-01"):
    return (Hold("h", office, holder, read_moment(during, ZONE)),)


def test_an_office_whose_holder_is_not_the_one_in_law_is_contested_both_ways():
    held = ("[offices.chair]", '[offices.chair]\nheld_by = "first"')
    charter = pact(
        '[aid.consult]\nby = "chair"\n[aid.x]\nby = "member"\nwhile = "consult"', held
    )
    consult = do("e2", "aid.consult", by="pact/chair", holder="home/president")
    then = do("e3", "aid.x", "2022-01-06T10:00Z")
    base = Reading(charter, ask(), consult, then)
    assert base.verdict("e2") == (["contested office"], True)
    assert base.verdict("e3") == ([], True)
    other = Reading(charter, ask(), consult, then, turned=frozenset({"e2"}))
    assert other.verdict("e2") == (["contested office"], False)
    assert other.verdict("e3") == (["not open"], False)
    lawful = do("e2", "aid.consult", by="pact/chair", holder="pact/first")
    assert Reading(charter, ask(), lawful).verdict("e2") == ([], True)


def test_where_the_text_names_nobody_the_register_says_who_holds_an_office():
    charter = pact('[aid.consult]\nby = "chair"')
    consult = do("e2", "aid.consult", by="pact/chair", holder="home/president")
    for held, codes in (
        (holds("pact/chair", "home/president"), []),
        (holds("pact/chair", "home/first"), ["contested office"]),
        (holds("pact/chair", "home/first", "2020-01-01/2021-01-01"), []),
        (holds("pact/chair", "home/first", "2020-01-01T00:00Z/2022-01-05T10:00Z"), []),
        ((), []),
    ):
        assert Reading(charter, ask(), consult, holds=held).codes("e2") == codes


def test_the_chair_in_its_own_case_is_remarked_whoever_acts_for_the_council():
    acts = '[aid.consult]\nby = ["council", "chair"]\n[aid.grant]\ndecide = "consensus"'
    for by in ("pact/council", "pact/chair"):
        consult = do("e2", "aid.consult", by=by)
        own = holds("pact/chair", "AA")
        reading = Reading(pact(acts), ask(), consult, holds=own)
        assert reading.verdict("e2") == (["own case"], True)
        other = holds("pact/chair", "BB")
        reading = Reading(pact(acts), ask(), consult, holds=other)
        assert reading.verdict("e2") == ([], True)
    reading = Reading(pact(acts), ask(), decide("e2", "aid.grant"), holds=own)
    assert reading.verdict("e2") == (["own case"], True)
