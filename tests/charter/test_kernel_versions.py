"""Section 7 of the language: overlaps, versions of the text, and what has to ripen."""

from dataclasses import replace

import pytest

from peyman.charter.moment import ALWAYS, Due, Moment, read_instant
from tests.charter.pact import SENDING, Reading, ask, decide, do, pact

# ------------------------------------------------------------- what surely came first

GATES = """
[aid.inform]
by = "member"
[aid.measure]
by    = "member"
after = "inform"
[aid.cancel]
by   = "member"
ends = "inform"
[aid.follow]
by    = "member"
while = "inform"
[aid.lean]
by    = "member"
lasts = { while = ["inform"] }
[aid.rest]
by    = "member"
while = "lean"
"""
DAY = "2022-01-06"


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        ((("e2", "inform", DAY), ("e3", "measure", DAY)), ["may be too early"]),
        ((("e3", "measure", DAY), ("e2", "inform", DAY)), ["may be too early"]),
        ((("e2", "inform", "2022-01-05"), ("e3", "measure", DAY)), []),
        ((("e2", "inform", DAY), ("e3", "follow", DAY)), ["may be not open"]),
        ((("e2", "inform", "2022-01-07"), ("e3", "measure", DAY)), ["too early"]),
    ],
)
def test_where_only_an_overlap_decides_nothing_is_voided(record, codes):
    doings = [do(entry, f"aid.{act}", at) for entry, act, at in record]
    reading = Reading(pact(GATES), ask("2022-01-01"), *doings)
    is_void = codes == ["too early"]
    assert reading.verdict("e3") == (codes, not is_void)


def test_what_cites_another_came_surely_after_it():
    doings = (do("e2", "aid.inform", DAY), do("e3", "aid.measure", DAY))
    cited = do("e3", "aid.measure", DAY, cites=frozenset({"e2"}))
    reading = Reading(pact(GATES), ask("2022-01-01"), doings[0], cited)
    assert reading.codes("e3") == []
    first = do("e2", "aid.inform", DAY, cites=frozenset({"e3"}))
    reading = Reading(pact(GATES), ask("2022-01-01"), doings[1], first)
    assert reading.verdict("e3") == (["too early"], False)


def test_an_end_that_may_have_come_later_voids_nothing():
    inform = do("e2", "aid.inform", "2022-01-05")
    cancel, follow = do("e3", "aid.cancel", DAY), do("e4", "aid.follow", DAY)
    reading = Reading(pact(GATES), ask("2022-01-01"), inform, cancel, follow)
    assert reading.verdict("e4") == (["may be not open"], True)
    later = do("e4", "aid.follow", "2022-01-07")
    reading = Reading(pact(GATES), ask("2022-01-01"), inform, cancel, later)
    assert reading.verdict("e4") == (["not open"], False)


def test_nor_does_the_end_of_what_leaned_on_it():
    inform = do("e2", "aid.inform", "2022-01-04")
    lean = do("e3", "aid.lean", "2022-01-05")
    cancel, rest = do("e4", "aid.cancel", DAY), do("e5", "aid.rest", DAY)
    reading = Reading(pact(GATES), ask("2022-01-01"), inform, lean, cancel, rest)
    assert reading.verdict("e5") == (["may be not open"], True)


def test_nor_does_what_time_did_within_the_time_of_the_act():
    acts = GATES + '[aid.hold]\nby = "member"\nlasts = "2 days"\n'
    acts += '[aid.build]\nby = "member"\nwhile = "hold"\n'
    hold = do("e2", "aid.hold", "2022-01-05")
    other = do("e3", "aid.inform", "2022-01-08T10:00Z")  # time passes up to this
    build = do("e4", "aid.build", "2022-01-07T00:00Z/2022-01-09T00:00Z")
    reading = Reading(pact(acts), ask("2022-01-01"), hold, other, build)
    assert reading.verdict("e4") == (["may be not open"], True)


# ---------------------------------------------------------------------------- versions


def test_the_text_of_the_day_judges():
    acts = '[aid.consult]\nby = "chair"\n[aid.consult.2022-02-01]\nby = "council"\n'
    before = do("e2", "aid.consult", "2022-01-31T17:59Z", by="pact/chair")
    after = do("e3", "aid.consult", "2022-01-31T18:00Z", by="pact/chair")
    reading = Reading(pact(acts), ask(), before, after)
    assert (reading.codes("e2"), reading.codes("e3")) == ([], ["no power"])


def test_an_act_that_the_text_does_not_know_is_no_provision():
    acts = '[aid.consult]\nby = "chair"\nfrom = 2022-02-01\n'
    consult = do("e2", "aid.consult", by="pact/chair")
    reading = Reading(pact(acts), ask(), consult)
    assert reading.verdict("e2") == (["no provision"], False)
    later = do("e2", "aid.consult", "2022-02-02", by="pact/chair")
    assert Reading(pact(acts), ask(), later).verdict("e2") == ([], True)


@pytest.mark.parametrize(
    "acts",
    [
        '[aid.consult]\nby = "chair"\n[aid.consult.2022-02-01]\nby = "council"\n',
        '[aid.consult]\nby = "chair"\n[aid.consult.2022-02-01]\nrepealed = true\n',
        '[aid.consult]\nby = "council"\n[aid.consult.2022-02-01]\nby = "chair"\n',
        '[aid.consult]\nby = "chair"\nfrom = 2022-02-01\n',
    ],
    ids=["power lost", "repealed", "power gained", "begun"],
)
def test_an_act_across_a_change_of_the_text_is_judged_by_both(acts):
    consult = do("e2", "aid.consult", "2022-01-31/2022-02-02", by="pact/chair")
    base = Reading(pact(acts), ask(), consult)
    other = Reading(pact(acts), ask(), consult, turned=frozenset({"e2"}))
    assert "version unsure" in base.codes("e2")
    assert "version unsure" in other.codes("e2")
    first_text_allows = acts.startswith('[aid.consult]\nby = "chair"\n[')
    assert base.verdict("e2")[1] is first_text_allows
    assert other.verdict("e2")[1] is not first_text_allows


def test_a_change_that_makes_no_difference_is_not_remarked():
    acts = '[aid.consult]\nby = "chair"\n[aid.consult.2022-02-01]\nby = ["chair", "council"]\n'
    consult = do("e2", "aid.consult", "2022-01-31/2022-02-02", by="pact/chair")
    assert Reading(pact(acts), ask(), consult).verdict("e2") == ([], True)


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        ("2022-01-24", []),
        ("2022-01-25", ["version unsure"]),
        ("2022-02-05", ["version unsure"]),
        ("2022-02-06", []),
        ("2022-01-01/2022-01-25", []),  # through the 24th
    ],
)
def test_a_change_whose_day_is_not_known_makes_what_lies_there_unsure(at, codes):
    acts = '[aid.consult]\nby = "chair"\n[aid.consult.2022-02-01]\nby = ["chair"]\n'
    acts += 'unsure = "2022-01-25/2022-02-05"\n'
    consult = do("e2", "aid.consult", at, by="pact/chair")
    reading = Reading(pact(acts), ask("2021-12-01"), consult)
    assert reading.verdict("e2") == (codes, True)
    turned = Reading(pact(acts), ask("2021-12-01"), consult, turned=frozenset({"e2"}))
    assert turned.verdict("e2") == (codes, not codes)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("offices.chair", 'held_by = "first"'),
        ("grounds.attack", 'elements = ["attack"]'),
        ('articles."T 2"', 'says = "Still more."'),
        ("rules.consensus", 'carry = "unanimity"'),
    ],
)
def test_an_act_is_unsure_with_every_table_on_which_it_rests(table, line):
    acts = """
[aid.find]
art    = "T 2"
by     = ["chair", "council"]
decide = "consensus"
on     = "attack"
[aid.thank]
by = "member"
"""
    acts += f'[{table}.2022-01-06]\n{line}\nunsure = "2022-01-04/2022-01-07"\n'
    rests = {"basis": ("T 2",), "grounds": {"attack": "asserted"}}
    find = decide("e2", "aid.find", by="pact/chair", **rests)
    thank = do("e3", "aid.thank", basis=("T 1",))
    reading = Reading(pact(acts), ask("2022-01-01"), find, thank)
    assert reading.verdict("e2") == (["version unsure"], True)
    assert reading.verdict("e3") == ([], True)


# ---------------------------------------------------------------------------- ripening

RIPE = SENDING.replace("[aid.end]", 'duty = { notify = "2 days" }\n[aid.end]')
RIPE += """
[aid.notify]
by = "member"
[aid.determine]
by = "member"
[aid.comply]
by = "subject"
[aid.circulate]
by    = "chair"
lapse = { determine = "2 days" }
"""


def waiting(ripens, unless=None):
    return decide("e2", "aid.grant", ripens=ripens, unless=unless)


def test_until_a_decision_ripens_nothing_is_owed_or_in_force():
    reading = Reading(pact(RIPE), ask(), waiting("aid.determine"))
    assert reading.verdict("e2") == ([], True)
    assert reading.rows("waiting") == ["grant pact/council"]
    assert (reading.rows("in_force"), reading.rows("must")) == (["ask AA"], [])
    follow = do("e3", "aid.consent", "2022-01-06T10:00Z", by="BB")
    reading = Reading(pact(RIPE), ask(), waiting("aid.determine"), follow)
    assert reading.codes("e3") == ["not open"]


@pytest.mark.parametrize("name", ["determine", "aid.determine"])
def test_it_ripens_with_the_act_it_waits_for_and_owes_from_then_on(name):
    then = do("e3", "aid.determine", "2022-01-20T10:00Z")
    until = "2022-01-20T12:00Z"
    reading = Reading(pact(RIPE), ask(), waiting(name), then, until=until)
    assert reading.rows("waiting") == []
    assert "grant pact/council" in reading.rows("in_force")
    assert reading.rows("must")[0] == "notify AA 2022-01-22T18:00"


def test_what_time_does_ripens_too():
    circulate = do("e3", "aid.circulate", "2022-01-06T10:00Z", by="pact/chair")
    reading = Reading(pact(RIPE), ask(), waiting("determine"), circulate)
    assert "grant pact/council" in reading.rows("in_force")


def test_it_ripens_at_once_with_what_was_done_before():
    before = do("e3", "aid.determine", "2022-01-05T11:00Z")
    reading = Reading(pact(RIPE), ask(), before, waiting("determine"))
    assert "grant pact/council" in reading.rows("in_force")


def test_it_ripens_at_its_instant():
    instant = read_instant("2022-01-19T00:00Z")
    charter = pact(RIPE)
    for until, is_ripe in (
        ("2022-01-18T23:59:59Z", False),
        ("2022-01-19T00:00Z", True),
    ):
        reading = Reading(charter, ask(), waiting(instant), until=until)
        assert ("grant pact/council" in reading.rows("in_force")) is is_ripe
    reading = Reading(charter, ask(), waiting(instant), until="2022-01-20T00:00Z")
    assert reading.rows("must")[0] == "notify AA 2022-01-21T18:00"


def test_an_instant_already_past_gives_effect_from_the_decision_on():
    instant = read_instant("2022-01-01T00:00Z")
    reading = Reading(pact(RIPE), ask(), waiting(instant), until="2022-01-06T00:00Z")
    assert reading.rows("must")[0] == "notify AA 2022-01-07T18:00"


def test_if_what_stands_under_unless_is_done_first_it_never_ripens():
    comply = do("e3", "aid.comply", "2022-01-10T10:00Z")
    then = do("e4", "aid.determine", "2022-01-20T10:00Z")
    reading = Reading(pact(RIPE), ask(), waiting("determine", "comply"), comply, then)
    assert (reading.rows("waiting"), reading.rows("in_force")) == ([], ["ask AA"])
    too_late = do("e5", "aid.comply", "2022-01-21T10:00Z")
    reading = Reading(pact(RIPE), ask(), waiting("determine", "comply"), then, too_late)
    assert "grant pact/council" in reading.rows("in_force")


def test_clocks_and_instants_take_their_turn_by_day():
    acts = RIPE.replace('while  = "ask"\n', 'while  = "ask"\nends = "circulate"\n', 1)
    circulate = do("e3", "aid.circulate", "2022-01-05T13:00Z", by="pact/chair")
    first = read_instant("2022-01-06T00:00Z")  # before the two days are over
    reading = Reading(pact(acts), ask(), waiting(first), circulate)
    assert all(v.doing.act != "aid.determine" for v in reading.state.verdicts)


def test_a_decision_that_ripens_is_of_the_text_of_its_adoption():
    acts = RIPE + '[aid.grant.2022-02-01]\nduty = { determine = "2 days" }\n'
    then = do("e3", "aid.determine", "2022-02-10T10:00Z")
    until = "2022-02-11T00:00Z"
    reading = Reading(pact(acts), ask(), waiting("determine"), then, until=until)
    assert {row.split()[0] for row in reading.rows("must")} == {"notify"}


# ------------------------------------------------------------------------------- as of


def test_what_may_have_begun_counts_and_says_that_it_may_not_have_happened_yet():
    asked = ask("2022-01-05/2022-01-09")
    reading = Reading(pact(SENDING), asked, until="2022-01-05T12:00Z")
    (row,) = reading.standing["e1/1"].in_force
    assert row.note == "may not have happened yet"
    assert Reading(pact(SENDING), asked, until="2022-01-04T17:59:59Z").standing == {}


# ------------------------------------------------------------- a time that is not known


def test_an_act_of_an_unknown_time_is_judged_by_the_last_text_that_it_may_be_of():
    acts = '[aid.consult]\nby = "council"\n[aid.consult.2022-01-01]\nby = "chair"\n'
    consult = do("e2", "aid.consult", "unknown", by="pact/chair")
    known = replace(consult, at=Moment(ALWAYS, read_instant("2022-01-10T00:00Z")))
    reading = Reading(pact(acts), ask(), known, until="2022-01-11T00:00Z")
    assert reading.verdict("e2") == ([], True)


def test_what_is_owed_because_of_it_has_no_first_day_but_a_last():
    owing = ("opens = true", 'opens = true\nduty = { answer = "24 hours" }')
    charter = pact('[aid.answer]\nby = "each other member"\n', owing)
    asked = replace(ask(), at=Moment(ALWAYS, read_instant("2022-01-10T00:00Z")))
    reading = Reading(charter, asked, until="2022-01-10T12:00Z")
    rows = reading.standing["e1/1"].may_be_late
    assert [row.by for row in rows] == ["BB", "CC"]
    assert {row.due for row in rows} == {Due(ALWAYS, read_instant("2022-01-11T00:00Z"))}


def test_what_time_did_because_of_it_may_itself_owe():
    acts = """
[aid.offer]
by    = "member"
lapse = { give = "24 hours" }
[aid.give]
by    = "time"
lasts = "2 days"
"""
    offer = do("e2", "aid.offer")
    offer = replace(offer, at=Moment(ALWAYS, read_instant("2022-01-10T00:00Z")))
    reading = Reading(pact(acts), ask("2022-01-01"), offer, until="2022-01-12T00:00Z")
    assert reading.rows("in_force") == ["give time 2022-01-13T18:00", "offer AA"]


# ------------------------------------------------------------------------------- keys


def test_what_is_signed_with_a_key_in_doubt_is_contested_both_ways():
    asked = ask(contested="the key was revoked from e4 on")
    reading = Reading(pact(SENDING), asked)
    assert reading.verdict("e1") == (["contested key"], True)
    assert reading.text("e1", "contested key") == "the key was revoked from e4 on"
    turned = Reading(pact(SENDING), asked, turned=frozenset({"e1"}))
    assert turned.verdict("e1") == (["contested key"], False)
    assert turned.standing == {}


def test_a_matter_that_only_the_later_text_lets_open_has_its_name_when_turned():
    begun = ("[aid.ask]", "[aid.ask]\nfrom = 2022-02-01")
    asked = ask("2022-01-31/2022-02-02")
    turned = Reading(pact(SENDING, begun), asked, turned=frozenset({"e1"}))
    (verdict,) = turned.state.verdicts
    assert (verdict.has_effect, verdict.matter) == (True, "e1/1")
    (verdict,) = Reading(pact(SENDING, begun), asked).state.verdicts
    assert (verdict.has_effect, verdict.matter) == (False, None)
