"""Why something is owed, in force or allowed: the chain of acts, each with its articles."""

import pytest

from peyman.case.asking.why import why
from peyman.case.reading import read_case
from peyman.errors import PeymanError
from tests.case.small import DAY, MANDATE, REQUEST, TAKE_BACK, Record, record

TEN = {"tasks": ["guard"], "term": "10 days", "area": "the cape"}
GIVEN = {**MANDATE, "states": TEN}
DEPLOY = {"act": "help.deploy", "by": "XB", "matter": "r/1"}


def chain(made, name):
    """The links as `depth entry text (articles)`, but for remarks of what is unchecked."""
    reasons = why(read_case(made.case), name)
    return [
        f"{one.depth} {one.entry or '-'} {one.text} ({', '.join(one.articles)})"
        for one in reasons
        if not one.text.startswith(("unchecked", "ground not named"))
    ]


def plain():
    made = Record().source()
    made.act("r", REQUEST, cites=["s"], **DAY)
    return made.act("m", GIVEN, **DAY)


REQUESTED = "e1/1 request, by XA (P 2)"


def test_a_duty_leads_over_its_cause_to_the_act_that_opened_the_matter():
    assert chain(plain(), "notify") == [
        "0 - notify is owed by pact/chair, until 2022-01-06T03:00:00Z (P 2, P 3)",
        "1 e2/1 mandate, by pact/council (P 2, P 3)",
        "2 - pact/council decides, by consensus (P 1)",
        "2 - it discharges the duty to do consult, owed because of e1/1 (P 2)",
        f"2 {REQUESTED}",
    ]


@pytest.mark.parametrize("name", ["mandate", "help.mandate", "pact.help.mandate"])
def test_an_act_may_be_asked_about_by_a_short_or_a_full_name(name):
    head, below, *_ = chain(plain(), name)
    assert head == "0 - mandate of pact/council is in force (P 2, P 3)"
    assert below == "1 e2/1 mandate, by pact/council (P 2, P 3)"


def test_an_entry_has_the_acts_that_let_it_be_done():
    made = plain().act("d", DEPLOY, cites=["m"], **DAY)
    told = chain(made, "e3")
    assert told[0] == "0 e3/1 deploy, by XB (P 3)"
    assert told[1] == "1 e2/1 mandate, by pact/council (P 2, P 3)"
    assert told[-1] == f"2 {REQUESTED}"
    assert chain(made, "e3/1") == told


def test_what_is_only_allowed_has_the_acts_that_allow_it():
    head, below, *_ = chain(plain(), "deploy")
    assert head == "0 - deploy may be done by XB, XC (P 3)"
    assert below == "1 e2/1 mandate, by pact/council (P 2, P 3)"


def test_the_undoing_of_a_deed_shows_what_ended_its_footing():
    made = (
        plain()
        .act("d", DEPLOY, cites=["m"], **DAY)
        .act("t", TAKE_BACK, cites=["d"], **DAY)
    )
    told = chain(made, "withdraw")
    assert told[:3] == [
        "0 - withdraw is owed by XB, and no day is set (P 3)",
        "1 e3/1 deploy, by XB (P 3)",
        "2 e2/1 mandate, by pact/council (P 2, P 3)",
    ]
    assert any(
        one.startswith("3 - no longer in force from") and one.endswith("by e4/1 ()")
        for one in told
    )


def test_an_act_without_effect_says_so_and_why():
    made = plain().act("x", {**TAKE_BACK, "by": "XB"}, **DAY)
    told = chain(made, "e3")
    assert told[0] == "0 e3/1 take_back, by XB: it has no effect (P 2)"
    assert told[1] == "1 - no power: XB may not; subject may (P 2)"


def test_an_act_is_told_in_full_only_once():
    made = plain().act("d", DEPLOY, {**DEPLOY, "by": "XC"}, cites=["m"], **DAY)
    told = chain(made, "e3")
    assert told.count("1 e2/1 mandate, by pact/council (above) (P 2, P 3)") == 1
    assert told.count(f"2 {REQUESTED}") == 1


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("e0", "e0 holds no act of which a charter says anything."),
        ("e9", "There is no duty or entry e9 in demo.peyman/test."),
        (
            "notfy",
            "There is no duty or entry notfy in demo.peyman/test. The nearest known is notify.",
        ),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest_name(name, problem):
    with pytest.raises(PeymanError) as caught:
        why(read_case(record().case), name)
    assert caught.value.problem == problem
