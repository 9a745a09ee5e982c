import pytest

from peyman.case.entering.admit import admit
from peyman.case.entering.draft import Draft
from peyman.case.entering.proposals import proposal_name
from peyman.charter.moment import show
from peyman.errors import PeymanError
from tests.builders import REPORT_EN, SPAN
from tests.case.small import Record, name_of
from tests.case.test_admit import BALLOT, CLAIM, MANDATE, REQUEST, refused


@pytest.fixture
def record():
    """A source, a claim and a request, in e0 to e2."""
    made = Record().source()
    made.add("c", "claim", span=SPAN, **CLAIM)
    return made.act("r", REQUEST, at="2022-01-05")


@pytest.mark.parametrize("signer", ["XA", "xa/mission"])
def test_a_performed_ballot_is_signed_by_its_member(signer):
    made = Record(kept="live").act("r", REQUEST, at="2022-01-05")
    said = {"known_as": "performed", **BALLOT}
    for other in ("XB", "pact/chair", "peyman/registrar", "xab/mission"):
        assert refused(made.add, "b", "ballot", signer=other, **said) == [
            f"{other} signs a ballot that XA casts.",
            "docs/record.md, section 1: only the office that acts signs its act",
            "Sign as XA, or enter the ballot as documented or reported.",
        ]
    made.add("b", "ballot", signer=signer, **said)


def test_a_performed_act_of_a_live_case_lists_no_ballots():
    said = {**MANDATE, "ballots": {"XA": "yes"}}
    performed = {"known_as": "performed", "signer": "pact/council"}
    made = Record(kept="live").act("r", REQUEST, at="2022-01-05")
    assert refused(made.act, "m", said, **performed) == [
        "pact/council performs help.mandate and lists its ballots itself.",
        "docs/record.md, section 3: an act gathers the ballots that were entered",
        "Leave `ballots` out: each member enters its own ballot before the act.",
    ]
    made.act("m", said, at="2022-01-05")
    made.act("m2", MANDATE, **performed)
    Record().act("r", REQUEST, at="2022-01-05").act("m", said, **performed)


@pytest.mark.parametrize("at", ["2022-01-04", "2022-01-05T00:59:59Z", "1999-01-01"])
def test_a_performed_entry_is_performed_when_it_is_entered(at):
    made = Record(kept="live")
    said = {"known_as": "performed", "signer": "XA"}
    problem, authority, remedy = refused(made.act, "r", REQUEST, at=at, **said)
    assert problem == (
        f"A performed entry says {at}, and is performed when it is entered,"
        " 2022-01-05T01:00:00Z."
    )
    assert authority == "docs/record.md, section 4: two clocks"
    assert remedy == (
        "Leave `at` out, or enter it as documented or reported. If another machine"
        " signed it, set its clock right, and sign it again there."
    )
    now = "2022-01-05T01:00:00Z"
    made.act("r", REQUEST, entered=now, at="2022-01-05", **said)
    made.act("q", REQUEST, entered=now, at=now, **said)


@pytest.mark.parametrize("known_as", ["performed", "reported"])
def test_a_zone_is_one_that_exists_whether_or_not_a_day_needs_it(known_as):
    made = Record(kept="live")
    said = {"known_as": known_as, "zone": "Asia/Alma", "signer": "XA"}
    assert refused(made.act, "r", REQUEST, **said)[0] == (
        "There is no time zone 'Asia/Alma'."
    )


def test_a_matter_and_the_claims_of_a_status_are_cited(record):
    matter = f"{name_of('r')}/1"
    status = {"place": "almaty", "status": "closed", "claims": [name_of("c")]}
    for kind, body, field in (
        ("act", {"acts": [{"under": "pact", **MANDATE, "matter": matter}]}, "matter"),
        ("ballot", {**BALLOT, "matter": matter}, "matter"),
        ("status", status, "claim"),
    ):
        draft = Draft(kind, "reported", "2022-01-05", None, (), dict(body))
        with pytest.raises(PeymanError) as caught:
            admit(record.case, record.entry("x", draft))
        assert f"as its {field} and does not cite it." in caught.value.problem


def test_a_claim_bears_the_name_of_its_own_proposal_and_of_no_other(record):
    start = REPORT_EN.index(SPAN)
    own = proposal_name(name_of("s"), start, start + len(SPAN), "movement")
    said = {**CLAIM, "span": SPAN, "type": "movement"}
    record.add("c2", "claim", proposal=own, **said)
    other = proposal_name(name_of("s"), start, start + len(SPAN), "")
    for changed in ({"proposal": other}, {"proposal": own, "type": "request"}):
        assert refused(record.add, "c3", "claim", **{**said, **changed}) == [
            f"The claim says that it accepts the proposal {changed['proposal']}, and is"
            " not it.",
            "docs/record.md, section 6: what a proposal is called",
            "Leave `proposal` out, or accept it with `peyman accept`.",
        ]
    refused(record.add, "c3", "claim", **CLAIM, proposal=own)


@pytest.mark.parametrize(
    "term", ["9999 years", "990 years", "10000 hours", "99999 months"]
)
def test_a_term_that_cannot_be_reckoned_is_refused(record, term):
    for said in (term, {"value": term, "words": "long"}):
        mandate = {**MANDATE, "states": {"term": said}}
        problem, authority, _ = refused(record.act, "m", mandate, at="2022-01-05")
        when = f"from {show(record.clock)} ends beyond the calendar."
        assert problem in (f"{term} {when}", f"term = {term!r} {when}")
        assert authority == "docs/charter-language.md, section 7: spans"


def test_a_day_that_is_none_is_no_term(record):
    mandate = {**MANDATE, "states": {"term": "2022-02-30"}}
    problem, *_ = refused(record.act, "m", mandate, at="2022-01-05")
    assert problem == "'2022-02-30' is not a date."
