"""The situation and the force through forms: what is typed is what the entry says."""

import pytest
from django.urls import reverse

from peyman.charter.moment import show
from peyman.web import demo
from tests.web.test_enter import REQUEST, address, entered, last, page_of, size

KNOWN = {"known_as": "reported", "at": "2026-01-06", "cites": ""}
SERIAL = {
    **KNOWN,
    "serial": "IN-RU-1",
    "state": "reported",
    "direction": "in",
    "mode": "air",
    "member": "RU",
    "from": "ru",
    "to": "almaty-airport",
}
PLEDGE = {
    "known_as": "performed",
    "member": "KZ",
    "what": "A company",
    "state": "offered",
}
REQUIREMENT = {
    **KNOWN,
    "line": "Guard of facilities",
    "capability": "guard of a fixed facility",
    "quantity": "5",
    "unit": "facilities",
    "place": "kz",
    "priority": "1",
}
MEASURE = {**KNOWN, "what": "A curfew", "by": "kazakhstan/president"}
STRENGTH = {**KNOWN, "member": "all", "people": "2030"}


@pytest.fixture
def claimed(sign_in):
    """A case of one report and one claim; what gives the client of its analyst."""
    client = sign_in("analyst")
    client.post(
        reverse("add-report", args=(demo.SLUG,)),
        {"text": "Press service: the airport is closed.\n", "published": "2026-01-05"},
    )
    source = last()
    claim = {
        "source": source.commitment,
        "words": "the airport is closed",
        "says": "The airport is closed.",
        "speakers": "press service",
        "form": "announcement",
        "type": "facility_status",
        "place": "almaty-airport",
        "status": "closed",
        "ground-0": "for",
    }
    entered(client, "claim", claim)
    return client


def mandated(sign_in):
    """A request, and a mandate that was announced; the entry of the mandate."""
    entered(sign_in("kz"), "act", REQUEST)
    matter = f"{last().commitment}/1"
    entered(
        sign_in("secretary"),
        "act",
        {
            "act": "csto.assistance.mandate",
            "matter": matter,
            "known_as": "documented",
            "by": "csto/council",
            "announced_by": "csto/chair",
            "fact-0": "guard facilities\r\nassist the police",
            "at": show(last().entered),
        },
    )
    return last()


@pytest.mark.parametrize(
    ("who", "kind", "typed", "said"),
    [
        (
            "analyst",
            "serial",
            {
                **SERIAL,
                "flights": "۱۲",
                "people": "70–100",
                "types": "Il-76: ۵\r\n",
                "outcome": "late",
                "tonnes": "40",
            },
            {
                **{n: SERIAL[n] for n in SERIAL if n not in KNOWN},
                "flights": 12,
                "people": {"low": 70, "high": 100},
                "types": {"Il-76": 5},
                "outcome": "late",
                "tonnes": 40,
            },
        ),
        (
            "kz",
            "pledge",
            {
                **PLEDGE,
                "people": "200-",
                "caveats": "no rallies\r\n\r\nno nights",
                "package": "guard-company",
                "tonnes": "۱۵۰",
                "from": "kant",
                "ready": "2026-02-01",
                "expires": "2026-03-01",
                "pledge": "KZ-1",
                "capabilities": "guard of a fixed facility: 2",
                "lift": "Il-76: 3",
                "not_for": "patrol and escort",
            },
            {
                **{n: PLEDGE[n] for n in ("member", "what", "state")},
                "people": {"low": 200},
                "caveats": ["no rallies", "no nights"],
                "package": "guard-company",
                "tonnes": 150,
                "from": "kant",
                "ready": "2026-02-01",
                "expires": "2026-03-01",
                "pledge": "KZ-1",
                "capabilities": {"guard of a fixed facility": 2},
                "lift": {"Il-76": 3},
                "not_for": ["patrol and escort"],
            },
        ),
        (
            "secretary",
            "requirement",
            {**REQUIREMENT, "required": "2026-02-01 18:00", "people": "500"},
            {
                **{n: REQUIREMENT[n] for n in ("line", "capability", "unit", "place")},
                "quantity": 5,
                "priority": 1,
                "people": 500,
                "required": "2026-02-01T18:00:00+05:00",
            },
        ),
        (
            "analyst",
            "measure",
            {**MEASURE, "where-0": "almaty", "where-2": "almaty", "from": "2026-01-05"},
            {
                "what": "A curfew",
                "by": "kazakhstan/president",
                "where": ["almaty"],
                "from": "2026-01-05",
            },
        ),
        (
            "analyst",
            "strength",
            {**STRENGTH, "vehicles": "-250"},
            {"member": "all", "people": {"value": 2030}, "vehicles": {"high": 250}},
        ),
    ],
    ids=["serial", "pledge", "requirement", "measure", "strength"],
)
def test_an_entry_says_what_was_typed_and_no_more(sign_in, who, kind, typed, said):
    entered(sign_in(who), kind, typed)
    assert (last().kind, last().body) == (kind, said)
    assert last().known_as == typed["known_as"]


def test_a_status_rests_on_the_claims_from_which_it_is_read(claimed):
    claim = last()
    form = page_of(claimed.get(address("status"), {"claim": claim.name}))
    assert f'name="claims" value="{claim.name}"' in form
    typed = {**KNOWN, "place": "almaty-airport", "status": "closed", "claims": "e9"}
    entered(claimed, "status", typed)
    assert last().cites == (claim.commitment,)
    assert last().body["since"] == "2026-01-06"


def test_a_claim_says_of_a_place_and_of_a_ground_what_the_form_asked(claimed):
    body = last().body
    assert body["facility"] == {"place": "almaty-airport", "status": "closed"}
    assert list(body["grounds"].values()) == ["for"]
    grounds = page_of(claimed.get(reverse("grounds", args=(demo.SLUG,))))
    assert "The airport is closed." in grounds


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        ("serial", {**SERIAL, "flights": "many"}, "“many” is no whole number."),
        ("serial", {**SERIAL, "people": "100-70"}, "“100-70” is no number of things."),
        ("serial", {**SERIAL, "people": "70,100"}, ""),
        ("serial", {**SERIAL, "people": "7,10"}, "“7,10” is no number of things."),
        ("serial", {**SERIAL, "types": "five Il-76"}, "Write it as Il-76: 5."),
        ("serial", {**SERIAL, "at": ""}, "Say when it was done, or write: unknown."),
        ("serial", {**SERIAL, "to": "narnia"}, "“narnia” is not one of these."),
        ("serial", {**SERIAL, "cites": "e99"}, "There is no entry e99 here."),
        ("serial", {**SERIAL, "at": "2999-01-01"}, "which is after it is entered"),
        ("strength", {**STRENGTH, "people": ""}, "Say how many people, or how many"),
        ("status", {**KNOWN, "claims": "e1"}, "e1 is not of the kind asked for here"),
    ],
)
def test_what_does_not_fit_is_refused_and_stays_typed(sign_in, kind, typed, reason):
    before = size()
    answer = sign_in("analyst").post(address(kind), {**typed, "step": "confirm"})
    assert answer.status_code == (422 if reason else 200)
    assert reason in page_of(answer)
    assert size() == before
    if kind == "serial":
        assert 'value="IN-RU-1"' in page_of(answer)


def test_a_delegate_pledges_for_its_own_member_only(sign_in):
    answer = sign_in("kz").post(
        address("pledge"), {**PLEDGE, "member": "RU", "step": "confirm"}
    )
    assert answer.status_code == 422
    assert "You sign for Kazakhstan, and only a member speaks" in page_of(answer)


def test_what_is_under_a_mandate_cites_it(sign_in):
    mandate = mandated(sign_in)
    form = page_of(sign_in("analyst").get(address("serial")))
    assert f'<option value="{mandate.commitment}" selected>' in form
    assert "decision to send forces" in form
    entered(sign_in("analyst"), "serial", {**SERIAL, "mandate": mandate.commitment})
    assert last().cites == (mandate.commitment,)
    page = page_of(
        sign_in("analyst").get(reverse("entry", args=(demo.SLUG, last().index)))
    )
    assert "request for assistance" in page.partition("The thread")[2]


def test_a_requirement_names_a_task_of_the_mandate(sign_in):
    mandated(sign_in)
    typed = {**REQUIREMENT, "task": "guard facilities"}
    entered(sign_in("secretary"), "requirement", typed)
    assert last().body["task"] == "guard facilities"


def test_a_decision_known_by_its_announcement_says_who_announced_it(sign_in):
    [act] = mandated(sign_in).body["acts"]
    assert act["announced_by"] == "csto/chair"


@pytest.mark.parametrize(
    ("who", "offered", "not_offered"),
    [
        ("kz", ("pledge", "ballot", "note"), ("serial", "status", "source")),
        ("secretary", ("requirement", "note"), ("pledge", "ballot", "source")),
        ("analyst", ("serial", "status", "source", "strength"), ("ballot",)),
    ],
)
def test_a_role_is_offered_the_forms_that_it_may_fill_in(
    sign_in, who, offered, not_offered
):
    page = page_of(sign_in(who).get(reverse("enter", args=(demo.SLUG,))))
    for kind in offered:
        assert f'href="/en/cases/live/enter/{kind}/"' in page
        assert sign_in(who).get(address(kind)).status_code == 200
    for kind in not_offered:
        assert f'href="/en/cases/live/enter/{kind}/"' not in page
        assert sign_in(who).get(address(kind)).status_code == 404
