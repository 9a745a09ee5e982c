from dataclasses import replace

import pytest

from peyman.case.entering.admit import admit
from peyman.case.entering.draft import Draft
from peyman.errors import PeymanError
from tests.builders import REPORT_EN, SPAN
from tests.case.small import Record, name_of

REQUEST = {"act": "help.request", "subject": "XA", "by": "XA", "to": "pact/council"}
MANDATE = {"act": "help.mandate", "by": "pact/council", "matter": "r/1"}
CLAIM = {"source": "s", "says": "x", "speakers": ["An agency"], "form": "narration"}
SERIAL = {
    "serial": "A-1",
    "mode": "air",
    "member": "XA",
    "from": "ivanovo",
    "to": "almaty",
    "direction": "in",
    "state": "reported",
}
NAMES = (
    "docs/record.md, section 3: names in a body are those of the charters and places"
)
OPEN_IT = "Correct the {}, or open the case with the charter that has it."


@pytest.fixture
def record():
    """A source, a claim and a request, in e0 to e2."""
    made = Record().source()
    made.add("c", "claim", span=SPAN, **CLAIM)
    return made.act("r", REQUEST, at="2022-01-05")


def refused(add, *args, **said):
    with pytest.raises(PeymanError) as caught:
        add(*args, **said)
    error = caught.value
    return [error.problem, error.authority, error.remedy]


@pytest.mark.parametrize(
    ("change", "what", "says"),
    [
        (
            {"under": "pakt"},
            "charter",
            "charter pakt in this case. The nearest known is pact.",
        ),
        ({"under": "un"}, "charter", "charter un in this case."),
        (
            {"act": "help.mandat"},
            "act",
            "act help.mandat in pact. The nearest known is help.mandate.",
        ),
        ({"member": "XD"}, "member", "member XD in pact. The nearest known is XC."),
        ({"subject": "QQ"}, "member", "member QQ in pact."),
        ({"ballots": {"XA": "yes", "QQ": "no"}}, "member", "member QQ in pact."),
        (
            {"by": "pact/counsel"},
            "organ or office",
            "organ or office pact/counsel in pact. The nearest known is pact/council.",
        ),
        (
            {"holder": "home/heads"},
            "organ or office",
            "organ or office home/heads in home. The nearest known is home/head.",
        ),
        (
            {"to": ["XB", "pact/char"]},
            "organ or office",
            "organ or office pact/char in pact. The nearest known is pact/chair.",
        ),
        (
            {"announced_by": "home/caption"},
            "organ or office",
            "organ or office home/caption in home. The nearest known is home/captain.",
        ),
        (
            {"basis": ["P 2", "P 9"]},
            "article",
            "article P 9 in pact. The nearest known is P ",
        ),
        (
            {"grounds": {"atack": "asserted"}},
            "ground",
            "ground atack in pact. The nearest known is attack.",
        ),
    ],
)
def test_an_act_that_names_what_does_not_exist_is_refused(record, change, what, says):
    problem, authority, remedy = refused(record.act, "m", {**MANDATE, **change})
    assert problem.startswith(f"There is no {says}")
    assert (authority, remedy) == (NAMES, OPEN_IT.format(what))


def test_an_actor_of_no_charter_of_the_case_may_be_named(record):
    record.act(
        "m", {**MANDATE, "announced_by": "armenia/prime_minister"}, at="2022-01-05"
    )


@pytest.mark.parametrize(("label", "n"), [("s", 1), ("c", 1), ("r", 2)])
def test_a_matter_that_no_act_opened_is_refused(record, label, n):
    said = {**MANDATE, "matter": f"{label}/{n}"}
    assert refused(record.act, "m", said, at="2022-01-05") == [
        f"There is no matter {name_of(label)[:16]}…/{n}: no act of this record opened it.",
        "docs/record.md, section 3: a matter's id is ENTRY/n",
        "Name the entry and the act that opened the matter, as `peyman show` does.",
    ]


def test_an_entry_that_cites_what_is_not_here_is_refused(record):
    assert refused(record.add, "n", cites=["c", "gone"]) == [
        f"The entry cites {name_of('gone')[:16]}…, which is not in this record.",
        "docs/record.md, section 1: each citation is an earlier leaf",
        "Cite an entry that `peyman show` lists, or enter its source first.",
    ]


def test_what_a_body_names_is_cited_too(record):
    draft = Draft(
        "grade",
        "reported",
        "2022-01-05",
        None,
        (),
        {"claim": name_of("c"), "status": "held", "reason": "x"},
    )
    with pytest.raises(PeymanError) as caught:
        admit(record.case, record.entry("g", draft))
    assert str(caught.value) == (
        f"The entry names {name_of('c')[:16]}… as its claim and does not cite it.\n"
        "  Authority: docs/record.md, section 1: what a body names is cited\n"
        "  Next step: Add it to `cites`; a claim given by its label is cited by itself."
    )


def test_nothing_happens_after_it_is_entered(record):
    assert refused(
        record.add, "n", entered="2022-01-05T08:00:00Z", at="2022-01-06"
    ) == [
        "The entry says 2022-01-06, which is after it is entered, 2022-01-05T08:00:00Z.",
        "docs/record.md, section 4: two clocks",
        "Correct `at`; what is planned is stated in the body, not in `at`.",
    ]


def test_an_uncertain_moment_ends_when_it_is_entered_at_the_latest(record):
    record.add("n", entered="2022-01-05T20:00:00Z", at="2022-01-06")
    assert record.case.entries[-1].at == (1641405600, 1641412800)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2022-13-01", "'2022-13-01' is not a date."),
        ("soon", "'soon' is not an instant with its offset."),
        ("2022-01-05T20:00", "'2022-01-05T20:00' is not an instant with its offset."),
        ("2022-01-06/2022-01-05", "'2022-01-06/2022-01-05' ends before it begins."),
    ],
)
def test_a_time_that_is_none_is_refused(record, at, says):
    problem, authority, _ = refused(record.add, "n", at=at)
    assert (problem, authority) == (says, "docs/record.md: the field `at`")


def test_a_zone_that_is_none_is_refused(record):
    problem, _, remedy = refused(record.add, "n", at="2022-01-05", zone="Asia/Alma")
    assert problem == "There is no time zone 'Asia/Alma'."
    assert remedy == "Use a name such as Asia/Almaty or Europe/Moscow."


def test_only_the_office_that_acts_signs_its_act():
    record = Record(kept="live")
    said = {"known_as": "performed"}
    assert refused(record.act, "r", REQUEST, **said) == [
        "peyman/registrar signs an act that XA performs.",
        "docs/record.md, section 1: only the office that acts signs its act",
        "Sign as that office, or enter the act as documented or reported.",
    ]
    record.act("r", REQUEST, signer="XA", **said)


def test_a_claim_cites_a_source(record):
    assert refused(record.add, "c2", "claim", **{**CLAIM, "source": "c"}) == [
        "The claim names a source that is not in this record.",
        "docs/record.md, section 3: a claim cites the source entry",
        "Enter the source first, and cite its entry.",
    ]


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (0, 5, "Ships"),
        (1, 4, "Our"),
        (0, len(REPORT_EN) + 1, REPORT_EN + "x"),
    ],
)
def test_a_span_is_the_exact_characters_of_its_source(record, start, end, text):
    span = {"start": start, "end": end, "text": text}
    assert refused(record.add, "c2", "claim", span=span, **CLAIM) == [
        f"Characters {start} to {end} of e0 do not say {text[:40]!r}.",
        "docs/record.md, section 3: a span is the exact characters of its source",
        "Count code points from 0, end exclusive, over the whole text.",
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"places": ["almatty"]},
            "place almatty in the list of places. The nearest known is almaty.",
        ),
        (
            {"facility": {"place": "almaty-airprt", "status": "seized"}},
            "place almaty-airprt in the list of places. The nearest known is almaty-airport.",
        ),
        (
            {"grounds": {"pact/atack": "for"}},
            "ground pact/atack in pact. The nearest known is attack.",
        ),
        ({"grounds": {"un/attack": "for"}}, "ground un/attack in un."),
        (
            {"office": {"office": "home/wach", "holder": "XA"}},
            "organ or office home/wach in home. The nearest known is home/watch.",
        ),
    ],
)
def test_a_claim_that_names_what_does_not_exist_is_refused(record, change, says):
    problem, *_ = refused(record.add, "c2", "claim", **CLAIM, **change)
    assert problem == f"There is no {says}"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("serial", {**SERIAL, "to": "almatty"}),
        ("serial", {**SERIAL, "from": "almatty"}),
        ("strength", {"member": "XA", "at_place": "almatty"}),
        ("measure", {"what": "a curfew", "by": "XA", "where": ["astana", "almatty"]}),
        (
            "requirement",
            {
                "line": "r1",
                "capability": "guard",
                "quantity": 1,
                "unit": "company",
                "place": "almatty",
                "priority": 1,
            },
        ),
        ("status", {"place": "almatty", "status": "closed", "claims": ["c"]}),
    ],
)
def test_every_place_is_one_of_the_list(record, kind, said):
    problem, *_ = refused(record.add, "x", kind, **said)
    assert problem == (
        "There is no place almatty in the list of places. The nearest known is almaty."
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("grade", {"claim": "s", "status": "held", "reason": "x"}),
        ("status", {"place": "almaty", "status": "closed", "claims": ["c", "s"]}),
    ],
)
def test_only_a_claim_is_graded_and_read(record, kind, said):
    assert refused(record.add, "g", kind, **said) == [
        f"{name_of('s')[:16]}… is no claim of this record.",
        "docs/record.md, section 3: kinds and bodies",
        "Name the entry of a claim, as `peyman show` lists them.",
    ]


BALLOT = {"matter": "r/1", "act": "help.mandate", "member": "XA", "vote": "yes"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"member": "QQ"}, "There is no member QQ in pact."),
        ({"act": "alarm.calm"}, "There is no act alarm.calm in pact."),
        (
            {"matter": "r/2"},
            f"There is no matter {name_of('r')[:16]}…/2: no act of this record opened it.",
        ),
    ],
)
def test_a_ballot_is_cast_in_a_matter_by_a_member_of_its_charter(record, change, says):
    problem, *_ = refused(record.add, "b", "ballot", **{**BALLOT, **change})
    assert problem.startswith(says)
    record.add("b", "ballot", **BALLOT)


def test_nobody_corrects_the_entry_of_another_office(record):
    problem = refused(
        record.add, "x", "correct", signer="peyman/analyst", entry="r", reason="x"
    )
    assert problem == [
        "e2 was entered by peyman/registrar; only peyman/registrar corrects it.",
        "docs/record.md, section 3: `correct`",
        "Dispute it by a note or a grade.",
    ]


def test_a_performed_act_is_taken_back_and_never_corrected():
    record = Record(kept="live").act("r", REQUEST, known_as="performed", signer="XA")
    assert refused(record.add, "x", "correct", signer="XA", entry="r", reason="x") == [
        "e0 was performed and cannot be corrected.",
        "docs/record.md, section 3: `correct`",
        "Do the act that ends or takes it back, under the charter.",
    ]


@pytest.mark.parametrize(
    ("during", "says"),
    [
        ("2022-13-01/..", "'2022-13-01' is not a date."),
        ("../2022", "'2022' is not an instant with its offset."),
    ],
)
def test_an_office_is_held_in_an_interval_that_can_be_read(record, during, says):
    said = {"office": "pact/chair", "holder": "XA", "during": during}
    assert refused(record.add, "h", "hold", **said)[0] == says


@pytest.mark.parametrize(
    ("office", "holder"), [("pact/chaire", "XA"), ("home/watch", "home/captan")]
)
def test_offices_and_their_holders_are_those_of_the_charters(record, office, holder):
    said = {"office": office, "holder": holder, "during": "../.."}
    problem = refused(record.add, "h", "hold", **said)[0]
    assert problem.startswith("There is no organ or office ")


def test_an_act_that_surely_came_before_what_it_cites_is_refused(record):
    assert refused(record.act, "m", MANDATE, at="2022-01-04") == [
        "Act e3/1 cites e2/1, which happened after it.",
        "docs/charter-language.md, section 7, rule 6: order",
        "Correct the time of one of them, or do not cite it.",
    ]


def test_what_a_charter_finds_wrong_is_no_refusal(record):
    record.act("m", {**MANDATE, "by": "XB", "basis": ["P 1"]}, at="2022-01-05")
    assert record.case.size == 4


def test_a_partial_case_concludes_nothing_from_absence(record):
    case = record.without("s", "r", "c")
    for kind, said in (
        (
            "claim",
            {
                "source": name_of("s"),
                **{k: v for k, v in CLAIM.items() if k != "source"},
            },
        ),
        ("grade", {"claim": name_of("c"), "status": "held", "reason": "x"}),
        (
            "act",
            {"acts": [{"under": "pact", **MANDATE, "matter": f"{name_of('r')}/1"}]},
        ),
        ("ballot", {**BALLOT, "matter": f"{name_of('r')}/1"}),
    ):
        cites = tuple(map(name_of, ["s", "c", "r"]))
        draft = Draft(kind, "reported", "2022-01-05", None, cites, dict(said))
        admit(case, record.entry("x", draft))
        with pytest.raises(PeymanError):
            admit(replace(case, withheld=()), record.entry("x", draft))
