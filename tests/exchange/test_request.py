from peyman.case.planning.generation import generation
from peyman.case.planning.plan import assignment_of
from peyman.case.reading import read_case
from peyman.exchange.request import ASKS, NOT_KNOWN, request_of
from tests.case.small import record
from tests.case.test_generation import NEED, PLEDGE


def asked(**more):
    made = record().add("n", "requirement", **NEED)
    made.add(
        "p", "pledge", **{**PLEDGE, "pledge": "XB-1", "people": {"value": 200}, **more}
    )
    plan = assignment_of(generation(read_case(made.case)))
    return {item.number: item for item in request_of(plan, "XB-1", "A test")}


def test_a_request_answers_seventeen_items_in_their_order():
    assert len(ASKS) == 17
    assert list(asked()) == [*range(1, 18)]


def test_what_the_record_tells_is_answered_with_its_entries():
    items = asked(**{"from": "kant", "ready": "2022-01-07T00:00Z", "tonnes": 90})
    assert (items[1].answer, items[3].answer) == ("A test", "XB")
    assert items[5].answer == "a unit, 200 people, 24 vehicles (assumed), 90 tonnes"
    assert items[6].answer == "Guard of plants: 2 facilities"
    assert items[6].entries == ("e3",)
    assert (items[11].answer, items[12].answer) == ("kant", "kz")
    assert items[13].answer == "2022-01-07T00:00:00Z"


def test_what_the_record_does_not_tell_is_marked_and_rests_on_nothing():
    items = asked()
    for number in (2, 7, 8, 9, 10, 11, 13, 14, 16, 17):
        assert (items[number].answer, items[number].entries) == (NOT_KNOWN, ())


def test_a_caveat_goes_with_the_request():
    assert asked(caveats=["no nights"])[15].answer == "caveat: no nights"
