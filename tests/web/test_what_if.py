"""What if, as a form: the same answer as the command's, an address of its own, nothing written."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peyman.case.asking.supposing import suppose
from peyman.web.models import CaseRecord, CaseRow, EntryRecord, FileRecord
from peyman.web.records.readings import case_of
from tests.web.test_enter import page_of

CASE = "kazakhstan-2022"
HERE = f"/en/cases/{CASE}/standing/if/"


@pytest.fixture
def ask(client, worked):
    """The words of the answer to a question."""

    def asked(status=200, **query):
        answer = client.get(
            HERE, {name.replace("_", "-"): v for name, v in query.items()}
        )
        assert answer.status_code == status
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", page_of(answer))).split())

    return asked


def everything():
    return [
        sorted(map(repr, table.objects.values_list()))
        for table in (CaseRecord, CaseRow, EntryRecord, FileRecord)
    ]


def test_nothing_is_written(client, worked):
    client.get(HERE)
    before, root, case = everything(), worked.root, case_of(worked)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for said in (
            "RU object to mandate",
            "KZ take_back_request at 2022-01-09",
            "RU dances",
        ):
            client.get(HERE, {"if": said})
    assert queries.captured_queries
    assert all(one["sql"].startswith("SELECT") for one in queries.captured_queries)
    worked.refresh_from_db()
    assert (everything(), worked.root, case_of(worked)) == (before, root, case)


def test_it_is_asked_with_get_alone(client, worked):
    before = everything()
    client.post(HERE, {"if": "RU withdraw"})
    assert everything() == before
    assert 'method="post"' not in page_of(client.get(HERE)).partition("<main")[2]


def test_an_objection_that_was_not_made_undoes_the_decision(ask):
    page = ask(**{"if": "RU object to mandate"})
    assert "If: Russia says no to decision to send forces" in page
    assert (
        "Taken for granted: a yes of Armenia, Belarus, Kyrgyzstan, Kazakhstan" in page
    )
    assert "It would have no effect." in page
    assert "rejected: consensus: objection of Russia" in page
    assert "What would go in force decision to send forces" in page


def test_the_answer_is_that_of_the_command(ask, worked):
    said = "KZ take_back_request at 2022-01-09"
    answer = suppose(case_of(worked), said)
    page = ask(**{"if": said})
    assert f"If: {'Kazakhstan'} does taking back of the request" in page
    assert ("It would have effect." in page) == answer.has_effect
    shown = page.count("e55/1 ·")
    assert shown == sum(one.matter == "e55/1" for one in answer.changes)


def test_a_sentence_is_put_together_from_the_lists(ask):
    listed = ask(who="KZ", does="csto.assistance.take_back_request", when="2022-01-09")
    assert "If: Kazakhstan does taking back of the request" in listed
    voted = ask(who="RU", does="no", on="csto.assistance.mandate")
    assert "If: Russia says no to decision to send forces" in voted


def test_the_lists_offer_who_may_act_what_there_is_and_the_ballots(client, worked):
    content = page_of(client.get(HERE))
    for value in ("RU", "csto/council", "csto.assistance.end", "abstain", "e55/1"):
        assert f'<option value="{value}"' in content


def test_a_question_keeps_the_clocks_of_its_page(ask, client):
    page = ask(at="2022-01-06", **{"if": "council end"})
    assert "As of: 7 January 2022" in page or "As of: 6 January 2022" in page
    content = page_of(client.get(HERE, {"at": "2022-01-06"}))
    assert '<input type="hidden" name="at" value="2022-01-06">' in content


@pytest.mark.parametrize(
    ("said", "problem", "remedy"),
    [
        ("RU dances", "dances", "Next step"),
        ("XX withdraw", "XX", "Next step"),
        ("RU object", "may mean more than one thing", "Name the act in full"),
        ("RU withdraw at never", "never", "Next step"),
        ("RU", "RU", "Next step"),
        ("withdraw " * 90, "withdraw", "Next step"),
    ],
)
def test_what_is_not_understood_is_said_with_what_to_write(ask, said, problem, remedy):
    page = ask(status=400, **{"if": said})
    assert "There is a problem" in page
    assert problem in page
    assert remedy in page
    assert "Choose from the lists" in page


def test_what_is_typed_is_never_markup(client, worked):
    answer = client.get(HERE, {"if": "<script>alert(1)</script> withdraw"})
    assert answer.status_code == 400
    assert "<script>alert" not in page_of(answer)


def test_the_standing_asks_too(client, worked):
    content = page_of(client.get(f"/en/cases/{CASE}/standing/?at=2022-01-06"))
    assert f'action="{HERE}?at=' in content
    assert 'name="if"' in content
