"""Going on without what a case lost: the record says so, or it was not decided."""

import pytest

from peyman.errors import PeymanError
from peyman.web import demo
from peyman.web.models import CaseRecord
from peyman.web.records import backups, record
from peyman.web.records.keys import kept_of
from peyman.web.records.store import DbStore
from tests.web.test_record import note as note_of


def note(text):
    return record.enter(demo.SLUG, note_of(text), demo.REGISTRAR).receipt.index


@pytest.fixture
def shortened(live, django_capture_on_commit_callbacks):
    """A case of which this server has seen an entry more than it has."""
    short = DbStore(live).case_file()
    with django_capture_on_commit_callbacks(execute=True):
        note("to be lost")
    return record.take_over(CaseRecord.objects.get(pk=live.pk), short)


def test_a_decision_to_go_on_is_kept_with_the_note_that_says_so(
    shortened, django_capture_on_commit_callbacks
):
    with pytest.raises(PeymanError, match="has seen"):
        note("x")
    with django_capture_on_commit_callbacks(execute=True):
        assert backups.go_on(demo.SLUG, "It burned.") == shortened.size
    kept = kept_of(shortened.origin)
    [decision] = kept.decisions()
    assert (decision["reason"], decision["size"]) == ("It burned.", shortened.size)
    assert [one.head.size for one in kept.sightings()] == [shortened.size + 1]
    assert note("goes on") == shortened.size + 1
    with pytest.raises(PeymanError, match="Nothing that this server"):
        backups.go_on(demo.SLUG, "Again.")


def test_a_note_that_is_refused_leaves_nothing_decided(
    shortened, django_capture_on_commit_callbacks
):
    kept = kept_of(shortened.origin)
    seen = kept.sightings()
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(PeymanError, match="The envelope has"),
    ):
        backups.go_on(demo.SLUG, "x" * 70_000)
    assert (kept.decisions(), kept.sightings()) == ([], seen)
    with pytest.raises(PeymanError, match="has seen"):
        note("x")


def test_only_the_heads_that_were_given_up_are_forgiven(shortened):
    kept = kept_of(shortened.origin)
    log = DbStore(shortened).log
    kept.despite(kept.sightings())(log)
    with pytest.raises(PeymanError, match="has seen"):
        kept.despite(())(log)
