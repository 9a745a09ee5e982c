from tests.case.small import DAY, MANDATE, REQUEST, TAKE_BACK, Record, record, shown


def test_a_mandate_tells_what_it_leaves_open_from_what_was_not_read():
    (mandate,) = shown(record())["mandates"]
    assert mandate["unspecified"] == ["term"]
    assert mandate["not_shown"] == ["area"]
    assert mandate["words"] == {"term": "a short time"}
    assert mandate["tasks"] == ["guard"]
    assert (mandate["id"], mandate["matter"], mandate["basis"]) == (
        "e2/1",
        "e1/1",
        ["P 2"],
    )
    assert (mandate["known_as"], mandate["announced_by"]) == ("reported", "pact/chair")
    assert mandate["contested"] == []


def test_a_mandate_that_does_not_state_a_fact_leaves_it_open():
    made = Record().act("r", REQUEST, **DAY).act("m", {**MANDATE, "states": {}}, **DAY)
    (mandate,) = shown(made)["mandates"]
    assert (mandate["unspecified"], mandate["tasks"]) == (["tasks", "term", "area"], [])


def test_a_mandate_without_a_day_ends_by_a_decision():
    (mandate,) = shown(record())["mandates"]
    assert (mandate["until"], mandate["ended"]) == (None, None)
    assert mandate["ends_by"] == "a decision: no day is known"


def test_a_mandate_with_a_term_ends_with_it():
    states = {"tasks": ["guard"], "term": "2022-01-19", "area": "the cape"}
    made = (
        Record().act("r", REQUEST, **DAY).act("m", {**MANDATE, "states": states}, **DAY)
    )
    (mandate,) = shown(made)["mandates"]
    assert (mandate["until"], mandate["ends_by"]) == (
        "2022-01-20T00:00:00Z",
        "its term",
    )
    (after,) = shown(made, at="2022-01-20T00:00:01Z")["mandates"]
    assert (after["ended"], after["ends_by"]) == ("2022-01-20T00:00:00Z", "time")


def test_a_mandate_ends_by_the_act_that_ended_it():
    made = record().act("t", TAKE_BACK, at="2022-01-05T03:30Z")
    (mandate,) = shown(made)["mandates"]
    assert (mandate["ended"], mandate["ends_by"]) == ("2022-01-05T03:30:00Z", "e3/1")


def test_a_mandate_known_from_its_announcement_is_contested():
    announced = {k: v for k, v in MANDATE.items() if k != "ballots"}
    made = Record().act("r", REQUEST, **DAY).act("m", announced, **DAY)
    (mandate,) = shown(made)["mandates"]
    assert mandate["contested"] == ["not shown"]
