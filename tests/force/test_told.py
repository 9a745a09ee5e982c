import pytest

from peyman.force.reports.told import Amount, amount_of

NONE = Amount(None, None)


@pytest.mark.parametrize(
    ("stated", "amount", "words"),
    [
        ({"value": 150}, Amount(150, 150), "150"),
        ({"value": 0}, Amount(0, 0), "0"),
        ({"low": 70, "high": 100}, Amount(70, 100), "70 to 100"),
        ({"low": 70}, Amount(70, None), "at least 70"),
        ({"high": 100}, Amount(None, 100), "at most 100"),
        ({"low": 0, "high": 0}, Amount(0, 0), "0"),
        ({}, NONE, "no number"),
        (150, Amount(150, 150), "150"),
    ],
)
def test_an_amount_is_exact_or_within_bounds_or_no_number(stated, amount, words):
    assert amount_of({"people": stated}, "people") == amount
    assert str(amount) == words


def test_what_is_not_stated_has_no_number_and_is_not_none_at_all():
    assert amount_of({"people": {"value": 0}}, "vehicles") == NONE
    assert amount_of({}, "people") != Amount(0, 0)
