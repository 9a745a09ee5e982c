import pytest

from peyman.case.entering.drafted import DRAFTS
from tests.case.small import REQUEST, Record


def decided(at, entered="2022-01-06T00:00:00Z"):
    """When a decision of which a report gives no time was taken, after a request."""
    record = Record().act("r", REQUEST, entered=entered, at=at)
    made = DRAFTS["decision"](record.case, (), {})
    assert made is not None
    return made.at


@pytest.mark.parametrize(
    ("request_at", "at"),
    [
        ("2022-01-05T20:00Z", "2022-01-05T20:00:00Z/2022-01-06T00:00:00Z"),
        ("2022-01-06T00:00Z", "2022-01-06T00:00:00Z"),
        ("unknown", "unknown"),
    ],
)
def test_a_decision_came_after_its_request_and_before_it_was_told(request_at, at):
    assert decided(request_at) == at


def test_a_decision_opens_nothing_where_nobody_asked():
    assert DRAFTS["decision"](Record().case, (), {}) is None


def test_what_a_report_does_not_say_of_a_mandate_is_unspecified_and_has_no_ballots():
    record = Record().act("r", REQUEST, at="2022-01-05")
    made = DRAFTS["decision"](record.case, (), {"announced_by": "pact/chair"})
    assert made is not None
    (act,) = made.acts
    assert act["states"] == dict.fromkeys(["tasks", "term", "area"], "unspecified")
    assert (act["by"], act["announced_by"]) == ("pact/council", "pact/chair")
    assert "ballots" not in act
    assert "basis" not in act
