from typing import Any

import pytest

from peyman.case.entering.bodies import ACT, BODIES, check_body
from peyman.errors import PeymanError
from peyman.ledger import KINDS, RECORD_KINDS

ONE = "a" * 64
AMOUNT = {"low": 70, "high": 100}
EVERY: dict[str, dict[str, Any]] = {
    "hold": {
        "office": "pact/chair",
        "holder": "XA",
        "during": "2021-09-16/..",
        "note": "n",
    },
    "claim": {
        "source": ONE,
        "span": {"start": 0, "end": 5, "text": "Ships"},
        "says": "Ships were there.",
        "speakers": ["An agency", "home/head"],
        "form": "assertion",
        "type": "movement",
        "places": ["almaty"],
        "time": {"clock": "said", "anchor": "calendar", "value": "2022-01-05"},
        "grounds": {"pact/attack": "for"},
        "office": {"office": "home/watch", "holder": "home/head"},
        "facility": {"place": "almaty-airport", "status": "seized"},
        "figures": [{"item": "killed", "value": 7, "unit": "people", "scope": "all"}],
        "revises": ONE,
        "proposal": "0123456789ab",
    },
    "grade": {
        "claim": ONE,
        "reliability": "B",
        "credibility": 2,
        "status": "deleted",
        "reason": "The page is gone.",
    },
    "status": {
        "place": "almaty",
        "status": "closed",
        "since": "2022-01-05",
        "claims": [ONE],
    },
    "act": {
        "acts": [
            {
                "under": "pact",
                "act": "help.mandate",
                "matter": f"{ONE}/1",
                "subject": "XA",
                "member": "XA",
                "by": "pact/council",
                "holder": "home/head",
                "to": ["XB", "pact/chair"],
                "form": "writing",
                "mode": "video",
                "basis": ["P 2"],
                "grounds": {"attack": "asserted"},
                "states": {
                    "tasks": ["guard"],
                    "term": {"value": "unspecified", "words": "a short time"},
                    "ceiling": 2030,
                    "area": "not shown",
                },
                "ballots": {"XA": "yes", "XB": "abstain"},
                "announced_by": "XC",
                "ripens": "help.notify",
                "unless": "help.refuse",
                "received": "2022-01-06",
            }
        ]
    },
    "ballot": {
        "matter": f"{ONE}/1",
        "act": "help.mandate",
        "member": "XA",
        "vote": "no",
    },
    "measure": {
        "what": "a curfew",
        "by": "home/head",
        "where": ["almaty"],
        "from": "2022-01-05",
        "until": "unknown",
        "under": "home:L 1",
    },
    "requirement": {
        "line": "r1",
        "capability": "airfield guard",
        "quantity": 2,
        "unit": "companies",
        "place": "almaty-airport",
        "required": "2022-01-07",
        "priority": 1,
        "task": "guard",
        "people": 240,
    },
    "pledge": {
        "member": "XA",
        "what": "a company",
        "people": AMOUNT,
        "vehicles": {"value": 9},
        "caveats": ["no patrols"],
        "state": "offered",
        "pledge": "XA-1",
        "package": "guard-company",
        "capabilities": {"guard of a fixed facility": 2},
        "not_for": ["patrol and escort"],
        "tonnes": 150,
        "outsize": 1,
        "ready": "2022-01-06T12:00Z",
        "expires": "2022-02-01",
        "from": "erebuni",
        "lift": {"Il-76": 3},
    },
    "serial": {
        "serial": "A-1",
        "mode": "air",
        "member": "all",
        "from": "ivanovo",
        "to": "almaty",
        "depart": "2022-01-06T03:00Z",
        "arrive": "2022-01-06/2022-01-07",
        "flights": 3,
        "aircraft": 2,
        "people": AMOUNT,
        "vehicles": AMOUNT,
        "types": {"Il-76": 2},
        "direction": "in",
        "state": "reported",
        "planned": "A-1",
        "tail": "RA-1",
        "tonnes": 40,
        "outcome": "late",
    },
    "strength": {
        "member": "all",
        "people": AMOUNT,
        "vehicles": AMOUNT,
        "at_place": "almaty",
    },
    "note": {"text": "Read twice."},
}
SPAN = "a table of start, end, text, end less start the length of text"
PEOPLE = "a table of value, low, high, at least one of these, low not above high"
FIGURES = (
    "a list of a table of item, value, low, high, unit, scope, at least one of these, low"
    " not above high"
)
A_TIME = "a date, an instant, A/B or unknown"
NAMED = [(kind, name) for kind, fields in BODIES.items() for name in fields]


def refused(kind, body):
    with pytest.raises(PeymanError) as caught:
        check_body(kind, body)
    assert caught.value.authority == "docs/record.md, section 3: kinds and bodies"
    return f"{caught.value.problem} {caught.value.remedy}"


@pytest.mark.parametrize("kind", BODIES)
def test_a_body_with_every_field_passes_and_so_does_the_least_one(kind):
    check_body(kind, EVERY[kind])
    check_body(kind, {k: v for k, v in EVERY[kind].items() if k in BODIES[kind]})


def test_every_kind_has_its_body_here_or_in_the_ledger():
    assert BODIES.keys() | RECORD_KINDS == KINDS
    assert EVERY.keys() == BODIES.keys()


def test_the_examples_use_every_field_that_there_is():
    for kind, fields in BODIES.items():
        assert EVERY[kind].keys() == {name.rstrip("?") for name in fields}
    assert EVERY["act"]["acts"][0].keys() == {name.rstrip("?") for name in ACT}


@pytest.mark.parametrize(("kind", "name"), [n for n in NAMED if not n[1].endswith("?")])
def test_a_field_that_is_needed_may_not_be_left_out(kind, name):
    body = {k: v for k, v in EVERY[kind].items() if k != name}
    expects = BODIES[kind][name].expects
    assert (
        refused(kind, body)
        == f"The entry of the kind {kind} lacks {name}. Add {name}: {expects}."
    )


@pytest.mark.parametrize(("kind", "name"), NAMED)
def test_every_field_refuses_what_has_another_shape(kind, name):
    name, shape = name.rstrip("?"), BODIES[kind][name]
    assert refused(kind, {**EVERY[kind], name: 1.5}) == (
        f"In the entry of the kind {kind}, {name} = 1.5 is not {shape.expects}."
        f" Write {name} as {shape.expects}."
    )


@pytest.mark.parametrize(
    ("kind", "name", "value", "expects"),
    [
        ("hold", "during", "2021-09-16", "an interval A/B, open ends as .."),
        (
            "hold",
            "holder",
            "nobody",
            "an actor such as KZ or csto/council or one of vacant",
        ),
        ("claim", "source", "s-1", "the commitment of an entry"),
        ("claim", "span", {"start": 0, "end": 5}, SPAN),
        (
            "claim",
            "span",
            {"start": 0, "end": 5, "text": "", "x": 1},
            SPAN,
        ),
        ("claim", "says", "  ", "text"),
        ("claim", "span", {"start": 1, "end": 5, "text": "Ships"}, SPAN),
        ("claim", "speakers", "An agency", "a list of text, at least one"),
        ("claim", "speakers", [], "a list of text, at least one"),
        ("claim", "figures", [{"item": "killed"}], FIGURES),
        ("claim", "figures", [{"item": "killed", "low": 9, "high": 7}], FIGURES),
        ("claim", "figures", [{"item": "killed", "value": 9, "high": 7}], FIGURES),
        ("claim", "places", ["Almaty"], "a list of a place of the list of places"),
        ("claim", "grounds", {"pact/attack": "yes"}, "a table of one of for, against"),
        ("grade", "reliability", "G", "one of A, B, C, D, E, F"),
        ("grade", "credibility", 0, "a whole number from 1 to 6"),
        ("grade", "credibility", 7, "a whole number from 1 to 6"),
        ("grade", "credibility", True, "a whole number from 1 to 6"),
        (
            "grade",
            "status",
            "false",
            "one of held, disputed, corroborated, withdrawn, deleted",
        ),
        ("status", "since", "yesterday", A_TIME),
        ("status", "since", "2022-02-30", A_TIME),
        ("status", "since", "0001-01-01", A_TIME),
        ("status", "since", "3000-01-01", A_TIME),
        ("status", "since", "2022-01-06/2022-01-05", A_TIME),
        ("measure", "from", "9999-12-31T23:59:59-12:00", A_TIME),
        ("requirement", "required", "2022-01-05 or so", A_TIME),
        ("serial", "depart", "2022-13-01", A_TIME),
        ("ballot", "matter", f"{ONE}/0", "a matter, ENTRY/n"),
        ("ballot", "matter", f"{ONE}/{10**4}", "a matter, ENTRY/n"),
        ("ballot", "matter", f"{ONE}/{'9' * 5000}", "a matter, ENTRY/n"),
        ("ballot", "member", "KAZ", "a member's letters, such as KZ or US-LA"),
        ("ballot", "vote", "maybe", "one of yes, no, abstain, present"),
        ("requirement", "quantity", -1, "a whole number"),
        ("requirement", "quantity", True, "a whole number"),
        ("pledge", "people", 150, PEOPLE),
        ("pledge", "people", {}, PEOPLE),
        ("pledge", "people", {"low": 100, "high": 70}, PEOPLE),
        ("serial", "types", {"Il-76": "two"}, "a table of a whole number"),
        (
            "serial",
            "member",
            "every",
            "a member's letters, such as KZ or US-LA or one of all",
        ),
        ("note", "text", "", "text"),
    ],
)
def test_a_value_of_a_wrong_shape_is_refused_with_the_shape_that_is_meant(
    kind, name, value, expects
):
    assert refused(kind, {**EVERY[kind], name: value}) == (
        f"In the entry of the kind {kind}, {name} = {value!r} is not {expects}."
        f" Write {name} as {expects}."
    )


def test_an_unknown_word_is_refused_with_the_nearest_that_is_known():
    assert refused("note", {"text": "a", "txt": "b"}) == (
        "The entry of the kind note has an unknown word 'txt'. The nearest known word is"
        " 'text'. Use only these words: text."
    )


def test_an_unknown_word_that_is_near_to_none_is_refused_without_a_guess():
    assert refused("note", {"text": "a", "zzz": "b"}) == (
        "The entry of the kind note has an unknown word 'zzz'. Use only these words: text."
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"under": None}, "The act lacks under."),
        ({"act": None}, "The act lacks act."),
        (
            {"by": "Peter"},
            "In the act, by = 'Peter' is not an actor such as KZ or csto/council.",
        ),
        (
            {"basis": "P 2"},
            "In the act, basis = 'P 2' is not one of not shown or a list of text.",
        ),
        (
            {"grounds": {"attack": "true"}},
            "In the act, grounds = {'attack': 'true'} is not a table of one of asserted, denied.",
        ),
        (
            {"ballots": {"XA": "aye"}},
            "In the act, ballots = {'XA': 'aye'} is not a table of one of yes, no, abstain,"
            " present.",
        ),
        (
            {"ballot": {}},
            "The act has an unknown word 'ballot'. The nearest known word is 'ballots'.",
        ),
    ],
)
def test_an_act_is_refused_for(change, problem):
    (act,) = EVERY["act"]["acts"]
    made = {k: v for k, v in {**act, **change}.items() if v is not None}
    assert refused("act", {"acts": [made]}).startswith(problem)


def test_an_act_entry_lists_at_least_one_act():
    assert refused("act", {"acts": []}) == (
        "An act entry lists no act. List at least one under `acts`."
    )


def test_an_act_that_does_not_know_on_what_it_rests_says_not_shown():
    check_body(
        "act", {"acts": [{"under": "pact", "act": "help.end", "basis": "not shown"}]}
    )


def test_words_have_several_lines_and_are_kept_whatever_ends_them():
    check_body("note", {"text": "one\r\ntwo\u2028three"})
    with pytest.raises(PeymanError, match="is not text"):
        check_body("note", {"text": "\r\n"})


@pytest.mark.parametrize("kind", sorted(RECORD_KINDS))
def test_what_binds_the_record_is_left_to_the_ledger(kind):
    check_body(kind, {"anything": 1})
