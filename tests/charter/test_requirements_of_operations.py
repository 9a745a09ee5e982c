"""What real treaties need to say, 18 to 34: one promise a test, on a charter that needs it."""

from peyman.charter.model import Several
from tests.charter.practice import act, all_of, law, read, read_day


def version(name, day="2023-01-01"):
    return law(name).on(read_day(day))


def crisis(*doings, until="2030-01-01T00:00Z"):
    """The Gambia: a crisis raised, and what was done in it."""
    first = act(
        "e1", "crisis.raise", "2016-12-10T10:00Z", "ecowas/authority", subject="GM"
    )
    return read("ecowas", first, *doings, until=until)


def authorize(entry="e2", at="2016-12-17T18:00Z", **fields):
    states = {
        "tasks": "to enforce",
        "term": "3 months",
        "ceiling": 7000,
        "commander": "SN",
    }
    ballots = all_of("ecowas", "authority", at, GM=None)
    fields = {"states": states, "ballots": ballots, **fields}
    return act(entry, "crisis.authorize_above", at, "ecowas/authority", **fields)


ORDER = act(
    "e3", "crisis.order_entry", "2017-01-19T17:00Z", "ecowas/chair_of_the_authority"
)
ENTER = act("e4", "crisis.enter", "2017-01-19T18:00Z", "SN")


def test_18_a_conditional_decision_ripens_on_a_later_finding():
    def invoked(*more, until):
        invoke = act(
            "e1", "defence.invoke", "2001-09-12T19:00Z", "nato/council", subject="US",
            basis=("W 5",), grounds={"armed_attack": "asserted"}, ripens="determine",
            ballots=all_of("nato", "council", "2001-09-12"),
        )  # fmt: skip
        return read("nato", invoke, *more, until=until)

    assert invoked(until="2001-09-20T00:00Z").rows("must") == []
    found = act(
        "e2", "defence.determine", "2001-10-02T12:00Z", "nato/council",
        grounds={"armed_attack": "asserted"}, ballots=all_of("nato", "council", "2001-10-02"),
    )  # fmt: skip
    ripe = invoked(found, until="2001-10-03T00:00Z")
    assert "nato.defence.report US 2001-10-03T12:00" in ripe.rows("must")
    waits = authorize(ripens=1484784000, unless="crisis.comply")
    assert [
        r[:33] for r in crisis(waits, until="2017-01-01T00:00Z").rows("waiting")
    ] == ["ecowas.crisis.authorize_above eco"]
    comply = act("e3", "crisis.comply", "2017-01-10T10:00Z", "GM")
    assert crisis(waits, comply).rows("in_force") == [
        "ecowas.crisis.raise ecowas/authority"
    ]


def test_19_a_ladder_of_acts_each_of_its_own_and_a_pause_sends_nobody_home():
    assert "not open" in crisis(ORDER).codes("e3")  # nothing is authorized
    assert "not open" in crisis(authorize(), ENTER).codes("e4")  # entry is not ordered
    pause = act(
        "e5", "crisis.pause", "2017-01-19T21:00Z", "ecowas/chair_of_the_authority"
    )
    paused = crisis(authorize(), ORDER, ENTER, pause, until="2017-01-20T00:00Z")
    assert not [r for r in paused.rows("must") if "withdraw" in r]
    again = act("e6", "crisis.enter", "2017-01-19T22:00Z", "NG")
    assert "not open" in crisis(authorize(), ORDER, ENTER, pause, again).codes("e6")


def test_20_two_authorities_two_clocks_and_a_force_that_needs_both():
    body, at = "au/peace_and_security_council", "2007-01-19T10:00Z"
    states = {"tasks": "peace support", "term": "6 months", "ceiling": 8000}
    mission = [
        act("e1", "mission.bring", "2007-01-08T10:00Z", "au/chair_of_the_commission", subject="SO"),
        act(
            "e2", "mission.authorize", at, body, states=states,
            ballots=all_of("au", "peace_and_security_council", at),
        ),
    ]  # fmt: skip
    un = act(
        "e3", "mission.un_authorizes", "2007-02-20T10:00Z", "au/un",
        states={"term": "2007-06-01", "ceiling": "not shown"},
    )  # fmt: skip
    deploy = act("e4", "mission.deploy", "2007-03-06T10:00Z", "UG")
    assert "not open" in read("au", *mission, deploy).codes("e4")
    reading = read("au", *mission, un, deploy, until="2007-06-10T00:00Z")
    assert "not open" not in reading.codes("e4")
    assert [r for r in reading.rows("must") if "UG" in r] == ["au.mission.withdraw UG"]
    assert [r for r in reading.rows("in_force") if "authorize" in r] == [
        "au.mission.authorize au/peace_and_security_council 2007-07-19T21:00"
    ]


def test_21_each_may_help_at_once_until_the_organ_decides():
    ask = act("e1", "attack.ask", "1982-05-01T10:00Z", "AR")
    first = act("e2", "attack.help_at_once", "1982-05-02T10:00Z", "PE")
    decide = act(
        "e3", "attack.decide_measures", "1982-05-29T10:00Z", "rio/organ_of_consultation",
        states={"measures": "none by force"},
        ballots=all_of("rio", "organ_of_consultation", "1982-05-29"),
    )  # fmt: skip
    late = act("e4", "attack.help_at_once", "1982-06-01T10:00Z", "VE")
    reading = read("rio", ask, first, decide, late)
    assert reading.verdict("e2") == ([], True)
    assert reading.codes("e4") == ["too late"]


def test_22_how_far_each_is_bound_is_told_measure_by_measure():
    ballots = all_of(
        "rio", "organ_of_consultation", "1965-05-06", MX="no", UY="no", CL="no"
    )
    asked = [
        act("e1", "consultation.request", "1965-05-01T10:00Z", "US", subject="DO", to=("rio/permanent_council",)),
        act(
            "e2", "consultation.convene", "1965-05-02T10:00Z", "rio/permanent_council",
            ballots=all_of("rio", "permanent_council", "1965-05-02"),
        ),
        act("e3", "consultation.meet", "1965-05-05T10:00Z", "rio/organ_of_consultation"),
        act("e4", "consultation.inform_un", "1965-05-05T12:00Z", "US", to=("rio/un",)),
    ]  # fmt: skip
    force = act(
        "e5",
        "consultation.force",
        "1965-05-06T10:00Z",
        "rio/organ_of_consultation",
        ballots=ballots,
    )
    reading = read("rio", *asked, force, until="1965-05-07T00:00Z")
    (row,) = [r for r in reading.standing["e1/1"].in_force if "force" in r.act]
    assert "binds AR, BO, BR" in row.note
    assert "MX" not in row.note
    assert (
        version("nato").act("defence.invoke").binds == "all, each as it deems necessary"
    )
    assert version("emac").act("aid.decline").by == ("each other member",)


def test_23_from_the_mandate_through_national_consent_to_the_deployment():
    ask = act(
        "e1", "assistance.request", "2022-01-05T17:00Z", "KZ", to=("csto/council",)
    )
    mandate = act("e2", "assistance.mandate", "2022-01-06T01:00Z", "csto/council")
    early = act("e3", "assistance.deploy", "2022-01-06T10:00Z", "KG")
    consent = act(
        "e4",
        "assistance.consent",
        "2022-01-07T06:00Z",
        "KG",
        states={"caveat": "no rallies"},
    )
    deploy = act("e5", "assistance.deploy", "2022-01-07T09:00Z", "KG")
    other = act("e6", "assistance.deploy", "2022-01-07T09:00Z", "TJ")
    reading = read("csto", ask, mandate, early, consent, deploy, other)
    assert [("too early" in reading.codes(e)) for e in ("e3", "e5", "e6")] == [
        True,
        False,
        True,
    ]


def test_24_a_mandate_states_its_fields_and_what_is_left_open_is_a_finding():
    ask = act(
        "e1", "assistance.request", "2022-01-05T17:00Z", "KZ", to=("csto/council",)
    )
    states = {"tasks": "to guard", "term": "unspecified", "ceiling": "not shown"}
    mandate = act(
        "e2", "assistance.mandate", "2022-01-06T01:00Z", "csto/council", states=states
    )
    name = act(
        "e3", "assistance.name_commander", "2022-01-06T12:00Z", "csto/defence_ministers",
        states={"commander": "RU"},
    )  # fmt: skip
    reading = read("csto", ask, mandate, name, until="2022-01-07T00:00Z")
    assert {"unspecified", "not read", "form"} <= set(reading.codes("e2"))
    (effect,) = reading.state.matters["e1/1"].in_force("assistance.mandate")
    assert (effect.facts["commander"], effect.amended_by) == ("RU", ("e3/1",))


def contract(*more, until="2005-12-31T00:00Z"):
    states = dict.fromkeys(
        ("function", "amount", "length of time", "place", "contact"), "told"
    )
    return read(
        "emac",
        act("e1", "aid.declare", "2005-08-26T18:00Z", "US-LA"),
        act("e2", "aid.ask", "2005-08-28T12:00Z", "US-LA", form="writing", states=states),
        act("e3", "contract.offer", "2005-08-28T18:00Z", "US-TX", states={"amount": "60", "price": "x"}),
        act("e4", "contract.accept", "2005-08-28T20:00Z", "US-LA", "e3/1", states={"mission": "rescue"}),
        act("e5", "contract.send", "2005-08-29T20:00Z", "US-TX", "e3/1"),
        *more,
        until=until,
    )  # fmt: skip


def test_25_an_end_by_day_by_event_by_condition_and_by_whichever_is_longer():
    end = act("e6", "aid.end_emergency", "2005-10-25T18:00Z", "US-LA")
    home = act("e7", "contract.bring_home", "2005-11-05T18:00Z", "US-TX", "e3/1")

    def accepted(*more):
        return [r for r in contract(*more).rows("in_force", "e3/1") if "accept" in r]

    assert accepted(end) == ["emac.contract.accept US-LA"]  # loaned resources remain
    assert accepted(home) == [
        "emac.contract.accept US-LA"
    ]  # the emergency is in effect
    assert accepted(end, home) == []
    lapse = version("emac").act("leaving.notice").lapse["leaving.leave"]
    assert lapse == Several("later", ("repeal in force", "30 days"))
    assert version("eu").act("civil.ask").lasts == Several(
        "earlier", ("until", "90 days")
    )


def test_26_a_host_that_takes_back_its_consent_is_owed_the_withdrawal():
    see = act("e1", "defence.see_danger", "2011-03-13T10:00Z", "BH")
    request = act("e2", "defence.request", "2011-03-13T12:00Z", "BH")
    send = act("e3", "defence.send", "2011-03-14T10:00Z", "SA")
    back = act("e4", "defence.take_back_request", "2011-06-01T10:00Z", "BH")
    standing = read("gcc", see, request, send).rows("must")
    assert not [r for r in standing if "withdraw" in r]
    owed = read("gcc", see, request, send, back).rows("must")
    assert "gcc.defence.withdraw SA" in owed
    assert "intervention.request" not in str(
        version("au").act("intervention.enter").meanwhile
    )


def test_27_a_mandate_and_the_emergency_of_the_host_run_on_clocks_of_their_own():
    states = {"area": "Almaty", "term": "2022-01-19", "measures": "curfew"}
    declare = act(
        "e1", "emergency.declare", "2022-01-05T00:00Z", "kazakhstan/president",
        form="local", states=states,
    )  # fmt: skip
    home = read("kazakhstan", declare, until="2022-01-20T00:00Z")
    assert home.rows("in_force") == []
    ask = act(
        "e1", "assistance.request", "2022-01-05T17:00Z", "KZ", to=("csto/council",)
    )
    mandate = act("e2", "assistance.mandate", "2022-01-06T01:00Z", "csto/council")
    treaty = read("csto", ask, mandate, until="2022-01-20T00:00Z")
    assert [r for r in treaty.rows("in_force") if "mandate" in r]


def test_28_a_notice_has_an_addressee_a_day_and_may_be_due_before_the_measure():
    ballots = all_of("rio", "organ_of_consultation", "1990-01-08")
    asked = [
        act("e1", "consultation.request", "1990-01-01T10:00Z", "US", to=("rio/permanent_council",)),
        act("e2", "consultation.convene", "1990-01-02T10:00Z", "rio/permanent_council", ballots=ballots),
        act("e3", "consultation.meet", "1990-01-05T10:00Z", "rio/organ_of_consultation"),
    ]  # fmt: skip
    measure = act(
        "e4", "consultation.measures", "1990-01-08T10:00Z", "rio/organ_of_consultation",
        ballots=ballots, states={"measures": "recall"},
    )  # fmt: skip
    told = act(
        "e5", "consultation.inform_un", "1990-01-07T10:00Z", "US", to=("rio/un",)
    )
    assert "too early" in read("rio", *asked, measure).codes("e4")
    reading = read("rio", *asked, told, measure, until="1990-01-09T00:00Z")
    assert reading.verdict("e4")[1]
    assert "rio.consultation.inform_un US 1990-01-09T10:00" in reading.rows("must")
    assert version("un").act("regional.contemplate").every == {
        "regional.inform": "at all times"
    }


def test_29_own_leaders_the_hosts_control_and_powers_save_arrest():
    (effect,) = contract().state.matters["e3/1"].in_force("contract.accept")
    assert effect.facts["leaders"] == "the sender's"
    assert effect.facts["operational control"] == "the host's"
    assert effect.facts["powers"] == "as the host's forces, save arrest"
    (row,) = [r for r in contract().standing["e3/1"].in_force if "accept" in r.act]
    assert "leaders: the sender's, by the text" in row.note
    take = version("kazakhstan").act("operation.take_foreign_units")
    assert take.by == ("head_of_the_operational_headquarters",)


def test_30_a_bill_makes_the_host_owe_and_the_helper_may_waive():
    bill = act(
        "e6",
        "contract.bill",
        "2005-12-01T18:00Z",
        "US-TX",
        "e3/1",
        states={"amount": 120},
    )
    waive = act("e7", "contract.waive_costs", "2005-12-02T18:00Z", "US-TX", "e3/1")
    owed = contract(bill).rows("must", "e3/1")
    assert owed == ["emac.contract.pay US-LA 2006-04-01T05:00"]
    assert contract(bill, waive).rows("must", "e3/1") == []


def test_31_what_a_higher_norm_asks_is_disputed_and_both_readings_are_kept():
    reading = crisis(authorize(), ORDER, ENTER)
    text = reading.text("e4", "disputed limit")
    assert "whether U 53 asks for it is disputed" in text
    for side in version("ecowas").limits["enforcement"].disputed:
        assert side["en"] in text
    un = act(
        "e5", "crisis.un_authorizes", "2017-01-19T12:00Z", "ecowas/un",
        states={"ceiling": "none", "term": "1 year"},
    )  # fmt: skip
    assert "disputed limit" not in crisis(authorize(), un, ORDER, ENTER).codes("e4")
    assert {"au", "ecowas", "gcc", "rio", "un"} <= {
        name for name in ("au", "ecowas", "gcc", "rio", "un") if version(name).limits
    }


def test_32_refusal_other_help_and_the_beneficiarys_own_veto_are_outcomes():
    ask = act(
        "e1", "assistance.request", "2022-09-13T10:00Z", "AM", to=("csto/council",)
    )
    ballots = all_of("csto", "council", "2022-11-23", AM="no")
    other = act(
        "e2", "assistance.grant_other_help", "2022-11-23T12:00Z", "csto/council",
        ballots=ballots, states={"what": "a mission"},
    )  # fmt: skip
    reading = read("csto", ask, other)
    assert "objection of AM (the subject itself)" in reading.text("e2", "not carried")
    refuse = act(
        "e3", "assistance.refuse", "2022-11-23T13:00Z", "csto/council",
        ballots=all_of("csto", "council", "2022-11-23"),
    )  # fmt: skip
    assert not [r for r in read("csto", ask, refuse).rows("must") if "consult" in r]


def test_33_what_somebody_says_of_a_ground_is_a_claim_until_the_right_one_speaks():
    """Speakers, corrections and deletions are of the record: tests/case and tests/picture."""
    ask = act(
        "e1", "assistance.request", "2022-01-05T17:00Z", "KZ", to=("csto/council",),
        grounds={"armed_attack": "asserted"},
    )  # fmt: skip
    words = read("csto", ask).state.matters["e1/1"].words
    assert [(word.by, word.decides) for word in words] == [("KZ", False)]


def test_34_leaving_takes_notice_and_what_is_owed_stays_owed():
    notice = act(
        "e1", "leaving.notice", "2012-01-01T10:00Z", "US", to=("nato/depositary",)
    )
    before = act(
        "e2",
        "consultation.invoke",
        "2012-12-31T10:00Z",
        "US",
        None,
        to=("nato/council",),
    )
    after = act(
        "e3",
        "consultation.invoke",
        "2013-01-02T10:00Z",
        "US",
        None,
        to=("nato/council",),
    )
    reading = read("nato", notice, before, after)
    assert [("no power" in reading.codes(e)) for e in ("e2", "e3")] == [False, True]
    bill = act(
        "e6",
        "contract.bill",
        "2005-12-01T18:00Z",
        "US-TX",
        "e3/1",
        states={"amount": 120},
    )
    leave = act(
        "l1", "leaving.notice", "2005-12-02T18:00Z", "US-LA", None, form="writing",
        to=("emac/governors",), states={"repeal in force": "2005-12-10"},
    )  # fmt: skip
    reading = contract(bill, leave, until="2006-02-01T00:00Z")
    assert (
        reading.state.verdicts[-1].doing.at.lo == 1136178000
    )  # 30 days: the later one
    assert reading.rows("must", "e3/1") == ["emac.contract.pay US-LA 2006-04-01T05:00"]
